"""The card's kernel side: answers messages, holds nothing, leaks nothing."""

from __future__ import annotations

import json
import sqlite3
from threading import Thread
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from custclean import words
from custclean.decisions import DecisionLog
from custclean.errors import DecisionError, InputError
from custclean.model import FIELDS, Verdict
from custclean.stages.review import ReviewSession
from custclean.widgets import PlainCard, ReviewCard, show
from custclean.widgets.bulk_data import bulk_data
from custclean.widgets.card_data import likely
from custclean.widgets.texts import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TABLE = pl.DataFrame(
    [
        {"record_id": f"r{i}", "display_name": f"Canary {i}<b>", "email": "canary@example.com"}
        for i in range(8)
    ],
    schema=dict.fromkeys(FIELDS["customers"], pl.String),
)
PAIRS = pl.DataFrame(
    {
        "left_id": ["r0", "r2", "r4"],
        "right_id": ["r1", "r3", "r5"],
        "weight": [7.0, 2.0, -1.0],
        "probability": [0.99999, 0.5, 0.00001],
    }
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[ReviewSession]:
    with DecisionLog(tmp_path, who="ann") as log:
        yield ReviewSession(TABLE, PAIRS, log)


@pytest.fixture
def card(session: ReviewSession) -> ReviewCard:
    return ReviewCard(session)


@pytest.fixture
def send(card: ReviewCard, monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Any]]:
    """Send a message as the browser does; give the answer as the browser gets it."""
    answers: list[str] = []
    monkeypatch.setattr(card, "send", lambda told: answers.append(json.dumps(told)))

    def ask(**message: object) -> dict[str, Any]:
        card._handle_custom_msg({"seq": "v:1", **message}, [])
        answer: dict[str, Any] = json.loads(answers.pop())
        return answer

    return ask


def test_a_hello_gets_words_counts_and_the_first_cards(send: Any) -> None:
    told = send(type="hello")
    assert (told["type"], told["seq"], told["position"]) == ("hello", "v:1", 0)
    assert told["states"] == "ooo"
    assert told["texts"] == texts()
    assert [one["index"] for one in told["cards"]] == [0, 1, 2]
    name = told["cards"][0]["fields"][0]
    assert (name["label"], name["sign"]) == ("Name", "≠")
    assert name["values"][0] == [["Canary ", False], ["0", True], ["<b>", False]]


def test_saved_is_answered_when_the_decision_is_on_disk(
    send: Any, session: ReviewSession
) -> None:
    told = send(type="decide", index=0, verdict="same", note="sure", then=2)
    assert (told["type"], told["position"], told["counts"]["same"]) == ("saved", 2, 1)
    with DecisionLog(session.log.path.parent) as other:
        assert [(d.key, d.verdict, d.note) for d in other.current] == [
            (("r0", "r1"), Verdict.SAME, "sure")
        ]
    first = next(one for one in told["cards"] if one["index"] == 0)
    assert (first["verdict"], first["said"]) == ("same", "Decided by ann: the same client")


def test_a_new_view_is_told_what_is_decided(send: Any) -> None:
    send(type="decide", index=0, verdict="unsure", then=1)
    told = send(type="hello", seq="other:0")
    assert (told["states"], told["position"]) == ("uoo", 1)


def test_undo_goes_back_and_says_when_nothing_is_left(send: Any) -> None:
    send(type="decide", index=1, verdict="different", then=2)
    assert send(type="undo")["position"] == 1
    assert send(type="undo")["type"] == "nothing"


def test_going_to_a_place_moves_the_session(send: Any, session: ReviewSession) -> None:
    assert send(type="goto", index=2)["type"] == "moved"
    assert session.position == 2


