"""A workbook of ours that a person filled in: every cell in its place, as text.

A form holds no formulas and no macros. Where one has some by now, nobody can say what the
person meant to answer, so it is refused by name and nothing of it is taken.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from custclean.errors import InputError
from custclean.tables.opening import file_bytes, path_of
from custclean.tables.workbook import xlsx
from custclean.tables.workbook.sheets import records_of
from custclean.words import tr

if TYPE_CHECKING:
    from pathlib import Path

    from custclean.tables.record import Record

__all__ = ["FilledSheet", "read_filled"]

MACROS = re.compile(r"vbaProject\.bin|(?:macro|dialog)sheets/", re.IGNORECASE)
SHEETS = re.compile(r"xl/worksheets/[^/]+", re.IGNORECASE)
FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
CELL = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3}[0-9]{1,7})["']""")
NEAR = 200  # bytes before a formula in which its cell is named


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """A sheet with its filled rows, each with its number in the sheet."""

    name: str
    rows: tuple[Record, ...]


def read_filled(path: Path | str) -> tuple[FilledSheet, ...]:
    """Read every sheet of an XLSX workbook, hidden columns too; no formulas, no macros."""
    path = path_of(path)
    data = file_bytes(path)
    if not xlsx.is_it(data):
        msg = tr("this is no .xlsx workbook")
        raise InputError(msg, file=path, expected=tr("the .xlsx file that was sent out"))
    found = xlsx.sheets(path, data)  # within the limits, or refused
    _refuse_what_runs(path, data)
    return tuple(FilledSheet(sheet.name, tuple(records_of(sheet))) for sheet in found)


def _refuse_what_runs(path: Path, data: bytes) -> None:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        if any(map(MACROS.search, names)):
            msg = tr("the workbook holds macros")
            raise InputError(msg, file=path, expected=tr("the .xlsx file that was sent out"))
        for name in filter(SHEETS.fullmatch, names):
            text = archive.read(name)
            formula = FORMULA.search(text)
            if formula:
                raise _a_formula(path, text[max(0, formula.start() - NEAR) : formula.start()])


def _a_formula(path: Path, before: bytes) -> InputError:
    cells = CELL.findall(before)
    cell = cells[-1].decode().upper() if cells else ""
    msg = tr("cell {cell} holds a formula", cell=cell) if cell else tr("a cell is a formula")
    return InputError(msg, file=path, expected=tr("answers and notes typed as text"))
