"""One run through the stages: from the inbox and the decisions to everything that follows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from custclean.model import Fate, Issue, LeftOut, Verdict
from custclean.project.balance import Balance, balance
from custclean.project.blocked import blocked
from custclean.project.ends import Ends
from custclean.project.state import State, asked_again, group_frame, still_open
from custclean.stages.link import Matches, find_duplicates, link
from custclean.stages.merge import Merged, merge
from custclean.stages.number import Numbered, number
from custclean.stages.screen import Screening, screen
from custclean.stages.standardise import Standardised, standardise
from custclean.stages.verify import Verification, verify
from custclean.stages.work import WorkOrders, work_orders
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custclean.model import Progress
    from custclean.project.inbox import Inbox
    from custclean.project.rounds import Failure, Sent
    from custclean.settings import Settings
    from custclean.stages.read import Export

__all__ = ["Evidence", "Run", "judge", "link_register", "settle", "verify_run"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the machine finds in the files, before any person says a word."""

    clients: Export
    clean: Standardised
    screening: Screening
    matches: Matches


@dataclass(frozen=True, slots=True)
class Run:
    """Everything one run gives.

    `queue`: pairs that wait for a person. `proposed`: records that wait for a person
    (class, reasons). `send`: record_id, number, source of what goes out next.
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


def judge(
    inbox: Inbox, settings: Settings, progress: Progress, last: Evidence | None = None
) -> Evidence:
    """Standardise, screen and find duplicates: no decision is made or needed here.

    `last`: what was found in the download before; where only client numbers differ from
    it, nothing that is compared has changed, and its matches are kept.
    """
    clients = inbox.downloads[-1].export
    progress(tr("standardise"), 0, 3)
    clean = standardise(clients, region=settings.region)
    progress(tr("screen"), 1, 3)
    screening = screen(
        clients.table,
        vendors=inbox.reference("vendors"),
        employees=inbox.reference("employees"),
        transactions=inbox.reference("transactions"),
        customers=inbox.reference("customers"),
        contacts=inbox.reference("contacts"),
        own_domains=settings.screen.own_domains,
    )
    progress(tr("find duplicates"), 2, 3)
    if last is not None and _compared(last.clean).equals(_compared(clean)):
        matches = last.matches
    else:
        matches = find_duplicates(clean.table, threshold=settings.link.threshold)
    progress(tr("find duplicates"), 3, 3)
    return Evidence(clients, clean, screening, matches)


def _compared(clean: Standardised) -> pl.DataFrame:
    return clean.table.drop("customer_number", "source_file", "source_row")


def link_register(
    inbox: Inbox, evidence: Evidence, state: State, settings: Settings
) -> Matches | None:
    """Link those who are clients to the lines of the register; None: there is none."""
    register = inbox.reference("register")
    if register is None:
        return None
    aside = list(state.set_aside)
    clients = evidence.clean.table.filter(~pl.col("record_id").is_in(aside))
    lines = standardise(register, region=settings.region).table
    return link(clients, lines, decisions=state.links)


def settle(
    inbox: Inbox,
    evidence: Evidence,
    links: Matches | None,
    state: State,
    settings: Settings,
    sent: Sent,
    *,
    now: bool = False,
) -> Run:
    """Put the decisions and the evidence together: merges, work, numbers, what goes out."""
    table, matches = evidence.clients.table, evidence.matches
    queue = asked_again(still_open(matches.to_review(), state), matches, state, table)
    proposed = _proposed(evidence.screening, state)
    merged, work = _work(table, state, evidence.screening.classes, settings)
    barred = blocked(table, state, merged, (queue, proposed), sent.failed, links)
    numbered = _numbers(inbox, links, merged, state, settings, barred, sent)
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
        verification = _verify(-2, inbox, state, evidence, settings, sent)
    rejected = len(evidence.clients.report.rejected)
    return Run(
        inbox=inbox,
        evidence=evidence,
        links=links,
        state=state,
        queue=queue,
        proposed=proposed,
        merged=merged,
        work=work,
        numbered=numbered,
        verification=verification,
        sent=sent,
        issues=tuple(sorted({*evidence.clean.issues, *numbered.issues})),
        left_out=tuple(numbered.left_out),
        send=send,
        waiting=waiting,
        balance=balance(table, fates, rejected=rejected),
    )


def _work(
    table: pl.DataFrame, state: State, classes: pl.DataFrame, settings: Settings
) -> tuple[Merged, WorkOrders]:
    groups = group_frame(state, table["record_id"])
    merged = merge(table, groups, rules=settings.merge.rules, picks=state.picks)
    aside = [record for record in table["record_id"] if record in state.set_aside]
    removed = pl.DataFrame({"record_id": aside}, schema={"record_id": pl.String}).join(
        classes.select("record_id", "class", "reasons"), on="record_id", how="left"
    )
    work = work_orders(merged, removed, target=settings.target)
    rows = table.filter(pl.col("record_id").is_in(list(state.by_hand))).select(
        "record_id",
        "company_id",
        "display_name",
        reason=pl.lit(Fate.BY_HAND.value),
        detail=pl.col("record_id").replace_strict(dict(state.by_hand), default=""),
    )
    return merged, replace(work, by_hand=pl.concat([work.by_hand, rows]))


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
    return _verify(0, run.inbox, run.state, run.evidence, settings, run.sent)


def _verify(
    first: int,
    inbox: Inbox,
    state: State,
    evidence: Evidence,
    settings: Settings,
    sent: Sent,
) -> Verification:
    before, after = inbox.downloads[first].export, inbox.downloads[-1].export
    newest = inbox.downloads[-1]  # what was sent since then is not due yet
    _, work = _work(before.table, state, evidence.screening.classes, settings)
    numbers = [
        (record, "customer_number", due, "must")
        for record, (due, one) in sorted(sent.last().items())
        if one.like != newest.key and not sent.refused(record, one)
    ]
    given = pl.DataFrame(numbers, schema=work.plan.schema, orient="row")
    gone = work.plan.filter(pl.col("field") == "record").select("record_id")
    return verify(before, after, [work.plan, given.join(gone, on="record_id", how="anti")])
