"""Several files at once: each table is an export, and what is none is listed with why."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from custclean.errors import AmbiguousFileError, InputError
from custclean.model import fields_of
from custclean.stages.read_company import company_key, company_of
from custclean.stages.read_many import Exports, read_each, read_many
from custclean.tables.writing import csv_bytes
from custclean.words import language

if TYPE_CHECKING:
    from pathlib import Path

VENDORS = ["Vendor", "Company", "Phone numbers", "Email", "Full name", "Billing address"]
CLIENTS = ["Display name", "Company ID", "Client number"]


def report(company: str, name: str = "Cloud Inc") -> bytes:
    rows = [[company], ["Vendor Contact List"], [], VENDORS, [name, "", "", "", "", ""]]
    wide = [[*row, *[""] * (6 - len(row))] for row in rows]
    return csv_bytes(wide[0], wide[1:])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "clients.csv").write_bytes(csv_bytes(CLIENTS, [["Ann", "1", "7"]]))
    (tmp_path / "vendors.csv").write_bytes(report("Lantern Books LLC"))
    (tmp_path / "odd.csv").write_bytes(b"x,y\r\n1,2\r\n")
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / ".hidden").write_bytes(b"x")
    return tmp_path


def kinds(found: Exports) -> list[tuple[str, str]]:
    return [(each.report.file, each.kind) for each in found]


def test_each_file_of_a_folder_is_read_or_refused(folder: Path) -> None:
    found = read_many(folder)
    assert kinds(found) == [("clients.csv", "customers"), ("vendors.csv", "vendors")]
    assert [(each.file, each.state) for each in found.refused] == [
        ("empty.csv", "unreadable"),
        ("odd.csv", "unknown"),
    ]
    assert repr(found) == "Exports(2 tables, 2 rows, 2 refused)"


def test_a_pattern_and_a_list_are_read_too(folder: Path) -> None:
    assert kinds(read_many(str(folder / "v*.csv"))) == [("vendors.csv", "vendors")]
    both = read_many([folder / "vendors.csv", folder / "clients.csv"])
    assert kinds(both) == [("vendors.csv", "vendors"), ("clients.csv", "customers")]


def test_a_pattern_that_nothing_has_is_refused(folder: Path) -> None:
    with pytest.raises(InputError, match="no file is called so"):
        read_many(str(folder / "*.xlsx"))


def test_a_file_that_is_not_there_is_listed(folder: Path) -> None:
    (refused,) = read_many([folder / "absent.csv"]).refused
    assert (refused.file, refused.state) == ("absent.csv", "unreadable")


def test_a_file_that_is_named_beside_its_folder_is_read_once(folder: Path) -> None:
    assert len(read_each([folder / "clients.csv", str(folder)]).of("customers")) == 1


def test_a_folder_in_the_folder_is_named(folder: Path) -> None:
    (folder / "more").mkdir()
    assert [each.file for each in read_many(folder).refused] == [
        "empty.csv",
        "more",
        "odd.csv",
    ]


def test_each_member_of_an_archive_is_an_export_or_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("a.csv", csv_bytes(CLIENTS, [["Ann", "1", "7"]]))
        archive.writestr("b.csv", report("Lantern Books LLC"))
        archive.writestr("c.csv", b"x,y\n1,2\n")
    found = read_many(tmp_path)
    assert [(each.kind, each.report.part) for each in found] == [
        ("customers", "a.csv"),
        ("vendors", "b.csv"),
    ]
    assert [each.name for each in found.refused] == ["all.zip/c.csv"]


def test_records_of_a_kind_are_one_table_with_file_and_line(folder: Path) -> None:
    (folder / "more.csv").write_bytes(report("Lantern Books LLC", "Paper Ltd"))
    found = read_many(folder)
    rows = found.table("vendors").select("display_name", "source_file", "source_row").rows()
    assert rows == [("Paper Ltd", "more.csv", "5"), ("Cloud Inc", "vendors.csv", "5")]
    assert found.table("items").columns == list(fields_of("items"))
    assert len(found.extra("vendors")) == 2


def test_reports_of_two_companies_are_asked_about(folder: Path) -> None:
    (folder / "other.csv").write_bytes(report("Harbour Tea Inc."))
    with pytest.raises(AmbiguousFileError, match=r"Lantern Books LLC: vendors\.csv"):
        read_many(folder)
    found = read_many(folder, company="lantern  books llc")
    assert kinds(found) == [("clients.csv", "customers"), ("vendors.csv", "vendors")]
    assert ("other.csv", "of another company: Harbour Tea Inc.") in [
        (each.file, each.reason) for each in found.refused
    ]


def test_a_company_that_no_report_names_is_refused(folder: Path) -> None:
    with pytest.raises(AmbiguousFileError):
        read_many(folder, company="Nobody Ltd")


def test_two_spellings_of_a_company_are_one(folder: Path) -> None:
    (folder / "other.csv").write_bytes(report("LANTERN BOOKS L.L.C."))
    assert read_many(folder).companies == {
        "LANTERN BOOKS L.L.C.": ("other.csv", "vendors.csv")
    }


def test_a_date_above_a_report_is_no_company(tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    path.write_bytes(report("January 1 - March 31, 2026"))
    assert company_of(read_each(path).exports[0]) is None


def test_what_the_settings_ignore_is_listed_as_ignored(folder: Path) -> None:
    toml = folder / "custclean.toml"
    toml.write_text('[files."odd.csv"]\nkind = "ignore"\n')
    assert read_many(folder, settings=toml).refused == read_many(folder).refused
    found = read_many(folder)
    assert [each.reason for each in found.refused if each.file == "odd.csv"] == [
        "ignored, as custclean.toml says"
    ]


def test_what_a_notebook_saves_holds_no_value(folder: Path) -> None:
    drawn = read_many(folder)._repr_html_()
    assert "clients.csv" in drawn
    assert "Cloud Inc" not in drawn


def test_what_a_notebook_shows_is_said_in_its_language(folder: Path) -> None:
    found = read_many(folder)
    with language("it"):
        drawn = found._repr_html_()
    assert "QuickBooks Online Accountant: clienti" in drawn
    assert all(f">{heading}<" in drawn for heading in ("righe", "scartate"))


def test_dots_and_blanks_of_a_companys_name_do_not_matter() -> None:
    assert company_key("Studio Acquaviva S.r.l.") == company_key("STUDIO  ACQUAVIVA SRL")
