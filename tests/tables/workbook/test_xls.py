"""XLS workbooks give text as the person saw it; lies and passwords are named."""

from __future__ import annotations

import datetime as dt
import random
import struct
from typing import TYPE_CHECKING

import pytest
import xlwt

from custclean.errors import InputError
from custclean.tables.raw import Asked, Flag
from custclean.tables.workbook import xls

if TYPE_CHECKING:
    from pathlib import Path

    from custclean.tables.raw import Part


def _format(code: str) -> xlwt.XFStyle:
    return xlwt.easyxf(num_format_str=code)


def _book(path: Path, *rows: list[object]) -> Path:
    book = xlwt.Workbook()
    page = book.add_sheet("A")
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            page.write(number, place, *(value if isinstance(value, tuple) else (value,)))
    book.save(str(path))
    return path


def _parts(path: Path) -> list[Part]:
    return xls.parts(path, path.read_bytes(), Asked())


def test_cells_are_text_as_they_were_seen(tmp_path: Path) -> None:
    path = _book(
        tmp_path / "c.xls",
        ["Number", "Name", "Share", "When"],
        [
            (7, _format("00000")),
            "Søren",
            (0.125, _format("0%")),
            (dt.date(2026, 1, 2), _format("dd/mm/yy")),
        ],
        [9130347812345678, True, (1.5, _format("[h]:mm")), (-5, _format("dd/mm/yy"))],
        [(1.25, _format("0.0%")), (12.5, _format("00000")), (123, _format("000")), 0.1],
    )
    assert xls.is_it(path.read_bytes())
    assert _parts(path)[0].frame.rows() == [
        ("00007", "Søren", "12.5%", "2026-01-02"),
        ("9130347812345678", "TRUE", "36:00:00", "-5"),
        ("125%", "12.5", "123", "0.1"),
    ]


def test_error_cells_are_text(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("A")
    page.write(0, 0, "Number")
    page.write(1, 0, "1")
    page.row(2).set_cell_error(0, 0x2A)
    book.save(str(tmp_path / "e.xls"))
    assert _parts(tmp_path / "e.xls")[0].frame.rows() == [("1",), ("#N/A",)]


def test_what_is_hidden_merged_or_without_result_is_said(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("A")
    for place, heading in enumerate(["Number", "Name"]):
        page.write(0, place, heading)
    page.write_merge(1, 2, 0, 0, "North")
    page.write(1, 1, "Ann")
    page.row(2).set_cell_formula(1, xlwt.Formula("UPPER(B2)"), calc_flags=2)
    page.write(3, 0, "South")
    page.row(1).hidden = True
    page.col(1).hidden = True
    other = book.add_sheet("B")
    other.write(0, 0, "Name")
    other.visibility = 1
    book.save(str(tmp_path / "h.xls"))
    first, second = _parts(tmp_path / "h.xls")
    assert first.frame.rows() == [("North", "Ann"), ("South", None)]
    assert first.evidence == ("hidden columns were read: Name",)
    assert Flag(2, "the row is hidden in the sheet") in first.flags
    assert second.hidden


def test_long_texts_that_run_over_several_records_are_read(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Number", "Note"]]
    rows += [[str(n), ("ø" if n % 2 else "ж") * 3_000 + str(n)] for n in range(40)]
    frame = _parts(_book(tmp_path / "l.xls", *rows))[0].frame
    assert frame.rows() == [tuple(row) for row in rows[1:]]


def test_an_encrypted_workbook_of_either_kind_is_named(tmp_path: Path) -> None:
    path = _book(tmp_path / "p.xls", ["Number"], ["1"])
    data = path.read_bytes()
    codepage = data.index(struct.pack("<HH", 0x42, 2))
    for changed in (
        data[:codepage] + struct.pack("<H", 0x2F) + data[codepage + 2 :],
        data.replace(
            "Workbook".encode("utf-16-le") + bytes(48) + struct.pack("<H", 18),
            "EncryptedPackage".encode("utf-16-le") + bytes(32) + struct.pack("<H", 34),
        ),
    ):
        assert changed != data
        path.write_bytes(changed)
        with pytest.raises(InputError, match="encrypted; save it without a password"):
            _parts(path)


def test_a_file_of_old_office_that_is_no_workbook_is_named(tmp_path: Path) -> None:
    path = _book(tmp_path / "d.doc", ["Number"])
    old, new = "Workbook".encode("utf-16-le"), "WordDoc!".encode("utf-16-le")
    path.write_bytes(path.read_bytes().replace(old, new))
    with pytest.raises(InputError, match="no workbook"):
        _parts(path)


def test_dimensions_that_lie_are_refused(tmp_path: Path) -> None:
    path = _book(tmp_path / "d.xls", ["Number", "Name"], ["1", "Ann"])
    data = path.read_bytes()
    start = data.index(struct.pack("<HHII", 0x200, 14, 0, 2)) + 4
    path.write_bytes(data[:start] + struct.pack("<II", 9, 0xFFFFFFFF) + data[start + 8 :])
    with pytest.raises(InputError, match="damaged"):
        _parts(path)


def test_one_far_cell_does_not_fill_the_memory(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("A")
    page.write(0, 0, "Number")
    page.write(65_535, 255, "far")
    book.save(str(tmp_path / "f.xls"))
    with pytest.raises(InputError, match="more than 2,000,000 cells"):
        _parts(tmp_path / "f.xls")


def test_bytes_missing_or_changed_anywhere_end_in_our_own_error(tmp_path: Path) -> None:
    whole = _book(
        tmp_path / "w.xls", ["Number", "Name"], [(7, _format("000")), "Ann"]
    ).read_bytes()
    path, chance, refused = tmp_path / "m.xls", random.Random(0), 0
    for _ in range(300):
        data = bytearray(whole)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        for _ in range(chance.randrange(1, 9)):
            data[chance.randrange(8, len(data)) if len(data) > 9 else 0] = chance.randrange(
                256
            )
        path.write_bytes(data)
        try:
            _parts(path)
        except InputError as error:
            assert error.file == "m.xls"  # noqa: PT017  # or it can still be read
            refused += 1
    assert refused > 50
