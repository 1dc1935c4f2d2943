"""The marks of a text are told from its start, with the reason."""

from __future__ import annotations

import pytest

from custclean.tables.delimited.dialect import (
    NONE,
    Found,
    find_dialect,
    with_doubled,
)
from custclean.tables.raw import Asked


def found(text: str, **asked: str) -> Found:
    return find_dialect(text.encode(), Asked(**asked))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "delimiter", "width"),
    [
        ("Navn;Saldo\nAnn;1,50\nBo;2,75\n", ";", 2),
        ("12,50;5,00\n1,50;2,00\n3,25;4,00\n", ";", 2),
        ("Name,Mails\nAnn,a@x.example; b@x.example\nBo,c@x.example\n", ",", 2),
        ("Name\tNote\nAnn\ta, b; c\n", "\t", 2),
        ("Name|Note\nAnn|a, b\nBo|c, d\n", "|", 2),
        ("A title, of words\nName;City;Mail\nAnn;Rome;a\nBo;Pisa;b\n", ";", 3),
        ("Name, City\nAnn, Rome\nBo, Pisa\n", ",", 2),
        ("Name\nSmith, Ann\nHill, Bo\nDale, Cy\n", NONE, 1),
        ("Name\nAnn\nBo\n", NONE, 1),
        ("A title\nof two lines\n\nName,City,Mail,Phone\n", ",", 4),
        ("Ann, Bo, Cy, Di\nEve\nFay\nGus\n", NONE, 1),
        ("Firm\nAcme, Inc\nZeta\nEta\nTheta\nIota\n", NONE, 1),
        ('"a""b","c\nd",e\n1,2,3\n', ",", 3),
    ],
)
def test_the_delimiter_is_found(text: str, delimiter: str, width: int) -> None:
    dialect = found(text)
    assert (dialect.dialect.delimiter, dialect.width) == (delimiter, width)


def test_what_excel_writes_above_the_header_is_believed() -> None:
    assert found("sep=;\na,b;c\n1,2;3\n").dialect.delimiter == ";"


def test_what_the_caller_said_is_obeyed() -> None:
    assert found("a,b;c\n1,2;3\n", delimiter=";").dialect.delimiter == ";"
    assert found("'a','b'\n'1','2'\n", quote='"').dialect.quote == '"'


def test_single_quotes_are_quotes_where_they_stand_around_cells() -> None:
    assert found("'Name','Note'\n'Ann','a, b'\n'Bo','c'\n").dialect.quote == "'"
    assert found("Name,Note\nO'Hara,it's\nD'Arcy,'x\n").dialect.quote == '"'


def test_a_backslash_before_quotes_is_an_escape() -> None:
    assert found('Name,Note\nAnn,"say \\"hi\\", ok"\nBo,x\n').escape == "\\"
    assert found('Name,Path\nAnn,"c:\\dir\\"\nBo,"d:\\"\n').escape == '"'


def test_escaped_backslashes_stay_one() -> None:
    text = rb'"a\\","b \"c\" \n"'
    assert with_doubled(text, '"', "\\") == rb'"a\","b ""c"" \n"'


def test_the_reason_is_said() -> None:
    assert found("a;b\n1;2\n").evidence == ("the delimiter is semicolon: it gives 2 columns",)
    assert "single values" in found("a\nb\n").evidence[0]


ROWS = "".join(f"{n},Ann Example,Leeds\n" for n in range(9))


def test_a_name_in_apostrophes_is_no_quoted_cell() -> None:
    text = f"Number,Name,City\n{ROWS}10,'Bo',\"Hull\n"
    assert found(text).dialect.quote == '"'


def test_one_cell_in_apostrophes_that_holds_a_delimiter_is_quoted() -> None:
    text = f"Number,Name,City\n{ROWS}10,'Bo, Example',Hull\n"
    assert found(text).dialect.quote == "'"


def test_a_backslash_far_below_the_start_tells_the_escape() -> None:
    rows = '"1","Ann Example","Leeds"\n' * 9_000
    text = f'"Number","Name","City"\n{rows}"1","Ann \\"Bo\\"","Hull"\n'
    assert found(text).escape == "\\"
