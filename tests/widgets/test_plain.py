"""The card of plain widgets: it decides what was shown, once, and shows nobody's absence."""

from __future__ import annotations

import re
from threading import Thread
from typing import TYPE_CHECKING, Any

import ipywidgets
import polars as pl
import pytest

from custclean import words
from custclean.decisions import DecisionLog
from custclean.errors import DecisionError
from custclean.model import FIELDS, Explanation, Share
from custclean.stages.review import ReviewSession
from custclean.widgets.card_data import card_data
from custclean.widgets.plain import PAUSE, PlainCard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TABLE = pl.DataFrame(
    [
        {
            "record_id": f"r{i}",
            "display_name": f"Canary {i}<b>",
            "email": "canary@example.com",
            "city": f"Town {i % 2}",
            "source_file": "a<i>.csv",
        }
        for i in range(8)
    ],
    schema=dict.fromkeys(FIELDS["customers"], pl.String),
)
GROUP = [("r0", "r1", 0.95), ("r1", "r2", 0.6)]
PAIRS = [("r3", "r4", 0.9), ("r5", "r6", 0.9), ("r5", "r7", 0.2)]


def explain(left: str, right: str) -> Explanation:
    share = Share("email", "x", "x", "equal", 12.3)
    return Explanation(left, right, 8.0, 0.98, -4.3, (share,), "The same e-mail.")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Hand:
    """A person before the card: sees what is displayed, presses what is seen."""

    def __init__(self, folder: Path) -> None:
        self.log = DecisionLog(folder, who="ann")
        pairs = pl.DataFrame(
            [*GROUP, *PAIRS], schema=["left_id", "right_id", "probability"], orient="row"
        ).with_columns(weight=pl.col("probability") * 10)
        self.session = ReviewSession(TABLE, pairs, self.log, explain=explain)
        self.clock = Clock()
        self.card = PlainCard(self.session, clock=self.clock)
        self.card._view_count = 1

    def seen(self, inside: Any = None) -> list[Any]:
        """Give the widgets that are displayed, outermost first."""
        one = inside or self.card
        if one.layout.display == "none":
            return []
        children = getattr(one, "children", ())
        if isinstance(one, ipywidgets.Accordion):
            at = one.selected_index
            children = () if at is None else [children[at]]
        return [one, *(deep for child in children for deep in self.seen(child))]

    def text(self) -> str:
        html = " ".join(one.value for one in self.seen() if isinstance(one, ipywidgets.HTML))
        return " ".join(re.sub("<[^>]*>", " ", html).split())

    def button(self, word: str) -> Any:
        buttons = [one for one in self.seen() if isinstance(one, ipywidgets.Button)]
        (found,) = [one for one in buttons if one.description == word]
        return found

    def press(self, *words: str) -> str:
        """Press buttons, not in haste; say what is seen then."""
        for word in words:
            self.clock.now += 1
            button = self.button(word)
            assert not button.disabled
            button.click()
        return self.text()

    def choose(self, description: str, value: object) -> None:
        (found,) = [o for o in self.seen() if getattr(o, "description", "") == description]
        found.value = value

    def open(self, number: int | None) -> None:
        self.card.children[-1].selected_index = number

    @property
    def said(self) -> list[tuple[str, ...]]:
        return [(*d.key, d.verdict.value) for d in self.log.current]


@pytest.fixture
def hand(tmp_path: Path) -> Iterator[Hand]:
    found = Hand(tmp_path)
    yield found
    found.log.close()


def test_buttons_decide_and_the_next_open_question_comes(hand: Hand) -> None:
    assert "Group of 3, 1 of 4" in hand.text()
    assert "Pair 2 of 4" in hand.press("Next")
    shown = hand.press("Same client", "Different", "Unsure")
    assert hand.said == [
        ("r3", "r4", "same"),
        ("r5", "r6", "different"),
        ("r5", "r7", "unsure"),
    ]
    assert "3 decided (1 unsure), 1 left" in shown
    assert "Saved" in shown
    assert repr(hand.card) == "PlainCard(4 questions, 3 decided)"
    assert "Taken back" in hand.press("Undo", "Undo")
    assert "Given back" in hand.press("Redo")
    assert len(hand.said) == 2


