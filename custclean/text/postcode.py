"""Postcodes.

>>> clean("dk-1050", "DK"), clean("2134", "US"), clean("sw1a1aa", "GB")
('1050', '02134', 'SW1A 1AA')
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custclean.folding import settle, tidy

if TYPE_CHECKING:
    import polars as pl

__all__ = ["clean", "key"]

# country: digits of its codes and how many stand before the hyphen (0: no hyphen)
_SHAPES: dict[str, tuple[int, int]] = {
    "AT": (4, 0), "AU": (4, 0), "BE": (4, 0), "BR": (8, 5), "CH": (4, 0), "DE": (5, 0),
    "DK": (4, 0), "ES": (5, 0), "FI": (5, 0), "FR": (5, 0), "IT": (5, 0), "NO": (4, 0),
    "PT": (7, 4), "US": (5, 0),
}  # fmt: skip
_ZERO_FIRST = frozenset(["BR", "DE", "ES", "FR", "IT", "US"])  # Excel took a zero away there
_LETTERS = {
    "GB": re.compile(r"^([A-Z]{1,2}\d[A-Z\d]?)\s?(\d[A-Z]{2})$"),
    "CA": re.compile(r"^([A-Z]\d[A-Z])[ -]?(\d[A-Z]\d)$"),
    "NL": re.compile(r"^(?:NL-?)?(\d{4})\s?([A-Z]{2})$"),
}
_COUNTRY = "DK|D|DE|I|IT|F|FR|E|ES|BR|P|PT|N|NO|S|SE|A|AT|CH|B|BE|L|FI|FIN|NL"
_IN_FRONT = re.compile(rf"^(?:{_COUNTRY})[- ]*(?=\d)")
_FLOAT = r"\.0+$"  # left where a spreadsheet took codes for numbers
_PLUS_FOUR = re.compile(r"^(\d{5})[- ]?(\d{4})$")


def _digits(text: str, country: str) -> str | None:
    """Give the code in its country's shape; None where it has another one."""
    length, split = _SHAPES[country]
    digits = re.sub(r"[\s.-]", "", _IN_FRONT.sub("", text))
    if not (digits.isascii() and digits.isdigit()):
        return None
    if len(digits) == length - 1 and country in _ZERO_FIRST:
        digits = "0" + digits
    if len(digits) != length:
        return None
    return f"{digits[:split]}-{digits[split:]}" if split else digits


def _step(text: str, country: str) -> str:
    text = tidy(text).upper()
    pattern = _LETTERS.get(country)
    found = pattern.match(text) if pattern else None
    if found:
        return f"{found.group(1)} {found.group(2)}"
    long = _PLUS_FOUR.match(text) if country == "US" else None
    if long:
        return f"{long.group(1)}-{long.group(2)}"
    return text


def clean(value: str, country: str | None = None) -> str | None:
    """Give the code as its country writes it; None where it cannot be a code there.

    Without a country, or for one whose rule is not known here, the tidied value.
    """
    land = (country or "").upper()
    text = settle(lambda given: _step(given, land), value)
    if not any(c.isalnum() for c in text):
        return None
    if land not in _SHAPES:
        known = _LETTERS.get(land)
        return None if known and not known.match(text) else text
    if land == "US" and _PLUS_FOUR.match(text):
        return text
    return _digits(text, land)


def key(expr: pl.Expr) -> pl.Expr:
    """Give letters and digits without country, leading zeros and the US `+4`; or null."""
    upper = expr.str.to_uppercase().str.strip_chars().str.replace(_FLOAT, "")
    # "DK2100"; but "E1 6AN" and "B1" are British
    bare = upper.str.replace(rf"^(?:{_COUNTRY})(?:[-\s]+(\d)|(\d{{4}}))", "$1$2")
    bare = bare.str.replace(r"^(\d{5})[-\s]?\d{4}$", "$1")
    bare = bare.str.replace_all(r"[^\p{L}\p{N}]+", "")
    return bare.str.replace(r"^0+", "").replace({"": None})
