"""From columns of known kinds to normalised values, and to 64-bit hashes of them.

A value that is missing hashes to 0, so that equality of two hashes that are not 0 is
equality of two values. Rows are put into an order that depends on their content alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from custclean.stages.link import normal
from custclean.stages.link.people import people

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]
    Rows = NDArray[np.int64]

__all__ = ["Features", "features_of"]

_MOST = 4  # values of one kind in one record: what comes after says little


@dataclass(frozen=True)
class Features:
    """Normalised values, one row a record; `table` is text, `raw` what people see."""

    table: pl.DataFrame
    raw: pl.DataFrame
    kinds: Mapping[str, str]

    @property
    def rows(self) -> int:
        """Count the records."""
        return self.table.height

    @cached_property
    def hashes(self) -> dict[str, Hashes]:
        """Hash every normalised column; 0 is missing."""
        table = self.table.select(pl.all().hash(seed=1))
        missing = self.table.select(pl.all().is_null())
        return {
            name: np.where(missing[name].to_numpy(), np.uint64(0), table[name].to_numpy())
            for name in table.columns
        }

    def has(self, *names: str) -> bool:
        """Tell whether each of these columns is there and holds something."""
        return all(
            name in self.table.columns and self.table[name].null_count() < self.rows
            for name in names
        )

    def several(self, stem: str) -> tuple[str, ...]:
        """Name the columns that hold the several values of one kind: `email_0`, `email_1`."""
        names = (f"{stem}_{n}" for n in range(_MOST * 4))
        return tuple(name for name in names if self.has(name))

    def hash(self, name: str) -> Hashes:
        """Give the hashes of a column; zeros if it is not there."""
        found = self.hashes.get(name)
        return np.zeros(self.rows, dtype=np.uint64) if found is None else found

    def mixed(self, *names: str) -> Hashes:
        """Hash several columns into one; 0 where any of them is missing."""
        result = np.full(self.rows, 0x9E3779B97F4A7C15, dtype=np.uint64)
        there = np.ones(self.rows, dtype=bool)
        for name in names:
            value = self.hash(name)
            there &= value != 0
            result = (result ^ value) * np.uint64(0xBF58476D1CE4E5B9)
            result ^= result >> np.uint64(31)
        return np.where(there, result | np.uint64(1), np.uint64(0))


def features_of(frame: pl.DataFrame, kinds: Mapping[str, str]) -> tuple[Features, Rows]:
    """Normalise the columns that are compared.

    Also gives where each row of the features stood in `frame`: rows are sorted by what
    they hold, so that nothing downstream depends on the order in which they came.
    """
    if not kinds:
        blank = pl.DataFrame({"label": pl.Series([None] * frame.height, dtype=pl.String)})
        return Features(blank, blank, {}), np.arange(frame.height)
    raw = frame.select(normal.text_of(pl.col(name)).alias(name) for name in kinds)
    # lazy: what several keys are made of is worked out once
    table = people(raw.lazy().select(_exprs(kinds)).collect())
    table = table.lazy().with_columns(normal.details(table.columns)).collect()
    table = table.select(pl.col(name).replace("", None) for name in sorted(table.columns))
    # by a hash of the whole row: rows that tie hold the same
    order = (
        table.hash_rows(seed=1).arg_sort()
        if table.width
        else pl.arange(frame.height, eager=True)
    )
    rows = order.cast(pl.Int64).to_numpy()
    return Features(table[rows], raw[rows], dict(kinds)), rows


def _of(kinds: Mapping[str, str], *wanted: str) -> list[str]:
    return [name for name, kind in kinds.items() if kind in wanted]


def _exprs(kinds: Mapping[str, str]) -> list[pl.Expr]:
    exprs = [
        expr
        for kind, key in normal.MANY.items()
        for expr in _several(kind, _of(kinds, kind), key)
    ]
    exprs += _names(kinds) + _places(kinds)
    for kind, key in normal.SIMPLE.items():
        exprs += [key(pl.col(c)).alias(f"{kind}_{n}") for n, c in enumerate(_of(kinds, kind))]
    return exprs


def _several(stem: str, names: list[str], key: normal.Key) -> list[pl.Expr]:
    """Give every value of a cell that holds several a column of its own."""
    found: list[pl.Expr] = []
    for column in names:
        cells = pl.col(column).str.split(normal.SEVERAL)
        for place in range(_MOST if stem in ("email", "phone") else 1):
            value = cells.list.get(place, null_on_oob=True)
            found.append(key(value).alias(f"{stem}_{len(found)}"))
    return found


def _joined(names: list[str]) -> pl.Expr:
    joined = pl.concat_str([pl.col(n) for n in names], separator=" ", ignore_nulls=True)
    return pl.when(joined != "").then(joined)


def _names(kinds: Mapping[str, str]) -> list[pl.Expr]:
    """Raw names under fixed headings: the label shown, the firm, the parts of a person."""
    none = pl.lit(None, dtype=pl.String)
    labels, firms = _of(kinds, "name"), _of(kinds, "company")
    given, family = _of(kinds, "given_name"), _of(kinds, "family_name")
    return [
        (pl.coalesce(labels) if labels else none).alias("label"),
        (pl.coalesce(firms) if firms else none).alias("firm"),
        (_joined(given) if given else none).alias("given"),
        (_joined(family) if family else none).alias("family"),
    ]


def _places(kinds: Mapping[str, str]) -> list[pl.Expr]:
    streets, whole = _of(kinds, "street"), _of(kinds, "address")
    exprs = []
    if streets or whole:
        exprs += normal.road_and_house(_joined(streets or whole))
    for kind, key in normal.PLACES.items():
        if names := _of(kinds, kind):
            exprs.append(key(pl.coalesce(names)).alias(kind))
    if whole and not _of(kinds, "postcode"):
        exprs.append(normal.postcode_in(_joined(whole)).alias("postcode"))
    return exprs
