"""A key that is held down sends the same again and again: it decides once."""

from __future__ import annotations

import time
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["REPEAT", "Held", "Sent"]

REPEAT = 0.15  # seconds; keyboards repeat faster than this, hands do not
DELAY = 1.2  # seconds that a keyboard waits at most before it repeats


class Sent(Enum):
    """What a key is that a terminal has sent."""

    PRESSED = "pressed"
    HELD = "held"
    UNKNOWN = "unknown"  # pressed again, or the first repetition: the next one will tell


class Held:
    """Tells a key that is pressed again from one that is held, by its rhythm."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._key = ""
        self._when = 0.0

    def sent(self, key: str) -> Sent:
        """Say what it means that this key was sent now."""
        now = self._clock()
        gap, same = now - self._when, key == self._key
        self._key, self._when = key, now
        if not same or gap > DELAY:
            return Sent.PRESSED
        return Sent.HELD if gap < REPEAT else Sent.UNKNOWN
