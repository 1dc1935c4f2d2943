"""Any table file is read as it stands, and every letter of it is accounted for."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean import html
from custclean.errors import InputError, SettingsError
from custclean.tables import Flag, Note, RawTable, delimited, read_table
from custclean.tables.raw import column_names
from custclean.tables.writing import csv_bytes, xlsx_bytes

TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n\r,;\t"'), max_size=9
)
VISIBLE = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=6)
ROW = st.tuples(VISIBLE, TEXT, TEXT, TEXT).map(list)
HEADER = ["Name", "Where to", "E mail", "Note"]


def _read(data: bytes, name: str = "t.csv", **given_by_caller: Any) -> RawTable:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        return read_table(path, **given_by_caller)


@given(
    st.lists(ROW, max_size=5),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\r\n", "\n", "\r"]),
    st.sampled_from(["minimal", "all"]),
    st.sampled_from([("utf-8", False), ("utf-8", True), ("utf-16", False)]),
)
def test_what_is_written_is_read_back(rows, delimiter, line_end, quote, how) -> None:  # type: ignore[no-untyped-def]
    encoding, bom = how
    data = csv_bytes(
        HEADER,
        rows,
        encoding=encoding,
        bom=bom,
        delimiter=delimiter,
        line_end=line_end,
        quote=quote,
    )
    raw = _read(data, delimiter=delimiter, header_row=1)
    assert list(raw.header) == HEADER
    assert list(raw.rows) == rows
    assert raw.conserved()
    assert (raw.rejected, raw.repairs, raw.notes) == ((), (), ())


@given(
    st.lists(st.tuples(VISIBLE, VISIBLE, VISIBLE).map(list), min_size=1, max_size=6),
    st.sampled_from(",;\t|"),
)
def test_the_delimiter_need_not_be_told(rows: list[list[str]], delimiter: str) -> None:
    rows = [[cell.translate({ord(c): "x" for c in ',;\t|"'}) for cell in row] for row in rows]
    raw = _read(csv_bytes(["Name", "City", "Mail"], rows, delimiter=delimiter))
    assert raw.report.delimiter == delimiter


@given(st.text(alphabet='aB1",; \t\r\n', max_size=80), st.sampled_from([None, ",", ";"]))
def test_every_letter_of_any_text_is_accounted_for(text: str, delimiter: str | None) -> None:
    try:
        raw = _read(text.encode(), delimiter=delimiter)
    except InputError as error:
        assert error.message == "the file is empty"  # noqa: PT017  # or it was read
        assert not any(letter.isalnum() for letter in text)
        return
    assert raw.conserved(), raw.lost()


@given(st.binary(max_size=200))
def test_any_bytes_are_read_whole_or_refused(data: bytes) -> None:
    try:
        raw = _read(data)
    except InputError:
        return
    assert raw.conserved()


def test_a_report_is_told_from_its_furniture() -> None:
    raw = _read(
        b'"Fjord, Inc",,\nCustomer Contact List,,\n\nCustomer full name,Phone numbers,Email\n'
        b'Ann Example,"1 High St\nTown",a@b.example\n,,\nBob,,\nTOTAL,,"1,200.00"\n\n'
        b'" Wednesday, September 30, 2026 01:46 PM GMT-05:00",,\n'
    )
    assert raw.header == ("Customer full name", "Phone numbers", "Email")
    assert raw.report.header_row == 4
    assert list(raw.lines) == [5, 8]
    assert raw.notes == (
        Note(1, "Fjord, Inc"),
        Note(2, "Customer Contact List"),
        Note(9, "TOTAL,,1,200.00"),
        Note(11, " Wednesday, September 30, 2026 01:46 PM GMT-05:00"),
    )
    assert raw.conserved()


def test_a_header_that_comes_again_is_nobody() -> None:
    raw = _read(b"Name,Mail\nAnn,a@b.example\nName,Mail\nBob,b@b.example\n")
    assert [row[0] for row in raw.rows] == ["Ann", "Bob"]
    assert raw.notes == (Note(3, "Name,Mail"),)


def test_a_client_called_total_something_is_no_total() -> None:
    raw = _read(b"Name,Mail\nAnn,a@b.example\nTotal Example Energy,t@x.example\n")
    assert len(raw) == 2


def test_a_row_that_begins_with_a_time_is_no_footer() -> None:
    raw = _read(b"When,Name\n2026-01-01 10:30,Ann\n2026-01-02 11:30,Bob\n")
    assert len(raw) == 2


def test_ragged_rows_are_mended_or_rejected_and_reported() -> None:
    raw = _read(b"Name,Mail,City\nAnn,a@b.example\nBob,b@b.example,X,,\nCid,c@b.example,Y,Z\n")
    assert list(raw.rows) == [["Ann", "a@b.example", ""], ["Bob", "b@b.example", "X"]]
    assert [(r.line, r.what) for r in raw.repairs] == [
        (2, "1 cell was missing"),
        (3, "2 empty cells too many"),
    ]
    assert [(r.line, r.text, r.reason) for r in raw.rejected] == [
        (4, "Cid,c@b.example,Y,Z", "1 cell too many")
    ]
    assert raw.conserved()


def test_an_unbalanced_quote_is_reported_and_its_neighbours_stand() -> None:
    raw = _read(
        b'Name,Mail,City\nAnn,"a@b.example,X\nBob,"b@b.example","Y"\nCid,"c,c,Z\nDan,d,E\n'
    )
    assert [row[0] for row in raw.rows] == ["Ann", "Bob", "Dan"]
    assert [(r.line, r.reason) for r in raw.rejected] == [(4, "an unbalanced quote")]
    assert [r.line for r in raw.repairs] == [2]
    assert raw.conserved()


def test_headings_stay_as_found_and_columns_are_unique() -> None:
    raw = _read(b"Name,,Mail,Name,\nA,b,c,d,e\n")
    assert raw.header == ("Name", "", "Mail", "Name", "")
    assert raw.frame.columns == ["Name", "column 2", "Mail", "Name (2)", "column 5"]


@given(
    st.lists(st.sampled_from(["", " ", "a", "a (2)", "A", "column 1", "column 2"]), max_size=7)
)
def test_column_names_are_unique_and_keep_what_is_unique(header: list[str]) -> None:
    names = column_names(header)
    assert len(set(names)) == len(header)
    assert all(
        name == heading
        for name, heading in zip(names, header, strict=True)
        if heading.strip() and header.count(heading) == 1
    )


def test_values_are_not_stripped_and_empty_is_null() -> None:
    raw = _read(b'Name,Number,Mail\n Ann ,007,\nBob,"  ",x\n')
    assert raw.frame.rows() == [(" Ann ", "007", None), ("Bob", "  ", "x")]


def test_a_header_alone_is_a_table_without_rows() -> None:
    raw = _read(b"Display name,Company ID,Client number\r\n")
    assert raw.header == ("Display name", "Company ID", "Client number")
    assert (len(raw), raw.frame.width) == (0, 3)


def test_one_column_is_a_table() -> None:
    raw = _read("Navn\r\nÅse\r\nBo\r\n".encode())
    assert list(raw.rows) == [["Åse"], ["Bo"]]


def test_the_line_of_the_header_can_be_given() -> None:
    raw = _read(b"x,y,z\nName,Mail,\nAnn,a,b\n", header_row=2)
    assert raw.header == ("Name", "Mail", "")
    with pytest.raises(InputError, match=r"^t.csv, line 9: no header"):
        _read(b"x,y\n1,2\n", header_row=9)


def test_the_header_that_is_given_may_stand_far_below_the_start() -> None:
    rows = b"1001;Ann;Leeds\n" * 500
    table = _read(rows + b"Number;Name;City\n" + rows, header_row=501)
    assert (table.header, len(table), len(table.notes)) == (
        ("Number", "Name", "City"),
        500,
        500,
    )


def test_no_quote_at_all_can_be_given() -> None:
    table = _read(b'Name;City\n"Ann;Leeds\n""Bo"";Hull\n', quote="")
    assert list(table.rows) == [['"Ann', "Leeds"], ['""Bo""', "Hull"]]
    assert table.repairs == ()


@pytest.mark.parametrize("delimiter", ["", ",,", '"', "\n"])
def test_what_cannot_be_a_delimiter_is_refused(delimiter: str) -> None:
    with pytest.raises(InputError, match="delimiter"):
        _read(b"a,b\n1,2\n", delimiter=delimiter)


def test_the_caller_knows_the_headings_best() -> None:
    text = b"one long title of words,b,c,d\nId;Name\n1;A,B\n2;C,D\n"
    raw = _read(text, looks_like=lambda cells: float("Name" in cells))
    assert (raw.header, raw.report.delimiter) == (("Id", "Name"), ";")


def test_semicolons_win_over_decimal_commas() -> None:
    raw = _read("Navn;Saldo;By\nÅse;1,50;X\nBo;2,00;Y\n".encode("cp1252"))
    assert (raw.report.delimiter, raw.encoding) == (";", "cp1252")


def test_a_workbook_is_a_table_too() -> None:
    rows = [["007", "Ann", None], ["8", None, "x"]]
    book = xlsx_bytes(
        {"Notes": (["Read me"], []), "Register": (["Number", "Name", "Mail"], rows)}
    )
    raw = _read(book, "r.xlsx", looks_like=lambda cells: float("Number" in cells))
    assert (raw.report.part, raw.report.other_parts) == ("Register", ("Notes",))
    assert list(raw.rows) == [["007", "Ann", ""], ["8", "", "x"]]
    assert list(raw.lines) == [2, 3]
    assert raw.conserved()


def test_a_million_columns_are_refused() -> None:
    with pytest.raises(InputError, match="more than 16,384 columns"):
        _read(b"a" + b",a" * 1_000_000 + b"\n")


@pytest.mark.timing
def test_doubling_the_file_hardly_more_than_doubles_the_time() -> None:
    def seconds(rows: int) -> float:
        body = b'Ann Example,"a@b.example",X\nBob,"b""b",Y\n' * rows + b'Cid,"x,Z\n'
        best = []
        for _ in range(3):
            start = process_time()
            _read(b"Name,Mail,City\n" + body)
            best.append(process_time() - start)
        return min(best)

    assert seconds(8_000) < 3 * seconds(4_000) + 0.1


def test_the_line_that_tells_excel_the_delimiter_is_a_note_and_no_header() -> None:
    table = _read(b"sep=;\nAnn;1;a@b.example\nBo;2;b@b.example\n")
    assert (table.report.header_row, len(table), table.lines.to_list()) == (0, 2, [2, 3])
    assert table.notes == (Note(1, "sep=;"),)
    assert table.conserved()


def test_any_escape_can_be_given() -> None:
    rows = b"Name;City\n'O^'Hara; Ann';Leeds\n"
    table = _read(rows, quote="'", escape="^")
    assert list(table.rows) == [["O'Hara; Ann", "Leeds"]]
    assert table.repairs == ()


def test_a_file_of_too_many_tables_is_refused() -> None:
    with pytest.raises(InputError, match="more than 1,000 parts"):
        _read(b"A,B,C\n1,2,3\n4,5,6\n\nX,Y\n3,4\n5,6\n\n" * 501)


def test_an_archive_of_empty_files_is_empty() -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as file:
        file.writestr("a.csv", b"")
        file.writestr("b.csv", b"\n")
    with pytest.raises(InputError, match="the file is empty"):
        _read(whole.getvalue())


@pytest.mark.parametrize(
    "text",
    [
        "| Name | City |\n|------|:-----|\n| Ann | York |\n| Bo | Hull |\n",
        "+---+\n| Name | City |\n+---+\n| Ann | York |\n| Bo | Hull |\n+---+\n2 rows in set\n",
        " Name | City \n------+------\n Ann  | York\n Bo   | Hull\n(2 rows)\n",
    ],
)
def test_tables_drawn_for_a_terminal_are_read(text: str) -> None:
    table = _read(text.encode())
    cells = [[cell.strip() for cell in row if cell] for row in (table.header, *table.rows)]
    assert cells == [["Name", "City"], ["Ann", "York"], ["Bo", "Hull"]]
    assert table.repairs == () == table.rejected
    assert table.conserved()


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from(["Ann", "Bo Hill", '"Cid"', '"a ""b"""', 'x"y', "", "  ", "12",
                              "Total", '"two\nlines"', "é", "---"]), max_size=40),
    st.sampled_from(["\n", "\r\n", "\r"]),
)  # fmt: skip
def test_a_long_list_of_single_values_is_read_like_a_short_one(
    values: list[str], end: str
) -> None:
    data = end.join(["Name", "Dora", "Eve", "Fay", *values]).encode()
    slow = _read(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "SEARCHED", 3)
        patch.setattr(delimited, "AT_THE_END", 2)
        patch.setattr(delimited, "WORTH", 20)
        fast = _read(data)
    assert list(fast.rows) == list(slow.rows)
    assert list(fast.lines) == list(slow.lines)
    assert fast.report.notes == slow.report.notes


