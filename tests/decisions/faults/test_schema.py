"""Newer logs are left alone; older ones are brought up to date after a copy, or not at all."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from contextlib import closing
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from custclean.decisions import DecisionLog, migration, rows
from custclean.errors import DecisionError, LogDamagedError, SchemaError
from tests.decisions.faults.acting import opened, raw
from tests.nursery import Nursery

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.fault(8)

# An invented schema 0: it had no table `head`, and a table that is of no use any more.
OLDER = """
DROP TABLE head;
CREATE TABLE notes (text TEXT);
INSERT INTO notes WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3000)
    SELECT hex(randomblob(100)) FROM n;
PRAGMA user_version = 0;
"""
SPILLING = "CREATE TABLE more (x); INSERT INTO more SELECT hex(randomblob(90000));"
STEPS = {
    0: (
        "CREATE TABLE head (seq INTEGER NOT NULL, chain TEXT NOT NULL) STRICT",
        "INSERT INTO head SELECT seq, chain FROM decision ORDER BY seq DESC LIMIT 1",
        "DELETE FROM notes",
        "DROP TABLE notes",
    )
}
MIGRATOR = f"""
import sys, time
from custclean.decisions import DecisionLog, migration

migration.STEPS = {STEPS!r}

def work(life, tell):
    tell("begun")
    start = time.monotonic()
    with DecisionLog(sys.argv[1]):
        tell(time.monotonic() - start)
    time.sleep(60)
