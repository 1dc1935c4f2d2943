"""Who has something to lose: a balance, transactions or a subscription."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from custclean.text.plan import on_plan

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["holders"]


def holders(table: pl.DataFrame, busy: Iterable[str] = ()) -> dict[str, str]:
    """Say of each record that holds something what it is; `busy`: who has transactions.

    >>> holders(pl.DataFrame({"record_id": ["a", "b"], "balance": ["0.00", "12,50"]}), "c")
    {'c': 'transactions', 'b': 'balance'}
    """
    found: dict[str, str] = {}
    if "subscription" in table.columns:
        plans = table["subscription"].cast(pl.String)
        held = [plan for plan in plans.unique() if on_plan(plan)]
        found |= dict.fromkeys(table["record_id"].filter(plans.is_in(held)), "subscription")
    found |= dict.fromkeys(busy, "transactions")
    if "balance" in table.columns:  # however it is written: any digit but 0 may be money
        owes = table["balance"].cast(pl.String).str.contains("[1-9]")
        found |= dict.fromkeys(table["record_id"].filter(owes), "balance")
    return found
