"""What is chosen and not saved yet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.errors import DecisionError
from custclean.stages.review.drafts import Draft

ABC = ("a", "b", "c")


def parts(draft: Draft, records: tuple[str, ...] = ABC) -> list[str]:
    return ["".join(sorted(part)) for part in draft.divided(records)]


def test_nothing_chosen_is_one_part_and_false() -> None:
    assert not Draft()
    assert parts(Draft()) == ["abc"]


def test_eject_takes_out_and_puts_back() -> None:
    out = Draft().ejected(ABC, "b")
    assert parts(out) == ["ac", "b"]
    assert parts(out.ejected(ABC, "b")) == ["abc"]
    assert not out.ejected(ABC, "b").beside([frozenset(ABC)], {})


def test_move_goes_on_to_the_next_part_and_round() -> None:
    one = Draft().moved(ABC, "a")
    assert parts(one) == ["a", "bc"]
    two = one.moved(ABC, "b")
    assert parts(two) == ["a", "b", "c"]
    assert parts(Draft().arranged(ABC, ["ab", "c"]).moved(ABC, "c")) == ["abc"]


def test_move_brings_every_record_round_and_back() -> None:
    four = ("a", "b", "c", "d")
    draft = begun = Draft().arranged(four, ["ab", "c", "d"])
    seen = [parts(draft := draft.moved(four, "a"), four) for _ in range(4)]
    assert seen == [
        ["ac", "b", "d"], ["ad", "b", "c"], ["a", "b", "c", "d"], ["ab", "c", "d"]
    ]  # fmt: skip
    assert set(draft.parts) == set(begun.parts)


def test_what_stands_is_not_chosen() -> None:
    divided = Draft().arranged(ABC, ["ab", "c"])
    apart = list(map(frozenset, ("c", "ab")))
    assert not divided.beside(apart, {})
    assert divided.beside([frozenset(ABC)], {})
    assert Draft().arranged(ABC, [ABC]).beside(apart, {})


def test_a_pick_that_holds_anyway_is_not_chosen() -> None:
    whole = frozenset(ABC)
    draft = Draft().picked(ABC, "email", "b").picked(ABC, "", "b")
    left = draft.beside([whole], {("email", whole): "b", ("", whole): "a"})
    assert dict(left.picks) == {("", whole): "b"}


def test_a_pick_goes_with_its_record() -> None:
    draft = Draft().picked(ABC, "email", "b").ejected(ABC, "a")
    assert dict(draft.picks) == {("email", frozenset("bc")): "b"}
    assert dict(draft.picked(ABC, "email", "c").picks) == {("email", frozenset("bc")): "c"}
    assert not dict(draft.picked(ABC, "email", None).picks)


@pytest.mark.parametrize("division", [["ab"], ["ab", "bc"], ["ab", "c", ""], ["ab", "x"]])
def test_a_division_that_is_none_is_refused(division: list[str]) -> None:
    with pytest.raises(DecisionError, match="one part"):
        Draft().arranged(ABC, division)


def test_strangers_are_refused() -> None:
    for act in (Draft().ejected, Draft().moved):
        with pytest.raises(DecisionError, match="no such record"):
            act(ABC, "x")
    with pytest.raises(DecisionError, match="no such record"):
        Draft().picked(ABC, "email", "x")


STEPS = st.lists(
    st.tuples(st.sampled_from(["eject", "move", "pick"]), st.sampled_from("abcde"))
)


@given(STEPS)
def test_whatever_is_pressed_every_record_is_in_one_part(steps: list[tuple[str, str]]) -> None:
    records, draft = tuple("abcde"), Draft()
    for what, record in steps:
        if what == "pick":
            draft = draft.picked(records, "email", record)
        else:
            draft = (draft.ejected if what == "eject" else draft.moved)(records, record)
        assert sorted(record for part in draft.divided(records) for record in part) == [
            *records
        ]
        assert all(record in part for (_, part), record in draft.picks.items())
        assert {part for _, part in draft.picks} <= set(draft.divided(records))
