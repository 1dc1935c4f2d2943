"""From pairs to groups: connected, unless a decision, a rule or other pairs say no."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from custclean.stages.link.features import Hashes, Rows

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]
    Score = Callable[[Rows, Rows], Floats]
    Mates = defaultdict[int, set[int]]

__all__ = ["Grouped", "Links", "connected", "group", "pairs_of_groups", "pairs_within"]

_WHOLE = 60  # in a component up to this size every pair is looked at, not only candidates
_MOST = 8.0  # one pair counts at most this much for or against joining two groups
_LEAST = -2.0  # two groups join if their pairs say on average at least this


@dataclass(frozen=True)
class Links:
    """Pairs strong enough to join (a weight of infinity is sure), and what speaks against.

    `same` is what was known, then what was said: where that speaks against what was known,
    it counts. `torn` are rows about which people contradict themselves, with the number of
    their group: no two of one group are joined, unless they were known to be one.
    """

    left: Rows
    right: Rows
    weight: Floats
    same: Sequence[tuple[int, int]] = ()
    different: frozenset[tuple[int, int]] = frozenset()
    content: Hashes | None = None  # what each row holds: pairs that tie are taken in its order
    order: Rows | None = None  # and then in that of their ids
    apart: Callable[[Rows, Rows], Bools] | None = None  # which pairs a rule keeps apart
    most: int | None = None  # no group grows larger, unless `same` makes it so
    torn: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Grouped:
    """A group's number for each row (its smallest row), and the pairs it did not join."""

    label: Rows
    refused: tuple[tuple[int, int, str], ...]


@dataclass
class _Component:
    """Rows that hang together, being put into groups step by step."""

    links: Links
    look: _Look
    groups: dict[int, list[int]]
    refused: list[tuple[int, int, str]] = field(default_factory=list)

    def join(self, one: int, other: int, *, said: bool = False, sure: bool = False) -> None:
        """Join the groups of two rows, or list why not."""
        few, many = sorted((self.groups[one], self.groups[other]), key=len)
        if few is many:
            return
        why = self._barred(few, many, said=said, sure=sure)
        if why:
            self.refused.append((one, other, why))
            return
        many += few
        for row in few:
            self.groups[row] = many

    def _barred(self, few: list[int], many: list[int], *, said: bool, sure: bool) -> str:
        """Say what keeps two groups apart: people first, then rules, then their size."""
        contradicted = not said and self._torn(few, many)
        if contradicted or self._crosses(self.look.different, few, many):
            return "decision"
        if said:
            return ""
        if self._ruled(few, many):
            return "rule"
        if self.links.most is not None and len(few) + len(many) > self.links.most:
            return "too_large"
        if sure:
            return ""
        found = [w for row in few for mate, w in self.look.weight[row].items()
                 if self.groups[mate] is many]  # fmt: skip
        said_on_average = sum(max(-_MOST, min(_MOST, w)) for w in found) / max(len(found), 1)
        return "weak_bridge" if said_on_average < _LEAST else ""

    def _torn(self, few: list[int], many: list[int]) -> bool:
        torn = self.links.torn
        groups = {torn[row] for row in few if row in torn}
        return bool(groups) and any(torn.get(row) in groups for row in many)

    def _crosses(self, mates: Mates, few: list[int], many: list[int]) -> bool:
        return any(self.groups.get(mate) is many for row in few for mate in mates[row])

    def _ruled(self, few: list[int], many: list[int]) -> bool:
        if self.links.apart is None:
            return False
        if len(self.groups) <= _WHOLE:
            return self._crosses(self.look.ruled, few, many)
        left, right = np.repeat(few, len(many)), np.tile(many, len(few))
        return bool(self.links.apart(np.minimum(left, right), np.maximum(left, right)).any())


@dataclass(frozen=True)
class _Look:
    """The components that may fall apart, and what is known of the pairs within."""

    parts: Sequence[tuple[int, list[int]]]
    weight: defaultdict[int, dict[int, float]]
    different: Mates
    ruled: Mates  # of the components that are looked at as a whole


