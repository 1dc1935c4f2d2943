from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.errors import SettingsError
from custclean.stages.number_form import fault, key, series, suspect


@pytest.mark.parametrize(
    "number",
    ["123.0", "123,00", "1.23E+05", "1,23e+05", "1E-05", "#N/A", "#####", "M\ufffdller"],
)
def test_what_a_spreadsheet_did_is_seen(number: str) -> None:
    assert fault(number) == "damaged"


@pytest.mark.parametrize(
    "number",
    ["00123", "R-07", "12E3", "1E05", "12.5", "A.0", "2026-01", "#12", "Ø/7", "1.0.0"],
)
def test_what_somebody_may_have_chosen_is_sound(number: str) -> None:
    assert fault(number) is None


def test_the_hundredth_character_is_the_last() -> None:
    assert fault("7" * 100) is None
    assert fault("7" * 101) == "too_long"
    assert fault("é" * 100) is None


@pytest.mark.parametrize("number", ["1\n2", "1\t2", "1\u200b2", "\u202e12", "1\x002"])
def test_what_nobody_sees_is_a_fault(number: str) -> None:
    assert fault(number) == "unprintable"


def test_damaged_cells_are_suspected_of_what_they_may_have_been() -> None:
    assert suspect("123.0") == suspect("00123") == suspect(" 123 ") == 123
    assert suspect("1.23E+05") == suspect("123000") == 123000
    assert suspect("1.234E+02") is None
    assert suspect("R-123") is None
    assert suspect("9" * 5000) is None


@given(st.text())
def test_no_text_is_too_odd_to_be_judged(text: str) -> None:
    fault(text), suspect(text)
    assert key(f" {text} ") == key(text.strip())


@given(st.integers(0, 10**6), st.sampled_from(["{:05d}", "C-{}", "{0:x}/26", "{:*>8d}"]))
def test_a_series_never_repeats_itself(start: int, pattern: str) -> None:
    made = list(islice(series(pattern, start), 50))
    assert len({key(each) for each in made}) == 50


@pytest.mark.parametrize(
    "pattern",
    [
        *("", "x", "{", "{}{}", "{:.2f}", "{:e}", "{:n}", "{a}", "{0.real}", "{0!r}", "{:{}}"),
        *("{1}", "{:c}", "{:s}", "{:200d}", "{:d}.0", " {:d}", "{:5d}", "{:d}\n"),
    ],
)
def test_a_pattern_that_cannot_number_is_refused(pattern: str) -> None:
    with pytest.raises(SettingsError, match="number pattern"):
        series(pattern)


def test_numbers_do_not_start_below_zero() -> None:
    with pytest.raises(SettingsError, match="below zero"):
        series("{:d}", -1)
