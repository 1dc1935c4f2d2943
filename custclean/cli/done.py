"""`custclean done` and `custclean undo`: ticks of work orders, and decisions taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from custclean.decisions.standing import UNDOES, taken_back
from custclean.errors import InputError
from custclean.labels import when_said
from custclean.report.terms import orders_counted, state_said
from custclean.stages.review.history import FACTS
from custclean.widgets.card_panels import verdicts_said
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from custclean.model import Decision
    from custclean.project import Project, Run

__all__ = ["facts_of_orders", "last_decisions", "say_orders", "say_undone", "tick"]

SHOWN = 20  # decisions in a list


def tick(project: Project, orders: Sequence[str], note: str, *, every: bool) -> frozenset[str]:
    """Tick the orders that are named, or every open one; gives those that had no tick."""
    if orders and every:
        raise InputError(tr("name the work orders or say --all, not both"))
    if not orders and not every:
        return frozenset()
    before = _ticked(project)
    project.done(None if every else orders, note=note)
    return _ticked(project) - before


def _ticked(project: Project) -> frozenset[str]:
    return frozenset(project.look().open_orders.filter(state="done")["order"])


def facts_of_orders(run: Run, ticked: Collection[str]) -> dict[str, Any]:
    """Give the open orders for machines, and how many were ticked now."""
    rows = run.open_orders.select("order", "action", "state").to_dicts()
    return {"ticked": len(ticked), "open": rows, "orders": run.orders.counts}


def say_orders(run: Run, ticked: Collection[str], folder: Path) -> Iterator[str]:
    """Say which were ticked, or else which are open; and how far all of them are.

    The number of an older list may be another order's by now: that is seen at once.
    """
    if ticked:
        shown = run.open_orders.filter(pl.col("order").is_in(list(ticked)))
        yield from map(_line, shown.iter_rows(named=True))
        yield trn(
            "{n} work order ticked as done: a fresh download verifies it.",
            "{n} work orders ticked as done: a fresh download verifies them.",
            len(ticked),
        )
    else:
        yield from map(_line, run.open_orders.iter_rows(named=True))
        if run.open_orders.is_empty():
            yield tr("No work order is open.")
        elif "approved" in run.open_orders["state"]:
            yield tr(
                "Tick what is done: custclean done {folder} M0001, or --all", folder=folder
            )
    yield orders_counted(run.orders.counts)


def say_undone(undos: Sequence[Decision]) -> str:
    """Say which entries were taken back, and by which."""
    gone = ", ".join(each.value[UNDOES] for each in undos)
    return trn(
        "Decision {seq} is taken back, by {undo}.",
        "Decisions {seq} are taken back, as they were one step, by {undo}.",
        len(undos),
        seq=gone,
        undo=", ".join(str(each.seq) for each in undos),
    )


def _line(row: dict[str, str]) -> str:
    gone, keep = (row[name].rpartition(":")[2] for name in ("gone_id", "keep_id"))
    done = row["done_by"] and tr(
        "{who}, {when}", who=row["done_by"], when=when_said(row["done_at"])
    )
    state = f"{state_said(row['state'])} ({done})" if done else state_said(row["state"])
    if row["action"] == "merge":
        words = tr("merge {gone} into {keep}", gone=gone, keep=keep)
    else:
        words = tr("remove {gone}", gone=gone)
    return f"{row['order']}  {words}  {state}"


def last_decisions(project: Project) -> Iterator[str]:
    """List the newest decisions that still stand: number, when, who, what, of whom."""
    history, words = project.decisions.history, verdicts_said()
    gone = taken_back(history)
    shown = [d for d in history if d.seq not in gone and d.verdict not in FACTS][-SHOWN:]
    for each in shown:
        ids = " / ".join(key.rpartition(":")[2] for key in each.key)
        word = words.get(each.verdict, each.verdict)
        yield f"{each.seq}  {when_said(each.when)}  {each.who}  {word}  {ids}"
    if not shown:
        yield tr("Nothing has been decided yet.")
