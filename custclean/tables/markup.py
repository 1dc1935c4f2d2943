"""HTML tables, which QuickBooks and many web programs write and name .xls.

Nothing is run and nothing fetched. The standard library's parser takes minutes for tags that
are never closed (up to Python 3.13), so tags are found by one pattern that looks at nothing
twice. How far a cell spans: HTML standard, 4.9.11. A table within a cell is one of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

from custclean.errors import InputError
from custclean.tables.encodings.decoding import decode
from custclean.tables.limits import MAX_COLUMNS, Budget
from custclean.tables.opening import NoListError
from custclean.tables.raw import Note
from custclean.tables.workbook.sheets import Grid, Sheet, parts_of
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from custclean.tables.encodings.decoding import Decoded
    from custclean.tables.raw import Asked, Part

__all__ = ["NAME", "is_it", "parts"]

NAME = "html"
LOOKED_AT = 4096  # bytes among which a page says what it is and how it is encoded
FIRST = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<\?xml[^>]*>\s*|<!--(?:[^-]|-(?!->))*+-->\s*)*+"
    rb"<(?:!doctype\s+html|html|head|meta|style|body|div|center|table|font)\b",
    re.IGNORECASE | re.DOTALL,
)
CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
BLANKS = re.compile(r"[ \t\r\n\f]+")
BLOCKS = frozenset({"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6"})
TAG = re.compile(
    r"""<!--|<[!?][^<>]*+>?"""
    r"""|<(/?)([a-z][^\s/<>]*+)((?:[^<>"']++|"[^"]*+"|'[^']*+')*+|[^<>]*+)>""",
    re.IGNORECASE,
)
ATTRIBUTE = re.compile(r"""([^\s=/"'<>]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>]+))?""")
COMMENT = "<!--"
ASIDE = {  # what is no text of the page, up to its end
    tag: re.compile(rf"</{tag}\b", re.IGNORECASE) for tag in ("script", "style", "title")
} | {COMMENT: re.compile("(?<=-->)")}
CELLS, HIDING = frozenset({"td", "th"}), re.compile(r"display\s*:\s*none", re.IGNORECASE)
MAX_ACROSS, MAX_DOWN = 1_000, 65_534


def is_it(data: bytes) -> bool:
    """Say whether these bytes begin as a web page does."""
    return FIRST.match(data[:LOOKED_AT].replace(b"\0", b"")) is not None


def parts(path: Path, data: bytes, asked: Asked) -> list[Part]:
    """Give each filled table of a web page as text."""
    named = None if data.startswith(BOMS) else CHARSET.search(data[:LOOKED_AT])
    charset = asked.encoding or (named[1].decode() if named else None)
    try:
        decoded = decode(path, data, charset)
    except InputError:
        if asked.encoding:
            raise
        decoded = decode(path, data)  # the page says something wrong of itself
    page = _Page(Budget(path, len(data)))
    page.read(decoded.text)
    sheets = list(page.sheets(decoded))
    if not any(sheet.rows for sheet in sheets):
        raise NoListError(tr("this is a web page, and no table is in it"), file=path)
    return parts_of(path, sheets, asked)


@dataclass(slots=True)
class _Table:
    """A table that is being read."""

    grid: Grid
    sheet: Sheet
    notes: list[Note] = field(default_factory=list)
    row: int = 0  # the number of the row that is open, or was last
    open_row: bool = False
    cells: list[str] = field(default_factory=list)
    column: int = 0  # of the cell that is open, or was last
    words: list[str] | None = None  # of the cell that is open
    taken: dict[int, int] = field(
        default_factory=dict
    )  # column -> last row spanned from above
    across: int = 1  # how far the open cell spans


class _Page:
    """The tables of a page, as its tags go by; broken markup is read as browsers do."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.tables: list[_Table] = []
        self.stack: list[_Table] = []
        self.last: _Table | None = None  # the one that ended last
        self.around: list[str] = []  # text outside of cells
        self.unclosed: set[str] = set()

    def read(self, text: str) -> None:
        """Take in a page."""
        place = 0
        while (match := TAG.search(text, place)) is not None:
            self._text(text[place : match.start()])
            place = match.end()
            tag = COMMENT if match[0] == COMMENT else (match[2] or "").lower()
            if match[1]:
                self._end(tag)
            elif tag in ASIDE and tag not in self.unclosed:
                place = self._after(tag, text, place)
            elif tag:
                self._start(tag, match[3])
        self._text(text[place:])
        while self.stack:
            self._end_table()
        if self.last is not None:
            self._end_text(self.last)

    def _after(self, tag: str, text: str, place: int) -> int:
        """Give the end of what is no text; one that has no end is read like any other."""
        end = ASIDE[tag].search(text, place)
        if end is None:
            self.unclosed.add(tag)
        return end.start() if end else place

    def sheets(self, decoded: Decoded) -> Iterator[Sheet]:
        """Give the tables, each with its name and the text that stands around it."""
        for place, table in enumerate(self.tables, 1):
            table.sheet.name = f"table {place}" if len(self.tables) > 1 else ""
            table.sheet.notes, table.sheet.read_as = table.notes, decoded.facts
            # Its lines are of the source, those of the table are rows: so without them.
            odd = dict.fromkeys(flag.what for flag in decoded.flags)
            table.sheet.evidence = (*decoded.evidence, *odd)
            yield table.sheet

    def _start(self, tag: str, attributes: str) -> None:
        if tag == "table":
            self._start_table()
        elif tag == "tr" and self.stack:
            self._start_row(_attributes(attributes))
        elif tag in CELLS and self.stack:
            self._start_cell(_attributes(attributes))
        elif tag == "br" or tag in BLOCKS:
            self._line(tag)

    def _end(self, tag: str) -> None:
        if tag in BLOCKS:
            self._line(tag)
        elif not self.stack:
            return
        elif tag == "table":
            self._end_table()
        elif tag == "tr":
            self._end_row()
        elif tag in CELLS:
            self._end_cell()

    def _text(self, text: str) -> None:
        if text:
            self._words().append(BLANKS.sub(" ", _unescaped(text)))

    def _words(self) -> list[str]:
        """Give the list that text belongs to: the open cell's, or of what is around."""
        words = self.stack[-1].words if self.stack else None
        return self.around if words is None else words

    def _line(self, tag: str) -> None:
        words = self._words()
        if tag == "br" or any(map(str.strip, words[-1:])):
            words.append("\n")

    def _start_table(self) -> None:
        grid = Grid(self.budget)
        table = _Table(grid, Sheet("", grid.rows))
        self._end_text(table)
        self.stack.append(table)
        self.tables.append(table)

    def _end_table(self) -> None:
        self._end_row()
        self.last = self.stack.pop()
        self._end_text(self.last)

    def _end_text(self, table: _Table) -> None:
        """Keep the text outside of cells as a note of a table, by the row it follows."""
        text, self.around = _joined(self.around), []
        if text:
            table.notes.append(Note(table.row, text))

    def _start_row(self, found: dict[str, str]) -> None:
        self._end_row()
        table = self.stack[-1]
        table.row += 1
        table.open_row, table.cells, table.column = True, [], 0
        if "hidden" in found or HIDING.search(found.get("style", "")):
            table.sheet.facts.hidden_rows.add(table.row)

    def _start_cell(self, found: dict[str, str]) -> None:
        self._end_cell()
        table = self.stack[-1]
        if not table.open_row:
            self._start_row({})
        table.column += 1
        while table.taken.get(table.column, 0) >= table.row:
            self.budget.take(cells=1)
            table.column += 1
        table.words = []
        across = _span(found.get("colspan"), MAX_ACROSS)
        down = _span(found.get("rowspan"), MAX_DOWN)
        here = (table.row, table.column)
        if down > 1:
            last = (here[0] + down - 1, here[1] + across - 1)
            table.sheet.facts.merged.append((here, last))
            self.budget.take(cells=across)
            for column in range(here[1], min(last[1], MAX_COLUMNS) + 1):
                table.taken[column] = last[0]
        table.across = across

    def _end_cell(self) -> None:
        table = self.stack[-1]
        if table.words is None:
            return
        text, table.words = _joined(table.words), None
        if text:
            table.grid.put(table.cells, table.column, text)
        table.column += table.across - 1

    def _end_row(self) -> None:
        self._end_cell()
        table = self.stack[-1]
        if table.open_row and table.cells:
            table.grid.add(table.row, table.cells)
        table.open_row = False


def _joined(words: list[str]) -> str:
    """Put the text of a cell together; one that holds nothing but blanks is empty."""
    lines = "".join(words).split("\n")
    text = "\n".join(BLANKS.sub(" ", line).strip(" ") for line in lines).strip("\n")
    return text if text.strip() else ""


def _unescaped(text: str) -> str:
    """Put letters for their names: `&amp;` is &."""
    try:
        return unescape(text)
    except ValueError:  # a number of thousands of digits
        return text


def _attributes(text: str) -> dict[str, str]:
    return {name.lower(): value.strip("\"'") for name, value in ATTRIBUTE.findall(text)}


def _span(text: str | None, most: int) -> int:
    """Read how far a cell spans: one where nothing sensible is said."""
    match = re.match(r"\s*([0-9]{1,9})", text or "")
    return min(max(1, int(match[1])), most) if match else 1
