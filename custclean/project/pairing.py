"""Who belongs to whom between two sides, the nearest first, and never by a guess."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["sure_pairs"]

Edge = tuple[Any, str]


def sure_pairs(
    costs: Mapping[Edge, Any], left: Mapping[Any, object], right: Mapping[str, object]
) -> dict[Any, str]:
    """Pair off the two sides of `costs`, the cheapest first; a tie is left alone.

    `left` and `right` say what each holds: those who hold the same may stand for one
    another, so a tie among them is none.
    """
    levels: defaultdict[Any, list[Edge]] = defaultdict(list)
    for edge, cost in costs.items():
        levels[cost].append(edge)
    found: dict[Any, str] = {}
    settled: tuple[set[Any], set[str]] = set(), set()  # paired, or in a tie
    for cost in sorted(levels):
        free = [(o, n) for o, n in levels[cost] if o not in settled[0] and n not in settled[1]]
        for ones, others in _islands(free):
            settled[0].update(ones)
            settled[1].update(others)
            if _no_tie(ones, others, left, right):
                found.update(zip(sorted(ones), sorted(others)))
    return found


def _no_tie(
    ones: set[Any], others: set[str], left: Mapping[Any, object], right: Mapping[str, object]
) -> bool:
    """Tell whether it makes no difference who of the one side gets whom of the other."""
    few = len(ones) - len(others)
    alike = len({left[one] for one in ones}) == 1, len({right[each] for each in others}) == 1
    return (few >= 0 and alike[0]) or (few <= 0 and alike[1])


def _islands(edges: Iterable[Edge]) -> Iterator[tuple[set[Any], set[str]]]:
    """Give the two sides of each component."""
    near: defaultdict[tuple[int, Any], set[tuple[int, Any]]] = defaultdict(set)
    for one, other in edges:
        near[0, one].add((1, other))
        near[1, other].add((0, one))
    seen: set[tuple[int, Any]] = set()
    for start in near:  # in the order of the edges
        if start in seen:
            continue
        island, ahead = {start}, [start]
        while ahead:
            fresh = near[ahead.pop()] - island
            island |= fresh
            ahead += fresh
        seen |= island
        yield {n for side, n in island if side == 0}, {n for side, n in island if side == 1}
