"""How large a sample has to be, and what it proves."""

from __future__ import annotations

import random
import subprocess
import sys
from bisect import bisect_left

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.errors import InputError
from custclean.stages.review.bulk import DOUBT, at_most, bounds, drawn, sample_size, spent


def test_whoever_looks_at_all_knows_it_exactly() -> None:
    assert bounds(50, 50, 0) == (1.0, 1.0)
    assert bounds(50, 50, 5) == (0.9, 0.9)
    assert bounds(50, 0, 0) == (0.0, 1.0)


def test_a_sample_without_errors_proves_little_more_than_three_in_its_size() -> None:
    low, high = bounds(1_000_000, 300, 0)  # the rule of three would be for a single look
    assert 0.0105 < 1 - low < 0.0108
    assert high == 1.0


@pytest.mark.parametrize(("total", "bad", "tolerance"), [(10_000, 201, 0.02), (400, 41, 0.1)])
def test_whoever_looks_again_and_again_errs_no_more_often_than_was_said(
    total: int, bad: int, tolerance: float
) -> None:
    runs, most = 2000, 10  # how many wrong ones until one gives up: beyond, hardly any doubt
    sizes = [sample_size(total, tolerance, wrong) for wrong in range(most)]
    chance, accepted = np.random.default_rng(1), 0
    for _ in range(runs):
        places = sorted(chance.choice(total, bad, replace=False))  # of the wrong, as drawn
        wrong = 0
        while wrong < most and (found := bisect_left(places, sizes[wrong])) > wrong:
            wrong = found
        accepted += wrong < most
    assert accepted <= runs * (DOUBT + 0.01)


def test_all_looks_together_use_up_the_doubt_and_no_more() -> None:
    assert sum(map(spent, range(60))) == pytest.approx(DOUBT)
    assert [spent(n) > spent(n + 1) for n in range(5)] == [True] * 5


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


def cases() -> list[tuple[int, int, int]]:
    """All of small wholes, and some of large ones, seldom and often wrong."""
    chance = random.Random(4711)
    found = [(n, seen, k) for n in range(1, 26) for seen in range(1, n + 1) for k in (0, 1, 2)]
    for total in (100, 1_000, 50_000, 300_000):
        for most in (3, 40, 900):
            seen = chance.randint(1, min(total, 4_000))
            found += [(total, seen, chance.randint(0, min(seen, most))) for _ in range(6)]
    return [case for case in found if case[2] <= case[1]]


@pytest.mark.slow
def test_the_bounds_are_those_that_scipy_gives() -> None:
    from scipy.stats import hypergeom  # noqa: PLC0415  # a second, for this test alone

    def by_scipy(total: int, seen: int, wrong: int) -> tuple[float, float]:
        low, high = spent(wrong), DOUBT - spent(0)
        possible = range(wrong, total - (seen - wrong) + 1)

        def too_many(bad: int) -> bool:
            return bool(hypergeom.cdf(wrong, total, bad, seen) < low)

        def enough(bad: int) -> bool:
            return bool(hypergeom.sf(wrong - 1, total, bad, seen) >= high)

        most = possible[bisect_left(possible, x=True, key=too_many) - 1]
        least = possible[bisect_left(possible, x=True, key=enough)] if wrong else 0
        return 1 - most / total, 1 - least / total

    assert [case for case in cases() if bounds(*case) != by_scipy(*case)] == []


def test_a_chance_is_added_up_however_unlikely_its_last_part_is() -> None:
    assert at_most(999, 50_000, 10_000, 1_000) == pytest.approx(1)
    assert at_most(0, 300_000, 150_000, 4_000) == 0.0
    assert at_most(-1, 10, 5, 3) == 0.0
    assert at_most(5, 10, 5, 10) == 1.0
    assert at_most(1, 4, 2, 2) == pytest.approx(5 / 6)


def test_nothing_heavy_is_imported_to_open_a_bulk() -> None:
    code = "import sys; from custclean.stages.review import bulk; bulk.sample_size(900, 0.02);"
    code += "print([name for name in ('scipy', 'recordlinkage') if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
