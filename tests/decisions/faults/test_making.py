"""A log is made whole or not at all: killed, without power, and by several at once."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from custclean.decisions import DecisionLog
from custclean.decisions.files import create
from custclean.decisions.store import lay_out
from custclean.disk import UNFINISHED
from custclean.errors import DecisionError
from tests.decisions.faults.acting import opened, python
from tests.decisions.faults.cutdisk import after_every_cut
from tests.decisions.faults.powercut import recording
from tests.nursery import Nursery

if TYPE_CHECKING:
    from pathlib import Path

LOG = "decisions.sqlite"
MAKER = """
import sys, time
from pathlib import Path
from custclean.decisions import DecisionLog
from tests.decisions.faults.powercut import Fuse, recording

def work(life, tell):
    folder = Path(sys.argv[1]) / str(life)
    with recording(folder, Fuse(life)):
        if sys.argv[2]:
            DecisionLog.salvage(sys.argv[2], folder)
        else:
            DecisionLog(folder, who="ann").close()
    tell("made")
    time.sleep(60)
"""
MAKERS = """
import multiprocessing, os, sys, time
from custclean.decisions import DecisionLog, store

folder, links, count = sys.argv[1], sys.argv[2] == "links", 4
fork = multiprocessing.get_context("fork")
all_have_laid_out, lay_out, rename = fork.Barrier(count), store.lay_out, os.rename

def no_link(*_, **__):
    raise PermissionError(1, "this drive has no links")

def work(number):
    def together(db):
        lay_out(db)
        all_have_laid_out.wait(60)

    def late(*names):
        time.sleep(number / 10)  # the one before has decided by then
        rename(*names)

    store.lay_out = together
    if not links:
        os.link, os.rename = no_link, late
    with DecisionLog(folder, who=f"p{number}", timeout=60) as log:
        log.decide("a", f"b{number}", "same")

programs = [fork.Process(target=work, args=(number,)) for number in range(count)]
for program in programs:
    program.start()
for program in programs:
    program.join()
print([program.exitcode for program in programs])
"""


@pytest.fixture
def broken(full: Path) -> Path:
    """Give the folder of a log that is damaged at its 18th decision."""
    full.write_bytes(full.read_bytes().replace(b"Because of 17.", b"Because of 18."))
    return full.parent


@pytest.fixture(params=["links", "no links"])
def links(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make the drive one with or without hard links."""

    def no_link(*_: object, **__: object) -> None:
        raise PermissionError(1, "this drive has no links")

    if request.param == "no links":
        monkeypatch.setattr(os, "link", no_link)
    return str(request.param)


def age(folder: Path) -> list[str]:
    """Make everything in a folder days old; name all but the log."""
    for path in folder.iterdir():
        os.utime(path, (1, 1))
    return [path.name for path in folder.iterdir() if path.name != LOG]


@pytest.mark.slow
@pytest.mark.fault(1)
@pytest.mark.fault(7)
@pytest.mark.parametrize("rows", [0, 17], ids=["made", "saved"])
def test_killed_at_any_moment_the_log_is_whole_or_absent_and_what_is_left_does_no_harm(
    tmp_path: Path, broken: Path, rows: int
) -> None:
    states = list[bool]()
    with Nursery(MAKER, tmp_path, broken if rows else "") as nursery:
        for life in range(500):
            told = nursery.live(life, hear=1)
            folder = tmp_path / str(life)
            folder.mkdir(exist_ok=True)
            states.append((folder / LOG).exists())
            assert all(path.name.startswith((LOG, UNFINISHED)) for path in folder.iterdir())
            with DecisionLog(folder, who="bo") as log:
                assert len(log.history) == (rows if states[-1] else 0)
                log.decide("x", "y", "same")
                assert len(log.history) == 1 + (rows if states[-1] else 0)
            age(folder)
            assert len(opened(folder / LOG)) == 1 + (rows if states[-1] else 0)
            assert [path.name for path in folder.iterdir()] == [LOG]
            if told:
                break
    assert told
    assert states == sorted(states)
    assert states.count(False) > 7
    assert states.count(True) > 2


@pytest.mark.fault(1)
def test_what_may_still_be_in_work_is_left_and_what_is_a_day_old_goes(full: Path) -> None:
    names = (".custclean-a1.tmp", ".custclean-a1.tmp-journal", ".custclean-c3.tmp")
    others = (f".{LOG}.icloud", f".{LOG}.swp", ".custclean-notes")  # who knows whose
    for name in (*names, *others):
        full.with_name(name).write_bytes(b"half")
    place = full.with_name(".custclean-b2.tmp")
    place.mkdir()
    place.joinpath(LOG).write_bytes(b"half")
    opened(full)
    held = {LOG, place.name, *names, *others}
    assert {path.name for path in full.parent.iterdir()} == held
    age(full.parent)
    mine, link = full.with_name("mine.sqlite"), full.with_name(".custclean-d4.tmp")
    mine.write_bytes(b"mine")
    link.symlink_to(mine)
    os.utime(link, (1, 1), follow_symlinks=False)
    opened(full)
    assert {path.name for path in full.parent.iterdir()} == {LOG, mine.name, *others}


