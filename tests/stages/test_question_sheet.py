"""One workbook a person: only text in it, the same bytes for the same questions."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from typing import Any

import openpyxl
import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from custclean.errors import SchemaError
from custclean.model import FIELDS
from custclean.stages.question_sheet import Question, file_name, question_sheets
from custclean.stages.question_token import Token
from custclean.words import LANGUAGES, language

NAMES = FIELDS["customers"]


def row(record: str, **given: str) -> dict[str, str | None]:
    return {**dict.fromkeys(NAMES), "record_id": record, **given}


def pair(one: str, other: str, whom: str = "Ann", **marks: str) -> Question:
    rows = (
        row(one, display_name=f"=Client {one}", email=f"{one}@example.com"),
        row(other, display_name=f"Client {other}", email=f"{other}@example.com"),
    )
    return Question(rows, "Equal: City.", whom, marks)


def record(one: str, whom: str = "Ann") -> Question:
    return Question((row(one, display_name=f"Client {one}"),), "in the vendor list", whom)


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def only(questions: list[Question]) -> Any:
    (data,) = question_sheets(questions).values()
    return opened(data)


def test_each_person_gets_only_their_own_questions() -> None:
    books = question_sheets([pair("a", "b", "Ann"), pair("c", "d", "Bo"), record("e", "Ann")])
    assert len(books) == 2
    texts = {
        name: {cell.value for sheet in opened(data) for line in sheet for cell in line}
        for name, data in books.items()
    }
    ann, bo = (texts[file_name(who)] for who in ("Ann", "Bo"))
    assert "a@example.com" in ann
    assert "Client e" in ann
    assert not any("c@example.com" in str(text) for text in ann)
    assert not any("a@example.com" in str(text) for text in bo)


def test_two_spellings_of_a_name_are_one_person() -> None:
    books = question_sheets([pair("a", "b", "Ann  Bell"), pair("c", "d", "ANN BELL ")])
    assert len(books) == 1


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "CON", "a/b\\c:d", "王芳", ".hidden", "x" * 300, "n\0ul\n"]
)
def test_a_name_never_becomes_a_path(name: str) -> None:
    assert re.fullmatch(r"questions-[a-z0-9-]{1,60}\.xlsx", file_name(name))


@settings(max_examples=15, deadline=None)
@given(st.text(), st.text())
@example("Ann Bell", "Ann. Bell!")
@example("王", "芳")
def test_two_people_never_share_a_file(one: str, other: str) -> None:
    books = question_sheets([record("a", one), record("b", other)])
    held = {
        Token.read(str(cell.value)).key[0]  # type: ignore[union-attr]
        for data in books.values()
        for line in opened(data).worksheets[-1]["A3:A9"]
        for cell in line
        if cell.value
    }
    assert held == {"a", "b"}
    folded = {" ".join(each.split()).casefold() for each in (one, other)}
    assert len(books) <= len(folded)


def test_every_cell_is_text_also_what_looks_like_a_formula() -> None:
    book = only([pair("a", "b"), record("c")])
    for sheet in book:
        for line in sheet.iter_rows():
            assert {cell.data_type for cell in line if cell.value is not None} <= {"s"}
    assert book.worksheets[1]["F3"].value == "=Client a"


def test_equal_questions_give_equal_bytes_and_no_date_of_today() -> None:
    questions = [pair("a", "b"), record("c")]
    one, other = question_sheets(questions), question_sheets(list(questions))
    assert one == other
    (data,) = one.values()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"2000-01-01" in archive.read("docProps/core.xml")


def test_only_answer_and_note_can_be_typed_in() -> None:
    book = only([pair("a", "b"), record("c")])
    for sheet in book.worksheets[1:]:
        assert sheet.protection.sheet
        free = {
            cell.coordinate[0]
            for line in sheet.iter_rows(min_row=3)
            for cell in line
            if not cell.protection.locked
        }
        assert free == {"C", "D"}
    first = book.worksheets[0]
    free = {cell.coordinate for line in first for cell in line if not cell.protection.locked}
    assert free == {"C5"}


def test_the_answer_is_chosen_from_a_list_in_the_readers_language() -> None:
    book = only([pair("a", "b"), record("c")])
    choices = [
        [(str(each.sqref), each.formula1) for each in sheet.data_validations.dataValidation]
        for sheet in book.worksheets[1:]
    ]
    assert choices == [
        [("C3:C4", '"same,different,unsure"')],
        [("C3", '"customer,no customer,unsure"')],
    ]


def test_what_differs_is_marked_by_more_than_colour_and_its_value_stays() -> None:
    sheet = only([pair("a", "b", email="differ", display_name="clean")]).worksheets[1]
    for cell in (sheet["G3"], sheet["G4"]):
        assert cell.number_format == '"≠ "@'
        assert cell.font.b
        assert cell.fill.fgColor.rgb != "00000000"
    assert sheet["G3"].value == "a@example.com"
    assert sheet["F3"].number_format == "@"
    assert not sheet["F3"].font.b


def test_headings_stay_in_sight_and_the_page_lies_on_its_side() -> None:
    for sheet in only([pair("a", "b"), record("c")]).worksheets[1:]:
        assert sheet.freeze_panes == "E3"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows == "$2:$2"
        assert sheet.column_dimensions["A"].hidden
        assert sheet.row_dimensions[1].hidden


def test_fields_that_nobody_fills_have_no_column() -> None:
    sheet = only([pair("a", "b")]).worksheets[1]
    assert [cell.value for cell in sheet[2]][5:] == ["Name", "E-mail"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_workbook_is_made_in_every_language(code: str) -> None:
    with language(code):
        book = only([pair("a", "b"), record("c")])
    assert len(book.worksheets) == 3
    assert sum(bool(cell.value) for cell in book.worksheets[0]["B"]) == 6


ids = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
seen = st.dictionaries(ids, ids, max_size=4)


@given(st.sets(ids, min_size=1, max_size=2), seen, ids)
def test_a_token_is_read_back_as_it_was_written(
    key: set[str], seen: dict[str, str], whom: str
) -> None:
    token = Token(tuple(sorted(key)), seen, whom)
    assert Token.read(str(token)) == token
    assert str(token).isascii()


@given(ids, st.integers(0, 200), st.characters(exclude_categories=["Cs"]))
def test_a_token_with_another_letter_is_damaged(one: str, place: int, letter: str) -> None:
    text = str(Token((one,), {"email": "1:abc"}, "Ann"))
    place %= len(text)
    changed = text[:place] + letter + text[place + 1 :]
    if changed.strip() == text:
        return
    assert Token.read(changed) is None


def test_a_token_of_a_newer_version_is_refused_as_that() -> None:
    parts = str(Token(("a",), {})).split(" ", 2)
    check = hashlib.sha256(f"2 {parts[2]}".encode()).hexdigest()[:16]
    with pytest.raises(SchemaError, match="newer"):
        Token.read(f"cq2 {check} {parts[2]}")


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=4))
def test_any_value_can_stand_in_a_sheet(values: list[tuple[str, str]]) -> None:
    questions = [
        Question(
            (row(f"a{n}", display_name=one), row(f"b{n}", display_name=other)), one, "Ann"
        )
        for n, (one, other) in enumerate(values)
    ]
    sheet = only(questions).worksheets[1]
    assert sheet.max_row == 2 + 2 * len(values)


def test_a_table_of_the_projects_kind_is_not_needed() -> None:
    frame = pl.DataFrame({"record_id": ["a", "b"], "email": ["x@example.com", None]})
    rows = tuple(frame.iter_rows(named=True))
    assert question_sheets([Question(rows, "", "Ann")])
