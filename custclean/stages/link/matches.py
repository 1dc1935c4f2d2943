"""What linking gives: pairs with reasons, groups, and what a person should look at."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from custclean import html
from custclean.errors import InputError
from custclean.stages.link import model_file
from custclean.stages.link.cluster import Grouped, group
from custclean.stages.link.explain import codes_of, explain
from custclean.stages.link.given import Given
from custclean.stages.link.groups import named, strong_links
from custclean.stages.link.lines import in_order
from custclean.stages.link.recordlinkage_door import vectors, write_annotations
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from custclean.model import Explanation
    from custclean.stages.link.features import Rows
    from custclean.stages.link.known import Known
    from custclean.stages.link.outcome import Outcome
    from custclean.stages.link.ruled import Ruled
    from custclean.stages.link.score import Scored

__all__ = ["Matches"]

REVIEW = 0.10  # below this probability a pair is not worth a person's look
_WORTH = (pl.col("probability") >= REVIEW) & pl.col("decided").is_null()


@dataclass(frozen=True, eq=False)
class Matches:
    """Pairs that may be one client, and the groups they make.

    `threshold`: the probability from which pairs are joined. `blocking`: how many
    candidates each rule gave, and what oversized blocks left out. `linked`: two tables
    were linked, so that `left_id` is of the left one and `right_id` of the right one. `notes`
    say what did not go as asked.
    """

    threshold: float
    linked: bool
    notes: tuple[str, ...]
    _scored: Scored = field(repr=False)
    _ids: tuple[pl.Series, pl.Series] = field(repr=False)  # of the left and the right table
    _shape: Callable[[pl.DataFrame], Any] = field(repr=False)  # as the caller's frames are
    _table: pl.DataFrame = field(repr=False)  # the left one
    _found: Outcome = field(repr=False)
    _decided: Mapping[tuple[int, int], str] = field(repr=False)
    _rules: Ruled = field(repr=False)
    _why_not: NDArray[np.str_] = field(repr=False)  # of linked pairs that are not kept
    _known: Known = field(repr=False)
    _most: int | None = field(repr=False)

    @property
    def pairs(self) -> Any:
        """Give left_id, right_id, weight (log2 odds), probability, and a level per field.

        Likeliest first. `decided` is what a person said ("same", "different") or a rule
        ("always", "never"): then the probability is 1 or 0.
        """
        return self._shape(self._pairs.filter(~pl.col("_lost")).drop("_lost", "_low", "_high"))

    @property
    def conflicts(self) -> Any:
        """Give pairs at or above the threshold that were not joined, and why.

        `decision`: a person called two of the group different. `rule`: a rule keeps two of
        the group apart. `weak_bridge`: the groups they would join disagree otherwise.
        `too_large`: the group would grow beyond `max_size`. `taken`: one to one, and another
        pair is better.
        """
        return self._shape(self._conflicts)

    @property
    def blocking(self) -> Any:
        """Give the candidates of each rule, those new with it, and what was left out."""
        return self._shape(self._scored.blocking)

    @property
    def model(self) -> dict[str, Any]:
        """Give what was learned, as plain values with a schema version."""
        return model_file.as_dict(self._scored.model)

    def save_model(self, path: Path) -> None:
        """Write the model as JSON."""
        model_file.write(self._scored.model, path)

    def accepted(self) -> Any:
        """Give the pairs at or above the threshold."""
        found = self._pairs.filter(
            ~pl.col("_lost") & (pl.col("probability") >= self.threshold)
        )
        return self._shape(found.drop("_lost", "_low", "_high"))

    def clusters(self, threshold: float | None = None) -> Any:
        """Give record_id and cluster_id, every record of one table once.

        The cluster's id is its smallest record_id; a known cluster keeps the id it had.
        """
        self._refuse_linked("clusters")
        label = self._grouped(self.threshold if threshold is None else threshold).label
        return self._shape(named(label, self._ids[0], self._sorted, self._known))

    def to_review(self) -> Any:
        """Give the pairs worth a person's look, likeliest first.

        Those above the threshold too: nothing is accepted without a person. What a
        person has decided is not asked again.
        """
        return self._shape(
            self._pairs.filter(_WORTH).drop("_lost", "_low", "_high", "decided")
        )

    def explain(self, left_id: object, right_id: object) -> Explanation:
        """Say why two records match or not, compared before or not.

        The shares and the prior add up to the weight: log2 odds, before rivals for one
        partner and decisions count.
        """
        low, high = self._row(0, left_id), self._row(1, right_id)
        if low == high:
            raise InputError(tr("a record is not compared with itself"), value=left_id)
        rows = np.array([low, high])
        found = self._scored.look(rows[:1], rows[1:])
        features = self._scored.features
        told = explain(
            (str(left_id), str(right_id)),
            features.raw[rows].with_columns(pl.all().cast(pl.String)),
            features.kinds,
            self._scored.model,
            found,
        )
        if (min(low, high), max(low, high)) in self._decided:
            return told  # people beat rules
        return self._rules.added_to(told, rows, found.levels)

    def to_recordlinkage(self, *, binary: bool = False) -> Any:
        """Give all candidate pairs as a MultiIndex and vectors for recordlinkage."""
        scored = self._scored
        ends = self._series(scored.left, scored.right)
        return vectors(*ends, scored.found, binary=binary)

    def annotation_file(self, path: Path | str) -> None:
        """Write the pairs worth a look for recordlinkage's annotator.

        `custclean.read_annotations` reads what comes back as decisions. The file holds the
        records as they are.
        """
        raw = self._scored.features.raw
        tables = (
            raw.slice(part * len(self._ids[0]) * self.linked, len(ids)).with_columns(
                record_id=ids
            )
            for part, ids in enumerate(self._ids)
        )
        asked = self._pairs.filter(_WORTH)
        write_annotations(path, asked.select("left_id", "right_id"), *tables)

    def deduplicated(self) -> Given:
        """Give the table and its groups, to be linked to another."""
        self._refuse_linked("link")
        features, label = self._scored.features, self._grouped(self.threshold).label
        return Given(self._table, self._ids[0], features.kinds, label, self._shape)

    def __repr__(self) -> str:
        above = self._pairs.filter(
            ~pl.col("_lost") & (pl.col("probability") >= self.threshold)
        )
        return (
            f"Matches({self._scored.features.rows} records, {self._pairs.height} pairs,"
            f" {above.height} at or above {self.threshold:g},"
            f" {self._pairs.filter(pl.col('probability') >= REVIEW).height} worth a look)"
        )

    def _repr_html_(self) -> str:
        shown = self._pairs.filter(pl.col("probability") >= REVIEW)
        title = trn("{n} pair worth a look", "{n} pairs worth a look", shown.height)
        levels = [name for name in shown.columns if name in self._scored.model.fields]
        shown = shown.select("left_id", "right_id", "probability", *levels)
        return html.table(shown, title=title, plain=("left_id", "right_id", *levels))

    def _refuse_linked(self, what: str) -> None:
        if self.linked:
            raise InputError(
                tr("two linked tables have pairs, no clusters"), value=what, expected=".pairs"
            )

    def _row(self, table: int, given: object) -> int:
        ids = self._ids[table]
        same_kind = isinstance(given, str) == (ids.dtype == pl.String)
        found = (ids == given).arg_true() if same_kind else pl.Series([], dtype=pl.UInt32)
        if found.is_empty():
            raise InputError(tr("no such record"), value=given)
        return int(found[0]) + (len(self._ids[0]) if self.linked and table else 0)

    def _series(self, low: Rows, high: Rows) -> tuple[pl.Series, pl.Series]:
        one, other = self._ids
        shift = len(one) if self.linked else 0
        return one.gather(low), other.gather(high - shift)

    @cached_property
    def _pairs(self) -> pl.DataFrame:
        found = self._found
        low, high = found.left, found.right
        left, right = self._series(low, high)
        table = pl.DataFrame(
            {
                "left_id": left,
                "right_id": right,
                "weight": found.weight,
                "probability": found.chance,
                **self._levels(low, high),
                "decided": found.decided,
                "_lost": self._why_not != "",
                "_low": low,
                "_high": high,
            }
        )
        if not self.linked:
            table = _smaller_first(table)
        order = ["probability", "weight", "left_id", "right_id"]
        return table.sort(order, descending=[True, True, False, False])

    def _levels(self, low: Rows, high: Rows) -> dict[str, pl.Series]:
        levels = self._scored.look(low, high).levels
        return {
            name: pl.Series(codes_of(name), dtype=pl.String).gather(found)
            for name, found in levels.items()
        }

    @cached_property
    def _default_groups(self) -> Grouped:
        return self._group(self.threshold)

    def _grouped(self, threshold: float) -> Grouped:
        return self._default_groups if threshold == self.threshold else self._group(threshold)

    def _group(self, threshold: float) -> Grouped:
        scored = self._scored
        links = strong_links(
            self._found, threshold, self._decided, self._known, scored.features.content
        )
        if self._rules.rules:
            links = replace(links, apart=self._apart)
        links = replace(links, order=self._place, most=self._most)
        return group(scored.features.rows, links, scored.weigh)

    @cached_property
    def _sorted(self) -> Rows:
        """Give the rows in the order of their ids."""
        return in_order(self._ids[0])

    @cached_property
    def _place(self) -> Rows:
        """Give the place of each row in that order."""
        place = np.empty(len(self._sorted), dtype=np.int64)
        place[self._sorted] = np.arange(len(place))
        return place

    def _apart(self, left: Rows, right: Rows) -> NDArray[np.bool_]:
        return self._rules.apart(left, right, self._scored.look(left, right).levels)

    @cached_property
    def _conflicts(self) -> pl.DataFrame:
        found = self._found
        reason = np.where(found.overruled(self.threshold), "rule", self._why_not)
        rows = np.flatnonzero(reason != "")
        refused = () if self.linked else self._default_groups.refused
        low, high = (np.array([pair[n] for pair in refused], dtype=np.int64) for n in (0, 1))
        left, right = self._series(
            np.append(found.left[rows], low), np.append(found.right[rows], high)
        )
        reasons = [*reason[rows].tolist(), *(why for _, _, why in refused)]
        table = pl.DataFrame(
            {"left_id": left, "right_id": right, "reason": pl.Series(reasons, dtype=pl.String)}
        )
        if not self.linked:
            table = _smaller_first(table)
        return table.sort("left_id", "right_id")


def _smaller_first(table: pl.DataFrame) -> pl.DataFrame:
    left, right = pl.col("left_id"), pl.col("right_id")
    return table.with_columns(
        left_id=pl.min_horizontal(left, right), right_id=pl.max_horizontal(left, right)
    )
