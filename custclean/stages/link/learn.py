"""Learning from answers: how far each level's weight should move, if at all.

People are asked about the pairs that teach most, so their answers are no sample of anything:
how many of them are matches says nothing. What can be learned is, of pairs that reached the
same levels, how far the weights were off. So the model stays, and a correction of the weight
is fitted to the answers: one number for all pairs and one per level that occurs, each
believed to be near 0 (a logistic regression with the model's weight as its offset). A level
that nearly all answers reach is believed to be nearer: it could only move all pairs at once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from custclean.stages.link.cluster import connected
from custclean.stages.link.hashing import mix
from custclean.stages.link.learned import Learned
from custclean.stages.link.levels import FIELDS
from custclean.stages.link.scoring import log_odds, to_probability

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from custclean.stages.link.features import Rows
    from custclean.stages.link.score import Scored
    from custclean.stages.link.scoring import Evidence

    Floats = NDArray[np.float64]

__all__ = ["learn"]

_SPREAD = 1.0  # standard deviation of what a level may be off by, before any answer, in bits
_ALL = 0.5  # and of what all weights together may be
_LITTLE = 0.05
_PARTS = 10  # the answers are cut into so many parts, each told by the model of the others
_LEAST = 10  # so few answers teach nothing yet
_REACH = 10.0  # log2 odds: a model so far off does not move; the answer itself still holds
_STEPS = 50
_EXACT = 1e-9
_LN2 = float(np.log(2))


def learn(scored: Scored, said: Mapping[tuple[int, int], str]) -> Learned:
    """Fit a correction of the model's weights to pairs that are "same" or "different".

    Nothing moves unless answers that were held back are told better than before.
    """
    low, high, same = _answers(scored, said)
    found = scored.look(low, high)
    weight = log_odds(replace(scored.model, learned=Learned()), found)
    near = np.flatnonzero(np.abs(weight) <= _REACH)
    counted = Learned(int(same.sum()), int((1 - same).sum()))
    if len(near) < _LEAST or not 0 < same[near].sum() < len(near):
        return counted  # answers of one kind alone teach no difference
    found, weight, same = found.take(near), weight[near], same[near]
    reached, names = _reached(found)
    parts = _parts(scored.features.rows, low[near], high[near])
    before = _loss(weight, same).mean()
    after = np.concatenate(list(_held_back(reached, weight, same, parts))).mean()
    counted = replace(counted, before=float(before), after=float(after))
    if after >= before:
        return counted
    prior, *moved = _fit(reached, weight, same).tolist()
    levels = {name: np.zeros(len(FIELDS[name].codes)) for name in found.levels}
    for (name, number), bits in zip(names, moved, strict=True):
        levels[name][number] = bits
    return replace(counted, prior=prior, levels=levels)


def _answers(scored: Scored, said: Mapping[tuple[int, int], str]) -> tuple[Rows, Rows, Floats]:
    """Give both ends of each pair and 1 or 0, in an order that follows from what they hold."""
    pairs = np.array(list(said), dtype=np.int64).reshape(-1, 2)
    low, high = pairs[:, 0], pairs[:, 1]
    same = np.array([float(word == "same") for word in said.values()])
    content = scored.features.content
    order = np.lexsort((same, mix(content[low] + content[high])))
    return low[order], high[order], same[order]


def _reached(found: Evidence) -> tuple[Floats, list[tuple[str, int]]]:
    """Give a column of ones and one per level that occurs, and the names of these.

    What cannot be compared says nothing: there is no such level.
    """
    names = [
        (name, number)
        for name, levels in found.levels.items()
        for number in np.unique(levels[levels > 0]).tolist()
    ]
    columns = [found.levels[name] == number for name, number in names]
    return np.stack([np.ones(len(found)), *columns], axis=1), names


def _spread(reached: Floats) -> Floats:
    """Say of each column how far off it may be: a standard deviation in bits."""
    rare = 1 - reached[:, 1:].mean(axis=0)
    return np.append(_ALL, np.maximum(_SPREAD * np.sqrt(rare), _LITTLE))


def _parts(rows: int, low: Rows, high: Rows) -> Rows:
    """Put the answers into parts; answers that hang together tell of one another."""
    groups = connected(rows, low, high)[low]
    _, first, group = np.unique(groups, return_index=True, return_inverse=True)
    place = np.argsort(np.argsort(first))
    return place[group] % _PARTS


def _held_back(reached: Floats, weight: Floats, same: Floats, parts: Rows) -> Iterator[Floats]:
    """Give the loss on each part, by the correction that the other parts give."""
    for part in np.unique(parts):
        held = parts == part
        moved = _fit(reached[~held], weight[~held], same[~held])
        yield _loss(weight[held] + reached[held] @ moved, same[held])


def _loss(weight: Floats, same: Floats) -> Floats:
    return np.logaddexp2(0, np.where(same == 1, -weight, weight))


def _fit(reached: Floats, weight: Floats, same: Floats) -> Floats:
    """Find what is most probable to be added per column, by Newton's method."""
    moved = np.zeros(reached.shape[1])
    belief = 1 / _spread(reached) ** 2
    for _ in range(_STEPS):
        chance = to_probability(weight + reached @ moved)
        slope = _LN2 * reached.T @ (same - chance) - belief * moved
        doubt = chance * (1 - chance)
        bend = _LN2**2 * (reached.T * doubt) @ reached + np.diag(belief)
        step = np.linalg.solve(bend, slope)
        moved = moved + step * min(1.0, _SPREAD / np.abs(step).max(initial=_EXACT))
        if np.abs(step).max() < _EXACT:
            break
    return moved
