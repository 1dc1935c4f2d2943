"""What is believed of pairs, and how likely it makes each of them one client."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from custclean.stages.link.compare import compare, fields_present
from custclean.stages.link.frequencies import Frequencies, common_levels
from custclean.stages.link.learned import Learned
from custclean.stages.link.levels import CLASSES, FIELDS, IDENTITY, NEEDED
from custclean.stages.link.spread import parts, spread

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from custclean.stages.link.features import Features, Rows
    from custclean.stages.link.pairs import Levels

    Floats = NDArray[np.float64]

__all__ = [
    "NEVER",
    "Evidence",
    "Model",
    "believed",
    "chances_of",
    "evidence",
    "joined",
    "kinds_of_pair",
    "known_shares",
    "log_odds",
    "odds_of",
    "probabilities",
    "start",
    "stranger_share",
    "to_probability",
    "untold",
    "with_chances",
]

_PRIOR = (1.0, 0.3, 0.3, 0.2, 0.1)  # of each kind of pair, for one match
# how often such a pair lacks the field that tells
_UNTOLD = {"household": 0.05, "books": 0.01, "branch": 0.01}
_AT_ONCE = 30_000  # pairs compared at once
_COMMON = 0.005  # words that more names share than this make no two names alike
NEVER = 1e-15  # the share of a kind of pair that cannot be told at all


@dataclass(frozen=True)
class Model:
    """Everything that turns levels into a probability.

    `shares[field]` is a matrix: a row per kind of pair (`CLASSES`, then strangers), a
    column per level, column 0 for "cannot be compared".
    """

    fields: tuple[str, ...]
    shares: Mapping[str, Floats]
    odds: Floats  # the share of each kind among all pairs, strangers last
    pairs: int  # matches that the candidates held when it was learned, rounded
    learned: Learned = field(default_factory=Learned)  # what answers add to the weights
    among: int = 0  # all pairs there were then: of more records a match is rarer


@dataclass(frozen=True)
class Evidence:
    """Levels of each field, and the chance that strangers agree, where a value is shared."""

    levels: Mapping[str, Levels]
    chances: Mapping[str, Floats]

    def take(self, rows: NDArray[np.int64] | slice) -> Evidence:
        """Keep some of the pairs."""
        return Evidence(
            {name: value[rows] for name, value in self.levels.items()},
            {name: value[rows] for name, value in self.chances.items()},
        )

    def __len__(self) -> int:
        return len(next(iter(self.levels.values()), ()))


def evidence(features: Features, seen: Frequencies, left: Rows, right: Rows) -> Evidence:
    """Compare pairs and look up how common what they share is."""
    seen.count(fields_present(features))
    cut = parts(len(left), _AT_ONCE)
    found = spread(lambda part: _compared(features, seen, left[part], right[part]), cut)
    return joined(found) if found else _compared(features, seen, left, right)


def _compared(features: Features, seen: Frequencies, left: Rows, right: Rows) -> Evidence:
    return chances_of(seen, compare(features, left, right), left, right)


def with_chances(seen: Frequencies, found: Evidence, left: Rows, right: Rows) -> Evidence:
    """Look up anew how common it is what pairs share."""
    seen.count(tuple(found.levels))
    return chances_of(seen, found.levels, left, right)


def chances_of(
    seen: Frequencies, levels: Mapping[str, Levels], left: Rows, right: Rows
) -> Evidence:
    """Look up how common it is what pairs share."""
    chances, levels = {}, dict(levels)
    for name, found in levels.items():
        chances[name] = np.full(len(left), np.nan)
        for number, code in common_levels(name):
            rows = np.flatnonzero(found == number)
            if len(rows):
                chances[name][rows] = seen.chance(name, code, left[rows], right[rows])
    if "company" in levels:
        # that both are bakeries is no likeness
        some = levels["company"] == FIELDS["company"].place("overlap")
        common = some & (chances["company"] > _COMMON)
        levels["company"] = np.where(
            common, np.int8(FIELDS["company"].place("different")), levels["company"]
        )
        chances["company"][common] = np.nan
    return Evidence(levels, chances)


def joined(found: list[Evidence]) -> Evidence:
    """Put evidence of several parts together."""
    levels = {n: np.concatenate([each.levels[n] for each in found]) for n in found[0].levels}
    chances = {n: np.concatenate([each.chances[n] for each in found]) for n in levels}
    return Evidence(levels, chances)


def start(fields: tuple[str, ...], rows: tuple[int, int] | int) -> Model:
    """Give the model before it has seen a pair."""
    if isinstance(rows, tuple):
        total, matches = rows[0] * rows[1], 0.7 * min(rows)
    else:
        total, matches = rows * (rows - 1) // 2, 0.1 * rows
    total = max(total, 1)
    odds = np.array([*(matches * share for share in _PRIOR), 0.0]) / (total + matches)
    odds[untold(fields)] = NEVER
    odds = np.minimum(odds, 0.2)
    odds[-1] = 1 - odds.sum()
    return Model(fields, {name: believed(name) for name in fields}, odds, 0, among=total)


def untold(fields: tuple[str, ...]) -> list[int]:
    """Give the kinds of pair that these fields can never tell."""
    return [CLASSES.index(kind) for kind, needed in NEEDED.items() if not needed & set(fields)]


@cache
def believed(name: str) -> Floats:
    """Give the shares of a field as they are before any pair was seen; not to be changed."""
    levels = FIELDS[name].levels
    even = 1 / len(levels)  # of namesakes, where nothing is believed: never used
    rows = [
        [
            _UNTOLD.get(kind, 1.0) if name in NEEDED.get(kind, ()) else 1.0,
            *(getattr(level, kind) or even for level in levels),
        ]
        for kind in CLASSES
    ]
    shares = np.array([*rows, [1.0, *(1 / len(levels) for _ in levels)]])
    shares.setflags(write=False)
    return shares


def stranger_share(model: Model, found: Evidence, name: str) -> Floats:
    """Give log2 of how often strangers reach what each pair reached in one field."""
    counted = model.shares[name][-1][found.levels[name]]
    chance = found.chances[name]
    return np.log2(np.where(np.isnan(chance), counted, chance))


def known_shares(model: Model, name: str, levels: NDArray[np.integer[Any]]) -> Floats:
    """Give log2 of the shares of one field under each kind but strangers."""
    found: Floats = np.log2(model.shares[name][:-1])[:, levels]
    if name not in IDENTITY:
        found[-1] = 0.0
    return found


def kinds_of_pair(model: Model, found: Evidence, name: str) -> Floats:
    """Give log2 of how often each kind of pair, strangers last, reaches these levels."""
    known = known_shares(model, name, found.levels[name])
    strange = stranger_share(model, found, name)
    if name not in IDENTITY:
        known[-1] = strange
    return np.vstack([known, strange])


def log_odds(model: Model, found: Evidence) -> Floats:
    """Give log2 of the odds that each pair is one client."""
    weights = spread(
        lambda part: _log_odds(model, found.take(part)), parts(len(found), _AT_ONCE)
    )
    return np.concatenate([np.zeros(0), *weights])


def _log_odds(model: Model, found: Evidence) -> Floats:
    total = np.repeat(np.log2(model.odds)[:, None], len(found), axis=1)
    for name in model.fields:
        total += kinds_of_pair(model, found, name)
    return odds_of(total) + model.learned.shift(found.levels)


def odds_of(kinds: Floats) -> Floats:
    """Set one client's log2 share against those of all other kinds together."""
    others = kinds[1:]
    top = others.max(axis=0)
    result: Floats = kinds[0] - top - np.log2(np.exp2(others - top).sum(axis=0))
    return result


def probabilities(model: Model, found: Evidence) -> Floats:
    """Give the probability that each pair is one client."""
    return to_probability(log_odds(model, found))


def to_probability(weight: Floats) -> Floats:
    """Turn log2 odds into a probability."""
    result: Floats = 1 / (1 + np.exp2(-np.clip(weight, -60, 60)))
    return result
