"""What each threshold would join, get wrong, miss and leave."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.stages.link import evaluate, find_duplicates, link
from custclean.stages.link.thresholds import thresholds_of

Clients = Callable[..., pl.DataFrame]
ANN = {"display_name": "Ann Wexcombe", "email": "ann@mail.example", "city": "Riverton"}
chances = st.lists(st.floats(0, 1), max_size=40)


def of(chance: list[float], unseen: float = 0.0) -> pl.DataFrame:
    given = np.array(chance, dtype=float)
    free = np.ones(len(given), dtype=bool)
    return thresholds_of(given, free, own=0.5, review=0.1, unseen=unseen)


@given(chances, st.floats(0, 50))
def test_right_wrong_and_missed_add_up(chance: list[float], unseen: float) -> None:
    table = of(chance, unseen)
    for row in table.iter_rows(named=True):
        assert row["joined"] == sum(p >= row["threshold"] for p in chance)
        assert row["expected_right"] + row["expected_wrong"] == pytest.approx(row["joined"])
        total = sum(chance) + unseen
        assert row["expected_right"] + row["expected_missed"] == pytest.approx(total)
        assert 0 <= row["f1"] <= 1
    assert table["joined"].is_sorted(descending=True)
    assert table["to_review"].is_sorted()


def test_the_threshold_in_use_has_a_row() -> None:
    given = np.array([0.2, 0.6])
    table = thresholds_of(given, given > 0, own=0.42, review=0.1, unseen=0.0)
    assert 0.42 in table["threshold"].to_list()


def test_a_pair_that_gives_way_is_not_joined() -> None:
    given = np.array([0.9, 0.8])
    table = thresholds_of(given, np.array([True, False]), own=0.5, review=0.1, unseen=0.0)
    assert table.filter(threshold=0.5)["joined"].item() == 1


def test_labels_give_what_evaluate_counts(clients: Clients) -> None:
    frame = clients(
        ANN, ANN | {"display_name": "A. Wexcombe"}, ANN | {"phone": "+12025550999"}
    )
    found = find_duplicates(frame, threshold=0.3)
    truth = [("c00", "c01"), ("c02", "x003")]
    row = found.thresholds(truth).filter(threshold=0.3)
    counted = evaluate(found.accepted(), truth)
    measured = (row["measured_right"].item(), row["measured_wrong"].item())
    assert measured == (counted.right, counted.wrong)
    assert row["measured_recall"].item() == pytest.approx(counted.recall)
    assert row["measured_precision"].item() == pytest.approx(counted.precision)


def test_linked_tables_have_thresholds_too(clients: Clients) -> None:
    frame = clients(ANN)
    found = link(frame, frame)
    row = found.thresholds().filter(threshold=found.threshold)
    assert row["joined"].item() == found.accepted().height


def test_without_a_pair_every_threshold_is_perfect() -> None:
    table = of([])
    assert table["joined"].sum() == 0
    assert table["f1"].to_list() == [1.0] * table.height
