"""From delimited bytes to records, line by line: what is unclear is read the way that fits.

This is the careful way. It works on UTF-8 bytes, of which only the marks of the dialect
count; `scan` tells which stretches of a file need it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from custclean.tables.record import Record
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["END", "REACH", "Dialect", "Walk"]

REACH = 1_000_000  # bytes a quoted cell may run on before its quote counts as stray
TELLING_WIDTH = 5  # lines of an address do not all have four delimiters by chance
END = re.compile(rb"\r\n|\r|\n")
EMPTY = re.compile(rb"[\r\n]++")
LINE = re.compile(rb"([^\r\n]*)(\r\n|\r|\n|\Z)")


@dataclass(frozen=True)
class Dialect:
    """The marks of a delimited text; without `quote` no cell is quoted."""

    delimiter: str = ","
    quote: str = '"'

    @cached_property
    def mark(self) -> bytes:
        """Give the delimiter as bytes."""
        return self.delimiter.encode()

    @cached_property
    def quotes(self) -> bytes:
        """Give the quote as bytes."""
        return self.quote.encode()


class Walk:
    """Reads a text record by record. `width` is what a record should have; 0: unknown."""

    def __init__(self, data: bytes, dialect: Dialect, width: int = 0) -> None:
        self.data, self.width = data, width
        self.mark, self.quote = dialect.mark, dialect.quotes
        # NUL has been taken out of every text: it is free to stand for no quote at all
        mark, quote = re.escape(self.mark), re.escape(self.quote or b"\0")
        # Blanks between a delimiter and a quote belong to neither: some programs write them.
        blank = rb" *" if self.mark == b"\t" else rb"[ \t]*"

        def pattern(text: bytes) -> re.Pattern[bytes]:
            for name, what in ((b"Q", quote), (b"M", mark), (b"B", blank)):
                text = text.replace(name, what)
            return re.compile(text)

        self.quoted = pattern(rb"BQ((?:[^Q]++|QQ)*+)QB(?=M|[\r\n]|\Z)")
        self.closed = pattern(rb"BQ((?:[^Q]++|Q(?!B(?:M|\Z)))*+)QB(?=M|\Z)")
        self.opens = pattern(rb"BQ")
        self.plain = pattern(rb"[^M\r\n]*" if len(self.mark) == 1 else rb"(?:(?!M)[^\r\n])*")

    def records(self, place: int = 0, line: int = 1) -> Iterator[tuple[Record, int]]:
        """Give each record, and where the next begins."""
        while place < len(self.data):
            record, end, line = self.record(place, line)
            yield record, end
            place = end

    def record(self, place: int, line: int) -> tuple[Record, int, int]:
        """Give the record that begins at `place`, where it ends, and the next line."""
        match = LINE.match(self.data, place)
        assert match is not None  # noqa: S101  # the pattern matches anywhere
        text = match[1]
        if not text:
            return self._blank(place, line)
        if not self.quote or self.quote not in text:
            return Record(line, _texts(text.split(self.mark))), match.end(), line + 1
        cells, end = self._strict(place)
        if cells is not None and (
            end <= match.end(1) or self._plausible(cells, place, match.end(), end)
        ):
            newline = END.match(self.data, end)
            after = newline.end() if newline else end
            lines = len(END.findall(self.data, place, after)) if after > match.end() else 1
            return Record(line, _texts(cells)), after, line + max(1, lines)
        return self._damaged(text, line), match.end(), line + 1

    def _blank(self, place: int, line: int) -> tuple[Record, int, int]:
        """Take empty lines below one another as one: a file can have millions."""
        match = EMPTY.match(self.data, place)
        end = match.end() if match else place
        lines = self.data.count(b"\n", place, end) + self.data.count(b"\r", place, end)
        lines -= self.data.count(b"\r\n", place, end)
        return Record(line, [""]), end, line + lines

    def _plausible(self, cells: list[bytes], first: int, second: int, end: int) -> bool:
        """Doubt a record of several lines if it swallowed whole rows.

        It did if it is too wide or too narrow and one of its lines is a row by itself, or
        if each of its lines is one.
        """
        if self.width == 0:
            return True
        rest = END.split(self.data[second:end])
        if self.width != len(cells):
            return all(len(line.split(self.mark)) != self.width for line in rest)
        if self.width < TELLING_WIDTH:
            return True
        lines = [self.data[first:second].rstrip(b"\r\n"), *rest]
        return any(len(self._lenient(line, self.closed)) != self.width for line in lines)

    def _strict(self, place: int) -> tuple[list[bytes] | None, int]:
        """Read one record by the letter of RFC 4180; None where that fails."""
        cells, reach = [], min(len(self.data), place + REACH)
        while True:
            match = self.opens.match(self.data, place)
            if match is not None:
                match = self.quoted.match(self.data, place, reach)
                if match is not None and match.end() == reach < len(self.data):
                    match = None
                if match is None and self.data.startswith(self.quote, place):
                    return None, place
            if match is not None:
                cells.append(match[1].replace(self.quote * 2, self.quote))
            else:
                match = self.plain.match(self.data, place)
                assert match is not None  # noqa: S101  # the pattern matches anywhere
                cells.append(match[0])
            place = match.end()
            if not self.data.startswith(self.mark, place):
                return cells, place
            place += len(self.mark)

    def _damaged(self, text: bytes, line: int) -> Record:
        """Read a line with a stray quote in the way that gives the usual width."""
        plain = text.split(self.mark)
        for cells in (
            self._lenient(text, self.closed),
            self._lenient(text, self.quoted),
            plain,
        ):
            if len(cells) == self.width:
                kept = tr("a stray quote was kept as text")
                return Record(line, _texts(cells), _text(text), kept, mended=True)
        return Record(line, _texts(plain), _text(text), tr("an unbalanced quote"))

    def _lenient(self, text: bytes, quoted: re.Pattern[bytes]) -> list[bytes]:
        """Split a line; a quote that closes nothing is part of its cell."""
        cells, place, closes = [], 0, True
        while True:
            match = quoted.match(text, place) if closes else None
            if match is not None:
                cells.append(match[1].replace(self.quote * 2, self.quote))
            else:
                # What no quote closes here, none closes further on: do not look again.
                opened = self.opens.match(text, place) is not None
                closes = quoted is self.quoted or (closes and not opened)
                match = self.plain.match(text, place)
                assert match is not None  # noqa: S101  # the pattern matches anywhere
                cells.append(match[0])
            place = match.end()
            if not text.startswith(self.mark, place):
                return cells
            place += len(self.mark)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def _texts(cells: list[bytes]) -> list[str]:
    return [cell.decode("utf-8", "surrogatepass") for cell in cells]
