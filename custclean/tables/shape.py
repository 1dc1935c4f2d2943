"""From records to a table: which is the header, what is furniture, what is ragged."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from custclean.errors import InputError
from custclean.tables.raw import Note, RejectedLine, Repair
from custclean.tables.records import usual_width
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from custclean.tables.records import Record

__all__ = ["Shape", "find_header", "plain_heading_score", "shape_of"]

SEARCHED = 60  # records among which the header is looked for
BLANK = " \t\r\n\f\v\u00a0\ufeff\u200b\u2007\u202f"
NUMBERLIKE = re.compile(r"[\d\s.,:/+()%€$£-]*\d[\d\s.,:/+()%€$£-]*")
TIME_STAMP = re.compile(r"(?=.*\b(?:19|20)\d\d\b).*\b\d{1,2}[:.]\d\d\b.*", re.DOTALL)
TOTALS = frozenset(
    {"total", "totals", "grand total", "totale", "totali", "totais", "totales",
     "total général", "gesamt", "summe", "i alt", "ialt", "sum"}
)  # fmt: skip


@dataclass(slots=True)
class Shape:
    """The parts of a table, while they are being told apart."""

    header: list[str]
    header_row: int
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    rejected: list[RejectedLine] = field(default_factory=list)


def plain_heading_score(cells: Sequence[str]) -> int:
    """Count the distinct cells that could be headings: words, not numbers or addresses."""
    return len(
        {cell.strip().casefold() for cell in cells if cell.strip(BLANK) and not is_data(cell)}
    )


def is_data(cell: str) -> bool:
    """Say whether a cell is no heading: a number, a date, an e-mail address."""
    return "@" in cell or NUMBERLIKE.fullmatch(cell.strip()) is not None


def is_blank(cells: Sequence[str]) -> bool:
    """Say whether a record holds nothing but blanks."""
    return not "".join(cells).strip(BLANK)


def find_header(records: Sequence[Record], score: Callable[[Sequence[str]], float]) -> int:
    """Give the place of the header among the records: the best score, of equals the first.

    Where `score` knows no row at all, it is the first with words in two cells at least and
    nothing but words: titles stand in one cell, and what follows a header has data.
    """
    first = range(min(SEARCHED, len(records)))
    best = max(first, key=lambda place: score(records[place].cells))
    if score(records[best].cells) > 0:
        return best
    width = usual_width([len(record.cells) for record in records])
    words = {place: plain_heading_score(records[place].cells) for place in first}
    wide = [n for n in first if 2 * len(records[n].cells) >= width]
    fitting = [n for n in wide if words[n] >= min(2, width)]
    only_words = [n for n in fitting if not any(map(is_data, records[n].cells))]
    chosen = only_words or fitting
    return chosen[0] if chosen else max(first, key=lambda place: words[place])


def shape_of(
    records: list[Record],
    score: Callable[[Sequence[str]], float],
    join: str,
    header_line: int | None = None,
) -> Shape:
    """Tell header, rows, notes and rejects apart; `join` puts a row's text together."""
    records = [record for record in records if not is_blank(record.cells)]
    if not records:
        raise InputError(tr("the file is empty"))
    if header_line is None:
        place = find_header(records, score)
    else:
        places = [n for n, record in enumerate(records) if record.line == header_line]
        if not places:
            raise InputError(tr("no header stands on this line"), line=header_line)
        place = places[0]
    header = list(records[place].cells)
    shape = Shape(header, records[place].line)
    shape.notes += [Note(record.line, _text(record, join)) for record in records[:place]]
    body = records[place + 1 :]
    end = _footer(body, len(header))
    for record in body[:end]:
        if record.cells == header:  # exports put one below the other repeat it
            shape.notes.append(Note(record.line, _text(record, join)))
        else:
            _sort_in(record, shape, join)
    shape.notes += [Note(record.line, _text(record, join)) for record in body[end:]]
    return shape


def _text(record: Record, join: str) -> str:
    return record.text if record.text is not None else join.join(record.cells).rstrip(join)


def _footer(body: Sequence[Record], width: int) -> int:
    """Give the place where time stamp and totals below the last row begin."""
    end = len(body)
    while end and width > 1 and _is_footer(body[end - 1].cells):
        end -= 1
    return end


def _is_footer(cells: Sequence[str]) -> bool:
    filled = [cell.strip(BLANK) for cell in cells if cell.strip(BLANK)]
    if filled[0].rstrip(":").casefold() in TOTALS:
        return all(NUMBERLIKE.fullmatch(cell) for cell in filled[1:])
    return len(filled) == 1 and TIME_STAMP.fullmatch(filled[0]) is not None


def _sort_in(record: Record, shape: Shape, join: str) -> None:
    """Put a record among the rows or the rejects; say what had to be mended."""
    cells, width = record.cells, len(shape.header)
    if len(cells) == width and not record.fault:
        shape.rows.append(cells)
        shape.lines.append(record.line)
        return
    if len(cells) != width and record.fault:
        shape.rejected.append(RejectedLine(record.line, _text(record, join), record.fault))
        return
    if len(cells) > width and not is_blank(cells[width:]):
        why = trn("{n} cell too many", "{n} cells too many", len(cells) - width)
        shape.rejected.append(RejectedLine(record.line, _text(record, join), why))
        return
    missing = width - len(cells)
    if missing > 0:
        what = trn("{n} cell was missing", "{n} cells were missing", missing)
        shape.repairs.append(Repair(record.line, what))
    elif missing < 0:
        what = trn("{n} empty cell too many", "{n} empty cells too many", -missing)
        shape.repairs.append(Repair(record.line, what))
    if record.fault:
        shape.repairs.append(Repair(record.line, record.fault))
    shape.rows.append(cells[:width] + [""] * missing)
    shape.lines.append(record.line)
