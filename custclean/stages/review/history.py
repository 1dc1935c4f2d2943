"""What was decided, step by step, newest first: to look through and to take back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from custclean.decisions.standing import STEP, taken_back, takes_back, undone_by
from custclean.model import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from custclean.model import Decision

__all__ = ["Entry", "entries_of"]

# What happened, rather than what somebody thought: not for this list.
FACTS = frozenset({Verdict.RECEIVED, Verdict.ROUND})


@dataclass(frozen=True, slots=True)
class Entry:
    """One step: the decisions made in one go; an undo is a step of its own.

    `stands`: none of it was taken back; `takes_back`: the numbers that an undo takes back, or
    gives back where they are those of undos.
    """

    decisions: tuple[Decision, ...]
    stands: bool
    takes_back: tuple[int, ...] = ()
    gives_back: bool = False

    @property
    def seq(self) -> int:
        """Give the number of its first decision."""
        return self.decisions[0].seq

    @property
    def who(self) -> str:
        """Name who made it."""
        return self.decisions[0].who

    @property
    def when(self) -> str:
        """Give when it was made."""
        return self.decisions[0].when

    @property
    def note(self) -> str:
        """Give the note kept with it."""
        return next((d.note for d in self.decisions if d.note), "")

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """Count its decisions by what they say."""
        told: dict[Verdict, int] = {}
        for decision in self.decisions:
            told[decision.verdict] = told.get(decision.verdict, 0) + 1
        return told

    @property
    def records(self) -> tuple[str, ...]:
        """Name the records it is about, in the order in which they come."""
        return tuple(dict.fromkeys(key for d in self.decisions for key in d.key))


def entries_of(history: Sequence[Decision]) -> list[Entry]:
    """Put the decisions of a log into steps, newest first."""
    gone, by_seq = taken_back(history), {decision.seq: decision for decision in history}
    steps: dict[str, list[Decision]] = {}
    for decision in history:
        if decision.verdict not in FACTS:
            steps.setdefault(decision.value.get(STEP) or str(decision.seq), []).append(
                decision
            )
    told = [_entry(tuple(step), gone, by_seq) for step in steps.values()]
    return sorted(told, key=lambda entry: -entry.seq)


def _entry(
    decisions: tuple[Decision, ...], gone: frozenset[int], by_seq: Mapping[int, Decision]
) -> Entry:
    back = (undone_by(decision) for decision in decisions)
    return Entry(
        decisions,
        stands=not any(decision.seq in gone for decision in decisions),
        takes_back=tuple(number for number in back if number is not None),
        gives_back=decisions[0].verdict is Verdict.UNDO
        and not takes_back(decisions[0], by_seq),
    )
