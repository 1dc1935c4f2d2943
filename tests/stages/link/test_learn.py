from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.model import Decision, Verdict
from custclean.stages.link import Matches, find_duplicates, link
from custclean.stages.link.learn import _fit, _loss, _spread
from tests.stages.link.conftest import canonical, somebody

Clients = Callable[..., pl.DataFrame]
Said = list[Decision]
TOWNS = "Riverton Eastmoor Saltwick Norbrook".split()
SYLLABLES = "ba ri no ke lu ta mo si ve da gro li pu zo fa mi te ho ja bre".split()


def doubtful(number: int) -> list[dict[str, str]]:
    """Give two records of one name, of the even numbers in two towns, else in one."""
    draw = Random(number)
    given, family = ("".join(draw.sample(SYLLABLES, 3)).title() for _ in range(2))
    name, town = f"{given} {family}", number % 4
    other = TOWNS[(town + (number + 1) % 2) % 4]
    return [
        {"record_id": f"a{number:03d}", "display_name": name, "city": TOWNS[town]},
        {"record_id": f"b{number:03d}", "display_name": name, "city": other},
    ]


def doubtful_table() -> pl.DataFrame:
    return canonical(
        [*(row for n in range(40) for row in doubtful(n)), *map(somebody, range(60))]
    )


@pytest.fixture(scope="module")
def found() -> Matches:
    return find_duplicates(doubtful_table())


def said(numbers: range, verdict: Callable[[int], Verdict]) -> Said:
    return [Decision((f"a{n:03d}", f"b{n:03d}"), verdict(n)) for n in numbers]


def by_town(number: int) -> Verdict:
    """Say that only those of one town are one client."""
    return Verdict.DIFFERENT if number % 2 == 0 else Verdict.SAME


def weights(found: Matches) -> dict[tuple[str, str], float]:
    table = found.pairs.select("left_id", "right_id", "weight")
    return {(left, right): weight for left, right, weight in table.rows()}


ANSWERS = said(range(24), by_town)


def test_pairs_that_nobody_answered_move_with_those_that_were(found: Matches) -> None:
    before, after = weights(found), weights(found.learn(ANSWERS))
    for number in range(24, 40):
        pair = (f"a{number:03d}", f"b{number:03d}")
        assert before[pair] < 0
        assert (after[pair] > 0) is (by_town(number) is Verdict.SAME)


def test_it_says_from_how_many_answers_it_learned_and_what_it_brought(found: Matches) -> None:
    learned = found.learn(ANSWERS).learned
    assert (learned.same, learned.different, learned.answers) == (12, 12, 24)
    assert learned.changed
    assert learned.after < learned.before
    assert "24" in learned.sentence
    assert repr(learned).startswith("Learned(12 same, 12 different, ")
    assert "<table" in learned._repr_html_()


def test_before_any_answer_nothing_was_learned(found: Matches) -> None:
    assert found.learned.answers == 0
    assert "Nothing was learned" in found.learned._repr_html_()
    assert found.learned.table.is_empty()


def test_the_answers_hold(found: Matches) -> None:
    after = found.learn(ANSWERS)
    cluster = dict(after.clusters().rows())
    for number in range(24):
        joined = cluster[f"a{number:03d}"] == cluster[f"b{number:03d}"]
        assert joined is (by_town(number) is Verdict.SAME)
    asked = set(after.to_review().select("left_id", "right_id").rows())
    assert not asked & {decision.key for decision in ANSWERS}


def test_shares_and_prior_add_up_to_the_weight_that_was_learned(found: Matches) -> None:
    after = found.learn(ANSWERS)
    moved = weights(after)
    for pair in [("a030", "b030"), ("a031", "b031")]:
        why = after.explain(*pair)
        assert why.prior + sum(share.weight for share in why.shares) == pytest.approx(
            why.weight
        )
        assert why.weight == pytest.approx(moved[pair])
    far = after.explain("a001", "x007")  # no candidate, and corrected all the same
    assert far.weight != pytest.approx(found.explain("a001", "x007").weight)


def test_the_model_stays_where_it_was_right(found: Matches) -> None:
    # it gives 43 % to pairs of one town and 5 % to those of two
    same = (1, 5, 11, 15, 21, 25, 31, 35, 2)
    right = said(range(40), lambda n: Verdict.SAME if n in same else Verdict.DIFFERENT)
    after = found.learn(right)
    assert not after.learned.changed
    assert after.learned.after >= after.learned.before > 0
    assert "stays as it was" in after.learned.sentence
    assert "stays as it was" in after.learned._repr_html_()


