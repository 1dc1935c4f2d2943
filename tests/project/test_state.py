"""What the decisions say today."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.decisions import seen_of
from custclean.model import Decision, Pair, Verdict
from custclean.project.state import (
    first_words,
    group_frame,
    lasting_ids,
    read_state,
    still_open,
)

if TYPE_CHECKING:
    from random import Random

IDS = ["a", "b", "c", "d", "e"]
ROWS = {record: {"record_id": record, "email": f"{record}@example.com"} for record in IDS}


def said(verdict: Verdict, *key: str, **value: str) -> Decision:
    return Decision(key, verdict, value=value)


def pairs(*rows: tuple[str, str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["left_id", "right_id"], orient="row")


def test_records_called_the_same_over_a_chain_are_one_group() -> None:
    state = read_state([said(Verdict.SAME, "a", "b"), said(Verdict.SAME, "b", "c")], ROWS)
    assert set(state.groups.values()) == {"a"}


def test_a_pair_inside_a_group_needs_no_further_answer() -> None:
    state = read_state([said(Verdict.SAME, "a", "b"), said(Verdict.SAME, "b", "c")], ROWS)
    assert still_open(pairs(("a", "c")), state).is_empty()


def test_what_differs_from_one_of_a_group_differs_from_all_of_it() -> None:
    state = read_state([said(Verdict.SAME, "a", "b"), said(Verdict.DIFFERENT, "b", "c")], ROWS)
    assert still_open(pairs(("a", "c")), state).is_empty()


def test_an_unsure_pair_stays_open() -> None:
    state = read_state([said(Verdict.UNSURE, "a", "b")], ROWS)
    assert still_open(pairs(("a", "b")), state).height == 1


def test_a_pair_with_a_record_set_aside_is_no_question() -> None:
    state = read_state([said(Verdict.SET_ASIDE, "a")], ROWS)
    assert still_open(pairs(("a", "b")), state).is_empty()


def test_a_contradiction_is_shown_and_its_group_is_not_merged() -> None:
    words = [said(Verdict.SAME, "a", "b"), said(Verdict.SAME, "b", "c"),
             said(Verdict.DIFFERENT, "a", "c"), said(Verdict.SAME, "d", "e")]  # fmt: skip
    state = read_state(words, ROWS)
    assert state.contradictions == (Pair.of("a", "c"),)
    assert sorted(group_frame(state, IDS)["record_id"]) == ["d", "e"]


def chain(apart: Verdict = Verdict.DIFFERENT) -> list[Decision]:
    """Call a-b and b-c the same, a-c something else, each of what was seen."""
    words = ((Verdict.SAME, "a", "b"), (Verdict.SAME, "b", "c"), (apart, "a", "c"))
    return [
        Decision((left, right), verdict, seen_of(ROWS[left], ROWS[right]), seq=seq)
        for seq, (verdict, left, right) in enumerate(words, 1)
    ]


@pytest.mark.parametrize("apart", [Verdict.DIFFERENT, Verdict.SPLIT])
def test_a_group_waits_while_it_is_asked_again_whether_two_of_it_differ(
    apart: Verdict,
) -> None:
    rows = {**ROWS, "a": {**ROWS["a"], "email": "new@example.com"}}
    joined, kept, differ = chain(apart)
    again = replace(joined, seen=seen_of(rows["a"], rows["b"]), seq=4)
    state = read_state([kept, differ, again], rows)
    assert [decision for decision, _ in state.reopened] == [differ]
    assert state.doubts == (Pair.of("a", "c"),)
    assert sorted(state.torn()) == ["a", "b", "c"]
    assert group_frame(state, IDS).is_empty()
    assert state.doubted() == set(), "the one pair that is asked again is enough"
    differ_again = replace(differ, seen=seen_of(rows["a"], rows["c"]), seq=5)
    assert read_state([kept, again, differ_again], rows).contradictions == state.doubts


@pytest.mark.parametrize("word", [Verdict.DIFFERENT, Verdict.SAME, Verdict.UNSURE])
def test_a_group_waits_while_two_people_say_different_things_of_two_of_it(
    word: Verdict,
) -> None:
    state = read_state([*chain(word), said(Verdict.SAME, "d", "e")], ROWS, disputed={3})
    assert state.doubted() == {("a", "c")}
    assert sorted(group_frame(state, IDS)["record_id"]) == ["d", "e"]


def test_who_is_gone_or_set_aside_holds_no_group_up() -> None:
    aside = read_state([*chain(), said(Verdict.SET_ASIDE, "a")], ROWS, disputed={3})
    gone = read_state(chain(), {k: ROWS[k] for k in "bc"}, disputed={3})
    for state in (aside, gone):
        assert sorted(group_frame(state, ["b", "c"])["record_id"]) == ["b", "c"]


def test_a_decision_holds_while_what_was_seen_stands() -> None:
    seen = seen_of(ROWS["a"], ROWS["b"])
    decision = Decision(("a", "b"), Verdict.SAME, seen)
    assert read_state([decision], ROWS).groups
    moved = {**ROWS, "b": {**ROWS["b"], "email": "new@example.com"}}
    state = read_state([decision], moved)
    assert not state.groups
    assert state.reopened == ((decision, ("right.email",)),)


def test_a_vanished_record_does_not_reopen_its_decision() -> None:
    decision = Decision(("a", "b"), Verdict.SAME, seen_of(ROWS["a"], ROWS["b"]))
    assert read_state([decision], {"a": ROWS["a"]}).groups == {"a": "a", "b": "a"}


def test_a_pick_names_the_survivor_of_its_group() -> None:
    words = [said(Verdict.SAME, "a", "b"), said(Verdict.PICK, "b")]
    assert read_state(words, ROWS).picks == {"a": "b"}


def test_only_numbers_of_a_person_count_as_decided() -> None:
    words = [said(Verdict.NUMBER, "a", number="1", source="pattern"),
             said(Verdict.NUMBER, "b", number="2", source="decided")]  # fmt: skip
    state = read_state(words, ROWS)
    assert state.given() == {"a": "1", "b": "2"}
    assert state.decided_numbers() == {"b": "2"}


def at(day: int, left: str, right: str) -> Decision:
    return Decision((left, right), Verdict.SAME, when=f"2026-01-{day:02}T10:00:00+00:00")


def test_a_group_keeps_the_id_that_it_first_had() -> None:
    later = [at(3, "a", "c"), at(2, "d", "e"), at(1, "b", "c")]
    ids = dict(lasting_ids(read_state(later, ROWS)).iter_rows())
    assert ids == {"a": "b", "b": "b", "c": "b", "d": "d", "e": "d"}
    joined = read_state([*later, at(4, "a", "e")], ROWS)
    assert set(dict(lasting_ids(joined).iter_rows()).values()) == {"b"}


def test_a_group_is_called_as_in_the_log_whatever_its_records_are_called_today() -> None:
    told = [
        Decision(("b", "c"), Verdict.SAME, seq=1),
        Decision(("d", "e"), Verdict.SAME, seq=2),
    ]
    today = [Decision(("a", "x"), Verdict.SAME, seq=1), told[1]]
    again = Decision(("a", "x"), Verdict.SAME, seq=3)
    first = first_words([*told, again], [*today, again])
    state = read_state([today[1], again], ROWS, first=first)
    ids = dict(lasting_ids(state).iter_rows())
    assert ids == {"a": "b", "x": "b", "d": "d", "e": "d"}


def test_a_word_between_begins_a_group_anew() -> None:
    words = [
        Decision(("a", "b"), verdict, seq=seq)
        for seq, verdict in enumerate((Verdict.SAME, Verdict.DIFFERENT, Verdict.SAME), 1)
    ]
    assert first_words(words, words) == {("a", "b"): (3, "a")}


def test_the_order_of_the_log_names_a_group_not_its_clock() -> None:
    early, late = replace(at(2, "c", "d"), seq=1), replace(at(1, "a", "d"), seq=2)
    assert set(lasting_ids(read_state([early, late], ROWS))["cluster_id"]) == {"c"}


def test_two_groups_never_share_a_name_that_was_two_records_in_turn() -> None:
    told = [
        Decision(("a", "b"), Verdict.SAME, seq=1),
        Decision(("a", "c"), Verdict.SAME, seq=2),
    ]
    today = [Decision(("a~2", "b"), Verdict.SAME, seq=1), told[1]]
    state = read_state(today, ROWS, first=first_words(told, today))
    ids = dict(lasting_ids(state).iter_rows())
    assert ids == {"a~2": "a", "b": "a", "a": "a~2", "c": "a~2"}


SAID = st.lists(
    st.tuples(
        st.sampled_from([Verdict.SAME, Verdict.DIFFERENT]),
        st.sampled_from(IDS),
        st.sampled_from(IDS),
    ).filter(lambda each: each[1] != each[2]),
    max_size=8,
)


@given(SAID, st.randoms())
def test_the_order_of_decisions_does_not_matter(words: list, shuffle: Random) -> None:
    decisions = [said(verdict, *sorted((left, right))) for verdict, left, right in words]
    shuffled = list(decisions)
    shuffle.shuffle(shuffled)
    one, other = read_state(decisions, ROWS), read_state(shuffled, ROWS)
    assert (one.groups, one.different, one.contradictions) == (
        other.groups, other.different, other.contradictions,
    )  # fmt: skip
