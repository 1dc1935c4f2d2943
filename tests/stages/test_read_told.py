"""What a person said once is used: spellings of headings, mappings, what a file is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from custclean.errors import InputError, SettingsError, UnknownFileError
from custclean.settings import Settings
from custclean.stages.read import read
from custclean.tables.writing import csv_bytes

if TYPE_CHECKING:
    from pathlib import Path

HEADER = ["Kom. nafn", "Tölvupóstur", "Ath."]
ROW = ["Ann Example", "ann@x.example", "pays late"]
MAPPING = """
[[mappings]]
headings = ["Kom. nafn", "Tölvupóstur"]
kind = "vendors"
[mappings.columns]
"Kom. nafn" = "display_name"
"Tölvupóstur" = "email"
"""


def told(folder: Path, text: str) -> Path:
    path = folder / "custclean.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def list_(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "list.csv"
    path.parent.mkdir()
    path.write_bytes(csv_bytes(HEADER, [ROW]))
    return path


def test_a_saved_mapping_reads_a_file_that_nobody_knows(list_: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownFileError):
        read(list_)
    export = read(list_, settings=told(tmp_path, MAPPING))
    assert (export.system, export.kind) == ("generic", "vendors")
    assert export.table.select("display_name", "email").row(0) == tuple(ROW[:2])
    assert export.extra["Ath."][0] == "pays late"


def test_settings_that_are_not_there_are_said_to_be(list_: Path, tmp_path: Path) -> None:
    for wrong in (tmp_path / "nope.toml", tmp_path):
        with pytest.raises(SettingsError, match=f"^{wrong.name}: there is no such file"):
            read(list_, settings=wrong)


def test_order_and_further_columns_do_not_matter_to_a_mapping(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(csv_bytes(["more", *reversed(HEADER)], [["x", *reversed(ROW)]]))
    export = read(path, settings=told(tmp_path, MAPPING))
    assert export.table["email"].to_list() == ["ann@x.example"]


def test_a_mapping_is_not_for_a_file_that_lacks_one_of_its_headings(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(csv_bytes(["Kom. nafn", "Other"], [["Ann", "x"]]))
    with pytest.raises(UnknownFileError):
        read(path, settings=told(tmp_path, MAPPING))


def test_of_several_mappings_the_one_with_most_headings_is_taken(
    list_: Path, tmp_path: Path
) -> None:
    narrow = MAPPING.replace('headings = ["Kom. nafn", ', "headings = [").replace(
        "vendors", "employees"
    )
    assert read(list_, settings=told(tmp_path, narrow + MAPPING)).kind == "vendors"


def test_the_settings_of_the_project_hold_for_its_inbox(tmp_path: Path) -> None:
    told(tmp_path, MAPPING)
    path = tmp_path / "inbox" / "list.csv"
    path.parent.mkdir()
    path.write_bytes(csv_bytes(HEADER, [ROW]))
    assert read(path).kind == "vendors"


def test_a_spelling_of_ones_own_is_known(tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    header = ["First Name", "Last Name", "Carta elettronica", "Company", "Job Title",
              "Home Phone", "Mobile Phone"]  # fmt: skip
    path.write_bytes(csv_bytes(header, [["Ann", "Example", "a@x.example", "", "", "", ""]]))
    text = """[systems.outlook.headings]\nemail = ["Carta elettronica"]\n"""
    export = read(path, system="outlook", kind="contacts", settings=told(tmp_path, text))
    assert export.table["email"].to_list() == ["a@x.example"]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('region = "DK"\n[systems.outlok.headings]\nemail = ["x"]\n', 2, "no such system"),
        ('[systems.outlook.headings]\n\nmale = ["x"]\n', 3, "no such field"),
        ('[[mappings]]\nheadings = ["a"]\ncolums = 1\n', 3, "unknown setting mappings.col"),
    ],
)
def test_a_name_that_nobody_knows_is_an_error_with_its_line(
    list_: Path, tmp_path: Path, text: str, line: int, says: str
) -> None:
    with pytest.raises(SettingsError, match=says) as caught:
        read(list_, settings=told(tmp_path, text))
    assert (caught.value.file, caught.value.line) == ("custclean.toml", line)


def test_what_the_call_says_comes_before_the_settings(list_: Path) -> None:
    settings = Settings()
    columns = {"Kom. nafn": "company", "tölvupóstur ": "email"}
    export = read(list_, columns=columns, settings=settings)
    assert (export.kind, export.report.headings["company"]) == ("customers", "Kom. nafn")


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"Nafn": "email"}, "no column Nafn"),
        ({"Ath.": "remarks"}, "no such field"),
        ({"Ath.": "city", "Kom. nafn": "city"}, "one field"),
    ],
)
def test_columns_that_cannot_be_are_refused(
    list_: Path, columns: dict[str, str], says: str
) -> None:
    with pytest.raises(InputError, match=says):
        read(list_, columns=columns)


def test_several_columns_of_emails_are_joined_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(csv_bytes(["n", "a", "b"], [["Ann", "a@x.example", "b@x.example"]]))
    export = read(path, columns={"n": "display_name", "a": "email", "b": "email"})
    assert export.table["email"].to_list() == ["a@x.example; b@x.example"]


def test_a_kind_that_no_list_has_is_refused(list_: Path) -> None:
    with pytest.raises(InputError, match="no such kind"):
        read(list_, columns={"Ath.": "subject"}, kind="activities")