"""


@pytest.fixture
def older(full: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    raw(full, OLDER)
    monkeypatch.setattr(migration, "STEPS", STEPS)
    return full


def sums(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def schema(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def test_a_newer_log_is_refused_and_left_as_it_is(full: Path) -> None:
    raw(full, "PRAGMA user_version = 2")
    before = full.read_bytes()
    with pytest.raises(SchemaError, match="newer"):
        opened(full)
    assert full.read_bytes() == before


@pytest.mark.parametrize("killed", [False, True], ids=["closed", "killed"])
def test_a_newer_log_of_another_journal_is_refused_and_left_as_it_is(
    full: Path, tmp_path: Path, killed: bool
) -> None:
    raw(full, "PRAGMA user_version = 2; PRAGMA journal_mode = WAL")
    newer = full.parent
    if killed:
        newer = tmp_path / "newer"
        with closing(sqlite3.connect(full)) as db:
            db.execute("CREATE TABLE more (x)")
            db.commit()
            shutil.copytree(full.parent, newer)  # as a kill leaves it: part of it is beside
        assert {path.name for path in newer.iterdir()} > {full.name, f"{full.name}-wal"}
    before = sums(newer)
    with pytest.raises(SchemaError, match="newer"):
        DecisionLog(newer, who="ann")
    assert sums(newer) == before


def test_a_log_that_was_on_its_way_to_a_newer_schema_is_still_ours(
    full: Path, tmp_path: Path
) -> None:
    """The journal beside it says that it never got there."""
    half = tmp_path / "half"
    with closing(sqlite3.connect(full, isolation_level=None)) as db:
        db.executescript("PRAGMA cache_size = 1; BEGIN; PRAGMA user_version = 2;" + SPILLING)
        shutil.copytree(full.parent, half)
        db.execute("COMMIT")
    shutil.copyfile(full, half / full.name)  # killed in the midst of the commit
    assert (half / full.name).read_bytes()[60:64] == b"\0\0\0\2"
    assert len(opened(half / full.name)) == 40


def test_a_word_that_this_version_does_not_know_is_refused_by_its_number(
    full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(rows._VERDICTS, "same")
    with pytest.raises(SchemaError, match="decision 1 "):
        opened(full)


def test_a_log_that_a_newer_version_took_over_meanwhile_is_written_no_more(
    full: Path,
) -> None:
    with DecisionLog(full.parent, who="ann") as log:
        raw(full, "ALTER TABLE decision ADD COLUMN new TEXT; PRAGMA user_version = 2")
        for _ in range(2):
            with pytest.raises(SchemaError, match="newer"):
                log.decide("x", "y", "same")


@pytest.mark.parametrize("umask", [0o000, 0o777], ids=oct)
def test_an_older_log_is_migrated_and_kept_beside_as_it_was(older: Path, umask: int) -> None:
    before = older.read_bytes()
    umask = os.umask(umask)
    history = opened(older)
    os.umask(umask)
    assert len(history) == 40
    assert schema(older) == 1
    copy = older.with_name("decisions.sqlite.schema0")
    assert copy.read_bytes() == before
    assert copy.stat().st_mode & 0o777 == 0o600
    assert opened(older) == history
    assert {path.name for path in older.parent.iterdir()} == {older.name, copy.name}
    with DecisionLog(older.parent, who="ann") as log:
        assert log.decide("x", "y", "same").seq == 41


def test_no_copy_is_written_over(older: Path) -> None:
    before = older.read_bytes()
    other = older.with_name("decisions.sqlite.schema0")
    other.write_bytes(b"of another day")
    opened(older)
    assert other.read_bytes() == b"of another day"
    assert older.with_name("decisions.sqlite.schema0-2").read_bytes() == before


@pytest.mark.parametrize(
    "last", ["UPDATE head SET seq = 39", "SELECT 1 FROM nowhere"], ids=["wrong", "broken"]
)
def test_a_migration_that_does_not_read_well_leaves_the_log_as_it_was(
    older: Path, monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    before = older.read_bytes()
    monkeypatch.setattr(migration, "STEPS", {0: (*STEPS[0], last)})
    with pytest.raises(LogDamagedError):
        opened(older)
    assert older.read_bytes() == before
    monkeypatch.setattr(migration, "STEPS", STEPS)
    assert len(opened(older)) == 40


def test_a_damaged_older_log_is_not_migrated(older: Path) -> None:
    older.write_bytes(older.read_bytes().replace(b"Because of 17.", b"Because of 18."))
    before = older.read_bytes()
    with pytest.raises(LogDamagedError, match="decision 18"):
        opened(older)
    assert older.read_bytes() == before


def test_without_room_for_the_copy_nothing_is_migrated(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = older.read_bytes()
    monkeypatch.setattr("custclean.decisions.migration.os.fsync", full_disk)
    with pytest.raises(DecisionError, match="No space"):
        opened(older)
    assert older.read_bytes() == before
    assert [path.name for path in older.parent.iterdir()] == [older.name]


def test_steps_go_one_after_the_other_and_none_may_be_missing(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migration, "SCHEMA", 3)
    monkeypatch.setattr("custclean.decisions.store.SCHEMA", 3)
    steps = {**STEPS, 1: ("CREATE TABLE one (x)",), 2: ("ALTER TABLE one RENAME TO two",)}
    monkeypatch.setattr(migration, "STEPS", {0: steps[0], 2: steps[2]})
    with pytest.raises(LogDamagedError):
        opened(older)
    monkeypatch.setattr(migration, "STEPS", steps)
    assert len(opened(older)) == 40
    assert schema(older) == 3


@pytest.mark.slow
def test_a_kill_while_migrating_leaves_the_old_or_the_new_log_whole(older: Path) -> None:
    before, chance, inside, states = older.read_bytes(), random.Random(8), 0, set()
    copy, takes = older.with_name("decisions.sqlite.schema0"), 0.0
    with Nursery(MIGRATOR, older.parent) as nursery:
        for life in range(40):
            whole = life % 8 == 0
            rest = 0.0 if whole else chance.random() * takes
            told = nursery.live(life, hear=2 if whole else 1, rest=rest)
            takes = float(told[1]) if whole else takes
            inside += older.with_name("decisions.sqlite-journal").exists()
            state = schema(older)  # and SQLite takes back what was half done
            states.add(state)
            assert state == 1 or told == ["begun"]
            if state == 0:
                assert older.read_bytes() == before
            assert not copy.exists() or copy.read_bytes() == before
            assert len(opened(older)) == 40
            for path in older.parent.iterdir():
                path.unlink()
            older.write_bytes(before)
    assert states == {0, 1}
    assert inside, "the kills must hit the migration, or they prove little"
