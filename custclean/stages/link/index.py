"""Which pairs are worth comparing: many short keys, each with its count.

A key is one to three normalised parts; two records that share it become a candidate pair.
Which keys are tried follows from the columns present, and how big a block each may have
from how many pairs it would give, which is counted before any pair is made. What is cut
off is compared with its neighbours in the alphabet instead, and counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from custclean.stages.link.hashing import mix
from custclean.stages.link.keys import (
    ALL,
    ALL_PAIRS,
    BLOCK,
    MANY,
    Alphabet,
    keys_in,
)
from custclean.stages.link.spread import spread
from custclean.stages.link.word_keys import (
    SLIP,
    rare_in,
    rules_of_words,
    spelt_words,
    word_keys,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from custclean.stages.link.features import Features, Hashes, Rows

    Sizes = NDArray[np.int64]

__all__ = ["Blocked", "block"]

# how blocks are cut: up to which size all are compared, and with how many neighbours above
_CUTS = ((BLOCK, 8), (30, 6), (20, 4), (15, 2), (12, 1), (9, 1), (7, 0), (5, 0))
# pairs per record that one rule may give: of few records, and at least of many
_SHARE, _LEAST_SHARE = 3.0, 0.15
_TIMES = 8  # as often two long words that are one slip apart are found
_ROW, _RULE = 29, 6  # bits of a row's number and of a rule's


@dataclass(frozen=True)
class Blocked:
    """Candidate pairs as two arrays of row numbers, left smaller, and the count per rule."""

    left: Rows
    right: Rows
    report: pl.DataFrame


@dataclass(frozen=True)
class _Found:
    """What one rule gives: packed pairs, and the sizes of its blocks."""

    rule: str
    pairs: NDArray[np.uint64]
    sizes: Sizes
    limit: tuple[int, int] = (BLOCK, 0)

    def line(self) -> dict[str, object]:
        limit, neighbours = self.limit
        big = self.sizes[self.sizes > limit]
        full = int((big * (big - 1) // 2).sum())
        return {
            "rule": self.rule,
            "blocks": len(self.sizes),
            "largest": int(self.sizes.max(initial=0)),
            "limit": limit,
            "candidates": len(self.pairs),
            "oversized": len(big),
            "left_out": max(0, full - int((big * neighbours).sum())),
        }


def block(features: Features, side: NDArray[np.bool_] | None = None) -> Blocked:
    """Find the candidate pairs; with `side`, only pairs of a False and a True record."""
    n = features.rows
    if n * (n - 1) // 2 <= ALL_PAIRS:
        left, right = np.triu_indices(n, 1)
        pairs = _between(left.astype(np.int64), right.astype(np.int64), side)
        return _union([_Found(ALL, pairs, np.array([n]), (n, 0))])
    alphabet = Alphabet.of(features)
    tasks: list[Callable[[], _Found]] = [
        partial(_by_key, features, name, columns, alphabet, side)
        for name, columns in keys_in(features)
    ]
    tasks += [partial(_by_words, features, rule, alphabet, side) for rule in rules_of_words(n)]
    if n <= MANY:
        tasks.append(lambda: _by_neighbour(alphabet, side))
    return _union(spread(lambda task: task(), tasks))


def _between(left: Rows, right: Rows, side: NDArray[np.bool_] | None) -> NDArray[np.uint64]:
    """Pack pairs into one number each, the smaller row first, room for a rule below."""
    if side is not None:
        crossing = side[left] != side[right]
        left, right = left[crossing], right[crossing]
    low, high = np.minimum(left, right), np.maximum(left, right)
    packed = low.astype(np.uint64) << np.uint64(_ROW + _RULE)
    packed |= high.astype(np.uint64) << np.uint64(_RULE)
    return packed


def _distinct(packed: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Sort, and keep each number once."""
    packed = np.sort(packed)
    new = np.ones(len(packed), dtype=bool)
    new[1:] = packed[1:] != packed[:-1]
    return packed[new]


def _union(found: list[_Found]) -> Blocked:
    """Put the rules' pairs together; a pair counts as new for the first that found it."""
    found = [each for each in found if len(each.sizes)]
    numbered = [each.pairs | np.uint64(number) for number, each in enumerate(found)]
    every = np.sort(np.concatenate([np.zeros(0, np.uint64), *numbered]))
    new = np.ones(len(every), dtype=bool)
    new[1:] = (every[1:] >> np.uint64(_RULE)) != (every[:-1] >> np.uint64(_RULE))
    every = every[new]
    rules = (every & np.uint64((1 << _RULE) - 1)).astype(np.int64)
    counts = np.bincount(rules, minlength=len(found)).tolist()
    schema = {"rule": pl.String} | dict.fromkeys(
        ["blocks", "largest", "limit", "candidates", "oversized", "left_out", "new"], pl.Int64
    )
    lines = [each.line() | {"new": count} for each, count in zip(found, counts)]
    return Blocked(
        (every >> np.uint64(_ROW + _RULE)).astype(np.int64),
        ((every >> np.uint64(_RULE)) & np.uint64((1 << _ROW) - 1)).astype(np.int64),
        pl.DataFrame(lines, schema=schema),
    )


