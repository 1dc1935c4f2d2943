"""Balances and transactions: as much after a merge as before it, to the last digit."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.errors import ConflictError, InputError
from custclean.stages.merge import merge
from custclean.stages.merge.sums import Amounts
from custclean.stages.merge.totals import counted
from tests.stages.merge.clients import clients, group, groups, refusals

ABC = group("a", "b", "c")


def owing(*balances: str | None, **currencies: str) -> pl.DataFrame:
    return clients(
        *(
            {"record_id": each, "display_name": f"Ann {each}", "balance": text,
             "currency": currencies.get(each)}
            for each, text in zip("abcdef", balances)
        )
    )  # fmt: skip


def balance(*balances: str | None) -> str | None:
    merged = merge(owing(*balances), group(*"abcdef"[: len(balances)]), picks={"a": "a"})
    assert refusals(merged) == {}
    found: str | None = merged.golden["balance"][0]
    return found


@pytest.mark.parametrize(
    ("balances", "together"),
    [
        (("100.00", "20.50"), "120.50"),
        (("1.234,50", "0,50"), "1235,00"),
        (("0.1", "0.2"), "0.3"),
        (("100", "(40.00)"), "60.00"),
        (("5.00", "-5.00"), "0.00"),
        ((None, "$ 1,250.00"), "$ 1,250.00"),
        (("0.00", "12 345,67 kr."), "12 345,67 kr."),
        (("99999999999999999999999999999999.99", "0.01"), "1" + "0" * 32 + ".00"),
        (("-", "3.00"), "3.00"),
        ((None, None), None),
    ],
)
def test_balances_are_added_and_one_alone_stays_as_it_is(
    balances: tuple, together: str | None
) -> None:
    assert balance(*balances) == together


def test_a_column_of_numbers_stays_one() -> None:
    table = owing("1", "2").with_columns(balance=pl.Series([0.1, 0.2]))
    golden = merge(table, group("a", "b"), picks={"a": "a"}).golden
    assert golden["balance"].to_list() == [0.3]


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (owing("12.00", "1 2"), "balance_unclear"),
        (owing("12.00", "3.00", a="DKK"), "balance_unclear"),
        (owing("12.00", None, b="DKK"), "balance_unclear"),
        (owing("12.00", "3.00", a="DKK", b="EUR"), "different_currency"),
    ],
)
def test_what_cannot_be_added_is_not_merged(table: pl.DataFrame, reason: str) -> None:
    merged = merge(table, group("a", "b"), picks={"a": "a"})
    assert refusals(merged) == {"a": reason}
    assert merged.golden.equals(table)


def test_where_nothing_is_owed_the_currency_does_not_matter() -> None:
    merged = merge(owing("12.00", "0.00", a="DKK"), group("a", "b"), picks={"a": "b"})
    assert merged.golden.select("balance", "currency").row(0) == ("12.00", "DKK")


def test_totals_are_told_by_group_and_currency_and_of_all() -> None:
    table = owing("1.00", "2.00", "4.00", "8.00", a="DKK", b="dkk", c="EUR", d="EUR")
    names = ["Ann a", "Ann b", "Ann b", "Who"]
    booked = pl.DataFrame({"name": names, "amount": ["1", "2", "3", "9"]})
    merged = merge(table, groups("ab", "cd"), picks={"a": "a", "c": "d"}, transactions=booked)
    assert merged.totals.rows() == [
        ("a", "amount", None, "6", "6"),
        ("a", "balance", "DKK", "3.00", "3.00"),
        ("a", "transactions", None, "3", "3"),
        ("c", "balance", "EUR", "12.00", "12.00"),
        (None, "amount", None, "15", "15"),
        (None, "balance", "DKK", "3.00", "3.00"),
        (None, "balance", "EUR", "12.00", "12.00"),
        (None, "transactions", None, "4", "4"),
    ]


def test_a_sum_that_would_change_stops_the_merge() -> None:
    before = Amounts.of(owing("1.00", "2.00"))
    after = Amounts.of(owing("2.99", None))
    with pytest.raises(ConflictError, match=r"would change balance.*expected 3\.00"):
        counted({0: [0, 1]}, before, after, None)


@pytest.mark.parametrize("given_ones", [{"z": 1}, {"a": -1}, {"a": 1.5}])
def test_transactions_of_nobody_are_an_error(given_ones: dict) -> None:
    with pytest.raises(InputError):
        merge(owing("1", "2"), group("a", "b"), transactions=given_ones)


def test_transactions_of_a_job_are_its_own() -> None:
    table = clients(
        {"record_id": "a", "display_name": "Ann"},
        {"record_id": "b", "display_name": "Roof", "parent": "Ann"},
        {"record_id": "c", "display_name": "Anne"},
    )
    booked = pl.DataFrame({"name": ["Ann:Roof", "Ann:Roof", "Anne"]})
    merged = merge(table, group("a", "c"), picks={"a": "a"}, transactions=booked)
    told = merged.totals.filter(pl.col("what") == "transactions").select("cluster_id", "after")
    assert told.rows() == [("a", "1"), (None, "3")]


MONEY = st.decimals(-(10**12), 10**12, places=2).map(str) | st.none() | st.just("0.00")


@settings(max_examples=40)
@given(st.lists(MONEY, min_size=2, max_size=6), st.data())
def test_all_that_is_owed_is_owed_after_any_merge(balances: list, data: st.DataObject) -> None:
    table = owing(*balances)
    ids = table["record_id"].to_list()
    cluster = [data.draw(st.sampled_from(ids[: n + 1])) for n in range(len(ids))]
    grouped = pl.DataFrame({"record_id": ids, "cluster_id": cluster})
    merged = merge(table, grouped, picks={each: each for each in ids})
    owed = [
        sum((Decimal(text) for text in frame["balance"] if text), Decimal(0))
        for frame in (table, merged.golden)
    ]
    assert owed[0] == owed[1]
