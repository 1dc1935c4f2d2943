"""Settings: defaults, types, and an unknown key with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from custclean.errors import SchemaError, SettingsError
from custclean.settings import SCHEMA, TEMPLATE, Settings

if TYPE_CHECKING:
    from pathlib import Path


def load(tmp_path: Path, text: str) -> Settings:
    path = tmp_path / "custclean.toml"
    path.write_text(text, encoding="utf-8")
    return Settings.load(path)


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path, "") == Settings()


def test_the_template_is_valid_and_says_what_was_asked(tmp_path: Path) -> None:
    text = TEMPLATE.format(
        schema=SCHEMA, region="DK", own_domains='"a.example"', pattern="C{:04d}", start=10
    )
    settings = load(tmp_path, text)
    assert settings.region == "DK"
    assert settings.screen.own_domains == ("a.example",)
    assert (settings.number.pattern, settings.number.start) == ("C{:04d}", 10)


def test_what_the_template_comments_out_is_the_default(tmp_path: Path) -> None:
    lines = TEMPLATE.format(
        schema=SCHEMA, region="US", own_domains="", pattern="{:05d}", start=1
    ).splitlines()
    plain = [line.removeprefix("# ") for line in lines if line.startswith("# [upload]")
             or "wait_for_work" in line or "max_" in line]  # fmt: skip
    assert load(tmp_path, "\n".join(plain)) == Settings()


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("regoin = 'DK'", 1, "regoin"),
        ("schema = 1\n\n[number]\npatern = 'x'\n", 4, "number.patern"),
        ("[nombers]\nstart = 1\n", 1, "nombers"),
        ('[files."a b.csv"]\nsistem = "x"\n', 2, "files.a b.csv.sistem"),
    ],
)
def test_an_unknown_key_is_an_error_with_its_line(
    tmp_path: Path, text: str, line: int, key: str
) -> None:
    with pytest.raises(SettingsError, match=key) as caught:
        load(tmp_path, text)
    assert caught.value.line == line
    assert caught.value.file == "custclean.toml"


@pytest.mark.parametrize(
    "text",
    ["region = 1", "[number]\nstart = '1'", "[screen]\nown_domains = 'a'",
     "[upload]\nwait_for_work = 1", "[merge]\nrules = 3", "screen = 1"],
)  # fmt: skip
def test_a_value_of_the_wrong_type_is_an_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match="wrong type"):
        load(tmp_path, text)


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="newer"):
        load(tmp_path, f"schema = {SCHEMA + 1}")


def test_broken_toml_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"custclean\.toml"):
        load(tmp_path, "region = ")


def test_a_folder_without_settings_is_no_project(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no project here"):
        Settings.load(tmp_path / "custclean.toml")
