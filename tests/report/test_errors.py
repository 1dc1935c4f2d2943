"""The error report: whole, ordered, harmless, redacted for others."""

from __future__ import annotations

import csv
import io

import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.report.errors import COLUMNS, errors_csv, errors_xlsx, no_errors
from custclean.tables.cells import unescape

ROWS = pl.DataFrame(
    [
        ("b.csv", "10", "r:1", "email", "ann at example.com",
         "no address: 'ann at example.com'", "type it again", "warning"),
        ("b.csv", "9", "r:2", "display_name", '=HYPERLINK("x")', "a formula", "", "error"),
        ("a.csv", "700", "r:3", "phone", "+45 12 34 56 78", "odd", None, "note"),
        ("a.csv", "3", "someone@example.com", "name", None, "missing", None, "error"),
    ],
    schema=dict.fromkeys(COLUMNS, pl.String),
    orient="row",
)  # fmt: skip
HEADER = [
    "file",
    "line",
    "record",
    "field",
    "value",
    "what is wrong",
    "suggestion",
    "severity",
]


def _read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def _cells(data: bytes) -> list[list[str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.values]


def test_the_gravest_come_first_then_by_file_and_line() -> None:
    rows = _read(errors_csv(ROWS))
    assert rows[0] == HEADER
    assert [(row[0], row[1], row[7]) for row in rows[1:]] == [
        ("a.csv", "3", "error"),
        ("b.csv", "9", "error"),
        ("b.csv", "10", "warning"),
        ("a.csv", "700", "note"),
    ]


def test_the_workbook_says_the_same_as_the_csv() -> None:
    rows = [[unescape(cell) for cell in row] for row in _read(errors_csv(ROWS))]
    assert _cells(errors_xlsx(ROWS)) == rows


def test_no_cell_of_the_csv_is_a_formula_and_a_phone_stays() -> None:
    values = [row[4] for row in _read(errors_csv(ROWS))]
    assert '\'=HYPERLINK("x")' in values
    assert "+45 12 34 56 78" in values


def test_no_cell_of_the_workbook_is_a_formula() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(errors_xlsx(ROWS))).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "n" and c.value]


@pytest.mark.parametrize("write", [errors_csv, errors_xlsx])
def test_the_order_of_rows_does_not_matter(write: type) -> None:
    assert write(ROWS) == write(ROWS.reverse())


@given(st.lists(st.tuples(*[st.text(st.characters(exclude_categories=["Cs"]))] * 8)))
def test_every_row_and_every_value_is_in_the_report(rows: list[tuple[str, ...]]) -> None:
    frame = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")
    found = [tuple(unescape(cell) for cell in row) for row in _read(errors_csv(frame))[1:]]
    assert sorted(found) == sorted(rows)


def test_a_report_for_others_holds_no_value_not_even_in_its_sentences() -> None:
    for data in (
        str(_read(errors_csv(ROWS, redact=True))),
        str(_cells(errors_xlsx(ROWS, redact=True))),
    ):
        assert "ann at" not in data
        assert "HYPERLINK" not in data
        assert "12 34" not in data
        assert "someone" not in data
        assert "no address: '•" in data
        assert "r:1" in data


def test_without_errors_there_is_a_header() -> None:
    assert _read(errors_csv(no_errors())) == [HEADER]
    assert _cells(errors_xlsx(no_errors()))[0] == HEADER


def test_columns_that_are_missing_or_more_do_no_harm() -> None:
    frame = pl.DataFrame({"value": ["x"], "line": [12], "more": ["y"]})
    assert _read(errors_csv(frame))[1] == ["", "12", "", "", "x", "", "", ""]
