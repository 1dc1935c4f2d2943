"""A file becomes canonical records; what is not in the table is in a list with a reason."""

from __future__ import annotations

import random
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from custclean.errors import (
    AmbiguousFileError,
    DamagedIdsError,
    InputError,
    SettingsError,
    UnknownFileError,
)
from custclean.model import SEVERAL, fields_of
from custclean.stages.read import Export, read, read_all, read_parts
from custclean.tables import Flag
from custclean.tables.writing import csv_bytes, xlsx_bytes

CLIENTS = ["Display name", "Company ID", "Client number", "Contact name", "Email", "Plan name"]
ANN = [" Ann  Example ", "9130347812345671", "007", "Example, Ann", "a@x.example", "Solo"]
BOB = ["Bob", "", "", "", "b@x.example, c@x.example", ""]


def _read(folder: Path, data: bytes, name: str = "list.csv", **how: Any) -> Export:
    path = folder / name
    path.write_bytes(data)
    return read(path, **how)


def _filled(export: Export, row: int = 0) -> dict[str, str]:
    cells = export.table.row(row, named=True)
    return {name: value for name, value in cells.items() if value is not None}


def test_a_client_list_fills_the_fields_with_values_as_found(tmp_path: Path) -> None:
    export = _read(tmp_path, csv_bytes(CLIENTS, [ANN, BOB]))
    assert export.table.columns == list(fields_of("customers"))
    assert _filled(export) == {
        "record_id": "quickbooks-accountant:customers:9130347812345671",
        "system": "quickbooks-accountant",
        "kind": "customers",
        "source_file": "list.csv",
        "source_row": "2",
        "company_id": "9130347812345671",
        "customer_number": "007",
        "display_name": " Ann  Example ",
        "given_name": "Ann",
        "family_name": "Example",
        "email": "a@x.example",
    }
    assert _filled(export, 1)["email"] == SEVERAL.join(["b@x.example", "c@x.example"])


def test_what_has_no_field_and_what_was_split_is_kept_beside(tmp_path: Path) -> None:
    export = _read(tmp_path, csv_bytes(CLIENTS, [ANN, BOB]))
    assert export.extra.columns == ["record_id", "Contact name", "Email", "Plan name"]
    assert export.extra.row(0) == (
        export.table["record_id"][0],
        "Example, Ann",
        "a@x.example",
        "Solo",
    )
    assert export.extra["Email"][1] == "b@x.example, c@x.example"


def test_the_report_holds_the_headings_exactly_as_found(tmp_path: Path) -> None:
    header = ["NOME DE  EXIBIÇÃO", "Id da empresa", "Número do cliente", "outra"]
    data = csv_bytes(
        header, [["A", "1", "2", "3"]], encoding="cp1252", delimiter=";", line_end="\n"
    )
    report = _read(tmp_path, data).report
    assert dict(report.headings) == {
        "display_name": "NOME DE  EXIBIÇÃO",
        "company_id": "Id da empresa",
        "customer_number": "Número do cliente",
    }
    assert (report.language, report.encoding, report.delimiter) == ("pt", "cp1252", ";")
    assert (report.line_end, report.bom, report.rows_read) == ("\n", False, 1)


def test_a_header_alone_gives_no_rows(tmp_path: Path) -> None:
    export = _read(tmp_path, csv_bytes(CLIENTS, []))
    assert (len(export), export.report.rows_read, export.kind) == (0, 0, "customers")
    assert export.table.columns == list(fields_of("customers"))
    assert repr(export) == (
        "Export(quickbooks-accountant customers: 0 rows, 0 rejected, 0 repaired, 0 notes,"
        " 2 columns beside)"
    )


def test_a_list_without_an_id_column_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no column of company ids") as caught:
        _read(
            tmp_path, csv_bytes(["Display name", "Client number", "Email"], [["A", "1", "x"]])
        )
    assert str(caught.value).startswith("list.csv, line 1: ")
    assert "“Company ID”" in str(caught.value)


def test_an_address_book_with_display_names_is_no_list_without_ids(tmp_path: Path) -> None:
    head = ["First Name", "Last Name", "Display Name", "Primary Email", "Mobile Number"]
    with pytest.raises(UnknownFileError):
        _read(tmp_path, csv_bytes(head, [["Ann", "Example", "Ann", "a@x.example", "1"]]))


