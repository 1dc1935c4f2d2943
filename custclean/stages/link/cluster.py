"""From pairs to groups: connected, unless a decision or the other pairs speak against it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from custclean.stages.link.features import Rows

    Floats = NDArray[np.float64]
    Score = Callable[[Rows, Rows], Floats]

__all__ = ["Grouped", "Links", "group"]

_WHOLE = 60  # in a component up to this size every pair is looked at, not only candidates
_MOST = 8.0  # one pair counts at most this much for or against joining two groups
_LEAST = -2.0  # two groups join if their pairs say on average at least this


@dataclass(frozen=True)
class Links:
    """Pairs strong enough to join, and what people said."""

    left: Rows
    right: Rows
    weight: Floats
    same: frozenset[tuple[int, int]] = frozenset()
    different: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class Grouped:
    """A group's number for each row (its smallest row), and the pairs it did not join."""

    label: Rows
    refused: tuple[tuple[int, int, str], ...]


@dataclass
class _Component:
    """Rows that hang together, being put into groups step by step."""

    weight: dict[tuple[int, int], float]
    different: frozenset[tuple[int, int]]
    groups: dict[int, list[int]] = field(default_factory=dict)
    refused: list[tuple[int, int, str]] = field(default_factory=list)

    def join(self, one: int, other: int, *, sure: bool) -> None:
        first, second = self.groups[one], self.groups[other]
        if first is second:
            return
        crossing = [(min(a, b), max(a, b)) for a in first for b in second]
        if any(pair in self.different for pair in crossing):
            self.refused.append((one, other, "decision"))
            return
        known = [self.weight[pair] for pair in crossing if pair in self.weight]
        if not sure and np.clip(known, -_MOST, _MOST).mean() < _LEAST:
            self.refused.append((one, other, "weak_bridge"))
            return
        first += second
        for row in second:
            self.groups[row] = first


def group(rows: int, links: Links, score: Score) -> Grouped:
    """Put rows into groups; `score` gives the weight of pairs that were not compared.

    What people called one client is joined before anything else, what they called two
    never is. A pair that would join two groups which otherwise disagree is refused and
    listed: a weak bridge.
    """
    same = sorted(links.same)
    left = np.concatenate([links.left, np.array([a for a, _ in same], dtype=np.int64)])
    right = np.concatenate([links.right, np.array([b for _, b in same], dtype=np.int64)])
    label = connected(rows, left, right)
    touched = {row for pair in links.different for row in pair}
    refused: list[tuple[int, int, str]] = []
    edges = _edges_by_component(links, label)
    sames = defaultdict(list)
    for pair in same:
        sames[label[pair[0]]].append(pair)
    parts = _worth_a_look(label, touched)
    known = _weights(parts, edges, score)
    for root, members in parts:
        part = _Component(known, links.different, {row: [row] for row in members})
        for one, other in sames[root]:
            part.join(one, other, sure=True)
        for one, other, _ in sorted(edges[root], key=lambda e: (-e[2], e[:2])):
            part.join(one, other, sure=False)
        for row, mates in part.groups.items():
            label[row] = min(mates)
        refused += part.refused
    return Grouped(label, tuple(sorted(refused)))


def connected(rows: int, left: Rows, right: Rows) -> Rows:
    """Give each row the smallest row that it hangs together with."""
    label = np.arange(rows, dtype=np.int64)
    while True:
        low = np.minimum(label[left], label[right])
        before = label.copy()
        np.minimum.at(label, label[left], low)
        np.minimum.at(label, label[right], low)
        label = label[label]
        if np.array_equal(label, before):
            return label


def _worth_a_look(label: Rows, touched: set[int]) -> list[tuple[int, list[int]]]:
    """Give the components of three and more, and those that a decision touches."""
    order = np.argsort(label, kind="stable")
    roots, starts, sizes = np.unique(label[order], return_index=True, return_counts=True)
    decided = np.isin(roots, label[sorted(touched)]) if touched else np.zeros(len(roots), bool)
    chosen = np.flatnonzero((sizes > 2) | (decided & (sizes > 1)))
    return [(int(roots[n]), order[starts[n] : starts[n] + sizes[n]].tolist()) for n in chosen]


def _edges_by_component(
    links: Links, label: Rows
) -> defaultdict[int, list[tuple[int, int, float]]]:
    edges: defaultdict[int, list[tuple[int, int, float]]] = defaultdict(list)
    sizes = np.bincount(label, minlength=len(label))
    several = (sizes[label[links.left]] > 2) | bool(links.different)
    for n in np.flatnonzero(several):
        one, other = int(links.left[n]), int(links.right[n])
        edges[int(label[one])].append((one, other, float(links.weight[n])))
    return edges


def _weights(
    parts: list[tuple[int, list[int]]],
    edges: dict[int, list[tuple[int, int, float]]],
    score: Score,
) -> dict[tuple[int, int], float]:
    """Give the weight of every pair within small components, and of all edges."""
    known = {(a, b): weight for root, _ in parts for a, b, weight in edges.get(root, ())}
    rest = [
        pair
        for _, members in parts
        if len(members) <= _WHOLE
        for pair in combinations(sorted(members), 2)
        if pair not in known
    ]
    if rest:
        left, right = np.array(rest, dtype=np.int64).T
        known |= dict(zip(rest, score(left, right).tolist(), strict=True))
    return known
