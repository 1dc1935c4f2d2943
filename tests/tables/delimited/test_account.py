"""The account of a text notices each letter and digit that is lost, or there twice."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from custclean.tables.delimited import account

WORDS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=6), max_size=6)


def frame_of(cells: list[str]) -> pl.DataFrame:
    return pl.DataFrame({"a": [cell or None for cell in cells]}, schema={"a": pl.String})


@given(WORDS, WORDS)
def test_what_is_all_there_is_not_lost(texts: list[str], cells: list[str]) -> None:
    data = ",".join([*texts, *cells]).encode()
    assert account.lost(data, texts, [frame_of(cells)]) == {}


@given(WORDS, st.characters(categories=["L", "Nd"]))
def test_a_lost_letter_is_named(cells: list[str], letter: str) -> None:
    data = "".join([*cells, letter]).encode()
    assert account.lost(data, [], [frame_of(cells)]) == {letter: 1}


@given(WORDS, st.characters(categories=["L", "Nd"]))
def test_a_letter_too_many_is_named(cells: list[str], letter: str) -> None:
    data = "".join(cells).encode()
    assert account.lost(data, [letter], [frame_of(cells)]) == {letter: -1}


def test_marks_and_blanks_are_not_counted() -> None:
    assert account.lost(b'"a" , b\r\n', ["a"], [frame_of(["b"])]) == {}
