"""Small workbooks for the tests, and what is read of them."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import xlsxwriter

from custclean.tables.raw import Asked
from custclean.tables.workbook import xlsx

if TYPE_CHECKING:
    from pathlib import Path

    from custclean.tables.raw import Part


def book(path: Path, cells: dict[str, object], sheet: str = "Sheet1") -> Path:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet(sheet)
        for place, value in cells.items():
            page.write(place, value)
    return path


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return path


def changed(path: Path, name: str, old: bytes, new: bytes) -> Path:
    with zipfile.ZipFile(path) as file:
        parts = {part: file.read(part) for part in file.namelist()}
    assert old in parts[name]
    return zipped(path, parts | {name: parts[name].replace(old, new, 1)})


def parts(path: Path) -> list[Part]:
    return xlsx.parts(path, path.read_bytes(), Asked())


TABLE: dict[str, object] = {"A1": "Number", "B1": "Name", "A2": "007", "B2": "Ann"}
