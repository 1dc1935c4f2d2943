"""How good a result is against the truth, with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import polars as pl

from custclean.errors import InputError
from custclean.frames import to_polars
from custclean.model import Pair
from custclean.stages.link.matches import Matches
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Quality", "evaluate"]

_Z = 1.959963984540054  # 95 % of a normal distribution


@dataclass(frozen=True, slots=True)
class Quality:
    """Pairs found and missed; each measure with its 95 % Wilson interval."""

    right: int  # pairs found that are true
    wrong: int  # pairs found that are not
    missed: int  # true pairs that were not found

    @property
    def precision(self) -> float:
        """Give the share of true pairs among those found; 1 if none was found."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Give the share of found pairs among the true ones; 1 if there are none."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Give the harmonic mean of precision and recall."""
        return _share(2 * self.right, 2 * self.right + self.wrong + self.missed)

    @property
    def precision_interval(self) -> tuple[float, float]:
        """Give where the precision lies, with 95 % confidence."""
        return wilson(self.right, self.right + self.wrong)

    @property
    def recall_interval(self) -> tuple[float, float]:
        """Give where the recall lies, with 95 % confidence."""
        return wilson(self.right, self.right + self.missed)

    @property
    def f1_interval(self) -> tuple[float, float]:
        """Give where F1 lies: from the interval of right among all pairs on either list."""
        low, high = wilson(self.right, self.right + self.wrong + self.missed)
        return 2 * low / (1 + low), 2 * high / (1 + high)

    def __repr__(self) -> str:
        measures = {
            "precision": (self.precision, self.precision_interval),
            "recall": (self.recall, self.recall_interval),
            "F1": (self.f1, self.f1_interval),
        }
        shown = ", ".join(
            f"{name} {value:.3f} ({low:.3f} - {high:.3f})"
            for name, (value, (low, high)) in measures.items()
        )
        return (
            f"Quality({shown}; {self.right} right, {self.wrong} wrong, {self.missed} missed)"
        )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Give the 95 % interval of a share, sound for few and for extreme counts too.

    >>> [round(end, 3) for end in wilson(98, 100)]
    [0.93, 0.994]
    """
    if whole == 0:
        return 0.0, 1.0
    share, z2 = part / whole, _Z**2
    middle = share + z2 / (2 * whole)
    half = _Z * sqrt(share * (1 - share) / whole + z2 / (4 * whole**2))
    scale = 1 + z2 / whole
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def evaluate(found: object, truth: object) -> Quality:
    """Count the pairs of a result that are true, wrong and missing.

    Both may be `Matches`, a frame of groups (record_id and cluster_id or entity), a
    frame of pairs (left_id, right_id), or pairs. Of the matches of one table the groups
    count, of two linked tables the pairs at or above the threshold.
    """
    one, other = _pairs(found), _pairs(truth)
    right = one.join(other, on=["left_id", "right_id"], how="semi").height
    return Quality(right, one.height - right, other.height - right)


def _pairs(given: object) -> pl.DataFrame:
    """Give distinct pairs, the smaller id first; ids become text."""
    if isinstance(given, Matches):
        given = given.accepted() if given.linked else given.clusters()
    if isinstance(given, (list, tuple, set, frozenset)):
        return _ordered(_from_values(given))
    frame = to_polars(given)
    if {"left_id", "right_id"} <= set(frame.columns):
        return _ordered(frame.select("left_id", "right_id"))
    entity = next((name for name in ("cluster_id", "entity") if name in frame.columns), None)
    if entity is None or "record_id" not in frame.columns:
        raise InputError(
            tr("neither pairs nor groups"),
            value=", ".join(frame.columns),
            expected="left_id, right_id / record_id, cluster_id",
        )
    members = frame.select(pl.col("record_id"), pl.col(entity).alias("group")).drop_nulls()
    both = members.join(members, on="group", suffix="_other")
    both = both.filter(pl.col("record_id") != pl.col("record_id_other"))
    return _ordered(both.select(left_id="record_id", right_id="record_id_other"))


def _from_values(given: Iterable[object]) -> pl.DataFrame:
    ends = [
        (each.left, each.right) if isinstance(each, Pair) else tuple(each)  # type: ignore[arg-type]
        for each in given
    ]
    data = {"left_id": [str(a) for a, _ in ends], "right_id": [str(b) for _, b in ends]}
    return pl.DataFrame(data, schema={"left_id": pl.String, "right_id": pl.String})


def _ordered(frame: pl.DataFrame) -> pl.DataFrame:
    left, right = pl.col("left_id").cast(pl.String), pl.col("right_id").cast(pl.String)
    return frame.select(
        left_id=pl.min_horizontal(left, right), right_id=pl.max_horizontal(left, right)
    ).unique()
