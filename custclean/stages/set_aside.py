"""Who is proposed as no customer, as a table to read, and what a person says to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from custclean import html
from custclean.decisions import seen_fields, seen_of
from custclean.errors import InputError
from custclean.frames import to_polars
from custclean.model import Decision, Verdict
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from custclean.decisions import DecisionLog

__all__ = ["Proposals", "keep", "set_aside", "set_aside_table"]

SHOWN = "record_id display_name company email phone".split()
CUSTOMER = "customer"  # the class of those who are not proposed


@dataclass(frozen=True, slots=True)
class Proposals:
    """The records proposed as no customers, to read: `table` as of `set_aside_table`."""

    table: pl.DataFrame

    def __len__(self) -> int:
        return self.table.height

    def __iter__(self) -> Iterator[str]:
        """Give the record ids, so that `set_aside(proposals)` means all of them."""
        return iter(self.table["record_id"].to_list())

    def __repr__(self) -> str:
        counts = self.table.group_by("class").len().sort("class").iter_rows()
        found = ", ".join(f"{n} {kind}" for kind, n in counts)
        return f"Proposals({self.table.height} records{': ' if found else ''}{found})"

    def _repr_html_(self) -> str:
        return html.table(self.table, title=repr(self), plain=("class", "reasons", "vetoes"))


def set_aside_table(classes: object, table: object) -> pl.DataFrame:
    """List the records proposed as no customers: who, class, score, reasons, vetoes.

    The surest first, those with a veto (a reason to keep them) last; equals by id.
    """
    proposed = to_polars(classes).filter(pl.col("class") != CUSTOMER)
    whole = to_polars(table)
    shown = whole.select([name for name in SHOWN if name in whole.columns])
    vetoed = pl.col("vetoes").fill_null("") != ""
    columns = [*shown.columns, "class", "score", "reasons", "vetoes"]
    return (
        proposed.join(shown, on="record_id", how="inner")
        .sort(vetoed, -pl.col("score").cast(pl.Float64).fill_null(0.0), "record_id")
        .select(columns)
    )


def set_aside(
    log: DecisionLog, table: object, record_ids: Iterable[str], *, note: str = ""
) -> tuple[Decision, ...]:
    """Decide that these records of a raw table are no customers: all are saved, or none.

    Refused, like an undo, where the opposite was carried out in the target system.
    """
    return _decide(log, table, record_ids, Verdict.SET_ASIDE, note)


def keep(
    log: DecisionLog, table: object, record_ids: Iterable[str], *, note: str = ""
) -> tuple[Decision, ...]:
    """Decide that these records of a raw table are customers, whatever the screen says.

    Refused, like an undo, once one of them was removed in the target system.
    """
    return _decide(log, table, record_ids, Verdict.KEEP, note)


def _decide(
    log: DecisionLog, table: object, record_ids: Iterable[str], verdict: Verdict, note: str
) -> tuple[Decision, ...]:
    wanted = [record_ids] if isinstance(record_ids, str) else list(record_ids)
    found = to_polars(table).filter(pl.col("record_id").is_in(wanted))
    rows = {row["record_id"]: row for row in found.iter_rows(named=True)}
    unknown = [record for record in wanted if record not in rows]
    if unknown:
        raise InputError(tr("no such record"), value=unknown[0])
    seen = seen_fields(found.columns)
    return log.append_all(
        Decision((record,), verdict, seen_of(rows[record], None, seen), note=note)
        for record in wanted
    )