def test_drawn_lines_among_thousands_of_rows_are_notes() -> None:
    rows = b"Ann,York\n" * 300
    table = _read(b"Name,City\n" + rows + b"----,----\n" + rows + b"-,-\n" + rows)
    assert len(table) == 901
    assert table.report.notes == (Note(302, "----,----"),)


def test_a_remark_below_a_blank_row_of_a_sheet_is_a_note() -> None:
    rows = [["Ann", "York", "1"], ["Bo", "Hull", "1"], ["TOTAL", "", "2"], ["", "", ""],
            ["Printed on page 5", "", ""]]  # fmt: skip
    table = _read(xlsx_bytes({"Sheet1": (["Name", "City", "Balance"], rows)}), "t.xlsx")
    assert list(table.rows) == rows[:2]
    assert [note.line for note in table.notes] == [4, 6]


def test_lines_quoted_as_a_whole_are_a_table_and_that_is_said() -> None:
    table = _read(b'"Name,City"\n"""Hill, Ann"",York"\n"Bo,Hull"\n')
    assert list(table.rows) == [["Hill, Ann", "York"], ["Bo", "Hull"]]
    assert "each line was quoted as a whole" in " ".join(table.report.evidence)


def test_names_that_hold_a_comma_in_every_line_are_one_column() -> None:
    table = _read(b'"Hill, Ann"\n"Dale, Bo"\n"Wood, Cid"\n', header_row=0)
    assert list(table.rows) == [["Hill, Ann"], ["Dale, Bo"], ["Wood, Cid"]]


