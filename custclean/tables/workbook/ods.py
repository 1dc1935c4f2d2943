"""ODS workbooks (LibreOffice, Google), read by expat in one pass.

calamine also reads them, but gives neither `00007` nor `#N/A` nor what is hidden, and makes
every row that a bomb repeats. Names of elements: OpenDocument 1.3, part 3, chapter 9.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custclean.errors import InputError
from custclean.tables.limits import MAX_COLUMNS, Budget
from custclean.tables.workbook.archive import opened
from custclean.tables.workbook.numberformats import cell_text, shown
from custclean.tables.workbook.safexml import parse
from custclean.tables.workbook.sheets import Grid, Sheet, cannot_read, parts_of
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from custclean.tables.raw import Asked, Part

__all__ = ["NAME", "is_it", "parts"]

NAME = "ods"
MIME = b"mimetypeapplication/vnd.oasis.opendocument"  # of the first member, stored
CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
# What lies in a table or a cell and is no cell: comments, drawings, what was deleted before.
ASIDE = frozenset(
    {"office:annotation", "table:shapes", "draw:frame", "table:tracked-changes",
     "draw:custom-shape", "office:forms"}
)  # fmt: skip
CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
BLANKS = re.compile(r"[ \t\r\n]+")
DURATION = re.compile(
    r"(-?)P(?:(\d{1,9})D)?T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:[.,]\d*)?S)?"
)
APART = re.compile(r"[-()+/]")
MAX_BLANKS = 32_767  # as many characters as a cell may hold


def is_it(data: bytes) -> bool:
    """Say whether these bytes are a file of LibreOffice or its like."""
    return data.startswith(b"PK\x03\x04") and MIME in data[:200]


def parts(path: Path, data: bytes, asked: Asked) -> list[Part]:
    """Give each filled sheet of a workbook as text."""
    if MIME + b".spreadsheet" not in data[:200]:
        msg = tr("this is a file of Office, but no workbook")
        raise InputError(msg, file=path, expected=tr("an .xlsx or CSV file"))
    with opened(path, data) as archive:
        names = archive.namelist()
        if MANIFEST in names and b"encryption-data" in archive.read(MANIFEST):
            msg = tr("the workbook is encrypted; save it without a password")
            raise InputError(msg, file=path)
        content = archive.read(CONTENT)
    reader = _Reader(Budget(path, len(data)))
    try:
        parse(content, reader.start, reader.end, reader.text, prefixes=True)
    except InputError as error:
        raise (error if error.file else cannot_read(path, error)) from None
    return parts_of(path, reader.sheets, asked)


class _Reader:
    """The sheets of a document, as its elements go by."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.sheets: list[Sheet] = []
        self.invisible: set[str] = set()  # styles of hidden sheets
        self.style = ""
        self.aside = 0  # how deep in something that is no cell
        self.is_copy = False  # of a sheet in another file
        self._new_sheet(Sheet("", []))

    def _new_sheet(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.grid = Grid(self.budget)
        sheet.rows = self.grid.rows
        self.row = self.column = self.columns = 0
        self.repeat, self.is_hidden = 1, False
        self.cells: list[str] = []
        self.cell: Mapping[str, str] | None = None
        self.words: list[str] = []
        self.in_words = False

    def start(self, name: str, found: Mapping[str, str]) -> None:
        """Take in the start of an element."""
        if self.aside or name in ASIDE:
            self.aside += 1
        elif self.cell is not None:
            self._inside(name, found)
        elif name in CELLS:
            self.cell, self.words = found, []
        elif name == "table:table-row":
            self._start_row(found)
        else:
            self._start_other(name, found)

    def _start_row(self, found: Mapping[str, str]) -> None:
        self.cells, self.column = [], 0
        self.repeat = _count(found.get("table:number-rows-repeated"))
        self.is_hidden = found.get("table:visibility", "visible") != "visible"

    def _start_other(self, name: str, found: Mapping[str, str]) -> None:
        if name == "table:table":
            hidden = found.get("table:style-name") in self.invisible
            self._new_sheet(Sheet(found.get("table:name", ""), [], hidden=hidden))
            self.is_copy = False
        elif name == "table:table-source":
            self.is_copy = True
        elif name == "table:table-column":
            self._column(found)
        elif name == "style:style":
            self.style = found.get("style:name", "")
        elif name == "style:table-properties" and found.get("table:display") == "false":
            self.invisible.add(self.style)

    def _column(self, found: Mapping[str, str]) -> None:
        count = _count(found.get("table:number-columns-repeated"))
        if found.get("table:visibility", "visible") != "visible":
            last = min(self.columns + count, MAX_COLUMNS)
            self.sheet.facts.hidden_columns.update(range(self.columns + 1, last + 1))
        self.columns += count

    def _inside(self, name: str, found: Mapping[str, str]) -> None:
        """Take in an element of a cell's text."""
        if name == "text:p":
            self.words.append("\n" if self.words else "")  # also after an empty one
            self.in_words = True
        elif name == "text:s":
            count = min(_count(found.get("text:c")), MAX_BLANKS)
            self.budget.take(text=count)
            self.words.append(" " * count)
        elif name == "text:tab":
            self.words.append("\t")
        elif name == "text:line-break":
            self.words.append("\n")

    def text(self, text: str) -> None:
        """Take in the text between two tags."""
        if self.in_words and not self.aside:
            self.words.append(BLANKS.sub(" ", text))

    def end(self, name: str) -> None:
        """Take in the end of an element."""
        if self.aside:
            self.aside -= 1
        elif name == "text:p":
            self.in_words = False
        elif name in CELLS and self.cell is not None:
            self._end_cell(self.cell)
            self.cell = None
        elif name == "table:table-row":
            self._end_row()
        elif name == "table:table" and not self.is_copy:
            self.sheets.append(self.sheet)

    def _end_cell(self, found: Mapping[str, str]) -> None:
        text, here = "".join(self.words), (self.row + 1, self.column + 1)
        value = _value(found, text)
        count = _count(found.get("table:number-columns-repeated"))
        if not value and "table:formula" in found and "office:value-type" not in found:
            self.sheet.facts.unknown.append(here)
        self.column += count
        if not value:
            return
        self.grid.put(self.cells, here[1], value, count)
        below = _count(found.get("table:number-rows-spanned"))
        if below > 1:
            across = _count(found.get("table:number-columns-spanned"))
            last = (here[0] + below - 1, here[1] + across - 1)
            self.sheet.facts.merged.append((here, last))

    def _end_row(self) -> None:
        first = self.row + 1
        self.row += self.repeat
        if not self.cells:
            return
        self.grid.add(first, self.cells, self.repeat)
        if self.is_hidden:
            self.sheet.facts.hidden_rows.update(range(first, self.row + 1))


def _count(text: str | None) -> int:
    """Read how often something is repeated: once where nothing sensible is said."""
    return max(1, int(text)) if text and re.fullmatch(r"[0-9]{1,12}", text) else 1


def _value(found: Mapping[str, str], text: str) -> str:
    """Give a cell as the person saw it, by the kind of its value."""
    kind = found.get("office:value-type", "")
    if kind in {"float", "currency", "percentage"}:
        return _number(found.get("office:value", ""), kind, text)
    if kind == "date":
        return found.get("office:date-value", text).replace("T", " ").removesuffix(" 00:00:00")
    if kind == "time":
        return _time(found.get("office:time-value", ""), text)
    if kind == "boolean":
        return found.get("office:boolean-value", text).upper()
    return text or found.get("office:string-value", "")


def _number(stored: str, kind: str, text: str) -> str:
    try:
        value = float(stored)
    except ValueError:
        return text
    if kind == "percentage":
        return shown(value, "0%") or text
    plain, digits = cell_text(value), re.sub(r"[^0-9]", "", text)
    is_same = digits != "" and digits.lstrip("0") == plain.lstrip("0")
    is_name = len(digits) > len(plain) or APART.search(text) is not None
    return text if is_same and is_name and kind == "float" else plain


def _time(stored: str, text: str) -> str:
    match = DURATION.fullmatch(stored)
    if match is None:
        return text
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    return f"{match[1]}{24 * days + hours:02}:{minutes:02}:{seconds:02}"
