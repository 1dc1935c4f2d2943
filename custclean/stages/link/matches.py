"""What linking gives: pairs with reasons, groups, and what a person should look at."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from custclean import charts_linkage
from custclean.errors import InputError
from custclean.stages.link import model_file
from custclean.stages.link.cluster import Grouped, group
from custclean.stages.link.display import draw as draw_matches
from custclean.stages.link.explain import codes_of, explain
from custclean.stages.link.found_by import with_keys
from custclean.stages.link.given import Given
from custclean.stages.link.groups import named, strong_links
from custclean.stages.link.labels import decisions_of
from custclean.stages.link.learn import learn
from custclean.stages.link.levels import field_said
from custclean.stages.link.lines import in_order
from custclean.stages.link.outcome import outcome
from custclean.stages.link.pair_frame import pairs_in
from custclean.stages.link.pick import pick
from custclean.stages.link.probe import MissedByBlocking, missed_by_blocking
from custclean.stages.link.recordlinkage_door import vectors, write_annotations
from custclean.stages.link.said import decided_pairs
from custclean.stages.link.sample import Population, draw, population
from custclean.stages.link.thresholds import measured_at, thresholds_of
from custclean.stages.link.usefulness import most_useful_first
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from custclean.charts_linkage import Picture
    from custclean.model import Explanation
    from custclean.stages.link.features import Rows
    from custclean.stages.link.known import Known
    from custclean.stages.link.learned import Learned
    from custclean.stages.link.outcome import Outcome
    from custclean.stages.link.partners import Units
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
    were linked, so that `left_id` is of the left one and `right_id` of the right one.
    """

    threshold: float
    linked: bool
    _noted: tuple[str, ...] = field(repr=False)
    _scored: Scored = field(repr=False)
    _ids: tuple[pl.Series, pl.Series] = field(repr=False)  # of the left and the right table
    _shape: Callable[[pl.DataFrame], Any] = field(repr=False)  # as the caller's frames are
    _table: pl.DataFrame = field(repr=False)  # the left one
    _found: Outcome = field(repr=False)
    _decided: Mapping[tuple[int, int], str] = field(repr=False)
    _rules: Ruled = field(repr=False)
    _units: Units | None = field(repr=False)  # of two tables: who is linked as one
    _known: Known = field(repr=False)
    _most: int | None = field(repr=False)
    _assumed: Callable[[], list[tuple[str, str, str]]] = field(repr=False)  # why what is what

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
    def notes(self) -> tuple[str, ...]:
        """Say what did not go as asked."""
        return (*self._noted, *self._found.notes)

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
        """Give the pairs worth a person's look, most useful first.

        That is where an answer settles and teaches most; the clear ones come last. Those
        above the threshold too: nothing is accepted without a person. What a person has
        decided is not asked again.
        """
        content, fields = self._scored.features.content, self._scored.model.fields
        asked = most_useful_first(self._pairs, _WORTH, content, fields)
        return self._shape(asked.drop("_lost", "_low", "_high", "decided"))

    def learn(self, decisions: object) -> Matches:
        """Give the matches anew: these pairs decided, and the model refitted to the answers.

        `decisions` are the log's, or labels: a file or a frame of two ids and a verdict.
        They add to those given before. The model stays as it was unless it tells answers
        that were held back better than before; `learned` says what came of it.
        """
        ids, other = self._ids
        shift = len(ids) if self.linked else 0
        decided = decided_pairs(ids, other, shift, decisions_of(decisions), self._decided)
        scored = self._scored
        if scored.judge is None:  # a classifier of recordlinkage is fitted by its owner
            scored = scored.taught(learn(scored, decided))
        found = outcome(scored, self._rules, decided, self.threshold, self._units)
        return replace(self, _scored=scored, _decided=decided, _found=found)

    @property
    def learned(self) -> Learned:
        """Say what answers taught the model, and whether it is any better for it."""
        return self._scored.model.learned

    def explain(self, left_id: object, right_id: object) -> Explanation:
        """Say why two records match or not, compared before or not, and what found them.

        The shares and the prior add up to the weight: log2 odds, before rivals for one
        partner and decisions count. `found_by` names the keys that both share; a pair
        that was not compared says `why_not`.
        """
        low, high = self._row(0, left_id), self._row(1, right_id)
        if low == high:
            raise InputError(tr("a record is not compared with itself"), value=left_id)
        rows = np.array([low, high])
        found = self._scored.look(rows[:1], rows[1:])
        features = self._scored.features
        said = explain(
            (str(left_id), str(right_id)),
            features.raw[rows].with_columns(pl.all().cast(pl.String)),
            features.kinds,
            self._scored.model,
            found,
        )
        said = with_keys(said, self._scored, low, high)
        if (min(low, high), max(low, high)) in self._decided:
            return said  # people beat rules
        return self._rules.added_to(said, rows, found.levels)

    def thresholds(self, truth: object = None) -> Any:
        """Give, for each of some thresholds, what it joins, gets wrong, misses and leaves.

        All `expected_` counts, and precision, recall and F1, come from the probabilities of
        the candidate pairs, one by one: groups join more, and pairs that no key saw are
        missing, but for those that `missed_by_blocking` has estimated. `to_review` are the
        pairs below the threshold that are still worth a look. With `truth` (as in
        `evaluate`) there are `measured_` columns beside them.
        """
        return self._shape(self._thresholds(truth))

    def _thresholds(self, truth: object) -> pl.DataFrame:
        found, known = self._found, list(self._probes.values())
        free = found.why_not == ""
        unseen = known[-1].expected if known else 0.0
        table = thresholds_of(
            found.chance, free, own=self.threshold, review=REVIEW, unseen=unseen
        )
        if truth is not None:
            ids = self._series(found.left, found.right)
            table = measured_at(table, found.chance, free, ids, pairs_in(truth))
        return table

    def plot_scores(self) -> Picture:
        """Draw how many pairs have which weight, and the share expected to be right."""
        odds = np.clip(self.threshold, 1e-9, 1 - 1e-9)
        cut = float(np.log2(odds / (1 - odds)))
        return charts_linkage.weights(self._found.weight, self._found.chance, threshold=cut)

    def plot_waterfall(self, left_id: object, right_id: object) -> Picture:
        """Draw how the prior and each field add up to the weight of two records."""
        return charts_linkage.waterfall(self.explain(left_id, right_id), field_said)

    def plot_threshold(self, truth: object = None) -> Picture:
        """Draw what `thresholds` gives: precision, recall, and what is left to review."""
        return charts_linkage.thresholds(self._thresholds(truth), own=self.threshold)

    def sample(self, n: int, *, seed: int = 0) -> Any:
        """Draw pairs to be labelled: left_id, right_id, stratum, weight, probability, same.

        Drawn from the pairs that are joined and, among the candidates, from those that are
        not; `weight` is how many pairs one stands for. Fill `same` in with true or false
        (`cc.ReviewSession` shows the pairs, without what the model thinks) and give it to
        `cc.evaluate`. The same seed draws the same pairs.
        """
        population = self._population
        ids = self._series(population.left, population.right)
        drawn = draw(population, ids, n=n, seed=seed)
        return self._shape(drawn if self.linked else _smaller_first(drawn))

    def missed_by_blocking(self, seed: int = 0) -> MissedByBlocking:
        """Estimate how many true pairs no key brings together, with a 95 % interval.

        A thousand records, drawn by `seed`, are compared with those that share the rarest
        pieces of four letters with them, anywhere; a pair that is no candidate and in no
        common group, and more likely one client than two, counts by its probability. It
        cannot see pairs that share hardly a piece of text, nor those that the model itself
        takes for two clients: the true number may be higher. The interval is for the draw
        of the records alone.
        """
        if seed not in self._probes:
            label = None if self.linked else self._default_groups.label
            found = missed_by_blocking(
                self._scored,
                label,
                ids_of=self._series,
                seen=float(np.sort(self._population.probability).sum()),
                seed=seed,
            )
            self._probes[seed] = replace(found, pairs=self._shape(found.pairs))
        return self._probes[seed]

    @cached_property
    def _probes(self) -> dict[int, MissedByBlocking]:
        return {}

    @cached_property
    def _population(self) -> Population:
        found = self._found
        ends = found.left, found.right
        if self.linked:
            return Population(*ends, found.chance, self._strong)
        label = self._default_groups.label
        return population(ends, found.chance, label, self._scored.alike)

    @property
    def _strong(self) -> NDArray[np.bool_]:
        kept: NDArray[np.bool_] = self._found.why_not == ""
        kept &= self._found.chance >= self.threshold
        return kept

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
        worth = int((self._found.chance >= REVIEW).sum())
        return (
            f"Matches({self._scored.features.rows} records, {len(self._found)} pairs,"
            f" {int(self._strong.sum())} at or above {self.threshold:g}, {worth} worth a look)"
        )

    def _repr_html_(self) -> str:
        label = None if self.linked else self._default_groups.label
        found = self._found
        open_ = found.why_not == ""
        picked = pick(
            (found.left[open_], found.right[open_]),
            found.weight[open_],
            found.chance[open_],
            joined=self._strong[open_],
            least=REVIEW,
            label=label,
        )
        return draw_matches(
            self._scored,
            picked,
            self._assumed(),
            name=self._name,
            threshold=self.threshold,
            noted=self.notes,
            probed=next(iter(self._probes.values()), None),
        )

    def _name(self, row: int) -> str:
        one, other = self._ids
        return str(one[row] if row < len(one) else other[row - len(one)])

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
                "_lost": found.why_not != "",
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
        reason = np.where(found.overruled(self.threshold), "rule", found.why_not)
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
