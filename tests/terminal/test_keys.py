"""What a terminal sends, as keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.terminal.held import Held, Sent
from custclean.terminal.keys import MOST, QUIET, Keys, Paste, Press


def told(*chunks: str) -> list[str]:
    """Give the keys of what has come, in pieces; a paste in brackets."""
    keys = Keys()
    events = [event for chunk in chunks for event in keys.feed(chunk)] + keys.finish()
    return [e.key if isinstance(e, Press) else f"<{e.text}>" for e in events]


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        ("y", ["y"]),
        ("?U", ["?", "U"]),
        ("\r", ["Enter"]),
        ("\x1b", ["Escape"]),
        ("\x1b\x1b", ["Escape", "Escape"]),
        ("\x1b[A\x1bOB", ["ArrowUp", "ArrowDown"]),
        ("\x1b[5~\x1b[6~\x1b[3~", ["PageUp", "PageDown", "Delete"]),
        ("\x7f\x08", ["Backspace", "Backspace"]),
        ("\x1ay", ["Ctrl+z", "y"]),
        ("é日", ["é", "日"]),
    ],
)
def test_a_key_has_the_name_that_browsers_give_it(sent: str, keys: list[str]) -> None:
    assert told(sent) == keys


@pytest.mark.parametrize(
    "sent",
    [
        "\x1by",  # with Alt
        "\x1b[1;5A",  # with Ctrl
        "\x1b[I",  # the window has the focus
        "\x1b[<0;10;10M",  # a mouse
        "\x1b]11;rgb:yyyy/nnnn\x07",  # an answer of the terminal
        "\x1bP1y\x1b\\",
    ],
)
def test_what_is_no_key_of_ours_does_nothing(sent: str) -> None:
    assert told(sent) == []


@given(st.integers(0, 30))
def test_a_key_may_come_in_pieces(cut: int) -> None:
    whole = "y\x1b[A\x1b[200~yn\x1b[201~\x1b[5~n"
    assert told(whole[:cut], whole[cut:]) == ["y", "ArrowUp", "<yn>", "PageUp", "n"]


def test_what_is_pasted_is_one_thing_whatever_is_in_it() -> None:
    assert told("\x1b[200~ynyn\ry\x1b[A\x1b[201~") == ["<ynyn\ry\x1b[A>"]
    assert told("\x1b[200~yn", "y", "n") == []  # it has not ended


def test_a_paste_whose_end_is_lost_ends_when_it_is_quiet() -> None:
    clock = Clock()
    keys = Keys(clock)
    assert keys.feed("\x1b[200~yn") == []
    clock.now += QUIET - 0.1
    assert keys.finish() == []
    assert keys.feed("?") == []
    clock.now += QUIET
    assert keys.finish() == [Paste("yn?")]
    assert keys.finish() == []
    assert keys.feed("y") == [Press("y")]


def test_of_an_endless_paste_only_its_beginning_is_kept() -> None:
    keys = Keys()
    keys.feed("\x1b[200~")
    for _ in range(4):
        assert keys.feed("y" * MOST + "\x1b[20") == []
    (pasted, key) = keys.feed("1~n")
    assert isinstance(pasted, Paste)
    assert pasted.text.startswith("y" * MOST)
    assert len(pasted.text) < MOST + 10
    assert key == Press("n")


def test_a_paste_is_known_by_its_speed_where_the_terminal_does_not_say_it() -> None:
    assert told("yes\rno") == ["<yes\rno>"]
    assert told("ynyn\x1b[Ay") == ["<ynyn\x1b[Ay>"]
    assert told("yyyyyy") == ["y"] * 6  # a key that is held


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("keys", "sent"),
    [
        ([("y", 0), ("y", 0.03), ("y", 0.03)], "pressed held held"),
        ([("y", 0), ("y", 0.5), ("y", 0.03)], "pressed unknown held"),
        ([("y", 0), ("y", 0.5), ("n", 0.03)], "pressed unknown pressed"),
        ([("y", 0), ("n", 0.03), ("y", 0.03)], "pressed pressed pressed"),
        ([("y", 0), ("y", 2.0)], "pressed pressed"),
    ],
)
def test_a_held_key_is_known_by_its_rhythm(keys: list[tuple[str, float]], sent: str) -> None:
    clock, found = Clock(), []
    held = Held(clock)
    for key, after in keys:
        clock.now += after
        found.append(held.sent(key))
    assert found == [Sent(word) for word in sent.split()]
