"""Which record is which from one download to the next, where no id says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.model import fields_of
from custclean.project.trail import Trail, follow
from custclean.tables.ids import record_ids

if TYPE_CHECKING:
    from random import Random

COLUMNS = fields_of("customers")
IDENTIFYING = ("display_name", "company", "given_name", "middle_name", "family_name", "email",
               "tax_id")  # fmt: skip
Row = dict[str, str]
ANN = {"display_name": "Ann Example", "email": "ann@example.com", "phone": "11223344",
       "street": "First Street 1"}  # fmt: skip
BO = {"display_name": "Bo Sample", "email": "bo@example.com", "phone": "55667788",
      "street": "Second Street 2"}  # fmt: skip


def listed(*rows: Row) -> pl.DataFrame:
    """Make a download; the number of a client is its own id, and the others have none."""
    schema = dict.fromkeys(COLUMNS, pl.String)
    frame = pl.DataFrame(rows, schema=schema)
    ids = record_ids("s:customers", frame["company_id"], frame.select(IDENTIFYING), frame)
    return frame.with_columns(record_id=ids, source_row=pl.int_range(pl.len()).cast(pl.String))


def now(trail: Trail, then: Row) -> Row | None:
    """Find the row of today that a row of the first download has become."""
    first, last = trail.tables[0], trail.tables[-1]
    own = first.filter(pl.all_horizontal(pl.col(n) == v for n, v in then.items()))["record_id"]
    name = trail.names[0].get(own[0], own[0])
    found = last.filter(record_id=name)
    return next(found.select(*then).iter_rows(named=True), None)


def test_who_is_still_there_needs_no_other_name() -> None:
    trail = follow([listed(ANN, BO), listed(BO, ANN)])
    assert trail.names == ({}, {})


def test_a_new_email_is_no_new_client() -> None:
    moved = {**ANN, "email": "ann@example.org"}
    trail = follow([listed(ANN, BO), listed(BO, moved)])
    (name,) = trail.names[0].values()
    assert name == listed(moved)["record_id"][0]


def test_ids_of_the_system_are_never_joined_by_likeness() -> None:
    trail = follow([listed({**ANN, "company_id": "1"}), listed({**ANN, "company_id": "2"})])
    assert trail.names == ({}, {})


def test_over_three_months_a_client_may_change_twice() -> None:
    second = {**ANN, "email": "ann@example.org"}
    third = {**second, "display_name": "Ann Other"}
    trail = follow([listed(ANN), listed(second), listed(third)])
    today = listed(third)["record_id"][0]
    assert [list(names.values()) for names in trail.names] == [[today], [today], []]


def test_a_client_who_was_away_for_a_month_is_the_same_one() -> None:
    moved = {**ANN, "phone": "99999999", "email": "ann@example.org"}
    trail = follow([listed(ANN, BO), listed(BO), listed(BO, moved)])
    assert trail.names[0] == {listed(ANN)["record_id"][0]: listed(moved)["record_id"][0]}


def test_an_old_email_taken_up_again_is_the_same_client_again() -> None:
    second = {**ANN, "email": "ann@example.org"}
    trail = follow([listed(ANN), listed(second), listed(ANN)])
    assert trail.names == (
        {},
        {listed(second)["record_id"][0]: listed(ANN)["record_id"][0]},
        {},
    )


TWINS = [{**ANN, "phone": phone} for phone in ("10000000", "20000000", "30000000")]


@pytest.mark.parametrize("gone", range(3))
def test_of_rows_with_one_hash_each_stays_itself_when_one_goes(gone: int) -> None:
    left = [row for n, row in enumerate(TWINS) if n != gone]
    trail = follow([listed(*TWINS), listed(*reversed(left))])
    for n, row in enumerate(TWINS):
        assert now(trail, row) == (None if n == gone else row)


@pytest.mark.parametrize("phone", ["00000000", "25000000", "90000000"])
def test_of_rows_with_one_hash_each_stays_itself_when_one_comes(phone: str) -> None:
    trail = follow([listed(*TWINS), listed({**ANN, "phone": phone}, *TWINS)])
    for row in TWINS:
        assert now(trail, row) == row


def test_of_rows_with_one_hash_the_nearest_is_the_one_that_was_edited() -> None:
    edited = {**TWINS[1], "phone": "77777777"}
    trail = follow([listed(*TWINS), listed(TWINS[0], edited, TWINS[2])])
    own = trail.tables[0].filter(phone="20000000")["record_id"][0]
    name = trail.names[0].get(own, own)
    assert trail.tables[1].filter(record_id=name)["phone"].to_list() == ["77777777"]


def test_of_two_that_fit_equally_well_neither_is_taken() -> None:
    one, other = ({**ANN, "email": f"ann@example.{end}"} for end in ("org", "net"))
    trail = follow([listed(ANN, BO), listed(one, other, BO)])
    assert trail.names[0] == {}
    (gone,) = listed(ANN)["record_id"]
    assert set(trail.perhaps[gone]) == set(listed(one, other)["record_id"])


def test_two_whose_likeness_is_the_same_but_who_are_not_stay_apart() -> None:
    here, there = ({**ANN, "city": city} for city in ("Aarhus", "Odense"))
    moved = {**ANN, "email": "ann@example.org", "city": "Esbjerg"}
    assert follow([listed(here, there), listed(moved)]).names[0] == {}


def test_a_copy_of_somebody_who_stays_is_not_somebody_who_went() -> None:
    stays = {**ANN, "website": "ann.example.com"}
    went = {**ANN, "display_name": "Ann M. Example"}
    copy = {**stays, "display_name": "Ann Exxample"}
    assert follow([listed(stays, went), listed(stays, copy)]).names[0] == {}
    assert follow([listed(went), listed(copy)]).names[0], "she would be, if nobody else was"


def test_an_equal_name_alone_is_not_enough() -> None:
    namesake = {"display_name": "Ann Example", "email": "other@example.com",
                "phone": "77889900", "street": "Third Street 3"}  # fmt: skip
    trail = follow([listed(ANN, BO), listed(BO, namesake)])
    assert trail.names[0] == {}


def test_another_job_of_one_client_is_not_the_job_that_ended() -> None:
    jobs = [{**ANN, "parent": "Ann Example", "display_name": f"Ann Example:{name}"}
            for name in ("Kitchen", "Bathroom")]  # fmt: skip
    assert follow([listed(jobs[0]), listed(jobs[1])]).names[0] == {}


def test_a_job_goes_with_its_client_who_is_renamed() -> None:
    before = {**ANN, "parent": "Ann", "display_name": "Ann:Kitchen"}
    after = {**ANN, "parent": "Anne", "display_name": "Anne:Kitchen"}
    assert list(follow([listed(before), listed(after)]).names[0]) == [
        listed(before)["record_id"][0]
    ]


def test_who_is_gone_does_not_get_an_id_that_somebody_else_has_today() -> None:
    trail = follow([listed(*TWINS[:2]), listed(TWINS[1])])
    (own,) = trail.tables[1]["record_id"]
    assert trail.names[0] == {own: f"{own}~2", f"{own}-2": own}


VALUES = {
    "display_name": st.sampled_from(["Ann", "Bo", "Cy"]),
    "email": st.sampled_from(["a@example.com", "b@example.com", ""]),
    "phone": st.sampled_from(["11111111", "22222222", ""]),
    "street": st.sampled_from(["One", "Two"]),
}
LISTS = st.lists(st.lists(st.fixed_dictionaries(VALUES), max_size=6), min_size=2, max_size=4)


@settings(max_examples=40)
@given(LISTS, st.randoms(use_true_random=False))
def test_nobody_becomes_two_or_somebody_who_is_another(
    months: list[list[Row]], chance: Random
) -> None:
    tables = [listed(*rows) for rows in months]
    trail = follow(tables)
    for table, names in zip(tables, trail.names, strict=True):
        today = [names.get(own, own) for own in table["record_id"]]
        assert len(set(today)) == len(today)
    assert trail.names[-1] == {}
    shuffled = [table.sample(fraction=1, shuffle=True, seed=chance.randrange(99))
                for table in tables]  # fmt: skip
    assert follow(shuffled).names == trail.names


@settings(max_examples=40)
@given(LISTS)
def test_whoever_is_there_unchanged_is_found_again(months: list[list[Row]]) -> None:
    """Equal rows may stand for one another; so many as stayed are found."""
    tables = [listed(*rows) for rows in months[:2]]
    trail = follow(tables)
    then, today = tables
    content = [name for name in COLUMNS if name not in ("record_id", "source_row")]
    rows = {row[0]: row[1:] for row in today.select("record_id", *content).iter_rows()}
    kept = [
        row[1:]
        for row in then.select("record_id", *content).iter_rows()
        if rows.get(trail.names[0].get(row[0], row[0])) == row[1:]
    ]
    both = pl.concat([then.select(content), today.select(content)])
    for row in set(both.iter_rows()):
        old = list(then.select(content).iter_rows()).count(row)
        assert kept.count(row) >= min(old, list(rows.values()).count(row))
