"""Workbooks give text as the person saw it; bombs and damage are refused by name."""

from __future__ import annotations

import datetime as dt
import random
import zipfile
from time import process_time
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from custclean.errors import InputError
from custclean.tables import archive, read_table
from custclean.tables.workbook import cell_text

if TYPE_CHECKING:
    from pathlib import Path


def _book(path: Path, cells: dict[str, object], sheet: str = "Sheet1") -> Path:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet(sheet)
        for place, value in cells.items():
            page.write(place, value)
    return path


def _zip(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return path


def _changed(path: Path, name: str, old: bytes, new: bytes) -> Path:
    with zipfile.ZipFile(path) as file:
        parts = {part: file.read(part) for part in file.namelist()}
    assert old in parts[name]
    return _zip(path, parts | {name: parts[name].replace(old, new, 1)})


TABLE: dict[str, object] = {"A1": "Number", "B1": "Name", "A2": "007", "B2": "Ann"}


NOISE = random.Random(0).randbytes(3_300_000).hex().encode()
MARCH = dt.datetime(2026, 3, 1)  # noqa: DTZ001  # a workbook knows no time zones


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7.0, "7"),
        (0.1, "0.1"),
        (-0.0, "0"),
        (9130347812345678.0, "9130347812345678"),
        ("007", "007"),
        (True, "TRUE"),
        (MARCH.date(), "2026-03-01"),
        (MARCH, "2026-03-01"),
        (MARCH.replace(hour=9, minute=5), "2026-03-01 09:05:00"),
        (dt.time(9, 5), "09:05:00"),
        ("", ""),
    ],
)
def test_a_cell_is_text_as_it_was_seen(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_rows_keep_their_numbers_and_empty_ones_are_nobody(tmp_path: Path) -> None:
    path = _book(tmp_path / "r.xlsx", {"B3": "Number", "C3": "Name", "B6": 12, "C6": "Bo"})
    raw = read_table(path)
    assert raw.header_row == 3
    assert raw.lines == (6,)
    assert list(raw.rows) == [["", "12", "Bo"]]


def test_a_sheet_is_chosen_by_name_or_place(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("One", "Two"):
            book.add_worksheet(name).write_row(0, 0, ["Heading", name])
    assert read_table(path).sheet == "One"
    assert read_table(path, sheet="Two").header == ("Heading", "Two")
    assert read_table(path, sheet=2).sheet == "Two"
    for wrong in ("Three", 3, 0, -1):
        with pytest.raises(InputError, match="no such sheet"):
            read_table(path, sheet=wrong)


def test_an_empty_workbook_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^e.xlsx: the workbook is empty"):
        read_table(_book(tmp_path / "e.xlsx", {}))


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.999])
def test_a_truncated_workbook_is_named(tmp_path: Path, share: float) -> None:
    path = _book(tmp_path / "t.xlsx", TABLE)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(InputError, match=r"^t.xlsx: the workbook is damaged"):
        read_table(path)


def test_a_flipped_byte_is_named(tmp_path: Path) -> None:
    path = _book(tmp_path / "f.xlsx", TABLE)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as file:
        start = file.getinfo("xl/worksheets/sheet1.xml").header_offset
    data[start + 80] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"^f.xlsx: "):
        read_table(path)


def test_an_archive_that_is_no_workbook_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no XLSX workbook"):
        read_table(_zip(tmp_path / "a.xlsx", {"list.csv": b"a,b"}))


def test_a_workbook_of_nonsense_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^n.xlsx: the workbook cannot be read"):
        read_table(_zip(tmp_path / "n.xlsx", {"xl/workbook.xml": b"<nonsense"}))


def test_a_bomb_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _zip(tmp_path / "b.xlsx", {"xl/workbook.xml": b" " * 30_000_000})
    monkeypatch.setattr(zipfile.ZipFile, "open", None)  # whoever unpacks it fails
    with pytest.raises(InputError, match="more than 200 times"):
        read_table(path)


def test_a_workbook_too_large_unpacked_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1_000)
    with pytest.raises(InputError, match="more than 1000 bytes"):
        read_table(_book(tmp_path / "b.xlsx", TABLE))


def test_a_directory_that_lies_about_a_size_is_found_out(tmp_path: Path) -> None:
    path = _zip(tmp_path / "l.xlsx", {"xl/workbook.xml": b"<a/>" * 10_000})
    data = path.read_bytes()
    size = (40_000).to_bytes(4, "little")
    assert data.count(size) == 2
    path.write_bytes(data.replace(size, (40).to_bytes(4, "little")))
    with pytest.raises(InputError, match="damaged"):
        read_table(path)


@pytest.mark.parametrize("far", [b"XFD1048576", b"ZZ9999", b"A2000001"])
def test_one_far_cell_does_not_fill_the_memory(tmp_path: Path, far: bytes) -> None:
    path = _book(tmp_path / "w.xlsx", TABLE)
    _changed(path, "xl/worksheets/sheet1.xml", b'r="B2"', b'r="' + far + b'"')
    with pytest.raises(InputError, match="more than 2000000 cells"):
        read_table(path)


def test_a_sheet_of_too_many_cells_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_CELLS", 3)
    with pytest.raises(InputError, match="more than 3 cells"):
        read_table(_book(tmp_path / "m.xlsx", TABLE))


