from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.stages.link import assign as module
from custclean.stages.link.assign import assign, compete

edges = st.dictionaries(
    st.tuples(st.integers(0, 7), st.integers(10, 17)), st.integers(1, 30), max_size=25
)


def arrays(given: dict[tuple[int, int], int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    pairs = sorted(given)
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return ends[:, 0], ends[:, 1], np.array([float(given[pair]) for pair in pairs])


@given(edges)
@settings(deadline=None)  # the first example imports scipy
def test_nobody_gets_two_partners_and_nothing_free_is_left(
    given: dict[tuple[int, int], int],
) -> None:
    left, right, weight = arrays(given)
    chosen = assign(left, right, weight, np.zeros(len(left), dtype=bool)).chosen
    assert len(set(left[chosen])) == len(set(right[chosen])) == chosen.sum()
    for one, other in zip(left[~chosen], right[~chosen]):
        assert one in left[chosen] or other in right[chosen]


def test_the_sum_counts_not_the_best_pair() -> None:
    left, right, weight = arrays({(0, 10): 10, (0, 11): 9, (1, 10): 9})
    chosen = assign(left, right, weight, np.zeros(3, dtype=bool)).chosen
    assert list(zip(left[chosen], right[chosen])) == [(0, 11), (1, 10)]


def test_what_a_person_decided_comes_first() -> None:
    left, right, weight = arrays({(0, 10): 30, (0, 11): 1})
    chosen = assign(left, right, weight, np.array([False, True])).chosen
    assert chosen.tolist() == [False, True]


def test_a_huge_component_takes_the_best_pair_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_OPTIMAL", 2)
    left, right, weight = arrays({(0, 10): 10, (0, 11): 9, (1, 10): 9})
    chosen = assign(left, right, weight, np.zeros(3, dtype=bool)).chosen
    assert list(zip(left[chosen], right[chosen])) == [(0, 10)]


@pytest.mark.parametrize(("alike", "sure"), [(0.0, False), (1.0, True)])
def test_rivals_make_each_other_unsure_unless_they_are_one(alike: float, sure: bool) -> None:
    left, right = np.array([0, 1]), np.array([10, 10])
    found = compete(left, right, np.array([6.0, 6.0]), lambda a, b: np.full(len(a), alike))
    assert ((found > 0) == sure).all()


def test_a_pair_without_rivals_keeps_its_weight() -> None:
    left, right = np.array([0, 1]), np.array([10, 11])
    weight = np.array([3.0, -2.0])
    assert compete(left, right, weight, lambda a, b: np.zeros(len(a))) == pytest.approx(weight)


@given(edges, st.sampled_from([(True, False), (False, True), (False, False)]))
def test_who_may_have_several_partners_is_not_kept_to_one(
    given: dict[tuple[int, int], int], single: tuple[bool, bool]
) -> None:
    left, right, weight = arrays(given)
    chosen = assign(left, right, weight, np.zeros(len(left), dtype=bool), single).chosen
    if not any(single):
        assert chosen.all()
        return
    mine = left if single[0] else right
    for one in np.unique(mine):
        assert chosen[mine == one].sum() == 1
        assert weight[chosen & (mine == one)] == weight[mine == one].max()


def test_only_the_side_that_has_one_partner_competes() -> None:
    left, right = np.array([0, 1]), np.array([10, 10])
    weight = np.array([6.0, 6.0])
    found = compete(left, right, weight, lambda a, b: np.zeros(len(a)), (True, False))
    assert found == pytest.approx(weight)


def test_it_says_where_not_every_possibility_was_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    left, right, weight = arrays({(0, 10): 10, (0, 11): 9, (1, 10): 9, (5, 15): 3})
    assert not assign(left, right, weight, np.zeros(4, dtype=bool)).greedy.any()
    monkeypatch.setattr(module, "_OPTIMAL", 2)
    found = assign(left, right, weight, np.zeros(4, dtype=bool))
    assert found.greedy.tolist() == [True, True, True, False]
