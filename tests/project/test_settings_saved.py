"""One setting is changed in custclean.toml; the comments and all else stay as they stand."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.errors import SettingsError
from custclean.project.settings_saved import save_settings
from custclean.settings import Settings, template

if TYPE_CHECKING:
    from pathlib import Path

REGION, TARGET, CUT = ("region",), ("target",), ("link", "threshold")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "custclean.toml"
    made.write_text(template(region="US"), encoding="utf-8")
    return made


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_the_line_alone_is_changed_and_its_comment_stays_where_it_was(path: Path) -> None:
    before = lines(path)
    assert save_settings(path, {REGION: "DK"}).region == "DK"
    changed = [(a, b) for a, b in zip(before, lines(path), strict=True) if a != b]
    assert len(changed) == 1
    assert changed[0][1].index("#") == changed[0][0].index("#")


def test_the_default_that_is_commented_out_becomes_the_line(path: Path) -> None:
    before = lines(path)
    save_settings(path, {TARGET: "outlook"})
    assert len(lines(path)) == len(before)
    assert 'target = "outlook"' in path.read_text(encoding="utf-8")
    assert "# the system that gets the upload" in path.read_text(encoding="utf-8")


def test_a_table_that_is_not_there_is_put_at_the_end_and_taken_away_again(path: Path) -> None:
    assert save_settings(path, {CUT: 0.8}).link.threshold == 0.8
    assert lines(path)[-2:] == ["[link]", "threshold = 0.8"]
    assert save_settings(path, {CUT: 0.7}).link.threshold == 0.7
    assert save_settings(path, {CUT: None}).link.threshold is None
    assert lines(path)[-2:] == ["[link]", "# threshold = 0.7"]
    assert save_settings(path, {CUT: 0.6}).link.threshold == 0.6
    assert lines(path)[-2:] == ["[link]", "threshold = 0.6"]


def test_the_setting_of_another_table_is_left_alone(path: Path) -> None:
    path.write_text('[files."a.csv"]\nregion = "IT"\n', encoding="utf-8")
    found = save_settings(path, {REGION: "DK"})
    assert (found.region, found.files["a.csv"].region) == ("DK", "IT")
    assert lines(path)[0] == 'region = "DK"'


@pytest.mark.parametrize("text", ["link.threshold = 0.5\n", "link = { threshold = 0.5 }\n",
                                  'x = """\n[link]\n"""\n'])  # fmt: skip
def test_what_cannot_be_changed_alone_is_left_as_it_is(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError):
        save_settings(path, {CUT: 0.9})
    assert path.read_text(encoding="utf-8") == text


def test_a_value_that_cannot_be_is_refused_and_nothing_written(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(SettingsError, match="country"):
        save_settings(path, {REGION: "ATLANTIS"})
    assert path.read_bytes() == before


def test_line_ends_of_windows_and_a_byte_order_mark_stay(path: Path) -> None:
    path.write_bytes("\ufeffschema = 1\r\nregion = 'US'  # here\r\n".encode())
    save_settings(path, {REGION: "IT"})
    assert path.read_bytes() == '\ufeffschema = 1\r\nregion = "IT"  # here\r\n'.encode()


@given(value=st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_any_text_is_written_and_read_as_it_is(
    value: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = tmp_path_factory.mktemp("s") / "custclean.toml"
    made.write_text("# mine\nschema = 1\n\n[inbox]\n# company = 'x'  # whose\n", "utf-8")
    assert save_settings(made, {("inbox", "company"): value}).inbox.company == value
    text = made.read_text(encoding="utf-8")
    assert text.startswith("# mine\nschema = 1\n\n[inbox]\n")
    assert tomllib.loads(text)["inbox"]["company"] == value
    assert Settings.load(made).inbox.company == value
