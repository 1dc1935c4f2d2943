"""How far a long step is: by what is done, or by how long it took the last time."""

from __future__ import annotations

import pytest

from custclean.widgets.pace import Pace


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def facts(pace: Pace) -> tuple[float, float | None]:
    return pace.share, pace.left


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_what_is_quick_is_not_worth_a_bar(clock: Clock) -> None:
    pace = Pace(clock=clock)
    shown = [pace.worth_showing]
    clock.now += 1.0
    assert [*shown, pace.worth_showing] == [False, True]
    assert pace.said() == "1 s so far"


def test_the_time_left_follows_from_what_is_done(clock: Clock) -> None:
    pace = Pace(clock=clock)
    pace("read", 0, 4)
    assert facts(pace) == (0.0, None)
    clock.now += 2
    pace("read", 1, 4)
    assert facts(pace) == (0.25, 6)
    clock.now += 1
    assert facts(pace) == (0.25, 5)  # it falls while nothing is said
    assert pace.said() == "read · 1 of 4 · 3 s so far · about 5 s left"
    clock.now += 9
    assert pace.said() == "read · 1 of 4 · 12 s so far"  # nobody knows any more


def test_another_count_begins_its_own_time(clock: Clock) -> None:
    pace = Pace(clock=clock)
    pace("read", 0, 2)
    clock.now += 10
    pace("read", 2, 2)
    pace("screen", 0, 10)
    clock.now += 1
    pace("screen", 5, 10)
    assert pace.left == 1


def test_the_last_time_says_more_than_the_count(clock: Clock) -> None:
    pace = Pace(lasted=8.0, clock=clock)
    clock.now += 2
    pace("read", 1, 100)
    assert facts(pace) == (0.25, 6)
    clock.now += 20
    assert facts(pace) == (0.99, None)
