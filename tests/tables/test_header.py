"""The header is found by known headings, or by what stands below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from custclean.tables.header import combined, find_header, upper_row
from custclean.tables.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence


def unknown(cells: Sequence[str]) -> float:
    return 0.0


def records(text: str) -> list[Record]:
    return [Record(n, line.split(",")) for n, line in enumerate(text.split("\n"), 1)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Name,Mail\nAnn,a@x.example\nBo,b@x.example", 0),
        ("Fjord Inc,,\nContact List,,\nName,Mail,City\nAnn,a@x.example,Rome", 2),
        ("Name,2023,2024\nAnn,5,6\nBo,7,8", 0),
        ("Name,City\nAnn,Rome\nBo,Pisa", 0),  # nothing speaks against it
        ("1001,Ann,a@x.example\n1002,Bo,b@x.example\n1003,Cy,c@x.example", None),
        ("01-02-2024,Ann,1.50\n02-02-2024,Bo,2.50", None),  # two rows are enough
        ("Name,01-2024,02-2024\nAnn,5,6\nBo,7,8", 0),
        ("Account:,A12\nFrom:,May\nTo:,June\nName,City,Mail\nAnn,Rome,a@x.example", 3),
        ("Name:,Ann\nCity:,Rome\nMail:,a@x.example", 0),
        ("Account:,A12,\nFrom:,May,\nName,City,Mail\nAnn,Rome,a@x.example", 2),
        ("Ann,Smith,Rome\nBo,Hill,Rome\nCy,Dale,Pisa", None),  # a city comes again
        ("Name,Type,Amount\nAnn,Type,5\nBo,Firm,6", 0),  # the amounts say it is one
        (",Billing,,Shipping,\nName,Street,City,Street,City\nAnn,A 1,Rome,B 2,Pisa", 1),
    ],
)
def test_the_header_is_found_by_its_shape(text: str, place: int | None) -> None:
    assert find_header(records(text), unknown) == place


def test_known_headings_decide() -> None:
    rows = records("A title,of,words\nId,x,y\n1,2,3")
    assert find_header(rows, lambda cells: float("Id" in cells)) == 1


def test_a_row_of_group_names_is_told_from_a_title() -> None:
    rows = records(",Billing,,Shipping\nName,Street,City,Street\nAnn,a,b,c")
    assert upper_row(rows, 1) == rows[0]
    assert upper_row(records("Fjord Inc,,,\nName,Street,City,Street"), 1) is None
    assert upper_row(records("A,B\nName,City"), 1) is None  # no heading is there twice


def test_a_group_stands_before_the_headings_that_need_it() -> None:
    assert combined(
        ["", "Billing", "", "Shipping", ""], ["Name", "Street", "Mail", "Street", ""]
    ) == [
        "Name",
        "Billing Street",
        "Mail",
        "Shipping Street",
        "Shipping",
    ]


ROW = ["Ann", "a@b.example", "020 7946 0123", "Leeds"]


def header_of(*rows: list[str]) -> int | None:
    return find_header([Record(n, cells) for n, cells in enumerate(rows, 1)], unknown)


@pytest.mark.parametrize("rows", [1, 2, 5])
def test_the_headings_stand_below_a_row_of_group_names(rows: int) -> None:
    groups, headings = ["", "Contact", "", "Place"], ["Name", "E-mail", "Phone", "City"]
    assert header_of(groups, headings, *[ROW] * rows) == 1


def test_a_column_without_values_needs_no_heading_below_group_names() -> None:
    groups, headings = ["", "Contact", "", ""], ["Name", "E-mail", "Phone", ""]
    assert header_of(groups, headings, *[[*ROW[:3], ""]] * 3) == 1


def test_a_row_of_words_below_headings_with_gaps_is_a_row() -> None:
    assert header_of(["Name", "", "City"], ["Ann", "Sample", "Leeds"], ["Bo", "", "Hull"]) == 0


def test_a_row_with_an_address_is_no_header_even_if_it_is_the_only_one() -> None:
    assert header_of(ROW) is None
