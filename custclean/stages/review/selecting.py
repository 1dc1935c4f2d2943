"""Which questions may be accepted at once, and how far their sample is decided."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import combinations, count
from typing import TYPE_CHECKING

from custclean.decisions.standing import joined, standing_of
from custclean.model import Verdict
from custclean.stages.review.bulk import Bulk, Held, bounds, drawn, sample_size
from custclean.stages.review.holding import holders

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from custclean.stages.review.closure import Closure
    from custclean.stages.review.queue import Filter
    from custclean.stages.review.session import ReviewSession

__all__ = ["PROVEN", "SAMPLE", "of_sample", "selected"]

SAMPLE = "sample"  # in the value of a decision: the sample that it was drawn for
PROVEN = "proven_by"  # in the value of what was accepted: the sample that proved it


def selected(
    session: ReviewSession, wanted: Filter, *, tolerance: float, more: int, seed: int
) -> Bulk:
    """Say what could be accepted: what fits, waits (or is of the sample), and stays out.

    `more`: how many to draw beyond the sample that suffices if nothing more in it is wrong.
    """
    name, standing = _sample_name(session, wanted, seed), session.answers.standing
    fit = session.queue.fitting(replace(wanted, state="", order="likely"))
    right = {  # said, though it may be asked who stays of them
        place: standing[place].verdict is Verdict.SAME
        for place in fit
        if (not standing[place].waits or standing[place].state == "unmerged")
        and of_sample(session, place) == name
    }
    waiting = [place for place in fit if standing[place].waits and place not in right]
    free, kept_out, closure = _free(session, waiting)
    places = (*sorted(right), *free)
    keys = [" ".join(session.questions[place].records) for place in places]
    by_chance = [places[i] for i in drawn(keys, len(keys), seed)]
    told = [right.get(place) for place in by_chance]
    needed = sample_size(len(places), tolerance, told.count(False)) if places else 0
    size, seen = _reach(told, needed + more)
    low, high = bounds(len(places), seen, told[:seen].count(False)) if places else (0.0, 1.0)
    records = {record for place in free for record in session.questions[place].records}
    return Bulk(
        name=name,
        places=places,
        sample=tuple(by_chance[:size]),
        tolerance=tolerance,
        right=told[:size].count(True),
        wrong=told.count(False),
        low=low,
        high=high,
        kept_out=kept_out,
        records=len(records),
        clients=closure.clients(records),
    )


def _reach(told: Sequence[bool | None], needed: int) -> tuple[int, int]:
    """Say how many, from the first, are the sample, and how many are decided without a gap.

    Nothing that was found wrong is left out of it, nor what was decided beyond the need.
    """
    seen = next((place for place, word in enumerate(told) if word is None), len(told))
    last = max((place for place, word in enumerate(told, 1) if word is False), default=0)
    return max(min(needed, len(told)), last, seen), seen


def _sample_name(session: ReviewSession, wanted: Filter, seed: int) -> str:
    """Name the sample of a filter, the same in every session until it has proven something.

    It proves nothing of what comes after that, so what comes gets a sample of its own.
    """
    what = repr(replace(wanted, order="useful", state=""))
    first = hashlib.sha256(f"{seed} {what}".encode()).hexdigest()[:12]
    names = (first if n == 1 else f"{first}-{n}" for n in count(1))
    used = {
        decision.value[PROVEN]
        for decision in standing_of(session.log.history)
        if PROVEN in decision.value and (not session.second or decision.who == session.log.who)
    }
    return next(name for name in names if name not in used)


def of_sample(session: ReviewSession, place: int) -> str:
    """Name the sample that a question was decided for; "" where it was decided for none."""
    said = session.answers.standing[place].decisions
    return next((d.value[SAMPLE] for d in said if SAMPLE in d.value), "")


def _free(
    session: ReviewSession, waiting: Sequence[int]
) -> tuple[list[int], dict[int, Held], Closure]:
    """Leave out what holds money or would contradict what was said; the likeliest go first."""
    closure = session.answers.closure.copied()
    held, free, kept_out = _held(session, waiting), list[int](), dict[int, Held]()
    for place in waiting:
        question, state = session.questions[place], session.answers.standing[place].state
        if place in held:
            kept_out[place] = held[place]
        elif state != "open":
            kept_out[place] = Held(state)
        elif any(closure.apart(*pair) for pair in combinations(question.records, 2)):
            kept_out[place] = Held("contradiction")
        else:
            free.append(place)
            for edge in question.edges:
                closure.join(edge.left, edge.right)
    return free, kept_out, closure


def _held(session: ReviewSession, waiting: Iterable[int]) -> dict[int, Held]:
    """Say in which questions somebody has something to lose.

    Also where it is another record of one of their clients, or one that a further question
    which waits would add to the client: whoever says yes to that one does not see this one.
    """
    client = session.answers.closure.client
    asked = [(place, session.questions[place]) for place in waiting]
    all_open = zip(session.questions, session.answers.standing)
    edges = (e for question, standing in all_open if standing.waits for e in question.edges)
    ends = [(client(edge.left), client(edge.right)) for edge in edges]
    together = joined(ends)

    def root(record: str) -> str:
        return together.get(client(record), client(record))

    what = holders(session.records.table, session.busy)
    who = {root(record): record for record in sorted(what, reverse=True)}
    found = {}
    for place, question in asked:
        own = (record for record in question.records if record in what)
        record = next(own, who.get(root(question.records[0])))
        if record is not None:
            found[place] = Held(what[record], record)
    return found
