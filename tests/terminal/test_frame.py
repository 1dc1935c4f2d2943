"""A frame fills its window, and only what is in sight can be decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.decisions import DecisionLog
from custclean.stages.review import ReviewSession
from custclean.terminal.desk import Desk
from custclean.terminal.entry import Entry
from custclean.terminal.frame import SMALLEST, frame
from tests.terminal.screens import explain, opened, pairs, people, plain_text, seen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHANGED = "display_name phone street postcode country website".split()
SENTENCE = st.text("ab ", max_size=400)
VALUE = st.none() | st.text("xy ", min_size=1, max_size=200).map(lambda v: [[v, False]])


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReviewSession]:
    session = opened(tmp_path_factory.mktemp("frames"))
    yield session
    session.log.close()


def again(folder: Path, place: int) -> Desk:
    """Give the desk with a question that was decided before six fields changed."""
    log, before = DecisionLog(folder, who="ann"), people()
    session = ReviewSession(before, pairs(), log, explain=explain)
    session.decide("same", index=place)
    asked = pl.col("record_id").is_in(session.questions[place].records)
    new = {c: pl.lit(f"new {c} ") + pl.col("record_id") for c in CHANGED}
    now = [pl.when(asked).then(new[c]).otherwise(pl.col(c)).alias(c) for c in CHANGED]
    table = before.with_columns(now)
    desk = Desk(ReviewSession(table, pairs(), log, explain=explain, earlier=[before]))
    desk.session.goto(place)
    return desk


def card(draw: st.DrawFn) -> dict[str, Any]:
    many = draw(st.integers(2, 6))
    fields = [
        {"name": f"f{i}", "label": f"Field {i}", "mark": "differ", "sign": "≠",
         "values": [draw(VALUE) for _ in range(many)], "key": i + 1, "kept": [], "saved": []}
        for i in range(draw(st.integers(1, 6)))
    ]  # fmt: skip
    changed = [
        {"label": f"Field {draw(st.integers(0, 8))}", "name": "x", "before": None, "now": "y"}
        for _ in range(draw(st.integers(0, 30)))
    ]
    group = {"edges": [[0, 1, 0.5]] * 20, "said": draw(SENTENCE)}
    return {
        "index": 0,
        "waits": True,
        "heads": [{"id": str(i), "source": draw(SENTENCE), "name": "x"} for i in range(many)],
        "fields": fields,
        "parts": [[0], list(range(1, many))],
        "draft": {"any": True, "divided": True, "survivors": [0], "saved": []},
        "said": draw(SENTENCE),
        "note": "",
        "likely": draw(SENTENCE),
        "reason": draw(SENTENCE),
        "why": {"prior": 1.0, "shares": [["n", "equal", 1.0]] * draw(st.integers(0, 20))},
        "changed": changed,
        "group": draw(st.sampled_from([None, group])),
    }


@given(st.data(), st.integers(SMALLEST[0], 200), st.integers(SMALLEST[1], 60))
def test_a_frame_fills_its_window_and_shows_what_it_lets_decide(
    session: ReviewSession, data: st.DataObject, width: int, height: int
) -> None:
    desk, given = Desk(session), data.draw(st.composite(card)())
    for field in given["fields"]:  # found again on the frame, whatever is cut off
        field["values"][0] = [["VALUE", False]]
    desk.card = lambda: given  # type: ignore[method-assign]  # any card at all
    desk.hand.chosen = 0
    desk.why = data.draw(st.booleans())
    desk.alert = data.draw(st.just("") | SENTENCE)
    desk.notes[0] = data.draw(st.sampled_from(["", "a note"]))
    desk.writing = data.draw(st.sampled_from([None, ("note", Entry("x"))]))
    for _ in range(data.draw(st.integers(0, 3))):
        lines = frame(desk, width, height)
        assert len(lines) == height
        if desk.shown is None:
            assert "too small" in " ".join(plain_text(lines))
        desk.press("PageDown")
    if not desk.why:
        for _ in range(30):
            desk.press("PageUp")
        lines = frame(desk, width, height)
        assert desk.shown == 0
        assert any("VALUE" in row for row in plain_text(lines))


@pytest.mark.parametrize("panel", ["filter", "history", "bulk", "list", "help"])
@settings(max_examples=20)
@given(width=st.integers(SMALLEST[0], 99), height=st.integers(SMALLEST[1], 40), alert=SENTENCE)
def test_a_panel_fills_its_window(
    session: ReviewSession, panel: str, width: int, height: int, alert: str
) -> None:
    desk = Desk(session)
    desk._open(panel)
    desk.alert = alert
    assert len(frame(desk, width, height)) == height
    assert desk.shown is None


@pytest.mark.parametrize("place", [0, 1])  # a group of five, a pair
@pytest.mark.parametrize("size", [(80, 24), (80, 16), (50, 16), (80, 40)])
def test_a_card_with_many_changes_shows_values_before_it_is_decided(
    tmp_path: Path, place: int, size: tuple[int, int]
) -> None:
    desk = again(tmp_path, place)
    lines = frame(desk, *size)
    assert len(lines) == size[1]
    assert desk.shown == place
    assert any(sign in row for row in plain_text(lines) for sign in "=≈≠")
    desk.session.log.close()


def test_every_change_is_said_and_can_be_scrolled_to(tmp_path: Path) -> None:
    desk = again(tmp_path, 0)
    every = [row for row in seen(desk, 150, 200).splitlines() if row.startswith("· ")]
    assert len(every) == len(set(every)) == 5 * len(CHANGED)
    found = set()
    for _ in range(30):
        found |= {row for row in seen(desk, 150, 24).splitlines() if row.startswith("· ")}
        desk.press("PageDown")
    assert found == set(every)
    desk.session.log.close()


def test_what_no_value_of_is_in_sight_is_not_decided(tmp_path: Path) -> None:
    session = opened(tmp_path)
    desk = Desk(session)
    seen(desk)
    desk.press("j")
    seen(desk)
    desk.press("w")
    assert "too small: at least 80 columns and" in seen(desk, 80, 16)
    desk.press("y")
    assert not session.log.history
    while desk.shown is None:
        desk.press("PageDown")
        seen(desk, 80, 16)
    desk.press("y")
    assert session.log.history
    session.log.close()


def test_a_table_of_ids_only_is_shown_and_decided(tmp_path: Path) -> None:
    ids = people().select("record_id")
    desk = Desk(ReviewSession(ids, pairs(), DecisionLog(tmp_path, who="ann")))
    desk.session.goto(1)
    assert "Pair 2 of 5" in seen(desk)
    desk.press("y")
    assert [d.key for d in desk.session.log.history] == [("Ada-1", "Ada-2")]
    desk.session.log.close()
