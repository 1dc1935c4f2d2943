"""Who looks at what: whole groups, even loads, the overlap as asked, the order no matter."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.decisions.standing import joined
from custclean.errors import CustcleanError
from custclean.stages.shares import shares

PEOPLE = ["ann", "bo", "cy"]
ends = st.tuples(st.integers(0, 30), st.integers(31, 60))
queues = st.lists(ends, max_size=60, unique=True)
Ends = list[tuple[int, int]]


def frame(pairs: Ends) -> pl.DataFrame:
    names = {"left_id": pl.String, "right_id": pl.String}
    rows = [(str(left), str(right)) for left, right in pairs]
    return pl.DataFrame(rows, schema=names, orient="row")


def loads(given: pl.DataFrame) -> Counter[str]:
    who = [*given["reviewer"], *given["second_reviewer"].drop_nulls()]
    return Counter(dict.fromkeys(PEOPLE, 0)) + Counter(who)


@settings(deadline=None)
@given(queues, st.floats(0, 1), st.integers(0, 5))
def test_groups_stay_whole_and_loads_differ_by_one_group_at_most(
    pairs: Ends, overlap: float, seed: int
) -> None:
    found = shares(frame(pairs), PEOPLE, overlap=overlap, seed=seed)
    group = joined(found.select("left_id", "right_id").rows())
    people: dict[str, set[tuple[str, str | None]]] = {}
    sizes: Counter[str] = Counter()
    for left, _, first, second in found.iter_rows():
        people.setdefault(group[left], set()).add((first, second))
        sizes[group[left]] += 1
        assert first != second
    assert all(len(each) == 1 for each in people.values())
    each = [loads(found)[name] for name in PEOPLE]
    assert max(each) - min(each) <= max(sizes.values(), default=0)
    twice = found["second_reviewer"].count()
    assert abs(twice - overlap * len(pairs)) <= max(sizes.values(), default=0)


@settings(deadline=None)
@given(queues, st.randoms(), st.integers(0, 5))
def test_the_order_of_the_rows_and_of_the_ids_does_not_matter(
    pairs: Ends, lots: object, seed: int
) -> None:
    one = shares(frame(pairs), PEOPLE, seed=seed)
    turned = frame(lots.sample(pairs, len(pairs)))  # type: ignore[attr-defined]
    turned = turned.select(left_id="right_id", right_id="left_id")
    other = shares(turned, PEOPLE, seed=seed).select(
        left_id="right_id", right_id="left_id", reviewer="reviewer",
        second_reviewer="second_reviewer",
    )  # fmt: skip
    assert one.sort("left_id", "right_id").equals(other.sort("left_id", "right_id"))


@pytest.mark.parametrize("overlap", [0, 0.1, 0.25, 1])
def test_of_many_small_groups_the_overlap_is_what_was_asked(overlap: float) -> None:
    found = shares(frame([(n, n + 1000) for n in range(200)]), PEOPLE, overlap=overlap)
    assert found["second_reviewer"].count() == 200 * overlap
    each = loads(found).values()
    assert max(each) - min(each) <= 1


def test_one_large_group_is_made_up_for_by_the_small_ones() -> None:
    large = [(0, n) for n in range(100, 104)]
    found = shares(
        frame([*((n, n + 200) for n in range(1, 5)), *large]), PEOPLE[:2], overlap=0
    )
    assert sorted(Counter(found["reviewer"]).values()) == [4, 4]


def test_another_seed_draws_others() -> None:
    queue = frame([(n, n + 1000) for n in range(100)])
    drawn = [
        set(shares(queue, PEOPLE, seed=seed).drop_nulls("second_reviewer")["left_id"])
        for seed in (0, 0, 1)
    ]
    assert drawn[0] == drawn[1] != drawn[2]


def test_what_went_in_comes_out_with_two_columns_more() -> None:
    queue = pd.DataFrame({"left_id": [1, 3], "right_id": [2, 4], "w": [0.5, 1]}, index=[7, 9])
    found = shares(queue, ["ann"], overlap=0)
    assert isinstance(found, pd.DataFrame)
    assert list(found.index) == [7, 9]
    assert list(found["reviewer"]) == ["ann", "ann"]
    assert found["second_reviewer"].isna().all()
    assert list(queue.columns) == ["left_id", "right_id", "w"], "the argument stays as it was"


@pytest.mark.parametrize(
    ("people", "overlap"),
    [([], 0), (["ann", "ann"], 0), (["ann"], 0.1), (PEOPLE, 1.1), (PEOPLE, -0.1)],
)
def test_what_cannot_be_shared_out_is_refused(people: list[str], overlap: float) -> None:
    with pytest.raises(CustcleanError):
        shares(frame([(1, 40)]), people, overlap=overlap)


def test_a_queue_without_ids_is_refused() -> None:
    gap = pl.DataFrame({"left_id": ["a"], "right_id": pl.Series([None], dtype=pl.String)})
    for queue in (gap, gap.drop("right_id")):
        with pytest.raises(CustcleanError):
            shares(queue, PEOPLE)
