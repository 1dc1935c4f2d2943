"""What follows from what was said, against the plainest way to work it out."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from custclean.model import Pair, Verdict
from custclean.stages.review.closure import Closure
from custclean.stages.review.divide import divide

RECORDS = "abcdefg"
PAIR = st.sampled_from(list(combinations(RECORDS, 2)))
SAID = st.lists(st.tuples(PAIR, st.booleans()), max_size=12)


def groups_of(said: list[tuple[tuple[str, str], bool]]) -> dict[str, frozenset[str]]:
    group = {record: frozenset({record}) for record in RECORDS}
    for (one, other), same in said:
        if same and group[one] != group[other]:
            joined = group[one] | group[other]
            group |= dict.fromkeys(joined, joined)
    return group


@given(SAID)
def test_the_closure_is_what_the_plain_way_gives(
    said: list[tuple[tuple[str, str], bool]],
) -> None:
    closure = Closure()
    for (one, other), same in said:
        (closure.join if same else closure.part)(one, other)
    group = groups_of(said)
    apart = {frozenset((group[one], group[other])) for (one, other), same in said if not same}
    torn = {
        group[one] for (one, other), same in said if not same and group[one] == group[other]
    }
    for one, other in combinations(RECORDS, 2):
        assert closure.same(one, other) == (group[one] == group[other])
        between = frozenset((group[one], group[other]))
        assert closure.apart(one, other) == (len(between) == 2 and between in apart)
        assert closure.torn(one, other) == (group[one] == group[other] and group[one] in torn)


@given(SAID, PAIR, st.booleans())
def test_whoever_is_not_named_stands_as_before(
    said: list[tuple[tuple[str, str], bool]], pair: tuple[str, str], same: bool
) -> None:
    closure = Closure()
    for (one, other), joined in said:
        (closure.join if joined else closure.part)(one, other)
    before = closure.copied()
    touched = (closure.join if same else closure.part)(*pair)
    for one, other in combinations(RECORDS, 2):
        if one not in touched and other not in touched:
            assert closure.same(one, other) == before.same(one, other)
            assert closure.apart(one, other) == before.apart(one, other)
            assert closure.torn(one, other) == before.torn(one, other)


@given(st.lists(st.tuples(PAIR, st.booleans(), st.booleans()), max_size=12))
def test_what_is_forgotten_leaves_what_would_have_been_without_it(
    said: list[tuple[tuple[str, str], bool, bool]],
) -> None:
    closure, expected = Closure(), Closure()
    for (one, other), same, stays in said:
        (closure.join if same else closure.part)(one, other)
        if stays:
            (expected.join if same else expected.part)(one, other)
    before = closure.copied()
    lost, about = closure.forget({r for pair, _, stays in said if not stays for r in pair})
    for (one, other), same, stays in said:
        if stays and {one, other} & lost:
            (closure.join if same else closure.part)(one, other)
    for one, other in combinations(RECORDS, 2):
        for told in (Closure.same, Closure.apart, Closure.torn):
            assert told(closure, one, other) == told(expected, one, other)
            if one not in about and other not in about:
                assert told(closure, one, other) == told(before, one, other)


@given(st.sets(PAIR, min_size=1), st.lists(st.integers(0, 3), min_size=7, max_size=7))
def test_what_a_division_says_gives_the_division_back(
    pairs: set[tuple[str, str]], places: list[int]
) -> None:
    records = sorted({record for pair in pairs for record in pair})
    part_of = dict(zip(RECORDS, places, strict=True))
    parts = [
        frozenset(r for r in records if part_of[r] == place)
        for place in sorted({part_of[r] for r in records})
    ]
    said = divide([Pair.of(*pair) for pair in sorted(pairs)], parts)
    assert {Pair.of(*pair) for pair in pairs} <= {pair for pair, _ in said}
    closure = Closure()
    for pair, verdict in said:
        (closure.join if verdict is Verdict.SAME else closure.part)(pair.left, pair.right)
    for one, other in combinations(records, 2):
        assert closure.same(one, other) == (part_of[one] == part_of[other])
        assert closure.apart(one, other) == (part_of[one] != part_of[other])
        assert not closure.torn(one, other)
