"""Questions go out to those who know the clients, and their answers come back, once."""

from __future__ import annotations

import csv
import json
import shutil
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from custclean.errors import InputError
from custclean.model import Verdict
from custclean.project import Project
from custclean.project.recount import recount
from custclean.stages.question_answers import read_answers
from custclean.stages.question_sheet import Question, question_sheets
from custclean.stages.question_token import Token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def project(first: Project, tmp_path: Path) -> Iterator[Project]:
    shutil.copytree(first.folder, tmp_path / "project")
    with Project(tmp_path / "project", who="tester") as made:
        made._memory, made._exports = first._memory, dict(first._exports)
        yield made


def tokens(path: Path) -> Iterator[tuple[Any, int, Token]]:
    """Give each question of a file with its sheet and row; a pair's first row."""
    book, before = openpyxl.load_workbook(path), None
    for sheet in book.worksheets[1:]:
        for row in range(3, sheet.max_row + 1):
            text = str(sheet.cell(row, 1).value)
            token = Token.read(text)
            if token is not None and text != before:
                yield sheet, row, token
            before = text


def answer(path: Path, word: Callable[[Token], str], name: str = "") -> Path:
    book = None
    for sheet, row, token in tokens(path):
        book = sheet.parent
        sheet.cell(row, 3).value = word(token)
        if name:
            book.worksheets[0]["C5"] = name
    assert book is not None
    book.save(path)
    return path


def yes(token: Token) -> str:
    return "y"


def test_everything_that_waits_is_asked_once_and_of_the_right_person(project: Project) -> None:
    run = project.look()
    asked = [(token, path) for path in project.questions() for _, _, token in tokens(path)]
    keys = [token.key for token, _ in asked]
    waits = {tuple(sorted(pair)) for pair in run.queue.select("left_id", "right_id").rows()}
    waits |= {(record,) for record in run.proposed["record_id"]}
    assert sorted(keys) == sorted(waits)
    leads = dict(run.evidence.clients.table.select("record_id", "lead_accountant").rows())
    for token, _ in asked:
        mine = {" ".join((leads[record] or "").split()) for record in token.key} - {""}
        assert token.whom in (mine or {""})
    assert len({path for _, path in asked}) == len({token.whom for token, _ in asked}) > 2


def test_answers_are_one_step_under_the_name_of_who_answered(project: Project) -> None:
    path = next(p for p in project.questions() if "nobody" not in p.name)
    found = project.read_answers(answer(path, yes))
    assert found.questions == len(found.decisions) > 1
    (name,) = {d.who for d in found.decisions}
    assert name
    assert name != "tester"
    assert {d.value["entered_by"] for d in found.decisions} == {"tester"}
    keys = {d.key for d in found.decisions}
    run = project.look()
    assert not keys & set(map(tuple, run.queue.select("left_id", "right_id").rows()))
    project.decisions.undo_step(found.decisions[0].seq)
    assert {d.verdict for d in project.decisions.current} == {Verdict.RECEIVED}


def test_the_same_sheet_twice_enters_nothing_twice(project: Project) -> None:
    path = next(p for p in project.questions() if "nobody" not in p.name)
    first = project.read_answers(answer(path, yes))
    before = len(project.decisions.history)
    again = project.read_answers(path)
    assert len(project.decisions.history) == before
    assert (len(again.known), again.decisions) == (len(first.decisions), ())


def test_a_sheet_of_nobody_needs_a_name(project: Project) -> None:
    path = next(p for p in project.questions() if "nobody" in p.name)
    answer(path, yes)
    with pytest.raises(InputError, match="nobody is named"):
        project.read_answers(path)
    found = project.read_answers(path, who="Bo Dahl")
    assert {d.who for d in found.decisions} == {"Bo Dahl"}
    project.questions()  # what was entered under another name is no reason to stop


def test_a_contradiction_is_listed_and_entered_only_if_overruled(project: Project) -> None:
    path = next(p for p in project.questions() if "nobody" not in p.name)
    pair = next(token.key for _, _, token in tokens(path) if len(token.key) == 2)
    project.decisions.decide(*pair, "different", note="mine")
    answer(path, yes)
    found = project.read_answers(path)
    (row,) = found.disagreements.to_dicts()
    assert (row["who_1"], row["verdict_1"], row["note_1"]) == ("tester", "different", "mine")
    assert (row["left_id"], row["right_id"], row["verdict_2"]) == (*pair, "same")
    overruled = project.read_answers(path, overrule=True)
    assert [d.key for d in overruled.decisions] == [pair]


