"""The chosen line of a list, and the lines around it that fit the window."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Cursor"]


@dataclass(slots=True)
class Cursor:
    """Where one is in a list of `count` lines, of which `height` are seen."""

    count: int
    at: int = 0
    height: int = 10

    def press(self, key: str) -> bool:
        """Move; tells whether the key was one of moving."""
        steps = {
            "ArrowUp": -1, "k": -1, "ArrowDown": 1, "j": 1, "PageUp": -self.height,
            "PageDown": self.height, "Home": -self.count, "End": self.count,
        }  # fmt: skip
        if key not in steps:
            return False
        self.at = max(0, min(self.at + steps[key], self.count - 1))
        return True

    def seen(self, height: int) -> range:
        """Say which lines fit, the chosen one among them."""
        self.height = max(1, height)
        first = max(0, min(self.at - self.height // 2, self.count - self.height))
        return range(first, min(first + self.height, self.count))
