"""Two reviewers: what both judged, what they agree on, and the list of what they do not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.decisions import DecisionLog
from custclean.model import Decision, Verdict
from custclean.stages.agreement import agreement

if TYPE_CHECKING:
    import random
    from pathlib import Path


def log_of(*said: tuple[Any, ...]) -> list[Decision]:
    history = []
    for seq, (who, pair, verdict, *more) in enumerate(said, 1):
        value = {"undoes": str(more[0])} if verdict == "undo" else {}
        history.append(Decision(tuple(pair), Verdict(verdict), value=value, who=who, seq=seq))
    return history


def test_only_pairs_that_both_judged_count() -> None:
    found = agreement(
        log_of(("ann", "ab", "same"), ("bo", "ab", "same"), ("ann", "cd", "different"),
               ("bo", "ef", "same"), ("ann", "gh", "different"), ("bo", "gh", "same"))
    )  # fmt: skip
    (row,) = found.reviewers.to_dicts()
    assert (row["who_1"], row["who_2"], row["judged"], row["agreed"]) == ("ann", "bo", 2, 0.5)
    listed = found.disagreements.select("left_id", "right_id", "verdict_1", "verdict_2")
    assert listed.rows() == [("g", "h", "different", "same")]
    assert found.counts.rows() == [
        ("ann", "bo", "different", "same", 1), ("ann", "bo", "same", "same", 1)
    ]  # fmt: skip


def test_the_last_standing_word_of_each_counts_also_where_another_came_later() -> None:
    found = agreement(
        log_of(("ann", "ab", "same"), ("ann", "ab", "different"), ("bo", "ab", "same"),
               ("bo", "cd", "same"), ("bo", "cd", "undo", 4), ("ann", "cd", "same"))
    )  # fmt: skip
    assert found.reviewers["judged"].to_list() == [1]
    assert found.disagreements["verdict_1"].to_list() == ["different"]


def test_an_undo_taken_back_gives_the_word_its_place_again() -> None:
    history = log_of(
        ("ann", "ab", "same"), ("ann", "ab", "undo", 1), ("ann", "ab", "undo", 2),
        ("bo", "ab", "same"),
    )  # fmt: skip
    assert agreement(history).reviewers["judged"].to_list() == [1]


def test_unsure_is_a_word_of_its_own_and_left_out_of_the_decided() -> None:
    found = agreement(
        log_of(("ann", "ab", "unsure"), ("bo", "ab", "same"), ("ann", "cd", "same"),
               ("bo", "cd", "same"), ("ann", "ef", "different"), ("bo", "ef", "different"))
    )  # fmt: skip
    (row,) = found.reviewers.to_dicts()
    assert (row["judged"], row["decided"], row["agreed_decided"]) == (3, 2, 1.0)
    assert row["kappa_decided"] == 1.0
    assert row["kappa"] < 1


def test_two_that_were_split_again_are_different() -> None:
    found = agreement(log_of(("ann", "ab", "split"), ("bo", "ab", "different")))
    assert found.disagreements.is_empty()
    assert found.counts["verdict_1"].to_list() == ["different"]


def test_where_kappa_is_undefined_it_is_null_and_the_reason_is_said() -> None:
    found = agreement(
        log_of(("ann", "ab", "same"), ("bo", "ab", "same"), ("cy", "xy", "same"))
    )
    rows = {(row["who_1"], row["who_2"]): row for row in found.reviewers.to_dicts()}
    assert rows["ann", "bo"]["kappa"] is None
    assert "one and the same word" in rows["ann", "bo"]["remark"]
    assert rows["ann", "cy"]["remark"] == "no pair was judged by both"
    assert len(rows) == 3


def test_whether_both_saw_the_same_values_is_said() -> None:
    one = Decision(("a", "b"), Verdict.SAME, {"left.email": "1:1"}, who="ann", seq=1)
    for seen, told in (
        ({"left.email": "1:1"}, True),
        ({"left.email": "1:2"}, False),
        ({}, None),
    ):
        other = Decision(("a", "b"), Verdict.DIFFERENT, seen, who="bo", seq=2)
        found = agreement([one, other])
        assert found.disagreements["saw_the_same"].to_list() == [told]


def test_other_decisions_than_of_pairs_do_not_count() -> None:
    aside = [Decision(("a",), Verdict.SET_ASIDE, who=who) for who in ("ann", "bo")]
    assert agreement(aside).reviewers.is_empty()
    assert agreement([]).disagreements.is_empty()


def test_a_log_is_taken_as_it_is(tmp_path: Path) -> None:
    with DecisionLog(tmp_path, who="ann") as log:
        log.decide("a", "b", "same")
        log.append(Decision(("b", "a"), Verdict.DIFFERENT, who="bo", note="no"))
        found = agreement(log)
    assert found.disagreements["note_2"].to_list() == ["no"]


def test_notes_are_masked_and_names_of_reviewers_shown() -> None:
    history = log_of(("ann", "ab", "same"))
    history.append(Decision(("a", "b"), Verdict.DIFFERENT, who="bo", note="Client Ltd", seq=2))
    found = agreement(history)
    assert "Client Ltd" not in repr(found) + found._repr_html_()
    assert "ann" in found._repr_html_()


words = st.sampled_from(["same", "different", "unsure"])
entries = st.lists(
    st.tuples(st.sampled_from(["ann", "bo", "cy"]), st.sampled_from(["ab", "cd", "ef"]), words)
)


@given(entries)
def test_counts_disagreements_and_shares_tell_one_story(said: list[tuple[str, ...]]) -> None:
    found = agreement(log_of(*said))
    for row in found.reviewers.to_dicts():
        two = (pl.col("who_1") == row["who_1"]) & (pl.col("who_2") == row["who_2"])
        counts, apart = found.counts.filter(two), found.disagreements.filter(two)
        assert counts["n"].sum() == row["judged"]
        unequal = counts.filter(pl.col("verdict_1") != pl.col("verdict_2"))["n"].sum()
        assert unequal == apart.height
        if row["judged"]:
            assert row["agreed"] == pytest.approx(1 - apart.height / row["judged"])


@given(entries, st.randoms())
def test_whose_words_come_first_does_not_matter(
    said: list[tuple[str, ...]], lots: random.Random
) -> None:
    last = {(who, pair): (who, pair, word) for who, pair, word in said}
    once = list(last.values())
    shuffled = lots.sample(once, len(once))
    one, other = agreement(log_of(*once)), agreement(log_of(*shuffled))
    assert one.reviewers.equals(other.reviewers)
    assert one.disagreements.equals(other.disagreements)


def test_nobody_agrees_in_bulk() -> None:
    ann, bo = log_of(("ann", "ab", "same"), ("bo", "ab", "same"))
    unseen = replace(bo, value={"bulk": "0 of 147 wrong, <= 0.02"})
    assert agreement([ann, bo]).reviewers["judged"].to_list() == [1]
    assert agreement([ann, unseen]).reviewers["judged"].to_list() == [0]
    changed = replace(unseen, verdict=Verdict.DIFFERENT)
    assert agreement([ann, changed]).disagreements.is_empty()
