"""Which questions may be accepted at once, and how far their sample is decided."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from custclean.model import Verdict
from custclean.stages.review.bulk import Bulk, bounds, drawn, sample_size
from custclean.text.plan import on_plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custclean.stages.review.closure import Closure
    from custclean.stages.review.queue import Filter
    from custclean.stages.review.records import Row
    from custclean.stages.review.session import ReviewSession

__all__ = ["SAMPLE", "of_sample", "sample_name", "selected"]

SAMPLE = "sample"  # in the value of a decision: the sample that it was drawn for


def sample_name(wanted: Filter, seed: int) -> str:
    """Name the sample of a filter, the same in every session."""
    what = repr(replace(wanted, order="useful", state=""))
    return hashlib.sha256(f"{seed} {what}".encode()).hexdigest()[:12]


def selected(
    session: ReviewSession, wanted: Filter, *, tolerance: float, more: int, seed: int
) -> Bulk:
    """Say what could be accepted: what fits, waits (or is of the sample), and stays out.

    `more`: how many to draw beyond the sample that suffices if nothing more in it is wrong.
    """
    name = sample_name(wanted, seed)
    fit = session.queue.fitting(replace(wanted, state="", order="likely"))
    waiting = [p for p in fit if session.answers.standing[p].waits]
    decided = {p for p in fit if of_sample(session, p) == name}.difference(waiting)
    free, kept_out, closure = _free(session, waiting)
    total = len(decided) + len(free)
    wrong = sum(session.answers.standing[p].verdict is not Verdict.SAME for p in decided)
    needed = sample_size(total, tolerance, wrong) if total else 0
    keys = [" ".join(session.questions[place].records) for place in free]
    fresh = drawn(keys, max(0, needed + more - len(decided)), seed)
    low, high = bounds(total, len(decided), wrong) if total else (0.0, 1.0)
    records = {record for place in free for record in session.questions[place].records}
    return Bulk(
        places=(*sorted(decided), *free),
        sample=(*sorted(decided), *(free[i] for i in fresh)),
        tolerance=tolerance,
        right=len(decided) - wrong,
        wrong=wrong,
        low=low,
        high=high,
        kept_out=kept_out,
        records=len(records),
        clients=closure.clients(records),
    )


def of_sample(session: ReviewSession, place: int) -> str:
    """Name the sample that a question was decided for; "" where it was decided for none."""
    said = session.answers.standing[place].decisions
    return next((d.value[SAMPLE] for d in said if SAMPLE in d.value), "")


def _free(
    session: ReviewSession, waiting: Sequence[int]
) -> tuple[list[int], tuple[int, ...], Closure]:
    """Leave out what holds money or would contradict what was said; the likeliest go first."""
    closure = session.answers.closure.copied()
    free, kept_out = [], []
    for place in waiting:
        question = session.questions[place]
        held = any(_busy(session, record) for record in question.records)
        again = session.answers.standing[place].state != "open"
        parted = any(closure.apart(*pair) for pair in combinations(question.records, 2))
        if held or again or parted:
            kept_out.append(place)
            continue
        free.append(place)
        for edge in question.edges:
            closure.join(edge.left, edge.right)
    return free, tuple(kept_out), closure


def _busy(session: ReviewSession, record: str) -> bool:
    """Tell whether somebody has a balance, transactions or a subscription, or may have one."""
    row: Row = session.records[record]
    if record in session.busy or on_plan(row.get("subscription")):
        return True
    return any(digit in "123456789" for digit in str(row.get("balance") or ""))
