"""Any sequence of decisions, undos, reopenings and visitors gives what a plain list gives."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from custclean.decisions import DecisionLog
from custclean.errors import UndoRefusedError
from custclean.model import Decision, Verdict

RECORDS = st.sampled_from("abc")
PAIRS = st.sampled_from([("a", "b"), ("b", "c"), ("c", "a")])


class LogMachine(RuleBasedStateMachine):
    """The log beside a list of (key, verdict, what it takes back)."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.plain: list[tuple[tuple[str, ...], str, int]] = []
        self.log = self.open("ann")

    def open(self, who: str) -> DecisionLog:
        clock = datetime(2026, 1, 1, tzinfo=UTC)
        return DecisionLog(self.folder.name, who=who, clock=lambda: clock)

    @rule(pair=PAIRS, word=st.sampled_from(["same", "different", "unsure", "split"]))
    def decide(self, pair: tuple[str, str], word: str) -> None:
        self.log.decide(*pair, word)
        self.plain.append((tuple(sorted(pair)), word, 0))

    @rule(record=RECORDS, word=st.sampled_from([Verdict.SET_ASIDE, Verdict.KEEP]))
    def judge(self, record: str, word: Verdict) -> None:
        self.log.append(Decision((record,), word))
        self.plain.append(((record,), word.value, 0))

    @rule(record=RECORDS)
    def visit(self, record: str) -> None:
        with self.open("bo") as other:
            other.append(Decision((record,), Verdict.KEEP))
        self.plain.append(((record,), "keep", 0))

    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        if not self.plain:
            return
        seq = data.draw(st.integers(1, len(self.plain)))
        if self.counts(seq):
            self.log.undo(seq)
            self.plain.append((self.plain[seq - 1][0], "undo", seq))
        else:
            with pytest.raises(UndoRefusedError):
                self.log.undo(seq)

    @rule()
    def reopen(self) -> None:
        self.log.close()
        self.log = self.open("ann")

    @rule()
    def replay_into_another(self) -> None:
        with tempfile.TemporaryDirectory() as folder, DecisionLog(folder, who="x") as other:
            assert other.replay(self.log.history) == len(self.plain)
            assert other.current == self.log.current

    def counts(self, seq: int) -> bool:
        later = enumerate(self.plain[seq:], seq + 1)
        return not any(
            target == seq and self.counts(number) for number, (_, _, target) in later
        )

    @invariant()
    def the_log_holds_what_the_list_holds(self) -> None:
        history = [(d.key, d.verdict.value) for d in self.log.history]
        assert history == [(key, word) for key, word, _ in self.plain]
        last: dict[tuple[str, ...], int] = {}
        for seq, (key, word, _) in enumerate(self.plain, 1):
            if word != "undo" and self.counts(seq):
                last[key] = seq  # keys of pairs and of records differ, so they are subjects
        assert [d.seq for d in self.log.current] == sorted(last.values())

    def teardown(self) -> None:
        if hasattr(self, "log"):
            self.log.close()
            self.folder.cleanup()


TestLog = pytest.mark.slow(LogMachine.TestCase)
TestLog.settings = settings(max_examples=30, stateful_step_count=30, deadline=None)
