"""Names of clusters that last: what was known by an id keeps it when records are added."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from custclean.errors import InputError
from custclean.frames import to_polars
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Known", "lasting_names"]


@dataclass(frozen=True, slots=True)
class Known:
    """The clusters of last time: of each record its cluster, who survived, what retired.

    `retired`: the successor of each id that is no more; None where nobody took over.
    """

    clusters: Mapping[Any, Any]
    survivors: Mapping[Any, Any]
    retired: Mapping[Any, Any]

    @classmethod
    def of(cls, given: Any, ids: pl.Series, clusters: pl.Series) -> Known:
        """Take the crosswalk of last time: a `Merged`, or a frame record_id, cluster_id."""
        if given is None:
            return cls({}, {}, {})
        frame = to_polars(getattr(given, "crosswalk", given))
        types = {
            "record_id": ids.dtype,
            "survivor_id": ids.dtype,
            "cluster_id": clusters.dtype,
        }
        frame = frame.with_columns(
            _as(frame[name], dtype) for name, dtype in types.items() if name in frame.columns
        )
        if not {"record_id", "cluster_id"} <= set(frame.columns):
            raise InputError(
                tr("known clusters need two columns"),
                value=", ".join(frame.columns),
                expected="record_id, cluster_id",
            )
        rows = frame.drop_nulls(["record_id", "cluster_id"])
        pairs = rows.select("record_id", "cluster_id").unique()
        names = dict(pairs.iter_rows())
        if pairs.height > len(names):
            raise InputError(tr("a record is in two known clusters"), column="record_id")
        survivors: dict[Any, Any] = {}
        if "survivor_id" in rows.columns:
            survivors = dict(rows.select("cluster_id", "survivor_id").unique().iter_rows())
        gone = getattr(given, "retired", None)
        successors = {} if gone is None else dict(to_polars(gone).iter_rows())
        return cls(names, survivors, successors)


def _as(column: pl.Series, dtype: pl.DataType) -> pl.Series:
    """Give ids of last time the type they have today, where they can have it."""
    try:
        return column.cast(dtype)
    except pl.exceptions.PolarsError:
        return column.cast(pl.String)


def lasting_names(
    ids: Sequence[Any], units: Sequence[int], wanted: Sequence[Any], known: Known
) -> tuple[list[Any], dict[Any, Any]]:
    """Name the cluster of each row; give the ids that retired, with their successors.

    `units`: of each row the one it is merged into, itself if it is alone; `wanted`: the name
    where nothing is known. A cluster that was known keeps its id: split, the part with its
    survivor keeps it; of several that are joined the largest stays, of equals the smallest
    id. An id that was given once never names another cluster.
    """
    members: defaultdict[Any, list[int]] = defaultdict(list)
    for row, record in enumerate(ids):
        if record in known.clusters:
            members[known.clusters[record]].append(row)
    sizes = Counter(known.clusters.values())
    owned: defaultdict[int, list[Any]] = defaultdict(list)
    for old, rows in members.items():
        owned[units[_heir(old, rows, ids, known)]].append(old)
    names: dict[int, Any] = {}
    retired: dict[Any, Any] = dict.fromkeys(set(sizes) - set(members))
    for unit, olds in owned.items():
        stays, *rest = sorted(olds, key=lambda old: (-sizes[old], old))
        names[unit] = stays
        retired |= dict.fromkeys(rest, stays)
    taken = {*sizes, *known.retired}
    sharing = Counter(units)  # a group's name goes before that of who is alone
    for unit in sorted(
        set(units) - set(names), key=lambda unit: (sharing[unit] < 2, ids[unit])
    ):
        own = ids[unit]
        back = own in known.retired and known.retired[own] is None  # it was away for a while
        names[unit] = own if back else _free(wanted[unit], own, taken)
        taken.add(names[unit])
    chained = _chained(known.retired, retired)
    used = set(names.values())
    return [names[unit] for unit in units], {a: b for a, b in chained.items() if a not in used}


def _heir(old: Any, rows: Sequence[int], ids: Sequence[Any], known: Known) -> int:
    """Give the row that the id goes with: the survivor, the cluster's namesake, the first."""
    wanted = (known.survivors.get(old), old)
    for each in wanted:
        for row in rows:
            if each is not None and ids[row] == each:
                return row
    return min(rows, key=lambda row: ids[row])


def _free(wanted: Any, own: Any, taken: set[Any]) -> Any:
    """Give a name that was never used: the one wanted, the record's own, or one made of it."""
    for name in (wanted, own):
        if name not in taken and name is not None:
            return name
    if isinstance(own, int):
        return max(each for each in taken if isinstance(each, int)) + 1
    number = 2
    while f"{own}~{number}" in taken:
        number += 1
    return f"{own}~{number}"


def _chained(before: Mapping[Any, Any], now: Mapping[Any, Any]) -> dict[Any, Any]:
    """Lead every retired id to the one that stands for it today."""
    known = {**before, **now}

    def last(name: Any) -> Any:
        seen = {name}
        while (after := known.get(name)) is not None and after not in seen:
            seen.add(after)
            name = after
        return name if name not in known else None

    return {name: last(after) if after is not None else None for name, after in known.items()}
