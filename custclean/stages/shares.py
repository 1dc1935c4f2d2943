"""Who looks at which pairs of a queue: whole groups each, some of them blind by two."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any

import polars as pl

from custclean.decisions.standing import joined
from custclean.errors import InputError, SettingsError
from custclean.frames import to_polars, with_columns
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["shares"]

COLUMNS = ("reviewer", "second_reviewer")


def shares(
    pairs: Any, reviewers: Sequence[str], *, overlap: float = 0.1, seed: int = 0
) -> Any:
    """Give the pairs with two more columns: `reviewer`, and `second_reviewer` of some.

    `pairs`: left_id, right_id. Pairs that hang together stay together, with the same
    people. Everybody gets as many, give or take one group. About `overlap` of the pairs are
    for two people, drawn by `seed`; who is second does not see what the first said. The
    order of the rows does not matter.
    """
    people = _people(reviewers, overlap)
    ends = _ends(to_polars(pairs))
    group_of = joined(ends)
    sizes = Counter(group_of[left] for left, _ in ends)
    by_lot = sorted(sizes, key=lambda group: (_lot(seed, group), group))
    double = _drawn(by_lot, sizes, overlap * len(ends))
    given = _given(by_lot, sizes, double, people)
    whom = [given[group_of[left]] for left, _ in ends]
    return with_columns(
        pairs, {name: [each[n] for each in whom] for n, name in enumerate(COLUMNS)}
    )


def _people(reviewers: Sequence[str], overlap: float) -> tuple[str, ...]:
    people = (reviewers,) if isinstance(reviewers, str) else tuple(reviewers)
    if not people or len(set(people)) < len(people):
        raise SettingsError(
            tr("reviewers need a name each, and another one each"), value=len(people)
        )
    if not 0 <= overlap <= 1:
        raise SettingsError(tr("a share is from 0 to 1"), value=overlap, column="overlap")
    if overlap and len(people) < 2:
        msg = tr("nobody is there to look a second time")
        raise SettingsError(msg, value=overlap, column="overlap", expected="overlap=0")
    return people


def _ends(frame: pl.DataFrame) -> list[tuple[str, str]]:
    missing = {"left_id", "right_id"} - set(frame.columns)
    if missing:
        raise InputError(tr("the table lacks {names}", names=", ".join(sorted(missing))))
    ends = frame.select(pl.col("left_id", "right_id").cast(pl.String))
    for name in ends.columns:
        if ends[name].has_nulls():
            raise InputError(tr("a pair lacks an id"), column=name)
    return ends.rows()


def _lot(seed: int, group: str) -> bytes:
    """Draw for a group: by its name and the seed, whoever else is there."""
    text = f"{seed} {group}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(text).digest()


def _drawn(by_lot: Sequence[str], sizes: Mapping[str, int], wanted: float) -> frozenset[str]:
    """Draw groups until as many pairs as wanted are in them, or as near as groups allow."""
    drawn, pairs = set(), 0
    for group in by_lot:
        if abs(pairs + sizes[group] - wanted) < abs(pairs - wanted):
            drawn.add(group)
            pairs += sizes[group]
    return frozenset(drawn)


def _given(
    by_lot: Sequence[str],
    sizes: Mapping[str, int],
    double: frozenset[str],
    people: Sequence[str],
) -> dict[str, tuple[str, str | None]]:
    """Give each group, the largest first, to who has least: so loads differ by one at most.

    One: the largest group.
    """
    loads = dict.fromkeys(people, 0)
    order = {name: place for place, name in enumerate(people)}
    given: dict[str, tuple[str, str | None]] = {}
    for group in sorted(by_lot, key=lambda group: -sizes[group]):  # equals stay by lot
        first, *others = sorted(people, key=lambda name: (loads[name], order[name]))
        second = others[0] if group in double else None
        given[group] = first, second
        for name in filter(None, given[group]):
            loads[name] += sizes[group]
    return given
