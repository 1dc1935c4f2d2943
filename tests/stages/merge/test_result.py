"""The dry run: what would happen, and how it is taken back piece by piece."""

from __future__ import annotations

from collections import Counter

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import custclean as cc
from custclean.errors import InputError
from custclean.model import fields_of
from custclean.stages.merge import Merged, merge
from tests.stages.merge.clients import ANN, ANNE, clients, group, groups

WHENCE = {"record_id", "system", "kind", "source_file", "source_row"}


def test_every_effect_stands_in_its_group_before_it_is_approved() -> None:
    street = {"street": "Old Road 1"}
    other = {**ANNE, "record_id": "d", "currency": "DKK"}
    table = clients(
        {**ANN, **street}, ANNE, {**ANN, "record_id": "c", "currency": "EUR"}, other
    )
    effects = merge(table, groups("ab", "cd")).effects
    assert effects.rows() == [
        ("a", "survivor", "b", "record", "b", "b"),
        ("a", "gone", "a", "record", "a", "b"),
        ("a", "value_taken", "b", "email", "anne@example.org",
         "anne@example.org; ann@example.com"),
        ("a", "value_taken", "b", "street", None, "Old Road 1"),
        ("a", "value_lost", "a", "company_id", "1", "2"),
        ("a", "value_lost", "a", "display_name", "Ann Example", "Anne Example"),
        ("c", "refused", "c", "different_currency", None, None),
        ("c", "refused", "d", "different_currency", None, None),
    ]  # fmt: skip


def test_a_joined_value_that_the_system_does_not_take_is_told() -> None:
    phones = ({**ANN, "phone": "+1 202 555 0101"}, {**ANNE, "phone": "+1 202 555 0202 (home)"})
    table = clients(*phones).with_columns(system=pl.lit("quickbooks-online"))
    effects = merge(table, group("a", "b")).effects
    assert effects.filter(pl.col("what") == "too_long").select(
        "field", "before", "after"
    ).rows() == [("phone", "30", "39")]


def test_values_of_customers_are_shown_to_nobody_before_they_are_revealed() -> None:
    merged = merge(clients(ANN, {**ANNE, "street": "Old Road 1"}), group("a", "b"))
    shown = merged._repr_html_()
    assert "value taken over" in shown
    assert "2 values would be in no merged row" in shown
    assert "Example" not in shown + repr(merged)
    cc.reveal()
    try:
        assert "Anne Example" in merged._repr_html_()
    finally:
        cc.reveal(on=False)


def test_what_is_not_there_cannot_be_taken_back() -> None:
    merged = merge(clients(ANN, ANNE), group("a", "b"))
    for asked in ({"cluster_id": "b"}, {"record_id": "z"}, {"cluster_id": None}):
        with pytest.raises(InputError, match="no such"):
            merged.unmerge(**asked)
        with pytest.raises(InputError, match="no such"):
            merged.without(**asked)


def test_one_record_is_taken_out_and_the_others_stay_one() -> None:
    third = {**ANN, "record_id": "c", "company_id": "3", "fax": "1"}
    merged = merge(clients(ANN, ANNE, third), group("a", "b", "c"))
    assert merged.unmerge(record_id="b").equals(clients(ANNE))
    without = merged.without(record_id="b")
    assert without.crosswalk.rows() == [("a", "c", "c"), ("b", "a", "b"), ("c", "c", "c")]
    assert without.golden.filter(pl.col("record_id") == "b").equals(clients(ANNE))
    back = without.without("c")
    assert back.golden.equals(merged.table)


def test_of_a_pandas_frame_all_parts_are_pandas_frames() -> None:
    table = clients(ANN, ANNE).to_pandas()
    merged = merge(table, group("a", "b").to_pandas())
    assert type(merged.golden) is type(merged.effects) is type(table)
    assert merged.unmerge().equals(table)
    assert "<table" in merged._repr_html_()
    assert len(merged.without().golden) == 2


