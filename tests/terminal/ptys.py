"""A program on a terminal of its own, as a person would have it before them."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

PATIENCE = 60.0  # seconds; a busy machine takes ten to start
LEAVES = "\x1b[?1049l"
_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")


class Terminal:
    """Starts a program; `send` types, `until` waits for what is seen."""

    def __init__(
        self,
        words: list[str],
        *,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.raw = ""
        self._bytes = b""
        self.pid, self.master = pty.fork()
        if self.pid == 0:  # the program
            os.environ.update({"TERM": "xterm-256color", **(env or {})})
            os.execv(sys.executable, [sys.executable, *words])
        self.resize(size)
        self.mode = termios.tcgetattr(self.master)

    def resize(self, size: tuple[int, int]) -> None:
        fcntl.ioctl(
            self.master, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0)
        )

    def send(self, text: str) -> None:
        os.write(self.master, text.encode())

    def press(self, keys: str, pause: float = 0.25) -> None:
        """Press keys one after the other, as hands do."""
        for key in keys.split():
            self.send(key)
            self.read(pause)

    def read(self, seconds: float) -> bool:
        """Take what is written for so long; tells whether there will be more."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if not select.select([self.master], [], [], left)[0]:
                return True
            try:
                self._bytes += os.read(self.master, 65536)
            except OSError:
                return False
            self.raw = self._bytes.decode(errors="ignore")
        return True

    def until(self, text: str) -> str:
        """Wait until a text is on the screen; gives the screen."""
        end = time.monotonic() + PATIENCE
        while text not in self.screen():
            assert time.monotonic() < end, f"no {text!r} on:\n{self.screen()}"
            assert self.read(0.05) or text in self.screen(), f"it ended: {self.screen()}"
        return self.screen()

    def screen(self) -> str:
        """Give the last whole frame as text, or what was said after the desk was left."""
        shown = self.raw.rpartition(LEAVES)[2] if LEAVES in self.raw else self._frame()
        return _SEQUENCE.sub(" ", shown).replace("\r", "")

    def _frame(self) -> str:
        frames = [each for each in self.raw.split("\x1b[H") if each.endswith("\x1b[J")]
        return frames[-1] if frames else self.raw

    def ended(self) -> int:
        """Wait for the end; gives the exit code, below 0 the signal."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.pid = 0
                return os.waitstatus_to_exitcode(status)
            if not self.read(0.05):
                time.sleep(0.05)
        msg = f"it did not end: {self.screen()}"
        raise AssertionError(msg)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *exc: Any) -> None:
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        with suppress(OSError):
            os.close(self.master)
