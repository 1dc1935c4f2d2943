"""How likely strangers are to share a value by chance: from how many hold it.

What one e-mail address or switchboard is worth depends on how many *different* names
use it: forty clients of one bookkeeper share hers, two spellings of one client their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from custclean.stages.link.hashing import mix, mixed, numbered
from custclean.stages.link.levels import FIELDS
from custclean.stages.link.overlap import overlap
from custclean.stages.link.spread import spread
from custclean.stages.link.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from custclean.stages.link.features import Features, Hashes, Rows

    Shares = NDArray[np.float64]
    Counts = NDArray[np.int32]

__all__ = ["Frequencies", "common_levels"]

# strangers that share a value which only two records hold: of how many values is that so
_NAME, _CONTACT, _CERTAIN, _WORD = 0.03, 0.10, 0.02, 0.03
_RARE = {"company": _NAME, "person": _NAME, "tax_id": _CERTAIN, "exact": _CERTAIN}
_COUNTRY = 0.6  # names, phones and towns already say which country it is
_HELD_BY_ONE = ("given", "family", "email", "phone", "tax_id", "website", "exact", "place")
_SPELT = {"company": ("label",), "person": ("person",)}  # whose words are counted
_COUNTED = ("equal",)  # of those, the levels at which the whole value is shared
# how many names are as near to a name as that, for each that is equal
_SLACK = {
    ("person", "equal"): 1.0, ("person", "variant"): 3.0, ("person", "similar"): 8.0,
    ("person", "partial"): 1.0, ("person", "other_middle"): 1.0,
    ("person", "generation"): 1.0, ("person", "one_generation"): 1.0,
    ("person", "same_family"): 1.0, ("person", "same_given"): 1.0,
    ("company", "equal"): 0.3, ("company", "similar"): 1.0, ("company", "partial"): 2.0,
    ("company", "overlap"): 4.0, ("company", "other_form"): 1.0,
}  # fmt: skip
_FORMED = ("equal", "similar", "partial")  # where the legal form may be the same too
_PLACES = {
    "equal": ("road", "house"),
    "same_area": ("postcode", "city"),
    "same_postcode": ("postcode",),
    "same_city": ("city",),
}


def common_levels(name: str) -> list[tuple[int, str]]:
    """Name the levels of a field that weigh by how common the value is."""
    return [(n, level.code) for n, level in enumerate(FIELDS[name].levels, 1) if level.common]


@dataclass(frozen=True)
class Frequencies:
    """Chances of agreeing on a value by accident; `side` is set when two tables are linked."""

    features: Features
    side: NDArray[np.bool_] | None
    clients: Hashes | None = None  # which rows are one client, as far as is known already
    _kept: dict[tuple[str, str], list[tuple[Hashes, Counts]]] = field(
        default_factory=dict, repr=False
    )
    _words: dict[str, NDArray[np.float64]] = field(default_factory=dict, repr=False)
    _shares: dict[str, NDArray[np.float64]] = field(default_factory=dict, repr=False)

    def count(self, fields: Sequence[str]) -> None:
        """Count the holders of all values of these fields, once and for all."""
        wanted = [
            (name, code)
            for name in fields
            for _, code in common_levels(name)
            if name not in _SPELT or code in _COUNTED
        ]
        if "person" in fields:
            wanted += [("given", ""), ("family", "")]
        wanted = [each for each in wanted if each not in self._kept]
        if wanted:
            # once, before the threads start
            _ = self.names, self.reached, self._forms, self.size, self.features.counted
            spread(self._rarity, _SPELT)
            self._kept.update(zip(wanted, spread(lambda each: self._held(*each), wanted)))

    def chance(self, name: str, level: str, left: Rows, right: Rows) -> Shares:
        """Give, per pair that agrees at a level, the share of strangers who would too."""
        self.count((name,))
        best = np.zeros(len(left)) if name in _SPELT else np.ones(len(left))
        if level in _COUNTED or name not in _SPELT:
            shared = self._shared(name, level, left, right)
            best = np.where(np.isnan(shared), best, shared)
        if name in _SPELT:
            # a name of common words is common, even if only these two bear it
            slack = _SLACK[name, level]
            best = np.maximum(best, slack * self._by_words(name, level, left, right))
            best *= self._one_form(name, level, left, right)
        if name == "country":
            best = np.maximum(best, _COUNTRY)
        clipped: Shares = np.clip(best, 1e-9, 1.0)
        return clipped

    def _one_form(self, name: str, level: str, left: Rows, right: Rows) -> Shares:
        """Give the share of firms with the legal form that two have in common; else 1."""
        if name != "company" or level not in _FORMED:
            return np.ones(len(left))
        forms = self.features.hash("form")
        return np.where(forms[left] == forms[right], self._forms[forms[left]], 1.0)

    @cached_property
    def _forms(self) -> Shares:
        """Give the share of names that have each legal form; a missing one says nothing."""
        forms = self.features.hash("form")
        # a name counts once with each of its forms
        each = numbered(mixed(self.features.hash("label"), forms))[1]
        counts = np.bincount(forms[each], minlength=256).astype(float)
        counts[0] = 0.0
        shares: Shares = (counts + 1) / (counts.sum() + np.count_nonzero(counts) + 1)
        shares[0] = 1.0
        return shares

    def _shared(self, name: str, level: str, left: Rows, right: Rows) -> Shares:
        """Give the share that holds the value that two have in common."""
        columns = self._kept[name, level]
        if len(columns) == 1:  # that both hold the same value is known then
            held = columns[0][1][left]
            return np.where(held > 0, self._share(name, held), np.nan)
        best = np.full(len(left), np.nan)
        for one, held in columns:
            found = np.zeros(len(left), dtype=bool)
            for other, _ in columns:
                found |= one[left] == other[right]
            found &= one[left] != 0
            best = np.where(found, np.fmin(best, self._share(name, held[left])), best)
        return best

    def _by_words(
        self, name: str, level: str, left: Rows, right: Rows, *, quick: bool = False
    ) -> Shares:
        """Give how common the words are that two names have in common, on either side."""
        if level in ("same_family", "partial") and name == "person":
            return np.maximum(*(self._part("family", rows) for rows in (left, right)))
        if level == "same_given":
            return np.maximum(*(self._part("given", rows) for rows in (left, right)))
        if name == "company" and level != "equal" and not quick:
            return self._in_common(level, left, right)
        rarity = self._rarity(name)
        return np.exp2(np.maximum(rarity[left], rarity[right]))

    def _in_common(self, level: str, left: Rows, right: Rows) -> Shares:
        """Give the chance to draw the words that two labels share, slips allowed."""
        rarity = self._rarity("company")
        worth = np.maximum(rarity[left], rarity[right])
        spelt = self.features.columns.spelt["label"]
        place = np.arange(self.features.rows) if spelt.place is None else spelt.place
        rows = np.flatnonzero((place[left] >= 0) & (place[right] >= 0))
        if len(rows):
            found = overlap(spelt, left[rows], right[rows], self._each("label"))
            # accents lost on the way, blanks elsewhere: no word is equal, but the whole is
            none = found.shared + found.slips == 0
            some = found.worth
            if level in ("partial", "overlap"):
                # words are not drawn one by one: behind "university of" a town is likely
                some = (found.worth + found.rarest) / 2
            worth[rows] = np.where(none, worth[rows], some)
        return np.exp2(worth)

    def _rarity(self, name: str) -> NDArray[np.float64]:
        """Give log2 of the chance to draw all words of each record's name.

        A name counts once, however many records bear it: one client's many spellings
        would make its words common.
        """
        if name not in self._words:
            total = np.zeros(self.features.rows)
            for column in _SPELT[name]:
                total = np.where(total == 0, self._worth(column), total)
            self._words[name] = total
        return self._words[name]

    def _worth(self, column: str) -> NDArray[np.float64]:
        spelt = self.features.columns.spelt.get(column)
        words = spelt.words if spelt else None
        if spelt is None or not isinstance(words, Words) or not len(words.ids):
            return np.zeros(self.features.rows)
        worth = self._each(column)
        total = np.zeros(len(words) + 1)
        there = np.flatnonzero(words.counts)
        every, starts = worth[words.ids], words.ends[:-1][there]
        total[there] = np.add.reduceat(every, starts)
        return total[:-1] if spelt.place is None else total[spelt.place]

    def _each(self, column: str) -> NDArray[np.float64]:
        """Give log2 of the share of names that hold each distinct word."""
        if column not in self._shares:
            words = self.features.columns.spelt[column].words
            assert isinstance(words, Words)  # noqa: S101  # asked for names alone
            distinct = words.take(numbered(words.any_order())[1])
            held = np.bincount(distinct.ids, minlength=len(words.spelt))
            share = (np.maximum(held - 2, 0) + _WORD) / max(len(distinct), 1)
            self._shares[column] = np.log2(share)
        return self._shares[column]

    def by_words(self, name: str, level: str, left: Rows, right: Rows) -> Shares:
        """Give the least chance of a level of names, from their words alone."""
        found = _SLACK[name, level] * self._by_words(name, level, left, right, quick=True)
        found *= self._one_form(name, level, left, right)
        return np.clip(found, 1e-9, 1.0)

    @cached_property
    def size(self) -> int:
        """Give how many clients a value can be held by: those of the larger table."""
        if self.clients is not None:
            return max(len(np.unique(self.clients)), 1)
        if self.side is None:
            return max(int(self.features.counted.sum()), 1)
        return max(int(self.side.sum()), int((~self.side).sum()), 1)

    @cached_property
    def names(self) -> Hashes:
        """Give one hash for who each record seems to be; a nameless row is its own."""
        one, other = self.features.hash("label"), self.features.hash("person")
        return np.where(one != 0, one, np.where(other != 0, other, self._rows))

    @cached_property
    def reached(self) -> Hashes:
        """Give one hash for how each record is reached: a name twice at one phone is one."""
        parts = (self.features.hash("phone_0"), self.features.hash("email_0"))
        place = self.features.mixed("road", "house")
        # those of whom nothing is known are one: that names alone are equal says nothing
        known = [parts[0] != 0, parts[1] != 0, place != 0]
        return np.select(known, [*parts, place], np.uint64(1))

    @cached_property
    def _rows(self) -> Hashes:
        return np.arange(1, self.features.rows + 1, dtype=np.uint64)

    def _share(self, name: str, held: Counts) -> Shares:
        rare = _RARE.get(name, _CONTACT)
        shares: Shares = (np.maximum(held - 2, 0) + rare) / self.size
        return shares

    def _part(self, name: str, rows: Rows) -> Shares:
        ((values, held),) = self._kept[name, ""]
        return np.where(values[rows] == 0, 1.0, held[rows] / self.size)

    def _columns(self, name: str, level: str) -> tuple[list[Hashes], Hashes | None]:
        """Give the columns whose value is shared at a level, and who counts as a holder."""
        features = self.features
        if name == "place":
            parts = [part for part in _PLACES[level] if features.has(part)]
            if level == "same_area":  # one of both is enough
                return [features.hash(part) for part in parts or ["city"]], None
            values = features.mixed(*(parts or _PLACES[level]))
            return [values], self.names if level == "equal" else None
        if level == "same_domain":
            return [features.hash("domain")], self.names
        if name in _SPELT:
            names = ("label", "stem_sorted") if name == "company" else ("person",)
            return [features.hash(each) for each in names], self.reached
        columns = [features.hash(each) for each in features.several(name) or (name,)]
        return columns, self.names if name in _HELD_BY_ONE else None

    def _held(self, name: str, level: str) -> list[tuple[Hashes, Counts]]:
        """Give each column with how many hold the value of each row."""
        columns, who = self._columns(name, level)
        if self.clients is not None:
            unknown = self.reached == 1 if name in _SPELT else np.zeros(1, dtype=bool)
            who = np.where(unknown, np.uint64(1), self.clients)
        n = self.features.rows
        rows = np.concatenate([np.arange(n)] * len(columns))
        values = np.concatenate(columns)
        if self.side is None:
            copied = ~self.features.counted
            if copied.any():
                values = np.where(copied[rows], np.uint64(0), values)
            held = _holders(values, rows, who)
            if copied.any():
                held = held.reshape(-1, n)[:, self.features.instead].ravel()
        else:
            side = self.side[rows]
            one = _holders(np.where(side, values, np.uint64(0)), rows, who, 1)
            other = _holders(np.where(side, np.uint64(0), values), rows, who, 1)
            # one on either side is what two of one table are
            held = _most(values, one + other) + 1
        return [(column, held[k * n : (k + 1) * n]) for k, column in enumerate(columns)]


def _runs(values: Hashes) -> tuple[Rows, Rows]:
    """Give the places of values that occur more than once, value by value, and run lengths."""
    bits = np.uint64(max(len(values) - 1, 1).bit_length())
    below = (np.uint64(1) << bits) - np.uint64(1)
    there = np.flatnonzero(values)
    packed = (mix(values[there]) & ~below) | there.astype(np.uint64)
    packed.sort()
    key = packed >> bits
    new = np.ones(len(packed), dtype=bool)
    new[1:] = key[1:] != key[:-1]
    starts = np.flatnonzero(new)
    sizes = np.diff(np.append(starts, len(packed)))
    members = (packed[np.repeat(sizes > 1, sizes)] & below).astype(np.int64)
    return members, sizes[sizes > 1]


def _holders(values: Hashes, rows: Rows, who: Hashes | None, few: int = 2) -> Counts:
    """Count for each place how many different holders its value has.

    Of values at no more than `few` places nobody asks: they count as held by one.
    """
    held = np.where(values != 0, np.int32(1), np.int32(0))
    members, sizes = _runs(values)
    if not len(sizes):
        return held
    if who is None:
        held[members] = np.repeat(sizes, sizes)
        return held
    many = sizes > few
    members, sizes = members[np.repeat(many, sizes)], sizes[many]
    if len(sizes):
        run = np.repeat(np.arange(len(sizes), dtype=np.uint64), sizes) << np.uint64(32)
        pairs = np.sort(run | (mix(who[rows[members]]) >> np.uint64(32)))
        new = np.ones(len(pairs), dtype=bool)
        new[1:] = pairs[1:] != pairs[:-1]
        counts = np.bincount((pairs[new] >> np.uint64(32)).astype(np.int64))
        held[members] = np.repeat(counts, sizes)
    return held


def _most(values: Hashes, counts: Counts) -> Counts:
    """Give each place the largest count among the places of its value."""
    members, sizes = _runs(values)
    result = counts.copy()
    if len(sizes):
        starts = np.cumsum(sizes) - sizes
        result[members] = np.repeat(np.maximum.reduceat(counts[members], starts), sizes)
    return result
