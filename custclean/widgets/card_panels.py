"""What the panels of the card show: filter, history."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

from custclean.errors import InputError
from custclean.labels import label, when_said
from custclean.model import Verdict
from custclean.stages.review import Filter
from custclean.widgets.card_data import title, verdict_words
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custclean.stages.review import ReviewSession
    from custclean.stages.review.history import Entry

__all__ = ["NUMBERS", "facets_data", "filter_of", "history_data", "verdicts_said"]

PAGE = 30  # steps of the history at once
NUMBERS = ("least", "most", "lightest", "heaviest", "smallest")  # of a filter
NAMED = 3  # records that a line of the history calls by name


def filter_of(given: Any) -> Filter:
    """Make a filter of what a browser sends; what makes no sense is refused."""
    if not isinstance(given, dict):
        raise InputError(tr("this is no filter"))
    known = set(Filter.__dataclass_fields__)
    wanted: dict[str, Any] = {
        name: value
        for name, value in given.items()
        if name in known and name not in NUMBERS and isinstance(value, str) and value
    }
    numbers: dict[str, Any] = {name: _number(name, given.get(name)) for name in NUMBERS}
    if numbers["smallest"] is not None:
        numbers["smallest"] = int(numbers["smallest"])
    return Filter(**wanted, **numbers)


def _number(name: str, value: object) -> float | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise InputError(tr("this is no number"), column=name)
    return float(value)


def facets_data(session: ReviewSession) -> dict[str, Any]:
    """Give what could be chosen in the filter, each with its words and number of questions."""
    found = session.queue.facets()
    wanted = session.queue.filter
    return {
        "facets": [
            {
                "name": name,
                "label": _facet(name),
                "chosen": getattr(wanted, name),
                "values": [[value, _said(name, value), count] for value, count in values],
            }
            for name, values in found.items()
            if getattr(wanted, name) or any(count < len(session) for _, count in values)
        ],
        "chosen": {
            "order": wanted.order,
            "text": wanted.text,
            **{name: getattr(wanted, name) for name in NUMBERS},
        },
    }


def _facet(name: str) -> str:
    words = {
        "state": tr("State"),
        "kind": tr("Pair or group"),
        "system": tr("System"),
        "reviewer": tr("Reviewer"),
        "who": tr("Decided by"),
        "differs": tr("Differs in"),
    }
    return words.get(name) or label(name)


def _said(name: str, value: str) -> str:
    if name == "state":
        return state_words().get(value, value)
    if name == "kind":
        return tr("group") if value == "group" else tr("pair")
    return label(value) if name == "differs" else value


def state_words() -> dict[str, str]:
    """Say how a question can stand."""
    return {
        "waiting": tr("waits"),
        "decided": tr("is decided"),
        "open": tr("never asked"),
        "again": tr("changed since"),
        "contradiction": tr("contradiction"),
        "disputed": tr("two people disagree"),
        "unmerged": tr("who stays is asked"),
        "same": tr("same"),
        "different": tr("different"),
        "mixed": tr("divided"),
        "unsure": tr("unsure"),
        "aside": tr("set aside"),
    }


def history_data(session: ReviewSession, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Give a page of the history: what, about whom, who and when, and whether it stands."""
    first = asked.get("first")
    start = first if type(first) is int and first > 0 else 0
    verdict = asked.get("verdict")
    entries = [e for e in session.history if not verdict or verdict in e.counts]
    shown = entries[start : start + PAGE]
    return {
        "first": start,
        "entries": [_line(session, entry) for entry in shown],
        "more": len(entries) > start + PAGE,
        "verdicts": [[v.value, verdicts_said()[v]] for v in verdicts_said()],
    }


def verdicts_said() -> dict[Verdict, str]:
    """Say each verdict as a list of decisions does."""
    return {
        **verdict_words(),
        Verdict.SET_ASIDE: tr("set aside"),
        Verdict.KEEP: tr("is a customer"),
        Verdict.PICK: tr("value to keep"),
        Verdict.UNDO: tr("taken back"),
        Verdict.NUMBER: tr("number"),
        Verdict.LINK: tr("register line"),
        Verdict.LEFT_OUT: tr("left out"),
        Verdict.BY_HAND: tr("by hand"),
        Verdict.DONE: tr("done in the system"),
    }


def _line(session: ReviewSession, entry: Entry) -> dict[str, Any]:
    words, counts = verdicts_said(), entry.counts
    words |= {Verdict.UNDO: tr("given back")} if entry.gives_back else {}
    what = ", ".join(
        words[verdict] if n == 1 else f"{words[verdict]} ({n})"
        for verdict, n in counts.items()
        if verdict in words
    )
    names = [session.name(record) for record in entry.records[:NAMED]]
    rest = len(entry.records) - NAMED
    about = title(names)
    return {
        "seq": entry.seq,
        "what": what,
        "about": about
        if rest <= 0
        else trn("{about} and {n} more", "{about} and {n} more", rest, about=about),
        "who": entry.who,
        "when": when_said(entry.when),
        "note": entry.note,
        "stands": entry.stands,
        "undo": Verdict.UNDO in counts and not entry.gives_back,
        "place": session.place_of(entry.decisions[0]),
    }
