"""What people picked by hand: who survives, and whose value of a field is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from custclean.errors import InputError
from custclean.stages.merge.choose import BOTH
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    import polars as pl

__all__ = ["Picks", "fields_picked", "picks_left", "refuse_unfit"]


@dataclass(frozen=True)
class Picks:
    """Picks by number of group: the surviving row; by field the row, or "join"."""

    survivor: Mapping[int, int] = field(default_factory=dict)
    fields: Mapping[str, Mapping[int, int | str]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, given: Mapping[Any, Any], members: pl.DataFrame, known: Mapping[Any, Any]
    ) -> Picks:
        """Find what each pick is about; one whose group or record is not here waits.

        A group goes by the id it was given, or by the one it had last time (`known`: the
        cluster of each record).
        """
        if not given:
            return cls()
        rows: dict[int, dict[Any, int]] = {}
        numbers: dict[str, int] = {}
        for no, cluster, row, record in members.select(
            "no", "cluster", "row", "id"
        ).iter_rows():
            rows.setdefault(no, {})[str(record)] = row
            numbers.setdefault(str(cluster), no)
        for old, no in _by_old_name(members, known):
            numbers.setdefault(old, no)
        survivor: dict[int, int] = {}
        fields: dict[str, dict[int, int | str]] = {}
        for cluster, name, record in _parted(given):
            group = numbers.get(str(cluster))
            if group is None:
                continue
            kept = rows[group].get(str(record))
            if name is None and kept is not None:
                survivor[group] = kept
            elif name is not None and (kept is not None or record in BOTH):
                fields.setdefault(name, {})[group] = record if kept is None else kept
        return cls(survivor, fields)


def _by_old_name(members: pl.DataFrame, known: Mapping[Any, Any]) -> Iterator[tuple[str, int]]:
    """Give the old id of each group that alone holds members of it."""
    holders: dict[str, set[int]] = {}
    if known:
        for no, record in members.select("no", "id").iter_rows():
            if record in known:
                holders.setdefault(str(known[record]), set()).add(no)
    return ((name, nos.pop()) for name, nos in holders.items() if len(nos) == 1)


def _parted(given: Mapping[Any, Any]) -> Iterator[tuple[Any, str | None, Any]]:
    """Take picks apart: cluster, field (None: the survivor), record."""
    for asked, record in given.items():
        if isinstance(asked, tuple) and len(asked) == 2:
            yield asked[0], asked[1], record
        else:
            yield asked, None, record


def fields_picked(given: Mapping[Any, Any]) -> list[Any]:
    """Give the fields whose value was picked."""
    return [name for _, name, _ in _parted(given) if name is not None]


def picks_left(
    given: Mapping[Any, Any], ids: Sequence[Any], clusters: Sequence[Any], out: Collection[Any]
) -> dict[Any, Any]:
    """Leave out the picks of records that were taken out, and of clusters without another."""
    gone = set(out)
    here = {cluster for record, cluster in zip(ids, clusters) if record not in gone}
    away = set(clusters) - here
    parted = zip(given.items(), _parted(given))
    return {
        asked: record
        for (asked, record), (cluster, *_) in parted
        if cluster not in away and record not in gone
    }


def refuse_unfit(
    given: Mapping[Any, Any],
    ids: Sequence[Any],
    clusters: Sequence[Any],
    texts: Mapping[str, Sequence[str | None] | pl.Series],
) -> None:
    """Refuse picks of clusters, columns and records that are not there, and of blank cells."""
    members: dict[Any, dict[Any, int]] = {}
    for row, (cluster, its) in enumerate(zip(clusters, ids)):
        members.setdefault(cluster, {})[its] = row
    for cluster, name, record in _parted(given):
        if cluster not in members:
            expected = tr("a cluster_id of the matches, alone or with a column")
            raise InputError(tr("no such cluster"), value=cluster, expected=expected)
        if name is not None and name not in texts:
            expected = ", ".join(texts)
            raise InputError(tr("there is no such column"), value=name, expected=expected)
        if record not in members[cluster] and (name is None or record not in BOTH):
            expected = tr("a record_id of the cluster")
            raise InputError(
                tr("the picked record is not in the cluster"), value=record, expected=expected
            )
        picked = members[cluster].get(record)
        if name is not None and picked is not None and not texts[name][picked]:
            expected = tr("a record with a value in this column")
            raise InputError(
                tr("the picked cell is blank"), column=name, value=record, expected=expected
            )
