"""How large a sample has to be, and what it proves."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.errors import InputError
from custclean.stages.review.bulk import bounds, drawn, sample_size


def test_whoever_looks_at_all_knows_it_exactly() -> None:
    assert bounds(50, 50, 0) == (1.0, 1.0)
    assert bounds(50, 50, 5) == (0.9, 0.9)
    assert bounds(50, 0, 0) == (0.0, 1.0)


def test_a_sample_without_errors_proves_three_in_its_size() -> None:
    low, high = bounds(1_000_000, 300, 0)  # the rule of three
    assert 0.0095 < 1 - low < 0.0102
    assert high == 1.0


@pytest.mark.parametrize(("total", "bad"), [(400, 8), (1000, 100), (60, 3)])
def test_the_interval_holds_the_truth_in_95_of_100_draws(total: int, bad: int) -> None:
    chance, held = random.Random(total), 0
    for _ in range(400):
        wrong = sum(1 for place in chance.sample(range(total), total // 4) if place < bad)
        low, high = bounds(total, total // 4, wrong)
        held += low <= 1 - bad / total <= high
    assert held >= 375


@given(st.integers(1, 3000), st.sampled_from([0.005, 0.02, 0.1]), st.integers(0, 3))
def test_the_size_is_the_least_that_proves_the_tolerance(
    total: int, tolerance: float, wrong: int
) -> None:
    size = sample_size(total, tolerance, wrong)
    assert size <= total
    if size < total:
        assert 1 - bounds(total, size, wrong)[0] <= tolerance + 1e-9
    if size > wrong + 1:
        assert 1 - bounds(total, size - 1, wrong)[0] > tolerance + 1e-9


def test_a_tolerance_that_is_no_share_is_refused() -> None:
    for tolerance in (0.0, 1.0, -1.0, 2.0):
        with pytest.raises(InputError, match="share"):
            sample_size(100, tolerance)


def test_the_same_are_drawn_whatever_their_order_and_more_adds_to_them() -> None:
    keys = [f"k{i}" for i in range(100)]
    first = [keys[i] for i in drawn(keys, 10, seed=1)]
    mirrored = keys[::-1]
    assert [mirrored[i] for i in drawn(mirrored, 10, seed=1)] == first
    assert [keys[i] for i in drawn(keys, 20, seed=1)][:10] == first
    assert [keys[i] for i in drawn(keys, 10, seed=2)] != first
