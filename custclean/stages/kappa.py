"""Cohen's kappa of two people's words, with an interval, or the reason why there is none.

Kappa: Cohen, Educational and Psychological Measurement 20 (1960) 37-46. Its standard error
for large samples: Fleiss, Cohen and Everitt, Psychological Bulletin 72 (1969) 323-327.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Kappa", "kappa_of"]

_Z = 1.959963984540054  # 95 % of a normal distribution
_NOTHING = 1e-6  # below it a standard error is what is left of rounding


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement beyond chance on `n` pairs; None, and a `remark` why, where undefined."""

    n: int
    observed: float | None = None
    kappa: float | None = None
    low: float | None = None
    high: float | None = None
    remark: str = ""


def kappa_of(table: Sequence[Sequence[int]]) -> Kappa:
    """Measure a square table of counts: a row for each word of the one, a column of the other.

    >>> found = kappa_of([[75, 1, 4], [5, 4, 1], [0, 0, 10]])
    >>> round(found.kappa, 3), round(found.low, 3), round(found.high, 3)
    (0.676, 0.505, 0.848)
    """
    n = sum(map(sum, table))
    if not n:
        return Kappa(0, remark=tr("no pair was judged by both"))
    share = [[count / n for count in row] for row in table]
    rows = [sum(row) for row in share]
    columns = [sum(row[place] for row in share) for place in range(len(share))]
    observed = sum(row[place] for place, row in enumerate(share))
    if sum(map(bool, rows)) == sum(map(bool, columns)) == 1 and observed == 1:
        # exactly: a difference of two floats could say almost anything here
        remark = tr("both said one and the same word throughout: kappa is undefined")
        return Kappa(n, observed, remark=remark)
    chance = sum(row * column for row, column in zip(rows, columns, strict=True))
    kappa = (observed - chance) / (1 - chance)
    error = _error(share, rows, columns, kappa, chance) / sqrt(n)
    if error < _NOTHING or 1 in (sum(map(bool, rows)), sum(map(bool, columns))):
        # they agree throughout, or never, or one of them always says the same
        remark = tr("no interval can be estimated from such one-sided answers")
        return Kappa(n, observed, kappa, remark=remark)
    return Kappa(
        n, observed, kappa, max(-1.0, kappa - _Z * error), min(1.0, kappa + _Z * error)
    )


def _error(
    share: Sequence[Sequence[float]],
    rows: Sequence[float],
    columns: Sequence[float],
    kappa: float,
    chance: float,
) -> float:
    """Give the standard error times the root of n, by Fleiss, Cohen and Everitt."""
    places = range(len(share))
    equal = sum(share[i][i] * (1 - (rows[i] + columns[i]) * (1 - kappa)) ** 2 for i in places)
    apart = sum(
        share[i][j] * (columns[i] + rows[j]) ** 2 for i in places for j in places if i != j
    )
    rest = (kappa - chance * (1 - kappa)) ** 2
    variance = equal + (1 - kappa) ** 2 * apart - rest
    return sqrt(max(0.0, variance)) / (1 - chance)
