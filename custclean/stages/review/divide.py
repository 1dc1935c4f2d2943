"""What a division of records into clients says about each two of them."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from custclean.model import Pair, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["divide"]


def divide(
    asked: Iterable[Pair], parts: Sequence[frozenset[str]]
) -> list[tuple[Pair, Verdict]]:
    """Say same within a part and different between parts, of each pair that was asked.

    Where no asked pair holds a part together or stands between two, one more is added, so
    that the division follows from what is said.
    """
    part_of = {record: place for place, part in enumerate(parts) for record in part}
    said = {
        pair: Verdict.SAME if part_of[pair.left] == part_of[pair.right] else Verdict.DIFFERENT
        for pair in asked
    }
    for part in parts:
        held = [pair for pair in said if pair.left in part and pair.right in part]
        first, *others = _pieces(part, held)
        said |= {Pair.of(min(first), min(other)): Verdict.SAME for other in others}
    between = {frozenset((part_of[pair.left], part_of[pair.right])) for pair in said}
    for one, other in combinations(range(len(parts)), 2):
        if frozenset((one, other)) not in between:
            said[Pair.of(min(parts[one]), min(parts[other]))] = Verdict.DIFFERENT
    return sorted(said.items())


def _pieces(part: Iterable[str], pairs: Iterable[Pair]) -> Iterator[set[str]]:
    """Give the records of a part as far as pairs hold them together, smallest first."""
    pieces = [{record} for record in sorted(part)]
    for pair in pairs:
        one = next(piece for piece in pieces if pair.left in piece)
        other = next(piece for piece in pieces if pair.right in piece)
        if one is not other:
            one |= other
            pieces.remove(other)
    return iter(sorted(pieces, key=min))
