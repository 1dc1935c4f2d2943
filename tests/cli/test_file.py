"""What `custclean read` says of one file."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from custclean.stages.read import read
from custclean.tables.writing import xlsx_bytes
from tests.served import custclean

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_read_says_what_a_file_is(samples: Path) -> None:
    result = custclean("read", samples / "small" / "vendor_contact_list.csv", "--json")
    facts = json.loads(result.stdout)
    assert (facts["system"], facts["kind"]) == ("quickbooks-online", "vendors")
    assert facts["encoding"] == "cp1252"


def test_read_shows_rows_and_columns_and_what_became_of_each_line(samples: Path) -> None:
    said = custclean("read", samples / "small" / "vendor_contact_list.csv").stdout
    assert "QuickBooks Online, vendors, 10 rows" in said
    assert "delimiter ';', headings in line 4" in said
    assert "line 1: Fjordside Accounting ApS" in said
    assert "nothing is lost" in said
    assert "Boulangerie Mistral EURL" in said
    assert re.search(r"Phone numbers +phone \(Phone\)", said)
    assert re.search("Track 1099 +kept beside", said)


def test_what_a_terminal_is_told_names_its_own_options(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    known = (("Company ID", "Display name", "Client number"), [["1", "Ann", "7"]])
    path.write_bytes(xlsx_bytes({"New": known, "Old": (("Number", "Who"), [["1", "x"]])}))
    said = custclean("--language", "da", "read", path).stdout
    assert "Old (ukendt): --part" in said
    assert "part=" not in said


def test_a_column_without_room_is_named_and_no_word_of_a_heading_is_broken(
    samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    said = custclean("read", samples / "small" / "client_list.csv").stdout
    assert max(map(len, said.splitlines())) <= 60
    shown = re.search(r"\nFirst rows\n(.*)", said)
    hidden = re.search(r"\nno room for: ([a-z_, \n]*)\n\n", said)
    assert shown
    assert hidden
    names = {*shown[1].split(), *re.split(r"[,\s]+", hidden[1])}
    export = read(samples / "small" / "client_list.csv")
    assert names == {"source_row", *export.report.headings, "given_name", "family_name"}
    assert "\nand 55 more\n" in said


def test_only_of_a_text_is_said_that_no_letter_is_lost(samples: Path) -> None:
    said = custclean("read", samples / "vcard" / "outlook_21.vcf").stdout
    assert "no record is lost: each is in rows, notes or rejects" in said
    assert "all of the file" not in said


def test_a_colon_is_written_as_the_language_does(samples: Path) -> None:
    path = samples / "small" / "vendor_contact_list.csv"
    said = custclean("--language", "fr", "read", path).stdout
    assert re.search(r"ligne 1\s: Fjordside", said)


def test_a_row_that_is_rejected_is_shown_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Number,Name\n1,Ann\n2,Bo,Example\n3,Cy\n", encoding="utf-8")
    said = custclean("read", path).stdout
    assert ", 2 of 3 rows\n" in said
    assert "line 3: 1 cell too many: 2,Bo,Example\n" in said


def test_read_for_machines_holds_no_value(samples: Path) -> None:
    said = custclean("read", samples / "small" / "vendor_contact_list.csv", "--json").stdout
    assert json.loads(said)["fields"]["phone"] == "Phone numbers"
    assert "Boulangerie" not in said
    assert "Fjordside" not in said


def test_no_value_steers_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes('Number,Name\n1,"A\x1b[31m\u202eb"\n'.encode())
    said = custclean("read", path).stdout
    assert "A·[31m·b" in said
    assert "\x1b" not in said
