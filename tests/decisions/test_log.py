"""The log keeps what people decide, in order, and takes nothing away."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta, timezone
from itertools import count
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from custclean.decisions import DecisionLog, current_of, disputed_of
from custclean.decisions.standing import BLIND
from custclean.errors import DecisionError, LogMovedError, UndoRefusedError
from custclean.model import Decision, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOON = datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture
def log(tmp_path: Path) -> DecisionLog:
    return DecisionLog(tmp_path, who="ann", clock=lambda: NOON)


def words(log: DecisionLog) -> list[tuple[tuple[str, ...], str]]:
    return [(decision.key, decision.verdict.value) for decision in log.current]


def test_what_was_appended_comes_back_with_number_person_and_time(log: DecisionLog) -> None:
    kept = log.append(
        Decision(("a", "b"), Verdict.SAME, {"left.email": "1:0"}, {"x": "ü"}, "sure")
    )
    assert (kept.seq, kept.who) == (1, "ann")
    assert datetime.fromisoformat(kept.when) == NOON
    assert datetime.fromisoformat(kept.when).utcoffset() is not None
    with DecisionLog(log.path.parent) as again:
        assert again.history == (kept,) == log.history


def test_given_person_and_time_are_kept(log: DecisionLog) -> None:
    given = Decision(("a",), Verdict.KEEP, who="bo", when="2025-01-01T00:00:00+00:00")
    kept = log.append(given)
    assert (kept.who, kept.when) == (given.who, given.when)


def test_the_last_word_on_a_pair_counts_whichever_way_round_it_is_said(
    log: DecisionLog,
) -> None:
    log.decide("b", "a", Verdict.SAME)
    log.decide("a", "b", "different")
    assert words(log) == [(("a", "b"), "different")]
    assert len(log.history) == 2


def test_what_was_seen_moves_with_its_record_when_a_pair_is_put_in_order(
    log: DecisionLog,
) -> None:
    kept = log.decide("b", "a", "same", seen={"left.email": "of b", "right.email": "of a"})
    assert kept.seen == {"right.email": "of b", "left.email": "of a"}


@pytest.mark.parametrize(
    ("first", "second", "standing"),
    [
        (Decision(("a",), Verdict.SET_ASIDE), Decision(("a",), Verdict.KEEP), 1),
        (Decision(("a",), Verdict.LEFT_OUT), Decision(("a",), Verdict.BY_HAND), 1),
        (Decision(("a",), Verdict.NUMBER), Decision(("a",), Verdict.SET_ASIDE), 2),
        (Decision(("1",), Verdict.RECEIVED), Decision(("1",), Verdict.RECEIVED), 1),
        (Decision(("z", "a"), Verdict.LINK), Decision(("z", "b"), Verdict.LINK), 2),
        (
            Decision(("a",), Verdict.PICK, value={"field": "phone"}),
            Decision(("a",), Verdict.PICK, value={"field": "email"}),
            2,
        ),
        (
            Decision(("a",), Verdict.DONE, value={"order": "merge 1"}),
            Decision(("a",), Verdict.DONE, value={"order": "merge 1"}),
            1,
        ),
        (Decision(("a", "b"), Verdict.SAME), Decision(("a", "b"), Verdict.SPLIT), 1),
    ],
)
def test_each_question_has_one_standing_answer(
    log: DecisionLog, first: Decision, second: Decision, standing: int
) -> None:
    log.append_all([first, second])
    assert len(log.current) == standing
    assert log.current[-1].verdict is second.verdict


@pytest.mark.fault(16)
def test_an_undo_gives_the_word_before_back(log: DecisionLog) -> None:
    log.decide("a", "b", "same")
    second = log.decide("a", "b", "different")
    undo = log.undo(second.seq)
    assert words(log) == [(("a", "b"), "same")]
    log.undo(undo.seq)
    assert words(log) == [(("a", "b"), "different")]
    assert [decision.seq for decision in log.history] == [1, 2, 3, 4]


@pytest.mark.fault(16)
def test_an_old_decision_is_taken_back_and_the_later_ones_stay(log: DecisionLog) -> None:
    for record in "abcde":
        log.append(Decision((record,), Verdict.SET_ASIDE))
    log.undo(3)
    assert [key for key, _ in words(log)] == [("a",), ("b",), ("d",), ("e",)]


def test_taking_back_twice_is_refused_and_so_is_what_never_was(log: DecisionLog) -> None:
    log.decide("a", "b", "same")
    log.undo(1)
    with pytest.raises(UndoRefusedError, match="taken back already"):
        log.undo(1)
    with pytest.raises(DecisionError, match="no such decision"):
        log.undo(99)
    with pytest.raises(DecisionError, match="no such decision"):
        log.append(Decision(("a",), Verdict.UNDO, value={"undoes": "9" * 5_000}))
    assert len(log.history) == 2


def test_what_was_done_in_the_target_system_cannot_be_taken_back(log: DecisionLog) -> None:
    log.decide("a", "b", "same")
    done = log.append(Decision(("a", "b"), Verdict.DONE, value={"order": "1"}, who="bo"))
    with pytest.raises(UndoRefusedError, match="bo"):
        log.undo(1)
    log.undo(done.seq)  # the tick was a mistake
    log.undo(1)
    assert log.current == ()


def test_another_word_on_what_was_done_is_refused_like_an_undo(log: DecisionLog) -> None:
    log.decide("a", "b", "same")
    done = log.append(Decision(("a", "b"), Verdict.DONE))
    with pytest.raises(UndoRefusedError):
        log.decide("b", "a", "different")
    log.decide("a", "b", "same", note="seen again")
    log.undo(done.seq)
    log.decide("b", "a", "different")
    assert words(log) == [(("a", "b"), "different")]


@pytest.mark.parametrize(("before", "after"), [("set_aside", "keep"), ("by_hand", "left_out")])
def test_whatever_way_a_decision_comes_it_cannot_contradict_what_was_done(
    log: DecisionLog, before: str, after: str
) -> None:
    log.append(Decision(("a",), Verdict(before)))
    done = log.append(Decision(("a",), Verdict.DONE, value={"order": "R0001"}))
    batch = [Decision(("z",), Verdict.KEEP), Decision(("a",), Verdict(after))]
    with pytest.raises(
        UndoRefusedError, match=r"carried out .*\(ann, 2026-0[\d-]+ \d\d:\d\d\)"
    ):
        log.append_all(batch)
    with pytest.raises(UndoRefusedError, match="carried out"):
        log.replay(batch)
    assert len(log.history) == 2, "all or none"
    log.append(Decision(("a",), Verdict(before), note="the same word again"))
    log.undo(done.seq)
    log.append(Decision(("a",), Verdict(after)))
    assert words(log) == [(("a",), after)]


def test_a_batch_cannot_contradict_what_it_says_is_done(log: DecisionLog) -> None:
    batch = [Verdict.SET_ASIDE, Verdict.DONE, Verdict.KEEP]
    with pytest.raises(UndoRefusedError):
        log.append_all(Decision(("a",), verdict) for verdict in batch)
    assert log.history == ()


def test_what_was_sent_or_received_cannot_be_taken_back(log: DecisionLog) -> None:
    sent = {"number": "00001", "source": "pattern", "round": "3"}
    log.append_all(
        [
            Decision(("sha256:0",), Verdict.RECEIVED),
            Decision(("a",), Verdict.NUMBER, value=sent),
            Decision(("round:3",), Verdict.ROUND, value={"round": "3", "like": "0"}),
            Decision(("b",), Verdict.NUMBER, value={"number": "00002", "source": "decided"}),
        ]
    )
    for seq, why in [(1, "received"), (2, "in round 3"), (3, "in round 3")]:
        with pytest.raises(UndoRefusedError, match=why):
            log.undo(seq)
    log.undo(4)  # a number that was only decided so far
    assert [d.seq for d in log.current] == [1, 2, 3]


def test_a_sent_number_that_an_older_version_took_back_can_only_be_given_back(
    log: DecisionLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.append(Decision(("a",), Verdict.NUMBER, value={"number": "1", "round": "1"}))
    with monkeypatch.context() as older:
        older.setattr("custclean.decisions.refusal._refuse_undo", lambda *_: None)
        freed = log.undo(1)
    assert words(log) == []
    given_back = log.undo(freed.seq)
    assert [d.seq for d in log.current] == [1]
    with pytest.raises(UndoRefusedError, match="in round 1"):
        log.undo(given_back.seq)


def test_what_rests_on_an_older_log_is_refused_and_nothing_of_it_is_kept(
    log: DecisionLog,
) -> None:
    first, second = (Decision((key,), Verdict.NUMBER) for key in "ab")
    with DecisionLog(log.path.parent, who="bo", clock=lambda: NOON) as other:
        seen = len(other.history)
        log.append_all([first], after=seen)
        with pytest.raises(LogMovedError, match="changed"):
            other.append_all([second], after=seen)
        assert other.history == log.history
        assert len(other.history) == 1
        other.append_all([second], after=len(other.history))
        with pytest.raises(LogMovedError):
            log.append_all([], after=seen)
        with pytest.raises(LogMovedError):
            log.append_all([first], after=99)  # never so long: not the log that was read
    assert len(log.history) == 2


def test_a_link_that_holds_a_done_merge_together_cannot_be_taken_back(
    log: DecisionLog,
) -> None:
    log.append_all(
        [
            *(Decision(key, Verdict.SAME) for key in [("a", "b"), ("b", "c"), ("a", "d")]),
            Decision(("a", "c"), Verdict.DONE),
        ]
    )
    with pytest.raises(UndoRefusedError):
        log.undo(2)
    log.undo(3)  # d hangs on the group, but the merge of a and c does not need it
    log.decide("a", "c", "same")
    log.undo(2)  # now a and c are the same without b
    assert [key for key, word in words(log) if word == "same"] == [("a", "b"), ("a", "c")]


def test_of_several_decisions_all_are_kept_or_none(log: DecisionLog) -> None:
    bad = Decision(("a", "b", "c"), Verdict.SAME)
    with pytest.raises(DecisionError, match="two records"):
        log.append_all([Decision(("a",), Verdict.KEEP), bad])
    assert log.history == ()
    assert log.append(Decision(("a",), Verdict.KEEP)).seq == 1


@pytest.mark.parametrize(
    "decision", [Decision((), Verdict.KEEP), Decision(("a",), Verdict.SAME)]
)
def test_a_decision_about_nothing_is_refused(log: DecisionLog, decision: Decision) -> None:
    with pytest.raises(DecisionError):
        log.append(decision)


def test_only_words_about_pairs_decide_a_pair(log: DecisionLog) -> None:
    with pytest.raises(DecisionError):
        log.decide("a", "b", Verdict.NUMBER)
    with pytest.raises(DecisionError, match="no verdict"):
        log.decide("a", "b", "perhaps")
    with pytest.raises(DecisionError, match="no verdict"):
        log.append(Decision(("a",), "perhaps"))  # type: ignore[arg-type]


@pytest.mark.parametrize("enter", ["append_all", "append_step", "replay"])
def test_decisions_made_from_the_log_while_others_write_are_kept(
    log: DecisionLog, enter: str
) -> None:
    def decisions() -> Iterator[Decision]:
        for record in "ab":
            with DecisionLog(log.path.parent, who="bo", clock=lambda: NOON) as other:
                other.append(Decision((f"{record}{len(log.history)}",), Verdict.KEEP))
            yield Decision((f"{record}{len(log.history)}",), Verdict.SET_ASIDE)

    getattr(log, enter)(decisions())
    assert [d.key[0] for d in log.history] == ["a0", "b1", "a1", "b2"]


def test_the_history_can_be_read_while_we_write(tmp_path: Path) -> None:
    lengths = []

    def clock() -> datetime:
        lengths.append(len(held.history))
        return NOON

    with DecisionLog(tmp_path, who="ann", clock=clock) as held:
        with DecisionLog(tmp_path, who="bo", clock=lambda: NOON) as other:
            other.append(Decision(("z",), Verdict.KEEP))
        held.append_all([Decision(("a",), Verdict.KEEP), Decision(("b",), Verdict.KEEP)])
    assert lengths == [1, 2]


def test_after_closing_the_history_is_readable_and_nothing_is_added(log: DecisionLog) -> None:
    log.decide("a", "b", "same")
    log.close()
    log.close()
    assert len(log.history) == 1
    with pytest.raises(DecisionError, match="closed"):
        log.decide("a", "b", "different")


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    with DecisionLog(tmp_path / "new", who="ann") as log:
        log.decide("a", "b", "same")
        assert stat.S_IMODE(log.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(log.path.parent.stat().st_mode) == 0o700
        assert [path.name for path in log.path.parent.iterdir()] == ["decisions.sqlite"]


def test_without_a_person_or_a_clock_it_is_this_user_now(tmp_path: Path) -> None:
    with DecisionLog(tmp_path) as log:
        kept = log.decide("a", "b", "same")
    assert kept.who
    assert abs(datetime.fromisoformat(kept.when) - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.fault(5)
def test_a_clock_that_goes_back_does_not_change_the_order(tmp_path: Path) -> None:
    times = iter([NOON, NOON - timedelta(days=1)])
    with DecisionLog(tmp_path, who="ann", clock=lambda: next(times)) as log:
        log.decide("a", "b", "same")
        log.decide("a", "b", "different")
        assert words(log) == [(("a", "b"), "different")]


@pytest.mark.fault(5)
def test_under_a_clock_that_goes_back_what_stands_comes_in_the_order_it_was_said(
    tmp_path: Path,
) -> None:
    times = (NOON - timedelta(days=day) for day in count())
    with DecisionLog(tmp_path, who="ann", clock=lambda: next(times)) as log:
        log.decide("e", "f", "same")
        log.decide("c", "d", "same")
        log.decide("a", "b", "same")
        said = [("e", "f"), ("c", "d"), ("a", "b")]
        assert [key for key, _ in words(log)] == said
        assert [decision.key for decision in current_of(log.history)] == said
        log.decide("e", "f", "different")
        log.undo(3)
        log.undo(4)
        assert words(log) == [(("e", "f"), "same"), (("c", "d"), "same")]
        assert log.current == current_of(log.history)
        log.undo(6)
        assert words(log) == [(("c", "d"), "same"), (("e", "f"), "different")]
    with DecisionLog(tmp_path) as again:
        assert [decision.seq for decision in again.history] == [1, 2, 3, 4, 5, 6, 7]
        assert words(again) == [(("c", "d"), "same"), (("e", "f"), "different")]


@pytest.mark.fault(5)
def test_of_two_who_look_apart_the_later_word_is_disputed_whatever_their_clocks_say(
    log: DecisionLog,
) -> None:
    log.append(Decision(("a", "b"), Verdict.SAME))
    yesterday = (NOON - timedelta(days=1)).isoformat()
    log.append(
        Decision(("a", "b"), Verdict.DIFFERENT, value={BLIND: "1"}, who="bo", when=yesterday)
    )
    assert disputed_of(log.history) == {2}


@pytest.mark.fault(3)
def test_two_open_logs_see_what_the_other_adds(log: DecisionLog) -> None:
    with DecisionLog(log.path.parent, who="bo", clock=lambda: NOON) as other:
        log.decide("a", "b", "same")
        assert other.history == log.history
        other.undo(1)
        log.decide("c", "d", "same")
        assert [d.who for d in log.history] == ["ann", "bo", "ann"]
        assert words(log) == words(other) == [(("c", "d"), "same")]


@pytest.mark.fault(3)
def test_threads_of_one_notebook_lose_nothing(log: DecisionLog) -> None:
    def work(name: str) -> None:
        for i in range(20):
            log.append(Decision((f"{name}{i}",), Verdict.KEEP))

    threads = [Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [d.seq for d in log.history] == list(range(1, 81))
    assert len({d.key for d in log.history}) == 80


def test_the_log_says_what_it_holds_without_any_value(log: DecisionLog) -> None:
    log.decide("a", "b", "same")
    log.undo(1)
    assert repr(log) == "DecisionLog(2 decisions, 0 in force)"


def test_a_step_is_taken_back_whole_and_given_back_whole(log: DecisionLog) -> None:
    log.decide("a", "b", "same")
    step = log.append_step(
        [Decision(("c", "d"), Verdict.SAME), Decision(("d", "e"), Verdict.DIFFERENT)]
    )
    log.decide("x", "y", "unsure")
    back = log.undo_step(step[1].seq)
    assert [d.key for d in log.current] == [("a", "b"), ("x", "y")]
    with pytest.raises(UndoRefusedError):
        log.undo_step(step[0].seq)
    log.undo_step(back[0].seq)
    assert [d.key for d in log.current] == [("a", "b"), ("c", "d"), ("d", "e"), ("x", "y")]


def test_of_a_step_what_was_taken_back_alone_is_not_taken_back_twice(log: DecisionLog) -> None:
    step = log.append_step(Decision((key,), Verdict.KEEP) for key in "abc")
    log.undo(step[1].seq)
    assert [d.value["undoes"] for d in log.undo_step(step[0].seq)] == ["1", "3"]
    assert log.current == ()


def test_a_step_of_one_is_a_plain_decision(log: DecisionLog) -> None:
    (only,) = log.append_step([Decision(("a",), Verdict.KEEP)])
    assert only.value == {}
    log.undo_step(only.seq)
    assert log.current == ()
    with pytest.raises(DecisionError, match="no such decision"):
        log.undo_step(99)


def test_a_step_made_from_an_older_log_is_refused_whole(log: DecisionLog) -> None:
    log.append(Decision(("a",), Verdict.KEEP))
    with pytest.raises(LogMovedError):
        log.append_step([Decision(("b",), Verdict.KEEP)], after=0)
    assert len(log.history) == 1
    log.append_step([Decision(("b",), Verdict.KEEP)], after=1)
    assert len(log.history) == 2


def test_a_step_that_was_partly_done_in_the_target_is_taken_back_not_at_all(
    log: DecisionLog,
) -> None:
    step = log.append_step(
        [Decision(("a", "b"), Verdict.SAME), Decision(("c",), Verdict.KEEP)]
    )
    log.append(Decision(("a", "b"), Verdict.DONE))
    before = log.history
    with pytest.raises(UndoRefusedError):
        log.undo_step(step[1].seq)
    assert log.history == before


def test_all_of_a_step_is_said_in_one_moment(tmp_path: Path) -> None:
    hours = iter(range(9))
    with DecisionLog(
        tmp_path, who="ann", clock=lambda: NOON + timedelta(hours=next(hours))
    ) as log:
        kept = log.append_step([Decision((one,), Verdict.KEEP) for one in "abc"])
        assert {each.when for each in kept} == {kept[0].when}
        assert {each.value["step"] for each in kept} == {f"1 {kept[0].when}"}
