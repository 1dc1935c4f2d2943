"""Days in the notes of reports, in seven languages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from custclean.report.dates import found, newest


@pytest.mark.parametrize(
    "text",
    [
        "Wednesday, September 30, 2026 01:46 PM GMT-05:00",
        "Sept. 30, 2026",
        "2026-09-30T13:46:00Z",
        "mercoledì 30 settembre 2026",
        "quarta-feira, 30 de setembro de 2026 13:46",
        "mercredi 30 septembre 2026",
        "miércoles, 30 de septiembre de 2026",
        "onsdag den 30. september 2026",
        "Mittwoch, 30. September 2026",
    ],
)
def test_a_day_is_found_in_seven_languages(text: str) -> None:
    assert found(text) == date(2026, 9, 30)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("1 juin 2026", 6), ("1 juillet 2026", 7), ("1 giugno 2026", 6), ("1 luglio 2026", 7),
        ("1 mars 2026", 3), ("1. März 2026", 3), ("1 maggio 2026", 5), ("1 maio 2026", 5),
        ("1. maj 2026", 5), ("1 août 2026", 8), ("1. december 2026", 12), ("1. Mai 2026", 5),
        ("1 janvier 2026", 1), ("1 enero 2026", 1), ("1 gennaio 2026", 1), ("1 avril 2026", 4),
        ("1 ottobre 2026", 10), ("1 de outubro de 2026", 10), ("1. oktober 2026", 10),
    ],
)  # fmt: skip
def test_months_are_told_apart(text: str, month: int) -> None:
    assert found(text) == date(2026, month, 1)


@pytest.mark.parametrize(
    "text", ["01/02/2026", "Total 12 of 2026", "February 31, 2026", "", "2026"]
)
def test_what_is_no_certain_day_is_none(text: str) -> None:
    assert found(text) is None


@given(st.text())
@example("²²² 1, 2026")
def test_no_text_is_too_strange(text: str) -> None:
    assert found(text) is None or isinstance(found(text), date)


def test_a_time_stamp_beats_the_end_of_a_period() -> None:
    notes = ["January 1 - December 31, 2026", "Friday, November 20, 2026 01:46 PM"]
    assert newest(notes) == date(2026, 11, 20)


def test_without_a_time_stamp_the_last_day_counts() -> None:
    assert newest(["March 1, 2026", "nothing", "2026-03-04"]) == date(2026, 3, 4)
    assert newest([]) is None