@pytest.mark.parametrize("mark", ["a", "7", "ø"])
def test_a_letter_is_no_mark(mark: str) -> None:
    with pytest.raises(InputError, match="this cannot be a delimiter"):
        _read(b"Name,City\nAnn,York\n", delimiter=mark)


def test_a_file_that_goes_while_it_is_read_is_accounted_for_at_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"Name,City\nAnn,Leeds\n")
    monkeypatch.setattr(delimited, "AT_ONCE", 0)
    monkeypatch.setattr(delimited, "_seen", lambda path: path.unlink())
    assert read_table(path).conserved()


def test_what_is_no_list_beside_a_list_in_an_archive_is_named() -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as file:
        file.writestr("logo.png", b"\x89PNG\r\n\x1a\n" + bytes(50))
        file.writestr("list.csv", b"Name,City\nAnn,Leeds\n")
        file.writestr("old.csv", b"\n")
    table = _read(whole.getvalue())
    assert list(table.rows) == [["Ann", "Leeds"]]
    assert table.report.flags == (
        Flag(0, "logo.png: this is a picture"),
        Flag(0, "old.csv: the file is empty"),
    )


def test_an_archive_of_nothing_but_pictures_is_refused() -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as file:
        file.writestr("logo.png", b"\x89PNG\r\n\x1a\n" + bytes(50))
    with pytest.raises(InputError, match=r"logo.png: this is a picture"):
        _read(whole.getvalue())


