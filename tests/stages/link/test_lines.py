from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.stages.link.lines import Lines, in_order


def lines(*texts: str | None) -> Lines:
    return Lines.of(pl.Series(texts, dtype=pl.String))


def read(found: Lines) -> list[str]:
    return found.texts(found.starts, found.stops)


@given(st.lists(st.text(max_size=12), min_size=1, max_size=12))
@settings(max_examples=60)
def test_a_line_feed_becomes_a_blank_and_all_else_stays(texts: list[str]) -> None:
    assert read(lines(*texts)) == [text.replace("\n", " ") for text in texts]


def test_a_missing_text_is_an_empty_line() -> None:
    assert read(lines("Roma", None, "")) == ["Roma", "", ""]


def test_nul_emoji_and_right_to_left_letters_come_through() -> None:
    texts = ["a\0b", "😀", "שלום", "x" * 10_000]
    assert read(lines(*texts)) == texts


def test_sizes_are_counted_in_bytes() -> None:
    assert lines("ab", "ø", None).sizes.tolist() == [2, 2, 0]


def test_bytes_are_mapped_and_left_out_line_by_line() -> None:
    lower = bytes(range(65)) + bytes(range(97, 123)) + bytes(range(91, 256))
    assert read(lines("A-B", "c-", "-").mapped(lower, b"-")) == ["ab", "c", ""]


def test_signs_of_several_bytes_are_replaced() -> None:
    assert read(lines("a–b", "d’E").replaced({"–".encode(): b" ", "’".encode(): b"'"})) == [
        "a b",
        "d'E",
    ]


def test_each_place_is_in_the_line_it_was_written_in() -> None:
    found = lines("ann@x", "bob", "@", "c@@")
    assert found.line(found.where("@")).tolist() == [0, 2, 3, 3]


def test_pieces_hash_alike_if_they_are_alike_and_to_zero_if_empty() -> None:
    found = lines("Søren", "Soren", "Søren", None)
    hashes = found.hash(found.starts, found.stops).tolist()
    assert hashes[0] == hashes[2] != hashes[1]
    assert hashes[3] == 0


def test_no_pieces_are_no_texts() -> None:
    found = lines("Roma")
    assert found.texts(found.starts[:0], found.stops[:0]) == []


@given(st.lists(st.text(st.characters(exclude_characters="\n"), max_size=12), max_size=20))
@settings(max_examples=60)
def test_texts_are_put_in_order_as_polars_does(texts: list[str]) -> None:
    values = pl.Series(texts, dtype=pl.String)
    assert values.gather(in_order(values)).equals(values.sort())


@given(st.lists(st.integers(-5, 5), max_size=20))
def test_numbers_too(numbers: list[int]) -> None:
    values = pl.Series(numbers, dtype=pl.Int64)
    assert values.gather(in_order(values)).equals(values.sort())
