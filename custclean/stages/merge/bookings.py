"""Whose transactions are whose: found by name, as reports tell them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl

from custclean.errors import InputError
from custclean.folding import fold
from custclean.frames import canonical
from custclean.stages.merge.facts import as_text, seconds
from custclean.text import amount
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Booked", "Bookings"]


@dataclass(frozen=True, slots=True)
class Booked:
    """The transactions of one name: whose rows may have them, how many, their sum."""

    rows: tuple[int, ...]
    count: int
    amount: Decimal = Decimal(0)
    last: float | None = None


@dataclass(frozen=True, slots=True)
class Bookings:
    """All transactions, name by name; every one of them is in exactly one entry."""

    entries: Sequence[Booked]

    @classmethod
    def of(cls, given: object, frame: pl.DataFrame, ids: pl.Series) -> Bookings:
        """Take a list of transactions, or a mapping of record ids to their number.

        A name is a record's full name (`Parent:Child`), else its own, else its company.
        """
        if isinstance(given, Mapping):
            return cls(_counted(given, ids))
        named = list(_by_name(canonical(given, "name")))
        owners = _owners(frame, (name for name, _ in named))
        return cls([Booked(owners.get(name, ()), *rest) for name, rest in named])

    def facts(self, rows: int) -> tuple[pl.Series, pl.Series]:
        """Give how many transactions each row has, null where not certain; the last one."""
        counts: list[int | None] = [0] * rows
        last: list[float | None] = [None] * rows
        for entry in self.entries:
            if len(entry.rows) == 1:
                row = entry.rows[0]
                counts[row] = (counts[row] or 0) + entry.count
                moments = [each for each in (last[row], entry.last) if each is not None]
                last[row] = max(moments, default=None)
        for entry in self.entries:
            for row in entry.rows if len(entry.rows) > 1 else ():
                counts[row] = None  # some of these may be its own
        return pl.Series(counts, dtype=pl.Int64), pl.Series(last, dtype=pl.Float64)


def _counted(given: Mapping[Any, int], ids: pl.Series) -> list[Booked]:
    rows = {record: row for row, record in enumerate(ids.to_list())}
    for record, count in given.items():
        if type(count) is not int or count < 0:
            expected = tr("a number of transactions")
            raise InputError(tr("this cannot be counted"), value=count, expected=expected)
        if record not in rows:
            raise InputError(tr("no such record"), value=record)
    return [Booked((rows[record],), count) for record, count in given.items()]


def _by_name(table: pl.DataFrame) -> Iterator[tuple[str, tuple[int, Decimal, float | None]]]:
    """Count and add the transactions of each name, as it is compared."""
    amounts, moments = _column(table, "amount"), _column(table, "date")
    known = amounts.drop_nulls().unique().sort().to_list()
    numeric = "amount" in table.columns and table["amount"].dtype.is_numeric()
    mark = "." if numeric else amount.decimal_mark(known)
    values = {text: amount.read(text, mark) for text in known}
    frame = pl.DataFrame(
        {"name": as_text(table["name"]), "amount": amounts, "when": seconds(moments)}
    ).with_columns(name=fold(pl.col("name")).fill_null(""))
    grouped = frame.group_by("name", maintain_order=True).agg(
        pl.len(), "amount", pl.col("when").max()
    )
    for name, count, texts, last in grouped.iter_rows():
        read = (values[text] for text in texts if text is not None)
        total = amount.total(value for value in read if value is not None)
        yield name, (count, total, last)


def _column(table: pl.DataFrame, name: str) -> pl.Series:
    if name in table.columns:
        return as_text(table[name])
    return pl.Series([None] * table.height, dtype=pl.String)


def _owners(frame: pl.DataFrame, wanted: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Find the rows that each name may mean: by the full name, the own one, the company."""
    name, parent, company = (
        _column(frame, each) for each in ("display_name", "parent", "company")
    )
    columns = pl.DataFrame({"name": name, "parent": parent, "company": company})
    full = pl.concat_str(
        pl.col("parent").replace("", None), "name", separator=":", ignore_nulls=True
    )
    found: dict[str, tuple[int, ...]] = {}
    asked = pl.DataFrame({"key": sorted(set(wanted) - {""})}, schema={"key": pl.String})
    for spelling in (full, pl.col("name"), pl.col("company")):
        keys = columns.select(key=fold(spelling)).with_row_index("row").drop_nulls()
        rows = keys.join(asked, on="key", how="semi").group_by("key").agg(pl.col("row").sort())
        found = {**{key: tuple(these) for key, these in rows.iter_rows()}, **found}
    return found
