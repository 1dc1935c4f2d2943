"""Work orders by what was decided, and what a fresh download shows of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from custclean.model import Fate
from custclean.project.merging import merged
from custclean.stages.verify import Verification, verify
from custclean.stages.work import WorkOrders, work_orders

if TYPE_CHECKING:
    from custclean.project.inbox import Inbox
    from custclean.project.rounds import Sent
    from custclean.project.state import State
    from custclean.settings import Settings
    from custclean.stages.merge import Merged

__all__ = ["orders_of", "shown_since"]


def orders_of(
    table: pl.DataFrame,
    state: State,
    inbox: Inbox,
    classes: pl.DataFrame,
    settings: Settings,
) -> tuple[Merged, WorkOrders]:
    """Give the merges that were decided on these records, and what a person has to do."""
    merges = merged(table, state, inbox, settings)
    aside = [record for record in table["record_id"] if record in state.set_aside]
    removed = pl.DataFrame({"record_id": aside}, schema={"record_id": pl.String}).join(
        classes.select("record_id", "class", "reasons"), on="record_id", how="left"
    )
    work = work_orders(merges, removed, target=settings.target)
    rows = table.filter(pl.col("record_id").is_in(list(state.by_hand))).select(
        "record_id",
        "company_id",
        "display_name",
        reason=pl.lit(Fate.BY_HAND.value),
        detail=pl.col("record_id").replace_strict(dict(state.by_hand), default=""),
    )
    return merges, replace(work, by_hand=pl.concat([work.by_hand, rows]))


def shown_since(
    first: int,
    inbox: Inbox,
    state: State,
    classes: pl.DataFrame,
    settings: Settings,
    sent: Sent,
    past: pl.DataFrame,
) -> Verification:
    """Hold the newest download against an earlier one, with all that was due since.

    `past`: what the orders that are behind us asked for.
    """
    before, after = inbox.downloads[first].export, inbox.downloads[-1].export
    newest = inbox.downloads[-1]  # what was sent since then is not due yet
    _, work = orders_of(before.table, state, inbox, classes, settings)
    numbers = [
        (record, "customer_number", due, "must")
        for record, (due, one) in sorted(sent.last().items())
        if one.like != newest.key and not sent.refused(record, one)
    ]
    given = pl.DataFrame(numbers, schema=work.plan.schema, orient="row")
    plan = pl.concat([_not_yet(past, before.table), given, work.plan])
    to_go = pl.col("field") == "record"
    gone = plan.filter(to_go)
    return verify(before, after, [plan.join(gone, on="record_id", how="anti"), gone])


def _not_yet(plan: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    """Leave out what was so already: what changes there again, no order asked for."""
    about = table.filter(pl.col("record_id").is_in(plan["record_id"].to_list()))
    cells = {
        (row["record_id"], field): value
        for row in about.iter_rows(named=True)
        for field, value in {**row, "record": row["record_id"]}.items()
    }
    asked = plan.select("record_id", "field", "expected").rows()
    keep = [cells.get((record, field)) != expected for record, field, expected in asked]
    return plan.filter(pl.Series(keep, dtype=pl.Boolean))
