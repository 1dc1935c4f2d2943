"""Buttons that decide the question that was shown when they were pressed, once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import ipywidgets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Turns"]

NAMES = ("same", "different", "unsure", "apply")
STYLES = {"same": "success", "different": "danger", "apply": "info"}


class Turns(ipywidgets.HBox):  # type: ignore[misc]  # ships no types
    """Two rows of the same buttons, of which one is seen: with the next question the other.

    What a browser sends names the button, not the question that stood above it. A press that
    was on its way while the question changed comes from the row that is no more: it is void.
    """

    def __init__(self, texts: Mapping[str, str], press: Callable[[str, int], None]) -> None:
        self._texts, self._press = texts, press
        self._places: list[int | None] = [None, None]
        self._rows = [self._row(turn) for turn in (0, 1)]
        self._turn = 0
        super().__init__([ipywidgets.HBox(list(row.values())) for row in self._rows])
        self._see()

    def _row(self, turn: int) -> dict[str, Any]:
        row = {}
        for name in NAMES:
            button = ipywidgets.Button(
                description=self._texts[name], button_style=STYLES.get(name, "")
            )
            button.add_class(f"custclean-{name}")
            button.on_click(partial(self._pressed, turn, name))
            row[name] = button
        return row

    def _pressed(self, turn: int, name: str, _button: object) -> None:
        place = self._places[turn]
        if place is not None:
            self._press(name, place)
            self._rows[self._turn][name].focus()  # where the other one had it

    def show(self, place: int | None, *, group: bool, drafted: bool) -> None:
        """Be about a question from now on; None: about none."""
        before = self._places[self._turn]
        if place != before:
            self._places[self._turn] = None
            self._turn = self._turn if before is None else 1 - self._turn
            self._places[self._turn] = place
            self._see()
        for name, button in self._rows[self._turn].items():
            word = self._texts.get(f"{name}_group") if group else None
            button.description = word or self._texts[name]
            button.disabled = place is None
        self._rows[self._turn]["apply"].layout.display = "" if drafted else "none"

    def _see(self) -> None:
        for turn, box in enumerate(self.children):
            box.layout.display = "" if turn == self._turn else "none"
