"""One run of the engine: index, compare, classify, in one value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from custclean.stages.link.classify import chosen, sizes, start_with_strangers, train
from custclean.stages.link.cluster import connected
from custclean.stages.link.compare import fields_present
from custclean.stages.link.frequencies import Frequencies
from custclean.stages.link.index import block
from custclean.stages.link.scoring import (
    evidence,
    joined,
    log_odds,
    start,
    to_probability,
    with_chances,
)
from custclean.stages.link.stored import fitted
from custclean.stages.link.worth import worth_comparing

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl
    from numpy.typing import NDArray

    from custclean.stages.link.features import Features, Hashes, Rows
    from custclean.stages.link.known import Known
    from custclean.stages.link.learned import Learned
    from custclean.stages.link.scoring import Evidence, Model

    Floats = NDArray[np.float64]

__all__ = ["Scored", "score"]

_KNOWN = 5_000  # up to so many records, values are counted anew once clients are known
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
    judge: Callable[[Evidence], Floats] | None = None  # weighs in the model's place

    def look(self, left: Rows, right: Rows) -> Evidence:
        """Compare any pairs, candidates or not."""
        return evidence(self.features, self.seen, left, right)

    def weigh(self, left: Rows, right: Rows) -> Floats:
        """Give log2 odds of any pairs, candidates or not."""
        found = self.look(left, right)
        return self.judge(found) if self.judge else log_odds(self.model, found)

    def alike(self, left: Rows, right: Rows) -> Floats:
        """Give the probability that any two rows are one client."""
        return to_probability(self.weigh(left, right))

    def taught(self, learned: Learned) -> Scored:
        """Weigh the candidates anew with what answers taught, in place of what they had."""
        model = replace(self.model, learned=learned)
        return replace(self, model=model, weight=log_odds(model, self.found))


def score(
    features: Features,
    side: NDArray[np.bool_] | None = None,
    *,
    stored: Model | None = None,
    known: Known | None = None,
    always: Callable[[Rows, Rows], tuple[Rows, Rows]] | None = None,
) -> Scored:
    """Find, compare and weigh the pairs of one table, or between the sides of two.

    With a `stored` model nothing is learned; pairs of two `known` records are settled and
    not looked at again; pairs that are `always` one client are compared, come what may: it
    is asked for them, and which of those dropped are among them.
    """
    seen = Frequencies(features, side)
    candidates = block(features, side)
    left, right = _unsettled(features, candidates.left, candidates.right, known)
    settled = known is not None and bool(known.clusters)
    some, each = chosen(features, left, right, known=settled)
    found = evidence(features, seen, left, right) if each == 1 else None
    model, strangers = _start(features, seen, stored)
    lesson = None
    if strangers is not None:
        ends = left[some], right[some]
        shown = evidence(features, seen, *ends) if found is None else found.take(some)
        total = known.pairs if known is not None and settled else model.among
        lesson = _Lesson(*ends, shown, each, total, strangers)
        model = lesson.learned(model, strangers)
    worth = np.arange(len(left))
    if found is None:
        worth, found = worth_comparing(model, features, seen, left, right)
    scored = Scored(
        features, seen, model, left[worth], right[worth], found, np.zeros(0), candidates.report
    )
    if always is not None:
        scored = _with(scored, *always(np.delete(left, worth), np.delete(right, worth)), known)
    scored = replace(scored, weight=log_odds(model, scored.found))
    if features.rows <= _KNOWN and side is None:
        scored = _by_client(scored, known, lesson, stored)
    if stored is None or not stored.learned.answers:
        return scored
    return scored.taught(stored.learned.only(model.fields))


@dataclass(frozen=True)
class _Lesson:
    """Candidates and strangers to learn from: `each` stands for so many, of so many pairs."""

    left: Rows
    right: Rows
    found: Evidence
    each: float
    total: int
    strangers: Evidence

    def learned(self, model: Model, strangers: Evidence) -> Model:
        return train(model, strangers, self.found, self.each, self.total)

    def anew(self, seen: Frequencies) -> _Lesson:
        return replace(self, found=with_chances(seen, self.found, self.left, self.right))


def _unsettled(
    features: Features, left: Rows, right: Rows, known: Known | None
) -> tuple[Rows, Rows]:
    """Leave out the pairs that were settled before; without a field, nothing is compared."""
    if not fields_present(features):
        return left[:0], right[:0]
    if known is None or not known.clusters:
        return left, right
    new = known.new(left, right)
    return left[new], right[new]


def _start(
    features: Features,
    seen: Frequencies,
    stored: Model | None,
    before: Evidence | None = None,
) -> tuple[Model, Evidence | None]:
    """Give the model before it has seen a candidate, and strangers; none if it is stored."""
    fields, side = fields_present(features), seen.side
    if stored is None:
        return start_with_strangers(features, seen, fields, before)
    if set(fields) <= set(stored.fields):
        return fitted(stored, start(fields, sizes(features, side))), None
    return fitted(stored, start_with_strangers(features, seen, fields)[0]), None


def _with(scored: Scored, left: Rows, right: Rows, known: Known | None) -> Scored:
    """Add the pairs that are no candidates yet."""
    if not len(left):
        return scored
    left, right = _unsettled(scored.features, left, right, known)
    new = ~np.isin((left << 32) | right, (scored.left << 32) | scored.right)
    if not new.any():
        return scored
    found = joined([scored.found, scored.look(left[new], right[new])])
    left = np.concatenate([scored.left, left[new]])
    right = np.concatenate([scored.right, right[new]])
    order = np.lexsort([right, left])
    return replace(scored, left=left[order], right=right[order], found=found.take(order))


def _by_client(
    scored: Scored, known: Known | None, lesson: _Lesson | None, stored: Model | None
) -> Scored:
    """Count anew until it is settled who is one client, who holds a value once.

    However often that client was written down.
    """
    for _ in range(_AGAIN):
        clients = _clients(scored, known)
        if scored.seen.clients is not None and np.array_equal(clients, scored.seen.clients):
            break
        scored = _counted_anew(scored, clients, lesson, stored)
    return scored


def _counted_anew(
    scored: Scored, clients: Hashes, lesson: _Lesson | None, stored: Model | None
) -> Scored:
    """Count values by client, not by record, learn again, and weigh."""
    seen = Frequencies(scored.features, None, clients)
    before = None if lesson is None else lesson.strangers
    model, strangers = _start(scored.features, seen, stored, before)
    if lesson is not None and strangers is not None:
        model = lesson.anew(seen).learned(model, strangers)
    found = with_chances(seen, scored.found, scored.left, scored.right)
    return replace(scored, seen=seen, model=model, found=found, weight=log_odds(model, found))


def _clients(scored: Scored, known: Known | None) -> Hashes:
    """Give each record the number of the client that it is, as far as is known."""
    sure = scored.weight >= _SURE
    chain = np.array(known.chain if known else [], dtype=np.int64).reshape(-1, 2)
    left = np.concatenate([scored.left[sure], chain[:, 0]])
    right = np.concatenate([scored.right[sure], chain[:, 1]])
    label = connected(scored.features.rows, left, right)
    return label.astype(np.uint64) + np.uint64(1)
