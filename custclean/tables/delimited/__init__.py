"""Delimited text: clean stretches by the fastest reader, the rest record by record.

Encoding and dialect are found out; `scan` tells how far the text is clean; what is not goes
to `records.Walk`, which costs at most the rows that are at fault. So one fault in the middle
of a large file does not slow down the rest, and a clean file has no careful part at all.
"""

from __future__ import annotations

import csv
import io
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
import polars as pl

from custclean.errors import InputError
from custclean.tables.delimited import account
from custclean.tables.delimited.dialect import (
    NONE,
    find_dialect,
    with_doubled,
    without_line_quotes,
)
from custclean.tables.delimited.records import Walk
from custclean.tables.delimited.scan import Scanner
from custclean.tables.encodings import misread
from custclean.tables.encodings.decoding import to_utf8
from custclean.tables.encodings.lines import line_end_of
from custclean.tables.header import SEARCHED, is_blank
from custclean.tables.limits import check_parts
from custclean.tables.opening import file_bytes
from custclean.tables.raw import Note
from custclean.tables.record import Record
from custclean.tables.sections import sections
from custclean.tables.shape import Rows, shape_of
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from custclean.tables.delimited.dialect import Found
    from custclean.tables.encodings.decoding import Utf8
    from custclean.tables.raw import Asked, Part
    from custclean.tables.shape import Piece

__all__ = ["NAME", "is_it", "parts"]

NAME = "text"
SMALL, LARGE = 1 << 15, 1 << 19  # bytes of a window; less clean ground is not worth a scan
BATCH = 1 << 23  # bytes that the fast reader is given at once
WORTH = 1 << 12  # bytes of a clean stretch that the fast reader is started for
PATIENCE = 4_096  # records walked at once where fault follows fault
AT_THE_END = 20  # rows among which footers are looked for
AT_ONCE = 1 << 23  # bytes of a text whose account is drawn up without being asked for


def is_it(data: bytes) -> bool:  # noqa: ARG001  # the signature of every format
    """Say yes: what no other format claims is read as text, or refused as none."""
    return True


def parts(path: Path, data: bytes, asked: Asked) -> list[Part]:
    """Give the tables of a delimited text; all but rare files have one."""
    text = _Text.of(path, data, asked)
    tables = sections(text.pieces(asked.header_row or 0), asked)
    check_parts(path, len(tables))
    try:
        shapes = [
            shape_of(each, asked.looks_like, text.dialect.delimiter, asked.header_row)
            for each in tables
        ]
    except InputError as error:
        raise InputError(error.message, file=path, line=error.line) from None
    if text.found.said_until:
        said = text.data[: text.found.said_until].decode()
        shapes[0].notes.insert(0, Note(1, said.rstrip("\r\n")))
    frames = [shape.frame().frame for shape in shapes]
    beside = [each for shape in shapes for each in shape.texts()]
    careful = text.walked > 0 or any(shape.repairs or shape.rejected for shape in shapes)

    def lost(source: bytes) -> Mapping[str, int]:
        return account.lost(source, beside, frames)

    now = _seen(path)
    if careful or len(data) <= AT_ONCE or now is None or now[0] != len(data):
        result = lost(text.utf8.data)
        drawn_up: Callable[[], Mapping[str, int]] = partial(dict, result)
    else:  # the bytes are not kept: a person who asks waits for them to be read again
        drawn_up = partial(_drawn_up_later, path, now, asked, lost)
    facts = text.facts() | {"careful": careful, "account": drawn_up}
    several = len(shapes) > 1
    return [
        shape.part(
            str(n) if several else "",
            flags=text.utf8.flags,
            evidence=text.evidence(),
            facts=facts | {"misread": misread.count(frame) if text.misread else {}},
        )
        for n, (shape, frame) in enumerate(zip(shapes, frames, strict=True), 1)
    ]


def _seen(path: Path) -> tuple[int, int] | None:
    """Give size and time of a file, by which a change shows; None where it is gone."""
    try:
        now = path.stat()
    except OSError:
        return None
    return now.st_size, now.st_mtime_ns


def _drawn_up_later(
    path: Path,
    then: tuple[int, int],
    asked: Asked,
    lost: Callable[[bytes], Mapping[str, int]],
) -> Mapping[str, int]:
    data = file_bytes(path)
    if _seen(path) != then:
        raise InputError(tr("the file has changed since it was read"), file=path)
    return lost(to_utf8(path, data, asked.encoding).data)


