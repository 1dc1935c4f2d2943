"""Keys as they come from a terminal: each decides about the picture it was pressed on."""

from __future__ import annotations

import importlib
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any, Self

import pytest

from custclean.decisions import DecisionLog
from custclean.stages.review import ReviewSession
from custclean.terminal import Desk, run
from custclean.terminal.held import DELAY, Held
from tests.terminal.screens import SEQUENCES, explain, pairs, people

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


module = importlib.import_module("custclean.terminal.run")  # its name is the function's, too


class Clock:
    now = 0.0

    def monotonic(self) -> float:
        return self.now


class Door:
    """A terminal into which all of this is typed, one after the other; a call is done."""

    def __init__(self, *typed: str | Callable[[], object]) -> None:
        self.ended = ""
        self.typed, self.ahead = list(typed), ""
        self.painted: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        pass

    def read(self, seconds: float) -> str:
        if not seconds:
            text, self.ahead = self.ahead, ""
            return text
        if not self.typed:
            self.ended = "SIGINT"
            return ""
        came = self.typed.pop(0)
        if isinstance(came, str):
            return came
        came()
        return ""

    def write(self, text: str) -> None:
        self.painted.append(SEQUENCES.sub(" ", text))

    def size(self) -> tuple[int, int]:
        return 100, 40

    def pause(self) -> None:
        pass


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    log = DecisionLog(tmp_path, who="ann", timeout=0.1)
    yield Desk(ReviewSession(people(), pairs(group=False), log, explain=explain))
    log.close()


def said(desk: Desk) -> list[tuple[str, str]]:
    return [(d.key[0], d.verdict.value) for d in desk.session.log.history]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Give a clock that stands still: nothing here depends on how busy the machine is."""
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    monkeypatch.setattr(module, "Held", lambda: Held(clock.monotonic))
    return clock


@pytest.fixture
def slow(desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each decision take its time."""
    decide = desk.session.decide

    def late(*given: Any, **named: Any) -> Any:
        clock.now += 2 * DELAY
        return decide(*given, **named)

    monkeypatch.setattr(desk.session, "decide", late)


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize("rest", ["n", "nn", "\x1b[B?", "\x1b[200~n\x1b[201~"])
def test_what_came_with_a_key_that_took_its_time_decides_nothing(
    desk: Desk, rest: str
) -> None:
    door = Door(f"y{rest}")
    assert run(desk, door) == "SIGINT"
    assert said(desk) == [("Ada-1", "same")]
    assert "busy were ignored" in door.painted[-1]
    assert "Pair 2 of 4" in door.painted[-1]


@pytest.mark.usefixtures("slow")
def test_what_came_while_a_key_took_its_time_decides_nothing(desk: Desk) -> None:
    door = Door(lambda: setattr(door, "ahead", "n?n"), "y", "?")
    run(desk, door)
    assert said(desk) == [("Ada-1", "same"), ("Bea-1", "unsure")]
    assert any("busy were ignored" in each for each in door.painted)


@pytest.mark.usefixtures("slow")
def test_a_key_that_is_held_through_a_wait_decides_once(desk: Desk) -> None:
    door = Door(lambda: setattr(door, "ahead", "yyy"), "y", "y")
    run(desk, door)
    assert said(desk) == [("Ada-1", "same")]


@pytest.mark.usefixtures("clock")
def test_what_takes_long_is_said_before_it_begins(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = Door("a", "\x1b[C", "\x1b[C", "\x1b[B", "\r")
    run(desk, door)
    assert not any("At work" in each for each in door.painted)
    monkeypatch.setattr(importlib.import_module("custclean.terminal.desk"), "MANY", 2)
    desk.session.show()
    at_work: list[str] = []
    for name in ("bulk", "draw"):
        before = getattr(desk.session, name)

        def told(*given: Any, name: str = name, before: Any = before, **named: Any) -> Any:
            at_work.append(f"{name} {'At work' in door.painted[-1]}")
            return before(*given, **named)

        monkeypatch.setattr(desk.session, name, told)
    desk.done, door.ended = False, ""
    door.typed = ["a", "\x1b[C", "\x1b[C", "\x1b[B", "\r"]
    run(desk, door)
    assert {*at_work} == {"bulk True", "draw True"}
    assert "At work" not in door.painted[-1]


@pytest.mark.usefixtures("clock")
def test_keys_that_come_together_and_are_quick_all_count(desk: Desk) -> None:
    run(desk, Door("yn"))
    assert said(desk) == [("Ada-1", "same"), ("Bea-1", "different")]


@pytest.mark.usefixtures("clock")
def test_the_desk_outlives_a_log_that_is_busy_and_nothing_is_decided_meanwhile(
    desk: Desk, tmp_path: Path
) -> None:
    with closing(
        sqlite3.connect(tmp_path / "decisions.sqlite", isolation_level=None)
    ) as other:
        door = Door(
            lambda: other.execute("BEGIN EXCLUSIVE"),
            "y",
            lambda: other.execute("ROLLBACK"),
            "n",
        )
        run(desk, door)
    busy = [each for each in door.painted if "! " in each]
    assert busy
    assert all("Pair 1 of 4" in each for each in busy)  # the frame before, but for the reason
    assert all("canary.example" in each for each in busy)
    assert said(desk) == [("Ada-1", "different")]
    assert "Pair 2 of 4" in door.painted[-1]


@pytest.mark.usefixtures("clock")
def test_the_desk_begins_though_the_log_is_busy(desk: Desk, tmp_path: Path) -> None:
    with closing(
        sqlite3.connect(tmp_path / "decisions.sqlite", isolation_level=None)
    ) as other:
        other.execute("BEGIN EXCLUSIVE")
        door = Door("n", lambda: other.execute("ROLLBACK"), "y")
        run(desk, door)
    assert "Pair" not in door.painted[0]
    assert "! " in door.painted[0]
    assert said(desk) == [("Ada-1", "same")]