VALUES = st.none() | st.sampled_from(
    ["x", "Y", "y; z", "a@example.com", "A@EXAMPLE.COM", "?", " "]
)
FIELDS = [each for each in fields_of("customers") if each not in WHENCE]
FEW = ("display_name", "email", "phone", "street", "notes", "active", "created", "parent",
       "balance", "tax_id", "company_id", "last_activity")  # fmt: skip
ROWS = st.lists(st.fixed_dictionaries(dict.fromkeys(FEW, VALUES)), min_size=1, max_size=8)
RULES = st.fixed_dictionaries(
    {},
    optional={
        "survivor": st.sampled_from([["most_complete"], ["newest", "most_complete"]]),
        "email": st.sampled_from(["longest", "newest", "commonest", "join"]),
        "street": st.sampled_from(["longest", "join", "survivor"]),
    },
)


def drawn(rows: list[dict], data: st.DataObject, rules: dict) -> Merged:
    table = clients(*[{**row, "record_id": f"r{n:02}"} for n, row in enumerate(rows)])
    ids = table["record_id"].to_list()
    cluster = [data.draw(st.sampled_from(ids[: n + 1])) for n in range(len(ids))]
    grouped = pl.DataFrame({"record_id": ids, "cluster_id": cluster})
    some = data.draw(st.sets(st.sampled_from(ids)))
    mates = {c: [i for i, its in zip(ids, cluster) if its == c] for c in cluster}
    picks: dict = {c: data.draw(st.sampled_from(mates[c])) for c in mates if c in some}
    if data.draw(st.booleans()):
        picks |= {(c, "email"): data.draw(st.sampled_from(mates[c])) for c in mates}
    return merge(table, grouped, rules=rules, picks=picks)


@settings(max_examples=40)
@given(ROWS, st.data(), RULES)
def test_every_value_is_in_the_golden_row_its_provenance_or_lost(
    rows: list[dict], data: st.DataObject, rules: dict
) -> None:
    merged = drawn(rows, data, rules)
    survivors = dict(merged.crosswalk.select("record_id", "survivor_id").iter_rows())
    golden = {row["record_id"]: row for row in merged.golden.iter_rows(named=True)}
    told = Counter(merged.lost_values.select("record_id", "field", "value").iter_rows())
    told.update(merged.provenance.select("record_id", "field", "value").iter_rows())
    assert set(golden) == set(survivors.values())
    for row in merged.table.iter_rows(named=True):
        for name in FIELDS:
            value, kept = row[name] or "", golden[survivors[row["record_id"]]][name] or ""
            inside = set(value.split("; ")) <= set(kept.split("; "))
            assert not value.strip() or inside or told[row["record_id"], name, value], name


@settings(max_examples=40)
@given(ROWS, st.data(), RULES)
def test_taking_the_clusters_back_one_by_one_gives_the_table(
    rows: list[dict], data: st.DataObject, rules: dict
) -> None:
    merged = drawn(rows, data, rules)
    assert merged.unmerge().equals(merged.table)
    several = merged.crosswalk.filter(pl.len().over("cluster_id") > 1)["cluster_id"].unique()
    parts = [merged.unmerge(each) for each in merged.crosswalk["cluster_id"].unique()]
    assert pl.concat(parts).sort("record_id").equals(merged.table)
    left = merged
    for cluster in data.draw(st.permutations(several.sort().to_list())):
        left = left.without(cluster)
    assert left.golden.equals(merged.table)
    assert left.golden.schema == merged.table.schema
    assert left.lost_values.is_empty()


@settings(max_examples=40)
@given(ROWS, st.data())
def test_taking_one_record_out_leaves_the_others_as_if_it_had_never_been_in(
    rows: list[dict], data: st.DataObject
) -> None:
    merged = drawn(rows, data, {})
    record = data.draw(st.sampled_from(merged.table["record_id"].to_list()))
    without = merged.without(record_id=record)
    row = without.golden.filter(pl.col("record_id") == record)
    own = merged.table.filter(pl.col("record_id") == record)
    assert row.drop("parent", "display_name").equals(own.drop("parent", "display_name"))
    assert sorted(without.crosswalk["record_id"]) == sorted(merged.crosswalk["record_id"])
    assert without.without().golden.equals(merged.table)
