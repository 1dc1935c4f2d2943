"""The review desk of a project: its queue, with all that the files say about it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from custclean.project.merging import merged
from custclean.project.state import asked_again, still_open
from custclean.report.terms import said
from custclean.stages.merge.bookings import Bookings
from custclean.stages.review import ReviewSession, Unmerged
from custclean.stages.shares import shares

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from custclean.decisions import DecisionLog
    from custclean.model import Decision
    from custclean.project.memory import Judged
    from custclean.project.run import Run
    from custclean.project.state import State
    from custclean.settings import ReviewSettings, Settings
    from custclean.stages.merge import Merged

__all__ = ["review_desk", "unmerged_of"]

ENDS = ["left_id", "right_id"]
WHO_STAYS = frozenset({"survivor_tie", "subscription_unknown", "subscription_would_go"})
"""Why a merge is refused that goes through once a person says who stays."""


def review_desk(  # noqa: PLR0913  # what a desk is given, each by its name
    run: Run,
    log: DecisionLog,
    settings: ReviewSettings,
    *,
    groups: bool,
    second: bool,
    blind: bool,
    refuse: Callable[[Sequence[Decision]], None],
    recheck: Callable[[], Iterable[Unmerged]],
) -> ReviewSession:
    """Give a session over what waits in a run and what is decided; what waits comes first up.

    `refuse` raises before decisions are taken back that cannot be, `recheck` says what is not
    merged by then.
    Whoever is one of the reviewers sees first what is theirs; the filter shows the rest.
    """
    table = run.evidence.clients.table
    bookings = run.inbox.reference("transactions")
    session = ReviewSession(
        table,
        _shared(run, settings, second=second),
        log,
        explain=partial(run.evidence.matches.explain, keys=False),
        earlier=run.earlier,
        aliases=run.aliases,
        busy=_booked(table, None if bookings is None else bookings.table),
        groups=groups,
        second=second,
        blind=blind or second,
        keys=settings.keys,
        unmerged=_unmerged(run.merged, run.state),
        recheck=recheck,
        refuse=refuse,
    )
    if log.who in settings.reviewers:
        session.show(reviewer=log.who)
        session.resume()
    return session


def _shared(run: Run, settings: ReviewSettings, *, second: bool) -> pl.DataFrame:
    """Give the pairs with who looks at each; on a second look who does so then.

    The shares are of all pairs, not of those that still wait: deciding moves none to another.
    """
    pairs = run.evidence.matches.to_review()
    asked = pairs if second else _with_decided(pairs, run)
    if not settings.reviewers:
        return asked
    given: pl.DataFrame = shares(pairs, settings.reviewers, overlap=settings.overlap)
    if second:
        given = given.with_columns(reviewer="second_reviewer")
        return given.filter(pl.col("reviewer").is_not_null())
    whose = given.select("left_id", "right_id", "reviewer")
    return asked.join(whose, on=ENDS, how="left", maintain_order="left")


def _with_decided(pairs: pl.DataFrame, run: Run) -> pl.DataFrame:
    """Give what waits, and what is decided where it stood: to look at and to take back."""
    unasked = still_open(pairs, run.state).join(run.queue, on=ENDS, how="anti")
    kept = pairs.join(unasked, on=ENDS, how="anti", maintain_order="left")
    table = run.inbox.downloads[-1].export.table
    told = asked_again(kept, run.evidence.matches, run.state, table)
    waits = run.queue.select(*ENDS, answered=False)
    return told.join(waits, on=ENDS, how="left", maintain_order="left").with_columns(
        pl.col("answered").fill_null(value=True)
    )


def unmerged_of(judged: Judged, settings: Settings) -> list[Unmerged]:
    """Give the groups that are one client and not merged, and what may be asked of them.

    Numbers, work orders and the like, of which a run takes half its time, are not made.
    """
    inbox, evidence, _past, state = judged
    return _unmerged(merged(evidence.clients.table, state, inbox, settings), state)


def _unmerged(merges: Merged, state: State) -> list[Unmerged]:
    found = [
        Unmerged(
            frozenset(row["records"]),
            said(row["reason"]),
            "" if row["reason"] in WHO_STAYS else None,
        )
        for row in merges.conflicts.iter_rows(named=True)
    ]
    again: dict[tuple[str, str], set[str]] = {}
    for record, fields in state.unpicked.items():
        for field in fields:
            again.setdefault((state.groups[record], field), set()).add(record)
    why = said("pick_changed")
    return found + [
        Unmerged(frozenset(records), why, field)
        for (_, field), records in sorted(again.items())
    ]


def _booked(table: pl.DataFrame, bookings: pl.DataFrame | None) -> set[str]:
    """Name the records that have transactions, or may have: of namesakes each."""
    if bookings is None:
        return set()
    found = Bookings.of(bookings, table, table["record_id"])
    return {table["record_id"][row] for entry in found.entries for row in entry.rows}
