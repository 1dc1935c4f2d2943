"""What is fuzzed: each reader by itself, and reading from end to end.

A target takes bytes. Only `CustcleanError` is an answer; anything else, and more than two
seconds for 64 KB, is a finding (`Slow`).
"""

from __future__ import annotations

import io
import tempfile
import time
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import custclean as cc
from custclean.errors import CustcleanError
from custclean.tables.packed import unpack
from custclean.tables.raw import Asked
from custclean.tables.reading import FORMATS, TEXT
from custclean.tables.writing import xlsx_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from custclean.tables.reading import Format

__all__ = ["TARGETS", "Slow", "run", "seeds"]

SAMPLES = Path(__file__).parent.parent / "data" / "samples"
FOUND = Path(__file__).parent.parent / "tests" / "faults" / "found"
LARGEST = 1 << 16
SECONDS = 2.0  # of the processor, so that a busy machine finds nothing
FOLDER = tempfile.TemporaryDirectory(prefix="fuzz")
FILE = Path(FOLDER.name, "input")


class Slow(Exception):  # noqa: N818  # it is a finding
    """An input takes too long."""


def _format(form: Format) -> Callable[[bytes], None]:
    def read(data: bytes) -> None:
        if form.is_it(data):
            FILE.write_bytes(data)
            for part in form.parts(FILE, data, Asked()):
                assert part.frame.height == len(part.lines)  # noqa: S101  # a finding

    return read


def _packed(data: bytes) -> None:
    unpack(FILE, data)


def _read(data: bytes) -> None:
    FILE.write_bytes(data)
    raw = cc.read_table(FILE)
    assert raw.conserved(), raw.lost()  # noqa: S101  # a finding
    cc.read(FILE)


def _sheet(data: bytes) -> None:
    """Put the bytes into a workbook as its sheet: else the zip hides them."""
    book = io.BytesIO()
    whole = zipfile.ZipFile(io.BytesIO(xlsx_bytes({"S": (["Name"], [["Ann"]])})))
    with whole, zipfile.ZipFile(book, "w") as made:
        for name in whole.namelist():
            is_sheet = name.endswith("sheet1.xml")
            made.writestr(name, data if is_sheet else whole.read(name))
    TARGETS["xlsx"](book.getvalue())


TARGETS: dict[str, Callable[[bytes], None]] = {
    **{form.name: _format(form) for form in (*FORMATS, TEXT)},
    "sheet": _sheet,
    "packed": _packed,
    "read": _read,
}


def run(name: str, data: bytes) -> None:
    """Give the bytes to a target; what is wrong with it is raised."""
    start = time.process_time()
    with suppress(CustcleanError):
        TARGETS[name](data)
    if time.process_time() - start > SECONDS:
        raise Slow(name)


def seeds(name: str) -> Iterator[bytes]:
    """Give files to start from: the samples, the faults, and what was found before."""
    if name == "sheet":
        book = xlsx_bytes({"S": (["Name", "Mail"], [["Ann", "a@b.example"]] * 3)})
        yield zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml")
    for folder in (SAMPLES, FOUND):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.stat().st_size <= LARGEST:
                yield path.read_bytes()
    yield from _faulty()


def _faulty() -> Iterator[bytes]:
    from tests.faults.cases import customers  # noqa: PLC0415  # not needed to run a finding
    from tests.faults.delimited import FAULTS, with_faults  # noqa: PLC0415

    for fault in FAULTS:
        yield with_faults(customers(14), fault).data()
