"""Whatever happens to machine, disk or file: nothing acknowledged is lost or altered."""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from custclean.decisions import DecisionLog, seen_of, store
from custclean.errors import DecisionError, LogBusyError, LogDamagedError, SchemaError
from custclean.model import Decision, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WRITER = """
import os, sys
from custclean.decisions import DecisionLog
from custclean.model import Decision, Verdict

folder, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
with DecisionLog(folder, who=name, timeout=60) as log:
    for i in range(count):
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
SMALL_DISK = """
import json, resource, signal, sys
from custclean.decisions import DecisionLog
from custclean.errors import DecisionError

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
free = resource.getrlimit(resource.RLIMIT_FSIZE)
log, acknowledged, message = DecisionLog(sys.argv[1], who="ann"), 0, ""
resource.setrlimit(resource.RLIMIT_FSIZE, (64_000, free[1]))
try:
    for i in range(1000):
        acknowledged = log.decide("a", f"b{i}", "same", note="n" * 900).seq
except DecisionError as error:
    message = str(error)
in_memory = len(log.history)
resource.setrlimit(resource.RLIMIT_FSIZE, free)
later = log.decide("a", "z", "same").seq
print(json.dumps([acknowledged, in_memory, later, message]))
"""
READ_ONLY = """
import json, os, sys
from custclean.decisions import DecisionLog
from custclean.errors import DecisionError

with DecisionLog(sys.argv[1]):
    pass  # everything is imported before the rights to read it are gone
if os.getuid() == 0:
    os.setuid(65534)  # root may write everywhere
result = []
for folder in sys.argv[2:]:
    with DecisionLog(folder, who="ann") as log:
        try:
            log.decide("a", "b", "different")
            result.append("wrote")
        except DecisionError as error:
            result.append([len(log.history), log.writable, str(error)])
print(json.dumps(result))
"""


def python(code: str, *arguments: object, stdin: int | None = None) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(
        command, stdin=stdin, stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    )


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """Give a log with forty decisions, closed."""
    row = {"email": "ann@example.com"}
    with DecisionLog(tmp_path / "full", who="ann") as log:
        for i in range(40):
            log.decide("a", f"b{i}", "same", seen=seen_of(row, row), note=f"Because of {i}.")
    return log.path


def opened(path: Path) -> tuple[Decision, ...]:
    with DecisionLog(path.parent, who="ann") as log:
        return log.history


def raw(path: Path, script: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.executescript(script)


@pytest.mark.slow
def test_every_acknowledged_decision_survives_fifty_kills_in_order(tmp_path: Path) -> None:
    chance, told, inside = random.Random(50), [], 0
    for life in range(50):
        writer = python(WRITER, tmp_path, f"life{life}", 100_000)
        assert writer.stdout is not None
        told += [writer.stdout.readline() for _ in range(chance.randint(1, 9))]
        time.sleep(chance.random() * 0.01)
        writer.send_signal(signal.SIGKILL)
        told += writer.stdout.readlines()
        writer.wait()
        writer.stdout.close()
        inside += (tmp_path / "decisions.sqlite-journal").exists()
        kept = {d.seq: d.key[0] for d in opened(tmp_path / "decisions.sqlite")}
        assert list(kept) == list(range(1, len(kept) + 1))
        acknowledged = [line.split() for line in told if line.endswith("\n")]
        assert all(kept[int(seq)] == name for seq, name in acknowledged)
    assert len(told) > 200
    assert inside > 5, "the kills must hit open transactions, or they prove little"


@pytest.mark.slow
def test_two_programs_at_once_lose_nothing(tmp_path: Path) -> None:
    writers = [python(WRITER, tmp_path, name, 150) for name in ("one", "two")]
    outputs = [writer.communicate(timeout=120)[0] for writer in writers]
    history = opened(tmp_path / "decisions.sqlite")
    assert [d.seq for d in history] == list(range(1, 301))
    for name, output in zip(("one", "two"), outputs, strict=True):
        assert [f"{d.seq} {d.key[0]}" for d in history if d.who == name] == output.splitlines()


def test_two_programs_cannot_give_one_number_twice(tmp_path: Path) -> None:
    givers = [python(GIVER, tmp_path, record, stdin=subprocess.PIPE) for record in "ab"]
    assert [giver.stdout and giver.stdout.readline() for giver in givers] == ["read\n"] * 2
    for giver in givers:
        assert giver.stdin is not None
        giver.stdin.write("go\n")
        giver.stdin.flush()
    said = sorted(giver.communicate(timeout=60)[0] for giver in givers)
    assert said == ["kept\n", "moved\n"]
    history = opened(tmp_path / "decisions.sqlite")
    assert [d.value["number"] for d in history] == ["1"]


def test_one_flipped_letter_is_refused_by_the_number_of_its_decision(full: Path) -> None:
    damaged = full.read_bytes().replace(b"Because of 17.", b"Because of 18.")
    full.write_bytes(damaged)
    with pytest.raises(LogDamagedError, match="decision 18"):
        opened(full)
    assert full.read_bytes() == damaged


def test_any_flipped_bit_is_refused_or_harms_nothing(full: Path) -> None:
    whole, before, chance, refused = full.read_bytes(), opened(full), random.Random(3), 0
    for _ in range(250):
        place, bit = chance.randrange(len(whole)), 1 << chance.randrange(8)
        damaged = bytearray(whole)
        damaged[place] ^= bit
        full.write_bytes(damaged)
        try:
            assert opened(full) == before
        except (DecisionError, SchemaError):
            refused += 1
            assert full.read_bytes() == bytes(damaged)
        for side in ("-journal", "-wal", "-shm"):
            full.with_name(full.name + side).unlink(missing_ok=True)
    assert refused > 100


@pytest.mark.parametrize("size", [0, 50, 4096, 20_000])
def test_a_cut_file_is_refused(full: Path, size: int) -> None:
    full.write_bytes(full.read_bytes()[:size])
    with pytest.raises(DecisionError):
        opened(full)
    assert full.stat().st_size == size


@pytest.mark.parametrize(
    "script",
    [
        "DROP TRIGGER decision_is_never_removed; DELETE FROM decision WHERE seq = 40",
        "DROP TRIGGER decision_is_never_removed; DELETE FROM decision WHERE seq = 3",
        "DROP TRIGGER decision_is_never_removed; DELETE FROM decision",
        "DROP TRIGGER decision_is_never_changed; UPDATE decision SET who = 'x' WHERE seq = 2",
        "INSERT INTO decision VALUES (41, '[]', 'keep', '{}', '{}', '', '', '', '', '', '')",
        "DELETE FROM head",
        "DROP TABLE decision",
        "PRAGMA user_version = 0",
        "PRAGMA application_id = 0",
    ],
)
def test_what_was_changed_behind_our_back_is_refused(full: Path, script: str) -> None:
    raw(full, script)
    with pytest.raises(LogDamagedError):
        opened(full)


@pytest.mark.parametrize("verb", ["DELETE FROM decision", "UPDATE decision SET who = 'x'"])
def test_the_file_itself_refuses_changes(full: Path, verb: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never"):
        raw(full, verb)


def test_a_newer_log_is_refused_and_left_as_it_is(full: Path) -> None:
    raw(full, "PRAGMA user_version = 2")
    before = full.read_bytes()
    with pytest.raises(SchemaError, match="newer"):
        opened(full)
    assert full.read_bytes() == before


def test_a_word_that_this_version_does_not_know_is_refused_by_its_number(
    full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(store._VERDICTS, "same")
    with pytest.raises(SchemaError, match="decision 1 "):
        opened(full)


def test_a_log_held_by_somebody_else_says_so_and_works_later(full: Path) -> None:
    with (
        DecisionLog(full.parent, who="ann", timeout=0.05) as log,
        closing(sqlite3.connect(full, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LogBusyError):
            log.decide("x", "y", "same")
        assert len(log.history) == 40
        other.execute("ROLLBACK")
        assert log.decide("x", "y", "same").seq == 41


def test_a_full_disk_is_said_and_costs_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    output, _ = python(SMALL_DISK, tmp_path).communicate(timeout=60)
    acknowledged, in_memory, later, message = json.loads(output)
    assert acknowledged > 5
    assert in_memory == acknowledged
    assert later == acknowledged + 1
    assert "free space" in message
    assert len(opened(tmp_path / "decisions.sqlite")) == later


@pytest.fixture
def public() -> Iterator[Path]:
    """Give a folder that another user can reach."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for path in folder.iterdir():
        path.chmod(0o755)
    shutil.rmtree(folder)


