"""What a client number looks like: sound or damaged, equal to another, made by a pattern."""

from __future__ import annotations

import re
import unicodedata
from itertools import count
from string import Formatter
from typing import TYPE_CHECKING

from custclean.errors import SettingsError
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["LONGEST", "fault", "key", "series", "suspect"]

LONGEST = 100  # characters of a client number (formats.md 1.1)

_FLOAT = re.compile(r"([0-9]+)[.,]0+")
# Excel always writes a sign and two digits; "12E3" may be a number somebody chose
_EXPONENT = re.compile(r"([0-9])(?:[.,]([0-9]+))?E([+-])([0-9]{2,3})", re.IGNORECASE)
_EXCEL_ERROR = re.compile(r"#+|#(?:N/A|REF!|NAME\?|VALUE!|NUM!|DIV/0!|NULL!)", re.IGNORECASE)
_SPEC = re.compile(r"(?:.?[<>=^])?0?[0-9]{0,3}[dxXob]?")
_UNPRINTABLE = ("Cc", "Cf", "Zl", "Zp", "Cs")


def key(number: str) -> str:
    """Give what two spellings of one number share: the target may call them equal.

    >>> key(" r-07 ") == key("R-07")
    True
    """
    return unicodedata.normalize("NFKC", number).strip().casefold()


def suspect(number: str) -> int | None:
    """Give the whole number that stands, or may have stood, in a cell; None: letters.

    >>> suspect("00123"), suspect("123.0"), suspect("1.23E+05"), suspect("A7")
    (123, 123, 123000, None)
    """
    text = number.strip()
    if re.fullmatch("[0-9]+", text):
        return _whole(text)
    if found := _FLOAT.fullmatch(text):
        return _whole(found[1])
    if found := _EXPONENT.fullmatch(text):
        decimals = found[2] or ""
        power = int(found[3] + found[4]) - len(decimals)
        whole = int(found[1] + decimals)
        return whole * 10**power if power >= 0 else None
    return None


def _whole(digits: str) -> int | None:
    return int(digits) if len(digits) <= LONGEST else None  # int() refuses 4,301 digits


def fault(number: str, longest: int = LONGEST) -> str | None:
    """Name what is wrong with a number: `too_long`, `damaged`, `unprintable` or nothing.

    Blanks around it are no fault here: who gives a number decides what to do with them.

    >>> fault("123.0"), fault("1.23E+05"), fault("R-07"), fault("7" * 101)
    ('damaged', 'damaged', None, 'too_long')
    """
    text = number.strip()
    if len(number) > longest:
        return "too_long"
    if any(unicodedata.category(sign) in _UNPRINTABLE for sign in text):
        return "unprintable"
    excel = _FLOAT.fullmatch(text) or _EXPONENT.fullmatch(text) or _EXCEL_ERROR.fullmatch(text)
    return "damaged" if excel or "\N{REPLACEMENT CHARACTER}" in text else None


def series(pattern: str, start: int = 1) -> Iterator[str]:
    """Give the numbers that a pattern makes, from `start` upwards, without end.

    >>> from itertools import islice
    >>> list(islice(series("C-{:03d}", 9), 3))
    ['C-009', 'C-010', 'C-011']
    """
    _check(pattern, start)
    return (pattern.format(each) for each in count(start))


def _check(pattern: str, start: int) -> None:
    try:
        holes = [(name, spec, turn) for _, name, spec, turn in Formatter().parse(pattern)]
    except ValueError:
        holes = []
    places = [hole for hole in holes if hole[0] is not None]
    # whole numbers only: anything else repeats itself or does not end
    if len(places) != 1 or not _plain(*places[0]):
        raise SettingsError(
            tr("the number pattern needs one place for a whole number"),
            value=pattern,
            expected=tr("something like {example}", example="{:05d}"),
        )
    if start < 0:
        raise SettingsError(
            tr("numbers cannot start below zero"), value=start, expected=tr("0 or more")
        )
    first = pattern.format(start)
    if fault(first) or first != first.strip():
        raise SettingsError(
            tr("the number pattern makes numbers that no target keeps as they are"),
            value=first,
            expected=tr("at most {n} visible characters, no blanks around", n=LONGEST),
        )


def _plain(name: str | None, spec: str | None, turn: str | None) -> bool:
    return name in ("", "0") and turn is None and _SPEC.fullmatch(spec or "") is not None
