"""HTML tables are read as a browser shows them, and nothing in them is run."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.errors import InputError
from custclean.tables import markup
from custclean.tables.raw import Asked, Flag, Note, Part
from tests.ending import must_end

TOP = "<tr><th>Number</th><th>Name</th></tr>"


def _parts(page: str | bytes) -> list[Part]:
    data = page if isinstance(page, bytes) else page.encode()
    return markup.parts(Path("p.xls"), data, Asked())


def _rows(page: str | bytes) -> list[tuple[str | None, ...]]:
    return _parts(page)[0].frame.rows()


@pytest.mark.parametrize(
    "start",
    [
        b"<html>",
        b"\xef\xbb\xbf\r\n<!DOCTYPE HTML PUBLIC>",
        b'<?xml version="1.0"?><!-- a --><html xmlns="x">',
        b"<TABLE border=1>",
        "\ufeff<table>".encode("utf-16-le"),
    ],
)
def test_content_says_what_is_a_web_page(start: bytes) -> None:
    assert markup.is_it(start)


@pytest.mark.parametrize("start", [b"Number,<table>", b"<?xml?><Workbook>", b"<headline>,b"])
def test_anything_else_is_none(start: bytes) -> None:
    assert not markup.is_it(start)


def test_many_comments_are_looked_at_once() -> None:
    with must_end():
        assert not markup.is_it(b"<!---->" * 24 + b"Name")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<td>Ann<br>Example<BR/>Road 1</td>", "Ann\nExample\nRoad 1"),
        ("<td><p>Ann</p><p>Example</p></td>", "Ann\nExample"),
        ("<td>S&oslash;ren &amp; S&#248;n</td>", "Søren & Søn"),
        ("<td>  Ann\n   <b>Exa</b>mple </td>", "Ann Example"),
        ("<td>&nbsp;&nbsp;Ann</td>", "\xa0\xa0Ann"),
        ("<td>&nbsp;</td>", None),
        ("<td>007</td>", "007"),
        ("<td>a < b & c</td>", "a < b & c"),
        ("<td title='a > b'>Ann</td>", "Ann"),
        ("<td title=it's>Ann</td>", "Ann"),
        ("<td>Ann<script>document.write('<td>evil')</script></td>", "Ann"),
        ("<td>Ann<style>td {}</style><!-- <td>no --></td>", "Ann"),
        ("<td>Ann<!-- never closed</td>", "Ann never closed"),
        ("<td>&#" + "9" * 5000 + ";</td>", "&#" + "9" * 5000 + ";"),
    ],
)
def test_a_cell_is_text_as_it_is_shown(cell: str, text: str | None) -> None:
    page = f"<table>{TOP}<tr><td>k</td>{cell}<tr><td>l<td>m</table>"
    assert _rows(page)[0] == ("k", text)


def test_tags_that_were_never_closed_end_where_the_next_begins() -> None:
    assert _rows("<table><tr><th>Number<th>Name<tr><td>1<td>Ann<tr><td>2<td>Bo") == [
        ("1", "Ann"),
        ("2", "Bo"),
    ]


def test_cells_keep_their_columns_where_others_span() -> None:
    page = (
        "<table><tr><th>Group<th>Number<th>Name<tr><td rowspan=2>North<td>1<td>Ann"
        "<tr><td>2<td>Bo<tr><td colspan=2>South<td>Cy</table>"
    )
    assert _rows(page) == [("North", "1", "Ann"), (None, "2", "Bo"), ("South", None, "Cy")]
    assert _parts(page)[0].flags == (
        Flag(2, "A2:A3 is one merged cell: its value is in the first row", 2),
    )


def test_each_table_is_a_part_also_one_within_a_cell() -> None:
    page = f"<table>{TOP}<tr><td>1<td><table><tr><td>City<tr><td>Pisa</table>Ann</table>"
    outer, inner = _parts(page)
    assert (outer.name, inner.name) == ("table 1", "table 2")
    assert outer.frame.rows() == [("1", "Ann")]
    assert inner.frame.rows() == [("Pisa",)]


def test_text_around_a_table_is_kept_as_notes() -> None:
    page = f"<title>x</title><h1>Sample Ltd</h1>List<table>{TOP}<tr><td>1<td>Ann</table>Page 1"
    [part] = _parts(page)
    assert part.notes == (Note(0, "Sample Ltd\nList"), Note(2, "Page 1"))
    assert part.records == 1


def test_a_hidden_row_is_read_and_said() -> None:
    [part] = _parts(f'<table>{TOP}<tr style="display: none"><td>1<td>Ann</table>')
    assert part.flags == (Flag(2, "the row is hidden in the sheet"),)


@pytest.mark.parametrize(
    "page",
    [
        b'<meta charset="windows-1252"><table>{}',
        b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><table>{}',
        b'<meta charset="utf-8"><table>{}',  # which is not true
        b"<table>{}",
    ],
)
def test_letters_are_read_by_what_the_page_says_else_by_what_fits(page: bytes) -> None:
    rows = f"{TOP}<tr><td>1<td>Søren Ærø</table>".encode("cp1252")
    assert _rows(page.replace(b"{}", rows)) == [("1", "Søren Ærø")]


def test_a_page_in_utf_16_is_read() -> None:
    page = f"\ufeff<html><table>{TOP}<tr><td>1<td>Søren</table>".encode("utf-16-le")
    assert _rows(page) == [("1", "Søren")]


def test_a_page_without_a_table_is_named() -> None:
    with pytest.raises(InputError, match=r"^p.xls: this is a web page, and no table is in it"):
        _parts("<html><body>Please sign in")


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><td colspan=1000><td>a" * 3000,
        "<tr><td rowspan=9999 colspan=1000>a" * 3000,
        "<tr>" + "<td rowspan=9999 colspan=1000>" * 999 + "<tr><td>a" * 9999,
    ],
)
def test_a_bomb_is_refused_by_name(rows: str) -> None:
    with pytest.raises(InputError, match=r"more than [\d,]+ c"):
        _parts(f"<table>{TOP}{rows}")


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<!--",
        "<a ",
        '<a b="',
        "<a b='",
        "</",
        "<!",
        "<?",
        "<![",
        "<script>",
        "&#",
        "<td ",
    ],
)
def test_nonsense_costs_little_time(piece: str) -> None:
    page = f"<table>{TOP}<tr><td>1<td>Ann</table>" + piece * (256_000 // len(piece))
    with must_end():
        assert len(_parts(page)[0].frame) == 1


@given(
    st.lists(
        st.sampled_from(
            [
                "<table>",
                "<tr>",
                "<td>",
                "</td>",
                "</table>",
                "a",
                "<td rowspan=2>",
                "<script>",
                "<!--",
                "'",
            ]
        )
    )
)
def test_no_page_breaks_the_reader(pieces: list[str]) -> None:
    try:
        parts = _parts("<table><tr><td>x" + "".join(pieces))
    except InputError as error:
        assert error.file == "p.xls"  # noqa: PT017  # or it can be read
    else:
        assert all(part.records == len(part.frame) for part in parts)
