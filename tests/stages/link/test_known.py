from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.errors import InputError
from custclean.model import Decision, Verdict
from custclean.stages.link import find_duplicates

from .conftest import canonical, somebody

Clients = Callable[..., pl.DataFrame]


def listed(people: list[tuple[int, int]]) -> pl.DataFrame:
    """Give records of some people, each spelt in one of three ways."""
    rows = []
    for number, (who, spelling) in enumerate(people):
        row = somebody(who) | {"record_id": f"r{number:02d}"}
        first, last = row["given_name"], row["family_name"]
        name = (f"{first} {last}", f"{last}, {first}", f"{first[0]}. {last}")[spelling]
        rows.append(row | {"display_name": name})
    return canonical(rows)


people = st.lists(st.tuples(st.integers(0, 25), st.integers(0, 2)), min_size=1, max_size=40)


@settings(max_examples=25, deadline=None)
@given(people, st.integers(0, 40))
def test_ids_stay_when_records_are_added(everybody: list[tuple[int, int]], cut: int) -> None:
    table = listed(everybody)
    before = find_duplicates(table.head(cut)).clusters()
    after = dict(find_duplicates(table, known=before).clusters().rows())
    kept: dict[str, set[str]] = {}
    for record, old in before.rows():
        kept.setdefault(old, set()).add(after[record])
    # a cluster stays whole; one that takes another one in has the smaller of their ids
    assert all(len(now) == 1 and min(now) <= old for old, now in kept.items())
    assert set().union(*kept.values()) <= set(kept)


@settings(max_examples=15, deadline=None)
@given(people)
def test_what_is_all_known_stays_as_it_is(everybody: list[tuple[int, int]]) -> None:
    table = listed(everybody)
    known = pl.DataFrame(
        {
            "record_id": table["record_id"],
            "cluster_id": [str(n % 5) for n in range(len(table))],
        }
    )
    found = find_duplicates(table, known=known)
    assert found.pairs.is_empty()
    assert found.clusters().sort("record_id").equals(known.sort("record_id"))


def test_two_known_records_are_not_compared_again(clients: Clients) -> None:
    table = clients(others=60)
    known = table.head(50).select("record_id", cluster_id="record_id")
    index, _ = find_duplicates(table, known=known).to_recordlinkage()
    old = set(known["record_id"])
    assert len(index) == 60 * 59 // 2 - 50 * 49 // 2
    assert not any(low in old and high in old for low, high in index)


def test_a_known_cluster_that_people_take_apart_keeps_its_id_once(clients: Clients) -> None:
    table = clients(others=6)
    ids = table["record_id"].to_list()
    known = pl.DataFrame({"record_id": ids[:4], "cluster_id": [ids[2]] * 4})
    apart = [Decision((ids[n], ids[2]), Verdict.DIFFERENT) for n in (0, 1, 3)]
    found = dict(find_duplicates(table, known=known, decisions=apart).clusters().rows())
    assert found[ids[2]] == ids[2]
    assert ids[2] not in (found[ids[0]], found[ids[1]], found[ids[3]])
    assert len(set(found.values())) >= 4


def test_old_ids_may_be_of_another_kind() -> None:
    table = pl.DataFrame({"id": [1, 2, 3], "name": ["Ann Wex", "Ann Wex", "Bo Quill"]})
    known = pl.DataFrame({"record_id": [1, 2], "cluster_id": ["k-1", "k-1"]})
    found = find_duplicates(table, id="id", columns={"name": "name"}, known=known)
    assert found.clusters()["cluster_id"].to_list() == ["k-1", "k-1", "3"]


@pytest.mark.slow
def test_new_beside_known_is_as_good_as_from_scratch() -> None:
    table = listed([(n % 150, n % 3) for n in range(300)])
    whole = find_duplicates(table).clusters()
    known = find_duplicates(table.head(260)).clusters()
    assert find_duplicates(table, known=known).clusters().equals(whole)


def test_a_new_group_never_takes_the_id_of_an_old_cluster(clients: Clients) -> None:
    ann = {"display_name": "Ann Wexcombe", "email": "ann@mail.example", "city": "Riverton"}
    table = clients(ann, ann, {"display_name": "Zoe Quillstone"})
    known = pl.DataFrame({"record_id": ["c02"], "cluster_id": ["c00"]})
    found = dict(find_duplicates(table, known=known).clusters().rows())
    assert (found["c00"], found["c01"], found["c02"]) == ("c01", "c01", "c00")


def test_an_old_cluster_with_the_id_of_a_stranger_who_is_alone_is_an_error(
    clients: Clients,
) -> None:
    known = pl.DataFrame({"record_id": ["c01"], "cluster_id": ["c00"]})
    table = clients({"display_name": "Ann Wexcombe"}, {"display_name": "Zoe Quillstone"})
    with pytest.raises(InputError, match="has the id of a record"):
        find_duplicates(table, known=known).clusters()


def test_a_record_in_two_known_clusters_is_an_error(clients: Clients) -> None:
    known = pl.DataFrame({"record_id": ["c00", "c00"], "cluster_id": ["a", "b"]})
    with pytest.raises(InputError, match="two known clusters"):
        find_duplicates(clients({"display_name": "Ann Wexcombe"}), known=known)


def test_known_ids_may_be_text_where_the_table_has_numbers() -> None:
    table = pl.DataFrame({"id": [1, 2, 3], "name": ["Ann Wexcombe", "Ann Wexcombe", "Bo Li"]})
    known = pl.DataFrame({"record_id": ["3"], "cluster_id": ["7"]})
    found = find_duplicates(table, id="id", known=known).clusters()
    assert found["cluster_id"].to_list()[2] in (7, "7")


def test_who_is_taken_out_of_a_known_cluster_leaves_the_others_together(
    clients: Clients,
) -> None:
    table = clients(*[{"display_name": f"Wholly Different{n} Name{n}"} for n in range(4)])
    ids = [f"c{n:02d}" for n in range(4)]
    known = pl.DataFrame({"record_id": ids, "cluster_id": ["c00"] * 4})
    said = [Decision((one, "c01"), Verdict.DIFFERENT) for one in ("c00", "c02")]
    found = find_duplicates(table, known=known, decisions=said)
    label = dict(found.clusters().rows())
    assert label["c00"] == label["c02"] == label["c03"] == "c00"
    assert label["c01"] == "c01"
    assert "decision" in found.conflicts["reason"].to_list()
