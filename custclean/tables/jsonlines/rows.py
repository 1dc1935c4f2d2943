"""From the values that a JSON file holds to one table: what is nested becomes columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from custclean.tables.limits import check_columns, check_spread
from custclean.tables.raw import Flag, Part, RejectedLine, Repair, column_names
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from custclean.tables.encodings.decoding import Decoded
    from custclean.tables.raw import Note

__all__ = ["Found", "Rows", "too_deep"]

MAX_DEPTH = 32  # objects within objects: deeper than any record of a person
MAX_NAME = 1_000  # characters of a heading: the names of what it is in, joined
BATCH = 10_000  # rows that are held as Python objects
PLAIN = frozenset((str, type(None)))  # numbers are texts by now
SEVERAL = "; "
ESCAPED_HALF = re.compile(r"\\u[dD][89a-fA-F]")
HALF_CHARACTER = re.compile(r"[\ud800-\udfff]")  # not to be written again


@dataclass(frozen=True, slots=True)
class Found:
    """A value of the file and where it stands, or the reason why there is none."""

    line: int
    start: int
    end: int
    value: object = None  # an object is a tuple of its pairs
    reason: str = ""
    odd: bool = False  # holds NaN or Infinity
    comma: bool = False  # one stands behind it


_Pairs = tuple[tuple[str, Any], ...]


class _NoRowError(ValueError):
    """An object that cannot be a row, and why."""


class Rows:
    """The rows of one table while they are read; columns in the order of first sight."""

    def __init__(self, path: Path, text: str, size: int, name: str) -> None:
        self.path, self.text, self.size, self.name = path, text, size, name
        self.halves = ESCAPED_HALF.search(text) is not None
        self.columns: dict[str, None] = {}
        self.batch: list[dict[str, str | None]] = []
        self.frames: list[pl.DataFrame] = []
        self.records = 0
        self.lines: list[int] = []
        self.repairs: list[Repair] = []
        self.rejected: list[RejectedLine] = []
        self.flags: list[Flag] = []

    @property
    def header(self) -> tuple[str, ...]:
        """Give the headings seen so far."""
        return tuple(self.columns)

    def fill(self, values: Iterable[Found]) -> None:
        """Take in each value, as a row or as a reject."""
        for found in values:
            try:
                self._add(found)
            except _NoRowError as error:
                text = self.text[found.start : found.end].strip()
                self.rejected.append(RejectedLine(found.line, text, str(error)))
        self._flush()

    def part(self, notes: tuple[Note, ...], decoded: Decoded) -> Part:
        """Give the table; its records were counted as they were found."""
        blank = pl.DataFrame(schema=dict.fromkeys(self.header, pl.String))
        frame = pl.concat([blank, *self.frames], how="diagonal")
        frame.columns = column_names(self.header)
        return Part(
            self.name,
            self.header,
            frame,
            pl.Series("line", self.lines, pl.UInt32),
            header_row=0,
            notes=notes,
            repairs=tuple(self.repairs),
            rejected=tuple(self.rejected),
            flags=tuple(sorted((*decoded.flags, *self.flags))),
            evidence=decoded.evidence,
            records=self.records,
            facts=decoded.facts,
        )

    def _add(self, found: Found) -> None:
        self.records += 1
        row, doubled = self._row(found)
        if doubled:
            what = tr("two values have the same name; the second is in a column of its own")
            self.flags.append(Flag(found.line, what))
        if found.odd:
            self.flags.append(Flag(found.line, tr("NaN and Infinity are kept as text")))
        if found.comma:
            self.repairs.append(Repair(found.line, tr("a comma stood behind the object")))
        self.lines.append(found.line)
        self.batch.append(row)
        if not row.keys() <= self.columns.keys():
            self.columns.update(dict.fromkeys(row))
            check_columns(self.path, len(self.columns), found.line)
        if len(self.batch) == BATCH:
            self._flush()

    def _row(self, found: Found) -> tuple[dict[str, str | None], bool]:
        """Give the cells of an object, and whether two had the same name."""
        if found.reason:
            raise _NoRowError(found.reason)
        if not isinstance(found.value, tuple):
            raise _NoRowError(tr("this is no JSON object"))
        row = self._flat(found.value)
        doubled = False
        if row is None:
            row, doubled = _nested(found.value)
        if not any(row.values()):
            raise _NoRowError(tr("the object holds no value"))
        if self.halves and HALF_CHARACTER.search("".join(f"{k}{v}" for k, v in row.items())):
            raise _NoRowError(tr("half of a character stands in the text"))
        return row, doubled

    def _flat(self, pairs: _Pairs) -> dict[str, str | None] | None:
        """Give an object of texts alone, with no name twice and none new, fast; else None."""
        row = dict(pairs)
        known = len(row) == len(pairs) and row.keys() <= self.columns.keys()
        return row if known and PLAIN.issuperset(map(type, row.values())) else None

    def _flush(self) -> None:
        """Turn the rows at hand into columns, unless that would make a giant of them."""
        check_spread(self.path, len(self.lines) * len(self.columns), self.size)
        if self.batch:
            columns = {
                name: pl.Series(name, [row.get(name) or None for row in self.batch], pl.String)
                for name in self.columns
            }
            self.frames.append(pl.DataFrame(columns))
        self.batch = []


def too_deep() -> str:
    """Say that objects are nested too deeply."""
    return tr("objects stand within objects more than {n} deep", n=MAX_DEPTH)


def _nested(pairs: _Pairs) -> tuple[dict[str, str | None], bool]:
    """Give the cells of any object, and whether two had the same name."""
    row: dict[str, str | None] = {}
    counts: dict[str, int] = {}
    for name, cell in _cells(pairs, "", 0):
        key, count = name, counts.get(name, 1)
        while key in row:
            count += 1
            key = f"{name} ({count})"
        counts[name] = count
        row[key] = cell
    return row, any(count > 1 for count in counts.values())


def _cells(value: object, name: str, depth: int) -> Iterator[tuple[str, str | None]]:
    """Give each value with the names that lead to it; a list of plain values is one cell."""
    if depth > MAX_DEPTH:
        raise _NoRowError(too_deep())
    if len(name) > MAX_NAME:
        msg = tr("a heading has more than {n:,} characters", n=MAX_NAME)
        raise _NoRowError(msg)
    inner = _inner(value)
    if not inner:
        yield name, _text(value)
    for key, child in inner:
        yield from _cells(child, f"{name}.{key}" if depth else key, depth + 1)


def _inner(value: object) -> Sequence[tuple[str, object]]:
    """Give what is in an object, or in a list that holds more than plain values."""
    if isinstance(value, tuple):
        return value
    if isinstance(value, list) and any(isinstance(each, tuple | list) for each in value):
        return [(str(place), each) for place, each in enumerate(value, 1)]
    return ()


def _text(value: object) -> str:
    match value:
        case None | ():
            return ""
        case list():
            return SEVERAL.join(_text(each) for each in value if each is not None)
        case bool():
            return "TRUE" if value else "FALSE"
        case _:
            return str(value)
