"""Merge the groups of any table: a row per client, each cell from a record, none lost."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from custclean.errors import ConflictError, InputError
from custclean.model import SEVERAL
from custclean.stages.merge_rules import RULES
from custclean.text import tax_id
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

__all__ = ["merged_table"]

Texts = dict[str, list[str]]  # by column and row; blank where nothing is there


def merged_table(
    frame: pl.DataFrame,
    ids: pl.Series,
    clusters: pl.Series,
    *,
    id_column: str | None = None,
    tax_ids: Collection[str] = (),
    rules: Mapping[str, str],
    picks: Mapping[Any, Any],
) -> dict[str, pl.DataFrame]:
    """Give golden, crosswalk, provenance, lost_values and conflicts of a table.

    `ids` and `clusters` are those of the rows; `id_column`, if one holds the ids, stays the
    survivor's. The most complete record of a cluster
    survives, of equals the one with the smallest id; each of its blank cells is filled from
    the next that has one. All that is elsewhere and differs is among the lost values.
    """
    texts = {name: _texts(frame[name]) for name in frame.columns if name != id_column}
    cells = _Cells(texts, ids.to_list(), rules, picks)
    if picks:
        _refuse_unfit(cells, clusters.to_list())
    conflicts, refused = [], set()
    for cluster, rows in _groups(texts, ids, clusters):
        reason, detail = _refusal(texts, rows, tax_ids)
        if reason:
            members = " ".join(str(cells.ids[row]) for row in sorted(rows))
            conflicts.append((cluster, reason, detail, members))
            refused.update(rows)
        else:
            cells.fill(cluster, sorted(rows, key=lambda r: cells.ids[r] != picks.get(cluster)))
    survivor = [cells.survivor.get(row, row) for row in range(frame.height)]
    kept = [row for row, its in enumerate(survivor) if row == its]
    golden = frame[kept].with_columns(cells.column(frame[name], kept) for name in texts)
    _check(cells, golden, kept)
    both = zip(cells.ids, clusters.to_list())
    named = [its if row in refused else cluster for row, (its, cluster) in enumerate(both)]
    types = {"cluster_id": clusters.dtype, "record_id": ids.dtype, "survivor_id": ids.dtype}

    def told(names: str, rows: Sequence[tuple[Any, ...]]) -> pl.DataFrame:
        schema = {name: types.get(name, pl.String) for name in names.split()}
        return pl.DataFrame(rows, schema, orient="row")

    crosswalk = list(zip(cells.ids, named, [cells.ids[row] for row in survivor]))
    return {
        "table": frame,
        "golden": golden,
        "crosswalk": told("record_id cluster_id survivor_id", crosswalk),
        "provenance": told("cluster_id field value record_id rule", cells.provenance),
        "lost_values": told("cluster_id field record_id value", cells.lost),
        "conflicts": told("cluster_id reason detail records", conflicts),
    }


@dataclass
class _Cells:
    """Whose value each cell of a survivor gets, and what else was there."""

    texts: Texts
    ids: Sequence[Any]
    rules: Mapping[str, str]
    picks: Mapping[Any, Any]
    survivor: dict[int, int] = field(default_factory=dict)  # by row of a merged cluster
    source: dict[tuple[str, int], int] = field(default_factory=dict)
    joined: dict[tuple[str, int], str] = field(default_factory=dict)  # no record's own value
    provenance: list[tuple[Any, ...]] = field(default_factory=list)
    lost: list[tuple[Any, ...]] = field(default_factory=list)

    def fill(self, cluster: Any, rows: Sequence[int]) -> None:
        """Give the first of the rows its values."""
        self.survivor.update(dict.fromkeys(rows, rows[0]))
        for name, texts in self.texts.items():
            given = [row for row in rows if texts[row]]
            if not given:
                continue
            pick = self.picks.get((cluster, name))
            rule = self.rules.get(name, "survivor")
            picked = [row for row in given if pick is not None and self.ids[row] == pick]
            value = texts[picked[0]] if picked else RULES[rule]([texts[r] for r in given])
            source = next((row for row in picked or given if texts[row] == value), given[0])
            self.source[name, rows[0]] = source
            if texts[source] != value:
                self.joined[name, rows[0]] = value
            self.provenance.append(
                (cluster, name, value, self.ids[source], "pick" if picked else rule)
            )
            self.lost.extend(
                (cluster, name, self.ids[row], texts[row])
                for row in given
                if not _holds(value, texts[row])
            )

    def column(self, column: pl.Series, kept: Sequence[int]) -> pl.Series:
        """Give a column of the rows that are left, of the type it had."""
        name = column.name
        result = column.gather([self.source.get((name, row), row) for row in kept])
        joined = {
            n: self.joined[name, r] for n, r in enumerate(kept) if (name, r) in self.joined
        }
        if not joined:
            return result
        return _text(result).scatter(list(joined), list(joined.values()))


def _text(column: pl.Series) -> pl.Series:
    """Give values as text, each alike whatever else is in its column."""
    if not (column.dtype.is_nested() or column.dtype in (pl.Binary, pl.Object)):
        with suppress(pl.exceptions.PolarsError):  # a duration, pandas' periods
            return column.cast(pl.String)
    texts = [None if value is None else str(value) for value in column.to_list()]
    return pl.Series(column.name, texts, dtype=pl.String)


def _texts(column: pl.Series) -> list[str]:
    return _text(column).str.strip_chars().fill_null("").to_list()


def _groups(
    texts: Texts, ids: pl.Series, clusters: pl.Series
) -> Iterator[tuple[Any, list[int]]]:
    """Give the rows of each cluster of several, the most complete first."""
    filled = [sum(map(bool, each)) for each in zip(*texts.values())]
    table = pl.DataFrame({"cluster": clusters, "id": ids}).with_row_index()
    table = table.with_columns(filled=pl.Series(filled or [0] * len(ids), dtype=pl.Int64))
    some = table.filter(pl.len().over("cluster") > 1)
    ordered = some.sort("cluster", "filled", "id", descending=[False, True, False])
    for (cluster,), members in ordered.group_by("cluster", maintain_order=True):
        yield cluster, members["index"].to_list()


def _refuse_unfit(cells: _Cells, clusters: Sequence[Any]) -> None:
    """Refuse picks of clusters, columns and records that are not there, and of blank cells."""
    members: dict[Any, dict[Any, int]] = {}
    for row, (cluster, its) in enumerate(zip(clusters, cells.ids)):
        members.setdefault(cluster, {})[its] = row
    for asked, record in cells.picks.items():
        cluster, name = asked if _of_column(asked) else (asked, None)
        if cluster not in members:
            expected = tr("a cluster_id of the matches, alone or with a column")
            raise InputError(tr("no such cluster"), value=cluster, expected=expected)
        if name is not None and name not in cells.texts:
            expected = ", ".join(cells.texts)
            raise InputError(tr("there is no such column"), value=name, expected=expected)
        if record not in members[cluster]:
            expected = tr("a record_id of the cluster")
            raise InputError(
                tr("the picked record is not in the cluster"), value=record, expected=expected
            )
        if name is not None and not cells.texts[name][members[cluster][record]]:
            expected = tr("a record with a value in this column")
            raise InputError(
                tr("the picked cell is blank"), column=name, value=record, expected=expected
            )


def _of_column(asked: object) -> bool:
    return isinstance(asked, tuple) and len(asked) == 2


def _refusal(texts: Texts, rows: list[int], tax_ids: Collection[str]) -> tuple[str, str]:
    """Say why some records are not merged: they have different valid tax ids."""
    for name in tax_ids:
        valid = {tax_id.clean(texts[name][row]) or "" for row in rows} - {""}
        if len({"".join(filter(str.isdigit, each)) for each in valid}) > 1:
            return "different_tax_id", name
    return "", ""


def _holds(value: str, text: str) -> bool:
    """Tell whether a value is, or among others holds, a text."""
    return text == value or set(text.split(SEVERAL)) <= set(value.split(SEVERAL))


def _check(cells: _Cells, golden: pl.DataFrame, kept: Sequence[int]) -> None:
    """Count that every value of a merged record is in the row that is left, or is told."""
    place = {row: n for n, row in enumerate(kept)}
    missing: Counter[tuple[str, Any]] = Counter()
    for name, texts in cells.texts.items():
        left = _texts(golden[name])
        for row, survivor in cells.survivor.items():
            if not _holds(left[place[survivor]], texts[row]) and texts[row]:
                missing[name, cells.ids[row]] += 1
    if missing != Counter((name, record) for _, name, record, _ in cells.lost):
        raise ConflictError(tr("records were lost in a merge; nothing was written"))
