"""`custclean questions`, `answers` and `ignore`."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import openpyxl
from typer.testing import CliRunner, Result

from custclean.cli import app
from custclean.project import Project
from custclean.stages.read import read
from tests.served import custclean, refused

if TYPE_CHECKING:
    from pathlib import Path


def test_questions_go_out_and_answers_come_back(samples: Path, tmp_path: Path) -> None:
    folder = tmp_path / "job"
    Project.init(folder, region="DK").close()
    shutil.copyfile(samples / "small" / "client_list.csv", folder / "inbox" / "list.csv")

    def run(*words: object) -> Result:  # in this process: four runs of it would take long
        return CliRunner().invoke(app, [*map(str, words)])

    files = json.loads(run("questions", folder, "--to", tmp_path / "out", "--json").stdout)[
        "files"
    ]
    path = next(file for file in files if "nobody" not in file)
    book = openpyxl.load_workbook(path)
    book.worksheets[1]["C3"] = "y"
    book.save(path)
    broken = tmp_path / "broken.xlsx"
    broken.write_text("no workbook")
    said = run("answers", folder, broken, path)
    assert "1 decision entered, 0 known already" in said.stdout
    assert "broken.xlsx" in said.stderr
    assert said.exit_code == 1
    again = run("answers", folder, path, "--json")
    (facts,) = json.loads(again.stdout)["files"]
    assert (again.exit_code, facts["decisions"], facts["known"]) == (0, 0, 1)
    assert "@" not in again.stdout


def test_ignore_says_what_it_found_and_writes_nothing_for_nobody(folder: Path) -> None:
    result = custclean("ignore", folder, "--to", folder / "ignore.csv")
    assert result.stdout.startswith("0 contacts to mark")
    assert not (folder / "ignore.csv").exists()
    with Project(folder) as project:
        project.set_aside(project.proposals())
    result = custclean("ignore", folder, "--to", folder / "ignore.csv")
    assert "Import" in result.stdout
    marked = read(folder / "ignore.csv").table["categories"]
    assert result.stdout.startswith(f"{len(marked)} contacts to mark")
    assert "expected .csv" in refused(custclean("ignore", folder, "--to", folder / "x.xlsx"))
