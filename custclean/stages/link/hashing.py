"""64-bit hashes of values, of pieces of bytes, and of several hashes together.

0 is "missing", so that equality of two hashes that are not 0 is equality of two values. The
hashes are the same in every process, whatever Python's hash seed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "Hashes",
    "Rows",
    "among_first",
    "hash_pieces",
    "hash_values",
    "mix",
    "mixed",
    "numbered",
]

Hashes = NDArray[np.unsignedinteger[Any]]  # 64 bits; of a letter or a small number 8
Rows = NDArray[np.int64]

# odd constants with well spread bits, as in splitmix64 (Steele, Lea, Flood 2014)
_ONE, _TWO, _THREE = map(
    np.uint64, (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
)
_UPTO = np.array([(1 << (8 * size)) - 1 for size in range(9)], dtype=np.uint64)
_AT_ONCE = 16_384
_SLOTS = 22  # bits: distinct values that are told apart without sorting


def mix(values: Hashes) -> Hashes:
    """Spread the bits of each value."""
    result = values.astype(np.uint64)
    spare = np.empty(min(_AT_ONCE, len(result)), dtype=np.uint64)
    for start in range(0, len(result), _AT_ONCE):  # so many stay in the processor's cache
        part = result[start : start + _AT_ONCE]
        moved = spare[: len(part)]
        for bits, factor in ((30, _TWO), (27, _THREE)):
            part ^= np.right_shift(part, np.uint64(bits), out=moved)
            part *= factor
        part ^= np.right_shift(part, np.uint64(31), out=moved)
    return result


def mixed(*columns: Hashes) -> Hashes:
    """Put several hashes of each row into one; 0 where any of them is missing."""
    first, *others = columns
    result, there = mix(first.astype(np.uint64) + _ONE), first != 0
    for column in others:
        result = mix(result ^ column)
        there &= column != 0
    result |= np.uint64(1)
    result[~there] = 0
    return result


def hash_values(values: pl.Series) -> Hashes:
    """Hash every value of a column; 0 where it is null."""
    found = values.hash(seed=1).to_numpy()
    if not values.null_count():
        return found | np.uint64(1)
    return np.where(values.is_null().to_numpy(), np.uint64(0), found | np.uint64(1))


def hash_pieces(data: NDArray[np.uint8], starts: Rows, sizes: Rows) -> Hashes:
    """Hash pieces of bytes, eight bytes at a time; `data` ends with eight spare bytes."""
    eights = np.lib.stride_tricks.as_strided(
        data[:8].view(np.uint64), shape=(len(data) - 7,), strides=(1,), writeable=False
    )
    result = eights[starts] & _UPTO[np.minimum(sizes, 8)]
    result ^= sizes.astype(np.uint64) * _ONE
    result = mix(result)
    more, done = np.flatnonzero(sizes > 8), 8
    while len(more):
        left = sizes[more] - done
        piece = eights[starts[more] + done] & _UPTO[np.minimum(left, 8)]
        result[more] = mix(result[more] ^ piece)
        more, done = more[left > 8], done + 8
    return result


def numbered(hashes: Hashes) -> tuple[NDArray[np.int32], Rows]:
    """Give each value the number of its kind, and for each number where it is seen.

    Values are told apart by their leading bits, in a table; those few that share a place
    with another value are sorted out one by one. Neither depends on how many there are.
    """
    bits = min(_SLOTS, max(8, len(hashes).bit_length()))
    slot = (hashes >> np.uint64(64 - bits)).astype(np.int32)
    holder = np.full(1 << bits, -1, dtype=np.int32)
    holder[slot] = np.arange(len(hashes), dtype=np.int32)
    used = np.flatnonzero(holder >= 0)
    number = np.empty(1 << bits, dtype=np.int32)
    number[used] = np.arange(len(used), dtype=np.int32)
    result, where = number[slot], holder[used].astype(np.int64)
    other = np.flatnonzero(hashes[holder[slot]] != hashes)
    if len(other):
        _, first, inverse = np.unique(hashes[other], return_index=True, return_inverse=True)
        result[other] = len(used) + inverse
        where = np.concatenate([where, other[first]])
    return result, where


def among_first(hashes: Hashes, most: int) -> Rows:
    """Give each place itself if it is among the first so many of its value, else the first."""
    result = np.arange(len(hashes))
    ordered = np.sort(hashes)
    if (ordered[most:] == ordered[: len(hashes) - most]).any():
        number, _ = numbered(hashes)
        sizes = np.bincount(number)
        order = np.argsort(number, kind="stable")
        starts = np.repeat(np.cumsum(sizes) - sizes, sizes)
        late = np.arange(len(order)) - starts >= most
        result[order[late]] = order[starts[late]]
    return result
