"""How each language writes a number: thousands apart, the decimal mark, per cent.

After Unicode's CLDR; French thousands stand apart by the no-break space that every font has.
"""

from __future__ import annotations

import string
from functools import cache

__all__ = ["MARKS", "Filling"]

_APART = "\N{NO-BREAK SPACE}"
MARKS = {  # for a comma, a point and the sign of per cent as Python writes them
    "it": (".", ",", "%"),
    "pt": (".", ",", "%"),
    "fr": (_APART, ",", f"{_APART}%"),
    "es": (".", ",", f"{_APART}%"),
    "da": (".", ",", f"{_APART}%"),
    "de": (".", ",", f"{_APART}%"),
}


class Filling(string.Formatter):
    """Fills {names} in; a number that has a form is written as the language does."""

    def __init__(self, code: str) -> None:
        self._marks = str.maketrans(dict(zip(",.%", MARKS.get(code, ",.%"))))

    @classmethod
    @cache
    def of(cls, code: str) -> Filling:
        """Give that of a language; an unknown one writes as Python does."""
        return cls(code)

    def format_field(self, value: object, format_spec: str) -> str:
        """Write one value."""
        text = format(value, format_spec)
        own = not format_spec or isinstance(value, str)
        return text if own else text.translate(self._marks)
