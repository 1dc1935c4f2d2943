"""Which row without an id of its own is likely an earlier one, edited: what both share."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from custclean.project.pairing import sure_pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["Likeness", "Strangers", "Traits", "resembling", "traits_of"]

# what tells one record from another; neither a country nor a kind of client does
TRAITS = (
    "name company email phone mobile fax website street tax_id ean customer_number".split()
)
NAME, TAX = TRAITS.index("name"), TRAITS.index("tax_id")
PARENT = len(TRAITS)  # stands behind the traits, and is none: all jobs of a client share it
CROWD = 20  # a value that more rows share than this leads to nobody
SHOWN = 3

Traits = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """`links`: the earlier record -> the row that it is now; `perhaps`: what it may be."""

    links: Mapping[int, str] = field(default_factory=dict)
    perhaps: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def traits_of(table: pl.DataFrame) -> dict[str, Traits]:
    """Give for each record what is compared, bare of case and signs; then its parent."""
    names = pl.concat_str("given_name", "family_name", separator=" ", ignore_nulls=True)
    leaf = pl.col("display_name").str.split(":").list.last()
    name = pl.when(pl.col("parent").is_null()).then(pl.col("display_name")).otherwise(leaf)
    plain = table.select(
        "record_id",
        name=_bare(pl.coalesce(name, "company", names)),
        company=_bare(pl.col("company")),
        email=_bare(pl.col("email")),
        phone=_digits(pl.col("phone")),
        mobile=_digits(pl.col("mobile")),
        fax=_digits(pl.col("fax")),
        website=_bare(pl.col("website")),
        street=_bare(pl.concat_str("street", "postcode", ignore_nulls=True)),
        tax_id=_bare(pl.col("tax_id")),
        ean=_bare(pl.col("ean")),
        customer_number=_bare(pl.col("customer_number")),
        parent=_bare(pl.col("parent")),
    ).with_columns(  # said twice is said once
        _unless("company", "name"),
        _unless("mobile", "phone"),
    )
    return {row[0]: row[1:] for row in plain.iter_rows()}


def _bare(text: pl.Expr) -> pl.Expr:
    bare = text.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]", "")
    return pl.when(bare != "").then(bare)


def _digits(text: pl.Expr) -> pl.Expr:
    bare = text.str.replace_all(r"\D", "").str.tail(8)  # with and without the country
    return pl.when(bare != "").then(bare)


def _unless(column: str, other: str) -> pl.Expr:
    return pl.when(pl.col(column).ne_missing(pl.col(other))).then(pl.col(column)).alias(column)


def resembling(
    lost: Mapping[int, Traits],
    fresh: Mapping[str, Traits],
    before: Sequence[Traits],
    now: Sequence[Traits],
    contents: tuple[Mapping[int, object], Mapping[str, object]] | None = None,
) -> Likeness:
    """Find for each record that is gone the new row that it has become, if one surely is.

    `before` and `now`: all other rows of the two downloads. A link needs a value that
    nobody else has, or most of them; a row that looks more like one of `before` is a copy
    of that one; and of two that fit equally well neither is taken, unless their whole
    `contents` are equal.
    """
    values = {pair for each in fresh.values() for pair in _held(each)}
    old = _Side([*lost.values(), *before], values)
    new = _Side([*fresh.values(), *now], values)
    among = _Side(before, values)
    best = {row: among.best(traits) for row, traits in fresh.items()}
    costs: dict[tuple[int, str], int] = {}
    maybe: dict[int, list[tuple[int, str]]] = {}
    for number, row, score in _candidates(lost, fresh):
        traits = lost[number], fresh[row]
        alone = any(
            old.count[pair] == new.count[pair] == 1
            for pair in set(_held(traits[0])) & set(_held(traits[1]))
        )
        maybe.setdefault(number, []).append((-score, row))
        if _fits(*traits, score, alone=alone) and best[row] <= score:
            costs[number, row] = -score
    links = sure_pairs(costs, *(contents or (lost, fresh)))
    perhaps = {
        number: tuple(row for _, row in sorted(rows)[:SHOWN])
        for number, rows in maybe.items()
        if number not in links
    }
    return Likeness(links, perhaps)


class Strangers:
    """The rows of a newer download that an earlier one has not, by what they hold."""

    def __init__(self, then: pl.DataFrame, now: pl.DataFrame) -> None:
        self._then = traits_of(then)
        self._fresh = {k: row for k, row in traits_of(now).items() if k not in self._then}
        self._by_value: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
        for name, row in self._fresh.items():
            for pair in _held(row):
                self._by_value[pair].append(name)

    def like(self, record: str) -> Likeness:
        """Say which of them a record of the earlier one (0 in what is given) may be."""
        lost = self._then[record]
        near = {name for pair in _held(lost) for name in self._by_value.get(pair, ())}
        return resembling(
            {0: lost}, {name: self._fresh[name] for name in sorted(near)}, [], []
        )


class _Side:
    """The rows of a download by the values that matter, and how many hold each."""

    def __init__(self, rows: Iterable[Traits], values: set[tuple[int, str]]) -> None:
        self._by_value: defaultdict[tuple[int, str], list[Traits]] = defaultdict(list)
        for row in rows:
            for pair in _held(row):
                if pair in values:
                    self._by_value[pair].append(row)
        self.count = Counter({pair: len(held) for pair, held in self._by_value.items()})

    def best(self, row: Traits) -> int:
        """Say how much the row that is most like this one has in common with it."""
        others = (
            other for pair in _held(row) if self.count[pair] <= CROWD
            for other in self._by_value[pair]
        )  # fmt: skip
        return max((_score(other, row) for other in others), default=-len(TRAITS))


def _candidates(
    lost: Mapping[int, Traits], fresh: Mapping[str, Traits]
) -> Iterator[tuple[int, str, int]]:
    by_value: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for number, row in lost.items():
        for pair in _held(row):
            by_value[pair].append(number)
    for name, row in fresh.items():
        near = {
            number
            for pair in _held(row)
            if len(by_value.get(pair, ())) <= CROWD
            for number in by_value.get(pair, ())
        }
        for number in sorted(near):
            yield number, name, _score(lost[number], row)


def _held(row: Traits) -> list[tuple[int, str]]:
    return [(place, value) for place, value in enumerate(row[:PARENT]) if value is not None]


def _score(one: Traits, other: Traits) -> int:
    """Count the traits that agree less those that differ; another tax id counts twice."""
    agree, differ = _compared(one, other)
    return agree - differ


def _compared(one: Traits, other: Traits) -> tuple[int, int]:
    both = [
        (place, a == b)
        for place, (a, b) in enumerate(zip(one[:PARENT], other[:PARENT], strict=True))
        if a is not None and b is not None
    ]
    agree = sum(same for _, same in both)
    differ = sum(2 if place == TAX else 1 for place, same in both if not same)
    return agree, differ


def _fits(one: Traits, other: Traits, score: int, *, alone: bool) -> bool:
    """Tell whether two rows may be one: jobs of one client differ by their name alone."""
    if one[PARENT] is not None and other[PARENT] is not None and one[NAME] != other[NAME]:
        return False
    agree, _ = _compared(one, other)
    return (agree > 1 and score > 0) or (alone and score >= 0)
