"""Which decisions stand: not taken back, and the last word on their subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custclean.model import Decision, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["PAIR_VERDICTS", "current_of", "standing_of", "subject_of", "undone_by"]

UNDOES = "undoes"  # in the value of an undo: the number of what it takes back
ROUND = "round"  # in the value of what was sent: the upload that it went out with

# Verdicts of one topic answer the same question, so the last of them counts.
_TOPIC = {
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
PAIR_VERDICTS = frozenset(verdict for verdict, topic in _TOPIC.items() if topic == "pair")


def subject_of(decision: Decision) -> tuple[str, ...]:
    """Name the question that a decision answers; equal subjects: the later one counts.

    >>> subject_of(Decision(("a", "b"), Verdict.SAME))
    ('pair', '', 'a', 'b')
    """
    topic = _TOPIC.get(decision.verdict, decision.verdict.value)
    detail = decision.value.get(_DETAIL.get(decision.verdict, ""), "")
    return (topic, detail, *decision.key)


def undone_by(decision: Decision) -> int | None:
    """Give the number that an undo takes back; None for any other decision."""
    if decision.verdict is not Verdict.UNDO:
        return None
    number = decision.value.get(UNDOES, "")
    return int(number) if number.isdecimal() else None


def standing_of(history: Sequence[Decision]) -> tuple[Decision, ...]:
    """Leave out what was taken back, and the undos; an undo taken back counts for nothing."""
    undone: set[int] = set()
    stands: list[Decision] = []
    for decision in reversed(history):  # an undo names something earlier
        if decision.seq in undone:
            continue
        target = undone_by(decision)
        if target is None:
            stands.append(decision)
        else:
            undone.add(target)
    return tuple(reversed(stands))


def current_of(history: Sequence[Decision]) -> tuple[Decision, ...]:
    """Give the last standing word on each subject, in the order they were said."""
    last = {subject_of(decision): decision for decision in standing_of(history)}
    return tuple(sorted(last.values(), key=lambda decision: decision.seq))


def taken_back(history: Sequence[Decision]) -> frozenset[int]:
    """Give the numbers of all decisions and undos that do not count any more."""
    undone: set[int] = set()
    for decision in reversed([each for each in history if each.verdict is Verdict.UNDO]):
        target = undone_by(decision)
        if target is not None and decision.seq not in undone:
            undone.add(target)
    return frozenset(undone)


def changes_of(decision: Decision, history: Sequence[Decision]) -> Decision | None:
    """Find the standing decision that another word on the same subject would replace."""
    if decision.verdict not in _TOPIC:
        return None  # there is no other word on this subject
    subject = subject_of(decision)
    said = [d for d in history if d.key == decision.key and subject_of(d) == subject]
    if all(d.verdict is decision.verdict for d in said):
        return None  # nearly always, and quicker than to ask what stands
    gone = taken_back(history)
    last = next((d for d in reversed(said) if d.seq not in gone), None)
    return None if last is None or last.verdict is decision.verdict else last


def blocker_of(target: Decision, history: Sequence[Decision]) -> Decision | None:
    """Find what was done in the target system and would lose its reason without `target`.

    That is a standing `done` on the same key; or on two records that are one client
    only through `target`.
    """
    root = _root_of(target, history)
    if root.verdict is Verdict.DONE:
        return None  # a tick set by mistake can be taken away
    ticks = [decision for decision in history if decision.verdict is Verdict.DONE]
    gone = taken_back(history) if ticks else frozenset()
    done = [decision for decision in ticks if decision.seq not in gone]
    for decision in done:
        if decision.key == root.key:
            return decision
    if root.verdict is not Verdict.SAME or not done:
        return None
    same = [d.key for d in current_of(history) if d.verdict is Verdict.SAME]
    before = _groups(same)
    after = _groups(key for key in same if key != root.key)
    for decision in done:
        group, rest = before.get(decision.key[0]), after.get(decision.key[0])
        together = group is not None and group == before.get(decision.key[-1])
        if together and (rest is None or rest != after.get(decision.key[-1])):
            return decision
    return None


def fact_lost_by_undoing(target: Decision, history: Sequence[Decision]) -> Decision | None:
    """Find what was sent or received and would count no more without the standing `target`.

    Where such a fact was taken back (older versions did), giving it back loses nothing.
    """
    chain = _chain_of(target, history)
    fact = chain[-1]
    a_fact = fact.verdict in {Verdict.ROUND, Verdict.RECEIVED} or bool(
        fact.verdict is Verdict.NUMBER and fact.value.get(ROUND)
    )
    # one undo above the fact takes it back, two stand for it again
    return fact if a_fact and len(chain) % 2 else None


def _root_of(target: Decision, history: Sequence[Decision]) -> Decision:
    return _chain_of(target, history)[-1]


def _chain_of(target: Decision, history: Sequence[Decision]) -> list[Decision]:
    """Give the target, what it takes back if it is an undo, and so on to the root."""
    chain = [target]
    if target.verdict is not Verdict.UNDO:
        return chain  # nearly always
    by_seq = {decision.seq: decision for decision in history}
    while (number := undone_by(chain[-1])) is not None:
        chain.append(by_seq[number])
    return chain


def _groups(pairs: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """Give each record the smallest record that it hangs together with."""
    parent: dict[str, str] = {}

    def find(one: str) -> str:
        parent.setdefault(one, one)
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for left, right in pairs:
        one, other = sorted((find(left), find(right)))
        parent[other] = one
    return {record: find(record) for record in parent}
