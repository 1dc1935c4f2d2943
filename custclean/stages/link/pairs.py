"""Pairs of records, and what can be asked of them: equal, alike, missing.

Equality of hashes comes first; strings are looked at only where asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, JaroWinkler

from custclean.stages.link.levels import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from custclean.stages.link.features import Features, Rows

    Bools = NDArray[np.bool_]
    Levels = NDArray[np.int8]

__all__ = ["Pairs", "differ", "levels_of", "one_edit"]


@dataclass(frozen=True)
class Pairs:
    """Pairs of rows of one table of features, with what is asked of them."""

    features: Features
    left: Rows
    right: Rows

    def equal(self, one: str, other: str | None = None) -> Bools:
        """Tell which pairs hold the same value."""
        left = self.features.hash(one)[self.left]
        same: Bools = (left != 0) & (left == self.features.hash(other or one)[self.right])
        return same

    def crossed(self, one: str, other: str) -> Bools:
        """Tell which pairs hold the value of one column in the other, either way round."""
        return self.equal(one, other) | self.equal(other, one)

    def has(self, name: str) -> tuple[Bools, Bools]:
        """Tell which left and which right records hold a value."""
        there = self.features.hash(name) != 0
        return there[self.left], there[self.right]

    def both(self, name: str) -> Bools:
        """Tell which pairs hold a value on both sides."""
        left, right = self.has(name)
        return left & right

    def any_equal(self, names: tuple[str, ...]) -> Bools:
        """Tell which pairs share one of several values."""
        result = np.zeros(len(self.left), dtype=bool)
        for one in names:
            for other in names:
                result |= self.equal(one, other)
        return result

    def any_both(self, names: tuple[str, ...]) -> Bools:
        """Tell which pairs hold at least one of several values on both sides."""
        there = np.zeros(self.features.rows, dtype=bool)
        for name in names:
            there |= self.features.hash(name) != 0
        return there[self.left] & there[self.right]

    def alike(
        self, one: str, where: Bools, *, other: str | None = None
    ) -> NDArray[np.float32]:
        """Give the Jaro-Winkler similarity of two strings where asked, else 0."""
        return self._measured(one, other or one, where, JaroWinkler.similarity)

    def edits(self, name: str, where: Bools) -> NDArray[np.float32]:
        """Count the edits from one string to the other where asked, else 99."""
        found = self._measured(name, name, where, OSA.distance)
        return np.where(where, found, np.float32(99))

    def tokens(self, name: str, where: Bools) -> NDArray[np.float32]:
        """Give how far the words of one are among those of the other, to 100."""
        return self._measured(name, name, where, fuzz.token_set_ratio)

    def parts(self, name: str, where: Bools) -> NDArray[np.float32]:
        """Give how far the shorter string is a part of the longer one, to 100."""
        return self._measured(name, name, where, fuzz.partial_ratio)

    def _measured(
        self, one: str, other: str, where: Bools, scorer: Callable[..., float]
    ) -> NDArray[np.float32]:
        result = np.zeros(len(where), dtype=np.float32)
        if where.any() and one in self.features.table and other in self.features.table:
            table = self.features.table
            texts = (
                table[one].gather(self.left[where]).to_list(),
                table[other].gather(self.right[where]).to_list(),
            )
            result[where] = process.cpdist(*texts, scorer=scorer, dtype=np.float32, workers=2)
        return result

    def lengths(self, name: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give how many letters each side has; 0 where missing."""
        size = self.features.table[name].str.len_chars().fill_null(0).cast(int).to_numpy()
        return size[self.left], size[self.right]


def levels_of(field: str, *rules: tuple[str, Bools], there: Bools) -> Levels:
    """Give each pair the first level whose condition holds; the last level otherwise."""
    spec = FIELDS[field]
    result = np.full(len(there), len(spec.levels), dtype=np.int8)
    for code, holds in reversed(rules):
        result[holds] = spec.place(code)
    result[~there] = 0
    return result


def differ(pairs: Pairs, name: str) -> Bools:
    """Tell which pairs differ in a value that may be missing; missing is a value here."""
    values = pairs.features.hash(name)
    unequal: Bools = values[pairs.left] != values[pairs.right]
    return unequal


def one_edit(pairs: Pairs, name: str, asked: Bools) -> Bools:
    """Tell which asked pairs differ by one slip of the keys at most."""
    ends = pairs.equal(f"{name}_head") | pairs.equal(f"{name}_tail")
    found: Bools = pairs.edits(name, asked & ends) <= 1
    return found
