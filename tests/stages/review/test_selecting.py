"""Many are accepted at once only after a random sample of them was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from custclean.decisions import DecisionLog
from custclean.errors import DecisionError
from custclean.model import Decision, Verdict
from custclean.stages.review import Filter, ReviewSession
from tests.stages.review.desk import queue, table

if TYPE_CHECKING:
    from pathlib import Path

LETTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 80)]
PAIRS = [f"{one}{other}" for one, other in zip(LETTERS[::2], LETTERS[1::2], strict=True)]
TENTH = 0.1


def desk(log: DecisionLog, **changed: dict[str, str]) -> ReviewSession:
    names = {LETTERS[int(name[1:])]: row for name, row in changed.items()}
    return ReviewSession(table("".join(LETTERS), **names), queue(*PAIRS), log)


def test_nothing_is_accepted_before_the_whole_sample_is_decided(ticking: DecisionLog) -> None:
    session = desk(ticking)
    bulk = session.draw(tolerance=TENTH)
    assert (len(bulk.places), len(bulk.sample)) == (40, bulk.needed)
    assert session.queue.places == list(bulk.sample)
    with pytest.raises(DecisionError, match="whole sample"):
        session.accept(tolerance=TENTH)
    for _ in bulk.sample[1:]:
        session.decide("same")
    with pytest.raises(DecisionError, match="whole sample"):
        session.accept(tolerance=TENTH)
    session.decide("same")
    proven = session.bulk(tolerance=TENTH)
    assert proven.acceptable
    assert (proven.precision, proven.clients) == (1.0, 40 - len(bulk.sample))
    kept = session.accept(tolerance=TENTH, note="all alike")
    assert len(kept) == 40 - len(bulk.sample)
    session.show()
    assert session.counts["same"] == 40
    session.undo()
    assert session.counts["same"] == len(bulk.sample)


def test_errors_in_the_sample_ask_for_a_larger_one(ticking: DecisionLog) -> None:
    session = desk(ticking)
    bulk = session.draw(tolerance=TENTH)
    session.decide("different")
    for _ in bulk.sample[1:]:
        session.decide("same")
    worse = session.bulk(tolerance=TENTH)
    assert worse.wrong == 1
    assert len(worse.sample) > len(bulk.sample)
    assert set(bulk.sample) <= set(worse.sample)
    with pytest.raises(DecisionError, match="whole sample"):
        session.accept(tolerance=TENTH)
    more = session.draw(tolerance=TENTH)
    for _ in range(more.open):
        session.decide("same")
    assert session.bulk(tolerance=TENTH).acceptable


def test_the_sample_goes_on_in_a_new_session_and_is_not_chosen_anew(
    ticking: DecisionLog,
) -> None:
    first = desk(ticking).draw(tolerance=TENTH)
    session = desk(ticking)
    session.draw(tolerance=TENTH)
    session.decide("different", index=first.sample[0])
    session.decide("same", index=first.sample[0])  # another mind, the same sample
    again = desk(ticking).bulk(tolerance=TENTH)
    assert again.right == 1
    assert set(again.sample) == set(first.sample)


def test_money_and_contradictions_stay_out(ticking: DecisionLog) -> None:
    session = desk(
        ticking,
        r0={"balance": "12.50"},
        r2={"balance": "0.00"},
        r4={"subscription": "QuickBooks Online Plus"},
        r6={"subscription": "None"},
    )
    session.busy = frozenset({LETTERS[9]})
    assert set(session.bulk().kept_out) == {0, 2, 4}
    ticking.decide(LETTERS[10], LETTERS[12], "same")
    ticking.decide(LETTERS[11], LETTERS[13], "different")
    assert set(session.bulk().kept_out) - {0, 2, 4} in ({5}, {6})


def test_no_different_pair_ends_in_one_cluster(ticking: DecisionLog) -> None:
    pairs = queue("ab", "bc", "ac")
    session = ReviewSession(table(), pairs, ticking, groups=False)
    ticking.decide("a", "c", "different")
    bulk = session.draw(tolerance=0.5)
    assert len(bulk.places) == 1
    session.decide("same")
    assert [s.state for s in session.answers.standing] in (
        [["same", "different", "different"]],
        ["same", "different", "different"],
        ["different", "same", "different"],
    )


def test_a_bulk_is_of_what_the_filter_shows(ticking: DecisionLog) -> None:
    session = desk(ticking)
    session.show(text=LETTERS[0])
    bulk = session.draw(tolerance=TENTH)
    assert bulk.places == (0,)
    session.decide("same")
    with pytest.raises(DecisionError, match="nothing to accept") as refused:
        session.accept(Filter(text="nobody"))
    assert refused.type is DecisionError


def test_what_was_accepted_says_what_proved_it(tmp_path: Path) -> None:
    with DecisionLog(tmp_path, who="ann") as log:
        session = desk(log)
        session.draw(tolerance=TENTH)
        while session.bulk(tolerance=TENTH).open:
            session.decide("same")
        kept = session.accept(tolerance=TENTH)
        assert kept[0].value["bulk"].startswith("0 of ")
        assert {d.verdict for d in kept} == {Verdict.SAME}
        sampled = [d for d in log.history if "sample" in d.value]
        assert len(sampled) + len(kept) == 40


def sampled(log: DecisionLog, *pairs: str, wrong: str = "", **given: Any) -> ReviewSession:
    """Decide the sample of a queue: those named different, all others the same."""
    session = ReviewSession(table("abcdefghijkl"), queue(*pairs), log, **given)
    bulk = session.draw(tolerance=0.6)
    for place in bulk.sample:
        word = "different" if "".join(session.questions[place].records) in wrong else "same"
        session.decide(word, index=place)
    assert session.bulk(tolerance=0.6).acceptable
    return session


def test_of_a_sample_nothing_is_said_anew(ticking: DecisionLog) -> None:
    pairs = ("ab", "cd", "ef", "gh", "ij", "kl")
    first = sampled(ticking, *pairs)
    place = first.bulk(tolerance=0.6).sample[0]
    one = first.questions[place].records[0]
    first.decide("different", index=place)
    changed = {one: {"email": "new@example.com"}}
    session = ReviewSession(table("abcdefghijkl", **changed), queue(*pairs), ticking)
    assert session.answers.standing[place].state == "again"
    assert place in session.bulk(tolerance=0.6).kept_out
    assert place not in session.bulk(tolerance=0.6).places
    assert session.bulk(tolerance=0.6).open == 0
    session.accept(tolerance=0.6)
    assert session.answers.standing[place].verdict is Verdict.DIFFERENT


def test_a_second_look_accepts_blindly(ticking: DecisionLog) -> None:
    ticking.decide("e", "f", "different")
    with DecisionLog(ticking.path.parent, who="bo") as log:
        second = sampled(log, "ab", "cd", "ef", "gh", "ij", "kl", second=True)
        second.accept(tolerance=0.6)
    first = ReviewSession(table("abcdefghijkl"), queue("ef"), ticking)
    assert first.answers.standing[0].state == "disputed"


def test_what_another_says_meanwhile_counts(
    ticking: DecisionLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = sampled(ticking, "ab", "cd", "ef", "gh", "ij", "kl")
    place = next(p for p in session.bulk(tolerance=0.6).places if session.waiting[p])
    one, other = session.questions[place].records
    looked = session.bulk

    def bulk(*args: Any, **given: Any) -> Any:
        found = looked(*args, **given)
        monkeypatch.undo()
        with DecisionLog(ticking.path.parent, who="bo") as log:
            log.decide(one, other, "different")
        return found

    monkeypatch.setattr(session, "bulk", bulk)
    session.accept(tolerance=0.6)
    last = [d for d in ticking.current if d.key == (one, other)]
    assert [(d.who, d.verdict) for d in last] == [("bo", Verdict.DIFFERENT)]


def test_a_group_of_which_two_are_different_stays_out(ticking: DecisionLog) -> None:
    ticking.decide("a", "c", "different")
    session = sampled(ticking, "ef", "gh", "ij", "kl", "ab", "bc")
    place = session.place_of(Decision(("a", "b"), Verdict.SAME))
    assert place in session.bulk(tolerance=0.6).kept_out
    session.accept(tolerance=0.6)
    assert "contradiction" not in {one.state for one in session.answers.standing}
