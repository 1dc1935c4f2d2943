from __future__ import annotations

from collections import defaultdict

import polars as pl
import pytest

from custclean.text import booking


def _side(name: str) -> str | None:
    side: str | None = pl.select(booking.side(pl.lit(name))).item()
    return side


@pytest.mark.parametrize(
    "name",
    ["Invoice", "PAYMENT", "Sales Receipt", "Credit Memo", "Refund", "Faktura", "Facture"],
)
def test_these_are_made_with_customers(name: str) -> None:
    assert _side(name) == "customer"


@pytest.mark.parametrize(
    "name",
    ["Expense", "Check", "Bill", "Bill Payment (Check)", "Bill Payment (Credit Card)",
     "Vendor Credit", "Purchase Order", "Credit Card Credit", "Lieferantenrechnung",
     "Dépense"],
)  # fmt: skip
def test_these_are_made_with_vendors(name: str) -> None:
    assert _side(name) == "vendor"


@pytest.mark.parametrize(
    "name", ["Deposit", "Journal Entry", "Transfer", "", "something else"]
)
def test_what_is_made_with_anybody_says_nothing(name: str) -> None:
    assert _side(name) is None


def test_no_type_is_on_both_sides() -> None:
    sides: defaultdict[str, set[str]] = defaultdict(set)
    for side, languages in booking.TYPES.items():
        for name in "|".join(languages.values()).split("|"):
            sides[name].add(side)
    assert not [name for name, found in sides.items() if len(found) > 1]
