"""How a question sheet looks: a page that says what to do, then the questions, to fill in.

The first column and the first row of each sheet are hidden and are for reading it back. Only
answers and notes can be typed in. What differs is bold, tinted and marked with "≠", which is
part of the cell's format: the value itself stays as it is.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence  # noqa: TC003  # fields of a dataclass
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

import xlsxwriter

from custclean.labels import label, labels
from custclean.stages.question_words import PAIR, RECORD, offered
from custclean.tables.writing import CREATED, MAX_CELL
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ANSWER", "HEADING", "NAME", "NOTE", "WHO", "Asked", "book_of"]

# What reading back looks for, in no language: in the first row, and in the first column.
HEADING, ANSWER, NOTE, NAME, WHO = (
    "custclean:key", "custclean:answer", "custclean:note", "custclean:name", "custclean:who"
)  # fmt: skip
_TOP = 2  # rows above the questions: what is hidden, and the headings
_BEFORE = 5  # columns before the fields: key, number, answer, note, why
_WIDTHS = {1: 5, 2: 16, 3: 30, 4: 40}
_WIDEST, _LEAST = 32, 8  # characters of a field's column
_FULL = 0.85  # of a line that words fill before the next one does not fit
_LINE, _HIGHEST = 15.0, 409.0  # points of one line, and the most that a row may have
_NO_TITLE = re.compile(r"[\[\]:*?/\\]")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_MAY = {"format_columns": True, "format_rows": True}  # who reads may make room
_FILL = {"fill": "#FFF6D6", "differ": "#FCE4D6", "head": "#E7E6E6"}
_CELL = {"text_wrap": True, "valign": "top", "num_format": "@", "bottom": 4}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a sheet shows it; `key` is what its hidden cells hold."""

    key: str
    kind: str
    reason: str
    rows: Sequence[Mapping[str, str | None]]
    marks: Mapping[str, str]


