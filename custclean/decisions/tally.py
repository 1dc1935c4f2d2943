"""What stands of a log that grows: kept up to date by each decision, never counted anew."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from custclean.decisions.standing import (
    ROUND,
    TOPIC,
    is_about_itself,
    subject_of,
    undone_by,
)
from custclean.model import Decision, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Tally"]


class Tally:
    """What counts of a history, and what speaks against taking some of it back.

    `follow` reads on in the history of which it knows the beginning; every question then
    takes as long as what it is about, not as long as the history.
    """

    def __init__(self) -> None:
        self._reset()

    def _reset(self) -> None:
        self._rows: list[Decision] = []
        self._against: defaultdict[int, int] = defaultdict(int)  # undos in force, by target
        self._said: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)  # by subject
        self._last: dict[tuple[str, ...], int] = {}  # the word that stands, by subject
        self._beside: defaultdict[str, set[str]] = defaultdict(set)  # once said to be the same
        self._ticks: defaultdict[str, list[int]] = defaultdict(list)  # `done`, by record

    def follow(self, rows: Sequence[Decision]) -> None:
        """Take in what was added, or begin again where something was taken away."""
        known = len(self._rows)
        if known and (len(rows) < known or rows[known - 1] is not self._rows[-1]):
            self._reset()
        for decision in rows[len(self._rows) :]:
            self._take_in(decision)

    def _take_in(self, decision: Decision) -> None:
        self._rows.append(decision)
        if decision.verdict is Verdict.UNDO:
            self._weigh(undone_by(decision))
            return
        if is_about_itself(decision):
            return
        subject = subject_of(decision)
        self._said[subject].append(decision.seq)
        self._last[subject] = decision.seq
        if decision.verdict is Verdict.SAME:
            left, right = decision.key
            self._beside[left].add(right)
            self._beside[right].add(left)
        elif decision.verdict is Verdict.DONE:
            for record in decision.key:
                self._ticks[record].append(decision.seq)

    def _weigh(self, seq: int | None) -> None:
        """Count one more undo against a decision; what that took back itself counts again."""
        more = 1
        while seq is not None and self.knows(seq):
            counted = self.counts(seq)
            self._against[seq] += more
            if self.counts(seq) == counted:
                return
            self._look_again(self.row(seq))
            seq, more = undone_by(self.row(seq)), -more

    def _look_again(self, decision: Decision) -> None:
        """Find which word on its subject stands, now that this one counts, or not any more."""
        if decision.verdict is Verdict.UNDO:
            return
        subject = subject_of(decision)
        said = reversed(self._said[subject])
        last = next((seq for seq in said if self.counts(seq)), None)
        if last is None:
            self._last.pop(subject, None)
        else:
            self._last[subject] = last

    def knows(self, seq: int) -> bool:
        """Say whether the history has this number."""
        return 0 < seq <= len(self._rows)

    def row(self, seq: int) -> Decision:
        """Give the decision or undo of this number."""
        return self._rows[seq - 1]

    def counts(self, seq: int) -> bool:
        """Say whether a decision or an undo has not been taken back."""
        return self._against.get(seq, 0) == 0

    def current(self) -> tuple[Decision, ...]:
        """Give the last standing word on each subject, in the order they were said."""
        rows = self._rows
        return tuple([rows[seq - 1] for seq in sorted(self._last.values())])

    def _standing(self, decision: Decision) -> Decision | None:
        seq = self._last.get(subject_of(decision))
        return None if seq is None else self.row(seq)

    def changed_by(self, decision: Decision) -> Decision | None:
        """Find the standing decision that another word on the same subject would replace."""
        if decision.verdict not in TOPIC:
            return None  # there is no other word on this subject
        last = self._standing(decision)
        return None if last is None or last.verdict is decision.verdict else last

    def fact_lost_without(self, target: Decision) -> Decision | None:
        """Find what was sent or received and would count no more without `target`.

        Where such a fact was taken back (older versions did), giving it back loses nothing.
        """
        chain = list(self._chain(target))
        fact = chain[-1]
        a_fact = fact.verdict in {Verdict.ROUND, Verdict.RECEIVED} or bool(
            fact.verdict is Verdict.NUMBER and fact.value.get(ROUND)
        )
        # one undo above the fact takes it back, two stand for it again
        return fact if a_fact and len(chain) % 2 else None

    def blocker_of(self, target: Decision) -> Decision | None:
        """Find what was done in the target system and would lose its reason without `target`.

        That is a standing `done` on the same key; or on two records that are one client
        only through `target`.
        """
        root = list(self._chain(target))[-1]
        if root.verdict is Verdict.DONE or not self._ticks:
            return None  # a tick set by mistake can be taken away
        for done in self._done_with({root.key[0]}):
            if done.key == root.key:
                return done
        return self._torn_by(root) if root.verdict is Verdict.SAME else None

    def _torn_by(self, root: Decision) -> Decision | None:
        """Find the first tick on a group that hangs together only by this pair."""
        if not self._together(*root.key):
            return None
        one, other = (self._group(record, without=root.key) for record in root.key)
        if one == other:
            return None
        for done in self._done_with(one | other):
            ends = done.key[0], done.key[-1]
            if not one | other >= set(ends):
                continue
            half = one if ends[0] in one else other
            if ends[1] not in half or len(half) == 1:
                return done
        return None

    def _chain(self, target: Decision) -> Iterator[Decision]:
        """Give the target, what it takes back if it is an undo, and so on to the root."""
        yield target
        number = undone_by(target)
        while number is not None and self.knows(number):
            yield self.row(number)
            number = undone_by(self.row(number))

    def _done_with(self, records: set[str]) -> Iterator[Decision]:
        """Give the standing ticks on any of the records, the first one first."""
        seqs = {seq for record in records for seq in self._ticks.get(record, ())}
        return (self.row(seq) for seq in sorted(seqs) if self.counts(seq))

    def _group(self, record: str, *, without: tuple[str, ...]) -> set[str]:
        """Give all records that are one client with this one, the pair left out."""
        group, ahead = {record}, [record]
        while ahead:
            one = ahead.pop()
            near = {
                other
                for other in self._beside.get(one, set()) - group
                if tuple(sorted((one, other))) != without and self._together(one, other)
            }
            group |= near
            ahead += near
        return group

    def _together(self, one: str, other: str) -> bool:
        """Say whether the last word on two records is that they are the same."""
        last = self._standing(Decision(tuple(sorted((one, other))), Verdict.SAME))
        return last is not None and last.verdict is Verdict.SAME
