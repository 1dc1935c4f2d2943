"""Which keys two records share, asked of these two alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from custclean.stages.link.hashing import mixed
from custclean.stages.link.keys import (
    ALL,
    ALL_PAIRS,
    MANY,
    Alphabet,
    keys_in,
)
from custclean.stages.link.word_keys import rare_in, rules_of_words, spelt_words, word_keys

if TYPE_CHECKING:
    from custclean.stages.link.features import Features, Hashes, Rows

__all__ = ["Key", "keys_of_pair"]


@dataclass(frozen=True)
class Key:
    """What one rule says of two rows; of how many records the block is that they share."""

    rule: str
    state: str  # "shared", "differs", or "missing": one of them has no such key
    size: int = 0


def keys_of_pair(features: Features, left: int, right: int) -> list[Key]:
    """Say of each rule whether it brings two rows together; only these two are looked at.

    Where all pairs are compared there is that one rule. How large a shared block is, is
    counted in all rows.
    """
    n = features.rows
    if n * (n - 1) // 2 <= ALL_PAIRS:
        return [Key(ALL, "shared", n)]
    keys = [_key_of(features, *rule, left, right) for rule in keys_in(features)]
    keys += [_by_words(features, rule, left, right) for rule in rules_of_words(n)]
    if n <= MANY:
        place = Alphabet.of(features).place
        near = abs(int(place[left]) - int(place[right])) <= 3
        keys.append(Key("neighbours", "shared" if near else "differs", n * near))
    return keys


def _key_of(
    features: Features, rule: str, columns: list[tuple[str, ...]], left: int, right: int
) -> Key:
    both = np.array([left, right])
    mine, other = np.array(
        [mixed(*(features.hash(name)[both] for name in names)) for names in columns]
    ).T
    mine, other = mine[mine != 0], other[other != 0]
    if not len(mine) or not len(other):
        return Key(rule, "missing")
    shared = np.intersect1d(mine, other)
    sizes = [0]
    for value in shared:
        holds = np.zeros(features.rows, dtype=bool)
        for names in columns:
            holds |= features.mixed(*names) == value
        sizes.append(int(holds.sum()))
    return Key(rule, "shared", min(sizes[1:])) if len(shared) else Key(rule, "differs")


def _by_words(features: Features, rule: str, left: int, right: int) -> Key:
    mine, other = (_words_of(features, rule, row) for row in (left, right))
    if not len(mine) or not len(other):
        return Key(rule, "missing")
    sizes = _holders(features, rule, np.intersect1d(mine, other))
    rare = sizes[sizes <= rare_in(features.rows)]
    return Key(rule, "shared", int(rare.min())) if len(rare) else Key(rule, "differs")


def _words_of(features: Features, rule: str, row: int) -> Hashes:
    found = [np.zeros(0, np.uint64)]
    for words, place in spelt_words(features):
        text = row if place is None else int(place[row])
        if text >= 0:
            found.append(word_keys(words.take(np.array([text])).alone(), rule)[1])
    return np.unique(np.concatenate(found))


def _holders(features: Features, rule: str, keys: Hashes) -> Rows:
    """Count for each key the rows that have it, in whatever column."""
    if not len(keys):
        return np.zeros(0, dtype=np.int64)
    found = []
    for words, place in spelt_words(features):
        text, each = word_keys(words, rule)
        among = np.isin(each, keys)
        held = pl.DataFrame({"text": text[among], "key": each[among]}).unique()
        rows = np.arange(features.rows) if place is None else place.astype(np.int64)
        found.append(held.join(pl.DataFrame({"text": rows}).with_row_index("row"), on="text"))
    held = pl.concat([each.select("row", "key") for each in found]).unique()
    return held.group_by("key").len()["len"].to_numpy().astype(np.int64)
