"""Answers held against the decision log: what is new, what is known, what contradicts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from custclean.decisions import changed_since, current_of, subject_of
from custclean.decisions.standing import standing_of
from custclean.decisions.tally import Tally
from custclean.labels import when_said
from custclean.model import Decision, Verdict
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from custclean.stages.question_answers import Answers

__all__ = ["weighed"]

_APART = frozenset({Verdict.DIFFERENT, Verdict.SPLIT})


def weighed(
    answers: Answers,
    history: Sequence[Decision],
    rows: Mapping[str, Mapping[str, str | None]],
    *,
    overrule: bool = False,
) -> Answers:
    """Leave in `decisions` what can be entered; the rest goes to its own list.

    What the log has from this person, said of the same values, is known. What contradicts a
    word that still holds for the newest `rows` is a disagreement and is not entered, but
    with `overrule`. What was taken back by hand stays taken back, and what is done in the
    target system stays as it is: both are refused.
    """
    standing = {subject_of(each): each for each in current_of(history)}
    stands = {_content(each) for each in standing_of(history)}
    undone = {_content(each) for each in history} - stands
    tally = Tally()
    tally.follow(history)
    lists: dict[str, list[Decision]] = {"new": [], "known": []}
    refused, against = [], []
    for said in answers.decisions:
        before = standing.get(subject_of(said))
        taken = _content(said) in undone and not overrule
        if before and _content(said) in stands and _agree(before, said):
            lists["known"].append(said)
        elif problem := _refusal(said, tally, taken=taken):
            refused.append(problem)
        elif (
            before
            and not overrule
            and (_content(said) in stands or _contradicts(before, said, rows))
        ):
            against.append(_beside(before, said))
        else:
            lists["new"].append(said)
            standing[subject_of(said)] = said
    return replace(
        answers,
        decisions=tuple(lists["new"]),
        known=(*answers.known, *lists["known"]),
        disagreements=_more(answers.disagreements, against),
        refused=_more(answers.refused, refused),
    )


def _content(decision: Decision) -> tuple[object, ...]:
    """Give what makes two entries the same word of the same person on the same values."""
    seen = tuple(sorted(decision.seen.items()))
    return (decision.key, decision.verdict, decision.who, decision.note, seen)


def _agree(one: Decision, other: Decision) -> bool:
    return one.verdict is other.verdict or {one.verdict, other.verdict} <= _APART


def _contradicts(
    before: Decision, said: Decision, rows: Mapping[str, Mapping[str, str | None]]
) -> bool:
    """Tell whether an answer would replace another word that holds; "unsure" is none yet."""
    if _agree(before, said) or before.verdict is Verdict.UNSURE:
        return False
    return not changed_since(before, rows)  # changed: it is asked again, and this answers it


def _refusal(said: Decision, tally: Tally, *, taken: bool) -> dict[str, object] | None:
    """Say why the log would refuse it, or why it is not entered a second time."""
    if taken:
        reason, detail = "taken_back", tr("was entered before and taken back since")
    else:
        earlier = tally.changed_by(said)
        done = None if earlier is None else tally.blocker_of(earlier)
        if done is None:
            return None
        reason = "done"
        detail = tr(
            "the opposite was carried out in the target system ({who}, {when})",
            who=done.who,
            when=when_said(done.when),
        )
    return _ids(said) | {
        "value": said.verdict.value,
        "note": said.note,
        "reason": reason,
        "detail": detail,
    }


def _ids(said: Decision) -> dict[str, object]:
    return {"left_id": said.key[0], "right_id": said.key[1] if len(said.key) == 2 else None}


def _beside(before: Decision, said: Decision) -> dict[str, object]:
    return _ids(said) | {
        "who_1": before.who,
        "verdict_1": before.verdict.value,
        "note_1": before.note,
        "when_1": before.when,
        "who_2": said.who,
        "verdict_2": said.verdict.value,
        "note_2": said.note,
    }


def _more(frame: pl.DataFrame, rows: list[dict[str, object]]) -> pl.DataFrame:
    return pl.concat([frame, pl.DataFrame(rows, schema=frame.schema)])
