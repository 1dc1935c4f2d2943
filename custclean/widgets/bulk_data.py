"""What the panel of many at once shows: what the sample proves, what would be accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custclean.stages.review.compare import visible
from custclean.widgets.card_data import title
from custclean.widgets.card_panels import state_words
from custclean.words import numeral, tr, trn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custclean.stages.review import Bulk, ReviewSession
    from custclean.stages.review.bulk import Held

__all__ = ["bulk_data"]

TOLERANCES = (0.005, 0.01, 0.02, 0.05, 0.1)
LISTED = 100  # questions that are called by name


def bulk_data(session: ReviewSession, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Say how far a bulk is proven; "draw" shows its sample first, "accept" accepts it."""
    tolerance = asked.get("tolerance")
    share = float(tolerance) if tolerance in TOLERANCES else 0.02
    told: dict[str, Any] = {}
    if asked.get("what") == "accept":
        told["accepted"] = len({*map(session.place_of, session.accept(tolerance=share))})
    elif asked.get("what") == "draw":
        session.draw(tolerance=share)
    bulk = session.bulk(tolerance=share)
    return {
        "bulk": {
            "said": _said(bulk),
            "lists": _lists(session, bulk),
            "acceptable": bulk.acceptable,
            "drawable": len(bulk.sample) > bulk.right + bulk.wrong,
            "left": len(bulk.rest),
            "tolerance": share,
            "tolerances": [[each, numeral(each, ".1%")] for each in TOLERANCES],
            **told,
        }
    }


def _said(bulk: Bulk) -> list[str]:
    """Say in sentences what a bulk takes in, what its sample proves, what would happen."""
    decided = bulk.right + bulk.wrong
    told = [
        trn(
            "{n:,} question fits and waits or was drawn; {out:,} stay out.",
            "{n:,} questions fit and wait or were drawn; {out:,} stay out.",
            len(bulk.places),
            out=len(bulk.kept_out),
        ),
        tr(
            "Sample for at most {tolerance} wrong: {size:,}; decided {decided:,}, of which"
            " {wrong:,} not the same.",
            tolerance=numeral(bulk.tolerance, ".1%"),
            size=len(bulk.sample),
            decided=decided,
            wrong=bulk.wrong,
        ),
    ]
    if bulk.precision is not None:
        told.append(
            tr(
                "Measured precision {share}, 95 % interval {low} to {high}.",
                share=numeral(bulk.precision, ".1%"),
                low=numeral(bulk.low, ".1%"),
                high=numeral(bulk.high, ".1%"),
            )
        )
    if bulk.acceptable:
        told.append(
            tr(
                "Accepting makes {records:,} records into {clients:,} clients.",
                records=bulk.records,
                clients=bulk.clients,
            )
        )
    return told


def _lists(session: ReviewSession, bulk: Bulk) -> list[dict[str, Any]]:
    """Name what would be accepted, and what stays out with the reason.

    Both as the questions came: their order says nothing of what the model thinks.
    """
    out = sorted(bulk.kept_out)
    reasons = {place: _reason(session, place, bulk.kept_out[place]) for place in out[:LISTED]}
    told = {
        "rest": (tr("Would be accepted: {n:,}", n=len(bulk.rest)), bulk.rest),
        "out": (tr("Stays out: {n:,}", n=len(out)), out),
    }
    return [
        {
            "name": name,
            "title": heading,
            "lines": [[_called(session, place), reasons.get(place, "")] for place in shown],
            "more": trn("and {n:,} more", "and {n:,} more", rest) if rest > 0 else "",
        }
        for name, (heading, places) in told.items()
        for shown, rest in [(places[:LISTED], len(places) - LISTED)]
    ]


def _called(session: ReviewSession, place: int) -> str:
    return title([session.name(record) for record in session.questions[place].records])


def _reason(session: ReviewSession, place: int, held: Held) -> str:
    """Say why a question stays out, and who has what keeps it out."""
    sentences = {
        "balance": tr("{name} has a balance"),
        "transactions": tr("{name} has transactions"),
        "subscription": tr("{name} has a subscription"),
    }
    if held.why not in sentences:
        return state_words()[held.why]
    name = visible(session.name(held.record))
    if held.record not in session.questions[place].records:
        name = tr("{name} (one client with them, or perhaps)", name=name)
    return sentences[held.why].format(name=name)
