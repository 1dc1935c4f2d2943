"""The desk and the terminal brought together: a frame, a key, a frame."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from custclean.errors import CustcleanError
from custclean.terminal.fit import joined
from custclean.terminal.frame import frame, stopped, working
from custclean.terminal.held import REPEAT, Held, Sent
from custclean.terminal.keys import Keys, Paste, Press
from custclean.terminal.paint import Painter

if TYPE_CHECKING:
    from custclean.terminal.desk import Desk
    from custclean.terminal.door import Door
    from custclean.terminal.fit import Line

__all__ = ["run"]

IDLE = 2.0  # seconds after which we look what others have decided
ESCAPE = 0.05  # seconds until an Escape is a key, and not the beginning of another
SLOW = 0.3  # seconds; what was typed in a longer wait was typed about another picture


def run(desk: Desk, door: Door, painter: Painter | None = None) -> str:
    """Show the desk until its person leaves; gives the signal that ended it, or "".

    Each key acts on the frame that was painted before it; where that took so long that the
    next ones were typed about another picture, they are thrown away.
    """
    return _Run(desk, door, painter or Painter()).all()


class _Run:
    def __init__(self, desk: Desk, door: Door, painter: Painter) -> None:
        self._desk, self._door, self._painter = desk, door, painter
        self._keys, self._held = Keys(), Held()
        self._waiting: str | None = None  # a key that may be held: the next will tell
        self._late = False  # the rest of what has come was typed about another picture
        self._painted = ""
        self._last: tuple[tuple[int, int], list[Line]] = (0, 0), []
        desk.plain = painter.plain

    def all(self) -> str:
        with self._door:
            self._paint()
            while not self._over:
                self._late = False
                for event in self._events():
                    if not self._over:
                        self._take(event)
                self._paint()
        return self._door.ended

    @property
    def _over(self) -> bool:
        return self._desk.done or bool(self._door.ended)

    def _events(self) -> list[Press | Paste]:
        """Wait for keys; a key that was not repeated meanwhile was pressed."""
        if self._waiting is not None:
            text = self._door.read(REPEAT)
            if not text and not self._keys.begun:
                self._press(self._waiting)
                self._waiting = None
                return []
        else:
            text = self._door.read(ESCAPE if self._keys.begun else IDLE)
        if not text:
            return self._keys.finish()
        return self._keys.feed(text)

    def _take(self, event: Press | Paste) -> None:
        key = event.key if isinstance(event, Press) else ""
        sent = self._held.sent(key)
        waiting, self._waiting = self._waiting, None
        if waiting is not None and (waiting != key or sent is not Sent.HELD):
            self._press(waiting)
        if self._late:
            self._say_dropped()
        elif isinstance(event, Paste):
            self._desk.paste(event.text)
        elif sent is Sent.PRESSED or self._desk.repeats(key):
            self._press(key)
        elif sent is Sent.UNKNOWN:
            self._waiting = key

    def _press(self, key: str) -> None:
        if key == "Ctrl+z":
            self._door.pause()
            self._painted = ""
        elif key in {"Ctrl+c", "Ctrl+d"}:
            self._desk.done = True
        else:
            if self._desk.takes_long(key):
                self._say_working()
            began = time.monotonic()
            self._desk.press(key)
            self._paint(began)

    def _paint(self, began: float | None = None) -> None:
        """Show the desk as it is; what was typed until then in a long wait is thrown away."""
        began = time.monotonic() if began is None else began
        lines = self._lines()
        while time.monotonic() - began > SLOW:
            self._late = True
            if not self._dropped():
                break
            self._say_dropped()
            began = time.monotonic()
            lines = self._lines()
        painted = self._painter.painted(lines)
        if painted != self._painted:
            self._door.write(painted)
            self._painted = painted

    def _say_working(self) -> None:
        size, lines = self._last
        said = self._desk.texts["working"]
        self._painted = self._painter.painted(working(lines, said, size[0]))
        self._door.write(self._painted)

    def _lines(self) -> list[Line]:
        """Give the frame; where there is none now the one before, with the reason in it."""
        size = self._door.size()
        try:
            self._last = size, frame(self._desk, *size)
        except CustcleanError as error:  # nothing is shown now that could be decided
            before, lines = self._last
            return stopped(lines if before == size else [], str(error), size)
        return self._last[1]

    def _dropped(self) -> bool:
        """Throw away what was typed about the picture before; tells whether there was any."""
        dropped = False
        while text := self._door.read(0):
            for event in self._keys.feed(text):
                self._held.sent(event.key if isinstance(event, Press) else "")
            self._waiting, dropped = None, True
        return dropped

    def _say_dropped(self) -> None:
        desk, said = self._desk, self._desk.texts["dropped"]
        if said not in desk.alert:
            desk.alert = joined([desk.alert if desk.wrong else "", said])
