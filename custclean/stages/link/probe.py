"""How many true pairs no key brings together: asked by another road, for some records.

Each record of a random sample is compared with those that share the rarest pieces of four
letters with it, wherever they stand: in a name, a street, a number. What is likely one
client there, and was no candidate, the keys have missed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from custclean import html
from custclean.stages.link.hashing import mix
from custclean.stages.link.keys import ALL
from custclean.stages.link.pair_frame import smaller_first
from custclean.stages.link.spread import parts, spread
from custclean.words import numeral, tr, trn

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from custclean.stages.link.features import Features, Rows
    from custclean.stages.link.score import Scored

    Floats = NDArray[np.float64]
    Slots = NDArray[np.uint32]
    IdsOf = Callable[[Rows, Rows], tuple[pl.Series, pl.Series]]
    Apart = Callable[[Rows, Rows], NDArray[np.bool_]]

__all__ = ["MissedByBlocking", "all_compared", "every_pair", "missed_by_blocking"]

_SAMPLE = 1_000  # records that are asked about
_COUNTED = 20_000  # records that show how common a piece is
_PIECES = 24  # of each record, the rarest
_NEAREST = 5  # records that each is compared with
_AT_ONCE = 20_000  # records cut into pieces at once
_BITS = 20  # pieces that are told apart
_LEAST = 0.5  # where so little is shared that no key saw it, lower probabilities say nothing


@dataclass(frozen=True)
class MissedByBlocking:
    """True pairs that no blocking key sees: the estimate, its 95 % interval, and examples.

    `seen`: the true pairs expected among candidates and groups; `records`: how many were
    asked about, none if every pair was compared; `pairs`: those found, with left_id,
    right_id and probability, likeliest first.
    """

    expected: float
    interval: tuple[float, float]
    seen: float
    records: int
    pairs: Any

    @property
    def completeness(self) -> float:
        """Give the share of the true pairs that the keys see (pairs completeness)."""
        whole = self.seen + self.expected
        return self.seen / whole if whole else 1.0

    @property
    def completeness_interval(self) -> tuple[float, float]:
        """Give where it lies, with 95 % confidence."""
        low, high = (self.seen / (self.seen + each) if self.seen + each else 1.0
                     for each in reversed(self.interval))  # fmt: skip
        return low, high

    def sentence(self) -> str:
        """Say it in words."""
        if not self.records:
            return every_pair()
        low, high = (numeral(each, ",.0f") for each in self.interval)
        return trn(
            "Of the pairs that are one client, about {missed} ({low} to {high}) share no key,"
            " as far as {n:,} record shows; the keys see {share} of them.",
            "Of the pairs that are one client, about {missed} ({low} to {high}) share no key,"
            " as far as {n:,} records show; the keys see {share} of them.",
            self.records,
            missed=numeral(self.expected, ",.0f"),
            low=low,
            high=high,
            share=numeral(self.completeness, ".1%"),
        )

    def __repr__(self) -> str:
        low, high = self.interval
        return (
            f"MissedByBlocking({self.expected:.0f} pairs, {low:.0f} - {high:.0f} with 95 %;"
            f" the keys see {self.completeness:.1%}; {self.records} records asked)"
        )

    def _repr_html_(self) -> str:
        return html.framed(
            html.paragraph(self.sentence(), kind="said"),
            notes=[tr("an estimate: only what shares pieces of letters can be found so")],
        )


def missed_by_blocking(
    scored: Scored, label: Rows | None, *, ids_of: IdsOf, seen: float, seed: int
) -> MissedByBlocking:
    """Look for pairs that no key found and no group (`label`) joins.

    `ids_of` gives the ids of both ends; `seen`: how many true pairs are expected among
    those that the keys found.
    """
    features, side = scored.features, scored.seen.side
    rows = np.arange(features.rows) if side is None else np.flatnonzero(~side)
    asked = rows[:0] if all_compared(scored) else _sampled(features, rows, seed)
    mine, other, chance = _likely(scored, label, asked)
    # within one table a pair may be found from either end
    ends = 2 if side is None else 1
    stands_for = len(rows) / len(asked) / ends if len(asked) else 0.0
    left, right = ids_of(np.minimum(mine, other), np.maximum(mine, other))
    table = pl.DataFrame({"left_id": left, "right_id": right, "probability": chance})
    if side is None:
        table = smaller_first(table)
    order = ["probability", "left_id", "right_id"]
    return MissedByBlocking(
        stands_for * float(np.sort(chance).sum()),
        interval_of(chance, stands_for),
        seen,
        len(asked),
        table.unique().sort(order, descending=[True, False, False]),
    )


def every_pair() -> str:
    """Say that nothing can have been missed."""
    return tr("Every pair was compared: no key can have missed one.")


def all_compared(scored: Scored) -> bool:
    """Tell whether every pair was compared, so that there is nothing to miss."""
    return scored.features.rows < 2 or scored.blocking["rule"].to_list() == [ALL]


def _likely(scored: Scored, label: Rows | None, asked: Rows) -> tuple[Rows, Rows, Floats]:
    """Give the pairs of asked records that are likely one client and were never compared."""
    if not len(asked):
        return asked, asked, np.zeros(0)
    mine, other = _nearest(_texts(scored.features), asked, _apart(scored, label))
    chance = scored.alike(np.minimum(mine, other), np.maximum(mine, other))
    likely = np.flatnonzero(chance >= _LEAST)
    return mine[likely], other[likely], chance[likely]


def interval_of(chance: Floats, worth: float) -> tuple[float, float]:
    """Give the 95 % interval of a weighted count (Fay and Feuer's, by the gamma distribution).

    It is sound for few and for none: then only the upper end says something.
    """
    from scipy.special import gammaincinv

    if not worth:
        return 0.0, 0.0
    each = worth * np.sort(chance)
    total, wide = float(each.sum()), float((each**2).sum())
    above, wider = total + worth, wide + worth**2
    low = wide / total * gammaincinv(total**2 / wide, 0.025) if total else 0.0
    return float(low), float(wider / above * gammaincinv(above**2 / wider, 0.975))


def _sampled(features: Features, rows: Rows, seed: int) -> Rows:
    lot = mix(features.content[rows] + mix(np.array([seed % 2**64], dtype=np.uint64)))
    return np.sort(rows[np.argsort(lot, kind="stable")[:_SAMPLE]])


def _apart(scored: Scored, label: Rows | None) -> Apart:
    """Give what tells which pairs are neither candidates nor in one group."""
    shift, side = np.uint64(32), scored.seen.side
    known = (scored.left.astype(np.uint64) << shift) | scored.right.astype(np.uint64)

    def apart(mine: Rows, other: Rows) -> NDArray[np.bool_]:
        low, high = np.minimum(mine, other), np.maximum(mine, other)
        packed = (low.astype(np.uint64) << shift) | high.astype(np.uint64)
        place = np.searchsorted(known, packed)
        new: NDArray[np.bool_] = np.append(known, np.uint64(0))[place] != packed
        new &= mine != other
        if side is not None:
            new &= side[mine] != side[other]
        if label is not None:
            new &= label[mine] != label[other]
        return new

    return apart


def _texts(features: Features) -> pl.Series:
    """Give all that each record holds as one line of small letters and digits."""
    every = pl.concat_str(pl.all().cast(pl.String), separator=" ", ignore_nulls=True)
    plain = every.str.to_lowercase().str.replace_all(r"[^\pL\pN]+", " ")
    return features.raw.select(plain.alias("text"))["text"].fill_null("")


def _pieces(texts: pl.Series) -> tuple[Rows, Slots]:
    """Cut each text into its pieces of four bytes: the text's number, and the piece's."""
    joined = texts.str.join("\n")[0] or ""
    data = np.frombuffer((joined + "\n\0\0\0").encode(), dtype=np.uint8)
    fours = np.lib.stride_tricks.as_strided(
        data[:4].view(np.uint32), shape=(len(data) - 3,), strides=(1,), writeable=False
    )
    slots = (fours * np.uint32(0x9E3779B1)) >> np.uint32(32 - _BITS)
    ends = np.cumsum(texts.str.len_bytes().to_numpy().astype(np.int64) + 1)
    return ends, slots[: ends[-1] if len(ends) else 0]


def _nearest(texts: pl.Series, asked: Rows, apart: Apart) -> tuple[Rows, Rows]:
    """Give each asked record with those most like it that nobody has compared with it."""
    place, slot, worth = _rarest(texts, asked)
    order = np.argsort(slot, kind="stable")
    place, slot, worth = place[order], slot[order], worth[order]
    found = spread(
        lambda part: _near_in(texts[part], part.start, place, slot, worth),
        parts(len(texts), _AT_ONCE),
    )
    pair = np.concatenate([each for each, _ in found])
    score = np.concatenate([each for _, each in found])
    mine, other = asked[pair >> 32], pair & ((1 << 32) - 1)
    new = np.flatnonzero(apart(mine, other))
    mine, other, score = mine[new], other[new], score[new]
    order = np.lexsort((other, -score, mine))
    mine, other = mine[order], other[order]
    starts = np.flatnonzero(np.append(True, mine[1:] != mine[:-1])) if len(mine) else order
    rank = np.arange(len(mine)) - np.repeat(starts, np.diff(np.append(starts, len(mine))))
    return mine[rank < _NEAREST], other[rank < _NEAREST]


def _rarest(texts: pl.Series, asked: Rows) -> tuple[Rows, Slots, Floats]:
    """Give the rarest pieces of each asked text: whose, which, what sharing one is worth."""
    step = max(len(texts) // _COUNTED, 1)
    held = np.bincount(_pieces(texts.gather_every(step))[1], minlength=1 << _BITS)
    ends, slots = _pieces(texts.gather(asked))
    whose = np.repeat(np.arange(len(asked)), np.diff(np.append(0, ends)))
    packed = np.unique((whose << _BITS) | slots.astype(np.int64))
    whose, slot = packed >> _BITS, packed & ((1 << _BITS) - 1)
    order = np.lexsort((slot, held[slot], whose))
    whose, slot = whose[order], slot[order]
    starts = np.searchsorted(whose, np.arange(len(asked)))
    few = np.arange(len(whose)) - starts[whose] < _PIECES
    worth = -np.log2((held[slot[few]] + 1) * step / (len(texts) + step))
    return whose[few], slot[few].astype(np.uint32), np.maximum(worth, 0.0)


def _near_in(
    texts: pl.Series, first: int, place: Rows, slot: Slots, worth: Floats
) -> tuple[Rows, Floats]:
    """Give the pairs of asked records and these that share two pieces or more, packed."""
    ends, slots = _pieces(texts)
    wanted = np.zeros(1 << _BITS, dtype=bool)
    wanted[slot] = True
    hits = np.flatnonzero(wanted[slots])
    low = np.searchsorted(slot, slots[hits])
    many = np.searchsorted(slot, slots[hits], side="right") - low
    row = np.repeat(first + np.searchsorted(ends, hits, side="right"), many)
    begins = np.cumsum(many) - many
    at = np.repeat(low - begins, many) + np.arange(len(row))
    order = np.argsort((place[at] << 32) | row, kind="stable")
    packed = ((place[at] << 32) | row)[order]
    starts = np.flatnonzero(np.append(packed[:1] >= 0, packed[1:] != packed[:-1]))
    if not len(starts):
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    score = np.add.reduceat(worth[at][order], starts)
    several = np.diff(np.append(starts, len(packed))) > 1
    return packed[starts][several], score[several]
