"""The desk: groups, single and bulk decisions as steps, what stays out, undo."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.decisions import DecisionLog, seen_of
from custclean.errors import DecisionError, InputError, UndoRefusedError
from custclean.model import FIELDS, Decision, Verdict
from custclean.stages.set_aside_desk import SetAsideSession
from custclean.stages.set_aside_rows import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

SCHEMA = dict.fromkeys(FIELDS["customers"], pl.String)
ROWS = [
    # id, name, e-mail, balance, subscription, class, score, reasons, vetoes
    ("r0", "Ada Ltd", "ada@ada.example", "0.00", "", "customer", 0.0, "", ""),
    ("r1", "Paper & Co", "bill@paper.example", "", "", "vendor", 0.9, "bills; listed", ""),
    ("r2", "Paper North", "x@paper.example", "", "", "vendor", 0.95, "bills", ""),
    ("r3", "Paper Owed", "y@paper.example", "", "", "vendor", 0.99, "bills", "has plan"),
    ("r4", "News", "no-reply@news.example; b@other.example", "", "", "newsletter", 0.8,
     "letters", ""),
    ("r5", "Bo Free", "bo@gmail.com", "", "", "vendor", 0.7, "listed", ""),
    ("r6", "Bad Söt", "", "12.50", "", "vendor", 0.7, "listed", ""),
    ("r7", "Perhaps", "p@paper.example", "", "", "unsure", 0.4, "listed", ""),
    ("r8", "On Plan", "q@paper.example", "", "Plus", "vendor", 0.7, "listed", ""),
]  # fmt: skip
NAMES = ("record_id", "display_name", "email", "balance", "subscription")
TABLE = pl.DataFrame([dict(zip(NAMES, row)) for row in ROWS], schema=SCHEMA)
CLASSES = pl.DataFrame(
    [(row[0], *row[5:]) for row in ROWS],
    schema=["record_id", "class", "score", "reasons", "vetoes"],
    orient="row",
)
DOMAIN = Choice(by="domain", group="paper.example")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[DecisionLog]:
    with DecisionLog(tmp_path, who="ann") as opened:
        yield opened


@pytest.fixture
def desk(log: DecisionLog) -> SetAsideSession:
    return SetAsideSession(TABLE, CLASSES, log)


def groups(desk: SetAsideSession, choice: Choice) -> list[tuple[str, int, int, int]]:
    return [(g.key, g.records, g.waiting, g.held) for g in desk.groups(choice)]


def test_the_surest_come_first_and_who_is_held_back_has_a_view_of_its_own(
    desk: SetAsideSession,
) -> None:
    assert desk.records() == ("r2", "r1", "r4", "r5")
    assert desk.records(Choice(view="held")) == ("r3", "r6", "r8")
    assert desk.records(Choice(view="unsure")) == ("r7",)
    assert repr(desk) == "SetAsideSession(8 records, 4 wait, 0 decided)"


def test_the_order_of_rows_does_not_matter(log: DecisionLog) -> None:
    turned = SetAsideSession(TABLE.reverse(), CLASSES.reverse(), log)
    everybody = Choice(view="all")
    assert turned.records(everybody) == SetAsideSession(TABLE, CLASSES, log).records(everybody)


def test_groups_by_class_domain_and_reason_have_most_to_decide_first(
    desk: SetAsideSession,
) -> None:
    assert groups(desk, Choice(view="all", by="class")) == [
        ("vendor", 6, 3, 3),
        ("newsletter", 1, 1, 0),
        ("customer", 1, 0, 0),
        ("unsure", 1, 0, 0),
    ]
    assert groups(desk, Choice(by="domain")) == [
        ("paper.example", 2, 2, 0),
        ("gmail.com", 1, 1, 0),
        ("news.example", 1, 1, 0),
    ]
    assert groups(desk, Choice(by="reason"))[0] == ("bills", 2, 2, 0)
    assert [g.key for g in desk.groups(Choice(by="domain")) if g.mixed] == ["gmail.com"]


def test_what_is_looked_for_is_found_in_names_and_addresses_without_accents(
    desk: SetAsideSession,
) -> None:
    assert desk.records(Choice(view="all", search="SOT bad")) == ("r6",)
    assert desk.records(Choice(search="other.example")) == ("r4",)
    assert desk.records(Choice(search="nobody")) == ()


def test_several_decided_at_once_are_one_step_and_one_undo(
    desk: SetAsideSession, log: DecisionLog
) -> None:
    desk.decide(["r1", "r4"], Verdict.SET_ASIDE, "bills")
    desk.decide("r5", "keep")
    assert [d.value.get("class") for d in log.current] == ["vendor", "newsletter", None]
    assert desk.records() == ("r2",)
    assert [d.key[0] for d in desk.undo()] == ["r5"]
    assert [d.key[0] for d in desk.undo()] == ["r1", "r4"]
    assert desk.undo() == ()
    assert desk.records() == ("r2", "r1", "r4", "r5")
    assert log.current == ()


def test_bulk_takes_in_what_it_showed_and_names_what_stays_out(desk: SetAsideSession) -> None:
    everything = Choice(view="all", by="domain", group="paper.example")
    effect = desk.effect(everything, Verdict.SET_ASIDE)
    assert effect.takes == ("r2", "r1")
    assert effect.stays_out == (
        ("r3", "has plan"),
        ("r8", "has a subscription"),
        ("r7", "the screen is not sure"),
    )
    assert [d.key[0] for d in desk.decide_all(effect)] == ["r2", "r1"]
    assert desk.effect(everything, Verdict.SET_ASIDE).takes == ()
    assert [d.key[0] for d in desk.undo()] == ["r2", "r1"]


def test_who_has_a_balance_never_goes_with_the_others_even_if_no_veto_says_so(
    desk: SetAsideSession,
) -> None:
    effect = desk.effect(Choice(view="all"), Verdict.SET_ASIDE)
    assert ("r6", "has an open balance") in effect.stays_out
    desk.decide("r6", Verdict.SET_ASIDE, "asked the partner")  # by name it can be
    assert desk.row("r6").state == "set_aside"


def test_a_mail_service_of_strangers_is_no_group_to_set_aside(desk: SetAsideSession) -> None:
    effect = desk.effect(Choice(by="domain", group="gmail.com"), Verdict.SET_ASIDE)
    assert not effect
    assert effect.stays_out[0][0] == "r5"
    by_class = desk.effect(Choice(by="class", group="vendor"), Verdict.SET_ASIDE)
    assert "r5" in by_class.takes


def test_customers_can_be_kept_in_bulk_whatever_holds_them(desk: SetAsideSession) -> None:
    effect = desk.effect(Choice(view="all", group="vendor"), Verdict.KEEP)
    assert set(effect.takes) == {"r1", "r2", "r3", "r5", "r6", "r8"}
    assert effect.stays_out == ()


def test_bulk_does_not_overrule_what_somebody_said_meanwhile(
    desk: SetAsideSession, tmp_path: Path
) -> None:
    effect = desk.effect(Choice(group="vendor"), Verdict.SET_ASIDE)
    with DecisionLog(tmp_path, who="bo") as other:
        other.append(Decision(("x", "y"), Verdict.SAME))  # of no concern here
        other.append(Decision(("r1",), Verdict.KEEP))
    with pytest.raises(DecisionError, match="meanwhile"):
        desk.decide_all(effect)
    assert desk.row("r1").who == "bo"
    assert desk.decide_all(desk.effect(Choice(group="vendor"), Verdict.SET_ASIDE))


def test_undo_leaves_what_another_decided(desk: SetAsideSession, tmp_path: Path) -> None:
    with DecisionLog(tmp_path, who="bo") as other:
        other.append(Decision(("r1",), Verdict.KEEP))
    assert desk.undo() == ()


def test_who_was_removed_in_the_target_system_is_not_taken_back(
    desk: SetAsideSession, log: DecisionLog
) -> None:
    desk.decide(["r1", "r2"], Verdict.SET_ASIDE)
    log.append(Decision(("r1",), Verdict.DONE, value={"order": "R0001"}))
    with pytest.raises(UndoRefusedError, match="carried out"):
        desk.undo()
    assert desk.row("r2").state == "set_aside"


def test_who_looks_different_now_is_asked_again_with_what_changed(
    desk: SetAsideSession, log: DecisionLog
) -> None:
    desk.decide(["r1", "r2"], Verdict.SET_ASIDE)
    mail = pl.when(pl.col("record_id") == "r1").then(pl.lit("new@ada.example"))
    fresh = TABLE.with_columns(email=mail.otherwise("email")).reverse()
    later = SetAsideSession(fresh, CLASSES, log)
    assert later.row("r2").state == "set_aside"
    assert (later.row("r1").state, later.row("r1").changed) == ("again", ("email",))
    assert "r1" in later.records()


def test_who_was_set_aside_stays_on_the_list_when_the_screen_says_nothing_more(
    desk: SetAsideSession, log: DecisionLog
) -> None:
    desk.decide("r1", Verdict.SET_ASIDE)
    later = SetAsideSession(TABLE, CLASSES.clear(), log)
    assert later.records(Choice(view="decided")) == ("r1",)
    assert len(later) == 1


def test_contacts_of_a_mail_program_go_by_their_first_and_last_names(log: DecisionLog) -> None:
    table = pl.DataFrame(
        [{"record_id": "c1", "given_name": "Ann", "family_name": "Example"},
         {"record_id": "c2", "company": "Only Firm"}, {"record_id": "c3"}],
        schema=SCHEMA,
    )  # fmt: skip
    desk = SetAsideSession(table, CLASSES.clear(), log)
    names = [desk.row(each).name for each in desk.records(Choice(view="all"))]
    assert names == ["", "Ann Example", "Only Firm"]


def test_what_nobody_knows_is_refused_by_name(desk: SetAsideSession) -> None:
    with pytest.raises(InputError, match="r99"):
        desk.decide(["r1", "r99"], Verdict.KEEP)
    with pytest.raises(InputError, match="same"):
        desk.decide("r1", Verdict.SAME)
    with pytest.raises(InputError, match="tomorrow"):
        desk.records(Choice(view="tomorrow"))
    with pytest.raises(InputError, match="colour"):
        desk.groups(Choice(by="colour"))
    assert desk.log.history == ()


def test_a_table_that_names_a_record_twice_is_refused(log: DecisionLog) -> None:
    with pytest.raises(InputError, match="twice"):
        SetAsideSession(pl.concat([TABLE, TABLE[:1]]), CLASSES, log)


STEPS = st.lists(
    st.tuples(st.sampled_from(["aside", "keep", "bulk", "undo"]), st.integers(0, 8)),
    max_size=8,
)


@settings(max_examples=12, deadline=None)
@given(steps=STEPS)
def test_each_record_is_in_one_state_and_undoing_all_gives_the_beginning_back(
    steps: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with DecisionLog(tmp_path_factory.mktemp("log"), who="ann") as log:
        desk = SetAsideSession(TABLE, CLASSES, log)
        begun = desk.counts
        for what, n in steps:
            if what == "undo":
                desk.undo()
            elif what == "bulk":
                verdict = Verdict.KEEP if n % 2 else Verdict.SET_ASIDE
                desk.decide_all(desk.effect(Choice(view="all"), verdict))
            else:
                desk.decide(f"r{n}", "keep" if what == "keep" else "set_aside")
            assert sum(desk.counts.values()) == len(ROWS)
            again = SetAsideSession(TABLE, CLASSES, log)
            assert again.counts == desk.counts
        while desk.undo():
            pass
        assert desk.counts == begun


def test_what_was_said_under_an_older_id_is_read_as_said_of_the_record_today(
    log: DecisionLog,
) -> None:
    """Of two with one hash the first is gone, and the second has its id by now."""
    row = TABLE.row(2, named=True)
    log.append(Decision(("r2",), Verdict.KEEP))
    log.append(Decision(("r2-2",), Verdict.SET_ASIDE, seen_of(row)))
    names = {"r2": "r2~2", "r2-2": "r2"}

    def today(decisions: Iterable[Decision]) -> list[Decision]:
        return [replace(d, key=(names.get(d.key[0], d.key[0]),)) for d in decisions]

    desk = SetAsideSession(TABLE, CLASSES, log, today=today)
    assert desk.row("r2").state == "set_aside"
    (back,) = desk.undo()
    assert (back.key, back.seq, back.verdict) == (("r2",), 2, Verdict.SET_ASIDE)
    assert [d.verdict for d in log.current] == [Verdict.KEEP], "that of the other is not ours"
    assert desk.undo() == ()


def test_a_step_that_may_not_be_taken_back_stands(log: DecisionLog) -> None:
    def refuse(step: Sequence[Decision]) -> None:
        if any(decision.key == ("r1",) for decision in step):
            msg = "done"
            raise UndoRefusedError(msg)

    desk = SetAsideSession(TABLE, CLASSES, log, refuse=refuse)
    desk.decide(["r1", "r2"], Verdict.SET_ASIDE)
    with pytest.raises(UndoRefusedError):
        desk.undo()
    desk.decide("r3", Verdict.SET_ASIDE)
    assert [d.key for d in desk.undo()] == [("r3",)]
    assert desk.counts["set_aside"] == 2
