"""Values that a person saw once, found again in the files that were kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from custclean.decisions import fingerprint, whose
from custclean.labels import label
from custclean.stages.review.card import Changed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custclean.model import Decision
    from custclean.stages.review.records import Records

__all__ = ["Earlier"]


class Earlier:
    """Older tables of the same list, newest first, under the ids of today."""

    def __init__(self, tables: Sequence[pl.DataFrame]) -> None:
        self._tables = tables
        self._places: dict[int, dict[str, int]] = {}

    def changed(self, decision: Decision, seen: str, rows: Records) -> Changed:
        """Say what a seen field held when it was decided upon, and what it holds now.

        `seen` is the field as the decision's own `seen` names it.
        """
        record, field = whose(decision, seen)
        print_then = decision.seen[seen]
        before = self._value(record, field, print_then) if print_then else ""
        now = rows[record].get(field)
        return Changed(record, field, label(field), before, None if now is None else str(now))

    def _value(self, record: str, field: str, print_then: str) -> str | None:
        """Give the value that had this fingerprint; None: no kept file has it."""
        for number, table in enumerate(self._tables):
            place = self._of(number).get(record)
            if place is None or field not in table.columns:
                continue
            value = table[field][place]
            if value is not None and fingerprint(str(value)) == print_then:
                return str(value)
        return None

    def _of(self, number: int) -> dict[str, int]:
        if number not in self._places:
            ids = self._tables[number]["record_id"].cast(pl.String).to_list()
            self._places[number] = {record: place for place, record in enumerate(ids)}
        return self._places[number]
