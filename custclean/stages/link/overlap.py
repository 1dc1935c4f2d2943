"""What two names of several words have in common: words, misspelt words, and the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from custclean.stages.link.hashing import mix

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from custclean.stages.link.hashing import Hashes, Rows
    from custclean.stages.link.normal.hashed import Spelt
    from custclean.stages.link.vocabulary import Bools
    from custclean.stages.link.words import Words

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
    both = _among(keys[0], keys[1]), _among(keys[1], keys[0])
    n = len(left)
    value = np.zeros(len(words.spelt)) if worth is None else worth
    text, each = one.text[both[0]], value[one.ids[both[0]]]
    least = np.zeros(n)
    np.minimum.at(least, text, each)
    slips, slip_worth = _slips(one, other, ~both[0], ~both[1], value, initials=initials)
    # a word that stands twice on one side alone counts once
    others = np.bincount(other.text[both[1]], value[other.ids[both[1]]], minlength=n)
    total = np.maximum(np.bincount(text, each, minlength=n), others) + slip_worth
    shared = np.minimum(
        np.bincount(one.text[both[0]], minlength=n),
        np.bincount(other.text[both[1]], minlength=n),
    )  # a word that stands twice on one side alone is shared once
    return Overlap(
        shared,
        slips,
        one.counts - shared - slips,
        other.counts - shared - slips,
        total,
        np.minimum(least, slip_worth),
    )


def _among(some: Hashes, those: Hashes) -> Bools:
    """Tell which values are among others."""
    if not len(those):
        return np.zeros(len(some), dtype=bool)
    ordered = np.sort(those)
    place = np.minimum(np.searchsorted(ordered, some), len(ordered) - 1)
    found: Bools = ordered[place] == some
    return found


def _slips(
    one: Words, other: Words, over: Bools, others: Bools, worth: Floats, *, initials: bool
) -> tuple[Rows, Floats]:
    """Pair the words that are left over with one another where they are nearly the same."""
    n = len(one)
    counts = [
        np.bincount(side.text[those], minlength=n)
        for side, those in ((one, over), (other, others))
    ]
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
    good = np.flatnonzero(_near(one, one.ids[a], other.ids[b], initials=initials))
    pair = one.text[a[good]]
    value = np.maximum(worth[one.ids[a[good]]], worth[other.ids[b[good]]])
    value += _SLACK / np.maximum(
        one.every.sizes[one.ids[a[good]]], one.every.sizes[other.ids[b[good]]]
    )
    # as many as there are different words on the side that has fewer
    lefts = np.bincount(one.text[np.unique(a[good])], minlength=n)
    rights = np.bincount(other.text[np.unique(b[good])], minlength=n)
    slips = np.minimum(lefts, rights)
    found = np.bincount(pair, minlength=n)
    total = np.bincount(pair, np.minimum(value, 0.0), minlength=n)
    return slips, total * slips / np.maximum(found, 1)


def _near(
    words: Words, one: NDArray[np.int32], other: NDArray[np.int32], *, initials: bool
) -> Bools:
    """Tell which words are one, misspelt or cut short."""
    every = words.every
    short = np.minimum(every.sizes[one], every.sizes[other])
    near = np.zeros(len(one), dtype=bool)
    if initials:
        near |= (short == 1) & (every.starts[one] == every.starts[other])
    asked = np.flatnonzero((short > 2) & ~every.numeric[one] & ~every.numeric[other])
    near |= _abbreviated(words, one, other, short)
    if len(asked):
        texts = [[every.texts[n] for n in side[asked].tolist()] for side in (one, other)]
        alike = process.cpdist(*texts, scorer=JaroWinkler.similarity, dtype=np.float32)
        edits = process.cpdist(*texts, scorer=OSA.distance, dtype=np.float32)
        found = (short[asked] > 3) & ((alike >= _ALIKE) | (edits <= 1))
        cut = np.flatnonzero(~found & (every.heads[one[asked]] == every.heads[other[asked]]))
        found[cut] = [
            texts[0][n].startswith(texts[1][n]) or texts[1][n].startswith(texts[0][n])
            for n in cut.tolist()
        ]
        near[asked] |= found
    return near


def _abbreviated(
    words: Words, one: NDArray[np.int32], other: NDArray[np.int32], short: Rows
) -> Bools:
    """Tell which words are the other one's consonants: "htg" is "heating"."""
    every = words.every
    bare = every.bare
    asked = np.flatnonzero(
        (short > 1) & (short < 6) & (every.starts[one] == every.starts[other])
        & (bare[one] != bare[other])
    )  # fmt: skip
    found = np.zeros(len(one), dtype=bool)
    for n in asked.tolist():
        few, many = every.texts[one[n]], every.texts[other[n]]
        if not bare[one[n]]:
            few, many = many, few
        letters = iter(many)
        found[n] = len(few) < len(many) and all(letter in letters for letter in few)
    return found