@pytest.mark.parametrize(
    ("ids", "says"),
    [
        (["9.13E+15", "9130347812345671"], "number"),
        ([f"913034781234{n}0" for n in range(101, 109)], "rounded"),
        (["9130347812345671", "12", "9130347812345671"], "line 2 already"),
    ],
)
def test_damaged_ids_refuse_the_file(tmp_path: Path, ids: list[str], says: str) -> None:
    rows = [[f"Client {n}", own] for n, own in enumerate(ids)]
    with pytest.raises(DamagedIdsError, match=says) as caught:
        _read(tmp_path, csv_bytes(["Display name", "Company ID"], rows))
    assert "do not open in Excel" in str(caught.value)
    assert caught.value.line is not None


def test_ids_that_a_workbook_holds_as_numbers_are_checked_too(tmp_path: Path) -> None:
    rows = [[f"Client {n}", f"913034781{n:06d}0"] for n in range(6)]
    data = xlsx_bytes({"Clients": (["Display name", "Company ID"], rows)})
    with pytest.raises(DamagedIdsError, match="rounded"):
        _read(tmp_path, data, "clients.xlsx")


def test_an_error_log_may_name_an_id_twice(tmp_path: Path) -> None:
    header = ["Row", "Company ID", "Display name", "Client number", "Error"]
    rows = [["1", "12", "A", "7", "taken"], ["1", "12", "A", "7", "too long"]]
    export = _read(tmp_path, csv_bytes(header, rows))
    assert (export.kind, export.table["notes"].to_list()) == (
        "error_log",
        ["taken", "too long"],
    )
    assert export.extra["Row"].to_list() == ["1", "1"]


REPORT = (
    b'"Fjordside, Inc",,,,,,\nCustomer Contact List,,,,,,\n\n'
    b"Customer full name,Phone numbers,Email,Full name,Bill address,Open balance,Created on\n"
    b'"Example\xc2\xa0Group:Shop",Phone:(555) 010-1234 Mobile:(555) 010-9999,'
    b'"a@x.example, b@x.example",'
    b'Ann van der Example,"1 High St\nTown, XX 00123",12.50,01/02/2026\n'
    b"Bob,,,,,,\n\n\n"
    b'" Wednesday, September 30, 2026 01:46 PM GMT-05:00",,,,,,\n'
)


def test_a_contact_report_is_read_through_its_furniture(tmp_path: Path) -> None:
    export = _read(tmp_path, REPORT)
    cells = _filled(export)
    assert cells["display_name"] == "Shop"
    assert cells["parent"] == "Example\u00a0Group"
    assert (cells["phone"], cells["mobile"]) == ("(555) 010-1234", "(555) 010-9999")
    assert (cells["given_name"], cells["family_name"]) == ("Ann", "van der Example")
    assert cells["street"] == "1 High St\nTown, XX 00123"
    assert (cells["balance"], cells["created"]) == ("12.50", "01/02/2026")
    assert export.table["source_row"].to_list() == ["5", "7"]
    assert [note.line for note in export.report.notes] == [1, 2, 10]
    assert export.extra["Customer full name"][0] == "Example\u00a0Group:Shop"


def test_sections_and_totals_of_transactions_are_notes(tmp_path: Path) -> None:
    export = _read(
        tmp_path,
        b",Transaction date,Transaction type,Num,Name,Amount,Balance\nChecking,,,,,,\n"
        b',01/02/2026,Invoice,12,Ann,"1,200.00",5\n,01/02/2026,Invoice,12,Ann,"1,200.00",6\n'
        b'Total for Checking,,,,,"2,400.00",\nTOTAL,,,,,"2,400.00",\n',
    )
    assert export.table.columns == list(fields_of("transactions"))
    assert export.table["amount"].to_list() == ["1,200.00", "1,200.00"]
    assert [note.text for note in export.report.notes] == [
        "Checking",
        "Total for Checking,,,,,2,400.00",
        "TOTAL,,,,,2,400.00",
    ]
    first, second = export.table["record_id"]
    assert second == f"{first}-2"


