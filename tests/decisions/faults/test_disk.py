"""The disk is full, the folder is read-only, the umask lets everybody in."""

from __future__ import annotations

import json
import os
import stat
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from custclean.decisions import DecisionLog
from custclean.errors import DecisionError
from custclean.model import Decision, Verdict
from tests.decisions.faults.acting import opened, python

if TYPE_CHECKING:
    from pathlib import Path

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


@pytest.mark.fault(2)
def test_a_full_disk_is_said_and_costs_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    output, _ = python(SMALL_DISK, tmp_path).communicate(timeout=60)
    acknowledged, in_memory, later, message = json.loads(output)
    assert acknowledged > 5
    assert in_memory == acknowledged
    assert later == acknowledged + 1
    assert "free space" in message
    assert len(opened(tmp_path / "decisions.sqlite")) == later


@pytest.mark.fault(6)
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


@pytest.mark.fault(6)
def test_a_file_where_the_folder_should_be_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DecisionError, match="folder"):
        DecisionLog(tmp_path / "file", who="ann")


@pytest.mark.fault(10)
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o777], ids=oct)
def test_log_journal_note_and_exports_are_for_their_owner_under_any_umask(
    tmp_path: Path, umask: int
) -> None:
    new, seen = tmp_path / "new", dict[str, int]()

    def modes(folder: Path) -> dict[str, int]:
        return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}

    def clock() -> datetime:
        seen.update(modes(new))
        return datetime.now(UTC)

    before = os.umask(umask)
    try:
        with DecisionLog(new, who="ann", clock=clock) as log:
            log.append_all([Decision(("a",), Verdict.KEEP), Decision(("b",), Verdict.KEEP)])
            log.export(new / "decisions.jsonl")
        DecisionLog.salvage(new, tmp_path / "saved")
    finally:
        os.umask(before)
    name = "decisions.sqlite"
    assert seen == dict.fromkeys((name, f"{name}-journal", f"{name}-holder"), 0o600)
    assert modes(new) == {name: 0o600, "decisions.jsonl": 0o600}
    assert modes(tmp_path / "saved") == {name: 0o600}
    assert modes(tmp_path) == {"new": 0o700, "saved": 0o700}
