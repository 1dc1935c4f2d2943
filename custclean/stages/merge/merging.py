"""Join the records of one client: who survives, which values are kept, what would be lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl

from custclean.errors import ConflictError, InputError
from custclean.frames import canonical, like, to_polars
from custclean.stages.merge.any_table import merged_table
from custclean.stages.merge.clients import merged_clients
from custclean.stages.merge.facts import as_text
from custclean.stages.merge.picks import picks_left
from custclean.stages.merge.result import Merged
from custclean.stages.merge.wishes import Wishes
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from custclean.model import HasTable

__all__ = ["merge"]


def merge(  # each part of the question has its own name
    table: pl.DataFrame | HasTable | Any,
    groups: Any,
    *,
    rules: Mapping[str, str | Sequence[str]] | None = None,
    picks: Mapping[Any, str] | None = None,
    transactions: Any = None,
    sources: Sequence[str] | Mapping[str, Sequence[str]] | None = None,
    known: Any = None,
) -> Merged:
    """Merge each group of records into its survivor; nothing is done, all is shown.

    `groups`: record_id, cluster_id (records not named stay alone). A tie, an unknown
    subscription, a hard conflict and a sub-customer in the way refuse the group and say why.

    `rules`: "survivor" -> by what the record that stays is chosen, one rule after another:
    "subscription" (who is on a plan), "most_complete", "newest" (last_activity or created;
    "newest:column"), "most_transactions", "source_order"; whom all rules leave equal a
    person is asked about. Field -> "survivor" (its value, or else the next), "longest",
    "commonest" ("most_frequent"), "newest", "source_order" or "join" (all values); by default
    e-mails, phones, notes and categories are joined. Balances are added; name, number and
    all else that says which record it is stay the survivor's: a rule for them is an error.

    `picks`: cluster_id -> surviving record_id, or (cluster_id, field) -> record_id whose
    value is kept, or "both"; a pick beats every rule. Of (cluster_id, "parent") it says below
    whom records of different levels belong.

    `transactions`: a list of them (by name), or record_id -> their number. `sources`: names
    of source files or systems, the most trusted first; {column: names} goes by any column.
    `known`: the crosswalk of last time, or its `Merged`: clusters keep their ids.

    With the `Matches` of `find_duplicates` as `groups` the table may be any: it has no
    subscriptions and no sub-customers, and of records that all rules leave equal the one
    with the smallest id survives. Its `rules` go by the table's own columns and nothing is
    joined unless they say so: each column keeps the survivor's value or else the next, and
    any other value is a lost one. A column of dates or numbers with "join" becomes text where
    values are joined. A pick that fits no group, column or value is an error.

    Of a pandas frame without a column of ids, `golden` and what `unmerge` gives have the
    records' ids as index. In polars, the rows of `golden` are those of `crosswalk` whose
    record_id is their survivor_id, in the same order.
    """
    wishes = Wishes(rules or {}, picks or {}, transactions, sources, known)
    if hasattr(groups, "grouped"):
        if not {"record_id", "display_name"} <= set(to_polars(table).columns):
            return _any(table, groups, wishes)
        groups = groups.clusters()
    return _clients(table, canonical(groups, "record_id", "cluster_id"), wishes)


def _clients(table: Any, groups: pl.DataFrame, wishes: Wishes) -> Merged:
    frame = canonical(table, "record_id")
    clusters = _clusters(frame["record_id"], groups)

    def again(out: Collection[Any], last: Merged) -> Merged:
        gone = as_text(pl.Series(list(out))).to_list()
        rest = groups.filter(~as_text(groups["record_id"]).is_in(gone))
        return _clients(table, rest, replace(wishes, known=last))

    parts = merged_clients(frame, clusters, wishes)
    return Merged(**{name: like(part, table) for name, part in parts.items()}, _again=again)


def _clusters(ids: pl.Series, groups: pl.DataFrame) -> pl.Series:
    """Give the cluster of each record; None: it is in no group."""
    if ids.n_unique() != len(ids):
        raise InputError(tr("record ids must be unique"), column="record_id")
    named = groups.select(as_text(groups["record_id"]), "cluster_id")
    texts = as_text(ids)
    named = named.filter(pl.col("record_id").is_in(texts.implode()))
    if named["record_id"].n_unique() != named.height:
        raise ConflictError(tr("a record stands in two groups"))
    if named["cluster_id"].dtype != ids.dtype:
        named = named.with_columns(pl.col("cluster_id").cast(pl.String))
    return texts.to_frame().join(named, on="record_id", how="left", maintain_order="left")[
        "cluster_id"
    ]


def _any(given: Any, matches: Any, wishes: Wishes, alone: Collection[Any] = ()) -> Merged:
    one, clusters = matches.grouped()
    frame = to_polars(given)
    if not one.fits(given):
        raise InputError(tr("these are not the records that were compared"))
    if alone:
        wanted = one.ids.is_in(list(alone))
        clusters = clusters.set(wanted, None)
    tax_ids = [name for name, kind in one.kinds.items() if kind == "tax_id"]
    parts = merged_table(frame, one.ids, clusters, wishes, id_column=one.name, tax_ids=tax_ids)
    merged = {name: like(part, given) for name, part in parts.items()}
    if one.name is None:
        crosswalk = zip(parts["crosswalk"]["record_id"], parts["crosswalk"]["survivor_id"])
        kept = pl.Series([its == survivor for its, survivor in crosswalk], dtype=pl.Boolean)
        merged["table"] = like(parts["table"], given, one.ids)
        merged["golden"] = like(parts["golden"], given, one.ids.filter(kept))

    def again(out: Collection[Any], last: Merged) -> Merged:
        picks = picks_left(wishes.picks, one.ids.to_list(), clusters.to_list(), out)
        rest = replace(wishes, picks=picks, known=last)
        return _any(given, matches, rest, {*alone, *out})

    return Merged(**merged, _again=again)
