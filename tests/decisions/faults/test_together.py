"""Two notebooks, two programs, two machines: none loses, and who waits is told for whom."""

from __future__ import annotations

import os
import platform
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from custclean.decisions import DecisionLog
from custclean.errors import LogBusyError
from tests.decisions.faults.acting import opened, python, raw

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WRITER = """
import os, signal, sys, time
from custclean.decisions import DecisionLog
from custclean.model import Decision, Verdict

folder, name, count, lead = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:])
signal.alarm(100)  # whom the other has left alone
with DecisionLog(folder, who=name, timeout=60) as log:
    os.write(1, b"open\\n")
    sys.stdin.readline()  # both have opened it before either writes
    for i in range(count):
        while i - sum(each.who != name for each in log.history) >= lead:
            time.sleep(0.001)  # neither gets far ahead
        kept = log.append(Decision((f"{name}-{i}",), Verdict.KEEP, note="n" * 500))
        os.write(1, f"{kept.seq} {kept.key[0]}\\n".encode())
"""
GIVER = """
import os, sys
from custclean.decisions import DecisionLog
from custclean.errors import LogMovedError
from custclean.model import Decision, Verdict

folder, record = sys.argv[1:]
with DecisionLog(folder, who=record, timeout=60) as log:
    history = log.history
    number = {"number": str(len(history) + 1)}
    os.write(1, b"read\\n")
    sys.stdin.readline()  # both have read before either writes
    try:
        log.append_all([Decision((record,), Verdict.NUMBER, value=number)], after=len(history))
        print("kept")
    except LogMovedError:
        print("moved")
"""
HOLDER = """
import os, sys
from datetime import UTC, datetime
from custclean.decisions import DecisionLog
from custclean.model import Decision, Verdict

asked = []

def clock():
    asked.append("")
    if len(asked) == 2:
        os.write(1, b"held\\n")
        sys.stdin.readline()
    return datetime.now(UTC)

with DecisionLog(sys.argv[1], who="bo", clock=clock) as log:
    log.append_all([Decision(("a",), Verdict.KEEP), Decision(("b",), Verdict.KEEP)])
"""


def _let_go(programs: list[subprocess.Popen[str]]) -> list[subprocess.Popen[str]]:
    """Let go on those that wait for a line."""
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    return programs


@pytest.mark.fault(3)
@pytest.mark.slow
def test_two_programs_at_once_lose_nothing(tmp_path: Path) -> None:
    count, lead = 150, 10
    writers = [
        python(WRITER, tmp_path, name, count, lead, stdin=subprocess.PIPE)
        for name in ("one", "two")
    ]
    assert [writer.stdout and writer.stdout.readline() for writer in writers] == ["open\n"] * 2
    outputs = [writer.communicate(timeout=120)[0] for writer in _let_go(writers)]
    history = opened(tmp_path / "decisions.sqlite")
    assert [d.seq for d in history] == list(range(1, 2 * count + 1))
    turns = sum(one.who != other.who for one, other in pairwise(history))
    assert turns >= count // lead - 1, "they must write at once, or they prove little"
    for name, output in zip(("one", "two"), outputs, strict=True):
        assert [f"{d.seq} {d.key[0]}" for d in history if d.who == name] == output.splitlines()


@pytest.mark.fault(3)
def test_two_programs_cannot_give_one_number_twice(tmp_path: Path) -> None:
    givers = [python(GIVER, tmp_path, record, stdin=subprocess.PIPE) for record in "ab"]
    assert [giver.stdout and giver.stdout.readline() for giver in givers] == ["read\n"] * 2
    said = sorted(giver.communicate(timeout=60)[0] for giver in _let_go(givers))
    assert said == ["kept\n", "moved\n"]
    history = opened(tmp_path / "decisions.sqlite")
    assert [d.value["number"] for d in history] == ["1"]


@pytest.mark.fault(3)
@pytest.mark.fault(14)
def test_a_second_writer_is_told_who_holds_the_log_and_writes_when_that_one_is_killed(
    full: Path,
) -> None:
    holder = python(HOLDER, full.parent, stdin=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with DecisionLog(full.parent, who="ann", timeout=0.05) as log:
        assert len(log.history) == 40, "reading goes on meanwhile"
        with pytest.raises(LogBusyError) as caught:
            log.decide("x", "y", "same")
        assert f"bo ({platform.node()}, process {holder.pid})" in str(caught.value)
        holder.kill()
        holder.communicate()
        assert log.decide("x", "y", "same").seq == 41
    assert [path.name for path in full.parent.iterdir()] == [full.name]


@pytest.mark.fault(14)
def test_a_log_held_by_another_kind_of_program_is_said_without_a_name(full: Path) -> None:
    with (
        DecisionLog(full.parent, who="ann", timeout=0.05) as log,
        closing(sqlite3.connect(full, isolation_level=None)) as other,
    ):
        log.decide("x", "y", "same")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LogBusyError, match="somebody else holds"):
            log.decide("x", "y", "same")
        assert len(log.history) == 41
        other.execute("ROLLBACK")
        assert log.decide("x", "y", "same").seq == 42


@pytest.mark.fault(14)
@pytest.mark.parametrize(
    "lie",
    [
        lambda note: note.mkdir(),
        os.mkfifo,
        lambda note: note.symlink_to(note.with_name("precious")),
        lambda note: note.write_bytes(b"\xff{"),
        lambda note: note.write_text('{"who": 1}', encoding="utf-8"),
    ],
    ids=["folder", "pipe", "link", "noise", "half"],
)
def test_whatever_lies_where_the_note_should_be_nothing_fails_or_waits(
    full: Path, lie: Callable[[Path], object]
) -> None:
    precious = full.with_name("precious")
    precious.write_text("mine", encoding="utf-8")
    note = full.with_name(f"{full.name}-holder")
    lie(note)
    with (
        DecisionLog(full.parent, who="ann", timeout=0.05) as log,
        closing(sqlite3.connect(full, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LogBusyError, match="somebody else holds"):
            log.decide("x", "y", "same")
        other.execute("ROLLBACK")
        assert log.decide("x", "y", "same").seq == 41
    assert precious.read_text(encoding="utf-8") == "mine"


@pytest.mark.fault(14)
def test_the_note_of_one_who_came_meanwhile_stays(full: Path) -> None:
    note = full.with_name(f"{full.name}-holder")

    def clock() -> datetime:
        note.write_text('{"who": "bo", "host": "pc", "process": "7"}', encoding="utf-8")
        return datetime.now(UTC)

    with DecisionLog(full.parent, who="ann", clock=clock) as log:
        log.decide("x", "y", "same")
    assert "bo" in note.read_text(encoding="utf-8")


@pytest.mark.fault(14)
def test_a_log_that_was_put_into_wal_mode_is_brought_back(full: Path) -> None:
    """Its shared memory does not work on a network drive."""
    before = opened(full)
    raw(full, "PRAGMA journal_mode = WAL")
    assert full.read_bytes()[18:20] == b"\2\2"
    assert opened(full) == before
    assert full.read_bytes()[18:20] == b"\1\1"
    assert [path.name for path in full.parent.iterdir()] == [full.name]