def test_the_account_of_a_file_that_is_gone_is_our_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(delimited, "AT_ONCE", 0)
    path = tmp_path / "t.csv"
    path.write_bytes(b"Name,City\nAnn,Leeds\n")
    table = read_table(path)
    path.unlink()
    with pytest.raises(InputError, match="no such file"):
        table.conserved()


def test_an_argument_that_there_is_not_is_named_beside_those_that_there_are(
    tmp_path: Path,
) -> None:
    with pytest.raises(
        SettingsError, match="no such argument: 'encodin'; expected encoding, "
    ):
        read_table(tmp_path / "a.csv", encodin="x")


def test_an_answer_that_cannot_be_says_what_can(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="no such part: '7'; expected none: it is one table"):
        read_table(path, part="7")
    with pytest.raises(InputError, match="'abc'; expected one character"):
        read_table(path, delimiter="abc")


def test_a_notebook_shows_the_table_and_no_value_of_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    cells = {"status": "ann@x.example", "id": "K-17", **{f"c{n}": "Leeds" for n in range(60)}}
    path.write_bytes(csv_bytes([*cells], [[*cells.values()]] * 2) + b"1\r\n")
    drawn = read_table(path)._repr_html_()
    assert "<caption>a.csv, 1 repaired, 50 of 62 columns</caption>" in drawn
    assert "c47" in drawn
    assert [value for value in cells.values() if value in drawn] == []
    html.reveal()
    assert "ann@x.example" in read_table(path)._repr_html_()
