"""Many at once, after a sample of them was decided one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from custclean.terminal.cursor import Cursor
from custclean.terminal.fit import cut, line, wrapped
from custclean.terminal.panel import Panel
from custclean.widgets.bulk_data import bulk_data

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custclean.stages.review import ReviewSession
    from custclean.terminal.fit import Line

__all__ = ["BulkPanel"]


ROWS = 3  # what can be done


class BulkPanel(Panel):
    """What the sample proves so far, and what can be done: draw it, accept the rest."""

    def __init__(self, session: ReviewSession, texts: Mapping[str, str]) -> None:
        self.title, self.keys = texts["bulk_title"], texts["panel_bulk"]
        self._session, self._texts = session, texts
        self._cursor = Cursor(ROWS)
        self._ask({})

    def _ask(self, asked: dict[str, Any]) -> None:
        self._told = bulk_data(self._session, asked)["bulk"]
        self._listed = [each for told in self._told["lists"] for each in _lines(told)]
        self._cursor.count = ROWS + len(self._listed)
        self._cursor.at = min(self._cursor.at, self._cursor.count - 1)

    def lines(self, width: int, height: int) -> list[Line]:
        """Give what is seen of it: what can be done, what is proven, what it is about."""
        told = [
            ((2, each),) for said in self._told["said"] for each in wrapped(said, width - 2)
        ]
        above = [*self._rows(), line(), *told, line()]
        listed = [self._line(place, width) for place in range(len(self._listed))]
        at = self._cursor.at
        scroll = Cursor(len(above) + len(listed), at if at < ROWS else len(above) + at - ROWS)
        self._cursor.height = max(1, height)
        return [[*above, *listed][place] for place in scroll.seen(height)]

    def _line(self, place: int, width: int) -> Line:
        chosen = "reverse" if place == self._cursor.at - ROWS else ""
        return ((0, Text(cut(self._listed[place], width), chosen)),)

    def _rows(self) -> list[Line]:
        texts, told = self._texts, self._told
        share = dict(map(tuple, told["tolerances"]))[told["tolerance"]]
        rows = [
            (f"{texts['tolerance']}: ◂ {share} ▸", True),
            (texts["draw"], told["drawable"]),
            (texts["accept"].format(n=told["left"]), self._may_accept),
        ]
        return [
            line(
                Text(
                    f"  {text}  ",
                    "reverse" if at == self._cursor.at else "" if able else "dim",
                )
            )
            for at, (text, able) in enumerate(rows)
        ]

    @property
    def saves(self) -> bool:
        """Tell whether Enter accepts the rest."""
        return self._cursor.at == 2

    def asks(self, key: str) -> bool:
        """Tell whether a key changes the tolerance, draws, or accepts."""
        here = self._cursor.at
        turns = here == 0 and key in {"ArrowLeft", "ArrowRight"}
        enters = (here == 1 and self._told["drawable"]) or (here == 2 and self._may_accept)
        return bool(turns or (enters and key == "Enter"))

    @property
    def _may_accept(self) -> bool:
        return bool(self._told["acceptable"] and self._told["left"] > 0)

    def press(self, key: str) -> str | None:
        """Move, change the tolerance, draw the sample, or accept the rest."""
        here = self._cursor.at
        if key in {"ArrowLeft", "ArrowRight"} and here == 0:
            shares = [share for share, _ in self._told["tolerances"]]
            at = shares.index(self._told["tolerance"]) + (1 if key == "ArrowRight" else -1)
            self._ask({"tolerance": shares[max(0, min(at, len(shares) - 1))]})
        elif key == "Enter" and here == 1 and self._told["drawable"]:
            self._ask({"what": "draw", "tolerance": self._told["tolerance"]})
            return None
        elif key == "Enter" and here == 2 and self._may_accept:
            self._ask({"what": "accept", "tolerance": self._told["tolerance"]})
            return self._texts["accepted"].format(n=self._told["accepted"])
        else:
            self._cursor.press(key)
        return ""


def _lines(told: Mapping[str, Any]) -> list[str]:
    """Write a list: its title, a line a question, how many there are besides."""
    lines = [f"  {name}: {why}" if why else f"  {name}" for name, why in told["lines"]]
    return [told["title"], *lines, *([f"  {told['more']}"] if told["more"] else [])]
