"""A profile says what each column holds, and which values look damaged, by line."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean import html
from custclean.errors import InputError
from custclean.stages.profile import Profile, profile
from custclean.stages.read import read
from custclean.tables.writing import csv_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def masked() -> Iterator[None]:
    yield
    html.reveal(on=False)


def of(values: list[str | None]) -> Profile:
    return profile(pl.DataFrame({"a": pl.Series(values, dtype=pl.String)}))


def found(values: list[str | None]) -> list[tuple[str, int, list[int]]]:
    return of(values).suspicious.select("what", "cells", "lines").rows()


def test_a_column_is_counted() -> None:
    row = of(["x", "y", "x", None]).table.row(0, named=True)
    assert (row["filled"], row["fill_rate"], row["distinct"]) == (3, 0.75, 2)
    assert row["top"] == [{"value": "x", "n": 2}, {"value": "y", "n": 1}]


def test_of_values_as_frequent_the_first_by_letter_are_named() -> None:
    top = of([f"v{n:03}" for n in reversed(range(500))]).table["top"][0]
    assert [each["value"] for each in top] == ["v000", "v001", "v002", "v003", "v004"]


def test_shapes_are_letters_and_digits() -> None:
    shapes = of(["Ann 12", "Bob 13", "+45 33 12"]).table["patterns"][0]
    assert shapes[0] == {"pattern": "Aa 99", "share": pytest.approx(2 / 3)}
    assert shapes[1]["pattern"] == "+99 99 99"


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("9.13E+14", "science"),
        ("9,13E+14", "science"),
        ("#REF!", "formula_error"),
        ("#####", "formula_error"),
        ("NaN", "missing_word"),
        ("null", "missing_word"),
        ("SÃ¸ren", "misread"),
        ("a\x01b", "controls"),
        (" Ann", "blanks"),
        ("Total", "total"),
        ("Total for Ann", "total"),
        ("x" * 255, "cut"),
        ("Mar-01", "dated"),
        ("2-sep", "dated"),
    ],
)
def test_a_damaged_value_is_counted_with_its_line(value: str, what: str) -> None:
    assert found(["Pen", value, "AB-12", "Cup"]) == [(what, 1, [2])]


@pytest.mark.parametrize(
    "value", ["Total Energies Ltd", "E12", "12E", "Nan Example", "#12", '5" pipe', "Søren"]
)
def test_a_good_value_is_not(value: str) -> None:
    assert found(["Pen", value, "AB-12", "Cup"]) == []


def test_a_number_that_is_shorter_than_those_with_zeros_has_lost_its_own() -> None:
    assert found(["08001", "10115", "04109", "8001", "20095"]) == [("lost_zeros", 1, [4])]


def test_numbers_without_any_zeros_in_front_have_lost_none() -> None:
    assert found(["10115", "999", "20095", "20097", "7"]) == []


def test_long_numbers_that_end_in_zeros_are_rounded() -> None:
    ids = ["9130347812345670", "9130347812345680", "9130347812345690"]
    assert found([*ids]) == [("rounded", 3, [1, 2, 3])]
    assert found(["9130347812345671", "9130347812345680", "9130347812345673"]) == []


def test_a_column_of_dates_is_no_column_with_dates_by_mistake() -> None:
    assert found(["2026-03-01", "2026-03-02", "2026-04-03"]) == []


def test_dates_among_codes_were_codes() -> None:
    assert found(["10-20", "7-30", "03-04-2026", "8-44"]) == [("dated", 1, [3])]


def test_a_column_of_days_without_a_year_was_one_of_codes() -> None:
    assert found(["01-feb", "12-maj", "Oct-12"]) == [("dated", 3, [1, 2, 3])]


def test_an_export_is_profiled_with_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(
        csv_bytes(["Number", "Name", "More"], [["1", "Ann", "ok"], ["2", "Bob", "#REF!"]])
    )
    seen = read(path).profile()
    assert seen.table["column"].to_list() == [
        "kind",
        "customer_number",
        "display_name",
        "More",
    ]
    assert seen.suspicious.rows() == [("More", "formula_error", 1, [3])]
    assert profile(path).suspicious["lines"].to_list() == [[3]]


def test_an_export_and_a_frame_of_pandas_are_profiled_as_what_they_hold(
    tmp_path: Path,
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(csv_bytes(["Number", "Name"], [["1", "Ann"], ["2", "Bob"]]))
    export = read(path)
    assert profile(export).table.equals(export.profile().table)
    pandas = pd.DataFrame({"a": ["x", "y"], "n": [1, None]})
    assert profile(pandas).table["filled"].to_list() == [2, 1]
    with pytest.raises(InputError, match="this is no table: 'int'"):
        profile(7)


def test_values_are_masked_until_revealed() -> None:
    seen = of(["ann@canary.example", "bob@canary.example"])
    assert repr(seen) == "Profile(2 rows, 1 columns, 0 suspicious values)"
    assert "canary" not in seen._repr_html_()
    html.reveal()
    assert "ann@canary.example" in seen._repr_html_()


def test_a_picture_says_how_full_a_column_is() -> None:
    drawn = of(["x", None])._repr_html_()
    assert '<svg width="60" height="10" role="img" aria-label="50% filled">' in drawn


@settings(deadline=None, max_examples=50)
@given(st.lists(st.one_of(st.none(), st.text(min_size=1)), max_size=20), st.text())
def test_any_column_is_profiled_and_no_value_becomes_html(
    values: list[str | None], name: str
) -> None:
    frame = pl.DataFrame({name or "a": pl.Series(values, dtype=pl.String)})
    seen = profile(frame)
    html.reveal()
    drawn = seen._repr_html_()
    assert drawn.count("<tr>") == 2
    assert drawn.count("<svg") == 1
    assert seen.table["filled"][0] == sum(value is not None for value in values)


@pytest.mark.timing
def test_a_million_rows_of_sixteen_columns_take_seconds() -> None:
    ids = pl.int_range(1_000_000, eager=True).cast(pl.String)
    frame = pl.DataFrame({f"c{n}": ids.str.zfill(n + 4) for n in range(16)})
    start = time.perf_counter()
    profile(frame)
    assert time.perf_counter() - start < 30
