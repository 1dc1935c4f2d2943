"""Find the day on which a report was made, in the notes around its table."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["found", "newest"]

# First letters, enough to tell the months apart, in en, it, pt, fr, es, da, de.
_MONTHS = {
    1: "jan gen ene", 2: "feb fev fév", 3: "mar mär", 4: "apr abr avr", 5: "may mag mai maj",
    6: "jun giu juin", 7: "jul lug juil", 8: "aug ago aoû", 9: "sep set",
    10: "oct ott out okt", 11: "nov", 12: "dec dic dez déc",
}  # fmt: skip
_NUMBER = {start: month for month, starts in _MONTHS.items() for start in starts.split()}
_WORD = r"([^\W\d_]{3,10})\.?"
_MONTH_FIRST = re.compile(rf"{_WORD}\s+(\d{{1,2}}),?\s+(\d{{4}})")
_DAY_FIRST = re.compile(rf"(\d{{1,2}})\.?\s+(?:de\s+)?{_WORD}\s+(?:de\s+)?(\d{{4}})")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.]\d{2}(?!\d)")
_FORMS = ((_ISO, (0, 1, 2)), (_MONTH_FIRST, (2, 0, 1)), (_DAY_FIRST, (2, 1, 0)))


def _month(text: str) -> int | None:
    word = text.casefold()
    return int(word) if word.isdecimal() else _NUMBER.get(word[:4]) or _NUMBER.get(word[:3])


def found(text: str) -> date | None:
    """Give the day that a text names; 01/02/2026 can be two days and is none.

    >>> found("Wednesday, September 30, 2026 01:46 PM GMT-05:00")
    datetime.date(2026, 9, 30)
    >>> found("Gerado em 30 de setembro de 2026"), found("01/02/2026")
    (datetime.date(2026, 9, 30), None)
    """
    for form, (year, month, day) in _FORMS:
        for match in form.finditer(text):
            parts = match.groups()
            number = _month(parts[month])
            if number is None:
                continue
            try:
                return date(int(parts[year]), number, int(parts[day]))
            except ValueError:
                continue
    return None


def newest(notes: Iterable[str]) -> date | None:
    """Give the day of the time stamp; a day without a time may be the end of a period."""
    dated = [(day, bool(_CLOCK.search(note))) for note in notes if (day := found(note))]
    stamped = [day for day, clock in dated if clock]
    return max(stamped or [day for day, _ in dated], default=None)
