"""Power loss: what was acknowledged had reached the disk, by SQLite's own calls."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from custclean.decisions import DecisionLog, migration, store
from custclean.model import Decision, Verdict
from tests.decisions.faults.acting import opened, raw
from tests.decisions.faults.cutdisk import after_every_cut
from tests.decisions.faults.powercut import recording
from tests.decisions.faults.test_schema import OLDER, STEPS, schema

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

LOG = "decisions.sqlite"
# The kernel itself answers EIO to whoever wants something on the disk (a filter of seccomp).
BROKEN_DISK = """
import ctypes, json, platform, struct, sys
from custclean.decisions import DecisionLog
from custclean.errors import DecisionError

SYNC = {"x86_64": (74, 75), "aarch64": (82, 83)}[platform.machine()]
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | 5  # EIO
steps = [(0x20, 0, 0, 0)]  # the number of the call
steps += [(0x15, 1 + len(SYNC) - i - 1, 0, number) for i, number in enumerate(SYNC)]
steps += [(0x06, 0, 0, ALLOW), (0x06, 0, 0, REFUSE)]

class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]

log = DecisionLog(sys.argv[1], who="ann")
kept = log.decide("a", "b", "same").seq
code = b"".join(struct.pack("HBBI", *step) for step in steps)
program = Program(len(steps), code)
libc = ctypes.CDLL(None, use_errno=True)
assert libc.prctl(38, 1, 0, 0, 0) == 0
assert libc.prctl(22, 2, ctypes.byref(program), 0, 0) == 0
try:
    log.decide("c", "d", "same")
    said = "acknowledged"
except DecisionError as error:
    said = str(error)
print(json.dumps([kept, len(log.history), said]))
"""


def decide(log: DecisionLog, events: list) -> None:
    """Decide in every way; what is acknowledged is among the events."""

    def told(*kept: Decision) -> None:
        events.append(("acknowledged", "", kept[-1].seq, b""))

    for i in range(3):
        told(log.decide("a", f"b{i}", "same", note="n" * 300))
    told(*log.append_step(Decision((f"c{i}",), Verdict.KEEP) for i in range(40)))
    told(log.undo(2))


def lost(folder: Path, images: Path) -> list[int]:
    """Give, for each disk that a cut while deciding can leave, how many decisions it lost."""
    with DecisionLog(folder, who="ann") as log:
        log.decide("x", "y", "different")
    before = {LOG: log.path.read_bytes()}
    with recording(folder) as events, DecisionLog(folder, who="ann") as log:
        decide(log, events)
        whole = log.history
    missing = []
    for cut in after_every_cut(before, events, images, seed=9):
        acknowledged = [seq for what, _, seq, _ in events[:cut] if what == "acknowledged"]
        with DecisionLog(images, who="ann") as log:
            found = log.history
        assert found == whole[: len(found)]
        assert len(found) not in range(5, 44), "a step is there whole or not at all"
        missing.append(max(acknowledged, default=1) - len(found))
    assert len(missing) > 200
    return missing


@pytest.mark.slow
@pytest.mark.fault(9)
def test_whatever_a_power_cut_leaves_holds_every_acknowledged_decision(tmp_path: Path) -> None:
    assert max(lost(tmp_path / "log", tmp_path / "disk")) == 0


@pytest.mark.slow
@pytest.mark.fault(9)
def test_a_power_cut_would_cost_a_decision_without_the_last_sync_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It shows that the test above can fail, and why the log asks for EXTRA."""
    monkeypatch.setattr(
        store, "keep_promises", lambda db, _: db.execute("PRAGMA synchronous = FULL")
    )
    assert max(lost(tmp_path / "log", tmp_path / "disk")) > 0


@pytest.mark.slow
@pytest.mark.fault(8)
@pytest.mark.fault(9)
def test_after_a_power_cut_a_log_is_the_older_one_or_the_new_one_and_its_copy(
    full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw(full, OLDER.replace("3000", "30"))
    monkeypatch.setattr(migration, "STEPS", STEPS)
    older, images, states = full.read_bytes(), full.parent.with_name("disk"), []
    with recording(full.parent) as events:
        assert len(opened(full)) == 40
    for cut in after_every_cut({LOG: older}, events, images, seed=8, times=3):
        states.append(schema(images / LOG))
        if states[-1] == 1:
            assert (images / f"{LOG}.schema0").read_bytes() == older
        else:
            assert (images / LOG).read_bytes() == older
            assert cut < len(events)
        assert len(opened(images / LOG)) == 40
    assert min(states.count(0), states.count(1)) > 4


@pytest.mark.fault(7)
@pytest.mark.fault(9)
@pytest.mark.parametrize("old", [b"", b"old"], ids=["first", "again"])
def test_after_a_power_cut_an_export_is_the_old_or_the_new_one_whole(
    full: Path, old: bytes
) -> None:
    out = full.parent.with_name("out")
    out.mkdir()
    name, images, found = "export.jsonl", full.parent.with_name("disk"), set()
    before = {name: old} if old else {}
    if old:
        (out / name).write_bytes(old)
    with DecisionLog(full.parent, who="ann") as log, recording(out) as events:
        log.export(out / name)
    for cut in after_every_cut(before, events, images, seed=7, times=10):
        path = images / name
        found.add(path.read_bytes() if path.exists() else b"")
        assert cut < len(events) or path.read_bytes() == (out / name).read_bytes()
    assert found == {old, (out / name).read_bytes()}


@pytest.mark.fault(9)
@pytest.mark.skipif(platform.machine() not in {"x86_64", "aarch64"}, reason="numbers of calls")
@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone filters calls")
def test_what_the_disk_does_not_confirm_is_not_acknowledged(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-c", BROKEN_DISK, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path.cwd(),
    )
    kept, in_memory, said = json.loads(result.stdout)
    assert (kept, in_memory) == (1, 1)
    assert "cannot be used" in said
    with DecisionLog(tmp_path) as log:
        assert len(log.history) == 1


@pytest.mark.fault(9)
@pytest.mark.fault(14)
def test_the_connection_that_writes_keeps_a_rollback_journal_and_syncs_all(
    tmp_path: Path,
) -> None:
    def asked(db: sqlite3.Connection) -> Iterator[object]:
        for name in ("journal_mode", "synchronous", "locking_mode"):
            yield db.execute(f"PRAGMA {name}").fetchone()[0]

    with DecisionLog(tmp_path, who="ann") as log:
        log.decide("a", "b", "same")
        db = log._store._db
        assert db is not None
        assert [*asked(db)] == ["delete", 3, "normal"]