def test_an_address_is_taken_from_one_block_only(tmp_path: Path) -> None:
    header = ["First Name", "Last Name", "E-mail Address", "E-mail 2 Address"]
    header += ["Business Phone", "Home Phone", "Business Street", "Business Country/Region"]
    header += ["Home Street", "Home City"]
    rows = [
        ["A", "B", "a@x.example", "b@x.example", "1", "2", "", "USA", "Home 1", "Homecity"],
        ["C", "D", "c@x.example", "", "", "3", "Work 1", "USA", "Home 2", "Homecity"],
    ]
    export = _read(tmp_path, csv_bytes(header, rows))
    assert export.table["street"].to_list() == ["Home 1", "Work 1"]
    assert export.table["city"].to_list() == ["Homecity", None]
    assert export.table["country"].to_list() == [None, "USA"]
    assert export.table["email"].to_list() == ["a@x.example; b@x.example", "c@x.example"]
    assert export.table["phone"].to_list() == ["1; 2", "3"]
    for heading in ("Home Street", "Home City", "Business Country/Region", "E-mail 2 Address"):
        assert heading in export.extra.columns


def test_a_heading_that_polars_takes_for_a_pattern_is_a_heading(tmp_path: Path) -> None:
    header = ["^.*$", "Display name", "Company ID", "^$"]
    export = _read(tmp_path, csv_bytes(header, [["x", "Ann", "1", "SÃ¸ren"]]), mend=True)
    assert export.extra.row(0)[1:] == ("x", "Søren")
    assert export.profile().table.height


def test_what_somebody_wrote_between_the_rows_is_no_client(tmp_path: Path) -> None:
    rows = [["1", "Ann", "York"], ["*** North from here ***", "", ""], ["2", "Bo", "Hull"],
            ["NB: call before 9", "", ""], ["3", "Cy", ""], ["4", "", ""]]  # fmt: skip
    export = _read(tmp_path, csv_bytes(["Client no.", "Name", "City"], rows))
    assert export.table["customer_number"].to_list() == ["1", "2", "3", "4"]
    assert [note.line for note in export.report.notes] == [3, 5]


def test_values_that_a_spreadsheet_damaged_are_counted(tmp_path: Path) -> None:
    rows = [
        ["Ann", "1", "4.54E+09", "#N/A"],
        ["Bo", "2", "5,79E+12", "C#"],
        ["Cy", "3", "7", ""],
    ]
    export = _read(
        tmp_path, csv_bytes(["Display name", "Company ID", "Phone", "Balance"], rows)
    )
    (doubt,) = export.report.ambiguous
    assert doubt == "3 values look damaged by a spreadsheet, as 9.13E+14 or #N/A"


def test_an_id_that_a_number_cell_cannot_hold_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Display name", "Company ID"], ["Ann", "9130347812340011"],
                ["Bo", 9130347812340029]):  # fmt: skip
        book.worksheets[0].append(row)
    path = tmp_path / "list.xlsx"
    book.save(path)
    with pytest.raises(DamagedIdsError, match="lost its last digits") as error:
        read(path)
    assert (error.value.line, error.value.column) == (3, "Company ID")


