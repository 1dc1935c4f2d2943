"""Customers of eight locales, a fifth of them written down more than once, with traps.

Firms and people of the United States, Britain, Italy, Brazil, France, Spain, Denmark and
Germany, named, addressed and reached as is usual there: a few names are everybody's, most are
rare. A fifth of the rows are further records of somebody already there, with the faults that
clerks make: a slip of the keys, a short form, a move, another phone, nothing where something
was. Around them stand the traps, who are different customers and look like one: families,
fathers and sons, namesakes, an owner's companies, a chain's branches, a franchise's common
mailbox, a bookkeeper's address on forty clients, a business centre's street on hundreds.
How often each happens stands in `shares`. Nobody in it exists, but names, towns and the forms
of numbers are of the countries, so a number or a mailbox may by chance be somebody's: the
table is for measuring, and nothing in it is to be called or written to.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from benchmarks.customers.contact import spellings
from benchmarks.customers.draw import digits, each_once
from benchmarks.customers.entities import entities
from benchmarks.customers.faults import further
from benchmarks.customers.shares import FURTHER, LOCALES
from benchmarks.customers.written import COLUMNS, habits, written

__all__ = ["make"]


def make(rows: int, seed: int, hard: float = 1.0) -> pl.DataFrame:
    """Make rows of customers, shuffled; `entity` tells which are one.

    `hard`: from 1, where a fifth of the entities live in a trap and a quarter of the further
    records have three faults or more, towards 0, where there are no traps, one fault, and
    little is missing.
    """
    rng = np.random.default_rng(seed)
    again = round(rows * FURTHER)
    parts, first = [], 0
    for locale, here, more in zip(LOCALES, _split(rows - again), _split(again), strict=True):
        parts.append(_locale(rng, locale, (here, more), first, hard))
        first += here
    frame = pl.concat(parts)
    del parts
    frame = frame[rng.permutation(frame.height)]
    number = rng.permutation(first) + 1
    return frame.select(
        digits(each_once(rng, 10_000_000, 99_999_999, rows), 8).alias("record_id"),
        *COLUMNS,
        pl.Series(number[frame["entity"].to_numpy()], dtype=pl.Int64).alias("entity"),
    )


def _split(rows: int) -> list[int]:
    """Share rows out among the locales, all of them."""
    ends = np.round(np.cumsum(list(LOCALES.values())) / sum(LOCALES.values()) * rows)
    return np.diff(ends, prepend=0).astype(int).tolist()


def _locale(
    rng: np.random.Generator, locale: str, sizes: tuple[int, int], first: int, hard: float
) -> pl.DataFrame:
    """Write the customers of a locale down, and some of them again."""
    here, more = sizes
    base = entities(rng, locale, here, hard).with_columns(
        entity=pl.int_range(first, first + here, dtype=pl.Int64),
        spelling=pl.Series(spellings(rng, locale, here)),
        **habits(rng, here),
    )
    copies = further(rng, locale, base, more, hard)
    return pl.concat([written(rng, locale, base), written(rng, locale, copies)])
