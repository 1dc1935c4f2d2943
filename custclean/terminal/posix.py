"""The terminal of Linux and macOS: termios, and signals that are waited for with the keys."""

from __future__ import annotations

import codecs
import os
import select
import shutil
import signal
import sys
import termios
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

from custclean.terminal.door import ENTER, LEAVE

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["PosixDoor"]

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
CHUNK = 4096


class PosixDoor:
    """Keys one by one without an echo; Ctrl+C, SIGTERM and a closed window end the reading.

    A signal interrupts no decision half-way: it is noted, and looked at with the next key.
    """

    def __init__(self) -> None:
        self.ended = ""
        self._in, self._out = sys.stdin.fileno(), sys.stdout.fileno()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._encoding = sys.stdout.encoding or "utf-8"

    def __enter__(self) -> Self:
        self._before: list[Any] = termios.tcgetattr(self._in)
        self._told, self._tell = os.pipe()
        os.set_blocking(self._told, False)
        os.set_blocking(self._tell, False)
        self._wakeup = signal.set_wakeup_fd(self._tell, warn_on_full_buffer=False)
        self._handlers = {
            each: signal.signal(each, _noted) for each in (*ENDING, signal.SIGWINCH)
        }
        try:
            self._take()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._give_back()
        for each, handler in self._handlers.items():
            signal.signal(each, handler)
        signal.set_wakeup_fd(self._wakeup)
        os.close(self._told)
        os.close(self._tell)

    def _take(self) -> None:
        mode = termios.tcgetattr(self._in)
        mode[0] &= ~(termios.IXON | termios.ICRNL)  # Ctrl+S stops nothing
        mode[3] &= ~(termios.ICANON | termios.ECHO | termios.IEXTEN)
        for key in (termios.VSUSP, termios.VQUIT):  # the one is `pause`; the other kills
            mode[6][key] = b"\0"
        mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
        termios.tcsetattr(self._in, termios.TCSAFLUSH, mode)
        self.write(ENTER)

    def _give_back(self) -> None:
        self.write(LEAVE)
        with suppress(termios.error, OSError):  # the window is gone
            termios.tcsetattr(self._in, termios.TCSAFLUSH, self._before)  # typed ahead: void

    def read(self, seconds: float) -> str:
        """Give what has come, "" after so many seconds, a new size or the end."""
        if self.ended:
            return ""
        ready, _, _ = select.select([self._in, self._told], [], [], seconds)
        if self._told in ready:
            self._look_at_signals()
        if self._in not in ready or self.ended:
            return ""
        try:
            found = os.read(self._in, CHUNK)
        except OSError:  # the window was closed
            found = b""
        if not found:
            self.ended = signal.SIGHUP.name
        return self._decoder.decode(found)

    def _look_at_signals(self) -> None:
        with suppress(BlockingIOError):
            for number in os.read(self._told, CHUNK):
                if number in ENDING:
                    self.ended = signal.Signals(number).name

    def write(self, text: str) -> None:
        """Show text; a window that is gone shows nothing."""
        left = text.encode(self._encoding, "replace")
        with suppress(OSError):
            while left:
                left = left[os.write(self._out, left) :]

    def size(self) -> tuple[int, int]:
        """Give columns and lines."""
        try:
            size = os.get_terminal_size(self._out)
        except OSError:
            size = shutil.get_terminal_size()
        return size.columns, size.lines

    def pause(self) -> None:
        """Let the shell have the terminal until it calls us back."""
        self._give_back()
        os.kill(0, signal.SIGTSTP)  # the whole job, as Ctrl+Z does
        self._take()


def _noted(number: int, frame: object) -> None:
    """Do nothing: that it came stands in the pipe."""
