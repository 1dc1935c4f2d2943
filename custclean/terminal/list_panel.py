"""The list of all questions in sight; of fifty thousand only those that fit are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from custclean.terminal.cursor import Cursor
from custclean.terminal.fit import cut, line
from custclean.terminal.panel import Panel
from custclean.widgets.card_data import percent, title

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custclean.stages.review import ReviewSession
    from custclean.terminal.fit import Line

__all__ = ["ListPanel"]

SIGNS = {
    "open": "○", "again": "↻", "contradiction": "!", "disputed": "≠", "unmerged": "&",
    "same": "✓", "different": "✗", "mixed": "÷", "unsure": "?", "aside": "–",
}  # fmt: skip
NUMBER, SHARE = 7, 7  # columns


class ListPanel(Panel):
    """A line a question: how it stands, its number, who, how likely."""

    def __init__(self, session: ReviewSession, texts: Mapping[str, str]) -> None:
        self.title, self.keys = texts["list"], texts["panel_list"]
        self._session, self._texts = session, texts
        here = session.queue.rank(session.position) or 0
        self._cursor = Cursor(len(session.queue), here)

    def lines(self, width: int, height: int) -> list[Line]:
        """Give what is seen of it."""
        if not self._cursor.count:
            return [line(self._texts["none_fit"])]
        return [self._line(rank, width) for rank in self._cursor.seen(height)]

    def _line(self, rank: int, width: int) -> Line:
        session, place = self._session, self._session.queue.places[rank]
        question = session.questions[place]
        chance = None if session.blind else question.probability
        name = title([session.name(record) for record in question.records])
        told = cut(name, width - NUMBER - SHARE - 3)
        style = "reverse" if rank == self._cursor.at else ""
        return (
            (0, Text(f"{SIGNS[session.answers.standing[place].state]} {rank + 1}", style)),
            (NUMBER + 2, Text(told, style)),
            (width - SHARE, Text("" if chance is None else f"{percent(chance)} %")),
        )

    def press(self, key: str) -> str | None:
        """Move, or go to the chosen question."""
        if key == "Enter" and self._cursor.count:
            self._session.goto(self._session.queue.places[self._cursor.at])
            return None
        self._cursor.press(key)
        return ""
