"""The queue: what is asked, what is saved, what is asked again."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.decisions import DecisionLog
from custclean.errors import DecisionError, InputError, UndoRefusedError
from custclean.model import FIELDS, Decision, Explanation, Verdict
from custclean.stages.review import ReviewSession
from custclean.stages.review.card import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SCHEMA = dict.fromkeys(FIELDS["customers"], pl.String)


def table(**changed: dict[str, str]) -> pl.DataFrame:
    """Give four records a to d; `b={"email": ...}` changes one."""
    rows = [
        {
            "record_id": name,
            "source_file": "clients.csv",
            "source_row": str(line),
            "display_name": f"Client {name}",
            "email": f"{name}@example.com",
            **changed.get(name, {}),
        }
        for line, name in enumerate("abcd", 2)
    ]
    return pl.DataFrame(rows, schema=SCHEMA)


def queue(*pairs: str) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "left_id": [pair[0] for pair in pairs],
            "right_id": [pair[1] for pair in pairs],
            "weight": [5.0 - i for i in range(len(pairs))],
            "probability": [0.9] * len(pairs),
        },
        schema_overrides={"left_id": pl.String, "right_id": pl.String},
    )


PAIRS = queue("ab", "ca", "bd")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[DecisionLog]:
    with DecisionLog(tmp_path, who="ann", clock=lambda: NOON) as opened:
        yield opened


@pytest.fixture
def session(log: DecisionLog) -> ReviewSession:
    return ReviewSession(table(), PAIRS, log, groups=False)


def where(session: ReviewSession) -> str:
    card = session.current
    assert card is not None
    return card.left_id + card.right_id


def test_the_pairs_come_in_their_order_smaller_id_first(session: ReviewSession) -> None:
    assert [session.card(i).left_id + session.card(i).right_id for i in range(3)] == [
        "ab",
        "ac",
        "bd",
    ]
    assert (len(session), session.position) == (3, 0)


def test_a_card_holds_what_a_person_needs(session: ReviewSession) -> None:
    card = session.card(1)
    assert (card.weight, card.probability) == (4.0, 0.9)
    assert card.sources == ("clients.csv, line 2", "clients.csv, line 4")
    assert [(f.label, f.left, f.right, f.mark) for f in card.fields] == [
        ("Name", "Client a", "Client c", "differ"),
        ("E-mail", "a@example.com", "c@example.com", "differ"),
    ]
    assert card.reason == "Different: Name, E-mail."
    assert card.verdict is None


@pytest.mark.parametrize(
    ("row", "called"),
    [
        ({"record_id": "7", "zip": "00100", "nome": "Bar Roma", "via": "Via Po"}, "Bar Roma"),
        ({"record_id": "7", "zip": "00100"}, "7"),
        ({"record_id": "7", "display_name": "", "email": "a@example.com"}, "a@example.com"),
        ({"record_id": "7", "display_name": "", "street": "Via Po"}, "7"),
    ],
)
def test_a_record_is_called_as_people_do(row: dict[str, str], called: str) -> None:
    assert name_of(row) == called


def test_the_reason_is_the_model_s_where_there_is_one(log: DecisionLog) -> None:
    def explain(left: str, right: str) -> Explanation:
        return Explanation(left, right, 5.0, 0.9, -3.0, (), f"{left} and {right}: one phone.")

    session = ReviewSession(table(), PAIRS, log, explain=explain, groups=False)
    assert session.card(1).reason == "a and c: one phone."


def test_a_decision_is_saved_with_what_was_seen_and_the_next_open_pair_comes(
    session: ReviewSession, log: DecisionLog
) -> None:
    kept = session.decide("same", "their mail")
    assert log.history == (kept,)
    assert (kept.key, kept.verdict, kept.note) == (("a", "b"), Verdict.SAME, "their mail")
    assert kept.seen["left.email"] != kept.seen["right.email"] != ""
    assert where(session) == "ac"


def test_after_the_last_pair_the_first_open_one_comes(session: ReviewSession) -> None:
    session.goto(1)
    session.decide("same")
    session.decide("different")
    assert where(session) == "ab"
    session.decide("unsure")
    assert session.counts == {"decided": 3, "left": 0, "same": 1, "different": 1, "unsure": 1}
    assert where(session) == "ab"


def test_one_goes_forth_and_back_over_decided_pairs_and_not_beyond_the_ends(
    session: ReviewSession,
) -> None:
    session.decide("same")
    session.previous()
    assert where(session) == "ab"
    session.previous()
    assert session.position == 0
    session.next()
    session.next()
    session.next()
    assert session.position == 2


def test_what_still_holds_is_not_asked_again(log: DecisionLog) -> None:
    ReviewSession(table(), PAIRS, log, groups=False).decide("same")
    again = ReviewSession(table(), PAIRS.reverse(), log, groups=False)
    assert again.waiting == (True, True, False)
    assert where(again) == "bd"
    assert again.card(2).verdict is Verdict.SAME
    assert again.card(2).who == "ann"
    assert repr(again) == "ReviewSession(3 pairs, 1 decided)"


def test_what_has_changed_is_asked_again_and_said(log: DecisionLog) -> None:
    before = ReviewSession(table(), PAIRS, log, groups=False)
    before.decide("same")
    before.decide("different")
    after = ReviewSession(table(b={"email": "new@example.com"}), PAIRS, log, groups=False)
    assert after.waiting == (True, False, True)
    card = after.card(0)
    changed = [(c.record, c.label, c.before, c.now) for c in card.changed]
    assert changed == [("b", "E-mail", None, "new@example.com")]
    assert card.verdict is Verdict.SAME
    after.decide("different", index=0)
    assert after.waiting == (False, False, True)
    assert after.card(0).changed == ()


def test_our_own_numbers_do_not_make_a_pair_be_asked_again(log: DecisionLog) -> None:
    ReviewSession(table(), PAIRS, log, groups=False).decide("same")
    after = ReviewSession(
        table(b={"customer_number": "00007", "balance": "12.00"}), PAIRS, log, groups=False
    )
    assert after.waiting == (False, True, True)


def test_undo_takes_back_the_last_and_goes_there_as_often_as_one_likes(
    session: ReviewSession, log: DecisionLog
) -> None:
    session.decide("same")
    session.decide("different")
    session.decide("unsure", index=0)
    undone = []
    while (taken := session.undo()) is not None:
        undone.append(taken.seq)
        assert where(session) == "".join(taken.key)
    assert undone == [3, 2, 1]
    assert log.current == ()
    assert session.counts["decided"] == 0


def test_undo_leaves_alone_what_others_said_and_what_is_about_other_things(
    session: ReviewSession, log: DecisionLog
) -> None:
    log.append(Decision(("a", "b"), Verdict.SAME, who="bo"))
    log.decide("x", "y", "same")
    log.append(Decision(("a",), Verdict.SET_ASIDE))
    assert session.undo() is None
    assert len(log.history) == 3


def test_undo_reaches_back_into_an_earlier_session(log: DecisionLog) -> None:
    ReviewSession(table(), PAIRS, log, groups=False).decide("same")
    again = ReviewSession(table(), PAIRS, log, groups=False)
    assert again.undo() is not None
    assert again.counts["decided"] == 0


def test_what_is_done_in_the_target_system_cannot_be_undone(
    session: ReviewSession, log: DecisionLog
) -> None:
    session.decide("same")
    log.append(Decision(("a", "b"), Verdict.DONE, who="bo"))
    with pytest.raises(UndoRefusedError):
        session.undo()
    assert session.counts["same"] == 1


def test_a_decision_made_elsewhere_is_seen_here(
    session: ReviewSession, log: DecisionLog
) -> None:
    with DecisionLog(log.path.parent, who="bo") as other:
        kept = other.decide("a", "c", "different")
        session.decide("same")
        assert where(session) == "bd"
        other.undo(kept.seq)
        assert session.waiting == (False, True, True)


def test_no_pairs_is_a_finished_queue(log: DecisionLog) -> None:
    session = ReviewSession(table(), queue(), log)
    assert session.current is None
    assert session.next() is None
    assert session.undo() is None
    assert repr(session) == "ReviewSession(0 pairs, 0 decided)"
    with pytest.raises(DecisionError):
        session.decide("same")


def test_a_place_that_is_not_there_is_refused(session: ReviewSession) -> None:
    for index in (-1, 3):
        with pytest.raises(DecisionError, match="no such pair"):
            session.decide("same", index=index)


def test_a_pair_of_strangers_or_twice_is_refused(log: DecisionLog) -> None:
    with pytest.raises(InputError, match="not in the table"):
        ReviewSession(table(), queue("az"), log)
    with pytest.raises(InputError, match="twice"):
        ReviewSession(table(), queue("ab", "ba"), log)


def test_pandas_frames_and_pairs_without_scores_are_welcome(log: DecisionLog) -> None:
    pairs = pd.DataFrame({"left_id": ["a"], "right_id": ["b"]})
    session = ReviewSession(table().to_pandas(), pairs, log)
    card = session.current
    assert card is not None
    assert (card.weight, card.probability) == (None, None)
    assert [field.name for field in card.fields] == ["display_name", "email"]


def test_the_page_of_a_session_shows_counts_and_no_value(session: ReviewSession) -> None:
    shown = session._repr_html_()
    assert "pairs" in shown
    assert "example.com" not in shown


STEPS = st.lists(
    st.sampled_from(["same", "different", "unsure", "undo", "next", "previous", "reopen"])
)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_counts_and_places_follow_any_walk(steps: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, DecisionLog(folder, who="ann") as log:
        session = ReviewSession(table(), PAIRS, log, groups=False)
        said: list[tuple[int, str]] = []
        for step in steps:
            if step == "reopen":
                session = ReviewSession(table(), PAIRS, log, groups=False)
            elif step in {"next", "previous"}:
                getattr(session, step)()
            elif step == "undo":
                session.undo()
                said = said[:-1]
            else:
                said.append((session.position, step))
                session.decide(step)
            last = dict(said)
            assert session.counts["decided"] == len(last)
            assert session.counts["left"] == 3 - len(last)
            assert session.waiting == tuple(i not in last for i in range(3))
            assert [session.card(i).verdict for i in range(3)] == [
                last.get(i) for i in range(3)
            ]


def test_in_a_table_of_other_columns_a_change_of_any_is_asked_again(log: DecisionLog) -> None:
    then = pl.DataFrame(
        {
            "record_id": ["a", "b"],
            "fname": ["Ann", "An"],
            "dob.year": [1980, 1980],
            "balance": ["1.00", "2.00"],
        }
    )
    pairs = queue("ab")
    ReviewSession(then, pairs, log).decide("different")
    month = then.with_columns(balance=pl.lit("9.99"))
    assert not any(ReviewSession(month, pairs, log).waiting)
    for column, value, shown in (("fname", "Zoe", "Ann"), ("dob.year", 1999, "1980")):
        now = month.with_columns(
            pl.when(pl.col("record_id") == "a").then(pl.lit(value)).otherwise(column)
            .alias(column)
        )  # fmt: skip
        session = ReviewSession(now, pairs, log, earlier=[then])
        assert session.waiting == (True,)
        (changed,) = session.card(0).changed
        assert (changed.record, changed.field) == ("a", column)
        assert (changed.before, changed.now) == (shown, str(value))


@pytest.mark.parametrize("field", ["website", "fax", "ean", "title", "parent", "region"])
def test_another_value_that_says_who_it_is_is_asked_again(
    log: DecisionLog, field: str
) -> None:
    ReviewSession(table(a={field: "x"}), queue("ab"), log).decide("different")
    session = ReviewSession(table(a={field: "y"}), queue("ab"), log)
    assert [(each.field, each.now) for each in session.card(0).changed] == [(field, "y")]
    assert session.waiting == (True,)


@pytest.mark.parametrize("field", ["balance", "notes", "last_activity", "currency", "active"])
def test_what_changes_with_the_business_asks_nobody(log: DecisionLog, field: str) -> None:
    ReviewSession(table(a={field: "x"}), queue("ab"), log).decide("different")
    assert not any(ReviewSession(table(a={field: "y"}), queue("ab"), log).waiting)


@pytest.mark.fault(5)
def test_under_a_clock_that_goes_back_undo_and_history_follow_the_order(
    tmp_path: Path,
) -> None:
    times = (NOON - timedelta(hours=hour) for hour in count())
    with DecisionLog(tmp_path, who="ann", clock=lambda: next(times)) as log:
        session = ReviewSession(table(), PAIRS, log, groups=False)
        for verdict in ("same", "different", "unsure"):
            session.decide(verdict)
        assert [entry.seq for entry in session.history] == [3, 2, 1]
        undone = session.undo()
        assert undone is not None
        assert (undone.seq, where(session)) == (3, "bd")
        assert [(entry.seq, entry.stands) for entry in session.history] == [
            (4, True), (3, False), (2, True), (1, True),
        ]  # fmt: skip
        session.undo()
        assert where(session) == "ac"
        again = session.redo()
        assert again is not None
        assert again.seq == 5, "the last undo, not the latest by its time"
        assert ReviewSession(table(), PAIRS, log, groups=False).counts == session.counts
        assert session.counts["different"] == 1
        assert session.counts["left"] == 1
