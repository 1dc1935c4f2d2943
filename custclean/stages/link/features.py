"""From columns of known kinds to what records are compared by: hashes, and some letters.

A value that is missing hashes to 0, so that equality of two hashes that are not 0 is
equality of two values. Nothing depends on the order in which the rows came.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from custclean.model import SEVERAL
from custclean.stages.link.hashing import Hashes, Rows, among_first, mix, mixed
from custclean.stages.link.lines import in_order
from custclean.stages.link.normal.contacts import add_email, add_phone
from custclean.stages.link.normal.hashed import Hashed
from custclean.stages.link.normal.names import add_names
from custclean.stages.link.normal.places import add_places, postcode_in
from custclean.stages.link.normal.values import add_text, add_value
from custclean.stages.link.spread import spread

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

__all__ = ["Features", "Hashes", "Rows", "features_of"]

_MOST = 4  # values of one kind in one record: what comes after says little
_COPIES = 3  # of one record are counted; more would make common what one client holds
_PLACES = ("city", "region", "country", "postcode")
_VALUES = ("tax_id", "website", "date", "number", "category", "exact")


@dataclass(frozen=True)
class Features:
    """What every record is compared by; `raw` is what people see.

    `ids`, of one table or two, tell copies apart, so that not their place does.
    """

    columns: Hashed
    raw: pl.DataFrame
    kinds: Mapping[str, str]
    ids: tuple[pl.Series, ...] = ()

    @property
    def rows(self) -> int:
        """Count the records."""
        return self.columns.rows

    def has(self, *names: str) -> bool:
        """Tell whether each of these columns is there and holds something."""
        return all(name in self.columns.hashes for name in names)

    def several(self, stem: str) -> tuple[str, ...]:
        """Name the columns that hold the several values of one kind: `email_0`, `email_1`."""
        names = (f"{stem}_{n}" for n in range(_MOST * 4))
        return tuple(name for name in names if self.has(name))

    def hash(self, name: str) -> Hashes:
        """Give the hashes of a column; zeros if it is not there."""
        found = self.columns.hashes.get(name)
        return np.zeros(self.rows, dtype=np.uint64) if found is None else found

    def mixed(self, *names: str) -> Hashes:
        """Hash several columns into one; 0 where any of them is missing."""
        return mixed(*map(self.hash, names))

    def texts(self, name: str, rows: Rows) -> list[bytes] | list[str]:
        """Spell some values of a column out."""
        return self.columns.spelt[name].texts(rows)

    @cached_property
    def content(self) -> Hashes:
        """Hash all that is known of each record: what ties holds the same."""
        total = np.zeros(self.rows, dtype=np.uint64)
        worth = mix(np.arange(1, len(self.columns.hashes) + 1, dtype=np.uint64)) | np.uint64(1)
        for name, odd in zip(sorted(self.columns.hashes), worth):
            total += self.columns.hashes[name] * odd
        return mix(total)

    @cached_property
    def instead(self) -> Rows:
        """Give the row that stands for each: of one table's many copies only some count."""
        every = np.arange(self.rows)
        if len(self.ids) > 1:
            return every
        found = among_first(self.content, _COPIES)
        if not self.ids or np.array_equal(found, every):
            return found
        order = in_order(self.ids[0])  # not where they stand tells which copies count
        found[order] = order[among_first(self.content[order], _COPIES)]
        return found

    @cached_property
    def counted(self) -> NDArray[np.bool_]:
        """Tell which rows stand for themselves: they are counted and learned from."""
        found: NDArray[np.bool_] = self.instead == np.arange(self.rows)
        return found


def features_of(
    frame: pl.DataFrame, kinds: Mapping[str, str], ids: tuple[pl.Series, ...] = ()
) -> Features:
    """Normalise the columns that are compared."""
    found = Hashed(frame.height)
    raw = frame.select(list(kinds))
    if frame.height:
        of = {kind: [raw[name] for name, its in kinds.items() if its == kind]
              for kind in sorted(set(kinds.values()))}  # fmt: skip
        groups: list[Callable[[], None]] = [
            *([lambda: _names(found, of)] if of.keys() & _NAMES else []),
            *(
                [lambda: _places(found, of)]
                if of.keys() & {"street", "address", *_PLACES}
                else []
            ),
            lambda: _contacts(found, of),
            lambda: _values(found, of),
        ]
        spread(lambda work: work(), groups)
    return Features(found, raw, dict(kinds), ids)


