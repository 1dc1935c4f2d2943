"""Several tables one below the other: a blank line ends one, a header begins the next."""

from __future__ import annotations

from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING

from custclean.tables.header import BLANK, is_blank, is_data, is_label
from custclean.tables.record import Record
from custclean.tables.shape import Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custclean.tables.raw import Asked
    from custclean.tables.shape import Piece

__all__ = ["sections"]

TITLES = 3  # lines that may stand between the blank line and the header
SEEN = 20  # rows above a blank line whose kinds of value are looked at
LOOKED_AT = 5  # rows below a header that must be as wide as it; fewer must hold data


def sections(pieces: Sequence[Piece], asked: Asked) -> list[list[Piece]]:
    """Cut a text or a sheet into tables, each with what stands above its header.

    A table begins after a blank line if a row of words there is as wide as those below it,
    and wider or narrower than the table above; or if its headings are known; or below a
    title of its own, where its words stand in columns that had numbers and addresses. Where
    the caller says on which line the header is, it is one table.
    """
    if asked.header_row is not None:
        return [list(pieces)]
    cuts, above, below_blank = [0], _Above(pieces, 0, asked), False
    for place, piece in enumerate(pieces):
        is_blank_line = _is_blank(piece)
        if below_blank and not is_blank_line and _begins_table(pieces, place, above):
            cuts.append(place)
            above = _Above(pieces, place, asked)
        if not is_blank_line:
            above.see(piece)
        below_blank = is_blank_line
    ends = [*cuts[1:], len(pieces)]
    return [list(pieces[start:end]) for start, end in zip(cuts, ends, strict=True)]


class _Above:
    """The table above a blank line, each piece of it looked at once."""

    def __init__(self, pieces: Sequence[Piece], start: int, asked: Asked) -> None:
        self.asked = asked
        self.widths: set[int] = set()  # that two of its records have, or a block
        self._once: set[int] = set()
        self._pieces, self._place = pieces, start  # up to which no headings are known

    def see(self, piece: Piece) -> None:
        """Take in the next filled piece; names with values are no table."""
        if is_label(_cells(piece)):
            return
        width = _width(piece)
        if isinstance(piece, Rows) or (width > 1 and width in self._once):
            self.widths.add(width)
        self._once.add(width)

    def is_known(self, cells: Sequence[str]) -> bool:
        """Say whether these are known headings."""
        return self.asked.looks_like(cells) > 1

    def headings(self, end: int) -> list[str]:
        """Give the first known headings of the table; none if it has none before `end`."""
        while self._place < end and not self.is_known(_cells(self._pieces[self._place])):
            self._place += 1
        return _cells(self._pieces[self._place]) if self._place < end else []


def _begins_table(pieces: Sequence[Piece], place: int, above: _Above) -> bool:
    header = _header(pieces, place)
    if header is None:
        return False
    cells, rows = _cells(pieces[header]), _rows_below(pieces, header)
    if not rows or not above.widths or _width(rows[0]) != len(cells):
        return False  # what stands above may be a title only
    if above.is_known(cells):
        known = above.headings(place)
        return bool(known) and cells != known  # the same again is a page's repeated header
    told = len(rows) == LOOKED_AT or any(is_data(cell) for row in rows for cell in _cells(row))
    if told and header > place and _change_kind(cells, pieces[:place]):
        return True
    even = all(_width(row) == len(cells) for row in rows)
    return told and even and len(cells) not in above.widths


def _change_kind(cells: Sequence[str], above: Sequence[Piece]) -> bool:
    """Say whether words stand where most rows above have data, in two columns at least."""
    rows = [row for row in map(_cells, above[-SEEN:]) if sum(map(bool, row)) > 1]
    kinds = 0
    for n, cell in enumerate(cells):
        column = [row[n] for row in rows if len(row) > n and row[n].strip(BLANK)]
        data = sum(map(is_data, column))
        kinds += bool(cell.strip(BLANK)) and data > 0 and 2 * data >= len(column)
    return kinds >= 2


def _rows_below(pieces: Sequence[Piece], header: int) -> list[Piece]:
    """Give the first rows below a header, up to the blank line that ends its table."""
    below = dropwhile(_is_blank, pieces[header + 1 : header + 1 + LOOKED_AT])
    return list(takewhile(lambda piece: not _is_blank(piece), below))


def _header(pieces: Sequence[Piece], place: int) -> int | None:
    """Give the place of a row of words at or just below this one, titles aside."""
    for n in range(place, min(len(pieces), place + TITLES + 1)):
        piece = pieces[n]
        if not isinstance(piece, Record):
            return None
        filled = [cell for cell in piece.cells if cell.strip(BLANK)]
        if len(filled) >= 2:
            words = not any(map(is_data, filled)) and not piece.fault
            distinct = len({cell.strip().casefold() for cell in filled}) == len(filled)
            return n if words and distinct else None
    return None


def _cells(piece: Piece) -> list[str]:
    return piece.cells if isinstance(piece, Record) else []


def _width(piece: Piece) -> int:
    return piece.frame.width if isinstance(piece, Rows) else len(piece.cells)


def _is_blank(piece: Piece) -> bool:
    return isinstance(piece, Record) and is_blank(piece.cells)