def test_another_number_that_a_cell_cannot_hold_is_flagged(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Display name", "Company ID", "EAN"], ["Ann", "1", 913000000000000123]):
        book.worksheets[0].append(row)
    path = tmp_path / "list.xlsx"
    book.save(path)
    (flag,) = read(path).report.flags
    assert (flag.line, flag.what[:23]) == (2, "a number of more digits")


def test_a_row_with_a_very_long_note_is_kept_and_flagged(tmp_path: Path) -> None:
    rows = [["x" * 10_000, "1"], ["y, " * 5_000, "2"], ["Cid", "3"]]
    export = _read(tmp_path, csv_bytes(["Display name", "Company ID"], rows))
    assert export.table["company_id"].to_list() == ["1", "2", "3"]
    assert export.report.rejected == ()
    assert export.report.flags == (Flag(3, "a cell has more than 10,000 characters"),)


def test_a_cell_that_swallowed_rows_is_rejected_with_its_reason(tmp_path: Path) -> None:
    swallowed = "Bo" + "".join(f"\nCid {n},{n}" for n in range(2_000))
    rows = [["Ann", "1"], [swallowed, "2"], ["Dora", "3"]]
    export = _read(tmp_path, csv_bytes(["Display name", "Company ID"], rows))
    assert export.table["company_id"].to_list() == ["1", "3"]
    (line,) = export.report.rejected
    assert (line.line, line.reason) == (3, "a cell has more than 10,000 characters")
    assert line.text == f"{swallowed},2"


def test_a_guessed_encoding_is_said(tmp_path: Path) -> None:
    data = b"Display name,Company ID\nA\xe9,1\n"
    report = _read(tmp_path, data).report
    assert report.uncertain
    assert report.ambiguous == ("the encoding cp1252 is a guess",)


def test_a_second_column_of_one_field_is_kept_and_said(tmp_path: Path) -> None:
    header = ["Display name", "Company ID", "Email", "E-mail", "record_id"]
    export = _read(
        tmp_path, csv_bytes(header, [["A", "1", "a@x.example", "b@x.example", "7"]])
    )
    assert export.extra.row(0)[1:] == ("b@x.example", "7")
    assert export.extra.columns == ["record_id", "E-mail", "record_id (file)"]
    assert "E-mail" in export.report.ambiguous[0]


def test_marked_headings_of_ours_push_out_no_other(tmp_path: Path) -> None:
    head = ["record_id", "record_id (file)", "Company ID", "Display name"]
    export = _read(tmp_path, csv_bytes(head, [["7", "8", "12", "Ann"]]))
    assert sorted(map(str, export.extra.row(0)[1:])) == ["7", "8"]


def test_a_file_that_nobody_knows_says_what_is_known_and_who_is_near(tmp_path: Path) -> None:
    data = b"Vendor,Email,Phone\nAnn,a@x.example,1\n"
    with pytest.raises(UnknownFileError) as caught:
        _read(tmp_path, data)
    text = str(caught.value)
    assert "known headings: 3 of 3 (Email, Phone, Vendor)" in text
    assert "QuickBooks Online, vendors lacks" in text
    assert '[files."list.csv"]' in text
    assert "Ann" not in text
    export = _read(tmp_path, data, system="generic", kind="contacts")
    assert (export.system, export.kind, len(export)) == ("generic", "contacts", 1)


def test_a_file_of_which_nothing_is_known_names_no_system(tmp_path: Path) -> None:
    with pytest.raises(UnknownFileError) as caught:
        _read(tmp_path, b"a,b\n1,2\n")
    assert caught.value.message == "no system knows this file"


def test_a_list_of_customers_is_read_by_its_headings_and_it_is_said(tmp_path: Path) -> None:
    export = _read(tmp_path, b"Name,Email\nAnn,a@x.example\n")
    assert (export.system, export.kind) == ("generic", "customers")
    assert export.report.ambiguous == ("read as a list of customers by its headings",)


def test_a_file_of_two_systems_is_asked_about_and_can_be_said(tmp_path: Path) -> None:
    data = b"Company ID,Display name,Vendor,Track 1099,Email\n7,Ann,Bob,No,a@x.example\n"
    both = "quickbooks-accountant customers, quickbooks-online vendors"
    with pytest.raises(AmbiguousFileError, match=both):
        _read(tmp_path, data)
    assert _read(tmp_path, data, kind="customers").system == "quickbooks-accountant"
    assert _read(tmp_path, data, system="quickbooks-online").kind == "vendors"


def test_a_system_or_kind_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such system"):
        read(tmp_path / "x.csv", system="quickboks")
    with pytest.raises(SettingsError, match="no such kind"):
        read(tmp_path / "x.csv", system="outlook", kind="vendors")


def test_what_a_person_sees_is_masked_and_counts(tmp_path: Path) -> None:
    shown = _read(tmp_path, csv_bytes(CLIENTS, [ANN, BOB]))._repr_html_()
    assert "2 records of list.csv" in shown
    assert "a@x.example" not in shown


def test_the_register_is_read_from_a_workbook(tmp_path: Path) -> None:
    rows = [
        ["00A7", "Ann Example", "a@x.example"],
        ["12", "Bob", ""],
        ["123.0", "Cid", ""],
    ]
    data = xlsx_bytes({"Numbers": (("Number", "Name", "E-mail"), rows)})
    export = _read(tmp_path, data, "register.xlsx", region="DK")
    assert export.kind == "register"
    assert export.table["customer_number"].to_list() == ["00A7", "12", "123.0"]
    assert (export.report.part, export.report.region) == ("Numbers", "DK")


def test_the_sheets_that_were_not_read_are_named(tmp_path: Path) -> None:
    sheets = {
        "Old": (["Number", "Who"], [["1", "x"]]),
        "New": (["Number", "Name"], [["2", "y"]]),
    }
    export = _read(tmp_path, xlsx_bytes(sheets), "register.xlsx")
    assert (export.report.part, len(export)) == ("New", 1)
    assert export.report.ambiguous == (
        "the file holds another table, Old (unknown): part= reads it",
    )


def test_of_a_sheet_that_was_asked_for_the_others_are_named_as_what_they_are(
    tmp_path: Path,
) -> None:
    rows = [["1", "x"]]
    sheets = {"Old": (["Number", "Name"], rows), "New": (["Number", "Name"], rows)}
    for asked, other in (("New", "Old"), ("Old", "New")):
        export = _read(tmp_path, xlsx_bytes(sheets), "register.xlsx", part=asked)
        (told,) = export.report.ambiguous
        assert told.startswith(f"the file holds another table, {other} (Any table: ")


def test_a_list_without_a_row_says_so(tmp_path: Path) -> None:
    export = _read(tmp_path, b"Number,Name\r\n", "list.csv")
    assert export.report.ambiguous == ("no row stands below the headings",)


NAMES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=5)
ROWS = st.lists(st.tuples(NAMES, NAMES, NAMES).map(list), max_size=6)


