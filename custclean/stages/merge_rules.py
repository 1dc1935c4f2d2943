"""Which value of a field survives a merge, as data; and what counts as being on a plan."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from custclean.model import SEVERAL

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["DEFAULT_RULES", "RULES", "plan_of_subscription"]

NO_PLAN = frozenset(
    "none no nenhuma nenhum aucun ninguna ninguno nessuno ingen keine -".split()
)


def plan_of_subscription(value: str | None) -> bool | None:
    """Tell whether a client is on a plan; None: the file does not say.

    >>> plan_of_subscription("Plus"), plan_of_subscription("None"), plan_of_subscription(None)
    (True, False, None)
    """
    if value is None or not value.strip():
        return None
    return value.strip().casefold() not in NO_PLAN


def longest(values: Sequence[str]) -> str:
    """Keep the fullest spelling; of equals the first."""
    return max(values, key=len)


def commonest(values: Sequence[str]) -> str:
    """Keep what most records say; of equals the first."""
    return Counter(values).most_common(1)[0][0]


def join(values: Sequence[str]) -> str:
    """Keep every different value, the survivor's first."""
    parts = (part for value in values for part in value.split(SEVERAL))
    return SEVERAL.join({part.strip().casefold(): part.strip() for part in parts}.values())


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
