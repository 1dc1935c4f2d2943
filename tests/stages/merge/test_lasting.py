"""Cluster ids that stay the same when records are added."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.errors import InputError
from custclean.stages.link import find_duplicates
from custclean.stages.merge import Merged, merge
from custclean.stages.merge.lasting import Known, lasting_names
from tests.stages.merge.clients import ANN, clients, group, groups, named

if TYPE_CHECKING:
    from random import Random


def of(merged: Merged) -> dict[str, str]:
    return dict(merged.crosswalk.select("record_id", "cluster_id").iter_rows())


def joined(table: pl.DataFrame, *grouped: str, known: object = None) -> Merged:
    picks = {each[0]: max(each) for each in map(sorted, grouped)}
    return merge(table, groups(*grouped) if grouped else group("a").clear(), picks=picks,
                 known=known)  # fmt: skip


def test_a_smaller_id_that_joins_does_not_rename_the_cluster() -> None:
    first = joined(named(b="B", c="C"), "bc")
    assert of(first) == {"b": "b", "c": "b"}
    second = joined(named(a="A", b="B", c="C"), "abc", known=first)
    assert of(second) == {"a": "b", "b": "b", "c": "b"}
    assert second.retired.is_empty()


def test_of_clusters_that_are_joined_the_larger_stays_then_the_smaller_id() -> None:
    first = joined(named(a="A", b="B", c="C", d="D", e="E"), "bc", "de")
    second = joined(named(a="A", b="B", c="C", d="D", e="E"), "abcde", known=first)
    assert set(of(second).values()) == {"b"}
    assert second.retired.rows() == [("a", "b"), ("d", "b")]
    assert "2 ids retired" in repr(second)


def test_of_a_cluster_that_is_split_the_survivors_part_keeps_the_id() -> None:
    table = named(a="A", b="B", c="C")
    first = joined(table, "abc")  # c survives
    second = joined(table, "bc", known=first)
    assert of(second) == {"a": "a~2", "b": "a", "c": "a"}
    third = joined(table, "abc", known=second)
    assert of(third) == {"a": "a", "b": "a", "c": "a"}
    assert third.retired.rows() == [("a~2", "a")]


def test_what_retired_leads_to_who_stands_for_it_today() -> None:
    table = named(a="A", b="B", c="C", d="D")
    first = joined(table, "cd")
    second = joined(table, "bcd", known=first)
    third = joined(table, "abcd", known=second)
    assert dict(third.retired.iter_rows()) == {"b": "c", "a": "c"}


def test_an_id_is_never_given_to_another_cluster() -> None:
    first = joined(named(a="A", b="B"), "ab")
    second = joined(named(c="C", d="D"), "cd", known=first)
    assert second.retired.rows() == [("a", None)]
    again = merge(
        named(c="C", d="D", e="E", f="F"), group("e", "f", cluster="a"), known=second
    )
    assert of(again)["e"] == "e"


def test_who_comes_back_has_its_own_id_again() -> None:
    first = joined(named(a="A", b="B"))
    second = joined(named(b="B"), known=first)
    third = joined(named(a="A", b="B"), known=second)
    assert of(third) == {"a": "a", "b": "b"}
    assert third.retired.is_empty()


def test_a_crosswalk_from_a_file_will_do() -> None:
    known = pl.DataFrame({"record_id": ["b", "c"], "cluster_id": [12, 12]})
    merged = joined(named(a="A", b="B", c="C"), "abc", known=known)
    assert set(of(merged).values()) == {"12"}


def test_picks_go_by_the_groups_id_or_by_the_old_one() -> None:
    table = clients({**ANN, "record_id": "b"}, {**ANN, "record_id": "c"})
    known = pl.DataFrame({"record_id": ["b", "c"], "cluster_id": ["K1", "K1"]})
    for cluster in ("b", "K1"):
        merged = merge(table, group("b", "c"), picks={cluster: "c"}, known=known)
        assert merged.crosswalk["survivor_id"].to_list() == ["c", "c"]


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (pl.DataFrame({"id": ["a"]}), "two columns"),
        (pl.DataFrame({"record_id": ["a", "a"], "cluster_id": ["x", "y"]}), "two known"),
    ],
)
def test_a_crosswalk_that_is_none_is_an_error(known: pl.DataFrame, said: str) -> None:
    with pytest.raises(InputError, match=said):
        joined(named(a="A"), known=known)


def test_ids_that_are_numbers_stay_numbers() -> None:
    table = pl.DataFrame({"no": [7, 3, 4], "name": ["Ann Gray", "Ann Gray", "Ben Hill"],
                          "email": [*["a@gray.example"] * 2, "b@x.example"]})  # fmt: skip
    known = pl.DataFrame({"record_id": [7, 4], "cluster_id": [70, 7]})
    merged = merge(table, find_duplicates(table, id="no"), known=known)
    assert merged.crosswalk.rows() == [(7, 70, 3), (3, 70, 3), (4, 7, 4)]
    alone = merged.without(record_id=7)
    assert alone.crosswalk["cluster_id"].to_list() == [71, 70, 7]


IDS = "abcdefgh"


@given(
    st.permutations(IDS),
    st.lists(st.sampled_from(IDS), min_size=8, max_size=8),
    st.randoms(use_true_random=False),
)
def test_growth_changes_an_id_only_where_clusters_are_joined_and_that_is_listed(
    arriving: list[str], mates: list[str], chance: Random
) -> None:
    """Records come one by one, join the cluster of another or stay; clusters are joined."""
    cluster: dict[str, str] = {}
    known = Known({}, {}, {})
    for record, mate in zip(arriving, mates):
        cluster[record] = cluster.get(mate, record)
        if chance.random() < 0.4:
            one, other = chance.choice([*cluster.values()]), chance.choice([*cluster.values()])
            cluster = {r: other if c == one else c for r, c in cluster.items()}
        ids = sorted(cluster)
        of = {c: [r for r in ids if cluster[r] == c] for c in cluster.values()}
        survivors = {c: chance.choice(members) for c, members in of.items()}
        units = [ids.index(survivors[cluster[r]]) for r in ids]
        smallest = [of[cluster[r]][0] for r in ids]
        found, retired = lasting_names(ids, units, smallest, known)
        names = dict(zip(ids, found))
        for its, old in known.clusters.items():
            assert names[its] == retired.get(old, old)
        for members in of.values():
            assert {r for r in ids if names[r] == names[members[0]]} == set(members)
        known = Known(names, {names[s]: s for s in survivors.values()}, retired)
