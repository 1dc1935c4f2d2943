from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from custclean.stages.link.features import features_of
from custclean.stages.link.normal.hashed import Hashed
from custclean.stages.link.normal.values import add_text, add_value

KINDS = "tax_id website date number category exact".split()
ODD = ["\0", "😀", "x" * 10_000, "שלום", "", " ", "9999-99-99", "'", "-", "1e999"]


def columns(kind: str, *values: str | None) -> Hashed:
    found = Hashed(len(values))
    add_value(found, kind, 0, pl.Series(values, dtype=pl.String))
    return found


def read(kind: str, *values: str | None) -> list[str]:
    found = columns(kind, *values).spelt[f"{kind}_0"].texts(np.arange(len(values)))
    return [str(text) for text in found]


@pytest.mark.parametrize(
    "value",
    [
        "1980-01-02",
        "1980/01/02",
        "19800102",
        "02.01.1980",
        "2-1-1980",
        "2/1/1980",
        "1980-01-02 00:00:00",
        "1980-01-02T10:00",
        " 1980-01-02",
    ],
)
def test_a_date_is_one_however_it_is_written(value: str) -> None:
    assert read("date", value) == ["19800102"]


def test_months_come_first_if_that_is_seen_in_the_column() -> None:
    assert read("date", "01/02/1980", "01/13/1980") == ["19800102", "19800113"]
    assert read("date", "01/02/1980", "13/02/1980") == ["19800201", "19800213"]


def test_dates_share_their_year_their_month_and_their_day() -> None:
    found = columns("date", "1980-01-02", "1980-01-22", "1981-01-02").hashes
    year, month, day = (found[f"date_{part}"] for part in ("year", "month", "day"))
    assert year[0] == year[1] != year[2]
    assert month[0] == month[1] != month[2]
    assert day[0] == day[2] != day[1]


def test_a_date_with_day_and_month_turned_is_found_by_what_is_turned() -> None:
    found = columns("date", "1980-01-02", "1980-02-01").hashes
    assert found["date_turned"][0] == found["date_0"][1]


def test_days_are_counted_where_there_is_such_a_day() -> None:
    found = columns("date", "1980-01-02", "1980-01-31", "1980-13-45", None).hashes[
        "date_number"
    ]
    assert int(found[1]) - int(found[0]) == 29
    assert found[2:].tolist() == [0, 0]


def test_a_date_in_three_columns_is_one_date() -> None:
    frame = pl.DataFrame({"y": ["1980", "1980.0"], "m": ["1", "01"], "d": ["2", "2.0"]})
    found = features_of(frame, {"y": "year", "m": "month", "d": "day"})
    assert found.texts("date_0", np.arange(2)) == ["19800102", "19800102"]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("CVR 12 34 56 74", "12345674"),
        ("DK-12345674", "12345674"),
        ("P.IVA 12345678903", "12345678903"),
        ("FR40303265045", "303265045"),
        ("00000000", ""),
        ("none", ""),
    ],
)
def test_a_tax_number_is_bare(value: str, found: str) -> None:
    assert read("tax_id", value) == [found]


def test_tax_numbers_share_their_head_and_their_tail() -> None:
    found = columns("tax_id", "12345674", "12399674", "99945674").hashes
    assert found["tax_id_head"][0] == found["tax_id_head"][1] != found["tax_id_head"][2]
    assert found["tax_id_tail"][0] == found["tax_id_tail"][2] == found["tax_id_tail"][1]


@pytest.mark.parametrize(
    ("kind", "value", "found"),
    [
        ("website", "https://www.Example.com/about", "example.com"),
        ("website", "facebook.com/mill", "facebook.com/mill"),
        ("number", "7.0", "7"),
        ("number", "7,00", "7"),
        ("exact", "A-1 2", "a12"),
        ("category", "Ærø", "aro"),
    ],
)
def test_a_value_is_compared_without_its_dress(kind: str, value: str, found: str) -> None:
    assert read(kind, value) == [found]


def test_of_later_columns_only_the_value_counts() -> None:
    found = Hashed(1)
    add_value(found, "date", 1, pl.Series(["1980-01-02"]))
    assert list(found.hashes) == ["date_1"]


def test_texts_are_equal_word_after_word() -> None:
    found = Hashed(4)
    add_text(found, 0, pl.Series(["Red Mill", "red mill!", "Mill red", None]))
    text = found.hashes["text_0"]
    assert text[0] == text[1] != text[2] != text[3] == 0


@pytest.mark.parametrize("values", [[], [None], [None, None], ["7"], ODD])
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_too_odd_to_be_read(kind: str, values: list[str | None]) -> None:
    assert len(read(kind, *values)) == len(values)


@pytest.mark.parametrize("values", [[], [None], [None, None], ["7"], ODD])
def test_no_text_is_too_odd_to_be_read(values: list[str | None]) -> None:
    found = Hashed(len(values))
    add_text(found, 0, pl.Series(values, dtype=pl.String))
    assert all(len(of) == len(values) for of in found.hashes.values())
