"""A table as it was given: its values, ids and kinds of columns, and who is one already."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from custclean.errors import InputError
from custclean.frames import like, to_polars
from custclean.stages.link.columns import kinds_of
from custclean.stages.link.features import Features, features_of
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from custclean.stages.link.features import Rows

    Bools = NDArray[np.bool_]

__all__ = ["Given", "features_of_both", "given", "ids_of"]

_GENERIC = ("text", "category", "number", "exact")


@dataclass(frozen=True)
class Given:
    """One table; `unit` numbers the rows that are one client already."""

    table: pl.DataFrame = field(repr=False)
    ids: pl.Series = field(repr=False)
    kinds: Mapping[str, str]
    unit: Rows = field(repr=False)
    shape: Callable[[pl.DataFrame], Any]  # gives a result the kind of frame that came in
    notes: tuple[str, ...] = ()  # what did not go as asked
    name: str | None = None  # of the column of ids, if one holds them

    def fits(self, frame: object) -> bool:
        """Tell whether a frame holds the same records: their ids and what was compared."""
        table, compared = to_polars(frame), list(self.kinds)
        named = [] if self.name is None else [self.name]
        if not {*compared, *named} <= set(table.columns):
            return False
        ids = _positions(frame, table)[0] if self.name is None else table[self.name]
        same = self.table.select(compared).equals(table.select(compared))
        return same and self.ids.equals(ids, check_dtypes=True)


def given(
    frame: object, name: str | None, columns: Mapping[str, str] | None, *, part: bool = False
) -> Given:
    """Take a frame; `name` is its column of ids.

    With `part`, columns that the table lacks are those of another one.
    """
    table = to_polars(frame)
    name, ids, notes = ids_of(frame, table, name)
    if part and columns:
        mine = {c: kind for c, kind in columns.items() if c in table.columns}
        # to ignore a column of the other table says nothing of this one
        columns = mine or (None if set(columns.values()) == {"ignore"} else mine)
    kinds = kinds_of(table, columns, name)
    shape = partial(like, given=frame)
    return Given(table, ids, kinds, np.arange(table.height), shape, notes, name)


def ids_of(
    given: object, table: pl.DataFrame, name: str | None
) -> tuple[str | None, pl.Series, tuple[str, ...]]:
    """Give the name of the id column, if there is one, the ids, each once, and notes."""
    if name is None and {"record_id", "display_name"} <= set(table.columns):
        name = "record_id"
    if name is None:
        return None, *_positions(given, table)
    if name not in table.columns:
        raise InputError(
            tr("there is no such column"), column=name, expected=", ".join(table.columns)
        )
    ids = table[name]
    if ids.null_count():
        raise InputError(tr("a record has no id"), column=name, line=ids.is_null().arg_max())
    hashes = np.sort(ids.hash(seed=1).to_numpy())
    if (hashes[1:] == hashes[:-1]).any() and ids.n_unique() < len(ids):
        raise InputError(
            tr("an id stands twice"), column=name, value=ids.filter(ids.is_duplicated())[0]
        )
    return name, ids, ()


def _positions(given: object, table: pl.DataFrame) -> tuple[pl.Series, tuple[str, ...]]:
    """Give pandas' index, else row numbers, and a note if the index cannot be used."""
    rows = pl.Series(range(table.height), dtype=pl.Int64)
    pandas = sys.modules.get("pandas")
    if pandas is None or not isinstance(given, pandas.DataFrame):
        return rows, ()
    index = given.index
    plain = index.nlevels == 1 and not index.inferred_type.startswith("mixed")
    if plain and index.is_unique and not index.hasnans:
        ids = pl.Series(pl.from_pandas(index))
        if not _nested(ids):
            return ids, ()
    return rows, (
        tr(
            "the index does not tell the rows apart (a value twice, missing, of several kinds,"
            " or intervals), so the ids are row numbers, from 0"
        ),
    )


def _nested(ids: pl.Series) -> bool:
    stored = ids.ext.storage() if isinstance(ids.dtype, pl.BaseExtension) else ids
    return stored.dtype.is_nested()


def features_of_both(one: Given, other: Given) -> tuple[Features, Bools]:
    """Put the normalised values of two tables under one another."""
    # what is only "some text" says something about the same column of the other table alone
    shared = [
        {c: k for c, k in mine.items() if k not in _GENERIC or c in its}
        for mine, its in ((one.kinds, other.kinds), (other.kinds, one.kinds))
    ]
    first, second = one.table.select(list(shared[0])), other.table.select(list(shared[1]))
    called = _as_left(shared[0], shared[1])
    second = second.rename(called)
    shared[1] = {called.get(c, c): kind for c, kind in shared[1].items()}
    raw = pl.concat([first, second], how="diagonal_relaxed")
    side = np.arange(raw.height) >= first.height
    return features_of(raw, shared[1] | shared[0], (one.ids, other.ids)), side


def _as_left(mine: Mapping[str, str], its: Mapping[str, str]) -> dict[str, str]:
    """Call the right table's columns as the left one's: of a kind the first as the first."""
    called: dict[str, str] = {}
    for kind in dict.fromkeys(its.values()):
        left, right = (
            [column for column, its_kind in table.items() if its_kind == kind]
            for table in (mine, its)
        )
        both = set(left) & set(right)
        left, right = ([c for c in table if c not in both] for table in (left, right))
        called |= dict(zip(right, left))
    return called
