"""What stands in an XLSX workbook beside the values that its reader gives.

Error cells, formulas without a stored result, rows and columns that are hidden, and the
numbers whose format makes something else of them. Styles and names are read by expat; a
sheet, which can hold two million cells, is searched for just these at the speed of `re`.
Element names: ECMA-376 part 1, 18.3.1 (sheets) and 18.8 (styles).
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from custclean.tables.workbook.numberformats import BUILT_IN, DATES, is_date, matters, shown
from custclean.tables.workbook.safexml import parse
from custclean.tables.workbook.sheets import Facts

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Mapping

__all__ = ["facts_of", "sheet_parts", "style_codes"]

WORKBOOK, STYLES = "xl/workbook.xml", "xl/styles.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
ATTRIBUTES = rb"""(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+"""
ATTRIBUTE = re.compile(rb"""([\w:.-]+)\s*=\s*["']([^"'<]*)["']""")
COLUMN = re.compile(rb"<(?:[\w.-]+:)?col\s(" + ATTRIBUTES + rb")>")
PLACE = re.compile(r"([A-Z]{0,3})([0-9]{1,7})", re.IGNORECASE)
PREFIX = rb"(?:[\w.-]+:)?"
IS_ERROR = rb"""[^<>]*?\st\s*=\s*["']e["']"""
IS_FORMULA = rb"[^<>]*>\s*<" + PREFIX + rb"f[\s/>]"
IS_NEGATIVE = rb"[^<>]*>\s*<" + PREFIX + rb"v>\s*-"
IS_HIDDEN = rb"""[^<>]*?\shidden\s*=\s*["'](?:1|true)"""
TAG = (  # a row or cell, its formula and its stored value
    rb"(" + ATTRIBUTES + rb")>"
    rb"(?:\s*(<" + PREFIX + rb"f)(?:\s" + ATTRIBUTES + rb")?>"
    rb"(?:(?<=/>)|[^<]*</" + PREFIX + rb"f\s*>))?"
    rb"(?:\s*<" + PREFIX + rb"v[^<>]*>(?:(?<=/>)|([^<]*)</" + PREFIX + rb"v))?"
)


def style_codes(archive: zipfile.ZipFile) -> dict[str, str]:
    """Give the formats that show a number otherwise, by the number of the cell style."""
    own: dict[str, str] = {}
    styles: list[str] = []  # of each cell style the number of its format
    inside = ""

    def start(name: str, found: Mapping[str, str]) -> None:
        nonlocal inside
        if name in {"cellStyleXfs", "cellXfs", "dxfs"}:
            inside = name
        elif name == "numFmt" and inside != "dxfs" and "numFmtId" in found:
            own[found["numFmtId"]] = found.get("formatCode", "")
        elif name == "xf" and inside == "cellXfs":
            styles.append(found.get("numFmtId", "0"))

    if STYLES in archive.namelist():
        parse(archive.read(STYLES), start)
    codes = {str(number): code for number, code in BUILT_IN.items()}
    codes |= {str(number): "d" for number in DATES} | own
    found = {str(place): codes.get(number, "") for place, number in enumerate(styles)}
    return {style: code for style, code in found.items() if matters(code) or is_date(code)}


def sheet_parts(archive: zipfile.ZipFile) -> list[str]:
    """Give the part of each sheet, in the order of the workbook."""
    keys: list[str] = []
    targets: dict[str, str] = {}

    def sheet(name: str, found: Mapping[str, str]) -> None:
        if name == "sheet":
            own = {key.rpartition(":")[2]: value for key, value in found.items()}
            keys.append(own.get("id", ""))

    def relation(name: str, found: Mapping[str, str]) -> None:
        if name == "Relationship":
            targets[found.get("Id", "")] = found.get("Target", "")

    if RELATIONS in archive.namelist():
        parse(archive.read(WORKBOOK), sheet)
        parse(archive.read(RELATIONS), relation)
    return [
        posixpath.normpath(posixpath.join("/xl", targets.get(key, "")))[1:] for key in keys
    ]


def facts_of(data: bytes, codes: Mapping[str, str], unplaced: bool) -> Facts:  # noqa: FBT001
    """Give what is to be known of the sheet that these bytes are the XML of.

    Where some cells name no place (`unplaced`) all must be counted, else only those that
    matter are looked at.
    """
    search = _Search(codes)
    wanted = _wanted(data, codes)
    if wanted is not None:
        wanted = rb"" if unplaced else wanted
        pattern = rb"<" + PREFIX + rb"(row|c)(?=[\s/>])" + wanted + TAG
        for match in re.finditer(pattern, data):
            search.see(match)
    for match in COLUMN.finditer(data, 0, max(0, data.find(b"sheetData"))):
        search.see_column(_attributes(match[1]))
    return search.facts


def _wanted(data: bytes, codes: Mapping[str, str]) -> bytes | None:
    """Give the pattern of what matters after `row` or `c`; None if nothing here does."""
    styles = b"|".join(style.encode() for style, code in codes.items() if matters(code))
    dates = any(map(is_date, codes.values()))
    kinds = [
        (b"hidden" in data, rb"(?<=row)" + IS_HIDDEN),
        (b'"e"' in data or b"'e'" in data, rb"(?<=c)" + IS_ERROR),
        (b"<f" in data or b":f" in data, rb"(?<=c)" + IS_FORMULA),
        (dates and b">-" in data, rb"(?<=c)" + IS_NEGATIVE),
        (styles, rb"""(?<=c)[^<>]*?\ss\s*=\s*["'](?:""" + styles + rb""")["']"""),
    ]
    found = [pattern for there, pattern in kinds if there]
    return rb"(?=" + rb"|".join(found) + rb")" if found else None


class _Search:
    """The rows and cells of one sheet that matter, as they are found."""

    def __init__(self, codes: Mapping[str, str]) -> None:
        self.codes = codes
        self.facts = Facts()
        self.row = self.column = 0

    def see(self, match: re.Match[bytes]) -> None:
        """Take in one row or cell."""
        found = _attributes(match[2])
        place = PLACE.fullmatch(found.get("r", ""))
        if match[1] == b"row":
            self.row, self.column = int(place[2]) if place else self.row + 1, 0
            if found.get("hidden") in {"1", "true"}:
                self.facts.hidden_rows.add(self.row)
            return
        self.column = _number(place[1]) if place else self.column + 1
        self.row = int(place[2]) if place else self.row
        self._cell(found, match[4], formula=match[3] is not None)

    def _cell(self, found: Mapping[str, str], value: bytes | None, *, formula: bool) -> None:
        kind, stored = found.get("t", "n"), (value or b"").decode(errors="replace").strip()
        here = (self.row, self.column)
        if formula and (value is None or (kind in {"n", "e", "b"} and not stored)):
            self.facts.unknown.append(here)
        elif kind == "e" and stored:
            self.facts.texts[here] = stored
        elif kind == "n" and found.get("s") in self.codes:
            text = _shown(stored, self.codes[found["s"]])
            if text is not None:
                self.facts.texts[here] = text

    def see_column(self, found: Mapping[str, str]) -> None:
        """Take in a run of columns of one kind."""
        first, last = found.get("min", ""), found.get("max", "")
        if found.get("hidden") in {"1", "true"} and first.isdecimal() and last.isdecimal():
            self.facts.hidden_columns.update(range(int(first), min(int(last), 16_384) + 1))


def _shown(stored: str, code: str) -> str | None:
    try:
        return shown(float(stored), code)
    except ValueError:
        return None


def _attributes(text: bytes) -> dict[str, str]:
    return {key.decode(): value.decode() for key, value in ATTRIBUTE.findall(text)}


def _number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