@pytest.mark.parametrize(
    "message",
    [
        {"type": "decide", "index": 0, "verdict": "number", "then": 1},
        {"type": "decide", "index": 7, "verdict": "same", "then": 1},
        {"type": "decide", "index": "0", "verdict": "same", "then": 1},
        {"type": "decide", "index": True, "verdict": "same", "then": 1},
        {"type": "decide", "index": 0, "verdict": "same", "note": 5, "then": 1},
        {"type": "decide", "index": 0, "verdict": "same"},
        {"type": "decide", "verdict": ["same"]},
        {"type": "goto"},
        {"type": "drop"},
        {},
    ],
)
def test_a_message_that_makes_no_sense_is_refused_and_saves_nothing(
    send: Any, session: ReviewSession, message: dict[str, object]
) -> None:
    assert send(**message)["type"] == "refused"
    assert session.log.history == ()


def test_what_the_log_refuses_is_said_and_the_view_goes_back(
    send: Any, session: ReviewSession
) -> None:
    session.log.close()
    told = send(type="decide", index=1, verdict="same", then=2)
    assert (told["type"], told["position"]) == ("refused", 1)
    assert "closed" in told["message"]
    assert told["counts"]["decided"] == 0


@pytest.fixture
def held(session: ReviewSession) -> Iterator[None]:
    """Let another program hold the log: nobody reads or writes it."""
    other = sqlite3.connect(session.log.path, isolation_level=None)
    assert session.log._store._db is not None
    session.log._store._db.execute("PRAGMA busy_timeout = 10")
    other.execute("BEGIN EXCLUSIVE")
    yield
    other.close()


@pytest.mark.usefixtures("held")
def test_there_is_an_answer_also_where_the_log_cannot_be_read(send: Any) -> None:
    told = send(type="decide", index=1, verdict="same", then=2)
    assert (told["type"], told["seq"]) == ("refused", "v:1")
    assert "holds" in told["message"]
    told = send(type="hello")
    assert (told["type"], told["states"]) == ("hello", "ooo")
    assert "holds" in told["message"]


