"""Damage: a log is read as it was written, or refused; never fewer or other decisions."""

from __future__ import annotations

import os
import random
import sqlite3
from typing import TYPE_CHECKING

import pytest

from custclean.decisions import DecisionLog
from custclean.errors import DecisionError, LogDamagedError, SchemaError
from custclean.model import Decision, Verdict
from tests.decisions.faults.acting import opened, raw

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.fault(4)


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


def test_of_a_damaged_log_all_that_stands_before_the_damage_can_be_saved(
    full: Path, tmp_path: Path
) -> None:
    before = opened(full)
    damaged = full.read_bytes().replace(b"Because of 17.", b"Because of 18.")
    full.write_bytes(damaged)
    with pytest.raises(LogDamagedError, match="salvage"):
        opened(full)
    assert DecisionLog.salvage(full.parent, tmp_path / "saved") == 17
    with DecisionLog(tmp_path / "saved", who="bo") as saved:
        assert saved.history == before[:17]
        assert saved.decide("x", "y", "same").seq == 18
    assert full.read_bytes() == damaged
    assert [path.name for path in full.parent.iterdir()] == [full.name]
    assert [path.name for path in (tmp_path / "saved").iterdir()] == [full.name]


def test_what_is_saved_is_never_other_than_the_beginning_of_the_log(
    full: Path, tmp_path: Path
) -> None:
    whole, before, chance, counts = full.read_bytes(), opened(full), random.Random(8), set()
    for attempt in range(40):
        damaged = bytearray(whole)
        place = chance.randrange(4096, len(whole))  # behind the list of tables
        damaged[place : place + 40] = chance.randbytes(40)
        full.write_bytes(damaged)
        new = tmp_path / str(attempt)
        try:
            count = DecisionLog.salvage(full.parent, new)
            assert opened(new / full.name) == before[:count]
            counts.add(count)
        except LogDamagedError:
            assert not (new / full.name).exists()
    assert len(counts) > 5


def test_a_log_of_which_nothing_can_be_read_is_refused_again(
    full: Path, tmp_path: Path
) -> None:
    full.write_bytes(os.urandom(9_000))
    with pytest.raises(LogDamagedError):
        DecisionLog.salvage(full.parent, tmp_path / "saved")
    assert list((tmp_path / "saved").iterdir()) == []


def test_saving_writes_over_no_other_log(full: Path, tmp_path: Path) -> None:
    with DecisionLog(tmp_path / "other", who="bo") as other:
        other.append(Decision(("a",), Verdict.KEEP))
    for folder in (tmp_path / "other", full.parent):
        before = (folder / full.name).read_bytes()
        with pytest.raises(DecisionError, match="already"):
            DecisionLog.salvage(full.parent, folder)
        assert (folder / full.name).read_bytes() == before
    with pytest.raises(DecisionError, match="no decision log"):
        DecisionLog.salvage(tmp_path, tmp_path / "third")


def test_a_decision_begun_when_the_program_was_killed_is_not_saved_as_one(
    full: Path, tmp_path: Path
) -> None:
    """A journal beside the damaged file says how it was before the last decision began."""
    with DecisionLog(full.parent, who="ann") as log, log._store.adding() as add:
        add(Decision(("z",), Verdict.KEEP, note="n" * 9_000))
        half = {path.name: path.read_bytes() for path in full.parent.iterdir()}
    assert f"{full.name}-journal" in half
    broken = tmp_path / "broken"
    broken.mkdir()
    for name, data in half.items():
        (broken / name).write_bytes(data)
    assert DecisionLog.salvage(broken, tmp_path / "saved") == 40
