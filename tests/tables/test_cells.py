"""Cells of review files become no formulas, and come back as they were."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from custclean.tables.cells import escape, is_dangerous, unescape

TRICKY = st.text(alphabet="'=+-@\t\r\n a1\u00a0\u200b\ufeff＝＋－＠", max_size=12)


@pytest.mark.parametrize(
    "value",
    [
        "=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd|x", "@SUM(A1)", "\t=1", "\r=1", "\n=1",
        " =1", "\u00a0=1", "\ufeff=1", "\u200b=1", "a\n=1", "a\r\n @x", "a\u2028=1",
        "＝1+1", "＠x", "-x@y.example",
    ],
)  # fmt: skip
def test_a_value_that_could_run_gets_an_apostrophe(value: str) -> None:
    assert is_dangerous(value)
    assert escape(value) == "'" + value


@pytest.mark.parametrize(
    "value",
    ["", "Ann", "+45 12 34 56 78", "-12,5", "(555) 010-1234", "a=b", "a-b@x.example", "O'Hara",
     "a\nb", "a\r\nb", "'tis", "12.03.2026"],
)  # fmt: skip
def test_a_harmless_value_stays_as_it_is(value: str) -> None:
    assert escape(value) == value


def test_digits_of_other_scripts_do_not_count_as_a_number() -> None:
    assert escape("+\u0661\u0662") == "'+\u0661\u0662"  # noqa: RUF100


@given(TRICKY | st.text())
@example("''=1")
@example("'Ann")
def test_what_is_escaped_comes_back(value: str) -> None:
    assert unescape(escape(value)) == value


@given(TRICKY | st.text())
def test_a_dangerous_value_never_begins_with_what_runs(value: str) -> None:
    written = escape(value)
    assert written.startswith("'") or not is_dangerous(written)
