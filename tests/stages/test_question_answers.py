"""What comes back: every question ends in one list, nothing is entered twice or in silence."""

from __future__ import annotations

import zipfile
from collections import Counter
from typing import TYPE_CHECKING, Any

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.decisions import changed_since
from custclean.errors import CustcleanError, InputError
from custclean.model import FIELDS, Decision, Verdict
from custclean.stages.question_answers import Answers, read_answers
from custclean.stages.question_sheet import Question, question_sheets
from custclean.stages.question_weigh import weighed
from custclean.words import language

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAMES = FIELDS["customers"]
TABLE = pl.DataFrame(
    [
        {"record_id": name, "email": f"{name}@example.com", "display_name": name.upper()}
        for name in "abcdef"
    ],
    schema=dict.fromkeys(NAMES, pl.String),
)
ROWS: Mapping[str, Mapping[str, str | None]] = {
    row["record_id"]: row for row in TABLE.iter_rows(named=True)
}
QUESTIONS = [("a", "b"), ("c", "d"), ("e",), ("f",)]
PLACES = {("a", "b"): (1, 3), ("c", "d"): (1, 5), ("e",): (2, 3), ("f",): (2, 4)}


def written(tmp_path: Path, whom: str = "Ann Bell") -> Path:
    asked = [Question(tuple(ROWS[one] for one in key), "why", whom) for key in QUESTIONS]
    path = tmp_path / "sheet.xlsx"
    (data,) = question_sheets(asked).values()
    path.write_bytes(data)
    return path


def fill(path: Path, cells: Mapping[tuple[str, ...], Any], notes: Any = None) -> Path:
    book = openpyxl.load_workbook(path)
    for key, text in cells.items():
        sheet, row = PLACES[key]
        book.worksheets[sheet].cell(row, 3).value = text
    for key, text in (notes or {}).items():
        sheet, row = PLACES[key]
        book.worksheets[sheet].cell(row, 4).value = text
    book.save(path)
    return path


def said(answers: Answers) -> list[tuple[tuple[str, ...], str, str, str]]:
    return [(d.key, d.verdict.value, d.who, d.note) for d in answers.decisions]


def test_answers_come_back_as_decisions_with_the_name_and_what_was_seen(
    tmp_path: Path,
) -> None:
    path = fill(written(tmp_path), {("a", "b"): "same", ("e",): "No customer"},
                {("a", "b"): "moved in May"})  # fmt: skip
    found = read_answers(path, table=TABLE)
    assert said(found) == [
        (("a", "b"), "same", "Ann Bell", "moved in May"),
        (("e",), "set_aside", "Ann Bell", ""),
    ]
    changed = {**ROWS, "b": {**ROWS["b"], "email": "new@example.com"}}
    assert changed_since(found.decisions[0], changed) == ("right.email",)
    assert found.unanswered["left_id"].to_list() == ["c", "f"]
    assert (found.questions, found.refused.height) == (4, 0)


def test_who_answers_may_put_another_name_and_the_caller_too(tmp_path: Path) -> None:
    path = fill(written(tmp_path), {("a", "b"): "y"})
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["C5"] = " Bo  Dahl "
    book.save(path)
    assert [d.who for d in read_answers(path).decisions] == ["Bo Dahl"]
    assert [d.who for d in read_answers(path, who="Cy").decisions] == ["Cy"]


def test_a_sheet_is_read_in_any_language_but_its_own(tmp_path: Path) -> None:
    with language("fr"):
        path = fill(written(tmp_path), {("a", "b"): "gleich", ("c", "d"): "NEJ"})
    with language("pt"):
        assert [d.verdict for d in read_answers(path).decisions] == ["same", "different"]


def test_each_thing_that_is_wrong_is_refused_with_row_and_reason(tmp_path: Path) -> None:
    path = fill(
        written(tmp_path), {("a", "b"): "banana", ("c", "d"): "same", ("e",): "keep"},
        {("a", "b"): "a note"},
    )  # fmt: skip
    book = openpyxl.load_workbook(path)
    pairs, records = book.worksheets[1:]
    pairs["C9"], pairs["A9"] = "different", pairs["A5"].value  # a copy of the second question
    pairs["D12"] = "by the way"
    records["A4"] = records["A4"].value.replace('"f"', '"x"')
    book.save(path)
    newest = TABLE.filter(pl.col("record_id") != "e")
    found = read_answers(path, table=newest)
    assert sorted(found.refused.select("sheet", "row", "reason", "value", "note").rows()) == [
        ("Customer or not", 3, "gone", "keep", ""),
        ("Customer or not", 4, "damaged", "", ""),
        ("One client or two", 3, "unknown_word", "banana", "a note"),
        ("One client or two", 5, "two_answers", "same / different", ""),
        ("One client or two", 12, "no_question", "", "by the way"),
    ]
    assert found.questions == 5
    assert "banana" not in repr(found)
    assert "banana" not in found._repr_html_()