class _Clean(NamedTuple):
    """A clean stretch of the text, the lines on which its records start, and the next."""

    place: int
    end: int
    starts: NDArray[np.uint32]
    line: int


class _Text:
    """A text whose dialect is known, on its way to pieces of a table."""

    def __init__(self, utf8: Utf8, data: bytes, found: Found) -> None:
        self.utf8, self.data, self.found = utf8, data, found
        self.dialect = found.dialect
        self.line_end = line_end_of(data)
        self.misread = misread.misread(data)
        self.walked = 0  # records that the scan had doubts about
        self.fast = 0  # rows that it had none about

    @classmethod
    def of(cls, path: Path, data: bytes, asked: Asked) -> _Text:
        """Find out encoding and dialect; what cannot be a mark is an error."""
        utf8 = to_utf8(path, data, asked.encoding)
        _check_marks(path, asked)
        whole = without_line_quotes(utf8.data, asked)
        if whole is not None:
            why = tr("each line was quoted as a whole: the quotes around it were taken off")
            utf8 = replace(utf8, data=whole, evidence=(*utf8.evidence, why))
        found = find_dialect(utf8.data, asked)
        return cls(utf8, with_doubled(utf8.data, found.dialect.quote, found.escape), found)

    def facts(self) -> dict[str, Any]:
        """Give what the report says about the text."""
        return {
            "encoding": self.utf8.encoding,
            "uncertain": self.utf8.uncertain,
            "bom": self.utf8.bom,
            "line_end": self.line_end,
            "delimiter": "" if self.dialect.delimiter == NONE else self.dialect.delimiter,
            "quote": self.dialect.quote,
            "escape": self.found.escape,
        }

    def evidence(self) -> tuple[str, ...]:
        """Say in sentences what was chosen, and why."""
        counts = (
            [
                trn(
                    "{n:,} row was clean and read at once",
                    "{n:,} rows were clean and read at once",
                    self.fast,
                )
            ]
            if self.fast
            else []
        )
        if self.walked:
            counts.append(
                trn(
                    "{n:,} record was looked at by itself",
                    "{n:,} records were looked at one by one",
                    self.walked,
                )
            )
        return (*self.utf8.evidence, *self.found.evidence, *counts)

    def pieces(self, header_row: int) -> list[Piece]:
        """Give records and blocks of clean rows in the order of the file.

        Among the records at the start is the header.
        """
        walk = Walk(self.data, self.dialect, self.found.width)
        pieces: list[Piece] = []
        place, line = self.found.said_until, 1 + bool(self.found.said_until)
        while place < len(self.data) and (len(pieces) < SEARCHED or line <= header_row):
            record, place, line = walk.record(place, line)
            pieces.append(record)
        later: list[Record | _Clean] = []
        read: list[Future[list[list[Piece]]]] = []
        with ThreadPoolExecutor(1) as reader:  # polars reads while the next stretch is scanned
            batch: list[_Clean] = []
            size = 0
            for each in self._rest(walk, place, line):
                later.append(each)
                if isinstance(each, _Clean):
                    self.fast += len(each.starts)
                    batch.append(each)
                    size += each.end - each.place
                    if size >= BATCH:
                        read.append(reader.submit(self._read, batch))
                        batch, size = [], 0
            read.append(reader.submit(self._read, batch))
        found = iter([rows for future in read for rows in future.result()])
        for each in later:
            pieces += next(found) if isinstance(each, _Clean) else [each]
        return list(_with_open_ends(pieces))

    def _rest(self, walk: Walk, place: int, line: int) -> Iterator[Record | _Clean]:
        """Go from clean stretch to clean stretch; between them walk.

        Where fault follows fault the walk gets longer, and the window smaller.
        """
        scanner = Scanner(self.data, self.dialect, self.found.width, self.line_end)
        window, steps = LARGE, 1
        while place < len(self.data):
            begin = place
            for clean in self._clean(scanner, place, line, window):
                yield clean
                place, line = clean.end, clean.line
            steps = 1 if place - begin >= SMALL else min(PATIENCE, 2 * steps)
            window = max(SMALL, min(LARGE, 2 * (place - begin)))
            for _ in range(steps):
                if place >= len(self.data):
                    break
                record, place, line = walk.record(place, line)
                self.walked += any(record.cells)
                yield record

    def _clean(self, scanner: Scanner, place: int, line: int, window: int) -> Iterator[_Clean]:
        """Give what is clean up to the next fault, in batches for the fast reader."""
        begin, starts, fault = place, [], not scanner.possible
        while place < len(self.data) and not fault:
            stretch = scanner.stretch(place, window)
            starts.append(stretch.starts + np.uint32(line))
            # beyond the largest window only for a record that is longer
            window = min(LARGE, 2 * window) if stretch.end > place else 2 * window
            place, line, fault = stretch.end, line + stretch.lines, stretch.fault
            if place - begin >= BATCH:
                yield _Clean(begin, place, np.concatenate(starts), line)
                begin, starts = place, []
        if place > begin:
            yield _Clean(begin, place, np.concatenate(starts), line)

    def _read(self, batch: Sequence[_Clean]) -> list[list[Piece]]:
        """Read clean stretches together: by polars, little by Python's own reader."""
        texts = [self.data[clean.place : clean.end] for clean in batch]
        together = texts[0] if len(texts) == 1 else b"".join(texts)
        height = sum(len(clean.starts) for clean in batch)
        frame = self._frame(together, height) if len(together) >= WORTH else None
        if frame is None:
            return [self._by_hand(text, clean) for text, clean in zip(texts, batch)]
        lines = pl.Series("line", np.concatenate([clean.starts for clean in batch]))
        found: list[list[Piece]] = []
        place = 0
        for clean in batch:
            rows = len(clean.starts)
            found.append([Rows(frame.slice(place, rows), lines.slice(place, rows))])
            place += rows
        return found

    def _by_hand(self, data: bytes, clean: _Clean) -> list[Piece]:
        text = io.StringIO(data.decode("utf-8", "surrogatepass"), newline="")
        mark, quote = self.dialect.delimiter, self.dialect.quote
        quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE
        with _long_fields():
            rows = csv.reader(text, delimiter=mark, quotechar=quote or None, quoting=quoting,
                              strict=True)  # fmt: skip
            starts = clean.starts.tolist()
            return [Record(at, cells) for at, cells in zip(starts, rows, strict=True)]

    def _frame(self, data: bytes, height: int) -> pl.DataFrame | None:
        quote = self.dialect.quote
        frame = pl.read_csv(
            data,
            has_header=False,
            infer_schema=False,
            separator=self.dialect.delimiter,
            quote_char=quote if quote and quote.encode() in data else None,
            eol_char="\r" if self.line_end == "\r" else "\n",
        )
        if frame.shape != (height, self.found.width):
            return None
        if quote and 2 * quote.encode() in data:  # a quoted empty cell is empty, too
            frame = frame.with_columns(pl.all().replace("", None))
        return frame


