"""Join the records of one client: who survives, which values are kept, what would be lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from custclean import html
from custclean.errors import ConflictError, InputError
from custclean.frames import canonical, like, rows_where, to_polars
from custclean.model import SEVERAL
from custclean.stages.merge_rules import DEFAULT_RULES, RULES, says_the_same
from custclean.stages.merge_table import merged_table
from custclean.text import tax_id
from custclean.text.plan import on_plan
from custclean.words import tr

if TYPE_CHECKING:
    from custclean.model import HasTable

__all__ = ["RULES", "Merged", "merge"]

Row = Mapping[str, str | None]
_PREFIX = re.compile(r"^[A-Z]{2}(?=\d)")  # with and without its country, one number

ITS_OWN = frozenset(
    "record_id system kind source_file source_row company_id customer_number display_name"
    " subscription active created balance last_activity".split()
)
"""Fields of the survivor that no rule may touch: they say which record it is."""


def _tax(value: str) -> str:
    """Give a tax id for comparing; an id that cannot be one says nothing."""
    return _PREFIX.sub("", tax_id.clean(value) or "")


MUST_AGREE: Mapping[str, Callable[[str], str]] = {"tax_id": _tax, "currency": str.casefold}
"""Fields whose different values forbid a merge (formats.md 2.5: a currency cannot change)."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge would give.

    `golden`: one row a client, canonical fields. `crosswalk`: record_id, cluster_id,
    survivor_id, every record once. `provenance`: cluster_id, field, value, record_id,
    rule for each cell of a merged row. `lost_values`: what a merged-away record holds
    and the golden one does not. `conflicts`: cluster_id, reason, detail, records: groups
    that were not merged. `groups`: record_id, cluster_id of the merged ones.
    """

    table: Any
    golden: Any
    crosswalk: Any
    provenance: Any
    lost_values: Any
    conflicts: Any

    def unmerge(self, cluster_id: object) -> Any:
        """Give the original rows of one cluster back, as they were."""
        text = str(cluster_id)
        found = [
            its == (text if isinstance(its, str) else cluster_id)
            for its in self.crosswalk["cluster_id"]
        ]
        members = pl.Series(map(bool, found), dtype=pl.Boolean)
        if not members.any():
            raise InputError(tr("no such cluster"), value=cluster_id)
        return rows_where(self.table, members)

    def __repr__(self) -> str:
        before, after = len(self.table), len(self.golden)
        return (
            f"Merged({before} records -> {after}, "
            f"{before - after} merged away, {len(self.conflicts)} refused)"
        )

    def _repr_html_(self) -> str:
        return html.table(to_polars(self.golden), title=repr(self))


def merge(
    table: pl.DataFrame | HasTable | Any,
    groups: Any,
    *,
    rules: Mapping[str, str] | None = None,
    picks: Mapping[Any, str] | None = None,
) -> Merged:
    """Merge each group of records into its survivor.

    `groups`: record_id, cluster_id (records not named stay alone). The survivor is the
    client with a subscription, then the most complete record; a tie, an unknown
    subscription and a hard conflict refuse the group and say why. `rules`: field ->
    "survivor" (its value, or else the next), "longest", "commonest" or "join" (all values);
    by default e-mails, phones, notes and categories are joined. `picks`: cluster_id ->
    surviving record_id, or (cluster_id, field) -> record_id whose value is kept; a pick
    beats every rule.

    With the `Matches` of `find_duplicates` as `groups` the table may be any: it has no
    subscriptions, so of equally complete records the one with the smallest id survives. Its
    `rules` go by the table's own columns and nothing is joined unless they say so: each
    column keeps the survivor's value or else the next, and any other value is a lost one. A
    column of dates or numbers with "join" becomes text where values are joined. A pick that
    fits no group, column or value is an error.

    Of a pandas frame without a column of ids, `golden` and what `unmerge` gives have the
    records' ids as index. In polars, the rows of `golden` are those of `crosswalk` whose
    record_id is their survivor_id, in the same order.
    """
    chosen = {**DEFAULT_RULES, **(rules or {})}
    unknown = sorted(set(chosen.values()) - set(RULES))
    if unknown:
        raise InputError(tr("unknown rule"), value=unknown[0], expected=", ".join(RULES))
    if hasattr(groups, "grouped"):
        if not {"record_id", "display_name"} <= set(to_polars(table).columns):
            return _merged_any(table, groups, rules or {}, picks or {})
        groups = groups.clusters()
    frame = canonical(table, "record_id")
    groups = canonical(groups, "record_id", "cluster_id")
    clusters = _clusters(frame, groups)
    merger = _Merger(frame.columns, chosen, dict(picks or {}), _has_plans(frame))
    outcomes = [merger.one(cluster, rows) for cluster, rows in clusters.items()]
    named = {
        r: str(c) for r, c in zip(groups["record_id"], groups["cluster_id"]) if c is not None
    }
    return _collect(frame, outcomes, named)


def _merged_any(
    given: Any, groups: Any, rules: Mapping[str, str], picks: Mapping[Any, str]
) -> Merged:
    one, clusters = groups.grouped()
    frame = to_polars(given)
    if not one.fits(given):
        raise InputError(tr("these are not the records that were compared"))
    tax_ids = [name for name, kind in one.kinds.items() if kind == "tax_id"]
    parts = merged_table(
        frame,
        one.ids,
        clusters,
        id_column=one.name,
        tax_ids=tax_ids,
        rules=rules,
        picks=picks,
    )
    merged = {name: like(part, given) for name, part in parts.items()}
    if one.name is None:
        crosswalk = zip(parts["crosswalk"]["record_id"], parts["crosswalk"]["survivor_id"])
        kept = pl.Series([its == survivor for its, survivor in crosswalk], dtype=pl.Boolean)
        merged["table"] = like(parts["table"], given, one.ids)
        merged["golden"] = like(parts["golden"], given, one.ids.filter(kept))
    return Merged(**merged)


def _has_plans(frame: pl.DataFrame) -> bool:
    return (
        "subscription" in frame.columns and frame["subscription"].null_count() < frame.height
    )


def _clusters(frame: pl.DataFrame, groups: pl.DataFrame) -> dict[str, list[Row]]:
    ids = frame["record_id"]
    if ids.n_unique() != frame.height:
        raise InputError(tr("record ids must be unique"), column="record_id")
    named = groups.filter(pl.col("record_id").is_in(ids.implode()))
    if named["record_id"].n_unique() != named.height:
        raise ConflictError(tr("a record stands in two groups"))
    joined = frame.join(named.select("record_id", "cluster_id"), on="record_id").sort(
        "cluster_id", "record_id"
    )
    clusters: dict[str, list[Row]] = {}
    for row in joined.iter_rows(named=True):
        clusters.setdefault(row["cluster_id"], []).append(row)
    return {cluster: rows for cluster, rows in clusters.items() if len(rows) > 1}


@dataclass(frozen=True, slots=True)
class _Outcome:
    cluster_id: str
    members: tuple[str, ...]
    survivor: str | None = None
    golden: Row | None = None
    provenance: tuple[tuple[str, str, str, str], ...] = ()  # field, value, record_id, rule
    lost: tuple[tuple[str, str, str], ...] = ()  # field, record_id, value
    reason: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class _Merger:
    columns: Sequence[str]
    rules: Mapping[str, str]
    picks: Mapping[Any, str]
    has_plans: bool

    def one(self, cluster: str, rows: list[Row]) -> _Outcome:
        members = tuple(str(row["record_id"]) for row in rows)
        reason, detail = self._refusal(rows)
        if reason:
            return _Outcome(cluster, members, reason=reason, detail=detail)
        ordered, reason = self._by_rank(cluster, rows)
        if reason:
            return _Outcome(cluster, members, reason=reason, detail=detail)
        survivor = str(ordered[0]["record_id"])
        golden = dict(ordered[0])
        provenance = []
        for field in self.columns:
            if field in ITS_OWN or field == "cluster_id":
                continue
            value, source, rule = self._value(cluster, field, ordered)
            if value is not None:
                golden[field] = value
                provenance.append((field, value, source, rule))
        lost = tuple(_lost(golden, ordered[1:], self.columns))
        return _Outcome(cluster, members, survivor, golden, tuple(provenance), lost)

    def _refusal(self, rows: list[Row]) -> tuple[str, str]:
        for field, same_form in MUST_AGREE.items():
            values = {same_form(row[field] or "") for row in rows if field in row} - {""}
            if len(values) > 1:
                return f"different_{field}", field
        plans = [on_plan(row.get("subscription")) for row in rows]
        if plans.count(True) > 1:
            return "two_subscriptions", tr("related, separate books: both are on a plan")
        return "", ""

    def _by_rank(self, cluster: str, rows: list[Row]) -> tuple[list[Row], str]:
        """Order the rows, survivor first; or say why nobody can be chosen."""
        ranked = sorted(rows, key=lambda row: (self._rank(row), str(row["record_id"])))
        pick = self.picks.get(cluster)
        if pick is not None:
            return sorted(ranked, key=lambda row: row["record_id"] != pick), ""
        plans = [on_plan(row.get("subscription")) for row in rows]
        if self.has_plans and None in plans:
            return ranked, "subscription_unknown"
        if self._rank(ranked[0]) == self._rank(ranked[1]):
            return ranked, "survivor_tie"
        return ranked, ""

    def _rank(self, row: Row) -> tuple[bool, int]:
        filled = sum(
            bool(row[name])
            for name in self.columns
            if name not in ITS_OWN or name == "balance"
        )
        return (not on_plan(row.get("subscription")), -filled)

    def _value(self, cluster: str, field: str, rows: list[Row]) -> tuple[str | None, str, str]:
        pick = self.picks.get((cluster, field))
        given = [(str(row[field]), str(row["record_id"])) for row in rows if row[field]]
        if pick is not None:
            given = [each for each in given if each[1] == pick] or given
        if not given:
            return None, "", ""
        rule = "pick" if pick is not None else self.rules.get(field, "survivor")
        values = [value for value, _ in given]
        value = values[0] if rule == "pick" else RULES[rule](values)
        source = next((who for each, who in given if each == value), given[0][1])
        return value, source, rule


def _lost(golden: Row, gone: list[Row], columns: Sequence[str]) -> list[tuple[str, str, str]]:
    skip = {"record_id", "system", "kind", "source_file", "source_row", "active", "created"}
    result = []
    for row in gone:
        for field in columns:
            value = row[field]
            if field in skip or not value:
                continue
            kept = (golden.get(field) or "").split(SEVERAL)
            parts = value.split(SEVERAL)
            if not all(any(says_the_same(part, one) for one in kept) for part in parts):
                result.append((field, str(row["record_id"]), value))
    return result


def _collect(
    frame: pl.DataFrame, outcomes: list[_Outcome], named: Mapping[str, str]
) -> Merged:
    merged = [o for o in outcomes if o.golden is not None and o.survivor is not None]
    survivor = {m: str(o.survivor) for o in merged for m in o.members}
    refused = {m for o in outcomes if o.reason for m in o.members}
    ids = frame["record_id"].to_list()
    own = {i for i in ids if i in refused or i not in named}
    # who is alone may be in a group whose other members are not here, or are on their own
    cluster = {i: c for i, c in named.items() if i in survivor or not {i, c} & own}
    crosswalk = pl.DataFrame(
        {
            "record_id": ids,
            "cluster_id": [cluster.get(i, i) for i in ids],
            "survivor_id": [survivor.get(i, i) for i in ids],
        },
        schema=dict.fromkeys(("record_id", "cluster_id", "survivor_id"), pl.String),
    )
    golden_of = {o.survivor: o.golden for o in merged}
    rows = [
        golden_of.get(row["record_id"], row)
        for row in frame.iter_rows(named=True)
        if survivor.get(row["record_id"], row["record_id"]) == row["record_id"]
    ]
    golden = pl.DataFrame(rows, schema=frame.schema)
    if golden.height + sum(len(o.members) - 1 for o in merged) != frame.height:
        raise ConflictError(tr("records were lost in a merge; nothing was written"))
    return Merged(
        table=frame,
        golden=golden,
        crosswalk=crosswalk,
        provenance=_frame(
            "cluster_id field value record_id rule",
            [(o.cluster_id, *p) for o in merged for p in o.provenance],
        ),
        lost_values=_frame(
            "cluster_id field record_id value",
            [(o.cluster_id, *each) for o in merged for each in o.lost],
        ),
        conflicts=_frame(
            "cluster_id reason detail records",
            [
                (o.cluster_id, o.reason, o.detail, " ".join(o.members))
                for o in outcomes
                if o.reason
            ],
        ),
    )


def _frame(names: str, rows: Sequence[tuple[str, ...]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(names.split(), pl.String), orient="row")
