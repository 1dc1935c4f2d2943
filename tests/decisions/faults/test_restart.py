"""The kernel dies in the middle of a queue: the next one goes on where it stopped."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import polars as pl
import pytest

from custclean.decisions import DecisionLog
from custclean.model import FIELDS, Decision, Verdict
from custclean.stages.review import ReviewSession
from tests.nursery import Nursery

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [f"r{i:02}" for i in range(60)]
REVIEWER = """
import sys
from pathlib import Path
from custclean.decisions import DecisionLog
from tests.decisions.faults.test_restart import act, session_on

def work(life, tell):
    with DecisionLog(Path(sys.argv[1])) as log:
        session = session_on(log)
        while session.current is not None:
            act(session)
            tell(len(log.history))
"""


def session_on(log: DecisionLog) -> ReviewSession:
    rows = [{"record_id": name, "display_name": f"Client {name}"} for name in NAMES]
    table = pl.DataFrame(rows, schema=dict.fromkeys(FIELDS["customers"], pl.String))
    pairs = pl.DataFrame({"left_id": NAMES[:-1], "right_id": NAMES[1:]})
    return ReviewSession(table, pairs, log, groups=False)


def act(session: ReviewSession) -> None:
    """Do what comes next: it depends on nothing but how much was done."""
    done = len(session.log.history)
    if done % 7 == 6:
        session.undo()
    else:
        session.decide(("same", "different", "unsure")[done % 3])


def state(session: ReviewSession) -> tuple[object, ...]:
    card = session.current
    return card and (card.left_id, card.right_id), dict(session.counts), session.waiting


@pytest.mark.fault(11)
def test_who_had_gone_elsewhere_goes_on_there(tmp_path: Path) -> None:
    with DecisionLog(tmp_path, who="ann") as log:
        session = session_on(log)
        session.goto(4)
        session.decide("same")
        session.goto(2)
        session.decide("different")
        assert session_on(log).position == session.position == 3
        session.undo()
        assert session_on(log).position == session.position == 2
        with DecisionLog(tmp_path, who="bo") as other:
            assert session_on(other).position == 0
        log.append(Decision(("a file",), Verdict.RECEIVED))
        assert session_on(log).position == 0


@pytest.mark.slow
@pytest.mark.fault(11)
def test_after_a_kill_counts_and_the_next_pair_are_as_before(tmp_path: Path) -> None:
    with DecisionLog(tmp_path / "plain", who="ann") as log:
        plain = session_on(log)
        states = [state(plain)]
        while plain.current is not None and len(states) < 60:
            act(plain)
            states.append(state(plain))
    chance, kept = random.Random(11), 0
    with Nursery(REVIEWER, tmp_path / "killed") as nursery:
        for life in range(8):
            told = nursery.live(life, hear=chance.randint(1, 3), rest=chance.random() * 0.004)
            with DecisionLog(tmp_path / "killed", who="ann") as log:
                assert len(log.history) - int(told[-1]) in {0, 1}
                kept = len(log.history)
                if kept < len(states):
                    assert state(session_on(log)) == states[kept]
    assert kept > 15
