"""Faults of delimited text: each puts one thing wrong and says what should come of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.faults.cases import Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.faults.cases import Case

    Put = Callable[[Case], None]

__all__ = ["CLASHES", "FAULTS", "Fault", "with_faults"]

STAGES = ("table", "row", "value", "marks", "ends", "bytes")  # the order they are put in


@dataclass(frozen=True)
class Fault:
    """One thing wrong. Of a `group` a file has one at most: a file has one encoding."""

    name: str
    stage: str
    group: str
    put: Put


FAULTS: dict[str, Fault] = {}


def fault(stage: str, group: str = "") -> Callable[[Put], Put]:
    """Put a function among the faults; without a group it goes with any other."""

    def keep(put: Put) -> Put:
        name = put.__name__
        FAULTS[name] = Fault(name, stage, group or name, put)
        return put

    return keep


def add(name: str, stage: str, group: str, put: Put) -> None:
    """Put a function with data of its own among the faults."""
    FAULTS[name] = Fault(name, stage, group or name, put)


def with_faults(case: Case, *names: str) -> Case:
    """Put faults into a case, in the order of their stages."""
    for each in sorted((FAULTS[name] for name in names), key=lambda f: STAGES.index(f.stage)):
        each.put(case)
    return case


# -- the table ----------------------------------------------------------------------------


def _titles(case: Case, *titles: str, width: int = 1, gap: bool = True) -> None:
    above = [Line("note", [title, *[""] * (width - 1)]) for title in titles]
    case.lines[:0] = [*above, *([Line("blank", [""])] if gap else [])]


@fault("marks", "above")
def titles_above(case: Case) -> None:
    _titles(case, "Fjord Example", "Customer Contact List")


@fault("marks", "above")
def titles_above_with_delimiters(case: Case) -> None:
    _titles(case, "Fjord Example", "Customer Contact List", width=len(case.header))


@fault("marks", "above")
def titles_right_above(case: Case) -> None:
    _titles(case, "Customer Contact List", "January to March 2026", gap=False)


@fault("marks", "above")
def blank_lines_above(case: Case) -> None:
    _titles(case)
    _titles(case)


@fault("table", "header")
def two_header_rows(case: Case) -> None:
    """Group names over headings that are there twice: the group goes before the heading."""
    home, work = case.at("Phone"), case.at("Joined")
    case.head.cells[home : work + 1] = ["Phone", "City", "Phone"]
    case.header = list(case.head.cells)
    case.header[home], case.header[work] = "Home Phone", "Work Phone"
    above = [""] * len(case.header)
    above[home], above[work] = "Home", "Work"
    case.lines.insert(0, Line("blank", above))


@fault("table", "header")
def groups_above_the_header(case: Case) -> None:
    """Group names that no heading needs are a note."""
    above = [""] * len(case.header)
    above[case.at("E-mail")], above[case.at("City")] = "Contact", "Place"
    case.lines.insert(0, Line("note", above))


@fault("table", "header")
def no_header(case: Case) -> None:
    case.lines.remove(case.head)
    case.header = [""] * len(case.header)


@fault("table", "header")
def doubled_heading(case: Case) -> None:
    case.head.cells[case.at("City")] = "Name"
    case.header = list(case.head.cells)


@fault("table", "header")
def blank_heading(case: Case) -> None:
    case.head.cells[case.at("City")] = ""
    case.header = list(case.head.cells)


@fault("table", "header")
def last_heading_missing(case: Case) -> None:
    case.head.cells.pop()
    case.header[-1] = ""


@fault("table")
def header_again(case: Case) -> None:
    case.insert(Line("note", case.head.cells))


@fault("table")
def empty_first_column(case: Case) -> None:
    case.shifted += 1
    case.header.insert(0, "")
    for line in {id(line.cells): line for line in case.lines}.values():
        line.cells.insert(0, "")


@fault("table", "trailing")
def trailing_delimiters(case: Case) -> None:
    case.header.append("")
    for line in {id(line.cells): line for line in case.lines}.values():
        line.cells.append("")


@fault("table", "trailing")
def trailing_delimiters_in_rows(case: Case) -> None:
    for line in case.rows:
        line.cells.append("")


@fault("table", "rows")
def header_only(case: Case) -> None:
    case.lines = [line for line in case.lines if line.kind != "row"]


@fault("table", "rows")
def one_row(case: Case) -> None:
    del case.lines[case.lines.index(case.rows[0]) + 1 :]


@fault("table")
def blank_lines(case: Case) -> None:
    case.insert(Line("blank", [""]))
    case.insert(Line("blank", [""]))


@fault("table")
def lines_of_blanks(case: Case) -> None:
    case.insert(Line("blank", ["   "]))


@fault("marks")
def lines_of_delimiters(case: Case) -> None:
    case.insert(Line("blank", [""] * len(case.header)))


@fault("marks", "foot")
def total_below(case: Case) -> None:
    case.foot.append(Line("note", ["TOTAL", *[""] * (len(case.header) - 2), "12345.00"]))


@fault("marks")
def ruler_below_the_header(case: Case) -> None:
    case.lines.insert(
        case.lines.index(case.head) + 1, Line("note", ["-----"] * len(case.header))
    )


@fault("table")
def a_client_called_total(case: Case) -> None:
    row = case.last_row()
    row.cells[:] = ["" for _ in row.cells]
    row.cells[case.at("Name")], row.cells[case.at("Phone")] = "Total", "020 7946 0001"


@fault("marks", "foot")
def time_stamp_below(case: Case) -> None:
    stamp = " Wednesday, September 30, 2026 01:46 PM GMT-05:00"
    case.foot += [Line("blank", [""]), Line("note", [stamp])]


@fault("marks", "foot")
def count_below(case: Case) -> None:
    case.foot.append(Line("note", [f"{len(case.rows)} records"]))


@fault("marks")
def second_table(case: Case) -> None:
    rows = [["Item", "Price", "Unit", "Colour"], ["Ladder", "20.50", "piece", "red"],
            ["Bucket", "3.10", "piece", "blue"], ["Soap", "1.05", "box", "white"]]  # fmt: skip
    cells = [[*row, "x"] if len(case.header) == 4 else row for row in rows]
    case.other = [Line("blank", [""]), *[Line("row", row) for row in cells]]


# -- one row ------------------------------------------------------------------------------


@fault("row")
def short_row(case: Case) -> None:
    del case.row().cells[-2:]


@fault("row")
def long_row(case: Case) -> None:
    case.row().cells += ["more", "and more"]


@fault("row")
def long_row_of_nothing(case: Case) -> None:
    case.row().cells += ["", ""]


@fault("row", "cut")
def cut_off_at_the_end(case: Case) -> None:
    line = case.last_row()
    del line.cells[case.at("Name") + 1 :]
    case.end_at_end = False


def _stray(line: Line, place: int, raw: str, *, repaired: bool = True) -> None:
    line.raw[place] = line.cells[place] = raw
    line.repaired = repaired


@fault("row")
def quote_before_a_cell(case: Case) -> None:
    _stray(case.row(), case.at("Name"), "{q}Ann Example")


@fault("row")
def quote_after_a_cell(case: Case) -> None:
    _stray(case.row(), case.at("Name"), "Ann Example{q}", repaired=False)


@fault("row")
def quote_inside_a_cell(case: Case) -> None:
    _stray(case.row(), case.at("Name"), "Pipes 5{q} Example", repaired=False)


@fault("row")
def quotes_inside_a_quoted_cell(case: Case) -> None:
    line, at = case.row(), case.at("Name")
    _stray(line, at, "{q}Ann {q}Bo{q} Example{q}")
    line.cells[at] = "Ann {q}Bo{q} Example"


@fault("row")
def two_quotes_that_close_nothing(case: Case) -> None:
    line = case.row()
    _stray(line, case.at("Name"), "{q}Ann Example")
    _stray(line, case.at("City"), "{q}Udine")


@fault("row", "cut")
def quote_in_the_last_row(case: Case) -> None:
    _stray(case.last_row(), case.at("Name"), "{q}Ann Example")


@fault("row")
def quote_alone(case: Case) -> None:
    _stray(case.row(), case.at("City"), "{q}")


def _line_break(end: str) -> Put:
    return _value(f"Floor 2{end}High Street 1{end}Udine", "City")


def _value(text: str, column: str) -> Put:
    def put(case: Case) -> None:
        case.row().cells[case.at(column)] = text

    return put


for _name, _end in {"lf": "\n", "crlf": "\r\n", "cr": "\r"}.items():
    add(f"line_break_in_a_cell_{_name}", "row", "", _line_break(_end))


@fault("row")
def nul_in_a_cell(case: Case) -> None:
    line, at = case.row(), case.at("Name")
    line.cells[at], line.raw[at], line.flagged = "Ann Example", "Ann\0 Example", True


# -- values: each is read as it stands ----------------------------------------------------

VALUES = {
    "leading_zeros": "0012300",
    "damaged_by_excel": "9.13E+14",
    "sixteen_digits": "1234567890123456",
    "many_decimals": "0.1000000000000000055",
    "plus_sign": "+4520794601",
    "american_date": "12/31/2026",
    "european_date": "31.12.2026",
    "iso_date": "2026-12-31",
    "short_date": "31-Dec-26",
    "compact_date": "20261231",
    "hebrew": "\u05d9\u05e2\u05dc \u05dc\u05d3\u05d5\u05d2\u05de\u05d4",
    "right_to_left_mark": "Ann \u202eelpmaxE\u202c",
    "zero_width": "Ann\u200b\u200d Exam\u00adple",
    "lookalikes": "\u0410nn Ex\u0430mple",
    "composed": "\u00c5se",
    "decomposed": "A\u030ase",
    "emoji": "Ann \U0001f469\u200d\U0001f467 Example",
    "html": "<b>Ann</b> &amp; Bo",
    "script": "<script>alert('x')</script>",
    "path": "../../etc/passwd",
    "windows_path": "C:\\temp\\new",
    "ends_in_a_backslash": "C:\\temp\\",
    "formula": "=SUM(A1)",
    "not_a_number": "nan",
    "null_word": "NULL",
    "na_word": "N/A",
    "truth_word": "True",
    "comment": "# not a comment",
    "blanks_around": "  Ann  ",
    "only_blanks": "  ",
    "hard_blank": "\u00a0Ann\u00a0",
    "tab": "Ann\tExample",
    "delimiters": "a,b;c|d",
    "apostrophe": "O'Example",
    "apostrophes": "'Ann'",
    "quoted": 'Ann "Bo" Example',
    "only_a_quote": '"',
    "line_separator": "Ann\u2028Example\x85",
    "sep": "sep=;",
    "percent": "12.5%",
    "infinity": "1e999",
}


for _name, _text in VALUES.items():
    add(f"value_{_name}", "value", "", _value(_text, "City"))


@fault("value")
def decimal_commas(case: Case) -> None:
    at = case.at("Balance")
    for line in case.rows:
        line.cells[at : at + 1] = [cell.replace(".", ",") for cell in line.cells[at : at + 1]]


# -- marks and line ends ------------------------------------------------------------------


def _marks(**marks: object) -> Put:
    def put(case: Case) -> None:
        vars(case).update(marks)

    return put


DELIMITERS = {"semicolon": ";", "tab": "\t", "pipe": "|", "tilde": "~", "caret": "^"}
for _name, _mark in DELIMITERS.items():
    add(f"delimiter_{_name}", "marks", "delimiter", _marks(delimiter=_mark))
add("sep_line", "marks", "delimiter", _marks(delimiter=";", sep_line=True))
add("all_quoted", "marks", "quote", _marks(quote_all=True))
add("apostrophe_quotes", "marks", "quote", _marks(quote_all=True, quote="'", escape="'"))
add("lines_quoted_as_a_whole", "marks", "quote", _marks(whole=True))
add("blank_before_quotes", "marks", "quote", _marks(quote_all=True, blank=" "))
ENDS = {
    "crlf": ("\r\n",),
    "cr": ("\r",),
    "mixed": ("\r\n", "\n", "\n"),
    "all": ("\r\n", "\n", "\r"),
}
for _name, _ends in ENDS.items():
    add(f"ends_{_name}", "ends", "ends", _marks(ends=_ends))
add("no_end_at_the_end", "ends", "cut", _marks(end_at_end=False))


@fault("marks", "quote")
def backslash_escapes(case: Case) -> None:
    case.row().cells[case.at("Name")] = 'Ann "Bo" Example'  # else nothing shows the escape
    case.quote_all, case.escape = True, "\\"


@fault("ends")
def blank_lines_at_the_end(case: Case) -> None:
    (case.other or case.foot).extend([Line("blank", [""])] * 3)


# -- bytes --------------------------------------------------------------------------------


def _encoding(name: str, *said: str, mark: str = "") -> Put:
    return _marks(encoding=name, said=said or (name,), mark=mark)


BOM = "\ufeff"
SINGLE = ("cp1252", "latin-1", "iso8859-1", "iso8859-15", "cp850")
add("utf8_bom", "bytes", "encoding", _encoding("utf-8", mark=BOM))
add("utf8_two_boms", "bytes", "encoding", _encoding("utf-8", mark=BOM * 2))
add("utf16_le_bom", "bytes", "encoding", _encoding("utf-16-le", mark=BOM))
add("utf16_be_bom", "bytes", "encoding", _encoding("utf-16-be", mark=BOM))
add("utf16_le", "bytes", "encoding", _encoding("utf-16-le"))
add("utf16_be", "bytes", "encoding", _encoding("utf-16-be"))
add("utf32_bom", "bytes", "encoding", _encoding("utf-32-le", mark=BOM))
add("cp1252", "bytes", "encoding", _encoding("cp1252", *SINGLE))
add("latin_1", "bytes", "encoding", _encoding("latin-1", *SINGLE))
add("cp850", "bytes", "encoding", _encoding("cp850", "cp850"))


@fault("bytes", "encoding")
def one_line_of_cp1252(case: Case) -> None:
    line = case.row()
    line.cells[case.at("Name")], line.cells[case.at("City")] = "Søren Müller", "Århus"
    line.encoding, line.flagged = "cp1252", True


@fault("bytes", "encoding")
def shift_jis(case: Case) -> None:
    names = ("見本太郎", "例示花子", "架空次郎", "サンプル美咲", "テスト一郎")
    cities = ("東京", "大阪", "札幌", "")
    for n, line in enumerate(case.rows):
        for column, words in (("Name", names), ("City", cities)):
            if (at := case.at(column)) < len(line.cells) and not line.cells[at].isascii():
                line.cells[at] = words[n % len(words)]
    _encoding("cp932")(case)


# -- what does not go together ------------------------------------------------------------

# Pairs of which two readings are equally right, or that one file cannot have: the reason.
CLASHES = {
    frozenset(pair.split()): why
    for pair, why in {
        "two_header_rows trailing_delimiters": "a group may reach over the blank heading",
        "two_header_rows header_only": "it may be a header and a row",
        "groups_above_the_header header_only": "it may be a header and a row",
        "no_header trailing_delimiters_in_rows": "without a header no cell is too many",
        "no_header header_only": "nothing is left",
        "last_heading_missing trailing_delimiters": "the blank heading may be the missing one",
        "last_heading_missing trailing_delimiters_in_rows": "one heading is missing, or two",
        "last_heading_missing header_only": "nothing shows that one is missing",
        "time_stamp_below second_table": "a line between two tables may be of either",
        "header_only second_table": "one line is no table above another",
        "header_only lines_quoted_as_a_whole": "a quoted line may be a title",
        "sep_line lines_quoted_as_a_whole": "this line would be quoted, too",
        "one_row second_table": "the second table is the longer one",
    }.items()
}