def test_a_read_only_folder_is_read_and_nothing_is_written_elsewhere(public: Path) -> None:
    filled, empty = public / "filled", public / "empty"
    with DecisionLog(filled, who="ann") as log:
        log.decide("a", "b", "same")
    empty.mkdir()
    log.path.chmod(0o444)
    filled.chmod(0o555)
    empty.chmod(0o555)
    output, _ = python(READ_ONLY, public / "warm", filled, empty).communicate(timeout=60)
    (seen, *rest), (none, *more) = json.loads(output)
    assert (seen, none) == (1, 0)
    assert [rest[0], more[0]] == [False, False]
    assert "read-only" in rest[1]
    assert "read-only" in more[1]
    assert [p.name for p in filled.iterdir()] == ["decisions.sqlite"]
    assert list(empty.iterdir()) == []


def test_a_file_where_the_folder_should_be_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DecisionError, match="folder"):
        DecisionLog(tmp_path / "file", who="ann")


def test_the_log_is_for_its_owner_under_any_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with DecisionLog(tmp_path / "new", who="ann") as log:
            log.decide("a", "b", "same")
        assert [p.stat().st_mode & 0o777 for p in (log.path, log.path.parent)] == [
            0o600,
            0o700,
        ]
    finally:
        os.umask(before)


def test_an_interrupt_right_after_the_commit_does_not_hide_the_decision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = store._transaction

    @contextmanager
    def interrupted(db: sqlite3.Connection, kind: str) -> Iterator[None]:
        with whole(db, kind):
            yield
        if kind == "IMMEDIATE":
            raise KeyboardInterrupt

    with DecisionLog(tmp_path, who="ann") as log:
        monkeypatch.setattr(store, "_transaction", interrupted)
        with pytest.raises(KeyboardInterrupt):
            log.decide("a", "b", "same")
        monkeypatch.undo()
        assert len(log.history) == 1
        assert log.decide("a", "b", "different").seq == 2


def seconds(work: Callable[[], object], times: int) -> float:
    """Give the CPU time of one run, the middle of several."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return sorted(taken)[times // 2]


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
