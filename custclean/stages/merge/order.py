"""Who survives in each group, and in which order the others' values come after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from custclean.stages.merge.facts import Facts

__all__ = ["in_order", "members_of", "tied"]


def members_of(ids: pl.Series, clusters: pl.Series) -> pl.DataFrame:
    """Give the rows of the groups of several: no (of the group), row, cluster, id."""
    table = pl.DataFrame({"cluster": clusters, "id": ids}).with_row_index("row")
    several = table.filter(pl.col("cluster").is_not_null()).filter(
        pl.len().over("cluster") > 1
    )
    return several.sort("cluster", "id").with_columns(no=pl.col("cluster").rle_id())


def in_order(
    members: pl.DataFrame, facts: Facts, rules: Sequence[str], picked: Mapping[int, int]
) -> pl.DataFrame:
    """Put each group's survivor first: the one picked, or whom the rules leave.

    A rule keeps whom it finds best and whom it knows nothing of; what it says of the others
    orders their values. Column `left` tells whom all rules kept.
    """
    names = [f"rule {n}" for n in range(len(rules))]
    ranked = members.with_columns(
        facts.of(rule).gather(members["row"]).alias(name) for name, rule in zip(names, rules)
    ).with_columns(left=pl.lit(value=True))
    for name in names:
        best = pl.when(pl.col("left")).then(pl.col(name)).max().over("no")
        ranked = ranked.with_columns(
            left=pl.col("left") & (pl.col(name).is_null() | (pl.col(name) == best))
        )
    later = [pl.when(~pl.col("left")).then(pl.col(name)) for name in names]
    firsts = pl.Series(list(picked.values()), dtype=pl.UInt32)
    first = pl.col("row").is_in(firsts.implode())
    return ranked.sort(
        "no", first, "left", *later, "id",
        descending=[False, True, True, *(True for _ in names), False], nulls_last=True,
    ).drop(names)  # fmt: skip


def tied(ordered: pl.DataFrame, picked: Mapping[int, Any]) -> list[int]:
    """Give the groups in which the rules leave several and nobody was picked."""
    counts = ordered.group_by("no").agg(pl.col("left").sum())
    open_ones = counts.filter(pl.col("left") > 1)["no"].sort().to_list()
    return [no for no in open_ones if no not in picked]
