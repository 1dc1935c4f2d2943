"""Amounts of money, as files write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.text import amount


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1 234,50", "1234.50"),
        ("1'234.50", "1234.50"),
        ("1\u00a0234\u00a0567,5", "1234567.5"),
        ("1,234", "1234"),
        ("1.234.567", "1234567"),
        ("1234,567", "1234.567"),
        ("0,123", "0.123"),
        (".5", "0.5"),
        ("-12.5", "-12.5"),
        ("12.5-", "-12.5"),
        ("\u221212,5", "-12.5"),
        ("(1,250.00)", "-1250.00"),
        ("$-5.00", "-5.00"),
        ("DKK 5,00", "5.00"),
        ("5,00 kr.", "5.00"),
        ("US$ 7", "7"),
        ("7 €", "7"),
        ("1.5e3", "1.5E+3"),
        ("0.00", "0.00"),
    ],
)
def test_an_amount_is_read_to_the_last_digit(text: str, value: str) -> None:
    assert amount.read(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["", "n/a", "-", "1 2", "1,23,456", "1.234,567.8", "12.3.4", "(5", "--5", "(-5)",
     "5.00 CR", "5 DR", "12 apples", "²", "1e9999"],
)  # fmt: skip
def test_what_is_no_amount_or_may_be_two_is_none(text: str) -> None:
    assert amount.read(text) is None


def test_the_amounts_beside_it_tell_what_a_comma_is() -> None:
    assert amount.decimal_mark(["1,234", "12,50", "7"]) == ","
    assert amount.decimal_mark(["12.50", "12,50"]) is None
    assert amount.read("1,234", ",") == Decimal("1.234")
    assert amount.read("1,234", ".") == Decimal(1234)


@given(st.text(alphabet="0123456789.,-+()' $krCDE", max_size=12))
def test_no_text_is_an_error(text: str) -> None:
    assert amount.read(text) is None or isinstance(amount.read(text), Decimal)
    amount.decimal_mark([text])


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3))
def test_an_amount_that_was_written_is_read_back(value: Decimal) -> None:
    for mark in (None, ".", ","):
        assert amount.read(amount.written(value, mark), mark) == value
