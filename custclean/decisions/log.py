"""The decision log of a project: what people decided, kept for good."""

from __future__ import annotations

import getpass
import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Self

from custclean.decisions.lines import write_jsonl
from custclean.decisions.replay import Replay
from custclean.decisions.standing import (
    PAIR_VERDICTS,
    ROUND,
    UNDOES,
    blocker_of,
    changes_of,
    current_of,
    fact_lost_by_undoing,
    taken_back,
    undone_by,
)
from custclean.decisions.store import Store
from custclean.errors import DecisionError, LogMovedError, UndoRefusedError
from custclean.model import Decision, Pair, Verdict
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

__all__ = ["DecisionLog"]


class DecisionLog:
    """Every decision of a project, in `decisions.sqlite` of its folder.

    Nothing in it is ever changed: an undo is one more decision. What `append` returns
    is on disk. `who` and `clock` name the person and the time; a notebook or a
    terminal gives them, and without them it is the user of this machine, now.
    Several programs and threads may hold one log.
    """

    def __init__(
        self,
        folder: Path | str,
        *,
        who: str | None = None,
        clock: Callable[[], datetime] | None = None,
        timeout: float = 5.0,
    ) -> None:
        self._who = _user() if who is None else who
        self._clock = clock or _now
        self._lock = threading.RLock()  # JupyterLab answers widgets in threads of their own
        self._current: tuple[int, tuple[Decision, ...]] = (-1, ())
        self._open = True
        self._store = Store(Path(folder) / "decisions.sqlite", _tool(), timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def __repr__(self) -> str:
        with self._lock:
            rows = tuple(self._store.rows)
        return f"DecisionLog({len(rows)} decisions, {len(current_of(rows))} in force)"

    @property
    def path(self) -> Path:
        """The file of the log."""
        return self._store.path

    @property
    def who(self) -> str:
        """The person whose decisions are entered here."""
        return self._who

    @property
    def writable(self) -> bool:
        """Whether the file and its folder let us write."""
        return self._store.writable

    @property
    def history(self) -> tuple[Decision, ...]:
        """Every decision and every undo ever, of every program, in their order."""
        with self._lock:
            if self._open:
                self._store.refresh()
            return tuple(self._store.rows)

    @property
    def current(self) -> tuple[Decision, ...]:
        """What stands: not taken back, the last word on each subject, in their order."""
        with self._lock:
            history = self.history
            if self._current[0] != len(history):  # the log only grows
                self._current = (len(history), current_of(history))
            return self._current[1]

    def append(self, decision: Decision) -> Decision:
        """Keep a decision; returns it with its number, person and time once it is on disk."""
        return self.append_all([decision])[0]

    def append_all(
        self, decisions: Iterable[Decision], *, after: int | None = None
    ) -> tuple[Decision, ...]:
        """Keep several decisions, all or none.

        `after` is how many entries `history` had when the decisions were made from it.
        If it has others by now, `LogMovedError`: read it and decide again.
        """
        with self._adding() as add:
            self._refuse_if_moved(after)
            return tuple(add(self._filled(decision)) for decision in decisions)

    def decide(
        self,
        left_id: str,
        right_id: str,
        verdict: Verdict | str,
        *,
        seen: Mapping[str, str] | None = None,
        note: str = "",
    ) -> Decision:
        """Keep what was decided about two records: same, different, unsure or split.

        `seen` is what `seen_of(left, right)` gives for the two in this order. Another
        word than before is refused, like an undo, once it is done in the target system.
        """
        word = Verdict(verdict)
        if word not in PAIR_VERDICTS:
            msg = tr("this says nothing about two records")
            raise DecisionError(msg, value=word, expected=", ".join(sorted(PAIR_VERDICTS)))
        Pair.of(left_id, right_id)  # two different ids
        given = Decision((left_id, right_id), word, dict(seen or {}), note=note)
        with self._adding() as add:
            return add(self._filled(given))

    def undo(self, seq: int, *, note: str = "") -> Decision:
        """Take a decision or an undo back; refused once it is done in the target system.

        Refused also for what is no opinion: a number or a round that was sent to the
        target, and a file that was received.
        """
        with self._adding() as add:
            target = next((row for row in self._store.rows if row.seq == seq), None)
            key = target.key if target else (str(seq),)
            return add(self._filled(Decision(key, Verdict.UNDO, {}, {UNDOES: str(seq)}, note)))

    def export(self, path: Path | str) -> None:
        """Write the whole history as JSON lines."""
        write_jsonl(Path(path), self.history)

    def replay(self, decisions: Iterable[Decision]) -> int:
        """Keep those decisions of another log that are not in this one; says how many.

        Person and time stay as they were; an undo takes back the same decision here.
        Left out is what says something about the other folder only: files received,
        rounds, work orders done, numbers that its rounds gave, and every undo of these.
        A number that a person decided comes without its round. What takes back or
        contradicts something done here stops the replay, and nothing of it is kept.
        """
        with self._adding() as add:
            replay = Replay(self._store.rows)
            return sum(replay.keep(theirs, add, self._filled) for theirs in decisions)

    def close(self) -> None:
        """Let go of the file; the history read so far stays readable."""
        with self._lock:
            self._open = False
            self._store.close()

    @contextmanager
    def _adding(self) -> Iterator[Callable[[Decision], Decision]]:
        """Hold the log and give what adds a decision, unless something done speaks against.

        Every way into the log goes through here, a replay too: to pass over one decision
        of another log would leave its person believing that it counts, so a person has to
        take the tick back here, or the decision there.
        """
        with self._lock:
            if not self._open:
                raise DecisionError(tr("the decision log is closed"), file=self.path)
            with self._store.adding() as insert:

                def add(decision: Decision) -> Decision:
                    self._refuse_what_cannot_be(decision)
                    return insert(decision)

                yield add

    def _refuse_what_cannot_be(self, decision: Decision) -> None:
        rows = self._store.rows
        if decision.verdict is Verdict.UNDO:
            _refuse_undo(decision, rows, self.path)
        elif decision.key in self._store.keys:  # nearly always not, and then it is quick
            earlier = changes_of(decision, rows)
            if earlier is not None:
                _refuse_what_is_done(earlier, rows, self.path)

    def _refuse_if_moved(self, after: int | None) -> None:
        """Compare under the lock of the file: nobody can add between this and our own."""
        found = len(self._store.rows)
        if after is not None and after != found:
            msg = tr("the decision log has changed since it was read; look again")
            expected = trn("{n} entry", "{n} entries", after)
            raise LogMovedError(msg, file=self.path, value=found, expected=expected)

    def _filled(self, decision: Decision) -> Decision:
        """Give the decision as it will stand in the log, but for its number."""
        decision = _ordered(decision)
        who = decision.who or self._who
        when = decision.when or self._clock().astimezone().isoformat(timespec="milliseconds")
        if not decision.key:
            raise DecisionError(tr("this decision is about nothing"), value=decision.verdict)
        try:
            "".join((decision.note, who, when)).encode()
        except UnicodeEncodeError:
            msg = tr("the text holds half a character and cannot be kept")
            raise DecisionError(msg, value=ascii(decision.note)) from None
        return replace(decision, who=who, when=when, seq=0)


def _ordered(decision: Decision) -> Decision:
    """Put the smaller id of a pair first, and what was seen with it."""
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


def _refuse_undo(undo: Decision, history: Sequence[Decision], path: Path) -> None:
    number = undone_by(undo)
    target = next((d for d in history if d.seq == number), None)
    if target is None:
        raise DecisionError(tr("there is no such decision"), file=path, value=number)
    if target.seq in taken_back(history):
        raise UndoRefusedError(
            tr("decision {seq} is taken back already", seq=target.seq), file=path
        )
    _refuse_what_went_out(target, history, path)
    _refuse_what_is_done(target, history, path)


def _refuse_what_went_out(target: Decision, history: Sequence[Decision], path: Path) -> None:
    """Keep facts: a number taken back after its upload would be free for another client."""
    fact = fact_lost_by_undoing(target, history)
    if fact is None:
        return
    if fact.verdict is Verdict.RECEIVED:
        msg = tr(
            "decision {seq} says that a file was received; that cannot be taken back",
            seq=fact.seq,
        )
    else:
        msg = tr(
            "decision {seq} was sent to the target in round {n};"
            " what was sent cannot be taken back here",
            seq=fact.seq,
            n=fact.value.get(ROUND, ""),
        )
    raise UndoRefusedError(msg, file=path)


def _refuse_what_is_done(target: Decision, history: Sequence[Decision], path: Path) -> None:
    done = blocker_of(target, history)
    if done is not None:
        msg = tr(
            "decision {seq} was carried out in the target system ({who}, {when});"
            " what is done there cannot be taken back here",
            seq=target.seq,
            who=done.who,
            when=done.when,
        )
        raise UndoRefusedError(msg, file=path)


def _now() -> datetime:
    return datetime.now(UTC)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a machine that knows no users
        return ""


def _tool() -> str:
    try:
        return f"custclean {version('custclean')}"
    except PackageNotFoundError:
        return "custclean"
