"""What a notebook shows of matches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import polars as pl
import pytest

from custclean import html
from custclean.stages.link import find_duplicates, link
from custclean.stages.link.side_by_side import Block, side_by_side

Clients = Callable[..., pl.DataFrame]
ANN = {
    "display_name": "Ann Wexcombe",
    "email": "ann@mail.example",
    "phone": "+12025550764",
    "city": "Riverton",
}


@pytest.fixture
def revealed() -> Iterator[None]:
    html.reveal()
    yield
    html.reveal(on=False)


def test_the_headline_counts_records_groups_and_their_members(clients: Clients) -> None:
    drawn = find_duplicates(clients(ANN, ANN, others=40))._repr_html_()
    assert "42 records: 1 group of 2 holds 2 of them; " in drawn
    drawn = find_duplicates(clients(ANN, ANN, ANN, others=40))._repr_html_()
    assert "43 records: 1 group of 3 holds 3 of them; " in drawn
    assert (
        "40 records: no group; 0 pairs are worth a look (0 in doubt)."
        in find_duplicates(clients())._repr_html_()
    )


def test_what_is_worth_a_look_is_counted_the_same_everywhere(clients: Clients) -> None:
    moved = {"email": "", "phone": "", "city": "Elsewhere"}
    ann_grey = {"display_name": "Ann Wexcome", "phone": "", "email": "w@mail.example"}
    table = clients(ANN, ANN, ANN | moved, ANN | ann_grey)
    told = pl.DataFrame({"left_id": ["c00"], "right_id": ["c01"], "verdict": ["same"]})
    for found in (find_duplicates(table), find_duplicates(table, decisions=told)):
        asked = found.to_review()
        doubt = asked.filter(pl.col("probability") < 0.95).height
        assert asked.height > doubt > 0
        assert f"{asked.height} worth a look, {doubt} in doubt)" in repr(found)
        said = f"{asked.height} pairs are worth a look ({doubt} in doubt)."
        assert said in found._repr_html_()


def test_two_tables_are_counted_apart(clients: Clients) -> None:
    drawn = link(clients(ANN, others=0), clients(ANN, others=5))._repr_html_()
    assert "1 and 6 records: 1 pair is one client; " in drawn


def test_values_are_masked_until_they_are_revealed(clients: Clients) -> None:
    found = find_duplicates(clients(ANN, ANN | {"email": "anne@mail.example"}))
    drawn = found._repr_html_()
    assert "Wexcombe" not in drawn
    assert "mail.example" not in drawn
    assert "<mark>••@•••••</mark>" in drawn or "<mark>••@•••••••••</mark>" in drawn
    assert "masked" in drawn


def test_revealed_values_stand_side_by_side_and_differences_are_marked(
    clients: Clients, revealed: None
) -> None:
    found = find_duplicates(clients(ANN, ANN | {"email": "anne@mail.example"}))
    drawn = found._repr_html_()
    assert drawn.count("<mark>") == 2
    assert "<mark>anne@mail.example</mark>" in drawn
    assert "Very likely one client. For: " in drawn
    assert "masked" not in drawn


def test_it_says_what_was_taken_for_what_and_what_is_belief(clients: Clients) -> None:
    frame = pl.DataFrame(
        {"Kunde": ["Ann Wexcombe"] * 3, "x": [f"a{n}@b.example" for n in range(3)]}
    )
    drawn = find_duplicates(frame)._repr_html_()
    assert "x → email" in drawn  # assumed from its values alone
    drawn = find_duplicates(frame, columns={"x": "email"})._repr_html_()
    assert "1 column is compared" in drawn
    assert "A starting belief, not estimated: " in drawn
    assert ".clusters() gives" in drawn
    assert ".accepted() gives" in link(frame, frame)._repr_html_()


def test_nothing_in_it_runs_or_comes_from_elsewhere(clients: Clients, revealed: None) -> None:
    evil = ANN | {"display_name": "<img src=x onerror=alert(1)> Wexcombe", "city": "<script>"}
    drawn = find_duplicates(clients(evil, evil | {"phone": "+12025550765"}))._repr_html_()
    assert "<img" not in drawn
    assert "<script" not in drawn
    assert not re.search(r"https?://", drawn)


def test_it_does_not_depend_on_the_order_of_records(clients: Clients, revealed: None) -> None:
    frame = clients(ANN, ANN | {"display_name": "A. Wexcombe"}, ANN | {"city": "Elsewhere"})
    one, other = (find_duplicates(each)._repr_html_() for each in (frame, frame.reverse()))
    assert sorted(re.findall(r"<td>[^<]*", one)) == sorted(re.findall(r"<td>[^<]*", other))


def test_empty_columns_are_left_out_and_spelling_marks_nothing(revealed: None) -> None:
    rows = [("Ann", None, "061 68"), ("ANN", " ", "061.68"), (None, None, "061")]
    drawn = side_by_side(
        ["name", "fax", "phone"], [Block("why", ["1", "2", "3"], rows)], title="t"
    )
    assert "fax" not in drawn
    assert drawn.count("<mark>") == 3  # the phones: 061 is another one


def test_an_explanation_shows_itself_masked(clients: Clients) -> None:
    why = find_duplicates(clients(ANN, ANN)).explain("c00", "c01")
    drawn = why._repr_html_()
    assert "Wexcombe" not in drawn
    assert "equal after cleaning" in drawn
    assert "Brought together by: every pair is compared" in drawn
