"""EAN and GLN numbers, by which public bodies take invoices.

>>> clean("5790 0000 0000 1") is None, clean("4006381333931")
(True, '4006381333931')
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stdnum import ean

from custclean.folding import tidy

if TYPE_CHECKING:
    import polars as pl

__all__ = ["clean", "key"]


def clean(value: str) -> str | None:
    """Give the digits; None where the check digit refuses them."""
    digits = re.sub(r"[\s.-]", "", re.sub(r"^(?:EAN|GLN)\W*", "", tidy(value).upper()))
    return digits if digits.isascii() and ean.is_valid(digits) else None


def key(expr: pl.Expr) -> pl.Expr:
    """Give the digits alone; null where there are none."""
    return expr.str.replace_all(r"\D+", "").replace({"": None})
