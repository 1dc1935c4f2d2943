"""XLSX workbooks (also .xlsm): python-calamine gives the values, `sheetfacts` the rest.

Content decides, not the name. Bombs are refused before calamine, which unpacks whatever it
is given, sees a byte. Formulas are never evaluated.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import python_calamine as calamine

from custclean.errors import InputError
from custclean.tables.workbook.archive import DAMAGED, check_sheets, opened
from custclean.tables.workbook.sheetfacts import facts_of, sheet_parts, style_codes
from custclean.tables.workbook.sheets import Facts, Sheet, cannot_read, parts_of
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from custclean.tables.raw import Asked, Part
    from custclean.tables.workbook.sheets import Place

__all__ = ["NAME", "calamine_sheets", "is_it", "parts", "sheets"]

NAME = "xlsx"
ZIP = b"PK\x03\x04"
OFFICE, BOOK, BINARY = "[Content_Types].xml", "xl/workbook.xml", "xl/workbook.bin"


def is_it(data: bytes) -> bool:
    """Say whether these bytes are a file of Office; what is cut off may be one."""
    if not data.startswith(ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except DAMAGED:
        return OFFICE.encode() in data or b"xl/" in data
    return not names.isdisjoint({OFFICE, BOOK, BINARY})


def parts(path: Path, data: bytes, asked: Asked) -> list[Part]:
    """Give each filled sheet of a workbook as text."""
    return parts_of(path, sheets(path, data), asked)


def sheets(path: Path, data: bytes) -> list[Sheet]:
    """Give each sheet of a workbook within the limits, and what stands beside its values."""
    with opened(path, data) as archive:
        names = archive.namelist()
        if BINARY in names:
            msg = tr("this is a binary workbook (.xlsb)")
            raise InputError(msg, file=path, expected=tr("an .xlsx file"))
        if BOOK not in names:
            msg = tr("this is a file of Office, but no workbook")
            raise InputError(msg, file=path, expected=tr("an .xlsx or CSV file"))
        unplaced = check_sheets(path, archive, len(data))
        facts = _facts(path, archive, unplaced)
    return calamine_sheets(path, data, facts)


def _facts(path: Path, archive: zipfile.ZipFile, unplaced: set[str]) -> list[Facts]:
    """Give what stands beside the values, sheet by sheet."""
    try:
        codes = style_codes(archive)
        there = set(archive.namelist())
        return [
            facts_of(archive.read(part) if part in there else b"", codes, part in unplaced)
            for part in sheet_parts(archive)
        ]
    except InputError as error:
        raise cannot_read(path, error) from None


def calamine_sheets(path: Path, data: bytes, facts: Sequence[Facts]) -> list[Sheet]:
    """Give the values of each sheet, as calamine reads them."""
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return [
                _sheet(book, place, about, facts[place] if place < len(facts) else Facts())
                for place, about in enumerate(book.sheets_metadata)
                if about.typ == calamine.SheetTypeEnum.WorkSheet
            ]
    except BaseException as error:
        # A panic of Rust code arrives as a BaseException that has no name to catch it by.
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise cannot_read(path, error) from None


def _sheet(
    book: calamine.CalamineWorkbook, place: int, about: calamine.SheetMetadata, facts: Facts
) -> Sheet:
    sheet = book.get_sheet_by_index(place)
    merged = sheet.merged_cell_ranges or []
    facts.merged = [(_from_1(first), _from_1(last)) for first, last in merged]
    hidden = about.visible != calamine.SheetVisibleEnum.Visible
    rows = enumerate(sheet.to_python(skip_empty_area=False), 1)
    return Sheet(about.name, rows, facts, hidden)


def _from_1(place: Place) -> Place:
    return place[0] + 1, place[1] + 1
