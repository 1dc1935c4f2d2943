"""Rows to bytes, and bytes to files that are whole or absent."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import xlsxwriter

from custclean.disk import OWN_FILE, make_folder, sweep, sync_folder, unfinished
from custclean.tables.opening import sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "csv_bytes",
    "sha256_of",
    "write_atomic",
    "xlsx_bytes",
]

CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001  # same rows, same bytes; XLSX knows no zones
MAX_CELL = 32_767  # characters; Excel's own limit
WIDEST = 60  # characters of a column, so that a page can be read


def write_atomic(path: Path | str, data: bytes) -> Path:
    """Write a file that is whole or not there: beside it, to the disk, then renamed."""
    path = Path(path)
    folder = make_folder(path.parent)
    sweep(folder)
    handle, new = unfinished(folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.chmod(OWN_FILE)  # whatever the umask took away
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    sync_folder(folder)
    return path


def csv_bytes(
    header: Sequence[str],
    rows: Iterable[Sequence[str | None]],
    *,
    encoding: str = "utf-8",
    bom: bool = False,
    delimiter: str = ",",
    line_end: str = "\r\n",
    quote: Literal["minimal", "all"] = "minimal",
) -> bytes:
    """Give a CSV file by RFC 4180; None is an empty cell, values stay as they are."""
    needs = re.compile(rf'["\r\n{re.escape(delimiter)}]')

    def cell(value: str) -> str:
        if quote == "all" or needs.search(value):
            return '"' + value.replace('"', '""') + '"'
        return value

    def line(cells: Sequence[str | None]) -> str:
        if len(cells) == 1 and not cells[0]:
            return f'""{line_end}'  # else it would be a blank line
        return delimiter.join(cell(each or "") for each in cells) + line_end

    mark = "\ufeff" if bom else ""
    return "".join([mark, line(header), *map(line, rows)]).encode(encoding)


def xlsx_bytes(
    sheets: Mapping[str, tuple[Sequence[str], Iterable[Sequence[str | None]]]],
    *,
    widths: Mapping[str, Sequence[int]] | None = None,
) -> bytes:
    """Give a workbook of text cells, one sheet a name: header frozen, filters on.

    `widths` gives a sheet's columns in characters; else they follow the content. A cell
    longer than Excel allows is cut and ends in "…". Same rows, same bytes.
    """
    data = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(data, options) as book:
        book.set_properties({"created": CREATED})
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        for name, (header, rows) in sheets.items():
            table = [[_fitting(cell or "") for cell in row] for row in rows]
            sheet = book.add_worksheet(name)
            _fill(sheet, [list(header), *table], (bold, plain))
            for column, width in enumerate(_widths((widths or {}).get(name), header, table)):
                sheet.set_column(column, column, width)
    return data.getvalue()


def _fill(sheet: Any, rows: list[list[str]], forms: tuple[Any, Any]) -> None:
    bold, plain = forms
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(number, column, cell, bold if number == 0 else plain)
    sheet.freeze_panes(1, 0)
    if rows[0]:
        sheet.autofilter(0, 0, max(1, len(rows) - 1), len(rows[0]) - 1)


def _fitting(cell: str) -> str:
    return cell if len(cell) <= MAX_CELL else cell[: MAX_CELL - 1] + "…"


def _widths(
    given: Sequence[int] | None, header: Sequence[str], rows: Sequence[Sequence[str]]
) -> list[int]:
    if given is not None:
        return list(given)
    longest = [len(heading) for heading in header]
    for row in rows:
        for column, cell in enumerate(row[: len(longest)]):
            longest[column] = max(longest[column], *map(len, cell.split("\n") or [""]))
    return [min(WIDEST, length + 2) for length in longest]