def test_values_that_changed_since_are_named_and_not_decided_upon(tmp_path: Path) -> None:
    path = fill(written(tmp_path), {("a", "b"): "same"})
    newest = TABLE.with_columns(
        email=pl.when(pl.col("record_id") == "a")
        .then(pl.lit("x@y.example"))
        .otherwise("email")
    )
    found = read_answers(path, table=newest)
    assert found.decisions == ()
    assert found.refused["detail"].to_list() == ["changed since it was asked: E-mail"]


def test_the_same_answer_in_both_rows_of_a_pair_is_one(tmp_path: Path) -> None:
    path = fill(written(tmp_path), {("a", "b"): "same"})
    book = openpyxl.load_workbook(path)
    book.worksheets[1].unmerge_cells("C3:C4")
    book.worksheets[1]["C4"] = "SAME"
    book.save(path)
    assert said(read_answers(path)) == [(("a", "b"), "same", "Ann Bell", "")]


def test_unsure_is_a_word_on_a_pair_and_leaves_a_record_open(tmp_path: Path) -> None:
    path = fill(written(tmp_path), {("a", "b"): "unsure", ("e",): "unsure"},
                {("e",): "ask Bo"})  # fmt: skip
    found = read_answers(path)
    assert [(d.key, d.verdict) for d in found.decisions] == [(("a", "b"), Verdict.UNSURE)]
    assert ("e", "ask Bo") in found.unanswered.select("left_id", "note").rows()


def test_rows_that_were_sorted_are_still_the_same_questions(tmp_path: Path) -> None:
    path = fill(written(tmp_path), {("e",): "keep", ("f",): "no customer"})
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[2]
    for column in range(1, sheet.max_column + 1):
        one, other = sheet.cell(3, column), sheet.cell(4, column)
        one.value, other.value = other.value, one.value
    book.save(path)
    found = {d.key: d.verdict for d in read_answers(path).decisions}
    assert found == {("e",): Verdict.KEEP, ("f",): Verdict.SET_ASIDE}


def test_a_sheet_of_somebodys_own_is_said_and_no_answer(tmp_path: Path) -> None:
    path = written(tmp_path)
    book = openpyxl.load_workbook(path)
    book.create_sheet("Mine")["B2"] = "look"
    book.save(path)
    assert read_answers(path).refused.select("sheet", "row", "reason").rows() == [
        ("Mine", 2, "no_question")
    ]


# --- files that are no such sheet ------------------------------------------------------------


def test_a_sheet_whose_hidden_row_is_gone_is_no_blank_sheet(tmp_path: Path) -> None:
    path = fill(written(tmp_path), {("a", "b"): "same"})
    book = openpyxl.load_workbook(path)
    for cell in book.worksheets[1][1]:
        cell.value = None
    book.save(path)
    with pytest.raises(InputError, match="hidden first row"):
        read_answers(path)


@pytest.mark.parametrize("where", ["C3", "D3", "F3"])
def test_a_formula_is_refused_by_its_cell(tmp_path: Path, where: str) -> None:
    path = written(tmp_path)
    book = openpyxl.load_workbook(path)
    book.worksheets[1][where] = '="same"'
    book.save(path)
    with pytest.raises(InputError, match=f"cell {where} holds a formula"):
        read_answers(path)


def test_macros_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(InputError, match="macros"):
        read_answers(path)


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"<sheetData>" + b" " * 201_000_000)
    with pytest.raises(InputError, match="unpacks to more than"):
        read_answers(path)


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"a,b\n1,2\n", b"\xd0\xcf\x11\xe0" * 200]
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(data)
    with pytest.raises(InputError):
        read_answers(path)


def test_a_workbook_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "Name"
    book.save(path)
    with pytest.raises(InputError, match="no question sheet"):
        read_answers(path)


