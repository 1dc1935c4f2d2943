"""A decision holds until what the person saw has changed."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from custclean.decisions import SEEN_FIELDS, changed_since, fingerprint, seen_of
from custclean.model import FIELDS, Decision, Verdict

ROWS = st.dictionaries(st.sampled_from(SEEN_FIELDS), st.none() | st.text(max_size=8))


def test_the_seen_fields_are_canonical_and_none_changes_by_our_own_work() -> None:
    assert set(SEEN_FIELDS) <= set(FIELDS["customers"])
    assert not {"customer_number", "balance", "source_row", "record_id"} & set(SEEN_FIELDS)


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
