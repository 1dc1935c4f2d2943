"""Several tables in one text: where a blank line ends one, and a header begins the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custclean.tables.delimited.records import Record
from custclean.tables.header import BLANK, is_blank, is_data
from custclean.tables.shape import Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custclean.tables.raw import Asked
    from custclean.tables.shape import Piece

__all__ = ["sections"]

TITLES = 3  # lines that may stand between the blank line and the header
LOOKED_AT = 5  # rows below a header that must be as wide as it


def sections(pieces: Sequence[Piece], asked: Asked) -> list[list[Piece]]:
    """Cut a text into tables, each with what stands above its header.

    A table begins after a blank line if a row of words there is as wide as those below it,
    and wider or narrower than the table above; or if its headings are known. Where the
    caller says on which line the header is, it is one table.
    """
    if asked.header_row is not None:
        return [list(pieces)]
    cuts = [0]
    for place in _after_blank(pieces):
        if _begins_table(pieces, cuts[-1], place, asked):
            cuts.append(place)
    ends = [*cuts[1:], len(pieces)]
    return [list(pieces[start:end]) for start, end in zip(cuts, ends, strict=True)]


def _after_blank(pieces: Sequence[Piece]) -> list[int]:
    """Give the places of filled records right below blank ones."""
    blank = [isinstance(piece, Record) and is_blank(piece.cells) for piece in pieces]
    return [
        n
        for n in range(1, len(pieces))
        if blank[n - 1] and not blank[n] and isinstance(pieces[n], Record)
    ]


def _begins_table(pieces: Sequence[Piece], start: int, place: int, asked: Asked) -> bool:
    header = _header(pieces, place)
    if header is None:
        return False
    cells, above = _cells(pieces[header]), pieces[start:place]
    rows = [piece for piece in pieces[header + 1 :][:LOOKED_AT] if not _is_blank(piece)]
    widths = _widths_of_table(above)
    if not rows or not widths or _width(rows[0]) != len(cells):
        return False  # what stands above may be a title only
    if asked.looks_like(cells) > 1:
        known = [_cells(piece) for piece in above if asked.looks_like(_cells(piece)) > 1]
        return bool(known) and cells != known[0]  # the same again is a page's repeated header
    return len(cells) not in widths and all(_width(row) == len(cells) for row in rows)


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


def _widths_of_table(pieces: Sequence[Piece]) -> set[int]:
    """Give the widths that at least two records of a table have."""
    widths = [_width(piece) for piece in pieces if not _is_blank(piece)]
    blocks = {piece.frame.width for piece in pieces if isinstance(piece, Rows)}
    return blocks | {width for width in widths if width > 1 and widths.count(width) > 1}


def _cells(piece: Piece) -> list[str]:
    return piece.cells if isinstance(piece, Record) else []


def _width(piece: Piece) -> int:
    return piece.frame.width if isinstance(piece, Rows) else len(piece.cells)


def _is_blank(piece: Piece) -> bool:
    return isinstance(piece, Record) and is_blank(piece.cells)
