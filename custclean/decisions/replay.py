"""Decisions of another log, entered once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from custclean.decisions.standing import UNDOES, undone_by
from custclean.errors import DecisionError
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from custclean.model import Decision

__all__ = ["Replay"]


class Replay:
    """Finds for each decision of another log its counterpart in ours, or adds it."""

    def __init__(self, rows: Iterable[Decision]) -> None:
        self._here: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for row in rows:
            self._here[_identity(row)].append(row.seq)
        self._number: dict[int, int] = {}  # theirs -> ours

    def keep(
        self,
        theirs: Decision,
        add: Callable[[Decision], Decision],
        filled: Callable[[Decision], Decision],
    ) -> bool:
        """Say whether it was new here."""
        ours = filled(self._translated(theirs))
        # one decision may rightly stand there twice: made, undone and made again
        found = self._here[_identity(ours)]
        seq = found.pop(0) if found else 0
        self._number[theirs.seq] = seq or add(ours).seq
        return not seq

    def _translated(self, theirs: Decision) -> Decision:
        target = undone_by(theirs)
        if target is None:
            return theirs
        if target not in self._number:
            msg = tr("an undo names decision {seq}, which is not before it", seq=target)
            raise DecisionError(msg)
        return replace(theirs, value={**theirs.value, UNDOES: str(self._number[target])})


def _identity(decision: Decision) -> tuple[object, ...]:
    value = tuple(sorted(decision.value.items()))
    return (decision.key, decision.verdict, value, decision.when, decision.who)
