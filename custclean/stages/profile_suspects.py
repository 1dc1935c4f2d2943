"""Values that nobody typed so: what Excel, a wrong encoding or an export did to them.

Nothing is changed, and a suspicion is no verdict: each is counted, with lines to look at.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from custclean.tables.encodings.misread import TELLING, mend
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Suspect", "suspects", "words"]

VALUE = pl.col("value")
N = pl.col("n")
MONTHS = (  # as Excel shortens them in our seven languages
    "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|gen|mag|giu|lug|ago|set|ott|dic|fev|abr"
    "|mai|out|dez|ene|janv|févr|mars|avr|juin|juil|août|sept|déc|mär|mrz|okt|maj"
)
ALWAYS: dict[str, str] = {  # what it is -> a pattern that no good value has
    "science": r"^[+-]?\d(?:[.,]\d+)?[Ee][+-]?\d{1,3}$",
    "formula_error": r"^#(?:REF!|NAME\?|VALUE!|DIV/0!|N/A|NULL!|NUM!|SPILL!|CALC!)$|^#{3,}$",
    "missing_word": r"^(?i:nan|none|null|nil|n/a|<na>|nat|undefined)$",
    "blanks": r"^\s|\s$",
    "controls": "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]",
    "total": r"(?i)^(?:(?:grand|sub)[ -]?)?(?:total|totale|totali|summe|gesamt|i alt)"
    r"(?: (?:for|di|de|del|du|für|general|général|geral|generale)\b.*)?:?$",
}
LIMITS = (255, 32_767)  # letters: a database's column, a cell of Excel
LONG_ID = r"^\d{16,}$"
ROUNDED = r"^\d{15}0+$"  # Excel keeps 15 digits
DIGITS = r"^\d+$"
# "1-2" and "3/12" as Excel shows them: nobody writes a date without its year in a whole column
DAY = rf"^(?:\d{{1,2}}[-. ]?(?i:{MONTHS})\.?|(?i:{MONTHS})\.?-\d{{2}})$"
DATE = (
    rf"^(?:\d{{4}}-\d\d-\d\d|\d{{1,2}}[-./]\d{{1,2}}[-./](?:\d{{2}}|\d{{4}})"
    rf"|\d{{1,2}}[-. ](?i:{MONTHS})\.?[-. ]\d{{2,4}})$"
)
CODE = r"^[^\s@]*\d[^\s@]*$"
USUAL = 0.6  # share of the values of a column that say what it holds
FEW = 0.5


class Suspect(NamedTuple):
    """One thing that is wrong with some values of a column."""

    what: str
    values: pl.Series  # the distinct values
    cells: int


def words() -> dict[str, str]:
    """Say what each suspicion is."""
    return {
        "science": tr("numbers that Excel has written as 9.13E+14"),
        "formula_error": tr("errors of a spreadsheet, as #REF! or #####"),
        "missing_word": tr("words for nothing, as nan or null"),
        "blanks": tr("blanks at the start or end"),
        "controls": tr("control characters"),
        "total": tr("a total among the rows"),
        "misread": tr("letters read in a wrong encoding, as SÃ¸ren"),
        "rounded": tr("long numbers that Excel has rounded: they end in zeros"),
        "lost_zeros": tr("shorter than most, which begin with zeros: zeros may be lost"),
        "dated": tr("dates without a year, or among codes: Excel may have made them"),
        "cut": tr("values of exactly 255 or 32,767 characters: the end may be cut off"),
    }


def suspects(counted: pl.DataFrame) -> Iterator[Suspect]:
    """Look through a column, given as its distinct values and how often each stands."""
    total = int(counted["n"].sum())
    odd = counted.filter(_odd())  # nearly always nothing: then one look is enough
    if len(odd):
        yield from _damaged(odd, counted, total)
    yield from _numbers(counted, total)


@cache
def _odd() -> pl.Expr:
    anything = "|".join(f"(?:{pattern})" for pattern in (*ALWAYS.values(), DAY, DATE))
    foreign = VALUE.str.len_bytes() > VALUE.str.len_chars()
    return VALUE.str.contains(anything) | foreign | VALUE.str.len_chars().is_in(LIMITS)


def _damaged(odd: pl.DataFrame, counted: pl.DataFrame, total: int) -> Iterator[Suspect]:
    for what, pattern in ALWAYS.items():
        yield from _found(what, odd.filter(VALUE.str.contains(pattern)))
    telling = odd.filter(VALUE.str.contains(TELLING))
    fixed = [mend(value) is not None for value in telling["value"]]
    yield from _found("misread", telling.filter(pl.Series(fixed, dtype=pl.Boolean)))
    cut = odd.filter(VALUE.str.len_chars().is_in(LIMITS))
    if len(cut) and cut["value"].str.len_chars().max() == _longest(counted):
        yield from _found("cut", cut)
    yield from _found("dated", _dated(odd, counted, total))


def _dated(odd: pl.DataFrame, counted: pl.DataFrame, total: int) -> pl.DataFrame:
    """Give the values that may have been codes; whole dates only among many codes."""
    date = VALUE.str.contains(DATE)
    codes = counted.filter(VALUE.str.contains(CODE) & ~date)["n"].sum()
    dates = date if codes > USUAL * total else pl.lit(value=False)
    return odd.filter(VALUE.str.contains(DAY) | dates)


def _found(what: str, rows: pl.DataFrame) -> Iterator[Suspect]:
    if len(rows):
        yield Suspect(what, rows["value"], int(rows["n"].sum()))


def _longest(counted: pl.DataFrame) -> int:
    return int(counted.select(VALUE.str.len_chars().max()).item())


def _numbers(counted: pl.DataFrame, total: int) -> Iterator[Suspect]:
    """Look at what is only digits: rounded to 15 of them, or robbed of its zeros."""
    digits = counted.filter(VALUE.str.contains(DIGITS))
    number = int(digits["n"].sum())
    if number < USUAL * total:
        return
    long, rounded = (digits.filter(VALUE.str.contains(each)) for each in (LONG_ID, ROUNDED))
    if len(rounded) > 1 and len(rounded) > FEW * len(long):
        yield from _found("rounded", rounded)
    lengths = digits.with_columns(width=VALUE.str.len_chars())
    widths = lengths.group_by("width").agg(N.sum()).sort("n", "width", descending=True)
    width, usual = widths["width"][0], int(widths["n"][0])
    zeros = lengths.filter((pl.col("width") == width) & VALUE.str.starts_with("0"))
    if width > 2 and usual >= USUAL * number and len(zeros):
        yield from _found("lost_zeros", lengths.filter(pl.col("width") < width))
