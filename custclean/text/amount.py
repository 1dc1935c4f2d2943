"""Amounts of money, as files write them, to the last digit.

>>> read("$1,250.50"), read("(1.250,50)"), read("12,5 kr."), read("n/a")
(Decimal('1250.50'), Decimal('-1250.50'), Decimal('12.5'), None)
"""

from __future__ import annotations

import re
from decimal import Decimal, Inexact, localcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["decimal_mark", "read", "total", "written"]

_PLAIN = str.maketrans(
    dict.fromkeys("\u00a0\u2007\u2009\u202f", " ")
    | dict.fromkeys("\u2212\u2013", "-")
    | {"’": "'"}
)
_UNIT = r"(?:[A-Za-z]{1,3}\.?|[A-Za-z]{0,2}[$€£¥])?"
_SHAPE = re.compile(
    rf"(?P<open>\()? *(?P<first>[-+])? *(?P<before>{_UNIT}) *(?P<second>[-+])?"
    rf" *(?P<number>[\d.,](?:[\d .,']*\d)?) *(?P<after>{_UNIT}) *(?P<close>\))? *(?P<last>-)?"
)
_WHOLE = r"(?P<whole>[1-9]\d{0,2}(?:(?P<mark>[ .,'])\d{3})(?:(?P=mark)\d{3})*|\d+)"
_IN_WHOLES = re.compile(_WHOLE)
_IN_PARTS = re.compile(rf"(?:{_WHOLE})?(?P<point>[.,])(?P<part>\d+)")
_SIDES = frozenset({"cr", "dr"})  # which of the two owes differs from program to program
_POWER = re.compile(r"[-+]?\d+(?:\.\d+)?[eE][-+]?\d{1,3}")  # as programs write floats


def read(text: str, mark: str | None = None) -> Decimal | None:
    """Give the amount; None where a text is none, or can be two.

    The comma of "1,234" is one of thousands, unless `mark`, the decimal mark of the amounts
    beside it, says otherwise.
    """
    told = text.translate(_PLAIN).strip()
    if _POWER.fullmatch(told):
        return Decimal(told)
    found = _SHAPE.fullmatch(told)
    if found is None or bool(found["open"]) != bool(found["close"]):
        return None
    signs = [sign for name in ("open", "first", "second", "last") if (sign := found[name])]
    units = {found[name].rstrip(".").casefold() for name in ("before", "after")}
    number = _number(found["number"], mark)
    if number is None or len(signs) > 1 or units & _SIDES:
        return None
    # a plain minus would round to 28 digits
    return number.copy_negate() if signs and signs[0] != "+" else number


def _number(text: str, mark: str | None) -> Decimal | None:
    whole, parts = _IN_WHOLES.fullmatch(text), _parted(text)
    if parts is not None and (whole is None or parts["point"] == mark):
        return Decimal(f"{_digits(parts['whole'] or '0')}.{_digits(parts['part'])}")
    return Decimal(_digits(text)) if whole is not None else None


def _parted(text: str) -> re.Match[str] | None:
    found = _IN_PARTS.fullmatch(text)
    return None if found is None or found["mark"] == found["point"] else found


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))


def decimal_mark(texts: Iterable[str]) -> str | None:
    """Give the mark before the parts of a unit, if the amounts of a column agree on one.

    >>> decimal_mark(["1.234", "12,50"]), decimal_mark(["1.234"])
    (',', None)
    """
    marks = set()
    for text in texts:
        found = _SHAPE.fullmatch(text.translate(_PLAIN).strip())
        parts = found and _parted(found["number"])
        if found and parts and not _IN_WHOLES.fullmatch(found["number"]):
            marks.add(parts["point"])
    return marks.pop() if len(marks) == 1 else None


def written(amount: Decimal, mark: str | None = None) -> str:
    """Write an amount without signs of thousands, so that `read` gives it back.

    >>> written(Decimal("-1250.50"), ","), written(Decimal("1E+3"))
    ('-1250,50', '1000')
    """
    text = f"{amount:f}"
    if mark is None and re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", text):
        text += "0"  # or the point would be one of thousands
    return text.replace(".", mark or ".")


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Add amounts to the last digit, however many there are.

    >>> total([Decimal("1E+30"), Decimal("0.01")])
    Decimal('1000000000000000000000000000000.01')
    """
    with localcontext() as context:
        context.prec = 10_000  # the default of 28 digits rounds
        context.traps[Inexact] = True
        return sum(amounts, Decimal(0))
