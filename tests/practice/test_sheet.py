"""A file is kept byte for byte, and one cell can be changed without touching the others."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.errors import InputError
from custclean.practice.sheet import Layout, Row, decoded, joined, rows_of, written

VALUES = st.text(st.sampled_from('ab;,"\r\n é'), max_size=6)

# the csv module leaves a lone \r bare where lines end with \n: then it cannot be told
PLAIN = st.lists(
    st.sampled_from(["a", "b", ";", ",", '"', "\r\n", "\n", " ", "é"]), max_size=6
)


def read(data: bytes) -> tuple[tuple[Row, ...], Layout]:
    return rows_of(*decoded(data))


@given(
    rows=st.lists(
        st.lists(PLAIN.map("".join), min_size=3, max_size=3), min_size=1, max_size=4
    ),
    delimiter=st.sampled_from(",;"),
    newline=st.sampled_from(["\r\n", "\n"]),
    encoding=st.sampled_from(["utf-8-sig", "utf-8", "cp1252"]),
)
def test_what_the_standard_library_writes_is_read_as_meant_and_kept(
    rows: list[list[str]], delimiter: str, newline: str, encoding: str
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=newline)
    writer.writerows([["Company ID", "Display name", "Client number"], *rows])
    data = out.getvalue().encode(encoding)

    found, layout = read(data)

    assert [list(row.values()) for row in found[1:]] == rows
    assert joined(list(found), layout) == data


@given(st.text(st.sampled_from("a;,\r\n x'é"), max_size=30))
def test_any_text_without_quotes_is_kept_byte_for_byte(text: str) -> None:
    rows, layout = rows_of(text, Layout())
    assert joined(list(rows), layout) == b"\xef\xbb\xbf" + text.encode()


def test_unneeded_quotes_missing_last_line_end_and_blank_lines_stay() -> None:
    data = b'"a",b,"c"\n1,"2",\r\n\n,"x ""y""",z'
    rows, layout = read(data)
    assert joined(list(rows), layout) == data
    assert rows[3].values() == ("", 'x "y"', "z")


def test_one_cell_changes_and_its_neighbours_keep_their_bytes() -> None:
    (row,), _ = read(b'"a";b;"c"\n')
    assert row.with_value(1, "x;y", ";").cells == ('"a"', '"x;y"', '"c"')
    assert row.with_value(2, "z", ";").cells == ('"a"', "b", '"z"')
    assert row.with_value(0, "a", ";") is row


def test_a_short_row_grows_to_hold_its_new_cell() -> None:
    assert Row(("1",), "\n").with_value(3, "n", ",").cells == ("1", "", "", "n")
    assert Row(("1",), "\n").value(3) == ""


@given(VALUES, st.sampled_from(",;"))
def test_a_written_value_is_read_back(value: str, delimiter: str) -> None:
    headings = delimiter.join("abc")  # the first row tells the delimiter
    text = headings + "\n" + delimiter.join(["x", written(value, delimiter), "x"])
    (_, row), _ = rows_of(text, Layout())
    assert row.values() == ("x", value, "x")


def test_a_delimiter_inside_quotes_does_not_decide() -> None:
    rows, layout = read(b'"a,b,c";d\n1;2\n')
    assert layout.delimiter == ";"
    assert rows[0].values() == ("a,b,c", "d")


@pytest.mark.parametrize(
    ("data", "line"), [(b'a,b\n"open,2\n', 2), (b'a\nb\n"x"y\n', 3), (b'"', 1)]
)
def test_a_quote_that_does_not_end_names_its_line(data: bytes, line: int) -> None:
    with pytest.raises(InputError, match="quoted cell") as error:
        read(data)
    assert error.value.line == line


@pytest.mark.parametrize(
    "data", ["a,b".encode("utf-16"), b"\x81\x8d", b"\xef\xbb\xbf\xff", b"\0"]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="no text"):
        decoded(data)


def test_a_letter_that_the_encoding_lacks_turns_the_file_into_utf8() -> None:
    rows, layout = read("é,b\r\n".encode("cp1252"))
    assert layout.encoding == "cp1252"
    changed = [rows[0].with_value(1, "Ł", ",")]
    assert joined(changed, layout) == "é,Ł\r\n".encode("utf-8-sig")


def test_a_row_that_is_no_longer_the_last_gets_a_line_end() -> None:
    rows, layout = read(b"a\r\nb")
    assert joined([rows[0], rows[1], rows[0]], layout) == b"a\r\nb\r\na\r\n"
