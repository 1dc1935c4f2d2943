"""What stands in an XLS workbook beside the values that its reader gives, and its limits.

The stream of a workbook is a row of records (number, length, bytes), after Microsoft's
[MS-XLS], chapter 2.4. Counts that lie are found here: the reader believes them and takes
all the memory there is.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from custclean.tables.workbook.numberformats import BUILT_IN, DATES, is_date, matters, shown
from custclean.tables.workbook.sheets import Facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custclean.tables.limits import Budget
    from custclean.tables.workbook.sheets import Place

__all__ = ["LockedError", "facts_of"]

BOF, EOF, CONTINUE = 0x809, 0x0A, 0x3C
FILEPASS, BOUNDSHEET, FORMAT, XF, SST = 0x2F, 0x85, 0x41E, 0xE0, 0xFC
DIMENSIONS, ROW, COLINFO = 0x200, 0x208, 0x7D
NUMBER, RK, MULRK, FORMULA, BOOLERR = 0x203, 0x27E, 0xBD, 0x06, 0x205
LABELSST, LABEL, RSTRING = 0xFD, 0x204, 0xD6
CELLS = frozenset({NUMBER, RK, MULRK, FORMULA, BOOLERR, LABELSST, LABEL, RSTRING})
BIFF8 = 0x600
MOST_ROWS, MOST_COLUMNS = 65_536, 256
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
NO_NUMBER = b"\xff\xff"  # ends the result of a formula that is a text, a truth or an error


class LockedError(Exception):
    """The workbook is encrypted."""


def facts_of(stream: bytes, budget: Budget) -> list[Facts]:
    """Give what is to be known of each sheet; ValueError where the records make no sense."""
    try:
        book = _Book(stream)
        sheets = [_Sheet(book, budget, place) for place in book.sheets]
    except (struct.error, IndexError) as error:
        raise ValueError(str(error)) from None
    return [sheet.facts for sheet in sheets]


def _records(stream: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """Give the records from a place to the end of the part that begins there."""
    depth = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        place += 4
        yield kind, stream[place : place + length]
        place += length
        depth += (kind == BOF) - (kind == EOF)
        if depth <= 0:
            return


class _Book:
    """What holds for all sheets: where they begin, formats, lengths of shared texts."""

    def __init__(self, stream: bytes) -> None:
        self.stream = stream
        self.is_biff8 = True
        self.sheets: list[int] = []
        self.formats = BUILT_IN | dict.fromkeys(DATES, "d")
        self.styles: list[int] = []  # of each cell style the number of its format
        shared: list[bytes] = []  # the record of shared texts, and what continues it
        last = 0
        for kind, data in _records(stream, 0):
            last = last if kind == CONTINUE else kind
            if last == SST:
                shared.append(data)
            else:
                self._see(kind, data)
        self.lengths = _text_lengths(shared) if shared else []
        codes = {
            place: self.formats.get(number, "") for place, number in enumerate(self.styles)
        }
        self.codes = {place: c for place, c in codes.items() if matters(c) or is_date(c)}

    def _see(self, kind: int, data: bytes) -> None:
        if kind == BOF:
            self.is_biff8 = struct.unpack_from("<H", data)[0] == BIFF8
        elif kind == FILEPASS:
            raise LockedError
        elif kind == BOUNDSHEET:
            self.sheets.append(struct.unpack_from("<I", data)[0])
        elif kind == FORMAT:
            self.formats[struct.unpack_from("<H", data)[0]] = self._code(data)
        elif kind == XF:
            self.styles.append(struct.unpack_from("<H", data, 2)[0])

    def _code(self, data: bytes) -> str:
        if not self.is_biff8:
            return data[3:].decode("cp1252", errors="replace")
        return data[5:].decode("utf-16-le" if data[4] & 1 else "latin-1", errors="replace")


def _text_lengths(pieces: list[bytes]) -> list[int]:
    """Give the length of each shared text."""
    texts = _Texts(pieces)
    count = struct.unpack("<4xI", texts.take(8))[0]
    if 3 * count > sum(map(len, pieces)):
        raise ValueError(count)
    return [texts.skip_text() for _ in range(count)]


class _Texts:
    """A walk over the shared texts, which are cut into pieces."""

    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces, self.piece, self.place = pieces, 0, 0

    def _left(self) -> int:
        """Count the bytes left in this piece; at its end step to the next one."""
        while self.place >= len(self.pieces[self.piece]):
            self.piece, self.place = self.piece + 1, 0
        return len(self.pieces[self.piece]) - self.place

    def take(self, count: int) -> bytes:
        """Give the next bytes, which may stand in several pieces."""
        found = b""
        while len(found) < count:
            step = min(count - len(found), self._left())
            found += self.pieces[self.piece][self.place : self.place + step]
            self.place += step
        return found

    def _skip(self, count: int) -> None:
        while count:
            step = min(count, self._left())
            self.place += step
            count -= step

    def skip_text(self) -> int:
        """Go past one text, its fonts and its phonetic part; give its length."""
        length, flags = struct.unpack("<HB", self.take(3))
        after = 4 * struct.unpack("<H", self.take(2))[0] if flags & 8 else 0
        after += struct.unpack("<I", self.take(4))[0] if flags & 4 else 0
        left = length
        while left:
            if self.place >= len(self.pieces[self.piece]):
                flags = self.take(1)[0]  # each piece says anew how wide its letters are
            size = 1 + (flags & 1)
            step = min(left, self._left() // size)
            if not step:
                raise ValueError(length)
            self.place += step * size
            left -= step
        self._skip(after)
        return int(length)


class _Sheet:
    """What is to be known of one sheet, as its records go by."""

    def __init__(self, book: _Book, budget: Budget, place: int) -> None:
        self.book = book
        self.budget = budget
        self.facts = Facts()
        self.rows = self.columns = 0
        for kind, data in _records(book.stream, place):
            if kind == FILEPASS:
                raise LockedError
            if kind in CELLS:
                self._cell(kind, data)
            elif kind in {ROW, COLINFO, DIMENSIONS}:
                self._layout(kind, data)
        budget.take(cells=self.rows * self.columns)

    def _layout(self, kind: int, data: bytes) -> None:
        if kind == ROW and data[12] & 0x20:
            self.facts.hidden_rows.add(struct.unpack_from("<H", data)[0] + 1)
        elif kind == COLINFO and data[8] & 1:
            first, last = struct.unpack_from("<HH", data)
            self.facts.hidden_columns.update(range(first + 1, min(last, MOST_COLUMNS) + 2))
        elif kind == DIMENSIONS:
            form = "<IIHH" if self.book.is_biff8 else "<HHHH"
            top, bottom, left, right = struct.unpack_from(form, data)
            if not (top <= bottom <= MOST_ROWS and left <= right <= MOST_COLUMNS):
                raise ValueError(bottom)

    def _cell(self, kind: int, data: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", data)
        last = struct.unpack_from("<H", data, len(data) - 2)[0] if kind == MULRK else column
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1, last + 1)
        here = (row + 1, column + 1)
        if kind == LABELSST:
            place = struct.unpack_from("<I", data, 6)[0]
            self.budget.take(text=self.book.lengths[place])
        elif kind == NUMBER:
            self._number(here, style, struct.unpack_from("<d", data, 6)[0])
        elif kind == RK:
            self._number(here, style, _rk(data[6:10]))
        elif kind == MULRK:
            self._numbers(here, data)
        else:
            self._result(kind, here, style, data)

    def _numbers(self, first: Place, data: bytes) -> None:
        for step, at in enumerate(range(4, len(data) - 7, 6)):
            style = struct.unpack_from("<H", data, at)[0]
            self._number((first[0], first[1] + step), style, _rk(data[at + 2 : at + 6]))

    def _result(self, kind: int, here: Place, style: int, data: bytes) -> None:
        if kind == BOOLERR and data[7]:
            self.facts.texts[here] = ERRORS.get(data[6], "#N/A")
        elif kind == FORMULA and data[12:14] != NO_NUMBER:
            self._number(here, style, struct.unpack_from("<d", data, 6)[0])
        elif kind == FORMULA and data[6] == 2:
            self.facts.texts[here] = ERRORS.get(data[8], "#N/A")
        elif kind == FORMULA and data[6] == 3 and data[14] & 2:
            self.facts.unknown.append(here)  # empty, and to be worked out when it is opened

    def _number(self, here: Place, style: int, value: float) -> None:
        code = self.book.codes.get(style)
        if code is not None and (text := shown(value, code)) is not None:
            self.facts.texts[here] = text


def _rk(data: bytes) -> float:
    """Read a number of four bytes: 30 bits of a float or an integer, perhaps hundredths."""
    bits = struct.unpack("<I", data)[0]
    if bits & 2:
        number = float(struct.unpack("<i", data)[0] >> 2)
    else:
        number = struct.unpack("<d", bytes(4) + struct.pack("<I", bits & ~3))[0]
    return number / 100 if bits & 1 else number
