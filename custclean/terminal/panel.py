"""What stands in place of the card until it is closed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from custclean.terminal.fit import Line

__all__ = ["Panel"]


class Panel(ABC):
    """A title, lines, and keys of its own; those in which one writes take what is pasted."""

    title: str
    keys: str  # what its keys do, in words

    @property
    def writes(self) -> bool:
        """Tell whether letters write."""
        return False

    @property
    def saves(self) -> bool:
        """Tell whether Enter writes into the log."""
        return False

    def asks(self, key: str) -> bool:  # noqa: ARG002  # most never do
        """Tell whether a key asks about all questions, which may be many."""
        return False

    @abstractmethod
    def lines(self, width: int, height: int) -> list[Line]:
        """Give what is seen of it."""

    @abstractmethod
    def press(self, key: str) -> str | None:
        """Take a key; gives what to say, None to be closed."""

    def paste(self, text: str) -> None:  # noqa: B027  # most have nowhere to write
        """Take what was pasted."""
