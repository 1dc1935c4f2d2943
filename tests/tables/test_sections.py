"""Several tables in one text are told apart; one table with gaps stays one."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from custclean.tables.raw import Asked
from custclean.tables.record import Record
from custclean.tables.sections import sections

if TYPE_CHECKING:
    from collections.abc import Sequence

TWO = """Name,Mail,City
Ann,a@x.example,Rome
Bo,b@x.example,Pisa

Vendors

Vendor,Tax
Acme,12
Zeta,13"""


def cut(text: str, **asked: object) -> list[list[int]]:
    pieces = [Record(n, line.split(",")) for n, line in enumerate(text.split("\n"), 1)]
    found = sections(pieces, Asked(**asked))  # type: ignore[arg-type]
    return [[each.line for each in part if isinstance(each, Record)] for part in found]


def test_a_second_header_of_another_width_begins_a_table_with_its_title() -> None:
    assert cut(TWO) == [[1, 2, 3, 4], [5, 6, 7, 8, 9]]


def test_words_below_a_title_and_numbers_begin_a_table_of_the_same_width() -> None:
    text = """No,Name,Mail,
1,Ann,a@x.example,
2,Bo,b@x.example,

Suppliers,,,
Code,Name,Phone,City
S1,Soap Ltd,020 7946 0009,Leeds"""
    assert cut(text) == [[1, 2, 3, 4], [5, 6, 7]]
    assert len(cut(text.replace("Suppliers,,,\n", ""))) == 1  # it may be a client


def test_a_short_table_ends_at_the_next_blank_line() -> None:
    text = f"{TWO}\n\nName,Mail,City\nEve,e@x.example,Bari\nGil,g@x.example,Como"
    assert [lines[0] for lines in cut(text)] == [1, 5, 11]


def test_where_the_header_is_said_it_is_one_table() -> None:
    assert len(cut(TWO, header_row=1)) == 1


def test_known_headings_begin_a_table_of_the_same_width() -> None:
    def known(cells: Sequence[str]) -> float:
        return float(len({"Name", "Mail", "Vendor", "Tax"} & set(cells)))

    text = "Name,Mail\nAnn,a@x.example\nBo,b@x.example\n\nVendor,Tax\nAcme,12"
    assert len(cut(text, looks_like=known)) == 2
    assert len(cut(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Fjord Inc,,\nContact List,,\n\nName,Mail,City\nAnn,a,b\nBo,c,d",  # a title
        "Account:,A12\nFrom:,1 May\n\nDate,Text,Sum\n1/5,a,1\n2/5,b,2",  # of a bank
        "Name,Mail,City\nAnn,a,b\n\nBo,c,d\n\nCy,e,f",  # gaps
        "Name,Mail,City\nAnn,a,b\nBo,c,d\n\nCy,Hill\nDan,1,2",  # a ragged row
        "Name,Mail,City\nAnn,a,b\nBo,c,d\n\nCy,Hill\nDan,Moor\n\nEve,f,g",  # two
        "Name,Mail,City\nAnn,a,b\nBo,c,d\n\nName,Mail,City\nCy,e,f",  # the header again
        "Name,Mail,City\nAnn,a,b\nBo,c,d\n\nTotal,2",
    ],
)
def test_one_table_stays_one(text: str) -> None:
    assert len(cut(text)) == 1


def test_a_blank_line_below_each_row_does_not_make_it_slow() -> None:
    pieces = [Record(1, ["Name", "City"]), Record(2, [""])]
    for line in range(3, 40_000, 2):
        pieces += [Record(line, ["Ann", "Rome"]), Record(line + 1, [""])]
    asked_of = 0

    def known(cells: Sequence[str]) -> float:
        nonlocal asked_of
        asked_of += 1
        return 2.0 * (cells[0] == "Ann")

    begun = time.perf_counter()
    assert len(sections(pieces, Asked())) == 1
    assert len(sections(pieces, Asked(looks_like=known))) == 1
    assert asked_of <= len(pieces)
    assert time.perf_counter() - begun < 10
