"""What forbids proposing a record as no customer, whatever speaks for it.

A veto gives a sentence or None; to add one is to add a function to `VETOES`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custclean.text.plan import on_plan
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from custclean.stages.screen_rules import Case, World

__all__ = ["VETOES"]

_OPEN = re.compile(r"[1-9]")


def _has_bookings(case: Case, _world: World) -> str | None:
    return tr("has invoices, payments or refunds") if case.booked else None


def _has_balance(case: Case, _world: World) -> str | None:
    rows = [case.client.party.row, *(each.row for each in case.customers)]
    owes = any(_OPEN.search(row.get("balance") or "") for row in rows)
    return tr("has an open balance") if owes else None


def _has_children(case: Case, world: World) -> str | None:
    return (
        tr("others are entered below it") if world.parents.named(case.client.party) else None
    )


def _has_plan(case: Case, _world: World) -> str | None:
    plan = on_plan(case.client.party.row.get("subscription"))
    return tr("has a subscription") if plan else None


def _shares_name(case: Case, world: World) -> str | None:
    others = [
        *world.clients.namesakes(case.client.party),
        *world.customers.namesakes(case.client.party),
    ]
    return tr("a customer with another address has the same name") if others else None


def _generic(case: Case, _world: World) -> str | None:
    return tr("a collective customer") if case.client.words == "generic" else None


VETOES: tuple[Callable[[Case, World], str | None], ...] = (
    _has_bookings,
    _has_balance,
    _has_children,
    _has_plan,
    _shares_name,
    _generic,
)
