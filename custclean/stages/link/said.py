"""What people said of pairs, and how it beats what the model thinks."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from custclean.decisions.standing import PAIR_VERDICTS, disputed_of, joined, looked_at
from custclean.model import Decision, Verdict
from custclean.words import trn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import polars as pl
    from numpy.typing import NDArray

    from custclean.stages.link.features import Rows
    from custclean.stages.link.score import Scored

    Floats = NDArray[np.float64]
    Pair = tuple[int, int]

__all__ = ["REVIEW", "Said", "kept", "said_last", "said_of", "with_decided"]

REVIEW = 0.10  # below this probability a pair is not worth a person's look
_FLOOR = -10.0  # log2 odds below which a pair is not kept
_SAME = (Verdict.SAME, Verdict.LINK)
_DIFFERENT = (Verdict.DIFFERENT, Verdict.SPLIT)
_HEARD = (*_SAME, *_DIFFERENT, Verdict.UNSURE)


@dataclass(frozen=True)
class Said:
    """What people said of pairs of rows, the smaller first; what was said last stands last.

    `unknown` holds the pairs of ids with one that is in no table, `unclear` those that fit
    two pairs of records. `in_bulk`: those of the pairs that nobody looked at. `disputed`: two
    people said different things, one of them blind; until they agree the two stay apart.
    """

    pairs: Mapping[Pair, str] = field(default_factory=dict)
    unknown: frozenset[tuple[str, ...]] = frozenset()
    unclear: frozenset[tuple[str, ...]] = frozenset()
    in_bulk: frozenset[Pair] = frozenset()
    disputed: frozenset[Pair] = frozenset()

    @property
    def labels(self) -> Mapping[Pair, str]:
        """Give what people said who looked and agree: from this a model may learn."""
        no_label = self.in_bulk | self.disputed
        return {pair: word for pair, word in self.pairs.items() if pair not in no_label}

    @cached_property
    def torn(self) -> Mapping[int, int]:
        """Give the rows that are called one client, over any chain, though two are not one.

        Each with the smallest of its group. As in a project nobody guesses which word is
        wrong: none of them joins anybody.
        """
        groups = joined(pair for pair, word in self.pairs.items() if word == "same")
        apart = (pair for pair, word in self.pairs.items() if word == "different")
        roots = {groups[a] for a, b in apart if a in groups and groups[a] == groups.get(b)}
        return {row: root for row, root in groups.items() if root in roots}

    @property
    def contradictory(self) -> list[Pair]:
        """Give the pairs whose words contradict one another."""
        torn = self.torn
        return [
            (a, b)
            for a, b in self.pairs
            if (a, b) in self.disputed or (a in torn and torn[a] == torn.get(b))
        ]

    @property
    def notes(self) -> tuple[str, ...]:
        """Say whose word counts for nothing, and why."""
        notes = []
        if self.unknown:
            notes.append(
                trn(
                    "{n:,} decided pair names a record that is not here: it decides nothing",
                    "{n:,} decided pairs name records that are not here: they decide nothing",
                    len(self.unknown),
                )
            )
        if self.unclear:
            notes.append(
                trn(
                    "{n:,} decided pair may be either of two, as both tables have its ids: it"
                    " decides nothing",
                    "{n:,} decided pairs may be either of two, as both tables have their ids:"
                    " they decide nothing",
                    len(self.unclear),
                )
            )
        return tuple(notes)


def said_of(
    ids: tuple[pl.Series, pl.Series],
    scored: Scored,
    decisions: Iterable[Decision],
    before: Said | None = None,
) -> Said:
    """Give what people said of pairs of rows, `before` and now; the last word counts.

    Of two tables with ids in common, the key ("1", "2") may be 1 of the left and 2 of the
    right, or 2 of the left and 1 of the right. Labels are meant as they stand, if that can
    be; the decision log has put the smaller id first. So a pair of the log is the one that
    people are asked about, going by the model. Where they are asked about both, or about
    neither, nobody can tell: it decides nothing and is noted, for what a person seems to
    have said would beat all that speaks against it.
    """
    said = [d for d in decisions if len(d.key) == 2 and d.verdict in _HEARD]
    before = before or Said()
    if not said:
        return before
    pairs, unknown, unclear = dict(before.pairs), set(before.unknown), set(before.unclear)
    in_bulk, disputed = set(before.in_bulk), set(before.disputed)
    against = disputed_of([d for d in said if d.seq])
    torn = {d.key for d in said if d.seq in against}
    left, right = _rows(ids, linked=scored.seen.side is not None)
    meant = [_meant(decision, left, right) for decision in said]
    asked = _asked(scored, [pair for fits in meant if len(fits) > 1 for pair in fits])
    for decision, fits in zip(said, meant):
        one = fits if len(fits) < 2 else [pair for pair in fits if pair in asked]
        if len(one) == 1:
            _say(pairs, one[0], decision.verdict)
            (in_bulk.discard if looked_at(decision) else in_bulk.add)(one[0])
            (disputed.add if decision.key in torn else disputed.discard)(one[0])
            unclear.discard(decision.key)
        elif fits:
            unclear.add(decision.key)
        elif not set(decision.key) <= left.keys() | right.keys():
            unknown.add(decision.key)
    pairs |= dict.fromkeys(disputed, "different")
    return Said(
        pairs,
        frozenset(unknown),
        frozenset(unclear),
        frozenset(in_bulk),
        frozenset(disputed),
    )


def _rows(
    ids: tuple[pl.Series, pl.Series], *, linked: bool
) -> tuple[dict[str, int], dict[str, int]]:
    """Give the row of each id of the left and of the right table."""
    left = {str(value): row for row, value in enumerate(ids[0].to_list())}
    if not linked:
        return left, left
    return left, {str(value): row for row, value in enumerate(ids[1].to_list(), len(left))}


def _meant(
    decision: Decision, left: Mapping[str, int], right: Mapping[str, int]
) -> list[Pair]:
    """Give the pairs of rows that a decision may be about."""
    fits = {
        (min(left[one], right[other]), max(left[one], right[other])): None
        for one, other in (decision.key, decision.key[::-1])
        if one in left and other in right and left[one] != right[other]
    }
    turned = decision.seq > 0 and decision.verdict in PAIR_VERDICTS  # the log has sorted it
    return list(fits) if turned else list(fits)[:1]


def _asked(scored: Scored, pairs: Sequence[Pair]) -> set[Pair]:
    """Give those of the pairs that are worth a person's look."""
    if not pairs:
        return set()
    chance = scored.alike(*np.array(pairs, dtype=np.int64).T)
    return {pair for pair, each in zip(pairs, chance.tolist()) if each >= REVIEW}


