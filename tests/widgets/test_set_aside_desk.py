"""The desk: what a view asks is done and told by message; no value is in the state."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

import custclean as cc
from custclean.decisions import DecisionLog
from custclean.model import FIELDS, Verdict
from custclean.stages.set_aside_desk import SetAsideSession
from custclean.widgets import SetAsideDesk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TABLE = pl.DataFrame(
    [{"record_id": f"r{i:02}", "display_name": f"Canary {i:02}",
      "email": f"c{i}@canary.example", "phone": "\u202e01",
      "balance": "7" if i == 24 else ""} for i in range(25)],
    schema=dict.fromkeys(FIELDS["customers"], pl.String),
)  # fmt: skip
CLASSES = TABLE.select(
    "record_id", reasons=pl.lit("bills only"), vetoes=pl.lit(""), score=pl.lit(0.9),
).with_columns(pl.lit("vendor").alias("class"))  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[SetAsideDesk]:
    with DecisionLog(tmp_path, who="ann") as log:
        shown = cc.show(SetAsideSession(TABLE, CLASSES, log))
        assert isinstance(shown, SetAsideDesk)
        yield shown


def ask(desk: SetAsideDesk, kind: str, **message: object) -> dict[str, Any]:
    """Send what a view sends; give the answer."""
    sent: list[dict[str, Any]] = []
    desk.send = sent.append
    desk._handle_custom_msg({"type": kind, "seq": "v:1", **message}, [])
    (answer,) = sent
    assert answer["seq"] == "v:1"
    return answer


def test_a_view_gets_a_page_and_the_words_when_it_says_hello(desk: SetAsideDesk) -> None:
    told = ask(desk, "hello")
    assert (told["total"], told["page"], len(told["rows"])) == (24, 0, 20)
    assert told["groups"] == [{"key": "vendor", "label": "vendor", "told": "24 records"}]
    assert told["counts"].startswith("24 wait · 0 set aside")
    assert told["texts"]["undo"] == "Undo"
    assert told["rows"][0]["phone"] == "[U+202E]01"
    assert "texts" not in ask(desk, "look", page=1)


def test_what_is_looked_at_and_ticked_is_the_same_after_a_reload(desk: SetAsideDesk) -> None:
    ask(desk, "look", by="domain")
    ask(desk, "look", search="canary", page=1)
    ask(desk, "tick", ids=["r20", "r21", "nobody"], on=True)
    ask(desk, "tick", ids=["r20"], on=False)
    told = ask(desk, "hello")
    assert told["choice"]["by"] == "domain"
    assert (told["page"], told["ticked"]) == (1, ["r21"])
    assert [row["ticked"] for row in told["rows"]] == [False, True, False, False]


def test_ticks_end_where_they_are_not_seen_any_more(desk: SetAsideDesk) -> None:
    ask(desk, "tick", ids=["r00"], on=True)
    assert ask(desk, "look", view="held")["ticked"] == []
    assert ask(desk, "look", view="waits")["ticked"] == []


def test_what_is_ticked_is_decided_and_said(desk: SetAsideDesk) -> None:
    ask(desk, "tick", ids=["r00", "r03"], on=True)
    told = ask(desk, "decide", ids=["r03", "r00"], verdict="set_aside", note="bills")
    assert (told["said"], told["wrong"], told["total"]) == ("Saved: 2 set aside.", "", 22)
    assert [(d.key[0], d.note) for d in desk.session.log.current] == [
        ("r00", "bills"), ("r03", "bills"),
    ]  # fmt: skip
    told = ask(desk, "undo")
    assert (told["said"], told["total"]) == ("Taken back: 2 decisions.", 24)
    assert "nothing" in ask(desk, "undo")["said"]


def test_nothing_is_decided_that_the_view_does_not_show_as_ticked(desk: SetAsideDesk) -> None:
    ask(desk, "tick", ids=["r00", "r01"], on=True)
    told = ask(desk, "decide", ids=["r00"], verdict="keep", note="")
    assert "look again" in told["wrong"]
    assert desk.session.log.history == ()


def test_a_bulk_decision_is_asked_first_and_saved_as_it_was_shown(desk: SetAsideDesk) -> None:
    effect = ask(desk, "effect", verdict="set_aside")["effect"]
    assert (effect["count"], effect["question"]) == (24, "Set 24 records aside?")
    assert effect["takes"][0] == "Canary 00 · c0@canary.example"
    shown = ask(desk, "look", view="all")
    assert shown["effect"] is None  # it was about something else
    stale = ask(desk, "bulk", token=effect["token"], note="")
    assert "look again" in stale["wrong"]
    effect = ask(desk, "effect", verdict="set_aside")["effect"]
    assert effect["stays_out"] == ["Canary 24 · c24@canary.example: has an open balance"]
    told = ask(desk, "bulk", token=effect["token"], note="all bills")
    assert told["said"] == "Saved: 24 set aside."
    assert len(desk.session.log.current) == 24
    assert ask(desk, "undo")["said"] == "Taken back: 24 decisions."


def test_what_a_desk_does_not_know_is_refused_in_one_line(desk: SetAsideDesk) -> None:
    for wrong in (
        {"kind": "dance"},
        {"kind": "look", "view": "tomorrow"},
        {"kind": "look", "search": 7},
        {"kind": "decide", "ids": [], "verdict": "same"},
        {"kind": "effect"},
    ):
        told = ask(desk, **wrong)
        assert told["wrong"]
        assert "\n" not in told["wrong"]
    assert ask(desk, "hello")["total"] == 24


def test_a_view_is_told_when_something_breaks(
    desk: SetAsideDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.session, "undo", lambda: 1 / 0)
    sent: list[dict[str, Any]] = []
    desk.send = sent.append
    with pytest.raises(ZeroDivisionError):
        desk._received(desk, {"type": "undo", "seq": "v:9"}, [])
    assert sent == [{"type": "broken", "seq": "v:9"}]


def test_there_is_an_answer_also_where_the_log_cannot_be_read(desk: SetAsideDesk) -> None:
    assert desk.session.log._store._db is not None
    desk.session.log._store._db.execute("PRAGMA busy_timeout = 10")
    other = sqlite3.connect(desk.session.log.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    ask(desk, "tick", ids=["r00"], on=True)
    told = ask(desk, "decide", ids=["r00"], verdict="keep", note="")
    assert "holds" in told["wrong"]
    assert "rows" not in told
    other.execute("ROLLBACK")
    other.close()
    assert ask(desk, "hello")["total"] == 24


def test_no_value_is_in_the_state_whatever_was_looked_at(desk: SetAsideDesk) -> None:
    for kind, message in (
        ("hello", {}),
        ("look", {"by": "domain", "search": "canary", "group": "canary.example"}),
        ("tick", {"ids": ["r00"], "on": True}),
        ("effect", {"verdict": "set_aside"}),
    ):
        ask(desk, kind, **message)
    assert "anary" not in str(desk.get_state())
    assert repr(desk) == "SetAsideDesk(25 records, 24 wait, 0 decided)"
    desk.session.decide("r00", Verdict.KEEP)
    assert repr(desk) == "SetAsideDesk(25 records, 23 wait, 1 decided)"
