"""The decision log of a project: what people decided, kept for good."""

from __future__ import annotations

import getpass
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Self

from custclean.decisions.entry import completed, id_of, verdict_of
from custclean.decisions.lines import write_jsonl
from custclean.decisions.refusal import refuse_what_cannot_be
from custclean.decisions.replay import Replay
from custclean.decisions.salvage import salvage
from custclean.decisions.standing import (
    PAIR_VERDICTS,
    UNDOES,
    step_of,
)
from custclean.decisions.store import Store
from custclean.decisions.tally import Tally
from custclean.errors import DecisionError, LogMovedError
from custclean.model import Decision, Verdict
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

__all__ = ["DecisionLog"]

FILE = "decisions.sqlite"


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
        self._tally = Tally()
        self._open = True
        self._store = Store(Path(folder) / FILE, _tool(), timeout, self._who)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def __repr__(self) -> str:
        with self._lock:
            count, in_force = len(self._store.rows), len(self._counted().current())
        return f"DecisionLog({count} decisions, {in_force} in force)"

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
            count = len(self.history)
            if self._current[0] != count:  # the log only grows
                self._current = (count, self._counted().current())
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
        given = list(decisions)  # before we lock: the caller's own code may take its time
        with self._adding() as add:
            self._refuse_if_moved(after)
            return tuple(add(self._filled(decision)) for decision in given)

    def append_step(
        self, decisions: Iterable[Decision], *, after: int | None = None
    ) -> tuple[Decision, ...]:
        """Keep decisions as one step, all or none; `undo_step` takes it back whole.

        `after` is as for `append_all`.
        """
        given = list(decisions)
        with self._adding() as add:
            self._refuse_if_moved(after)
            return self._step(add, given)

    def decide(
        self,
        left_id: str | int,
        right_id: str | int,
        verdict: Verdict | str,
        *,
        seen: Mapping[str, str] | None = None,
        note: str = "",
    ) -> Decision:
        """Keep what was decided about two records: same, different, unsure or split.

        `seen` is what `seen_of(left, right)` gives for the two in this order. Ids that are
        numbers are kept as their digits: the desk and the tables know them so. Another
        word than before is refused, like an undo, once it is done in the target system.
        """
        word = verdict_of(verdict)
        if word not in PAIR_VERDICTS:
            msg = tr("this says nothing about two records")
            raise DecisionError(msg, value=word, expected=", ".join(sorted(PAIR_VERDICTS)))
        given = Decision((id_of(left_id), id_of(right_id)), word, seen or {}, note=note)
        with self._adding() as add:
            return add(self._filled(given))

    def undo(self, seq: int, *, note: str = "") -> Decision:
        """Take a decision or an undo back; refused once it is done in the target system.

        Refused also for what is no opinion: a number or a round that was sent to the
        target, and a file that was received.
        """
        with self._adding() as add:
            return add(self._filled(_undo(self._key_of(seq), seq, note)))

    def undo_step(self, seq: int, *, note: str = "") -> tuple[Decision, ...]:
        """Take back, as one step, all that still counts of the step of a decision or undo.

        All of it or, where one of them is refused as `undo` would refuse it, nothing.
        """
        with self._adding() as add:
            tally = self._counted()
            if not tally.knows(seq):
                return (add(self._filled(_undo((str(seq),), seq, note))),)  # refused
            whole = step_of(self._store.rows[seq - 1], self._store.rows)
            seqs = [each.seq for each in whole if tally.counts(each.seq)] or [seq]
            return self._step(add, [_undo(self._key_of(each), each, note) for each in seqs])

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

        What is new here comes after all that is here, whenever it was said there: of two
        words on one pair theirs then counts, even if that of this log is younger. A
        decision that names no time is known here whatever time it has.
        """
        given = list(decisions)
        with self._adding() as add:
            replay = Replay(self._store.rows)
            return sum(replay.keep(theirs, add, self._filled) for theirs in given)

    @staticmethod
    def salvage(folder: Path | str, new_folder: Path | str) -> int:
        """Save a damaged log's decisions before the damage, as a log in a new folder.

        Says how many there are: whole, in order, with their numbers, persons and times.
        The damaged file is left as it is; nothing of the new folder is written over.
        """
        return salvage(Path(folder) / FILE, Path(new_folder) / FILE)

    def close(self) -> None:
        """Let go of the file; the history read so far stays readable."""
        with self._lock:
            self._open = False
            self._store.close()

    def _step(
        self, add: Callable[[Decision], Decision], decisions: Iterable[Decision]
    ) -> tuple[Decision, ...]:
        given, moment, step = list(decisions), self._moment(), ""
        if len(given) > 1:
            # kept as it is when the log is replayed into another, whose numbers differ
            step = f"{len(self._store.rows) + 1} {given[0].when or moment}"
        filled = [completed(decision, self._who, moment, step) for decision in given]
        return tuple(map(add, filled))

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
                    refuse_what_cannot_be(decision, self._counted(), self.path)
                    return insert(decision)

                yield add

    def _counted(self) -> Tally:
        self._tally.follow(self._store.rows)
        return self._tally

    def _key_of(self, seq: int) -> tuple[str, ...]:
        return self._store.rows[seq - 1].key if self._counted().knows(seq) else (str(seq),)

    def _refuse_if_moved(self, after: int | None) -> None:
        """Compare under the lock of the file: nobody can add between this and our own."""
        found = len(self._store.rows)
        if after is not None and after != found:
            msg = tr("the decision log has changed since it was read; look again")
            expected = trn("{n} entry", "{n} entries", after)
            raise LogMovedError(msg, file=self.path, value=found, expected=expected)

    def _filled(self, decision: Decision) -> Decision:
        return completed(decision, self._who, self._moment())

    def _moment(self) -> str:
        return self._clock().astimezone().isoformat(timespec="milliseconds")


def _undo(key: tuple[str, ...], seq: int, note: str) -> Decision:
    return Decision(key, Verdict.UNDO, {}, {UNDOES: str(seq)}, note)


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
