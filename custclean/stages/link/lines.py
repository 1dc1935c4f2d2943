"""Texts as one run of bytes, a line each: what is plain is read from there, all at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from custclean.stages.link.hashing import Hashes, Rows, hash_pieces

__all__ = ["Lines", "in_order"]

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Lines:
    """Line `n` is `data[starts[n]:stops[n]]`; eight spare bytes follow the last one."""

    raw: bytes

    @classmethod
    def of(cls, texts: pl.Series) -> Lines:
        """Put texts one below the other; a line feed within one becomes a blank."""
        filled = texts.fill_null("")
        joined: str = filled.str.join("\n").item() or ""
        if joined.count("\n") >= len(texts):
            joined = filled.str.replace_all("\n", " ", literal=True).str.join("\n").item()
        return cls(joined.encode() + b"\n" + bytes(8))

    def mapped(self, table: bytes, without: bytes = b"") -> Lines:
        """Map every byte by a table, and leave some out."""
        return Lines(self.raw[:-8].translate(table, without) + bytes(8))

    def replaced(self, table: dict[bytes, bytes]) -> Lines:
        """Replace signs that are more than one byte; most texts have none."""
        raw = self.raw
        if raw.isascii():
            return self
        # the first bytes of the signs tell at once that there is none of them
        there = {first for first in {sign[:1] for sign in table} if first in raw}
        for old, new in table.items():
            if old[:1] in there:
                raw = raw.replace(old, new)
        return Lines(raw)

    @cached_property
    def data(self) -> Bytes:
        """Give all bytes."""
        return np.frombuffer(self.raw, dtype=np.uint8)

    @cached_property
    def stops(self) -> Rows:
        """Give where each line ends."""
        return np.flatnonzero(self.data[:-8] == 10)

    @cached_property
    def starts(self) -> Rows:
        """Give where each line starts."""
        return np.concatenate([[0], self.stops[:-1] + 1])

    @property
    def sizes(self) -> Rows:
        """Count the bytes of each line."""
        return self.stops - self.starts

    def where(self, byte: str) -> Rows:
        """Give every place of a character."""
        return np.flatnonzero(self.data[:-8] == ord(byte))

    def line(self, places: Rows) -> Rows:
        """Give the line that each place is in."""
        return np.searchsorted(self.stops, places)

    def texts(self, starts: Rows, stops: Rows) -> list[str]:
        """Give pieces of the bytes as texts."""
        if not len(starts):
            return []
        ends = np.cumsum(stops - starts + 1)
        letters = self.data[
            np.arange(ends[-1]) + np.repeat(stops + 1 - ends, stops - starts + 1)
        ]
        letters[ends - 1] = 10
        text: str = letters.tobytes()[:-1].decode()
        return text.split("\n")

    def hash(self, starts: Rows, stops: Rows) -> Hashes:
        """Hash pieces of the bytes; 0 for an empty one."""
        sizes = np.maximum(stops - starts, 0)
        found = hash_pieces(self.data, starts, sizes) | np.uint64(1)
        found[sizes == 0] = 0
        return found


def in_order(values: pl.Series) -> Rows:
    """Give the rows in the order of their values, none of which is missing or stands twice.

    Texts are sorted by their first eight bytes as numbers, which is eight times as fast, and
    only where those tie by all of them.
    """
    if values.dtype != pl.String:
        return values.arg_sort().to_numpy().astype(np.int64)
    lines = Lines.of(values)
    head = np.zeros(len(values), dtype=np.uint64)
    for place in range(8):
        letter = lines.data[lines.starts + place].astype(np.uint64)
        letter[lines.sizes <= place] = 0
        head = (head << np.uint64(8)) | letter
    rows = np.argsort(head)
    ties = np.zeros(len(rows), dtype=bool)
    ties[1:] = head[rows[1:]] == head[rows[:-1]]
    ties[:-1] |= ties[1:]
    tied = np.flatnonzero(ties)
    rows[tied] = rows[tied][values.gather(rows[tied]).arg_sort().to_numpy()]
    return rows
