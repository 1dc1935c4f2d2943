"""What a workbook would unpack to, read from its zip directory and held while unpacking."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from custclean.errors import InputError
from custclean.words import tr

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["check_archive"]

MAX_UNPACKED = 200_000_000  # bytes
MAX_RATIO = 200
RATIO_FROM = 1_000_000  # below this many bytes a high ratio does no harm
MAX_CELLS = 2_000_000  # of the rectangles that the sheets span: so much memory they take
MAX_TEXT = 500_000_000  # characters of all cells: one long text can be in every cell
CHUNK = 1 << 20
MAX_TAG = 1 << 22  # bytes; no tag and no text of a cell is longer
# At most 64 pieces, so that no text makes the search slow; a tag of more is refused.
QUOTED = rb"""(?:[^>"']++|"[^"]*+"|'[^']*+'){0,64}+"""
TAG = re.compile(rb"<(?:[\w.-]+:)?(row|c)(?=[\s/>])(" + QUOTED + rb")(>?)")
PLACE = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]{0,3})([0-9]{1,7})\s*["']""")
HAS_PLACE = re.compile(rb"\sr\s*=")
LOOKED_UP = re.compile(
    rb"""\st\s*=\s*["']s["'][^<>]*>\s*<(?:[\w.-]+:)?v[^<>]*>\s*([0-9]{1,9})\s*<"""
)
IS_SHARED = re.compile(rb"""\st\s*=\s*["']s["']""")
DAMAGED = (  # what zipfile raises, documented or not, for bytes that are no whole archive
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    ValueError,
)
CELL = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")


def check_archive(path: Path, data: bytes) -> None:
    """Raise an error unless the bytes are a whole XLSX workbook within the limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_directory(path, parts)
            spans = [_span(path, archive, part) for part in parts]
            text = _shared_text(archive, sum(span.shared for span in spans))
    except DAMAGED as error:
        msg = tr("the workbook is damaged or was not downloaded to its end")
        raise InputError(msg, file=path) from error
    except RuntimeError:  # what zipfile raises for a password
        msg = tr("the archive is encrypted; save it without a password")
        raise InputError(msg, file=path) from None
    if sum(span.cells for span in spans) > MAX_CELLS:
        raise InputError(tr("the sheets have more than {n} cells", n=MAX_CELLS), file=path)
    if text > MAX_TEXT:
        msg = tr("the cells hold more than {n} characters", n=MAX_TEXT)
        raise InputError(msg, file=path)


def _check_directory(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        msg = tr("this is an archive, but no XLSX workbook")
        raise InputError(msg, file=path, expected=tr("an .xlsx or CSV file"))
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if unpacked > MAX_UNPACKED:
        msg = tr("the workbook unpacks to more than {n} bytes", n=MAX_UNPACKED)
        raise InputError(msg, file=path, value=unpacked)
    if unpacked > RATIO_FROM and unpacked > MAX_RATIO * max(1, packed):
        msg = tr("the workbook unpacks to more than {n} times its size", n=MAX_RATIO)
        raise InputError(msg, file=path, value=unpacked)


@dataclass(slots=True)
class _Span:
    """The rectangle that the cells of a part span, and how many take a shared text."""

    row: int = 0
    column: int = 0
    rows: int = 0
    columns: int = 0
    shared: int = 0

    @property
    def cells(self) -> int:
        return self.rows * self.columns

    def see(self, tag: re.Match[bytes]) -> None:
        """Take in one row or cell; without a place of its own it follows the one before."""
        place = PLACE.search(tag[2])
        if place is None and HAS_PLACE.search(tag[2]):
            raise ValueError(tag[0])
        if tag[1] == b"row":
            self.row, self.column = int(place[2]) if place else self.row + 1, 0
            return
        self.column = _column(place[1]) if place else self.column + 1
        self.rows = max(self.rows, int(place[2]) if place else self.row)
        self.columns = max(self.columns, self.column)
        self.shared += IS_SHARED.search(tag[2]) is not None


def _span(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> _Span:
    """Unpack one part in pieces: no entities, no sheet of more cells than the limit.

    zipfile stops at the size that the directory gives and checks the sum, so a directory
    that lies about a size ends in an error here. Any part may be a sheet, whatever its name.
    """
    span, rest, is_sheet = _Span(), b"", False
    with archive.open(part) as file:
        while piece := file.read(CHUNK):
            window = rest + piece
            if b"<!DOCTYPE" in window or b"<!ENTITY" in window:
                raise InputError(tr("the workbook declares XML entities"), file=path)
            is_sheet = is_sheet or b"sheetData" in window
            rest = window[_take(span, window) if is_sheet else window.rfind(b"<") :]
            if span.cells > MAX_CELLS:
                return span
            if len(rest) > MAX_TAG:
                if is_sheet:
                    raise ValueError(part.filename)
                rest = rest[-MAX_TAG:]
    if is_sheet and TAG.match(rest):
        raise ValueError(part.filename)
    return span


def _take(span: _Span, window: bytes) -> int:
    """Take in the rows and cells of a window; give where what may be cut off begins."""
    end = 0
    for tag in TAG.finditer(window):
        if not tag[3]:
            return tag.start()
        span.see(tag)
        end = tag.end()
    return max(end, window.rfind(b"<"))


def _shared_text(archive: zipfile.ZipFile, cells: int) -> int:
    """Count the characters that cells take from the shared texts, at most.

    First by the longest text; only where that is too much each cell is looked up.
    """
    names = [name for name in archive.namelist() if name.lower().endswith("sharedstrings.xml")]
    lengths = [len(text) for name in names for text in archive.read(name).split(b"</si>")]
    longest = max(lengths, default=0)
    if cells * longest <= MAX_TEXT:
        return cells * longest
    total = 0
    for part in archive.infolist():
        for match in LOOKED_UP.finditer(archive.read(part)):
            place = int(match[1])
            total += lengths[place] if place < len(lengths) else 0
            cells -= 1
    return total + max(0, cells) * longest


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
