"""`custclean read` and `systems`: one clear line on bad input, and nothing written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.served import custclean, refused

if TYPE_CHECKING:
    from pathlib import Path


def test_what_the_caller_knows_of_a_file_is_obeyed(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Number\tName\n1\tSøren\n".encode("cp850"))
    how = ("--encoding", "cp850", "--delimiter", "tab", "--header-row", "1")
    said = json.loads(custclean("read", path, *how, "--json").stdout)
    assert (said["encoding"], said["delimiter"], said["uncertain"]) == ("cp850", "\t", False)


def test_systems_lists_what_each_reads_and_writes() -> None:
    result = custclean("systems")
    assert "quickbooks-accountant" in result.stdout
    assert "Company ID" in result.stdout


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("noise.csv", bytes(range(256)) * 40),
        ("truncated.xlsx", b"PK\x03\x04" + b"\0" * 300),
        ("no_id.csv", b"Display name,Client number,Email\r\nAnn,1,a@example.com\r\n"),
        ("rounded.csv", b"Company ID,Display name,Client number\r\n9.13E+15,Ann,1\r\n"),
    ],
)
def test_a_bad_file_is_one_line_with_its_name(
    tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    before = sorted(tmp_path.iterdir())
    assert name in refused(custclean("read", path))
    assert sorted(tmp_path.iterdir()) == before


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    assert "absent.csv" in refused(custclean("read", tmp_path / "absent.csv"))
    (tmp_path / "folder.csv").mkdir()
    assert "folder.csv" in refused(custclean("read", tmp_path / "folder.csv"))


def test_a_web_address_is_said_as_it_was_typed() -> None:
    said = refused(custclean("read", "https://example.com/x.csv"))
    assert "download the file first: 'https://example.com/x.csv'" in said


def test_a_bad_file_for_machines_is_json_without_its_values(tmp_path: Path) -> None:
    path = tmp_path / "ids.csv"
    path.write_bytes(b"Company ID,Display name,Client number\r\n9.13E+15,Ann,1\r\n")
    result = custclean("read", path, "--json")
    assert result.returncode == 1
    fact = json.loads(result.stdout)
    assert fact["file"] == "ids.csv"
    assert fact["line"] == 2
    assert "9.13" not in result.stdout
