"""Pairs drawn at random to be labelled: from each stratum so many that little is left open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from custclean.errors import SettingsError
from custclean.frames import to_polars
from custclean.stages.link.hashing import mix
from custclean.words import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from custclean.stages.link.features import Hashes, Rows

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

__all__ = ["COLUMNS", "Drawn", "draw", "is_sample"]

COLUMNS = ("left_id", "right_id", "stratum", "weight", "probability", "same")
_EDGES = (0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99)  # of the strata, as probabilities
_LEAST = 5  # pairs of each stratum at least: the model may be wrong about it
_SPREAD = 0.02  # the least that the labels of a stratum are taken to vary


@dataclass(frozen=True)
class Drawn:
    """The pairs that were drawn, by place, in the order in which to look at them."""

    places: Rows
    stratum: list[str]
    weight: Floats  # how many pairs each stands for


def draw(probability: Floats, joined: Bools, ids: tuple[pl.Series, pl.Series], *, n: int,
         seed: int) -> Drawn:  # fmt: skip
    """Draw `n` pairs, or all if there are no more.

    Strata are the pairs joined and not joined, by probability. More are drawn of a
    stratum the larger it is and the less sure its labels are (Neyman). The draw follows
    from the seed and the two ids of a pair, not from the order of records.
    """
    if n < 1:
        raise SettingsError(tr("so few pairs cannot be drawn"), value=n, expected=">= 1")
    stratum = np.searchsorted(_EDGES, probability, side="right") * 2 + joined
    _, place, sizes = np.unique(stratum, return_inverse=True, return_counts=True)
    mean = np.bincount(place, probability) / sizes if len(sizes) else np.zeros(0)
    take = _allocated(sizes, np.maximum(np.sqrt(mean * (1 - mean)), _SPREAD), n)
    lot = _lots(*ids, seed)
    order = np.lexsort((lot, place))
    starts = np.cumsum(sizes) - sizes
    rank = np.arange(len(order)) - np.repeat(starts, sizes)
    chosen = order[rank < np.repeat(take, sizes)]
    chosen = chosen[np.argsort(lot[chosen], kind="stable")]
    weight = (sizes / np.maximum(take, 1))[place[chosen]]
    return Drawn(chosen, [_name(kind) for kind in stratum[chosen].tolist()], weight)


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
    return set(COLUMNS) - {"probability"} <= set(to_polars(given).columns)
