"""A table from records that each name their own values: cards, appointments, mails."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, TypeVar

import polars as pl

from custclean.tables.raw import Flag, Repair

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["MORE", "Remarks", "cut", "table_of"]

CHUNK = 2_000  # records held as Python values at a time
MOST = 300  # columns; each record can bring names of its own, a table cannot grow with them
MORE = "MORE"  # the column of the rest, a line a value
SHOWN = 2_000  # characters of a record in a note or a reject

Record = tuple[int, "Mapping[str, str]"]  # the line it starts on, its values by column
Remark = TypeVar("Remark", Flag, Repair)


def table_of(
    records: Iterable[Record], order: Sequence[str], always: Sequence[str]
) -> tuple[pl.DataFrame, pl.Series]:
    """Give the table and the lines; `always` columns are there even if nothing is in them.

    Columns named in `order` come first and in that order, then the others as they came.
    """
    names = dict.fromkeys(always)
    frames, lines = [pl.DataFrame(schema=dict.fromkeys(always, pl.String))], []
    source = iter(records)
    while chunk := list(islice(source, CHUNK)):
        lines += [line for line, _ in chunk]
        rows = [_fitting(row, names) for _, row in chunk]
        frames.append(pl.DataFrame({n: _column(n, rows) for n in names}))
    frame = pl.concat(frames, how="diagonal")
    first = [name for name in order if name in names]
    columns = [*first, *(name for name in names if name not in set(first))]
    return frame.select(columns), pl.Series("line", lines, dtype=pl.UInt32)


def _column(name: str, rows: Sequence[Mapping[str, str]]) -> pl.Series:
    return pl.Series(name, [row.get(name) or None for row in rows], dtype=pl.String)


def _fitting(row: Mapping[str, str], names: dict[str, None]) -> Mapping[str, str]:
    """Take in the names of a record; what finds no column more is put together in one."""
    if row.keys() <= names.keys():
        return row
    rest = []
    for name, value in row.items():
        if name in names or len(names) < MOST:
            names[name] = None
        elif value:
            rest.append(f"{name}: {value}")
    if not rest:
        return row
    names[MORE] = None
    return {**row, MORE: "\n".join(rest)}


class Remarks:
    """What is to be said of rows; rows following one another are one remark."""

    def __init__(self) -> None:
        self._runs: list[tuple[int, str, int]] = []
        self._last: dict[str, tuple[int, int]] = {}  # what -> its last row, its place in runs

    def add(self, row: int, line: int, what: str) -> None:
        """Say something of a row, once."""
        before, place = self._last.get(what, (-2, 0))
        if before == row:
            return
        if before == row - 1:
            start, _, rows = self._runs[place]
            self._runs[place] = (start, what, rows + 1)
        else:
            place = len(self._runs)
            self._runs.append((line, what, 1))
        self._last[what] = (row, place)

    def told(self, kind: type[Remark]) -> tuple[Remark, ...]:
        """Give them as flags or repairs, by line."""
        return tuple(sorted(kind(*run) for run in self._runs))


def cut(text: str) -> str:
    """Cut a long text for a list that people read; the mark says so."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
