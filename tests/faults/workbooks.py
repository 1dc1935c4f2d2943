"""Faults of workbooks: XLSX, XLS, ODS, SpreadsheetML and the pages of HTML named .xls.

Those of the table itself are those of delimited text; its marks and bytes are not.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tests.faults import delimited
from tests.faults.books import FORMS, TYPED, XML, Book, Merged, Stored, book
from tests.faults.cases import Impossible, Line
from tests.faults.catalogue import Catalogue, Family
from tests.faults.delimited import VALUES

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FAMILIES"]

FAULTS = Catalogue(("table", "row", "value", "marks", "store", "book"))
FAMILIES = [Family(form, partial(book, form), FAULTS) for form in FORMS]

# -- what delimited text can have, too ----------------------------------------------------

SAME = (
    "titles_above titles_right_above blank_lines_above two_header_rows groups_above_the_header"
    " no_header doubled_heading blank_heading last_heading_missing header_again"
    " empty_first_column trailing_delimiters trailing_delimiters_in_rows header_only one_row"
    " blank_lines lines_of_blanks lines_of_delimiters total_below time_stamp_below count_below"
    " short_row long_row long_row_of_nothing line_break_in_a_cell_lf line_break_in_a_cell_crlf"
    " line_break_in_a_cell_cr decimal_commas"
)
for _name in SAME.split():
    _fault = delimited.FAULTS[_name]
    FAULTS.add(_name, _fault.stage, _fault.put, _fault.group)
for _name in VALUES:
    FAULTS.add(f"value_{_name}", "value", delimited.FAULTS[f"value_{_name}"].put, paired=False)
FAULTS.clashes |= {
    pair: why
    for pair, why in delimited.CLASHES.items()
    if pair <= FAULTS.faults.keys() and "trailing" not in " ".join(pair)
}


@FAULTS.fault("value")
def every_value(case: Book) -> None:
    """Put all values at once, each in a row of its own: beside other faults."""
    at, rows = case.at("City"), iter(VALUES.values())
    end = case.lines.index(case.rows[-4]) if len(case.rows) > 4 else None
    if end is None:
        msg = "the table has no row to spare"
        raise Impossible(msg)
    model = list(case.lines[end].cells)
    for text in rows:
        cells = [*model]
        cells[at] = text
        case.lines.insert(end, Line("row", cells, taken=True))


def _text(text: str) -> Callable[[Book], None]:
    def put(case: Book) -> None:
        case.row().cells[case.at("City")] = text

    return put


FAULTS.add("value_code_of_a_letter", "value", _text("_x0041_ Example_x"), forms="xlsx xls")
FAULTS.add("value_beyond_the_basic_plane", "value", _text("\U0001f600" * 300))
FAULTS.add("value_of_30000_letters", "value", _text("ø" * 30_000))


@FAULTS.fault("table", "header")
def merged_groups(case: Book) -> None:
    """Merge each group's cells, as Excel does."""
    delimited.two_header_rows(case)
    above = case.lines[0]
    for at, end in (
        (case.at("Phone"), case.at("Joined")),
        (case.at("Joined"), len(above.cells)),
    ):
        case.merged.append(Merged(above, at, across=end - at))


# -- how a cell is stored -----------------------------------------------------------------

