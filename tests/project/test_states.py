"""Approved here, done by a person, verified by a download: three states of a work order."""

from __future__ import annotations

import csv
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from custclean.decisions import seen_of
from custclean.errors import InputError, UndoRefusedError
from custclean.model import Decision, Verdict
from custclean.project import Project
from custclean.project.steps import next_steps

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEEP, GONE, BO = "9130000000000017", "9130000000000025", "9130000000000033"
MERGE, REMOVE = "M943714", "R488157"  # the same for ever: lists are printed
ROWS = {
    KEEP: ("Ann Example", "ann@example.com", "First Street 1"),
    GONE: ("Ann Exampel", "ann@example.com", ""),
    BO: ("Bolette Sample", "bo@example.com", "Second Street 2"),
}


def record(company_id: str) -> str:
    return f"quickbooks-accountant:customers:{company_id}"


def put(project: Project, name: str, *ids: str, **streets: str) -> None:
    with (project.folder / "inbox" / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Company ID", "Display name", "Client number", "Email", "Street"])
        for own in ids:
            display, email, street = ROWS[own]
            writer.writerow([own, display, "", email, streets.get(f"_{own}", street)])


def put_rows(project: Project, name: str, *rows: tuple[str, ...]) -> None:
    with (project.folder / "inbox" / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Company ID", "Display name", "Email", "Phone", "Contact name"])
        writer.writerows(rows)


def states(project: Project) -> list[tuple[str, ...]]:
    return project.states().select("order", "action", "gone_id", "state").rows()


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.init(tmp_path / "p", who="ann") as made:
        put(made, "list.csv", *ROWS)
        made.decisions.decide(record(KEEP), record(GONE), Verdict.SAME)
        made.set_aside([record(BO)])
        yield made


def test_what_is_decided_is_approved_and_says_by_whom(project: Project) -> None:
    assert states(project) == [
        (MERGE, "merge", record(GONE), "approved"),
        (REMOVE, "remove", record(BO), "approved"),
    ]
    said = project.decisions.history
    table = project.states()
    assert set(table["approved_by"]) == {"ann"}
    assert set(table["approved_at"]) <= {decision.when for decision in said}
    assert set(table["done_by"]) == set(table["verified_in"]) == {""}


def test_a_tick_makes_it_done_and_no_more(project: Project) -> None:
    project.done([MERGE])
    assert states(project) == [
        (REMOVE, "remove", record(BO), "approved"),
        (MERGE, "merge", record(GONE), "done"),
    ]
    assert project.states().filter(order=MERGE)["done_by"].to_list() == ["ann"]


def test_a_second_tick_leaves_the_first_with_who_gave_it(project: Project) -> None:
    assert project.done([MERGE]) == 1
    with Project(project.folder, who="bo") as other:
        assert other.done([MERGE]) == 0
        assert other.done() == 1
        table = other.states()
    assert dict(table.select("order", "done_by").iter_rows()) == {
        MERGE: "ann",
        REMOVE: "bo",
    }


def test_only_a_download_verifies_a_tick_or_not(project: Project) -> None:
    project.done([MERGE])
    put(project, "list (2).csv", KEEP)
    run = project.run()
    assert states(project) == [
        (MERGE, "merge", record(GONE), "verified"),
        (REMOVE, "remove", record(BO), "verified"),
    ]
    assert set(run.states["verified_in"]) == {"list (2).csv"}
    assert run.orders.counts == {"approved": 0, "done": 0, "verified": 2}
    assert len(run.work) == 0
    assert run.orphans.is_empty()


def test_a_tick_that_the_download_does_not_bear_out_stays_a_tick(project: Project) -> None:
    project.done([MERGE])
    put(project, "list (2).csv", *ROWS)
    assert (MERGE, "merge", record(GONE), "done") in states(project)
    put(project, "list (3).csv", BO, GONE, KEEP)
    run = project.look()
    assert dict(run.states.select("order", "still_in").iter_rows()) == {
        MERGE: "list (3).csv",
        REMOVE: "",
    }
    (said,) = (step for step in next_steps(run) if "ticked" in step)
    assert said == (
        "1 work order is ticked as done, but list (3).csv does not show it: do it, or take the"
        f" tick back ({MERGE})."
    )
    put(project, "list (4).csv", KEEP, BO)
    assert set(project.look().states["still_in"]) == {""}


def test_the_wrong_one_merged_away_is_not_what_was_ordered(project: Project) -> None:
    put(project, "list (2).csv", GONE, BO)
    run = project.look()
    assert run.verification is not None
    assert record(KEEP) in run.verification.unexpected["record_id"].to_list()
    assert all(state != "verified" for *_, state in states(project))


def test_an_order_is_ticked_though_one_that_is_verified_has_the_same_digits(
    tmp_path: Path,
) -> None:
    gone, stays = alike = ["9130000000000581", "9130000000001579"]
    with Project.init(tmp_path / "p", who="ann") as project:
        rows = [(own, f"Client {own}", "", "", "") for own in alike]
        put_rows(project, "list.csv", *rows)
        project.set_aside([record(own) for own in alike])
        assert sorted(project.look().work.keys) == ["R1053088", "R1053089"]
        put_rows(project, "list (2).csv", rows[1])
        assert [row[2:] for row in states(project)] == [
            (record(stays), "approved"),
            (record(gone), "verified"),
        ]
        with pytest.raises(InputError, match="several work orders"):
            project.done(["R105308"])
        assert project.done(["R1053089"]) == 0, "it is verified"
        assert project.done(["R1053088"]) == 1
        assert [row[3] for row in states(project)] == ["done", "verified"]


def test_what_somebody_else_changed_is_listed(project: Project) -> None:
    put(project, "list (2).csv", KEEP, BO, **{f"_{BO}": "Other Street 9"})
    run = project.run()
    assert run.verification is not None
    assert run.verification.unexpected.rows() == [
        (record(BO), "street", "Second Street 2", "Other Street 9")
    ]
    page = (project.folder / "out/reports/summary.html").read_text(encoding="utf-8")
    assert "Changed by somebody else" in page
    assert "Other Street 9" not in page
    listed = (project.folder / "out/reports/unexpected.csv").read_text(encoding="utf-8")
    assert "Other Street 9" in listed


def seq_of(project: Project, verdict: Verdict) -> int:
    return next(d.seq for d in project.decisions.current if d.verdict is verdict)


def test_undo_after_done_is_refused_and_says_who_did_it(project: Project) -> None:
    project.done([MERGE])
    with pytest.raises(UndoRefusedError, match=r"carried out in the target system \(ann, "):
        project.undo(seq_of(project, Verdict.SAME))
    project.undo(seq_of(project, Verdict.DONE))
    project.undo(seq_of(project, Verdict.SAME))
    assert project.states()["action"].to_list() == ["remove"]


def test_what_a_download_shows_cannot_be_taken_back_even_without_a_tick(
    project: Project,
) -> None:
    put(project, "list (2).csv", KEEP)
    for verdict in (Verdict.SAME, Verdict.SET_ASIDE):
        with pytest.raises(UndoRefusedError, match=r"list \(2\)\.csv"):
            project.undo(seq_of(project, verdict))


def test_a_tick_that_a_download_has_shown_right_stays(project: Project) -> None:
    project.done([MERGE])
    put(project, "list (2).csv", KEEP, BO)
    with pytest.raises(UndoRefusedError, match=r"list \(2\)\.csv"):
        project.undo(seq_of(project, Verdict.DONE))
    put(project, "list (3).csv", KEEP, GONE, BO)
    project.undo(seq_of(project, Verdict.DONE))
    assert (MERGE, "merge", record(GONE), "approved") in states(project)


def test_undo_of_a_decision_that_changed_nothing_is_not_refused(project: Project) -> None:
    put(project, "list (2).csv", KEEP)
    kept = project.keep([record(KEEP)])
    assert kept == 1
    project.undo(seq_of(project, Verdict.KEEP))


def test_the_review_desk_takes_nothing_back_that_a_download_shows(project: Project) -> None:
    seq = seq_of(project, Verdict.SAME)
    desk = project.review()
    put(project, "list (2).csv", KEEP, BO)
    project.run()
    for session in (desk, project.review()):
        with pytest.raises(UndoRefusedError, match=r"list \(2\)\.csv"):
            session.undo(seq)
    assert (MERGE, "merge", record(GONE), "verified") in states(project)


def test_the_review_desk_changes_no_word_that_a_download_shows(project: Project) -> None:
    project.undo(seq_of(project, Verdict.SAME))
    desk = project.review()
    desk.decide("different")
    desk.decide("same", index=0)
    put(project, "list (2).csv", KEEP, BO)
    with pytest.raises(UndoRefusedError, match=r"list \(2\)\.csv"):
        desk.decide("different", index=0)
    desk.decide("same", "once more", index=0)
    assert project.decisions.current[-1].note == "once more"


def test_a_step_is_taken_back_whole_or_not_at_all_by_the_set_aside_desk(
    project: Project,
) -> None:
    desk = project.set_aside_desk()
    desk.decide([record(KEEP), record(GONE)], Verdict.SET_ASIDE)
    put(project, "list (2).csv", KEEP, BO)
    length = len(project.run().inbox.files) + len(project.decisions.current)
    with pytest.raises(UndoRefusedError, match=r"list \(2\)\.csv"):
        project.set_aside_desk().undo()
    assert len(project.look().inbox.files) + len(project.decisions.current) == length


def test_the_words_of_one_step_hold_each_other_only_as_long_as_they_stand(
    project: Project,
) -> None:
    """Of three that are one client each pair follows from the others, but all do not."""
    ids = sorted(map(record, (KEEP, GONE, BO)))
    project.undo(seq_of(project, Verdict.SET_ASIDE))
    pairs = [Decision(key, Verdict.SAME) for key in combinations(ids, 2)]
    told = project.decisions.append_step(pairs)
    project.pick(record(KEEP))
    put(project, "list (2).csv", KEEP)
    shown = project.look().orders.shown
    assert set(shown) == {(record(KEEP), record(GONE)), (record(KEEP), record(BO))}
    with pytest.raises(UndoRefusedError):
        project.review().undo(told[-1].seq)


def say(project: Project, one: str, other: str, verdict: Verdict) -> None:
    table = project.look().evidence.clients.table
    rows = {row["record_id"]: row for row in table.iter_rows(named=True)}
    left, right = sorted((record(one), record(other)))
    project.decisions.decide(left, right, verdict, seen=seen_of(rows[left], rows[right]))


def test_nothing_is_to_be_done_while_it_is_asked_again_whether_two_are_one(
    project: Project,
) -> None:
    project.undo(seq_of(project, Verdict.SET_ASIDE))
    say(project, KEEP, GONE, Verdict.SAME)
    say(project, GONE, BO, Verdict.SAME)
    say(project, KEEP, BO, Verdict.DIFFERENT)
    assert len(project.look().work) == 0
    put(project, "list (2).csv", *ROWS, **{f"_{KEEP}": "Other Street 9"})
    say(project, KEEP, GONE, Verdict.SAME)
    run = project.run()
    asked = [set(pair) for pair in run.queue.select("left_id", "right_id").iter_rows()]
    assert asked == [{record(KEEP), record(BO)}]
    assert len(run.work) == 0
    assert project.review().counts["left"] == 1


def test_what_was_carried_out_stays_shown_while_the_rest_of_the_group_waits(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    cy = "9130000000000041"
    monkeypatch.setitem(ROWS, cy, ("Cy Muster", "cy@example.com", ""))
    put(project, "list (1).csv", *ROWS)
    project.undo(seq_of(project, Verdict.SET_ASIDE))
    say(project, KEEP, BO, Verdict.SAME)
    say(project, KEEP, cy, Verdict.DIFFERENT)
    project.pick(record(KEEP))
    put(project, "list (2).csv", KEEP, BO, cy, **{f"_{cy}": "Third Street 3"})
    say(project, BO, cy, Verdict.SAME)
    run = project.run()
    assert run.state.doubts
    assert (MERGE, "merge", record(GONE), "verified") in states(project)
    assert run.orphans.is_empty()


ANN = (KEEP, "Ann Example", "ann@example.com", "", "Ann Example")
AN = (GONE, "Ann Exampel", "ann@example.com", "11223344", "")
BOLETTE = (BO, "Bolette Sample", "bo@example.com", "", "")
CALLED = (KEEP, "Ann Example", "ann@example.com", "11223344", "Ann Example")
MOVED = (KEEP, "Ann Example", "ann@example.com", "55667788", "Ann Example")
MAILED = (KEEP, "Ann Example", "new@example.com", "11223344", "Ann Example")


@pytest.fixture
def merging(tmp_path: Path) -> Iterator[Project]:
    """Give a project with one order: GONE into KEEP, who gets a phone by hand."""
    with Project.init(tmp_path / "p", who="ann") as made:
        put_rows(made, "list.csv", ANN, AN, BOLETTE)
        say(made, KEEP, GONE, Verdict.SAME)
        made.pick(record(KEEP))
        yield made


def is_verified(project: Project) -> bool:
    """Tell whether the order is behind us, and nobody is asked or missed for it."""
    run = project.run()
    shown = run.states.filter(action="merge").select("gone_id", "state").rows()
    assert run.orphans.is_empty() or shown != [(record(GONE), "verified")]
    assert len(run.changed) == 0
    with pytest.raises(UndoRefusedError, match=r"carried out in the target system"):
        project.undo(seq_of(project, Verdict.SAME))
    return shown == [(record(GONE), "verified")]


def unexpected(project: Project) -> list[tuple[str, str]]:
    run = project.look()
    assert run.verification is not None
    return run.verification.unexpected.select("record_id", "field").rows()


@pytest.mark.parametrize("ticked", [False, True])
def test_what_we_had_typed_by_hand_keeps_a_merge_verified(
    merging: Project, *, ticked: bool
) -> None:
    if ticked:
        merging.done()
    put_rows(merging, "list (2).csv", CALLED, BOLETTE)
    assert is_verified(merging)
    assert unexpected(merging) == []
    assert merging.states()["approved_by"].to_list() == ["ann"]


def test_what_nobody_ordered_is_unexpected_and_the_merge_verified(merging: Project) -> None:
    put_rows(merging, "list (2).csv", MAILED, BOLETTE)
    assert is_verified(merging)
    assert unexpected(merging) == [(record(KEEP), "email")]


@pytest.mark.parametrize(
    ("second", "third", "listed"),
    [
        (CALLED, MOVED, ["phone"]),  # what we typed is another's now
        (CALLED, MAILED, ["email"]),
        (ANN, CALLED, []),  # typed late
        (MAILED, CALLED, ["email"]),
    ],
)
def test_a_merge_stays_verified_whatever_the_months_bring(
    merging: Project, second: tuple[str, ...], third: tuple[str, ...], listed: list[str]
) -> None:
    put_rows(merging, "list (2).csv", second, BOLETTE)
    assert is_verified(merging)
    put_rows(merging, "list (3).csv", third, BOLETTE)
    assert is_verified(merging)
    assert unexpected(merging) == [(record(KEEP), field) for field in listed]
    assert set(merging.states()["verified_in"]) == {"list (2).csv"}


def test_a_survivor_that_goes_later_takes_nothing_back(merging: Project) -> None:
    put_rows(merging, "list (2).csv", CALLED, BOLETTE)
    merging.run()
    merging.set_aside([record(KEEP)])
    put_rows(merging, "list (3).csv", BOLETTE)
    run = merging.run()
    assert sorted(run.states.select("action", "gone_id", "verified_in").rows()) == [
        ("merge", record(GONE), "list (2).csv"),
        ("remove", record(KEEP), "list (3).csv"),
    ]
    assert run.orphans.is_empty()
    assert run.verification is not None
    assert bool(run.verification)
    assert bool(merging.verify())


def test_a_later_word_on_the_survivor_takes_nothing_back(merging: Project) -> None:
    say(merging, GONE, BO, Verdict.DIFFERENT)
    put_rows(merging, "list (2).csv", CALLED, BOLETTE)
    merging.run()
    say(merging, KEEP, BO, Verdict.SAME)
    run = merging.run()
    assert run.state.contradictions
    assert (MERGE, "merge", record(GONE), "verified") in states(merging)
    assert run.orphans.is_empty()


def test_who_was_asked_about_again_when_it_went_was_not_ordered_to_go(
    merging: Project,
) -> None:
    put_rows(merging, "list (2).csv", MAILED, AN, BOLETTE)
    assert len(merging.run().work) == 0
    put_rows(merging, "list (3).csv", MAILED, BOLETTE)
    run = merging.run()
    assert run.states.is_empty()
    assert run.orphans["missing"].to_list() == [record(GONE)]
    assert unexpected(merging) == [(record(GONE), "record")]


def test_but_a_tick_says_that_it_was(merging: Project) -> None:
    merging.done()
    put_rows(merging, "list (2).csv", MAILED, AN, BOLETTE)
    merging.run()
    put_rows(merging, "list (3).csv", MAILED, BOLETTE)
    assert is_verified(merging)
    assert unexpected(merging) == []


def test_a_decision_made_after_a_record_went_does_not_say_that_it_was_to_go(
    merging: Project,
) -> None:
    table = merging.look().evidence.clients.table
    rows = {row["record_id"]: row for row in table.iter_rows(named=True)}
    merging.undo(seq_of(merging, Verdict.SAME))
    put_rows(merging, "list (2).csv", CALLED, BOLETTE)
    merging.run()
    seen = seen_of(rows[record(KEEP)], rows[record(GONE)])
    merging.decisions.decide(record(KEEP), record(GONE), Verdict.SAME, seen=seen)
    assert merging.states().is_empty()
    assert (record(GONE), "record") in unexpected(merging)


def test_decisions_replayed_after_the_files_came_are_older_than_they(
    merging: Project, tmp_path: Path
) -> None:
    merging.decisions.export(tmp_path / "log.jsonl")
    with Project.init(tmp_path / "other", who="bo") as other:
        put_rows(other, "list.csv", ANN, AN, BOLETTE)
        put_rows(other, "list (2).csv", CALLED, BOLETTE)
        assert other.look().states.is_empty()
        other.replay(tmp_path / "log.jsonl")
        assert is_verified(other)
        assert unexpected(other) == []
