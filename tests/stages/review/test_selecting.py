"""Many are accepted at once only after a random sample of them was decided."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

import pytest

from custclean.decisions import DecisionLog
from custclean.errors import DecisionError
from custclean.model import Decision, Verdict
from custclean.stages.review import Filter, ReviewSession
from custclean.stages.review.bulk import Held
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


def decided(session: ReviewSession, word: str = "same", **given: Any) -> ReviewSession:
    """Draw the sample, and say one word about all of it."""
    for place in session.draw(**given).sample:
        session.decide(word, index=place)
    return session


def pairs_of(letters: str) -> tuple[str, ...]:
    return tuple(map("".join, zip(letters[::2], letters[1::2], strict=True)))


FEW, MORE = "".join(LETTERS[:60]), "".join(LETTERS)


def grown(log: DecisionLog, **given: Any) -> ReviewSession:
    """Open the desk the next month: ten more pairs."""
    return ReviewSession(table(MORE), queue(*pairs_of(MORE)), log, **given)


def test_a_sample_proves_nothing_of_what_comes_after_its_accept(ticking: DecisionLog) -> None:
    first = ReviewSession(table(FEW), queue(*pairs_of(FEW)), ticking)
    decided(first, tolerance=TENTH).accept(tolerance=TENTH)
    later = grown(ticking)
    bulk = later.bulk(tolerance=TENTH)
    assert (len(bulk.places), bulk.right, bulk.open) == (10, 0, len(bulk.sample))
    with pytest.raises(DecisionError, match="whole sample"):
        later.accept(tolerance=TENTH)
    assert len(decided(later, tolerance=TENTH).accept(tolerance=TENTH)) == 10 - len(
        bulk.sample
    )
    with pytest.raises(DecisionError, match="nothing to accept"):
        later.accept(tolerance=TENTH)


def test_an_accept_taken_back_gives_its_sample_back(ticking: DecisionLog) -> None:
    session = decided(desk(ticking), tolerance=TENTH)
    before = session.bulk(tolerance=TENTH)
    kept = session.accept(tolerance=TENTH)
    assert session.bulk(tolerance=TENTH).name != before.name
    session.undo(kept[0].seq)
    assert session.bulk(tolerance=TENTH) == before
    session.redo()
    assert session.bulk(tolerance=TENTH).places == ()


def test_of_two_accepts_the_one_taken_back_gives_only_its_own_sample_back(
    ticking: DecisionLog,
) -> None:
    first = ReviewSession(table(FEW), queue(*pairs_of(FEW)), ticking)
    kept = decided(first, tolerance=TENTH).accept(tolerance=TENTH)
    later = grown(ticking)
    decided(later, tolerance=TENTH).accept(tolerance=TENTH)
    later.undo(kept[0].seq)
    bulk = later.bulk(tolerance=TENTH)
    assert bulk.acceptable
    assert len(bulk.places) == 30
    assert {d.value["proven_by"] for d in later.accept(tolerance=TENTH)} == {bulk.name}


def test_pairs_that_come_before_the_accept_get_into_the_sample(ticking: DecisionLog) -> None:
    first = ReviewSession(table(FEW), queue(*pairs_of(FEW)), ticking)
    decided(first, tolerance=TENTH)
    later = grown(ticking)
    bulk, asked = later.bulk(tolerance=TENTH), ["".join(q.records) for q in later.questions]
    fresh = {place for place in bulk.sample if asked[place] not in pairs_of(FEW)}
    assert fresh
    assert fresh == {place for place in bulk.sample if later.waiting[place]}
    assert not bulk.acceptable


def test_a_wrong_one_is_never_left_out_of_the_sample(ticking: DecisionLog) -> None:
    session = desk(ticking)
    bulk = session.draw(tolerance=TENTH, more=8)
    for place in bulk.sample[:-1]:
        session.decide("same", index=place)
    assert session.bulk(tolerance=TENTH).acceptable
    session.decide("different", index=bulk.sample[-1])
    again = session.bulk(tolerance=TENTH)
    assert set(bulk.sample) <= set(again.sample)
    assert (again.wrong, again.acceptable) == (1, False)


def test_a_second_look_has_samples_of_its_own(ticking: DecisionLog) -> None:
    session = decided(desk(ticking), tolerance=TENTH)
    name = session.bulk(tolerance=TENTH).name
    session.accept(tolerance=TENTH)
    with DecisionLog(ticking.path.parent, who="bo") as log:
        second = ReviewSession(table(MORE), queue(*PAIRS), log, second=True)
        bulk = second.bulk(tolerance=TENTH)
    assert (bulk.name, bulk.right, len(bulk.places)) == (name, 0, 40)


def test_whoever_is_one_client_with_money_stays_out(ticking: DecisionLog) -> None:
    session = ReviewSession(table(h={"balance": "500.00"}), queue("ab", "cd"), ticking)
    assert session.bulk().kept_out == {}
    ticking.decide("b", "g", "same")
    ticking.decide("g", "h", "same")  # neither is asked about: the log knows them
    assert session.bulk().kept_out == {0: Held("balance", "h")}
    assert session.bulk().places == (1,)
    session.busy = frozenset({"d", "z"})
    assert session.bulk().kept_out == {
        0: Held("balance", "h"),
        1: Held("transactions", "d"),
    }


def test_whom_another_waiting_pair_would_join_with_money_stays_out(
    ticking: DecisionLog,
) -> None:
    asked, rows = queue("ab", "bc", "de"), table(c={"subscription": "Plus"})
    session = ReviewSession(rows, asked, ticking, groups=False)
    bulk = session.bulk()
    assert bulk.kept_out == dict.fromkeys((0, 1), Held("subscription", "c"))
    assert bulk.places == (2,)
    shown = session.bulk(Filter(text="client a"))  # who is not shown counts as well
    assert shown.kept_out == {0: Held("subscription", "c")}
    session.decide("different", index=1)
    assert session.bulk().kept_out == {}


def test_what_would_be_accepted_and_what_stays_out_is_said(ticking: DecisionLog) -> None:
    session = desk(ticking, r4={"balance": "12.50"})
    ticking.decide(LETTERS[10], LETTERS[12], "same")
    ticking.decide(LETTERS[11], LETTERS[13], "different")
    bulk = session.bulk(tolerance=TENTH)
    reasons = sorted(held.why for held in bulk.kept_out.values())
    assert reasons == ["balance", "contradiction"]
    assert set(bulk.rest) | set(bulk.sample) == set(bulk.places)
    assert set(bulk.rest).isdisjoint({*bulk.sample, *bulk.kept_out})
    decided(session, tolerance=TENTH)
    accepted = session.bulk(tolerance=TENTH).rest
    assert {session.place_of(d) for d in session.accept(tolerance=TENTH)} == set(accepted)


def test_garbage_is_looked_for_after_a_step_of_many_and_again_from_then_on(
    ticking: DecisionLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, during = desk(ticking), list[bool]()
    for _ in session.draw(tolerance=TENTH).sample:
        session.decide("same")
    enter = ticking.append_step

    def told(*given: Any, **named: Any) -> Any:
        during.append(gc.isenabled())
        return enter(*given, **named)

    monkeypatch.setattr(ticking, "append_step", told)
    session.accept(tolerance=TENTH)
    assert (during, gc.isenabled()) == ([False], True)
    with pytest.raises(DecisionError):
        session.accept(Filter(text="nobody"))
    assert gc.isenabled()


def test_whoever_has_switched_it_off_finds_it_off(ticking: DecisionLog) -> None:
    gc.disable()
    try:
        desk(ticking).catch_up()
        assert not gc.isenabled()
    finally:
        gc.enable()
