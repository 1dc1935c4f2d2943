"""What became of earlier work orders: each download shows which were carried out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from custclean.decisions import current_of, disputed_of
from custclean.decisions.standing import time_of
from custclean.model import Decision, Verdict
from custclean.project.orders import orders_of
from custclean.project.state import read_state
from custclean.stages.question_answers import rows_by_id
from custclean.stages.verify import PLAN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from custclean.project.inbox import Inbox
    from custclean.settings import Settings
    from custclean.stages.work import Key

__all__ = ["Past", "past_orders", "said_before", "with_those_gone"]

ORDERING = frozenset({Verdict.SAME, Verdict.SET_ASIDE})

NO_PLAN = pl.DataFrame(schema=dict.fromkeys(PLAN, pl.String))


class Past(NamedTuple):
    """What the downloads show of the orders that stood when each came.

    `shown`: what an order was about (kept and gone, or removed) -> the file that shows it.
    `gone`: every record that went as was decided then. `plan`: what the orders that were
    carried out asked for, oldest first. Nothing that was decided or changed later alters it.
    """

    shown: Mapping[Key, str]
    gone: frozenset[str]
    plan: pl.DataFrame


def past_orders(
    inbox: Inbox, history: Sequence[Decision], classes: pl.DataFrame, settings: Settings
) -> Past:
    """Hold every record that is gone against the orders on the last download that has it.

    `history`: under the ids of today, as it was when the newest download came.
    """
    shown: dict[Key, str] = {}
    gone: set[str] = set()
    plans = []
    for at, went in _went(inbox).items():
        before, after = inbox.downloads[at : at + 2]
        then = said_before(after.seq, history)
        if went.isdisjoint(r for d in then if d.verdict in ORDERING for r in d.key):
            continue
        here = set(after.export.table["record_id"])
        table, said = before.export.table, current_of(then)
        state = read_state(said, rows_by_id(table), disputed_of(then), carried_out=shown)
        # what is asked again about the others of a group says nothing about who went
        merged, work = orders_of(table, replace(state, doubts=()), inbox, classes, settings)
        ticked = [d.key for d in said if d.verdict is Verdict.DONE]
        ordered = dict.fromkeys([*work.keys.values(), *ticked])
        keys = [
            key for key in ordered if key[-1] in went and (len(key) == 1 or key[0] in here)
        ]
        merges = merged.crosswalk.filter(pl.col("survivor_id").is_in(list(here)))
        gone |= went & {*(key[-1] for key in keys), *merges["record_id"], *state.set_aside}
        shown |= dict.fromkeys(keys, after.name)
        about = {record for key in keys for record in key}
        plans.append(work.plan.filter(pl.col("record_id").is_in(list(about))))
    return Past(shown, frozenset(gone), pl.concat([NO_PLAN, *plans]))


def with_those_gone(crosswalk: pl.DataFrame, shown: Mapping[Key, str]) -> pl.DataFrame:
    """Lead to who stands for it today also every record that was merged and is gone since.

    `crosswalk`: that of the newest list. Of two merged into each other in turn, months apart,
    the first still leads to the end. Where nobody of it is left, nobody stands for it.
    """
    today = {record: ends for record, *ends in crosswalk.iter_rows()}
    heirs = {key[1]: key[0] for key in shown if len(key) == 2}
    more = []
    for gone in sorted(heirs):
        end = gone
        for _ in heirs:  # no longer than there are: a circle ends too
            if end not in heirs:
                break
            end = heirs[end]
        if end in today:
            more.append((gone, *today[end]))
    return pl.concat([crosswalk, pl.DataFrame(more, schema=crosswalk.schema, orient="row")])


def _went(inbox: Inbox) -> dict[int, set[str]]:
    """Give the records that are gone by the last download that has them, oldest first."""
    tables = [file.export.table for file in inbox.downloads]
    last = {record: at for at, table in enumerate(tables) for record in table["record_id"]}
    went: defaultdict[int, set[str]] = defaultdict(set)
    for record, at in last.items():
        if at < len(tables) - 1:
            went[at].add(record)
    return dict(sorted(went.items()))


def said_before(seq: int, history: Sequence[Decision]) -> tuple[Decision, ...]:
    """Give what had been said when a file came, its number in the log, and that it came.

    What another folder's log said earlier, and was replayed here afterwards, is of it.
    """
    came = _moment(next((d for d in history if d.seq == seq), None))
    return tuple(d for d in history if d.seq <= seq or _moment(d) < came)


def _moment(decision: Decision | None) -> float:
    said = None if decision is None else time_of(decision)
    return 0.0 if said is None else said.timestamp()
