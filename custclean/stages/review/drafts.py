"""What a person has chosen about a question and not saved yet: values to keep, a division."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from custclean.errors import DecisionError, InputError
from custclean.model import is_picked
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Asked", "Draft", "Part"]

Part = frozenset[str]
Asked = tuple[str, Part]  # of which field something is kept, in which part


@dataclass(frozen=True, slots=True)
class Draft:
    """Choices about some records, beside what stands; false where nothing was chosen.

    `parts`: who belongs together, none for "as it stands", or all of them. `picks`:
    (field, part) -> the record whose value is kept; field "" is the record that survives.
    """

    parts: tuple[Part, ...] = ()
    picks: Mapping[Asked, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.parts or self.picks)

    def divided(self, records: Sequence[str]) -> tuple[Part, ...]:
        """Give the parts, the one of the smallest record first."""
        return tuple(sorted(self.parts or [frozenset(records)], key=min))

    def arranged(self, records: Sequence[str], parts: Iterable[Iterable[str]]) -> Draft:
        """Divide the records so; a pick stays with its record's part."""
        given = [frozenset(part) for part in parts]
        whole = [record for part in given for record in part]
        if sorted(whole) != sorted(records) or not all(given):
            raise DecisionError(
                tr("each record must be in one part"),
                value=len(whole),
                expected=str(len(records)),
            )
        part_of = {record: part for part in given for record in part}
        picks = {(name, part_of[who]): who for (name, _), who in self.picks.items()}
        return Draft(tuple(given), picks)

    def beside(self, stands: Sequence[Part], held: Mapping[Asked, str]) -> Draft:
        """Leave out the division that stands anyway, and the picks that hold anyway."""
        picks = {asked: who for asked, who in self.picks.items() if held.get(asked) != who}
        return Draft(() if set(self.parts) == set(stands) else self.parts, picks)

    def ejected(self, records: Sequence[str], record: str) -> Draft:
        """Take a record out, into a part of its own; one that is alone goes into the first."""
        rest = self._without(records, record)
        if frozenset({record}) in self.divided(records) and rest:
            return self.arranged(records, [rest[0] | {record}, *rest[1:]])
        return self.arranged(records, [*rest, {record}])

    def moved(self, records: Sequence[str], record: str) -> Draft:
        """Move a record on to the next part; after the last into one of its own."""
        rest = self._without(records, record)
        own = next(part for part in self.divided(records) if record in part) - {record}
        place = rest.index(own) + 1 if own else 0
        if place == len(rest):
            return self.arranged(records, [*rest, {record}])
        return self.arranged(
            records, [part | {record} if i == place else part for i, part in enumerate(rest)]
        )

    def _without(self, records: Sequence[str], record: str) -> list[Part]:
        """Give the other records' parts: their order is the same wherever the record is."""
        if record not in records:
            raise DecisionError(tr("no such record"), value=record)
        rest = [part - {record} for part in self.divided(records)]
        return sorted((part for part in rest if part), key=min)

    def picked(self, records: Sequence[str], name: str, record: str | None) -> Draft:
        """Keep a record's value of a field (of "": the record); None: as the rules say."""
        if not is_picked(name):
            told = tr("this field goes with the record that survives: pick the record")
            raise InputError(told, value=name)
        parts = self.divided(records)
        if record is None:
            kept = {key: value for key, value in self.picks.items() if key[0] != name}
            return replace(self, picks=kept)
        part = next((part for part in parts if record in part), None)
        if part is None:
            raise DecisionError(tr("no such record"), value=record)
        return replace(self, picks={**self.picks, (name, part): record})
