"""Which groups and pairs are shown first: the surest, and the most doubtful."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from custclean.stages.link.features import Rows

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

__all__ = ["Picked", "pick"]

_GROUPS, _PAIRS = 3, 4  # shown of each
_MEMBERS = 5  # shown of a group


@dataclass(frozen=True)
class Picked:
    """Rows of the groups and pairs that are shown, and the counts of all."""

    surest: list[list[int]]
    doubtful: list[list[int]]
    groups: int
    smallest: int
    largest: int
    grouped: int  # records in groups
    joined: int  # pairs at or above the threshold


def pick(
    ends: tuple[Rows, Rows],
    weight: Floats,
    *,
    joined: Bools,
    doubtful: Bools,
    label: Rows | None,
) -> Picked:
    """Pick what is shown, from both ends and the weight of each pair.

    `joined`: pairs at or above the threshold; `label`: the group of each row, if there are
    groups.
    """
    doubt = np.flatnonzero(doubtful)
    sizes = np.zeros(0, dtype=np.int64) if label is None else np.bincount(label)
    many = sizes[sizes > 1]
    strong = np.flatnonzero(joined)
    return Picked(
        _surest(ends, strong[_first(-weight[strong], ends, strong, 200)], label),
        [_pair(ends, at) for at in doubt[_first(abs(weight[doubt]), ends, doubt, _PAIRS)]],
        len(many),
        int(many.min()) if len(many) else 0,
        int(many.max()) if len(many) else 0,
        int(many.sum()),
        len(strong),
    )


def _first(worth: Floats, ends: tuple[Rows, Rows], rows: Rows, most: int) -> Rows:
    """Give the places of the least; only these few are sorted."""
    if len(worth) > most:
        limit = np.partition(worth, most - 1)[most - 1]
        places = np.flatnonzero(worth <= limit)
    else:
        places = np.arange(len(worth))
    order = np.lexsort((ends[1][rows[places]], ends[0][rows[places]], worth[places]))
    found: Rows = places[order[:most]]
    return found


def _pair(ends: tuple[Rows, Rows], at: int) -> list[int]:
    return [int(ends[0][at]), int(ends[1][at])]


def _surest(ends: tuple[Rows, Rows], strong: Rows, label: Rows | None) -> list[list[int]]:
    """Give the groups of the strongest pairs, each once; without groups the pairs."""
    found: dict[int, list[int]] = {}
    for at in strong.tolist():
        low, high = _pair(ends, at)
        group = at if label is None else int(label[low])
        if label is not None and label[low] != label[high]:
            continue  # refused: a person, or the rest of the group, speaks against
        if group not in found:
            found[group] = (
                [low, high]
                if label is None
                else np.flatnonzero(label == group)[:_MEMBERS].tolist()
            )
        if len(found) == _GROUPS:
            break
    return list(found.values())
