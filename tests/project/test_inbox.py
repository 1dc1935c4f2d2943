"""The inbox: each table of a file counts, one company's reports do, mappings are used."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from custclean.errors import AmbiguousFileError, UnknownFileError
from custclean.project import Project
from custclean.stages.mapping_saved import save_mapping
from custclean.tables.writing import csv_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VENDORS = ["Vendor", "Company", "Phone numbers", "Email", "Full name", "Billing address"]
CLIENTS = csv_bytes(
    ["Display name", "Company ID", "Client number"],
    [["Ann Example", "101", "7"], ["Bob Example", "102", ""], ["", "", ""]],
)
ODD = csv_bytes(["Hvem", "Hvor"], [["Cloud Inc", "c@x.example"]])


def report(company: str) -> bytes:
    rows = [["Vendor Contact List"], VENDORS, ["Cloud Inc", "", "", "c@x.example", "", ""]]
    return csv_bytes([company, *[""] * 5], [[*row, *[""] * (6 - len(row))] for row in rows])


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.init(tmp_path / "job", region="DK", who="tester") as made:
        yield made


def put(project: Project, **files: bytes) -> None:
    for name, data in files.items():
        (project.folder / "inbox" / f"{name}.csv").write_bytes(data)


def put_zip(project: Project, **members: bytes) -> None:
    with zipfile.ZipFile(project.folder / "inbox" / "all.zip", "w") as archive:
        for name, data in members.items():
            archive.writestr(f"{name}.csv", data)


def test_each_table_of_an_archive_is_received_by_itself(project: Project) -> None:
    put_zip(project, a=CLIENTS, b=report("Lantern Books LLC"))
    inbox = project.read()
    assert [file.name for file in inbox.files] == ["all.zip/a.csv", "all.zip/b.csv"]
    assert inbox.references["vendors"].export.table["display_name"].to_list() == ["Cloud Inc"]
    assert [d.value["file"] for d in project.decisions.history] == [
        "all.zip/a.csv",
        "all.zip/b.csv",
    ]


def test_the_first_table_keeps_the_key_that_the_file_alone_would_have(
    project: Project,
) -> None:
    put_zip(project, a=CLIENTS, b=report("Lantern Books LLC"))
    first, second = project.read().files
    assert first.key.endswith(":all.zip")
    assert second.key.endswith(":all.zip/b.csv")


def test_a_download_in_an_archive_is_worked_on_and_adds_up(project: Project) -> None:
    put_zip(project, a=CLIENTS, b=report("Lantern Books LLC"), c=b"x,y\r\n1,2\r\n")
    run = project.run()
    assert run.balance.rows == 2
    manifest = json.loads((project.folder / "out" / "manifest.json").read_text())
    assert [(each["file"], each["table"], each["part"]) for each in manifest["inputs"]] == [
        ("all.zip", "all.zip/a.csv", "download"),
        ("all.zip", "all.zip/b.csv", "reference"),
    ]
    summary = (project.folder / "out" / "reports" / "summary.html").read_text()
    assert "c.csv (unknown)" in summary


def test_a_file_is_read_once_however_often_it_is_asked_for(project: Project) -> None:
    put_zip(project, a=CLIENTS, b=report("Lantern Books LLC"))
    one, two = project.read(), project.read()
    assert [a.export is b.export for a, b in zip(one.files, two.files)] == [True, True]


def test_reports_of_two_companies_are_asked_about(project: Project) -> None:
    put(project, a=CLIENTS, b=report("Lantern Books LLC"), c=report("Harbour Tea Inc."))
    with pytest.raises(AmbiguousFileError, match=r"Harbour Tea Inc\.: c\.csv") as caught:
        project.read()
    assert "[inbox] company" in str(caught.value)


def test_the_company_that_the_settings_name_counts_and_the_other_is_listed(
    project: Project,
) -> None:
    put(project, a=CLIENTS, b=report("Lantern Books LLC"), c=report("Harbour Tea Inc."))
    toml = project.folder / "custclean.toml"
    toml.write_text(toml.read_text() + '\n[inbox]\ncompany = "lantern books L.L.C."\n')
    inbox = project.read()
    assert [file.name for file in inbox.files] == ["a.csv", "b.csv"]
    assert [file.name for file in inbox.left_out] == ["c.csv"]
    project.run()
    manifest = json.loads((project.folder / "out" / "manifest.json").read_text())
    assert [each["part"] for each in manifest["inputs"]] == [
        "download", "reference", "left_out",
    ]  # fmt: skip
    summary = (project.folder / "out" / "reports" / "summary.html").read_text()
    assert "c.csv is left out" in summary


def test_a_mapping_that_is_saved_meanwhile_is_used(project: Project) -> None:
    put(project, a=CLIENTS, b=ODD)
    with pytest.raises(UnknownFileError, match="map_columns"):
        project.read()
    toml = project.folder / "custclean.toml"
    save_mapping(toml, ["Hvem", "Hvor"], "vendors", {"Hvem": "display_name"})
    assert project.read().references["vendors"].export.system == "generic"
    save_mapping(toml, ["Hvem", "Hvor"], "employees", {"Hvem": "display_name"})
    assert list(project.read().references) == ["employees"]
