"""The zip archive that a workbook is: whole, without a password, and within the limits.

What it would unpack to is read from its directory and held while unpacking. How many
cells its sheets span is found before the reader of workbooks makes a rectangle of them.
"""

from __future__ import annotations

import io
import re
import string
import struct
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from custclean.errors import InputError
from custclean.tables.limits import MAX_CELLS, MAX_RATIO, Budget
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = [
    "DAMAGED",
    "MAX_UNPACKED",
    "RATIO_FROM",
    "check_sheets",
    "opened",
]

MAX_UNPACKED = 200_000_000  # bytes
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
RATIO_FROM = 1_000_000  # below this many bytes a high ratio does no harm
CHUNK = 1 << 20
MAX_TAG = 1 << 22  # bytes; no tag and no text of a cell is longer
# At most 64 pieces, so that no text makes the search slow; a tag of more is refused.
QUOTED = rb"""(?:[^>"']++|"[^"]*+"|'[^']*+'){0,64}+"""
TAG = re.compile(rb"<(?:[\w.-]+:)?(row|c)(?=[\s/>])(" + QUOTED + rb")(>?)")
PLACE = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]{0,3})([0-9]{1,7})\s*["']""")
HAS_PLACE = re.compile(rb"\sr\s*=")
LOOKED_UP = re.compile(rb' t="s"[^<>]*><(?:[\w.-]+:)?v>([0-9]{1,9})<')
# The usual form of a tag, and any form: only where they differ each tag is looked at.
PLACED, PREFIXED = (
    re.compile(
        rb"<" + prefix + rb"(?:c|row)(?:\s+(?!r=)[\w:.-]+=\"[^\"<>]*\")*+"
        rb"\s+r=\"([A-Z]{0,3}[0-9]{1,7})\""
    )
    for prefix in (rb"", rb"(?:[\w.-]+:)?")
)
ANY_TAG = re.compile(rb"<(?:[\w.-]+:)?(?:c|row)[\s/>]")
TAG_SIGNS = (b"<c", b"<row", b":c", b":row")  # each tag has one of these
DIGITS, LETTERS = string.digits.encode(), string.ascii_uppercase.encode()
IS_SHARED = re.compile(rb"""=\s*["']s["']""")
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


@contextmanager
def opened(path: Path, data: bytes) -> Iterator[zipfile.ZipFile]:
    """Open an archive within the limits; whatever goes wrong in it is said in our words."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(path, archive.infolist())
            yield archive
    except DAMAGED as error:
        msg = tr("the workbook is damaged or was not downloaded to its end")
        raise InputError(msg, file=path) from error
    except RuntimeError:  # what zipfile raises for a password
        msg = tr("the workbook is encrypted; save it without a password")
        raise InputError(msg, file=path) from None


def _check_directory(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    if any(part.compress_type not in PACKED for part in parts):
        raise NotImplementedError  # no office program writes it; LZMA takes any memory
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if unpacked > MAX_UNPACKED:
        msg = tr("the workbook unpacks to more than {n:,} bytes", n=MAX_UNPACKED)
        raise InputError(msg, file=path, value=unpacked)
    if unpacked > RATIO_FROM and unpacked > MAX_RATIO * max(1, packed):
        msg = tr("the workbook unpacks to more than {n:,} times its size", n=MAX_RATIO)
        raise InputError(msg, file=path, value=unpacked)


def check_sheets(path: Path, archive: zipfile.ZipFile, size: int) -> set[str]:
    """Hold the sheets of an XLSX archive of `size` bytes to the limits.

    Gives the parts of which some cells stand in no named place.
    """
    spans = {part.filename: _span(path, archive, part) for part in archive.infolist()}
    budget = Budget(path, size)
    budget.take(cells=sum(span.cells for span in spans.values()))
    shared = sum(span.shared for span in spans.values())
    budget.take(text=_shared_text(archive, shared, budget.text))
    return {name for name, span in spans.items() if span.unplaced}


@dataclass(slots=True)
class _Span:
    """The rectangle that the cells of a part span, and how many take a shared text."""

    row: int = 0
    column: int = 0
    rows: int = 0
    columns: int = 0
    shared: int = 0
    unplaced: bool = False

    @property
    def cells(self) -> int:
        return self.rows * self.columns

    def see(self, tag: re.Match[bytes]) -> None:
        """Take in one row or cell; without a place of its own it follows the one before."""
        place = PLACE.search(tag[2])
        if place is None and HAS_PLACE.search(tag[2]):
            raise ValueError(tag[0])
        self.unplaced = self.unplaced or place is None
        if tag[1] == b"row":
            self.row, self.column = int(place[2]) if place else self.row + 1, 0
            return
        self.column = _column(place[1]) if place else self.column + 1
        self.rows = max(self.rows, int(place[2]) if place else self.row)
        self.columns = max(self.columns, self.column)
        self.shared += IS_SHARED.search(tag[2]) is not None

    def see_all(self, places: list[bytes], shared: int) -> None:
        """Take in many rows and cells at once, each of which names its place."""
        text = b" ".join(places)
        numbers = set(text.translate(None, LETTERS).split())
        letters = set(text.translate(None, DIGITS).split())
        self.rows = max(self.rows, *map(int, numbers))
        self.columns = max((self.columns, *map(_column, letters)))
        self.shared += shared
        self.row = int(places[-1].translate(None, LETTERS))
        self.column = _column(places[-1].translate(None, DIGITS))


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
            if (
                part.filename.startswith("xl/")
                and part.filename.endswith(("xml", "rels"))
                and b"\0" in window
            ):
                # UTF-16, in which the reader of workbooks would find no cell at all
                raise InputError(tr("a part of the workbook is not in UTF-8"), file=path)
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
    whole = window.rfind(b"<")  # the tag that begins here may be cut off
    usual = PREFIXED if b":row" in window else PLACED
    places = usual.findall(window, 0, whole) if whole > 0 else []
    if places and len(places) in _tags(window, whole):
        span.see_all(places, len(IS_SHARED.findall(window, 0, whole)))
        return whole
    end = 0
    for tag in TAG.finditer(window):
        if not tag[3]:
            return tag.start()
        span.see(tag)
        end = tag.end()
    return max(end, whole)


def _tags(window: bytes, end: int) -> Iterator[int]:
    """Count the rows and cells: first at most, which is fast, then exactly."""
    yield sum(window.count(sign, 0, end) for sign in TAG_SIGNS)
    yield len(ANY_TAG.findall(window, 0, end))


def _shared_text(archive: zipfile.ZipFile, cells: int, most: int) -> int:
    """Count the bytes that cells take from the shared texts, at most.

    First by the longest text; only where that is too much each cell is looked up.
    """
    names = [name for name in archive.namelist() if name.lower().endswith("sharedstrings.xml")]
    texts = [text for name in names for text in archive.read(name).split(b"</si>")]
    texts[:1] = [text.rpartition(b"<si>")[2] for text in texts[:1]]  # not the part's head
    lengths = list(map(len, texts))
    longest = max(lengths, default=0)
    if cells * longest <= most:
        return cells * longest
    total = 0
    for part in archive.infolist():
        places = [int(place) for place in LOOKED_UP.findall(archive.read(part))]
        total += sum(lengths[place] for place in places if place < len(lengths))
        cells -= len(places)
    return total + max(0, cells) * longest


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
