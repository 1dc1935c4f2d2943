"""What the decisions say today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from custclean.decisions import seen_of
from custclean.model import Decision, Pair, Verdict
from custclean.project.state import group_frame, read_state, still_open

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
