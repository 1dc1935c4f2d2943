"""What forbids a merge whatever anybody says: facts that cannot both be one client's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from custclean.stages.merge.facts import as_text, plans
from custclean.systems import SYSTEMS
from custclean.text import tax_id
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

__all__ = ["Refusals", "different_tax_ids", "refused"]

Refusals = dict[int, tuple[str, str]]
"""Why groups are not merged: code and detail, by the number of the group."""

_PREFIX = re.compile(r"^[A-Z]{2}(?=\d)")  # with and without its country, one number


def _tax(value: str) -> str:
    """Give a tax id for comparing; an id that cannot be one says nothing."""
    return _PREFIX.sub("", tax_id.clean(value) or "")


def _tax_digits(value: str) -> str:
    return "".join(filter(str.isdigit, tax_id.clean(value) or ""))


# a currency cannot change (formats.md 2.5)
MUST_AGREE: dict[str, Callable[[str], str]] = {
    "tax_id": _tax,
    "currency": lambda value: value.strip().casefold(),
}
"""Fields whose different values forbid a merge, and the form in which they are compared."""


def refused(texts: pl.DataFrame, members: pl.DataFrame) -> Refusals:
    """Say which groups of clients cannot be merged: the first reason of each."""
    found: Refusals = {}
    for field, form in MUST_AGREE.items():
        if field in texts.columns:
            for no in _differing(texts[field], members, form):
                found.setdefault(no, (f"different_{field}", field))
    for no, kinds in _apart(texts, members):
        found.setdefault(no, ("different_list", kinds))
    on_plan = members.with_columns(plan=plans(texts).gather(members["row"]))
    several = on_plan.group_by("no").agg(pl.col("plan").sum()).filter(pl.col("plan") > 1)
    for no in several["no"]:
        found.setdefault(
            no, ("two_subscriptions", tr("related, separate books: both are on a plan"))
        )
    return found


def different_tax_ids(
    frame: pl.DataFrame, members: pl.DataFrame, columns: Collection[str]
) -> Refusals:
    """Say which groups of any table hold several valid numbers in one of these columns."""
    found: Refusals = {}
    for name in columns:
        for no in _differing(frame[name], members, _tax_digits):
            found.setdefault(no, ("different_tax_id", name))
    return found


def _differing(
    column: pl.Series, members: pl.DataFrame, form: Callable[[str], str]
) -> list[int]:
    """Give the groups in which a column has several values."""
    texts = as_text(column.gather(members["row"]))
    forms = {text: form(text) for text in texts.unique().drop_nulls()}
    compared = pl.Series([forms.get(text, "") for text in texts.to_list()], dtype=pl.String)
    filled = members.select("no", value=compared).filter(pl.col("value") != "")
    counts = filled.group_by("no").agg(pl.col("value").n_unique())
    return counts.filter(pl.col("value") > 1)["no"].sort().to_list()


def _apart(texts: pl.DataFrame, members: pl.DataFrame) -> Iterator[tuple[int, str]]:
    """Give the groups that hold, of one system, rows of lists that it keeps apart."""
    if not {"system", "kind"} <= set(texts.columns):
        return
    columns = texts.select("system", "kind")[members["row"]]
    kinds = members.select("no").hstack(columns).drop_nulls().unique()
    pairs = [(name, kind) for name, system in SYSTEMS.items() for kind in system.apart]
    known = pl.DataFrame(pairs, schema=["system", "kind"], orient="row")
    mixed = (
        kinds.join(known, on=["system", "kind"], how="semi")
        .group_by("no", "system")
        .agg(pl.col("kind").sort())
        .filter(pl.col("kind").list.len() > 1)
    )
    for no, several in mixed.sort("no", "system").select("no", "kind").iter_rows():
        yield no, ", ".join(several)
