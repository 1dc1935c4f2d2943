"""Kappa as the books have it, and never a number where there is none."""

from __future__ import annotations

from math import isclose, sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from custclean.stages.kappa import kappa_of

tables = st.integers(2, 3).flatmap(
    lambda k: st.lists(
        st.lists(st.integers(0, 30), min_size=k, max_size=k), min_size=k, max_size=k
    )
)


def spelled(table: list[list[int]]) -> tuple[list[int], list[int]]:
    cells = [
        (i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)
    ]
    return [i for i, _ in cells], [j for _, j in cells]


@given(tables)
def test_kappa_is_that_of_sklearn_or_said_to_be_none(table: list[list[int]]) -> None:
    assume(sum(map(sum, table)))
    one, other = spelled(table)
    found = kappa_of(table)
    if found.kappa is None:
        assert set(one) == set(other)
        assert len(set(one)) == 1
        assert found.remark
        return
    assert isclose(found.kappa, cohen_kappa_score(one, other), abs_tol=1e-9)


@given(tables)
def test_the_interval_holds_kappa_or_the_remark_says_why_there_is_none(
    table: list[list[int]],
) -> None:
    found = kappa_of(table)
    if found.low is None or found.high is None or found.kappa is None:
        assert found.remark
        assert found.low is found.high is None
    else:
        assert -1 <= found.low < found.high <= 1
        assert found.low <= found.kappa <= found.high
        assert not found.remark


@given(tables)
def test_kappa_is_the_same_whoever_stands_first(table: list[list[int]]) -> None:
    turned = kappa_of([list(column) for column in zip(*table, strict=True)])
    found = kappa_of(table)
    for one, other in ((found.kappa, turned.kappa), (found.low, turned.low)):
        assert (one is None) == (other is None)
        assert one is None or other is None or isclose(one, other, abs_tol=1e-9)


def test_an_example_of_the_textbook() -> None:
    # Fleiss, Statistical Methods for Rates and Proportions: 100 subjects, two raters
    assert kappa_of([[75, 1, 4], [5, 4, 1], [0, 0, 10]]).kappa == pytest.approx(
        0.68, abs=0.005
    )


def by_delta(table: list[list[int]]) -> float:
    """Give the standard error from slopes taken by small steps, by no formula of a book."""
    n, k, step = sum(map(sum, table)), len(table), 1e-6
    share = [count / n for row in table for count in row]

    def kappa(p: list[float]) -> float:
        rows = [sum(p[i * k : i * k + k]) for i in range(k)]
        columns = [sum(p[i::k]) for i in range(k)]
        total = sum(p)
        chance = sum(a * b for a, b in zip(rows, columns, strict=True)) / total**2
        return (sum(p[:: k + 1]) / total - chance) / (1 - chance)

    def moved(place: int, by: float) -> list[float]:
        return [each + by * (spot == place) for spot, each in enumerate(share)]

    slopes = [
        (kappa(moved(place, step)) - kappa(moved(place, -step))) / (2 * step)
        for place in range(k * k)
    ]
    mean = sum(p * slope for p, slope in zip(share, slopes, strict=True))
    square = sum(p * slope**2 for p, slope in zip(share, slopes, strict=True))
    return sqrt(max(0.0, square - mean**2) / n)


@given(tables)
def test_the_standard_error_is_that_of_the_delta_method(table: list[list[int]]) -> None:
    found = kappa_of(table)
    assume(found.low is not None and found.low > -1 and (found.high or 0) < 1)
    half = ((found.high or 0) - (found.low or 0)) / 2
    assert half == pytest.approx(1.959964 * by_delta(table), rel=1e-3, abs=1e-5)


def test_the_interval_narrows_with_the_root_of_the_number() -> None:
    table = [[20, 5], [10, 15]]
    few, many = kappa_of(table), kappa_of([[100 * n for n in row] for row in table])
    width = [(each.high or 0) - (each.low or 0) for each in (few, many)]
    assert width[0] == pytest.approx(width[1] * sqrt(100))


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        ([[0, 0], [0, 0]], None),
        ([[7, 0], [0, 0]], None),
        ([[7, 0], [0, 3]], 1.0),
        ([[5, 5], [0, 0]], 0.0),
        ([[0, 5], [5, 0]], -1.0),
    ],
)
def test_one_sided_answers_have_no_interval_and_say_so(
    table: list[list[int]], kappa: float | None
) -> None:
    found = kappa_of(table)
    assert found.kappa == (None if kappa is None else pytest.approx(kappa))
    assert (found.low, found.high) == (None, None)
    assert found.remark
