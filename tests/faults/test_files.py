"""What is no table, or more than any machine should take, is refused: by name and at once."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from time import process_time
from typing import TYPE_CHECKING

import pytest

from custclean.errors import InputError
from custclean.tables import read_table
from custclean.tables.writing import xlsx_bytes
from tests.ending import must_end

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
SHEET = b"<worksheet><sheetData/></worksheet>"


def zipped(**members: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def with_password() -> bytes:
    data = bytearray(zipped(list_csv=b"Name,Mail\nAnn,a@b.example\n"))
    data[6] |= 1  # the flag in the file's own head
    data[data.index(b"PK\x01\x02") + 8] |= 1  # and in the directory
    return bytes(data)


def workbook_with(sheet: bytes) -> bytes:
    whole = zipfile.ZipFile(io.BytesIO(xlsx_bytes({"S": (["Name"], [["Ann"]])})))
    with whole:
        return zipped(**{
            name: sheet if name.endswith("sheet1.xml") else whole.read(name)
            for name in whole.namelist()
        })  # fmt: skip


REFUSED = {
    "nothing": (b"", "empty"),
    "only_blanks": (b" \r\n\t\n", "empty"),
    "only_marks": (b"\xef\xbb\xbf\n", "empty"),
    "only_nul": (b"\0" * 500, "NUL"),
    "noise": (bytes(range(256)) * 40, "NUL|no text"),
    "pdf": (b"%PDF-1.7\n1 0 obj", "PDF"),
    "zip_with_a_password": (with_password(), "password|encrypted"),
    "gzip_bomb": (gzip.compress(b"a," * 50_000_000), "unpacks to more"),
    "zip_bomb": (zipped(list_csv=b"a," * 100_000_000), "unpacks to more"),
    "workbook_bomb": (workbook_with(b" " * 190_000_000), "unpacks to more"),
    "entities_in_a_workbook": (workbook_with(ENTITIES + SHEET), "DOCTYPE|entit|damaged|XML"),
    "a_million_columns": (b"a" + b",a" * 1_000_000 + b"\n", "columns"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_table_is_refused_by_name(name: str, tmp_path: Path) -> None:
    data, message = REFUSED[name]
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    with must_end(), pytest.raises(InputError, match=message) as error:
        read_table(path)
    assert error.value.file == "list.csv"


@pytest.mark.timing
@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_table_is_refused_in_two_seconds(name: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(REFUSED[name][0])
    began = process_time()
    with pytest.raises(InputError):
        read_table(path)
    assert process_time() - began < 2


PLACES: dict[str, tuple[Callable[[Path], object], str]] = {
    "folder": (lambda path: path.mkdir(), "folder"),
    "pipe": (os.mkfifo, "pipe"),
    "dangling_link": (lambda path: path.symlink_to("nowhere"), "no such file"),
    "link_to_itself": (lambda path: path.symlink_to(path), "cannot be opened"),
    "nothing_there": (lambda path: None, "no such file"),
}


@pytest.mark.parametrize("name", PLACES)
def test_what_is_no_file_is_refused_by_name(name: str, tmp_path: Path) -> None:
    make, message = PLACES[name]
    path = tmp_path / "list.csv"
    make(path)
    with pytest.raises(InputError, match=message) as error:
        read_table(path)
    assert error.value.file == "list.csv"


@pytest.mark.slow
@pytest.mark.parametrize("cell", [b"x" * 100_000_000, b'"' + b"x" * 100_000_000])
def test_a_line_of_100_megabytes_is_a_row_among_others(cell: bytes, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"Name,Mail\nAnn,a@b.example\nBob," + cell + b"\nCid,c@b.example\n")
    raw = read_table(path)
    assert [len(row[1]) for row in raw.rows] == [11, len(cell), 11]
    assert raw.conserved()
