"""What the log takes it gives back: what it could not is refused on the way in."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pytest

from custclean.decisions import DecisionLog, current_of
from custclean.decisions.standing import PAIR_VERDICTS
from custclean.decisions.store import Store
from custclean.errors import DecisionError
from custclean.model import Decision, Verdict
from custclean.stages.review.session import ReviewSession

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture
def log(tmp_path: Path) -> DecisionLog:
    return DecisionLog(tmp_path, who="ann", clock=lambda: NOON)


def put(log: DecisionLog, decision: Decision) -> None:
    """Enter it as an older version did, which refused less."""
    with (
        closing(Store(log.path, "older", timeout=5)) as store,
        store.adding() as insert,
    ):
        insert(decision)


@pytest.mark.parametrize("word", sorted(PAIR_VERDICTS))
def test_a_record_is_no_pair_with_itself_whatever_way_it_comes(
    log: DecisionLog, word: Verdict
) -> None:
    itself = Decision(("a", "a"), word)
    for enter in (log.append_all, log.append_step, log.replay):
        with pytest.raises(DecisionError, match="two records: 'a'"):
            enter([itself])
    with pytest.raises(DecisionError, match="two records"):
        log.decide("a", "a", word)
    with pytest.raises(DecisionError, match="two records"):
        log.decide(1, "1", word)
    assert log.history == ()


@pytest.mark.parametrize("word", sorted(PAIR_VERDICTS))
def test_a_pair_of_one_record_that_an_older_version_kept_says_nothing(
    log: DecisionLog, word: Verdict
) -> None:
    first = log.decide("a", "b", "same")
    put(log, Decision(("a", "a"), word, who="ann", when=NOON.isoformat()))
    assert list(log.current) == [first]
    assert current_of(log.history) == log.current
    table = pl.DataFrame({"record_id": ["a", "b"], "email": ["x@example.com"] * 2})
    session = ReviewSession(table, pl.DataFrame({"left_id": "a", "right_id": "b"}), log)
    assert session.undo() == first
    assert session.undo() is None
    log.undo(2)
    assert not log.current


def test_records_that_are_counted_are_found_again_by_their_number(log: DecisionLog) -> None:
    numpys: Any = np.int64(7)
    kept = [log.decide(10, 9, "same"), log.append(Decision((numpys,), Verdict.KEEP))]
    assert [decision.key for decision in kept] == [("10", "9"), ("7",)]
    with DecisionLog(log.path.parent) as again:
        assert list(again.history) == kept
        session = ReviewSession(
            pl.DataFrame({"record_id": [9, 10]}),
            pl.DataFrame({"left_id": [9], "right_id": [10]}),
            again,
        )
        assert session.counts["same"] == 1


@pytest.mark.parametrize(
    "given",
    [
        {"key": "abc"},
        {"key": None},
        {"key": (None,)},
        {"key": (True,)},
        {"key": (np.True_,)},
        {"key": (1.0,)},
        {"key": (b"a",)},
        {"seen": {"email": 1}},
        {"seen": {1: "email"}},
        {"seen": None},
        {"value": {"number": 7}},
        {"value": ["number"]},
        {"note": None},
        {"who": 7},
        {"when": "yesterday"},
        {"when": "2026-02-30T12:00:00+00:00"},
        {"when": "0001-01-01"},
        {"when": NOON},
    ],
    ids=str,
)
def test_what_could_not_be_given_back_is_refused_by_its_name(
    log: DecisionLog, given: dict[str, Any]
) -> None:
    whole: dict[str, Any] = {"key": ("a",), "verdict": Verdict.KEEP}
    (name,) = given
    for enter in (log.append_all, log.append_step, log.replay):
        with pytest.raises(DecisionError, match=f"{name} is missing or wrong"):
            enter([Decision(**whole | given)])
    assert log.history == ()


@pytest.mark.parametrize(
    "given",
    [
        {"key": ("a\udcff",)},
        {"seen": {"email": "a\udcff"}},
        {"value": {"a\udcff": ""}},
        {"note": "a\udcff"},
        {"who": "a\udcff"},
        {"when": "2026-03-01\udcff12:00"},
    ],
    ids=ascii,
)
def test_half_a_character_is_refused_wherever_it_stands(
    log: DecisionLog, given: dict[str, Any]
) -> None:
    whole: dict[str, Any] = {"key": ("ü",), "verdict": Verdict.KEEP, "note": "?"}
    with pytest.raises(DecisionError, match=r"half a character.*\\udcff"):
        log.append(Decision(**whole | given))
    log.export(log.path.with_name("d.jsonl"))
    assert log.history == ()


def test_what_the_caller_changes_later_stays_in_the_log_as_it_was(log: DecisionLog) -> None:
    seen = {"email": "1:0"}
    log.append(Decision(("a",), Verdict.KEEP, seen))
    seen["email"] = ""
    assert log.history[0].seen == {"email": "1:0"}


def test_an_entry_with_a_time_that_an_older_version_took_still_opens(log: DecisionLog) -> None:
    put(log, Decision(("a",), Verdict.KEEP, when="yesterday"))
    with DecisionLog(log.path.parent) as again:
        assert [decision.when for decision in again.history] == ["yesterday"]
        again.undo(1)
        assert again.current == ()
