"""The hashed columns of a table, filled by one kind of value after the other."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import polars as pl

from custclean.stages.link.hashing import Hashes, Rows, hash_values, numbered
from custclean.stages.link.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

# what says by itself who somebody is keeps 64 bits: two of many millions may not fall
# together; of the others, which count beside more, 32 are enough
_WIDE = re.compile(
    r"(stem_sorted|stem_joined|stem_bits|acronym|label|person|person_joined|domain_name|local|road"
    r"|(email|phone|tax_id|website|exact|text)_\d+)$"
)
Kind = TypeVar("Kind", bound=np.generic)

__all__ = ["Hashed", "Spelt", "by_distinct", "placed"]


@dataclass(frozen=True)
class Spelt:
    """The letters behind a hashed column, given out only for the rows that are asked for."""

    words: Words | pl.Series
    place: Rows | None = None  # where each row's text is among the words; -1 for none
    key: Callable[[pl.Series], pl.Series] | None = None  # how values become what is compared

    @classmethod
    def of(cls, words: Words | pl.Series, place: Rows | None = None) -> Spelt:
        """Keep letters in as little room as may be."""
        lean = words.lean() if isinstance(words, Words) else words
        return cls(lean, None if place is None else place.astype(np.int32))

    def texts(self, rows: Rows) -> list[bytes] | list[str]:
        """Spell the values of some rows; empty where there is none."""
        where = rows if self.place is None else self.place[rows]
        if isinstance(self.words, Words):
            return self.words.texts(where)
        found = self.words.gather(where)
        return (found if self.key is None else self.key(found)).fill_null("").to_list()


@dataclass
class Hashed:
    """What is known of every record: hashes by name, and the letters behind some of them."""

    rows: int
    hashes: dict[str, Hashes] = field(default_factory=dict)
    spelt: dict[str, Spelt] = field(default_factory=dict)

    def add(self, name: str, values: Hashes) -> None:
        """Keep a column if it holds anything, in half the bits where that is enough."""
        if not values.any():
            return
        if values.dtype == np.uint64 and not _WIDE.match(name):
            narrow = (values >> np.uint64(32)).astype(np.uint32) | np.uint32(1)
            narrow[values == 0] = 0
            values = narrow
        self.hashes[name] = values

    def add_placed(self, found: dict[str, Hashes], place: Rows) -> None:
        """Keep columns of texts, each row's text being at a place, or nowhere at -1.

        They are taken out of `found` one by one, so that there is room for the next.
        """
        nowhere = np.flatnonzero(place < 0)
        while found:
            name, values = found.popitem()
            self.add(name, placed(values, place, nowhere))


def placed(
    values: NDArray[Kind], place: NDArray[np.signedinteger[Any]], nowhere: Rows | None = None
) -> NDArray[Kind]:
    """Give each row the value at its place; 0 where that is nowhere, at -1."""
    if not len(values):
        return np.zeros(len(place), dtype=values.dtype)
    result: NDArray[Kind] = values[place]
    result[np.flatnonzero(place < 0) if nowhere is None else nowhere] = 0
    return result


def by_distinct(
    values: pl.Series, key: Callable[[pl.Expr], pl.Expr]
) -> tuple[pl.Series, Rows]:
    """Work a key out once for each distinct value: the keys, and which one each row has.

    The last key is null: that of rows without a value.
    """
    hashes = hash_values(values)
    there = np.flatnonzero(hashes)
    ids, seen = numbered(hashes[there])
    distinct = values.gather(there[seen]).alias("v").to_frame()
    keys = distinct.select(key(pl.col("v")).alias("k"))["k"]
    keys = pl.concat([keys, pl.Series("k", [None], dtype=keys.dtype)])
    place = np.full(len(values), len(keys) - 1, dtype=np.int64)
    place[there] = ids
    return keys, place
