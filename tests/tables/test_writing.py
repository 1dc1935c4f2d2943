"""Files are whole or absent, private, and the same for the same rows."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from pathlib import Path

import openpyxl
import pytest

from custclean.tables import read_table
from custclean.tables.writing import csv_bytes, sha256_of, write_atomic, xlsx_bytes


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_and_its_new_folders_are_for_their_owner_alone(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        path = write_atomic(tmp_path / "a" / "b" / "c.csv", b"x")
    finally:
        os.umask(old)
    assert path.read_bytes() == b"x"
    assert _mode(path) == 0o600
    assert {_mode(tmp_path / "a"), _mode(tmp_path / "a" / "b")} == {0o700}


def test_a_folder_that_stood_before_keeps_its_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    write_atomic(tmp_path / "c.csv", b"x")
    assert _mode(tmp_path) == 0o755


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_atomic(tmp_path / "c.csv", b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomic(path, b"new")
    assert [each.name for each in tmp_path.iterdir()] == ["c.csv"]
    assert path.read_bytes() == b"old"


def test_what_a_killed_program_left_a_day_ago_goes_and_what_may_be_in_work_stays(
    tmp_path: Path,
) -> None:
    names = (".custclean-a.tmp", ".custclean-b.tmp", "a.tmp")
    old, young, other = (tmp_path / name for name in names)
    for path in (old, young, other):
        path.write_bytes(b"half")
    os.utime(old, (1, 1))
    os.utime(other, (1, 1))
    write_atomic(tmp_path / "c.csv", b"x")
    assert {path.name for path in tmp_path.iterdir()} == {young.name, other.name, "c.csv"}


def test_the_data_is_on_the_disk_before_the_name_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    real = Path.replace

    def rename(old: Path, new: Path) -> Path:
        order.append("rename")
        return real(old, new)

    monkeypatch.setattr(os, "fsync", lambda _: order.append("sync"))
    monkeypatch.setattr(Path, "replace", rename)
    write_atomic(tmp_path / "c.csv", b"x")
    assert order == ["sync", "rename", "sync"]


def test_only_cells_that_need_quotes_get_them() -> None:
    rows: list[list[str | None]] = [
        ["a,b", 'say "x"'],
        ["two\nlines", "cr\rhere"],
        [None, "plain; ="],
    ]
    assert csv_bytes(["A", "B"], rows) == (
        b'A,B\r\n"a,b","say ""x"""\r\n"two\nlines","cr\rhere"\r\n,plain; =\r\n'
    )


def test_dialect_and_bom_are_as_asked() -> None:
    data = csv_bytes(["Å"], [["é"]], bom=True, line_end="\n", quote="all")
    assert data == '\ufeff"Å"\n"é"\n'.encode()
    assert csv_bytes(["A", "B"], [["1", "2"]], delimiter=";", encoding="cp1252") == (
        b"A;B\r\n1;2\r\n"
    )


def test_a_row_of_one_empty_cell_is_no_blank_line() -> None:
    assert csv_bytes(["A"], [[None]]) == b'A\r\n""\r\n'


def test_a_character_that_the_encoding_lacks_is_an_error() -> None:
    with pytest.raises(UnicodeEncodeError):
        csv_bytes(["A"], [["漢"]], encoding="cp1252")


ROWS: list[list[str | None]] = [
    ["007", "=1+1", "https://x.example", None],
    ["9130347812345678", "a\nb", "'x", "1.50"],
]


def test_a_workbook_holds_text_and_no_formulas(tmp_path: Path) -> None:
    data = xlsx_bytes({"Errors": (["A", "B", "C", "D"], ROWS), "Empty": (["A"], [])})
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for row in book["Errors"].iter_rows(min_row=2) for cell in row]
    assert [cell.value for cell in cells] == [each for row in ROWS for each in row]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    assert book["Errors"].freeze_panes == "A2"
    assert book["Errors"].auto_filter.ref == "A1:D3"
    assert book.sheetnames == ["Errors", "Empty"]


def test_a_workbook_is_the_same_bytes_for_the_same_rows() -> None:
    first, second = (xlsx_bytes({"E": (["A", "B", "C", "D"], ROWS)}) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {part.date_time[0] for part in archive.infolist()} == {1980}


def test_a_cell_beyond_the_limit_of_excel_is_cut_visibly() -> None:
    data = xlsx_bytes({"E": (["A"], [["x" * 40_000]])})
    value = openpyxl.load_workbook(io.BytesIO(data))["E"]["A2"].value
    assert isinstance(value, str)
    assert (len(value), value[-1]) == (32_767, "…")


def test_a_workbook_is_read_back(tmp_path: Path) -> None:
    path = write_atomic(tmp_path / "e.xlsx", xlsx_bytes({"E": (["A", "B", "C", "D"], ROWS)}))
    raw = read_table(path)
    assert list(raw.rows) == [[cell or "" for cell in row] for row in ROWS]


def test_the_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = write_atomic(tmp_path / "x", b"abc")
    assert sha256_of(path).startswith("ba7816bf8f01cfea414140de5dae2223")


def test_columns_are_as_wide_as_told_or_as_their_content() -> None:
    sheets = {"A": (["Name"], [["x" * 20]]), "B": (["Name"], [["x" * 900]]), "C": ([], [])}
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(sheets, widths={"A": [9]})))
    widths = [round(book[name].column_dimensions["A"].width) for name in ("A", "B")]
    assert widths == [10, 61]