CELLS = {
    "leading_zeros": ("00417", Stored("number", "417", "00000")),
    "id_of_16_digits": ("1234567890123456", Stored("number", "1234567890123456", "0")),
    "exponent": ("913000000000000",
                 Stored("number", "913000000000000", "0.00E+00", "9.13E+14")),
    "exponent_as_stored": ("913000000000000", Stored("number", "9.13E+14")),
    "percent": ("12.5%", Stored("number", "0.125", "0.0%")),
    "noise_of_binary": ("0.3", Stored("number", "0.30000000000000004")),
    "currency": ("1234.5", Stored("number", "1234.5", '#,##0.00\\ "kr."', "1.234,50 kr.")),
    "negative": ("-5", Stored("number", "-5", "0.00;[Red]-0.00", "-5,00")),
    "nought": ("0", Stored("number", "0", '0;-0;"-"', "-")),
    "phone": ("202-555-0123", Stored("number", "2025550123", "000-000-0000")),
    "truth": ("TRUE", Stored("bool", "1")),
    "untruth": ("FALSE", Stored("bool", "0")),
    "format_alone": ("", Stored("nothing", code="0.00")),
    "date_and_time": ("2026-12-31 18:30:00", Stored("moment", "2026-12-31T18:30:00",
                                                    "dd/mm/yyyy hh:mm", "31-12-2026 18:30")),
    "time": ("18:30:00", Stored("time", "18:30:00", "hh:mm", "18:30")),
    "error": ("#N/A", Stored("error", "#N/A")),
    "error_of_a_reference": ("#REF!", Stored("error", "#REF!")),
}  # fmt: skip
DAY = Stored("date", "2026-12-31", "d-mmm-yy", "31-Dec-26")
DATES = {
    "american": ("mm/dd/yyyy", "12/31/2026"),
    "european": ("dd.mm.yyyy", "31.12.2026"),
    "iso": ("yyyy-mm-dd", "2026-12-31"),
    "short": ("d-mmm-yy", "31-Dec-26"),
    "long": ('[$-406]dddd" den "d. mmmm yyyy', "torsdag den 31. december 2026"),
}


def _cell(seen: str, stored: Stored) -> Callable[[Book], None]:
    def put(case: Book) -> None:
        case.store(case.row(), case.at("City"), seen, stored)

    return put


for _name, (_seen, _stored) in CELLS.items():
    FAULTS.add(f"cell_{_name}", "store", _cell(_seen, _stored), forms=TYPED, paired=False)
for _name, (_code, _shown) in DATES.items():
    _stored = Stored("date", "2026-12-31", _code, _shown)
    FAULTS.add(
        f"date_{_name}", "store", _cell("2026-12-31", _stored), forms=TYPED, paired=False
    )


@FAULTS.fault("store", forms=TYPED)
def every_kind_of_cell(case: Book) -> None:
    """Put a cell of each kind into the rows, one below the other."""
    model = case.row()
    place = case.lines.index(model)
    for seen, stored in [*CELLS.values(), ("2026-12-31", DAY)]:
        line = Line("row", [*model.cells], taken=True)
        case.lines.insert(place, line)
        case.store(line, case.at("City"), seen, stored)


def _column(name: str, stored: Callable[[str], tuple[str, Stored]]) -> Callable[[Book], None]:
    def put(case: Book) -> None:
        at = case.at(name)
        for line in case.rows:
            if not line.taken and at < len(line.cells) and line.cells[at][:1].isdigit():
                case.store(line, at, *stored(line.cells[at]))

    return put


def _number(text: str) -> tuple[str, Stored]:
    number = text.replace(",", ".")
    plain = number.rstrip("0").rstrip(".")
    return plain, Stored("number", plain, "0.00", number)


FAULTS.add("numbers", "store", _column("Balance", _number), forms=TYPED)
FAULTS.add(
    "numbers_with_zeros",
    "store",
    _column("Number", lambda text: (text, Stored("number", str(int(text)), "0000000"))),
    forms=TYPED,
)
FAULTS.add(
    "dates",
    "store",
    _column("Joined", lambda text: (text, Stored("date", text, "dd/mm/yy", "1/1/01"))),
    forms=TYPED,
)


@FAULTS.fault("store", forms=TYPED)
def rich_text(case: Book) -> None:
    case.store(case.row(), case.at("Name"), "Ann Example", Stored("rich"))


@FAULTS.fault("store", forms=XML)
def formula_with_a_number(case: Book) -> None:
    case.store(case.row(), case.at("City"), "12.5", Stored("formula", "12.5"))


@FAULTS.fault("store", forms="xlsx")
def formula_with_a_text(case: Book) -> None:
    stored = Stored("text_formula", "Udine", "", 'IF(A1>0,"a & b","<c>")')
    case.store(case.row(), case.at("City"), "Udine", stored)


