"""Numbers that a workbook shows with leading zeros: 123 under the format `00000` is 00123.

The reader of workbooks gives the number alone; the zeros stand in its format. The parts
are read by expat after `archive` has refused entities and everything beyond the limits.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping
from xml.parsers import expat  # no DTD passes `archive.check_archive`

__all__ = ["zero_padded"]

ZEROS = re.compile(r"(?:\[[^\]]*\])*(0{2,})(?:;.*)?", re.DOTALL)
CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
WORKBOOK, STYLES = "xl/workbook.xml", "xl/styles.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
Start = Callable[[str, Mapping[str, str]], None]


def zero_padded(data: bytes) -> dict[str, dict[tuple[int, int], int]]:
    """Give, by sheet, the cells (row, column from 1) whose format pads them, and how wide.

    Bytes that are no whole workbook give nothing: reading it says what is wrong.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            widths = _padding_styles(archive)
            if not widths:
                return {}
            return {
                name: _padded_cells(archive, part, widths)
                for name, part in _sheets(archive).items()
            }
    except (expat.ExpatError, KeyError, ValueError):
        return {}


def _parse(archive: zipfile.ZipFile, part: str, start: Start) -> None:
    """Call `start` with each element of a part, its prefix taken off."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, found: start(name.rpartition(":")[2], found)
    with archive.open(part) as file:
        parser.ParseFile(file)


def _padding_styles(archive: zipfile.ZipFile) -> dict[str, int]:
    """Give the styles (by their place in the list of cell formats) that pad with zeros."""
    widths: dict[str, int] = {}  # number format -> width
    styles: list[int] = []  # of each cell format
    inside = ""

    def start(name: str, found: Mapping[str, str]) -> None:
        nonlocal inside
        if name in {"cellStyleXfs", "cellXfs"}:
            inside = name
        elif name == "numFmt" and (zeros := ZEROS.fullmatch(found.get("formatCode", ""))):
            widths[found["numFmtId"]] = len(zeros[1])
        elif name == "xf" and inside == "cellXfs":
            styles.append(widths.get(found.get("numFmtId", ""), 0))

    if STYLES in archive.namelist():
        _parse(archive, STYLES, start)
    return {str(place): width for place, width in enumerate(styles) if width}


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Give the part of each sheet by the sheet's name."""
    names: dict[str, str] = {}
    targets: dict[str, str] = {}

    def sheet(name: str, found: Mapping[str, str]) -> None:
        if name == "sheet":
            own = {key.rpartition(":")[2]: value for key, value in found.items()}
            names[own["name"]] = own["id"]

    def relation(name: str, found: Mapping[str, str]) -> None:
        if name == "Relationship":
            targets[found["Id"]] = found["Target"]

    _parse(archive, WORKBOOK, sheet)
    _parse(archive, RELATIONS, relation)
    return {name: posixpath.join("/xl", targets[key])[1:] for name, key in names.items()}


def _padded_cells(
    archive: zipfile.ZipFile, part: str, widths: Mapping[str, int]
) -> dict[tuple[int, int], int]:
    cells: dict[tuple[int, int], int] = {}

    def start(name: str, found: Mapping[str, str]) -> None:
        if name == "c" and found.get("t", "n") == "n" and found.get("s") in widths:
            place = CELL.fullmatch(found.get("r", ""))
            if place is not None:
                cells[int(place[2]), _column(place[1])] = widths[found["s"]]

    _parse(archive, part, start)
    return cells


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