def group(rows: int, links: Links, score: Score) -> Grouped:
    """Put rows into groups; `score` gives the weight of pairs that were not compared.

    What people called one client is joined before anything else, what they or rules called
    two never is. A pair that would join two groups which otherwise disagree is refused and
    listed (a weak bridge), and so is what contradicts.
    """
    said = list(dict.fromkeys(links.same[::-1]))
    ends = np.array(said, dtype=np.int64).reshape(-1, 2)
    label = connected(
        rows,
        np.concatenate([links.left, ends[:, 0]]),
        np.concatenate([links.right, ends[:, 1]]),
    )
    look = _worth_a_look(label, links, score)
    edges = _edges(links, label, [root for root, _ in look.parts])
    sames = defaultdict(list)
    for pair in said:
        sames[label[pair[0]]].append(pair)
    refused: list[tuple[int, int, str]] = []
    for root, members in look.parts:
        part = _Component(links, look, {row: [row] for row in members})
        for one, other in sames[root]:
            part.join(one, other, said=True)
        for one, other, weight in edges[root]:
            part.join(one, other, sure=weight == np.inf)
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


def pairs_of_groups(label: Rows) -> tuple[Rows, Rows]:
    """Give every pair of rows that have one label, the smaller row first."""
    order = np.argsort(label, kind="stable")
    _, starts, sizes = np.unique(label[order], return_index=True, return_counts=True)
    many = sizes > 1
    left, right, _ = pairs_within(order, starts[many], sizes[many])
    return left, right


def _worth_a_look(label: Rows, links: Links, score: Score) -> _Look:
    """Give the components that may fall apart, and the weights of the pairs within.

    Those are the ones that a decision or a rule touches, those too long to look at every
    pair, and those in which some pair speaks against being one.
    """
    order = np.argsort(label, kind="stable")
    roots, starts, sizes = np.unique(label[order], return_index=True, return_counts=True)
    touched = sorted({row for pair in links.different for row in pair} | links.torn.keys())
    asked = (np.isin(roots, label[touched]) & (sizes > 1)) | (sizes > _WHOLE)
    if links.most is not None:
        asked |= sizes > links.most
    small = np.flatnonzero((sizes > 2) & (sizes <= _WHOLE))
    left, right, part = pairs_within(order, starts[small], sizes[small])
    weight = _weights(left, right, links, score)
    ruled = np.zeros(len(left), bool) if links.apart is None else links.apart(left, right)
    asked[small[np.unique(part[(weight < _LEAST) | ruled])]] = True
    parts = [
        (int(roots[n]), order[starts[n] : starts[n] + sizes[n]].tolist())
        for n in np.flatnonzero(asked).tolist()
    ]
    known: defaultdict[int, dict[int, float]] = defaultdict(dict)
    kept = asked[small][part]
    inside = np.isin(label[links.left], roots[asked & (sizes > _WHOLE)])
    for ends in (
        (links.left[inside], links.right[inside], links.weight[inside]),
        (left[kept], right[kept], weight[kept]),
    ):
        for one, other, value in zip(*(each.tolist() for each in ends)):
            known[one][other] = known[other][one] = value
    barred = zip(left[ruled].tolist(), right[ruled].tolist())
    return _Look(parts, known, _mates(links.different), _mates(barred))


def _mates(pairs: Iterable[tuple[int, int]]) -> Mates:
    """Give each row the rows that it stands in a pair with."""
    mates: Mates = defaultdict(set)
    for one, other in pairs:
        mates[one].add(other)
        mates[other].add(one)
    return mates


def pairs_within(order: Rows, starts: Rows, sizes: Rows) -> tuple[Rows, Rows, Rows]:
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
    links: Links, label: Rows, roots: list[int]
) -> defaultdict[int, list[tuple[int, int, float]]]:
    """Give the edges of some components, the strongest first."""
    some = np.flatnonzero(np.isin(label[links.left], roots))
    left, right, weight = links.left[some], links.right[some], links.weight[some]
    ties: list[Rows | Hashes] = [right, left]
    if links.order is not None:
        ends = links.order[left], links.order[right]
        ties += [np.maximum(*ends), np.minimum(*ends)]
    if links.content is not None:
        ties.append(links.content[left] + links.content[right])
    ranked = np.lexsort([*ties, -weight])
    edges: defaultdict[int, list[tuple[int, int, float]]] = defaultdict(list)
    for n in ranked.tolist():
        edges[int(label[left[n]])].append((int(left[n]), int(right[n]), float(weight[n])))
    return edges
