"""What can stand in place of the card: help, list, history, filter, bulk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from custclean.terminal.bulk_panel import BulkPanel
from custclean.terminal.filter_panel import FilterPanel
from custclean.terminal.help_panel import HelpPanel
from custclean.terminal.history_panel import HistoryPanel
from custclean.terminal.list_panel import ListPanel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from custclean.stages.review import ReviewSession
    from custclean.terminal.fit import Line

__all__ = ["PANELS", "Panel", "panel_of"]

PANELS = ("filter", "history", "bulk", "list", "help")


class Panel(Protocol):
    """What stands in place of the card until it is closed."""

    title: str
    keys: str  # what its keys do, in words

    @property
    def writes(self) -> bool:
        """Tell whether letters write."""

    @property
    def saves(self) -> bool:
        """Tell whether Enter writes into the log."""

    def lines(self, width: int, height: int) -> list[Line]:
        """Give what is seen of it."""

    def press(self, key: str) -> str | None:
        """Take a key; gives what to say, None to be closed."""

    def paste(self, text: str) -> None:
        """Take what was pasted."""


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
