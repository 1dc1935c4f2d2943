"""The desk as custclean.toml wants it: whose share, which keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

import custclean as cc
from custclean.errors import DecisionError, InputError
from custclean.project import Project
from custclean.stages.review import Filter
from custclean.stages.review.questions import questions_of
from custclean.widgets.card_data import card_data

if TYPE_CHECKING:
    from pathlib import Path

    from custclean.stages.review import ReviewSession

PEOPLE = """
[review]
reviewers = ["ann", "ben"]
overlap = 0.5
"""


def told(folder: Path, lines: str) -> None:
    path = folder / "custclean.toml"
    path.write_text(path.read_text("utf-8") + lines, "utf-8")


def shown(session: ReviewSession) -> set[tuple[str, ...]]:
    return {session.questions[place].records for place in session.queue.places}


def asked(folder: Path, who: str, *, second: bool = False) -> set[tuple[str, ...]]:
    with Project(folder, who=who) as made:
        return shown(made.review(second=second))


def test_each_reviewer_sees_their_share_first_and_the_rest_at_will(first_out: Path) -> None:
    with Project(first_out, who="cleo") as made:
        everything = shown(made.review())
    told(first_out, PEOPLE)
    anns, bens = asked(first_out, "ann"), asked(first_out, "ben")
    assert anns
    assert bens
    assert anns | bens == everything
    assert not anns & bens
    assert asked(first_out, "cleo") == everything  # who is no reviewer sees all
    with Project(first_out, who="ann") as made:
        session = made.review()
        assert session.show(Filter()) == len(everything)
        assert session.show(reviewer="ben") == len(bens)


def test_a_reviewers_desk_opened_anew_goes_on_where_one_was(first_out: Path) -> None:
    told(first_out, PEOPLE)
    with Project(first_out, who="ann") as made:
        desk = made.review()
        first, second, third = desk.queue.places[:3]
        desk.decide("different", index=second)
        assert desk.position == third
    with Project(first_out, who="ann") as made:
        desk = made.review()
        assert (desk.position, desk.queue.places[:3]) == (third, [first, second, third])


@pytest.mark.fault(3)
def test_what_one_decides_moves_nothing_to_another(first_out: Path) -> None:
    told(first_out, PEOPLE)
    bens = asked(first_out, "ben")
    with Project(first_out, who="ann") as made:
        session = made.review()
        for place in tuple(session.queue.places):
            session.decide("different", index=place)
    assert asked(first_out, "ben") == bens


def test_a_second_look_is_at_what_the_other_has_decided_and_blind(first_out: Path) -> None:
    told(first_out, PEOPLE)
    anns = asked(first_out, "ann")
    again = asked(first_out, "ben", second=True)
    assert again
    assert again <= anns
    with Project(first_out, who="ben") as made:
        assert made.review(second=True).blind


def test_a_desk_opened_anew_still_has_what_was_decided(first_out: Path) -> None:
    with Project(first_out, who="ann") as made:
        before = made.review()
        for word in ("same", "different", "unsure"):
            before.decide(word)
    with Project(first_out, who="ann") as made:
        desk = made.review()
        assert [q.records for q in desk.questions] == [q.records for q in before.questions]
        assert (desk.counts, desk.position) == (before.counts, before.position)
        assert desk.show(state="decided") == 3
        desk.show()
        assert desk.undo() is not None
        assert (desk.counts["decided"], desk.position) == (2, 2)
        assert desk.previous() == desk.card(1)


def test_the_desk_asks_who_stays_where_a_merge_waits_for_it(first_out: Path) -> None:
    with Project(first_out, who="ann") as made:
        for place in range(len(desk := made.review())):
            desk.decide("same", index=place)
        before = made.look().merged.conflicts
        desk = made.review()
        states = [each.state for each in desk.answers.standing]
        assert states.count("unmerged") == 3
        told = [card_data(desk.card(place))["said"] for place in range(len(desk))]
        assert sum("Not merged: both have a subscription" in each for each in told) == 3
        while (card := desk.current) is not None and card.standing.waits:
            assert "not merged" in card_data(card)["said"]
            desk.pick("", card.records[0])
            desk.apply()
        assert desk.counts["left"] == 0
        assert set(before["reason"]) - set(made.look().merged.conflicts["reason"]) == {
            "survivor_tie",
            "subscription_unknown",
        }
        desk.undo()
        assert desk.counts["left"] == 1
        assert made.review().counts["left"] == 1


def test_a_desk_that_is_through_asks_who_stays_before_it_says_so(first_out: Path) -> None:
    with Project(first_out, who="ann") as made:
        desk = made.review()
        for place in range(len(desk)):
            desk.decide("same", index=place)
        asks = made.review().counts["left"]
        assert asks
        assert desk.counts["left"] == asks
        card = desk.current
        assert card is not None
        assert card.standing.state == "unmerged"
        with pytest.raises(DecisionError, match="one client already"):
            desk.decide("same")
        assert desk.counts["left"] == asks
        while (card := desk.current) is not None and card.standing.waits:
            desk.pick("", card.records[0])
            desk.decide("same")
        assert desk.counts["left"] == made.review().counts["left"] == 0


def test_what_is_decided_is_no_part_of_a_group_that_waits() -> None:
    """Else "all different" would be said of two who are one client already."""
    pairs = pl.DataFrame(
        [("a", "b", 0.9, True), ("b", "c", 0.9, True), ("c", "d", 0.8, False)],
        schema=["left_id", "right_id", "probability", "answered"],
        orient="row",
    )
    assert [q.records for q in questions_of(pairs)] == [("a", "b", "c"), ("c", "d")]


def test_the_keys_of_the_settings_are_those_of_the_desk(first_out: Path) -> None:
    told(first_out, '\n[review.keys]\nsame = "z"\n')
    with Project(first_out, who="ann") as made:
        session = made.review()
        assert cc.show(session).chosen_keys["same"] == "z"
        card = cc.show(session, keys={"same": "x"})
        assert card.chosen_keys["same"] == "x"


def test_a_key_that_cannot_be_is_refused(first_out: Path) -> None:
    told(first_out, '\n[review.keys]\nsame = "n"\n')
    with Project(first_out, who="ann") as made, pytest.raises(InputError, match="two actions"):
        cc.show(made.review())


@pytest.mark.parametrize("field", ["display_name", "balance", "emial"])
def test_a_value_that_no_merge_would_keep_is_not_picked(first: Project, field: str) -> None:
    record = first.look().evidence.clients.table["record_id"][0]
    with pytest.raises(InputError, match="field") as refused:
        first.pick(record, field=field)
    assert refused.value.value == field
