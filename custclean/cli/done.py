"""`custclean done` and `custclean undo`: ticks of work orders, and decisions taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from custclean.decisions.standing import UNDOES, taken_back
from custclean.errors import InputError
from custclean.labels import when_said
from custclean.project.states import APPROVED
from custclean.report.terms import orders_counted, state_said
from custclean.stages.review.history import FACTS
from custclean.stages.work import order_called
from custclean.widgets.card_panels import verdicts_said
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from custclean.model import Decision
    from custclean.project import Project, Run
    from custclean.stages.work import Key

__all__ = ["Ticks", "facts_of_orders", "last_decisions", "say_orders", "say_undone", "tick"]

SHOWN = 20  # decisions in a list


class Ticks(NamedTuple):
    """The orders that were named (of all those that had no tick), and how many are new."""

    named: frozenset[Key] = frozenset()
    fresh: int = 0


def tick(project: Project, orders: Sequence[str], note: str, *, every: bool) -> Ticks:
    """Tick the orders that are named, or every open one."""
    if orders and every:
        raise InputError(tr("name the work orders or say --all, not both"))
    if not orders and not every:
        return Ticks()
    run = project.look()
    open_ = run.work.keys.values()
    known = [*open_, *run.orders.shown]
    named = {order_called(number, known) for number in orders}
    named |= {key for key in open_ if every and key not in run.state.done}
    return Ticks(frozenset(named), project.done(None if every else orders, note=note))


def facts_of_orders(run: Run, ticks: Ticks) -> dict[str, Any]:
    """Give the open orders for machines, and how many were ticked now."""
    rows = run.open_orders.select("order", "action", "state").to_dicts()
    return {"ticked": ticks.fresh, "open": rows, "orders": run.orders.counts}


def say_orders(run: Run, ticks: Ticks, folder: Path) -> Iterator[str]:
    """Say how far those are that were named, or else all open ones; then the counts."""
    if ticks.named:
        rows = run.states.iter_rows(named=True)
        yield from (_line(row) for row in rows if _key(row) in ticks.named)
        yield _ticked(ticks.fresh)
    else:
        open_ = run.open_orders
        yield from map(_line, open_.iter_rows(named=True))
        to_do = open_.filter(state=APPROVED)["order"]
        if open_.is_empty():
            yield tr("No work order is open.")
        elif len(to_do):
            yield tr(
                "Tick what is done: custclean done {folder} {order}, or --all",
                folder=folder,
                order=to_do[0],
            )
    yield orders_counted(run.orders.counts)


def _ticked(fresh: int) -> str:
    if not fresh:
        return tr("Nothing is ticked anew.")
    return trn(
        "{n} work order ticked as done: a fresh download verifies it.",
        "{n} work orders ticked as done: a fresh download verifies them.",
        fresh,
    )


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


def _key(row: dict[str, str]) -> Key:
    return tuple(filter(None, (row["keep_id"], row["gone_id"])))


def _line(row: dict[str, str]) -> str:
    gone, keep = (row[name].rpartition(":")[2] for name in ("gone_id", "keep_id"))
    state, proof = state_said(row["state"]), row["verified_in"]
    if not proof and row["done_by"]:
        proof = tr("{who}, {when}", who=row["done_by"], when=when_said(row["done_at"]))
    if row["still_in"]:
        proof = tr("{proof}; {file} does not show it", proof=proof, file=row["still_in"])
    if proof:
        state = f"{state} ({proof})"
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
