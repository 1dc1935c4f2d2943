"""Below the card: what is being written, and what the keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.text import Text

from custclean.terminal.fit import cut, harmless, line
from custclean.terminal.hand import drafted
from custclean.terminal.wording import key_said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from custclean.terminal.desk import Desk
    from custclean.terminal.entry import Entry
    from custclean.terminal.fit import Line

__all__ = ["foot_of"]

LINES = 2  # of keys
KEYS = ("help", "quit", "same", "different", "unsure", "undo")
OF_DRAFTS = ("apply", "clear")
OF_GROUPS = ("eject", "move", "split")
FURTHER = "note survivor why search filter history bulk list blind redo".split()


def foot_of(desk: Desk, data: dict[str, Any] | None, width: int) -> list[Line]:
    """Give the lines below the card or the panel."""
    rule = line("─" * width, style="dim")
    if desk.writing is not None:
        hint = line(cut(desk.texts["entry_keys"], width), style="dim")
        return [rule, _written(desk, *desk.writing, width), hint]
    if desk.panel is not None:
        return [rule, line(cut(desk.panel.keys, width))]
    note = desk.notes.get(data["index"], "") if data else ""
    noted = [line(cut(f"{desk.texts['note_key']}: {note}", width))] if note else []
    group = data is not None and data["group"] is not None
    names = [
        *KEYS,
        *(OF_DRAFTS if data is not None and drafted(data) else ()),
        *(OF_GROUPS if group else ()),
        *FURTHER,
    ]
    return [rule, *noted, *_keys(desk, names, width, group=group)]


def _written(desk: Desk, what: str, entry: Entry, width: int) -> Line:
    """Show the end of what is before the place where one writes, and what is after it."""
    label = f"{desk.texts[f'{what}_key']}: "
    before = harmless(entry.text[: entry.at]).replace("\n", " ")
    room = width - cell_len(label) - 2
    while cell_len(before) > room:
        before = before[1:]
    after = cut(entry.text[entry.at :], room - cell_len(before))
    return ((0, Text(label, "bold").append(f"{before}▏{after}", "not bold")),)


def _keys(desk: Desk, names: Iterable[str], width: int, *, group: bool) -> list[Line]:
    """Name the keys in two lines, the most important first; the help has all of them."""
    lines, used = [Text()], 0
    for name in names:
        key, word = key_said(desk.keys[name]), _word(desk, name, group=group)
        wide = cell_len(f"{key} {word}  ")
        if used + wide > width and len(lines) == LINES:
            break
        if used + wide > width:
            lines, used = [*lines, Text()], 0
        lines[-1].append(key, "bold").append(f" {word}  ")
        used += wide
    return [((0, each),) for each in lines]


def _word(desk: Desk, name: str, *, group: bool) -> str:
    names = [f"{name}_key", *([f"{name}_group"] if group else []), name]
    return next(desk.texts[each] for each in names if each in desk.texts)
