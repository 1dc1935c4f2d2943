"""What can stand in place of the card: help, list, history, filter, bulk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custclean.terminal.bulk_panel import BulkPanel
from custclean.terminal.filter_panel import FilterPanel
from custclean.terminal.help_panel import HelpPanel
from custclean.terminal.history_panel import HistoryPanel
from custclean.terminal.list_panel import ListPanel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from custclean.stages.review import ReviewSession
    from custclean.terminal.panel import Panel

__all__ = ["PANELS", "panel_of"]

PANELS = ("filter", "history", "bulk", "list", "help")


def panel_of(
    name: str,
    session: ReviewSession,
    texts: Mapping[str, str],
    helps: tuple[Mapping[str, str], Mapping[str, str]],
) -> Panel:
    """Make the panel of a name; `helps`: what each action does, and its key."""
    if name == "help":
        return HelpPanel(texts, *helps)
    kinds: dict[str, Callable[[ReviewSession, Mapping[str, str]], Panel]] = {
        "list": ListPanel,
        "history": HistoryPanel,
        "filter": FilterPanel,
        "bulk": BulkPanel,
    }
    return kinds[name](session, texts)
