"""Cells of review files, which people open in a spreadsheet: no value becomes a formula."""

from __future__ import annotations

import re

__all__ = ["escape", "is_dangerous", "unescape"]

APOSTROPHE = "'"
# What a spreadsheet skips before it looks for a formula: blanks and marks of no width.
SKIPPED = " \u00a0\u1680\u2000-\u200f\u202a-\u202f\u205f-\u2064\u2066-\u2069\u3000\ufeff\u00ad"
FORMULA = re.compile(
    rf"(?:\A|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029])[{SKIPPED}]*"
    r"[=+\-@\t\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]"
    rf"|\A[{SKIPPED}]*[\r\n]"
)
NUMBER = re.compile(r"[+-]?[0-9 ()./,-]+")  # signed numbers and phones are no formulas


def is_dangerous(value: str) -> bool:
    r"""Say whether a spreadsheet could take a value for a formula.

    >>> is_dangerous("=1+1"), is_dangerous("+45 12 34 56 78"), is_dangerous("a\n@b")
    (True, False, True)
    """
    return FORMULA.search(value) is not None and NUMBER.fullmatch(value) is None


def escape(value: str) -> str:
    """Put an apostrophe before a dangerous value; `unescape` takes it off again.

    >>> escape("=1+1"), escape("Ann"), escape("'=1")
    ("'=1+1", 'Ann', "''=1")
    """
    return APOSTROPHE + value if is_dangerous(value.lstrip(APOSTROPHE)) else value


def unescape(value: str) -> str:
    """Give back what `escape` was given: `unescape(escape(x)) == x` for every x."""
    bare = value.lstrip(APOSTROPHE)
    return value[1:] if bare != value and is_dangerous(bare) else value
