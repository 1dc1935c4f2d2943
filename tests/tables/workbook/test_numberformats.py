"""A number is text as the person saw it, where its format makes a name of it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.tables.workbook.numberformats import cell_text, is_date, matters, shown

MARCH = dt.datetime(2026, 3, 1)  # noqa: DTZ001  # a workbook knows no time zones


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7.0, "7"),
        (0.1, "0.1"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (9.13e14, "913000000000000"),
        (9130347812345678.0, "9130347812345678"),
        (1.2345678901234567e19, "12345678901234567000"),
        (float("inf"), "inf"),
        ("007", "007"),
        (True, "TRUE"),
        (MARCH.date(), "2026-03-01"),
        (MARCH, "2026-03-01"),
        (MARCH.replace(hour=9, minute=5), "2026-03-01 09:05:00"),
        (dt.time(9, 5), "09:05:00"),
        (dt.timedelta(hours=36, minutes=5), "36:05:00"),
        (dt.timedelta(hours=-1), "-01:00:00"),
        ("", ""),
    ],
)
def test_a_cell_is_text_as_it_was_seen(value: object, text: str) -> None:
    assert cell_text(value) == text


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (7, "00000", "00007"),
        (123456, "00000", "123456"),
        (4, "[$-406]000;-000", "004"),
        (12, '"K-"00000', "K-00012"),
        (5550123, "000-0000", "555-0123"),
        (5550123, r"[<=9999999]###\-####;\(###\)\ ###\-####", "555-0123"),
        (2025550123, r"[<=9999999]###\-####;\(###\)\ ###\-####", "(202) 555-0123"),
        (32555012, "00 00 00 00", "32 55 50 12"),
        (0.125, "0%", "12.5%"),
        (0.07, "0.00%", "7%"),
        (-0.5, "0%", "-50%"),
        (-5, "dd/mm/yyyy", "-5"),
    ],
)
def test_a_format_that_makes_a_name_of_a_number_is_followed(
    value: float, code: str, text: str
) -> None:
    assert matters(code) or is_date(code)
    assert shown(value, code) == text


@pytest.mark.parametrize(
    "code",
    [
        "",
        "General",
        "0",
        "0.00",
        "#,##0",
        "# ##0",
        '#,##0.00 "kr."',
        "$0",
        "0.00E+00",
        "# ?/?",
    ],
)
def test_any_other_number_is_plain(code: str) -> None:
    assert not matters(code)
    assert shown(1234, code) is None


@pytest.mark.parametrize("value", [-3, 1.5, 1e22, float("nan"), float("inf")])
def test_what_a_form_cannot_hold_is_plain(value: float) -> None:
    assert shown(value, "00000") is None


@given(st.text(max_size=40), st.floats())
def test_no_format_breaks_the_reader(code: str, value: float) -> None:
    assert shown(value, code) != ""


@given(st.integers(0, 10**20), st.text("0#-() ", min_size=2, max_size=20))
def test_no_digit_of_a_number_is_lost_in_its_form(number: int, code: str) -> None:
    text = shown(float(number), code)
    plain = cell_text(float(number))
    assert text is None or "".join(filter(str.isdigit, text)).lstrip("0") == plain.lstrip("0")
