"""Who survives a merge, and that nothing is lost in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.errors import ConflictError, InputError
from custclean.stages.merge import merge
from custclean.stages.merge.cells import Cells
from tests.stages.merge.clients import ANN, ANNE, clients, group, survivor

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random


def test_the_client_on_a_plan_survives_the_more_complete_one() -> None:
    merged = merge(clients({**ANN, "subscription": "Plus"}, ANNE), group("a", "b"))
    assert survivor(merged, "b") == "a"


def test_without_a_plan_the_most_complete_record_survives() -> None:
    assert survivor(merge(clients(ANN, ANNE), group("a", "b")), "a") == "b"


def test_two_on_a_plan_are_related_and_stay_two() -> None:
    both = clients({**ANN, "subscription": "Plus"}, {**ANNE, "subscription": "Essentials"})
    merged = merge(both, group("a", "b"))
    assert merged.conflicts["reason"].to_list() == ["two_subscriptions"]
    assert merged.golden.equals(both)


@pytest.mark.parametrize("none", ["n/a", "Nessuna", "Intet", "Kein", "Free"])
def test_a_word_for_no_plan_is_no_second_subscription(none: str) -> None:
    rows = clients({**ANN, "subscription": "Plus"}, {**ANNE, "subscription": none})
    assert survivor(merge(rows, group("a", "b")), "b") == "a"


def test_an_unknown_subscription_is_asked() -> None:
    merged = merge(clients({**ANN, "subscription": None}, ANNE), group("a", "b"))
    assert merged.conflicts["reason"].to_list() == ["subscription_unknown"]


def test_a_list_without_subscriptions_asks_nothing_about_them() -> None:
    rows = clients({**ANN, "subscription": None}, {**ANNE, "subscription": None})
    assert survivor(merge(rows, group("a", "b")), "a") == "b"


def test_a_tie_is_asked_and_a_pick_answers_it() -> None:
    twins = clients(ANN, {**ANN, "record_id": "b", "company_id": "2"})
    assert merge(twins, group("a", "b")).conflicts["reason"].to_list() == ["survivor_tie"]
    assert survivor(merge(twins, group("a", "b"), picks={"a": "b"}), "a") == "b"


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [("tax_id", "DK12345674", "DK24465705"), ("currency", "DKK", "EUR")],
)
def test_different_hard_values_refuse_the_merge(field: str, one: str, other: str) -> None:
    merged = merge(clients({**ANN, field: one}, {**ANNE, field: other}), group("a", "b"))
    assert merged.conflicts["reason"].to_list() == [f"different_{field}"]


def test_quickbooks_merges_nobody_across_its_lists() -> None:
    online = {"system": "quickbooks-online"}
    rows = clients(
        {**ANN, **online, "kind": "customers"}, {**ANNE, **online, "kind": "vendors"}
    )
    merged = merge(rows, group("a", "b"))
    assert merged.conflicts.select("reason", "detail").rows() == [
        ("different_list", "customers, vendors")
    ]
    elsewhere = rows.with_columns(system=pl.Series(["quickbooks-online", "outlook"]))
    assert merge(elsewhere, group("a", "b")).conflicts.is_empty()


def test_a_record_without_a_group_stays_alone() -> None:
    rows = clients(ANN, ANNE)
    groups = pl.DataFrame({"record_id": ["a", "b"], "cluster_id": [None, None]})
    assert merge(rows, groups).golden.equals(rows)


@pytest.mark.parametrize("other", ["12 34 56 74", "CVR-nr. 12345674", "?"])
def test_two_spellings_of_one_tax_id_are_no_conflict(other: str) -> None:
    rows = clients({**ANN, "tax_id": "DK12345674"}, {**ANNE, "tax_id": other})
    assert merge(rows, group("a", "b")).conflicts.is_empty()


def test_second_emails_are_kept_beside_the_survivors() -> None:
    golden = merge(clients(ANN, ANNE), group("a", "b")).golden
    assert golden["email"].to_list() == ["anne@example.org; ann@example.com"]


def test_a_pick_of_a_field_beats_its_rule() -> None:
    merged = merge(clients(ANN, ANNE), group("a", "b"), picks={("a", "email"): "a"})
    assert merged.golden["email"].to_list() == ["ann@example.com"]


def test_name_id_and_number_stay_the_survivors_own() -> None:
    rows = clients({**ANN, "customer_number": "00007"}, ANNE)
    golden = merge(rows, group("a", "b")).golden
    assert golden.select("company_id", "display_name", "customer_number").row(0) == (
        "2", "Anne Example", None,
    )  # fmt: skip


def test_what_the_golden_row_does_not_hold_is_listed_as_lost() -> None:
    merged = merge(clients({**ANN, "street": "Old Road 1"}, {**ANNE, "street": "New Road 2"}),
                   group("a", "b"))  # fmt: skip
    lost = merged.lost_values.select("field", "value").rows()
    assert ("street", "Old Road 1") in lost
    assert ("display_name", "Ann Example") in lost


def test_each_filled_cell_says_which_record_it_came_from() -> None:
    merged = merge(clients({**ANN, "street": "Old Road 1"}, ANNE), group("a", "b"))
    rows = {row["field"]: row for row in merged.provenance.iter_rows(named=True)}
    assert rows["street"]["record_id"] == "a"
    assert rows["phone"]["record_id"] == "b"


def test_a_record_in_two_groups_is_an_error() -> None:
    twice = pl.concat([group("a", "b"), group("a", "c", cluster="x")])
    with pytest.raises(ConflictError):
        merge(clients(ANN, ANNE, {**ANN, "record_id": "c"}), twice)


def test_an_unknown_rule_is_named() -> None:
    with pytest.raises(InputError, match="shortest"):
        merge(clients(ANN, ANNE), group("a", "b"), rules={"email": "shortest"})


@pytest.mark.parametrize("field", ["display_name", "balance", "parent", "source_file"])
def test_a_rule_that_nothing_would_come_of_is_refused(field: str) -> None:
    with pytest.raises(InputError, match=f"survives: pick the record: '{field}'"):
        merge(clients(ANN, ANNE), group("a", "b"), rules={field: "longest"})


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("emial", "no such column: 'emial'; expected record_id"),
        ("display_name", "pick the record: 'display_name'"),
        ("source_file", "pick the record: 'source_file'"),
    ],
)
def test_a_pick_that_nothing_would_come_of_is_refused(field: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        merge(clients(ANN, ANNE), group("a", "b"), picks={("a", field): "a"})


@pytest.mark.parametrize("text", ["table", "groups"])
def test_ids_of_another_type_are_compared_as_text(text: str) -> None:
    rows = clients({**ANN, "record_id": "7"}, {**ANNE, "record_id": "9"})
    same = group("7", "9")
    if text == "table":
        same = same.cast(pl.Int64)
    else:
        rows = rows.with_columns(pl.col("record_id").cast(pl.Int64))
    merged = merge(rows, same, picks={7: "9"})
    assert merged.golden["record_id"].cast(pl.String).to_list() == ["9"]
    assert merged.without(record_id=7).golden.equals(rows)


VALUES = st.none() | st.sampled_from(["x", "y", "a@example.com", "Åse", "=1"])
ROWS = st.lists(
    st.fixed_dictionaries(
        dict.fromkeys(("display_name", "email", "phone", "street", "notes"), VALUES)
        | {"subscription": st.sampled_from(["Plus", "None"])}
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40)
@given(ROWS, st.data())
def test_no_record_and_no_value_vanishes(rows: list[dict], data: st.DataObject) -> None:
    table = clients(*[{**row, "record_id": f"r{n:02}"} for n, row in enumerate(rows)])
    ids = table["record_id"].to_list()
    cluster = [data.draw(st.sampled_from(ids[: n + 1])) for n in range(len(ids))]
    groups = pl.DataFrame({"record_id": ids, "cluster_id": cluster})
    merged = merge(table, groups)
    gone = merged.crosswalk.filter(pl.col("record_id") != pl.col("survivor_id"))
    assert merged.golden.height + gone.height == table.height
    assert sorted(merged.crosswalk["record_id"]) == sorted(ids)
    kept = " ".join(str(cell) for row in merged.golden.rows() for cell in row)
    lost = set(merged.lost_values["value"])
    for row in rows:
        for value in row.values():
            assert value is None or value in kept or value in lost


@settings(max_examples=40)
@given(ROWS, st.randoms())
def test_the_order_of_rows_changes_nothing(rows: list[dict], shuffle: Random) -> None:
    table = clients(*[{**row, "record_id": f"r{n:02}"} for n, row in enumerate(rows)])
    groups = pl.DataFrame(
        {"record_id": table["record_id"], "cluster_id": ["r00"] * table.height}
    )
    order = list(range(table.height))
    shuffle.shuffle(order)
    one, other = merge(table, groups), merge(table[order], groups)
    assert one.golden.sort("record_id").equals(other.golden.sort("record_id"))


def test_who_is_alone_has_the_cluster_it_was_given_unless_that_is_anothers_name() -> None:
    table = clients(ANN, ANNE, {**ANN, "record_id": "c"})
    groups = pl.concat([group("a", cluster="x"), group("b", cluster="c")])
    assert merge(table, groups).crosswalk["cluster_id"].to_list() == ["x", "b", "c"]


def test_no_two_clusters_share_a_name() -> None:
    table = clients(ANN, ANNE, {**ANN, "record_id": "c"})
    merged = merge(table, group("a", "b", cluster="c"))
    assert merged.crosswalk["cluster_id"].to_list() == ["c", "c", "c~2"]
    assert merged.unmerge("c").height == 2


def test_a_value_that_is_kept_in_another_spelling_is_not_lost_but_told() -> None:
    rows = clients({**ANN, "street": "ST. JOHN RD 1"}, {**ANNE, "street": "St John Rd 1"})
    merged = merge(rows, group("a", "b"))
    assert merged.lost_values.filter(pl.col("field") == "street").is_empty()
    told = merged.provenance.filter(pl.col("field") == "street").select("value", "rule").rows()
    assert told == [("St John Rd 1", "survivor"), ("ST. JOHN RD 1", "spelling")]


def test_the_golden_rows_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made, golden = [], Cells.golden

    def counted(cells: Cells, frame: pl.DataFrame, left: Sequence[int]) -> pl.DataFrame:
        made.append(left)
        return golden(cells, frame, left)

    monkeypatch.setattr(Cells, "golden", counted)
    owing = clients({**ANN, "balance": "1.00"}, {**ANNE, "balance": "2.00"})
    assert merge(owing, group("a", "b")).golden["balance"].to_list() == ["3.00"]
    assert len(made) == 1


def test_unmerge_gives_the_original_rows_back() -> None:
    table = clients(ANN, ANNE)
    assert merge(table, group("a", "b")).unmerge("a").equals(table)
