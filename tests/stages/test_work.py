"""What a person is told to do, pair by pair."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import polars as pl
import pytest

from custclean.errors import InputError
from custclean.model import fields_of
from custclean.stages.merge import merge
from custclean.stages.work import WorkOrders, order_called, order_numbers, work_orders

if TYPE_CHECKING:
    from pathlib import Path


def orders(*rows: dict, groups: dict | None = None, aside: dict | None = None) -> WorkOrders:
    schema = dict.fromkeys(fields_of("customers"), pl.String)
    table = pl.DataFrame([{**dict.fromkeys(schema), **row} for row in rows], schema=schema)
    grouped = pl.DataFrame(
        {"record_id": list(groups or {}), "cluster_id": list((groups or {}).values())},
        schema={"record_id": pl.String, "cluster_id": pl.String},
    )
    removed = pl.DataFrame(
        {"record_id": list(aside or {}), "reasons": list((aside or {}).values())},
        schema={"record_id": pl.String, "reasons": pl.String},
    )
    return work_orders(merge(table, grouped), removed, target="quickbooks-accountant")


ANN = {"record_id": "a", "company_id": "1", "display_name": "Ann Example",
       "email": "ann@example.com", "subscription": "Plus"}  # fmt: skip
ANNE = {"record_id": "b", "company_id": "2", "display_name": "Anne Example",
        "email": "anne@example.org", "city": "Oldtown", "subscription": "None"}  # fmt: skip
PAIR = {"a": "a", "b": "a"}


def test_a_pair_names_who_stays_and_who_goes_exactly() -> None:
    row = orders(ANN, ANNE, groups=PAIR).merge.row(0, named=True)
    assert (row["keep_id"], row["keep_name"]) == ("1", "Ann Example")
    assert (row["gone_id"], row["gone_name"]) == ("2", "Anne Example")


def test_values_that_no_upload_carries_are_to_be_typed_by_hand() -> None:
    row = orders(ANN, ANNE, groups=PAIR).merge.row(0, named=True)
    assert "city: Oldtown" in row["type_by_hand"]
    assert "email: ann@example.com; anne@example.org" in row["type_by_hand"]


def test_the_plan_says_who_must_be_gone_and_what_may_be_typed() -> None:
    plan = orders(ANN, ANNE, groups=PAIR).plan
    assert plan.filter(pl.col("need") == "must").rows() == [("b", "record", None, "must")]
    assert set(plan.filter(pl.col("need") == "may")["field"]) == {"email", "city"}


def test_a_pair_without_a_plan_names_the_obstacle() -> None:
    row = orders({**ANN, "subscription": "None"}, ANNE, groups=PAIR).merge.row(0, named=True)
    assert "neither is on a plan" in row["obstacle"]


@pytest.mark.parametrize("plan", ["No", "n/a", "Keine", "Aucun", "-", " None "])
def test_a_word_for_no_plan_does_not_keep_a_record_from_being_removed(plan: str) -> None:
    work = orders({**ANN, "subscription": plan}, aside={"a": "vendor"})
    assert work.remove["action"].to_list() == ["make_inactive"]


def test_a_record_that_is_no_customer_is_made_inactive() -> None:
    row = orders(ANNE, aside={"b": "only vendor transactions"}).remove.row(0, named=True)
    assert (row["company_id"], row["action"]) == ("2", "make_inactive")


def test_a_record_on_a_plan_is_left_to_the_person_and_not_planned_gone() -> None:
    work = orders(ANN, aside={"a": "vendor"})
    assert work.remove["action"].to_list() == ["leave"]
    assert work.plan.is_empty()


def test_what_has_no_company_id_can_only_be_done_by_hand() -> None:
    work = orders(ANN, {**ANNE, "company_id": None}, groups=PAIR)
    assert work.merge.is_empty()
    assert work.by_hand["reason"].to_list() == ["no_company_id"]


def test_a_refused_group_stands_on_the_by_hand_list_with_its_reason() -> None:
    work = orders(ANN, {**ANNE, "subscription": "Essentials"}, groups=PAIR)
    assert work.by_hand["reason"].to_list() == ["two_subscriptions"] * 2


@pytest.mark.parametrize("pandas", [False, True])
def test_a_refused_record_may_have_a_blank_in_its_id(pandas: bool) -> None:
    rows = pl.DataFrame([
        {**ANN, "record_id": "K 100", "city": None},
        {**ANNE, "record_id": "K 200", "subscription": "Essentials"},
    ])  # fmt: skip
    same = pl.DataFrame({"record_id": ["K 100", "K 200"], "cluster_id": ["x", "x"]})
    merged = merge(rows.to_pandas() if pandas else rows, same)
    assert list(merged.conflicts["records"][0]) == ["K 100", "K 200"]
    nobody = pl.DataFrame(schema={"record_id": pl.String, "reasons": pl.String})
    work = work_orders(merged, nobody, target="quickbooks-accountant")
    assert work.by_hand["record_id"].to_list() == ["K 100", "K 200"]
    assert set(work.by_hand["reason"]) == {"two_subscriptions"}


def test_each_order_knows_its_records() -> None:
    work = orders(ANN, ANNE, groups=PAIR)
    assert work.keys == {"M842928": ("a", "b")}


def test_an_order_keeps_its_number_whatever_is_ordered_beside_it() -> None:
    others = {**ANN, "record_id": "0"}, {**ANNE, "record_id": "00"}
    alone = orders(ANN, ANNE, groups=PAIR)
    many = orders(*others, ANN, ANNE, groups={"0": "0", "00": "0", **PAIR}, aside={})
    assert len(many) == 2
    assert set(alone.keys.items()) <= set(many.keys.items())
    turned = order_numbers([("b", "a"), ("a",), ("b",)])
    assert set(turned.values()).isdisjoint(alone.keys)


def test_no_two_orders_have_the_same_number() -> None:
    keys: list[tuple[str, ...]] = [(str(n), str(n + 1)) for n in range(5_000)]
    keys += [(str(n),) for n in range(5_000)]
    keys += [("x\na", "b"), ("x", "a\nb")]
    numbers = order_numbers(keys)
    assert len(set(numbers.values())) == len(keys)
    assert {len(number) for number in numbers.values()} == {7, 8, 9}
    assert numbers == order_numbers(reversed(keys))


def test_an_order_is_found_by_as_many_digits_as_were_printed() -> None:
    alike = [("9130000000000581",), ("9130000000001579",)]
    keys = [(f"quickbooks-accountant:customers:{own}",) for (own,) in alike]
    longer, others = order_numbers(keys), order_numbers([("a", "b"), ("b",)])
    assert sorted(longer.values()) == ["R1053088", "R1053089"]
    known = [*keys, *others]
    assert [order_called(number, known) for number in longer.values()] == keys
    assert [order_called(number, known) for number in others.values()] == [*others]
    assert order_called(" r105308 ", keys[:1]) == keys[0]
    assert order_called("R1053088", keys[1:]) == keys[1]
    with pytest.raises(InputError, match="expected R1053088, R1053089"):
        order_called("R105308", known)
    for nothing in ("R", "R10530", "", "M105308", "R1053087", "M0001"):
        with pytest.raises(InputError, match="no such work order"):
            order_called(nothing, known)


def test_the_lists_are_written_with_safe_cells_and_pages_to_print(tmp_path: Path) -> None:
    hostile = {**ANNE, "display_name": "=HYPERLINK(1)"}
    orders(ANN, hostile, groups=PAIR).write(tmp_path)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["by_hand.csv", "merge.csv", "merge.html", "remove.csv", "remove.html"]
    with (tmp_path / "merge.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    assert row["gone_name"] == "'=HYPERLINK(1)"


def test_the_name_of_the_one_that_goes_is_listed_as_lost() -> None:
    row = orders(ANN, ANNE, groups=PAIR).merge.row(0, named=True)
    assert "display_name: Anne Example" in row["lost"]


def test_what_is_typed_stands_with_the_first_pair_of_a_survivor_only() -> None:
    third = {**ANNE, "record_id": "c", "company_id": "3", "display_name": "A. Example"}
    typed = orders(ANN, ANNE, third, groups={**PAIR, "c": "a"}).merge["type_by_hand"]
    assert [bool(text) for text in typed] == [True, False]


def test_who_is_below_the_one_that_goes_is_moved_first_by_hand() -> None:
    roof = {
        "record_id": "r",
        "company_id": "9",
        "display_name": "Roof",
        "parent": "Anne Example",
    }
    work = orders(ANN, ANNE, roof, groups=PAIR)
    assert work.by_hand.rows() == [
        ("r", "9", "Roof", "child_rehung", "before the merge, move it below Ann Example")
    ]
    assert "first move those below the one that goes: Roof" in work.merge["obstacle"][0]
    assert ("r", "parent", "Ann Example", "may") in work.plan.rows()


def test_a_merge_that_a_job_bars_stands_on_the_by_hand_list() -> None:
    below = {**ANNE, "parent": "Ann Example"}
    work = orders(ANN, below, groups=PAIR)
    assert work.merge.is_empty()
    assert set(work.by_hand["reason"]) == {"parent_with_descendant"}
