"""A long log is as quick as a short one."""

from __future__ import annotations

import itertools
import sys
import time
from typing import TYPE_CHECKING, Any, Self

import pytest

from custclean.decisions import DecisionLog, seen_of
from custclean.model import Decision, Verdict
from tests.decisions.faults.acting import opened
from tests.ending import must_end

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import FrameType

pytestmark = pytest.mark.fault(15)
LONG = 20_000


def seconds(work: Callable[[], object], times: int) -> float:
    """Give the CPU time of one run, the middle of several."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return sorted(taken)[times // 2]


def filled(folder: Path, count: int) -> Path:
    """Make a log of so many decisions, a hundred carried out, the last thousand a step."""
    row = {"email": "ann@example.com", "city": "Roma"}
    seen = seen_of(row, row)
    with must_end(), DecisionLog(folder, who="ann") as log:
        log.append_all(
            Decision((f"a{i}", f"b{i}"), Verdict.SAME, seen) for i in range(count - 1_100)
        )
        log.append_all(Decision((f"a{i}", f"b{i}"), Verdict.DONE) for i in range(100))
        log.append_step(
            Decision((f"s{i}", f"s{i + 1:04}"), Verdict.SAME, seen) for i in range(1_000)
        )
    return log.path


def test_a_step_of_a_thousand_is_taken_back_without_reading_the_log_a_thousand_times(
    tmp_path: Path,
) -> None:
    with DecisionLog(filled(tmp_path, 6_000).parent, who="ann") as log:
        assert len(log.history) == 6_000
        with must_end(4.0):  # it takes 0.1 s; reading it all for each took 38
            back = log.undo_step(6_000)
        assert len(back) == 1_000
        assert len(log.current) == 5_000


class Counted:
    """How much work something is: steps of SQLite, and lines of ours that are run."""

    def __init__(self, log: DecisionLog) -> None:
        db = log._store._db
        assert db is not None
        self._db, self.steps, self.lines, self.read = db, 0, 0, list[str]()

    def __enter__(self) -> Self:
        self._db.set_progress_handler(self._step, 1)
        self._db.set_trace_callback(self.read.append)
        self._before = sys.gettrace()  # that of who measures what the tests run
        sys.settrace(self._line)
        return self

    def __exit__(self, *exc: object) -> None:
        sys.settrace(self._before)
        self._db.set_trace_callback(None)
        self._db.set_progress_handler(None, 0)

    def _step(self) -> int:
        self.steps += 1
        return 0

    def _line(self, frame: FrameType, event: str, _: object) -> Callable[..., Any]:
        self.lines += event == "line"
        return self._line

    @property
    def work(self) -> tuple[int, int, int]:
        return self.steps, self.lines, len(self.read)


def works(log: DecisionLog) -> dict[str, tuple[int, int, int]]:
    """Do everything that one key on the desk does to the log, and count the work."""
    acts: dict[str, Callable[[], object]] = {
        "decide": lambda: log.decide("x", "y", "same"),
        "decide otherwise": lambda: log.decide("x", "y", "different"),
        "undo": lambda: log.undo(len(log._store.rows)),
        "undo of the undo": lambda: log.undo(len(log._store.rows)),
        "undo of an early one": lambda: log.undo(150),
        "undo of a step of one": lambda: log.undo_step(151),
        "append": lambda: log.append(Decision(("x",), Verdict.KEEP)),
        "a tick": lambda: log.append(Decision(("x",), Verdict.DONE)),
    }
    assert log.current  # all that there is was read and counted
    found = {}
    for name, act in acts.items():
        with Counted(log) as counted:
            act()
        found[name] = counted.work
    return found


@pytest.mark.slow
def test_a_decision_or_an_undo_is_as_much_work_in_a_long_log_as_in_a_short_one(
    tmp_path: Path,
) -> None:
    with DecisionLog(filled(tmp_path / "short", 1_300).parent, who="ann") as short:
        few = works(short)
    with DecisionLog(filled(tmp_path / "long", LONG).parent, who="ann") as long:
        many = works(long)
        assert len(long.history) == LONG + len(many)
    for name, (steps, lines, read) in many.items():
        assert 10 < steps <= 1.2 * few[name][0], name
        assert 50 < lines <= 1.2 * few[name][1], name
        assert read == few[name][2], name


@pytest.mark.timing
def test_a_decision_in_a_long_log_takes_milliseconds_and_opening_it_a_second(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long = filled(tmp_path, LONG)
    row = {"email": "ann@example.com", "city": "Roma"}
    seen, taken = seen_of(row, row), []
    with DecisionLog(long.parent, who="ann") as log:
        assert log.current
        for i in range(500):
            start = time.perf_counter()
            log.decide("x", f"y{i}", "same", seen=seen)
            taken.append(time.perf_counter() - start)
            assert log.current[-1].key == ("x", f"y{i}")
    taken.sort()
    opening = seconds(lambda: opened(long), 5)
    with DecisionLog(long.parent, who="ann") as log:
        assert log.current
        back = []
        for i in range(500):
            start = time.perf_counter()
            log.undo(LONG + 1 + i)
            back.append(time.perf_counter() - start)
            assert len(log.current) == LONG + 499 - i
        back.sort()
        step = [seconds(lambda: log.undo_step(log.history[-1].seq), 1) for _ in range(3)]
        thousand = seconds(lambda: log.undo_step(LONG), 1)
    with capsys.disabled():
        print(
            f"\n{LONG} decisions: one more p50 {taken[250] * 1e3:.1f} ms,"
            f" p99 {taken[494] * 1e3:.1f} ms; one undo p99 {back[494] * 1e3:.1f} ms;"
            f" opening {opening:.2f} s;"
            f" undo of one {max(step) * 1e3:.1f} ms, of a thousand {thousand:.2f} s"
        )
    assert max(taken[494], back[494]) < 0.050
    assert opening < 1.0
    assert thousand < 0.5


@pytest.mark.timing
def test_a_long_log_is_as_quick_as_a_short_one(tmp_path: Path) -> None:
    row = {"email": "ann@example.com", "city": "Roma"}
    seen, count = seen_of(row, row), itertools.count()
    many = [Decision((f"a{i}", f"b{i}"), Verdict.SAME, seen) for i in range(20_000)]
    with DecisionLog(tmp_path, who="ann") as log:

        def one() -> None:
            log.decide("x", f"y{next(count)}", "same", seen=seen)

        short = seconds(one, 100)
        log.append_all(many[:4_900])
        few = seconds(lambda: opened(log.path), 3)
        log.append_all(many[4_900:])
        assert seconds(one, 100) < 3 * short + 0.002
        lots = seconds(lambda: opened(log.path), 3)
    assert lots < 8 * few  # four times the decisions; on a quiet machine 0.7 s
    assert lots < 3.0
