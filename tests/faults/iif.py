"""Faults of IIF, the lists of QuickBooks Desktop."""

from __future__ import annotations

import random
from functools import partial
from typing import TYPE_CHECKING

from tests.faults.cases import Impossible
from tests.faults.catalogue import Catalogue, Family
from tests.faults.delimited import VALUES
from tests.faults.listings import ENDS, Entry, Listing, people, set_to

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FAMILIES"]

FAULTS = Catalogue(("value", "row", "section", "file"))
NAMES = ("!CUST", "NAME", "EMAIL", "PHONE1", "CITY", "REFNUM", "NOTES")


def written(*cells: str) -> str:
    """Write a line; what holds a tab or a line end is quoted, as Excel does."""
    marked = any(mark in cell for cell in cells for mark in "\t\r\n")
    quoted = [cell.replace('"', '""') if marked else cell for cell in cells]
    return "\t".join(f'"{cell}"' for cell in quoted) if marked else "\t".join(cells)


def row(cells: dict[str, str]) -> Entry:
    """Write a row."""
    return Entry([written(*cells.values())], cells, part="CUST")


def customer(person: dict[str, str]) -> Entry:
    """Write a person as a row."""
    values = [
        "CUST",
        *(person[name] for name in ("Name", "E-mail", "Phone", "City", "Number")),
    ]
    return row(dict(zip(NAMES, [*values, "x"], strict=True)))


def lists() -> Listing:
    """Give a clean list of customers."""
    head = Entry([written(*NAMES)], kind="header", part="CUST")
    entries = [head, *(customer(person) for person in people())]
    return Listing("iif", entries, random.Random(1), parts={"CUST": NAMES})


FAMILIES = [Family("iif", partial(lists), FAULTS)]


def again(case: Listing, **cells: str) -> Entry:
    """Give a row of which some cells are others."""
    entry = case.row()
    if len(entry.cells) != len(NAMES):
        msg = "the row has another fault"
        raise Impossible(msg)
    entry.cells |= cells
    entry.text = [written(*entry.cells.values())]
    return entry


def _value(text: str) -> Callable[[Listing], object]:
    return lambda case: again(case, CITY=text)


for _name, _text in VALUES.items():
    if _name != "only_a_quote":
        FAULTS.add(f"value_{_name}", "value", _value(_text), paired=False)
FAULTS.add("line_break_in_a_cell", "value", _value("Floor 2\nHigh Street 1"))
FAULTS.add("tab_and_quotes_in_a_cell", "value", _value('Ann\t"Bo"'))
FAULTS.add("quote_inside_a_cell", "value", _value('Pipes 5" Example'))


@FAULTS.fault("value")
def every_value(case: Listing) -> None:
    place = case.entries.index(case.row())
    for name, text in VALUES.items():
        if name != "only_a_quote":
            entry = row(customer(people(1)[0]).cells | {"CITY": text})
            entry.taken = True
            case.entries.insert(place, entry)


@FAULTS.fault("value")
def quoted_cells(case: Listing) -> None:
    entry = again(case)
    entry.text = ["\t".join(f'"{cell}"' for cell in entry.cells.values())]


@FAULTS.fault("value")
def stray_quote(case: Listing) -> None:
    again(case, NAME='"Ann Example').repaired = True


@FAULTS.fault("value")
def only_a_quote(case: Listing) -> None:
    again(case, CITY='"').repaired = True


@FAULTS.fault("value")
def nul(case: Listing) -> None:
    entry = again(case, NAME="Ann\0Bo")
    entry.cells["NAME"] = "AnnBo"
    entry.flags.append(0)


@FAULTS.fault("row")
def short_row(case: Listing) -> None:
    entry = again(case)
    entry.text = [written(*[*entry.cells.values()][:3])]
    entry.cells = dict([*entry.cells.items()][:3])
    entry.repaired = True


@FAULTS.fault("row")
def long_row(case: Listing) -> None:
    entry = again(case)
    entry.text = [f"{entry.text[0]!s}\tmore"]
    entry.kind = "rejected"


@FAULTS.fault("row")
def unknown_keyword(case: Listing) -> None:
    case.insert(Entry(["SHOE\tAnn"], kind="rejected", part="CUST"))


