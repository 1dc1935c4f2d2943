"""What is inside an archive: gzip, bzip2, xz and zip, unpacked within limits.

An archive may lie about its sizes, so the limits hold while it is unpacked; those of zip are
the ones of workbooks (archive.py). The ratio counts from the outermost file, so that an
archive in an archive gains nothing. A name from an archive is shown, never used as a path.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from custclean.tables.limits import MAX_STREAM, STREAM_RATIO_FROM, Unpacking
from custclean.tables.workbook.archive import CHUNK, DAMAGED, MAX_UNPACKED, RATIO_FROM
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["unpack"]

MAX_MEMBERS = 10_000  # a folder of single contacts or messages may hold some thousands
XZ_MEMORY = 100_000_000  # xz -9 takes 65 MB
SLICE = 1 << 16
LOCAL_HEADER = 30  # bytes before the name of a member
ENCRYPTED = 0x41  # with a password, or strongly
GZIP, XZ = b"\x1f\x8b\x08", b"\xfd7zXZ\x00"
BZIP2 = tuple(
    b"BZh%d%s" % (size, first)
    for size in range(1, 10)
    for first in (b"1AY&SY", b"\x17\x72\x45\x38\x50\x90")
)
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
NOT_READ = {
    b"7z\xbc\xaf\x27\x1c": "7-Zip",
    b"Rar!\x1a\x07": "RAR",
    b"MSCF\x00\x00\x00\x00": "CAB",
    b"\x28\xb5\x2f\xfd": "Zstandard",
    b"\x04\x22\x4d\x18": "LZ4",
    b"\x1f\x9d": "compress (.Z)",
    b"\x1f\xa0": "compress (.z)",
}
TAR_MARK, TAR_AT = b"ustar", 257
# One document, whoever reads it: Office Open XML, OpenDocument, iWork.
DOCUMENT = frozenset(
    ("[Content_Types].xml", "xl/workbook.xml", "mimetype", "Index/Document.iwa")
)
FIRST_OF_DOCUMENT = ("[Content_Types].xml", "_rels/", "docProps/", "xl/", "mimetype")
FURNITURE = (".DS_Store", "Thumbs.db", "desktop.ini")  # what file managers leave behind
READ = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)  # LZMA takes any memory


class _Stream(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


def unpack(path: Path, data: bytes) -> list[tuple[str, bytes]] | None:
    """Give the files of an archive with their names in it; None where the bytes are none.

    A file packed by itself has the name "". An archive inside an archive is unpacked, the
    name of the outer one before a slash; one inside that is refused.
    """
    budget = Unpacking(path, len(data), MAX_STREAM, STREAM_RATIO_FROM)
    if data.startswith(ZIP):
        budget = replace(budget, most=MAX_UNPACKED, ratio_from=RATIO_FROM)
    outer = _members(budget, data)
    if outer is None:
        return None
    found = []
    for name, content in outer:
        budget.member = name or None
        inner = _members(budget, content)
        if inner is None:
            found.append((name, content))
            continue
        for member, within in inner:
            full = "/".join(part for part in (name, member) if part)
            if is_archive(within):
                budget.member = full or None
                raise budget.error(tr("archives are packed three deep; unpack them first"))
            found.append((full, within))
    return found


def is_archive(data: bytes) -> bool:
    """Say whether these bytes are an archive, one that is read here or not."""
    if data.startswith(ZIP):
        return not _is_document(data)
    return data.startswith((GZIP, XZ, *BZIP2)) or _not_read(data) is not None


def _not_read(data: bytes) -> str | None:
    if data[TAR_AT : TAR_AT + len(TAR_MARK)] == TAR_MARK:
        return "tar"
    return next((kind for mark, kind in NOT_READ.items() if data.startswith(mark)), None)


def _members(budget: Unpacking, data: bytes) -> list[tuple[str, bytes]] | None:
    """Unpack one level; what is an archive and damaged, or of a kind not read, is an error."""
    kind = _not_read(data)
    if kind:
        msg = tr("this is a {kind} archive, which is not read here", kind=kind)
        raise budget.error(msg, expected=tr("the files that were packed, or a .zip of them"))
    if not is_archive(data):
        return None
    try:
        if data.startswith(ZIP):
            return _zip(budget, data)
        return [("", _joined(budget, _pieces(data)))]
    except (*DAMAGED, lzma.LZMAError, MemoryError) as error:
        msg = tr("the archive is damaged or was not downloaded to its end")
        raise budget.error(msg) from error


def _joined(budget: Unpacking, pieces: Iterator[bytes]) -> bytes:
    whole = io.BytesIO()  # unlike join, holds the bytes once
    for piece in pieces:
        budget.take(len(piece))
        whole.write(piece)
    return whole.getvalue()


def _pieces(data: bytes) -> Iterator[bytes]:
    """Unpack a file packed by itself, and what was packed by itself and put behind it."""
    if data.startswith(GZIP):
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            yield from iter(lambda: file.read(CHUNK), b"")
    elif data.startswith(XZ):
        yield from _streams(
            lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=XZ_MEMORY), data
        )
    else:
        yield from _streams(bz2.BZ2Decompressor, data)


def _streams(make: Callable[[], _Stream], data: bytes) -> Iterator[bytes]:
    """Unpack stream after stream; what follows the last must be zeros, else it is damage.

    The file classes of bz2 and lzma drop such a rest without a word.
    """
    stream = make()
    for start in range(0, len(data), SLICE):
        feed = data[start : start + SLICE]
        while feed or not (stream.eof or stream.needs_input):
            if stream.eof:
                feed = feed.lstrip(b"\x00")
                if not feed:
                    break
                stream = make()
            yield stream.decompress(feed, CHUNK)
            feed = stream.unused_data
    if not stream.eof:
        raise EOFError


def _zip(budget: Unpacking, data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = [info for info in archive.infolist() if not _is_furniture(info)]
        _check_directory(budget, archive)
        return [(info.filename, _file(budget, archive, info)) for info in files]


def _check_directory(budget: Unpacking, archive: zipfile.ZipFile) -> None:
    """Refuse what the directory alone shows to be too much, or to do harm."""
    entries = archive.infolist()
    if all(_is_furniture(info) for info in entries):
        raise budget.error(tr("the archive holds no file"))
    if len(entries) > MAX_MEMBERS:
        raise budget.error(tr("the archive holds more than {n:,} files", n=MAX_MEMBERS))
    # A member ends where the next begins or before it. Overlapping ones share their bytes:
    # https://www.bamsoftware.com/hacks/zipbomb/
    spans = sorted((each.header_offset, each.compress_size) for each in entries)
    ends = [start + LOCAL_HEADER + size for start, size in spans]
    if any(end > start for end, (start, _) in zip(ends, spans[1:])):
        raise budget.error(tr("files in the archive overlap: it is damaged or does harm"))
    replace(budget).take(sum(each.file_size for each in entries))  # as far as it says


def _file(budget: Unpacking, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Unpack one file; zipfile stops at the size that the directory gives, checks the sum."""
    outer = budget.member
    budget.member = "/".join(part for part in (outer, info.filename) if part)
    if info.flag_bits & ENCRYPTED:
        raise budget.error(tr("the archive is encrypted; save it without a password"))
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
        raise budget.error(tr("the archive holds a link or a device"))
    if info.compress_type not in READ:
        msg = tr("the archive is packed in a way that is not read here")
        raise budget.error(msg, expected=tr("the files that were packed, or a .zip of them"))
    with archive.open(info) as file:
        content = _joined(budget, iter(lambda: file.read(CHUNK), b""))
    budget.member = outer
    return content


def _is_furniture(info: zipfile.ZipInfo) -> bool:
    *folders, name = info.filename.split("/")
    return info.is_dir() or "__MACOSX" in folders or name in FURNITURE or name.startswith("._")


def _is_document(data: bytes) -> bool:
    """Say whether a zip is one document; a damaged one is told by its first file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except DAMAGED:
        length = int.from_bytes(data[26:28], "little")
        first = data[LOCAL_HEADER : LOCAL_HEADER + length].decode("cp437")
        return first.startswith(FIRST_OF_DOCUMENT)
    return not DOCUMENT.isdisjoint(names)
