"""Which value of a field survives a merge, as data."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from custclean.model import SEVERAL

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["DEFAULT_RULES", "RULES", "says_the_same"]

SHORTEST_PHONE = 7  # digits; shorter ones end alike by chance


def longest(values: Sequence[str]) -> str:
    """Keep the fullest spelling; of equals the first."""
    return max(values, key=len)


def commonest(values: Sequence[str]) -> str:
    """Keep what most records say; of equals the first."""
    return Counter(values).most_common(1)[0][0]


def join(values: Sequence[str]) -> str:
    """Keep every different value, the survivor's first.

    >>> join(["+45 37 01 74 80", "37017480; 37 00 12 34"])
    '+45 37 01 74 80; 37 00 12 34'
    """
    kept: list[str] = []
    for part in (part.strip() for value in values for part in value.split(SEVERAL)):
        if part and not any(says_the_same(part, other) for other in kept):
            kept.append(part)
    return SEVERAL.join(kept)


def bare(value: str) -> str:
    """Give the letters and digits of a value, in small letters."""
    return "".join(filter(str.isalnum, value)).casefold()


def says_the_same(one: str, other: str) -> bool:
    """Tell whether two values differ in signs and case only; of phones also in the prefix."""
    short, long = sorted((bare(one), bare(other)), key=len)
    if short == long:
        return True
    national = short.lstrip("0")
    return long.isdigit() and len(national) >= SHORTEST_PHONE and long.endswith(national)


def first(values: Sequence[str]) -> str:
    """Keep the survivor's value; where it has none, the next most complete record's."""
    return values[0]


RULES: Mapping[str, Callable[[Sequence[str]], str]] = {
    "survivor": first,
    "longest": longest,
    "commonest": commonest,
    "join": join,
}
DEFAULT_RULES: Mapping[str, str] = {
    "email": "join", "phone": "join", "mobile": "join", "fax": "join", "notes": "join",
    "categories": "join",
}  # fmt: skip
