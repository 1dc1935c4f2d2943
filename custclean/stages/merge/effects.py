"""All that a merge does, line by line, for a person to read before it is approved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custclean.systems import SYSTEMS
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from custclean.stages.merge.outcome import Outcome

__all__ = ["RECORD", "effects", "effects_said"]

RECORD = "record"  # the field that stands for a whole record, as in plans
Line = tuple[Any, str, Any, str | None, str | None, str | None]


def effects(outcome: Outcome, names: Mapping[int, Any], records: Sequence[Any]) -> list[Line]:
    """Give cluster, what, record, field, before and after; group by group.

    What: survivor, gone, value_taken, value_lost, too_long, child_rehung, child_renamed,
    sum_kept; and refused, of groups that are not merged: `field` then has the reason.
    """
    found = [
        *_records(outcome, records),
        *_values(outcome, records),
        *_moves(outcome, records),
        *_sums(outcome, records),
    ]
    lines = [(names[no], *rest) for no, *rest in sorted(found, key=lambda each: each[0])]
    return lines + list(_refusals(outcome))


def effects_said() -> dict[str, str]:
    """Say each effect in a word or two."""
    return {
        "survivor": tr("stays"),
        "gone": tr("goes into it"),
        "value_taken": tr("value taken over"),
        "value_lost": tr("value in no merged row"),
        "too_long": tr("too long for the system"),
        "child_rehung": tr("moved below who stays"),
        "child_renamed": tr("name above it changes"),
        "sum_kept": tr("counted before and after"),
        "refused": tr("not merged"),
    }


def _records(outcome: Outcome, records: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    for no, (stays, *gone) in outcome.groups.items():
        own = str(records[stays])
        yield no, "survivor", records[stays], RECORD, own, own
        for row in gone:
            yield no, "gone", records[row], RECORD, str(records[row]), own


def _values(outcome: Outcome, records: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    stays = outcome.cells.survivor
    limits = _Limits(outcome)
    for no, name, before, after in outcome.cells.taken:
        yield no, "value_taken", records[stays[no]], name, before, after
        longest = limits.of(stays[no], name)
        if longest is not None and len(after) > longest:
            yield no, "too_long", records[stays[no]], name, str(longest), str(len(after))
    for lost in outcome.cells.lost:
        yield (
            lost.no,
            "value_lost",
            records[lost.row],
            lost.column,
            lost.value,
            lost.kept or None,
        )


class _Limits:
    """How long each system lets the values of a field be."""

    def __init__(self, outcome: Outcome) -> None:
        texts = outcome.cells.texts
        self._systems = texts["system"].to_list() if "system" in texts.columns else []

    def of(self, row: int, name: str) -> int | None:
        """Give the most characters of a field, in the system that a row is of."""
        system = SYSTEMS.get(self._systems[row] or "") if self._systems else None
        return system.limits.get(name) if system else None


def _moves(outcome: Outcome, records: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    for move in outcome.moves:
        what = "child_rehung" if move.rehung else "child_renamed"
        yield move.no, what, records[move.row], move.column, move.before or None, move.after


def _sums(outcome: Outcome, records: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    for no, what, currency, before, after in outcome.lines:
        if no is not None:
            field = f"{what} {currency}" if currency else what
            yield no, "sum_kept", records[outcome.groups[no][0]], field, before, after


def _refusals(outcome: Outcome) -> Iterator[Line]:
    rows = outcome.members.select("no", "cluster", "id").iter_rows()
    for no, cluster, record in rows:
        if no in outcome.refused:
            reason, _ = outcome.refused[no]
            yield cluster, "refused", record, reason, None, None