@FAULTS.fault("row")
def title_among_the_rows(case: Listing) -> None:
    case.insert(Entry(["Customer Contact List"], kind="rejected", part="CUST"))


@FAULTS.fault("row")
def small_keyword(case: Listing) -> None:
    again(case, **{"!CUST": "cust"})


@FAULTS.fault("row")
def blank_lines(case: Listing) -> None:
    place = case.entries.index(case.row())
    case.entries[place:place] = [Entry([text], kind="nothing") for text in ("", "\t\t", "  ")]


@FAULTS.fault("section", "header")
def header_again(case: Listing) -> None:
    place = case.entries.index(case.row())
    case.entries.insert(place, Entry([written(*NAMES)], kind="nothing"))


def _turned(case: Listing, names: list[str]) -> None:
    """Put a header of other columns in the middle, and the rows below into their order."""
    place = case.entries.index(case.row())
    for entry in case.entries[place:]:
        cells = {name: entry.cells.get(name, "y") for name in names}
        if entry.taken and entry is not case.entries[place]:
            msg = "a row below has another fault"
            raise Impossible(msg)
        if entry.kind == "row" and entry.part == "CUST":
            entry.cells, entry.text = cells, [written(*cells.values())]
    case.entries.insert(place, Entry([written(*names)], kind="nothing"))


@FAULTS.fault("section", "header")
def columns_in_another_order(case: Listing) -> None:
    _turned(case, ["!CUST", *reversed(NAMES[1:])])


@FAULTS.fault("section", "header")
def other_columns_below(case: Listing) -> None:
    _turned(case, ["!CUST", "NAME", "COMPANYNAME", "NOTES"])


def _other(*texts: str) -> list[Entry]:
    """Write a section of a header and one row."""
    names, cells = texts[0].split("\t"), texts[1].split("\t")
    found = dict(zip(names, cells, strict=True))
    head = Entry([texts[0]], kind="header", part=cells[0])
    return [head, Entry([texts[1]], found, part=cells[0], taken=True)]


@FAULTS.fault("section")
def other_lists(case: Listing) -> None:
    place = case.entries.index(case.row())
    case.entries[place:place] = _other("!VEND\tNAME\tPHONE1", "VEND\tBo\t1")
    case.entries[:0] = _other("!HDR\tPROD", "HDR\tExample")
    case.parts = {
        "HDR": ("!HDR", "PROD"),
        **case.parts,
        "VEND": ("!VEND", "NAME", "PHONE1"),
    }


@FAULTS.fault("section")
def padded_by_excel(case: Listing) -> None:
    for entry in case.entries:
        if entry.kind in ("row", "header", "nothing"):
            last, tabs = entry.text[-1], "\t" * len(NAMES)
            entry.text[-1] = last + tabs if isinstance(last, str) else last + tabs.encode()
            entry.repaired = entry.repaired and len(entry.cells) == len(NAMES)


for _name, _ends in ENDS.items():
    if _name != "crlf":
        FAULTS.add(f"ends_{_name}", "file", set_to(ends=_ends), "ends")
FAULTS.add("utf8_bom", "file", set_to(mark="\ufeff"), "encoding")
FAULTS.add("utf16_bom", "file", set_to(mark="\ufeff", encoding="utf-16-le"), "encoding")
FAULTS.add("cp1252", "file", set_to(encoding="cp1252"), "encoding")
FAULTS.add("no_end_of_the_last_line", "file", set_to(end_at_end=False), "cut")


@FAULTS.fault("value", "encoding")
def one_line_of_cp1252(case: Listing) -> None:
    entry = again(case, NAME="Søren Müller", CITY="Århus")
    entry.text = [str(entry.text[0]).encode("cp1252")]
    entry.flags.append(0)


@FAULTS.fault("file", "cut")
def cut_off(case: Listing) -> None:
    entry = case.last()
    if len(entry.cells) != len(NAMES) or entry.repaired:
        msg = "the row has another fault"
        raise Impossible(msg)
    entry.cells = dict([*entry.cells.items()][:2])
    entry.text, entry.repaired, case.end_at_end = [written(*entry.cells.values())], True, False