@settings(deadline=None)
@given(ROWS, st.integers(0, 9))
def test_ids_do_not_depend_on_the_order_of_rows(rows: list[list[str]], seed: int) -> None:
    header = ["Number", "Name", "E-mail"]
    other = random.Random(seed).sample(rows, len(rows))
    with tempfile.TemporaryDirectory() as folder:
        one = _read(Path(folder), csv_bytes(header, rows)).table.drop("source_row")
        two = _read(Path(folder), csv_bytes(header, other)).table.drop("source_row")
    assert one.sort("record_id").equals(two.sort("record_id"))


@settings(deadline=None)
@given(
    st.lists(
        st.lists(st.text(alphabet='aÅ7 ",;:@\n', max_size=9), min_size=5, max_size=5),
        max_size=5,
    ),
    st.sampled_from(["utf-8", "cp1252"]),
    st.sampled_from(",;\t"),
)
def test_every_value_of_a_file_is_in_the_table_or_beside_it(
    rows: list[list[str]], encoding: str, delimiter: str
) -> None:
    header = ["Customer full name", "Phone numbers", "Email", "Full name", "Anything"]
    # lines of one row that are each a row by themselves are taken for rows with a stray quote
    held = ("".join(row) for row in rows)
    assume(not any("\n" in text and text.count(delimiter) >= 4 for text in held))
    with tempfile.TemporaryDirectory() as folder:
        export = _read(
            Path(folder), csv_bytes(header, rows, encoding=encoding, delimiter=delimiter)
        )
    kept = [row for row in rows if "".join(row).strip()]
    assert len(export) == len(kept)
    places = {
        "Customer full name": "display_name",
        "Phone numbers": "phone",
        "Email": "email",
    }
    for column, heading in enumerate(header):
        source = export.extra if heading in export.extra.columns else export.table
        values = source[heading if source is export.extra else places.get(heading, heading)]
        assert [value or "" for value in values] == [row[column] for row in kept]


def _zip(folder: Path, **members: bytes) -> Path:
    path = folder / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(f"{name}.csv", data)
    return path


VENDORS = csv_bytes(
    ["Vendor", "Company", "Phone numbers", "Email", "Full name", "Address", "Account #"],
    [["Cloud Inc", "", "", "c@x.example", "", "", ""]],
)


def test_the_kind_chooses_the_part(tmp_path: Path) -> None:
    path = _zip(tmp_path, a=csv_bytes(CLIENTS, [ANN, BOB]), b=VENDORS)
    assert [read(path).kind, read(path, kind="vendors").kind] == ["customers", "vendors"]


def test_a_damaged_member_is_named(tmp_path: Path) -> None:
    damaged = csv_bytes(["Display name", "Company ID"], [["Ann", "9.13E+15"]])
    path = _zip(tmp_path, a=VENDORS, b=damaged)
    with pytest.raises(DamagedIdsError, match=r"in b\.csv: "):
        read(path, kind="customers")
    assert list(read_parts(path).refused) == ["b.csv"]
    with pytest.raises(DamagedIdsError):
        read_all(path)


def test_what_no_system_knows_is_named_by_each_table_that_is_read(tmp_path: Path) -> None:
    path = _zip(tmp_path, a=VENDORS, b=b"x,y\n1,2\n", c=csv_bytes(CLIENTS, [ANN]))
    both = read_all(path)
    assert [export.kind for export in both] == ["vendors", "customers"]
    for export in both:
        (doubt,) = export.report.ambiguous
        assert "b.csv (unknown)" in doubt
