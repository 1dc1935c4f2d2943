"""A line of text that a person writes: here keys only write."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

__all__ = ["LONGEST", "Entry"]

LONGEST = 2000  # letters, as in a browser


@dataclass(slots=True)
class Entry:
    """Text and the place in it where one writes."""

    text: str = ""
    at: int = 0

    def __post_init__(self) -> None:
        self.at = len(self.text)

    def press(self, key: str) -> bool:
        """Write a letter or move; tells whether the key was one of writing."""
        if len(key) == 1:
            self.write(key)
        elif key == "Backspace":
            self.text = self.text[: max(0, self.at - 1)] + self.text[self.at :]
            self.at = max(0, self.at - 1)
        elif key == "Delete":
            self.text = self.text[: self.at] + self.text[self.at + 1 :]
        elif key == "Ctrl+u":
            self.text, self.at = self.text[self.at :], 0
        elif (place := self._places().get(key)) is not None:
            self.at = max(0, min(place, len(self.text)))
        else:
            return False
        return True

    def _places(self) -> dict[str, int]:
        return {
            "ArrowLeft": self.at - 1,
            "ArrowRight": self.at + 1,
            "Home": 0,
            "End": len(self.text),
        }

    def write(self, text: str) -> None:
        """Write text, all of it in one line."""
        room = LONGEST - len(self.text)
        given = _one_line(text)[: max(0, room)]
        self.text = self.text[: self.at] + given + self.text[self.at :]
        self.at += len(given)


def _one_line(text: str) -> str:
    """Put text into one line; what would command a terminal is left out."""
    breaks = {"Cc", "Zl", "Zp"}
    letters = (
        c if unicodedata.category(c) not in breaks else " " if c.isspace() else ""
        for c in text.replace("\r\n", "\n")
    )
    return "".join(letters)