@FAULTS.fault("store", forms="xlsx")
def formula_with_an_empty_text(case: Book) -> None:
    case.store(case.row(), case.at("City"), "", Stored("text_formula"))


@FAULTS.fault("store", forms=TYPED)
def formula_without_a_result(case: Book) -> None:
    line = case.row()
    line.flagged = True
    case.store(line, case.at("City"), "", Stored("formula"))


# -- the sheet ----------------------------------------------------------------------------


@FAULTS.fault("store")
def hidden_row(case: Book) -> None:
    case.hidden.append(case.row())


@FAULTS.fault("store", forms=TYPED)
def hidden_column(case: Book) -> None:
    case.hidden_columns.append(case.at("Phone"))


@FAULTS.fault("store", "merged")
def merged_down(case: Book) -> None:
    line = case.row()
    lines = case.every()
    below = lines[lines.index(line) + 1]
    at = case.at("City")
    if below.taken or below.kind != "row" or max(len(line.cells), len(below.cells)) <= at:
        msg = "another fault is below"
        raise Impossible(msg)
    line.cells[at], below.cells[at], below.flagged, below.taken = "Leeds", "", True, True
    line.flagged = True
    case.merged.append(Merged(line, at, down=2))


@FAULTS.fault("store", "merged")
def merged_across(case: Book) -> None:
    line, at = case.row(), case.at("Phone")
    line.cells[at : at + 2] = ["Leeds", ""]
    case.merged.append(Merged(line, at, across=2))


@FAULTS.fault("store", "above")
def merged_title(case: Book) -> None:
    width = len(case.header)
    title = Line("note", ["Customer Contact List", *[""] * (width - 1)])
    case.lines.insert(0, title)
    case.merged.append(Merged(title, 0, across=width))


# -- the book -----------------------------------------------------------------------------


def _other(case: Book, name: str, rows: int) -> Book:
    other = book(case.form, rows)
    other.name = name
    return other


@FAULTS.fault("book", "sheets")
def other_sheets(case: Book) -> None:
    case.before.append(_other(case, "Old", 2))
    case.behind.append(_other(case, "Ørsted & <Co>", 1))
    _named(case)


@FAULTS.fault("book", "sheets", forms=TYPED)
def hidden_sheet(case: Book) -> None:
    case.behind.append(_other(case, "Hidden", 1))
    case.behind[-1].hidden_sheet = True


@FAULTS.fault("book", "sheets")
def empty_sheet_first(case: Book) -> None:
    empty = book(case.form, 1)
    empty.lines, empty.name = [], "Empty"
    case.before.append(empty)
    if case.form == "html":
        case.name = "table 2"


def _named(case: Book) -> None:
    if case.form == "html":
        for place, each in enumerate([*case.before, case, *case.behind], 1):
            each.name = f"table {place}"


def _set(**what: object) -> Callable[[Book], None]:
    return lambda case: vars(case).update(what)


FAULTS.add("inline_strings", "book", _set(strings="inline"), "strings", "xlsx")
FAULTS.add("strings_as_results", "book", _set(strings="str"), "strings", "xlsx")
FAULTS.add("dimension_too_small", "book", _set(dimension="small"), "dimension", "xlsx")
FAULTS.add("dimension_too_large", "book", _set(dimension="large"), "dimension", "xlsx")
FAULTS.add("dimension_missing", "book", _set(dimension="none"), "dimension", "xlsx")
FAULTS.add("cells_without_places", "book", _set(named=False), "", "xlsx sheetml")
FAULTS.add("rows_out_of_order", "book", _set(ordered=False), "", "xlsx")
FAULTS.add("prefixed_elements", "book", _set(prefix="x"), "", "xlsx")
FAULTS.add("years_from_1904", "book", _set(epoch=1), "", "xlsx")
FAULTS.add("cut_off_in_the_middle", "book", _set(cut=0.5), "", TYPED)
FAULTS.add("cut_off_before_the_end", "book", _set(cut=0.97), "", "xlsx ods sheetml")


