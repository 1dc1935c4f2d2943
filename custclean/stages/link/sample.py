"""Pairs drawn at random to be labelled: from each stratum so many that little is left open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from custclean.errors import SettingsError
from custclean.frames import to_polars
from custclean.stages.link.cluster import pairs_of_groups
from custclean.stages.link.hashing import mix
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from custclean.stages.link.features import Hashes, Rows

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

__all__ = ["Population", "draw", "is_sample", "population"]

_COLUMNS = ("left_id", "right_id", "stratum", "weight", "probability", "same")
_EDGES = (0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99)  # of the strata, as probabilities
_LEAST = 5  # pairs of each stratum at least: the model may be wrong about it
_SPREAD = 0.02  # the least that the labels of a stratum are taken to vary


@dataclass(frozen=True)
class Population:
    """The pairs that a sample is drawn from: both ends by row, and which ones are joined."""

    left: Rows
    right: Rows
    probability: Floats
    joined: Bools


def population(
    ends: tuple[Rows, Rows],
    probability: Floats,
    label: Rows,
    alike: Callable[[Rows, Rows], Floats],
) -> Population:
    """Give the candidates of one table, and the pairs that groups (`label`) join besides.

    `alike` gives the probability of pairs that are no candidates.
    """
    left, right = pairs_of_groups(label)
    shift = np.uint64(32)
    known, there = (
        (low.astype(np.uint64) << shift) | high.astype(np.uint64)
        for low, high in (ends, (left, right))
    )
    more = np.flatnonzero(~np.isin(there, known))
    if not len(more):
        return Population(*ends, probability, label[ends[0]] == label[ends[1]])
    low, high = np.append(ends[0], left[more]), np.append(ends[1], right[more])
    chance = np.append(probability, alike(left[more], right[more]))
    return Population(low, high, chance, label[low] == label[high])


def draw(
    of: Population, ids: tuple[pl.Series, pl.Series], *, n: int, seed: int
) -> pl.DataFrame:
    """Draw `n` pairs, or all if there are no more; `ids` are those of both ends.

    Strata are the pairs joined and not joined, by probability, sixteen at most; of each at
    least one pair is drawn, even if these are more than `n`. More are drawn of a
    stratum the larger it is and the less sure its labels are (Neyman). The draw follows
    from the seed and the two ids of a pair, not from the order of records.
    """
    if n < 1:
        raise SettingsError(tr("so few pairs cannot be drawn"), value=n, expected=">= 1")
    stratum = np.searchsorted(_EDGES, of.probability, side="right") * 2 + of.joined
    _, place, sizes = np.unique(stratum, return_inverse=True, return_counts=True)
    mean = np.bincount(place, of.probability) / sizes if len(sizes) else np.zeros(0)
    take = _allocated(sizes, np.maximum(np.sqrt(mean * (1 - mean)), _SPREAD), n)
    lot = _lots(*ids, seed)
    order = np.lexsort((lot, place))
    rank = np.arange(len(order)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    chosen = order[rank < np.repeat(take, sizes)]
    chosen = chosen[np.argsort(lot[chosen], kind="stable")]
    names = [_name(kind) for kind in stratum[chosen].tolist()]
    return pl.DataFrame(
        {
            "left_id": ids[0].gather(chosen),
            "right_id": ids[1].gather(chosen),
            "stratum": pl.Series(names, dtype=pl.String),
            "weight": (sizes / np.maximum(take, 1))[place[chosen]],
            "probability": of.probability[chosen],
            "same": pl.Series([None] * len(chosen), dtype=pl.Boolean),
        }
    )


def _lots(left: pl.Series, right: pl.Series, seed: int) -> Hashes:
    """Give each pair a random number, the same whichever end comes first."""
    ends = [mix(each.cast(pl.String).hash(seed=1).to_numpy().copy()) for each in (left, right)]
    return mix(ends[0] + ends[1] + mix(np.array([seed % 2**64], dtype=np.uint64)))


def _allocated(sizes: Rows, spread: Floats, n: int) -> Rows:
    """Share `n` out over strata: a few of each, the rest by size times spread."""
    if n >= sizes.sum():
        return sizes
    take = np.minimum(sizes, max(1, min(_LEAST, n // max(len(sizes), 1))))
    while take.sum() < n:
        room = sizes - take
        worth = np.where(room > 0, sizes * spread, 0.0)
        share = np.minimum(room, np.floor((n - take.sum()) * worth / worth.sum()))
        if not share.any():  # the last few: one each, to those that are worth most
            share[np.argsort(-worth, kind="stable")[: n - take.sum()]] = 1
            share = np.minimum(share, room)
        take = take + share.astype(np.int64)
    return take


def _name(kind: int) -> str:
    edges = (0.0, *_EDGES, 1.0)
    low, high = edges[kind // 2], edges[kind // 2 + 1]
    return f"{'joined' if kind % 2 else 'apart'} {low:g}-{high:g}"


def is_sample(given: object) -> bool:
    """Tell whether something is a frame of drawn pairs with room for labels."""
    if isinstance(given, (list, tuple, set, frozenset)) or not hasattr(given, "columns"):
        return False
    return set(_COLUMNS) - {"probability"} <= set(to_polars(given).columns)
