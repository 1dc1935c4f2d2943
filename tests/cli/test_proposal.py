"""What `custclean read` proposes for a table that nobody knows."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.served import custclean, refused

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    path = tmp_path / "odd.csv"
    path.write_bytes(b"Nombre;Mael;x\nAnn;a@x.example;1\nBob;b@x.example;2\n")
    return path


def test_a_table_that_nobody_knows_gets_a_proposal(odd: Path) -> None:
    result = custclean("read", odd)
    assert "no system knows this file" in refused(result)
    assert "system=" not in result.stderr
    assert re.search(r"Mael +email \(E-mail\) +100 % look like e-mail", result.stdout)
    how = f"custclean read {odd} --accept {odd.parent / 'custclean.toml'}"
    assert how in " ".join(result.stdout.split())  # long paths wrap


def test_a_file_in_which_nothing_looks_like_a_list_gets_no_proposal(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Ann,\nthank you.\n", encoding="utf-8")
    result = custclean("read", path, "--accept", tmp_path / "custclean.toml")
    assert "no system knows this file" in refused(result)
    assert result.stdout == ""
    assert not (tmp_path / "custclean.toml").exists()


def test_a_proposal_that_is_accepted_reads_the_file_from_then_on(
    odd: Path, tmp_path: Path
) -> None:
    toml = tmp_path / "custclean.toml"
    result = custclean("read", odd, "--accept", toml)
    assert result.returncode == 0
    saved = f"Saved in {toml}: files with these headings are read so."
    assert saved in " ".join(result.stdout.split())
    assert "--settings" not in result.stdout
    said = json.loads(custclean("read", odd, "--json").stdout)
    assert (said["system"], said["rows"]) == ("generic", 2)
    assert said["beside"] == ["x"]
    again = custclean("read", odd, "--accept", toml)
    assert "It is known already: nothing was saved." in again.stdout


def test_what_is_accepted_elsewhere_is_used_where_it_is_named(odd: Path) -> None:
    (odd.parent / "other").mkdir()
    toml = odd.parent / "other" / "mine.toml"
    said = custclean("read", odd, "--accept", toml).stdout
    assert f"--settings {toml}" in " ".join(said.split())
    assert custclean("read", odd, "--settings", toml).returncode == 0


def test_a_proposal_is_saved_in_no_folder_that_is_not_there(odd: Path) -> None:
    result = custclean("read", odd, "--accept", odd.parent / "nowhere" / "custclean.toml")
    assert "there is no such folder" in refused(result)
    assert not (odd.parent / "nowhere").exists()
