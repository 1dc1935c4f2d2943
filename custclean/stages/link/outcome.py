"""What becomes of the candidates: the model speaks, then rules, then people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from custclean.stages.link.said import kept, said_last, with_decided
from custclean.stages.link.scoring import to_probability

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from custclean.stages.link.features import Rows
    from custclean.stages.link.partners import Units
    from custclean.stages.link.ruled import Numbers, Ruled
    from custclean.stages.link.score import Scored

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]
    Words = NDArray[np.str_]

__all__ = ["Outcome", "outcome"]


@dataclass(frozen=True)
class Outcome:
    """The pairs worth keeping. `believed` is the probability before rules and people spoke."""

    left: Rows
    right: Rows
    weight: Floats
    believed: Floats
    chance: Floats
    ruled: Numbers  # the rule that decides a pair, from 1; 0 for none
    always: Bools  # a rule says one client
    never: Bools  # a rule says two
    said: Bools  # a person said what it is
    why_not: Words  # of strong pairs of two tables that are not kept
    notes: tuple[str, ...]  # what did not go as asked

    @property
    def decided(self) -> pl.Series:
        """Give who is decided: "same", "different" by people, "always", "never" by rules."""
        same = self.chance == 1.0
        words = np.select(
            [self.always, self.never, self.said & same, self.said],
            ["always", "never", "same", "different"],
            "",
        )
        return pl.Series(words, dtype=pl.String).replace("", None)

    def __len__(self) -> int:
        return len(self.left)

    def overruled(self, limit: float) -> Bools:
        """Tell which pairs a rule keeps apart that the model would join."""
        return self.never & (self.believed >= limit)


def outcome(
    scored: Scored,
    law: Ruled,
    decided: Mapping[tuple[int, int], str],
    limit: float,
    units: Units | None = None,
) -> Outcome:
    """Keep the candidates that a person, a rule or the model has something to say about.

    `units` of two tables make each other unsure, and of their pairs from the limit on
    only the best are kept.
    """
    numbers = law.of(scored.left, scored.right, scored.found.levels)
    weight = scored.weight if units is None else units.compete(scored, law, numbers, decided)
    always = law.says(numbers, same=True)
    keep = kept(scored, np.where(always, np.inf, weight), decided)
    left, right, weights = with_decided(scored, keep, decided, weight)
    said = np.arange(len(left)) >= len(keep)
    ruled = np.append(numbers[keep], np.zeros(said.sum(), dtype=np.int8))
    always, never = (law.says(ruled, same=same) for same in (True, False))
    believed = to_probability(weights)
    chance = np.select([always, never], [1.0, 0.0], believed)
    chance = said_last(chance, left, right, decided)
    none = np.full(len(left), "")
    found = Outcome(
        left, right, weights, believed, chance, ruled, always, never, said, none, ()
    )
    if units is None:
        return found

    def apart(left: Rows, right: Rows) -> Bools:
        return law.apart(left, right, scored.look(left, right).levels)

    chosen = units.partners(found, limit, apart if law.rules else None)
    return replace(found, why_not=chosen.reason, notes=chosen.notes)
