"""Draw many values at once: by rank, by share, in groups, each once."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]


@lru_cache(maxsize=256)
def _ladder(count: int, flat: float) -> NDArray[np.float64]:
    weights = 1 / (np.arange(count) + flat)
    return np.cumsum(weights) / weights.sum()


def ranks(rng: np.random.Generator, count: int, size: int, flat: float = 8) -> Ints:
    """Draw ranks below count as Zipf has it; the larger flat, the less do the first lead."""
    return np.minimum(np.searchsorted(_ladder(count, flat), rng.random(size)), count - 1)


def often(
    rng: np.random.Generator, words: Sequence[str], size: int, flat: float = 8
) -> pl.Series:
    """Draw words, the first of the list far more often than the last."""
    return pl.Series(words, dtype=pl.String).gather(ranks(rng, len(words), size, flat))


def any_of(rng: np.random.Generator, words: Sequence[str], size: int) -> pl.Series:
    """Draw words, each as often as the others."""
    return pl.Series(words, dtype=pl.String).gather(rng.integers(0, len(words), size))


def by_share(rng: np.random.Generator, shares: Mapping[Any, float], size: int) -> Ints:
    """Draw positions in a table of shares."""
    weights = np.cumsum(list(shares.values()))
    return np.searchsorted(weights / weights[-1], rng.random(size), side="right")


def chance(rng: np.random.Generator, share: float, size: int) -> Bools:
    """Draw yes or no."""
    return rng.random(size) < share


def each_once(rng: np.random.Generator, low: int, high: int, size: int) -> Ints:
    """Draw numbers of a range that look random and come again only when all are spent."""
    span = high - low
    step = int(span * 0.6180339887)
    while np.gcd(step, span) != 1:
        step += 1
    first = int(rng.integers(0, span))
    return low + (first + np.arange(size, dtype=np.int64) * step) % span


def digits(numbers: Ints, width: int) -> pl.Series:
    """Write numbers with leading zeros."""
    return pl.Series(numbers).cast(pl.String).str.zfill(width)


def groups(rng: np.random.Generator, size: int, least: int, most: int) -> Ints:
    """Cut a row of entities into groups, and give each the position of its group's first."""
    sizes = rng.integers(least, most + 1, size // max(least, 1) + 1)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    return starts[np.searchsorted(starts, np.arange(size), side="right") - 1]


def by_kind(kinds: Ints, make: Callable[[int, Ints], pl.Series]) -> pl.Series:
    """Make the values of each kind together, and give them back in the rows' order."""
    places = [(kind, np.flatnonzero(kinds == kind)) for kind in np.unique(kinds)]
    if not places:
        return pl.Series([], dtype=pl.String)
    made = pl.concat([make(int(kind), at).cast(pl.String) for kind, at in places])
    return made.gather(np.argsort(np.concatenate([at for _, at in places]), kind="stable"))


def fill(patterns: Sequence[str], kinds: Ints, words: Mapping[str, pl.Series]) -> pl.Series:
    """Put words into the braces of the pattern that each row has."""
    pieces = [re.split(r"[{}]", pattern) for pattern in patterns]

    def made(kind: int, at: Ints) -> pl.Series:
        text = pl.Series([""]).new_from_index(0, len(at))
        for piece in pieces[kind]:
            text = text + (words[piece].gather(at) if piece in words else piece)
        return text

    return by_kind(kinds, made)


def put(frame: pl.DataFrame, where: Bools, **columns: pl.Series | pl.Expr) -> pl.DataFrame:
    """Give the rows of a mask other values."""
    mask = pl.lit(pl.Series(where, dtype=pl.Boolean))
    return frame.with_columns(
        pl.when(mask).then(value).otherwise(pl.col(name)).alias(name)
        for name, value in columns.items()
    )
