"""What a workbook would unpack to, read from its zip directory and held while unpacking."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from custclean.errors import InputError
from custclean.words import tr

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["check_archive"]

MAX_UNPACKED = 200_000_000  # bytes
MAX_RATIO = 200
RATIO_FROM = 1_000_000  # below this many bytes a high ratio does no harm
MAX_CELLS = 2_000_000
CHUNK = 1 << 20
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
OVERLAP = 64  # longer than any cell reference
CELL = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")


def check_archive(path: Path, data: bytes) -> None:
    """Raise an error unless the bytes are a whole XLSX workbook within the limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_directory(path, parts)
            for part in parts:
                _check_part(path, archive, part)
    except DAMAGED as error:
        msg = tr("the workbook is damaged or was not downloaded to its end")
        raise InputError(msg, file=path) from error
    except RuntimeError:  # what zipfile raises for a password
        msg = tr("the archive is encrypted; save it without a password")
        raise InputError(msg, file=path) from None


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


def _check_part(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unpack one part in pieces: no entities, no sheet of more cells than the limit.

    zipfile stops at the size that the directory gives and checks the sum, so a directory
    that lies about a size ends in an error here.
    """
    is_xml = part.filename.endswith((".xml", ".rels"))
    is_sheet = part.filename.startswith("xl/worksheets/")
    rest, right, bottom, cells = b"", 0, 0, 0
    with archive.open(part) as file:
        while piece := file.read(CHUNK):
            window = rest + piece
            if is_xml and (b"<!DOCTYPE" in window or b"<!ENTITY" in window):
                raise InputError(tr("the workbook declares XML entities"), file=path)
            for match in CELL.finditer(window) if is_sheet else ():
                right, bottom = max(right, _column(match[1])), max(bottom, int(match[2]))
                cells += 1
            if max(cells, right * bottom) > MAX_CELLS:
                msg = tr("a sheet has more than {n} cells", n=MAX_CELLS)
                raise InputError(msg, file=path, value=part.filename)
            rest = window[-OVERLAP:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
