"""The streams of an OLE file, the file system that .xls workbooks are written in.

After Microsoft's [MS-CFB]. A chain of sectors that runs in a circle or out of the file
means damage.
"""

from __future__ import annotations

import struct

__all__ = ["MAGIC", "ole_streams"]

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FREE = 0xFFFFFFFA  # from here on the number of a sector means something else
ENTRY = 128  # bytes of a directory entry
STREAM, ROOT = 2, 5


def ole_streams(data: bytes) -> dict[str, bytes]:
    """Give the streams of an OLE file by name; ValueError where it is damaged."""
    try:
        return _streams(data)
    except (struct.error, IndexError, OverflowError) as error:
        raise ValueError(str(error)) from None


def _streams(data: bytes) -> dict[str, bytes]:
    shift, mini_shift = struct.unpack_from("<HH", data, 30)
    directory, _, cutoff, mini_table = struct.unpack_from("<4I", data, 48)
    if shift not in {9, 12} or mini_shift != 6:
        raise ValueError(shift)
    disk = _Disk(data[1 << shift :], 1 << shift)
    disk.table = _table(data, disk)
    entries = _entries(disk.chain(directory))
    small = _Disk(b"", 1 << mini_shift)
    for _, kind, first, _ in entries:
        if kind == ROOT:  # its stream holds the small ones
            small.data = disk.chain(first)
            small.table = _numbers(disk.chain(mini_table))
    return {
        name: (small if size < cutoff else disk).chain(first)[:size]
        for name, kind, first, size in entries
        if kind == STREAM and name in WANTED
    }


WANTED = frozenset({"Workbook", "Book", "EncryptedPackage"})  # many can share one long chain


class _Disk:
    """Sectors of one size, and the table that says which one follows which."""

    def __init__(self, data: bytes, size: int) -> None:
        self.data, self.size = data, size
        self.table: tuple[int, ...] = ()

    def sector(self, number: int) -> bytes:
        return self.data[number * self.size : (number + 1) * self.size]

    def chain(self, number: int) -> bytes:
        """Put the sectors of a chain together."""
        found: list[bytes] = []
        while number < FREE:
            if len(found) > len(self.data) // self.size:
                raise ValueError(number)
            found.append(self.sector(number))
            number = self.table[number]
        return b"".join(found)


def _table(data: bytes, disk: _Disk) -> tuple[int, ...]:
    """Read the table of sectors; where it lies stands in the header and in a list."""
    places = list(struct.unpack_from("<109I", data, 76))
    more, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(disk.data) // disk.size)):
        if more >= FREE:
            break
        *found, more = _numbers(disk.sector(more))
        places += found
    sectors = dict.fromkeys(place for place in places if place < FREE)
    return _numbers(b"".join(map(disk.sector, sectors)))


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _entries(directory: bytes) -> list[tuple[str, int, int, int]]:
    """Give name, kind, first sector and size of each entry."""
    found = []
    for place in range(0, len(directory) - ENTRY + 1, ENTRY):
        entry = directory[place : place + ENTRY]
        length, kind = struct.unpack_from("<HB", entry, 64)
        name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")
        first, size = struct.unpack_from("<II", entry, 116)
        found.append((name, kind, first, size))
    return found
