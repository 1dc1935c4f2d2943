"""What a merge would give: the dry run of it, which can be taken back piece by piece."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from custclean import html
from custclean.errors import InputError
from custclean.frames import rows_where, to_polars
from custclean.stages.merge.effects import RECORD, effects_said
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

__all__ = ["Merged"]

SIDES = ("before", "after")


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge would give; nothing is done yet.

    `golden`: one row a client, canonical fields. `crosswalk`: record_id, cluster_id,
    survivor_id, every record once. `provenance`: cluster_id, field, value, record_id,
    rule for each cell of a merged row; rule "x+survivor": x left several values, the
    survivor's order decided; "spelling": the kept value says this too, but for stops and
    case; "rehung": a record below who goes is now below who stays, "was" what it had.
    `lost_values`: what a merged record holds and the golden one does not. `conflicts`:
    cluster_id, reason, detail, records (a list of ids): groups that were not merged.

    `effects`: cluster_id, what, record_id, field, before, after: all that happens, for a
    person to read before it is approved. `totals`: cluster_id (none: all records), what
    (transactions, amount, balance), currency, before, after. `retired`: cluster_id,
    successor_id: ids of `known` that no cluster has any more.
    """

    table: Any
    golden: Any
    crosswalk: Any
    provenance: Any
    lost_values: Any
    conflicts: Any
    effects: Any
    totals: Any
    retired: Any
    _again: Callable[[Collection[Any], Any], Merged] = field(repr=False, compare=False)

    def unmerge(self, cluster_id: object = ..., *, record_id: object = ...) -> Any:
        """Give original rows back, as they were: of a cluster, of one record, or all."""
        if cluster_id is ... and record_id is ...:
            return self.table
        members = set(self._members(cluster_id, record_id))
        rows = (record in members for record in self.crosswalk["record_id"])
        return rows_where(self.table, pl.Series(rows, dtype=pl.Boolean))

    def without(self, cluster_id: object = ..., *, record_id: object = ...) -> Merged:
        """Give the same merge, but for a cluster, for one record, or for all: they stay alone.

        The clusters that are left keep their ids.
        """
        if cluster_id is ... and record_id is ...:
            return self._again(list(self.crosswalk["record_id"]), self)
        return self._again(self._members(cluster_id, record_id), self)

    def _members(self, cluster_id: object, record_id: object) -> list[Any]:
        """Give the records of a cluster, or the one; what is not there is an error."""
        records, clusters = self.crosswalk["record_id"], self.crosswalk["cluster_id"]
        found = [
            record
            for record, cluster in zip(records, clusters)
            if (cluster_id is ... or _is(cluster, cluster_id))
            and (record_id is ... or _is(record, record_id))
        ]
        if not found:
            asked = (tr("no such cluster"), cluster_id)
            sentence, value = asked if record_id is ... else (tr("no such record"), record_id)
            raise InputError(sentence, value=value)
        return found

    def __repr__(self) -> str:
        before, after = len(self.table), len(self.golden)
        rehung = sum(what == "child_rehung" for what in self.effects["what"])
        more = [f"{rehung} below others moved"] if rehung else []
        more += [f"{len(self.retired)} ids retired"] if len(self.retired) else []
        return (
            f"Merged({before} records -> {after}, {before - after} merged away, "
            f"{', '.join((f'{len(self.conflicts)} refused', *more))})"
        )

    def _repr_html_(self) -> str:
        effects = to_polars(self.effects)
        stays = to_polars(self.crosswalk).select("cluster_id", "survivor_id").unique()
        shown = effects.join(stays, on="cluster_id", how="left", maintain_order="left").select(
            pl.col("what").replace(effects_said()),
            "record_id",
            pl.when(pl.col("what") != "refused")
            .then(pl.col("survivor_id"))
            .alias("survivor_id"),
            "field",
            *(pl.when(pl.col("field") != RECORD).then(pl.col(n)).alias(n) for n in SIDES),
        )
        lost = effects.filter(pl.col("what") == "value_lost").height
        told = trn(
            "{n:,} value would be in no merged row.",
            "{n:,} values would be in no merged row.",
            lost,
        )
        drawn = html.table(shown, title=repr(self), plain=("what",), rows=50)
        return html.paragraph(told) + drawn


def _is(its: object, asked: object) -> bool:
    """Compare ids: one that is text by its text, any other as it is."""
    return bool(its == (str(asked) if isinstance(its, str) else asked))
