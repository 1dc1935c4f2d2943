"""From an XLSX workbook to records of text; bombs are refused before they are unpacked."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import python_calamine as calamine

from custclean.errors import InputError
from custclean.tables.archive import check_archive
from custclean.tables.numberformats import zero_padded
from custclean.tables.raw import Asked, Part, part_of
from custclean.tables.records import Record
from custclean.tables.shape import shape_of
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

__all__ = ["Book", "cell_text", "read_workbook"]

WHOLE = re.compile(r"[0-9]+")
LOOKED_AT = 60  # rows of a sheet among which headings are looked for


@dataclass(frozen=True, slots=True)
class Book:
    """The records of one sheet of a workbook."""

    sheet: str
    records: list[Record]
    others: tuple[str, ...] = ()  # the other sheets that hold anything


def cell_text(value: object) -> str:
    """Write a cell as the person saw it: `7` for 7.0, a date by its ISO form.

    >>> cell_text(7.0), cell_text(0.1), cell_text(True), cell_text("007")
    ('7', '0.1', 'TRUE', '007')
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    return str(value)


def read_workbook(
    path: Path,
    data: bytes,
    sheet: str | int | None,
    looks_like: Callable[[Sequence[str]], float],
) -> Book:
    """Read the sheet that was asked for, else the one that looks most like a known table."""
    check_archive(path, data)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [sheet] if isinstance(sheet, str) else list(book.sheet_names)
        if isinstance(sheet, int):
            names = names[sheet - 1 : sheet] if sheet > 0 else []
        padded = zero_padded(data)
        tables = [Book(name, _records(book, name, padded.get(name, {}))) for name in names]
    except calamine.WorksheetNotFound:
        raise InputError(tr("no such sheet"), file=path, value=sheet) from None
    except (calamine.CalamineError, OSError, ValueError) as error:
        why = str(error)
        raise InputError(
            tr("the workbook cannot be read: {why}", why=why), file=path
        ) from None
    if not tables:
        raise InputError(tr("no such sheet"), file=path, value=sheet)
    filled = [table for table in tables if table.records]
    if not filled:
        raise InputError(tr("the workbook is empty"), file=path)
    best = max(filled, key=lambda table: _best(table, looks_like))  # of equals the first
    others = tuple(table.sheet for table in filled if table.sheet != best.sheet)
    return Book(best.sheet, best.records, others)


def _best(table: Book, looks_like: Callable[[Sequence[str]], float]) -> float:
    return max(looks_like(record.cells) for record in table.records[:LOOKED_AT])


def _records(
    book: calamine.CalamineWorkbook, name: str, padded: Mapping[tuple[int, int], int]
) -> list[Record]:
    """Give the filled rows of a sheet with the number each has in it."""
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    records = [
        Record(number, [cell_text(cell) for cell in row]) for number, row in enumerate(rows, 1)
    ]
    for (row, column), width in padded.items():
        if row <= len(records) and column <= len(records[row - 1].cells):
            cells = records[row - 1].cells
            if WHOLE.fullmatch(cells[column - 1]):
                cells[column - 1] = cells[column - 1].zfill(width)
    filled = [record for record in records if any(record.cells)]
    width = max((_used(record.cells) for record in filled), default=0)
    return [Record(record.line, record.cells[:width]) for record in filled]


def _used(cells: list[str]) -> int:
    """Count the cells up to the last that is filled: format alone widens a sheet."""
    return max(place for place, cell in enumerate(cells, 1) if cell)


NAME = "xlsx"


def is_it(data: bytes) -> bool:
    """Say whether these are the bytes of a workbook."""
    return data.startswith(b"PK\x03\x04")


def parts(path: Path, data: bytes, asked: Asked) -> list[Part]:
    """Give the sheets (being rewritten)."""
    book = read_workbook(path, data, asked.part, asked.looks_like)
    shape = shape_of(book.records, asked.looks_like, "\t", asked.header_row)
    part = part_of(
        book.sheet,
        shape.header,
        shape.rows,
        shape.lines,
        header_row=shape.header_row,
        notes=tuple(shape.notes),
        repairs=tuple(shape.repairs),
        rejected=tuple(shape.rejected),
    )
    empty = [part_of(name, ["x"], [], []) for name in book.others]
    return [part, *empty]