def _by_key(
    features: Features,
    name: str,
    columns: list[tuple[str, ...]],
    alphabet: Alphabet,
    side: NDArray[np.bool_] | None,
) -> _Found:
    hashes = [
        mix(features.hash(each[0])) if len(each) == 1 else features.mixed(*each)
        for each in columns
    ]
    if len(hashes) == 1:
        rows = np.flatnonzero(
            features.hash(columns[0][0]) if len(columns[0]) == 1 else hashes[0]
        )
        keys = hashes[0][rows]
    else:
        there = [
            features.hash(each[0]) != 0 if len(each) == 1 else h != 0
            for each, h in zip(columns, hashes)
        ]
        rows = np.concatenate([np.flatnonzero(t) for t in there])
        keys = np.concatenate([h[t] for h, t in zip(hashes, there)])
    return _pairs(name, rows, keys, alphabet, side)


def _by_words(
    features: Features, rule: str, alphabet: Alphabet, side: NDArray[np.bool_] | None
) -> _Found:
    """Pair records by the rare words of names and texts; a common word says nothing."""
    rows, keys = [np.zeros(0, np.int64)], [np.zeros(0, np.uint64)]
    for words, place in spelt_words(features):
        every = np.arange(features.rows)
        if place is not None:
            every = np.flatnonzero(place >= 0)
            words = words.take(place[every])  # noqa: PLW2901  # of the rows that have any
        text, key = word_keys(words, rule)
        rows.append(every[text])
        keys.append(key)
    times = _TIMES if rule == SLIP else 1
    return _pairs(rule, np.concatenate(rows), np.concatenate(keys), alphabet, side,
                  rare=rare_in(features.rows), times=times)  # fmt: skip


def _pairs(
    name: str,
    rows: Rows,
    keys: Hashes,
    alphabet: Alphabet,
    side: NDArray[np.bool_] | None,
    *,
    rare: int = 0,
    times: int = 1,
) -> _Found:
    """Give the pairs that share a key; a row may have several keys of one rule.

    With `rare`, a key that more rows have does not count; a pair is found so many `times`.
    """
    n = len(alphabet.row)
    bits = np.uint64(max(n - 1, 1).bit_length())
    below = (np.uint64(1) << bits) - np.uint64(1)
    # one number holds the key's leading bits and the row's place in the alphabet: sorting it
    # is five times as fast as sorting one by the other, puts the members of a block in
    # order, and that two keys share their leading bits is harmless
    packed = (keys & ~below) | alphabet.place[rows]
    packed.sort()
    packed = packed[
        np.append(packed[1:] != packed[:-1], np.ones(min(len(packed), 1), dtype=bool))
    ]
    same = (packed[1:] >> bits) == (packed[:-1] >> bits)
    inside = np.zeros(len(packed), dtype=bool)
    inside[1:] |= same
    inside[:-1] |= same
    follows = np.zeros(len(packed), dtype=bool)
    follows[1:] = same
    packed, starts = packed[inside], np.flatnonzero(~follows[inside])
    sizes = np.diff(np.append(starts, len(packed)))
    members = alphabet.row[(packed & below).astype(np.int64)]
    if rare:
        few = sizes <= rare
        members, sizes = members[np.repeat(few, sizes)], sizes[few]
    limit = _limit(sizes, n * times)
    left, right = _expand(members, sizes, limit)
    return _Found(name, _distinct(_between(left, right, side)), sizes, limit)


def _limit(sizes: Sizes, n: int) -> tuple[int, int]:
    """Give the size from which blocks are cut, and the neighbours of each record then.

    Blocks are as big as they may be for the rule to keep to its share of pairs.
    """
    most = n * max(_LEAST_SHARE, _SHARE * (MANY / max(n, MANY)) ** 0.7)
    for limit, neighbours in _CUTS:
        whole = sizes <= limit
        few = sizes[whole]
        if (few * (few - 1) // 2).sum() + neighbours * sizes[~whole].sum() <= most:
            break
    return limit, neighbours


def _expand(members: Rows, sizes: Sizes, limit: tuple[int, int]) -> tuple[Rows, Rows]:
    """Pair each member with those behind it in its block, in a big one with the next few."""
    ends = np.repeat(np.cumsum(sizes), sizes)
    reach = ends - np.arange(len(members)) - 1
    reach = np.minimum(reach, np.repeat(np.where(sizes > limit[0], limit[1], limit[0]), sizes))
    left = np.repeat(np.arange(len(members)), reach)
    step = np.arange(len(left)) - np.repeat(np.cumsum(reach) - reach, reach) + 1
    return members[left], members[left + step]


def _by_neighbour(alphabet: Alphabet, side: NDArray[np.bool_] | None) -> _Found:
    """Pair each record with the next three in the alphabet: finds typos at a word's end."""
    rows = alphabet.row
    pairs = [_between(rows[:-step], rows[step:], side) for step in (1, 2, 3)]
    return _Found(
        "neighbours", _distinct(np.concatenate(pairs)), np.array([len(rows)]), (len(rows), 0)
    )
