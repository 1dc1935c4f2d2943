from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from custclean.stages.link.vocabulary import Vocabulary


def test_a_word_is_known_by_its_number_and_another_by_none() -> None:
    vocabulary = Vocabulary(pl.Series(["srl", "mill", "aps"]))
    assert vocabulary.known({"aps": 2, "srl": 7, "gmbh": 9}).tolist() == [7, 0, 2]


def test_first_letters_are_in_the_order_of_the_alphabet() -> None:
    names = ["anna", "an", "b", "annb", "7"]
    numbers = Vocabulary(pl.Series(names)).first_letters(3)
    order = np.argsort(numbers, kind="stable").tolist()
    assert [names[n] for n in order] == ["7", "an", "anna", "annb", "b"]


LETTERS = st.sampled_from(["abcdefgh", "абвгдежз", "αβγδεζηθ", "ab가나다라ñ"])


@given(LETTERS.flatmap(lambda some: st.text(some, min_size=6, max_size=12)), st.data())
def test_words_that_are_one_slip_apart_have_a_gap_in_common(
    word: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(word) - 2))
    letter = data.draw(st.sampled_from("xyz"))
    kept, behind = word[:place], word[place + 1 :]
    slips = [
        kept + behind,
        kept + letter + behind,
        kept + letter + word[place:],
        kept + word[place + 1] + word[place] + word[place + 2 :],
    ]
    vocabulary = Vocabulary(pl.Series([word, *slips, "zyxwvut", "z9" + word]))
    number, hashes = vocabulary.with_gaps(5)
    keys = [set(hashes[number == n].tolist()) for n in range(len(vocabulary))]
    assert all(keys[0] & other for other in keys[1:5])
    assert not keys[0] & keys[5]
    assert len(keys[6]) == 1  # a number misspelt is another number
    assert all(int(vocabulary.letters[n]) in keys[n] for n in range(len(vocabulary)))
