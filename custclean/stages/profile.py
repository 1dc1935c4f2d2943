"""What a table holds, column by column: how full, how varied, what shapes, what is damaged.

Each column is counted once, as its distinct values; all that follows looks at those, so that
a million rows take seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import polars as pl

from custclean import html
from custclean.frames import to_polars
from custclean.stages.profile_suspects import Suspect, suspects, words
from custclean.tables import RawTable, read_table
from custclean.words import numeral, tr, trn

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Profile", "profile", "profile_of"]

TOP = 5  # values and shapes that are kept
SHAPED = 100_000  # distinct values whose shapes are counted
LINES = 5  # examples of a suspicion
SCHEMA: dict[str, Any] = {
    "column": pl.String,
    "filled": pl.UInt32,
    "fill_rate": pl.Float64,
    "distinct": pl.UInt32,
    "shortest": pl.UInt32,
    "longest": pl.UInt32,
    "top": pl.List(pl.Struct({"value": pl.String, "n": pl.UInt32})),
    "patterns": pl.List(pl.Struct({"pattern": pl.String, "share": pl.Float64})),
    "suspicious": pl.UInt32,
}
SUSPICIOUS: dict[str, Any] = {
    "column": pl.String,
    "what": pl.String,
    "cells": pl.UInt32,
    "lines": pl.List(pl.UInt32),
}


@dataclass(frozen=True, eq=False)
class Profile:
    """A table, column by column.

    `table` has a row a column: how many cells are filled, how many values are distinct,
    their lengths, the most frequent values and shapes ("Aa 99": a capital word and two
    digits). `suspicious` has a row for each kind of value that looks damaged, with the
    lines of the first few.
    """

    title: str
    rows: int
    table: pl.DataFrame
    suspicious: pl.DataFrame

    def __len__(self) -> int:
        return self.table.height

    def __repr__(self) -> str:
        return (
            f"Profile({self.rows} rows, {len(self)} columns,"
            f" {self.table['suspicious'].sum()} suspicious values)"
        )

    def _repr_html_(self) -> str:
        header = (
            tr("column"), tr("filled"), "", tr("distinct"), tr("length"), tr("most frequent"),
            tr("shapes"), tr("suspicious"),
        )  # fmt: skip
        drawn = html.grid(header, map(self._drawn, self.table.iter_rows(named=True)))
        notes = [trn("{n:,} row", "{n:,} rows", self.rows)]
        if not html.revealed():
            notes.append(tr("values are masked; custclean.reveal() shows them"))
        return html.framed(html.heading(self.title), drawn, notes=notes)

    def _drawn(self, row: dict[str, Any]) -> Sequence[object]:
        show = str if html.revealed() else html.mask
        percent = numeral(row["fill_rate"], ".0%")
        varied = row["distinct"] / self.rows if self.rows else 0
        lengths = dict.fromkeys([row["shortest"], row["longest"]])
        return (
            row["column"],
            percent,
            html.bar(row["fill_rate"], varied, label=tr("{share} filled", share=percent)),
            row["distinct"],
            "–".join(str(n) for n in lengths if n is not None),
            "\n".join(
                f"{show(_short(top['value']))} × {numeral(top['n'])}" for top in row["top"][:3]
            ),
            "\n".join(
                f"{_short(each['pattern'])} {numeral(each['share'], '.0%')}"
                for each in row["patterns"][:3]
            ),
            "\n".join(self._said(row["column"])),
        )

    def _said(self, column: str) -> list[str]:
        found = self.suspicious.filter(pl.col("column") == column)
        return [
            tr(
                "{n:,}: {what} (line {lines})",
                n=cells,
                what=words()[what],
                lines=", ".join(map(str, lines)),
            )
            for _, what, cells, lines in found.iter_rows()
        ]


@runtime_checkable
class _Export(Protocol):
    """What knows its own profile: an export, which imports this module."""

    report: object

    def profile(self) -> Profile: ...


def profile(table: object, **given: Any) -> Profile:
    """Profile a file, what `read_table` gave, an export, or a frame of polars or pandas.

    `given` is what `read_table` takes. An export has it as `export.profile()`, too.
    """
    if isinstance(table, Path | str):
        table = read_table(table, **given)
    if isinstance(table, RawTable):
        return profile_of(table.frame, table.lines, table.path.name)
    if isinstance(table, _Export):
        return table.profile()
    frame = to_polars(table).cast(pl.String)
    lines = pl.Series("line", range(1, frame.height + 1), dtype=pl.UInt32)
    return profile_of(frame, lines, tr("table"))


def profile_of(frame: pl.DataFrame, lines: pl.Series, title: str) -> Profile:
    """Profile columns of text; `lines` says where each row stands in its file."""
    rows, suspicious = [], []
    for column in frame.iter_columns():
        counted = _counted(column)
        found = list(suspects(counted)) if len(counted) else []
        rows.append(_row(column, counted, found))
        suspicious += [_suspicion(column, lines, each) for each in found]
    table = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    wrong = pl.DataFrame(suspicious, schema=SUSPICIOUS, orient="row")
    return Profile(title, frame.height, table, wrong)


def _counted(column: pl.Series) -> pl.DataFrame:
    """Count each distinct value."""
    return (
        pl.LazyFrame({"value": column})
        .drop_nulls()
        .group_by("value")
        .agg(n=pl.len().cast(pl.UInt32))
        .collect()
    )


def _row(column: pl.Series, counted: pl.DataFrame, found: list[Suspect]) -> tuple[object, ...]:
    filled = len(column) - column.null_count()
    letters = pl.col("value").str.len_chars()
    shortest, longest = counted.select(letters.min(), max=letters.max()).row(0)
    return (
        column.name,
        filled,
        filled / len(column) if len(column) else 0.0,
        len(counted),
        shortest,
        longest,
        _top(counted).to_dicts(),
        _patterns(counted),
        sum(each.cells for each in found),
    )


def _top(counted: pl.DataFrame) -> pl.DataFrame:
    """Give the most frequent values, of equals the first by letter: the same in each run."""
    least = counted["n"].top_k(TOP).min() or 0
    more = counted.filter(pl.col("n") > least)
    as_many = counted.filter(pl.col("n") == least).bottom_k(TOP, by="value")
    return pl.concat([more, as_many]).sort("n", "value", descending=[True, False]).head(TOP)


def _patterns(counted: pl.DataFrame) -> list[dict[str, object]]:
    """Give the most frequent shapes: A for capitals, a for small letters, 9 for a digit."""
    part = counted.gather_every(max(1, -(-len(counted) // SHAPED)))
    shape = (
        pl.col("value")
        .str.slice(0, 100)
        .str.replace_all(r"\d", "9")
        .str.replace_all(r"[\p{Lu}\p{Lt}]+", "A")
        .str.replace_all(r"[\p{L}&&[^A]]+", "a")
    )
    found = part.group_by(pattern=shape).agg(pl.col("n").sum())
    found = found.sort("n", "pattern", descending=[True, False]).head(TOP)
    total = int(part["n"].sum()) or 1
    return [{"pattern": name, "share": n / total} for name, n in found.iter_rows()]


def _suspicion(column: pl.Series, lines: pl.Series, found: Suspect) -> tuple[object, ...]:
    where = lines.filter(column.is_in(found.values.implode())).head(LINES)
    return column.name, found.what, found.cells, where.to_list()


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
