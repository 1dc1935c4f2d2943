"""The second opinion: it accepts what the reader accepts, and finds what does not add up."""

from __future__ import annotations

import hashlib
import io
import json
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from custclean.project import Project, out
from custclean.project.recount import recount

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

A, B, C = "9130000000000017", "9130000000000025", "9130000000000033"
HEADINGS = "Company ID,Display name,Client number,Email,Subscription"
ANN, BO = f"{A},Ann Example,,a@example.com,", f"{B},Bo Example,,b@example.com,"
CY = f"{C},Cy Example,,c@example.com,"
SWALLOWED = f'{C},"Cy' + "\r\n1,Di,,d@example.com," * 600 + '",,c@example.com,'
RAGGED = f"{C},Cy,Example,,c@example.com,,x,y"


def text_of(*rows: str, end: str = "\r\n") -> str:
    return "".join(row + end for row in (HEADINGS, *rows))


def made(folder: Path, data: str | bytes, name: str = "list.csv") -> Project:
    project = Project.init(folder / "project", region="DK", who="tester")
    given = data.encode() if isinstance(data, str) else data
    (project.folder / "inbox" / name).write_bytes(given)
    return project


def manifest_of(project: Project) -> dict[str, Any]:
    path = project.folder / "out" / "manifest.json"
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return manifest


def rewrite_manifest(project: Project, manifest: dict[str, Any]) -> None:
    path = project.folder / "out" / "manifest.json"
    path.write_text(json.dumps(manifest), encoding="utf-8")


