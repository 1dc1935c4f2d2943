"""Several tables in one text are told apart; one table with gaps stays one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from custclean.tables.delimited.records import Record
from custclean.tables.delimited.sections import sections
from custclean.tables.raw import Asked

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
        "Name,Mail,City\nAnn,a,b\n\nBo,c,d\n\nCy,e,f",  # gaps
        "Name,Mail,City\nAnn,a,b\nBo,c,d\n\nCy,Hill\nDan,1,2",  # a ragged row
        "Name,Mail,City\nAnn,a,b\nBo,c,d\n\nName,Mail,City\nCy,e,f",  # the header again
        "Name,Mail,City\nAnn,a,b\nBo,c,d\n\nTotal,2",
    ],
)
def test_one_table_stays_one(text: str) -> None:
    assert len(cut(text)) == 1
