"""Keys on the desk: what they decide, choose and show; what they must not do."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import pytest

from custclean.errors import InputError
from custclean.model import Verdict
from custclean.terminal.desk import PAUSE, Desk
from custclean.terminal.history_panel import HistoryPanel
from custclean.terminal.wording import desk_keys
from custclean.widgets.texts import KEYS
from tests.terminal.screens import opened, seen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    session = opened(tmp_path)
    yield Desk(session, clock=clock)
    session.log.close()


def press(desk: Desk, keys: str) -> str:
    """Press keys, each on the frame before it; give the last frame."""
    shown = seen(desk)
    for key in keys.split():
        desk.press(" " if key == "Space" else key)
        shown = seen(desk)
    return shown


def said(desk: Desk) -> list[tuple[str, ...]]:
    return [(*d.key, d.verdict.value) for d in desk.session.log.current]


def test_keys_decide_and_go_on_to_the_next_open_question(desk: Desk) -> None:
    assert "Group of 5, 1 of 5" in seen(desk)
    shown = press(desk, "j y n ?")
    assert said(desk) == [
        ("Ada-1", "Ada-2", "same"),
        ("Bea-1", "Bea-2", "different"),
        ("Cleo-1", "Cleo-2", "unsure"),
    ]
    assert "Pair 5 of 5" in shown
    assert "4: Unsure · Saved" in shown


def test_shift_means_the_same_but_where_it_has_a_meaning(desk: Desk) -> None:
    press(desk, "j Y u")
    assert said(desk) == []
    press(desk, "U")
    assert said(desk) == [("Ada-1", "Ada-2", "same")]


def test_the_group_is_divided_by_keys_and_saved_by_enter(desk: Desk) -> None:
    shown = press(desk, "ArrowRight e")
    assert "Client A" in shown
    assert "Client B" in shown
    assert said(desk) == []
    press(desk, "Enter")
    assert sorted(said(desk)) == [
        ("g0", "g1", "different"),
        ("g0", "g2", "same"),
        ("g1", "g2", "different"),
        ("g2", "g3", "same"),
        ("g3", "g4", "same"),
    ]


def test_a_group_is_split_at_its_weakest_link_and_started_over(desk: Desk) -> None:
    assert "Weakest link: “2 · Group 1” and “3 · Group 2”, 60 %" in seen(desk)
    press(desk, "p")
    assert desk.session.card(0).draft.divided(desk.session.questions[0].records) == (
        frozenset({"g0", "g1"}),
        frozenset({"g2", "g3", "g4"}),
    )
    assert "Client B" not in press(desk, "Escape")


def test_the_keys_of_groups_do_nothing_on_a_pair(desk: Desk) -> None:
    press(desk, "j e m p")
    assert not desk.session.card(1).draft


def test_digits_choose_whose_value_is_kept_and_enter_saves_it(desk: Desk) -> None:
    assert "● kept" in press(desk, "j 1 1")
    assert "● kept" not in press(desk, "1")  # as the rules say
    press(desk, "1 1 s Enter")
    assert [(d.key, d.value.get("field")) for d in desk.session.log.current] == [
        (("Ada-1", "Ada-2"), None),
        (("Ada-1",), None),
        (("Ada-2",), "phone"),
    ]


@pytest.mark.parametrize(("arrow", "stays"), [("ArrowRight", "Ada-2"), ("ArrowLeft", "Ada-1")])
def test_on_a_pair_the_first_arrow_goes_where_it_points(
    desk: Desk, arrow: str, stays: str
) -> None:
    press(desk, f"j {arrow} s Enter")
    picked = [d.key for d in desk.session.log.current if d.verdict is Verdict.PICK]
    assert picked == [(stays,)]


def test_enter_decides_nothing_where_nothing_was_chosen(desk: Desk) -> None:
    assert "Nothing is chosen" in press(desk, "Enter")
    assert said(desk) == []


def test_a_note_is_written_kept_and_decides_nothing_while_one_writes(desk: Desk) -> None:
    press(desk, "j o y n Space ? x Backspace Enter")
    assert said(desk) == []
    assert "Note: yn ?" in seen(desk)
    press(desk, "j k y")  # it stays with its question
    assert [d.note for d in desk.session.log.current] == ["yn ?"]
    press(desk, "n")
    assert desk.session.log.current[-1].note == ""


def test_escape_leaves_a_note_as_it_was(desk: Desk) -> None:
    assert "Note:" not in press(desk, "j o y Escape")
    assert said(desk) == []


@pytest.mark.parametrize("panel", ["h", "i", "a", "l", "f"])
def test_nothing_is_decided_while_a_panel_covers_the_card(desk: Desk, panel: str) -> None:
    press(desk, f"j y {panel} y n ? u U e s 1 p Space y n")
    assert said(desk) == [("Ada-1", "Ada-2", "same")]
    assert "Pair 3 of 5" in press(desk, "Escape")


def test_nothing_is_decided_in_a_window_where_nothing_is_seen(desk: Desk) -> None:
    assert "too small" in seen(desk, 49, 24)
    desk.press("y")
    assert "too small" in seen(desk, 80, 15)
    desk.press("y")
    assert said(desk) == []


def test_what_is_pasted_decides_nothing_and_writes_where_one_writes(desk: Desk) -> None:
    seen(desk)
    desk.paste("yyyy\nnn")
    assert "What was pasted decides nothing" in seen(desk)
    press(desk, "j o")
    desk.paste("why\nnot")
    press(desk, "Enter y")
    assert [d.note for d in desk.session.log.current] == ["why not"]


def test_what_is_pasted_into_a_note_commands_no_terminal(desk: Desk) -> None:
    press(desk, "j o")
    desk.paste("a\x1b[2Jb\x07\x9b31m\r\nc\td\u2028e\x00")
    press(desk, "Enter y")
    assert [d.note for d in desk.session.log.current] == ["a[2Jb31m c d e"]


def test_what_is_refused_is_said_and_no_key_decides_for_a_moment(
    desk: Desk, clock: Clock
) -> None:
    desk.session.log.close()
    assert "Not saved: " in press(desk, "j y")
    desk.session._log = opened(desk.session.log.path.parent).log
    press(desk, "n n")
    assert said(desk) == []
    clock.now += PAUSE
    press(desk, "n")
    assert said(desk) == [("Ada-1", "Ada-2", "different")]


@pytest.mark.parametrize("keys", ["y", "n", "?", "1 Enter", "u", "i Enter"])
def test_what_would_have_saved_is_not_saved(desk: Desk, keys: str) -> None:
    press(desk, "j y")
    desk.session.log.close()
    assert "! Not saved: " in press(desk, keys)
    assert desk.wrong


def test_a_filter_that_is_refused_is_not_called_not_saved(desk: Desk) -> None:
    shown = press(desk, "j y f" + 12 * " ArrowDown" + " x Enter")
    assert "this is no number" in shown
    assert "Not saved" not in shown
    assert "Not saved" not in press(desk, "Escape j")
    press(desk, "n")
    assert said(desk)[1:] == [("Cleo-1", "Cleo-2", "different")]


def test_the_keys_of_groups_do_nothing_where_no_card_is_shown(desk: Desk) -> None:
    seen(desk)
    for key in "emp":
        assert "too small" in seen(desk, 49, 24)
        desk.press(key)
        assert not desk.session.card(0).draft


def test_the_history_reads_as_much_after_a_step_back_as_before(desk: Desk) -> None:
    press(desk, "j y n ?")
    panel = HistoryPanel(desk.session, desk.texts)
    for _ in range(4):
        panel.press("Enter")
        assert panel._pages == 1


def test_the_history_takes_an_old_step_back_and_gives_it_back(desk: Desk) -> None:
    press(desk, "j y n i ArrowDown Enter")
    assert said(desk) == [("Bea-1", "Bea-2", "different")]
    press(desk, "Enter")  # the undo stands first now
    assert said(desk) == [
        ("Ada-1", "Ada-2", "same"),
        ("Bea-1", "Bea-2", "different"),
    ]
    assert "Pair 3 of 5" in press(desk, "ArrowDown ArrowDown ArrowRight")


def test_the_list_goes_where_one_wants(desk: Desk) -> None:
    shown = press(desk, "l ArrowDown ArrowDown")
    assert "○ 3      Bea Canary Srl · Bea CANARY Sr" in shown
    assert "Pair 3 of 5" in press(desk, "Enter")


def test_search_and_filter_choose_what_is_seen(desk: Desk) -> None:
    shown = press(desk, "/ y c l e o Backspace Backspace Backspace Backspace Backspace")
    assert "Search: ▏" in shown
    assert "Pair 1 of 1" in press(desk, "c l e o Enter")
    assert said(desk) == []
    shown = press(desk, "f ArrowDown ArrowRight ArrowRight")
    assert "◂ largest effect first ▸" in shown
    assert "Pair 1 of 1" in press(desk, "Enter")
    press(desk, "f Backspace Backspace Backspace Backspace Enter")
    assert desk.session.queue.places[0] == 0  # the group, which has the largest effect


def test_a_filter_that_makes_no_sense_is_refused(desk: Desk) -> None:
    shown = press(desk, "f" + 12 * " ArrowDown" + " x Enter")
    assert "this is no number" in shown
    assert desk.panel is not None


def test_bulk_draws_its_sample_and_accepts_once_it_proves_it(desk: Desk) -> None:
    shown = press(desk, "a ArrowRight ArrowRight ArrowDown")
    assert "10.0%" in shown
    assert "of 5" in press(desk, "Enter")
    press(desk, "y y y y y a ArrowDown ArrowDown Enter")
    assert {word for *_, word in said(desk)} == {"same"}


def test_only_what_is_about_all_questions_takes_long(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not desk.takes_long("a")
    monkeypatch.setattr(importlib.import_module("custclean.terminal.desk"), "MANY", 2)
    assert desk.takes_long("a")
    assert not desk.takes_long("y")
    press(desk, "a")
    assert [desk.takes_long(key) for key in ("ArrowRight", "Enter")] == [True, False]
    press(desk, "ArrowDown")
    assert [desk.takes_long(key) for key in ("ArrowRight", "Enter")] == [False, True]
    press(desk, "ArrowDown")
    assert not desk.takes_long("Enter")
    vars(desk.panel)["_told"] |= {"acceptable": True, "left": 9}
    assert desk.takes_long("Enter")


def test_taking_back_takes_long_after_a_step_of_many(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.import_module("custclean.terminal.desk"), "MANY", 2)
    assert not desk.takes_long("u")
    press(desk, "y")  # a group: several pairs at once
    assert desk.takes_long("u")
    press(desk, "u")
    assert desk.takes_long("U")
    press(desk, "ArrowDown n")
    assert not desk.takes_long("u")


def test_what_bulk_would_do_is_listed_and_scrolled_to(desk: Desk) -> None:
    desk.session.busy = frozenset({"Ada-2"})
    press(desk, "a")
    shown = press(desk, "End")
    assert "Stays out: 1" in shown
    assert "has transactions" in shown
    press(desk, "Enter")
    assert said(desk) == []
    assert "Show the sample" in press(desk, "Home")


def test_a_note_is_kept_for_the_pair_in_sight_also_while_the_log_is_busy(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(desk, "j o")
    monkeypatch.setattr(type(desk.session), "current", property(lambda _: 1 / 0))
    for key in ("w", "h", "y", "Enter"):
        desk.press(key)
    monkeypatch.undo()
    press(desk, "y")
    assert [d.note for d in desk.session.log.current] == ["why"]


def test_why_and_blind(desk: Desk) -> None:
    shown = press(desk, "j w")
    assert "+12.3" in shown
    assert "95 % likely" in shown
    shown = press(desk, "b")
    assert "95 %" not in shown
    assert "12.3" not in shown
    assert "blind" in shown


def test_what_does_not_fit_is_scrolled(desk: Desk) -> None:
    press(desk, "j")
    first = seen(desk, 80, 18)
    assert "▼ " in first
    assert "owned" not in first
    desk.press("PageDown")
    desk.press("PageDown")
    assert "[U+001B]]0;owned" in seen(desk, 80, 18)


def test_the_help_names_every_key(desk: Desk) -> None:
    desk.press("h")
    shown = seen(desk, 80, 60)
    assert all(what.split(";")[0][:30] in shown for what in desk.actions.values())


def test_keys_can_be_others_and_one_for_two_actions_is_refused(tmp_path: Path) -> None:
    session = opened(tmp_path)
    desk = Desk(session, {"same": "z", "note": "y"})
    press(desk, "j z")
    assert said(desk) == [("Ada-1", "Ada-2", "same")]
    press(desk, "y a b Enter n")
    assert desk.session.log.current[-1].note == "ab"
    session.log.close()
    for wrong in ({"same": "o"}, {"note": "y"}, {"quit": "n"}, {"note": "5"}, {"sing": "x"}):
        with pytest.raises(InputError):
            desk_keys(wrong)


def test_the_keys_are_those_of_the_card_and_two_more() -> None:
    assert desk_keys(None) == {**KEYS, "note": "o", "quit": "q"}


def test_nothing_to_review_is_said(tmp_path: Path) -> None:
    session = opened(tmp_path)
    session.show(text="nobody at all")
    desk = Desk(session)
    assert "Nothing fits this filter" in press(desk, "y n j k e 1 s Enter")
    assert said(desk) == []
    session.log.close()
