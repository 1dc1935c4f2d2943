"""What people said of pairs, and how it beats what the model thinks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from custclean.model import Decision, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import polars as pl
    from numpy.typing import NDArray

    from custclean.stages.link.features import Rows
    from custclean.stages.link.score import Scored

    Floats = NDArray[np.float64]

__all__ = ["decided_pairs", "kept", "said_last", "with_decided"]

_FLOOR = -10.0  # log2 odds below which a pair is not kept
_SAME = (Verdict.SAME, Verdict.LINK)
_DIFFERENT = (Verdict.DIFFERENT, Verdict.SPLIT)


def decided_pairs(
    ids: pl.Series,
    other: pl.Series,
    shift: int,
    decisions: Iterable[Decision] | None,
    before: Mapping[tuple[int, int], str] | None = None,
) -> dict[tuple[int, int], str]:
    """Give what people said of pairs of rows, `before` and now; the last word counts."""
    said = [d for d in decisions or () if len(d.key) == 2]
    result = dict(before or {})
    if not said:
        return result
    rows = {str(value): row for row, value in enumerate(ids.to_list())}
    others = {str(value): row + shift for row, value in enumerate(other.to_list())}
    for decision in said:
        one, two = decision.key
        if two not in others or one not in rows:
            one, two = two, one
        low, high = sorted((rows.get(one, -1), others.get(two, -1)))
        if low < 0 or low == high:
            continue  # a record of an earlier export, or a record and itself
        pair = (low, high)
        earlier = result.pop(pair, None)  # what is said again is said last
        if decision.verdict in _SAME:
            result[pair] = "same"
        elif decision.verdict in _DIFFERENT:
            result[pair] = "different"
        elif decision.verdict is not Verdict.UNSURE and earlier:
            result[pair] = earlier
    return result


def kept(scored: Scored, weight: Floats, decided: Mapping[tuple[int, int], str]) -> Rows:
    """Give the candidates worth keeping that nobody decided."""
    keep: Rows = np.flatnonzero(weight >= _FLOOR)
    if decided:
        ends = zip(scored.left[keep].tolist(), scored.right[keep].tolist())
        keep = keep[[pair not in decided for pair in ends]]
    return keep


def with_decided(
    scored: Scored,
    keep: Rows,
    decided: Mapping[tuple[int, int], str],
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


def said_last(
    chance: Floats, left: Rows, right: Rows, decided: Mapping[tuple[int, int], str]
) -> Floats:
    """Put a person's word in place of the model's."""
    if not decided:
        return chance
    words = [decided.get(pair) for pair in zip(left.tolist(), right.tolist())]
    said = np.array([{"same": 1.0, "different": 0.0}.get(word or "", -1.0) for word in words])
    return np.where(said >= 0, said, chance)
