"""The terminal as a screen of ours: entered, read key by key, always left as it was."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Protocol, Self

from custclean.errors import CustcleanError
from custclean.words import tr

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["ENTER", "LEAVE", "Door", "open_door"]

# another screen, no cursor, pastes marked as such, no new line at the right edge
ENTER = "\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?7l\x1b[2J"
LEAVE = "\x1b[0m\x1b[?7h\x1b[?2004l\x1b[?25h\x1b[?1049l"


class Door(Protocol):
    """A terminal that is ours while the `with` lasts."""

    ended: str  # why nothing more will come: "", or the name of a signal

    def __enter__(self) -> Self:
        """Take the terminal."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give it back as it was."""

    def read(self, seconds: float) -> str:
        """Give what has come, "" after so many seconds, a new size or the end."""

    def write(self, text: str) -> None:
        """Show text."""

    def size(self) -> tuple[int, int]:
        """Give columns and lines."""

    def pause(self) -> None:
        """Let the shell have the terminal until it calls us back."""


def open_door() -> Door:
    """Give the terminal of this program; refused where there is none."""
    dumb = os.environ.get("TERM", "") in {"dumb", "unknown"}
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or dumb:
        raise CustcleanError(
            tr("the review needs a terminal, for its keys and its screen"),
            expected=tr("custclean review in a terminal, or cc.show in a notebook"),
        )
    if sys.platform == "win32":
        from custclean.terminal.windows import WindowsDoor  # noqa: PLC0415  # only there

        return WindowsDoor()
    from custclean.terminal.posix import PosixDoor  # noqa: PLC0415  # not on Windows

    return PosixDoor()
