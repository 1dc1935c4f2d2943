from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from custclean.stages.link.cluster import Links, _weights, connected, group, pairs_within

if TYPE_CHECKING:
    from numpy.typing import NDArray

Pairs = list[tuple[int, int]]


def links(pairs: Pairs, same: Pairs = [], different: Pairs = []) -> Links:  # noqa: B006
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    weight = np.linspace(9, 5, len(pairs)) if pairs else np.zeros(0)
    return Links(ends[:, 0], ends[:, 1], weight, tuple(same), frozenset(different))


def flat(value: float):  # type: ignore[no-untyped-def]
    def score(left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float64]:
        return np.full(len(left), value)

    return score


couples = st.lists(
    st.tuples(st.integers(0, 19), st.integers(0, 19))
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: (min(pair), max(pair))),
    max_size=30,
)


@given(couples)
def test_a_chain_is_one_group_named_after_its_smallest(pairs: Pairs) -> None:
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    label = connected(20, ends[:, 0], ends[:, 1])
    assert all(label[one] == label[other] for one, other in pairs)
    for root in np.unique(label):
        assert root == np.flatnonzero(label == root).min()


@given(couples, couples, couples)
def test_what_was_called_different_is_never_together(
    pairs: Pairs, same: Pairs, different: Pairs
) -> None:
    found = group(20, links(pairs, same, different), flat(3.0))
    assert all(found.label[one] != found.label[other] for one, other in different)


@given(couples, couples, couples)
def test_no_word_of_people_is_dropped_in_silence(
    pairs: Pairs, same: Pairs, different: Pairs
) -> None:
    found = group(20, links(pairs, same, different), flat(3.0))
    listed = {(one, other) for one, other, _ in found.refused}
    for one, other in same:
        assert found.label[one] == found.label[other] or (one, other) in listed


def test_of_what_was_known_and_said_the_last_word_counts() -> None:
    for last in ((0, 1), (1, 2)):
        first = {(0, 1), (1, 2)} - {last}
        found = group(3, links([], [*first, last], [(0, 2)]), flat(3.0))
        assert found.label[last[0]] == found.label[last[1]]
        assert found.refused == ((*first.pop(), "decision"),)


@given(couples, couples, st.dictionaries(st.integers(0, 19), st.integers(0, 3), max_size=9))
def test_whom_people_contradict_themselves_about_is_joined_by_what_was_known_alone(
    pairs: Pairs, known: Pairs, torn: dict[int, int]
) -> None:
    together = group(20, links([], known), flat(3.0)).label
    found = group(20, replace(links(pairs, known), torn=torn), flat(3.0)).label
    for one, other in combinations(torn, 2):
        if torn[one] == torn[other] and together[one] != together[other]:
            assert found[one] != found[other]
    assert all(found[one] == found[other] for one, other in known)


@given(couples, couples, couples)
def test_rules_keep_apart_what_people_do_not_join(
    pairs: Pairs, ruled: Pairs, same: Pairs
) -> None:
    barred = set(ruled)

    def apart(left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.bool_]:
        return np.array([each in barred for each in zip(left.tolist(), right.tolist())], bool)

    for rows in (20, 120):  # in a component of 120 not every pair is looked at beforehand
        chain = [(n, n + 1) for n in range(20, rows - 1)] + [(0, 20)] * (rows > 20)
        known = links([pair for pair in [*pairs, *chain] if pair not in barred], [])
        found = group(rows, replace(known, apart=apart), flat(3.0))
        assert all(found.label[one] != found.label[other] for one, other in barred)
        listed = {(one, other) for one, other, why in found.refused if why == "rule"}
        for one, other in zip(known.left.tolist(), known.right.tolist()):
            assert found.label[one] == found.label[other] or (one, other) in listed
    found = group(20, replace(links(pairs, same), apart=apart), flat(3.0))
    assert all(found.label[one] == found.label[other] for one, other in same)


@given(couples, st.integers(1, 6))
def test_no_group_grows_beyond_the_limit_and_what_gave_way_is_listed(
    pairs: Pairs, most: int
) -> None:
    every = links(pairs)
    found = group(20, replace(every, most=most), flat(3.0))
    assert np.bincount(found.label).max() <= most
    listed = {(one, other) for one, other, why in found.refused if why == "too_large"}
    for one, other in pairs:
        assert found.label[one] == found.label[other] or (one, other) in listed


