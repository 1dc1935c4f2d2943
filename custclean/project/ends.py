"""Where each record of the newest list ends, and which numbers go out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from custclean.model import Fate
from custclean.project.rounds import hold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custclean.model import LeftOut
    from custclean.project.inbox import Received
    from custclean.project.rounds import Failure, Round
    from custclean.stages.number import Numbered

__all__ = ["Ends"]

FATE_OF = {
    "undecided_pair": Fate.UNDECIDED,
    "undecided_proposal": Fate.UNDECIDED,
    "contradiction": Fate.UNDECIDED,
    "pick_changed": Fate.UNDECIDED,
    "survivor_tie": Fate.UNDECIDED,
    "subscription_unknown": Fate.UNDECIDED,
    "subscription_would_go": Fate.UNDECIDED,
    "register_unsure": Fate.UNDECIDED,
    "number_taken": Fate.UNDECIDED,
    "set_aside": Fate.SET_ASIDE,
    "merge_approved": Fate.MERGE_APPROVED,
    "by_hand": Fate.BY_HAND,
    "left_out": Fate.LEFT_OUT,
    "different_tax_id": Fate.BY_HAND,
    "different_currency": Fate.BY_HAND,
    "different_list": Fate.BY_HAND,
    "balance_unclear": Fate.BY_HAND,
    "parent_with_descendant": Fate.BY_HAND,
    "job_with_customer": Fate.BY_HAND,
    "different_level": Fate.BY_HAND,
    "different_parent": Fate.BY_HAND,
    "parent_unclear": Fate.BY_HAND,
    "same_name_below": Fate.BY_HAND,
    "full_name_too_long": Fate.BY_HAND,
    "too_many_levels": Fate.BY_HAND,
    "asked": Fate.UNDECIDED,
}


@dataclass(frozen=True, slots=True)
class Ends:
    """Decides where each record of the newest list ends, and which numbers go out."""

    numbered: Numbered
    blocked: Mapping[str, str]
    failed: Mapping[str, Failure]
    last: Mapping[str, tuple[str, Round]]
    newest: Received
    decided: Mapping[str, int]  # the place in the log of each client's number
    notes: Mapping[str, str]  # what a person said who left a client out
    waiting: bool

    def all(self) -> tuple[pl.DataFrame, tuple[tuple[str, str, str], ...]]:
        """Give record_id, number, fate, reason, detail; and what to send."""
        given = {row["record_id"]: row for row in self.numbered.given.iter_rows(named=True)}
        why = {left.record_id: left for left in self.numbered.left_out}
        rows, send = [], []
        names = ("record_id", "customer_number")
        for record, now in self.newest.export.table.select(names).iter_rows():
            if record not in given:
                rows.append(self._without(record, now, why[record]))
                continue
            wanted = given[record]["number"]
            fate, reason, detail, go = self._with(record, now, wanted)
            rows.append((record, wanted, fate.value, reason, detail))
            if go:
                send.append((record, wanted, given[record]["source"]))
        schema = dict.fromkeys(("record_id", "number", "fate", "reason", "detail"), pl.String)
        return pl.DataFrame(rows, schema=schema, orient="row"), tuple(send)

    def _without(
        self, record: str, now: str | None, left: LeftOut
    ) -> tuple[str, str | None, str, str, str]:
        reason = self.blocked.get(record, left.reason)
        detail = self.notes.get(record, left.detail)
        return record, now, FATE_OF.get(reason, Fate.LEFT_OUT).value, reason, detail

    def _with(self, record: str, now: str | None, wanted: str) -> tuple[Fate, str, str, bool]:
        if wanted == now:
            return Fate.UNCHANGED, "", "", False
        failure = self.failed.get(record)
        decided = self.decided.get(record, 0)
        held = hold(wanted, decided, self.last.get(record), failure, self.newest)
        if held == "failed":
            return Fate.LEFT_OUT, "failed", failure.message if failure else "", False
        if held is None:
            reason = "waits_for_work" if self.waiting else "waits_for_upload"
            return Fate.LEFT_OUT, reason, "", not self.waiting
        return Fate.UPLOADED, "", "", False
