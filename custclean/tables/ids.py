"""The id of a record, stable from one export to the next, and ids that Excel damaged."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import polars as pl

from custclean.errors import DamagedIdsError
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

__all__ = ["check_ids", "family_of", "record_ids"]

BETWEEN = "\x1f"  # the control character made for this; in no cell that a person typed
HASHED = 12  # hex digits: equal hashes of different rows get ordinals like equal rows
MADE_HERE = re.compile(rf"([^:]*:[^:]*:#[0-9a-f]{{{HASHED}}})(?:-\d+)?")
EXPONENT = re.compile(r"\d+(?:[.,]\d+)?E\+?\d+|\d+[.,]0+|#{2,}", re.IGNORECASE)
EXCEL_DIGITS = 15  # what a number keeps in Excel; the digits behind it become 0
ROUNDED_LEAST = 4  # one id in ten ends in 0 by nature: four of which most do are no chance


def record_ids(
    prefix: str, natives: pl.Series, identifying: pl.DataFrame, content: pl.DataFrame
) -> pl.Series:
    """Give each row its id: by the native one, else by a hash of the identifying values.

    Rows of one hash are counted in the order of all their `content`, so that the order
    of rows in the file does not matter.
    """
    own = natives.str.strip_chars()
    bare = own.is_null() | (own == "")
    texts = pl.concat_str(pl.all().fill_null(""), separator=BETWEEN)
    hashed = [
        "#" + hashlib.sha256(text.encode("utf-8")).hexdigest()[:HASHED]
        for text in identifying.filter(bare).select(texts).to_series()
    ]
    bodies = pl.Series(hashed, dtype=pl.String)
    places = bare.arg_true()
    twins = bodies.is_duplicated()
    if twins.any():
        bodies = _counted(bodies, twins, content[places])
    return (prefix + ":" + own.scatter(places, bodies)).alias("record_id")


def family_of(record_id: str) -> str | None:
    """Give what all records of one hash share of their ids; None: the id is a native one.

    >>> family_of("generic:customers:#0123456789ab-2"), family_of("e-conomic:customers:17")
    ('generic:customers:#0123456789ab', None)
    """
    found = MADE_HERE.fullmatch(record_id)
    return None if found is None else found[1]


def _counted(hashes: pl.Series, twins: pl.Series, content: pl.DataFrame) -> pl.Series:
    """Put an ordinal behind all but the first of rows with the same hash."""
    places = twins.arg_true().to_list()
    rows = content.filter(twins).rows()
    alike: defaultdict[str, list[tuple[list[str], int]]] = defaultdict(list)
    for place, row, own in zip(places, rows, hashes.filter(twins), strict=True):
        alike[own].append(([value or "" for value in row], place))
    named = hashes.to_list()
    for group in alike.values():
        for ordinal, (_, place) in enumerate(sorted(group)[1:], 2):
            named[place] += f"-{ordinal}"
    return pl.Series(named, dtype=pl.String)


def check_ids(
    path: Path,
    ids: Sequence[str | None],
    lines: Sequence[int],
    column: str,
    inexact: Collection[int] = (),
) -> None:
    """Raise an error if ids are in exponent form, rounded or there twice.

    `inexact` are the lines on which a number cell has lost digits.
    """
    held = [(own.strip(), line) for own, line in zip(ids, lines, strict=True) if own]
    held = [(own, line) for own, line in held if own]
    damage = _exponent(held) or _cut(held, inexact) or _rounded(held) or _twice(held)
    if damage is None:
        return
    message, value, line = damage
    raise DamagedIdsError(
        message,
        file=path,
        line=line,
        column=column,
        value=value,
        expected=tr("the file as downloaded: download again, do not open in Excel"),
    )


Damage = tuple[str, str, int]


def _exponent(held: Sequence[tuple[str, int]]) -> Damage | None:
    for own, line in held:
        if EXPONENT.fullmatch(own):
            return tr("Excel has turned this id into a number"), own, line
    return None


def _cut(held: Sequence[tuple[str, int]], inexact: Collection[int]) -> Damage | None:
    for own, line in held:
        if line in inexact:
            return (
                tr("this id was stored as a number, which has lost its last digits"),
                own,
                line,
            )
    return None


def _rounded(held: Sequence[tuple[str, int]]) -> Damage | None:
    long = [(own, line) for own, line in held if own.isdigit() and len(own) > EXCEL_DIGITS]
    rounded = [(own, line) for own, line in long if not own[EXCEL_DIGITS:].strip("0")]
    if len(rounded) < ROUNDED_LEAST or 2 * len(rounded) <= len(long):
        return None
    return (tr("Excel has rounded the ids to {n} digits", n=EXCEL_DIGITS), *rounded[0])


def _twice(held: Sequence[tuple[str, int]]) -> Damage | None:
    counts = Counter(own for own, _ in held)
    seen: dict[str, int] = {}
    for own, line in held:
        if own in seen:
            return tr("the id stands on line {first} already", first=seen[own]), own, line
        if counts[own] > 1:
            seen[own] = line
    return None
