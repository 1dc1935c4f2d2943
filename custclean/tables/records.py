"""From text to records: fast where the text is clean, careful where it is not."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Record", "parse", "usual_width"]

REACH = 1_000_000  # characters a quoted cell may run on before its quote counts as stray
END = re.compile(r"\r\n|\r|\n")
LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
QUOTE = '"'


class Record(NamedTuple):
    """One row of a delimited text: where it starts, its cells, its text if it was unclear."""

    line: int
    cells: list[str]
    text: str | None = None  # only of a record that the careful path had doubts about
    fault: str = ""


def parse(text: str, delimiter: str) -> list[Record]:
    """Give the records of a text; an unbalanced quote costs at most its own line."""
    records = _fast(text, delimiter)
    return records if records is not None else _careful(text, delimiter)


def usual_width(widths: Sequence[int]) -> int:
    """Give the width that most records with more than one cell have, the larger of equals."""
    counts = Counter(width for width in widths if width > 1)
    return max(counts, key=lambda width: (counts[width], width), default=1)


def _fast(text: str, delimiter: str) -> list[Record] | None:
    """Read by the strict C reader; None where the text is not clean enough for it."""
    records: list[Record] = []
    tall = []  # records of several lines: right only if they are as wide as the others
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            records.append(Record(line, cells))
            if reader.line_num > line:
                tall.append(len(cells))
            line = reader.line_num + 1
    except csv.Error:
        return None
    width = usual_width([len(record.cells) for record in records])
    return records if all(each == width for each in tall) else None


def _careful(text: str, delimiter: str) -> list[Record]:
    """Read line by line; what can be read in two ways is read the way that fits the width."""
    first = _Walk(text, delimiter, 0).records()
    width = usual_width([len(record.cells) for record in first if record.text is None])
    return _Walk(text, delimiter, width).records()


class _Walk:
    """One pass over a text. `width` is what a record should have; 0: not known yet."""

    def __init__(self, text: str, delimiter: str, width: int) -> None:
        mark = re.escape(delimiter)
        self.text, self.delimiter, self.width = text, delimiter, width
        self.quoted = re.compile(rf'"((?:[^"]++|"")*+)"(?=[{mark}\r\n]|\Z)')
        self.plain = re.compile(rf"[^{mark}\r\n]*")
        self.closed = re.compile(rf'"(?:[^"]|"(?!{mark}|\Z))*"(?={mark}|\Z)')

    def records(self) -> list[Record]:
        """Give every record of the text."""
        found, place, number = [], 0, 1
        while place < len(self.text):
            match = LINE.match(self.text, place)
            assert match is not None  # noqa: S101  # the pattern matches anywhere
            record, end = self._record(match, place, number)
            found.append(record)
            number += 1 if end == match.end() else len(END.findall(self.text, place, end))
            place = end
        return found

    def _record(self, match: re.Match[str], place: int, number: int) -> tuple[Record, int]:
        line = match[1]
        if QUOTE not in line:
            return Record(number, line.split(self.delimiter)), match.end()
        cells, end = self._strict(place)
        one_line = end <= match.end(1)
        if cells is not None and (one_line or self._plausible(cells, match.end(), end)):
            newline = END.match(self.text, end)
            return Record(number, cells), newline.end() if newline else end
        return self._damaged(line, number), match.end()

    def _plausible(self, cells: list[str], second: int, end: int) -> bool:
        """Doubt a record of several lines if it is too wide or narrow and swallowed rows."""
        if self.width in (0, len(cells)):
            return True
        swallowed = END.split(self.text[second:end])
        return all(len(line.split(self.delimiter)) != self.width for line in swallowed)

    def _strict(self, place: int) -> tuple[list[str] | None, int]:
        """Read one record by the letter of RFC 4180; None where that fails."""
        cells, reach = [], min(len(self.text), place + REACH)
        while True:
            if self.text.startswith(QUOTE, place):
                match = self.quoted.match(self.text, place, reach)
                if match is None or (match.end() == reach < len(self.text)):
                    return None, place
                cells.append(match[1].replace('""', QUOTE))
            else:
                match = self.plain.match(self.text, place)
                assert match is not None  # noqa: S101  # the pattern matches anywhere
                cells.append(match[0])
            place = match.end()
            if not self.text.startswith(self.delimiter, place):
                return cells, place
            place += len(self.delimiter)

    def _damaged(self, line: str, number: int) -> Record:
        """Read a line with a stray quote in the way that gives the usual width."""
        plain = line.split(self.delimiter)
        for cells in (self._lenient(line), plain):
            if len(cells) == self.width:
                return Record(number, cells, line, tr("a stray quote was kept as text"))
        return Record(number, plain, line, tr("an unbalanced quote"))

    def _lenient(self, line: str) -> list[str]:
        """Split a line; a quote that closes nothing is part of its cell."""
        cells, place, closes = [], 0, True
        while True:
            match = self.closed.match(line, place) if closes else None
            if match is not None:
                cells.append(match[0][1:-1].replace('""', QUOTE))
            else:
                # What no quote closes here, none closes further on: do not look again.
                closes = closes and not line.startswith(QUOTE, place)
                match = self.plain.match(line, place)
                assert match is not None  # noqa: S101  # the pattern matches anywhere
                cells.append(match[0])
            place = match.end()
            if not line.startswith(self.delimiter, place):
                return cells
            place += len(self.delimiter)
