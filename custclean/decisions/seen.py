"""What a person saw when deciding, kept as fingerprints: values stay in the source."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from custclean.model import Decision

__all__ = ["SEEN_FIELDS", "changed_since", "fingerprint", "seen_of"]

VERSION = "1"  # stands before each fingerprint; another way of making them gets another one
SEEN_FIELDS = (  # no numbers, no balances: those change by our own work
    "display_name company given_name middle_name family_name email phone mobile street city"
    " postcode country tax_id customer_type lead_accountant subscription".split()
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


def seen_of(
    row_left: Mapping[str, str | None],
    row_right: Mapping[str, str | None] | None = None,
    fields: Iterable[str] = SEEN_FIELDS,
) -> dict[str, str]:
    """Give the fingerprints of what was seen: `email`, or `left.email` and `right.email`.

    The left row is the one with the smaller record id, as in a decision's key.
    """
    names = tuple(fields)
    prints = [fingerprint(row_left.get(name)) for name in names]
    if row_right is None:
        return dict(zip(names, prints))
    prints += [fingerprint(row_right.get(name)) for name in names]
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
        for right, field in [_place_of(name)]
        if (row := known[right if len(known) > 1 else 0]) is not None
        and fingerprint(row.get(field)) != print_then
    )


@cache
def _place_of(seen: str) -> tuple[int, str]:
    """Say whose value it is, the first's or the second's, and of which field."""
    return int(seen.startswith("right.")), seen.rpartition(".")[2]