def forge(project: Project, name: str, change: Callable[[str], str]) -> None:
    """Change a report and its hash in the manifest: only counting can find it."""
    path = project.folder / "out" / name
    before = path.read_bytes().decode("utf-8")
    after = change(before)
    assert after != before
    path.write_bytes(after.encode())
    manifest = manifest_of(project)
    for entry in manifest["outputs"]:
        if entry["file"] == name:
            entry["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    rewrite_manifest(project, manifest)


def without_line(text: str, part: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if part not in line)


REJECTED = {
    "a cell that swallowed rows": text_of(ANN, BO, SWALLOWED),
    "a cell that swallowed rows in the middle": text_of(ANN, SWALLOWED, BO),
    "a ragged row": text_of(ANN, RAGGED, BO),
    "a ragged row of several lines": text_of(ANN, f'{C},"Cy\r\nExample",,c,,x,y', BO),
    "a ragged row and a stray quote": text_of(ANN, RAGGED, f'{B},"Bo "X" Example,,b@x.com,'),
}


@pytest.mark.parametrize("text", REJECTED.values(), ids=REJECTED.keys())
def test_a_rejected_row_is_in_its_list_and_does_not_stop_the_run(
    text: str, tmp_path: Path
) -> None:
    with made(tmp_path, text) as project:
        run = project.run()
        assert recount(project.folder) == ()
    assert run.balance.counts["rejected"] == 1
    assert run.balance.rows == 3
    errors = (project.folder / "out" / "reports" / "errors.csv").read_text(
        encoding="utf-8-sig"
    )
    assert C in errors


ACCEPTED: dict[str, str | bytes] = {
    "UTF-16": text_of(ANN, BO).encode("utf-16"),
    "UTF-16 with the high byte first": b"\xfe\xff" + text_of(ANN, BO).encode("utf-16-be"),
    "Windows-1252": text_of(f"{A},José Example,,a@x.com,", BO).encode("cp1252"),
    "a mark before UTF-8": text_of(ANN, BO).encode("utf-8-sig"),
    "U+2028 in a name": text_of(f"{A},Ann\u2028Example,,a@example.com,", BO),
    "a vertical tab in a name": text_of(f"{A},Ann\x0bExample,,a@example.com,", BO),
    "a name of 10,001 letters": text_of(ANN, f"{B}," + "x" * 10_001 + ",,,"),
    "a name of 200,000 letters": text_of(f"{A}," + "x" * 200_000 + ",,,", BO),
    "a line break in a name": text_of(f'{A},"Ann\r\nExample",,a@example.com,', BO),
    "a title above the headings": "Client list\r\n\r\n" + text_of(ANN, BO),
    "a title of two cells above": "Client list,2026\r\n" + text_of(ANN, BO),
    "blank lines": text_of(ANN, "", " , , , , ", "\u200b,,,,", BO),
    "a total below": text_of(ANN, BO, "Total,2"),
    "a time stamp below": text_of(ANN, BO, "Thursday 16 July 2026 10:39 PM"),
    "headings said twice": text_of(ANN, HEADINGS, BO),
    "semicolons": text_of(ANN, BO).replace(",", ";"),
    "tabs": text_of(ANN, BO).replace(",", "\t"),
    "semicolons in a heading": text_of(ANN, BO).replace("Email", '"Email; or; so; on; more"'),
    "old line ends": text_of(ANN, BO, end="\r"),
    "missing cells": text_of(f"{A},Ann Example", B),
    "an empty cell too many in every row": text_of(ANN + ",", f'{B},"Bo\r\nX",,b@x.com,,'),
    "stray quotes": text_of(f'{A},Ann "Ex"ample,,a@x.com,', f'{B},"Bo "X" Example,,b@x.com,'),
    "a quote that is never closed": text_of(f'{A},"Ann Example,,a@example.com,', BO),
    "a stray quote in an id": text_of(f'"{A}"7,Ann Example,,a@example.com,', BO),
    "blanks around an id": text_of(f" {A} ,Ann Example,,a@example.com,", BO),
    "apostrophes": text_of(f"{A},'t Hof,'007,a@example.com,", f"{B},=Bo,,b@example.com,"),
    "no ids": text_of(",Ann Example,,a@example.com,", ",Bo Example,,b@example.com,"),
    "Portuguese headings": text_of(ANN, BO)
    .replace("Company ID", "ID da empresa")
    .replace("Display name", "Nome de exibição"),
}


@pytest.mark.parametrize("data", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_what_the_reader_accepts_adds_up(data: str | bytes, tmp_path: Path) -> None:
    with made(tmp_path, data) as project:
        run = project.run()
        assert run.balance.rows == 2
        assert project.upload(now=True).balance.rows == 2
        assert recount(project.folder) == ()


def test_a_workbook_is_said_not_to_be_recounted(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("list")
    for row in (HEADINGS, ANN, BO):
        sheet.append(row.split(","))
    held = io.BytesIO()
    book.save(held)
    with made(tmp_path, held.getvalue(), "list.xlsx") as project:
        project.run()
        assert [file["recounted"] for file in manifest_of(project)["inputs"]] == [False]
        forge(project, "reports/clients.csv", lambda text: without_line(text, A))
        assert any("rows" in problem for problem in recount(project.folder))


def test_the_manifest_says_how_each_input_was_read(tmp_path: Path) -> None:
    text = "Client list\r\n" + text_of(ANN, BO, "Total,2")
    with made(tmp_path, text.replace(",", ";").encode("utf-16")) as project:
        project.run()
        file = manifest_of(project)["inputs"][0]
    assert file["encoding"] == "utf-16-le"
    assert file["delimiter"] == ";"
    assert file["header_row"] == 2
    assert file["id_heading"] == "Company ID"
    assert file["notes"] == [1, 5]
    assert file["recounted"] is True


FORGED: dict[str, tuple[str, Callable[[str], str]]] = {
    "a client dropped": ("reports/clients.csv", lambda text: without_line(text, A)),
    "an id changed": ("reports/clients.csv", lambda text: text.replace(A, C)),
    "an id doubled": ("reports/clients.csv", lambda text: text.replace(B, A)),
    "a fate changed": (
        "reports/clients.csv",
        lambda text: text.replace("left_out", "unchanged"),
    ),
    "a rejected line dropped": ("reports/errors.csv", lambda text: without_line(text, C)),
    "another line rejected": (
        "reports/errors.csv",
        lambda text: text.replace('"list.csv","4"', '"list.csv","3"'),
    ),
    "a line rejected that is not there": (
        "reports/errors.csv",
        lambda text: text.replace('"list.csv","4"', '"list.csv","9"'),
    ),
    "columns missing": ("reports/clients.csv", lambda text: text.replace('"company_id",', "")),
    "nothing left": ("reports/clients.csv", lambda _: ""),
}


@pytest.mark.parametrize(("name", "change"), FORGED.values(), ids=FORGED.keys())
def test_a_forged_report_is_found_though_its_hash_is_right(
    name: str, change: Callable[[str], str], tmp_path: Path
) -> None:
    with made(tmp_path, text_of(ANN, BO, RAGGED)) as project:
        project.run()
        assert recount(project.folder) == ()
        forge(project, name, change)
        found = recount(project.folder)
    assert found
    assert not any(part in problem for problem in found for part in (A, B, C, "Example"))


@pytest.mark.parametrize("change", [
    lambda text: without_line(text, A), lambda text: text.replace(A, C),
])  # fmt: skip
def test_beside_a_stray_quote_the_plain_lines_are_still_counted(
    change: Callable[[str], str], tmp_path: Path
) -> None:
    with made(tmp_path, text_of(ANN, f'{B},"Bo "X" Example,,b@x.com,')) as project:
        project.run()
        forge(project, "reports/clients.csv", change)
        found = recount(project.folder)
    assert found
    assert not any(part in problem for problem in found for part in (A, B, C))


def test_a_client_taken_for_a_note_is_found(tmp_path: Path) -> None:
    with made(tmp_path, text_of(ANN, BO, CY)) as project:
        project.run()
        forge(project, "reports/clients.csv", lambda text: without_line(text, C))
        manifest = manifest_of(project)
        manifest["inputs"][0] |= {"notes": [4], "rows": 2}
        manifest["balance"]["left_out"] -= 1
        rewrite_manifest(project, manifest)
        found = recount(project.folder)
    assert found == ("line 4 of list.csv was not read as a row, but has a company id",)


def test_a_client_said_to_be_uploaded_that_was_not_is_found_without_its_id(
    tmp_path: Path,
) -> None:
    with made(tmp_path, text_of(ANN, BO)) as project:
        project.upload(now=True)
        name = next(
            entry["file"]
            for entry in manifest_of(project)["outputs"]
            if entry["file"].startswith("upload/") and entry["file"].endswith(".csv")
        )
        forge(project, name, lambda text: without_line(text, A))
        found = recount(project.folder)
    assert found == ("1 client is said to be uploaded, but stands in no upload file",)


@pytest.mark.parametrize(
    "name", ["manifest.json", "reports/clients.csv", "reports/errors.csv"]
)
def test_a_file_that_is_gone_is_a_finding(name: str, tmp_path: Path) -> None:
    with made(tmp_path, text_of(ANN)) as project:
        project.run()
        (project.folder / "out" / name).unlink()
        assert recount(project.folder)


def test_an_input_that_is_gone_is_a_finding(tmp_path: Path) -> None:
    with made(tmp_path, text_of(ANN)) as project:
        project.run()
        (project.folder / "inbox" / "list.csv").unlink()
        assert recount(project.folder)


@pytest.mark.parametrize("said", [
    {"encoding": "utf-16"}, {"encoding": "none"}, {"delimiter": ";"}, {"header_row": 7},
    {"id_heading": "ID"},
])  # fmt: skip
def test_a_manifest_that_is_wrong_about_an_input_is_a_finding(
    said: dict[str, object], tmp_path: Path
) -> None:
    with made(tmp_path, text_of(ANN)) as project:
        project.run()
        manifest = manifest_of(project)
        manifest["inputs"][0] |= said
        rewrite_manifest(project, manifest)
        assert recount(project.folder)


def test_a_run_that_breaks_off_leaves_no_manifest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with made(tmp_path, text_of(ANN)) as project:
        project.run()

        def full(*_: object) -> bytes:
            msg = "no space left"
            raise OSError(msg)

        monkeypatch.setattr(out, "errors_xlsx", full)
        with pytest.raises(OSError, match="no space left"):
            project.run()
        assert not (project.folder / "out" / "manifest.json").exists()
