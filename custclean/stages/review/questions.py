"""What a person is asked: are two records one client, and which of a group are."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from custclean.errors import InputError
from custclean.model import Pair
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Edge", "Question", "questions_of"]

LIKELY = 0.5  # from here on a pair holds a group together
LARGEST = 12  # records that one screen can show beside one another
WEAK = 0.8  # below, a group that hangs on one link is a chain


@dataclass(frozen=True, slots=True)
class Edge:
    """Two records of the queue that may be one client, smaller id first."""

    left: str
    right: str
    weight: float | None = None
    probability: float | None = None
    reviewers: tuple[str, ...] = ()

    @property
    def pair(self) -> Pair:
        """Give the two records."""
        return Pair.of(self.left, self.right)


@dataclass(frozen=True, slots=True)
class Question:
    """Two records or a group of them; `edges` are its pairs that stand in the queue.

    `weakest` is the link without which a group falls into two, with the records of its
    smaller side in `apart`. `cut`: the group hangs together with others beyond the limit.
    """

    records: tuple[str, ...]
    edges: tuple[Edge, ...]
    weakest: Edge | None = None
    apart: tuple[str, ...] = ()
    cut: bool = False

    @property
    def is_group(self) -> bool:
        """Tell whether there are more than two records."""
        return len(self.records) > 2

    @property
    def risky(self) -> bool:
        """Tell whether one weak link holds the group together, or it is larger than shown."""
        weakest = self.weakest
        chain = weakest is not None and (weakest.probability or 0.0) < WEAK
        return self.is_group and (chain or self.cut)

    @property
    def probability(self) -> float | None:
        """Give how likely all of it is one client: that of its weakest link."""
        return (self.weakest or self.edges[0]).probability

    @property
    def weight(self) -> float | None:
        """Give the match weight that goes with the probability."""
        return (self.weakest or self.edges[0]).weight

    @property
    def duplicates(self) -> float:
        """Give how many records too many are expected in it."""
        each = sorted((edge.probability or 0.0 for edge in self.edges), reverse=True)
        return sum(each[: len(self.records) - 1])


def questions_of(queue: pl.DataFrame, *, groups: bool = True) -> list[Question]:
    """Put the pairs of a queue into questions: risky groups first, else as they come.

    Records that likely pairs hold together are one question, up to the number that one
    screen can show; the links beyond are asked as pairs. What is `answered` (a column of
    true and false, where there is one) is no part of what waits: to say a word on a group
    would say it on those pairs again.
    """
    edges = _edges(queue)
    answered = queue["answered"] if "answered" in queue.columns else [False] * len(edges)
    asked: dict[int, Question] = {}
    for part in (False, True):
        some = {i: edges[i] for i, is_answered in enumerate(answered) if is_answered is part}
        asked |= _grouped(some) if groups else {i: _pair(edge) for i, edge in some.items()}
    in_order = [question for _, question in sorted(asked.items())]
    return sorted(in_order, key=lambda question: not question.risky)


def _grouped(edges: Mapping[int, Edge]) -> dict[int, Question]:
    """Put pairs, by their place, into questions, by the place of their first pair."""
    grown = _Groups(edges.values())
    inside: dict[str, list[int]] = defaultdict(list)
    asked: dict[int, Question] = {}
    for place, edge in edges.items():
        root = grown.root(edge.left)
        if root is not None and root == grown.root(edge.right) and grown.is_group(root):
            inside[root].append(place)
        else:
            asked[place] = _pair(edge)
    for root, places in inside.items():
        asked[places[0]] = grown.question(root, [edges[place] for place in places])
    return asked


class _Groups:
    """What grows together when the likeliest pairs are joined first, up to the limit."""

    def __init__(self, edges: Iterable[Edge]) -> None:
        self.members: dict[str, list[str]] = {}
        self._root: dict[str, str] = {}
        self._cut: set[str] = set()  # records whose group would have grown beyond the limit
        self._last: dict[str, tuple[Edge, list[str]]] = {}  # the link that came last, one side
        likely = [edge for edge in edges if (edge.probability or 0.0) >= LIKELY]
        likely.sort(key=lambda edge: (-(edge.probability or 0.0), edge.left, edge.right))
        for edge in likely:
            self._join(edge)

    def root(self, record: str) -> str | None:
        """Name the group of a record; None where nothing likely leads to it."""
        return self._root.get(record)

    def is_group(self, root: str) -> bool:
        """Tell whether there are more than two of them."""
        return len(self.members[root]) > 2

    def question(self, root: str, edges: Sequence[Edge]) -> Question:
        """Make a group a question."""
        members = sorted(self.members[root])
        weakest, side = self._last[root]
        rest = [record for record in members if record not in set(side)]
        apart = min(sorted(side), rest, key=lambda some: (len(some), some))
        cut = not self._cut.isdisjoint(members)
        return Question(tuple(members), tuple(edges), weakest, tuple(apart), cut)

    def _join(self, edge: Edge) -> None:
        for record in (edge.left, edge.right):
            if record not in self._root:
                self._root[record] = record
                self.members[record] = [record]
        one, other = self._root[edge.left], self._root[edge.right]
        if one == other:
            return
        large, small = sorted((one, other), key=lambda root: -len(self.members[root]))
        if len(self.members[large]) + len(self.members[small]) > LARGEST:
            self._cut |= {edge.left, edge.right}
            return
        gone = self.members.pop(small)
        self.members[large] += gone
        self._root |= dict.fromkeys(gone, large)
        self._last[large] = edge, gone


def _edges(queue: pl.DataFrame) -> list[Edge]:
    given = [n for n in ("weight", "probability", "reviewer") if n in queue.columns]
    columns = [pl.col("left_id", "right_id").cast(pl.String), *(pl.col(n) for n in given)]
    edges = [_edge(row) for row in queue.select(*columns).to_dicts()]
    pairs = [(edge.left, edge.right) for edge in edges]
    if len(set(pairs)) < len(pairs):
        twice = min(pair for pair, n in Counter(pairs).items() if n > 1)
        raise InputError(tr("a pair stands in the queue twice"), value=Pair.of(*twice))
    return edges


def _edge(row: dict[str, Any]) -> Edge:
    pair, who = Pair.of(row["left_id"], row["right_id"]), row.get("reviewer") or ()
    return Edge(
        pair.left,
        pair.right,
        _number(row.get("weight")),
        _number(row.get("probability")),
        (who,) if isinstance(who, str) else tuple(who),
    )


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _pair(edge: Edge) -> Question:
    return Question((edge.left, edge.right), (edge,))
