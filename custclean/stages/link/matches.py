"""What linking gives: pairs with reasons, groups, and what a person should look at."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from custclean import charts_linkage, html
from custclean.errors import InputError
from custclean.stages.link import model_file
from custclean.stages.link.display import draw as draw_matches
from custclean.stages.link.given import Given
from custclean.stages.link.labels import decisions_of
from custclean.stages.link.levels import field_said
from custclean.stages.link.pair_frame import pairs_in, smaller_first
from custclean.stages.link.pick import pick
from custclean.stages.link.probe import MissedByBlocking, missed_by_blocking
from custclean.stages.link.recordlinkage_door import vectors, write_annotations
from custclean.stages.link.result import HIDDEN, Result
from custclean.stages.link.said import REVIEW
from custclean.stages.link.sample import Population, draw, population
from custclean.stages.link.thresholds import measured_at, thresholds_of
from custclean.stages.link.usefulness import most_useful_first
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from custclean.charts_linkage import Picture
    from custclean.model import Explanation
    from custclean.stages.link.learned import Learned

__all__ = ["Matches"]


@dataclass(frozen=True, eq=False)
class Matches:
    """Pairs that may be one client, and the groups they make."""

    _result: Result = field(repr=False)
    _shape: Callable[[pl.DataFrame], Any] = field(repr=False)  # as the caller's frames are
    _table: pl.DataFrame = field(repr=False)  # the left one
    _assumed: Callable[[], list[tuple[str, str, str]]] = field(repr=False)  # why what is what
    _noted: tuple[str, ...] = field(repr=False)
    _name: str | None = field(repr=False)  # of the left one's column of ids

    @property
    def threshold(self) -> float:
        """Give the probability from which pairs are joined."""
        return self._result.threshold

    @property
    def linked(self) -> bool:
        """Tell whether two tables were linked: `left_id` is of the left one then."""
        return self._result.linked

    @property
    def pairs(self) -> Any:
        """Give left_id, right_id, weight (log2 odds), probability, and a level per field.

        Likeliest first. `decided` is what a person said ("same", "different") or a rule
        ("always", "never"): then the probability is 1 or 0.
        """
        return self._shape(self._result.pairs.filter(~pl.col("_lost")).drop(HIDDEN))

    @property
    def conflicts(self) -> Any:
        """Give pairs at or above the threshold that were not joined, and why.

        `decision`: a person called two of the group different; where people's words on a
        group contradict one another none of them joins it, and all of them are listed,
        those too that call two different. `rule`: a rule keeps two of
        the group apart. `weak_bridge`: the groups they would join disagree otherwise.
        `too_large`: the group would grow beyond `max_size`. `taken`: one to one, and another
        pair is better.
        """
        return self._shape(self._result.conflicts)

    @property
    def notes(self) -> tuple[str, ...]:
        """Say what did not go as asked."""
        return (*self._noted, *self._result.notes())

    @property
    def blocking(self) -> Any:
        """Give the candidates of each rule, those new with it, and what was left out."""
        return self._shape(self._result.scored.blocking)

    @property
    def model(self) -> dict[str, Any]:
        """Give what was learned, as plain values with a schema version."""
        return model_file.as_dict(self._result.scored.model)

    def save_model(self, path: Path | str) -> None:
        """Write the model as JSON."""
        model_file.write(self._result.scored.model, Path(path))

    def accepted(self) -> Any:
        """Give the pairs at or above the threshold."""
        strong = ~pl.col("_lost") & (pl.col("probability") >= self.threshold)
        return self._shape(self._result.pairs.filter(strong).drop(HIDDEN))

    def clusters(self, threshold: float | None = None) -> Any:
        """Give record_id and cluster_id, every record of one table once.

        The cluster's id is its smallest record_id; a known cluster keeps the id it had.
        """
        self._refuse_linked("clusters")
        return self._shape(self._result.named(threshold))

    def to_review(self) -> Any:
        """Give the pairs worth a person's look, most useful first.

        That is where an answer settles and teaches most; the clear ones come last. Those
        above the threshold too: nothing is accepted without a person. What a person has
        decided is not asked again.
        """
        result = self._result
        content, fields = result.scored.features.content, result.scored.model.fields
        asked = most_useful_first(result.pairs, pl.col("_asked"), content, fields)
        return self._shape(asked.drop(*HIDDEN, "decided"))

    def learn(self, decisions: object) -> Matches:
        """Give the matches anew: these pairs decided, and the model refitted to the answers.

        `decisions` are the log's, or labels: a file or a frame of two ids and a verdict.
        What was accepted in bulk is decided too, but teaches nothing: nobody looked at it.
        They add to those given before; `notes` counts those that fit no pair of records. The
        model stays as it was unless it tells answers that were held back better than before;
        `learned` says what came of it.
        """
        return replace(self, _result=self._result.taught(decisions_of(decisions)))

    @property
    def learned(self) -> Learned:
        """Say what answers taught the model, and whether it is any better for it."""
        return self._result.scored.model.learned

    def explain(self, left_id: object, right_id: object, *, keys: bool = True) -> Explanation:
        """Say why two records match or not, compared before or not, and what found them.

        The shares and the prior add up to the weight: log2 odds, before rivals for one
        partner and decisions count. What a `classifier` says in the model's place is a share
        of its own. `found_by` names the keys that both share; a pair
        that was not compared says `why_not`. Without `keys` both are left out, which takes a
        quarter of the time: for a review, pair after pair.
        """
        return self._result.explained(left_id, right_id, keys=keys)

    def thresholds(self, truth: object = None, *, at: Iterable[float] | None = None) -> Any:
        """Give, for each of some thresholds, what it joins, gets wrong, misses and leaves.

        `at` names other thresholds than a few from 0.01 to 0.999 and our own.

        All `expected_` counts, and precision, recall and F1, come from the probabilities of
        the candidate pairs, one by one: groups join more, and pairs that no key saw are
        missing, but for those that `missed_by_blocking` has estimated. `to_review` are the
        pairs below the threshold that are still worth a look. With `truth` (as in
        `evaluate`) there are `measured_` columns beside them.
        """
        return self._shape(self._thresholds(truth, at))

    def _thresholds(self, truth: object, at: Iterable[float] | None = None) -> pl.DataFrame:
        found, known = self._result.found, list(self._probes.values())
        free = found.why_not == ""
        unseen = known[-1].expected if known else 0.0
        table = thresholds_of(
            found.chance,
            free,
            own=self.threshold,
            review=REVIEW,
            unseen=unseen,
            at=at,
        )
        if truth is not None:
            ids = self._result.series(found.left, found.right)
            table = measured_at(table, found.chance, free, ids, pairs_in(truth))
        return table

    def plot_scores(self) -> Picture:
        """Draw how many pairs have which weight, and the share expected to be right."""
        odds = np.clip(self.threshold, 1e-9, 1 - 1e-9)
        cut = float(np.log2(odds / (1 - odds)))
        found = self._result.found
        return charts_linkage.weights(found.weight, found.chance, threshold=cut)

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
        ids = self._result.series(population.left, population.right)
        drawn = draw(population, ids, n=n, seed=seed)
        return self._shape(drawn if self.linked else smaller_first(drawn))

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
            result = self._result
            found = missed_by_blocking(
                result.scored,
                result.label,
                ids_of=result.series,
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
        result = self._result
        ends, chance = (result.found.left, result.found.right), result.found.chance
        if result.label is None:
            return Population(*ends, chance, result.strong)
        return population(ends, chance, result.label, result.scored.alike)

    def to_recordlinkage(self, *, binary: bool = False) -> Any:
        """Give all candidate pairs as a MultiIndex and vectors for recordlinkage."""
        scored = self._result.scored
        ends = self._result.series(scored.left, scored.right)
        return vectors(*ends, scored.found, binary=binary)

    def annotation_file(self, path: Path | str) -> None:
        """Write the pairs worth a look for recordlinkage's annotator.

        `custclean.read_annotations` reads what comes back as decisions. The file holds the
        records as they are.
        """
        result = self._result
        raw, right = result.scored.features.raw, len(result.ids[0]) * result.linked
        tables = (
            raw.slice(part * right, len(ids)).with_columns(record_id=ids)
            for part, ids in enumerate(result.ids)
        )
        asked = result.pairs.filter("_asked")
        write_annotations(path, asked.select("left_id", "right_id"), *tables)

    def deduplicated(self) -> Given:
        """Give the table and its groups, to be linked to another."""
        self._refuse_linked("link")
        result = self._result
        assert result.label is not None  # noqa: S101  # refused above
        return Given(
            self._table,
            result.ids[0],
            result.scored.features.kinds,
            result.label,
            self._shape,
            self._noted,
            self._name,
        )

    def grouped(self) -> tuple[Given, pl.Series]:
        """Give the table and the cluster of each row, to be merged."""
        one = self.deduplicated()
        return one, self._result.clusters

    def __repr__(self) -> str:
        result = self._result
        return (
            f"Matches({result.scored.features.rows} records, {len(result.found)} pairs,"
            f" {int(result.strong.sum())} at or above {self.threshold:g},"
            f" {int(result.asked.sum())} worth a look,"
            f" {int(result.doubtful.sum())} in doubt)"
        )

    def _repr_html_(self) -> str:
        result, found = self._result, self._result.found
        picked = pick(
            (found.left, found.right),
            found.weight,
            joined=result.strong,
            doubtful=result.doubtful,
            label=result.label,
        )
        return draw_matches(
            result,
            picked,
            self._assumed(),
            noted=(*self._noted, *result.notes(str if html.revealed() else html.id_shown)),
            probed=next(iter(self._probes.values()), None),
        )

    def _refuse_linked(self, what: str) -> None:
        if self.linked:
            raise InputError(
                tr("two linked tables have pairs, no clusters"), value=what, expected=".pairs"
            )
