"""Which record of an earlier download is which of the newest one.

A record with an id of its own keeps it, and no likeness joins two of them: who was deleted
and made again is somebody new. A record without one has a hash of what identifies it. Where
that changed the record seems gone and another one new, and who is who shows in what they
hold; equal hashes are told apart by all they hold. What cannot be told is not guessed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from custclean.decisions import SEEN_FIELDS
from custclean.project.likeness import Traits, resembling, traits_of
from custclean.project.pairing import sure_pairs
from custclean.tables.ids import family_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import polars as pl

__all__ = ["Trail", "follow", "free_name"]

PLACE = ("record_id", "system", "kind", "source_file", "source_row")  # no content
LARGE = 10_000  # comparisons; a larger family of rows that are not equal is left alone

Content = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Trail:
    """The downloads of one list, oldest first, and the name that each record has today.

    `names`: for each download, its id -> the name today, where the two differ. The name is
    the id in the newest download, or else the last id there was, with a mark behind it if
    another record has that id by now. `perhaps`: the name of a record that is gone -> ids
    of the newest download that may be it.
    """

    tables: tuple[pl.DataFrame, ...]
    names: tuple[Mapping[str, str], ...]
    perhaps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def follow(tables: Sequence[pl.DataFrame]) -> Trail:
    """Follow each record without an id of its own from download to download."""
    walk = _Walk(tables)
    for at in range(len(tables)):
        walk.step(at)
    return walk.trail()


class _Seen(NamedTuple):
    """A record where it was seen last."""

    at: int
    id: str
    content: Content


class _Walk:
    def __init__(self, tables: Sequence[pl.DataFrame]) -> None:
        self._tables = tuple(tables)
        self._last: list[_Seen] = []  # by the number of the record
        self._ids: list[dict[str, int]] = []  # for each download: id -> number of the record
        self._families: defaultdict[str, set[int]] = defaultdict(set)  # ever
        self._maybe: defaultdict[int, set[int]] = defaultdict(set)
        self._traits: dict[int, dict[str, Traits]] = {}

    def step(self, at: int) -> None:
        """Find every record of the next download again, or count it as new."""
        rows = _contents(self._tables[at])
        found = self._of_one_hash(rows)
        fresh = sorted(rows.keys() - set(found.values()))
        lost = sorted(set(range(len(self._last))) - found.keys())
        likely = self._likely(at, found, lost, {n: rows[n] for n in fresh}) if lost else {}
        found |= likely
        ids = {name: number for number, name in found.items()}
        for name in fresh:
            if name not in ids:
                ids[name] = len(self._last)
                self._last.append(_Seen(at, name, rows[name]))
        for number, name in found.items():
            self._last[number] = _Seen(at, name, rows[name])
        for name, number in ids.items():
            self._families[_family(name)].add(number)
        self._ids.append(ids)

    def _of_one_hash(self, rows: Mapping[str, Content]) -> dict[int, str]:
        """Find who has the hash it had; then who has again a hash that it had once."""
        now: defaultdict[str, set[int]] = defaultdict(set)
        for number, seen in enumerate(self._last):
            now[_family(seen.id)].add(number)
        found: dict[int, str] = {}
        for known in (now, self._families):
            rest = rows.keys() - set(found.values())
            for family, names in sorted(_by_family(rest).items()):
                old = {n: self._last[n] for n in known.get(family, ()) if n not in found}
                found |= _within(old, {name: rows[name] for name in names})
        return found

    def _likely(
        self,
        at: int,
        found: Mapping[int, str],
        lost: Sequence[int],
        fresh: Mapping[str, Content],
    ) -> dict[int, str]:
        """Join who is gone with who is new, and remember who may be whom."""
        if not fresh:
            return {}
        now = self._traits_at(at)
        like = resembling(
            {number: self._traits_of(number) for number in lost},
            {name: now[name] for name in fresh},
            [self._traits_of(number) for number in found],
            [now[name] for name in found.values()],
            ({number: self._last[number].content for number in lost}, fresh),
        )
        linked = {name: number for number, name in like.links.items()}
        new = [name for name in fresh if name not in linked]
        place = linked | {name: number for number, name in enumerate(new, len(self._last))}
        for number, names in like.perhaps.items():
            self._maybe[number] |= {place[name] for name in names}
        return dict(like.links)

    def _traits_of(self, number: int) -> Traits:
        seen = self._last[number]
        return self._traits_at(seen.at)[seen.id]

    def _traits_at(self, at: int) -> dict[str, Traits]:
        if at not in self._traits:
            self._traits[at] = traits_of(self._tables[at])
        return self._traits[at]

    def trail(self) -> Trail:
        """Name every record as it is called today."""
        newest = len(self._tables) - 1
        names: dict[int, str] = {}
        taken = set(self._tables[-1]["record_id"]) if self._tables else set()
        order = sorted(range(len(self._last)), key=lambda n: (-self._last[n].at, n))
        for number in order:
            seen = self._last[number]
            names[number] = seen.id if seen.at == newest else free_name(seen.id, taken)
            taken.add(names[number])
        moved = tuple(
            {own: names[number] for own, number in ids.items() if names[number] != own}
            for ids in self._ids
        )
        today = {number for number in names if self._last[number].at == newest}
        perhaps = {
            names[number]: tuple(sorted(names[other] for other in others & today))
            for number, others in sorted(self._maybe.items())
            if number not in today and others & today
        }
        return Trail(self._tables, moved, perhaps)


def _contents(table: pl.DataFrame) -> dict[str, Content]:
    """Give what each record without an id of its own holds, what people are shown first."""
    named = [name for name in table.columns if name not in PLACE]
    order = sorted(named, key=lambda name: name not in SEEN_FIELDS)  # stable
    own = table.filter([family_of(each) is not None for each in table["record_id"]])
    return {row[0]: row[1:] for row in own.select("record_id", *order).iter_rows()}


def _family(name: str) -> str:
    return family_of(name) or name


def _by_family(names: Iterable[str]) -> dict[str, list[str]]:
    families: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        families[_family(name)].append(name)
    return families


def _within(old: Mapping[int, _Seen], new: Mapping[str, Content]) -> dict[int, str]:
    """Tell apart the records of one hash: equal ones first, then the nearest."""
    if len(old) == len(new) == 1:
        return dict(zip(old, new))
    found = _equal(old, new)
    rest = {number: seen for number, seen in old.items() if number not in found}
    taken = set(found.values())
    left = {name: row for name, row in new.items() if name not in taken}
    if len(rest) * len(left) > LARGE:
        return found
    costs = {  # of two equally near it is the one seen last
        (number, name): (*_distance(seen.content, row), -seen.at)
        for number, seen in rest.items()
        for name, row in left.items()
    }
    contents = {number: seen.content for number, seen in rest.items()}
    return found | sure_pairs(costs, contents, left)


def _equal(old: Mapping[int, _Seen], new: Mapping[str, Content]) -> dict[int, str]:
    """Pair who holds the same, those seen last first, then in the order of their ids."""
    groups: defaultdict[Content, list[str]] = defaultdict(list)
    for name in sorted(new, reverse=True):
        groups[new[name]].append(name)
    order = sorted(old, key=lambda number: (-old[number].at, old[number].id, number))
    return {
        number: groups[old[number].content].pop()
        for number in order
        if groups.get(old[number].content)
    }


def _distance(one: Content, other: Content) -> tuple[int, int]:
    """Count what differs of what people are shown, and of everything."""
    differ = [a != b for a, b in zip(one, other, strict=True)]
    return sum(differ[: len(SEEN_FIELDS)]), sum(differ)


def free_name(name: str, taken: Collection[str]) -> str:
    """Give a name, with a mark behind it where somebody else has it."""
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}~{number}"
    return free
