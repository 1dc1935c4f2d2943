"""Pairs of records, and what can be asked of them: equal, alike, missing.

Equality of hashes comes first; letters are looked at only where asked. `hopeful` pairs do
not look at letters at all: where that would be needed they take the best for granted. What
is too little even then is not compared in earnest.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, JaroWinkler

from custclean.stages.link.levels import FIELDS
from custclean.stages.link.overlap import Overlap, overlap

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from custclean.stages.link.features import Features, Hashes, Rows

    Bools = NDArray[np.bool_]
    Levels = NDArray[np.int8]

__all__ = ["Pairs", "differ", "levels_of", "one_edit"]


@dataclass(frozen=True)
class Pairs:
    """Pairs of rows of one table of features, with what is asked of them."""

    features: Features
    left: Rows
    right: Rows
    hopeful: bool = False
    _held: dict[str, tuple[Hashes, Hashes]] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.left)

    def take(self, some: NDArray[np.integer]) -> Pairs:
        """Keep some of the pairs, to be looked at in earnest."""
        return replace(
            self, left=self.left[some], right=self.right[some], hopeful=False, _held={}
        )

    def of(self, name: str) -> tuple[Hashes, Hashes]:
        """Give the hashes of both sides."""
        if name not in self._held:
            values = self.features.hash(name)
            self._held[name] = values[self.left], values[self.right]
        return self._held[name]

    def there(self, name: str) -> bool:
        """Tell whether any record at all holds such a value."""
        return self.features.has(name)

    def none(self) -> Bools:
        """Give no for every pair."""
        return np.zeros(len(self.left), dtype=bool)

    def equal(self, one: str, other: str | None = None) -> Bools:
        """Tell which pairs hold the same value."""
        if not self.there(one) or (other is not None and not self.there(other)):
            return self.none()
        left, right = self.of(one)[0], self.of(other or one)[1]
        same: Bools = left == right
        same &= left != 0
        return same

    def crossed(self, one: str, other: str) -> Bools:
        """Tell which pairs hold the value of one column in the other, either way round."""
        return self.equal(one, other) | self.equal(other, one)

    def has(self, name: str) -> tuple[Bools, Bools]:
        """Tell which left and which right records hold a value."""
        if not self.there(name):
            return self.none(), self.none()
        left, right = self.of(name)
        return left != 0, right != 0

    def both(self, name: str) -> Bools:
        """Tell which pairs hold a value on both sides."""
        left, right = self.has(name)
        return left & right

    def any_equal(self, names: tuple[str, ...]) -> Bools:
        """Tell which pairs share one of several values."""
        result = self.none()
        for one in names:
            for other in names:
                result |= self.equal(one, other)
        return result

    def any_both(self, names: tuple[str, ...]) -> Bools:
        """Tell which pairs hold at least one of several values on both sides."""
        left, right = self.none(), self.none()
        for name in names:
            one, other = self.has(name)
            left |= one
            right |= other
        return left & right

    def alike(
        self, one: str, where: Bools, *, other: str | None = None
    ) -> NDArray[np.float32]:
        """Give the Jaro-Winkler similarity of two strings where asked, else 0."""
        return self._measured(one, other or one, where, JaroWinkler.similarity, 1.0)

    def edits(self, name: str, where: Bools) -> NDArray[np.float32]:
        """Count the edits from one string to the other where asked, else 99."""
        found = self._measured(name, name, where, OSA.distance, 1.0)
        return np.where(where, found, np.float32(99))

    def tokens(self, name: str, where: Bools) -> NDArray[np.float32]:
        """Give how far the words of one are among those of the other, to 100."""
        return self._measured(name, name, where, fuzz.token_set_ratio, 0.0)

    def parts(self, name: str, where: Bools) -> NDArray[np.float32]:
        """Give how far the shorter string is a part of the longer one, to 100."""
        return self._measured(name, name, where, fuzz.partial_ratio, 100.0)

    def words(
        self, name: str, where: Bools, *, initials: bool = False
    ) -> tuple[NDArray[np.int64], Overlap]:
        """Compare the words of two texts where asked: which pairs, and what they share."""
        rows = np.flatnonzero(where)
        spelt = self.features.columns.spelt[name]
        return rows, overlap(spelt, self.left[rows], self.right[rows], initials=initials)

    def texts(self, name: str, where: Bools) -> tuple[list[str], list[str]]:
        """Spell both sides out where asked."""
        return self._spelt(name, self.left[where]), self._spelt(name, self.right[where])

    def _spelt(self, name: str, rows: Rows) -> list[str]:
        found = self.features.texts(name, rows)
        return [text.decode() if isinstance(text, bytes) else text for text in found]

    def _measured(
        self, one: str, other: str, where: Bools, scorer: Callable[..., float], hope: float
    ) -> NDArray[np.float32]:
        result = np.zeros(len(where), dtype=np.float32)
        if not self.there(one) or not self.there(other) or not where.any():
            return result
        if self.hopeful:
            result[where] = hope
            return result
        left = self.features.texts(one, self.left[where])
        right = self.features.texts(other, self.right[where])
        found = process.cpdist(left, right, scorer=scorer, dtype=np.float32, workers=1)
        result[where] = found
        return result


def levels_of(field_name: str, *rules: tuple[str, Bools], there: Bools) -> Levels:
    """Give each pair the first level whose condition holds; the last level otherwise."""
    spec = FIELDS[field_name]
    result = np.full(len(there), len(spec.levels), dtype=np.int8)
    for code, holds in reversed(rules):
        result[holds] = spec.place(code)
    result[~there] = 0
    return result


def differ(pairs: Pairs, name: str) -> Bools:
    """Tell which pairs differ in a value that may be missing; missing is a value here."""
    if not pairs.there(name):
        return pairs.none()
    left, right = pairs.of(name)
    unequal: Bools = left != right
    return unequal


def one_edit(pairs: Pairs, name: str, stem: str, asked: Bools) -> Bools:
    """Tell which asked pairs differ by one slip of the keys at most."""
    ends = pairs.equal(f"{stem}_head") | pairs.equal(f"{stem}_tail")
    found: Bools = pairs.edits(name, asked & ends) <= 1
    return found