def book_of(whom: str, asked: Sequence[Asked]) -> bytes:
    """Give a workbook: the instructions, and a sheet of each kind of question there is."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, _OPTIONS) as book:
        book.set_properties({"created": CREATED})
        forms = _forms(book)
        _first_sheet(book.add_worksheet(_title(tr("Please read"))), forms, whom, asked)
        for kind, title in ((PAIR, tr("One client or two")), (RECORD, tr("Customer or not"))):
            chosen = [each for each in asked if each.kind == kind]
            if chosen:
                _Sheet(book.add_worksheet(_title(title)), forms, kind, chosen).fill()
    return data.getvalue()


def _title(text: str) -> str:
    """Make a text fit to name a sheet."""
    return _NO_TITLE.sub(" ", text)[:31].strip()


def _forms(book: Any) -> dict[str, Any]:
    """Give the formats; the second row of a pair closes it with a line."""
    entry = {"locked": False, "bg_color": _FILL["fill"], "border": 1}
    differ = {"bold": True, "bg_color": _FILL["differ"], "num_format": '"≠ "@'}
    ends = {"bottom": 2}
    return {
        "plain": book.add_format(_CELL),
        "last": book.add_format(_CELL | ends),
        "differ": book.add_format(_CELL | differ),
        "last differ": book.add_format(_CELL | differ | ends),
        "entry": book.add_format(_CELL | entry | ends),
        "head": book.add_format(
            _CELL | {"bold": True, "bg_color": _FILL["head"], "bottom": 2}
        ),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _first_sheet(sheet: Any, forms: dict[str, Any], whom: str, asked: Sequence[Asked]) -> None:
    """Say who is asked how much, and how; who answers may put another name."""
    pairs = sum(each.kind == PAIR for each in asked)
    counts = [
        trn("{n:,} pair: one client or two?", "{n:,} pairs: one client or two?", pairs),
        trn("{n:,} record: a customer or not?", "{n:,} records: a customer or not?",
            len(asked) - pairs),
    ]  # fmt: skip
    _text(sheet, 0, 0, HEADING)
    _text(sheet, 0, 2, NAME)
    _text(sheet, 1, 1, tr("Questions about our clients"), forms["title"])
    told = [n for n, many in zip(counts, (pairs, len(asked) - pairs)) if many]
    _text(sheet, 2, 1, " ".join(told))
    _text(sheet, 4, 0, WHO)
    _text(sheet, 4, 1, tr("Answered by"))
    _text(sheet, 4, 2, whom, forms["entry"])
    for row, line in enumerate(_instructions(), 6):
        sheet.merge_range(row, 1, row, 2, "", forms["text"])
        _text(sheet, row, 1, line, forms["text"])
        sheet.set_row(row, _LINE * _lines(line, 90))
    sheet.set_column(0, 0, None, None, {"hidden": True})
    sheet.set_column(1, 1, 20)
    sheet.set_column(2, 2, 70)
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.protect("", _MAY)
    sheet.set_landscape()


def _instructions() -> list[str]:
    return [
        tr(
            "1. On the next sheets choose an answer from the list in each yellow cell; leave"
            " empty what you cannot say yet."
        ),
        tr(
            "2. Cells with the sign ≠, bold and tinted, differ between the two. Corrections"
            " and reasons go into the note; all other cells are locked."
        ),
        tr("3. Save the file as .xlsx under its own name and send it back to who sent it."),
    ]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet of questions of one kind, while it is filled."""

    sheet: Any
    forms: Mapping[str, Any]
    kind: str
    asked: Sequence[Asked]

    def fill(self) -> None:
        fields = _fields(self.asked)
        self._heads([label(name) for name in fields])
        widths = [self._width(name) for name in fields]
        for column, width in enumerate(widths, _BEFORE):
            self.sheet.set_column(column, column, width)
        row = _TOP
        for number, each in enumerate(self.asked, 1):
            self._question(row, number, each, dict(zip(fields, widths)))
            row += len(each.rows)
        self._set_up(row, _BEFORE + len(fields))

    def _heads(self, fields: Sequence[str]) -> None:
        question = tr("One client?") if self.kind == PAIR else tr("A customer?")
        hidden = [HEADING, "", ANSWER, NOTE]
        shown = [HEADING, tr("No."), question, tr("Note"), tr("Why we ask"), *fields]
        for row, texts in enumerate((hidden, shown)):
            for column, text in enumerate(texts):
                _text(self.sheet, row, column, text, self.forms["head"])
        self.sheet.set_row(0, None, None, {"hidden": True})
        self.sheet.set_row(1, 2 * _LINE)
        self.sheet.set_column(0, 0, None, None, {"hidden": True})
        for column, width in _WIDTHS.items():
            self.sheet.set_column(column, column, width)

    def _width(self, name: str) -> int:
        longest = max(
            (len(line) for each in self.asked for row in each.rows
             for line in (row.get(name) or "").splitlines()),
            default=0,
        )  # fmt: skip
        return max(_LEAST, min(_WIDEST, 3 + max(longest, len(label(name)))))

    def _question(self, top: int, number: int, each: Asked, widths: Mapping[str, int]) -> None:
        high = ceil(_lines(each.reason, _WIDTHS[4]) / len(each.rows))
        bottom = top + len(each.rows) - 1
        entry, last = self.forms["entry"], self.forms["last"]
        whole = (
            (1, str(number), last),
            (2, "", entry),
            (3, "", entry),
            (4, each.reason, last),
        )
        for column, text, form in whole:
            if bottom > top:
                self.sheet.merge_range(top, column, bottom, column, "", form)
            _text(self.sheet, top, column, text, form)
        for row, values in enumerate(each.rows, top):
            _text(self.sheet, row, 0, each.key)
            self._values(row, each, values, widths, ends="last " if row == bottom else "")
            lines = [_lines(values.get(name) or "", width) for name, width in widths.items()]
            self.sheet.set_row(row, min(_HIGHEST, _LINE * max([high, *lines])))
        words = list(offered(self.kind).values())
        self.sheet.data_validation(top, 2, bottom, 2, _choice(words))

    def _values(
        self, row: int, each: Asked, values: Mapping[str, str | None], widths: Iterable[str],
        *, ends: str,
    ) -> None:  # fmt: skip
        for column, name in enumerate(widths, _BEFORE):
            differs = each.marks.get(name) == "differ"
            form = f"{ends}differ" if differs else ends.strip() or "plain"
            _text(self.sheet, row, column, values.get(name) or "", self.forms[form])

    def _set_up(self, rows: int, columns: int) -> None:
        """Make it readable on screen and on paper, and lock all but answers and notes."""
        self.sheet.freeze_panes(_TOP, 4)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(1)
        self.sheet.print_area(1, 1, rows - 1, columns - 1)
        self.sheet.set_footer("&L&A&R&P / &N")
        self.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        self.sheet.protect("", _MAY)


def _choice(words: list[str]) -> dict[str, Any]:
    """Offer a list; another word is asked about and not refused: many are understood."""
    return {
        "validate": "list",
        "source": words,
        "error_type": "warning",
        "error_title": tr("Answer"),
        "error_message": tr("Please choose one of: {words}", words=", ".join(words)),
    }


def _fields(asked: Iterable[Asked]) -> list[str]:
    """Name the fields of which any record has a value, in the order of cards."""
    filled = {
        name for each in asked for row in each.rows for name, value in row.items() if value
    }
    return [name for name in labels() if name in filled]


def _text(sheet: Any, row: int, column: int, text: str, form: Any = None) -> None:
    """Write text and nothing else, whatever it looks like."""
    fitting = text if len(text) <= MAX_CELL else text[: MAX_CELL - 1] + "…"
    if fitting:
        sheet.write_string(row, column, fitting, form)
    elif form is not None:
        sheet.write_blank(row, column, None, form)


def _lines(text: str, width: int) -> int:
    """Count the lines that a text takes in a column of so many characters."""
    fits = max(1, int(width * _FULL))
    return sum(max(1, ceil(len(line) / fits)) for line in text.splitlines()) or 1