def _changed(*changes: tuple[str, str]) -> Callable[[Book], None]:
    return lambda case: case.changes.extend(changes)


FAULTS.add("comments_on_cells", "book", _changed(("</Data></Cell>",
           '</Data><Comment><ss:Data ss:Type="String">no</ss:Data></Comment></Cell>')),
           "", "sheetml")  # fmt: skip
EMPTY = (
    '<table:table-row table:number-rows-repeated="1048000">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)
NOTE = "<office:annotation><text:p>no</text:p></office:annotation>"
FAULTS.add("repeated_blank_rows", "book",
           _changed(("</table:table>", f"{EMPTY}</table:table>")), "", "ods")  # fmt: skip
FAULTS.add("notes_on_cells", "book", _changed(("<text:p>", f"{NOTE}<text:p>")), "", "ods")


@FAULTS.fault("book", "sheets", forms="html")
def table_in_a_table_of_the_page(case: Book) -> None:
    case.changes += [
        ("<table ", "<table><tr><td><table "),
        ("</table>", "</table></td></tr></table>"),
    ]
    case.name, case.nested = "table 2", True


FAULTS.add(
    "cells_on_lines_of_their_own", "book", _changed(("</c><c", "</c>\n  <c")), "", "xlsx"
)
FAULTS.add("no_end_tags", "book", _changed(("</td>", ""), ("</th>", ""), ("</tr>", "")),
           "tags", "html")  # fmt: skip
FAULTS.add("capital_tags", "book", _changed(("<td", "<TD"), ("</td", "</TD"), ("<tr", "<TR")),
           "tags", "html")  # fmt: skip
FAULTS.add("comments_between", "book", _changed(("</tr>", "</tr><!-- <td>x</td> -->")),
           "", "html")  # fmt: skip
FAULTS.add("elements_in_cells", "book",
           _changed(("<td>", '<td align="left"><font face=Arial size=1><span>'),
                    ("</td>", "</span></font></td>")), "tags", "html")  # fmt: skip
FAULTS.add("text_around", "book", _set(around=("Customer Contact List", "30 September 2026")),
           "sheets", "html")  # fmt: skip
FAULTS.add("script_in_the_page", "book",
           _changed(("<table", "<script>if (1 < 2) x = '<td>no</td>';</script><table")),
           "", "html")  # fmt: skip

# -- the encoding of a page or of XML ----------------------------------------------------

BOM = "\ufeff"
for _name, _encoding, _declared, _mark in (
    ("utf8_bom", "utf-8", "", BOM),
    ("utf8_declared", "utf-8", "utf-8", ""),
    ("utf16_bom", "utf-16-le", "utf-16", BOM),
    ("cp1252_declared", "cp1252", "windows-1252", ""),
    ("shift_jis_declared", "cp932", "Shift_JIS", ""),
):
    FAULTS.add(
        _name,
        "book",
        _set(encoding=_encoding, declared=_declared, mark=_mark),
        "encoding",
        "html sheetml",
    )
FAULTS.add("cp1252", "book", _set(encoding="cp1252"), "encoding", "html")
FAULTS.add("declared_wrongly", "book", _set(declared="utf-8", encoding="cp1252"), "encoding",
           "html")  # fmt: skip

# -- what does not go together ------------------------------------------------------------

FAULTS.clash("it may be a header and a row", "header_only merged_groups")
FAULTS.clash("the last group may reach over the columns that are more",
             "two_header_rows long_row", "merged_groups long_row",
             "merged_groups trailing_delimiters")  # fmt: skip
FAULTS.clash("nothing says where a row stands", "cells_without_places rows_out_of_order")
FAULTS.clash("the cells beside a merged one must say where they stand",
             "merged_down cells_without_places")  # fmt: skip
FAULTS.clash("columns without a heading hide which of two rows is the header",
             "groups_above_the_header long_row")  # fmt: skip
FAULTS.clash("a page means the ellipsis by &#133;",
             *(f"every_value {name}" for name in ("cp1252_declared", "shift_jis_declared",
                                                  "cp1252", "declared_wrongly")))  # fmt: skip
