"""Where every record of the cleaned list ends: exactly one place, or the run stops."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from custclean.errors import ConflictError
from custclean.model import Fate
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

__all__ = ["Balance", "balance"]

FATES = ("record_id", "company_id", "display_name", "number", "fate", "reason", "detail")


@dataclass(frozen=True, slots=True)
class Balance:
    """`fates`: every record once, with its fate and reason; `counts`: records a fate."""

    fates: pl.DataFrame
    counts: Mapping[str, int]
    rows: int

    def __repr__(self) -> str:
        parts = ", ".join(f"{count} {fate}" for fate, count in self.counts.items() if count)
        return f"Balance({self.rows} = {parts})"


def balance(table: pl.DataFrame, fates: pl.DataFrame, *, rejected: int) -> Balance:
    """Check that each record of the list has one fate and that the sum is the list.

    `fates`: record_id, number, fate, reason, detail. `rejected`: rows of the file that
    could not be read as records; they count, but have no record id.
    """
    if fates["record_id"].n_unique() != fates.height or fates.height != table.height:
        raise ConflictError(
            tr("the balance does not hold: a record ends in two places, or in none"),
            value=f"{fates.height} of {table.height}",
        )
    joined = table.select("record_id", "company_id", "display_name").join(
        fates, on="record_id", how="left"
    )
    if joined["fate"].null_count():
        raise ConflictError(tr("the balance does not hold: a record ends in no list"))
    found = dict(joined.group_by("fate").len().iter_rows())
    counts = {fate.value: found.pop(fate.value, 0) for fate in Fate}
    counts[Fate.REJECTED] += rejected
    if found or sum(counts.values()) != table.height + rejected:
        raise ConflictError(tr("the balance does not hold"), value=sorted(found))
    return Balance(joined.select(FATES), counts, table.height + rejected)
