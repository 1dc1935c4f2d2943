"""What each threshold would join, get wrong, miss and leave for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from custclean.stages.link.pair_frame import ENDS, ordered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

__all__ = ["measured_at", "thresholds_of"]

CUTS = (0.01, 0.02, 0.05, *(n / 10 for n in range(1, 10)), 0.95, 0.98, 0.99, 0.999)


def thresholds_of(
    probability: Floats,
    free: Bools,
    *,
    own: float,
    review: float,
    unseen: float,
    at: Iterable[float] | None = None,
) -> pl.DataFrame:
    """Give a row per threshold, from the probabilities of the candidate pairs alone.

    `free`: pairs that do not give way to a better partner; `own`: the threshold in use;
    `review`: from here a pair below the threshold is looked at by a person; `unseen`: how
    many true pairs no key has seen. `at` names other thresholds than the usual ones.
    """
    cuts = np.unique([*CUTS, own] if at is None else [*at])
    joined = _at_least(cuts, probability, free)
    to_review = np.maximum(_at_least(np.array([review]), probability, free) - joined, 0)
    right = _at_least(cuts, probability, free, probability)
    total = float(np.sort(probability).sum()) + unseen
    table = {"threshold": cuts, "joined": joined.astype(np.int64)}
    table |= _counts("expected_", joined, right, total)
    table |= _measures("", joined, right, total)
    return pl.DataFrame(table | {"to_review": to_review.astype(np.int64)})


def measured_at(
    table: pl.DataFrame,
    probability: Floats,
    free: Bools,
    ids: tuple[pl.Series, pl.Series],
    truth: pl.DataFrame,
) -> pl.DataFrame:
    """Add what the true pairs say at each threshold; `ids` are those of both ends."""
    mine = ordered(pl.DataFrame(dict(zip(ENDS, ids))))
    marked = truth.with_columns(true=pl.lit(1.0))
    mine = mine.join(marked, on=ENDS, how="left", maintain_order="left")
    true, total = mine["true"].fill_null(0.0).to_numpy(), truth.height
    cuts = table["threshold"].to_numpy()
    joined = _at_least(cuts, probability, free)
    right = _at_least(cuts, probability, free, true)
    found = _counts("measured_", joined, right, total)
    whole = {name: each.astype(np.int64) for name, each in found.items()}
    return table.with_columns(**whole, **_measures("measured_", joined, right, total))


def _at_least(
    cuts: Floats, probability: Floats, free: Bools, worth: Floats | None = None
) -> Floats:
    """Count the free pairs at or above each cut, or add up what they are worth."""
    order = np.argsort(probability[free], kind="stable")
    chance = probability[free][order]
    each = np.ones(len(chance)) if worth is None else worth[free][order]
    above = np.append(np.cumsum(each[::-1])[::-1], 0.0)
    result: Floats = above[np.searchsorted(chance, cuts, side="left")]
    return result


def _counts(how: str, joined: Floats, right: Floats, total: float) -> dict[str, Floats]:
    return {
        f"{how}right": right,
        f"{how}wrong": np.maximum(joined - right, 0.0),
        f"{how}missed": np.maximum(total - right, 0.0),
    }


def _measures(how: str, joined: Floats, right: Floats, total: float) -> dict[str, Floats]:
    return {
        f"{how}precision": _share(right, joined),
        f"{how}recall": _share(right, np.full(len(right), total)),
        f"{how}f1": _share(2 * right, joined + total),
    }


def _share(part: Floats, whole: Floats) -> Floats:
    share: Floats = np.divide(part, whole, out=np.ones(len(part)), where=whole > 0)
    return np.minimum(share, 1.0)
