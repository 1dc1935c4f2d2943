"""What a file holds before anybody says what it means: the values that `tables` hands on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping  # noqa: TC003  # dataclass fields, at run time
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from custclean import html
from custclean.errors import SettingsError
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

__all__ = [
    "Asked",
    "Flag",
    "Note",
    "Part",
    "RawTable",
    "RejectedLine",
    "Repair",
    "TableReport",
    "column_names",
    "part_of",
]


DRAWN = 50  # columns that a notebook shows of a table


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """A line that is no row: a title above the header, a time stamp or total below."""

    line: int
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Repair:
    """A row that is in the table although its line was not as it should be, and why.

    Where `rows` following one another have the same fault they are one repair.
    """

    line: int
    what: str
    rows: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Flag:
    """Something that a person should know of a row that is in the table as it stood.

    Of line 0 it is about the whole file.
    """

    line: int
    what: str
    rows: int = 1


@dataclass(frozen=True, slots=True, order=True)
class RejectedLine:
    """A row that is not in the table: the line it starts on, its text, the reason."""

    line: int
    text: str
    reason: str


def _unknown(cells: Sequence[str]) -> float:  # noqa: ARG001  # the signature of a score
    """Know no heading: the header is then found by its shape."""
    return 0.0


@dataclass(frozen=True, slots=True)
class Asked:
    """What the caller said about a file; None is found out.

    `header_row` is the line of the header counted from 1, 0 where there is none; `part`
    the name of a table, or its place counted from 1, in a file that holds several;
    `looks_like` says how much a row looks like headings (0: not at all); `mend` turns
    values that were read in the wrong encoding before they came here ("SÃ¸ren") into what
    was meant.
    """

    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    escape: str | None = None
    header_row: int | None = None
    part: str | int | None = None
    looks_like: Callable[[Sequence[str]], float] = _unknown
    mend: bool = False

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Asked:
        """Take what a call was given; an argument that there is not is an error."""
        names = [each.name for each in fields(cls)]
        for name in given:
            if name not in names:
                msg = tr("no such argument")
                raise SettingsError(msg, value=name, expected=", ".join(names))
        return cls(**given)


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """One table of a file, as the reader of its format found it.

    `name` is a sheet, a section, a file in an archive; "" where the file is one table.
    `header` is as found, with its duplicates and blanks; the columns of `frame` are the
    same made unique, all text, an empty cell null. `lines` says where each row starts:
    its line, or its place in formats that have none. `records` is what an independent
    count of the format says: it must be the rows and the rejects together; None for
    delimited text, where the letters are counted. `facts` are fields of the report that
    only this format knows (`{"encoding": "cp1252", "uncertain": True}`).
    """

    name: str
    header: tuple[str, ...]
    frame: pl.DataFrame = field(repr=False)
    lines: pl.Series = field(repr=False)
    header_row: int = 1  # 0: the file has no header, or the format needs none
    notes: tuple[Note, ...] = ()
    repairs: tuple[Repair, ...] = ()
    rejected: tuple[RejectedLine, ...] = ()
    flags: tuple[Flag, ...] = ()
    evidence: tuple[str, ...] = ()  # sentences: what was chosen, and why
    hidden: bool = False
    records: int | None = None
    facts: Mapping[str, object] = field(default_factory=dict)  # more of the TableReport

    def named(self, name: str) -> Part:
        """Give the part under another name."""
        return replace(self, name=name)


def part_of(
    name: str,
    header: Sequence[str],
    rows: Iterable[Sequence[str | None]],
    lines: Sequence[int],
    **facts: object,
) -> Part:
    """Make a part from rows of text; every row is as wide as the header."""
    names = column_names(header)
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    frame = pl.DataFrame(
        {
            name: pl.Series(name, [cell or None for cell in column], dtype=pl.String)
            for name, column in zip(names, columns, strict=True)
        }
    )
    at = pl.Series("line", lines, dtype=pl.UInt32)
    return Part(name, tuple(header), frame, at, **facts)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class TableReport:
    """How a file was read, and what of it is not in the table."""

    file: str
    format: str  # "text", "xlsx", "iif" ...
    sha256: str
    encoding: str = "utf-8"
    uncertain: bool = False  # the encoding is a guess
    bom: bool = False
    line_end: str = ""
    delimiter: str = ""
    quote: str = '"'
    escape: str = '"'
    header_row: int = 1  # the line the header stands on; 0: there is none
    part: str = ""  # the sheet, the section, the file in an archive
    other_parts: tuple[str, ...] = ()  # filled ones that this table is not from
    careful: bool = False  # not all of it could be read the fast way
    evidence: tuple[str, ...] = ()  # sentences: what was chosen, and why
    notes: tuple[Note, ...] = field(default=(), repr=False)
    repairs: tuple[Repair, ...] = field(default=(), repr=False)
    rejected: tuple[RejectedLine, ...] = field(default=(), repr=False)
    flags: tuple[Flag, ...] = field(default=(), repr=False)
    misread: Mapping[str, int] = field(default_factory=dict)  # column -> cells like "SÃ¸ren"
    inexact: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # column -> rows
    rows_read: int = 0
    account: Callable[[], Mapping[str, int]] = field(default=dict, repr=False, compare=False)

    def __repr__(self) -> str:
        # without lines and values: what ends a notebook's cell is saved with it
        return (
            f"TableReport({self.file}: {self.format}, {self.encoding},"
            f" headings in line {self.header_row}, {self.rows_read} rows,"
            f" {len(self.rejected)} rejected, {sum(each.rows for each in self.repairs)}"
            f" repaired, {len(self.notes)} notes)"
        )

    def lost(self) -> Mapping[str, int]:
        """Count what of the file is in no list; negative: too many.

        Of delimited text each letter and digit is counted, of other formats the records.
        """
        return self.account()

    def conserved(self) -> bool:
        """Say whether header, rows, notes and rejects hold all that the file does."""
        return not self.lost()


@dataclass(frozen=True, eq=False, slots=True)
class RawTable:
    """A table as the file holds it: all text, nothing stripped, nothing renamed.

    `header` is as found, with its duplicates and blanks; the columns of `frame` are the
    same made unique. In `frame` an empty cell and a missing one are both null; `rows`
    gives them as "". `lines` names the line of the file on which each row starts.
    """

    path: Path
    header: tuple[str, ...]
    frame: pl.DataFrame = field(repr=False)
    lines: pl.Series = field(repr=False)
    report: TableReport

    @property
    def rows(self) -> Iterator[list[str]]:
        """Give the rows one by one, an empty cell as ""."""
        for row in self.frame.iter_rows():
            yield [cell or "" for cell in row]

    @property
    def notes(self) -> tuple[Note, ...]:
        """Give the lines that are no rows."""
        return self.report.notes

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """Give the rows that had to be mended."""
        return self.report.repairs

    @property
    def rejected(self) -> tuple[RejectedLine, ...]:
        """Give the lines that could not be rows of this table."""
        return self.report.rejected

    @property
    def encoding(self) -> str:
        """Give the encoding that the file was read with."""
        return self.report.encoding

    @property
    def uncertain(self) -> bool:
        """Say whether the encoding is a guess."""
        return self.report.uncertain

    def lost(self) -> Mapping[str, int]:
        """Count what of the file is in no list; see `TableReport.lost`."""
        return self.report.lost()

    def conserved(self) -> bool:
        """Say whether header, rows, notes and rejects hold all that the file does."""
        return self.report.conserved()

    def __len__(self) -> int:
        return self.frame.height

    def __repr__(self) -> str:
        # without the lines themselves: what ends a notebook's cell is saved with it
        return (
            f"RawTable({self.report.file}: {len(self)} rows, {self.frame.width} columns,"
            f" {len(self.rejected)} rejected, {len(self.repairs)} repaired,"
            f" {len(self.notes)} notes)"
        )

    def _repr_html_(self) -> str:
        report, wide = self.report, self.frame.width
        told = ["/".join(filter(None, (report.file, report.part)))]
        if report.rejected:
            told.append(trn("{n:,} rejected", "{n:,} rejected", len(report.rejected)))
        if report.repairs:
            mended = sum(each.rows for each in report.repairs)
            told.append(trn("{n:,} repaired", "{n:,} repaired", mended))
        if wide > DRAWN:
            told.append(tr("{shown:,} of {all:,} columns", shown=DRAWN, all=wide))
        return html.table(self.frame[:, :DRAWN], title=", ".join(told), foreign=True)


def column_names(header: Sequence[str]) -> list[str]:
    """Make headings unique: a blank one is named by its place, a second one is counted.

    One from "^" to "$" would be a pattern to polars, even as the name of a series.

    >>> column_names(["Name", "", "Name", "^N$"])
    ['Name', 'column 2', 'Name (2)', '^N$ (4)']
    """
    names: set[str] = set()
    taken, counts, unique = set(header), Counter[str](), []
    for place, heading in enumerate(header, 1):
        base = heading if heading.strip() else f"column {place}"
        name = f"{base} ({place})" if base[0] == "^" and base[-1] == "$" else base
        while name in names or (name != heading and name in taken):
            counts[base] = max(1, counts[base]) + 1
            name = f"{base} ({counts[base]})"
        names.add(name)
        unique.append(name)
    return unique
