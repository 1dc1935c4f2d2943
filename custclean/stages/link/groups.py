"""Groups as people get them: from the pairs strong enough, and with ids that last."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from custclean.errors import InputError
from custclean.stages.link.cluster import Links
from custclean.words import numeral, tr, trn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custclean.stages.link.features import Hashes, Rows
    from custclean.stages.link.known import Known
    from custclean.stages.link.outcome import Outcome
    from custclean.stages.link.said import Said

__all__ = ["beyond", "contradicted", "larger_than", "named", "strong_links"]

_NAMED = 3  # groups that a note names


def strong_links(
    found: Outcome,
    threshold: float,
    words: Said,
    known: Known,
    content: Hashes,
) -> Links:
    """Give the pairs from a threshold on, what rules say being sure, and people's word.

    What was known before counts as said first: what is said now may contradict it. Where
    what is said now contradicts itself it joins nobody.
    """
    strong = (found.chance >= threshold) & ~found.said
    torn, decided = words.torn, words.pairs.items()
    same = [pair for pair, said in decided if said == "same" and pair[0] not in torn]
    different = [pair for pair, said in decided if said == "different"]
    cut = known.pairs_of({row for pair in different for row in pair})
    return Links(
        found.left[strong],
        found.right[strong],
        np.where(found.always, np.inf, found.weight)[strong],
        (*known.chain, *cut, *same),
        frozenset(different),
        content,
        torn=torn,
    )


def named(label: Rows, ids: pl.Series, order: Rows, known: Known) -> pl.DataFrame:
    """Give record_id and cluster_id: the smallest id of a group, or the one that it had.

    `order` are the rows in the order of their ids.
    """
    # a group's smallest id is that of its member who comes first in this order
    first = np.full(len(label), len(label), dtype=np.int64)
    np.minimum.at(first, label[order], np.arange(len(order)))
    smallest = order[first[label[order]]]
    table = pl.DataFrame({"record_id": ids.gather(order), "cluster_id": ids.gather(smallest)})
    if not known.clusters:
        return table
    rows = np.fromiter(known.clusters, dtype=np.int64)
    olds = _alike(pl.Series(known.clusters.values()), ids)
    members = pl.DataFrame(
        {
            "record_id": ids.gather(rows).cast(olds.dtype),
            "old": olds,
            "label": label[rows],
            "place": first[label[rows]],
        }
    )
    table = table.with_columns(pl.col("cluster_id").cast(olds.dtype), label=label[order])
    table = table.join(_owners(members), on="label", how="left", maintain_order="left")
    return _none_twice(table).select(
        "record_id", pl.coalesce("old", "cluster_id").alias("cluster_id")
    )


def _none_twice(table: pl.DataFrame) -> pl.DataFrame:
    """Name new groups by another member where an old cluster has the id of the first."""
    taken = table["old"].drop_nulls().unique().implode()
    clashing = pl.col("old").is_null() & pl.col("cluster_id").is_in(taken)
    new = table.filter(clashing.any().over("label"))
    if new.is_empty():
        return table
    same_kind = pl.col("record_id").cast(table["old"].dtype)
    free = new.filter(~same_kind.is_in(taken))
    names = free.group_by("label").agg(pl.first("record_id").alias("free"))
    if len(names) < new["label"].n_unique():
        raise InputError(
            tr("a known cluster has the id of a record that is not in it"),
            value=new["cluster_id"][0],
            column="cluster_id",
        )
    table = table.join(names, on="label", how="left", maintain_order="left")
    other = pl.col("free").cast(table["cluster_id"].dtype)
    return table.with_columns(cluster_id=pl.coalesce(other, "cluster_id"))


def _alike(olds: pl.Series, ids: pl.Series) -> pl.Series:
    """Give old ids the type of the records' ids; as text where they are of another kind."""
    same_kind = olds.dtype.is_integer() == ids.dtype.is_integer()
    return olds.cast(ids.dtype if same_kind else pl.String)


def _owners(members: pl.DataFrame) -> pl.DataFrame:
    """Give the groups that keep an old id: of a cluster that fell apart, one part does."""
    named_so = (pl.col("record_id") == pl.col("old")).any()
    parts = members.group_by("old", "label").agg(named_so.alias("named"), pl.first("place"))
    parts = parts.sort("named", "place", descending=[True, False])
    kept = parts.unique("old", keep="first", maintain_order=True)
    return kept.group_by("label").agg(pl.col("old").min())


def larger_than(most: int, clusters: pl.DataFrame) -> list[tuple[str, int]]:
    """Give id and size of the clusters of more than so many records, largest first."""
    sizes = clusters.group_by("cluster_id").len().filter(pl.col("len") > most)
    sizes = sizes.sort("len", "cluster_id", descending=[True, False])
    return [(str(name), size) for name, size in sizes.rows()]


def contradicted(groups: int) -> str:
    """Say of how many groups what people said contradicts itself."""
    return trn(
        "{n:,} group is called one client and two: it is not joined, and all that was said of"
        " it is among the conflicts",
        "{n:,} groups are called one client and two: they are not joined, and all that was"
        " said of them is among the conflicts",
        groups,
    )


def beyond(most: int, groups: Sequence[tuple[str, int]]) -> str:
    """Say which groups are larger than any should be."""
    told = [f"{name} ({numeral(size)})" for name, size in groups[:_NAMED]]
    return trn(
        "{n:,} group has more than {most:,} records, as people said or as it was known:"
        " {groups}",
        "{n:,} groups have more than {most:,} records, as people said or as they were known:"
        " {groups}",
        len(groups),
        most=most,
        groups=", ".join([*told, *(["…"] if len(groups) > _NAMED else [])]),
    )
