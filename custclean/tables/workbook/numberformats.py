"""What a person saw of a number: 123 under `00000` is 00123, 0.125 under `0.0%` is 12.5%.

The readers of workbooks give the number alone. Formats that make a name of it (leading
zeros, `000-0000`, Excel's own format for phones) are followed, for that is what the person
typed and knows. A per cent keeps all its places, for rounding would lose some. All others
(currency, thousands, exponents) give the plain number: `1.234,50 kr.` is written in a
language that the file does not name. Grammar of formats: ECMA-376 part 1, 18.8.31.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

__all__ = ["BUILT_IN", "DATES", "cell_text", "is_date", "matters", "shown"]

BUILT_IN = {9: "0%", 10: "0.00%"}  # formats with a number and no code; others show it plainly
DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # built in, too
TOKEN = re.compile(r'"([^"]*)"|\\(.)|\[([^\]]*)\]|[_*].|(.)', re.DOTALL)
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
SECTION = re.compile(r'((?:"[^"]*"|\\.|[^;"\\])*)(?:;|\Z)', re.DOTALL)
DATE = re.compile(r"[dmyhsDMYHS]")
PLAIN = frozenset(" -()+:!&'~{}<>=$^")  # stand for themselves without quotes
LONG = 1e21  # whole numbers below are written without exponent: 9.13E+14 is an id
MAX_CODE = 255  # as long as Excel lets a format be


class _Section(NamedTuple):
    """One of the up to four forms of a format: when it holds, and what it is made of."""

    condition: str
    literals: tuple[str, ...]  # what stands between the digits: one more than there are
    digits: str  # "0" or "#" for each digit
    percent: bool
    usable: bool  # nothing in it but digits and literals


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    found = SECTION.findall(code[:MAX_CODE])
    sections = tuple(_section(text) for text in found[:4] if text)
    conditional = any(section.condition for section in sections)
    return sections if conditional else sections[:1]  # the others: negative, nought, text


def _section(text: str) -> _Section:
    literals, digits, condition, usable = [""], "", "", True
    for match in TOKEN.finditer(text):
        quoted, escaped, bracket, other = match.groups()
        if quoted or escaped:
            literals[-1] += quoted or escaped
        elif bracket:
            condition = bracket if CONDITION.fullmatch(bracket) else condition
        elif other in {"0", "#"}:
            digits += other
            literals.append("")
        elif other in PLAIN:
            literals[-1] += other
        elif other is not None:
            usable = False
    bare = "".join(match[4] or "" for match in TOKEN.finditer(text))
    return _Section(condition, tuple(literals), digits, "%" in bare, usable)


def _holds(condition: str, value: float) -> bool:
    match = CONDITION.fullmatch(condition) if condition else None
    if match is None:
        return True
    sign, limit = match[1], float(match[2])
    return {
        "<": value < limit,
        ">": value > limit,
        "=": value == limit,
        "<=": value <= limit,
        ">=": value >= limit,
        "<>": value != limit,
    }[sign]


def _is_mask(section: _Section) -> bool:
    """Say whether a form makes a name of a number: leading zeros, or parts set apart.

    Blanks between `#` set thousands apart, as in `# ##0`; that is a plain number.
    """
    apart = "".join(section.literals[1:-1])
    blanks_count = section.digits.startswith("0")
    parts = apart if blanks_count else apart.strip()
    return section.usable and (section.digits.startswith("00") or bool(parts))


@lru_cache(maxsize=1024)
def matters(code: str) -> bool:
    """Say whether positive numbers of this format are seen otherwise than as plain numbers.

    >>> matters("00000"), matters("0.0%"), matters("#,##0.00"), matters("General")
    (True, True, False, False)
    """
    return any(section.percent or _is_mask(section) for section in _sections(code))


@lru_cache(maxsize=1024)
def is_date(code: str) -> bool:
    """Say whether a format shows dates or times."""
    bare = "".join(match[4] or "" for match in TOKEN.finditer(code[:MAX_CODE]))
    return DATE.search(bare.replace("General", "")) is not None


def shown(value: float, code: str) -> str | None:
    """Give a number as its format shows it; None where that is the plain number.

    >>> shown(7, "00000"), shown(0.125, "0%"), shown(5550123, "000-0000"), shown(7, "0.00")
    ('00007', '12.5%', '555-0123', None)
    """
    sections = _sections(code)
    section = next((each for each in sections if _holds(each.condition, value)), None)
    if section is None or value - value != 0:  # neither infinite nor no number
        return None
    if is_date(code):  # none is before 1900: the reader of workbooks would say midnight
        return cell_text(float(value)) if value < 0 else None
    if section.percent:
        return f"{_plain(Decimal(repr(value)) * 100)}%"
    if not _is_mask(section) or value < 0 or value != int(value) or value >= LONG:
        return None
    return _filled(section, cell_text(value))


def _filled(section: _Section, number: str) -> str:
    """Put the digits of a number into the places of a form, from the right."""
    places = section.digits
    if not any(section.literals):
        return number.zfill(places.count("0"))
    extra = max(0, len(number) - len(places))
    first, rest = number[:extra], number[extra:].rjust(len(places), " ")
    cells = [
        digit.strip() or ("0" if place == "0" else "") for digit, place in zip(rest, places)
    ]
    text = section.literals[0] + first
    return text + "".join(
        cell + literal for cell, literal in zip(cells, section.literals[1:], strict=True)
    )


def _plain(number: Decimal) -> str:
    """Write a number without exponent and without noughts that say nothing."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def cell_text(value: object) -> str:
    """Write a cell as the person saw it: `7` for 7.0, a date by its ISO form.

    >>> cell_text(7.0), cell_text(0.1), cell_text(True), cell_text("007")
    ('7', '0.1', 'TRUE', '007')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, dt.timedelta):
        return _duration(value)
    return str(value)


def _number(value: float) -> str:
    """Write a number; a fraction to 15 digits, as spreadsheets do: 0.1 + 0.2 is 0.3."""
    if not value.is_integer():
        text = f"{value:.15g}"
        return _plain(Decimal(text)) if "e" in text else text
    if abs(value) < 1e15:  # beyond that the digits that nobody wrote are noughts
        return str(int(value))
    return str(value) if abs(value) >= LONG else _plain(Decimal(repr(value)))


def _duration(value: dt.timedelta) -> str:
    """Write hours, minutes and seconds; the hours are not cut into days.

    >>> _duration(dt.timedelta(days=1, hours=12))
    '36:00:00'
    """
    sign = "-" if value < dt.timedelta() else ""
    minutes, seconds = divmod(round(abs(value).total_seconds()), 60)
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
