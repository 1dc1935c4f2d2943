"""How fast a person decides, and what is left to do at that pace."""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from custclean.decisions.standing import time_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custclean.model import Decision

__all__ = ["seconds_each"]

LATEST = 60  # decisions that say how fast somebody is now
PAUSE = 120.0  # seconds; whoever takes longer does something else
ENOUGH = 5


def seconds_each(decisions: Sequence[Decision]) -> float | None:
    """Give the middle time between the latest decisions; None: too few to say.

    Decisions of one moment were one step.
    """
    found = {time_of(decision) for decision in decisions[-LATEST:]}
    times = sorted(moment.timestamp() for moment in found if moment is not None)
    gaps = [later - earlier for earlier, later in pairwise(times)]
    kept = [gap for gap in gaps if gap <= PAUSE]
    return median(kept) if len(kept) >= ENOUGH else None
