"""Merge clients: a canonical table, whose fields say what may be one and what may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from custclean.errors import InputError
from custclean.model import OWN_FIELDS, WHENCE, fields_of, is_picked
from custclean.stages.merge.barred import barred
from custclean.stages.merge.cells import Cells, texts_of
from custclean.stages.merge.choose import Chosen
from custclean.stages.merge.facts import plans
from custclean.stages.merge.hard import refused
from custclean.stages.merge.jobs import Jobs
from custclean.stages.merge.lasting import Known
from custclean.stages.merge.order import in_order, members_of, tied
from custclean.stages.merge.outcome import Outcome
from custclean.stages.merge.picks import Picks, fields_picked
from custclean.stages.merge.rules import DEFAULT_RULES, Asked
from custclean.stages.merge.sums import Amounts
from custclean.stages.merge.tree import Tree
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from custclean.stages.merge.hard import Refusals
    from custclean.stages.merge.wishes import Wishes

__all__ = ["merged_clients"]

COUNTED = frozenset({"balance", "parent"})  # of its own fields these make it more complete


def merged_clients(
    frame: pl.DataFrame, clusters: pl.Series, wishes: Wishes
) -> dict[str, pl.DataFrame]:
    """Merge the clients of each cluster; give all parts of the result."""
    ids, texts = frame["record_id"], texts_of(frame)
    columns = dict.fromkeys((*frame.columns, *fields_of("customers")))
    asked = Asked.of(wishes.rules, columns, DEFAULT_RULES)
    _refuse_unfit(wishes, columns)
    known = Known.of(wishes.known, ids, clusters)
    members = members_of(ids, clusters)
    picks = Picks.of(wishes.picks, members, known.clusters)
    bookings, amounts = wishes.bookings(frame, ids), Amounts.of(frame)
    complete = [name for name in frame.columns if name not in WHENCE | OWN_FIELDS - COUNTED]
    facts = wishes.facts(frame, asked, texts.select(complete), bookings)
    ordered = in_order(members, facts, asked.survivor, picks.survivor)

    found = {
        **_unclear_sums(amounts, ordered),
        **_undecided(texts, ordered, asked.survivor, picks.survivor),
        **refused(texts, members),
    }
    jobs, by_jobs = barred(*_jobs(texts, ordered, found, picks))
    found |= by_jobs
    merged = ordered.filter(~pl.col("no").is_in(list(found)))
    cells = Cells(merged, texts, facts, picks=picks.fields)
    _fill(cells, asked, jobs, amounts)
    outcome = Outcome(
        frame, ids, clusters, members, jobs.groups, found, cells, known, jobs.moves,
        amounts, bookings,
    )  # fmt: skip
    return outcome.parts()


def _refuse_unfit(wishes: Wishes, columns: Collection[str]) -> None:
    """Refuse rules and picks that nothing would come of; but a pick says who stands above."""
    picked = fields_picked(wishes.picks)
    for field in picked:
        if field not in columns:
            expected = ", ".join(columns)
            raise InputError(tr("there is no such column"), value=field, expected=expected)
    ruled = [field for field in wishes.rules if field in WHENCE | OWN_FIELDS]
    for field in (*ruled, *(each for each in picked if not is_picked(each))):
        told = tr("this field goes with the record that survives: pick the record")
        raise InputError(told, value=field)


def _fill(cells: Cells, asked: Asked, jobs: Jobs, amounts: Amounts | None) -> None:
    """Fill every column of the golden rows, each in its way."""
    columns = cells.texts.columns
    for name in columns:
        if name not in WHENCE | OWN_FIELDS:
            cells.by_rule(name, asked.fields.get(name, "survivor"))
    _own_fields(cells, columns, jobs)
    if amounts is not None:
        _sums(cells, jobs.groups, amounts)


def _rows(ordered: pl.DataFrame) -> dict[int, list[int]]:
    """Give the rows of each group, the survivor first."""
    grouped = ordered.group_by("no", maintain_order=True).agg("row")
    return dict(grouped.iter_rows())


def _unclear_sums(amounts: Amounts | None, ordered: pl.DataFrame) -> Refusals:
    return {} if amounts is None else amounts.refused(_rows(ordered).items())


def _undecided(
    texts: pl.DataFrame,
    ordered: pl.DataFrame,
    rules: Sequence[str],
    picked: Mapping[int, int],
) -> Refusals:
    """Say in which groups a person must say who survives, or has said what cannot be."""
    plan = plans(texts).gather(ordered["row"])
    groups = ordered.select("no", plan=plan).group_by("no", maintain_order=True)
    asked = groups.agg(
        unknown=pl.col("plan").is_null().any(),
        goes=(pl.col("plan").max() == 1) & (pl.col("plan").first().fill_null(0) != 1),
    )
    known = "subscription" in texts.columns and not texts["subscription"].is_null().all()
    found: Refusals = {}
    for no, unknown, goes in asked.iter_rows():
        if known and unknown and "subscription" in rules and no not in picked:
            found[no] = "subscription_unknown", ""
        elif goes:
            found[no] = "subscription_would_go", tr("the one on a plan has to stay")
    return {**dict.fromkeys(tied(ordered, picked), ("survivor_tie", "")), **found}


def _jobs(
    texts: pl.DataFrame, ordered: pl.DataFrame, found: Refusals, picks: Picks
) -> tuple[Jobs, Sequence[str]]:
    """Give the places of sub-customers and jobs if all groups but the refused are merged."""
    names, systems = (
        texts[name].fill_null("").to_list() if name in texts.columns else [""] * texts.height
        for name in ("display_name", "system")
    )
    groups = {no: rows for no, rows in _rows(ordered).items() if no not in found}
    picked = {
        no: row
        for no, row in picks.fields.get("parent", {}).items()
        if no in groups and isinstance(row, int)
    }
    return Jobs(Tree.of(texts), names, groups, picked, "parent" in texts.columns), systems


def _own_fields(cells: Cells, columns: Sequence[str], jobs: Jobs) -> None:
    """Leave the survivors who they are, but below whom they then stand."""
    kept: dict[str, dict[int, str]] = {}
    for move in jobs.moves:
        cells.write(move.row, move.column, move.after)
        no = jobs.group_of.get(move.row)
        if no is not None:
            kept.setdefault(move.column, {})[no] = move.after or ""
    for name in columns:
        if name in OWN_FIELDS - {"balance"}:
            cells.own(name, kept.get(name, {}))


def _sums(cells: Cells, groups: Mapping[int, Sequence[int]], amounts: Amounts) -> None:
    """Give each survivor the balances of all, and say what was added."""
    for no, rows in groups.items():
        together = amounts.together(rows)
        if together is None:
            continue
        cells.put(no, "balance", together, amounts.texts[rows[0]])
        for row, text, _ in amounts.given(rows):
            if together.made or row != together.row:
                cells.add(no, "balance", Chosen(text, row, "added"))
    cells.own("balance", {}, besides=amounts.texts)
