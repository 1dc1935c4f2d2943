"""Put together what a merge gives: the frames, and the counts that prove them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import polars as pl

from custclean.errors import ConflictError
from custclean.stages.merge.effects import effects
from custclean.stages.merge.lasting import lasting_names
from custclean.stages.merge.totals import counted
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from custclean.stages.merge.bookings import Bookings
    from custclean.stages.merge.cells import Cells
    from custclean.stages.merge.hard import Refusals
    from custclean.stages.merge.jobs import Move
    from custclean.stages.merge.lasting import Known
    from custclean.stages.merge.sums import Amounts
    from custclean.stages.merge.totals import Line

__all__ = ["Outcome"]


@dataclass(frozen=True)
class Outcome:
    """The groups that are merged and those that are not, by number; and all that follows.

    `members`: no, cluster, row, id of every group; `groups`: rows of the merged ones, the
    survivor first; `amounts`: what each row owes, before the merges.
    """

    frame: pl.DataFrame
    ids: pl.Series
    clusters: pl.Series
    members: pl.DataFrame
    groups: Mapping[int, Sequence[int]]
    refused: Refusals
    cells: Cells
    known: Known
    moves: Sequence[Move] = ()
    amounts: Amounts | None = None
    bookings: Bookings | None = None

    @cached_property
    def units(self) -> list[int]:
        """Give the row that each row is merged into."""
        stays = {row: rows[0] for rows in self.groups.values() for row in rows}
        return [stays.get(row, row) for row in range(self.frame.height)]

    @cached_property
    def left(self) -> list[int]:
        """Give the rows that are left."""
        return [row for row, unit in enumerate(self.units) if row == unit]

    @cached_property
    def golden(self) -> pl.DataFrame:
        """Give the rows that are left, with their values."""
        golden = self.cells.golden(self.frame, self.left)
        gone = sum(len(rows) - 1 for rows in self.groups.values())
        if golden.height + gone != self.frame.height:
            raise ConflictError(tr("records were lost in a merge; nothing was written"))
        return golden

    @cached_property
    def lines(self) -> Sequence[Line]:
        """Count transactions and balances before and after; a difference is an error."""
        before = self.amounts
        after = None if before is None else before.after(self.golden, self.left)
        return counted(self.groups, before, after, self.bookings)

    def parts(self) -> dict[str, pl.DataFrame]:
        """Give every frame of the result."""
        records = self.ids.to_list()
        names, retired = lasting_names(records, self.units, self._wanted(), self.known)
        of_group = {no: names[rows[0]] for no, rows in self.groups.items()}
        told = _Told(self.ids.dtype, self.clusters.dtype)
        crosswalk = records, names, [records[unit] for unit in self.units]
        order = {name: n for n, name in enumerate(self.frame.columns)}
        provenance = [
            (of_group[no], name, value, records[row], rule)
            for no, name, value, row, rule in sorted(
                self.cells.provenance, key=lambda each: (each[0], order[each[1]])
            )
        ]
        for move in self.moves:
            provenance += _moved(move, names[move.row], records)
        lost = [
            (of_group[no], name, records[row], value)
            for no, _, name, row, value, _ in sorted(
                self.cells.lost, key=lambda each: (each.no, each.place, order[each.column])
            )
        ]
        return {
            "table": self.frame,
            "golden": self.golden,
            "crosswalk": told.of("record_id cluster_id survivor_id", crosswalk),
            "provenance": told("cluster_id field value record_id rule", provenance),
            "lost_values": told("cluster_id field record_id value", lost),
            "conflicts": told("cluster_id reason detail records", self._conflicts()),
            "effects": told(
                "cluster_id what record_id field before after",
                effects(self, of_group, records),
            ),
            "totals": told(
                "cluster_id what currency before after",
                [(None if no is None else of_group[no], *rest) for no, *rest in self.lines],
            ),
            "retired": told("cluster_id successor_id", sorted(retired.items(), key=_text)),
        }

    def _wanted(self) -> list[Any]:
        """Give the cluster id of each row where none was known.

        Who is alone may be in a group whose other members are not here; else it has its own.
        """
        records = self.ids.to_list()
        merged = {row for rows in self.groups.values() for row in rows}
        barred = set(self.members.filter(pl.col("no").is_in(list(self.refused)))["row"])
        given = self.clusters.to_list()
        own = {
            str(record)
            for row, (record, name) in enumerate(zip(records, given))
            if row in barred or name is None
        }
        return [
            name if row in merged or not {str(record), str(name)} & own else record
            for row, (record, name) in enumerate(zip(records, given))
        ]

    def _conflicts(self) -> list[tuple[Any, str, str, list[Any]]]:
        records: dict[int, list[Any]] = {}
        clusters: dict[int, Any] = {}
        barred = self.members.filter(pl.col("no").is_in(list(self.refused)))
        for no, cluster, record in barred.select("no", "cluster", "id").iter_rows():
            records.setdefault(no, []).append(record)
            clusters[no] = cluster
        return [(clusters[no], *self.refused[no], records[no]) for no in sorted(self.refused)]


def _text(pair: tuple[Any, Any]) -> str:
    return str(pair[0])


def _moved(move: Move, name: Any, records: Sequence[Any]) -> list[tuple[Any, ...]]:
    under = records[move.row if move.under is None else move.under]
    result = (
        [(name, move.column, move.before, records[move.row], "was")] if move.before else []
    )
    if move.after is not None:
        result.append((name, move.column, move.after, under, "rehung"))
    return result


@dataclass(frozen=True, slots=True)
class _Told:
    """Makes frames of rows; ids have the types that the caller's have."""

    records: pl.DataType
    clusters: pl.DataType

    def __call__(self, names: str, rows: Any) -> pl.DataFrame:
        return self.of(names, list(zip(*rows)) or [()] * len(names.split()))

    def of(self, names: str, columns: Sequence[Sequence[Any]]) -> pl.DataFrame:
        """Make a frame of finished columns."""
        types = {
            "record_id": self.records,
            "survivor_id": self.records,
            "cluster_id": self.clusters,
            "successor_id": self.clusters,
            "records": pl.List(self.records),
        }
        both = zip(names.split(), columns)
        return pl.DataFrame([_column(n, v, types.get(n, pl.String)) for n, v in both])


def _column(name: str, values: Sequence[Any], dtype: Any) -> pl.Series:
    try:
        return pl.Series(name, values, dtype=dtype)
    except (TypeError, pl.exceptions.PolarsError):  # own ids beside ids of another type
        texts = [None if value is None else str(value) for value in values]
        return pl.Series(name, texts, dtype=pl.String)