def test_a_double_click_decides_once(hand: Hand) -> None:
    hand.press("Next")
    same = hand.button("Same client")
    hand.clock.now += 1
    same.click()
    hand.clock.now += 0.2
    same.click()  # the browser had not yet shown the next question
    hand.button("Same client").click()  # it had
    assert hand.said == [("r3", "r4", "same")]
    assert "counts once" in hand.text()
    hand.clock.now += PAUSE
    hand.button("Same client").click()
    assert len(hand.said) == 2


def test_a_late_click_is_about_no_other_question(hand: Hand) -> None:
    hand.press("Next")
    same = hand.button("Same client")
    hand.press("Next")
    hand.clock.now += 10
    same.click()
    assert hand.said == []


def test_values_are_escaped_and_differences_marked(hand: Hand) -> None:
    hand.press("Next")
    body = hand.card.children[2].value
    assert "<b><u>3</u></b>&lt;b&gt;" in body
    assert "a&lt;i&gt;.csv" in body
    assert "≠ different" in body
    assert "The same e-mail." in body


def test_a_group_is_divided_and_its_values_picked(hand: Hand) -> None:
    hand.choose("chosen", "2: Canary 1<b>")
    hand.press("On its own")
    assert "Client B" in hand.text()
    hand.choose("City", 2)
    hand.choose("this record stays", 0)
    assert "● kept" in hand.text()
    assert hand.said == []
    hand.press("Apply")
    assert {each for each in hand.said if each[-1] != "pick"} == {
        ("r0", "r1", "different"),
        ("r0", "r2", "same"),
        ("r1", "r2", "different"),
    }
    assert sorted(each for each in hand.said if each[-1] == "pick") == [
        ("r0", "pick"),
        ("r2", "pick"),
    ]


def test_dividing_can_be_started_over(hand: Hand) -> None:
    assert "Client B" in hand.press("Divide at the weakest link")
    assert "Client B" not in hand.press("Start over")
    assert "Client B" in hand.press("Move on")
    hand.press("Start over", "All one client")
    assert hand.said == [("r0", "r1", "same"), ("r1", "r2", "same")]


def test_the_lists_of_values_are_used_again(hand: Hand) -> None:
    hand.press("Next", "Next", "Previous", "Previous")
    before = {id(one) for one in everything(hand.card)}
    hand.press("Next", "Next", "Previous", "Previous")
    assert {id(one) for one in everything(hand.card)} == before


def test_a_note_stays_with_its_question_until_it_is_decided(hand: Hand) -> None:
    hand.press("Next")
    hand.card._note.value = "why"
    hand.press("Next")
    assert hand.card._note.value == ""
    hand.press("Previous", "Unsure")
    assert [d.note for d in hand.log.current] == ["why"]
    assert hand.card._note.value == ""


def test_a_note_is_saved_once_also_where_no_other_question_comes(hand: Hand) -> None:
    hand.press("All one client", "Same client", "Same client")
    hand.card._note.value = "why"
    hand.press("Same client", "Different")
    assert [d.note for d in hand.log.current if d.key == ("r5", "r7")] == [""]
    assert [d.note for d in hand.log.history].count("why") == 1


def test_an_empty_value_that_was_chosen_is_none_of_the_list(hand: Hand) -> None:
    card = card_data(hand.session.card(1))
    field = next(one for one in card["fields"] if one["name"] == "city")
    field["values"][0], field["kept"] = None, [0]
    hand.card._choices.draw(card, another=True)
    (cities,) = [o for o in hand.seen() if getattr(o, "description", "") == "City"]
    assert cities.value is None


def test_what_is_refused_is_said(hand: Hand) -> None:
    hand.press("Next")
    hand.log.close()
    assert "Not saved: " in hand.press("Same client")
    hand.card._view_count = 0
    assert "Not saved" not in hand.text()


def test_what_saves_nothing_is_not_called_unsaved(hand: Hand) -> None:
    hand.open(1)
    hand.choose("at least % likely", "many")
    assert "Not saved" not in hand.press("Show")


def test_why_and_blind(hand: Hand) -> None:
    hand.press("Next")
    hand.open(0)
    assert "+12.3" in hand.text()
    shown = hand.press("Blind")
    assert "12.3" not in shown
    assert "90 %" not in shown
    assert "blind" in shown


