"""What each threshold would do to the pairs and groups: worked out before anybody asks."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from custclean.stages.link import Matches

__all__ = ["Effect", "Effects"]

STEPS = (*(n / 100 for n in range(1, 100)), 0.995, 0.999)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a threshold joins: pairs, groups, the records in them; what is expected of it.

    `wrong` and `missed` are expected numbers of pairs, by the model's own probabilities;
    `to_review` pairs below the threshold are worth a person's look.
    """

    threshold: float
    pairs: int
    groups: int
    records: int
    largest: int
    to_review: int
    wrong: float
    missed: float


class Effects:
    """The effects of `steps` thresholds of some matches; `at` is a look-up."""

    def __init__(self, matches: Matches) -> None:
        self.own = matches.threshold
        self.steps = tuple(sorted({*STEPS, self.own}))
        groups: dict[int, tuple[int, int, int]] = {}
        self._found = []
        for row in matches.thresholds(at=self.steps).iter_rows(named=True):
            joined = row["joined"]
            if (
                joined not in groups
            ):  # as many pairs are the same pairs: each step holds the next
                groups[joined] = _groups(matches.clusters(row["threshold"]))
            self._found.append(
                Effect(
                    row["threshold"], joined, *groups[joined], row["to_review"],
                    row["expected_wrong"], row["expected_missed"],
                )
            )  # fmt: skip

    def __repr__(self) -> str:
        return f"Effects({len(self.steps)} thresholds, own {self.own:g})"

    def at(self, threshold: float) -> Effect:
        """Give the effect of a threshold: that of the nearest step at or above it."""
        place = bisect_left(self.steps, threshold - 1e-12)
        return self._found[min(place, len(self.steps) - 1)]


def _groups(clusters: Any) -> tuple[int, int, int]:
    """Count the groups of two and more, the records in them, and those of the largest."""
    sizes = clusters["cluster_id"].value_counts()["count"]
    several = sizes.filter(sizes > 1)
    return len(several), int(several.sum()), int(several.max() or 0)
