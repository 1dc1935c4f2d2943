"""Count transactions and balances before a merge and after it: they must be equal."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from custclean.errors import ConflictError
from custclean.text.amount import total, written
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from custclean.stages.merge.bookings import Bookings
    from custclean.stages.merge.sums import Amounts

__all__ = ["counted"]

Key = tuple[int | None, str, str]  # the group (None: all records), what, currency
Sums = dict[Key, list[Decimal]]
Line = tuple[int | None, str, str | None, str, str]


def counted(
    groups: Mapping[int, Sequence[int]],
    before: Amounts | None,
    after: Amounts | None,
    bookings: Bookings | None,
) -> list[Line]:
    """Give group, what, currency, before and after: of each merged group and of all.

    `after` has the golden rows' amounts, by row of the table; what is merged away has none.
    A difference is an error: then nothing is merged.
    """
    group_of = {row: no for no, rows in groups.items() for row in rows}
    lines: list[Line] = []
    if bookings is not None:
        stays = {row: rows[0] for rows in groups.values() for row in rows}
        lines += _compared(_booked(bookings, group_of, {}), _booked(bookings, group_of, stays))
    if before is not None and after is not None:
        lines += _compared(_owed(before, group_of), _owed(after, group_of))
    return sorted(lines, key=_place)


def _place(line: Line) -> tuple[bool, int, str, str]:
    no, what, currency, *_ = line
    return no is None, no or 0, what, currency or ""


def _owed(amounts: Amounts, group_of: Mapping[int, int]) -> Sums:
    sums: Sums = defaultdict(list)
    for row, _, value in amounts.given(range(len(amounts.texts))):
        if value:
            for no in {None, group_of.get(row)}:
                sums[no, "balance", amounts.currencies[row]].append(value)
    return sums


def _booked(bookings: Bookings, group_of: Mapping[int, int], stays: Mapping[int, int]) -> Sums:
    """Add the transactions of whoever has them; those that may be of several count for all."""
    sums: Sums = defaultdict(list)
    for entry in bookings.entries:
        rows = {stays.get(row, row) for row in entry.rows}
        owners = {group_of.get(row) for row in rows}
        for no in {None, *(owners if len(owners) == 1 else ())}:
            sums[no, "transactions", ""].append(Decimal(entry.count))
            sums[no, "amount", ""].append(entry.amount)
    return sums


def _compared(before: Sums, after: Sums) -> list[Line]:
    lines = []
    for key in {**before, **after}:
        no, what, currency = key
        one, other = total(before.get(key, ())), total(after.get(key, ()))
        if one != other:
            raise ConflictError(
                tr("a merge would change {what}; nothing was merged", what=what),
                value=written(other),
                expected=written(one),
            )
        lines.append((no, what, currency or None, written(one), written(other)))
    return lines
