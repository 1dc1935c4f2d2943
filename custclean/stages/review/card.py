"""Records side by side, with all that a person needs to decide about them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING

from custclean.labels import label, labels
from custclean.stages.review.drafts import Asked, Draft
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from custclean.model import Explanation, Share, Verdict
    from custclean.stages.review.answers import Standing
    from custclean.stages.review.questions import Edge, Question
    from custclean.stages.review.records import Records

__all__ = ["Card", "CardField", "Cards", "Changed", "name_of", "reason_of"]

NOTHING = Draft()

OURS = frozenset({"record_id", "system", "kind", "source_file", "source_row"})
WORST = ("differ", "own", "clean", "missing", "same")  # what a group's field is called


@dataclass(frozen=True, slots=True)
class CardField:
    """One field, raw, a value a record.

    `mark`: same, clean (equal then), differ, own (of the record, may differ), missing.
    """

    name: str
    label: str
    values: tuple[str | None, ...]
    mark: str

    @property
    def left(self) -> str | None:
        """Give the value of the first record."""
        return self.values[0]

    @property
    def right(self) -> str | None:
        """Give the value of the second record."""
        return self.values[1]


@dataclass(frozen=True, slots=True)
class Changed:
    """A value that a person saw and that is another now; `before` None: not kept anywhere."""

    record: str
    field: str
    label: str
    before: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """One question as a person sees it.

    `edges`: the pairs of it that the model found, `weakest` the link that holds a group
    together. `standing`: what was said about it. `changed`: what has changed since; then it is
    asked again. `draft`: what was chosen, but not saved. `parts`: how a group is divided, in
    the draft or by what was said. `saved`: the record whose value is kept by what was said, by
    field ("": who stays) and part, `outdated` what of it has changed since; `picks`: what the
    draft keeps too.
    """

    index: int
    records: tuple[str, ...]
    sources: tuple[str, ...]
    names: tuple[str, ...]
    fields: tuple[CardField, ...]
    edges: tuple[Edge, ...]
    weakest: Edge | None
    apart: tuple[str, ...]
    cut: bool
    weight: float | None
    probability: float | None
    reason: str
    prior: float | None
    shares: tuple[Share, ...]
    standing: Standing
    changed: tuple[Changed, ...]
    draft: Draft
    parts: tuple[frozenset[str], ...] = ()
    saved: Mapping[Asked, str] = field(default_factory=dict)
    outdated: frozenset[Asked] = frozenset()

    def __repr__(self) -> str:
        said = self.standing.verdict or "open"
        many = f"{len(self.records)} records, " if len(self.records) > 2 else ""
        return f"Card({self.index}: {many}{len(self.fields)} fields, {said})"

    def blinded(self) -> Card:
        """Give the card without what the model thinks of it."""
        return replace(
            self, weight=None, probability=None, reason="", prior=None, shares=(), weakest=None
        )

    @property
    def left_id(self) -> str:
        """Name the first record."""
        return self.records[0]

    @property
    def right_id(self) -> str:
        """Name the second record."""
        return self.records[1]

    @property
    def picks(self) -> dict[Asked, str]:
        """Give whose value would be kept, by field and part."""
        return {**self.saved, **self.draft.picks}

    @property
    def verdict(self) -> Verdict | None:
        """Give what was said and holds, or held until something changed."""
        return self.standing.verdict

    @property
    def who(self) -> str:
        """Name who said so."""
        return self.standing.who

    @property
    def note(self) -> str:
        """Give the note that was kept with it."""
        return self.standing.note


class Cards:
    """Makes cards from raw rows."""

    def __init__(
        self, records: Records, explain: Callable[[str, str], Explanation] | None
    ) -> None:
        self._records = records
        self._explain = explain
        known = [name for name in labels() if name in records.table.columns]
        other = [n for n in records.table.columns if n not in {*known, *OURS}]
        if "display_name" in known:  # a canonical table: what cards leave out, they leave out
            other = []
        self._labels = {name: label(name) for name in (*known, *other)}
        self._explained: dict[Edge, Explanation | None] = {}

    def make(
        self,
        index: int,
        question: Question,
        standing: Standing,
        changed: Sequence[Changed] = (),
        draft: Draft = NOTHING,
    ) -> Card:
        """Give the card of a question."""
        records = question.records
        rows = [self._records[record] for record in records]
        fields = self._fields(records, rows)
        marks = {field.name: field.mark for field in fields}
        why = self._why(question.weakest or question.edges[0])
        return Card(
            index=index,
            records=records,
            sources=tuple(map(_source, rows)),
            names=tuple(map(name_of, rows)),
            fields=fields,
            edges=question.edges,
            weakest=question.weakest,
            apart=question.apart,
            cut=question.cut,
            weight=question.weight,
            probability=question.probability,
            reason=why.sentence if why and not question.is_group else reason_of(marks),
            prior=why.prior if why else None,
            shares=why.shares if why else (),
            standing=standing,
            changed=tuple(changed),
            draft=draft,
        )

    def _fields(
        self, records: Sequence[str], rows: Sequence[Mapping[str, str | None]]
    ) -> tuple[CardField, ...]:
        found = []
        for name, shown in self._labels.items():
            values = tuple(_text(row.get(name)) for row in rows)
            if any(value is not None for value in values):
                found.append(CardField(name, shown, values, self._mark(records, name)))
        return tuple(found)

    def _mark(self, records: Sequence[str], name: str) -> str:
        marks = {self._records.mark(*pair, name) for pair in combinations(records, 2)}
        return next(mark for mark in WORST if mark in marks)

    def _why(self, edge: Edge) -> Explanation | None:
        if self._explain is None:
            return None
        try:
            return self._explained[edge]
        except KeyError:  # another thread may empty it between a look and a second one
            found = self._explain(edge.left, edge.right)
            if len(self._explained) > 1000:
                self._explained.clear()
            self._explained[edge] = found
            return found


def reason_of(marks: Mapping[str, str]) -> str:
    """Say which fields differ and which agree, and not what the model makes of it."""
    told = {
        "differ": tr("Different: {fields}."),
        "clean": tr("Equal after cleaning: {fields}."),
        "same": tr("Equal: {fields}."),
    }
    parts = [
        text.format(fields=", ".join(names))
        for mark, text in told.items()
        if (names := [label(name) for name, found in marks.items() if found == mark])
    ]
    return " ".join(parts)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def name_of(row: Mapping[str, object]) -> str:
    """Call a record as people would: by its name, its firm, else by its id.

    In a table of any other columns its name is the first value with a letter.
    """
    given = " ".join(str(row[n]) for n in ("given_name", "family_name") if row.get(n))
    names = [row.get("display_name"), row.get("company"), given, row.get("email")]
    if "display_name" not in row:
        own = (value for column, value in row.items() if column not in OURS)
        names += [value for value in own if any(map(str.isalpha, str(value or "")))]
    return str(next((name for name in names if name), row.get("record_id", "")))


def _source(row: Mapping[str, object]) -> str:
    file, line = row.get("source_file"), row.get("source_row")
    if not file:
        return ""
    return tr("{file}, line {line}", file=file, line=line) if line else str(file)