_NAMES = {"name", "company", "given_name", "family_name"}


def text_of(values: pl.Series) -> pl.Series:
    """Give any column as text, blank as missing."""
    text = values if values.dtype == pl.String else values.cast(pl.String)
    blank = text.str.len_bytes() == 0
    return text.set(blank, None) if blank.any() else text


def _joined(columns: list[pl.Series], rows: int) -> pl.Series:
    """Put the values of some columns behind one another, in the order of the frame."""
    if not columns:
        return pl.Series([None], dtype=pl.String).new_from_index(0, rows)
    if len(columns) == 1:
        return text_of(columns[0])
    frame = pl.DataFrame([text_of(each).alias(str(n)) for n, each in enumerate(columns)])
    return text_of(
        frame.select(pl.concat_str(pl.all(), separator=" ", ignore_nulls=True))["0"]
    )


def _coalesced(columns: list[pl.Series], rows: int) -> pl.Series:
    if len(columns) < 2:
        return _joined(columns, rows)
    frame = pl.DataFrame([text_of(each).alias(str(n)) for n, each in enumerate(columns)])
    return frame.select(pl.coalesce(pl.all()))["0"]


def _names(found: Hashed, of: Mapping[str, list[pl.Series]]) -> None:
    n = found.rows
    add_names(
        found,
        _coalesced(of.get("name", []), n),
        _coalesced(of.get("company", []), n),
        _joined(of.get("given_name", []), n),
        _joined(of.get("family_name", []), n),
    )


def _places(found: Hashed, of: Mapping[str, list[pl.Series]]) -> None:
    # of two tables one may have the street apart, the other all in one field
    lines = [_joined(of[kind], found.rows) for kind in ("street", "address") if kind in of]
    streets = _coalesced(lines, found.rows) if lines else None
    places = {kind: _coalesced(of[kind], found.rows) for kind in _PLACES if kind in of}
    if "address" in of:
        told = [places["postcode"]] if "postcode" in places else []
        within = postcode_in(_joined(of["address"], found.rows))
        places["postcode"] = _coalesced([*told, within], found.rows)
    add_places(found, streets, places)


def _contacts(found: Hashed, of: Mapping[str, list[pl.Series]]) -> None:
    for kind, add in (("email", add_email), ("phone", add_phone)):
        values = [each for column in of.get(kind, []) for each in _apart(text_of(column))]
        for number, each in enumerate(values):
            add(found, number, each)


def _apart(values: pl.Series) -> list[pl.Series]:
    """Give every value of cells that hold several a column of its own."""
    if not values.str.contains(SEVERAL, literal=True).any():
        return [values]
    cells = values.str.split(SEVERAL)
    return [cells.list.get(place, null_on_oob=True) for place in range(_MOST)]


def _date_in_parts(of: Mapping[str, list[pl.Series]]) -> list[pl.Series]:
    """Put year, month and day together that stand in columns of their own."""
    if not all(part in of for part in ("year", "month", "day")):
        return []
    texts = [
        text_of(of[part][0]).str.replace(r"\.0+$", "").str.zfill(size).alias(part)
        for part, size in (("year", 4), ("month", 2), ("day", 2))
    ]
    return [pl.DataFrame(texts).select(pl.concat_str(pl.all()))["year"]]


def _values(found: Hashed, of: Mapping[str, list[pl.Series]]) -> None:
    dates = of.get("date", []) + _date_in_parts(of)
    for kind in _VALUES:
        for number, column in enumerate(dates if kind == "date" else of.get(kind, [])):
            add_value(found, kind, number, text_of(column))
    for number, column in enumerate(of.get("text", [])):
        add_text(found, number, text_of(column))
