"""Pairs become questions: a group is one, and what is risky comes first."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from custclean.stages.review.questions import LARGEST, LIKELY, Question, questions_of


def queue(*pairs: tuple[str, str, float]) -> pl.DataFrame:
    names = ["left_id", "right_id", "probability"]
    return pl.DataFrame(list(pairs), schema=names, orient="row")


def records(questions: list[Question]) -> list[str]:
    return ["".join(question.records) for question in questions]


def test_likely_pairs_that_hang_together_are_one_question() -> None:
    asked = questions_of(
        queue(("x", "y", 0.6), ("a", "b", 0.99), ("b", "c", 0.95), ("c", "d", 0.4))
    )
    assert records(asked) == ["xy", "abc", "cd"]
    assert [edge.pair.right for edge in asked[1].edges] == ["b", "c"]


def test_an_unlikely_pair_within_a_group_is_part_of_it() -> None:
    (group,) = questions_of(queue(("a", "b", 0.99), ("b", "c", 0.95), ("a", "c", 0.2)))
    assert len(group.edges) == 3


def test_the_weakest_link_is_named_with_what_hangs_on_it() -> None:
    (group,) = questions_of(
        queue(("a", "b", 0.99), ("c", "d", 0.98), ("b", "c", 0.7), ("a", "d", 0.6))
    )
    assert group.weakest is not None
    assert (group.weakest.left, group.weakest.right) == ("b", "c")
    assert group.apart in {("a", "b"), ("c", "d")}
    assert group.probability == 0.7
    assert round(group.duplicates, 2) == 2.67


def test_chains_on_a_weak_link_come_first() -> None:
    sure = [("a", "b", 0.99), ("b", "c", 0.98)]
    chain = [("p", "q", 0.99), ("q", "r", 0.6)]
    assert records(questions_of(queue(*sure, *chain))) == ["pqr", "abc"]


def test_a_chain_beyond_the_limit_is_cut_and_comes_first() -> None:
    long = [(f"r{i:02}", f"r{i + 1:02}", 0.9 + i / 1000) for i in range(20)]
    asked = questions_of(queue(("a", "b", 0.9), *long))
    assert asked[0].cut
    assert asked[0].risky
    assert max(len(question.records) for question in asked) <= LARGEST
    assert sum(len(question.edges) for question in asked) == 21


def test_without_groups_and_without_probabilities_there_are_pairs() -> None:
    pairs = queue(("a", "b", 0.99), ("b", "c", 0.99))
    assert records(questions_of(pairs, groups=False)) == ["ab", "bc"]
    assert records(questions_of(pairs.drop("probability"))) == ["ab", "bc"]


def test_reviewers_come_one_or_several() -> None:
    one = queue(("a", "b", 0.9)).with_columns(reviewer=pl.lit("ann"))
    two = queue(("a", "b", 0.9)).with_columns(reviewer=pl.Series([["ann", "bo"]]))
    assert questions_of(one)[0].edges[0].reviewers == ("ann",)
    assert questions_of(two)[0].edges[0].reviewers == ("ann", "bo")


PAIRS = st.dictionaries(
    st.tuples(st.integers(0, 25), st.integers(0, 25)).filter(lambda pair: pair[0] < pair[1]),
    st.floats(0.05, 1.0),
    max_size=60,
)


@given(PAIRS)
def test_every_pair_is_in_exactly_one_question(pairs: dict[tuple[int, int], float]) -> None:
    given_pairs = [(f"{a:02}", f"{b:02}", chance) for (a, b), chance in pairs.items()]
    asked = questions_of(queue(*given_pairs) if given_pairs else queue().clear())
    within = [(edge.left, edge.right) for question in asked for edge in question.edges]
    assert sorted(within) == sorted((a, b) for a, b, _ in given_pairs)
    for question in asked:
        ends = {end for edge in question.edges for end in (edge.left, edge.right)}
        assert ends == set(question.records)
        assert len(question.records) <= LARGEST
        assert not question.is_group or (question.probability or 0) >= LIKELY
    groups = [record for q in asked if q.is_group for record in q.records]
    assert len(groups) == len(set(groups))
