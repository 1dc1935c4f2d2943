"""The desk in a real terminal: keys decide, nothing is lost, it is left as it was found."""

from __future__ import annotations

import io
import os
import pty
import re
import signal
import sqlite3
import sys
import termios
import time
import unicodedata
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from custclean.decisions import DecisionLog
from tests.terminal.screens import SEQUENCES

if sys.platform == "win32":
    pytest.skip("no terminal of this kind on Windows", allow_module_level=True)

from custclean.terminal.door import ENTER, LEAVE
from custclean.terminal.posix import PosixDoor
from tests.terminal.ptys import Terminal

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

DESK = """
import sys
from custclean.terminal import Desk, open_door, run
from tests.terminal.screens import opened
session = opened(sys.argv[1], group="pairs" not in sys.argv)
ended = run(Desk(session), open_door())
session.log.close()
print(f"left by {ended or 'hand'}", flush=True)
sys.exit(3 if ended else 0)
"""


def desk(folder: Path, *words: str, size: tuple[int, int] = (80, 24), **env: str) -> Terminal:
    return Terminal(["-c", DESK, str(folder), *words], size=size, env=env)


def said(folder: Path) -> list[tuple[str, str]]:
    with DecisionLog(folder) as log:
        return [(d.key[0].partition("-")[0], d.verdict.value) for d in log.current]


def test_keys_decide_and_only_keys(tmp_path: Path) -> None:
    with desk(tmp_path, "pairs") as terminal:
        terminal.until("Pair 1 of 4")
        terminal.send("\x1b[200~yyynnn\ryn\x1b[201~")  # pasted
        terminal.until("What was pasted decides nothing")
        terminal.send("ynyn\r")  # pasted where a terminal does not say so
        terminal.press("\x1by \x1b]0;y\x07")  # Alt+Y, an answer to a question nobody asked
        assert said(tmp_path) == []
        for _ in range(12):  # held down, after the pause that keyboards make
            terminal.send("y")
            time.sleep(0.4 if _ == 0 else 0.03)
        terminal.until("1 decided, 3 left")
        terminal.press("n u n")
        terminal.until("Pair 3 of 4")
        assert said(tmp_path) == [("Ada", "same"), ("Bea", "different")]
        terminal.resize((200, 50))
        terminal.until("≠ different")  # there is room for the whole word now
        terminal.press("y ? q")
        assert "left by hand" in terminal.until("left by")
        assert terminal.ended() == 0
        assert termios.tcgetattr(terminal.master) == terminal.mode
    assert said(tmp_path) == [
        ("Ada", "same"),
        ("Bea", "different"),
        ("Cleo", "same"),
        ("Dora", "unsure"),
    ]
    left = SEQUENCES.sub("", terminal.raw)  # nothing that a value says commands the terminal
    assert {c for c in left if unicodedata.category(c) == "Cc"} <= {"\r", "\n"}
    assert "[U+001B]]0;owned" in terminal.raw


def test_what_was_decided_outlives_a_kill_and_the_next_one_goes_on(tmp_path: Path) -> None:
    with desk(tmp_path) as terminal:
        terminal.until("Group of 5, 1 of 5")
        terminal.press("j y n")
        terminal.until("3: Different · Saved")
        os.kill(terminal.pid, signal.SIGKILL)
        assert terminal.ended() == -signal.SIGKILL
    assert said(tmp_path) == [("Ada", "same"), ("Bea", "different")]
    with desk(tmp_path, NO_COLOR="1") as terminal:
        terminal.until("Pair 4 of 5")  # the group before was passed over, and waits
        terminal.press("n")
        terminal.until("Pair 5 of 5")
        assert not re.search(r"\x1b\[[\d;]*(?:3[0-7]|4[0-7])[m;]", terminal.raw)
        os.kill(terminal.pid, signal.SIGTERM)
        assert "left by SIGTERM" in terminal.until("left by")
        assert terminal.ended() == 3
        assert termios.tcgetattr(terminal.master) == terminal.mode


def test_keys_pressed_while_the_log_was_busy_decide_nothing(tmp_path: Path) -> None:
    with desk(tmp_path, "pairs") as terminal:
        terminal.until("Pair 1 of 4")
        with closing(sqlite3.connect(tmp_path / "decisions.sqlite")) as other:
            other.execute("BEGIN IMMEDIATE")
            terminal.send("y")
            time.sleep(1.0)
            terminal.send("n")  # about a picture that is not there yet
            other.rollback()
        terminal.until("busy were ignored")
        assert said(tmp_path) == [("Ada", "same")]
        terminal.press("y")
        terminal.until("2 decided")
        terminal.send("\x03")
        assert "left by SIGINT" in terminal.until("left by")
        assert terminal.ended() == 3


def test_a_window_that_is_closed_ends_it_with_all_saved(tmp_path: Path) -> None:
    with desk(tmp_path, "pairs") as terminal:
        terminal.until("Pair 1 of 4")
        terminal.press("y")
        terminal.until("1 decided")
        os.close(terminal.master)
        os.waitpid(terminal.pid, 0)
        terminal.pid = 0
    assert said(tmp_path) == [("Ada", "same")]


def test_ctrl_z_gives_the_terminal_back_until_we_are_called_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    master, slave = pty.openpty()
    with open(slave, "r+b", buffering=0) as keyboard:  # noqa: PTH123  # it has no name
        monkeypatch.setattr("sys.stdin", keyboard)
        screen = io.TextIOWrapper(keyboard, encoding="utf-8")
        monkeypatch.setattr("sys.stdout", screen)
        before, stopped = termios.tcgetattr(slave), []
        stops = lambda *asked: stopped.append((asked, termios.tcgetattr(slave)))  # noqa: E731
        monkeypatch.setattr("os.kill", stops)
        with PosixDoor() as door:
            ours = termios.tcgetattr(slave)
            door.pause()
            assert termios.tcgetattr(slave) == ours != before
            os.write(master, b"y\x1b[A")
            assert door.read(1) == "y\x1b[A"
        assert stopped == [((0, signal.SIGTSTP), before)]
        assert termios.tcgetattr(slave) == before
        shown = ""
        while len(shown) < 2 * len(ENTER + LEAVE):
            shown += os.read(master, 4096).decode()
        assert shown == 2 * (ENTER + LEAVE)
        screen.detach()
    os.close(master)
