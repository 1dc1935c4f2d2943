"""How likely strangers are to share a value by chance: from how many hold it.

What one e-mail address or switchboard is worth depends on how many *different* names
use it: forty clients of one bookkeeper share hers, two spellings of one client their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from custclean.stages.link.levels import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from custclean.stages.link.features import Features, Hashes, Rows

    Shares = NDArray[np.float64]

__all__ = ["Frequencies"]

# strangers that share a value which only two records hold: of how many values is that so
_NAME, _CONTACT, _CERTAIN = 0.06, 0.10, 0.02
_RARE = {"company": _NAME, "person": _NAME, "tax_id": _CERTAIN, "exact": _CERTAIN}
_COUNTRY = 0.6  # names, phones and towns already say which country it is
_HELD_BY_ONE = ("email", "phone", "tax_id", "website", "exact", "place")


@dataclass(frozen=True)
class Frequencies:
    """Chances of agreeing on a value by accident; `side` is set when two tables are linked."""

    features: Features
    side: NDArray[np.bool_] | None

    @cached_property
    def _kept(self) -> dict[tuple[str, str], _Counts]:
        """Give the counts worked out so far, by field and level."""
        return {}

    @cached_property
    def names(self) -> Hashes:
        """Give one hash for who each record seems to be; a nameless row is its own."""
        one, other = self.features.hash("label"), self.features.hash("person")
        rows = np.arange(1, self.features.rows + 1, dtype=np.uint64)
        return np.where(one != 0, one, np.where(other != 0, other, rows))

    @cached_property
    def reached(self) -> Hashes:
        """Give one hash for how each record is reached: a name twice at one phone is one."""
        parts = (self.features.hash("phone_0"), self.features.hash("email_0"))
        place = self.features.mixed("road", "house")
        rows = np.arange(1, self.features.rows + 1, dtype=np.uint64)
        return np.select([parts[0] != 0, parts[1] != 0, place != 0], [*parts, place], rows)

    @property
    def size(self) -> int:
        """Give how many records a value can be held by: those of the larger table."""
        if self.side is None:
            return max(self.features.rows, 1)
        return max(int(self.side.sum()), int((~self.side).sum()), 1)

    def chance(self, field: str, level: str, left: Rows, right: Rows) -> Shares:
        """Give, per pair that agrees at a level, the share of strangers who would too."""
        columns, who = self._columns(field, level)
        best = np.full(len(left), 1.0)
        key = (field, level)
        if key not in self._kept:
            self._kept[key] = self._held(columns, who)
        held = self._kept[key]
        for one in columns:
            found = held.look_up(one[left])
            shared = np.zeros(len(left), dtype=bool)
            for other in columns:
                shared |= (one[left] != 0) & (one[left] == other[right])
            best = np.where(shared, np.minimum(best, self._share(field, found)), best)
        if field == "person":
            # a name of two common words is common, even if only these two bear it
            expected = self._product("given", left) * self._product("family", left)
            best = np.maximum(best, expected)
        if field == "country":
            best = np.maximum(best, _COUNTRY)
        clipped: Shares = np.clip(best, 1e-9, 1.0)
        return clipped

    def _share(self, field: str, held: NDArray[np.int64]) -> Shares:
        rare = _RARE.get(field, _CONTACT)
        return (np.maximum(held - 2, 0) + rare) / self.size

    def _columns(self, field: str, level: str) -> tuple[list[Hashes], Hashes]:
        """Give the columns whose value is shared at a level, and who counts as a holder."""
        features = self.features
        if field == "place":
            parts = {
                "equal": ("road", "house"),
                "same_postcode": ("postcode",),
                "same_city": ("city",),
            }[level]
            parts = tuple(part for part in parts if features.has(part))
            return [features.mixed(*parts)], self.names if level == "equal" else self._rows
        if level == "same_domain":
            return [features.hash("domain")], self.names
        if field == "company":
            return [features.hash("label"), features.hash("stem_sorted")], self.reached
        names = features.several(field) or (field,)
        who = self.names if field in _HELD_BY_ONE else self._rows
        return [
            features.hash(name) for name in names
        ], self.reached if field == "person" else who

    @property
    def _rows(self) -> Hashes:
        return np.arange(1, self.features.rows + 1, dtype=np.uint64)

    def _held(self, columns: Iterable[Hashes], holders: Hashes) -> _Counts:
        cells = [(value, np.flatnonzero(value)) for value in columns]
        rows = np.concatenate([there for _, there in cells])
        values = np.concatenate([value[there] for value, there in cells])
        who = holders[rows]
        if self.side is None:
            return _Counts.of(values, who)
        sides = self.side[rows]
        one = _Counts.of(values[sides], who[sides])
        other = _Counts.of(values[~sides], who[~sides])
        every = np.unique(values)
        # one on either side is what two of one table are
        return _Counts(every, np.maximum(one.look_up(every), other.look_up(every)) + 1)

    def _product(self, name: str, rows: Rows) -> Shares:
        values = self.features.hash(name)
        every = np.arange(len(values), dtype=np.uint64)
        counts = _Counts.of(values, every)
        held = counts.look_up(values[rows])
        return np.where(values[rows] == 0, 1.0, held / max(len(values), 1))


@dataclass(frozen=True)
class _Counts:
    """How many hold each value."""

    values: Hashes
    held: NDArray[np.int64]

    @classmethod
    def of(cls, values: Hashes, who: Hashes) -> _Counts:
        """Count the different holders of each value."""
        order = np.lexsort((who, values))
        values, who = values[order], who[order]
        new = np.ones(len(values), dtype=bool)
        new[1:] = (values[1:] != values[:-1]) | (who[1:] != who[:-1])
        found, held = np.unique(values[new], return_counts=True)
        return cls(found, held)

    def look_up(self, values: Hashes) -> NDArray[np.int64]:
        """Give the count of each value; 0 for one that nobody holds."""
        if not len(self.values):
            return np.zeros(len(values), dtype=np.int64)
        place = np.minimum(np.searchsorted(self.values, values), len(self.values) - 1)
        return np.where(self.values[place] == values, self.held[place], 0)


def common_levels(field: str) -> list[tuple[int, str]]:
    """Name the levels of a field that weigh by how common the value is."""
    return [(n, level.code) for n, level in enumerate(FIELDS[field].levels, 1) if level.common]
