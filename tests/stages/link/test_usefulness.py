from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.stages.link.usefulness import most_useful_first

Row = tuple[int, int, float, str]
ALL = pl.col("probability") >= 0.10


def pairs(rows: list[Row]) -> pl.DataFrame:
    """Give low and high row, probability, and what the pair is like."""
    table = pl.DataFrame(
        rows,
        schema={
            "_low": pl.Int64,
            "_high": pl.Int64,
            "probability": pl.Float64,
            "kind": pl.String,
        },
        orient="row",
    )
    ids = [pl.format("r{}", pl.col(row)).alias(name) for name, row in ENDS.items()]
    return table.with_columns(*ids, _lost=pl.lit(value=False))


ENDS = {"left_id": "_low", "right_id": "_high"}
CONTENT = np.random.default_rng(3).integers(1, 2**60, 100).astype(np.uint64)


def order(rows: list[Row]) -> list[tuple[int, int]]:
    return (
        most_useful_first(pairs(rows), ALL, CONTENT, ["kind"]).select("_low", "_high").rows()
    )


def test_what_is_in_doubt_comes_before_what_is_clear() -> None:
    rows = [(0, 1, 0.999, "a"), (2, 3, 0.5, "b"), (4, 5, 0.9, "c"), (6, 7, 0.12, "d")]
    assert order(rows) == [(2, 3), (6, 7), (4, 5), (0, 1)]


def test_kinds_take_turns() -> None:
    many = [(2 * n, 2 * n + 1, 0.5, "common") for n in range(10)]
    found = order([*many, (90, 91, 0.4, "rare"), (92, 93, 0.35, "other")])
    assert (90, 91) in found[:3]
    assert (92, 93) in found[:4]


def test_of_two_kinds_in_equal_doubt_the_common_one_is_asked_first() -> None:
    many = [(2 * n, 2 * n + 1, 0.5, "common") for n in range(10)]
    assert order([(90, 91, 0.5, "rare"), *many])[0] != (90, 91)


def test_an_answer_that_settles_several_comes_first() -> None:
    sure = [(0, 1, 0.999, "s"), (2, 3, 0.999, "s")]
    between = [(0, 2, 0.4, "a"), (1, 3, 0.4, "b")]  # one answer for both
    found = order([*sure, *between, (4, 5, 0.4, "c"), (6, 7, 0.4, "d")])
    assert found[0] in {(0, 2), (1, 3)}
    # once it is asked, the other one is hardly worth a question
    assert {found.index((0, 2)), found.index((1, 3))} == {0, 3}


@pytest.mark.parametrize("rows", [[], [(0, 1, 0.05, "a")]])
def test_nothing_to_ask_is_no_trouble(rows: list[Row]) -> None:
    assert order(rows) == []


some = st.lists(
    st.tuples(
        st.integers(0, 49),
        st.integers(50, 99),
        st.sampled_from([0.0, 0.2, 0.5, 0.9, 0.995, 1.0]),
        st.sampled_from("abc"),
    ),
    max_size=40,
    unique_by=lambda row: row[:2],
)


@given(some, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_each_pair_is_asked_once_whatever_the_order_of_rows(rows: list[Row], random) -> None:  # type: ignore[no-untyped-def]
    found = order(rows)
    assert sorted(found) == sorted(row[:2] for row in rows if row[2] >= 0.10)
    random.shuffle(rows)
    assert order(rows) == found
