"""Who is linked to whom: units, which are records or groups of them, get their partners."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from custclean.stages.link.assign import assign, compete
from custclean.words import trn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from custclean.stages.link.assign import Single
    from custclean.stages.link.features import Rows
    from custclean.stages.link.given import Given
    from custclean.stages.link.outcome import Outcome
    from custclean.stages.link.ruled import Numbers, Ruled
    from custclean.stages.link.score import Scored

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]
    Apart = Callable[[Rows, Rows], Bools]

__all__ = ["Linked", "Units", "units_of"]

_RULED = 1000.0  # what a rule joins comes before all that the model finds


@dataclass(frozen=True)
class Linked:
    """Why each strong pair is not kept, and what a person should know.

    `taken`: another pair of one of the two units is better. `decision`, `rule`: another pair
    of the same two units is called two clients.
    """

    reason: NDArray[np.str_]  # "" for what is kept, or was never strong
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Units:
    """The unit of each row of two tables, and a row of each unit.

    Units are numbered in the order of ids: what ties does not depend on where rows stand.
    """

    of: Rows
    row: Rows
    single: Single  # whether a left unit has one partner at most, and a right one

    def compete(
        self,
        scored: Scored,
        law: Ruled,
        numbers: Numbers,
        decided: Mapping[tuple[int, int], str],
    ) -> Floats:
        """Give log2 odds of the candidates, now that a unit has one partner at most."""
        weight = scored.weight.copy()
        weight[law.says(numbers, same=True)] = np.inf
        weight[law.says(numbers, same=False)] = -np.inf
        ends = (scored.left << 32) | scored.right
        for word, sure in (("same", np.inf), ("different", -np.inf)):
            said = [
                (low << 32) | high for (low, high), each in decided.items() if each == word
            ]
            weight[np.isin(ends, np.array(said, dtype=np.int64))] = sure

        def alike(one: Rows, other: Rows) -> Floats:
            found = scored.alike(self.row[one], self.row[other])
            return np.where(one == other, 1.0, found)

        units = self.of[scored.left], self.of[scored.right]
        found = compete(*units, weight, alike, self.single)
        return np.where(numbers > 0, scored.weight, found)

    def partners(self, found: Outcome, limit: float, apart: Apart | None = None) -> Linked:
        """Choose the partners of units; pairs of records share the fate of their units.

        `apart` tells which pairs a rule keeps apart, compared before or not.
        """
        left, right = self.of[found.left], self.of[found.right]
        strong, sure = found.chance >= limit, found.said & (found.chance == 1.0)
        _, place = np.unique((left << 32) | right, return_inverse=True)
        bound = np.isin(place, place[sure])
        ruled, different = (
            strong & ~bound & np.isin(place, place[apart])
            for apart in (found.never, found.said & (found.chance == 0.0))
        )
        rows = np.flatnonzero(strong & ~bound & ~ruled & ~different)
        if apart is not None:
            ruled[rows] = self._apart(left[rows], right[rows], apart)
        rows = np.flatnonzero(strong & ~ruled & ~different)
        units, pair = np.unique(place[rows], return_inverse=True)
        best, said = np.full(len(units), -np.inf), np.zeros(len(units), dtype=bool)
        weight = found.weight[rows] + _RULED * found.always[rows]
        np.maximum.at(best, pair, weight)
        said[pair[sure[rows]]] = True
        ends = np.zeros((2, len(units)), dtype=np.int64)
        ends[:, pair] = left[rows], right[rows]
        assigned = assign(ends[0], ends[1], best, said, self.single)
        taken = np.zeros(len(left), dtype=bool)
        taken[rows] = ~assigned.chosen[pair]
        several = sum(
            int((np.unique(end[said], return_counts=True)[1] > 1).sum())
            for end, one_partner in zip(ends, self.single)
            if one_partner
        )
        reason = np.select([different, ruled, taken], ["decision", "rule", "taken"], "")
        return Linked(reason, _notes(int(assigned.greedy.sum()), several))

    def _apart(self, left: Rows, right: Rows, apart: Apart) -> Bools:
        """Tell which pairs of units hold two records that a rule keeps apart."""
        packed, place = np.unique((left << 32) | right, return_inverse=True)
        ends = packed >> 32, packed & 0xFFFFFFFF
        order = np.argsort(self.of, kind="stable")
        first, behind = (
            [np.searchsorted(self.of[order], end, side) for end in ends]
            for side in ("left", "right")
        )
        one, other = (last - start for start, last in zip(first, behind))
        many = one * other * (one + other > 2)  # of two records more is known already
        pair = np.repeat(np.arange(len(many)), many)
        nth = np.arange(len(pair)) - np.repeat(np.cumsum(many) - many, many)
        barred = apart(
            order[first[0][pair] + nth // other[pair]],
            order[first[1][pair] + nth % other[pair]],
        )
        return np.isin(place, pair[barred])


def units_of(one: Given, other: Given, single: Single) -> Units:
    """Give each row the number of its unit, in the order of their smallest ids."""
    of, row, shift = [], [], 0
    for table in (one, other):
        size = len(table.ids)
        order = table.ids.arg_sort().to_numpy().astype(np.int64)
        first = np.full(size, size, dtype=np.int64)
        np.minimum.at(first, table.unit[order], np.arange(size))
        of.append(first[table.unit] + shift)
        row.append(order + shift)
        shift += size
    return Units(np.concatenate(of), np.concatenate(row), single)


def _notes(greedy: int, several: int) -> tuple[str, ...]:
    notes = []
    if greedy:
        notes.append(
            trn(
                "{n:,} pair is in a group too large to weigh as a whole: the best came first",
                "{n:,} pairs are in groups too large to weigh as a whole: the best came first",
                greedy,
            )
        )
    if several:
        notes.append(
            trn(
                "{n:,} record has several partners, as people said",
                "{n:,} records have several partners, as people said",
                several,
            )
        )
    return tuple(notes)
