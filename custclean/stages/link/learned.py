"""What people's answers taught a model: how far each level moves, and whether that helps."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import polars as pl

from custclean import html
from custclean.stages.link.levels import FIELDS, field_said, words_for
from custclean.words import numeral, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from custclean.stages.link.pairs import Levels
    from custclean.stages.link.scoring import Evidence

    Floats = NDArray[np.float64]

__all__ = ["Learned"]


@dataclass(frozen=True, eq=False)
class Learned:
    """A correction of the weights, and the answers that it was learned from.

    `prior` is added to the weight of every pair, `levels[field]` by the level that a pair
    reached, all log2; its first place is 0, for what cannot be compared says nothing.
    `before` and `after`: what the model lost on answers that it was not shown, as it was
    and corrected (log loss in bits an answer).
    """

    same: int = 0
    different: int = 0
    before: float = 0.0
    after: float = 0.0
    prior: float = 0.0
    levels: Mapping[str, Floats] = field(default_factory=dict)

    @property
    def answers(self) -> int:
        """How many answers it was learned from."""
        return self.same + self.different

    @property
    def changed(self) -> bool:
        """Say whether the weights moved; else the answers did not show that they should."""
        return bool(self.levels)

    def only(self, names: Iterable[str]) -> Learned:
        """Leave out what is said of other fields."""
        known = {name: self.levels[name] for name in names if name in self.levels}
        return replace(self, levels=known)

    def shift(self, found: Mapping[str, Levels]) -> Floats | float:
        """Give what is added to the weight of each pair, by the levels that it reached."""
        return self.prior + sum(moved[found[name]] for name, moved in self.levels.items())

    def of(self, name: str, found: Evidence) -> float:
        """Give what is added to the weight of a single pair by the level of one field."""
        return float(self.levels[name][found.levels[name]][0]) if name in self.levels else 0.0

    @property
    def sentence(self) -> str:
        """Say in words what came of it."""
        if not self.answers:
            return tr("Nothing was learned: there are no answers yet.")
        told = tr(
            "Answers: {n:,}, of which one client: {same:,}, two clients: {different:,}.",
            n=self.answers,
            same=self.same,
            different=self.different,
        )
        if self.changed:
            came = tr(
                "The model has learned from them: what was said in answers that it was not"
                " shown it now holds for {after} likely, and before for {before}.",
                before=numeral(2**-self.before, ".0%"),
                after=numeral(2**-self.after, ".0%"),
            )
        else:
            came = tr(
                "They do not show that another model would do better, so it stays as it was;"
                " the answers themselves hold."
            )
        return f"{told} {came}"

    @property
    def table(self) -> pl.DataFrame:
        """Give field, level and what is added to the weight, where it is anything."""
        rows = [
            (field_said(name), words_for(name, code), float(moved[number]))
            for name, moved in self.levels.items()
            for number, code in enumerate(FIELDS[name].codes)
            if moved[number]
        ]
        rows.sort(key=lambda row: -abs(row[2]))
        return pl.DataFrame(rows, schema=["field", "level", "weight"], orient="row")

    def __repr__(self) -> str:
        result = f"{self.before:.2f} -> {self.after:.2f} bits" if self.changed else "unchanged"
        return f"Learned({self.same} same, {self.different} different, {result})"

    def _repr_html_(self) -> str:
        said = html.framed(html.paragraph(self.sentence, kind="said"))
        return said + html.table(self.table)
