"""A mapping is put into custclean.toml; what a person wrote there stays, comments and all."""

from __future__ import annotations

import tempfile
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.errors import InputError, SettingsError, UnknownFileError
from custclean.settings import Settings, template
from custclean.stages.mapping_saved import save_mapping
from custclean.stages.read import read
from custclean.tables.writing import csv_bytes

COLUMNS = {"Nome": "display_name", "Posta": "email"}
BEFORE = """# mine
region = "IT"   # where we are

[screen] # ours
own_domains = []
"""
AFTER = """
# about files
[files."a.csv"]
kind = "ignore"
"""


@pytest.fixture
def toml(tmp_path: Path) -> Path:
    path = tmp_path / "custclean.toml"
    path.write_text(BEFORE, encoding="utf-8")
    return path


def test_a_mapping_is_added_at_the_end(toml: Path) -> None:
    save_mapping(toml, ["Nome", "Posta", "Altro"], "vendors", COLUMNS)
    text = toml.read_text(encoding="utf-8")
    assert text.startswith(BEFORE)
    (saved,) = Settings.load(toml).mappings
    assert (saved.headings, saved.kind) == (("Nome", "Posta", "Altro"), "vendors")
    assert saved.columns == COLUMNS


def test_a_mapping_of_the_same_headings_is_replaced_where_it_stands(toml: Path) -> None:
    save_mapping(toml, ["Nome", "Posta"], "vendors", COLUMNS)
    first = toml.read_text(encoding="utf-8")
    toml.write_text(first.replace("kind", "# from Rome\nkind") + AFTER, encoding="utf-8")
    save_mapping(toml, ["posta", "NOME"], "customers", {"Nome": "company"})
    text = toml.read_text(encoding="utf-8")
    assert text.startswith(BEFORE)
    assert text.endswith(AFTER)
    assert "# from Rome" in text
    (saved,) = Settings.load(toml).mappings
    assert (saved.kind, saved.columns) == ("customers", {"Nome": "company"})


def test_a_mapping_of_other_headings_is_another_block(toml: Path) -> None:
    save_mapping(toml, ["Nome"], "vendors", {"Nome": "company"})
    save_mapping(toml, ["Posta"], "vendors", {"Posta": "email"})
    assert [each.headings for each in Settings.load(toml).mappings] == [("Nome",), ("Posta",)]


def test_settings_that_are_not_there_are_made(tmp_path: Path) -> None:
    path = save_mapping(tmp_path / "new.toml", ["Nome"], "vendors", {"Nome": "company"})
    assert Settings.load(path).mappings[0].columns == {"Nome": "company"}


def test_a_new_projects_settings_take_a_mapping(tmp_path: Path) -> None:
    path = tmp_path / "custclean.toml"
    path.write_text(template(region="DK"), encoding="utf-8")
    save_mapping(path, ["Nome"], "vendors", {"Nome": "company"})
    assert path.read_text(encoding="utf-8").startswith(template(region="DK"))


def test_what_is_saved_reads_the_file_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(csv_bytes(["Nome", "Posta"], [["Ann", "a@x.example"]]))
    save_mapping(tmp_path / "custclean.toml", ["Nome", "Posta"], "vendors", COLUMNS)
    assert read(path).table["email"].to_list() == ["a@x.example"]


def test_a_mapping_of_no_headings_is_for_lists_of_as_many_columns_that_could_be_it(
    tmp_path: Path,
) -> None:
    columns = {"column 1": "customer_number", "column 2": "display_name", "column 3": "email"}
    save_mapping(tmp_path / "custclean.toml", ["", "", ""], "customers", columns)
    same = tmp_path / "same.csv"
    same.write_text("7|Ann Example|ann@example.com\n8|Bob Example|bob@example.com\n")
    assert read(same).table["display_name"].to_list() == ["Ann Example", "Bob Example"]
    for text in ("Ann|ann@example.com|7\nBo|bo@example.com|8", "ann@example.com|Ann", "a|b"):
        other = tmp_path / "other.csv"
        other.write_text(text)
        with pytest.raises(UnknownFileError):
            read(other, header_row=0)


def test_a_list_without_headings_is_replaced_by_one_of_as_many_columns(toml: Path) -> None:
    for many in (3, 3, 2):
        save_mapping(toml, [""] * many, "customers", {"column 1": "email"})
    assert [len(each.headings) for each in Settings.load(toml).mappings] == [3, 2]


@pytest.mark.parametrize(
    "text",
    [
        "mappings = []\n",
        "broken =\n",
        'x = """\n[[mappings]]\nheadings = ["Nome"]\n[x]\n"""\n',
    ],
)
def test_settings_that_cannot_be_edited_safely_are_left(tmp_path: Path, text: str) -> None:
    path = tmp_path / "custclean.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError):
        save_mapping(path, ["Nome"], "vendors", {"Nome": "company"})
    assert path.read_text(encoding="utf-8") == text


def test_settings_that_cannot_be_written_are_an_error_of_ours(
    toml: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("custclean.stages.mapping_saved.write_atomic", refuse)
    with pytest.raises(SettingsError, match="cannot be written: Permission denied"):
        save_mapping(toml, ["Nome"], "vendors", COLUMNS)


def test_a_kind_that_no_list_has_is_not_saved(toml: Path) -> None:
    with pytest.raises(InputError):
        save_mapping(toml, ["Nome"], "nobodies", COLUMNS)
    assert toml.read_text(encoding="utf-8") == BEFORE


@settings(deadline=None, max_examples=80)
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip),
             min_size=1, max_size=4, unique=True)
)  # fmt: skip
def test_any_heading_is_kept_as_it_is(headings: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "custclean.toml"
        columns = dict.fromkeys(headings, "email")
        for _ in range(2):
            save_mapping(path, headings, "customers", columns)
        (saved,) = tomllib.loads(path.read_text(encoding="utf-8"))["mappings"]
        assert (saved["headings"], saved["columns"]) == (headings, columns)
