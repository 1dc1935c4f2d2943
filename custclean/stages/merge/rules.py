"""Which record survives a merge, and which value of a field: rules as data."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from custclean.errors import InputError
from custclean.model import OWN_FIELDS, SEVERAL, WHENCE, fields_of
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

__all__ = [
    "DEFAULT_RULES",
    "RULED_FIELDS",
    "RULES",
    "SURVIVOR_RULES",
    "Asked",
    "Cell",
    "joined",
    "says_the_same",
]

PHONES = frozenset({"phone", "mobile", "fax"})
TO_THE_LETTER = frozenset({"email", "website"})  # but for case
SHORTEST_PHONE = 7  # digits; shorter ones end alike by chance
_PHONE = re.compile(r"[+(\d][\d ()./+\u00a0-]*")
_ADDRESS = re.compile(r"@|://|\w\.[^\W\d_]{2}")  # a mailbox, a website: each sign counts
_STOPS = re.compile(r"(?<=[^\W\d_])[.,]+(?![.,\d])")
_BLANKS = re.compile(r"(?<!\d)\s+(?!\d)")


class Cell(NamedTuple):
    """A value that may be kept; `rank` is higher for what a rule prefers, None: not known."""

    value: str
    row: int
    rank: float | None = None


def longest(cells: Sequence[Cell]) -> Sequence[Cell]:
    """Keep the fullest spelling."""
    most = max(len(cell.value) for cell in cells)
    return [cell for cell in cells if len(cell.value) == most]


def commonest(cells: Sequence[Cell]) -> Sequence[Cell]:
    """Keep what most records say."""
    counts = Counter(cell.value for cell in cells)
    most = max(counts.values())
    return [cell for cell in cells if counts[cell.value] == most]


def highest(cells: Sequence[Cell]) -> Sequence[Cell]:
    """Keep what the newest record or the best source says; who is not known may be it."""
    best = max((cell.rank for cell in cells if cell.rank is not None), default=None)
    return [cell for cell in cells if cell.rank in (None, best)]


def first(cells: Sequence[Cell]) -> Sequence[Cell]:
    """Keep the survivor's value; where it has none, that of the next in its order."""
    return cells[:1]


def every(cells: Sequence[Cell]) -> Sequence[Cell]:
    """Keep all values."""
    return cells


RULES: Mapping[str, Callable[[Sequence[Cell]], Sequence[Cell]]] = {
    "survivor": first,
    "longest": longest,
    "commonest": commonest,
    "most_frequent": commonest,
    "newest": highest,
    "source_order": highest,
    "join": every,
}
"""Which cells of a field a rule prefers, in the survivor's order: the first is kept."""

DEFAULT_RULES: Mapping[str, str | tuple[str, ...]] = {
    "survivor": ("subscription", "most_complete"),
    "email": "join", "phone": "join", "mobile": "join", "fax": "join", "notes": "join",
    "categories": "join",
}  # fmt: skip

SURVIVOR_RULES = (
    "subscription", "most_complete", "newest", "most_transactions", "source_order",
)  # fmt: skip
"""By what the record that stays is chosen; whom one rule leaves equal the next one parts."""

RULED_FIELDS = tuple(
    field for field in fields_of("customers") if field not in WHENCE | OWN_FIELDS
)
"""The fields of a client whose value a rule chooses, or a pick; of `parent` only a pick."""


def joined(values: Sequence[str], field: str = "") -> str:
    """Join every different value, the survivor's first.

    >>> joined(["+45 37 01 74 80", "37017480; 37 00 12 34"], "phone")
    '+45 37 01 74 80; 37 00 12 34'
    """
    kept: list[str] = []
    for part in (part.strip() for value in values for part in value.split(SEVERAL)):
        if part and not any(says_the_same(part, other, field) for other in kept):
            kept.append(part)
    return SEVERAL.join(kept)


def says_the_same(one: str, other: str, field: str = "") -> bool:
    """Tell whether two values differ in case, blanks and stops only; phones in the prefix too.

    A stop next to a digit, in a mailbox or in a website is a part of the value.

    >>> says_the_same("St. John", "ST JOHN"), says_the_same("ann.b@x.dk", "annb@x.dk")
    (True, False)
    >>> says_the_same("10.00", "1000"), says_the_same("+45 37017480", "37 01 74 80", "phone")
    (False, True)
    """
    if one == other or one.strip().casefold() == other.strip().casefold():
        return True
    if field in TO_THE_LETTER or _ADDRESS.search(one) or _ADDRESS.search(other):
        return False
    if field in PHONES and _PHONE.fullmatch(one) and _PHONE.fullmatch(other):
        return _one_phone(*sorted((_digits(one), _digits(other)), key=len))
    letters = _letters(one)
    return bool(letters) and letters == _letters(other)


def _one_phone(short: str, long: str) -> bool:
    national = short.lstrip("0")
    return len(national) >= SHORTEST_PHONE and (short == long or long.endswith(national))


def _digits(value: str) -> str:
    return "".join(filter(str.isdecimal, value))


def _letters(value: str) -> str:
    """Take off what only spells: blanks beside a digit part numbers, so one of them stays."""
    bare = _BLANKS.sub("", _STOPS.sub("", value.strip()))
    return " ".join(bare.split()).casefold()


@dataclass(frozen=True, slots=True)
class Asked:
    """The rules that were asked for: of the survivor in their order, and by field."""

    survivor: tuple[str, ...]
    fields: Mapping[str, str]

    @classmethod
    def of(
        cls,
        given: Mapping[str, str | Sequence[str]] | None,
        columns: Collection[str],
        defaults: Mapping[str, str | Sequence[str]],
    ) -> Asked:
        """Take rules as they were given over the defaults; an unknown word is an error.

        "survivor" holds the rules for the record, unless a column is called so and one
        rule for a field is given.
        """
        rules: dict[str, str | Sequence[str]] = {**defaults, **(given or {})}
        own = rules.pop("survivor", ())
        if isinstance(own, str) and "survivor" in columns:
            rules["survivor"] = own
            own = defaults.get("survivor", ())
        survivor = (own,) if isinstance(own, str) else tuple(own)
        for word in survivor:
            _must_be_known(word, SURVIVOR_RULES, columns)
        for field, rule in rules.items():
            _must_be_known(rule, RULES, columns)
            if field not in columns and field in (given or {}):
                expected = ", ".join(columns)
                raise InputError(tr("there is no such column"), value=field, expected=expected)
        return cls(survivor, {field: str(rule) for field, rule in rules.items()})

    @property
    def words(self) -> frozenset[str]:
        """Give every rule that is asked for, of records and of fields."""
        return frozenset({*self.survivor, *self.fields.values()})


def _must_be_known(rule: object, known: Collection[str], columns: Collection[str]) -> None:
    name, colon, column = rule.partition(":") if isinstance(rule, str) else ("", "", "")
    if name not in known or (colon and name != "newest"):
        raise InputError(tr("unknown rule"), value=rule, expected=", ".join(known))
    if colon and column not in columns:
        expected = ", ".join(columns)
        raise InputError(tr("there is no such column"), value=column, expected=expected)