def test_filter_and_search(hand: Hand) -> None:
    hand.open(1)
    hand.choose("Search in all values", "canary 7")
    assert "1 of 4 fit" in hand.press("Show")
    assert "Pair 1 of 1" in hand.text()
    hand.choose("Pair or group", "pair")
    hand.choose("at least % likely", "99")
    assert "Nothing fits this filter" in hand.press("Show")
    hand.choose("at least % likely", "many")
    assert "this is no number" in hand.press("Show")
    assert "Group of 3" in hand.press("Show all")
    hand.choose("weight at most", "-3,5")
    assert "Nothing fits this filter" in hand.press("Show")
    hand.choose("weight at most", "nan")
    assert "this is no number" in hand.press("Show")
    hand.choose("weight at most", "99")
    assert "4 of 4 fit" in hand.press("Show")


def test_the_history_takes_back_and_gives_back(hand: Hand) -> None:
    hand.press("Next", "Same client", "Different")
    hand.open(2)
    assert hand.button("Take back").disabled
    steps = next(one for one in hand.seen() if isinstance(one, ipywidgets.Select))
    steps.index = 1
    hand.press("Take back")
    assert hand.said == [("r5", "r6", "different")]
    steps.index = 0
    hand.press("Give back")
    assert len(hand.said) == 2
    steps.index = 3
    assert "Pair 2 of 4" in hand.press("Show it")


def test_many_are_accepted_once_a_sample_proves_it(hand: Hand) -> None:
    hand.open(3)
    assert hand.button("Accept 0").disabled
    hand.choose("Wrong ones that you tolerate", 0.1)
    hand.press("Show the sample")
    for _ in range(4):
        hand.press("All one client" if "Group" in hand.text() else "Same client")
    assert {word for *_, word in hand.said} == {"same"}


def test_the_card_says_that_it_saves_while_many_are_accepted(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.open(3)
    seen, why = list[str](), "the disk is full"
    accept = hand.button("Accept 0")
    accept.disabled = False

    def wait(**_given: object) -> None:
        seen.append(hand.card._status.value)
        raise DecisionError(why)

    monkeypatch.setattr(hand.session, "accept", wait)
    accept.click()
    assert "Saving" in seen[0]
    assert f"Not saved: {why}" in hand.text()


def test_the_effect_of_a_bulk_is_listed_only_while_somebody_sees_it(hand: Hand) -> None:
    hand.session.busy = frozenset({"r3"})
    hand.open(3)
    listed = hand.card._panels["bulk"]._listed
    assert "Stays out: 1" in hand.text()
    assert "Canary 4&lt;b&gt;</bdi>: Canary 3&lt;b&gt; has transactions" in listed.value
    assert "<details><summary>" in listed.value
    hand.card._view_count = 0
    assert listed.value == ""


def test_nothing_is_in_the_state_before_a_browser_shows_the_card(hand: Hand) -> None:
    def state() -> str:
        return repr([one.get_state() for one in everything(hand.card)])

    hand.press("Next")
    assert "anary" in state()
    hand.card._view_count = 0
    assert "anary" not in state()
    assert "once a browser shows this card" in hand.text()
    hand.card._view_count = 2
    assert "Pair 2 of 4" in hand.text()
    fresh = PlainCard(hand.session)
    assert "anary" not in repr([one.get_state() for one in everything(fresh)])
    fresh.children[5].children[3].click()  # where no browser says that it shows it
    assert "anary" in fresh.children[2].value


def everything(one: Any) -> list[Any]:
    inside = [*getattr(one, "children", ()), *getattr(one, "_lists", ())]
    return [one, *(deep for child in inside for deep in everything(child))]


def test_it_speaks_the_language_in_which_it_was_made(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken: list[str | None] = []

    def card_data(card: object) -> Any:
        spoken.append(words._LANGUAGE.get())
        raise RuntimeError

    with words.language("da"):
        danish = PlainCard(hand.session)
    monkeypatch.setattr("custclean.widgets.plain.card_data", card_data)
    thread = Thread(target=lambda: danish._act("next", lambda: ""), daemon=True)
    monkeypatch.setattr("threading.excepthook", lambda _: None)
    thread.start()  # as JupyterLab does it, where no context is inherited
    thread.join()
    assert spoken == ["da"]


def test_no_pairs_at_all_is_said(tmp_path: Path) -> None:
    with DecisionLog(tmp_path, who="ann") as log:
        pairs = pl.DataFrame(schema={"left_id": pl.String, "right_id": pl.String})
        card = PlainCard(ReviewSession(TABLE, pairs, log))
        card._view_count = 1
        assert "There are no pairs to review." in card.children[2].value
