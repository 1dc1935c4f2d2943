"""A decision holds until what the person saw has changed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.decisions import (
    SEEN_FIELDS,
    changed_since,
    fingerprint,
    seen_fields,
    seen_of,
    whose,
)
from custclean.labels import labels
from custclean.model import FIELDS, Decision, Verdict

ROWS = st.dictionaries(st.sampled_from(SEEN_FIELDS), st.none() | st.text(max_size=8))


def test_the_seen_fields_are_canonical_and_none_changes_by_our_own_work() -> None:
    assert set(SEEN_FIELDS) <= set(FIELDS["customers"])
    assert not {"customer_number", "balance", "source_row", "record_id"} & set(SEEN_FIELDS)


def test_of_all_that_a_card_shows_only_this_may_change_unasked() -> None:
    assert set(labels()) - set(SEEN_FIELDS) == {
        "customer_number", "company_id", "active", "currency", "balance", "created",
        "last_activity", "notes",
    }  # fmt: skip


@pytest.mark.parametrize(
    "field", ["website", "fax", "ean", "title", "suffix", "region", "parent"]
)
def test_what_says_who_a_record_is_is_asked_about_again(field: str) -> None:
    then: dict[str, str | None] = {"display_name": "Ann", field: "x"}
    decision = Decision(("a", "b"), Verdict.DIFFERENT, seen_of(then, then))
    assert changed_since(decision, {"a": {**then, field: "y"}, "b": then}) == (
        f"left.{field}",
    )


def test_a_field_that_was_not_seen_then_is_not_asked_about() -> None:
    old = "display_name email".split()
    row = {"display_name": "Ann", "email": None}
    decision = Decision(("a", "b"), Verdict.SAME, seen_of(row, row, old))
    now = {"a": {**row, "website": "ann.example"}, "b": {**row, "email": "ann@ann.example"}}
    assert changed_since(decision, now) == ("right.email",)


def test_of_any_other_table_every_column_is_seen() -> None:
    assert seen_fields(["record_id", "fname", "email", "date.of birth", "balance"]) == (
        "fname", "email", "date.of birth",
    )  # fmt: skip
    assert seen_fields(FIELDS["customers"]) == tuple(SEEN_FIELDS)
    assert seen_fields(["record_id", "display_name", "dob"]) == tuple(SEEN_FIELDS)


def test_a_dot_in_a_columns_name_is_no_side() -> None:
    row = {"date.of birth": "1980"}
    pair = Decision(("a", "b"), Verdict.SAME, seen_of(row, row, row))
    assert changed_since(pair, {"a": row, "b": {"date.of birth": "1999"}}) == (
        "right.date.of birth",
    )
    one = Decision(("a",), Verdict.KEEP, seen_of({"left.x": "1"}, None, ["left.x"]))
    assert whose(one, "left.x") == ("a", "left.x")
    assert changed_since(one, {"a": {"left.x": "2"}}) == ("left.x",)


def test_a_fingerprint_is_short_and_carries_its_version() -> None:
    assert fingerprint("Ann Example") == "1:258e1c6527"
    assert fingerprint(None) == ""
    assert fingerprint("") != ""


@given(st.text())
def test_composed_and_decomposed_letters_are_the_same_sight(text: str) -> None:
    decomposed = fingerprint(unicodedata.normalize("NFD", text))
    assert decomposed == fingerprint(unicodedata.normalize("NFC", text))


@given(ROWS, ROWS)
def test_what_was_just_seen_has_not_changed(
    left: dict[str, str | None], right: dict[str, str | None]
) -> None:
    decision = Decision(("a", "b"), Verdict.SAME, seen_of(left, right))
    assert changed_since(decision, {"a": left, "b": right}) == ()


def test_each_changed_field_is_named_with_its_side() -> None:
    left, right = {"email": "a@example.com", "city": "Roma"}, {"email": "b@example.com"}
    decision = Decision(("a", "b"), Verdict.SAME, seen_of(left, right))
    now: dict[str, dict[str, str | None]] = {
        "a": {**left, "email": None},
        "b": {**right, "city": "Milano"},
    }
    assert changed_since(decision, now) == ("left.email", "right.city")


def test_for_one_record_the_fields_have_no_side() -> None:
    row = {"email": "info@example.com"}
    decision = Decision(("a",), Verdict.SET_ASIDE, seen_of(row))
    assert set(decision.seen) == set(SEEN_FIELDS)
    assert changed_since(decision, {"a": {"email": "x@example.com"}}) == ("email",)


def test_a_record_that_is_gone_has_no_value_that_changed() -> None:
    decision = Decision(("a", "b"), Verdict.SAME, seen_of({"email": "x"}, {"email": "y"}))
    assert changed_since(decision, {"a": {"email": "z"}}) == ("left.email",)


def test_a_fingerprint_of_another_version_is_a_change_to_be_asked() -> None:
    decision = Decision(("a",), Verdict.KEEP, {"email": "0:123"})
    assert changed_since(decision, {"a": {"email": "x"}}) == ("email",)


def test_a_decision_that_saw_nothing_always_holds() -> None:
    assert changed_since(Decision(("a",), Verdict.KEEP), {"a": {"email": "x"}}) == ()
