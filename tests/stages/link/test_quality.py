from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.errors import InputError
from custclean.model import Pair
from custclean.stages.link import Quality, evaluate
from custclean.stages.link.quality import wilson

TRUTH = pl.DataFrame({"record_id": list("abcde"), "entity": [1, 1, 1, 2, 3]})


def test_pairs_are_counted_whichever_end_comes_first() -> None:
    found = pl.DataFrame({"left_id": ["b", "a", "d"], "right_id": ["a", "b", "e"]})
    assert evaluate(found, TRUTH) == Quality(right=1, wrong=1, missed=2)


def test_groups_pairs_and_tuples_say_the_same() -> None:
    pairs = [("a", "b"), ("b", "c"), ("a", "c")]
    for truth in (TRUTH, pairs, [Pair.of(*pair) for pair in pairs], TRUTH.to_pandas()):
        assert evaluate(TRUTH, truth) == Quality(right=3, wrong=0, missed=0)


def test_the_measures_are_those_of_the_textbook() -> None:
    quality = Quality(right=8, wrong=2, missed=4)
    assert quality.precision == 0.8
    assert quality.recall == pytest.approx(2 / 3)
    assert quality.f1 == pytest.approx(2 * 0.8 * (2 / 3) / (0.8 + 2 / 3))
    assert "precision 0.800" in repr(quality)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_every_measure_lies_in_its_interval(right: int, wrong: int, missed: int) -> None:
    quality = Quality(right, wrong, missed)
    for name in ("precision", "recall", "f1"):
        low, high = getattr(quality, f"{name}_interval")
        assert 0 <= low <= getattr(quality, name) + 1e-12
        assert getattr(quality, name) - 1e-12 <= high <= 1


def test_nothing_found_of_nothing_is_perfect_but_says_nothing() -> None:
    quality = evaluate([], [])
    assert (quality.precision, quality.recall, quality.f1) == (1, 1, 1)
    assert quality.precision_interval == (0, 1)


def test_more_evidence_narrows_the_interval() -> None:
    few, many = wilson(9, 10), wilson(900, 1000)
    assert many[1] - many[0] < few[1] - few[0]


def test_what_is_neither_pairs_nor_groups_is_refused() -> None:
    with pytest.raises(InputError):
        evaluate(pl.DataFrame({"a": [1]}), TRUTH)
