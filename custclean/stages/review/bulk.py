"""Accept many pairs at once, once a random sample of them was decided one by one.

The sample is drawn without replacement, so the bounds are exact (hypergeometric): of the
number of wrong pairs in the whole, those are kept under which what was seen is not too
unlikely. See Buonaccorsi, "A note on confidence intervals for proportions in finite
populations", The American Statistician 41 (1987).

Each wrong one asks for a larger sample, so one looks again and again, and the first look that
suffices ends it. Therefore the doubt is spent over the number of wrong ones (alpha spending):
each may err with its share, and all shares together are the doubt. It matters not how often
one looks with the same number: a larger sample holds the smaller one. See Lan and DeMets,
"Discrete sequential boundaries for clinical trials", Biometrika 70 (1983).
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from math import exp, fsum, lgamma
from typing import TYPE_CHECKING

from custclean.errors import DecisionError, InputError
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Bulk", "Held", "bounds", "drawn", "sample_size"]

SPECK = 1e-12  # what shares lose when they are taken from one
TIE = 1e-9  # two chances that differ by less, as a share, are equal
DOUBT = 0.05  # what a 95 % interval leaves out
AT_ONCE = 0.8  # of the doubt: for a sample without a wrong one


@dataclass(frozen=True, slots=True)
class Held:
    """Why a question stays out of a bulk.

    `why`: balance, transactions or subscription, which `record` has; contradiction: it would
    contradict what was said, or does; again, disputed or unmerged: see `Standing`.
    """

    why: str
    record: str = ""


@dataclass(frozen=True, slots=True)
class Bulk:
    """A selection of questions that is to be accepted, and what its sample says so far.

    `places`: the selection. `sample`: those drawn to be decided one by one, of which `right`
    were called the same and `wrong` were not; `name` is its own. `low`, `high`: the 95 %
    interval of the precision in the selection, of what is decided of the sample without a
    gap. `kept_out`: questions that fit and stay out, each with the reason. `records`: how many
    merge into how many `clients`.
    """

    name: str
    places: tuple[int, ...]
    sample: tuple[int, ...]
    tolerance: float
    right: int
    wrong: int
    low: float
    high: float
    kept_out: Mapping[int, Held]
    records: int
    clients: int

    @property
    def rest(self) -> tuple[int, ...]:
        """Name the questions that would be accepted: all but the sample, in their order."""
        return tuple(sorted({*self.places} - {*self.sample}))

    @property
    def open(self) -> int:
        """Count the questions of the sample that are not decided yet."""
        return len(self.sample) - self.right - self.wrong

    @property
    def precision(self) -> float | None:
        """Give the share of the sample that was called the same; None: nothing was decided."""
        decided = self.right + self.wrong
        return self.right / decided if decided else None

    @property
    def acceptable(self) -> bool:
        """Tell whether the sample proves that no more than the tolerance is wrong."""
        return bool(self.sample) and self.open == 0 and proves(self.low, self.tolerance)

    @property
    def needed(self) -> int:
        """Give the size of a sample that would prove it if no further one is wrong."""
        return sample_size(len(self.places), self.tolerance, self.wrong)

    def refuse_early(self) -> None:
        """Raise the reason for which nothing may be accepted yet."""
        if not self.places:
            raise DecisionError(tr("there is nothing to accept"))
        if self.open or not self.sample:
            raise DecisionError(
                tr("decide the whole sample first"), value=self.open or len(self.sample)
            )
        if not self.acceptable:
            raise DecisionError(
                tr("the sample does not prove it: draw more, or decide one by one"),
                value=f"{1 - self.low:.1%}",
                expected=f"<= {self.tolerance:.1%}",
            )


def drawn(keys: Sequence[str], n: int, seed: int) -> list[int]:
    """Draw n of the keys by chance, the same ones whatever their order; gives their places."""
    by_chance = sorted(range(len(keys)), key=lambda i: _chance(keys[i], seed))
    return by_chance[:n]


def _chance(key: str, seed: int) -> bytes:
    return hashlib.sha256(f"{seed} {key}".encode()).digest()


def sample_size(total: int, tolerance: float, wrong: int = 0) -> int:
    """Give how many of `total` to look at, of which `wrong` are wrong, to prove the tolerance.

    >>> sample_size(10_000, 0.02), sample_size(10_000, 0.02, 1), sample_size(50, 0.02)
    (158, 361, 40)
    """
    if not 0 < tolerance < 1:
        raise InputError(tr("this is no share"), value=tolerance, expected="0 < x < 1")
    low, high = min(wrong + 1, total), total
    while low < high:
        middle = (low + high) // 2
        if proves(bounds(total, middle, wrong)[0], tolerance):
            high = middle
        else:
            low = middle + 1
    return low


def proves(low: float, tolerance: float) -> bool:
    """Tell whether this lower end of the precision leaves no more wrong than is tolerated."""
    return 1 - low <= tolerance + SPECK


@cache
def bounds(total: int, seen: int, wrong: int) -> tuple[float, float]:
    """Give the 95 % interval of the share that is right in all of `total`.

    The lower end holds however often one looked and drew more, see `spent`.
    """
    if not seen:
        return 0.0, 1.0
    low, high = spent(wrong), DOUBT - spent(0)
    possible = range(wrong, total - (seen - wrong) + 1)  # how many may be wrong in all

    def too_many(bad: int) -> bool:
        return at_most(wrong, total, bad, seen) < low * (1 + TIE)

    def enough(bad: int) -> bool:
        return 1 - at_most(wrong - 1, total, bad, seen) >= high * (1 - TIE)

    most = possible[bisect_left(possible, x=True, key=too_many) - 1]
    least = possible[bisect_left(possible, x=True, key=enough)] if wrong else 0
    return 1 - most / total, 1 - least / total


def at_most(wrong: int, total: int, bad: int, seen: int) -> float:
    """Give the chance to see no more wrong ones in a sample, if `bad` of `total` are wrong.

    Added up from the likeliest number to both sides, as far as it makes a difference:
    scipy has it, but takes a second to import.

    >>> round(at_most(0, 10_000, 200, 158), 5), at_most(3, 10, 5, 3)
    (0.04005, 1.0)
    """
    fewest, most = max(0, seen - (total - bad)), min(bad, seen)
    if wrong < fewest or wrong >= most:
        return float(wrong >= most)
    likeliest = min(max((seen + 1) * (bad + 1) // (total + 2), fewest), wrong)
    chance = exp(
        _log_ways(bad, likeliest)
        + _log_ways(total - bad, seen - likeliest)
        - _log_ways(total, seen)
    )
    terms = [chance]
    for n in range(likeliest, fewest, -1):  # one fewer each time
        chance *= n * (total - bad - seen + n) / ((bad - n + 1) * (seen - n + 1))
        terms.append(chance)
        if chance < terms[0] * SPECK**2:
            break
    chance = terms[0]
    for n in range(likeliest, wrong):
        chance *= (bad - n) * (seen - n) / ((n + 1) * (total - bad - seen + n + 1))
        terms.append(chance)
    return min(1.0, fsum(terms))


def _log_ways(total: int, chosen: int) -> float:
    """Give the logarithm of how many ways there are to choose so many of all."""
    return lgamma(total + 1) - lgamma(chosen + 1) - lgamma(total - chosen + 1)


def spent(wrong: int) -> float:
    """Give how much of the doubt a sample with so many wrong ones may use.

    >>> [round(spent(wrong), 5) for wrong in range(4)]
    [0.04, 0.005, 0.0025, 0.00125]
    """
    return DOUBT * (AT_ONCE if wrong == 0 else (1 - AT_ONCE) * 0.5**wrong)
