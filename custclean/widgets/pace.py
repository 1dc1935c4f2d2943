"""How far a long step is and how long it will take, in words."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from custclean.words import numeral, tr

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Pace"]

PATIENCE = 1.0  # seconds; what is quicker than this needs no bar


class Pace:
    """A `custclean.model.Progress` that estimates, by what is done or by the last time.

    `lasted`: seconds that the very same took the last time.
    """

    def __init__(
        self, *, lasted: float | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock, self._lasted = clock, lasted
        self._began = self._counted = self._told = clock()
        self._stage, self._done, self._total = "", 0, 0

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Take note that `done` of `total` units of `stage` are finished."""
        self._told = self._clock()
        if total != self._total or done < self._done:  # another count begins, and so its time
            self._counted = self._told
        self._stage, self._done, self._total = stage, done, total

    @property
    def elapsed(self) -> float:
        """Seconds since the beginning."""
        return self._clock() - self._began

    @property
    def worth_showing(self) -> bool:
        """Whether it takes long enough that a person wonders."""
        return self.elapsed >= PATIENCE

    @property
    def share(self) -> float:
        """How much of it is done, between 0 and 1."""
        if self._lasted:
            return min(0.99, self.elapsed / self._lasted)
        return self._done / self._total if self._total else 0.0

    @property
    def left(self) -> float | None:
        """Seconds that it will still take; None while nobody can know, or no more."""
        if self._lasted is not None:
            left = self._lasted - self.elapsed
        elif self._done:
            spent = self._told - self._counted
            since = self._clock() - self._told
            left = spent / self._done * (self._total - self._done) - since
        else:
            return None
        return left if left > 0 else None

    def said(self) -> str:
        """Say all that in one line."""
        told = [self._stage] if self._stage else []
        if self._total > 1:
            told.append(tr("{done} of {total}", done=self._done, total=self._total))
        told.append(tr("{n} s so far", n=numeral(self.elapsed, ".0f")))
        left = self.left
        if left is not None:
            told.append(tr("about {n} s left", n=numeral(max(1.0, left), ".0f")))
        return " · ".join(told)
