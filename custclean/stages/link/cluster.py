"""From pairs to groups: connected, unless a decision or the other pairs speak against it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from custclean.stages.link.features import Hashes, Rows

    Floats = NDArray[np.float64]
    Score = Callable[[Rows, Rows], Floats]

__all__ = ["Grouped", "Links", "connected", "group", "pairs_within"]

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
    content: Hashes | None = None  # what each row holds: pairs that tie are taken in its order


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
    parts, known = _worth_a_look(label, touched, links, score)
    edges = _edges(links, label, {root for root, _ in parts})
    sames = defaultdict(list)
    for pair in same:
        sames[label[pair[0]]].append(pair)
    for root, members in parts:
        part = _Component(known, links.different, {row: [row] for row in members})
        for one, other in sames[root]:
            part.join(one, other, sure=True)
        for one, other, *_ in sorted(edges[root], key=lambda e: (-e[2], e[3], e[:2])):
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


def pairs_within(label: Rows) -> tuple[Rows, Rows]:
    """Give every pair of rows that have one label, the smaller row first."""
    order = np.argsort(label, kind="stable")
    _, starts, sizes = np.unique(label[order], return_index=True, return_counts=True)
    many = sizes > 1
    left, right, _ = _within(order, starts[many], sizes[many])
    return left, right


def _worth_a_look(
    label: Rows, touched: set[int], links: Links, score: Score
) -> tuple[list[tuple[int, list[int]]], dict[tuple[int, int], float]]:
    """Give the components that may fall apart, and the weights of the pairs within.

    Those are the ones that a decision touches, those too long to look at every pair, and
    those in which some pair speaks against being one.
    """
    order = np.argsort(label, kind="stable")
    roots, starts, sizes = np.unique(label[order], return_index=True, return_counts=True)
    decided = np.isin(roots, label[sorted(touched)]) if touched else np.zeros(len(roots), bool)
    asked = (decided & (sizes > 1)) | (sizes > _WHOLE)
    small = np.flatnonzero((sizes > 2) & (sizes <= _WHOLE))
    left, right, part = _within(order, starts[small], sizes[small])
    weight = _weights(left, right, links, score)
    asked[small[np.unique(part[weight < _LEAST])]] = True
    asked |= (sizes > 2) & bool(links.different)
    kept = asked[small][part]
    pairs = zip(left[kept].tolist(), right[kept].tolist(), weight[kept].tolist())
    known = {(a, b): w for a, b, w in pairs}
    edges = zip(links.left.tolist(), links.right.tolist(), links.weight.tolist())
    if (asked & (sizes > _WHOLE)).any() or touched:
        known = {(a, b): w for a, b, w in edges} | known
    chosen = np.flatnonzero(asked)
    members = [
        (int(roots[n]), order[starts[n] : starts[n] + sizes[n]].tolist()) for n in chosen
    ]
    return members, known


def _within(order: Rows, starts: Rows, sizes: Rows) -> tuple[Rows, Rows, Rows]:
    """Give every pair of rows within components, the smaller first, and the component."""
    found: list[tuple[Rows, Rows, Rows]] = [(np.zeros(0, np.int64),) * 3]
    for size in np.unique(sizes).tolist():
        those = np.flatnonzero(sizes == size)
        members = order[starts[those][:, None] + np.arange(size)]
        one, other = np.triu_indices(size, 1)
        left, right = members[:, one].ravel(), members[:, other].ravel()
        found.append((np.minimum(left, right), np.maximum(left, right),
                      np.repeat(those, len(one))))  # fmt: skip
    left, right, part = (np.concatenate(each) for each in zip(*found))
    return left, right, part


def _weights(left: Rows, right: Rows, links: Links, score: Score) -> Floats:
    """Give the weight of pairs; what was not compared is scored."""
    if not len(left):
        return np.zeros(0)
    edges = (links.left << 32) | links.right
    asked = (left << 32) | right
    order = np.argsort(edges)
    place = np.minimum(np.searchsorted(edges, asked, sorter=order), max(len(edges) - 1, 0))
    result = np.full(len(asked), np.nan)
    if len(edges):
        same = edges[order[place]] == asked
        result[same] = links.weight[order[place[same]]]
    rest = np.flatnonzero(np.isnan(result))
    if len(rest):
        result[rest] = score(left[rest], right[rest])
    return result


def _edges(
    links: Links, label: Rows, roots: set[int]
) -> defaultdict[int, list[tuple[int, int, float, int]]]:
    """Give the edges of some components."""
    edges: defaultdict[int, list[tuple[int, int, float, int]]] = defaultdict(list)
    for n in np.flatnonzero(np.isin(label[links.left], sorted(roots))).tolist():
        one, other = int(links.left[n]), int(links.right[n])
        tie = (
            0 if links.content is None else int(links.content[one]) + int(links.content[other])
        )
        edges[int(label[one])].append((one, other, float(links.weight[n]), tie))
    return edges
