"""What two names of several words have in common: the same words, misspelt ones, and the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from custclean.stages.link.hashing import mix

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from custclean.stages.link.hashing import Rows
    from custclean.stages.link.normal.columns import Spelt
    from custclean.stages.link.words import Bools, Words

    Floats = NDArray[np.float64]

__all__ = ["Overlap", "overlap"]

_MOST = 12  # words that are left over, left times right: above, none counts as misspelt
_ALIKE = 0.9  # Jaro-Winkler from which two words of four letters and more are one, misspelt
_SLACK = 12.0  # bits, by letter: so many words are as near to a word as a misspelt one


@dataclass(frozen=True)
class Overlap:
    """Per pair: how many words are shared, misspelt, and left over on either side.

    `worth` is log2 of the chance to draw all words in common, `rarest` that of one of them.
    """

    shared: Rows
    slips: Rows
    left: Rows
    right: Rows
    worth: Floats
    rarest: Floats


def overlap(
    spelt: Spelt,
    left: Rows,
    right: Rows,
    worth: Floats | None = None,
    *,
    initials: bool = False,
) -> Overlap:
    """Compare the words of two names each; `worth`: log2 of the share of each distinct word.

    With `initials` a single letter is as good as a word that starts with it.
    """
    words: Words = spelt.words  # type: ignore[assignment]  # a column of words
    if spelt.place is not None:
        left, right = spelt.place[left], spelt.place[right]
    one, other = words.take(left), words.take(right)
    keys = [
        mix(side.hashes[side.ids] + mix(side.text.astype(np.uint64))) for side in (one, other)
    ]
    both = np.isin(keys[0], keys[1], kind="sort"), np.isin(keys[1], keys[0], kind="sort")
    n = len(left)
    value = np.zeros(len(words.spelt)) if worth is None else worth
    text, each = one.text[both[0]], value[one.ids[both[0]]]
    least = np.zeros(n)
    np.minimum.at(least, text, each)
    slips, slip_worth = _slips(one, other, ~both[0], ~both[1], value, initials)
    total = np.bincount(text, each, minlength=n) + slip_worth
    return Overlap(
        np.bincount(one.text[both[0]], minlength=n),
        slips,
        np.bincount(one.text[~both[0]], minlength=n) - slips,
        np.bincount(other.text[~both[1]], minlength=n) - slips,
        total,
        np.minimum(least, slip_worth),
    )


def _slips(
    one: Words, other: Words, over: Bools, others: Bools, worth: Floats, initials: bool
) -> tuple[Rows, Floats]:
    """Pair the words that are left over with one another where they are nearly the same."""
    n = len(one)
    counts = [np.bincount(side.text[those], minlength=n) for side, those in ((one, over), (other, others))]
    asked = (counts[0] > 0) & (counts[1] > 0) & (counts[0] * counts[1] <= _MOST)
    mine = np.flatnonzero(over & asked[one.text])
    its = np.flatnonzero(others & asked[other.text])
    if not len(mine):
        return np.zeros(n, dtype=np.int64), np.zeros(n)
    # each of mine with each of its: the words of a pair stand together on either side
    many = counts[1][one.text[mine]]
    first = np.searchsorted(other.text[its], one.text[mine])
    stops = np.cumsum(many)
    within = np.arange(stops[-1]) - np.repeat(stops - many, many)
    a, b = np.repeat(mine, many), its[np.repeat(first, many) + within]
    good = np.flatnonzero(_near(one, one.ids[a], other.ids[b], initials))
    pair = one.text[a[good]]
    value = np.maximum(worth[one.ids[a[good]]], worth[other.ids[b[good]]])
    value += _SLACK / one.spelt.str.len_chars().to_numpy()[one.ids[a[good]]]
    # as many as there are different words on the side that has fewer
    lefts = np.bincount(one.text[np.unique(a[good])], minlength=n)
    rights = np.bincount(other.text[np.unique(b[good])], minlength=n)
    slips = np.minimum(lefts, rights)
    found = np.bincount(pair, minlength=n)
    total = np.bincount(pair, np.minimum(value, 0.0), minlength=n)
    return slips, total * slips / np.maximum(found, 1)


def _near(
    words: Words, one: NDArray[np.int32], other: NDArray[np.int32], initials: bool
) -> Bools:
    """Tell which words are one, misspelt or cut short."""
    sizes = words.spelt.str.len_chars().to_numpy().astype(np.int64)
    short = np.minimum(sizes[one], sizes[other])
    near = np.zeros(len(one), dtype=bool)
    digits = words.spelt.str.contains(r"\d").to_numpy()
    if initials:
        starts = words.starts
        near |= (short == 1) & (starts[one] == starts[other])
    asked = np.flatnonzero((short > 2) & ~digits[one] & ~digits[other])
    if len(asked):
        spelt = words.spelt.to_list()
        texts = [[spelt[n] for n in side[asked].tolist()] for side in (one, other)]
        alike = process.cpdist(*texts, scorer=JaroWinkler.similarity, dtype=np.float32)
        edits = process.cpdist(*texts, scorer=OSA.distance, dtype=np.float32)
        starts = [a.startswith(b) or b.startswith(a) for a, b in zip(*texts)]
        long = short[asked] > 3
        near[asked] = (long & ((alike >= _ALIKE) | (edits <= 1))) | np.array(starts)
    return near
