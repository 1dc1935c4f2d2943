from __future__ import annotations

import doctest

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean import folding


def _of(expr: pl.Expr, *values: str | None) -> list[str | None]:
    return pl.DataFrame({"v": values}, schema={"v": pl.String}).select(expr)["v"].to_list()


FOLD = folding.fold(pl.col("v"))


@pytest.mark.parametrize(
    "spellings",
    [
        ("Ærø", "Aero", "ÆRØ"),
        ("Århus", "Aarhus", "Arhus", "ÅRHUS", "A\u030arhus"),
        ("Straße", "Strasse", "STRASSE", "STRAẞE"),
        ("Łódź", "Lodz"),
        ("Cœur", "Coeur"),
        ("Müller", "Mueller", "Muller", "MÃ¼ller"),
        ("O'Brien", "OBrien", "O’Brien", "o`brien"),
        ("A-B", "A B", "A\u00a0B", "A/B", "A_B"),
        ("Ｗide", "wide"),
        ("İstanbul", "istanbul", "ISTANBUL"),
    ],
)
def test_spellings_fold_together(spellings: tuple[str, ...]) -> None:
    assert len(set(_of(FOLD, *spellings))) == 1


def test_words_with_a_final_e_are_no_umlauts() -> None:
    assert _of(FOLD, "Joe", "Sue", "Blue", "Zoe") == ["joe", "sue", "blue", "zoe"]


def test_other_scripts_stay() -> None:
    assert _of(FOLD, "日本", "Ωμέγα") == ["日本", "ωμέγα"]


def test_nothing_left_is_null() -> None:
    assert _of(FOLD, "", " ", "?!", None) == [None] * 4


def test_folding_twice_is_folding_once_for_real_names() -> None:
    once = _of(FOLD, "Søren Kjær", "Aage Aagaard", "Joe Blue", "Jürgen Weiß", "Europaea")
    assert _of(FOLD, *once) == once


@settings(deadline=None)  # the machine may be busy
@given(st.text())
def test_a_fold_holds_small_letters_digits_and_single_blanks(value: str) -> None:
    (found,) = _of(FOLD, value)
    if found is not None:
        assert found == found.lower() == " ".join(found.split())


@settings(deadline=None)  # the machine may be busy
@given(st.text())
def test_tidying_twice_is_tidying_once(value: str) -> None:
    once = folding.tidy(value)
    assert folding.tidy(once) == once


def test_a_letter_after_a_capital_a_with_tilde_stays() -> None:
    assert folding.tidy("IRMÃ\u00a0SILVA") == "IRMÃ SILVA"
    assert folding.tidy("JOÃO") == "JOÃO"
    assert folding.tidy("“IRMÃ”") == "“IRMÃ”"


@pytest.mark.parametrize(
    ("raw", "bare"),
    [
        ("Bob Example001", "Bob Example"),
        ("Bob Example 002", "Bob Example"),
        ("Bob Example (2)", "Bob Example"),
        ("Bob Example (deleted)", "Bob Example"),
        ("Bob Example (slettet)", "Bob Example"),
        ("Bob Example DUPLICATE", "Bob Example"),
        ("Bob Example (V)", "Bob Example"),
        ("Studio 54", "Studio 54"),
        ("Agent 007 Ltd", "Agent 007 Ltd"),
        ("Bob (Robert) Example", "Bob (Robert) Example"),
        ("(2)", "(2)"),
    ],
)
def test_marks_of_programs_and_people_are_taken_away(raw: str, bare: str) -> None:
    assert _of(folding.unmarked(pl.col("v")), raw) == [bare]


def test_whole_words_are_swapped_also_side_by_side() -> None:
    swap = folding.swap(pl.col("v"), {"st": "street", "p o": "po", "the": "", "po": "never"})
    assert _of(swap, "the st st", "p o st", "best stove", "the", None) == [
        "street street", "po street", "best stove", None, None,
    ]  # fmt: skip


def test_the_examples_in_the_docstrings_hold() -> None:
    result = doctest.testmod(folding)
    assert result.attempted
    assert not result.failed
