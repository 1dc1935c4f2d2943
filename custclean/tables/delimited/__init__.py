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
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from custclean.errors import InputError
from custclean.tables.delimited import account
from custclean.tables.delimited.dialect import (
    NONE,
    find_dialect,
    line_end_of,
    with_doubled,
)
from custclean.tables.delimited.records import Record, Walk
from custclean.tables.delimited.scan import Scanner
from custclean.tables.delimited.sections import sections
from custclean.tables.encodings import misread
from custclean.tables.encodings.decoding import to_utf8
from custclean.tables.header import SEARCHED
from custclean.tables.limits import check_parts
from custclean.tables.opening import file_bytes
from custclean.tables.raw import Note
from custclean.tables.shape import Rows, shape_of
from custclean.words import tr, trn

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from custclean.tables.delimited.dialect import Found
    from custclean.tables.delimited.scan import Stretch
    from custclean.tables.encodings.decoding import Utf8
    from custclean.tables.raw import Asked, Part
    from custclean.tables.shape import Piece

__all__ = ["NAME", "is_it", "parts"]

NAME = "text"
SMALL, LARGE = 1 << 15, 1 << 24  # bytes of a window
WORTH = 1 << 12  # bytes of a clean stretch that the fast reader is started for
FEW = 64  # records: a shorter stretch is hardly worth the scan that found it
PATIENCE = 4_096  # records walked at once where fault follows fault
AT_THE_END = 20  # rows among which footers are looked for
AT_ONCE = 1 << 23  # bytes of a text whose account is drawn up without being asked for


def is_it(data: bytes) -> bool:  # noqa: ARG001  # the signature of every format
    """Say yes: what no other format claims is read as text, or refused as none."""
    return True


def parts(path: Path, data: bytes, asked: Asked) -> list[Part]:
    """Give the tables of a delimited text; all but rare files have one."""
    text = _Text.of(path, data, asked)
    tables = sections(text.pieces(), asked)
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

    if careful or len(data) <= AT_ONCE or path.stat().st_size != len(data):
        result = lost(text.utf8.data)
        drawn_up: Callable[[], Mapping[str, int]] = partial(dict, result)
    else:  # the bytes are not kept: a person who asks waits for them to be read again
        drawn_up = partial(_drawn_up_later, path, path.stat(), asked, lost)
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


def _drawn_up_later(
    path: Path,
    then: os.stat_result,
    asked: Asked,
    lost: Callable[[bytes], Mapping[str, int]],
) -> Mapping[str, int]:
    data = file_bytes(path)
    now = path.stat()
    if (now.st_size, now.st_mtime_ns) != (then.st_size, then.st_mtime_ns):
        raise InputError(tr("the file has changed since it was read"), file=path)
    return lost(to_utf8(path, data, asked.encoding).data)


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
                    "{n} row was clean and read at once",
                    "{n} rows were clean and read at once",
                    self.fast,
                )
            ]
            if self.fast
            else []
        )
        if self.walked:
            counts.append(
                trn(
                    "{n} record was looked at by itself",
                    "{n} records were looked at one by one",
                    self.walked,
                )
            )
        return (*self.utf8.evidence, *self.found.evidence, *counts)

    def pieces(self) -> list[Piece]:
        """Give records and blocks of clean rows in the order of the file."""
        walk = Walk(self.data, self.dialect, self.found.width)
        pieces: list[Piece] = []
        place, line = self.found.said_until, 1 + bool(self.found.said_until)
        while place < len(self.data) and len(pieces) < SEARCHED:
            record, place, line = walk.record(place, line)
            pieces.append(record)
        with ThreadPoolExecutor(1) as reader:  # polars reads while the next stretch is scanned
            later = list(self._rest(walk, place, line, reader))
        for piece in later:
            pieces += piece.result() if isinstance(piece, Future) else [piece]
        return self._with_open_end(pieces)

    def _rest(
        self, walk: Walk, place: int, line: int, reader: ThreadPoolExecutor
    ) -> Iterator[Record | Future[list[Piece]]]:
        """Go from clean stretch to clean stretch; between them walk.

        Windows grow on clean ground; where fault follows fault the walk gets longer.
        """
        scanner = Scanner(self.data, self.dialect, self.found.width, self.line_end)
        window, steps = LARGE, 1
        while place < len(self.data):
            if not scanner.possible:
                steps = PATIENCE
            else:
                stretch = scanner.stretch(place, window)
                length = stretch.end - place
                worth = length >= WORTH
                if length:
                    yield reader.submit(self._block, place, stretch, line, fast=worth)
                    self.fast += len(stretch.starts)
                place, line = stretch.end, line + stretch.lines
                if not stretch.fault:
                    window, steps = min(LARGE, 2 * window), 1
                    continue
                steps = 1 if len(stretch.starts) >= FEW else min(PATIENCE, 2 * steps)
                window = max(SMALL, min(LARGE, 2 * length))
            for _ in range(steps):
                if place >= len(self.data):
                    break
                record, place, line = walk.record(place, line)
                self.walked += any(record.cells)
                yield record

    def _block(self, place: int, stretch: Stretch, line: int, *, fast: bool) -> list[Piece]:
        """Read a clean stretch: a large one by polars, a small one by Python's own reader."""
        data = self.data[place : stretch.end]
        starts = pl.Series("line", stretch.starts, dtype=pl.UInt32) + line
        if fast and (frame := self._frame(data, len(starts))) is not None:
            return [Rows(frame, starts)]
        text = io.StringIO(data.decode("utf-8", "surrogatepass"), newline="")
        mark, quote = self.dialect.delimiter, self.dialect.quote
        quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE
        with _long_fields():
            rows = csv.reader(text, delimiter=mark, quotechar=quote or None, quoting=quoting,
                              strict=True)  # fmt: skip
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

    def _with_open_end(self, pieces: list[Piece]) -> list[Piece]:
        """Take the last rows out of their block: time stamps and totals are among them."""
        last = pieces[-1] if pieces else None
        if not isinstance(last, Rows):
            return pieces
        cut = max(0, len(last.frame) - AT_THE_END)
        end = zip(last.lines[cut:], last.frame[cut:].iter_rows(), strict=True)
        records = [Record(line, [cell or "" for cell in row]) for line, row in end]
        rest = Rows(last.frame[:cut], last.lines[:cut])
        return [*pieces[:-1], *([rest] if cut else []), *records]


def _check_marks(path: Path, asked: Asked) -> None:
    """Refuse what cannot be a mark; `quote=""` says that no cell is quoted."""
    for mark in (asked.delimiter, asked.quote or None, asked.escape):
        if mark is not None and (len(mark) != 1 or mark in "\r\n"):
            raise InputError(tr("this cannot be a delimiter"), file=path, value=mark)
    if asked.delimiter is not None and asked.delimiter == (asked.quote or '"'):
        msg = tr("this cannot be a delimiter")
        raise InputError(msg, file=path, value=asked.delimiter)


@contextmanager
def _long_fields() -> Iterator[None]:
    """Let Python's reader take cells of any length: the scan has bounded them."""
    before = csv.field_size_limit(sys.maxsize)
    try:
        yield
    finally:
        csv.field_size_limit(before)
