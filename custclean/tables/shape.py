"""From records to a table: which is the header, what is furniture, what is ragged."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise, takewhile, zip_longest
from typing import TYPE_CHECKING, Any

import polars as pl

from custclean.errors import InputError
from custclean.tables.furniture import DRAWN, is_footer, is_remark, is_ruler
from custclean.tables.header import (
    BLANK,
    combined,
    find_header,
    is_blank,
    upper_row,
)
from custclean.tables.limits import MAX_COLUMNS
from custclean.tables.raw import Note, Part, RejectedLine, Repair, column_names
from custclean.tables.record import Record, usual_width
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from custclean.tables.header import Score

__all__ = ["Piece", "Rows", "Shape", "shape_of"]

FEW = 20_000  # rows kept as lists before they become a frame


@dataclass(frozen=True, slots=True)
class Rows:
    """Clean rows one below the other, all as wide as the frame; empty cells are null."""

    frame: pl.DataFrame
    lines: pl.Series


Piece = Record | Rows


@dataclass(slots=True)
class Shape:
    """The parts of a table, while they are being told apart."""

    header: list[str]
    header_row: int
    join: str
    raw_header: list[str] = field(default_factory=list)  # the cells of all its rows
    header_rows: int = 0
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    blocks: list[Rows] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    rejected: list[RejectedLine] = field(default_factory=list)

    def note(self, record: Record) -> None:
        """Keep a record that is no row."""
        self.notes.append(Note(record.line, _text(record, self.join)))

    def flush(self) -> None:
        """Turn the rows that are lists into a block."""
        if self.rows:
            self.blocks.append(_block(self.rows, self.lines, len(self.header)))
            self.rows, self.lines = [], []

    def settle(self) -> None:
        """Put the blocks together; what is no row among the clean ones goes."""
        if self.blocks:
            self.flush()
            frame = pl.concat([block.frame for block in self.blocks])
            lines = pl.concat([block.lines for block in self.blocks])
            self.blocks = [_without_header(_without_empty(Rows(frame, lines), self), self)]
        self.notes.sort()

    def frame(self) -> Rows:
        """Give all rows, in their order, under the names of the header."""
        self.flush()
        (all_rows,) = self.blocks or [_block([], [], len(self.header))]
        names = dict(zip(all_rows.frame.columns, column_names(self.header)))
        return Rows(all_rows.frame.rename(names), all_rows.lines)

    def texts(self) -> Iterator[str]:
        """Give what stands beside the rows: header, notes, rejects."""
        yield from self.raw_header
        yield from (note.text for note in self.notes)
        yield from (line.text for line in self.rejected)

    def part(self, name: str = "", **facts: Any) -> Part:
        """Give the table as a part of a file."""
        rows = self.frame()
        return Part(
            name=name,
            header=tuple(self.header),
            frame=rows.frame,
            lines=rows.lines,
            header_row=self.header_row,
            notes=tuple(self.notes),
            repairs=tuple(self.repairs),
            rejected=tuple(self.rejected),
            **facts,
        )


def _block(rows: Sequence[Sequence[str]], lines: Sequence[int], width: int) -> Rows:
    columns = list(zip(*rows, strict=True)) or [()] * width
    frame = pl.DataFrame(
        [
            pl.Series(f"column_{place}", [cell or None for cell in column], dtype=pl.String)
            for place, column in enumerate(columns)
        ]
    )
    return Rows(frame, pl.Series("line", lines, dtype=pl.UInt32))


def shape_of(
    pieces: Sequence[Piece], score: Score, join: str, header_line: int | None = None
) -> Shape:
    """Tell header, rows, notes and rejects apart; `join` puts a row's text together.

    The first pieces, among which the header is, are records. `header_line` 0: no header.
    """
    drawn, filled = _without_rulers(
        [each for each in pieces if isinstance(each, Rows) or not is_blank(each.cells)]
    )
    if not filled:
        raise InputError(tr("the file is empty"))
    head = _head(filled)
    for each in head:
        _check_width(len(each.cells), each.line)
    place = _header_place(head, score, header_line)
    shape = _begun(head, place, join)
    body = filled[len(shape.notes) :] if place is None else filled[place + 1 :]
    _widen(shape, body)
    below_blank = {
        piece.line
        for above, piece in pairwise(pieces)
        if isinstance(above, Record) and isinstance(piece, Record) and is_blank(above.cells)
    }
    end = _footer(body, len(shape.header), below_blank)
    for piece, below in zip_longest(body[:end], body[1:end]):
        if isinstance(piece, Record) and _ends_page(piece.cells, below, shape):
            shape.note(piece)
        else:
            _take(piece, shape)
    for record in body[end:]:
        assert isinstance(record, Record)  # noqa: S101  # a footer is made of records
        shape.note(record)
    for record in drawn:
        shape.note(record)
    shape.settle()
    return shape


def _without_rulers(pieces: Sequence[Piece]) -> tuple[list[Record], list[Piece]]:
    """Tell the lines that were drawn around a header from what is written in it."""
    drawn: list[Record] = []
    filled: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Record) and is_ruler(piece.cells):
            drawn.append(piece)
        else:
            filled.append(piece)
    return drawn, filled


def _head(filled: Sequence[Piece]) -> list[Record]:
    """Give the records before the first block of rows."""
    head: list[Record] = []
    for piece in filled:
        if isinstance(piece, Rows):
            break
        head.append(piece)
    return head


def _header_place(head: list[Record], score: Score, line: int | None) -> int | None:
    if line is None:
        return find_header(head, score) if head else None
    if line == 0:
        return None
    places = [n for n, record in enumerate(head) if record.line == line]
    if not places:
        raise InputError(tr("no header stands on this line"), line=line)
    return places[0]


def _begun(head: list[Record], place: int | None, join: str) -> Shape:
    """Give the shape with its header, and the notes above it."""
    if place is None:
        width = usual_width(len(record.cells) for record in head)
        shape = Shape([""] * width, 0, join)
        for record in takewhile(partial(_is_title, width), head):
            shape.note(record)
        return shape
    upper, header = upper_row(head, place), head[place].cells
    shape = Shape(list(header), head[place].line, join, list(header), header_rows=1)
    if upper is not None:
        shape.header_rows = 2
        shape.header = combined(upper.cells, header)
        shape.raw_header += upper.cells
    for record in head[:place]:
        if record is not upper:
            shape.note(record)
    return shape


def _is_title(width: int, record: Record) -> bool:
    """Say whether a record has one cell where others have three or more."""
    return width > 2 and sum(not is_blank([cell]) for cell in record.cells) == 1


def _widen(shape: Shape, body: Sequence[Piece]) -> None:
    """Give a header that is shorter than most rows the columns that it lacks."""
    widths: Counter[int] = Counter()
    for piece in body:
        if isinstance(piece, Rows):
            widths[piece.frame.width] += len(piece.frame)
        else:
            widths[len(piece.cells)] += 1
    have = len(shape.header)
    usual = max(widths, key=lambda width: (widths[width], width), default=have)
    most = 2 * widths[usual] > widths.total()
    if usual <= have or not most or not any(_is_filled(p, have, usual) for p in body):
        return
    _check_width(usual, shape.header_row)
    shape.header += [""] * (usual - have)
    if shape.header_row:
        what = trn("{n} heading was missing", "{n} headings were missing", usual - have)
        shape.repairs.append(Repair(shape.header_row, what))


def _check_width(width: int, line: int) -> None:
    """Raise an error where a row is wider than any list."""
    if width > MAX_COLUMNS:
        msg = tr("the header has more than {n:,} columns", n=MAX_COLUMNS)
        raise InputError(msg, line=line or None)


def _is_filled(piece: Piece, start: int, end: int) -> bool:
    """Say whether there is anything in these columns."""
    if isinstance(piece, Record):
        return not is_blank(piece.cells[start:end])
    columns = piece.frame.get_columns()[start:end]
    return any(column.null_count() < len(column) for column in columns)


def _text(record: Record, join: str) -> str:
    return record.text if record.text is not None else join.join(record.cells).rstrip(join)


def _footer(body: Sequence[Piece], width: int, below_blank: set[int]) -> int:
    """Give the place where time stamp and totals below the last row begin.

    Of a table with three columns and more, so does a remark below a blank line.
    """
    end = place = len(body)
    while place and width > 1:
        piece = body[place - 1]
        if isinstance(piece, Rows):
            break
        footer = is_footer(piece.cells)
        if not footer and not (width > 2 and is_remark(piece.cells)):
            break
        place -= 1
        if (footer and end == place + 1) or piece.line in below_blank:
            end = place
    return end


def _ends_page(cells: Sequence[str], below: Piece | None, shape: Shape) -> bool:
    """Say whether a record is no row but the foot of a page: the header comes again."""
    if isinstance(below, Rows):
        below = Record(0, [cell or "" for cell in below.frame.row(0)])
    if below is None or not _is_header(below.cells, shape):
        return False
    return len(shape.header) > 1 and (len(cells) == 1 or is_footer(cells))


def _is_header(cells: Sequence[str], shape: Shape) -> bool:
    return shape.header_row > 0 and cells == shape.raw_header[: len(shape.header)]


def _take(piece: Piece, shape: Shape) -> None:
    if isinstance(piece, Rows):
        shape.flush()
        _take_block(piece, shape)
    elif _is_header(piece.cells, shape):
        shape.note(piece)  # exports put one below the other repeat the header
    else:
        _take_record(piece, shape)
        if len(shape.rows) >= FEW and shape.blocks:
            shape.flush()


def _take_record(record: Record, shape: Shape) -> None:
    """Put a record among the rows or the rejects; say what had to be mended."""
    cells, width = record.cells, len(shape.header)
    if len(cells) == width and not record.fault:
        shape.rows.append(cells)
        shape.lines.append(record.line)
        return
    why = ""
    if len(cells) != width and record.fault and not (record.mended and len(cells) > width):
        why = record.fault
    elif len(cells) > width and not is_blank(cells[width:]):
        why = _surplus(len(cells) - width)
    if why:
        text = _text(record, shape.join)
        shape.rejected.append(RejectedLine(record.line, text, why))
        return
    if len(cells) != width:
        shape.repairs.append(Repair(record.line, _missing(width - len(cells))))
    if record.fault:
        shape.repairs.append(Repair(record.line, record.fault))
    shape.rows.append(cells[:width] + [""] * (width - len(cells)))
    shape.lines.append(record.line)


def _surplus(n: int) -> str:
    return trn("{n} cell too many", "{n} cells too many", n)


def _missing(n: int) -> str:
    if n > 0:
        return trn("{n} cell was missing", "{n} cells were missing", n)
    return trn("{n} empty cell too many", "{n} empty cells too many", -n)


def _take_block(block: Rows, shape: Shape) -> None:
    """Put clean rows among the rows, as wide as the header; blank ones are nobody."""
    width, have = len(shape.header), block.frame.width
    if have != width:
        block = _without_surplus(_without_empty(block, shape), shape)
        if not len(block.frame):
            return
        what = Repair(block.lines[0], _missing(width - have), len(block.frame))
        shape.repairs.append(what)
        frame = block.frame.select(block.frame.columns[:width])
        empty = [pl.lit(None, pl.String).alias(f"column_{n}") for n in range(have, width)]
        block = Rows(frame.with_columns(empty), block.lines)
    shape.blocks.append(block)


def _only(block: Rows, keep: pl.Series) -> Rows:
    return Rows(block.frame.filter(keep), block.lines.filter(keep))


def _without_empty(block: Rows, shape: Shape) -> Rows:
    """Leave out rows of nothing but blanks, and note drawn lines; few rows begin like one."""
    first = block.frame.to_series(0)
    maybe = first.is_null() | first.str.contains(rf"^[{BLANK}{DRAWN}]*$")
    if not maybe.any():
        return block
    rows = block.frame.filter(maybe).select(empty=_all_of(BLANK + DRAWN))["empty"]
    places = maybe.arg_true().filter(rows)
    empty = block.frame[places]
    blank = empty.select(blank=_all_of(BLANK))["blank"]
    drawn = pl.Series([is_ruler([cell or "" for cell in row]) for row in
                       empty.filter(~blank).iter_rows()], dtype=pl.Boolean)  # fmt: skip
    rulers = places.filter(~blank).filter(drawn)
    for place in rulers:
        text = shape.join.join(cell or "" for cell in block.frame.row(place))
        shape.notes.append(Note(block.lines[place], text.rstrip(shape.join)))
    gone = pl.concat([places.filter(blank), rulers])
    if gone.is_empty():
        return block
    keep = pl.Series([True]).new_from_index(0, len(maybe)).scatter(gone, False)  # noqa: FBT003
    return _only(block, keep)


def _all_of(marks: str, columns: pl.Expr | None = None) -> pl.Expr:
    """Say of which rows all cells are made of these marks, or empty."""
    cells = pl.all() if columns is None else columns
    return pl.all_horizontal(cells.is_null() | cells.str.contains(f"^[{marks}]*$"))


def _without_surplus(block: Rows, shape: Shape) -> Rows:
    """Reject the rows that hold something beyond the last heading."""
    beyond = block.frame.columns[len(shape.header) :]
    if not beyond:
        return block
    fits = block.frame.select(fits=_all_of(BLANK, pl.col(beyond)))["fits"]
    more = _only(block, ~fits)
    for line, cells in zip(more.lines, more.frame.iter_rows(), strict=True):
        text = shape.join.join(cell or "" for cell in cells).rstrip(shape.join)
        shape.rejected.append(RejectedLine(line, text, _surplus(len(beyond))))
    return _only(block, fits)


def _without_header(block: Rows, shape: Shape) -> Rows:
    header = shape.raw_header[: len(shape.header)]
    if not shape.header_row or len(header) != block.frame.width:
        return block
    same = pl.all_horizontal(
        [
            pl.col(name).fill_null("") == cell
            for name, cell in zip(block.frame.columns, header, strict=True)
        ]
    )
    cell = next((n for n, heading in enumerate(header) if heading), 0)
    maybe = block.frame.to_series(cell) == header[cell]
    if not maybe.any():
        return block
    again = block.frame.select(again=same)["again"]
    for line in block.lines.filter(again):
        text = shape.join.join(header).rstrip(shape.join)
        shape.notes.append(Note(line, text))
    return _only(block, ~again)
