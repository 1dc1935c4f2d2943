"""How good a result is against the truth, with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from custclean.decisions.standing import looked_at
from custclean.model import Verdict
from custclean.stages.link.estimate import estimate
from custclean.stages.link.labels import are_labels, read_labels
from custclean.stages.link.matches import Matches
from custclean.stages.link.pair_frame import pairs_in
from custclean.stages.link.sample import is_sample

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

    from custclean.model import Decision
    from custclean.stages.link.estimate import Interval

__all__ = ["Quality", "evaluate"]

_Z = 1.959963984540054  # 95 % of a normal distribution
_SAYS = {
    Verdict.SAME: True, Verdict.LINK: True, Verdict.DIFFERENT: False, Verdict.SPLIT: False
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quality:
    """Pairs found and missed; each measure with its 95 % interval.

    Counted against the truth the intervals are Wilson's. From a labelled sample the counts
    are estimates, and the intervals say how far the sample may mislead.
    """

    right: float  # pairs found that are true; whole but for an estimate
    wrong: float  # pairs found that are not
    missed: float  # true pairs that were not found
    labelled: int = 0  # pairs that it is estimated from or counted among, if not all
    intervals: tuple[Interval, ...] = ()  # then: of precision, recall and F1

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
    def precision_interval(self) -> Interval:
        """Give where the precision lies, with 95 % confidence."""
        if self.intervals:
            return self.intervals[0]
        return wilson(self.right, self.right + self.wrong)

    @property
    def recall_interval(self) -> Interval:
        """Give where the recall lies, with 95 % confidence."""
        if self.intervals:
            return self.intervals[1]
        return wilson(self.right, self.right + self.missed)

    @property
    def f1_interval(self) -> Interval:
        """Give where F1 lies: from the interval of right among all pairs on either list."""
        if self.intervals:
            return self.intervals[2]
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
        counts = f"{self.right:.0f} right, {self.wrong:.0f} wrong, {self.missed:.0f} missed"
        said = "estimated from" if self.intervals else "counted among"
        how = f", {said} {self.labelled} labelled pairs" if self.labelled else ""
        return f"Quality({shown}; {counts}{how})"


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


def wilson(part: float, whole: float) -> Interval:
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

    `truth` may also be what `Matches.sample` gave, its column `same` filled in: then all
    is estimated, with intervals. True pairs that were never candidates are in no sample,
    so recall is among candidates; `Matches.missed_by_blocking` asks for the rest.

    Labels (a decision log, decisions, a file of them, or a frame with a verdict) say what
    is the same and what is different: then only the pairs that they decide are counted. As
    people are asked about the doubtful ones first, that is no measure of all pairs. What was
    accepted in bulk nobody looked at: it is no truth.
    """
    one = _pairs(found)
    if is_sample(truth):
        return Quality(**estimate(one, truth))
    if are_labels(truth):
        return _of_labelled(one, read_labels(truth))
    other = _pairs(truth)
    right = one.join(other, on=["left_id", "right_id"], how="semi").height
    return Quality(right, one.height - right, other.height - right)


def _of_labelled(found: pl.DataFrame, said: Iterable[Decision]) -> Quality:
    """Count among the pairs that people looked at and decided; the last word on each."""
    words = {
        tuple(sorted(each.key)): _SAYS.get(each.verdict) if looked_at(each) else None
        for each in said
    }
    pairs = set(found.rows())
    same = [pair in pairs for pair, word in words.items() if word is True]
    apart = [pair in pairs for pair, word in words.items() if word is False]
    return Quality(sum(same), sum(apart), len(same) - sum(same), len(same) + len(apart))


def _pairs(given: object) -> pl.DataFrame:
    """Give distinct pairs, the smaller id first; ids become text."""
    if isinstance(given, Matches):
        given = given.accepted() if given.linked else given.clusters()
    return pairs_in(given)
