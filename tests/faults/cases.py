"""A clean table and what should be read of it, while faults are being put in.

A `Case` keeps its lines apart from its marks and its encoding, so faults compose: each
changes one thing, and only `data` makes bytes of all and `expected` the truth of them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["HEADER", "Case", "Expected", "Impossible", "Line", "customers"]

FIRST = ("Søren", "Anaïs", "Jürgen", "José", "Åse", "Ann", "Bob", "Cid", "Dora", "François")
LAST = ("Example", "Müller", "Lefèvre", "Sample", "Invented", "Pérez", "Jørgensen", "Fable")
CITIES = ("Århus", "Malmö", "Köln", "Lyon", "Leeds", "Bergen", "Málaga", "Udine", "")
HEADER = ("Number", "Name", "E-mail", "Phone", "City", "Joined", "Balance")


class Impossible(Exception):  # noqa: N818  # it is no error: two faults do not go together
    """These faults cannot be in one file; the text says why."""


@dataclass(eq=False)
class Line:
    """One record: what it holds, and how it is written where that is not as usual.

    `raw` are cells written as they stand there, `{q}` for the quote; in `cells`, too.
    """

    kind: Literal["header", "row", "note", "blank"]
    cells: list[str]
    raw: dict[int, str] = field(default_factory=dict)
    repaired: bool = False
    flagged: bool = False
    encoding: str | None = None
    taken: bool = False  # a fault has it


@dataclass(frozen=True)
class Expected:
    """What should be read of a case."""

    header: list[str]
    header_row: int = 0
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    rejected: list[tuple[int, str]] = field(default_factory=list)
    repaired: set[int] = field(default_factory=set)
    flagged: set[int] = field(default_factory=set)


@dataclass
class Case:
    """A table on its way to bytes."""

    lines: list[Line]  # above the header, header, rows
    header: list[str]  # as it should be read
    rng: random.Random
    names: tuple[str, ...] = HEADER
    foot: list[Line] = field(default_factory=list)
    other: list[Line] = field(default_factory=list)  # a second table below
    shifted: int = 0  # columns put before the first
    delimiter: str = ","
    quote: str = '"'
    escape: str = '"'
    quote_all: bool = False
    whole: bool = False  # each line is quoted as if it were one cell
    blank: str = ""  # before a quote
    ends: tuple[str, ...] = ("\n",)
    end_at_end: bool = True
    encoding: str = "utf-8"
    mark: str = ""  # byte order marks
    sep_line: bool = False
    said: tuple[str, ...] = ("utf-8",)  # names that the encoding may be given

    @property
    def rows(self) -> list[Line]:
        """Give the lines that are rows."""
        return [line for line in self.lines if line.kind == "row"]

    @property
    def head(self) -> Line:
        """Give the line of the headings."""
        found = [line for line in self.lines if line.kind == "header"]
        if not found:
            msg = "the table has no header"
            raise Impossible(msg)
        return found[0]

    def at(self, name: str) -> int:
        """Give the place of a column."""
        if name not in self.names:
            msg = "the table has no such column"
            raise Impossible(msg)
        return self.names.index(name) + self.shifted

    def row(self) -> Line:
        """Give a row in the middle that no fault has yet."""
        inner = [line for line in self.rows[3:-3] if not line.taken]
        if not inner:
            msg = "the table has no row to spare"
            raise Impossible(msg)
        line = self.rng.choice(inner[len(inner) // 3 :])
        line.taken = True
        return line

    def last_row(self) -> Line:
        """Give the last row."""
        if not self.rows or self.rows[-1].taken:
            msg = "the table has no row to spare"
            raise Impossible(msg)
        self.rows[-1].taken = True
        return self.rows[-1]

    def insert(self, line: Line) -> None:
        """Put a line between two rows in the middle."""
        self.lines.insert(self.lines.index(self.row()), line)

    def data(self) -> bytes:
        """Write the case."""
        parts: list[tuple[str, str | None]] = [(self.mark, None)]
        if self.sep_line:
            parts.append((f"sep={self.delimiter}{self.ends[0]}", None))
        written = self._written()
        for n, (line, text) in enumerate(written):
            last = n == len(written) - 1
            end = self.ends[n % len(self.ends)] if self.end_at_end or not last else ""
            parts.append((text + end, line.encoding))
        try:
            return b"".join(text.encode(name or self.encoding) for text, name in parts)
        except UnicodeEncodeError as error:
            msg = "the encoding lacks a letter"
            raise Impossible(msg) from error

    def expected(self) -> Expected:
        """Say what should be read."""
        # Delimiters at the end of a note are not kept.
        notes = [(1, f"sep={self.delimiter}")] if self.sep_line else []
        number, header_row = 1 + self.sep_line, 0
        found = Expected(self.header, notes=notes)
        for line, text in self._written():
            if line not in self.other:
                self._expect(line, number, found)
            header_row = number if line.kind == "header" else header_row
            number += 1 + _breaks(text)
        return Expected(**{**vars(found), "header_row": header_row})

    def _expect(self, line: Line, number: int, found: Expected) -> None:
        cells = [cell.replace("{q}", self.quote) for cell in line.cells]
        width = len(self.header)
        text = self.delimiter.join(cells).rstrip(self.delimiter)
        repaired = line.repaired or (line.kind in ("row", "header") and len(cells) != width)
        if line.kind == "note":
            found.notes.append((number, text))
        elif line.kind == "row" and any(cells[width:]):
            found.rejected.append((number, text))
            repaired = False
        elif line.kind == "row":
            found.rows.append(cells[:width] + [""] * (width - len(cells)))
            found.lines.append(number)
        if repaired:
            found.repaired.add(number)
        if line.flagged:
            found.flagged.add(number)

    def _written(self) -> list[tuple[Line, str]]:
        lines = [*self.lines, *self.foot, *self.other]
        return [(line, self._text(line)) for line in lines]

    def _text(self, line: Line) -> str:
        cells = [self._cell(cell, line.raw.get(n)) for n, cell in enumerate(line.cells)]
        text = self.delimiter.join(cells)
        return '"' + text.replace('"', '""') + '"' if self.whole and text else text

    def _cell(self, cell: str, raw: str | None) -> str:
        if raw is not None:
            return raw.replace("{q}", self.quote)
        telling = (self.delimiter, self.quote, "\n", "\r")
        if not (self.quote_all or any(mark in cell for mark in telling)):
            return cell
        if self.escape != self.quote:
            cell = cell.replace(self.escape, self.escape * 2)
        inner = cell.replace(self.quote, self.escape + self.quote)
        return self.blank + self.quote + inner + self.quote


def _breaks(text: str) -> int:
    """Count line ends of all three kinds."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def customers(rows: int, names: tuple[str, ...] = HEADER, seed: int = 1) -> Case:
    """Give a clean table of invented people."""
    rng = random.Random(seed)
    lines = [Line("header", list(names))]
    for n in range(rows):
        values = {
            "Number": f"{417 + n:07}",
            "Name": f"{rng.choice(FIRST)} {rng.choice(LAST)}",
            "E-mail": f"p{n}@{rng.choice(('example.com', 'shop.example', 'example.org'))}",
            "Phone": rng.choice((f"+44 20 7946 0{n % 999:03}", f"202-555-01{n % 99:02}", "")),
            "City": rng.choice(CITIES),
            "Joined": f"{2001 + n % 24}-{1 + n % 12:02}-{1 + n % 28:02}",
            "Balance": f"{rng.randrange(90_000)}.{rng.randrange(100):02}",
        }
        lines.append(Line("row", [values[name] for name in names]))
    return Case(lines, list(names), rng, names)
