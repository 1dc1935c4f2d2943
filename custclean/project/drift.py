"""Pairs that only the model's second thoughts would ask about: nothing about them is new."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import polars as pl

from custclean.decisions import SEEN_FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

__all__ = ["without_drift"]

Pairs = list[tuple[str, str]]


def without_drift(
    pairs: pl.DataFrame,
    tables: Sequence[pl.DataFrame],
    *,
    sure: float,
    asked: Callable[[int], Collection[tuple[str, str]]],
) -> pl.DataFrame:
    """Leave out the pairs that were not worth asking when they first looked as today.

    The model learns from each download anew, so that a weight at the border moves a little
    with other people's rows. A pair of today's probability `sure` is asked all the same.
    `tables`: the downloads, oldest first; `asked`: the pairs worth a look in one of them.
    """
    doubtful = pairs.filter(pl.col("probability") < sure)
    ends: Pairs = doubtful.select("left_id", "right_id").rows()
    since = _since(tables, {record for pair in ends for record in pair})
    turns: defaultdict[int, Pairs] = defaultdict(list)
    for pair in ends:
        turns[max(since[record] for record in pair)].append(pair)
    turns.pop(len(tables) - 1, None)  # new today, or changed
    drifted = {
        pair
        for at, found in sorted(turns.items())
        for worth in [{frozenset(each) for each in asked(at)}]
        for pair in found
        if frozenset(pair) not in worth
    }
    stay = [row not in drifted for row in pairs.select("left_id", "right_id").iter_rows()]
    return pairs.filter(pl.Series(stay, dtype=pl.Boolean))


def _since(tables: Sequence[pl.DataFrame], records: Collection[str]) -> dict[str, int]:
    """Say for each record from which download on people saw what they see today."""
    newest = len(tables) - 1
    today = _shown(tables[newest], records)
    since = dict.fromkeys(today, newest)
    same = set(today)
    for at in reversed(range(newest)):
        then = _shown(tables[at], same)
        same = {record for record in same if then.get(record) == today[record]}
        since.update(dict.fromkeys(same, at))
    return since


def _shown(table: pl.DataFrame, records: Collection[str]) -> dict[str, tuple[str | None, ...]]:
    wanted = table.filter(pl.col("record_id").is_in(list(records)))
    return {row[0]: row[1:] for row in wanted.select("record_id", *SEEN_FIELDS).iter_rows()}