def test_what_was_saved_is_called_saved_also_where_its_state_cannot_be_told(
    send: Any, card: ReviewCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(*_: object) -> None:
        msg = "line 7"
        raise DecisionError(msg)

    monkeypatch.setattr(card, "_state", unreadable)
    told = send(type="decide", index=1, verdict="same", then=2)
    assert told == {"type": "saved", "seq": "v:1", "message": "line 7"}


def test_a_card_is_given_without_going_there(send: Any, session: ReviewSession) -> None:
    session.goto(0)
    told = send(type="card", index=2)
    assert told["position"] == 0
    assert 2 in [one["index"] for one in told["cards"]]


def test_an_error_of_our_own_is_told_and_goes_to_jupyter_s_log(
    send: Any,
    session: ReviewSession,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*_: object, **__: object) -> None:
        msg = "a bug"
        raise RuntimeError(msg)

    monkeypatch.setattr(session, "goto", broken)
    assert send(type="goto", index=1)["type"] == "broken"
    assert "a bug" in caplog.text


def test_the_card_speaks_the_language_in_which_it_was_made(
    session: ReviewSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken: list[str] = []
    monkeypatch.setattr(
        "custclean.widgets.card.texts", lambda: {"code": words._LANGUAGE.get()}
    )
    with words.language("da"):
        danish = ReviewCard(session)
    monkeypatch.setattr(danish, "send", lambda told: spoken.append(told["texts"]["code"]))
    thread = Thread(target=danish._handle_custom_msg, args=({"type": "hello"}, []))
    thread.start()  # as JupyterLab does it, where no context is inherited
    thread.join()
    assert spoken == ["da"]


def test_no_value_of_a_customer_is_in_the_widget_s_state(card: ReviewCard, send: Any) -> None:
    assert "Canary" in json.dumps(send(type="hello"))
    state = card.get_state()
    assert "anary" not in repr({name: state[name] for name in state if name != "_esm"})
    assert "anary" not in state["_esm"]
    assert repr(card) == "ReviewCard(3 pairs, 0 decided)"


def test_the_effect_of_a_bulk_is_listed_and_says_nothing_of_the_model(
    session: ReviewSession, send: Any
) -> None:
    session.busy = frozenset({"r3"})
    session.log.decide("r4", "r6", "same")
    session.log.decide("r5", "r6", "different")
    rest, out = send(type="bulk")["bulk"]["lists"]
    assert (rest["title"], rest["lines"]) == ("Would be accepted: 0", [])  # all is sample
    assert out["title"] == "Stays out: 1"
    assert out["lines"] == [["Canary 2<b> · Canary 3<b>", "Canary 3<b> has transactions"]]
    session.blind = True
    assert send(type="bulk")["bulk"]["lists"] == [rest, out]
    session.busy = frozenset({"r7"})
    session.log.decide("r2", "r7", "same")
    (_, out) = send(type="bulk")["bulk"]["lists"]
    assert "Canary 7<b> (one client with them, or perhaps) has" in out["lines"][0][1]


def test_a_long_list_is_cut_and_comes_in_the_order_of_the_queue(tmp_path: Path) -> None:
    ids = [f"r{i:03}" for i in range(400)]
    rows = pl.DataFrame({"record_id": ids, "display_name": [f"Name {one}" for one in ids]})
    pairs = pl.DataFrame(
        {
            "left_id": ids[::2],
            "right_id": ids[1::2],
            "probability": [0.5 + (7 * i % 200) / 500 for i in range(200)],
        }
    )
    with DecisionLog(tmp_path, who="ann") as log:
        desk = ReviewSession(rows, pairs, log)
        told = bulk_data(desk, {"tolerance": 0.1})["bulk"]
        places = [
            place for place in range(200) if place not in desk.bulk(tolerance=0.1).sample
        ]
    rest, _ = told["lists"]
    assert told["left"] == len(places)  # the button names what the list does
    wanted = [f"Name {ids[2 * place]} · Name {ids[2 * place + 1]}" for place in places]
    assert [name for name, _ in rest["lines"]] == wanted[:100]
    assert rest["more"] == f"and {len(places) - 100} more"


def test_in_a_second_look_the_list_tells_nothing_of_what_others_said(tmp_path: Path) -> None:
    with DecisionLog(tmp_path, who="ann") as log:
        before = ReviewSession(TABLE, PAIRS, log)
        told = bulk_data(before, {})
        log.decide("r0", "r4", "same")
        log.decide("r1", "r4", "different")
    with DecisionLog(tmp_path, who="bo") as log:
        assert bulk_data(ReviewSession(TABLE, PAIRS, log, second=True), {}) == told


def test_the_card_s_code_never_makes_html_of_a_value(card: ReviewCard) -> None:
    code = card.get_state()["_esm"]
    assert "textContent" in code
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert way not in code


def test_the_model_is_never_shown_as_certain(session: ReviewSession) -> None:
    shown = [likely(session.card(i)) for i in range(3)]
    assert shown == [
        "99.9 % likely the same (weight +7.0)",
        "50 % likely the same (weight +2.0)",
        "0.1 % likely the same (weight -1.0)",
    ]


def test_what_changed_since_is_said_on_the_card(send: Any, session: ReviewSession) -> None:
    session.decide("same")
    changed = TABLE.with_columns(
        email=pl.when(record_id="r1").then(pl.lit("x@example.com")).otherwise("email")
    )
    again = ReviewCard(ReviewSession(changed, PAIRS, session.log))
    data = again._state("hello", "v:0", set())["cards"][0]
    assert (data["verdict"], data["waits"]) == (None, True)
    assert data["said"] == (
        "Asked again: ann said “the same client”, and since then this has changed: E-mail"
    )
    assert data["changed"] == [
        {"label": "E-mail", "name": "Canary 1<b>", "before": None, "now": "x@example.com"}
    ]


def test_show_gives_the_card_or_the_plain_one(session: ReviewSession) -> None:
    assert isinstance(show(session), ReviewCard)
    assert isinstance(show(session, ui="ipywidgets"), PlainCard)
    with pytest.raises(InputError, match="anywidget"):
        show(session, ui="voila")


def test_no_pairs_at_all_is_said(tmp_path: Path) -> None:
    with DecisionLog(tmp_path, who="ann") as log:
        empty = ReviewSession(TABLE, PAIRS.clear(), log)
        assert ReviewCard(empty)._state("hello", "v:0", set())["cards"] == []
