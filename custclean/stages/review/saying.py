"""The decisions that an answer to a question comes to, with what was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custclean.decisions import seen_of
from custclean.model import Decision, Verdict
from custclean.stages.review.divide import divide

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from custclean.model import Pair
    from custclean.stages.review.drafts import Draft
    from custclean.stages.review.records import Records

__all__ = ["answered", "divided"]


def answered(
    records: Sequence[str],
    pairs: Iterable[Pair],
    verdict: Verdict,
    rows: Records,
    *,
    value: Mapping[str, str],
    note: str = "",
) -> list[Decision]:
    """Say one word about these pairs of records; of a group "different": all of them are."""
    said = [(pair, verdict) for pair in pairs]
    if verdict is Verdict.DIFFERENT:
        said = divide(pairs, [frozenset({record}) for record in records])
    return [_about(pair, word, rows, value, note) for pair, word in said]


def divided(
    pairs: Iterable[Pair],
    draft: Draft,
    parts: Sequence[frozenset[str]],
    rows: Records,
    *,
    value: Mapping[str, str],
    note: str = "",
) -> list[Decision]:
    """Say who belongs together, and whose values are kept where records are merged."""
    said = divide(pairs, parts)
    merged = [part for part in parts if len(part) > 1]
    return [
        *(_about(pair, word, rows, value, note) for pair, word in said),
        *_picks(draft, merged, rows, note),
    ]


def _about(
    pair: Pair, verdict: Verdict, records: Records, value: Mapping[str, str], note: str
) -> Decision:
    seen = seen_of(records[pair.left], records[pair.right], records.seen)
    return Decision((pair.left, pair.right), verdict, seen, value, note)


def _picks(
    draft: Draft, merged: Sequence[frozenset[str]], records: Records, note: str
) -> Iterator[Decision]:
    for (field, _part), record in sorted(draft.picks.items(), key=lambda each: each[0][0]):
        if any(record in part for part in merged):
            seen = seen_of(records[record], fields=[field] if field else records.seen)
            value = {"field": field} if field else {}
            yield Decision((record,), Verdict.PICK, seen, value, note)
