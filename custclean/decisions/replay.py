"""Decisions of another log, entered once, without what belongs to the other folder."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from custclean.decisions.standing import ROUND, UNDOES, undone_by
from custclean.errors import DecisionError
from custclean.model import Verdict
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from custclean.model import Decision

__all__ = ["Replay"]

# What happened in the other folder, not what somebody thought of a client.
_OF_ITS_FOLDER = frozenset({Verdict.RECEIVED, Verdict.ROUND, Verdict.DONE})


class Replay:
    """Finds for each decision of another log its counterpart in ours, or adds it."""

    def __init__(self, rows: Iterable[Decision]) -> None:
        self._here: dict[tuple[object, ...], list[Decision]] = defaultdict(list)
        for row in rows:
            self._here[_identity(row)].append(row)
        self._number: dict[int, int] = {}  # theirs -> ours
        self._left_out: set[int] = set()  # theirs

    def keep(
        self,
        theirs: Decision,
        add: Callable[[Decision], Decision],
        filled: Callable[[Decision], Decision],
    ) -> bool:
        """Say whether it was new here."""
        given, when = filled(theirs), theirs.when
        if undone_by(given) in self._left_out:
            self._left_out.add(theirs.seq)  # and so is an undo of this undo
            return False
        ours = self._translated(given)
        seq = self._found(ours, when)  # as it is: this log may come back, with its rounds
        if not seq:
            carried = _carried_over(ours)
            if carried is None:
                self._left_out.add(theirs.seq)
                return False
            seq, ours = (0 if carried is ours else self._found(carried, when)), carried
        self._number[theirs.seq] = seq or add(ours).seq
        return not seq

    def _found(self, decision: Decision, when: str) -> int:
        # one decision may rightly stand there twice: made, undone and made again
        found = self._here[_identity(decision)]
        at = (place for place, row in enumerate(found) if not when or row.when == when)
        place = next(at, None)
        return 0 if place is None else found.pop(place).seq

    def _translated(self, theirs: Decision) -> Decision:
        target = undone_by(theirs)
        if target is None:
            return theirs
        if target not in self._number:
            msg = tr("an undo names decision {seq}, which is not before it", seq=target)
            raise DecisionError(msg)
        return replace(theirs, value={**theirs.value, UNDOES: str(self._number[target])})


def _carried_over(decision: Decision) -> Decision | None:
    """Leave out what belongs to the other folder: None, or a number's round."""
    if decision.verdict in _OF_ITS_FOLDER:
        return None
    if decision.verdict is not Verdict.NUMBER or not decision.value.get(ROUND):
        return decision
    if decision.value.get("source", "decided") != "decided":
        return None  # the numbering gave it there, and gives its own here
    value = {name: text for name, text in decision.value.items() if name != ROUND}
    return replace(decision, value=value)


def _identity(decision: Decision) -> tuple[object, ...]:
    value = tuple(sorted(decision.value.items()))
    return (decision.key, decision.verdict, value, decision.who)
