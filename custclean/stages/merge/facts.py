"""What the rules go by: of each row a number that is higher the better, null where unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from custclean.errors import InputError
from custclean.text import day
from custclean.text.plan import on_plan
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from custclean.stages.merge.rules import Asked

__all__ = ["Facts", "Sources", "as_text", "facts_of", "plans", "seconds"]

Sources = "Sequence[str] | Mapping[str, Sequence[str]]"
DATES = ("last_activity", "created")
SOURCES = ("source_file", "system")


@dataclass(frozen=True, slots=True)
class Facts:
    """Columns of numbers, by rule; only those of the rules that were asked for."""

    by_rule: Mapping[str, pl.Series]

    def of(self, rule: str) -> pl.Series:
        """Give what a rule goes by."""
        return self.by_rule[rule]


def as_text(column: pl.Series) -> pl.Series:
    """Give values as text, each alike whatever else is in its column."""
    if column.dtype == pl.String:
        return column
    if not (column.dtype.is_nested() or column.dtype in (pl.Binary, pl.Object)):
        try:
            return column.cast(pl.String)
        except pl.exceptions.PolarsError:  # a duration, pandas' periods
            pass
    texts = [None if value is None else str(value) for value in column.to_list()]
    return pl.Series(column.name, texts, dtype=pl.String)


def facts_of(
    frame: pl.DataFrame,
    asked: Asked,
    *,
    counted: pl.DataFrame,
    booked: tuple[pl.Series, pl.Series] | None,
    sources: Sequence[str] | Mapping[str, Sequence[str]] | None,
) -> Facts:
    """Work out what the rules go by, each rule once.

    `counted`: the cells, as text, that make a record complete; blank ones null. `booked`: of
    each row how many transactions it has, and when the last one was.
    """
    makers: dict[str, Callable[[], pl.Series]] = {
        "subscription": partial(plans, frame),
        "most_complete": partial(_filled, counted),
        "most_transactions": partial(_booked, booked),
        "source_order": partial(_trust, frame, sources),
    }
    found = {rule: makers[rule]() for rule in asked.words & set(makers)}
    for rule in asked.words:
        name, _, column = rule.partition(":")
        if name == "newest":
            found[rule] = _moments(frame, column, booked)
    return Facts(found)


def plans(frame: pl.DataFrame) -> pl.Series:
    """Tell who is on a plan: 1, 0, or null where the table does not say."""
    if "subscription" not in frame.columns:
        return pl.Series([None] * frame.height, dtype=pl.Int64)
    said = {True: 1, False: 0, None: None}
    return _mapped(as_text(frame["subscription"]), lambda text: said[on_plan(text)], pl.Int64)


def _mapped(
    column: pl.Series, reads: Callable[[str], float | None], dtype: type[pl.DataType]
) -> pl.Series:
    """Read each different text once."""
    values = column.unique().drop_nulls().to_list()
    known = {text: reads(text) for text in values}
    return pl.Series([known.get(text) for text in column.to_list()], dtype=dtype)


def _filled(texts: pl.DataFrame) -> pl.Series:
    if not texts.width:
        return pl.Series([0] * texts.height, dtype=pl.Int64)
    filled = pl.sum_horizontal(pl.all().is_not_null().cast(pl.Int64))
    return texts.select(filled.alias("filled"))["filled"]


def _booked(booked: tuple[pl.Series, pl.Series] | None) -> pl.Series:
    if booked is None:
        raise InputError(tr("the rule {rule} needs {what}", rule="most_transactions",
                            what="transactions="))  # fmt: skip
    return booked[0]


def _moments(
    frame: pl.DataFrame, column: str, booked: tuple[pl.Series, pl.Series] | None
) -> pl.Series:
    """Give when each row was last touched, in seconds."""
    names = [column] if column else [name for name in DATES if name in frame.columns]
    found = [seconds(as_text(frame[name])) for name in names]
    if booked is not None and not column:
        found.append(booked[1])
    if not found:
        raise InputError(tr("the rule {rule} needs {what}", rule="newest",
                            what=", ".join((*DATES, "newest:column"))))  # fmt: skip
    return pl.DataFrame([each.alias(str(n)) for n, each in enumerate(found)]).max_horizontal()


def seconds(texts: pl.Series) -> pl.Series:
    """Give the moments of a column of dates as numbers, null where a text is none."""
    first = day.days_first(texts.drop_nulls().unique())

    def reads(text: str) -> float | None:
        moment = day.read(text, day_first=first)
        return None if moment is None else moment.timestamp()

    return _mapped(texts, reads, pl.Float64)


def _trust(
    frame: pl.DataFrame, sources: Sequence[str] | Mapping[str, Sequence[str]] | None
) -> pl.Series:
    """Rank rows by where they are from; who is from no source that is named comes last."""
    named = () if sources is None else sources
    given = named if isinstance(named, Mapping) else dict.fromkeys(SOURCES, named)
    orders = {name: list(order) for name, order in given.items()}
    if not any(orders.values()):
        raise InputError(tr("the rule {rule} needs {what}", rule="source_order",
                            what="sources="))  # fmt: skip
    last = max(map(len, orders.values()), default=0)
    best = [_places(frame, name, order, last) for name, order in orders.items()]
    return -pl.DataFrame([each.alias(str(n)) for n, each in enumerate(best)]).min_horizontal()


def _places(frame: pl.DataFrame, name: str, order: Sequence[str], last: int) -> pl.Series:
    """Give each row's place in an order, `last` to who is from none that is named."""
    if name not in frame.columns:
        return pl.Series([last] * frame.height, dtype=pl.Int64)
    places = {text: n for n, text in reversed(list(enumerate(order)))}
    texts = as_text(frame[name]).to_list()
    return pl.Series([places.get(text, last) for text in texts], dtype=pl.Int64)
