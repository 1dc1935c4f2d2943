"""One run through the stages: from the inbox and the decisions to everything that follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from custclean.model import Fate, Issue, LeftOut
from custclean.project.balance import Balance, balance
from custclean.project.ends import Ends
from custclean.project.state import State, group_frame, still_open
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

    def __repr__(self) -> str:
        return (
            f"Run({self.balance!r}, {self.queue.height} pairs and "
            f"{self.proposed.height} proposals to decide, {len(self.work)} work orders, "
            f"{len(self.send)} numbers to send)"
        )


def judge(inbox: Inbox, settings: Settings, progress: Progress) -> Evidence:
    """Standardise, screen and find duplicates: no decision is made or needed here."""
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
    matches = find_duplicates(clean.table, threshold=settings.link.threshold)
    progress(tr("find duplicates"), 3, 3)
    return Evidence(clients, clean, screening, matches)


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
    table, failed, last = evidence.clients.table, sent.failed, sent.last()
    queue = still_open(evidence.matches.to_review(), state)
    decided = [*state.set_aside, *state.keep]
    proposed = evidence.screening.classes.join(
        evidence.screening.proposed.select("record_id"), on="record_id", how="semi"
    ).filter(~pl.col("record_id").is_in(decided))
    merged, work = _work(table, state, evidence.screening.classes, settings)
    blocked = _blocked(table, queue, proposed, merged, state, failed)
    blocked |= {r: "register_unsure" for r in _unsure_links(links) if r not in blocked}
    numbered = _numbers(inbox, links, state, settings, blocked, failed)
    waiting = bool(len(work)) and settings.upload.wait_for_work and not now
    ends = Ends(numbered, blocked, failed, last, inbox.downloads[-1], waiting)
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
    return merged, work_orders(merged, removed, target=settings.target)


def _blocked(
    table: pl.DataFrame,
    queue: pl.DataFrame,
    proposed: pl.DataFrame,
    merged: Merged,
    state: State,
    failed: Mapping[str, Failure],
) -> dict[str, str]:
    """Who gets no number, and why; the first reason in this order counts."""
    away = merged.crosswalk.filter(pl.col("record_id") != pl.col("survivor_id"))
    refused = {
        record: row["reason"]
        for row in merged.conflicts.iter_rows(named=True)
        for record in row["records"].split()
        if row["reason"] != "two_subscriptions"  # two clients with separate books: both count
    }
    torn = {end for pair in state.contradictions for end in (pair.left, pair.right)}
    decided = state.decided_numbers()
    taken = {
        f.record_id: "number_taken"
        for f in failed.values()
        if f.code == "number_taken" and decided.get(f.record_id, f.number) == f.number
    }
    nameless = table.filter(pl.col("company_id").str.strip_chars().replace("", None).is_null())
    reasons: tuple[Mapping[str, str], ...] = (
        dict.fromkeys(state.set_aside, Fate.SET_ASIDE.value),
        dict.fromkeys(away["record_id"], Fate.MERGE_APPROVED.value),
        dict.fromkeys(state.by_hand, Fate.BY_HAND.value),
        dict.fromkeys(state.left_out, Fate.LEFT_OUT.value),
        dict.fromkeys(torn, "contradiction"),
        refused,
        dict.fromkeys([*queue["left_id"], *queue["right_id"]], "undecided_pair"),
        dict.fromkeys(proposed["record_id"], "undecided_proposal"),
        taken,
        dict.fromkeys(nameless["record_id"], "no_company_id"),
    )
    blocked: dict[str, str] = {}
    for reason in reasons:
        blocked = {**reason, **blocked}
    present = set(table["record_id"])
    return {record: why for record, why in sorted(blocked.items()) if record in present}


def _unsure_links(links: Matches | None) -> list[str]:
    """Clients with a likely, but not certain line in the register that nobody else has."""
    if links is None:
        return []
    sure = links.accepted()
    rest = (
        links.to_review()
        .join(sure.select("left_id"), on="left_id", how="anti")
        .join(sure.select("right_id"), on="right_id", how="anti")
    )
    return sorted(set(rest["left_id"]))


def _numbers(
    inbox: Inbox,
    links: Matches | None,
    state: State,
    settings: Settings,
    blocked: Mapping[str, str],
    failed: Mapping[str, Failure],
) -> Numbered:
    hidden = sorted({f.number for f in failed.values() if f.code == "number_taken"})
    return number(
        inbox.downloads[-1].export.table,
        register=inbox.reference("register"),
        links=None if links is None else links.accepted(),
        pattern=settings.number.pattern,
        start=settings.number.start,
        reserved=(*settings.number.reserved, *hidden),
        given=state.given(),
        decided=state.decided_numbers(),
        blocked=blocked,
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
    newest = inbox.downloads[-1].sha256  # what was sent since then is not due yet
    _, work = _work(before.table, state, evidence.screening.classes, settings)
    numbers = [
        (record, "customer_number", due, "must")
        for record, (due, one) in sorted(sent.last().items())
        if one.like != newest and not sent.refused(record, one)
    ]
    given = pl.DataFrame(numbers, schema=work.plan.schema, orient="row")
    gone = work.plan.filter(pl.col("field") == "record").select("record_id")
    return verify(before, after, [work.plan, given.join(gone, on="record_id", how="anti")])
