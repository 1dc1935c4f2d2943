from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.folding import fold
from custclean.stages.link import words as module
from custclean.stages.link.words import Words

if TYPE_CHECKING:
    from custclean.stages.link.vocabulary import Ids

ODD = ["\0", "a\0b", "😀 Ann", "x" * 10_000, "שלום עולם", "", " ", "'", "?", "\n", "()"]
letters = st.characters(categories=["L", "N"])
texts = st.lists(
    st.text(st.one_of(letters, st.sampled_from("aeo ÅØöé'?-.")), max_size=14), max_size=12
)
few = st.lists(st.sampled_from(["mill", "byg", "roma", "7"]), max_size=4)
cut = st.lists(st.text("bx", min_size=1, max_size=3), max_size=4)


def words(*texts: str | None) -> Words:
    return Words.of(pl.Series(texts, dtype=pl.String))


def read(found: Words) -> list[str]:
    """Spell all texts out, their words with a blank between."""
    return [text.decode() for text in found.texts(np.arange(len(found)))]


def folded(texts: list[str]) -> list[str]:
    found = pl.DataFrame({"t": pl.Series(texts, dtype=pl.String)}).select(fold(pl.col("t")))
    return found["t"].fill_null("").to_list()


def spelt(found: Words, ids: Ids) -> list[str]:
    return [found.spelt[n] if n >= 0 else "" for n in ids.tolist()]


@given(texts)
def test_the_words_of_a_text_are_those_of_folding_it(texts: list[str]) -> None:
    assert read(words(*texts)) == folded(texts)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Søren Ærø-Ågård", "soren aro agard"),
        ("Società à Nîmes", "societa a nimes"),
        ("Müller & Mueller", "muller muller"),
        ("São João, Cañada", "sao joao canada"),
        ("L’Été d'Ann", "lete dann"),
        ("Blue Joe Zoe", "blue joe zoe"),
        ("S?ren\u00a0«Example»", "sren example"),
    ],
)
def test_words_are_folded_in_every_language(text: str, found: str) -> None:
    assert read(words(text)) == [found]


def test_null_and_blank_texts_have_no_words() -> None:
    assert words(None, "", " ", "?", "Roma").counts.tolist() == [0, 0, 0, 0, 1]


@pytest.mark.parametrize("texts", [[], [None], [None, None], [""], ODD, ["Ann"]])
def test_nothing_is_too_odd_to_be_read(texts: list[str | None]) -> None:
    found = words(*texts)
    assert len(read(found.spelt_out().phrased({"ann b": "c"}))) == len(texts)
    for hashes in (found.any_order(), found.in_order(), found.joined(), found.initials()):
        assert (hashes != 0).tolist() == [text != "" for text in read(found)]


@given(few, few)
@settings(max_examples=60)
def test_any_order_is_the_same_for_the_same_words(one: list[str], other: list[str]) -> None:
    first, second = words(" ".join(one), " ".join(other)).any_order()
    assert (first == second) == (sorted(one) == sorted(other))


@given(few, few)
@settings(max_examples=60)
def test_in_order_is_the_same_for_the_same_words_in_the_same_order(
    one: list[str], other: list[str]
) -> None:
    first, second = words(" ".join(one), " ".join(other)).in_order()
    assert (first == second) == (one == other)


@given(cut, cut)
@settings(max_examples=60)
def test_joined_is_the_same_for_the_same_letters(one: list[str], other: list[str]) -> None:
    first, second = words(" ".join(one), " ".join(other)).joined()
    assert (first == second) == ("".join(one) == "".join(other))


@given(cut, cut)
@settings(max_examples=60)
def test_initials_are_the_same_for_the_same_first_letters(
    one: list[str], other: list[str]
) -> None:
    first, second = words(" ".join(one), " ".join(other)).initials()
    assert (first == second) == ([word[0] for word in one] == [word[0] for word in other])


def test_initials_are_hashed_as_the_word_they_make() -> None:
    found = words("Blue Harbour Roofing", "bhr")
    assert found.initials()[0] == found.joined()[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mill 1", "Mill 3"),
        ("Mill 2", "Mill 3"),
        ("Mill 1", "Mill 2"),
        ("Invest B", "Invest C"),
    ],
)
def test_texts_with_another_last_letter_are_not_joined_alike(one: str, other: str) -> None:
    first, second = words(one, other).joined()
    assert first != second


