from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from custclean.stages.link.normal.hashed import Hashed, Spelt, by_distinct, placed
from custclean.stages.link.words import Words


def test_a_column_without_values_is_not_kept() -> None:
    found = Hashed(2)
    found.add("city", np.zeros(2, dtype=np.uint64))
    assert found.hashes == {}


@pytest.mark.parametrize(
    ("name", "kept"), [("city", np.uint32), ("email_0", np.uint64), ("person", np.uint64)]
)
def test_only_what_says_who_somebody_is_keeps_all_its_bits(name: str, kept: type) -> None:
    found = Hashed(2)
    found.add(name, np.array([0, 1 << 40], dtype=np.uint64))
    assert found.hashes[name].dtype == kept
    assert (found.hashes[name] != 0).tolist() == [False, True]


def test_each_row_has_the_value_at_its_place_and_none_at_nowhere() -> None:
    place = np.array([1, -1, 0])
    assert placed(np.array([7, 9], dtype=np.uint64), place).tolist() == [9, 0, 7]
    assert placed(np.array([], dtype=np.uint64), place).tolist() == [0, 0, 0]


def test_columns_of_texts_are_taken_out_and_placed() -> None:
    found, texts = Hashed(3), {"label": np.array([7, 9], dtype=np.uint64)}
    found.add_placed(texts, np.array([1, -1, 0]))
    assert found.hashes["label"].tolist() == [9, 0, 7]
    assert texts == {}


def test_a_key_is_worked_out_once_for_each_value() -> None:
    values = pl.Series(["Roma", None, "Oslo", "Roma"])
    keys, place = by_distinct(values, lambda v: v.str.to_lowercase())
    assert len(keys) == 3
    assert keys.gather(place).to_list() == ["roma", None, "oslo", "roma"]


def test_letters_are_spelt_for_the_rows_asked_for() -> None:
    words = Spelt.of(Words.of(pl.Series(["Mill", "Byg"])), np.array([1, -1, 0]))
    assert words.texts(np.array([2, 0])) == [b"mill", b"byg"]
    values = Spelt(pl.Series(["Roma", None]), key=lambda v: v.str.to_lowercase())
    assert values.texts(np.array([1, 0])) == ["", "roma"]
