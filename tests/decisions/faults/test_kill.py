"""Killed at any moment: what was acknowledged is there, in order; files are whole."""

from __future__ import annotations

import random
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from custclean.decisions import DecisionLog
from custclean.decisions.files import transaction
from custclean.model import Decision, Verdict
from custclean.tables.writing import write_atomic
from tests.decisions.faults.acting import opened
from tests.nursery import Nursery

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

LIVES = 20  # on one log; then a new one, so that reading it again stays quick
DECIDER = """
import itertools, sys
from custclean.decisions import DecisionLog
from custclean.model import Decision, Verdict

def work(life, tell):
    with DecisionLog(f"{sys.argv[1]}/{life // 20}", who=f"life{life}", timeout=60) as log:
        for i in itertools.count():
            if i % 4 == 3:
                step = [Decision((f"{life}-{i}-{j}",), Verdict.KEEP) for j in range(3)]
                kept = log.append_step(step)
            elif i % 4 == 2:
                kept = [log.undo(kept[0].seq)]
            else:
                kept = [log.decide(f"a{i}", f"b{life}", "same", note="n" * 500)]
            tell(" ".join(f"{each.seq}:{each.verdict}:{each.who}" for each in kept))
"""
EXPORTER = """
import sys
from pathlib import Path
from custclean.decisions import DecisionLog
from custclean.tables.writing import write_atomic

def work(life, tell):
    tables = [Path(name).read_bytes() for name in sys.argv[4:]]
    with DecisionLog(sys.argv[1]) as old, DecisionLog(sys.argv[2]) as new:
        while True:
            for log, table in zip((new, old), tables):
                log.export(f"{sys.argv[3]}/decisions.jsonl")
                write_atomic(f"{sys.argv[3]}/table.csv", table)
                tell("written")
"""


@pytest.mark.slow
@pytest.mark.fault(1)
@pytest.mark.parametrize(
    "kills", [200, pytest.param(1_000, marks=pytest.mark.timing)], ids=["200", "1000"]
)
def test_every_acknowledged_decision_survives_a_kill_at_any_moment_in_order(
    tmp_path: Path, kills: int
) -> None:
    chance, inside, heard = random.Random(kills), 0, 0
    with Nursery(DECIDER, tmp_path) as nursery:
        for life in range(kills):
            told = nursery.live(life, hear=chance.randint(1, 4), rest=chance.random() * 0.01)
            folder = tmp_path / str(life // LIVES)
            inside += (folder / "decisions.sqlite-journal").exists()
            history = opened(folder / "decisions.sqlite")
            kept = [f"{each.seq}:{each.verdict}:{each.who}" for each in history]
            acknowledged = " ".join(told).split()
            first, last = (int(acknowledged[end].split(":")[0]) for end in (0, -1))
            assert [each.seq for each in history] == [*range(1, len(kept) + 1)]
            assert kept[first - 1 : last] == acknowledged
            heard += len(told)
            more = history[last:]
            assert len(more) in {0, 1, 3}, "one act is done and not yet told, at most"
            assert len({each.value.get("step") for each in more}) <= 1
    assert heard > 2 * kills
    assert inside > kills // 20, "the kills must hit open transactions, or they prove little"


@pytest.mark.slow
@pytest.mark.fault(7)
def test_whoever_is_killed_while_writing_a_file_leaves_the_old_or_the_new_one(
    tmp_path: Path,
) -> None:
    whole = {"decisions.jsonl": set[bytes](), "table.csv": set[bytes]()}
    for name in ("old", "new"):
        with DecisionLog(tmp_path / name, who="ann") as log:
            log.append_all(Decision((name,), Verdict.KEEP, note=name * 900) for _ in range(99))
            log.export(tmp_path / f"{name}.jsonl")
        whole["decisions.jsonl"].add((tmp_path / f"{name}.jsonl").read_bytes())
        data = f"{name},".encode() * 100_000
        whole["table.csv"].add(write_atomic(tmp_path / f"{name}.csv", data).read_bytes())
    out, chance, left, seen = tmp_path / "out", random.Random(7), 0, set()
    out.mkdir()
    arguments = [tmp_path / name for name in ("old", "new", "out", "new.csv", "old.csv")]
    with Nursery(EXPORTER, *arguments) as nursery:
        for life in range(40):
            nursery.live(life, hear=chance.randint(1, 2), rest=chance.random() * 0.01)
            for name, contents in whole.items():
                found = (out / name).read_bytes()
                assert found in contents, f"{name} is torn"
                seen.add((name, found))
            for path in set(out.iterdir()) - {out / name for name in whole}:
                left += 1
                path.unlink()
    assert len(seen) == 4
    assert left > 5, "the kills must hit the writing, or they prove little"


@pytest.mark.fault(1)
def test_an_interrupt_right_after_the_commit_does_not_hide_the_decision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def interrupted(db: sqlite3.Connection, kind: str) -> Iterator[None]:
        with transaction(db, kind):
            yield
        if kind == "IMMEDIATE":
            raise KeyboardInterrupt

    with DecisionLog(tmp_path, who="ann") as log:
        monkeypatch.setattr("custclean.decisions.store.transaction", interrupted)
        with pytest.raises(KeyboardInterrupt):
            log.decide("a", "b", "same")
        monkeypatch.undo()
        assert len(log.history) == 1
        assert log.decide("a", "b", "different").seq == 2
