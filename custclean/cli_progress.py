"""Progress in a terminal: a bar with the time left, from the first second on."""

from __future__ import annotations

import sys
import time

__all__ = ["Bar"]

PATIENCE = 1.0


class Bar:
    """A `Progress` for terminals; on anything else it keeps quiet."""

    def __init__(self) -> None:
        self._began: dict[str, float] = {}
        self._shown = False

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is, once it has taken a second."""
        if not sys.stderr.isatty():
            return
        now = time.monotonic()
        began = self._began.setdefault("", now)
        if now - began < PATIENCE and not self._shown:
            return
        left = (now - began) * (total - done) / done if done else 0.0
        line = f"\r{stage}: {done}/{total}" + (f"  ~{left:.0f} s" if done else "")
        sys.stderr.write(f"{line:<60}")
        self._shown = True
        if done >= total:
            sys.stderr.write("\r" + " " * 60 + "\r")
            self._began.clear()
            self._shown = False
