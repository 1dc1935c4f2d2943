"""A disk that is really full: at every amount of room all is well, or nothing was done."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.decisions.faults.owndisk import on_own_disk
from tests.decisions.faults.test_schema import OLDER, STEPS

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.fault(2)

ROOM = """
import json, os, shutil, sys
from pathlib import Path
from custclean.decisions import DecisionLog, migration
from custclean.errors import DecisionError
from custclean.model import Decision, Verdict

disk, page = Path(sys.argv[1]), 4096
ballast, log_file = disk / "ballast", disk / "p" / "decisions.sqlite"

def leave(pages):
    ballast.unlink(missing_ok=True)
    free = os.statvfs(disk)
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, (free.f_bavail - pages) * page)

def left():
    return sorted(path.name for path in (disk / "p").iterdir())

def refused(work):
    try:
        work()
    except DecisionError as error:
        return str(error)

def tried(work, look, most=60):
    "Try with more and more room; give what was said, and what was there, each time."
    found = []
    for pages in range(most):
        leave(pages)
        found.append((refused(work), look()))
        if not found[-1][0]:
            return found
"""
CREATE = """
(disk / "p").mkdir()
print(json.dumps(tried(lambda: DecisionLog(disk / "p", who="ann").close(), left)))
"""
DECIDE = """
log = DecisionLog(disk / "p", who="ann")
told, found, count = [log.decide("a", "b", "same").seq], [], 0

def act():
    global count
    count += 1
    if count % 3 == 0:
        step = [Decision((f"s{count}-{i}",), Verdict.KEEP, note="n" * 700) for i in range(5)]
        told.extend(each.seq for each in log.append_step(step))
    elif count % 3 == 1:
        told.append(log.decide("a", f"b{count}", "same", note="n" * 900).seq)
    else:
        told.append(log.undo(told[-1]).seq)

for pages in range(15):
    leave(pages)
    while not (said := refused(act)):
        pass
    with DecisionLog(disk / "p") as other:
        found.append((said, told == [each.seq for each in log.history], left(),
                      log.history == other.history))
    ballast.unlink()
    act()
print(json.dumps([found, len(told)]))
"""
EXPORT = """
log = DecisionLog(disk / "p", who="ann")
target = disk / "p" / "export.jsonl"
log.decide("a", "b", "same")
log.export(target)
old = target.read_bytes()
log.append_all([Decision((f"s{i}",), Verdict.KEEP, note="n" * 900) for i in range(30)])
found = tried(lambda: log.export(target), lambda: (left(), target.read_bytes() == old))
print(json.dumps([found, len(target.read_bytes().splitlines())]))
"""
MIGRATE = (
    f"""
migration.STEPS = {STEPS!r}
"""
    """
(disk / "p").mkdir()
shutil.copyfile(sys.argv[2], log_file)
old = log_file.read_bytes()
found = tried(
    lambda: DecisionLog(disk / "p").close(),
    lambda: (left(), log_file.read_bytes() == old,
             all(path.read_bytes() == old for path in log_file.parent.glob("*.schema0"))),
    most=200)
print(json.dumps([found, len(DecisionLog(disk / "p").history)]))
"""
)
LOG = "decisions.sqlite"


def said(found: list) -> list[str]:
    return [message for message, *_ in found]


def test_a_log_is_made_whole_or_not_at_all_and_is_made_once_there_is_room(
    tmp_path: Path,
) -> None:
    found = json.loads(on_own_disk(ROOM + CREATE, tmp_path, size="1m"))
    *failed, (message, names) = found
    assert (message, names) == (None, [LOG])
    assert len(failed) > 3
    assert all("free space" in each for each in said(failed))
    assert [names for _, names in failed] == [[]] * len(failed)


def test_what_finds_no_room_is_not_there_and_what_was_acknowledged_is(tmp_path: Path) -> None:
    found, count = json.loads(on_own_disk(ROOM + DECIDE, tmp_path, size="1m"))
    assert count > 40
    for message, as_told, names, on_disk in found:
        assert "free space" in message
        assert (as_told, names, on_disk) == (True, [LOG], True)


def test_an_export_without_room_leaves_the_old_one(tmp_path: Path) -> None:
    found, lines = json.loads(on_own_disk(ROOM + EXPORT, tmp_path, size="1m"))
    *failed, (message, (names, is_old)) = found
    assert (message, names, is_old, lines) == (None, [LOG, "export.jsonl"], False, 31)
    assert len(failed) > 5
    for message, (names, is_old) in failed:
        assert "free space" in message
        assert (names, is_old) == ([LOG, "export.jsonl"], True)


def test_a_log_is_brought_up_to_date_once_there_is_room_for_its_copy(
    tmp_path: Path, full: Path
) -> None:
    with closing(sqlite3.connect(full)) as db:
        db.executescript(OLDER.replace("3000", "30"))
    (tmp_path / "disk").mkdir()
    output = on_own_disk(ROOM + MIGRATE, tmp_path / "disk", full, size="4m")
    found, decisions = json.loads(output)
    *failed, (message, (names, is_old, copies)) = found
    assert decisions == 40
    assert (message, is_old, copies) == (None, False, True)
    assert names == [LOG, f"{LOG}.schema0"]
    assert len(failed) > 5
    for message, (names, is_old, copies) in failed:
        assert "free space" in message
        assert (is_old, copies) == (True, True)
        assert set(names) <= {LOG, f"{LOG}.schema0"}
