"""Records that were put into clusters before: they stay as they are, and keep their ids."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from custclean.errors import InputError
from custclean.frames import to_polars
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from custclean.stages.link.features import Rows

    Bools = NDArray[np.bool_]

__all__ = ["Known", "known_clusters"]


@dataclass(frozen=True)
class Known:
    """The rows that have a cluster, and what holds each cluster together."""

    rows: int
    clusters: Mapping[int, Any]  # the old cluster's id, by row

    def new(self, left: Rows, right: Rows) -> Bools:
        """Tell which pairs hold a record without a cluster; the others are settled."""
        settled = self._settled
        return ~(settled[left] & settled[right])

    @property
    def _settled(self) -> Bools:
        found = np.zeros(self.rows, dtype=bool)
        found[list(self.clusters)] = True
        return found

    @property
    def pairs(self) -> int:
        """Count the pairs that hold a record without a cluster."""
        old = len(self.clusters)
        return (self.rows * (self.rows - 1) - old * (old - 1)) // 2

    @property
    def chain(self) -> list[tuple[int, int]]:
        """Chain the rows of each cluster, so that they stay together."""
        last: dict[Any, int] = {}
        pairs = []
        for row, cluster in self.clusters.items():
            if cluster in last:
                pairs.append((min(last[cluster], row), max(last[cluster], row)))
            last[cluster] = row
        return pairs

    def pairs_of(self, rows: set[int]) -> list[tuple[int, int]]:
        """Give every pair of the clusters that hold one of these rows.

        Who is taken out of the middle of a chain would leave the others apart.
        """
        touched = {self.clusters[row] for row in rows if row in self.clusters}
        members: dict[Any, list[int]] = {cluster: [] for cluster in touched}
        for row, cluster in sorted(self.clusters.items()):
            if cluster in touched:
                members[cluster].append(row)
        return [pair for each in members.values() for pair in combinations(each, 2)]


def known_clusters(ids: pl.Series, known: object) -> Known:
    """Give the old cluster of each row that has one, in the order of the ids."""
    if known is None:
        return Known(len(ids), {})
    old = to_polars(known)
    if not {"record_id", "cluster_id"} <= set(old.columns):
        raise InputError(
            tr("known clusters need two columns"),
            value=", ".join(old.columns),
            expected="record_id, cluster_id",
        )
    table = pl.DataFrame({"record_id": ids, "row": np.arange(len(ids))})
    old = old.select("record_id", "cluster_id").drop_nulls()
    if old["record_id"].dtype.is_integer() != ids.dtype.is_integer():
        table, old = (
            each.with_columns(pl.col("record_id").cast(pl.String)) for each in (table, old)
        )
    twice = old.unique().filter(pl.col("record_id").is_duplicated())
    if twice.height:
        raise InputError(
            tr("a record is in two known clusters"),
            column="record_id",
            value=twice["record_id"].sort()[0],
        )
    found = table.join(old.unique(), on="record_id").sort("record_id")
    return Known(len(ids), dict(zip(found["row"], found["cluster_id"], strict=True)))
