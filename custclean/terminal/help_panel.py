"""What each key does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from custclean.terminal.cursor import Cursor
from custclean.terminal.fit import line, wrapped
from custclean.terminal.panel import Panel
from custclean.terminal.wording import key_said
from custclean.widgets.card_data import SIGNS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custclean.terminal.fit import Line

__all__ = ["HelpPanel"]

KEY = 6  # columns


class HelpPanel(Panel):
    """A line a key; arrows move where they do not all fit."""

    def __init__(
        self, texts: Mapping[str, str], actions: Mapping[str, str], keys: Mapping[str, str]
    ) -> None:
        self.title, self.keys = texts["keys"], texts["panel_close"]
        self._about = [
            ("", texts["values"]),
            *((key_said(keys[name]), what) for name, what in actions.items()),
            *((sign, texts[f"mark_{mark}"]) for mark, sign in SIGNS.items()),
        ]
        self._cursor = Cursor(1)

    def lines(self, width: int, height: int) -> list[Line]:
        """Give what is seen of it."""
        told: list[Line] = []
        for key, what in self._about:
            first, *rest = wrapped(what, width - KEY - 1) or [Text()]
            told.append(((0, Text(key, "bold")), (KEY, first)))
            told += [((KEY, each),) for each in rest]
        self._cursor.count = max(1, len(told) - height + 1)
        self._cursor.height = height
        start = min(self._cursor.at, len(told) - 1)
        return told[start : start + height] or [line()]

    def press(self, key: str) -> str | None:
        """Move."""
        self._cursor.press(key)
        return ""
