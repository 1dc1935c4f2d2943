"""Several downloads, error logs and people: what goes out, and what never may."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from custclean.decisions import seen_of
from custclean.errors import InputError
from custclean.model import Decision, Verdict
from custclean.project import Project
from custclean.project.rounds import Failure, Form, Round, Sent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ANN, BO, CY = "9130000000000017", "9130000000000025", "9130000000000033"
NAMES = {ANN: "Ann Example", BO: "Bolette Sample", CY: "Cyprian Muster"}
SENT = "quickbooks-accountant-001.csv"


def record(company_id: str) -> str:
    return f"quickbooks-accountant:customers:{company_id}"


def put(project: Project, name: str, rows: dict[str, str], **names: str) -> Path:
    """Write a client list: company id -> number."""
    path = project.folder / "inbox" / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Company ID", "Display name", "Client number", "Email"])
        for company_id, number in rows.items():
            name_ = names.get(f"_{company_id}", NAMES[company_id])
            mail = f"{NAMES[company_id].split()[0].lower()}@example.com"
            writer.writerow([company_id, name_, number, mail])
    return path


def refuse(project: Project, name: str, company_id: str, number: str, why: str) -> None:
    path = project.folder / "inbox" / name
    path.write_text(
        "Company ID,Display name,Client number,Error\r\n"
        f"{company_id},{NAMES[company_id]},{number},{why}\r\n",
        encoding="utf-8",
    )


def sent(project: Project, turn: int) -> dict[str, str]:
    path = project.folder / "out" / "upload" / f"round-{turn}" / SENT
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["Company ID"]: row["Client number"] for row in csv.DictReader(file)}


def fate(project: Project, company_id: str) -> tuple[str, str]:
    fates = project.run().balance.fates
    row = fates.filter(fates["record_id"] == record(company_id)).row(0, named=True)
    return row["fate"], row["reason"]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.init(tmp_path / "p", who="tester") as made:
        put(made, "list.csv", {ANN: "", BO: "", CY: ""})
        yield made


TAKEN = "This client number is already used by another client."


def test_a_download_equal_to_an_earlier_one_is_still_the_newest(project: Project) -> None:
    project.upload()
    numbers = sent(project, 1)
    put(project, "list (2).csv", numbers)
    assert fate(project, ANN) == ("unchanged", "")
    put(project, "list (3).csv", {ANN: "", BO: "", CY: ""})
    run = project.run()
    assert run.verification is not None
    assert not run.verification, "the numbers vanished again, and that is said"
    assert project.verify().not_done.height == 3


def test_verify_looks_at_what_is_in_the_inbox_now(project: Project) -> None:
    project.upload()
    put(project, "list (2).csv", sent(project, 1))
    assert project.verify().done.height == 3


def test_a_log_that_comes_late_is_read_against_its_own_round(project: Project) -> None:
    project.upload()
    first = sent(project, 1)[ANN]
    refuse(project, "errors 1.csv", ANN, first, TAKEN)
    assert project.accept_suggestions() == 1
    project.upload()
    second = sent(project, 2)[ANN]
    assert second != first
    refuse(project, "errors 1 again.csv", ANN, first, TAKEN + " ")
    project.run()
    assert fate(project, ANN) == ("uploaded", "")
    assert project.accept_suggestions() == 0


def test_the_same_log_twice_changes_nothing(project: Project) -> None:
    project.upload()
    number = sent(project, 1)[ANN]
    refuse(project, "errors.csv", ANN, number, TAKEN)
    project.run()
    shutil.copy(project.folder / "inbox/errors.csv", project.folder / "inbox/errors copy.csv")
    assert project.accept_suggestions() == 1
    project.upload()
    assert set(sent(project, 2)) == {ANN}
    assert project.accept_suggestions() == 0


def test_a_second_refusal_is_seen_too(project: Project) -> None:
    project.upload()
    refuse(project, "errors 1.csv", ANN, sent(project, 1)[ANN], TAKEN)
    project.accept_suggestions()
    project.upload()
    refuse(project, "errors 2.csv", ANN, sent(project, 2)[ANN], TAKEN)
    assert fate(project, ANN) == ("undecided", "number_taken")
    assert project.accept_suggestions() == 1
    project.upload()
    assert sent(project, 3)[ANN] not in (sent(project, 1)[ANN], sent(project, 2)[ANN])


def test_a_new_number_goes_out_again_if_a_download_does_not_show_it(project: Project) -> None:
    project.upload()
    refuse(project, "errors.csv", ANN, sent(project, 1)[ANN], TAKEN)
    project.accept_suggestions()
    project.upload()
    put(project, "list (2).csv", {**sent(project, 1), ANN: ""})
    project.upload()
    assert sent(project, 3) == sent(project, 2)


def test_a_number_that_was_freed_can_be_decided_again(project: Project) -> None:
    project.upload()
    number = sent(project, 1)[ANN]
    refuse(project, "errors.csv", ANN, number, TAKEN)
    project.run()
    project.give(record(ANN), number, note="the other client gave it up")
    project.upload()
    assert sent(project, 2) == {ANN: number}


def test_a_changed_name_goes_out_with_the_fresh_download(project: Project) -> None:
    project.upload()
    refuse(project, "errors.csv", ANN, sent(project, 1)[ANN], "The name is not the one shown")
    assert fate(project, ANN) == ("left_out", "failed")
    now = {**sent(project, 1), ANN: ""}
    put(project, "list (2).csv", now, **{f"_{ANN}": "Ann Renamed"})
    project.upload()
    text = (project.folder / "out/upload/round-2" / SENT).read_text(encoding="utf-8")
    assert "Ann Renamed" in text


def test_a_client_that_comes_back_gets_the_number_it_was_given(project: Project) -> None:
    project.upload()
    first = sent(project, 1)
    refuse(project, "errors.csv", ANN, first[ANN], "There is no client with this company ID")
    put(project, "list (2).csv", {BO: first[BO], CY: first[CY]})
    project.upload()
    put(project, "list (3).csv", {ANN: "", BO: first[BO], CY: first[CY]})
    project.upload()
    assert first[ANN] in {sent(project, n).get(ANN) for n in (2, 3)}


def test_settings_changed_later_leave_rounds_already_written_alone(project: Project) -> None:
    project.upload()
    before = (project.folder / "out/upload/round-1" / SENT).read_bytes()
    toml = project.folder / "custclean.toml"
    toml.write_text(toml.read_text().replace("# [upload]", "[upload]\nmax_rows = 1"))
    with Project(project.folder) as again:
        again.run()
    assert (project.folder / "out/upload/round-1" / SENT).read_bytes() == before


@pytest.mark.fault(3)
def test_two_projects_on_one_folder_give_no_number_twice(project: Project) -> None:
    with Project(project.folder, who="other") as other:
        other.look()
        project.upload()
        other.upload()
        given = [
            (d.value["number"], d.key[0])
            for d in other.decisions.history
            if d.verdict == Verdict.NUMBER
        ]
        rounds = [d for d in other.decisions.history if d.verdict == Verdict.ROUND]
    assert len({number for number, _ in given}) == len({who for _, who in given}) == 3
    assert len({d.key for d in rounds}) == len(rounds)


def test_numbers_of_another_project_are_not_in_our_rounds(
    project: Project, tmp_path: Path
) -> None:
    project.upload()
    project.decisions.export(tmp_path / "log.jsonl")
    with Project.init(tmp_path / "q", who="tester") as other:
        put(other, "list.csv", {ANN: "", BO: "", CY: ""})
        other.run()
        other.leave_out(record(ANN), note="asked to wait")
        other.replay(tmp_path / "log.jsonl")
        other.upload()
        assert ANN not in sent(other, 1)


def test_every_member_of_a_contradictory_group_waits(project: Project) -> None:
    for left, right, verdict in ((ANN, BO, Verdict.SAME), (BO, CY, Verdict.SAME),
                                 (ANN, CY, Verdict.DIFFERENT)):  # fmt: skip
        project.decisions.append(Decision((record(left), record(right)), verdict))
    run = project.upload()
    assert not sent(project, 1)
    assert set(run.balance.fates["reason"]) == {"contradiction"}


def test_a_pair_that_was_split_is_no_open_question(project: Project) -> None:
    project.decisions.append(Decision((record(ANN), record(BO)), Verdict.SPLIT))
    assert project.run().queue.is_empty()


@pytest.mark.fault(12)
def test_a_decision_whose_values_changed_is_asked_again(project: Project) -> None:
    project.run()
    table = project.look().evidence.clients.table
    rows = {row["record_id"]: row for row in table.iter_rows(named=True)}
    seen = seen_of(rows[record(ANN)], rows[record(BO)])
    project.decisions.append(Decision((record(ANN), record(BO)), Verdict.DIFFERENT, seen))
    names = {f"_{ANN}": "Ann Other"}
    put(project, "list (2).csv", {ANN: "", BO: "", CY: ""}, **names)
    run = project.upload()
    assert run.queue.select("left_id", "right_id").rows() == [(record(ANN), record(BO))]
    assert set(sent(project, 1)) == {CY}


def test_who_is_left_out_or_by_hand_is_listed_with_the_note(project: Project) -> None:
    project.run()
    project.leave_out(record(ANN), note="moves abroad")
    project.by_hand(record(BO), note="ask the partner")
    run = project.run()
    details = dict(run.balance.fates.select("record_id", "detail").rows())
    assert details[record(ANN)] == "moves abroad"
    assert "ask the partner" in (project.folder / "out/work/by_hand.csv").read_text()


def test_the_list_of_another_firm_is_refused(project: Project) -> None:
    project.run()
    path = project.folder / "inbox" / "other.csv"
    path.write_text(
        "Company ID,Display name,Client number\r\n"
        "9140000000000019,Dora Test,\r\n9140000000000027,Emil Probe,\r\n"
    )
    with pytest.raises(InputError, match=r"other\.csv"):
        project.run()


def test_a_file_that_nobody_knows_can_be_left(project: Project) -> None:
    (project.folder / "inbox" / "notes.txt").write_text("call back on Monday")
    with pytest.raises(InputError, match="ignore"):
        project.run()
    toml = project.folder / "custclean.toml"
    toml.write_text(toml.read_text() + '\n[files."notes.txt"]\nkind = "ignore"\n')
    with Project(project.folder) as again:
        assert again.run().balance.rows == 3


def test_a_row_that_cannot_be_read_is_listed_and_the_run_goes_on(project: Project) -> None:
    path = project.folder / "inbox" / "list.csv"
    path.write_text(
        path.read_text(encoding="utf-8") + "9130000000000041,x,,,y\r\n",
        encoding="utf-8",
    )
    run = project.upload()
    assert run.balance.counts["rejected"] == 1
    assert set(sent(project, 1)) == {ANN, BO, CY}


@pytest.mark.fault(13)
def test_another_process_writes_the_same_bytes(project: Project) -> None:
    project.upload()
    put(project, "list (2).csv", sent(project, 1))
    project.run()
    out = project.folder / "out"
    before = {p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    shutil.rmtree(out)
    code = f"from custclean.project import Project; Project({str(project.folder)!r}).run()"
    subprocess.run([sys.executable, "-c", code], check=True)
    after = {p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    assert after == before


def test_a_set_aside_client_on_a_plan_does_not_stop_the_upload(tmp_path: Path) -> None:
    with Project.init(tmp_path / "p") as project:
        (project.folder / "inbox" / "list.csv").write_text(
            "Company ID,Display name,Client number,Subscription\r\n"
            f"{ANN},Ann Example,,Plus\r\n{BO},Bolette Sample,,None\r\n"
        )
        project.run()
        project.set_aside([record(ANN)])
        project.upload()
        assert set(sent(project, 1)) == {BO}


def test_what_was_sent_and_came_back_follows_its_record_to_another_id() -> None:
    form = Form(max_rows=1, max_bytes=1, headers=())
    rounds = (Round(1, 9, "file:one", {"old": "1", "b": "2"}, form),)
    failed = {"old": Failure("old", 1, 10, "1", "failed", "", "")}
    today = Sent(rounds, failed, {}).under({"file:one": {"old": "new"}})
    assert {record: number for record, (number, _) in today.last().items()} == {
        "new": "1",
        "b": "2",
    }
    assert today.refused("new", today.rounds[0])
    assert not today.refused("old", today.rounds[0])
