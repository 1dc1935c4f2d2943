"""One run of the engine: index, compare, classify, in one value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from custclean.stages.link.classify import start_with_strangers, train
from custclean.stages.link.compare import fields_present
from custclean.stages.link.frequencies import Frequencies
from custclean.stages.link.index import block
from custclean.stages.link.scoring import evidence, hopeful, log_odds, to_probability

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from custclean.stages.link.features import Features, Rows
    from custclean.stages.link.scoring import Evidence, Model

    Floats = NDArray[np.float64]

__all__ = ["Scored", "score"]

_FEW = 100_000  # so few pairs are all compared in earnest


@dataclass(frozen=True)
class Scored:
    """Candidate pairs as row numbers, left smaller, with levels and log2 odds."""

    features: Features
    seen: Frequencies
    model: Model
    left: Rows
    right: Rows
    found: Evidence
    weight: Floats
    blocking: pl.DataFrame

    def look(self, left: Rows, right: Rows) -> Evidence:
        """Compare any pairs, candidates or not."""
        return evidence(self.features, self.seen, left, right)

    def weigh(self, left: Rows, right: Rows) -> Floats:
        """Give log2 odds of any pairs, candidates or not."""
        return log_odds(self.model, self.look(left, right))

    def alike(self, left: Rows, right: Rows) -> Floats:
        """Give the probability that any two rows are one client."""
        return to_probability(self.weigh(left, right))


def score(features: Features, side: NDArray[np.bool_] | None) -> Scored:
    """Find, compare and weigh the pairs of one table, or between the sides of two."""
    seen = Frequencies(features, side)
    candidates = block(features, side)
    left, right = candidates.left, candidates.right
    fields = fields_present(features)
    model, strangers = start_with_strangers(features, seen, fields)
    if len(left) > _FEW:
        some = np.flatnonzero(hopeful(model, features, seen, left, right))
        left, right = left[some], right[some]
    found = evidence(features, seen, left, right)
    model = train(model, features, seen, strangers, found, left, right)
    weight = log_odds(model, found) if len(found) else np.zeros(0)
    return Scored(features, seen, model, left, right, found, weight, candidates.report)