def test_a_reference_cut_by_the_edge_of_a_piece_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _book(tmp_path / "w.xlsx", TABLE)
    _changed(path, "xl/worksheets/sheet1.xml", b'r="B2"', b'r="XFD1048576"')
    monkeypatch.setattr(archive, "CHUNK", 7)
    with pytest.raises(InputError, match="more than 2000000 cells"):
        read_table(path)


@pytest.mark.parametrize(
    "cell",
    [
        b'<c a=">" r="XFD1048576">',
        b"<x:c\n r = 'xfd1048576'>",
        b'<c r="&#88;FD1048576">',
        b'<row r="1048576"/>' + b"<c/>" * 3,
        b'<c a="' + NOISE + b'" r="XFD1048576">',
        b"<c " + b"".join(b'a%d="" ' % n for n in range(99)) + b'r="XFD1048576">',
    ],
)
def test_a_far_cell_is_found_in_any_guise(tmp_path: Path, cell: bytes) -> None:
    path = _book(tmp_path / "w.xlsx", TABLE)
    _changed(path, "xl/worksheets/sheet1.xml", b'<c r="B2" t="s">', cell)
    with pytest.raises(InputError, match=r"cells|damaged"):
        read_table(path)


@pytest.mark.parametrize(
    "piece", [b'<c "', b'<c a="b" ', b"<c ", b"<row r='1'", b"<c r='A1'>"]
)
def test_nonsense_in_a_sheet_costs_little_time(tmp_path: Path, piece: bytes) -> None:
    path = _book(tmp_path / "w.xlsx", TABLE)
    sheet = b"<sheetData>" + piece * (900_000 // len(piece))
    _changed(path, "xl/worksheets/sheet1.xml", b"<sheetData>", sheet)
    start = process_time()
    with pytest.raises(InputError):
        read_table(path)
    assert process_time() - start < 30  # in square it took minutes


def test_many_cells_of_one_long_text_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_TEXT", 100_000)
    rows: dict[str, object] = {f"A{n}": "x" * 9_000 for n in range(1, 15)}
    with pytest.raises(InputError, match="more than 100000 characters"):
        read_table(_book(tmp_path / "m.xlsx", rows))


def test_one_long_text_among_many_short_ones_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_TEXT", 100_000)
    rows: dict[str, object] = {f"A{n}": f"text {n}" for n in range(1, 200)}
    rows["A200"] = "x" * 9_000
    assert len(read_table(_book(tmp_path / "m.xlsx", rows))) == 199


@pytest.mark.parametrize("evil", [b"<!DOCTYPE x [", b'<!ENTITY a "b">'])
def test_xml_entities_are_refused(tmp_path: Path, evil: bytes) -> None:
    path = _book(tmp_path / "x.xlsx", TABLE)
    _changed(path, "xl/sharedStrings.xml", b"<sst", evil + b"<sst")
    with pytest.raises(InputError, match="entities"):
        read_table(path)


def test_an_encrypted_archive_is_named(tmp_path: Path) -> None:
    path = _zip(tmp_path / "p.xlsx", {"xl/workbook.xml": b"<a/>"})
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    path.write_bytes(data)
    with pytest.raises(InputError, match="encrypted"):
        read_table(path)


def test_formulas_are_read_by_their_stored_value(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Number", "Name"])
        page.write_formula(1, 0, "=1+1", None, 2)
        page.write_string(1, 1, "=1+1")
    assert list(read_table(path).rows) == [["2", "=1+1"]]


def test_zeros_that_a_format_shows_are_read(tmp_path: Path) -> None:
    path = tmp_path / "z.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("First")
        page = book.add_worksheet("Numbers & names")
        five = book.add_format({"num_format": "00000"})
        local = book.add_format({"num_format": "[$-406]000;-000"})
        money = book.add_format({"num_format": "0.00"})
        page.write_row(0, 0, ["Number", "Short", "Money", "Name"])
        page.write_row(1, 0, [123, 7, 5], five)
        page.write_row(2, 0, [1234567, 1.5, -3], five)
        page.write(3, 0, 12, money)
        page.write(3, 1, 4, local)
        page.write_string(3, 2, "12", five)
    assert list(read_table(path, sheet="Numbers & names").rows) == [
        ["00123", "00007", "00005", ""],
        ["1234567", "1.5", "-3", ""],
        ["12", "004", "12", ""],
    ]


def test_bytes_missing_anywhere_end_in_our_own_error(tmp_path: Path) -> None:
    whole = _book(tmp_path / "w.xlsx", TABLE).read_bytes()
    path = tmp_path / "m.xlsx"
    refused = 0
    for place in range(0, len(whole) - 20, 41):
        path.write_bytes(whole[:place] + whole[place + 20 :])
        try:
            read_table(path)
        except InputError as error:
            assert error.file == "m.xlsx"  # noqa: PT017  # or it can still be read
            refused += 1
    assert refused > 50


def test_formats_that_make_no_sense_pad_nothing(tmp_path: Path) -> None:
    path = tmp_path / "z.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Number", "Name"])
        page.write(1, 0, 7, book.add_format({"num_format": "000"}))
        page.write(1, 1, "Ann")
    assert list(read_table(path).rows) == [["007", "Ann"]]
    _changed(path, "xl/styles.xml", b"numFmtId=", b"id=")
    assert list(read_table(path).rows) == [["7", "Ann"]]
