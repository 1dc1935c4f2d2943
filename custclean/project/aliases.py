"""Decisions on the ids of earlier downloads, read as decisions on the records of today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from custclean.decisions import fingerprint
from custclean.decisions.standing import PAIR_VERDICTS, ordered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from custclean.model import Decision
    from custclean.project.trail import Trail

__all__ = ["Aliases"]


class _Sense(NamedTuple):
    """Whom an id meant in a download: the name today, and the row that people saw then."""

    seq: int  # of the download
    name: str
    row: Mapping[str, str | None]


class Aliases(Mapping[str, str]):
    """Ids of earlier downloads that the newest has not -> the same records' ids in it.

    `today` knows more: an id that meant one record then may mean another now (of two rows
    with one hash the first is gone), and what a decision was about shows in when it was
    made and in what was seen.
    """

    def __init__(self, lists: Sequence[tuple[Trail, Sequence[int]]] = ()) -> None:
        """Take each list's downloads with their places in the log."""
        self._senses: dict[str, list[_Sense]] = defaultdict(list)
        self._moved: dict[str, str] = {}
        self.perhaps: dict[str, tuple[str, ...]] = {}
        for trail, seqs in lists:
            self._learn(trail, seqs)
            self.perhaps |= trail.perhaps

    def _learn(self, trail: Trail, seqs: Sequence[int]) -> None:
        moved = list({own for names in trail.names for own in names})
        for table, names, seq in zip(trail.tables, trail.names, seqs, strict=True):
            rows = table.filter(pl.col("record_id").is_in(moved))
            for row in rows.iter_rows(named=True):
                own = row["record_id"]
                self._senses[own].append(_Sense(seq, names.get(own, own), row))
        here = set(trail.tables[-1]["record_id"]) if trail.tables else set()
        for own in moved:
            name = self._senses[own][-1].name
            if own not in here and name in here:
                self._moved[own] = name

    def __getitem__(self, record_id: str) -> str:
        return self._moved[record_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._moved)

    def __len__(self) -> int:
        return len(self._moved)

    def __repr__(self) -> str:
        return f"Aliases({len(self)} records have another id today)"

    def today(self, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
        """Give the decisions with the names that their records have today."""
        if not self._senses:
            return tuple(decisions)
        return tuple(map(self._one, decisions))

    def _one(self, decision: Decision) -> Decision:
        key = tuple(
            self._name(decision, place, each) if each in self._senses else each
            for place, each in enumerate(decision.key)
        )
        if key == decision.key or len(set(key)) < len(set(decision.key)):
            return decision  # nobody is two of today's records
        moved = replace(decision, key=key)
        return ordered(moved) if decision.verdict in PAIR_VERDICTS else moved

    def _name(self, decision: Decision, place: int, record_id: str) -> str:
        """Choose whom was meant: whom the person saw, in the newest download there was.

        What has no number is no part of the log yet: it was seen in any of them.
        """
        senses = self._senses[record_id]
        fit = [each for each in senses if _was_seen(decision, place, each.row)] or senses
        before = [each for each in fit if not decision.seq or each.seq < decision.seq]
        return (before[-1] if before else fit[0]).name


def _was_seen(decision: Decision, place: int, row: Mapping[str, str | None]) -> bool:
    """Tell whether a row is what the person saw; of what was not kept, any row is."""
    side = ("left.", "right.")[place] if len(decision.key) == 2 else ""
    return all(
        fingerprint(row.get(name[len(side) :])) == print_then
        for name, print_then in decision.seen.items()
        if name.startswith(side)
    )
