"""What a run comes to: the pairs kept, with a person's word in place of the model's."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from custclean.stages.link.assign import assign, compete
from custclean.stages.link.said import kept, said_last, with_decided
from custclean.stages.link.scoring import to_probability

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from custclean.stages.link.features import Rows
    from custclean.stages.link.score import Scored

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

__all__ = ["Outcome", "outcome"]


class Outcome(NamedTuple):
    """Both ends of each pair kept, how likely it is, and whether another took its place."""

    rows: tuple[Rows, Rows]
    weight: Floats
    probability: Floats
    lost: Bools


def outcome(
    scored: Scored, decided: Mapping[tuple[int, int], str], limit: float, *, one_to_one: bool
) -> Outcome:
    """Put what was scored and what was decided together.

    With `one_to_one` rivals make each other unsure, and of the pairs at or above the limit
    those that give way to better ones are lost.
    """
    weight = scored.weight
    if one_to_one:
        weight = compete(scored.left, scored.right, weight, scored.alike)
    keep = kept(scored, weight, decided)
    left, right, weight = with_decided(scored, keep, decided, weight)
    chance = said_last(to_probability(weight), left, right, decided)
    lost = np.zeros(len(chance), dtype=bool)
    if one_to_one:
        lost = _lost(left, right, weight, chance, limit)
    return Outcome((left, right), weight, chance, lost)


def _lost(left: Rows, right: Rows, weight: Floats, chance: Floats, limit: float) -> Bools:
    """Tell which pairs at or above the threshold give way to better ones."""
    strong = np.flatnonzero(chance >= limit)
    lost = np.zeros(len(chance), dtype=bool)
    if len(strong):
        sure = chance[strong] == 1.0
        lost[strong] = ~assign(left[strong], right[strong], weight[strong], sure)
    return lost