def _say(pairs: dict[Pair, str], pair: Pair, verdict: Verdict) -> None:
    pairs.pop(pair, None)  # what is said again is said last
    if verdict in _SAME:
        pairs[pair] = "same"
    elif verdict in _DIFFERENT:
        pairs[pair] = "different"


def kept(scored: Scored, weight: Floats, decided: Mapping[Pair, str]) -> Rows:
    """Give the candidates worth keeping that nobody decided."""
    keep: Rows = np.flatnonzero(weight >= _FLOOR)
    if decided:
        ends = zip(scored.left[keep].tolist(), scored.right[keep].tolist())
        keep = keep[[pair not in decided for pair in ends]]
    return keep


def with_decided(
    scored: Scored,
    keep: Rows,
    decided: Mapping[Pair, str],
    weight: Floats | None = None,
) -> tuple[Rows, Rows, Floats]:
    """Give the kept pairs and the decided ones, these with the weight the model gives."""
    kept = (scored.weight if weight is None else weight)[keep]
    if not decided:
        return scored.left[keep], scored.right[keep], kept
    low, high = np.array(sorted(decided), dtype=np.int64).T
    return (
        np.concatenate([scored.left[keep], low]),
        np.concatenate([scored.right[keep], high]),
        np.concatenate([kept, scored.weigh(low, high)]),
    )


def said_last(chance: Floats, left: Rows, right: Rows, decided: Mapping[Pair, str]) -> Floats:
    """Put a person's word in place of the model's."""
    if not decided:
        return chance
    words = [decided.get(pair) for pair in zip(left.tolist(), right.tolist())]
    said = np.array([{"same": 1.0, "different": 0.0}.get(word or "", -1.0) for word in words])
    return np.where(said >= 0, said, chance)