@given(couples, couples, st.integers(1, 6))
def test_the_limit_binds_what_rules_join_and_not_what_people_do(
    pairs: Pairs, same: Pairs, most: int
) -> None:
    sure = replace(links(pairs), weight=np.full(len(pairs), np.inf), most=most)
    assert np.bincount(group(20, sure, flat(3.0)).label).max() <= most
    found = group(20, replace(sure, same=tuple(same)), flat(3.0)).label
    said = group(20, links([], same), flat(3.0)).label
    assert all(found[one] == found[other] for one, other in same)
    large = [rows for n in np.unique(found) if len(rows := np.flatnonzero(found == n)) > most]
    assert all(len(np.unique(said[rows])) == 1 for rows in large)


def test_a_group_that_is_too_large_breaks_at_its_weakest_pair() -> None:
    ends = np.array([(0, 1), (1, 2), (2, 3)])
    chain = Links(ends[:, 0], ends[:, 1], np.array([9.0, 2.0, 9.0]), most=3)
    found = group(4, chain, flat(3.0))
    assert found.label.tolist() == [0, 0, 2, 2]
    assert found.refused == ((1, 2, "too_large"),)


@given(couples, couples)
def test_what_was_called_the_same_is_together(pairs: Pairs, same: Pairs) -> None:
    found = group(20, links(pairs, same), flat(-8.0))
    assert all(found.label[one] == found.label[other] for one, other in same)


@given(couples)
def test_order_of_pairs_does_not_matter(pairs: Pairs) -> None:
    every = links(pairs)
    turned = Links(every.left[::-1], every.right[::-1], every.weight[::-1])
    one, other = group(20, every, flat(-1.0)), group(20, turned, flat(-1.0))
    assert (one.label == other.label).all()


def test_a_weak_bridge_between_groups_that_disagree_is_refused_and_listed() -> None:
    # two groups of three, held together by one pair; all others say no
    inside = [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5)]
    found = group(6, links([*inside, (2, 3)]), flat(-8.0))
    assert found.label.tolist() == [0, 0, 0, 3, 3, 3]
    assert found.refused == ((2, 3, "weak_bridge"),)


def test_a_bridge_between_groups_that_agree_holds() -> None:
    inside = [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5)]
    assert set(group(6, links([*inside, (2, 3)]), flat(4.0)).label) == {0}


def test_a_long_component_without_scores_falls_back_on_its_pairs() -> None:
    chain = [(n, n + 1) for n in range(99)]
    assert set(group(100, links(chain), flat(-8.0)).label) == {0}


@given(couples)
def test_rows_hang_together_exactly_if_pairs_lead_from_one_to_the_other(pairs: Pairs) -> None:
    reached = {row: {row} for row in range(20)}
    for one, other in pairs:
        whole = reached[one] | reached[other]
        for row in whole:
            reached[row] = whole
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    label = connected(20, ends[:, 0], ends[:, 1])
    assert label.tolist() == [min(reached[row]) for row in range(20)]


def test_a_long_chain_is_followed_to_its_end() -> None:
    ends = np.random.default_rng(7).permutation(2000)
    label = connected(2000, ends[:-1], ends[1:])
    assert set(label.tolist()) == {0}


@given(couples)
def test_every_pair_within_a_component_is_looked_at_once(pairs: Pairs) -> None:
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    label = connected(20, ends[:, 0], ends[:, 1])
    order = np.argsort(label, kind="stable")
    roots, starts, sizes = np.unique(label[order], return_index=True, return_counts=True)
    left, right, part = pairs_within(order, starts, sizes)
    wanted = [(a, b) for a, b in combinations(range(20), 2) if label[a] == label[b]]
    assert sorted(zip(left.tolist(), right.tolist())) == wanted
    assert roots[part].tolist() == label[left].tolist()


@given(couples.map(lambda pairs: sorted(set(pairs))), couples)
def test_what_was_compared_keeps_its_weight_and_the_rest_is_scored(
    pairs: Pairs, asked: Pairs
) -> None:
    every = links(pairs)
    ends = np.array(asked, dtype=np.int64).reshape(-1, 2)
    known = dict(zip(pairs, every.weight.tolist()))
    found = _weights(ends[:, 0], ends[:, 1], every, flat(-3.0))
    assert found.tolist() == [known.get(pair, -3.0) for pair in asked]


def test_a_decision_in_a_component_of_two_is_heard() -> None:
    found = group(3, links([(0, 1)], different=[(0, 1)]), flat(5.0))
    assert found.label.tolist() == [0, 1, 2]
    assert found.refused == ((0, 1, "decision"),)


def test_no_rows_and_one_row_are_groups_of_their_own() -> None:
    assert group(0, links([]), flat(0.0)).label.tolist() == []
    assert group(1, links([]), flat(0.0)).label.tolist() == [0]
