"""Settings: defaults, types, and an unknown key with its line."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.errors import SchemaError, SettingsError
from custclean.settings import SCHEMA, Settings, template
from custclean.stages.merge import RULES, SURVIVOR_RULES
from custclean.words import language

if TYPE_CHECKING:
    from pathlib import Path


def load(tmp_path: Path, text: str) -> Settings:
    path = tmp_path / "custclean.toml"
    path.write_text(text, encoding="utf-8")
    return Settings.load(path)


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path, "") == Settings()


def test_the_filled_template_says_what_was_asked(tmp_path: Path) -> None:
    text = template(region="DK", own_domains=["a.example", "b.example"], pattern="C{:04d}")
    settings = load(tmp_path, text)
    assert settings.region == "DK"
    assert settings.screen.own_domains == ("a.example", "b.example")
    assert (settings.number.pattern, settings.number.start) == ("C{:04d}", 1)


def test_the_filled_template_without_values_is_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path, template()) == Settings()


# no lone surrogates: they cannot be written as UTF-8
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_written_into_the_template_as_it_is(value: str) -> None:
    found = tomllib.loads(template(own_domains=[value], pattern=value))
    assert found["screen"]["own_domains"] == [value]
    assert found["number"]["pattern"] == value


@pytest.mark.parametrize("region", ['D"K', "XX", "Denmark", "", "dk"])
def test_no_template_is_made_for_a_region_that_is_none(region: str) -> None:
    with pytest.raises(SettingsError, match="names no country") as caught:
        template(region=region)
    assert caught.value.value == region


def test_the_template_names_the_rules_that_there_are() -> None:
    line = next(line for line in template().splitlines() if "[merge.rules]" in line)
    assert re.findall(r"\w+", line.split("]")[1]) == list(RULES)


def test_the_template_names_the_rules_for_who_survives() -> None:
    line = next(line for line in template().splitlines() if "[merge]" in line)
    assert re.findall(r"\w+", line.split(":")[1]) == list(SURVIVOR_RULES)
    survivor = next(line for line in template().splitlines() if "survivor =" in line)
    plain = survivor.removeprefix("# ").split("]")[0] + "]"
    assert tomllib.loads(plain) == {"survivor": list(Settings().merge.survivor)}


def test_what_the_template_comments_out_is_the_default(tmp_path: Path) -> None:
    lines = template().splitlines()
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


@pytest.mark.parametrize("region", ["XX", "Denmark", "", "dk", "UK"])
def test_a_region_that_is_no_country_is_an_error_with_its_line(
    tmp_path: Path, region: str
) -> None:
    with pytest.raises(SettingsError, match="names no country") as caught:
        load(tmp_path, f'schema = 1\nregion = "{region}"\n')
    assert (caught.value.line, caught.value.value) == (2, region)


def test_a_files_region_is_checked_like_the_projects(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="names no country") as caught:
        load(tmp_path, 'region = "DK"\n[files."a b.csv"]\nregion = "Atlantis"\n')
    assert caught.value.line == 3


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="newer"):
        load(tmp_path, f"schema = {SCHEMA + 1}")


def test_broken_toml_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"custclean\.toml"):
        load(tmp_path, "region = ")


def test_a_folder_without_settings_is_no_project(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no project here"):
        Settings.load(tmp_path / "custclean.toml")


def test_a_language_that_is_not_spoken_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"line 2.*language.*'nl'.*en, it, pt"):
        load(tmp_path, 'schema = 1\nlanguage = "nl"')


def test_a_project_made_in_a_language_speaks_it(tmp_path: Path) -> None:
    with language("da"):
        text = template()
    assert load(tmp_path, text).language == "da"
