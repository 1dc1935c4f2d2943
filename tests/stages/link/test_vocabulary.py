from __future__ import annotations

import numpy as np
import polars as pl

from custclean.stages.link.vocabulary import Vocabulary


def test_a_word_is_known_by_its_number_and_another_by_none() -> None:
    vocabulary = Vocabulary(pl.Series(["srl", "mill", "aps"]))
    assert vocabulary.known({"aps": 2, "srl": 7, "gmbh": 9}).tolist() == [7, 0, 2]


def test_first_letters_are_in_the_order_of_the_alphabet() -> None:
    names = ["anna", "an", "b", "annb", "7"]
    numbers = Vocabulary(pl.Series(names)).first_letters(3)
    order = np.argsort(numbers, kind="stable").tolist()
    assert [names[n] for n in order] == ["7", "an", "anna", "annb", "b"]
