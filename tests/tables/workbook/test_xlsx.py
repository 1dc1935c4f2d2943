"""Workbooks give text as the person saw it, and say what is hidden or missing."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from custclean.errors import InputError
from custclean.tables.raw import Asked, Flag
from custclean.tables.workbook import xlsx
from tests.tables.workbook.books import TABLE, book, changed, parts, zipped

if TYPE_CHECKING:
    from pathlib import Path

    from custclean.tables.raw import Part


SOUND = b"<rPh><t>x</t></rPh>"  # how a word is spoken is not its text
SHEET = "xl/worksheets/sheet1.xml"


def _rows(part: Part) -> list[tuple[str | None, ...]]:
    return part.frame.rows()


def test_an_empty_workbook_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^e.xlsx: the workbook is empty"):
        parts(book(tmp_path / "e.xlsx", {}))


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.999])
def test_a_truncated_workbook_is_named(tmp_path: Path, share: float) -> None:
    path = book(tmp_path / "t.xlsx", TABLE)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(InputError, match=r"^t.xlsx: the workbook is damaged"):
        parts(path)


def test_a_flipped_byte_is_named(tmp_path: Path) -> None:
    path = book(tmp_path / "f.xlsx", TABLE)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as file:
        start = file.getinfo("xl/worksheets/sheet1.xml").header_offset
    data[start + 80] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"^f.xlsx: "):
        parts(path)


def test_a_workbook_of_nonsense_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^n.xlsx: the workbook cannot be read"):
        parts(zipped(tmp_path / "n.xlsx", {"xl/workbook.xml": b"<nonsense"}))


def test_bytes_missing_anywhere_end_in_our_own_error(tmp_path: Path) -> None:
    whole = book(tmp_path / "w.xlsx", TABLE).read_bytes()
    path = tmp_path / "m.xlsx"
    refused = 0
    for place in range(0, len(whole) - 20, 41):
        path.write_bytes(whole[:place] + whole[place + 20 :])
        try:
            parts(path)
        except InputError as error:
            assert error.file == "m.xlsx"  # noqa: PT017  # or it can still be read
            refused += 1
    assert refused > 50


def test_rows_keep_their_numbers_and_empty_ones_are_nobody(tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", {"B3": "Number", "C3": "Name", "B6": 12, "C6": "Bo"})
    [part] = parts(path)
    assert part.header_row == 3
    assert part.lines.to_list() == [6]
    assert _rows(part) == [(None, "12", "Bo")]
    assert part.records == 1


def test_two_header_rows_are_no_lost_record(tmp_path: Path) -> None:
    groups = {"B1": "Home", "C1": "Work", "A2": "Name", "B2": "City", "C2": "City"}
    rows = {"A3": "Ann", "B3": "Hull", "C3": "York", "A4": "Bo", "B4": "Bath", "C4": "Leeds"}
    [part] = parts(book(tmp_path / "r.xlsx", {**groups, **rows}))
    assert part.header == ("Name", "Home City", "Work City")
    assert part.records == len(part.frame) == 2


@pytest.mark.parametrize("blank", [" ", "\u200b", "\ufeff", "\xa0"])
def test_a_row_and_a_sheet_of_blanks_are_nobody(tmp_path: Path, blank: str) -> None:
    with xlsxwriter.Workbook(tmp_path / "r.xlsx") as book:
        page = book.add_worksheet("Clients")
        page.write_column("A1", ["Number", "1", blank, "2"])
        page.write_column("B1", ["Name", "Ann", "", "Bo"])
        book.add_worksheet("Blank").write("B2", blank)
    [part] = parts(tmp_path / "r.xlsx")
    assert part.records == len(part.frame) == 2


def test_each_filled_sheet_is_a_part_and_a_hidden_one_is_named(tmp_path: Path) -> None:
    path = tmp_path / "s.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Seen").write_row(0, 0, ["Number", "Name"])
        book.add_worksheet("Empty")
        page = book.add_worksheet("Kept back")
        page.write_row(0, 0, ["Number", "Name"])
        page.very_hidden()
    seen, hidden = parts(path)
    assert (seen.name, seen.hidden, seen.evidence) == ("Seen", False, ())
    assert hidden.hidden
    assert hidden.evidence == ("the sheet Kept back is hidden; it was read",)


def test_a_file_of_office_that_is_no_workbook_is_named(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.xlsx", {"[Content_Types].xml": b"", "word/document.xml": b""})
    assert xlsx.is_it(path.read_bytes())
    with pytest.raises(InputError, match="no workbook"):
        parts(path)


def test_a_binary_workbook_is_named(tmp_path: Path) -> None:
    path = zipped(tmp_path / "b.xlsx", {"[Content_Types].xml": b"", "xl/workbook.bin": b""})
    with pytest.raises(InputError, match="xlsb"):
        parts(path)


def test_an_archive_of_something_else_is_not_claimed(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"list.csv": b"a,b"})
    assert not xlsx.is_it(path.read_bytes())


def test_formulas_are_read_by_their_stored_value(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Number", "Name"])
        page.write_formula(1, 0, "=1+1", None, 2)
        page.write_string(1, 1, "=1+1")
    [part] = parts(path)
    assert _rows(part) == [("2", "=1+1")]
    assert part.flags == ()


def test_a_formula_without_a_stored_result_is_named_by_its_cell(tmp_path: Path) -> None:
    book = Workbook()
    page = book.worksheets[0]
    for row in (["Number", "Name"], [1, "=UPPER(A1)"], [2, "=A2"], [3, "Cy"], [4, "=A4"]):
        page.append(row)
    path = tmp_path / "f.xlsx"
    book.save(path)
    [part] = parts(path)
    assert _rows(part) == [("1", None), ("2", None), ("3", "Cy"), ("4", None)]
    assert part.flags == (
        Flag(2, "the formulas in B2:B3 have no stored result: they are empty", 2),
        Flag(5, "the formula in B5 has no stored result: it is empty"),
    )


def test_error_cells_are_text(tmp_path: Path) -> None:
    path = tmp_path / "e.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Number", "Name"])
        page.write_formula(1, 0, "=NA()", None, "#N/A")
        page.write_formula(1, 1, "=1/0", None, "#DIV/0!")
    assert _rows(parts(path)[0]) == [("#N/A", "#DIV/0!")]


def test_numbers_are_text_as_their_format_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "z.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("First")
        page = book.add_worksheet("Numbers & names")
        five = book.add_format({"num_format": "00000"})
        page.write_row(0, 0, ["Number", "Short", "Share", "Name"])
        page.write_row(1, 0, [123, 7, 5], five)
        page.write_row(2, 0, [1234567, 1.5, -3], five)
        page.write(3, 0, 12, book.add_format({"num_format": "0.00"}))
        page.write(3, 1, -4, book.add_format({"num_format": "dd/mm/yyyy"}))
        page.write(3, 2, 0.125, book.add_format({"num_format": 9}))
        page.write_string(3, 3, "12", five)
    assert _rows(parts(path)[0]) == [
        ("00123", "00007", "00005", None),
        ("1234567", "1.5", "-3", None),
        ("12", "-4", "12.5%", "12"),
    ]


def test_hidden_rows_and_columns_are_read_and_said(tmp_path: Path) -> None:
    path = tmp_path / "h.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        for row in range(6):
            page.write_row(row, 0, ["Number", "Name"] if row == 0 else [row, "Ann"])
        for row in (2, 3, 5):
            page.set_row(row, None, None, {"hidden": True})
        page.set_column(1, 3, None, None, {"hidden": True})
    [part] = parts(path)
    assert len(part.frame) == 5
    assert part.flags == (
        Flag(3, "the row is hidden in the sheet", 2),
        Flag(6, "the row is hidden in the sheet"),
    )
    assert part.evidence == ("hidden columns were read: Name",)


def test_cells_merged_downwards_stay_as_stored_and_are_said(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Group", "Name"])
        page.merge_range("A2:A3", "North")
        page.write("B2", "Ann")
        page.write("B3", "Bo")
        page.merge_range("A4:B4", "wide")
    [part] = parts(path)
    assert _rows(part) == [("North", "Ann"), (None, "Bo"), ("wide", None)]
    assert part.flags == (
        Flag(2, "A2:A3 is one merged cell: its value is in the first row", 2),
    )


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (b'<c r="B2" t="inlineStr"><is><t xml:space="preserve"> Ann </t></is></c>', " Ann "),
        (
            b'<c r="B2" t="inlineStr"><is><r><t>An</t></r><r><t>n</t></r>%s</is></c>' % SOUND,
            "Ann",
        ),
        (b'<c r="B2" t="str"><f>A1</f><v>a &amp; b</v></c>', "a & b"),
        (b'<c r="B2" t="b"><v>1</v></c>', "TRUE"),
        (b'<c r="B2" t="d"><v>2026-01-02T00:00:00</v></c>', "2026-01-02"),
        (b'<c r="B2"><v>9.13E+14</v></c>', "913000000000000"),
        (b"<c><v>5</v></c>", "5"),
        (b"<c t='e'><v>#REF!</v></c>", "#REF!"),
        (b'<x:c xmlns:x="y" t="e" r="B2"><x:v>#REF!</x:v></x:c>', "#REF!"),
    ],
)
def test_a_cell_is_read_however_it_is_written(tmp_path: Path, cell: bytes, text: str) -> None:
    path = book(tmp_path / "c.xlsx", TABLE)
    changed(path, SHEET, b'<c r="B2" t="s"><v>3</v></c>', cell)
    assert _rows(parts(path)[0]) == [("007", text)]


def test_a_strict_workbook_is_read(tmp_path: Path) -> None:
    path = book(tmp_path / "s.xlsx", TABLE)
    old, new = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    with zipfile.ZipFile(path) as file:
        members = {name: file.read(name) for name in file.namelist()}
    for name, data in members.items():
        members[name] = data.replace(
            old + b"spreadsheetml/2006/main", new + b"spreadsheetml/main"
        ).replace(old + b"officeDocument/2006/", new + b"officeDocument/")
    assert _rows(parts(zipped(path, members))[0]) == [("007", "Ann")]


def test_formats_that_make_no_sense_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "z.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Number", "Name"])
        page.write(1, 0, 7, book.add_format({"num_format": "000"}))
        page.write(1, 1, "Ann")
    assert _rows(parts(path)[0]) == [("007", "Ann")]
    changed(path, "xl/styles.xml", b"numFmtId=", b"id=")
    assert _rows(parts(path)[0]) == [("7", "Ann")]


def test_a_header_row_that_was_asked_for_may_be_empty_in_another_sheet(tmp_path: Path) -> None:
    path = tmp_path / "h.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("One").write_column(3, 0, ["Title", "Name", "Ann"])
        book.add_worksheet("Two").write_column(0, 0, ["Name", "Bo"])
    one, two = xlsx.parts(path, path.read_bytes(), Asked(header_row=5))
    assert (one.header, one.evidence) == (("Name",), ())
    assert (two.header, len(two.evidence)) == (("Name",), 1)


@pytest.mark.slow
@given(st.lists(st.lists(st.text(max_size=5), min_size=3, max_size=3), max_size=5))
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    rows = [["x", *(_writable(cell) for cell in row)] for row in rows]
    path = tmp_path_factory.mktemp("w") / "w.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Key", "One", "Two", "Three"])
        for number, row in enumerate(rows, 1):
            for place, cell in enumerate(row):
                page.write_string(number, place, cell)
    [part] = parts(path)
    read = [[cell or "" for cell in row] for row in _rows(part)]
    assert [(row + [""] * 3)[:4] for row in read] == rows


def _writable(text: str) -> str:
    """Keep what XML can hold; a lone carriage return it turns into a newline."""
    return "".join(letter for letter in text if letter.isprintable())
