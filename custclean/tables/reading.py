"""The low-level door: any table file to a `RawTable`, nothing lost, nothing silent."""

from __future__ import annotations

import hashlib
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
        found = Decoded(
            "\n".join("\n".join(record.cells) for record in book.records), "utf-8", ""
        )
        return _table(
            path, data, found, book.records, ("", book.sheet, header_row, looks_like)
        )
    refuse_other_formats(path, data)
    decoded = decode(path, data, encoding)
    mark = find_delimiter(decoded.text, looks_like) if delimiter is None else delimiter
    if len(mark) != 1 or mark in '"\r\n':
        raise InputError(tr("this cannot be a delimiter"), file=path, value=mark)
    records = parse(decoded.text, mark)
    return _table(path, data, decoded, records, (mark, None, header_row, looks_like))


def _table(
    path: Path,
    data: bytes,
    decoded: Decoded,
    records: list[Record],
    given: tuple[str, str | None, int | None, Callable[[Sequence[str]], float]],
) -> RawTable:
    mark, sheet, header_row, looks_like = given
    try:
        shape = shape_of(records, looks_like, mark or "\t", header_row)
    except InputError as error:
        raise InputError(error.message, file=path, line=error.line) from None
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
        delimiter=mark,
        bom=decoded.bom,
        line_end=decoded.line_end,
        header_row=shape.header_row,
        sheet=sheet,
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
