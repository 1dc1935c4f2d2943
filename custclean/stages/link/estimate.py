"""Precision, recall and F1 from a labelled sample of pairs, with intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from custclean.errors import InputError
from custclean.frames import to_polars
from custclean.model import Verdict
from custclean.stages.link.labels import verdict_of
from custclean.stages.link.pair_frame import ordered
from custclean.words import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["Interval", "estimate"]

Interval = tuple[float, float]
_DRAWS = 8_000
_SEED = 20_260_101
_ENDS = (0.025, 0.975)


def estimate(found: pl.DataFrame, sample: object) -> dict[str, Any]:
    """Give right, wrong, missed, labelled and intervals from pairs of which some are labelled.

    Each stratum speaks for its own size. How far its share of true pairs may be off is
    drawn from a beta distribution: the labels, and beside them what the probabilities
    said, which counts for no more pairs than were labelled. An interval is where 95 % of
    the draws lie.
    """
    cells = _cells(found, to_polars(sample))
    joined = cells["found"].to_numpy()
    size, labelled, same = (cells[name].to_numpy() for name in ("size", "labelled", "same"))
    share = _shares(labelled, same, cells["chance"].to_numpy())
    rest = np.maximum(np.rint(size - labelled), 0).astype(np.int64)
    rng = np.random.default_rng(_SEED)
    drawn: Floats = 1.0 * same + rng.binomial(rest, rng.beta(*share, (_DRAWS, len(cells))))
    guess = size * same / labelled
    right, wrong, missed = _counts(guess, size, joined)
    intervals = tuple(
        (min(float(low), value), max(float(high), value))
        for (low, high), value in zip(
            [np.quantile(each, _ENDS) for each in _measures(*_counts(drawn, size, joined))],
            [float(each) for each in _measures(right, wrong, missed)],
        )
    )
    return {
        "right": float(right),
        "wrong": float(wrong),
        "missed": float(missed),
        "labelled": int(labelled.sum()),
        "intervals": intervals,
    }


def _cells(found: pl.DataFrame, sample: pl.DataFrame) -> pl.DataFrame:
    """Give size, labels and mean probability of each stratum, found and not found apart."""
    if "probability" not in sample.columns:
        sample = sample.with_columns(probability=pl.lit(0.5))
    table = ordered(sample).with_columns(same=_labels(sample["same"]))
    table = table.join(
        found.with_columns(found=pl.lit(value=True)), on=["left_id", "right_id"], how="left"
    ).with_columns(pl.col("found").fill_null(value=False))
    cells = (
        table.group_by("stratum", "found")
        .agg(
            size=pl.col("weight").sum(),
            labelled=pl.col("same").count(),
            same=pl.col("same").sum(),
            chance=pl.col("probability").mean(),
        )
        .sort("stratum", "found")
    )
    bare = cells.filter(pl.col("labelled") == 0)
    if cells.is_empty() or bare.height:
        raise InputError(
            tr("a stratum has no labelled pair"),
            column="same",
            value=bare["stratum"][0] if bare.height else None,
            expected="true / false",
        )
    return cells


def _labels(given: pl.Series) -> pl.Series:
    """Read labels as those that are learned from; blank and unsure are open."""
    read = {said: verdict_of(said) for said in given.unique().to_list()}
    strange = [said for said, verdict in read.items() if verdict is None]
    if strange:
        raise InputError(
            tr("this is no label"),
            column="same",
            value=min(map(str, strange)),
            expected="true / false",
        )
    same = {Verdict.SAME: True, Verdict.DIFFERENT: False}
    said = [same.get(read[each] or Verdict.UNSURE) for each in given.to_list()]
    return pl.Series(said, dtype=pl.Boolean)


def _shares(labelled: Floats, same: Floats, chance: Floats) -> tuple[Floats, Floats]:
    """Give the two parameters of the beta distribution of each cell's share of true pairs."""
    rare = np.clip(np.minimum(chance, 1 - chance), 1e-6, 0.5)
    often = np.maximum(np.minimum(0.5 / rare, labelled), 0.5)
    likely = chance >= 0.5
    # half a pair of what is rare: that none was seen does not mean that there is none
    yes, no = np.where(likely, often, 0.5), np.where(likely, 0.5, often)
    return same + yes, labelled - same + no


def _counts(true: Floats, size: Floats, joined: NDArray[np.bool_]) -> tuple[Any, Any, Any]:
    """Give how many pairs are right, wrong and missed, from the true ones of each cell."""
    right, missed = true @ joined, true @ ~joined
    return right, np.maximum(size[joined].sum() - right, 0.0), missed


def _measures(right: Any, wrong: Any, missed: Any) -> list[Any]:
    ends = [
        (right, right + wrong),
        (right, right + missed),
        (2 * right, 2 * right + wrong + missed),
    ]
    return [
        np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), 1.0)
        for part, whole in ends
    ]
