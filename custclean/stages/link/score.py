"""One run of the engine: index, compare, classify, in one value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from custclean.stages.link.classify import chosen, start_with_strangers, train
from custclean.stages.link.cluster import connected
from custclean.stages.link.compare import fields_present
from custclean.stages.link.frequencies import Frequencies
from custclean.stages.link.index import block
from custclean.stages.link.scoring import (
    evidence,
    log_odds,
    to_probability,
    with_chances,
)
from custclean.stages.link.worth import worth_comparing

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from custclean.stages.link.features import Features, Hashes, Rows
    from custclean.stages.link.learned import Learned
    from custclean.stages.link.scoring import Evidence, Model

    Floats = NDArray[np.float64]

__all__ = ["Scored", "score"]

_KNOWN = 20_000  # up to so many records, values are counted anew once clients are known
_AGAIN = 4  # so often at most
_SURE = 1.0  # log2 odds from which two records count as one client there


@dataclass(frozen=True)
class Scored:
    """Candidate pairs as row numbers, left smaller and in order, with levels and log2 odds."""

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

    def taught(self, learned: Learned) -> Scored:
        """Weigh the candidates anew with what answers taught, in place of what they had."""
        model = replace(self.model, learned=learned)
        weight = log_odds(model, self.found) if len(self.found) else self.weight
        return replace(self, model=model, weight=weight)


def _clients(rows: int, left: Rows, right: Rows, weight: Floats) -> Hashes:
    sure = weight >= _SURE
    return connected(rows, left[sure], right[sure]).astype(np.uint64) + np.uint64(1)


def score(features: Features, side: NDArray[np.bool_] | None) -> Scored:
    """Find, compare and weigh the pairs of one table, or between the sides of two."""
    seen = Frequencies(features, side)
    candidates = block(features, side)
    left, right = candidates.left, candidates.right
    fields = fields_present(features)
    some, each = chosen(features, left, right)
    sample = left[some], right[some]
    model, strangers = start_with_strangers(features, seen, fields)
    if each > 1:
        learned = evidence(features, seen, *sample)
        model = train(model, seen, strangers, learned, each)
        worth, found = worth_comparing(model, features, seen, left, right)
        left, right = left[worth], right[worth]
    else:
        found = evidence(features, seen, left, right)
        learned = found.take(some)
        model = train(model, seen, strangers, learned, each)
    weight = log_odds(model, found)
    for _ in range(_AGAIN if features.rows <= _KNOWN and side is None else 0):
        # who is one client holds a value once, however often it was written down
        clients = _clients(features.rows, left, right, weight)
        if seen.clients is not None and np.array_equal(clients, seen.clients):
            break
        seen = Frequencies(features, side, clients)
        model, strangers = start_with_strangers(features, seen, fields)
        learned = with_chances(seen, learned, *sample)
        model = train(model, seen, strangers, learned, each)
        found = with_chances(seen, found, left, right)
        weight = log_odds(model, found)
    return Scored(features, seen, model, left, right, found, weight, candidates.report)
