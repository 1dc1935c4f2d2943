"""XML spreadsheets of 2003 give text as the person saw it."""

from __future__ import annotations

from pathlib import Path

import pytest

from custclean.errors import InputError
from custclean.tables.raw import Asked, Flag, Part
from custclean.tables.workbook import sheetxml

SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
STYLES = """<Styles>
<Style ss:ID="five"><NumberFormat ss:Format="00000"/></Style>
<Style ss:ID="share"><NumberFormat ss:Format="Percent"/></Style>
</Styles>"""
NUMBER = '<Cell><Data ss:Type="String">Number</Data></Cell>'
TOP = f"<Row>{NUMBER}{NUMBER.replace('Number', 'Name')}</Row>"


def _book(*rows: str, more: str = "") -> bytes:
    return f"""<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="{SPACE}" xmlns:ss="{SPACE}">{STYLES}
<Worksheet ss:Name="A"><Table>{"".join(rows)}</Table>{more}</Worksheet></Workbook>""".encode()


def _parts(data: bytes) -> list[Part]:
    return sheetxml.parts(Path("b.xls"), data, Asked())


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<Cell ss:StyleID="five"><Data ss:Type="Number">7</Data></Cell>', "00007"),
        ('<Cell ss:StyleID="share"><Data ss:Type="Number">0.125</Data></Cell>', "12.5%"),
        ('<Cell><Data ss:Type="Number">9.13E+14</Data></Cell>', "913000000000000"),
        ('<Cell><Data ss:Type="Boolean">1</Data></Cell>', "TRUE"),
        ('<Cell><Data ss:Type="Error">#N/A</Data></Cell>', "#N/A"),
        ('<Cell><Data ss:Type="DateTime">2026-01-02T00:00:00.000</Data></Cell>', "2026-01-02"),
        ('<Cell><Data ss:Type="DateTime">1899-12-31T09:05:00.000</Data></Cell>', "09:05:00"),
        ('<Cell><ss:Data ss:Type="String"><B>An</B>n&#10;Bo</ss:Data></Cell>', "Ann\nBo"),
        (
            '<Cell><Data ss:Type="String">Ann</Data><Comment><Data>no</Data></Comment></Cell>',
            "Ann",
        ),
    ],
)
def test_a_cell_is_text_as_it_was_seen(cell: str, text: str) -> None:
    data = _book(TOP, f'<Row><Cell><Data ss:Type="String">k</Data></Cell>{cell}</Row>')
    assert sheetxml.is_it(data)
    assert _parts(data)[0].frame.rows() == [("k", text)]


def test_rows_and_cells_stand_where_they_say() -> None:
    cell = '<Cell ss:Index="2"><Data ss:Type="String">Ann</Data></Cell>'
    [part] = _parts(_book(TOP, f'<Row ss:Index="5">{cell}</Row><Row>{cell}</Row>'))
    assert part.frame.rows() == [(None, "Ann")] * 2
    assert part.lines.to_list() == [5, 6]


def test_what_is_hidden_or_without_result_is_read_and_said() -> None:
    row = f'<Row ss:Hidden="1"><Cell ss:Formula="=A1"/>{NUMBER}</Row>'
    visible = "<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>"
    [part] = _parts(_book('<Column ss:Index="2" ss:Hidden="1"/>', TOP, row, more=visible))
    assert part.evidence == (
        "the sheet A is hidden; it was read",
        "hidden columns were read: Name",
    )
    assert part.flags == (
        Flag(2, "the formula in A2 has no stored result: it is empty"),
        Flag(2, "the row is hidden in the sheet"),
    )


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (TOP.replace("<Row>", '<Row ss:Index="999999999">'), "rows"),
        (TOP.replace("<Cell>", '<Cell ss:Index="999999999">'), "cells"),
        (TOP.replace("<Cell>", '<Cell ss:Index="9000">') * 999, "cells"),
        ('<Column ss:Index="1" ss:Span="16383"/>' * 999, "cells"),
        ("<Row><Cell>", "cannot be read"),
    ],
)
def test_a_bomb_or_damage_is_refused_by_name(rows: str, why: str) -> None:
    with pytest.raises(InputError, match=rf"^b.xls.*{why}"):
        _parts(_book(TOP, rows))


def test_entities_are_refused() -> None:
    data = _book(TOP).replace(b"<Workbook", b'<!DOCTYPE x [<!ENTITY a "b">]><Workbook', 1)
    with pytest.raises(InputError, match="entities"):
        _parts(data)


@pytest.mark.parametrize("named", ["Shift_JIS", "gb2312"])
def test_an_encoding_of_several_bytes_is_read(named: str) -> None:
    row = '<Row><Cell><Data ss:Type="String">例子</Data></Cell></Row>'
    head = f'<?xml version="1.0" encoding="{named}"?>'
    text = _book(TOP, row).decode().replace('<?xml version="1.0"?>', head)
    assert head in text
    assert _parts(text.encode(named))[0].frame.rows() == [("例子", None)]


@pytest.mark.parametrize("named", ["x-no-such", "rot13", "idna", "Shift_JIS"])
def test_an_encoding_that_nobody_knows_or_that_does_not_hold_is_refused(named: str) -> None:
    head = f'<?xml version="1.0" encoding="{named}"?>'.encode()
    data = _book(TOP.replace("Name", "\xe9")).replace(b'<?xml version="1.0"?>', head)
    assert head in data
    with pytest.raises(InputError, match=r"^b.xls: .*XML is broken"):
        _parts(data.replace("\xe9".encode(), b"\xa0\xa0\xa0"))