def test_a_hash_does_not_depend_on_the_other_texts() -> None:
    alone, among = words("Mill Byg"), words("Byg", "Roma 7", "Mill Byg")
    for name in ("any_order", "in_order", "joined", "initials"):
        assert getattr(alone, name)()[0] == getattr(among, name)()[2]


@given(texts, st.integers(1, 3))
@settings(max_examples=40)
def test_texts_are_the_same_however_many_are_read_at_once(texts: list[str], most: int) -> None:
    whole = words(*texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_TEXTS", most)
        parted = words(*texts)
    assert read(parted) == read(whole)
    assert parted.in_order().tolist() == whole.in_order().tolist()
    assert sorted(parted.spelt) == sorted(whole.spelt)


@pytest.mark.parametrize("threads", [1, 2, 7])
def test_texts_are_the_same_with_any_number_of_threads(
    threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"Søren {n % 7} Byg{n % 5}" for n in range(40)]
    monkeypatch.setattr(module, "_TEXTS", 3)
    monkeypatch.setattr(pl, "thread_pool_size", lambda: threads)
    assert read(words(*texts)) == folded(texts)


def test_a_word_may_be_respelt_as_another_as_several_or_as_none() -> None:
    table = {"testvej": "test vej", "og": "", "st": "street"}
    found = words("Testvej og St", "og", "Mill").respelt(lambda some: some.replace(table))
    assert read(found) == ["test vej street", "", "mill"]


def test_only_the_words_asked_for_are_respelt() -> None:
    found = words("12b Mill").respelt(lambda some: some + "x", r"^\d")
    assert read(found) == ["12bx mill"]


def test_words_that_are_respelt_alike_are_one() -> None:
    found = words("St", "Street").respelt(lambda some: some.replace({"st": "street"}))
    assert found.spelt.to_list() == ["street"]


def test_words_are_left_out_one_by_one() -> None:
    found = words("a mill", "a", "byg")
    assert read(found.keep(~found.marked(pl.col("w") == "a")[found.ids])) == [
        "mill",
        "",
        "byg",
    ]


def test_texts_are_taken_in_the_order_asked_and_nowhere_is_empty() -> None:
    found = words("mill", "byg roma", None)
    assert read(found.take(np.array([1, -1, 0, 1]))) == ["byg roma", "", "mill", "byg roma"]
    assert read(found.take(slice(1, 3))) == ["byg roma", ""]


def test_a_word_is_found_by_its_place_from_either_end() -> None:
    found = words("ann mid berg", "bob", None)
    assert spelt(found, found.at(0)) == ["ann", "bob", ""]
    assert spelt(found, found.at(1)) == ["mid", "", ""]
    assert spelt(found, found.at(-1)) == ["berg", "bob", ""]
    assert spelt(found, found.at(-2)) == ["mid", "", ""]


def test_texts_of_one_word_each_are_made_of_words() -> None:
    found = words("ann berg", None, "bob")
    assert read(found.only(found.at(0))) == ["ann", "", "bob"]


def test_texts_are_put_below_others_and_share_their_words() -> None:
    found = words("mill byg").above(words("roma mill", None))
    assert read(found) == ["mill byg", "roma mill", ""]
    assert sorted(found.spelt) == ["byg", "mill", "roma"]


def test_a_phrase_becomes_one_word_and_the_longest_goes_first() -> None:
    table = {"new york": "ny", "new york city": "nyc"}
    found = words("x New York City", "New York", "new new york", "york new").phrased(table)
    assert read(found) == ["x nyc", "ny", "new ny", "york new"]


def test_a_phrase_does_not_reach_into_the_next_text() -> None:
    assert read(words("new", "york").phrased({"new york": "ny"})) == ["new", "york"]


def test_a_phrase_that_stands_for_nothing_leaves_no_word() -> None:
    assert words("Mill in liquidation").phrased({"in liquidation": ""}).counts.tolist() == [1]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Example S.r.l.", "example srl"),
        ("S. p. A.", "spa"),
        ("J B Hunt", "jb hunt"),
        ("a", "a"),
        ("a 1 b", "a 1 b"),
        ("b c d f g h i j", "b c d f g h i j"),
    ],
)
def test_letters_that_stand_alone_in_a_row_are_one_word(text: str, found: str) -> None:
    assert read(words(text).spelt_out()) == [found]


def test_letters_of_two_texts_are_not_put_together() -> None:
    assert read(words("mill s", "a byg").spelt_out()) == ["mill s", "a byg"]


def test_letters_are_counted_without_blanks() -> None:
    assert words("mill byg", None, "x").letters.tolist() == [7, 0, 1]
