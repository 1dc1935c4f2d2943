"""What was decided, step by step, newest first, to be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from custclean.terminal.cursor import Cursor
from custclean.terminal.fit import cut, joined, line
from custclean.terminal.panel import Panel
from custclean.widgets.card_panels import history_data

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custclean.stages.review import ReviewSession
    from custclean.terminal.fit import Line

__all__ = ["HistoryPanel"]

WHEN = 17  # columns


class HistoryPanel(Panel):
    """A line a step: when, who, what, about whom, and whether it stands."""

    saves = True

    def __init__(self, session: ReviewSession, texts: Mapping[str, str]) -> None:
        self.title, self.keys = texts["history"], texts["panel_history"]
        self._session, self._texts = session, texts
        self._cursor = Cursor(0)
        self._read(pages=1)

    def _read(self, pages: int) -> None:
        self._entries: list[dict[str, Any]] = []
        self._pages, self._more = 0, True
        for _ in range(pages):
            if self._more:
                self._read_on()

    def _read_on(self) -> None:
        told = history_data(self._session, {"first": len(self._entries)})
        self._entries += told["entries"]
        self._more = told["more"]
        self._pages += 1
        self._cursor.count = len(self._entries)

    def lines(self, width: int, height: int) -> list[Line]:
        """Give what is seen of it."""
        if not self._entries:
            return [line(self._texts["no_history"])]
        return [self._line(place, width) for place in self._cursor.seen(height)]

    def _line(self, place: int, width: int) -> Line:
        entry, texts = self._entries[place], self._texts
        gone = "" if entry["stands"] else texts["taken_back"]
        note = f"“{entry['note']}”" if entry["note"] else ""
        told = joined([gone, entry["who"], entry["what"], entry["about"], note])
        chosen = "reverse" if place == self._cursor.at else ""
        return (
            (0, Text(cut(entry["when"], WHEN), chosen)),
            (WHEN, Text(cut(told, width - WHEN), f"{chosen} {'dim' if gone else ''}")),
        )

    def press(self, key: str) -> str | None:
        """Move, show what the chosen step was about, or take it back."""
        if self._cursor.press(key):
            if self._more and self._cursor.at >= self._cursor.count - self._cursor.height:
                self._read_on()
            return ""
        if not self._entries:
            return ""
        entry = self._entries[self._cursor.at]
        if key == "ArrowRight" and entry["place"] is not None:
            self._session.goto(entry["place"])
            return None
        return self._take_back(entry) if key == "Enter" else ""

    def _take_back(self, entry: dict[str, Any]) -> str:
        if not entry["stands"]:
            return self._texts["taken_back"]
        self._session.undo(entry["seq"])
        self._read(self._pages)
        self._cursor.at = 0
        return self._texts["redone" if entry["undo"] else "undone"]
