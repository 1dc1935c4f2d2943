"""How many true pairs no key brings together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy.stats import chi2

from custclean.stages.link import find_duplicates, link
from custclean.stages.link.features import features_of
from custclean.stages.link.index import Blocked, block
from custclean.stages.link.probe import interval_of
from tests.stages.link.conftest import somebody

Clients = Callable[..., pl.DataFrame]


@pytest.fixture
def twice(clients: Clients) -> pl.DataFrame:
    """Give 150 clients of whom 30 stand twice."""
    again = [somebody(n) | {"record_id": f"y{n:03d}"} for n in range(30)]
    return clients(*again, others=150)


@pytest.fixture
def half_blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the keys lose every candidate with an even row."""

    def half(*arguments: Any) -> Blocked:
        found = block(*arguments)
        kept = found.left % 2 == 1
        report = found.report.with_columns(rule=pl.lit("phone"))  # not "all pairs"
        return Blocked(found.left[kept], found.right[kept], report)

    monkeypatch.setattr("custclean.stages.link.score.block", half)


def test_where_every_pair_is_compared_nothing_is_missed(twice: pl.DataFrame) -> None:
    missed = find_duplicates(twice).missed_by_blocking()
    assert missed.expected == 0
    assert missed.completeness == 1
    assert missed.interval == (0.0, 0.0)
    assert missed.sentence() == "Every pair was compared: no key can have missed one."


def test_what_the_keys_lose_is_found_by_another_road(
    twice: pl.DataFrame, half_blind: None
) -> None:
    missed = find_duplicates(twice).missed_by_blocking()
    assert missed.interval[0] <= 15 <= missed.interval[1]
    assert missed.expected == pytest.approx(15, abs=3)
    low, high = missed.completeness_interval
    assert low <= missed.completeness <= high < 1
    found = {(left, right) for left, right, _ in missed.pairs.rows()}
    assert all(left[1:] == right[1:] for left, right in found)


def test_two_tables_are_asked_about_too(clients: Clients, half_blind: None) -> None:
    frame = clients(others=60)
    missed = link(frame, frame).missed_by_blocking()
    assert missed.expected == pytest.approx(30, abs=6)


def test_the_answer_does_not_depend_on_the_order_of_records(
    twice: pl.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = block(features_of(twice.head(0), {})).report.clear()
    monkeypatch.setattr(
        "custclean.stages.link.score.block",
        lambda f, side: Blocked(*(np.zeros(0, dtype=np.int64),) * 2, report),
    )
    one = find_duplicates(twice).missed_by_blocking(seed=4)
    other = find_duplicates(twice.reverse()).missed_by_blocking(seed=4)
    assert one.expected == pytest.approx(other.expected)
    assert one.pairs["left_id"].to_list() == other.pairs["left_id"].to_list()


@pytest.mark.parametrize("count", [0, 1, 4, 30])
def test_the_interval_is_poissons_for_whole_pairs(count: int) -> None:
    low, high = interval_of(np.ones(count), 1.0)
    assert low == pytest.approx(chi2.ppf(0.025, 2 * count) / 2 if count else 0.0)
    assert high == pytest.approx(chi2.ppf(0.975, 2 * count + 2) / 2)


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_very_few_records_are_no_trouble(clients: Clients, rows: int) -> None:
    missed = find_duplicates(clients(others=5).head(rows)).missed_by_blocking()
    assert missed.expected == 0
    assert "MissedByBlocking(0 pairs" in repr(missed)


def test_it_is_said_where_matches_are_shown_once_it_is_known(
    twice: pl.DataFrame, half_blind: None
) -> None:
    found = find_duplicates(twice)
    assert ".missed_by_blocking()" in found._repr_html_()
    missed = found.missed_by_blocking()
    assert missed.sentence() in found._repr_html_()
    assert found.missed_by_blocking() is missed