@settings(max_examples=40, deadline=None)
@given(place=st.integers(0, 20_000), byte=st.integers(0, 255))
def test_a_damaged_file_is_read_in_full_or_refused(
    place: int, byte: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("damaged") / "x.xlsx"
    data = bytearray(DAMAGE.setdefault("data", _one(tmp_path_factory)))
    data[place % len(data)] = byte
    path.write_bytes(bytes(data))
    try:
        found = read_answers(path, table=TABLE)
    except CustcleanError:
        return
    assert found.questions == 4


DAMAGE: dict[str, bytes] = {}


def _one(factory: pytest.TempPathFactory) -> bytes:
    folder = factory.mktemp("whole")
    return fill(written(folder), {("a", "b"): "same"}).read_bytes()


words = st.sampled_from(["", "same", "NO", "unsure", "keep", "what?", " ja ", "no customer"])


@settings(max_examples=25, deadline=None)
@given(typed=st.tuples(words, words, words, words), gone=st.booleans())
def test_every_question_ends_in_exactly_one_list(
    typed: tuple[str, ...], gone: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = fill(written(tmp_path_factory.mktemp("sheets")), dict(zip(QUESTIONS, typed)))
    table = TABLE.filter(pl.col("record_id") != "a") if gone else TABLE
    found = read_answers(path, table=table)
    ids = [*found.unanswered["left_id"], *found.refused["left_id"]]
    ids += [d.key[0] for d in found.decisions]
    assert Counter(ids) == Counter("acef")
    assert found.questions == sum(found.counts.values()) == 4


# --- held against the log --------------------------------------------------------------------


def entry(key: tuple[str, ...], verdict: str, who: str, **more: Any) -> Decision:
    return Decision(key, Verdict(verdict), who=who, when="2026-03-01T12:00:00+01:00", **more)


def undo(seq: int) -> Decision:
    return Decision(("a", "b"), Verdict.UNDO, value={"undoes": str(seq)}, seq=seq + 1)


def test_what_contradicts_a_standing_word_is_listed_and_not_entered(tmp_path: Path) -> None:
    found = read_answers(fill(written(tmp_path), {("a", "b"): "same", ("c", "d"): "n"}))
    log = [
        entry(("a", "b"), "different", "Bo", seq=1),
        entry(("c", "d"), "split", "Bo", seq=2),
    ]
    new = weighed(found, log, ROWS)
    assert [d.key for d in new.decisions] == [("c", "d")], "split and different agree"
    listed = new.disagreements.select("left_id", "who_1", "verdict_1", "who_2", "verdict_2")
    assert listed.rows() == [("a", "Bo", "different", "Ann Bell", "same")]
    assert len(weighed(found, log, ROWS, overrule=True).decisions) == 2


def test_an_unsure_before_is_answered_and_an_unsure_after_answers_nothing(
    tmp_path: Path,
) -> None:
    found = read_answers(fill(written(tmp_path), {("a", "b"): "same", ("c", "d"): "?"}))
    log = [entry(("a", "b"), "unsure", "Bo", seq=1), entry(("c", "d"), "same", "Bo", seq=2)]
    new = weighed(found, log, ROWS)
    assert [d.key for d in new.decisions] == [("a", "b")]
    assert new.disagreements["left_id"].to_list() == ["c"]


def test_a_word_that_was_said_of_other_values_is_answered_anew(tmp_path: Path) -> None:
    found = read_answers(fill(written(tmp_path), {("a", "b"): "same"}))
    old = entry(("a", "b"), "different", "Bo", seen={"left.email": "1:0000000000"}, seq=1)
    assert len(weighed(found, [old], ROWS).decisions) == 1


@pytest.mark.parametrize("later", ["different", "unsure", "same"])
def test_a_sheet_read_again_enters_nothing_whatever_was_said_since(
    tmp_path: Path, later: str
) -> None:
    found = read_answers(fill(written(tmp_path), {("a", "b"): "same"}))
    (first,) = found.decisions
    since = entry(("a", "b"), later, "Bo", seq=2)
    new = weighed(found, [entry(first.key, "same", first.who, seen=first.seen, seq=1), since],
                  ROWS)  # fmt: skip
    assert new.decisions == ()
    assert len(new.known) == (later == "same")
    assert new.disagreements.height == (later != "same")


def test_what_was_taken_back_stays_taken_back(tmp_path: Path) -> None:
    found = read_answers(fill(written(tmp_path), {("a", "b"): "same"}))
    (first,) = found.decisions
    log = [entry(first.key, "same", first.who, seen=first.seen, seq=1), undo(1)]
    new = weighed(found, log, ROWS)
    assert (new.decisions, new.refused["reason"].to_list()) == ((), ["taken_back"])
    assert len(weighed(found, log, ROWS, overrule=True).decisions) == 1


def test_what_is_done_in_the_target_system_is_refused_even_if_overruled(
    tmp_path: Path,
) -> None:
    found = read_answers(fill(written(tmp_path), {("a", "b"): "n"}))
    log = [entry(("a", "b"), "same", "Bo", seq=1), entry(("a", "b"), "done", "Bo", seq=2)]
    new = weighed(found, log, ROWS, overrule=True)
    assert (new.decisions, new.refused["reason"].to_list()) == ((), ["done"])
    assert "(Bo, 2026-03-01 12:00)" in new.refused["detail"][0]
