"""Which candidates are worth comparing in earnest: those that could still be one client.

A pair is looked at in three steps, each of which costs more than the one before: what its
hashes say, what its names are, and all the rest. After each, whatever is not known yet is
taken at its best; who is hopeless even then is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from custclean.stages.link.compare import AT_WORK, compare_names, compare_rest
from custclean.stages.link.frequencies import common_levels
from custclean.stages.link.pairs import Pairs
from custclean.stages.link.scoring import chances_of, joined, odds_of
from custclean.stages.link.spread import parts, spread

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from custclean.stages.link.features import Features, Rows
    from custclean.stages.link.frequencies import Frequencies
    from custclean.stages.link.pairs import Bools, Levels
    from custclean.stages.link.scoring import Evidence, Model

    Floats = NDArray[np.float64]

__all__ = ["worth_comparing"]

_AT_ONCE = 100_000  # pairs looked at together
_HOPELESS = -4.0  # log2 odds that not even the best of luck would mend
_NAMES = ("company", "person")


def worth_comparing(
    model: Model, features: Features, seen: Frequencies, left: Rows, right: Rows
) -> tuple[Rows, Evidence]:
    """Give the pairs that could be one client, by place, and how alike they are."""
    seen.count(model.fields)
    look = _Look(model, features, seen, {n: _best(model, n) for n in model.fields})
    cut = parts(len(left), _AT_ONCE) or [slice(0, 0)]
    found = spread(lambda part: look.at(left[part], right[part]), cut)
    rows = np.concatenate([rows + part.start for part, (rows, _) in zip(cut, found)])
    return rows, joined([each for _, each in found])


@dataclass(frozen=True)
class _Look:
    model: Model
    features: Features
    seen: Frequencies
    best: Mapping[str, Floats]  # the most that each level of a field can say

    def at(self, left: Rows, right: Rows) -> tuple[Rows, Evidence]:
        pairs = Pairs(self.features, left, right, hopeful=True)
        names = compare_names(pairs)
        rest = self._worth(compare_rest(pairs, {}), pairs, pairs.both("contact"))
        rest += odds_of(np.log2(self.model.odds)[:, None])[0] + self.model.learned.prior
        rows = np.flatnonzero(rest + self._worth(names, pairs) >= _HOPELESS)
        pairs = pairs.take(rows)
        names = compare_names(pairs)
        some = np.flatnonzero(rest[rows] + self._worth(names, pairs) >= _HOPELESS)
        rows, pairs = rows[some], pairs.take(some)
        names = {name: levels[some] for name, levels in names.items()}
        levels = names | compare_rest(pairs, names)
        levels = {name: levels[name] for name in self.model.fields}
        return rows, chances_of(self.seen, levels, pairs.left, pairs.right)

    def _worth(
        self, levels: Mapping[str, Levels], pairs: Pairs, colleagues: Bools | None = None
    ) -> Floats:
        """Give the most that levels can say; of possible `colleagues`, nothing at least."""
        total = np.zeros(len(pairs))
        for name, found in levels.items():
            best = self.best[name][found]
            if colleagues is not None and name in AT_WORK:
                best[colleagues] = np.maximum(best[colleagues], 0.0)
            total += best
            for number, code in common_levels(name):
                rows = np.flatnonzero(found == number)
                if len(rows):
                    chance = self._least(name, code, pairs.left[rows], pairs.right[rows])
                    total[rows] += np.log2(self.model.shares[name][0][number] / chance)
        return total

    def _least(self, name: str, code: str, left: Rows, right: Rows) -> Floats:
        """Give the least chance that strangers share it: common words say little."""
        least = self.seen.by_words if name in _NAMES else self.seen.chance
        return least(name, code, left, right)


def _best(model: Model, name: str) -> Floats:
    """Give the most that each level can say for one client, but for how common a value is."""
    against = model.shares[name][-1].copy()
    for number, _ in common_levels(name):
        against[number] = model.shares[name][0][number]  # see `_least`
    gain: Floats = np.log2(model.shares[name][0] / against)
    gain[0] = 0.0
    if name in model.learned.levels:
        gain += model.learned.levels[name]
    return gain
