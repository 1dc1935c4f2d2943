"""The low-level door: any table file to a `RawTable`, nothing lost, nothing silent."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from custclean.errors import InputError
from custclean.tables.decoding import Decoded, decode
from custclean.tables.dialect import find_delimiter
from custclean.tables.opening import file_bytes, is_workbook, refuse_other_formats
from custclean.tables.raw import RawTable, column_names
from custclean.tables.records import Record, parse
from custclean.tables.shape import Shape, shape_of
from custclean.tables.workbook import read_workbook
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["read_table"]

MAX_COLUMNS = 16_384  # as many as Excel has: whatever has more is no list of anything


def _unknown(cells: Sequence[str]) -> float:  # noqa: ARG001  # the signature of a score
    """Know no heading: the header is then found by its shape."""
    return 0.0


def read_table(
    path: Path | str,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    header_row: int | None = None,
    sheet: str | int | None = None,
    looks_like: Callable[[Sequence[str]], float] = _unknown,
) -> RawTable:
    """Read a CSV or XLSX file as text; what is not given is found out.

    `header_row` is the line of the header, counted from 1; `sheet` a name, or a place
    counted from 1; `looks_like` says how much a row looks like headings (0: not at all).
    """
    path = Path(path)
    data = file_bytes(path)
    if is_workbook(data):
        book = read_workbook(path, data, sheet, looks_like)
        text = "\n".join("\n".join(record.cells) for record in book.records)
        shape = _shape(path, book.records, looks_like, "\t", header_row)
        table = _table(path, data, Decoded(text, "utf-8", ""), shape)
        return replace(table, delimiter="", sheet=book.sheet, other_sheets=book.others)
    refuse_other_formats(path, data)
    decoded = decode(path, data, encoding)
    mark = find_delimiter(decoded.text, looks_like) if delimiter is None else delimiter
    if len(mark) != 1 or mark in '"\r\n':
        raise InputError(tr("this cannot be a delimiter"), file=path, value=mark)
    shape = _shape(path, parse(decoded.text, mark), looks_like, mark, header_row)
    return replace(_table(path, data, decoded, shape), delimiter=mark)


def _shape(
    path: Path,
    records: list[Record],
    looks_like: Callable[[Sequence[str]], float],
    join: str,
    header_row: int | None,
) -> Shape:
    """Tell the parts of the table apart, or say which file it is that cannot be."""
    try:
        shape = shape_of(records, looks_like, join, header_row)
    except InputError as error:
        raise InputError(error.message, file=path, line=error.line) from None
    if len(shape.header) > MAX_COLUMNS:
        msg = tr("the header has more than {n} columns", n=MAX_COLUMNS)
        raise InputError(msg, file=path, line=shape.header_row)
    return shape


def _table(path: Path, data: bytes, decoded: Decoded, shape: Shape) -> RawTable:
    return RawTable(
        path=path,
        header=tuple(shape.header),
        frame=_frame(shape),
        lines=tuple(shape.lines),
        notes=tuple(shape.notes),
        repairs=tuple(shape.repairs),
        rejected=tuple(shape.rejected),
        encoding=decoded.encoding,
        uncertain=decoded.uncertain,
        bom=decoded.bom,
        line_end=decoded.line_end,
        header_row=shape.header_row,
        sha256=hashlib.sha256(data).hexdigest(),
        text=decoded.text,
    )


def _frame(shape: Shape) -> pl.DataFrame:
    """Put the rows into columns of text; an empty cell becomes null."""
    names = column_names(shape.header)
    columns = list(zip(*shape.rows, strict=True)) or [()] * len(names)
    return pl.DataFrame(
        {
            name: pl.Series(name, [cell or None for cell in column], dtype=pl.String)
            for name, column in zip(names, columns, strict=True)
        }
    )
