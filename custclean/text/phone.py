"""Telephone numbers.

>>> clean("020 7946 0018", "GB")
'+442079460018'
>>> clean("call me", "GB") is None
True
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import phonenumbers

from custclean.folding import tidy

if TYPE_CHECKING:
    import polars as pl

__all__ = ["clean", "key", "number_of"]

_EXTENSION = (
    r"(?i)[\s,;]*(?:extension|ext|x|int|interno|ramal|poste|lokal|lok|durchwahl|dw|#)"
    r"[.:]?\s*\d{1,6}\s*$"
)
_LABEL = re.compile(r"^[^\d+(]*[:.]\s*")
_ABROAD = re.compile(r"^\(?00(?=[1-9])")  # dialled so nearly everywhere
# the calling codes of E.164: one digit, two digits, else three
_CALLING = (
    r"^(?:\+|00)(?:1|7|2[07]|3[0-4]|36|39|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]"
    r"|(?:2[1-689]|3[578]|42|5[09]|6[7-9]|8[03578]|9[679])\d)"
)
# without a plus only what is too long for any number at home
_LONG = r"^(?:39|44|49|55)(\d{10,11})$"
# no area there begins with 0 or 1, or has 9 in the middle: "19 9..." is a Brazilian mobile
_AMERICAN = r"^1([2-9][0-8]\d{8})$"
_PLACEHOLDER = r"^(?:0+|1+|2+|3+|4+|5+|6+|7+|8+|9+|12345678?9?0?|987654321?0?)$"
_SHORTEST = 6


def number_of(value: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    """Read a number as dialled from a country; None where it is not a possible number."""
    text = _ABROAD.sub("+", _LABEL.sub("", tidy(value)))
    try:
        number = phonenumbers.parse(text, region.upper() if region else None)
    except phonenumbers.NumberParseException:
        return None
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    # in North America no number begins with 0 or 1: it was dialled in another country
    wrong = number.italian_leading_zero or str(number.national_number)[0] in "01"
    return None if number.country_code == 1 and wrong else number


def clean(value: str, region: str | None = None) -> str | None:
    """Give E.164, with `;ext=` where there is an extension; None where it is no number.

    `region` is the two-letter country of numbers without `+`. A number of the right
    length is kept even where no operator has it yet.
    """
    number = number_of(value, region)
    if number is None:
        return None
    bare = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{bare};ext={number.extension}" if number.extension else str(bare)


def key(expr: pl.Expr) -> pl.Expr:
    """Give the national digits without trunk zero and extension; null for placeholders."""
    first = expr.str.replace(_EXTENSION, "").str.extract(r"^[^\d+]*([^;,]*)")
    dialled = first.str.replace_all(r"[^\d+]+", "").str.replace(_AMERICAN, "$1")
    digits = dialled.str.replace(_LONG, "$1").str.replace(_CALLING, "")
    digits = digits.str.replace_all("+", "", literal=True).str.replace(r"^0+", "")
    return digits.str.replace(_PLACEHOLDER, "").str.extract(rf"^(\d{{{_SHORTEST},}})$")