def test_sheets_with_answers_are_neither_written_over_nor_swept_away(project: Project) -> None:
    paths = project.questions()
    path = answer(next(p for p in paths if "nobody" not in p.name), yes)
    filled = path.read_bytes()
    with pytest.raises(InputError, match=r"answers or notes .*custclean answers"):
        project.questions()
    project.run()
    assert path.read_bytes() == filled
    assert recount(project.folder) == ()
    project.read_answers(path)
    left = project.questions()
    assert path not in left
    assert not path.exists(), "who has nothing to answer any more has no sheet"
    assert len(left) == len(paths) - 1


def test_questions_can_go_elsewhere_and_are_the_same_there(
    project: Project, tmp_path: Path
) -> None:
    here, there = project.questions(), project.questions(tmp_path / "for them")
    assert [p.parent for p in there] == [tmp_path / "for them"] * len(here)
    assert [p.read_bytes() for p in here] == [p.read_bytes() for p in there]


def test_what_changed_in_a_fresh_download_is_asked_again(project: Project) -> None:
    path = next(p for p in project.questions() if "nobody" not in p.name)
    kept = shutil.copyfile(path, project.folder.parent / "sent.xlsx")
    record = next(token.key[0] for _, _, token in tokens(path))
    table = project.look().evidence.clients.table
    name = dict(table.select("record_id", "display_name").rows())[record]
    text = (project.folder / "inbox" / "client_list.csv").read_bytes()
    changed = project.folder / "inbox" / "client_list (2).csv"
    changed.write_bytes(text.replace(name.encode(), f"{name} II".encode()))
    found = project.read_answers(answer(kept, yes))
    assert set(found.refused["reason"]) == {"changed"}
    assert record in {*found.refused["left_id"], *found.refused["right_id"]}
    fresh = {token.key for p in project.questions() for _, _, token in tokens(p)}
    assert any(record in key for key in fresh)


def test_no_value_is_in_what_is_said_of_the_answers(project: Project) -> None:
    path = next(p for p in project.questions() if "nobody" not in p.name)
    found = project.read_answers(answer(path, lambda token: "what, Client Ltd?"))
    assert found.refused.height == found.questions
    assert "Client Ltd" not in repr(found) + found._repr_html_()
    assert json.dumps(found.counts)


def test_the_stage_reads_a_projects_sheet_alone(project: Project) -> None:
    path = next(p for p in project.questions() if "nobody" not in p.name)
    assert read_answers(path).unanswered.height == len(list(tokens(path)))


