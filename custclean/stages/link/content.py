"""What the values of each column look like, by a sample that no order of rows decides."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from custclean.stages.link.hashing import Rows, mix
from custclean.stages.link.shapes import measured

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custclean.stages.link.hashing import Hashes

__all__ = ["Look", "looks_of"]

SAMPLE = 400  # rows that are looked at
_FEWEST = 40  # values of a column, if it has more
_COUNTED = 20_000  # values of which distinct ones are counted one by one
_LONGEST = 120  # letters of a value that are looked at
_NOTHING = ("", "-", "--", "?", ".", "n/a", "na", "n.a.", "null", "none", "nan", "nil", "#n/a")
_TOP = 2**64


@dataclass(frozen=True)
class Look:
    """The shares of values that are of some shape, and how values are spread."""

    column: pl.Series  # all that it holds, for what the sample does not tell
    seen: int  # values looked at
    distinct: int  # of these
    fill: float  # share of rows that hold something
    words: float  # in one value, on average
    length: float
    fixed: float  # share of values of the commonest length
    shares: Mapping[str, float]

    def __getitem__(self, name: str) -> float:
        """Give the share of values of a shape."""
        return self.shares.get(name, 0.0)

    @property
    def ratio(self) -> float:
        """Give the distinct values of a value looked at."""
        return self.distinct / self.seen if self.seen else 0.0

    @property
    def few(self) -> bool:
        """Say whether there are too few values to go against a heading."""
        return self.seen < 5

    @property
    def constant(self) -> bool:
        """Say whether all of more than a few rows hold the same."""
        many = self.distinct == 1 and len(self.column) >= 10
        return many and self.column.drop_nulls().n_unique() == 1

    @cached_property
    def unique(self) -> float:
        """Give the distinct values of a value, of the whole column."""
        filled = self.column.drop_nulls()
        if len(filled) <= _COUNTED:
            return filled.n_unique() / len(filled) if len(filled) else 0.0
        # some values, each wherever it stands: the rows of a sample would hide repeats
        hashes = filled.hash(seed=2).to_numpy()
        some = hashes[hashes < np.uint64(int(_TOP * (_COUNTED / len(filled))))]
        return len(np.unique(some)) / len(some) if len(some) else 0.0


def looks_of(frame: pl.DataFrame) -> dict[str, Look]:
    """Say what each column looks like; a column that holds nothing is left out."""
    names = [name for name in frame.columns if _flat(frame[name])]
    chosen = _rows(frame, names)
    values = _values(frame, names, chosen)
    if values.is_empty():
        return {}
    size = pl.col("v").str.len_chars()
    sizes = values.group_by("place", size).agg(pl.col("n").sum()).group_by("place")
    found = values.group_by("place").agg(seen=pl.col("n").sum(), distinct=pl.len())
    found = found.join(sizes.agg(fixed=pl.col("n").max()), on="place")
    found = found.join(measured(values), on="place").sort("place")
    rows = frame.height if chosen is None else len(chosen)
    return {
        names[each["place"]]: Look(
            column=frame[names[each.pop("place")]],
            seen=(seen := each.pop("seen")),
            distinct=each.pop("distinct"),
            fill=min(1.0, seen / rows),
            words=each.pop("words"),
            length=each.pop("length"),
            fixed=each.pop("fixed") / seen,
            shares=each,
        )
        for each in found.iter_rows(named=True)
    }


def _flat(column: pl.Series) -> bool:
    kind = column.dtype
    no_text = (pl.Boolean, pl.Binary, pl.Object, pl.Null, pl.Duration)
    return not (kind.is_nested() or isinstance(kind, pl.BaseExtension) or kind in no_text)


def _rows(frame: pl.DataFrame, names: list[str]) -> Rows | None:
    """Choose the rows that are looked at, by what they hold; None for all of them."""
    if frame.height <= 2 * SAMPLE or not names:
        return None
    limit = np.uint64(int(_TOP * (SAMPLE / frame.height)))
    spread: Hashes = np.zeros(0, dtype=np.uint64)
    for name in sorted(names, key=lambda name: (frame[name].null_count(), name)):
        found = frame[name].hash(seed=1).to_numpy()
        spread = mix(spread ^ found) if len(spread) else found
        chosen: Rows = np.flatnonzero(spread < limit)
        # a column of few values chooses too few rows, or too many of one sort
        if len(chosen) < 2 * SAMPLE and len(np.unique(spread[chosen])) > SAMPLE / 2:
            return chosen
    # many rows are alike: one of each sort
    _, first = np.unique(spread, return_index=True)
    return first[:SAMPLE]


def _values(frame: pl.DataFrame, names: list[str], rows: Rows | None) -> pl.DataFrame:
    """Give the distinct values `v` of each column, by its place, and how often seen: `n`."""
    some = frame.select(names) if rows is None else frame.select(names)[rows]
    columns = [
        _more(frame[name])
        if len(each) - each.null_count() < _FEWEST and rows is not None
        else each
        for name, each in zip(names, some.get_columns())
    ]
    stacked = [
        each.cast(pl.String).rename("v").to_frame().with_columns(place=pl.lit(n))
        for n, each in enumerate(columns)
    ]
    if not stacked:
        return pl.DataFrame()
    text = pl.concat(stacked).with_columns(pl.col("v").str.strip_chars().str.head(_LONGEST))
    kept = text.filter(~pl.col("v").str.to_lowercase().is_in(_NOTHING))
    return kept.group_by("place", "v").agg(n=pl.len())


def _more(column: pl.Series) -> pl.Series:
    """Give other values of a column that is hardly filled in the rows that are looked at."""
    filled = column.drop_nulls()
    if len(filled) <= SAMPLE:
        return filled
    hashes = filled.hash(seed=1).to_numpy()
    return filled.filter(pl.Series(hashes <= np.unique(hashes)[:SAMPLE][-1]))
