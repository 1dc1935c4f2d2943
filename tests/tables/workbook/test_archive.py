"""Bombs, damage and entities in a workbook's archive are refused by name."""

from __future__ import annotations

import random
import zipfile
from typing import TYPE_CHECKING

import pytest

from custclean.errors import InputError
from custclean.tables import limits
from custclean.tables.workbook import archive
from tests.ending import must_end
from tests.tables.workbook.books import TABLE, book, changed, parts, zipped

if TYPE_CHECKING:
    from pathlib import Path


NOISE = random.Random(0).randbytes(3_300_000).hex().encode()


def test_a_bomb_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = zipped(tmp_path / "b.xlsx", {"xl/workbook.xml": b" " * 30_000_000})
    monkeypatch.setattr(zipfile.ZipFile, "open", None)  # whoever unpacks it fails
    with pytest.raises(InputError, match="more than 200 times"):
        parts(path)


def test_a_workbook_too_large_unpacked_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1_000)
    with pytest.raises(InputError, match="more than 1,000 bytes"):
        parts(book(tmp_path / "b.xlsx", TABLE))


def test_a_directory_that_lies_about_a_size_is_found_out(tmp_path: Path) -> None:
    path = zipped(tmp_path / "l.xlsx", {"xl/workbook.xml": b"<a/>" * 10_000})
    data = path.read_bytes()
    size = (40_000).to_bytes(4, "little")
    assert data.count(size) == 2
    path.write_bytes(data.replace(size, (40).to_bytes(4, "little")))
    with pytest.raises(InputError, match="damaged"):
        parts(path)


@pytest.mark.parametrize("far", [b"XFD1048576", b"ZZ9999", b"A2000001"])
def test_one_far_cell_does_not_fill_the_memory(tmp_path: Path, far: bytes) -> None:
    path = book(tmp_path / "w.xlsx", TABLE)
    changed(path, "xl/worksheets/sheet1.xml", b'r="B2"', b'r="' + far + b'"')
    with pytest.raises(InputError, match="more than 2,000,000 cells"):
        parts(path)


def test_a_sheet_of_too_many_cells_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_CELLS", 3)
    with pytest.raises(InputError, match="more than 3 cells"):
        parts(book(tmp_path / "m.xlsx", TABLE))


def test_a_reference_cut_by_the_edge_of_a_piece_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = book(tmp_path / "w.xlsx", TABLE)
    changed(path, "xl/worksheets/sheet1.xml", b'r="B2"', b'r="XFD1048576"')
    monkeypatch.setattr(archive, "CHUNK", 7)
    with pytest.raises(InputError, match="more than 2,000,000 cells"):
        parts(path)


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
    path = book(tmp_path / "w.xlsx", TABLE)
    changed(path, "xl/worksheets/sheet1.xml", b'<c r="B2" t="s">', cell)
    with pytest.raises(InputError, match=r"cells|damaged"):
        parts(path)


@pytest.mark.parametrize(
    "piece", [b'<c "', b'<c a="b" ', b"<c ", b"<row r='1'", b"<c r='A1'>"]
)
def test_nonsense_in_a_sheet_costs_little_time(tmp_path: Path, piece: bytes) -> None:
    path = book(tmp_path / "w.xlsx", TABLE)
    sheet = b"<sheetData>" + piece * (900_000 // len(piece))
    changed(path, "xl/worksheets/sheet1.xml", b"<sheetData>", sheet)
    with must_end(), pytest.raises(InputError):
        parts(path)


def test_many_cells_of_one_long_text_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_TEXT", 100_000)
    monkeypatch.setattr(limits, "TEXT_FROM", 100_000)
    rows: dict[str, object] = {f"A{n}": "x" * 9_000 for n in range(1, 15)}
    with pytest.raises(InputError, match="longer than 100,000"):
        parts(book(tmp_path / "m.xlsx", rows))


def test_one_long_text_among_many_short_ones_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_TEXT", 100_000)
    monkeypatch.setattr(limits, "TEXT_FROM", 100_000)
    rows: dict[str, object] = {f"A{n}": f"text {n}" for n in range(1, 200)}
    rows["A200"] = "x" * 9_000
    [part] = parts(book(tmp_path / "m.xlsx", rows))
    assert len(part.frame) == 199


@pytest.mark.parametrize("evil", [b"<!DOCTYPE x [", b'<!ENTITY a "b">'])
def test_xml_entities_are_refused(tmp_path: Path, evil: bytes) -> None:
    path = book(tmp_path / "x.xlsx", TABLE)
    changed(path, "xl/sharedStrings.xml", b"<sst", evil + b"<sst")
    with pytest.raises(InputError, match="entities"):
        parts(path)


def test_an_encrypted_archive_is_named(tmp_path: Path) -> None:
    path = zipped(tmp_path / "p.xlsx", {"xl/workbook.xml": b"<a/>"})
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    path.write_bytes(data)
    with pytest.raises(InputError, match="encrypted"):
        parts(path)


def test_a_part_in_utf_16_is_refused_for_the_reader_would_find_it_empty(
    tmp_path: Path,
) -> None:
    path = book(tmp_path / "u.xlsx", TABLE)
    sheet = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(path) as file:
        old = file.read(sheet)
    changed(path, sheet, old, old.decode().replace("UTF-8", "UTF-16").encode("utf-16"))
    with pytest.raises(InputError, match="not in UTF-8"):
        parts(path)


def test_a_way_of_packing_that_no_office_uses_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "l.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as file:
        file.writestr("xl/workbook.xml", b"<a/>")
    with pytest.raises(InputError, match="damaged"):
        parts(path)
