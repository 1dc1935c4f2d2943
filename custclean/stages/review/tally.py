"""How much of what is in sight is decided, and what is expected in the rest."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from custclean.stages.review.answers import WAITING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from custclean.stages.review.answers import Standing
    from custclean.stages.review.questions import Question
    from custclean.stages.review.queue import Queue

__all__ = ["Tally"]


class Tally:
    """Counts kept up to date, for a queue may hold fifty thousand questions."""

    def __init__(
        self, queue: Queue, questions: Sequence[Question], standing: Sequence[Standing]
    ) -> None:
        self._queue, self._questions, self._standing = queue, questions, standing
        self._states: Counter[str] = Counter()
        self._expected = 0.0
        for place in queue.places:
            self._add(place, standing[place], 1)

    def moved(self, before: Mapping[int, Standing]) -> None:
        """Take in that these questions stood so before and stand otherwise now."""
        for place, standing in before.items():
            if self._queue.rank(place) is not None:
                self._add(place, standing, -1)
                self._add(place, self._standing[place], 1)

    @property
    def expected(self) -> float:
        """Give how many records too many are expected in what waits."""
        return max(0.0, self._expected)  # sums of shares, taken away again, leave a speck

    @property
    def counts(self) -> dict[str, int]:
        """Give how many are decided, left, same, different (divided, no customer), unsure."""
        states = self._states
        waiting = sum(states[state] for state in WAITING)
        return {
            "decided": len(self._queue) - waiting,
            "left": waiting,
            "same": states["same"],
            "different": states["different"] + states["mixed"] + states["aside"],
            "unsure": states["unsure"],
        }

    def _add(self, place: int, standing: Standing, sign: int) -> None:
        self._states[standing.state] += sign
        if standing.waits:
            self._expected += sign * self._questions[place].duplicates
