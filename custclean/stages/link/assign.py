"""One to one, or many to one: which of several possible partners a record gets, if any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from custclean.stages.link.cluster import connected

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from custclean.stages.link.features import Rows

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

__all__ = ["PARTNERS", "Assigned", "Single", "assign", "compete"]

Single = tuple[bool, bool]
"""Whether a left record has one partner at most, and whether a right one has."""
ONE_TO_ONE = (True, True)
PARTNERS: Mapping[str, Single] = {
    "one_to_one": ONE_TO_ONE,
    "many_to_one": (True, False),
    "one_to_many": (False, True),
    "any": (False, False),
}
_OPTIMAL = (
    500  # records up to which the best assignment is computed; above, the best pair first
)


def compete(
    left: Rows,
    right: Rows,
    weight: Floats,
    alike: Callable[[Rows, Rows], Floats],
    single: Single = ONE_TO_ONE,
) -> Floats:
    """Give log2 odds of each pair, now that a record has one partner at most.

    Two clients of one name are rivals for a line that has only the name: neither is sure.
    Rivals that are themselves one client, which `alike` says (its probability), are none.
    """
    odds = np.exp2(np.clip(weight, -40, 40))
    rivals = np.ones(len(weight))
    sides = ((left, right, single[0]), (right, left, single[1]))
    for shared, other in [(a, b) for a, b, one_partner in sides if one_partner]:
        one, two = _same_value(shared)
        if len(one):
            apart = 1 - alike(other[one], other[two])
            np.add.at(rivals, one, odds[two] * apart)
            np.add.at(rivals, two, odds[one] * apart)
    result: Floats = np.log2(odds / rivals)
    return result


def _same_value(values: Rows) -> tuple[Rows, Rows]:
    """Give all positions that hold the same value, pair by pair."""
    order = np.argsort(values, kind="stable")
    found = values[order]
    pairs = []
    step = 1
    while step < len(found):
        same = np.flatnonzero(found[step:] == found[:-step])
        if not len(same):
            break
        pairs.append((order[same], order[same + step]))
        step += 1
    empty = np.zeros(0, dtype=np.int64)
    return (
        np.concatenate([empty, *(one for one, _ in pairs)]),
        np.concatenate([empty, *(two for _, two in pairs)]),
    )


@dataclass(frozen=True)
class Assigned:
    """Which pairs are kept, and which stood where not every possibility could be tried."""

    chosen: Bools
    greedy: Bools


def assign(
    left: Rows, right: Rows, weight: Floats, sure: Bools, single: Single = ONE_TO_ONE
) -> Assigned:
    """Choose the pairs that are kept, at most one a record, the sum of weights greatest.

    What a person decided (`sure`) is kept first. Components of more than 500 records
    take the best pair first. Where one side alone has one partner, it takes the best.
    """
    chosen, greedy = sure.copy(), np.zeros(len(left), dtype=bool)
    taken = [np.isin(side, side[sure]) & one for side, one in zip((left, right), single)]
    rows = np.flatnonzero(~sure & ~taken[0] & ~taken[1])
    if single != ONE_TO_ONE:
        chosen[_best_of_one_side(rows, left, right, weight, single)] = True
        return Assigned(chosen, greedy)
    size = int(max(left.max(initial=-1), right.max(initial=-1))) + 1
    label = connected(size, left[rows], right[rows])[left[rows]]
    _, place, pairs = np.unique(label, return_inverse=True, return_counts=True)
    chosen[rows[pairs[place] == 1]] = True
    order = np.argsort(place, kind="stable")
    for part in np.split(order, np.cumsum(pairs)[:-1]):
        if len(part) > 1:
            found, optimal = _best(rows[part], left, right, weight)
            chosen[found] = True
            greedy[rows[part]] = not optimal
    return Assigned(chosen, greedy)


def _best_of_one_side(
    rows: Rows, left: Rows, right: Rows, weight: Floats, single: Single
) -> Rows:
    """Give each record of the side that has one partner its best pair."""
    if not any(single):
        return rows
    mine, other = (left, right) if single[0] else (right, left)
    ranked = rows[np.lexsort((other[rows], -weight[rows], mine[rows]))]
    first = np.ones(len(ranked), dtype=bool)
    first[1:] = mine[ranked][1:] != mine[ranked][:-1]
    return ranked[first]


def _best(rows: Rows, left: Rows, right: Rows, weight: Floats) -> tuple[Rows, bool]:
    """Give the best assignment of a component, or a good one, and say which it is."""
    ones, row = np.unique(left[rows], return_inverse=True)
    others, column = np.unique(right[rows], return_inverse=True)
    if len(ones) + len(others) > _OPTIMAL:
        return _greedy(rows, left, right, weight), False
    from scipy.optimize import linear_sum_assignment

    # pairs that do not exist cost nothing and are left out again below
    gain = np.zeros((len(ones), len(others)))
    gain[row, column] = 100 + weight[rows]
    number = np.full(gain.shape, -1)
    number[row, column] = rows
    picked = number[linear_sum_assignment(gain, maximize=True)]
    return picked[picked >= 0], True


def _greedy(rows: Rows, left: Rows, right: Rows, weight: Floats) -> Rows:
    taken: set[tuple[str, int]] = set()
    found = []
    for row in rows[np.lexsort((right[rows], left[rows], -weight[rows]))]:
        ends = {("left", int(left[row])), ("right", int(right[row]))}
        if not ends & taken:
            taken |= ends
            found.append(row)
    return np.array(found, dtype=np.int64)
