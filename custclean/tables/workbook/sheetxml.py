"""XML spreadsheets of Excel 2003 (SpreadsheetML), which many programs write and name .xls.

Names of elements: Microsoft's XML Spreadsheet Reference of 2001. Rows and cells may name
their place (`ss:Index`); else each follows the one before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custclean.errors import InputError
from custclean.tables.limits import MAX_COLUMNS, Budget
from custclean.tables.workbook.numberformats import cell_text, shown
from custclean.tables.workbook.safexml import parse
from custclean.tables.workbook.sheets import Grid, Sheet, cannot_read, parts_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from custclean.tables.raw import Asked, Part

__all__ = ["NAME", "is_it", "parts"]

NAME = "spreadsheetml"
SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
NAMED = {"Percent": "0.00%"}  # formats by name; the others show plain numbers
ZERO_DAY = re.compile(r"18(?:99-12-3[01]|00-01-0[01]) ")  # the date of a time alone


def is_it(data: bytes) -> bool:
    """Say whether these bytes are an XML spreadsheet."""
    start = data[:4096].replace(b"\0", b"")  # UTF-16, too
    return b"<?xml" in start[:8] and SPACE.encode() in start and b"Workbook" in start


def parts(path: Path, data: bytes, asked: Asked) -> list[Part]:
    """Give each filled sheet of a workbook as text."""
    reader = _Reader(Budget(path, len(data)))
    try:
        parse(data, reader.start, reader.end, reader.text)
    except InputError as error:
        raise (error if error.file else cannot_read(path, error)) from None
    return parts_of(path, reader.sheets, asked)


class _Reader:
    """The sheets of a workbook, as its elements go by."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.sheets: list[Sheet] = []
        self.styles: dict[str, str] = {}
        self.style = self.path = ""
        self.aside = 0
        self.words: list[str] | None = None
        self._new_sheet("")

    def _new_sheet(self, name: str) -> None:
        self.grid = Grid(self.budget)
        self.sheet = Sheet(name, self.grid.rows)
        self.row = self.column = self.columns = 0
        self.row_style, self.column_styles = "", dict[int, str]()
        self.cells: list[str] = []
        self.cell: dict[str, str] = {}

    def start(self, name: str, found: Mapping[str, str]) -> None:
        """Take in the start of an element."""
        own = {key.rpartition(":")[2]: value for key, value in found.items()}
        if self.aside or name == "Comment":
            self.aside += 1
        elif name == "Data":
            self.words = []
            self.cell |= {"Type": own.get("Type", "String")}
        elif name in {"Row", "Cell", "Column"}:
            self._place(name, own)
        elif name == "Worksheet":
            self._new_sheet(own.get("Name", ""))
        elif name == "Visible":
            self.words = []
        elif name == "Style":
            self.style = own.get("ID", "")
        elif name == "NumberFormat":
            code = own.get("Format", "")
            self.styles[self.style] = NAMED.get(code, code)

    def _place(self, name: str, own: dict[str, str]) -> None:
        index = _count(own.get("Index"))
        if name == "Row":
            self.row, self.column = index or self.row + 1, 0
            self.cells, self.row_style = [], own.get("StyleID", "")
            if own.get("Hidden") == "1":
                self.sheet.facts.hidden_rows.add(self.row)
        elif name == "Cell":
            self.column, self.cell = index or self.column + 1, own
        else:
            self._columns(index, own)

    def _columns(self, index: int, own: Mapping[str, str]) -> None:
        first = index or self.columns + 1
        self.columns = first + _count(own.get("Span"))
        columns = range(first, min(self.columns, MAX_COLUMNS) + 1)
        self.budget.take(cells=len(columns))
        for column in columns:
            self.column_styles[column] = own.get("StyleID", "")
            if own.get("Hidden") == "1":
                self.sheet.facts.hidden_columns.add(column)

    def text(self, text: str) -> None:
        """Take in the text between two tags."""
        if self.words is not None and not self.aside:
            self.words.append(text)

    def end(self, name: str) -> None:
        """Take in the end of an element."""
        if self.aside:
            self.aside -= 1
        elif name == "Data":
            self.cell["text"], self.words = "".join(self.words or ()), None
        elif name == "Visible":
            self.sheet.hidden, self.words = "Hidden" in "".join(self.words or ()), None
        elif name == "Cell":
            self._end_cell()
        elif name == "Row" and self.cells:
            self.grid.add(self.row, self.cells)
        elif name == "Worksheet":
            self.sheets.append(self.sheet)

    def _end_cell(self) -> None:
        cell, here = self.cell, (self.row, self.column)
        across, down = _count(cell.get("MergeAcross")), _count(cell.get("MergeDown"))
        if "Formula" in cell and "text" not in cell:
            self.sheet.facts.unknown.append(here)
        style = cell.get("StyleID") or self.row_style or self.column_styles.get(here[1], "")
        text = _value(cell.get("Type", ""), cell.get("text", ""), self.styles.get(style, ""))
        if text and here[1] > len(self.cells):
            self.grid.put(self.cells, here[1], text)
        if text and down:
            self.sheet.facts.merged.append((here, (here[0] + down, here[1] + across)))
        self.column += across


def _count(text: str | None) -> int:
    """Read a place or a number of cells; 0 where none is given."""
    return int(text) if text and re.fullmatch(r"[0-9]{1,9}", text) else 0


def _value(kind: str, text: str, code: str) -> str:
    """Give a cell as the person saw it, by the kind of its value."""
    if kind == "Boolean":
        return "TRUE" if text.strip() == "1" else "FALSE"
    if kind == "DateTime":
        when = text.strip().replace("T", " ").removesuffix(".000").removesuffix(" 00:00:00")
        return ZERO_DAY.sub("", when)
    if kind == "Number":
        try:
            value = float(text)
        except ValueError:
            return text
        return shown(value, code) or cell_text(value)
    return text
