"""Hold two downloads against the plan: done, not done, unexpectedly changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import polars as pl

from custclean import html
from custclean.errors import InputError
from custclean.frames import canonical, to_polars
from custclean.words import tr

__all__ = ["PLAN", "Verification", "verify"]

OURS = ("record_id", "system", "kind", "source_file", "source_row")
PLAN = ("record_id", "field", "expected", "need")
BESIDE = "extra: "  # before the name of a column that is no field


@dataclass(frozen=True, slots=True)
class Verification:
    """What a fresh download shows.

    `done`, `not_done`: record_id, field, expected, found. `left`: the same for what a
    person may, but need not do. `unexpected`: record_id, field, before, after: every
    other difference; field `record` stands for a record that came or went.
    """

    done: pl.DataFrame
    not_done: pl.DataFrame
    left: pl.DataFrame
    unexpected: pl.DataFrame

    def __bool__(self) -> bool:
        return self.not_done.is_empty() and self.unexpected.is_empty()

    def __repr__(self) -> str:
        return (
            f"Verification({self.done.height} done, {self.not_done.height} not done, "
            f"{self.unexpected.height} unexpectedly changed)"
        )

    def _repr_html_(self) -> str:
        wrong = self.unexpected if self.not_done.is_empty() else self.not_done
        return html.table(wrong, title=repr(self))


def verify(before: Any, after: Any, plan: Any) -> Verification:
    """Compare two downloads of one list, every cell of them, with what was planned.

    `before`, `after`: exports (then every original column counts) or canonical tables.
    `plan`: work orders, an upload, several of them in a list, or a frame record_id,
    field, expected, need (`must` or `may`); field `record` with no expected value: gone.
    """
    both = _beside(before) & _beside(after)
    old, new = _cells(before, both), _cells(after, both)
    planned = _plan(plan)
    found = planned.join(
        new.select("record_id", "field", found="value"), on=["record_id", "field"], how="left"
    )
    fulfilled = pl.col("expected").eq_missing(pl.col("found"))
    columns = ["record_id", "field", "expected", "found"]
    must = found.filter(pl.col("need") == "must")
    return Verification(
        done=found.filter(fulfilled).select(columns),
        not_done=must.filter(~fulfilled).select(columns),
        left=found.filter((pl.col("need") == "may") & ~fulfilled).select(columns),
        unexpected=_unexpected(old, new, planned),
    )


def _unexpected(old: pl.DataFrame, new: pl.DataFrame, planned: pl.DataFrame) -> pl.DataFrame:
    pairs = old.join(
        new, on=["record_id", "field"], how="full", coalesce=True, suffix="_after"
    )
    changed = pairs.filter(~pl.col("value").eq_missing(pl.col("value_after")))
    came_or_went = changed.filter(pl.col("field") == "record").select("record_id")
    cells = changed.join(came_or_went, on="record_id", how="anti")
    records = changed.filter(pl.col("field") == "record")
    return (
        pl.concat([records, cells])
        .join(planned, on=["record_id", "field"], how="anti")
        .join(_echoes(cells, planned), on=["record_id", "field"], how="anti")
        .select("record_id", "field", before="value", after="value_after")
        .sort("record_id", "field")
    )


def _echoes(cells: pl.DataFrame, planned: pl.DataFrame) -> pl.DataFrame:
    """Give the cells of the columns beside the fields that say over what was ordered.

    That is the raw cell of an ordered field, or one that holds it with others: a whole name.
    What came into it are words of the new values, what went are words of the old ones.
    """
    ordered = cells.join(planned, on=["record_id", "field"]).filter(
        pl.col("value_after").eq_missing(pl.col("expected"))
    )
    words: dict[str, tuple[set[str], set[str]]] = {}
    for record, old, new in ordered.select("record_id", "value", "value_after").rows():
        came, went = words.setdefault(record, (set(), set()))
        came |= _words(new)
        went |= _words(old)
    beside = cells.filter(
        pl.col("field").str.starts_with(BESIDE) & pl.col("record_id").is_in(list(words))
    )
    told = [
        bool(new) and new <= words[record][0] and old <= words[record][1]
        for record, value, after in beside.select("record_id", "value", "value_after").rows()
        for old, new in [(_words(value) - _words(after), _words(after) - _words(value))]
    ]
    return beside.filter(pl.Series(told, dtype=pl.Boolean))


def _words(value: str | None) -> set[str]:
    return set(re.split(r"[\s,;]+", value or "")) - {""}


def _beside(download: Any) -> set[str]:
    """Name the columns beside the fields; which ones a person had ticked is no change."""
    extra = getattr(download, "extra", None)
    return set(extra.columns) - {"record_id"} if isinstance(extra, pl.DataFrame) else set()


def _cells(download: Any, beside: set[str]) -> pl.DataFrame:
    """Give every cell as record_id, field, value; plus one `record` cell each."""
    table = canonical(download, "record_id").with_columns(record=pl.col("record_id"))
    parts = [table.drop([name for name in OURS[1:] if name in table.columns])]
    if beside:
        columns = pl.col(sorted(beside)).name.prefix(BESIDE)
        parts.append(download.extra.select("record_id", columns))
    return pl.concat(
        part.cast(pl.String)
        .unpivot(index="record_id", variable_name="field", value_name="value")
        .filter(pl.col("value").is_not_null())
        for part in parts
    )


def _plan(plan: Any) -> pl.DataFrame:
    if isinstance(plan, list | tuple):
        return pl.concat([_plan(each) for each in plan] or [_empty()]).unique(
            ["record_id", "field"], keep="last", maintain_order=True
        )
    if hasattr(plan, "plan"):
        plan = plan.plan
    elif hasattr(plan, "rows") and not isinstance(plan, pl.DataFrame):
        plan = plan.rows.select(
            "record_id",
            field=pl.lit("customer_number"),
            expected="number",
            need=pl.lit("must"),
        )
    frame = to_polars(plan)
    if "need" not in frame.columns:
        frame = frame.with_columns(need=pl.lit("must"))
    missing = [name for name in PLAN if name not in frame.columns]
    if missing:
        raise InputError(tr("the plan lacks {names}", names=", ".join(missing)))
    return frame.select(PLAN).cast(pl.String)


def _empty() -> pl.DataFrame:
    return pl.DataFrame(schema=dict.fromkeys(PLAN, pl.String))
