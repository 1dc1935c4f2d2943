"""Delimited text becomes records; a quote gone astray costs at most its own row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.tables.delimited.records import Dialect, Walk
from custclean.tables.record import Record, usual_width
from tests.ending import must_end

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
PLAIN = st.text(alphabet="ab1 ", min_size=1, max_size=4)


def _write(rows: list[list[str]], delimiter: str, end: str) -> str:
    return "".join(
        delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) + end
        for row in rows
    )


def parse(text: str, delimiter: str) -> list[Record]:
    data, dialect = text.encode(), Dialect(delimiter)
    first = [record for record, _ in Walk(data, dialect).records()]
    width = usual_width(len(record.cells) for record in first if record.text is None)
    return [record for record, _ in Walk(data, dialect, width).records()]


@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=6),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_what_is_written_quoted_is_read_back(
    rows: list[list[str]], delimiter: str, end: str
) -> None:
    text = _write(rows, delimiter, end)
    assert [record.cells for record in parse(text, delimiter)] == rows


def test_blanks_between_delimiter_and_quote_belong_to_neither() -> None:
    found = parse('a, "b, c" ,d\n1, "2" and 3,4\n', ",")
    assert [record.cells for record in found] == [
        ["a", "b, c", "d"],
        ["1", ' "2" and 3', "4"],
    ]


def test_a_cell_of_several_lines_with_delimiters_is_one_cell() -> None:
    row = ["", ",", ",\n,", "", ","]
    text = _write([row, ["a"] * 5], ",", "\n")
    assert parse(text, ",")[0].cells == row


def test_rows_that_a_pair_of_stray_quotes_swallowed_are_rows_again() -> None:
    text = 'a,b,c,d,e\n1,2,3,4,5\n"6,7,8,9,10\n11",12,13,14,15\n16,17,18,19,20\n'
    found = parse(text, ",")
    assert [len(record.cells) for record in found] == [5] * 5
    assert found[2].cells[0] == '"6'


@given(st.text(alphabet='ab",;\r\n', max_size=60))
def test_no_letter_of_any_text_is_lost(text: str) -> None:
    held = "".join("".join(record.cells) for record in parse(text, ","))
    assert sorted(c for c in held if c.isalnum()) == sorted(c for c in text if c.isalnum())


@given(st.lists(st.lists(PLAIN, min_size=3, max_size=3), min_size=3, max_size=12), st.data())
def test_one_stray_quote_anywhere_costs_at_most_its_own_row(
    rows: list[list[str]], data: st.DataObject
) -> None:
    lines = [",".join(row) for row in rows]
    hit = data.draw(st.integers(0, len(rows) - 1))
    place = data.draw(st.integers(0, len(lines[hit])))
    lines[hit] = lines[hit][:place] + '"' + lines[hit][place:]
    found = [record.cells for record in parse("\n".join(lines), ",")]
    assert len(found) == len(rows)
    assert [c for n, c in enumerate(found) if n != hit] == [
        c for n, c in enumerate(rows) if n != hit
    ]


@pytest.mark.parametrize(
    "damaged",
    ['1,"Ann,x', '1,Ann",x', '"1,"Ann","x"', '1,"An"n,x', '1,""Ann,x', '1,"Ann"",x'],
)
def test_the_rows_around_a_damaged_one_are_whole(damaged: str) -> None:
    text = f'a,b,c\n0,"Q, R","s\nt"\n{damaged}\n2,"Bob",y\n3,"Cid ""C""",z\n'
    found = {record.line: record.cells for record in parse(text, ",")}
    assert (found[1], found[2]) == (["a", "b", "c"], ["0", "Q, R", "s\nt"])
    assert (found[5], found[6]) == (["2", "Bob", "y"], ["3", 'Cid "C"', "z"])
    assert set(found) == {1, 2, 4, 5, 6}


def test_a_stray_quote_is_kept_as_text_where_the_width_fits() -> None:
    damaged = parse('a,b,c\n1,"Ann,x\n2,"Bob",y\n', ",")[1]
    assert damaged.cells == ["1", '"Ann', "x"]
    assert damaged.text == '1,"Ann,x'
    assert damaged.fault


def test_two_stray_quotes_do_not_swallow_the_rows_between_them() -> None:
    found = [r.cells for r in parse('a,b,c\n1,"x\n2,y,z\n3,p",q,r,s\n4,t,u\n', ",")]
    assert [found[0], found[2], found[4]] == [
        ["a", "b", "c"],
        ["2", "y", "z"],
        ["4", "t", "u"],
    ]


def test_lines_are_counted_through_cells_of_several_lines() -> None:
    text = 'a,b\r\n"x\r\ny\nz",1\r\n\r\nlast,2'
    assert [(r.line, r.cells) for r in parse(text, ",") if r.cells and r.cells != [""]] == [
        (1, ["a", "b"]),
        (2, ["x\r\ny\nz", "1"]),
        (6, ["last", "2"]),
    ]


def test_a_cell_longer_than_the_limit_of_the_fast_reader_is_read() -> None:
    long = "x" * 200_000
    assert parse(f'a,b\n"{long}",1\n', ",")[1].cells == [long, "1"]


def test_a_quote_that_never_closes_does_not_cost_the_rest() -> None:
    rows = "".join(f"{n},b,c\n" for n in range(5_000))
    found = parse(f'a,b,c\nx,"y,z\n{rows}', ",")
    assert len(found) == 5_002
    assert found[-1].cells == ["4999", "b", "c"]


def test_the_usual_width_is_that_of_most_records() -> None:
    assert usual_width([1, 1, 1, 5, 5, 3]) == 5
    assert usual_width([1, 1]) == 1
    assert usual_width([]) == 1


@pytest.mark.parametrize(
    "text", ['"a,' * 100_000, '"\n' * 20_000, '"a""\n' * 20_000, '"a",' * 20_000]
)
def test_quotes_in_number_do_not_cost_time_in_square(text: str) -> None:
    with must_end():
        parse(f"a,b\n{text}", ",")


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('"Ann","Bo,"c@b.example","1,50"', ["Ann", '"Bo', "c@b.example", "1,50"]),
        ('Ann,"Bo,c@b.example,"1,50"', ["Ann", '"Bo', "c@b.example", "1,50"]),
        ('"Ann",",c,"1,50"', ["Ann", '"', "c", "1,50"]),
        (' "Ann","B "o" x", "c", "d"', ["Ann", 'B "o" x', "c", "d"]),
    ],
)
def test_a_stray_quote_leaves_the_other_cells_of_its_line_as_they_are(
    line: str, cells: list[str]
) -> None:
    record, _, _ = Walk(line.encode(), Dialect(","), 4).record(0, 1)
    assert (record.cells, record.mended) == (cells, True)
