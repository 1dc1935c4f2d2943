"""From the columns of a file to the fields of the model, by what a layout says.

A field may have several columns: what stands behind the dot tells them apart (`email.2`,
`street.home`). A value may stand in several: `when.start/1` is its day, `when.start/2` the
time. What kind of number `phone.1` is may stand in a column of its own, `phone.1@label`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from custclean.model import SEVERAL, fields_of
from custclean.tables.joined import WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from custclean.systems import Layout

__all__ = ["Fields", "base_of", "canonical_fields", "into_fields"]

JOINED = frozenset({"email", "phone", "mobile", "fax", "who", "categories"})
ADDRESS = ("street", "city", "region", "postcode", "country")
PERSON = ("given_name", "middle_name", "family_name")
TOGETHER = {  # fields that only say something together -> those that a block must have
    ADDRESS: ("street", "city", "postcode"),  # a block with only a country is no address
    PERSON: PERSON,
}
LINE_ENDS = {"street": "\n"}  # between columns that are one value: "street.bill/1", "/2"
LABEL = "@label"  # "Mobile" before a number that is no mobile by its looks
ADDRESSEES = ("display_name", "company", "parent")


@dataclass(frozen=True, slots=True)
class Fields:
    """The columns of the model that a file fills, and the columns it keeps beside them."""

    columns: Mapping[str, pl.Series]
    beside: tuple[int, ...]  # places of the file's columns that a field does not hold whole


def canonical_fields(kind: str) -> tuple[str, ...]:
    """Name the fields of a kind; what a target sends back has those of a customer."""
    return fields_of("customers" if kind == "error_log" else kind)


def base_of(name: str) -> str:
    """Name the field that a column of a layout is of.

    >>> base_of("street.home/2"), base_of("street/2"), base_of("email")
    ('street', 'street', 'email')
    """
    return re.split(r"[./]", name, maxsplit=1)[0]


def into_fields(frame: pl.DataFrame, layout: Layout, places: Mapping[str, int]) -> Fields:
    """Fill the fields of the model; a column that is not held value by value stays beside."""
    parts: defaultdict[str, list[tuple[str, pl.Series]]] = defaultdict(list)
    ordered = {
        name: frame.to_series(places[name]) for name in layout.headings if name in places
    }
    for name, series in _labelled(_whole(ordered)).items():
        base = base_of(name)
        split = layout.splits.get(name, layout.splits.get(base))
        if split is None:
            parts[base].append((name, series))
        else:
            for field, values in _taken_apart(series, split).items():
                parts[field].append((name, values))
    columns = {field: _one(field, found) for field, found in parts.items()}
    for fields in TOGETHER:
        columns |= _from_one_block(fields, parts)
    if "street" in columns and any("/" in name for name in ordered):
        columns["street"] = _without_addressee(columns)
    known = set(canonical_fields(layout.kind))
    columns = {name: columns[name].alias(name) for name in columns if name in known}
    held = {
        place
        for name, place in places.items()
        if (base := base_of(name)) in known
        and _holds(columns.get(base), frame.to_series(place))
    }
    return Fields(columns, tuple(n for n in range(frame.width) if n not in held))


def _whole(ordered: Mapping[str, pl.Series]) -> dict[str, pl.Series]:
    """Put columns that are parts of one value together, such as lines of an address."""
    found: defaultdict[str, list[pl.Series]] = defaultdict(list)
    for name, series in ordered.items():
        found[name.partition("/")[0]].append(series)
    return {
        name: series[0] if len(series) == 1 else _put_together(name, series)
        for name, series in found.items()
    }


def _put_together(name: str, series: list[pl.Series]) -> pl.Series:
    mark = LINE_ENDS.get(base_of(name), " ")
    both = pl.concat_str(_filled(series), separator=mark, ignore_nulls=True)
    return _text(both)


def _filled(series: Sequence[pl.Series]) -> list[pl.Expr]:
    """Give columns as expressions, an empty text as null."""
    return [pl.lit(each).replace("", None) for each in series]


def _text(expression: pl.Expr) -> pl.Series:
    return pl.select(text=expression.replace("", None))["text"]


def _labelled(columns: Mapping[str, pl.Series]) -> dict[str, pl.Series]:
    """Put each label before its value, as in a cell that holds both: "Mobile: number"."""
    return {
        name: _with_label(series, columns.get(f"{name}{LABEL}"))
        for name, series in columns.items()
        if not name.endswith(LABEL)
    }


def _with_label(series: pl.Series, labels: pl.Series | None) -> pl.Series:
    if labels is None:
        return series
    both = labels + ": " + series
    return both.zip_with(both.is_not_null(), series)


def _without_addressee(columns: Mapping[str, pl.Series]) -> pl.Series:
    """Leave out the first line of an address where it is one of the record's own names.

    QuickBooks Desktop writes the name there; the record has it in a field already.
    """
    height = len(columns["street"])
    names = [columns[name].to_list() for name in ADDRESSEES if name in columns]
    own = list(zip(*names, strict=True)) or [()] * height
    streets = []
    for street, known in zip(columns["street"], own, strict=True):
        first, _, rest = (street or "").partition("\n")
        is_name = _plain(first) in {_plain(name) for name in known if name}
        streets.append((rest or None) if is_name else street)
    return pl.Series(streets, dtype=pl.String)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _taken_apart(
    series: pl.Series, split: Callable[[str], Mapping[str, str]]
) -> dict[str, pl.Series]:
    """Take cells apart; what the split would leave as it is, is told for all cells at once."""
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, len(series))
    found, rest = {}, series.is_not_null()
    if split in WHOLE:
        field, pattern = WHOLE[split]
        whole = series.str.contains(pattern).fill_null(value=False)
        rest &= ~whole
        if whole.any():
            found[field] = series.zip_with(whole, nothing)
    places = rest.arg_true()
    cells = [split(cell) for cell in series.filter(rest)]
    for field in dict.fromkeys(field for cell in cells for field in cell):
        values = pl.Series([cell.get(field) for cell in cells], dtype=pl.String)
        found[field] = found.get(field, nothing.clone()).scatter(places, values)
    return found


def _one(field: str, found: list[tuple[str, pl.Series]]) -> pl.Series:
    """Put the columns of one field together: joined, or the first that holds anything."""
    series = [each for _, each in found]
    if len(series) == 1:
        return series[0]
    if field not in JOINED:
        return _text(pl.coalesce(_filled(series)))
    cells = pl.concat_list(_filled(series)).list.drop_nulls()
    return _text(cells.list.unique(maintain_order=True).list.join(SEVERAL))


def _from_one_block(
    fields: tuple[str, ...], parts: Mapping[str, list[tuple[str, pl.Series]]]
) -> dict[str, pl.Series]:
    """Take each row's address, or person, from the first block that holds one: never two."""
    blocks: defaultdict[str, dict[str, pl.Series]] = defaultdict(dict)
    for field in fields:
        for name, series in parts.get(field, []):
            base, _, block = name.partition(".")
            blocks[block if base in fields else name][field] = series
    if len(blocks) < 2:
        return {}
    telling = TOGETHER[fields]
    holds = [
        pl.any_horizontal([each.is_not_null() for each in _filled_of(block, telling)])
        for block in blocks.values()
    ]
    return {
        field: pl.select(
            text=_first([_cells(block, field) for block in blocks.values()], holds)
        ).to_series()
        for field in fields
        if field in parts
    }


def _filled_of(block: Mapping[str, pl.Series], telling: tuple[str, ...]) -> list[pl.Expr]:
    found = _filled([block[field] for field in telling if field in block])
    return found or [pl.lit(None, pl.String)]


def _cells(block: Mapping[str, pl.Series], field: str) -> pl.Expr:
    return pl.lit(block[field]) if field in block else pl.lit(None, pl.String)


def _first(cells: Sequence[pl.Expr], holds: Sequence[pl.Expr]) -> pl.Expr:
    """Take the cell of the first block that holds anything, of the first if none does."""
    chosen = cells[0]
    for cell, holding in zip(reversed(cells), reversed(holds), strict=True):
        chosen = pl.when(holding).then(cell).otherwise(chosen)
    return chosen


def _holds(field: pl.Series | None, column: pl.Series) -> bool:
    """Say whether a field has each value of a column as it stands."""
    if field is None:
        return column.null_count() == column.len()
    return not bool((column.is_not_null() & column.ne_missing(field)).any())
