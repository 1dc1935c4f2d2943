"""How likely each pair is one client: Fellegi-Sunter, learned without labels.

Six kinds of pair: one client, two of one household, two sets of books of one owner, two
branches of one firm, namesakes, and strangers. What strangers do is counted in random pairs
and, for shared values, from how many hold them. The rest starts from what is known of such
data and moves only as far as the pairs at hand support it: how many there are of each kind,
and what one client's records look like. The kinds between stay as they are believed, else
they would take in whatever is neither one client nor strangers, such as clients who moved.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from custclean.stages.link.hashing import mix
from custclean.stages.link.levels import CLASSES, FIELDS, IDENTITY
from custclean.stages.link.scoring import (
    NEVER,
    believed,
    evidence,
    kinds_of_pair,
    known_shares,
    probabilities,
    start,
    stranger_share,
    untold,
    with_chances,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from custclean.stages.link.features import Features, Rows
    from custclean.stages.link.frequencies import Frequencies
    from custclean.stages.link.scoring import Evidence, Model

    Floats = NDArray[np.float64]

__all__ = ["chosen", "sizes", "start_with_strangers", "train"]

_TURNS = 3
_ROUNDS, _SETTLED = 8, 0.0005  # so many at most, or until no share moves by so many bits
_LESS, _MORE = 4.0, 12.0  # so many times less or more than believed, at most
_BELIEF = 40.0  # pairs that the starting values count for
_HOPELESS = -16.0  # log2 odds that no learning mends
_SAMPLE = 40_000  # random pairs that show what strangers do
_GUESSED = 10.0  # matches that the guess of their number counts for
_FITTED = 60_000  # pairs that are enough to learn from
_SEED = 20_260_101


def start_with_strangers(
    features: Features,
    seen: Frequencies,
    fields: tuple[str, ...],
    before: Evidence | None = None,
) -> tuple[Model, Evidence]:
    """Give the model before it has seen a candidate, and the random pairs it knows.

    `before` are the same pairs as they were compared when no client was known yet.
    """
    side = seen.side
    model = start(fields, sizes(features, side))
    left, right = _random_pairs(features, side)
    if before is None:
        sample = evidence(features, seen, left, right)
    else:
        sample = with_chances(seen, before, left, right)
    if not len(left):
        return model, sample
    if seen.clients is None:
        return _count_strangers(model, sample, np.ones(len(left))), sample
    apart = np.flatnonzero(seen.clients[left] != seen.clients[right])
    sample = sample.take(apart)
    return _count_strangers(model, sample, np.ones(len(sample))), sample


def sizes(features: Features, side: NDArray[np.bool_] | None) -> tuple[int, int] | int:
    """Give how many records one table has, copies of copies aside, or either of two."""
    if side is None:
        return int(features.counted.sum())
    return int((~side).sum()), int(side.sum())


def chosen(
    features: Features, left: Rows, right: Rows, *, known: bool = False
) -> tuple[Rows, float]:
    """Choose enough candidates to learn from, and give how many each of them stands for.

    By what they hold, not by where they stand; none is left out for being unlikely, else
    there would seem to be fewer relatives and branches than there are. Where some are `known`,
    copies of one record differ, so that none stands for the others.
    """
    content = mix(features.content[left] + features.content[right])
    some = np.arange(len(content))
    if not known:
        some = np.flatnonzero(features.counted[left] & features.counted[right])
    every = len(some)
    if every > _FITTED:
        some = np.sort(some[np.argpartition(content[some], _FITTED)[:_FITTED]])
    some = some[np.argsort(content[some])]
    return some, max(every, 1) / max(len(some), 1)


def train(
    model: Model, sample: Evidence, candidates: Evidence, each: float, total: int
) -> Model:
    """Learn a model from random pairs and from candidates that stand for so many `each`.

    `total` counts the pairs that could be candidates.
    """
    if not len(sample) or not len(candidates):
        return model
    guess = model.odds[:-1]
    weights = np.ones(len(sample))
    for _ in range(_TURNS):
        # what is surely one client among the random pairs says nothing about strangers
        model = _count_strangers(model, sample, weights)
        model = _fit(model, candidates, guess * total / each, total / each)
        weights = 1 - probabilities(model, sample)
    return _count_strangers(model, sample, weights)


def _random_pairs(features: Features, side: NDArray[np.bool_] | None) -> tuple[Rows, Rows]:
    """Draw pairs, always the same ones for the same records; all, if they are few."""
    counted = np.flatnonzero(features.counted)
    n = len(counted)
    if n * (n - 1) // 2 <= _SAMPLE:
        left, right = (counted[ends] for ends in np.triu_indices(n, 1))
    else:
        # rows in the order of what they hold, as if shuffled once
        size = min(n, 4 * int(_SAMPLE**0.5))
        content = features.content[counted]
        rows = np.sort(counted[np.argpartition(content, size - 1)[:size]])
        rows = rows[np.argsort(features.content[rows], kind="stable")]
        drawn = np.random.default_rng(_SEED).integers(0, size, (2, min(_SAMPLE, 12 * n)))
        left, right = rows[np.minimum(*drawn)], rows[np.maximum(*drawn)]
    keep = left != right if side is None else side[left] != side[right]
    left, right = left[keep].astype(np.int64), right[keep].astype(np.int64)
    order = np.argsort(mix(features.content[left] + features.content[right]))
    return left[order], right[order]  # sums do not depend on the order of rows


def _count_strangers(model: Model, sample: Evidence, weights: Floats) -> Model:
    shares = {}
    for name in model.fields:
        levels = sample.levels[name]
        size = len(FIELDS[name].levels)
        seen = np.bincount(levels, weights, minlength=size + 1)[1:]
        share = (seen + 0.5) / (seen.sum() + 0.5 * size)
        shares[name] = np.vstack([model.shares[name][:-1], [1.0, *share]])
    return replace(model, shares=shares)


def _fit(model: Model, found: Evidence, guess: Floats, total: float) -> Model:
    """Run EM over the patterns of levels that occur."""
    found = _worth_fitting(model, found)
    patterns, places = _patterns(model, found)
    strangers = _strangers(model, found)
    reached = _strangers(model, found, identity=False)
    trust = _GUESSED / (_GUESSED + guess[0])
    for _ in range(_ROUNDS):
        log = _log_kinds(model, patterns)[:, places]
        log[-1] += reached
        log = np.vstack([log, strangers]) + np.log2(model.odds)[:, None]
        share = np.exp2(log - log.max(axis=0))
        share /= share.sum(axis=0)
        held = share[:-1].sum(axis=1)
        odds = (held + trust * guess) / ((1 + trust) * total)
        odds[untold(model.fields)] = NEVER
        odds = np.minimum(np.append(odds, 0.0), 0.3)
        odds[-1] = 1 - odds.sum()
        weight = np.bincount(places, share[0], minlength=len(patterns)).astype(float)
        shares = {
            name: _moved(name, model.shares[name], patterns[:, column], weight)
            for column, name in enumerate(model.fields)
        }
        before, model = model, replace(model, shares=shares, odds=odds)
        if _apart(before, model) < _SETTLED:
            break
    return replace(model, pairs=round(float(held[0])))


def _apart(one: Model, other: Model) -> float:
    """Give by how many bits two steps of learning differ at most: one client alone moves."""
    moved = [np.abs(np.log2(one.odds / other.odds)).max()]
    moved += [np.abs(np.log2(one.shares[n][0] / other.shares[n][0])).max() for n in one.fields]
    return float(max(moved))


def _moved(name: str, shares: Floats, levels: NDArray[np.int64], weight: Floats) -> Floats:
    """Move what one client's records reach in a field towards what the pairs show."""
    before = believed(name)[0, 1:]
    seen = np.bincount(levels, weight, minlength=shares.shape[1])[1:]
    moved = (seen + _BELIEF * before) / (seen.sum() + _BELIEF)
    # else clients would learn to be what sets their relatives apart
    moved = np.where(_telling(name), np.minimum(moved, before), moved)
    # what was rarely seen so far may still come: certainty must not feed on itself
    moved = np.clip(moved, before / _LESS, before * _MORE)
    result = shares.copy()
    result[0, 1:] = moved / moved.sum()
    return result


