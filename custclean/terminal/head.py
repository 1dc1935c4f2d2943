"""Above the card: how far one is, what was said before, how likely it is and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.text import Text

from custclean.terminal.fit import cut, harmless, joined, line, wrapped
from custclean.widgets.card_data import percent
from custclean.widgets.desk_words import place_said, progress_said

if TYPE_CHECKING:
    from custclean.terminal.desk import Desk
    from custclean.terminal.fit import Line

__all__ = ["FIXED", "alert_of", "head_of"]

FIXED = 3  # lines that are always there: where one is, how far, a rule

BAR = 30  # columns
TOLD = 3  # lines of a sentence at most


def head_of(
    desk: Desk, data: dict[str, Any] | None, width: int, most: int = TOLD
) -> tuple[list[Line], list[Line]]:
    """Give the lines above the card or the panel, and what of them there is no room for.

    There are `FIXED` lines, and at most so many more.
    """
    told = alert_of(desk.alert, width)
    if data is not None and desk.panel is None:
        told += _told(desk, data, width)
    place, progress = _place(desk, data, width), _progress(desk, width)
    rule = line("─" * width, style="dim")
    return [place, progress, *told[:most], rule], told[most:]


def alert_of(said: str, width: int) -> list[Line]:
    """Give the lines of what went wrong."""
    lines = wrapped(said, width - 2, most=TOLD) if said else []
    return [line(Text("  " if i else "! ", "bold red"), each) for i, each in enumerate(lines)]


def _place(desk: Desk, data: dict[str, Any] | None, width: int) -> Line:
    texts, session = desk.texts, desk.session
    said = place_said(session, texts, len(data["heads"])) if data else texts["title"]
    state = texts["not_saved" if desk.wrong else "saved"]
    right = joined([desk.told, state if desk.wrong or session.counts["decided"] else ""])
    right = cut(right, width // 2)
    blind = texts["blind"] if session.blind else ""
    left = cut(joined([said, blind]), width - cell_len(right) - 2)
    style = "bold red" if desk.wrong else "bold green"
    return ((0, Text(left, "bold")), (width - cell_len(right), Text(right, style)))


def _progress(desk: Desk, width: int) -> Line:
    total = len(desk.session.queue)
    full = round(BAR * desk.session.counts["decided"] / total) if total else 0
    said = joined(progress_said(desk.session, desk.texts))
    bar = Text("█" * full, "green").append("░" * (BAR - full), "dim")
    return ((0, bar), (BAR + 1, Text(cut(said, width - BAR - 1))))


def _told(desk: Desk, data: dict[str, Any], width: int) -> list[Line]:
    """Say what was said before, how likely it is and why."""
    note = f"“{data['note']}”" if data["note"] else ""
    told = wrapped(joined([data["said"], note]), width, most=TOLD)
    lines: list[Line] = [((0, each),) for each in told if each.plain]
    for each in lines:
        each[0][1].stylize("bold" if data["waits"] else "")
    reason = harmless(joined([data["likely"], data["reason"]]))
    lines += [((0, each),) for each in wrapped(reason, width, most=TOLD) if each.plain]
    return [*lines, *_group(desk, data, width)]


def _group(desk: Desk, data: dict[str, Any], width: int) -> list[Line]:
    """Say how the records of a group hang together: pairs with their share, the weakest."""
    group = data["group"]
    if group is None:
        return []
    links = ", ".join(
        f"{left + 1}–{right + 1}" + ("" if share is None else f" {percent(share)} %")
        for left, right, share in group["edges"]
    )
    told = joined([group["said"], desk.texts["links"].format(links=links)])
    return [((0, each),) for each in wrapped(told, width, most=TOLD)]
