"""The terminal of Windows: keys by msvcrt, a screen that understands the usual sequences."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self

from custclean.terminal.door import ENTER, LEAVE

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["WindowsDoor", "as_sequence", "keyboard_mode"]

STEP = 0.01  # seconds between two looks at the keyboard
PREFIXES = ("\x00", "\xe0")  # of keys without a letter
PROCESSED, LINES, ECHO, SEQUENCES_IN = 0x1, 0x2, 0x4, 0x200  # what a keyboard is told
_SEQUENCES = {
    "H": "\x1b[A", "P": "\x1b[B", "M": "\x1b[C", "K": "\x1b[D", "G": "\x1b[H", "O": "\x1b[F",
    "I": "\x1b[5~", "Q": "\x1b[6~", "S": "\x1b[3~",
}  # fmt: skip


def as_sequence(code: str) -> str:
    r"""Give the sequence of a key that Windows tells by a code of its own.

    >>> as_sequence("H")
    '\x1b[A'
    """
    return _SEQUENCES.get(code, "")


def keyboard_mode(before: int) -> int:
    """Give the mode in which keys come one by one; Ctrl+C is one of them, and stops nothing.

    >>> hex(keyboard_mode(0x1F7))
    '0x3f0'
    """
    return (before & ~PROCESSED & ~LINES & ~ECHO) | SEQUENCES_IN


if sys.platform == "win32":
    import ctypes
    import msvcrt
    import shutil

    INPUT, OUTPUT = -10, -11
    SEQUENCES_OUT, NO_NEW_LINE = 0x4, 0x8

    class WindowsDoor:
        """Keys one by one without an echo; Ctrl+C and a closed window end the reading.

        Ctrl+C interrupts no decision half-way: it is a key, looked at with the next ones.
        """

        def __init__(self) -> None:
            self.ended = ""
            self._kernel = ctypes.windll.kernel32

        def __enter__(self) -> Self:
            self._before = [(which, self._mode(which)) for which in (INPUT, OUTPUT)]
            keyboard, screen = (mode for _, mode in self._before)
            wanted = keyboard_mode(keyboard)
            self._set(INPUT, wanted)  # where it is refused, `as_sequence` helps
            self._set(OUTPUT, screen | SEQUENCES_OUT | NO_NEW_LINE)
            self.write(ENTER)
            return self

        def __exit__(
            self,
            kind: type[BaseException] | None,
            error: BaseException | None,
            trace: TracebackType | None,
        ) -> None:
            self.write(LEAVE)
            while msvcrt.kbhit():
                msvcrt.getwch()  # typed ahead: void
            for which, mode in self._before:
                self._set(which, mode)

        def _mode(self, which: int) -> int:
            mode = ctypes.c_ulong()
            self._kernel.GetConsoleMode(self._kernel.GetStdHandle(which), ctypes.byref(mode))
            return mode.value

        def _set(self, which: int, mode: int) -> None:
            self._kernel.SetConsoleMode(self._kernel.GetStdHandle(which), mode)

        def read(self, seconds: float) -> str:
            """Give what has come, "" after so many seconds, a new size or the end."""
            size, until = self.size(), time.monotonic() + seconds
            try:
                while not self.ended and not msvcrt.kbhit():
                    if time.monotonic() >= until or self.size() != size:
                        return ""
                    time.sleep(STEP)
                return self._typed()
            except KeyboardInterrupt:
                self.ended = "SIGINT"
                return ""

        def _typed(self) -> str:
            found = ""
            while msvcrt.kbhit():
                letter = msvcrt.getwch()
                if letter == "\x03":
                    self.ended = "SIGINT"
                coded = letter in PREFIXES and msvcrt.kbhit()  # else it is the letter à
                found += as_sequence(msvcrt.getwch()) if coded else letter
            return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

        def write(self, text: str) -> None:
            """Show text."""
            sys.stdout.write(text)
            sys.stdout.flush()

        def size(self) -> tuple[int, int]:
            """Give columns and lines."""
            size = shutil.get_terminal_size()
            return size.columns, size.lines

        def pause(self) -> None:
            """Do nothing: Windows has no Ctrl+Z for programs."""
