"""Which clients an upload holds: the new and changed numbers, byte for byte as downloaded."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from custclean.errors import ConflictError, SchemaError
from custclean.frames import to_polars
from custclean.model import LeftOut
from custclean.stages.number_form import key
from custclean.tables.cells import is_dangerous
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import polars as pl

__all__ = ["Chosen", "Row", "choose", "dangerous", "in_words"]

# values that only look like formulas; plain signed numbers are known to `is_dangerous`
_EMAIL = re.compile(r"[=+@-]?[\w.%+-]+@[\w-]+(\.[\w-]+)+")
_PHONE = re.compile(r"[+-]?[0-9 ()./,x#-]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One row for the target, and whose it is."""

    record_id: str
    company_id: str
    display_name: str
    number: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """Every client of the list once: in `rows`, in `left_out`, or counted."""

    rows: tuple[Row, ...]
    left_out: tuple[LeftOut, ...]
    unchanged: int
    outside: int  # not among the rows that were asked for again


def dangerous(value: str) -> bool:
    """Say whether a spreadsheet would run the value, and it is no phone, number or e-mail.

    >>> dangerous("=1+1"), dangerous("+45 12345678"), dangerous("=x@mail.example")
    (True, False, False)
    """
    harmless = _EMAIL.fullmatch(value) or _PHONE.fullmatch(value)
    return is_dangerous(value) and not harmless


@dataclass(frozen=True, slots=True)
class _Known:
    """What a row is measured against; rows by company id, reasons by record id."""

    shown: Mapping[str, Row]  # the newest download, or what is known of it
    complete: bool  # `shown` is a whole download: who is not in it is gone
    reasons: Mapping[str, LeftOut]
    ids: Mapping[str, int]  # how often each company id stands in the list
    again: frozenset[str] | None

    def fate(self, row: Row) -> LeftOut | str:
        """Say where a row belongs: left out, `outside`, `unchanged` or `upload`."""
        if self.again is not None and not self.again & {row.company_id, row.record_id}:
            return "outside"
        if row.record_id in self.reasons and not row.number:
            return self.reasons[row.record_id]
        if lacking := self._lacking(row):
            return LeftOut(row.record_id, lacking)
        here = self.shown.get(row.company_id)
        return "unchanged" if here and here.number == row.number else "upload"

    def _lacking(self, row: Row) -> str | None:
        if not row.company_id.strip():
            return "no_company_id"
        if not row.number.strip():
            return "no_number"
        if self.ids[row.company_id] > 1:
            return "duplicate_id"
        gone = self.complete and row.company_id not in self.shown
        return "not_in_download" if gone else None


def in_words(reason: str) -> str:
    """Say for a person why a client is in no file; an unknown reason stays as it is."""
    told = {
        "asked": tr("a question about its number is open"),
        "no_company_id": tr("it has no company id, and the target takes no row without"),
        "no_number": tr("it has no number"),
        "duplicate_id": tr("its company id stands twice in the list"),
        "not_in_download": tr("it is not in the newest download any more"),
        "too_long": tr("its number is longer than the target takes"),
        "duplicate_number": tr("another client was to get the same number"),
        "number_held": tr("another client still holds the number in the newest download"),
        "dangerous": tr("a spreadsheet would run a value of it as a formula"),
        "row_too_large": tr("its row alone is larger than a file may be"),
    }
    return told.get(reason, reason)


def choose(
    table: object, *, like: object | None, only: object | None, number_max: int
) -> Chosen:
    """Sort out which clients of `table` the target is told of, and how.

    `table`: a list with the intended numbers, or what `number` gave; `like`: the newest
    download, whose ids and names are taken as they stand; `only`: just these again.
    """
    wanted = _rows(to_polars(table))
    standing = _kept(table, wanted) if like is None else _rows(to_polars(like))
    known = _Known(
        shown=_by_id(standing),
        complete=like is not None,
        reasons={each.record_id: each for each in getattr(table, "left_out", ())},
        ids=Counter(row.company_id for row in wanted),
        again=None if only is None else _ids(only),
    )
    fates = [(row, known.fate(row)) for row in wanted]
    rows = [_as_shown(row, known.shown) for row, fate in fates if fate == "upload"]
    rows, refused = _fit(rows, standing, number_max)
    if like is not None:
        place = {row.company_id: at for at, row in enumerate(standing)}
        rows.sort(key=lambda row: place[row.company_id])
    count = Counter(fate for _, fate in fates if isinstance(fate, str))
    left = [fate for _, fate in fates if isinstance(fate, LeftOut)] + refused
    return Chosen(tuple(rows), tuple(sorted(left)), count["unchanged"], count["outside"])


def _as_shown(row: Row, shown: Mapping[str, Row]) -> Row:
    here = shown.get(row.company_id, row)
    return replace(row, display_name=here.display_name)


def _fit(
    rows: Sequence[Row], standing: Iterable[Row], number_max: int
) -> tuple[list[Row], list[LeftOut]]:
    """Take out what the target would refuse and what must not reach a spreadsheet."""
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for row in standing:
        if row.number.strip():
            holders[key(row.number)].add(row.company_id)
    wanting = Counter(key(row.number) for row in rows)
    fit, refused = [], []
    for row in rows:
        if reason := _unfit(row, wanting, holders, number_max):
            refused.append(LeftOut(row.record_id, *reason))
        else:
            fit.append(row)
    return fit, refused


def _unfit(
    row: Row, wanting: Mapping[str, int], holders: Mapping[str, set[str]], number_max: int
) -> tuple[str, str] | None:
    wanted = key(row.number)
    if len(row.number) > number_max:
        return "too_long", "customer_number"
    if wanting[wanted] > 1:
        return "duplicate_number", ""
    if holders.get(wanted, set()) - {row.company_id}:
        return "number_held", ""  # by another client of the download: free after a later one
    fields = {
        "company_id": row.company_id,
        "display_name": row.display_name,
        "customer_number": row.number,
    }
    held_back = [name for name, value in fields.items() if dangerous(value)]
    return ("dangerous", ", ".join(held_back)) if held_back else None


def _rows(frame: pl.DataFrame) -> list[Row]:
    if "company_id" not in frame.columns:
        raise SchemaError(tr("the table lacks a column"), column="company_id")
    names = ("record_id", "company_id", "display_name", "customer_number")
    columns = [_texts(frame, name) for name in names]
    return [
        Row(record or company or f"#{place}", company, name, number)
        for place, (record, company, name, number) in enumerate(zip(*columns, strict=True), 1)
    ]


def _texts(frame: pl.DataFrame, name: str) -> list[str]:
    if name not in frame.columns:
        return [""] * frame.height
    return ["" if value is None else str(value) for value in frame[name].to_list()]


def _kept(table: object, wanted: Sequence[Row]) -> list[Row]:
    """Give the rows that show their number already, where there is no download to ask."""
    given = getattr(table, "given", None)
    if given is None:
        return []
    kept = {who for who, _, source in given.iter_rows() if source == "kept"}
    return [row for row in wanted if row.record_id in kept]


def _by_id(rows: Iterable[Row]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        if not row.company_id.strip():
            continue
        if row.company_id in found:
            raise ConflictError(
                tr("a company id stands twice in the download"),
                column="company_id",
                value=row.company_id,
                expected=tr("a download that no spreadsheet has changed"),
            )
        found[row.company_id] = row
    return found


def _ids(only: object) -> frozenset[str]:
    frame = to_polars(getattr(only, "rows", only))
    found = {each for name in ("record_id", "company_id") for each in _texts(frame, name)}
    return frozenset(found - {""})
