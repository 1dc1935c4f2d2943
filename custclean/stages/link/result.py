"""What a run came to, by rows and ids: pairs, groups and what speaks against them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from custclean.errors import InputError
from custclean.stages.link.cluster import Grouped, group
from custclean.stages.link.explain import codes_of, explain
from custclean.stages.link.found_by import with_keys
from custclean.stages.link.groups import (
    beyond,
    contradicted,
    larger_than,
    named,
    strong_links,
)
from custclean.stages.link.learn import learn
from custclean.stages.link.lines import in_order
from custclean.stages.link.outcome import outcome
from custclean.stages.link.pair_frame import smaller_first
from custclean.stages.link.said import REVIEW, said_of
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from custclean.model import Decision, Explanation
    from custclean.stages.link.features import Rows
    from custclean.stages.link.known import Known
    from custclean.stages.link.outcome import Outcome
    from custclean.stages.link.partners import Units
    from custclean.stages.link.ruled import Ruled
    from custclean.stages.link.said import Said
    from custclean.stages.link.score import Scored

    Bools = NDArray[np.bool_]

__all__ = ["HIDDEN", "Result"]

HIDDEN = (
    "_asked",
    "_lost",
    "_low",
    "_high",
)  # columns of `Result.pairs` that are not for people
_SURE = 0.95  # from here a pair is shown as very likely one client


@dataclass(frozen=True, eq=False)
class Result:
    """The pairs of a run, and all that was said of them."""

    threshold: float
    scored: Scored
    ids: tuple[pl.Series, pl.Series]  # of the left and the right table
    found: Outcome
    said: Said
    rules: Ruled
    known: Known
    units: Units | None = None  # of two tables: who is linked as one
    most: int | None = None  # records of one group

    @property
    def linked(self) -> bool:
        """Tell whether two tables were linked."""
        return self.units is not None

    def taught(self, decisions: Iterable[Decision]) -> Result:
        """Decide these pairs too, learn from all that were decided, and begin anew."""
        scored = self.scored
        # as `find_duplicates` tells them, before a classifier judges
        said = said_of(self.ids, replace(scored, judge=None), decisions, self.said)
        if scored.judge is None:  # a classifier of recordlinkage is fitted by its owner
            scored = scored.taught(learn(scored, said.labels))
        found = outcome(scored, self.rules, said.pairs, self.threshold, self.units)
        return replace(self, scored=scored, said=said, found=found)

    def notes(self, shown: Callable[[str], str] = str) -> tuple[str, ...]:
        """Say what did not go as asked; `shown` is how ids may be shown."""
        notes = *self.said.notes, *self.found.notes
        torn = set() if self.linked else set(self.said.torn.values())
        if torn:
            notes = *notes, contradicted(len(torn))
        if self.most is None or self.label is None:
            return notes
        larger = [(shown(n), size) for n, size in larger_than(self.most, self.named(None))]
        return (*notes, beyond(self.most, larger)) if larger else notes

    def name(self, row: int) -> str:
        """Give the id of a row as text."""
        one, other = self.ids
        return str(one[row] if row < len(one) else other[row - len(one)])

    def row(self, table: int, given: object) -> int:
        """Find the row of an id of the left (0) or the right (1) table."""
        ids = self.ids[table]
        same_kind = isinstance(given, str) == (ids.dtype == pl.String)
        found = (ids == given).arg_true() if same_kind else pl.Series([], dtype=pl.UInt32)
        if found.is_empty():
            raise InputError(tr("no such record"), value=given)
        return int(found[0]) + (len(self.ids[0]) if self.linked and table else 0)

    def series(self, low: Rows, high: Rows) -> tuple[pl.Series, pl.Series]:
        """Give the ids of both ends of pairs."""
        one, other = self.ids
        shift = len(one) if self.linked else 0
        return one.gather(low), other.gather(high - shift)

    @cached_property
    def pairs(self) -> pl.DataFrame:
        """Give every pair with what is known of it, likeliest first."""
        found = self.found
        low, high = found.left, found.right
        left, right = self.series(low, high)
        levels = {
            name: pl.Series(codes_of(name), dtype=pl.String).gather(reached)
            for name, reached in self.scored.look(low, high).levels.items()
        }
        table = pl.DataFrame(
            {
                "left_id": left,
                "right_id": right,
                "weight": found.weight,
                "probability": found.chance,
                **levels,
                "decided": found.decided,
                "_asked": self.asked,
                "_lost": found.why_not != "",
                "_low": low,
                "_high": high,
            }
        )
        if not self.linked:
            table = smaller_first(table)
        order = ["probability", "weight", "left_id", "right_id"]
        return table.sort(order, descending=[True, True, False, False])

    @property
    def strong(self) -> Bools:
        """Tell which pairs are at or above the threshold, and kept."""
        kept: Bools = self.found.why_not == ""
        kept &= self.found.chance >= self.threshold
        return kept

    @property
    def asked(self) -> Bools:
        """Tell which pairs are worth a person's look: likely enough, and not decided."""
        found = self.found
        worth: Bools = found.chance >= REVIEW
        worth &= ~(found.always | found.never | found.said)
        return worth

    @property
    def doubtful(self) -> Bools:
        """Tell which of these are neither sure nor lost to a better partner."""
        doubt: Bools = self.asked & (self.found.chance < _SURE)
        doubt &= self.found.why_not == ""
        return doubt

    @property
    def label(self) -> Rows | None:
        """Give the group of each row; two linked tables have none."""
        return None if self.linked else self._groups.label

    def named(self, threshold: float | None) -> pl.DataFrame:
        """Give record_id and cluster_id, every record once."""
        other = threshold is not None and threshold != self.threshold
        groups = self._group(threshold) if other and threshold is not None else self._groups
        return named(groups.label, self.ids[0], self._sorted, self.known)

    @property
    def clusters(self) -> pl.Series:
        """Give the id of each row's cluster."""
        return self.named(None)["cluster_id"].gather(self._place)

    @cached_property
    def _groups(self) -> Grouped:
        return self._group(self.threshold)

    def _group(self, threshold: float) -> Grouped:
        scored = self.scored
        links = strong_links(
            self.found, threshold, self.said, self.known, scored.features.content
        )
        if self.rules.rules:
            links = replace(links, apart=self._apart)
        links = replace(links, order=self._place, most=self.most)
        return group(scored.features.rows, links, scored.weigh)

    def _apart(self, left: Rows, right: Rows) -> Bools:
        return self.rules.apart(left, right, self.scored.look(left, right).levels)

    @cached_property
    def _sorted(self) -> Rows:
        """Give the rows in the order of their ids."""
        return in_order(self.ids[0])

    @cached_property
    def _place(self) -> Rows:
        """Give the place of each row in that order."""
        place = np.empty(len(self._sorted), dtype=np.int64)
        place[self._sorted] = np.arange(len(place))
        return place

    @cached_property
    def conflicts(self) -> pl.DataFrame:
        """Give left_id, right_id and the reason of strong pairs that were not joined.

        With what people said of a group that contradicts itself.
        """
        found = self.found
        reason = np.where(found.overruled(self.threshold), "rule", found.why_not)
        rows = np.flatnonzero(reason != "")
        refused = [] if self.linked else self._refused
        low, high = (np.array([pair[n] for pair in refused], dtype=np.int64) for n in (0, 1))
        left, right = self.series(
            np.append(found.left[rows], low), np.append(found.right[rows], high)
        )
        reasons = [*reason[rows].tolist(), *(why for _, _, why in refused)]
        table = pl.DataFrame(
            {"left_id": left, "right_id": right, "reason": pl.Series(reasons, dtype=pl.String)}
        )
        if not self.linked:
            table = smaller_first(table)
        return table.sort("left_id", "right_id")

    @property
    def _refused(self) -> list[tuple[int, int, str]]:
        words = [(*pair, "decision") for pair in self.said.contradictory]
        return [*self._groups.refused, *words]

    def explained(
        self, left_id: object, right_id: object, *, keys: bool = True
    ) -> Explanation:
        """Say why two records match or not, which keys they share, and which rule decides."""
        low, high = self.row(0, left_id), self.row(1, right_id)
        if low == high:
            raise InputError(tr("a record is not compared with itself"), value=left_id)
        return self.explained_rows(low, high, keys=keys)

    def explained_rows(self, low: int, high: int, *, keys: bool = True) -> Explanation:
        """Say the same of two rows."""
        rows = np.array([low, high])
        scored = self.scored
        if not scored.model.fields:
            raise InputError(tr("there is no column that could be compared"))
        found = scored.look(rows[:1], rows[1:])
        said = explain(
            (self.name(low), self.name(high)),
            scored.features.raw[rows].with_columns(pl.all().cast(pl.String)),
            scored.features.kinds,
            scored.model,
            found,
            float(scored.judge(found)[0]) if scored.judge else None,
        )
        if keys:
            said = with_keys(said, scored, low, high)
        decided = self.said.pairs.get((min(low, high), max(low, high)))
        if decided is not None:  # people beat rules
            return replace(said, sentence=f"{_DECIDED[decided]()} {said.sentence}", why_not="")
        if {low, high} <= self.known.clusters.keys():
            return replace(
                said, why_not=tr("Both were known before, so they stay as they are.")
            )
        return self.rules.added_to(said, rows, found.levels)


_DECIDED = {
    "same": lambda: tr("A person decided: one client."),
    "different": lambda: tr("A person decided: two clients."),
}
