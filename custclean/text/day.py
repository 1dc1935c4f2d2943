"""Days and moments, as files write them: enough to tell which of two is the newer.

>>> read("2026-09-30T13:46:00+02:00").isoformat(), read("01/02/2026")
('2026-09-30T11:46:00+00:00', None)
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["days_first", "found", "read"]

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
_FORMS = ((_ISO, (0, 1, 2)), (_MONTH_FIRST, (2, 0, 1)), (_DAY_FIRST, (2, 1, 0)))

_YEAR_FIRST = re.compile(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
_CLOCK = re.compile(r"[T,\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([AaPp])?")


def _month(text: str) -> int | None:
    word = text.casefold()
    return int(word) if word.isdecimal() else _NUMBER.get(word[:4]) or _NUMBER.get(word[:3])


def found(text: str) -> date | None:
    """Give the day that a text names somewhere; 01/02/2026 can be two days and is none.

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


def days_first(texts: Iterable[str]) -> bool | None:
    """Tell whether a column writes the day before the month; None: it does not show.

    >>> days_first(["01/02/2026", "31/12/2026"]), days_first(["01/02/2026"])
    (True, None)
    """
    firsts = {
        int(match[1]) > 12
        for text in texts
        if (match := _YEAR_LAST.match(text.strip()))
        and (int(match[1]) > 12) != (int(match[3]) > 12)
    }
    return firsts.pop() if len(firsts) == 1 else None


def read(text: str, *, day_first: bool | None = None) -> datetime | None:
    """Give the moment of a cell; None where it is none, or can be two.

    A day without a time is its first moment, a time without a zone that of Greenwich.
    """
    told = text.strip()
    try:
        moment = datetime.fromisoformat(told)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):  # a zone may lead out of the calendar
        return _otherwise(told, day_first=day_first)


def _otherwise(text: str, *, day_first: bool | None) -> datetime | None:
    match = _YEAR_FIRST.match(text)
    if match:
        day = _day(match[1], match[3], match[4])
    elif match := _YEAR_LAST.match(text):
        day = _turned(match[1], match[3], match[4], day_first=day_first)
    else:
        day = found(text)
    if day is None:
        return None
    return datetime.combine(day, _clock(text[match.end() :] if match else ""), UTC)


def _turned(one: str, other: str, year: str, *, day_first: bool | None) -> date | None:
    if int(one) > 12 or int(other) > 12 or one == other:
        day_first = int(one) > 12
    if day_first is None:
        return None
    return _day(year, other, one) if day_first else _day(year, one, other)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _clock(text: str) -> time:
    match = _CLOCK.match(text)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59 or int(match[3] or 0) > 59:
        return time()
    hour = int(match[1])
    if match[4] and hour <= 12:
        hour = hour % 12 + 12 * (match[4] in "Pp")
    return time(hour, int(match[2]), int(match[3] or 0))
