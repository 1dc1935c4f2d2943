"""One run through the stages: from the inbox and the decisions to everything that follows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from custclean.model import Issue, LeftOut, Verdict
from custclean.project.balance import Balance, balance
from custclean.project.blocked import blocked
from custclean.project.carried import Carried, Changes
from custclean.project.drift import without_drift
from custclean.project.ends import Ends
from custclean.project.orders import orders_of, shown_since
from custclean.project.state import State, asked_again, still_open
from custclean.project.states import OrderStates, order_states
from custclean.stages.number import Numbered, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custclean.project.aliases import Aliases
    from custclean.project.evidence import Evidence
    from custclean.project.inbox import Inbox
    from custclean.project.memory import Judged
    from custclean.project.rounds import Failure, Sent
    from custclean.settings import Settings
    from custclean.stages.link import Matches
    from custclean.stages.merge import Merged
    from custclean.stages.screen import Screening
    from custclean.stages.verify import Verification
    from custclean.stages.work import WorkOrders

__all__ = ["Run", "settle", "verify_run"]


@dataclass(frozen=True, slots=True)
class Run:
    """Everything one run gives.

    `queue`: pairs that wait for a person. `proposed`: records that wait for a person
    (class, reasons). `send`: record_id, number, source of what goes out next. `orders`:
    how far each work order is. `carried`: what became of earlier decisions.
    """

    inbox: Inbox
    evidence: Evidence
    links: Matches | None
    state: State
    queue: pl.DataFrame
    proposed: pl.DataFrame
    merged: Merged
    work: WorkOrders
    numbered: Numbered
    verification: Verification | None
    sent: Sent
    issues: tuple[Issue, ...]
    left_out: tuple[LeftOut, ...]
    send: tuple[tuple[str, str, str], ...]
    waiting: bool
    balance: Balance
    orders: OrderStates
    carried: Carried = field(default_factory=Carried)

    @property
    def earlier(self) -> tuple[pl.DataFrame, ...]:
        """The raw tables of the earlier downloads, newest first, under the ids of today."""
        return tuple(file.export.table for file in reversed(self.inbox.downloads[:-1]))

    @property
    def aliases(self) -> Aliases:
        """Ids of earlier downloads -> those of the same records today."""
        return self.inbox.aliases

    @property
    def states(self) -> pl.DataFrame:
        """How far each work order is, a row each: approved, done or verified, by whom."""
        return self.orders.table

    @property
    def open_orders(self) -> pl.DataFrame:
        """The `states` of the work orders that wait: to be done, or to be shown as done."""
        keys = [(key[0] if len(key) == 2 else "", key[-1]) for key in self.work.keys.values()]
        names = ("keep_id", "gone_id")
        open_ = pl.DataFrame(keys, schema=dict.fromkeys(names, pl.String), orient="row")
        return self.states.join(open_, on=names, how="semi").sort(
            "action", "keep_id", "gone_id"
        )

    @property
    def changed(self) -> Changes:
        """What people saw when they decided and is different now: asked again."""
        return self.carried.changed

    @property
    def orphans(self) -> pl.DataFrame:
        """Decisions of which a record is not there any more, though nobody decided that."""
        return self.carried.orphans

    @property
    def failed(self) -> Mapping[str, Failure]:
        """Rows that the target refused, by record."""
        return self.sent.failed

    def open_failures(self) -> dict[str, Failure]:
        """Give the refused rows that still wait for a decision or a fresh download."""
        fates = self.balance.fates
        waits = fates.filter(fates["reason"].is_in(["failed", "number_taken"]))["record_id"]
        return {record: self.failed[record] for record in waits if record in self.failed}

    def __repr__(self) -> str:
        return (
            f"Run({self.balance!r}, {self.queue.height} pairs and "
            f"{self.proposed.height} proposals to decide, {len(self.work)} work orders, "
            f"{len(self.send)} numbers to send)"
        )


def settle(
    judged: Judged, links: Matches | None, settings: Settings, sent: Sent, *, now: bool = False
) -> Run:
    """Put the decisions and the evidence together: merges, work, numbers, what goes out."""
    inbox, evidence, past, state = judged
    table, classes = evidence.clients.table, evidence.screening.classes
    queue = _queue(inbox, evidence, state)
    proposed = _proposed(evidence.screening, state)
    merges, work = orders_of(table, state, inbox, classes, settings)
    barred = blocked(table, state, merges, (queue, proposed), sent.failed, links)
    numbered = _numbers(inbox, links, merges, state, settings, barred, sent)
    open_orders = not work.plan.filter(pl.col("need") == "must").is_empty()
    waiting = open_orders and settings.upload.wait_for_work and not now
    ends = Ends(
        numbered=numbered,
        blocked=barred,
        failed=sent.failed,
        last=sent.last(),
        newest=inbox.downloads[-1],
        decided={record: decision.seq for record, decision in state.numbers.items()},
        notes={**state.left_out, **state.by_hand},
        waiting=waiting,
    )
    fates, send = ends.all()
    verification = None
    if len(inbox.downloads) > 1:
        verification = shown_since(-2, inbox, state, classes, settings, sent, past.plan)
    rejected = len(evidence.clients.report.rejected)
    return Run(
        inbox=inbox,
        evidence=evidence,
        links=links,
        state=state,
        queue=queue,
        proposed=proposed,
        merged=merges,
        work=work,
        numbered=numbered,
        verification=verification,
        sent=sent,
        issues=tuple(sorted({*evidence.clean.issues, *numbered.issues})),
        left_out=tuple(numbered.left_out),
        send=send,
        waiting=waiting,
        balance=balance(table, fates, rejected=rejected),
        orders=order_states(state, work, past, inbox.downloads[-1]),
    )


def _queue(inbox: Inbox, evidence: Evidence, state: State) -> pl.DataFrame:
    """Give the pairs that wait for a person, what is asked again first."""
    matches = evidence.matches
    tables = [file.export.table for file in inbox.downloads]
    waiting = without_drift(
        still_open(matches.to_review(), state),
        tables,
        sure=matches.threshold,
        asked=evidence.asked,
    )
    return asked_again(waiting, matches, state, tables[-1])


def _proposed(screening: Screening, state: State) -> pl.DataFrame:
    """Give what the screen proposes, and what a person must say again; not what is decided."""
    again = [
        d.key[0] for d, _ in state.reopened if d.verdict in (Verdict.SET_ASIDE, Verdict.KEEP)
    ]
    wanted = [*screening.proposed["record_id"], *again]
    decided = [*state.set_aside, *state.keep]
    record = pl.col("record_id")
    return screening.classes.filter(record.is_in(wanted) & ~record.is_in(decided))


def _numbers(
    inbox: Inbox,
    links: Matches | None,
    merged: Merged,
    state: State,
    settings: Settings,
    barred: Mapping[str, str],
    sent: Sent,
) -> Numbered:
    freed = {  # decided after the target had refused it: a person knows better
        decision.value["number"]
        for decision in state.numbers.values()
        if decision.seq > sent.taken.get(decision.value["number"], decision.seq)
    }
    hidden = set(sent.taken) - freed
    return number(
        inbox.downloads[-1].export.table,
        register=inbox.reference("register"),
        links=None if links is None else _of_survivors(links.accepted(), merged),
        pattern=settings.number.pattern,
        start=settings.number.start,
        reserved=(*settings.number.reserved, *sorted(hidden)),
        given=state.given(),
        decided=state.decided_numbers(),
        blocked=barred,
    )


def _of_survivors(links: pl.DataFrame, merged: Merged) -> pl.DataFrame:
    """Let a survivor have the register's line of who is merged into it."""
    ends = merged.crosswalk.select(left_id="record_id", survivor="survivor_id")
    return links.join(ends, on="left_id").select(
        "right_id", left_id=pl.coalesce("survivor", "left_id")
    )


def verify_run(run: Run, settings: Settings) -> Verification:
    """Hold the newest download against the very first, with everything that was due since."""
    classes = run.evidence.screening.classes
    past = run.orders.past.plan
    return shown_since(0, run.inbox, run.state, classes, settings, run.sent, past)
