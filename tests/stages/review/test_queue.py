"""What is in sight, and in which order; how long it will take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from custclean.errors import InputError
from custclean.model import Decision, Verdict
from custclean.stages.review import Filter, ReviewSession
from tests.stages.review.desk import queue, session, table

if TYPE_CHECKING:
    from custclean.decisions import DecisionLog

CHANGED = {
    "a": {"lead_accountant": "Carla", "customer_type": "Business", "city": "Århus"},
    "b": {"display_name": "CLIENT A", "phone": "37001234"},
    "c": {"lead_accountant": "Tobias", "phone": "+45 37 99 99 99"},
    "g": {"display_name": "Client h", "email": "h@example.com"},
}


@pytest.fixture
def desk(ticking: DecisionLog) -> ReviewSession:
    """Give questions 0 ab, 1 cd, 2 efh (a group), 3 gh."""
    return session(ticking, "ab55", "cd95", "ef90", "fh85", "gh30", changed=CHANGED)


@pytest.mark.parametrize(
    ("given", "places"),
    [
        ({}, [0, 1, 2, 3]),
        ({"text": "aarhus"}, [0]),
        ({"text": "arhus"}, [0]),
        ({"text": " CLIENT C"}, [1]),
        ({"lead_accountant": "Tobias"}, [1]),
        ({"customer_type": "Business"}, [0]),
        ({"kind": "group"}, [2]),
        ({"smallest": 3}, [2]),
        ({"least": 0.5, "most": 0.9}, [0, 2]),
        ({"lightest": 4}, [0, 1]),
        ({"heaviest": 1.0}, [3]),
        ({"lightest": 2.0, "heaviest": 4.0}, [1, 2]),
        ({"differs": "phone"}, [1]),
        ({"differs": "display_name"}, [1, 2]),
        ({"order": "likely"}, [1, 2, 0, 3]),
        ({"order": "unlikely"}, [3, 0, 2, 1]),
        ({"order": "uncertain"}, [0, 3, 2, 1]),
        ({"order": "largest"}, [2, 1, 0, 3]),
        ({"kind": "pair", "order": "likely", "least": 0.5}, [1, 0]),
    ],
)
def test_a_filter_shows_what_fits_in_its_order(
    desk: ReviewSession, given: dict[str, Any], places: list[int]
) -> None:
    assert desk.show(**given) == len(places)
    assert desk.queue.places == places


def test_what_is_decided_stays_in_sight_until_the_next_filter(desk: ReviewSession) -> None:
    desk.show(state="waiting", kind="pair")
    desk.decide("same")
    assert desk.queue.places == [0, 1, 3]
    assert desk.counts == {"decided": 1, "left": 2, "same": 1, "different": 0, "unsure": 0}
    desk.show(state="waiting")
    assert desk.queue.places == [1, 2, 3]
    assert desk.show(state="decided") == 1
    assert desk.show(who="ann") == 1


def test_one_moves_within_what_is_in_sight(desk: ReviewSession) -> None:
    desk.show(order="likely", kind="pair")
    assert desk.position == 1
    desk.next()
    assert desk.position == 0
    desk.decide("unsure")
    assert desk.position == 3
    desk.previous()
    desk.previous()
    desk.previous()
    assert desk.position == 1


def test_a_filter_that_nothing_fits_shows_nothing_and_breaks_nothing(
    desk: ReviewSession,
) -> None:
    assert desk.show(text="nobody") == 0
    assert desk.current is None
    assert desk.next() is None
    assert desk.ahead(3) == ()
    assert desk.counts["left"] == 0
    assert desk.show() == 4


def test_a_filter_of_what_there_is_not_is_refused(desk: ReviewSession) -> None:
    for wrong in ({"order": "random"}, {"state": "done"}):
        with pytest.raises(InputError):
            Filter(**wrong)  # type: ignore[arg-type]


def test_what_could_be_chosen_is_counted(desk: ReviewSession) -> None:
    desk.show(kind="pair")
    facets = desk.queue.facets()
    assert facets["kind"] == [("pair", 3), ("group", 1)]
    assert facets["lead_accountant"] == [("Carla", 1), ("Tobias", 1)]
    assert dict(facets["state"])["waiting"] == 3
    assert dict(facets["differs"])["phone"] == 1


OF_THE_RECORD = {
    "a": {"company_id": "1", "created": "2020-01-01", "last_activity": "2026-01-01"},
    "b": {"company_id": "2", "created": "2021-02-03"},
    "c": {"company_id": "3", "last_activity": "2026-01-01"},
}


@pytest.mark.parametrize("pairs", [["ab"], ["ab", "bc"]])
def test_what_is_of_the_record_is_no_difference_of_clients(
    ticking: DecisionLog, pairs: list[str]
) -> None:
    desk = session(ticking, *pairs, changed=OF_THE_RECORD)
    card = desk.card(0)
    marks = {field.name: field.mark for field in card.fields}
    assert (marks["company_id"], marks["created"]) == ("own", "own")
    assert marks["last_activity"] == "missing"
    assert "Company id" not in card.reason
    differs = dict(desk.queue.facets()["differs"])
    assert set(differs) == {"display_name", "email"}


def test_in_a_table_of_other_columns_each_counts(ticking: DecisionLog) -> None:
    rows = pl.DataFrame({"record_id": ["a", "b"], "name": "Ann", "company_id": ["1", "2"]})
    desk = ReviewSession(rows, queue("ab"), ticking)
    assert {field.name: field.mark for field in desk.card(0).fields} == {
        "name": "same",
        "company_id": "differ",
    }
    assert dict(desk.queue.facets()["differs"]) == {"company_id": 1}


def test_reviewers_find_their_share(ticking: DecisionLog) -> None:
    pairs = pl.DataFrame(
        {"left_id": ["a", "c"], "right_id": ["b", "d"], "reviewer": [["ann", "bo"], ["bo"]]}
    )
    desk = ReviewSession(table(), pairs, ticking)
    assert desk.show(reviewer="ann") == 1
    assert desk.show(reviewer="bo") == 2


def test_the_time_left_follows_the_pace(ticking: DecisionLog) -> None:
    pairs = [f"{a}{b}" for a, b in zip("abcdefg", "bcdefgh", strict=True)]
    desk = session(ticking, *pairs, groups=False)
    for _ in range(4):
        desk.decide("unsure")
    assert desk.seconds_left is None
    desk.decide("unsure")
    desk.decide("unsure")
    assert desk.counts["left"] == 1
    assert desk.seconds_left == pytest.approx(10.0)


def test_the_duplicates_expected_go_down_with_what_is_decided(desk: ReviewSession) -> None:
    assert desk.expected == pytest.approx(0.55 + 0.95 + 0.9 + 0.85 + 0.3)
    desk.decide("same", index=2)
    assert desk.expected == pytest.approx(0.55 + 0.95 + 0.3)
    desk.undo()
    assert desk.expected == pytest.approx(0.55 + 0.95 + 0.9 + 0.85 + 0.3)


def test_the_tally_is_what_one_would_count(desk: ReviewSession, ticking: DecisionLog) -> None:
    desk.decide("same", index=2)
    ticking.append(Decision(("a",), Verdict.SET_ASIDE))
    ticking.decide("c", "d", "different")
    assert desk.counts == {"decided": 3, "left": 1, "same": 1, "different": 2, "unsure": 0}
    assert desk.waiting == (False, False, False, True)
