"""Choose among the values of one field, and tell which of them the choice holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from custclean.model import SEVERAL
from custclean.stages.merge.rules import RULES, joined, says_the_same

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custclean.stages.merge.rules import Cell

__all__ = ["BOTH", "Chosen", "choose", "holds", "says"]

BOTH = ("both", "join")  # picks that keep every value
TIE = "+survivor"  # the rule left several values: the survivor's order parted them


class Chosen(NamedTuple):
    """The value that is kept, the row it is from, why; `made`: no row has just this value."""

    value: str
    row: int
    why: str
    made: bool = False


def choose(
    cells: Sequence[Cell], rule: str, pick: int | str | None, field: str = ""
) -> Chosen:
    """Choose a value; `cells` are in the survivor's order, `pick` a row or "join".

    A pick of a row that has no value here leaves it to the rule.
    """
    mine = [cell for cell in cells if cell.row == pick]
    if mine:
        return Chosen(mine[0].value, mine[0].row, "pick")
    if rule == "join" or pick in BOTH:
        value = joined([cell.value for cell in cells], field)
        whole = next((cell for cell in cells if cell.value == value), None)
        row, why = (whole or cells[0]).row, f"pick+{pick}" if pick in BOTH else rule
        return Chosen(value, row, why, made=whole is None)
    best = RULES[rule.partition(":")[0]](cells)
    several = any(cell.value != best[0].value for cell in best)
    return Chosen(best[0].value, best[0].row, rule + TIE * several)


def holds(kept: str, value: str) -> bool:
    """Tell whether a value is, or among others holds, another; to the letter."""
    return kept == value or set(value.split(SEVERAL)) <= set(kept.split(SEVERAL))


def says(kept: str, value: str, field: str = "") -> bool:
    """Tell the same of values that may differ in spelling."""
    parts = kept.split(SEVERAL)
    return all(
        any(says_the_same(part, one, field) for part in parts) for one in value.split(SEVERAL)
    )
