"""What the scan calls clean, every reader reads alike; what it does not, is looked at."""

from __future__ import annotations

import csv
import io

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.tables.delimited.records import Dialect, Walk
from custclean.tables.delimited.scan import Scanner, Stretch

ENDS = ["\n", "\r\n", "\r"]


def scan(text: str, width: int, end: str = "\n", window: int = 1 << 20) -> Stretch:
    return Scanner(text.encode(), Dialect(), width, end).stretch(0, window)


@given(
    st.text(alphabet='ab",\n', max_size=60) | st.text(alphabet='aé",\r\n', max_size=60),
    st.integers(1, 6),
    st.sampled_from(ENDS),
    st.integers(1, 70),
)
def test_what_is_clean_is_read_alike_by_the_walk_by_python_and_by_polars(
    text: str, width: int, end: str, window: int
) -> None:
    data = text.encode()
    found = scan(text, width, end, window)
    clean = data[: found.end]
    walked = [record for record, _ in Walk(clean, Dialect(), width).records()]
    assert not any(record.fault for record in walked)
    cells = [record.cells for record in walked]
    assert {len(row) for row in cells} <= {width}
    assert [record.line for record in walked] == [n + 1 for n in found.starts]
    rows = csv.reader(io.StringIO(clean.decode(), newline=""), strict=True)
    assert list(rows) == cells
    if cells:
        frame = pl.read_csv(
            clean,
            has_header=False,
            infer_schema=False,
            eol_char="\r" if end == "\r" else "\n",
        )
        assert [[cell or "" for cell in row] for row in frame.iter_rows()] == cells


@given(st.text(alphabet='ab",\r\n', max_size=80), st.integers(1, 4), st.sampled_from(ENDS))
def test_the_walk_goes_on_where_the_scan_stops(text: str, width: int, end: str) -> None:
    data = text.encode()
    found = scan(text, width, end)
    places = [0, *(after for _, after in Walk(data, Dialect(), width).records())]
    assert found.end in places


def test_a_window_that_ends_inside_a_record_is_no_fault() -> None:
    text = "a,b\n" * 10
    found = scan(text, 2, window=18)
    assert (found.end, found.fault, list(found.starts)) == (16, False, [0, 1, 2, 3])


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a,b\nc\nd,e\n", 1),  # too narrow
        ("a,b\nc,d,e\nf,g\n", 1),  # too wide
        ('a,b\n"c,d\ne,f\n', 1),  # a quote that does not close
        ('a,b\nc"d,e\nf,g\n', 1),  # a quote inside a cell
        ('a,b\n"c"d,e\nf,g\n', 1),  # more after the closing quote
        ("a,b\nc\r,d\ne,f\n", 1),  # a line end of another kind
        ("a,b\n\nc,d\n", 1),  # a blank line
        ('a,"b\nc"\nd,e\n', 2),  # a cell of two lines
        ('a,"b""c"\nd,""\n', 2),
        ("a,b\nc,d", 1),  # the last line is not closed: the walk takes it
    ],
)
def test_the_stretch_ends_before_the_first_record_in_doubt(text: str, clean: int) -> None:
    assert len(scan(text, 2).starts) == clean


def test_a_record_made_of_whole_rows_is_in_doubt() -> None:
    text = '1,2,3,4,5\n"1,2,3,4,5\n1",2,3,4,5\n'
    assert len(scan(text, 5).starts) == 1
    assert len(scan('1,2,3,4,"5\n6"\n', 5).starts) == 1  # its second line is too narrow


def test_lines_are_counted_through_cells_of_several_lines() -> None:
    found = scan('a,"b\n\nc"\nd,e\nf,"g\n"\nh,i\n', 2)
    assert (list(found.starts), found.lines) == ([0, 3, 4, 6], 7)


def test_a_line_feed_is_never_cut_off_from_its_carriage_return() -> None:
    data = b"a,b\rc,d\re,f\r\n"
    scanner = Scanner(data, Dialect(","), 2, "\r")
    assert scanner.stretch(0, len(data)).end == 8
    assert scanner.stretch(0, 12).end == 8