def _with_open_ends(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Take the last rows out of a block that ends a table: a total may be among them."""
    for piece, below in zip_longest(pieces, pieces[1:]):
        ends = below is None or (isinstance(below, Record) and is_blank(below.cells))
        if not ends or not isinstance(piece, Rows):
            yield piece
            continue
        cut = max(0, len(piece.frame) - AT_THE_END)
        if cut:
            yield Rows(piece.frame[:cut], piece.lines[:cut])
        for line, row in zip(piece.lines[cut:], piece.frame[cut:].iter_rows(), strict=True):
            yield Record(line, [cell or "" for cell in row])


def _check_marks(path: Path, asked: Asked) -> None:
    """Refuse what cannot be a mark; `quote=""` says that no cell is quoted."""
    wrong = [
        mark
        for mark in (asked.delimiter, asked.quote or None, asked.escape)
        if mark is not None and (len(mark) != 1 or mark in "\r\n" or mark.isalnum())
    ]
    if asked.delimiter is not None and asked.delimiter == (asked.quote or '"'):
        wrong.append(asked.delimiter)
    if wrong:
        msg = tr("this cannot be a delimiter")
        wanted = tr("one character, such as , ; | or a tab")
        raise InputError(msg, file=path, value=wrong[0], expected=wanted)


@contextmanager
def _long_fields() -> Iterator[None]:
    """Let Python's reader take cells of any length: the scan has bounded them."""
    before = csv.field_size_limit(sys.maxsize)
    try:
        yield
    finally:
        csv.field_size_limit(before)