@cache
def _telling(name: str) -> NDArray[np.bool_]:
    return np.array([level.telling for level in FIELDS[name].levels])


def _worth_fitting(model: Model, found: Evidence) -> Evidence:
    """Leave out the pairs that are strangers whatever the model learns."""
    total = np.repeat(np.log2(model.odds)[:, None], len(found), axis=1)
    for name in model.fields:
        total += kinds_of_pair(model, found, name)
    return found.take(np.flatnonzero(total[:-1].max(axis=0) - total[-1] > _HOPELESS))


def _patterns(model: Model, found: Evidence) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the combinations of levels that occur, and which one each pair has."""
    code = np.zeros(len(found), dtype=np.int64)
    for name in model.fields:
        code = code * (len(FIELDS[name].levels) + 1) + found.levels[name]
    codes, places = np.unique(code, return_inverse=True)
    rest, columns = codes.copy(), []
    for name in reversed(model.fields):
        size = len(FIELDS[name].levels) + 1
        columns.append(rest % size)
        rest //= size
    return np.stack(columns[::-1], axis=1), places


def _log_kinds(model: Model, patterns: NDArray[np.int64]) -> Floats:
    """Give log2 of each pattern's share under each kind but strangers.

    Of namesakes only what they are counts here; the rest depends on the pair.
    """
    result = np.zeros((len(CLASSES), len(patterns)))
    for column, name in enumerate(model.fields):
        result += known_shares(model, name, patterns[:, column])
    return result


def _strangers(model: Model, found: Evidence, *, identity: bool = True) -> Floats:
    result = np.zeros(len(found))
    for name in model.fields:
        if identity or name not in IDENTITY:
            result += stranger_share(model, found, name)
    return result