@pytest.mark.slow
@pytest.mark.fault(9)
def test_after_a_power_cut_the_log_is_whole_or_absent_and_there_once_it_was_made(
    tmp_path: Path,
) -> None:
    with recording(tmp_path / "log") as events:
        DecisionLog(tmp_path / "log", who="ann").close()
    assert_whole_or_absent(tmp_path / "disk", events, 0)


@pytest.mark.slow
@pytest.mark.fault(9)
def test_after_a_power_cut_what_was_saved_is_whole_or_absent_and_there_once_it_was_said(
    tmp_path: Path, broken: Path
) -> None:
    (tmp_path / "new").mkdir()
    with recording(tmp_path / "new") as events:
        assert DecisionLog.salvage(broken, tmp_path / "new") == 17
    assert_whole_or_absent(tmp_path / "disk", events, 17)


def assert_whole_or_absent(images: Path, events: list, rows: int) -> None:
    found = dict[bool, int]()
    for cut in after_every_cut({}, events, images, seed=rows, times=4):
        there = (images / LOG).exists()
        found[there] = found.get(there, 0) + 1
        assert there or cut < len(events), "it was said to be there"
        if there:
            assert len(opened(images / LOG)) == rows
    assert min(found[True], found[False]) > 20


@pytest.mark.fault(3)
def test_a_log_that_came_while_ours_was_made_is_the_one_that_stays(
    tmp_path: Path, links: str
) -> None:
    path = tmp_path / LOG

    def slowly(db: sqlite3.Connection) -> None:
        lay_out(db)
        with DecisionLog(tmp_path, who="bo") as other:
            other.decide("a", "b", "same")

    assert not create(path, slowly), links
    assert [decision.who for decision in opened(path)] == ["bo"]
    assert [each.name for each in tmp_path.iterdir()] == [LOG]
    path.unlink()
    assert create(path, lay_out)
    assert opened(path) == ()
    assert [each.name for each in tmp_path.iterdir()] == [LOG]


@pytest.mark.fault(3)
@pytest.mark.parametrize("drive", ["links", "no links"])
def test_several_programs_that_make_the_log_at_once_all_write_to_one(
    tmp_path: Path, drive: str
) -> None:
    output, _ = python(MAKERS, tmp_path, drive).communicate(timeout=120)
    assert output == "[0, 0, 0, 0]\n"
    assert {decision.who for decision in opened(tmp_path / LOG)} == {"p0", "p1", "p2", "p3"}
    assert [path.name for path in tmp_path.iterdir()] == [LOG]


@pytest.mark.fault(3)
def test_nothing_is_said_to_be_saved_where_another_log_came_meanwhile(
    tmp_path: Path, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = tmp_path / "new"
    own = os.link

    def late(*names: Path, **more: object) -> None:
        monkeypatch.setattr(os, "link", own)
        with DecisionLog(new, who="bo") as other:
            other.decide("a", "b", "same")
        own(*names)

    monkeypatch.setattr(os, "link", late)
    with pytest.raises(DecisionError, match="already"):
        DecisionLog.salvage(broken, new)
    assert len(opened(new / LOG)) == 1


@pytest.mark.fault(2)
@pytest.mark.parametrize("call", ["chmod", "link", "fsync"])
def test_a_drive_that_fails_while_the_log_is_made_is_an_error_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    folder = tmp_path / "new"
    folder.mkdir()
    monkeypatch.setattr(os, call, fails)
    monkeypatch.setattr(os, "rename", fails)
    with pytest.raises(DecisionError, match="cannot be made here"):
        DecisionLog(folder, who="ann")
    monkeypatch.undo()
    assert [path.name for path in folder.iterdir() if path.name != LOG] == []
    assert opened(folder / LOG) == ()


@pytest.mark.fault(9)
@pytest.mark.fault(14)
@pytest.mark.parametrize("promise", ["journal_mode", "synchronous"])
def test_a_drive_that_does_not_keep_its_promises_is_refused(
    full: Path, monkeypatch: pytest.MonkeyPatch, promise: str
) -> None:
    before = full.read_bytes()
    in_memory = sqlite3.connect(":memory:")  # it has no other journal than its memory
    with closing(sqlite3.connect(full)) as db:
        db.backup(in_memory)

    def deaf(path: Path, timeout: float, *, writable: bool) -> sqlite3.Connection:
        if promise == "journal_mode":
            return in_memory
        db = sqlite3.connect(path, timeout=timeout, isolation_level=None)
        db.set_authorizer(_deaf_to_synchronous)
        return db

    monkeypatch.setattr("custclean.decisions.store.connect", deaf)
    with pytest.raises(DecisionError, match="safely on this drive"):
        DecisionLog(full.parent, who="ann")
    assert full.read_bytes() == before
    assert [path.name for path in full.parent.iterdir()] == [full.name]
    in_memory.close()


def _deaf_to_synchronous(action: int, name: str | None, value: str | None, *_: object) -> int:
    asked = action == sqlite3.SQLITE_PRAGMA and name == "synchronous" and value is not None
    return sqlite3.SQLITE_IGNORE if asked else sqlite3.SQLITE_OK
