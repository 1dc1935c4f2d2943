"""Days and moments, as files write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from custclean.text import day


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-09-30", datetime(2026, 9, 30, tzinfo=UTC)),
        (" 2026/9/3 ", datetime(2026, 9, 3, tzinfo=UTC)),
        ("20260930", datetime(2026, 9, 30, tzinfo=UTC)),
        ("2026-09-30T13:46:00+02:00", datetime(2026, 9, 30, 11, 46, tzinfo=UTC)),
        ("2026-09-30 13:46", datetime(2026, 9, 30, 13, 46, tzinfo=UTC)),
        ("31.12.2026", datetime(2026, 12, 31, tzinfo=UTC)),
        ("12/31/2026 01:46 PM", datetime(2026, 12, 31, 13, 46, tzinfo=UTC)),
        ("12/31/2026 12:05 am", datetime(2026, 12, 31, 0, 5, tzinfo=UTC)),
        ("5/5/2026", datetime(2026, 5, 5, tzinfo=UTC)),
        ("30 de setembro de 2026", datetime(2026, 9, 30, tzinfo=UTC)),
        ("September 30, 2026", datetime(2026, 9, 30, tzinfo=UTC)),
    ],
)
def test_a_day_is_read_in_each_of_its_forms(text: str, moment: datetime) -> None:
    assert day.read(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "n/a",
        "01/02/2026",
        "31/31/2026",
        "2026-02-30",
        "31/12/26",
    ],
)
def test_what_is_no_day_or_may_be_two_is_none(text: str) -> None:
    assert day.read(text) is None


def test_a_column_tells_whether_days_come_first() -> None:
    assert day.days_first(["01/02/2026", "31/12/2026"]) is True
    assert day.days_first(["01/02/2026", "12/31/2026"]) is False
    assert day.days_first(["31/12/2026", "12/31/2026"]) is None
    assert day.days_first(["01/02/2026", "13/13/2026", "x"]) is None
    assert day.read("01/02/2026", day_first=True) == datetime(2026, 2, 1, tzinfo=UTC)
    assert day.read("01/02/2026", day_first=False) == datetime(2026, 1, 2, tzinfo=UTC)


@example("0001-01-01T00:00:00+14:00")  # before the calendar begins, in Greenwich
@given(st.text())
def test_no_text_is_an_error(text: str) -> None:
    assert day.read(text) is None or isinstance(day.read(text), datetime)
    assert day.days_first([text]) in (None, True, False)
