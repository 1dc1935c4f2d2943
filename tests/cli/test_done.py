"""`custclean done` and `custclean undo`: whoever did a work order says so in a terminal."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner, Result

from custclean.cli import app
from custclean.errors import InputError, UndoRefusedError
from custclean.model import Decision, Verdict
from custclean.project import Project
from custclean.project.steps import next_steps

if TYPE_CHECKING:
    from pathlib import Path

KEEP, GONE, BO = "9130000000000017", "9130000000000025", "9130000000000033"
MERGE, REMOVE = "M943714", "R488157"  # the same for ever: lists are printed
ROWS = {KEEP: "Ann Example", GONE: "Ann Exampel", BO: "Bolette Sample"}


def put(folder: Path, name: str, *ids: str) -> None:
    with (folder / "inbox" / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Company ID", "Display name", "Client number"])
        writer.writerows([own, ROWS[own], ""] for own in ids)


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [*map(str, words)])


def lines(*words: object) -> list[str]:
    result = run(*words)
    assert result.exit_code == 0, result.exception
    return result.stdout.splitlines()


def seq_of(folder: Path, verdict: Verdict) -> int:
    with Project(folder) as project:
        return next(d.seq for d in project.decisions.current if d.verdict is verdict)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "job"
    with Project.init(made, who="ann") as project:
        put(made, "list.csv", *ROWS)
        ids = [f"quickbooks-accountant:customers:{own}" for own in (KEEP, GONE, BO)]
        project.decisions.decide(ids[0], ids[1], Verdict.SAME)
        project.set_aside([ids[2]])
        project.pick(ids[0])
    return made


def test_without_an_order_the_open_ones_are_listed_with_their_states(folder: Path) -> None:
    run("done", folder, REMOVE, "--who", "bo")
    merge, remove, how, counts = lines("done", folder)
    assert merge == f"{MERGE}  merge {GONE} into {KEEP}  approved"
    assert remove.startswith(f"{REMOVE}  remove {BO}  done (bo, 2")
    assert how == f"Tick what is done: custclean done {folder} {MERGE}, or --all"
    assert counts.startswith("Work orders: 1 approved, 1 done")
    assert "Ann" not in merge + remove


def test_times_are_said_to_the_minute_wherever_a_person_reads_them(folder: Path) -> None:
    minute = r"\d{4}-\d\d-\d\d \d\d:\d\d"
    assert all(re.search(rf"^\d+  {minute}  ann  ", line) for line in lines("undo", folder))
    run("done", folder, MERGE, "--who", "bo")
    assert re.search(
        rf"  done \(bo, {minute}\)$", "\n".join(lines("done", folder)), re.MULTILINE
    )
    seq = seq_of(folder, Verdict.SAME)
    assert re.search(rf"\(bo, {minute}\)", str(run("undo", folder, seq).exception))
    run("undo", folder, seq_of(folder, Verdict.DONE))
    put(folder, "list (2).csv", KEEP, BO)
    refused = str(run("undo", folder, seq).exception)
    assert re.search(rf"\(list \(2\)\.csv, {minute}\)", refused)


def test_a_tick_has_who_and_note_and_is_refused_for_what_is_no_order(folder: Path) -> None:
    run("done", folder, REMOVE, "--who", "cy")
    which, said, _ = lines("done", folder, MERGE, "--who", "bo", "--note", "by phone")
    assert which.startswith(f"{MERGE}  merge {GONE} into {KEEP}  done (bo, ")
    assert said == "1 work order ticked as done: a fresh download verifies it."
    with Project(folder) as project:
        _, tick = (d for d in project.decisions.current if d.verdict is Verdict.DONE)
    assert (tick.who, tick.note, tick.value["order"]) == ("bo", "by phone", MERGE)
    for words in (["M000009"], [MERGE, "--all"]):
        assert isinstance(run("done", folder, *words).exception, InputError)


def test_a_second_tick_says_who_gave_the_first_and_one_verified_what_shows_it(
    folder: Path,
) -> None:
    run("done", folder, MERGE, "--who", "bo")
    which, said, _ = lines("done", folder, MERGE.lower(), "--who", "cy")
    assert which.startswith(f"{MERGE}  merge {GONE} into {KEEP}  done (bo, ")
    assert said == "Nothing is ticked anew."
    put(folder, "list (2).csv", KEEP, BO)
    remove, merge, said, _ = lines("done", folder, MERGE, REMOVE, "--who", "cy")
    assert remove.startswith(f"{REMOVE}  remove {BO}  done (cy, ")
    assert merge == f"{MERGE}  merge {GONE} into {KEEP}  verified (list (2).csv)"
    assert said.startswith("1 work order ticked")


def test_a_list_printed_before_other_decisions_ticks_the_same_orders(folder: Path) -> None:
    with Project(folder) as project:
        project.set_aside([f"quickbooks-accountant:customers:{KEEP}"])
        assert list(project.look().work.keys) == ["R128704", REMOVE]
    which, *_ = lines("done", folder, REMOVE)
    assert which.startswith(f"{REMOVE}  remove {BO}  done")
    refused = str(run("done", folder, MERGE).exception)
    assert f"no such work order, and none is ticked: '{MERGE}'; expected one in" in refused


def test_a_tick_that_a_later_download_does_not_show_is_named(folder: Path) -> None:
    run("done", folder, MERGE, "--who", "bo")
    put(folder, "list (2).csv", KEEP, GONE)
    listed = lines("done", folder)
    assert listed[0].startswith(f"{MERGE}  merge {GONE} into {KEEP}  done (bo, ")
    assert listed[0].endswith("; list (2).csv does not show it)")


def test_one_wrong_number_ticks_none_and_signs_around_one_are_no_matter(folder: Path) -> None:
    refused = str(run("done", folder, MERGE, "M999999").exception)
    assert "no such work order, and none is ticked: 'M999999'" in refused
    assert lines("done", folder, f"#{MERGE},")[1].startswith("1 work order ticked")


def test_all_names_those_that_it_ticks_and_no_other(folder: Path) -> None:
    run("done", folder, REMOVE, "--who", "cy")
    which, said, _ = lines("done", folder, "--all", "--who", "bo")
    assert which.startswith(f"{MERGE}  ")
    assert said.startswith("1 work order ")


def test_all_ticks_what_has_no_tick_and_machines_are_told(folder: Path) -> None:
    run("done", folder, REMOVE)
    facts = json.loads(run("done", folder, "--all", "--json").stdout)
    assert facts["ticked"] == 1
    assert facts["open"] == [
        {"order": MERGE, "action": "merge", "state": "done"},
        {"order": REMOVE, "action": "remove", "state": "done"},
    ]
    assert "Tick what" not in run("done", folder, "--all").stdout
    put(folder, "list (2).csv", KEEP)
    assert lines("done", folder)[0] == "No work order is open."


def test_the_next_steps_say_what_to_tick_and_then_what_verifies_it(folder: Path) -> None:
    with Project(folder) as project:
        steps = next_steps(project.look())
        assert steps[0].startswith("Do 2 work orders")
        assert "custclean done" in steps[1]
        project.done([MERGE])
        steps = next_steps(project.look())
        assert steps[0].startswith("Do 1 work order ")
        assert steps[2].startswith("1 work order is ticked as done: a fresh download")
        project.done([REMOVE])
        assert next_steps(project.look())[0].startswith("2 work orders are ticked")


def test_a_decision_is_taken_back_by_its_number_with_a_note(folder: Path) -> None:
    seq = seq_of(folder, Verdict.SAME)
    listed = lines("undo", folder)
    assert any(
        line.startswith(f"{seq}  ") and line.endswith(f"ann  the same client  {KEEP} / {GONE}")
        for line in listed
    )
    assert not any("file:" in line for line in listed)
    told = lines("undo", folder, seq, "--note", "two firms", "--who", "bo")
    with Project(folder) as project:
        last = project.decisions.history[-1]
        assert not project.look().state.groups
    assert (last.note, last.who) == ("two firms", "bo")
    assert told == [f"Decision {seq} is taken back, by {last.seq}."]
    assert not any(line.startswith(f"{seq}  ") for line in lines("undo", folder))


def test_what_was_carried_out_is_not_taken_back_and_it_says_why(folder: Path) -> None:
    run("done", folder, MERGE, "--who", "bo")
    result = run("undo", folder, seq_of(folder, Verdict.SAME))
    assert isinstance(result.exception, UndoRefusedError)
    assert "carried out in the target system (bo, " in str(result.exception)
    assert run("undo", folder, seq_of(folder, Verdict.DONE)).exit_code == 0
    put(folder, "list (2).csv", KEEP, BO)
    result = run("undo", folder, seq_of(folder, Verdict.SAME))
    assert "(list (2).csv, " in str(result.exception)


def test_where_nothing_was_decided_it_says_so(tmp_path: Path) -> None:
    Project.init(tmp_path / "new").close()
    assert lines("undo", tmp_path / "new") == ["Nothing has been decided yet."]


def test_what_was_decided_in_one_go_is_taken_back_in_one_go(folder: Path) -> None:
    with Project(folder, who="ann") as project:
        ids = [f"quickbooks-accountant:customers:{own}" for own in (KEEP, GONE, BO)]
        first, second = project.decisions.append_step(
            [Decision((one,), Verdict.LEFT_OUT, note="moved") for one in ids[:2]]
        )
        single = project.decisions.append(Decision((ids[2],), Verdict.LEFT_OUT, note="x"))
    (said,) = lines("undo", folder, second.seq)
    assert f"Decisions {first.seq}, {second.seq} are taken back" in said
    with Project(folder) as project:
        assert set(project.look().state.left_out) == {ids[2]}
    (said,) = lines("undo", folder, single.seq)
    assert said.startswith(f"Decision {single.seq} is taken back")
