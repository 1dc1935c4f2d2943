"""What a Parquet file says that it becomes, read before any of it is unpacked.

The footer can lie; a reader makes room for what the head of each page says. So these are
walked as a reader walks them. The numbers of the fields are those of
https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
(pyarrow tells the same, but a damaged footer ends the whole process with it).
"""

from __future__ import annotations

from dataclasses import dataclass

from custclean.tables.parquet.thrift import Struct, read_struct

__all__ = ["Heads", "read_heads"]

TAIL = 8  # bytes: the length of the footer, and the mark
SMALLEST = 8  # bytes of a page with its head
# Fields of the footer, of an element of its schema, of a group of rows, of a column in it.
SCHEMA, ROWS, GROUPS = 2, 3, 4
TYPE, TYPE_LENGTH = 1, 2
COLUMNS, GROUP_ROWS = 1, 3
META, ENCODINGS, VALUES, DATA_AT, DICTIONARY_AT = 3, 2, 5, 9, 11
# Fields of the head of a page, and of what it says of its data in either version.
UNPACKED, PACKED, DATA, DATA_V2, PAGE_VALUES = 2, 3, 5, 8, 1
FIXED_BYTES = 7  # a type
SHARED_BEGINNINGS = 7  # an encoding in which a byte can stand for a long text


@dataclass(frozen=True, slots=True)
class Heads:
    """What a file says of itself: how much it would become."""

    rows: int
    columns: int
    fixed: int  # bytes that each row takes, filled or not
    values: int
    unpacked: int  # bytes
    grows: bool  # text may be longer than what is unpacked


def read_heads(data: bytes) -> Heads:
    """Read footer and pages; LookupError, TypeError or ValueError where they are damaged."""
    length = int.from_bytes(data[-TAIL:-4], "little")
    if length > len(data) - TAIL:
        raise ValueError(length)
    footer, _ = read_struct(data[:-TAIL], len(data) - TAIL - length)
    leaves = [each for each in footer[SCHEMA] if TYPE in each]
    groups = footer[GROUPS]
    metas = [column[META] for group in groups for column in group[COLUMNS]]
    unpacked, values = _pages(data, metas)
    rows = footer[ROWS]
    if rows != sum(group[GROUP_ROWS] for group in groups) or rows < 0:
        raise ValueError(rows)
    return Heads(
        rows=rows,
        columns=len(leaves),
        fixed=sum(each[TYPE_LENGTH] for each in leaves if each[TYPE] == FIXED_BYTES),
        values=values,
        unpacked=unpacked,
        grows=any(SHARED_BEGINNINGS in meta[ENCODINGS] for meta in metas),
    )


def _pages(data: bytes, metas: list[Struct]) -> tuple[int, int]:
    """Give the bytes and values that all pages unpack to."""
    unpacked = values = seen = 0
    for meta in metas:
        place, found = _start(meta), 0
        while found < meta[VALUES]:
            head, place = read_struct(data, place)
            about = head.get(DATA) or head.get(DATA_V2) or {PAGE_VALUES: 0}
            seen += 1
            place += head[PACKED]
            sizes = (head[PACKED], head[UNPACKED], about[PAGE_VALUES])
            if min(sizes) < 0 or place > len(data) or seen > len(data) // SMALLEST:
                raise ValueError(place)
            found += about[PAGE_VALUES]
            unpacked += head[UNPACKED]
        values += found
    return unpacked, values


def _start(meta: Struct) -> int:
    """Give where the first page of a column stands; without a dictionary that is 0 or none."""
    places = [place for place in (meta.get(DICTIONARY_AT), meta[DATA_AT]) if place]
    if min(places) < 0:
        raise ValueError(places)
    return int(min(places))
