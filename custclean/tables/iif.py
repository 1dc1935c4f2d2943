"""IIF, the lists of QuickBooks Desktop: several tables in one text of tab-separated lines.

A line that starts with `!CUST` names the columns of the lines that start with `CUST`; a file
holds several such sections, in any order of columns, and may repeat a header with others:
http://support.quickbooks.intuit.com/support/Pages/InProductHelp/Core/QB2K8/ContentPackage/Core/IIF/iif_reference_customer.html
Excel quotes cells when it saves such a file, QuickBooks only some, and a name may hold a
quote of its own: so a quote counts only where it opens a cell and closes that same cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from custclean.tables.encodings.decoding import decode
from custclean.tables.encodings.peek import first_text
from custclean.tables.limits import check_columns, check_parts, check_spread
from custclean.tables.raw import RejectedLine, Repair, part_of
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from custclean.tables.raw import Asked, Part

__all__ = ["NAME", "is_it", "parts"]

NAME = "iif"
FIRST = re.compile(r"![A-Z][A-Z0-9]*(?=[\t\r\n]|\Z)")
KEYWORDS = re.compile(r'(?:\A|[\r\n])"?!([A-Za-z0-9_]+)')
LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
END = re.compile(r"\r\n|\r|\n")
PLAIN = re.compile(r"[^\t\r\n]*")
QUOTED = re.compile(r'"((?:[^"]|"")*+)"(?=[\t\r\n]|\Z)')
REACH = 1 << 16  # characters; no cell is longer, so a stray quote costs no more


@dataclass(frozen=True, slots=True)
class _Record:
    """One record of the text: the line it starts on, its text, its cells."""

    line: int
    text: str
    cells: list[str]
    stray: bool = False  # a quote opens a cell and closes none


@dataclass(slots=True)
class _Section:
    """What the lines of one keyword hold."""

    keyword: str
    header_row: int
    columns: dict[tuple[str, int], int] = field(default_factory=dict)  # the place of each
    places: list[int] = field(default_factory=list)  # of the cells under the last header
    rows: list[tuple[list[int], list[str]]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    rejected: list[RejectedLine] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    records: int = 0

    @property
    def header(self) -> list[str]:
        return [heading for heading, _ in self.columns]

    def name_columns(self, record: _Record) -> None:
        """Take in a header; where one stood before, what is new comes after its columns."""
        seen: dict[str, int] = {}
        before, self.places = self.places, []
        for heading in _without_padding(record.cells):
            seen[heading] = seen.get(heading, 0) + 1
            place = self.columns.setdefault((heading, seen[heading]), len(self.columns))
            self.places.append(place)
        if before not in ([], self.places):
            self.evidence.append(tr("the headings change on line {line}", line=record.line))

    def add(self, record: _Record) -> None:
        """Take in a row: too short is mended, too long is rejected."""
        cells = _without_padding(record.cells)
        over = len(cells) - len(self.places)
        if over > 0:
            self.reject(record, trn("{n} cell too many", "{n} cells too many", over))
            return
        missing = len(self.places) - len(record.cells)
        if missing > 0:
            what = trn("{n} cell was missing", "{n} cells were missing", missing)
            self._repair(record.line, what)
        if record.stray:
            self._repair(record.line, tr("a stray quote was kept as text"))
        self.rows.append((self.places, cells))
        self.lines.append(record.line)

    def reject(self, record: _Record, reason: str) -> None:
        self.rejected.append(RejectedLine(record.line, record.text, reason))

    def _repair(self, line: int, what: str) -> None:
        last = self.repairs[-1] if self.repairs else None
        if (
            last
            and last.what == what
            and len(self.lines) >= last.rows
            and self.lines[-last.rows] == last.line
        ):
            self.repairs[-1] = replace(last, rows=last.rows + 1)
        else:
            self.repairs.append(Repair(line, what))

    def cells(self) -> Iterator[list[str | None]]:
        """Give the rows as wide as the columns of all headers together."""
        width = len(self.columns)
        in_order = list(range(width))
        for places, cells in self.rows:
            if places == in_order[: len(places)]:
                yield [*cells, *[None] * (width - len(cells))]
                continue
            row: list[str | None] = [None] * width
            for place, cell in zip(places, cells):
                row[place] = cell
            yield row


def is_it(data: bytes) -> bool:
    """Say whether the first line is a header such as `!CUST`, by itself or before a tab."""
    return FIRST.match(first_text(data)) is not None


def parts(path: Path, data: bytes, asked: Asked) -> list[Part]:
    """Give each section as a table of its keyword; the header keeps its `!CUST` in front."""
    decoded = decode(path, data, asked.encoding)
    sections = _sections(path, decoded.text)
    filled = sum(len(each.rows) * len(each.columns) for each in sections)
    check_spread(path, filled, len(data))
    facts = {**decoded.facts, "delimiter": "\t"}
    return [
        part_of(
            each.keyword,
            each.header,
            each.cells(),
            each.lines,
            header_row=each.header_row,
            repairs=tuple(each.repairs),
            rejected=tuple(each.rejected),
            flags=decoded.flags,
            evidence=(*decoded.evidence, *each.evidence),
            records=each.records,
            facts=facts,
        )
        for each in sections
    ]


def _sections(path: Path, text: str) -> list[_Section]:
    """Sort the records by keyword; one without a header is rejected where it stands."""
    sections: dict[str, _Section] = {}
    above: _Section | None = None
    for record in _records(text):
        first = record.cells[0].strip().upper()
        if first.startswith("!"):
            above = sections.setdefault(first[1:], _Section(first[1:], record.line))
            above.name_columns(record)
            check_parts(path, len(sections))
            check_columns(path, len(above.columns), record.line)
            continue
        section = sections.get(first)
        above = section or above or sections.setdefault("", _Section("", record.line))
        above.records += 1
        if section:
            section.add(record)
        else:
            above.reject(record, tr("no header stands above that begins with this word"))
    return list(sections.values())


def _records(text: str) -> Iterator[_Record]:
    """Give the records that hold anything; only a quoted cell spans several lines."""
    keywords = frozenset(word.upper() for word in KEYWORDS.findall(text))
    place, number = 0, 1
    while place < len(text):
        match = LINE.match(text, place)
        assert match is not None  # noqa: S101  # the pattern matches anywhere
        end, step = match.end(), 1
        record = _Record(number, match[1], match[1].split("\t"))
        if '"' in match[1]:
            cells, stop, stray = _cells(text, place, keywords)
            if stop > match.end(1):
                step += len(END.findall(text, match.end(1), stop))
                newline = END.match(text, stop)
                end = newline.end() if newline else stop
            record = _Record(number, text[place:stop], cells, stray)
        if any(cell.strip() for cell in record.cells):
            yield record
        place, number = end, number + step


def _cells(text: str, place: int, keywords: frozenset[str]) -> tuple[list[str], int, bool]:
    """Read the cells of a record with quotes; give where it ends, and if a quote is stray."""
    cells, stray = [], False
    while True:
        quoted = QUOTED.match(text, place, reach := min(len(text), place + REACH))
        whole = quoted and (quoted.end() < reach or reach == len(text))
        if quoted and whole and not _swallows(quoted[1], keywords):
            cells.append(quoted[1].replace('""', '"'))
            place = quoted.end()
        else:
            stray = stray or text.startswith('"', place)
            plain = PLAIN.match(text, place)
            assert plain is not None  # noqa: S101  # the pattern matches anywhere
            cells.append(plain[0])
            place = plain.end()
        if not text.startswith("\t", place):
            return cells, place, stray
        place += 1


def _swallows(cell: str, keywords: frozenset[str]) -> bool:
    """Say whether a cell of several lines holds other records: then its quote is stray."""
    below = END.split(cell)[1:]
    return any(line.split("\t", 1)[0].lstrip("!").upper() in keywords for line in below)


def _without_padding(cells: Sequence[str]) -> list[str]:
    """Drop the empty cells at the end: Excel makes all lines as wide as the widest."""
    width = len(cells)
    while width > 1 and not cells[width - 1]:
        width -= 1
    return list(cells[:width])
