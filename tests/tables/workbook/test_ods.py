"""ODS workbooks give text as the person saw it; what they repeat is held to limits."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from custclean.errors import InputError
from custclean.tables.raw import Asked, Flag
from custclean.tables.workbook import ods

if TYPE_CHECKING:
    from pathlib import Path

    from custclean.tables.raw import Part

URN = "urn:oasis:names:tc:opendocument:xmlns"
HEAD = (
    f'<office:document-content xmlns:office="{URN}:office:1.0" xmlns:table="{URN}:table:1.0"'
    f' xmlns:text="{URN}:text:1.0" xmlns:style="{URN}:style:1.0">'
)
MIME = "application/vnd.oasis.opendocument.spreadsheet"
HEADINGS = "<table:table-row>%s</table:table-row>"


def _write(path: Path, content: str, manifest: str = "<a/>", mime: str = MIME) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", mime, zipfile.ZIP_STORED)
        file.writestr("content.xml", content)
        file.writestr("META-INF/manifest.xml", manifest)
    return path


def _book(path: Path, table: str, before: str = "") -> Path:
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    return _write(path, f"{HEAD}{before}{body}</office:document-content>")


def _sheet(*rows: str, name: str = "A", style: str = "") -> str:
    return f'<table:table table:name="{name}" {style}>{"".join(rows)}</table:table>'


def _row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def _cell(text: str, kind: str = "string", more: str = "") -> str:
    value = f'office:value-type="{kind}"' if kind else ""
    return f"<table:table-cell {value} {more}><text:p>{text}</text:p></table:table-cell>"


def _parts(path: Path) -> list[Part]:
    return ods.parts(path, path.read_bytes(), Asked())


TOP = _row(_cell("Number"), _cell("Name"))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (_cell("00007", "float", 'office:value="7"'), "00007"),
        (_cell("555-0123", "float", 'office:value="5550123"'), "555-0123"),
        (_cell("1,234.50", "float", 'office:value="1234.5"'), "1234.5"),
        (_cell("1 234", "float", 'office:value="1234"'), "1234"),
        (_cell("kr. 7,00", "currency", 'office:value="7"'), "7"),
        (_cell("-", "float", 'office:value="0"'), "0"),
        (_cell("13%", "percentage", 'office:value="0.125"'), "12.5%"),
        (_cell("02/01/26", "date", 'office:date-value="2026-01-02"'), "2026-01-02"),
        (_cell("x", "date", 'office:date-value="2026-01-02T09:05:00"'), "2026-01-02 09:05:00"),
        (_cell("36:05", "time", 'office:time-value="PT36H05M00S"'), "36:05:00"),
        (_cell("WAHR", "boolean", 'office:boolean-value="true"'), "TRUE"),
        (_cell("#N/A", "string", 'table:formula="of:=NA()" office:string-value=""'), "#N/A"),
        (_cell('a<text:s text:c="2"/>b</text:p><text:p>c<text:line-break/>d'), "a  b\nc\nd"),
        (_cell("<text:span>A</text:span>nn &amp; Bo"), "Ann & Bo"),
        (
            _cell("Ann").replace(
                "<text:p>", "<office:annotation>no</office:annotation><text:p>"
            ),
            "Ann",
        ),
    ],
)
def test_a_cell_is_text_as_it_was_seen(tmp_path: Path, cell: str, text: str) -> None:
    path = _book(tmp_path / "c.ods", _sheet(TOP, _row(_cell("k"), cell)))
    assert ods.is_it(path.read_bytes())
    assert _parts(path)[0].frame.rows() == [("k", text)]


def test_repeated_rows_and_cells_are_all_there(tmp_path: Path) -> None:
    three = 'table:number-rows-repeated="3"'
    rows = [
        TOP,
        _row(more=three),
        _row(_cell("x", more='table:number-columns-repeated="2"'), more=three),
    ]
    [part] = _parts(_book(tmp_path / "r.ods", _sheet(*rows)))
    assert part.frame.rows() == [("x", "x")] * 3
    assert part.lines.to_list() == [5, 6, 7]
    assert part.records == 3


def test_what_is_hidden_is_read_and_said(tmp_path: Path) -> None:
    style = '<style:table-properties table:display="false"/>'
    style = f'<style:style style:name="ta2">{style}</style:style>'
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    hidden = _row(_cell("1"), _cell("Ann"), more='table:visibility="filter"')
    sheet = _sheet(columns, TOP, hidden, style='table:style-name="ta2"')
    [part] = _parts(_book(tmp_path / "h.ods", sheet, style))
    assert part.hidden
    assert part.evidence == (
        "the sheet A is hidden; it was read",
        "hidden columns were read: Name",
    )
    assert part.flags == (Flag(2, "the row is hidden in the sheet"),)


def test_a_row_of_nothing_but_formulas_without_result_is_said(tmp_path: Path) -> None:
    empty = '<table:table-cell table:formula="of:=[.A2]"/>'
    rows = [TOP, _row(_cell("1"), _cell("Ann")), _row(empty, empty)]
    [part] = _parts(_book(tmp_path / "f.ods", _sheet(*rows)))
    assert part.frame.rows() == [("1", "Ann")]
    assert part.evidence == (
        "the formula in A3 has no stored result: it is empty",
        "the formula in B3 has no stored result: it is empty",
    )


def test_a_formula_without_a_stored_result_is_named_by_its_cell(tmp_path: Path) -> None:
    empty = '<table:table-cell table:formula="of:=[.A2]"/>'
    [part] = _parts(_book(tmp_path / "f.ods", _sheet(TOP, _row(_cell("1"), empty))))
    assert part.flags == (Flag(2, "the formula in B2 has no stored result: it is empty"),)


def test_a_copy_of_a_sheet_in_another_file_is_no_part(tmp_path: Path) -> None:
    copy = _sheet("<table:table-source/>", TOP, name="copy")
    parts = _parts(_book(tmp_path / "c.ods", _sheet(TOP) + copy))
    assert [part.name for part in parts] == ["A"]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (_row(_cell("x", more='table:number-columns-repeated="99999999"')), "2,000,000 cells"),
        (_row(_cell("x"), more='table:number-rows-repeated="99999999"'), "cells"),
        (_row(_cell("x"), more='table:number-rows-repeated="900000"'), "repeat far too many"),
        (_row(_cell("x" * 9000), more='table:number-rows-repeated="9999"'), "longer than"),
        (_row(_cell('<text:s text:c="99999"/>' * 2000)), "longer than"),
        (_row(more='table:number-rows-repeated="99999999"') + TOP, "rows"),
    ],
)
def test_a_bomb_is_refused_by_name(tmp_path: Path, rows: str, why: str) -> None:
    with pytest.raises(InputError, match=rf"^b.ods: .*{why}"):
        _parts(_book(tmp_path / "b.ods", _sheet(TOP, rows)))


def test_entities_are_refused(tmp_path: Path) -> None:
    evil = (
        '<!DOCTYPE x [<!ENTITY a SYSTEM "list.csv">]>' + HEAD + "&a;</office:document-content>"
    )
    with pytest.raises(InputError, match="entities"):
        _parts(_write(tmp_path / "e.ods", evil))


def test_an_encrypted_workbook_is_named(tmp_path: Path) -> None:
    path = _write(tmp_path / "p.ods", "noise", "<manifest:encryption-data/>")
    with pytest.raises(InputError, match="encrypted; save it without a password"):
        _parts(path)


def test_a_text_document_is_named(tmp_path: Path) -> None:
    path = _write(tmp_path / "t.odt", "", mime="application/vnd.oasis.opendocument.text")
    with pytest.raises(InputError, match="no workbook"):
        _parts(path)


def test_bytes_missing_anywhere_end_in_our_own_error(tmp_path: Path) -> None:
    whole = _book(tmp_path / "w.ods", _sheet(TOP, TOP)).read_bytes()
    path, refused = tmp_path / "m.ods", 0
    for place in range(0, len(whole) - 20, 7):
        path.write_bytes(whole[:place] + whole[place + 20 :])
        try:
            _parts(path)
        except InputError:
            refused += 1
    assert refused > 20
