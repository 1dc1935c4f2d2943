"""Two records side by side, with all that a person needs to decide about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from custclean.labels import label, labels
from custclean.stages.review_compare import compared, marked
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import polars as pl

    from custclean.model import Explanation, Pair, Verdict

__all__ = ["Card", "CardField", "Cards", "changes_named"]


@dataclass(frozen=True, slots=True)
class CardField:
    """One field of a pair, raw; `mark` is same, clean (equal then), differ or missing."""

    name: str
    label: str
    left: str | None
    right: str | None
    mark: str


@dataclass(frozen=True, slots=True)
class Card:
    """One pair as a person sees it.

    `verdict`, `who` and `note` are of the decision that stands, if there is one;
    `changed` labels what has changed since it was made: then it is asked again.
    """

    index: int
    left_id: str
    right_id: str
    left_source: str
    right_source: str
    fields: tuple[CardField, ...]
    weight: float | None
    probability: float | None
    reason: str
    verdict: Verdict | None = None
    who: str = ""
    note: str = ""
    changed: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Card({self.index}: {len(self.fields)} fields, {self.verdict or 'open'})"


class Cards:
    """Makes cards from a raw table whose rows have `record_id`."""

    def __init__(
        self, table: pl.DataFrame, explain: Callable[[str, str], Explanation] | None
    ) -> None:
        self.rows = {str(row["record_id"]): row for row in table.iter_rows(named=True)}
        self._place = {record: i for i, record in enumerate(self.rows)}
        self._keys = compared(table)
        self._explain = explain

    def make(self, index: int, pair: Pair, scores: tuple[float | None, float | None]) -> Card:
        """Give the card of a pair that nobody has decided."""
        fields = self._fields(pair)
        return Card(
            index=index,
            left_id=pair.left,
            right_id=pair.right,
            left_source=_source(self.rows[pair.left]),
            right_source=_source(self.rows[pair.right]),
            fields=fields,
            weight=scores[0],
            probability=scores[1],
            reason=self._reason(pair, fields),
        )

    def _fields(self, pair: Pair) -> tuple[CardField, ...]:
        left, right = self.rows[pair.left], self.rows[pair.right]
        return tuple(
            CardField(name, label, one, other, marked(one, other, self._keys_of(pair, name)))
            for name, label in labels().items()
            for one, other in [(_text(left.get(name)), _text(right.get(name)))]
            if one is not None or other is not None
        )

    def _keys_of(self, pair: Pair, name: str) -> list[tuple[str | None, str | None]]:
        one, other = self._place[pair.left], self._place[pair.right]
        columns = (self._keys.get(f"{name} {number}") for number in (0, 1))
        return [(column[one], column[other]) for column in columns if column is not None]

    def _reason(self, pair: Pair, fields: tuple[CardField, ...]) -> str:
        if self._explain is not None:
            return self._explain(pair.left, pair.right).sentence
        told = [
            (tr("Equal: {fields}."), "same"),
            (tr("Equal after cleaning: {fields}."), "clean"),
            (tr("Different: {fields}."), "differ"),
        ]
        groups = [(text, [f.label for f in fields if f.mark == mark]) for text, mark in told]
        parts = [text.format(fields=", ".join(names)) for text, names in groups if names]
        return " ".join(parts)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _source(row: Mapping[str, object]) -> str:
    file, line = row.get("source_file"), row.get("source_row")
    if not file:
        return ""
    return tr("{file}, line {line}", file=file, line=line) if line else str(file)


def changes_named(changed: tuple[str, ...]) -> tuple[str, ...]:
    """Say which seen fields changed: `left.email` -> "E-mail (left side)"."""
    sides = {"left": tr("left side"), "right": tr("right side")}
    return tuple(
        f"{label(field)} ({sides[side]})"
        for side, field in (name.split(".", 1) for name in changed)
    )
