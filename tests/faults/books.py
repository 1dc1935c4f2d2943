"""A workbook on its way to bytes: one truth, written as XLSX, XLS, ODS, XML or HTML.

Written here and not by a library, except XLS: no library writes what people's files have.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape, quoteattr

import xlwt

from custclean.tables.workbook.sheets import a1
from tests.faults.cases import HEADER, Case, Expected, Impossible, Line, customers

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FORMS", "TYPED", "XML", "Book", "Merged", "Stored", "book"]

FORMS = ("xlsx", "xls", "ods", "sheetml", "html")
TYPED = "xlsx xls ods sheetml"  # that tell numbers from texts
XML = "xlsx ods sheetml"
DAY_0 = dt.datetime(1899, 12, 30)  # noqa: DTZ001  # a workbook knows no zones
YEARS_1904 = 1462  # days between the two beginnings of time
XLWT_RESULT = b"\3\0\0\0\0\0\xff\xff\0"
HIDDEN = ' state="hidden"'
ERRORS = {"#N/A": 0x2A, "#REF!": 0x17, "#DIV/0!": 0x07}


class Stored(NamedTuple):
    """How a cell is stored where not as a plain text; what is to be read is in the line."""

    kind: str  # number, date, time, bool, error, formula, nothing (a format alone), rich
    value: str = ""
    code: str = ""  # the format of the number
    shown: str = ""  # in the file, where what is to be read is something else


class Merged(NamedTuple):
    """Cells that are one: the value stands in the first."""

    first: Line
    column: int  # from 0
    across: int = 1
    down: int = 1


@dataclass
class Book(Case):
    """A sheet, and the others beside it."""

    form: str = "xlsx"
    name: str = "Customers"
    stored: dict[int, dict[int, Stored]] = field(default_factory=dict)  # id of line -> column
    hidden: list[Line] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    hidden_sheet: bool = False
    before: list[Book] = field(default_factory=list)
    behind: list[Book] = field(default_factory=list)
    strings: str = "shared"
    dimension: str = "right"
    named: bool = True  # cells say where they stand
    ordered: bool = True
    prefix: str = ""
    epoch: int = 0
    declared: str = ""  # the encoding that a page names, where it is not its own
    around: tuple[str, str] = ("", "")  # text of a page above and below the table
    changes: list[tuple[str, str]] = field(default_factory=list)  # in what was written
    cut: float = 1.0
    nested: bool = False  # in a table of the page's layout

    def store(self, line: Line, column: int, seen: str, stored: Stored) -> None:
        """Put a cell that is stored in a way of its own."""
        line.cells[column] = seen
        self.stored.setdefault(id(line), {})[column] = stored

    def stored_at(self, line: Line, column: int) -> Stored | None:
        """Give how a cell is stored; None for a text."""
        return self.stored.get(id(line), {}).get(column)

    def data(self) -> bytes:
        """Write the book."""
        data = WRITERS[self.form](self)
        return data[: int(len(data) * self.cut)]

    def tables(self) -> dict[str, Expected] | str:
        """Say what should be read."""
        if self.cut < 1 and self.form != "html":
            return "damaged|cannot be read"
        sheets = [*self.before, self, *self.behind]
        sheets = [each for each in sheets if each.every()]
        alone = self.form == "html" and self.before == self.behind and not self.nested
        found = {"" if alone else each.name: each.expected_rows() for each in sheets}
        # Of tables that nobody knows it is the longest, of equals the first.
        best = max(found, key=lambda name: len(found[name].rows))
        return {best: found[best], **found}

    def every(self) -> list[Line]:
        """Give all lines of the sheet."""
        return [*self.lines, *self.foot]

    def expected_rows(self) -> Expected:
        """Say what should be read of this sheet."""
        seen = [[self._seen(cell) for cell in line.cells] for line in self.every()]
        width = max(n for cells in seen for n, cell in enumerate(cells, 1) if cell)
        header = (self.header + [""] * width)[:width]
        found = Expected(header, rows=[], lines=[])
        header_row = 0
        for number, (line, cells) in enumerate(zip(self.every(), seen), 1):
            header_row = number if line.kind == "header" else header_row
            if line.kind == "note":
                found.notes.append((number, "\t".join(cells).rstrip("\t")))
            elif line.kind == "row":
                found.rows.append((cells + [""] * width)[:width])
                found.lines.append(number)
                if line.flagged or line in self.hidden:
                    found.flagged.add(number)
        above, below = self.around
        found.notes[:0] = [(0, above)] if above else []
        found.notes.extend([(len(seen), below)] if below else [])
        found.notes.sort()
        return Expected(**{**vars(found), "header_row": header_row})

    def _seen(self, text: str) -> str:
        if self.form == "xlsx" or self.form == "xls":
            return text
        text = re.sub("\r\n?", "\n", text)
        if self.form == "html":
            lines = [re.sub("[ \t\r\n\f]+", " ", line).strip(" ") for line in text.split("\n")]
            text = "\n".join(lines).strip("\n")
            return text if text.strip() else ""
        return text

    def merged_at(self, line: Line, column: int) -> Merged | None:
        """Give the merged cell that begins here."""
        return next(
            (each for each in self.merged if (each.first, each.column) == (line, column)), None
        )

    def covered(self, number: int, column: int) -> bool:
        """Say whether a cell is inside a merged one and not its first."""
        lines = self.every()
        for each in self.merged:
            top = lines.index(each.first)
            inside = top <= number < top + each.down
            if inside and each.column <= column < each.column + each.across:
                return (number, column) != (top, each.column)
        return False


def book(form: str, rows: int = 14) -> Book:
    """Give a clean workbook of invented people."""
    case = customers(rows, HEADER)
    return Book(case.lines, case.header, case.rng, case.names, form=form)


def _packed(members: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, how)
    return data.getvalue()


def _attribute(text: str) -> str:
    return quoteattr(text, {"\n": "&#10;", "\t": "&#9;"})


# -- XLSX ---------------------------------------------------------------------------------

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


class _Xlsx:
    """The parts of an XLSX workbook."""

    def __init__(self, case: Book) -> None:
        self.case = case
        self.sheets = [*case.before, case, *case.behind]
        self.codes: list[str] = []
        self.texts: list[str] = []

    def data(self) -> bytes:
        sheets = [self._sheet(each) for each in self.sheets]
        for old, new in self.case.changes:
            sheets = [sheet.replace(old, new) for sheet in sheets]
        members: dict[str, str | bytes] = {
            "[Content_Types].xml": self._types(),
            "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
            "xl/workbook.xml": self._book(),
            "xl/_rels/workbook.xml.rels": _relations(
                [("worksheet", f"worksheets/sheet{n + 1}.xml") for n in range(len(sheets))]
                + [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
            ),
            "xl/styles.xml": self._styles(),
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"".join(self.texts)}</sst>',
        }
        for n, sheet in enumerate(sheets, 1):
            members[f"xl/worksheets/sheet{n}.xml"] = sheet
        return _packed(members)

    def _types(self) -> str:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        parts = [("workbook", "sheet.main"), ("styles", "styles")]
        parts += [("sharedStrings", "sharedStrings")]
        parts += [(f"worksheets/sheet{n + 1}", "worksheet") for n in range(len(self.sheets))]
        found = [
            f'<Override PartName="/xl/{name}.xml" ContentType="{kind}.{what}+xml"/>'
            for name, what in parts
        ]
        default = (
            '<Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        )
        return f'<Types xmlns="{PACKAGE}/content-types">{default}{"".join(found)}</Types>'

    def _book(self) -> str:
        sheets = "".join(
            f'<sheet name={_attribute(each.name)} sheetId="{n}" r:id="rId{n}"'
            f"{HIDDEN if each.hidden_sheet else ''}/>"
            for n, each in enumerate(self.sheets, 1)
        )
        when = '<workbookPr date1904="1"/>' if self.case.epoch else ""
        spaces = f'xmlns="{MAIN}" xmlns:r="{RELATED}"'
        return f"<workbook {spaces}>{when}<sheets>{sheets}</sheets></workbook>"

    def _styles(self) -> str:
        formats = "".join(
            f'<numFmt numFmtId="{164 + n}" formatCode={_attribute(code)}/>'
            for n, code in enumerate(self.codes)
        )
        styles = "".join(f'<xf numFmtId="{164 + n}"/>' for n in range(len(self.codes)))
        return (
            f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts>'
            f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>'
        )

    def _sheet(self, case: Book) -> str:
        rows = [self._row(case, n, line) for n, line in enumerate(case.every())]
        if not case.ordered:
            rows[3:6] = reversed(rows[3:6])
        columns = "".join(
            f'<col min="{n + 1}" max="{n + 1}" hidden="1"/>' for n in case.hidden_columns
        )
        size = {"right": self._size(case), "small": "A1", "large": "A1:CV2000"}
        dimension = (
            f'<dimension ref="{size[case.dimension]}"/>' if case.dimension in size else ""
        )
        text = (
            f'<worksheet xmlns="{MAIN}">{dimension}'
            f"{f'<cols>{columns}</cols>' if columns else ''}"
            f"<sheetData>{''.join(rows)}</sheetData>{self._merges(case)}</worksheet>"
        )
        if case.prefix:
            text = re.sub(r"<(/?)(?=[a-zA-Z])", rf"<\1{case.prefix}:", text)
            text = text.replace("xmlns=", f"xmlns:{case.prefix}=")
        return text

    def _size(self, case: Book) -> str:
        width = max((len(line.cells) for line in case.every()), default=1)
        return f"A1:{a1((max(1, len(case.every())), width))}"

    def _merges(self, case: Book) -> str:
        found = []
        for each in case.merged:
            top, left = case.every().index(each.first) + 1, each.column + 1
            last = a1((top + each.down - 1, left + each.across - 1))
            found.append(f'<mergeCell ref="{a1((top, left))}:{last}"/>')
        return f"<mergeCells>{''.join(found)}</mergeCells>" if found else ""

    def _row(self, case: Book, number: int, line: Line) -> str:
        cells = [
            self._cell(case, line, n, f' r="{a1((number + 1, n + 1))}"' if case.named else "")
            for n in range(len(line.cells))
        ]
        hidden = ' hidden="1"' if line in case.hidden else ""
        place = f' r="{number + 1}"' if case.named else ""
        return f"<row{place}{hidden}>{''.join(cells)}</row>"

    def _style(self, code: str) -> str:
        if not code:
            return ""
        if code not in self.codes:
            self.codes.append(code)
        return f' s="{self.codes.index(code) + 1}"'

    def _cell(self, case: Book, line: Line, column: int, place: str) -> str:
        stored, text = case.stored_at(line, column), line.cells[column]
        if stored is not None:
            return self._stored(stored, place, text)
        if not text:
            return "" if case.named else "<c/>"
        text = _coded(text)
        if case.strings == "inline":
            return f'<c{place} t="inlineStr"><is>{_t(text)}</is></c>'
        if case.strings == "str":
            return f'<c{place} t="str"><v>{text}</v></c>'
        return self._shared(_t(text), place)

    def _shared(self, inside: str, place: str) -> str:
        self.texts.append(f"<si>{inside}</si>")
        return f'<c{place} t="s"><v>{len(self.texts) - 1}</v></c>'

    def _stored(self, stored: Stored, place: str, text: str) -> str:
        kind, value, style = stored.kind, stored.value, self._style(stored.code)
        if kind == "nothing":
            return f"<c{place}{style}/>"
        if kind == "rich":
            half = len(text) // 2
            first, second = _t(_coded(text[:half])), _t(_coded(text[half:]))
            sound = '<rPh sb="0" eb="1"><t>spoken</t></rPh>'
            return self._shared(f"<r><rPr><b/></rPr>{first}</r><r>{second}</r>{sound}", place)
        if kind in ("date", "time", "moment"):
            since = self.case.epoch * YEARS_1904 if kind != "time" else 0
            value = str(_serial(value) - since)
        kinds = {"bool": ' t="b"', "error": ' t="e"', "text_formula": ' t="str"'}
        formula = f"<f>{escape(stored.shown or 'A1+1')}</f>" if "formula" in kind else ""
        inside = f"<v>{escape(value)}</v>" if value or kind == "text_formula" else ""
        return f"<c{place}{style}{kinds.get(kind, '')}>{formula}{inside}</c>"


def _coded(text: str) -> str:
    """Write a text as Excel does: a carriage return has a code, and what looks like one."""
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return escape(text).replace("\r", "_x000D_")


def _t(text: str) -> str:
    return f'<t xml:space="preserve">{text}</t>'


def _relations(targets: list[tuple[str, str]]) -> str:
    found = [
        f'<Relationship Id="rId{n}" Type="{RELATED}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    ]
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(found)}</Relationships>'


def _serial(iso: str) -> float:
    """Give the number that Excel stores for a moment; of a time alone its part of a day."""
    if "-" not in iso:
        return (dt.datetime.fromisoformat(f"1899-12-30T{iso}") - DAY_0) / dt.timedelta(days=1)
    return (dt.datetime.fromisoformat(iso) - DAY_0) / dt.timedelta(days=1)


# -- XLS ----------------------------------------------------------------------------------


def _xls(case: Book) -> bytes:
    book = xlwt.Workbook()
    for each in [*case.before, case, *case.behind]:
        page = book.add_sheet(each.name, cell_overwrite_ok=True)
        page.visibility = int(each.hidden_sheet)
        for number, line in enumerate(each.every()):
            page.row(number).hidden = line in each.hidden
            for column, text in enumerate(line.cells):
                _xls_cell(page, number, column, text, each.stored_at(line, column))
        for column in each.hidden_columns:
            page.col(column).hidden = True
        for merged in each.merged:
            top = each.every().index(merged.first)
            ends = top + merged.down - 1, merged.column + merged.across - 1
            page.merge(top, ends[0], merged.column, ends[1])
    data = io.BytesIO()
    book.save(data)
    # An empty result that is to be worked out when the file is opened: xlwt loses the mark.
    return data.getvalue().replace(XLWT_RESULT, XLWT_RESULT[:-1] + b"\2")


def _xls_cell(
    page: xlwt.Worksheet, number: int, column: int, text: str, stored: Stored | None
) -> None:
    if stored is None:
        if text:
            page.write(number, column, text)
        return
    style = xlwt.easyxf(num_format_str=stored.code) if stored.code else xlwt.easyxf()
    kind, value = stored.kind, stored.value
    if kind == "error":
        page.row(number).set_cell_error(column, ERRORS[value])
    elif kind == "formula" and not value:
        page.row(number).set_cell_formula(column, xlwt.Formula("A1+1"), calc_flags=2)
    elif kind == "rich":
        page.write_rich_text(number, column, [(text[:2], xlwt.Font()), text[2:]])
    elif kind == "nothing":
        page.write(number, column, "", style)
    elif kind in ("date", "time", "moment"):
        page.write(number, column, _serial(value), style)
    elif kind == "bool":
        page.write(number, column, value == "1", style)
    elif kind == "number":
        page.write(number, column, float(value), style)
    else:
        msg = "XLS is written without results of formulas"
        raise Impossible(msg)


# -- ODS ----------------------------------------------------------------------------------

URN = "urn:oasis:names:tc:opendocument:xmlns"
ODS_MIME = "application/vnd.oasis.opendocument.spreadsheet"


def _ods(case: Book) -> bytes:
    sheets = "".join(_ods_sheet(each) for each in [*case.before, case, *case.behind])
    for old, new in case.changes:
        sheets = sheets.replace(old, new)
    spaces = " ".join(
        f'xmlns:{each}="{URN}:{each}:1.0"' for each in ("office", "table", "text", "style")
    )
    hidden = (
        '<office:automatic-styles><style:style style:name="ta2" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
        "</office:automatic-styles>"
    )
    content = (
        f"<office:document-content {spaces}>{hidden}<office:body><office:spreadsheet>"
        f"{sheets}</office:spreadsheet></office:body></office:document-content>"
    )
    return _packed(
        {"mimetype": ODS_MIME, "content.xml": content, "META-INF/manifest.xml": "<a/>"}
    )


def _ods_sheet(case: Book) -> str:
    width = max([len(line.cells) for line in case.every()], default=1)
    columns = "".join(
        f"<table:table-column{_collapsed(n in case.hidden_columns)}/>" for n in range(width)
    )
    rows = "".join(
        f"<table:table-row{_collapsed(line in case.hidden)}>"
        f"{''.join(_ods_cell(case, number, n, line) for n in range(len(line.cells)))}"
        f"</table:table-row>"
        for number, line in enumerate(case.every())
    )
    style = "ta2" if case.hidden_sheet else "ta1"
    return (
        f'<table:table table:name={_attribute(case.name)} table:style-name="{style}">'
        f"{columns}{rows}</table:table>"
    )


def _collapsed(hidden: bool) -> str:
    return ' table:visibility="collapse"' if hidden else ""


def _ods_cell(case: Book, number: int, column: int, line: Line) -> str:
    if case.covered(number, column):
        return "<table:covered-table-cell/>"
    merged, more = case.merged_at(line, column), ""
    if merged:
        more = (
            f' table:number-columns-spanned="{merged.across}"'
            f' table:number-rows-spanned="{merged.down}"'
        )
    text, stored = line.cells[column], case.stored_at(line, column)
    if stored is not None:
        more += _ods_stored(stored)
        text = stored.shown or text
        if stored.kind == "rich":
            half = len(text) // 2
            inside = (
                f"<text:p><text:span>{_words(text[:half])}</text:span>{_words(text[half:])}"
            )
            return f"<table:table-cell{more}>{inside}</text:p></table:table-cell>"
    elif text:
        more += ' office:value-type="string"'
    lines = re.split("\r\n|\r|\n", text) if text else []
    inside = "".join(f"<text:p>{_words(each)}</text:p>" for each in lines)
    return f"<table:table-cell{more}>{inside}</table:table-cell>"


def _ods_stored(stored: Stored) -> str:
    kind, value = stored.kind, stored.value
    formula = ' table:formula="of:=[.A1]"' if "formula" in kind or kind == "error" else ""
    if kind == "nothing" or (kind == "formula" and not value):
        return formula
    if kind in ("date", "moment"):
        return f' office:value-type="date" office:date-value="{value}"'
    if kind == "time":
        hours, minutes, seconds = value.split(":")
        value = f"PT{hours}H{minutes}M{seconds}S"
        return f' office:value-type="time" office:time-value="{value}"'
    if kind == "bool":
        truth = "true" if value == "1" else "false"
        return f' office:value-type="boolean" office:boolean-value="{truth}"'
    if kind in ("number", "formula"):
        how = "percentage" if "%" in stored.code else "float"
        return f'{formula} office:value-type="{how}" office:value="{value}"'
    return f'{formula} office:value-type="string"'


def _words(text: str) -> str:
    """Write a line of text: blanks that XML would take away have elements."""
    text = escape(text).replace("\t", "<text:tab/>")
    return re.sub(
        r"(?:^| ) +| +$| (?= )",
        lambda match: f'<text:s text:c="{len(match[0])}"/>',
        text,
    )


# -- SpreadsheetML ------------------------------------------------------------------------

OFFICE = "urn:schemas-microsoft-com:office"


def _sheetml(case: Book) -> bytes:
    codes: list[str] = []
    sheets = "".join(_ml_sheet(each, codes) for each in [*case.before, case, *case.behind])
    for old, new in case.changes:
        sheets = sheets.replace(old, new)
    styles = "".join(
        f'<Style ss:ID="s{n}"><NumberFormat ss:Format={_attribute(code)}/></Style>'
        for n, code in enumerate(codes)
    )
    own = f"{OFFICE}:spreadsheet"
    spaces = f'xmlns="{own}" xmlns:x="{OFFICE}:excel" xmlns:ss="{own}"'
    name = case.declared or "UTF-8"
    text = (
        f'{case.mark}<?xml version="1.0" encoding="{name}"?>\n'
        f'<?mso-application progid="Excel.Sheet"?>\n<Workbook {spaces}>'
        f"<Styles>{styles}</Styles>{sheets}</Workbook>"
    )
    return text.encode(case.encoding, "xmlcharrefreplace")


def _ml_sheet(case: Book, codes: list[str]) -> str:
    columns = "".join(
        f'<Column ss:Index="{n + 1}" ss:Hidden="1"/>' for n in case.hidden_columns
    )
    rows = [_ml_row(case, n, line, codes) for n, line in enumerate(case.every())]
    seen = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    return (
        f"<Worksheet ss:Name={_attribute(case.name)}><Table>{columns}{''.join(rows)}</Table>"
        f"{seen if case.hidden_sheet else ''}</Worksheet>"
    )


def _ml_row(case: Book, number: int, line: Line, codes: list[str]) -> str:
    place = f' ss:Index="{number + 1}"' if case.named else ""
    hidden = ' ss:Hidden="1"' if line in case.hidden else ""
    cells = [_ml_cell(case, number, n, line, codes) for n in range(len(line.cells))]
    return f"<Row{place}{hidden}>{''.join(cells)}</Row>"


def _ml_cell(case: Book, number: int, column: int, line: Line, codes: list[str]) -> str:
    text, stored = line.cells[column], case.stored_at(line, column)
    if case.covered(number, column):
        return ""
    place = f' ss:Index="{column + 1}"' if case.named else ""
    merged = case.merged_at(line, column)
    if merged:
        place += f' ss:MergeAcross="{merged.across - 1}" ss:MergeDown="{merged.down - 1}"'
    if stored is None:
        if not text:
            return "" if case.named else "<Cell/>"
        return f"<Cell{place}>{_ml_data('String', text)}</Cell>"
    if stored.code:
        if stored.code not in codes:
            codes.append(stored.code)
        place += f' ss:StyleID="s{codes.index(stored.code)}"'
    return f"<Cell{place}{_ml_stored(stored, text)}</Cell>"


def _ml_stored(stored: Stored, text: str) -> str:
    kind, value = stored.kind, stored.value
    formula = ' ss:Formula="=R1C1"' if "formula" in kind else ""
    if kind == "nothing" or (kind == "formula" and not value):
        return f"{formula}>"
    if kind == "rich":
        half = len(text) // 2
        inside = f"<B>{_ml_text(text[:half])}</B>{_ml_text(text[half:])}"
        page = "http://www.w3.org/TR/REC-html40"
        return f'><ss:Data ss:Type="String" xmlns="{page}">{inside}</ss:Data>'
    if kind in ("date", "moment"):
        value = f"{value}{'' if 'T' in value else 'T00:00:00'}.000"
    elif kind == "time":
        value = f"1899-12-31T{value}.000"
    kinds = {"number": "Number", "formula": "Number", "bool": "Boolean", "error": "Error"}
    kinds |= dict.fromkeys(("date", "moment", "time"), "DateTime")
    return f"{formula}>{_ml_data(kinds.get(kind, 'String'), value)}"


def _ml_text(text: str) -> str:
    return re.sub("\r\n?|\n", "&#10;", escape(text))


def _ml_data(kind: str, text: str) -> str:
    return f'<Data ss:Type="{kind}">{_ml_text(text)}</Data>'


# -- HTML ---------------------------------------------------------------------------------


def _html(case: Book) -> bytes:
    tables = "\n".join(_html_table(each) for each in [*case.before, case, *case.behind])
    for old, new in case.changes:
        tables = tables.replace(old, new)
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={case.declared}">'
    above, below = case.around
    text = (
        f"{case.mark}<html><head>{meta if case.declared else ''}"
        "<style>td {color: red}</style></head><body>"
        f"\n{above}{tables}{below}\n</body></html>\n"
    )
    return text.encode(case.encoding, "xmlcharrefreplace")


def _html_table(case: Book) -> str:
    rows = "".join(_html_row(case, number, line) for number, line in enumerate(case.every()))
    return f"<table border=1>\n{rows}</table>"


def _html_row(case: Book, number: int, line: Line) -> str:
    hidden = ' style="display:none"' if line in case.hidden else ""
    cells = [_html_cell(case, number, n, line) for n in range(len(line.cells))]
    return f"<tr{hidden}>{''.join(cells)}</tr>\n"


def _html_cell(case: Book, number: int, column: int, line: Line) -> str:
    if case.covered(number, column):
        return ""
    if case.stored_at(line, column) is not None:
        msg = "a page knows no kinds of values"
        raise Impossible(msg)
    merged, more = case.merged_at(line, column), ""
    if merged:
        more = f' colspan="{merged.across}" rowspan="{merged.down}"'
    tag = "th" if line.kind == "header" else "td"
    text = re.sub("\r\n?|\n", "<br>", escape(line.cells[column]))
    return f"<{tag}{more}>{text}</{tag}>"


WRITERS: dict[str, Callable[[Book], bytes]] = {
    "xlsx": lambda case: _Xlsx(case).data(),
    "xls": _xls,
    "ods": _ods,
    "sheetml": _sheetml,
    "html": _html,
}