@pytest.mark.parametrize(
    "answers",
    [
        [],
        said(range(4), by_town),
        said(range(0, 40, 2), by_town),
        said(range(1, 40, 2), by_town),
        said(range(40), lambda _: Verdict.UNSURE),
        [Decision((f"gone{n}", f"a{n:03d}"), Verdict.SAME) for n in range(30)],
    ],
    ids=["none", "few", "all different", "all the same", "all unsure", "of records gone"],
)
def test_too_little_teaches_nothing(found: Matches, answers: Said) -> None:
    after = found.learn(answers)
    assert not after.learned.changed
    assert after.model["fields"] == found.model["fields"]
    open_ = {pair: weight for pair, weight in weights(found).items() if pair in weights(after)}
    assert open_ == pytest.approx({pair: weights(after)[pair] for pair in open_})


def test_learning_step_by_step_is_learning_at_once(found: Matches) -> None:
    steps = found.learn(ANSWERS[:9]).learn(ANSWERS[9:15]).learn(ANSWERS[15:])
    assert steps.pairs.equals(found.learn(ANSWERS).pairs)
    assert steps.model == found.learn(ANSWERS).model


def test_what_was_decided_when_finding_is_learned_from_too(found: Matches) -> None:
    table = doubtful_table()
    decided = find_duplicates(table, decisions=ANSWERS[:20])
    assert decided.learn(ANSWERS[20:]).model == found.learn(ANSWERS).model
    known = pl.DataFrame({"record_id": ["a001", "b001"], "cluster_id": ["k", "k"]})
    assert find_duplicates(table, known=known).learn([]).learned.answers == 0


def test_the_last_word_counts_and_unsure_takes_it_back(found: Matches) -> None:
    turned = [replace(each, verdict=Verdict.SAME) for each in ANSWERS[:1]]
    assert found.learn(ANSWERS + turned).learned.same == 13
    taken = replace(ANSWERS[1], verdict=Verdict.UNSURE)
    again = found.learn(ANSWERS).learn([taken])
    assert again.learned.answers == 23
    assert taken.key in again.to_review().select("left_id", "right_id").rows()


@given(order=st.permutations(range(24)))
@settings(max_examples=8, deadline=None)
def test_the_order_of_answers_does_not_matter(found: Matches, order: list[int]) -> None:
    mixed = found.learn([ANSWERS[n] for n in order])
    assert mixed.model == found.learn(ANSWERS).model


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_rows_and_the_ids_do_not_matter(found: Matches, seed: int) -> None:
    table = found._result.scored.features.raw.with_columns(record_id=found._result.ids[0])
    renamed = pl.col("record_id").str.reverse()
    other = find_duplicates(
        table.sample(fraction=1, shuffle=True, seed=seed).with_columns(renamed), id="record_id"
    )
    names = [Decision((d.key[0][::-1], d.key[1][::-1]), d.verdict) for d in ANSWERS]
    assert other.learn(names).model == found.learn(ANSWERS).model


def test_learning_works_between_two_tables(clients: Clients) -> None:
    rows = [doubtful(n) for n in range(40)]
    left, right = (
        clients(*(one for one, _ in rows)),
        clients(*(two for _, two in rows), others=0),
    )
    linked = link(left, right)
    after = linked.learn(ANSWERS)
    assert after.learned.answers == 24
    accepted = set(after.accepted().select("left_id", "right_id").rows())
    assert accepted >= {d.key for d in ANSWERS if d.verdict is Verdict.SAME}
    assert not accepted & {d.key for d in ANSWERS if d.verdict is Verdict.DIFFERENT}


numbers = st.floats(-6, 6, allow_nan=False)


@given(
    rows=st.lists(
        st.tuples(numbers, st.integers(0, 3), st.booleans()), min_size=1, max_size=40
    )
)
@settings(max_examples=50, deadline=None)
def test_what_is_fitted_is_the_best_there_is(rows: list[tuple[float, int, bool]]) -> None:
    weight, level, same = (np.array(column, dtype=float) for column in zip(*rows))
    reached = np.stack([np.ones(len(rows)), *(level == n for n in range(3))], axis=1)

    def cost(moved: Any) -> float:
        loss = _loss(weight + reached @ moved, same).sum() * np.log(2)
        return float(loss + ((moved / _spread(reached)) ** 2).sum() / 2)

    best = _fit(reached, weight, same)
    assert all(
        cost(best) <= cost(best + step) + 1e-9
        for step in np.vstack([np.eye(4), -np.eye(4)]) * 0.01
    )


def test_what_was_accepted_in_bulk_is_joined_and_teaches_nothing(found: Matches) -> None:
    unseen = [
        replace(each, verdict=Verdict.SAME, value={"bulk": "0 of 24 wrong, <= 0.1"})
        for each in said(range(24, 40), by_town)
    ]
    told = found.learn([*ANSWERS, *unseen])
    taught = found.learn(ANSWERS)
    assert told.learned.table.equals(taught.learned.table)
    assert (told.learned.answers, taught.learned.answers) == (24, 24)
    joined = dict(told.clusters().rows())
    assert all(joined[f"a{n:03d}"] == joined[f"b{n:03d}"] for n in range(24, 40))
    looked_at = [replace(each, value={}) for each in unseen]
    assert told.learn(looked_at).learned.answers == 40
