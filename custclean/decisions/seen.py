"""What a person saw when deciding, kept as fingerprints: values stay in the source."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from custclean.model import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from custclean.model import Decision

__all__ = ["SEEN_FIELDS", "changed_since", "fingerprint", "seen_fields", "seen_of", "whose"]

VERSION = "1"  # stands before each fingerprint; another way of making them gets another one
# What says who a record is, how to reach it and whose it is. A title or a suffix tells father
# and son or a couple apart, region, fax, website and EAN tell two branches apart, and the
# parent says of whom it is a branch. Not here, though a card may show it:
# customer_number, company_id, active: they change by our own work, or stand in the id
# balance, last_activity, notes: they change with the business, every month
# created: it says when, not who
# currency: fixed for a client; when it changes it does so for the whole list at once
# terms, customer_group, vat_zone, categories: how a client is billed and sorted
# A field added here is not asked about of decisions made before: their `seen` has it not.
SEEN_FIELDS = (
    "display_name company title given_name middle_name family_name suffix email phone mobile"
    " fax website street city region postcode country tax_id ean parent customer_type"
    " lead_accountant subscription".split()
)


@lru_cache(maxsize=1 << 16)  # a desk asks for the same values again and again
def fingerprint(value: str | None) -> str:
    """Tell two raw values apart without holding them; "" for a missing one.

    >>> fingerprint("Ann Example")
    '1:258e1c6527'
    """
    if value is None:
        return ""
    text = unicodedata.normalize("NFC", value)
    return (
        f"{VERSION}:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"
    )


def seen_fields(columns: Iterable[str]) -> tuple[str, ...]:
    """Name the columns of a table that are seen: the canonical `SEEN_FIELDS`, if it is one.

    Of any other table a person sees every column: all count, but for those of a canonical
    name that says nothing of who a record is.

    >>> seen_fields(["record_id", "fname", "dob", "email", "balance"])
    ('fname', 'dob', 'email')
    """
    names = tuple(columns)
    if "display_name" in names:
        return tuple(SEEN_FIELDS)
    unseen = set(FIELDS["customers"]) - set(SEEN_FIELDS)
    return tuple(name for name in names if name not in unseen)


def seen_of(
    row_left: Mapping[str, str | None],
    row_right: Mapping[str, str | None] | None = None,
    fields: Iterable[str] = SEEN_FIELDS,
) -> dict[str, str]:
    """Give the fingerprints of what was seen: `email`, or `left.email` and `right.email`.

    The left row is the one with the smaller record id, as in a decision's key.
    """
    names = tuple(fields)
    prints = [*map(fingerprint, map(row_left.get, names))]
    if row_right is None:
        return dict(zip(names, prints))
    prints += map(fingerprint, map(row_right.get, names))
    return dict(zip(_of_both(names), prints))


@cache
def _of_both(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{side}.{name}" for side in ("left", "right") for name in names)


def changed_since(
    decision: Decision, rows: Mapping[str, Mapping[str, str | None]]
) -> tuple[str, ...]:
    """Name the seen fields whose value differs now, as `seen` names them, in its order.

    `rows` holds the newest raw rows by record id; a record that is not among them has
    no value that could have changed.
    """
    known = [rows.get(record) for record in decision.key[:2]]
    return tuple(
        name
        for name, print_then in decision.seen.items()
        for place, field in [_place_of(name, len(known))]
        if (row := known[place]) is not None and fingerprint(row.get(field)) != print_then
    )


def whose(decision: Decision, seen: str) -> tuple[str, str]:
    """Give the record and the field that are meant by a name in a decision's `seen`.

    >>> from custclean.model import Decision, Verdict
    >>> whose(Decision(("a", "b"), Verdict.SAME), "right.date.of birth")
    ('b', 'date.of birth')
    """
    place, field = _place_of(seen, len(decision.key))
    return decision.key[place], field


@cache
def _place_of(seen: str, records: int) -> tuple[int, str]:
    """Say whose value it is, the first's or the second's, and of which field."""
    side, _, field = seen.partition(".")
    if records < 2 or side not in ("left", "right"):
        return 0, seen
    return int(side == "right"), field
