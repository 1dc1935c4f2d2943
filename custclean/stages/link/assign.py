"""One to one: which of several possible partners a record gets, if any."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from custclean.stages.link.cluster import connected

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from custclean.stages.link.features import Rows

    Floats = NDArray[np.float64]

__all__ = ["assign", "compete"]

_OPTIMAL = (
    500  # records up to which the best assignment is computed; above, the best pair first
)


def compete(
    left: Rows, right: Rows, weight: Floats, alike: Callable[[Rows, Rows], Floats]
) -> Floats:
    """Give log2 odds of each pair, now that each record has one partner at most.

    Two clients of one name are rivals for a line that has only the name: neither is sure.
    Rivals that are themselves one client, which `alike` says (its probability), are none.
    """
    odds = np.exp2(np.clip(weight, -40, 40))
    rivals = np.ones(len(weight))
    for shared, other in ((right, left), (left, right)):
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


def assign(
    left: Rows, right: Rows, weight: Floats, sure: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Choose the pairs that are kept, at most one a record, the sum of weights greatest.

    What a person decided (`sure`) is kept first. Components of more than 500 records
    take the best pair first.
    """
    chosen = sure.copy()
    free = ~np.isin(left, left[sure]) & ~np.isin(right, right[sure])
    rows = np.flatnonzero(free)
    size = int(max(left.max(initial=-1), right.max(initial=-1))) + 1
    label = connected(size, left[rows], right[rows])[left[rows]]
    _, place, pairs = np.unique(label, return_inverse=True, return_counts=True)
    chosen[rows[pairs[place] == 1]] = True
    order = np.argsort(place, kind="stable")
    for part in np.split(order, np.cumsum(pairs)[:-1]):
        if len(part) > 1:
            chosen[_best(rows[part], left, right, weight)] = True
    return chosen


def _best(rows: Rows, left: Rows, right: Rows, weight: Floats) -> Rows:
    ones, row = np.unique(left[rows], return_inverse=True)
    others, column = np.unique(right[rows], return_inverse=True)
    if len(ones) + len(others) > _OPTIMAL:
        return _greedy(rows, left, right, weight)
    from scipy.optimize import linear_sum_assignment

    # pairs that do not exist cost nothing and are left out again below
    gain = np.zeros((len(ones), len(others)))
    gain[row, column] = 100 + weight[rows]
    number = np.full(gain.shape, -1)
    number[row, column] = rows
    picked = number[linear_sum_assignment(gain, maximize=True)]
    found: Rows = picked[picked >= 0]
    return found


def _greedy(rows: Rows, left: Rows, right: Rows, weight: Floats) -> Rows:
    taken: set[tuple[str, int]] = set()
    found = []
    for row in rows[np.lexsort((right[rows], left[rows], -weight[rows]))]:
        ends = {("left", int(left[row])), ("right", int(right[row]))}
        if not ends & taken:
            taken |= ends
            found.append(row)
    return np.array(found, dtype=np.int64)
