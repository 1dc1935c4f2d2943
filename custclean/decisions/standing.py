"""Which decisions stand: not taken back, and the last word on their subject."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from custclean.errors import DecisionError
from custclean.model import Decision, Verdict
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "BLIND",
    "BULK",
    "PAIR_VERDICTS",
    "ROUND",
    "STEP",
    "TOPIC",
    "UNDOES",
    "current_of",
    "disputed_of",
    "is_about_itself",
    "joined",
    "looked_at",
    "ordered",
    "side_of",
    "standing_of",
    "step_of",
    "subject_of",
    "taken_back",
    "takes_back",
    "time_of",
    "undone_by",
]

UNDOES = "undoes"  # in the value of an undo: the number of what it takes back
STEP = "step"  # in the value: equal in all that was decided in one go
BLIND = "blind"  # in the value: decided without knowing what others had said
BULK = "bulk"  # in the value: accepted with many others, on the proof of their sample
ROUND = "round"  # in the value of what was sent: the upload that it went out with
Name = TypeVar("Name", str, int)  # of a record: its id, or the number of its row
DIGITS = 18  # of a number that a log can have

# Verdicts of one topic answer the same question, so the last of them counts.
TOPIC = {
    Verdict.SAME: "pair",
    Verdict.DIFFERENT: "pair",
    Verdict.UNSURE: "pair",
    Verdict.SPLIT: "pair",
    Verdict.SET_ASIDE: "customer",
    Verdict.KEEP: "customer",
    Verdict.LEFT_OUT: "fate",
    Verdict.BY_HAND: "fate",
}
# What else tells two questions about one key apart.
_DETAIL = {Verdict.PICK: "field", Verdict.DONE: "order"}
PAIR_VERDICTS = frozenset(verdict for verdict, topic in TOPIC.items() if topic == "pair")


def subject_of(decision: Decision) -> tuple[str, ...]:
    """Name the question that a decision answers; equal subjects: the later one counts.

    >>> subject_of(Decision(("a", "b"), Verdict.SAME))
    ('pair', '', 'a', 'b')
    """
    topic = TOPIC.get(decision.verdict) or decision.verdict.value
    detail = decision.value.get(_DETAIL.get(decision.verdict, ""), "")
    return (topic, detail, *decision.key)


def ordered(decision: Decision) -> Decision:
    """Put the smaller id of a pair first, and what was seen with it."""
    if type(decision.verdict) is not Verdict:
        decision = replace(decision, verdict=Verdict(decision.verdict))
    if decision.verdict not in PAIR_VERDICTS:
        return decision
    if len(decision.key) != 2:
        raise DecisionError(tr("this verdict is about two records"), value=decision.verdict)
    left, right = decision.key
    if left <= right:
        return decision
    swap = {"left": "right", "right": "left"}
    seen = {
        f"{swap.get(side, side)}{dot}{name}": print_
        for field, print_ in decision.seen.items()
        for side, dot, name in [field.partition(".")]
    }
    return replace(decision, key=(right, left), seen=seen)


def is_about_itself(decision: Decision) -> bool:
    """Tell whether a pair is a record with itself: older logs may hold such a line."""
    key = decision.key
    return len(key) == 2 and key[0] == key[1] and decision.verdict in PAIR_VERDICTS


def undone_by(decision: Decision) -> int | None:
    """Give the number that an undo takes back; None for any other decision."""
    if decision.verdict is not Verdict.UNDO:
        return None
    number = decision.value.get(UNDOES, "")
    return int(number) if number.isdecimal() and len(number) <= DIGITS else None


def standing_of(history: Sequence[Decision]) -> tuple[Decision, ...]:
    """Leave out what was taken back, and the undos; an undo taken back counts for nothing.

    So does a pair of a record with itself.
    """
    undone: set[int] = set()
    stands: list[Decision] = []
    for decision in reversed(history):  # an undo names something earlier
        if decision.seq in undone:
            continue
        target = undone_by(decision)
        if target is not None:
            undone.add(target)
        elif not is_about_itself(decision):
            stands.append(decision)
    return tuple(reversed(stands))


def current_of(history: Sequence[Decision]) -> tuple[Decision, ...]:
    """Give the last standing word on each subject, in the order they were said."""
    last = {subject_of(decision): decision for decision in standing_of(history)}
    return tuple(sorted(last.values(), key=lambda decision: decision.seq))


def step_of(decision: Decision, history: Sequence[Decision]) -> tuple[Decision, ...]:
    """Give all that was decided in one go with a decision of the log, itself included."""
    step = decision.value.get(STEP)
    if not step:
        return (decision,)
    return tuple(each for each in history if each.value.get(STEP) == step)


def disputed_of(history: Sequence[Decision]) -> frozenset[int]:
    """Give the newest words on pairs that were said blind and contradict another person's."""
    words: dict[tuple[str, ...], dict[str, Decision]] = {}
    for decision in standing_of(history):
        if decision.verdict in PAIR_VERDICTS:
            words.setdefault(decision.key, {})[decision.who] = decision
    newest = [max(said.values(), key=lambda each: each.seq) for said in words.values()]
    return frozenset(
        last.seq
        for last in newest
        if last.value.get(BLIND) and len({side_of(d) for d in words[last.key].values()}) > 1
    )


def looked_at(decision: Decision) -> bool:
    """Tell whether a person looked at what they decided; in bulk nobody did."""
    return not decision.value.get(BULK)


def side_of(decision: Decision) -> str:
    """Say same, different or unsure: a split says that two are different."""
    apart = decision.verdict is Verdict.SPLIT
    return Verdict.DIFFERENT.value if apart else decision.verdict.value


def time_of(decision: Decision) -> datetime | None:
    """Give when a decision was made; None: an old log may hold what says no time."""
    try:
        return datetime.fromisoformat(decision.when)
    except ValueError:
        return None


def taken_back(history: Sequence[Decision]) -> frozenset[int]:
    """Give the numbers of all decisions and undos that do not count any more."""
    undone: set[int] = set()
    for decision in reversed([each for each in history if each.verdict is Verdict.UNDO]):
        target = undone_by(decision)
        if target is not None and decision.seq not in undone:
            undone.add(target)
    return frozenset(undone)


def takes_back(decision: Decision, by_seq: Mapping[int, Decision]) -> bool:
    """Tell whether this undo takes something back, rather than gives it back."""
    undos, target = 0, undone_by(decision)
    while target is not None:
        undos += 1
        target = undone_by(by_seq[target])
    return undos % 2 == 1


def joined(pairs: Iterable[tuple[Name, ...]]) -> dict[Name, Name]:
    """Give each record the smallest record that it hangs together with."""
    parent: dict[Name, Name] = {}

    def find(one: Name) -> Name:
        parent.setdefault(one, one)
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for left, right in pairs:
        one, other = sorted((find(left), find(right)))
        parent[other] = one
    return {record: find(record) for record in parent}
