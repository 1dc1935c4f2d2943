"""The project: the order of the job, and what must hold at each step."""

from __future__ import annotations

import csv
import json
import os
import shutil
from typing import TYPE_CHECKING

import polars as pl
import pytest

from custclean.decisions import DecisionLog
from custclean.errors import (
    ConflictError,
    DecisionError,
    InputError,
    SettingsError,
    UndoRefusedError,
)
from custclean.model import Verdict
from custclean.practice import OnlineAccountant
from custclean.project import Project
from custclean.project.balance import balance
from custclean.project.recount import recount

if TYPE_CHECKING:
    from pathlib import Path


Second = tuple[Project, OnlineAccountant]


def download(project: Project, firm: OnlineAccountant, n: int) -> None:
    firm.download(project.folder / "inbox" / f"client_list ({n}).csv")


def sent_rows(project: Project, turn: int) -> list[dict[str, str]]:
    rows = []
    for path in sorted((project.folder / "out" / "upload" / f"round-{turn}").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += list(csv.DictReader(file))
    return rows


def test_without_decisions_nothing_is_merged_set_aside_or_sent(first: Project) -> None:
    run = first.look()
    assert len(run.work) == 0
    assert run.merged.golden.height == run.merged.table.height
    assert run.queue.height
    assert run.proposed.height
    assert not list((first.folder / "out").rglob("round-*"))


def test_every_record_has_one_fate_and_they_add_up(first: Project) -> None:
    run = first.look()
    fates = run.balance.fates
    assert fates["record_id"].n_unique() == fates.height == 60
    assert sum(run.balance.counts.values()) == 60


def test_clients_in_open_questions_get_no_number(project: Project) -> None:
    run = project.upload()
    asked = {*run.queue["left_id"], *run.queue["right_id"], *run.proposed["record_id"]}
    given = {d.key[0] for d in project.decisions.current if d.verdict == Verdict.NUMBER}
    assert given
    assert not asked & given


def test_nothing_is_uploaded_while_work_orders_are_open(project: Project, small: Path) -> None:
    project.replay(small / "decisions.jsonl")
    run = project.upload()
    assert run.waiting
    assert not list((project.folder / "out").rglob("round-*"))


def test_who_does_not_wait_says_so(project: Project, small: Path) -> None:
    project.replay(small / "decisions.jsonl")
    project.upload(now=True)
    assert sent_rows(project, 1)


def test_the_whole_job_ends_with_every_client_verified_or_listed(second: Second) -> None:
    project, firm = second
    turn = 0
    while True:
        turn += 1
        run = project.upload()
        if not sent_rows(project, turn):
            break
        for path in sorted((project.folder / "out/upload" / f"round-{turn}").glob("*.csv")):
            log = project.folder / "inbox" / f"errors-{turn}-{path.name}"
            if firm.upload(path, error_log=log).failed:
                project.run()
                project.accept_suggestions()
        download(project, firm, turn + 2)
    assert turn > 2, "the sample provokes errors that nobody can foresee"
    settled = {"unchanged", "by_hand", "left_out"}
    assert set(run.balance.fates["fate"]) <= settled
    listed = run.balance.fates.filter(pl.col("fate") != "unchanged")
    assert all(listed["reason"])
    proof = project.verify()
    assert proof.not_done.is_empty()
    assert set(proof.unexpected["field"]) <= {"display_name", "record"}
    assert recount(project.folder) == ()


def test_an_upload_changes_nothing_but_numbers(second: Second) -> None:
    project, _firm = second
    project.upload()
    with (project.folder / "inbox" / "client_list (2).csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        names = {row["Company ID"]: row["Display name"] for row in csv.DictReader(file)}
    for row in sent_rows(project, 1):
        assert row["Display name"] == names[row["Company ID"]]


def test_a_failed_row_waits_until_something_has_changed(second: Second) -> None:
    project, firm = second
    project.upload()
    path = project.folder / "out/upload/round-1/quickbooks-accountant-001.csv"
    failed = firm.upload(path, error_log=project.folder / "inbox" / "errors.csv").failed
    run = project.upload()
    assert len(run.failed) == failed > 0
    assert not sent_rows(project, 2), "the same rows must not go out again unchanged"


def test_later_runs_give_the_same_client_the_same_number(second: Second) -> None:
    project, _firm = second
    project.upload()
    first = {row["Company ID"]: row["Client number"] for row in sent_rows(project, 1)}
    shrunk = project.folder / "inbox" / "client_list (3).csv"
    lines = (project.folder / "inbox" / "client_list (2).csv").read_bytes().splitlines(True)
    shrunk.write_bytes(b"".join([lines[0], *reversed(lines[3:])]))
    project.upload()
    again = {row["Company ID"]: row["Client number"] for row in sent_rows(project, 2)}
    assert again
    assert all(first[company] == number for company, number in again.items())


def test_a_number_given_is_in_the_log_before_its_file_is_written(second: Second) -> None:
    project, _firm = second
    project.upload()
    given = {
        d.value["number"] for d in project.decisions.history if d.verdict == Verdict.NUMBER
    }
    assert {row["Client number"] for row in sent_rows(project, 1)} <= given


@pytest.mark.fault(13)
def test_out_can_be_deleted_and_made_again_byte_for_byte(second: Second) -> None:
    project, _firm = second
    project.upload()
    out = project.folder / "out"
    before = {p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    shutil.rmtree(out)
    project.run()
    after = {p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    assert after == before


def test_the_inbox_is_never_changed(first: Project, small: Path) -> None:
    for path in (first.folder / "inbox").iterdir():
        assert path.read_bytes() == (small / path.name).read_bytes()


def test_what_is_done_in_quickbooks_cannot_be_undone_here(second: Second) -> None:
    project, _firm = second
    same = next(d for d in project.decisions.current if d.verdict == Verdict.SAME)
    with pytest.raises(UndoRefusedError):
        project.undo(same.seq)


def test_an_undone_decision_is_asked_again(project: Project, small: Path) -> None:
    project.replay(small / "decisions.jsonl")
    before = project.run().queue.height
    same = next(d for d in project.decisions.current if d.verdict == Verdict.SAME)
    project.undo(same.seq)
    assert project.run().queue.height > before


def test_what_a_second_look_disputes_is_not_merged_but_asked(project: Project) -> None:
    first = project.review(groups=False)
    pair = first.questions[0].records
    first.decide("different")
    with Project(project.folder, who="bo") as other:
        second = other.review(groups=False, second=True)
        places = [question.records for question in second.questions]
        second.decide("same", index=places.index(pair))
    run = project.run()
    assert run.merged.golden.height == run.merged.table.height
    assert pair in [question.records for question in project.review(groups=False).questions]


def test_replaying_twice_enters_nothing_twice(project: Project, small: Path) -> None:
    assert project.replay(small / "decisions.jsonl") > 0
    assert project.replay(small / "decisions.jsonl") == 0


def test_the_manifest_holds_hashes_and_counts_but_no_values(first: Project) -> None:
    run = first.look()
    text = (first.folder / "out" / "manifest.json").read_text(encoding="utf-8")
    manifest = json.loads(text)
    assert manifest["schema"] == 1
    assert manifest["balance"] == run.balance.counts
    for name in run.evidence.clients.table["display_name"].drop_nulls():
        assert name not in text


def test_an_output_that_was_changed_is_found_by_the_recount(first_out: Path) -> None:
    path = first_out / "out" / "reports" / "clients.csv"
    path.write_bytes(path.read_bytes().replace(b"undecided_pair", b"undecided_pear"))
    assert any("clients.csv" in problem for problem in recount(first_out))


def test_a_fate_that_is_dropped_is_found_by_the_recount(first_out: Path) -> None:
    path = first_out / "out" / "reports" / "clients.csv"
    lines = path.read_bytes().splitlines(True)
    path.write_bytes(b"".join(lines[:-1]))
    assert any("rows" in problem for problem in recount(first_out))


def test_an_error_log_before_any_upload_is_refused(project: Project) -> None:
    (project.folder / "inbox" / "error_log.csv").write_text(
        "Company ID,Display name,Client number,Error\n9130000000000001,Ann,7,taken\n"
    )
    with pytest.raises(InputError, match="nothing was uploaded"):
        project.run()


def test_a_download_that_vanished_from_the_inbox_is_named(second: Second) -> None:
    project, _firm = second
    project.upload()
    (project.folder / "inbox" / "client_list (2).csv").unlink()
    with pytest.raises(InputError, match="round 1"):
        project.run()


def test_an_empty_inbox_says_what_to_do(tmp_path: Path) -> None:
    with Project.init(tmp_path / "p") as project, pytest.raises(InputError, match="empty"):
        project.run()


def test_a_list_with_a_header_only_has_nothing_to_do(project: Project) -> None:
    path = project.folder / "inbox" / "client_list.csv"
    path.write_bytes(path.read_bytes().splitlines(True)[0])
    with pytest.raises(InputError, match="nothing to do"):
        project.run()
    assert not (project.folder / "out").exists()


def test_a_project_is_not_made_twice(project: Project) -> None:
    with pytest.raises(SettingsError, match="already"):
        Project.init(project.folder)


def test_the_folder_is_closed_to_others(project: Project) -> None:
    project.run()
    assert project.folder.stat().st_mode & 0o077 == 0
    files = [p for p in (project.folder / "out").rglob("*") if p.is_file()]
    assert all(path.stat().st_mode & 0o077 == 0 for path in files)


@pytest.mark.fault(10)
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o777], ids=oct)
def test_all_that_is_made_is_closed_to_others_under_any_umask(
    tmp_path: Path, umask: int
) -> None:
    before = os.umask(umask)
    try:
        with Project.init(tmp_path / "jobs" / "one"):
            pass
        with DecisionLog(tmp_path / "logs" / "deep" / "down"):
            pass
    finally:
        os.umask(before)
    made = [*(tmp_path / "jobs").rglob("*"), *(tmp_path / "logs").rglob("*")]
    made += [tmp_path / "jobs", tmp_path / "logs"]
    assert len(made) > 8
    assert {path.stat().st_mode & 0o777 for path in made if path.is_dir()} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in made if path.is_file()} == {0o600}


@pytest.mark.fault(4)
def test_a_log_that_is_gone_is_not_begun_anew(project: Project) -> None:
    project.run()
    project.close()
    log = project.decisions.path
    log.rename(log.with_name("kept"))
    with pytest.raises(DecisionError, match="gone"):
        Project(project.folder)
    assert not log.exists()
    shutil.rmtree(project.folder / "out")
    with Project(project.folder) as fresh:
        assert fresh.decisions.history == ()


@pytest.mark.fault(6)
def test_what_nothing_is_new_in_is_looked_at_without_writing(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.run()

    def never(*_: object, **__: object) -> None:
        msg = "read-only"
        raise DecisionError(msg)

    with Project(project.folder) as other:
        monkeypatch.setattr(DecisionLog, "append_all", never)
        assert len(other.review()) == len(project.review())


def test_a_balance_that_does_not_add_up_stops_the_run(project: Project) -> None:
    run = project.run()
    fates = run.balance.fates.select("record_id", "number", "fate", "reason", "detail")
    with pytest.raises(ConflictError, match="two places"):
        balance(run.evidence.clients.table, pl.concat([fates, fates.head(1)]), rejected=0)


def test_records_can_be_set_aside_and_kept_in_python(project: Project) -> None:
    run = project.run()
    first, second = run.proposed["record_id"][:2]
    project.set_aside([first], note="a vendor")
    project.keep([second])
    after = project.run()
    assert not {first, second} & set(after.proposed["record_id"])
    fates = dict(after.balance.fates.select("record_id", "fate").rows())
    assert fates[first] == "set_aside"
    assert fates[second] != "set_aside"


def test_an_unknown_record_cannot_be_set_aside(project: Project) -> None:
    with pytest.raises(InputError, match="nobody"):
        project.set_aside(["nobody"])


def test_a_portuguese_list_is_numbered_under_its_own_headings(
    small: Path, tmp_path: Path
) -> None:
    firm = OnlineAccountant.from_download(small / "client_list.csv")
    with Project.init(tmp_path / "p", region="DK") as project:
        firm.download(project.folder / "inbox" / "lista.csv", language="pt")
        project.upload(now=True)
        rows = sent_rows(project, 1)
        assert list(rows[0]) == ["ID da empresa", "Nome de exibição", "Número do cliente"]
        path = project.folder / "out/upload/round-1/quickbooks-accountant-001.csv"
        assert firm.upload(path, error_log=tmp_path / "errors.csv").failed == 0


def test_what_a_spreadsheet_would_run_is_held_back_and_listed(
    small: Path, tmp_path: Path
) -> None:
    with Project.init(tmp_path / "p") as project:
        (project.folder / "inbox" / "list.csv").write_bytes(
            b"Company ID,Display name,Client number\r\n"
            b"9130000000000017,=HYPERLINK(1),\r\n9130000000000025,Ann Example,\r\n"
        )
        run = project.upload()
        assert [row["Display name"] for row in sent_rows(project, 1)] == ["Ann Example"]
        assert run.balance.counts["left_out"] == 1


def test_the_proposals_are_a_table_that_shows_no_name(first: Project) -> None:
    proposals = first.proposals()
    assert len(proposals) == 7
    page = proposals._repr_html_()
    for name in proposals.table["display_name"]:
        assert name not in page


def test_a_recorded_time_that_is_none_is_named_with_its_file_and_line(
    project: Project, tmp_path: Path
) -> None:
    path = tmp_path / "bo.jsonl"
    line = '{"key": ["a", "b"], "verdict": "same", "when": "%s"}\n'
    path.write_text(line % "2026-03-01T12:00:00+01:00" + line % "01.03.2026", encoding="utf-8")
    with pytest.raises(InputError, match=r"bo\.jsonl.*2.*01\.03\.2026"):
        project.replay(path)
    assert not [each for each in project.decisions.history if each.verdict == "same"]
