"""The account of a delimited text: each letter and digit of it is in some list.

It is no proof of order, nor of which cell holds what: golden and round-trip tests are.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    Buffer = bytes | memoryview
    Counts = NDArray[np.int64]

__all__ = ["lost"]

CHUNK = 1 << 22  # bytes decoded at once
AT_ONCE = 1 << 16  # bytes counted at once: what fits beside its counts is counted fastest
ROWS = 50_000  # of a column put together at once
# Of UTF-8 these bytes make letters and digits, and the signs that are not ASCII.
TELLING = np.array([chr(n).isalnum() or n >= 0x80 for n in range(256)])


def lost(
    data: bytes, texts: Iterable[str], frames: Sequence[pl.DataFrame]
) -> Mapping[str, int]:
    """Count letters and digits of `data` (UTF-8) that neither texts nor frames hold.

    Negative: there are too many. First bytes are counted; only where these differ letters.
    """
    held = [text.encode("utf-8", "surrogatepass") for text in texts]
    wanted = _bytes([data])
    found = _bytes(held) + _bytes(_columns(frames))
    if np.array_equal(wanted[TELLING], found[TELLING]):
        return {}
    letters = _letters(_pieces(data))
    letters.subtract(_letters(held))
    letters.subtract(_letters(bytes(column) for column in _columns(frames)))
    return {letter: n for letter, n in sorted(letters.items()) if n and letter.isalnum()}


def _columns(frames: Sequence[pl.DataFrame]) -> Iterator[memoryview]:
    """Give the text of all cells, column by column, one cell right behind the other."""
    for column in (column for frame in frames for column in frame.iter_columns()):
        for start in range(0, len(column), ROWS):
            cells = column.slice(start, ROWS).to_arrow(compat_level=pl.CompatLevel.oldest())
            _, offsets, text = cells.buffers()
            if text is not None:
                places = np.frombuffer(offsets, np.int64)[cells.offset :][: len(cells) + 1]
                yield memoryview(text)[places[0] : places[-1]]


def _bytes(texts: Iterable[Buffer]) -> Counts:
    counts = np.zeros(256, np.int64)
    for text in texts:
        places = np.frombuffer(text, np.uint8)
        for start in range(0, len(places), AT_ONCE):
            counts += np.bincount(places[start : start + AT_ONCE], minlength=256)
    return counts


def _pieces(data: bytes) -> Iterator[bytes]:
    """Cut UTF-8 into pieces, never inside a character."""
    start = 0
    while start < len(data):
        end = min(len(data), start + CHUNK)
        while end < len(data) and data[end] & 0xC0 == 0x80:
            end += 1
        yield data[start:end]
        start = end


def _letters(pieces: Iterable[bytes]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for piece in pieces:
        counts.update(piece.decode("utf-8", "surrogatepass"))
    return counts