@pytest.mark.fault(3)
def test_what_somebody_decides_meanwhile_is_held_against_the_answers(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = next(p for p in project.questions() if "nobody" not in p.name)
    pair = next(token.key for _, _, token in tokens(path) if len(token.key) == 2)
    log, real, others = project.decisions, project.decisions.append_step, ["different"]

    def late(*given: Any, **named: Any) -> Any:
        while others:  # another notebook, between our look at the log and our writing
            log.decide(*pair, others.pop())
        return real(*given, **named)

    monkeypatch.setattr(log, "append_step", late)
    found = project.read_answers(answer(path, yes))
    assert found.disagreements["verdict_1"].to_list() == ["different"]
    assert len(found.decisions) == found.questions - 1


def sheet_of(project: Project, *names: str) -> Path:
    """Write a sheet that asks about two clients, whatever was said about them."""
    table = project.look().evidence.clients.table
    rows = [row for row in table.iter_rows(named=True) if row["display_name"] in names]
    asked = Question(tuple(sorted(rows, key=lambda row: str(row["record_id"]))), "", "Bo Dahl")
    ((name, data),) = question_sheets([asked]).items()
    path = project.folder / name
    path.write_bytes(data)
    return path


def listed(project: Project, name: str, *rows: dict[str, str]) -> None:
    with (project.folder / "inbox" / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_an_answer_is_held_against_what_was_said_under_an_older_id(tmp_path: Path) -> None:
    names = {"Ann Example": "1", "Bo Sample": "2", "Cy Muster": "3"}
    rows = [{"Name": name, "E-mail": f"{n}@example.com", "Phone": n * 8, "City": "Aarhus"}
            for name, n in names.items()]  # fmt: skip
    Project.init(tmp_path / "p").close()
    toml = tmp_path / "p" / "custclean.toml"
    toml.write_text('region = "DK"\ntarget = "generic"\n', encoding="utf-8")
    with Project(toml.parent, who="ann") as project:
        listed(project, "one.csv", *rows)
        ids = project.look().evidence.clients.table["record_id"].to_list()
        project.decisions.decide(ids[0], ids[1], Verdict.SAME)
        listed(project, "two.csv", *({**row, "E-mail": f"x{row['E-mail']}"} for row in rows))
        path = answer(sheet_of(project, "Ann Example", "Bo Sample"), lambda token: "n")
        assert set(project.look().aliases) == set(ids)
        found = project.read_answers(path)
        assert found.disagreements["verdict_1"].to_list() == ["same"]
        assert found.decisions == ()


def test_what_a_download_shows_to_be_done_is_overruled_by_nobody(tmp_path: Path) -> None:
    ids = ("9130000000000017", "9130000000000025", "9130000000000033")
    names = ("Ann Example", "Ann Exampel", "An Example")
    rows = [
        {"Company ID": own, "Display name": name, "Email": "ann@example.com", "Street": ""}
        for own, name in zip(ids, names, strict=True)
    ]
    rows[0]["Street"] = "First Street 1"
    with Project.init(tmp_path / "p", who="ann") as project:
        listed(project, "list.csv", *rows)
        kept, gone, other = (f"quickbooks-accountant:customers:{own}" for own in ids)
        project.decisions.decide(gone, other, Verdict.SAME)
        project.decisions.decide(kept, other, Verdict.SAME)
        listed(project, "list (2).csv", rows[0], rows[2])
        assert set(project.look().orders.shown) == {(kept, gone)}
        path = answer(sheet_of(project, names[0], names[2]), lambda token: "n")
        found = project.read_answers(path, overrule=True)
        assert found.refused["reason"].to_list() == ["done"]
        assert "list (2).csv" in found.refused["detail"][0]


@pytest.fixture
def generic(tmp_path: Path) -> Iterator[Project]:
    Project.init(tmp_path / "p").close()
    toml = tmp_path / "p" / "custclean.toml"
    toml.write_text('region = "DK"\ntarget = "generic"\n', encoding="utf-8")
    with Project(toml.parent, who="ann") as made:
        yield made


TWIN = {"Name": "Ann Example", "E-mail": "ann@example.com", "City": "Aarhus", "Notes": "a"}
SECOND_TWIN = {**TWIN, "Notes": "b"}
OTHER = {**TWIN, "Name": "Ann Exampel"}


def test_a_sheet_sent_before_an_id_moved_is_read_by_the_id_of_today(generic: Project) -> None:
    listed(generic, "one.csv", TWIN, SECOND_TWIN, OTHER)
    table = generic.look().evidence.clients.table
    rows = [row for row in table.iter_rows(named=True) if row["notes"] == "b"]
    rows += [
        row for row in table.iter_rows(named=True) if row["display_name"] == OTHER["Name"]
    ]
    asked = Question(tuple(sorted(rows, key=lambda row: str(row["record_id"]))), "", "Bo Dahl")
    ((name, data),) = question_sheets([asked]).items()
    place = generic.folder / "out" / "questions"
    place.mkdir(parents=True)
    (place / name).write_bytes(data)
    answer(place / name, yes)
    listed(generic, "two.csv", SECOND_TWIN, OTHER)
    moved = generic.look().aliases
    assert set(moved) & set(asked_ids := {str(row["record_id"]) for row in rows})
    with pytest.raises(InputError, match="not in the decisions"):
        generic.questions()
    (said,) = generic.read_answers(place / name).decisions
    assert said.key == tuple(sorted(moved.get(each, each) for each in asked_ids))
    assert set(generic.look().state.groups) == set(said.key)
    assert len(generic.read_answers(place / name).known) == 1
    assert generic.questions() == (), "all that was answered is in the decisions"


def test_a_sheet_of_today_means_who_has_the_id_today(generic: Project) -> None:
    listed(generic, "one.csv", TWIN, SECOND_TWIN, OTHER)
    generic.look()
    listed(generic, "two.csv", SECOND_TWIN, OTHER)
    (path,) = generic.questions()
    (said,) = generic.read_answers(answer(path, yes, "Bo Dahl")).decisions
    assert set(said.key) == set(generic.look().evidence.clients.table["record_id"])
    assert generic.questions() == ()


def test_a_sheet_sent_before_a_record_changed_is_refused_for_that(generic: Project) -> None:
    listed(generic, "one.csv", TWIN, OTHER)
    path = answer(sheet_of(generic, TWIN["Name"], OTHER["Name"]), yes)
    listed(generic, "two.csv", {**TWIN, "E-mail": "ann@example.org"}, OTHER)
    found = generic.read_answers(path)
    assert found.refused["reason"].to_list() == ["changed"]
    assert "E-mail" in found.refused["detail"][0]
