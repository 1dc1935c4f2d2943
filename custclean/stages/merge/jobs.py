"""Where sub-customers and jobs stand after the merges: below who stays, or below nobody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from custclean.stages.merge.tree import COLON, Entry, plain_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from custclean.stages.merge.tree import Path, Tree

__all__ = ["Jobs", "Move"]

NOBODY = Entry("")


@dataclass(frozen=True, slots=True)
class Move:
    """A record that has another parent after the merges, or one of another name.

    `no`: the group that is the cause. `column`, `before`, `after`: the cell that tells.
    `under`: the row of the parent, None: it stands below nobody. `rehung`: the parent is
    another record; else only a name above it changes.
    """

    no: int
    row: int
    column: str
    before: str
    after: str | None
    under: int | None
    rehung: bool


@dataclass(frozen=True)
class Jobs:
    """The places of records once some groups are merged.

    `groups`: rows by group, the survivor first. `picked`: of a group the row whose parent a
    person picked; `names`: the own names of all rows.
    """

    tree: Tree
    names: Sequence[str]
    groups: Mapping[int, Sequence[int]]
    picked: Mapping[int, int]
    has_parents: bool

    @cached_property
    def group_of(self) -> Mapping[int, int]:
        """Give the group of each row that is in one."""
        return {row: no for no, rows in self.groups.items() for row in rows}

    def end(self, row: int) -> int:
        """Give the row that a row is merged into; itself if it stays."""
        no = self.group_of.get(row)
        return row if no is None else self.groups[no][0]

    def place(self, row: int) -> Entry:
        """Say where a row is entered that stays: as in the list, or as picked."""
        no = self.group_of.get(row)
        return self.tree.entries.get(row if no is None else self.picked.get(no, row), NOBODY)

    def ends_above(self, row: int) -> frozenset[int]:
        """Give the records that a row may be below after the merges."""
        return frozenset(map(self.end, self.place(row).above))

    def above(self, row: int) -> int | None:
        """Give the one record that a row is below; None: nobody here, or it is not clear."""
        ends = self.ends_above(row)
        return next(iter(ends)) if len(ends) == 1 else None

    def parents_of(self, row: int) -> object:
        """Say below whom any member is entered, alike for those who will be one."""
        entry = self.tree.entries.get(row, NOBODY)
        return frozenset(map(self.end, entry.above)) or plain_path(entry.parent)

    def line(self, row: int) -> list[int]:
        """Give a row and those above it, upwards; a circle ends where it closes."""
        found: list[int] = []
        at: int | None = row
        while at is not None and at not in found:
            found.append(at)
            at = self.above(at)
        return found if at is None else [*found, at]

    def own_name(self, row: int) -> str:
        """Give a record's name without those above it."""
        entry = self.tree.entries.get(row)
        return entry.name if entry else self.names[row]

    def full_name(self, row: int) -> str:
        """Give the name with all above it, as the merges leave it."""
        line = self.line(row)
        top = self.place(line[-1]).parent
        names = [self.own_name(each) for each in reversed(line)]
        return COLON.join([top, *names] if top else names)

    @cached_property
    def children(self) -> Mapping[int, Sequence[int]]:
        """Give who stands right below each record after the merges, of those who stay."""
        rows = {*self.tree.entries, *(self.groups[no][0] for no in self.picked)}
        found: dict[int, list[int]] = {}
        for row in sorted(rows):
            above = self.above(row) if self.end(row) == row else None
            if above is not None:
                found.setdefault(above, []).append(row)
        return found

    def moved(self, row: int) -> bool:
        """Tell whether a row stands below another record than before."""
        before, after = self.tree.entries.get(row, NOBODY).above, self.ends_above(row)
        return len(after) <= 1 and self.above(row) not in (before or (None,))

    @cached_property
    def moves(self) -> Sequence[Move]:
        """Give who has another parent, or one of another name; in the order of rows."""
        rows = {*self.tree.entries, *(self.groups[no][0] for no in self.picked)}
        left = sorted(row for row in rows if self.end(row) == row)
        return [move for row in left if (move := self._move(row)) is not None]

    @cached_property
    def _before(self) -> Jobs:
        """Give the places as the list has them, nobody merged."""
        return replace(self, groups={}, picked={})

    def _move(self, row: int) -> Move | None:
        before, place = self.tree.entries.get(row, NOBODY), self.place(row)
        line, above, parent = self.line(row), self.above(row), place.parent
        if len(line) > len(set(line)) or self.group_of.keys().isdisjoint(line):
            return None  # the list itself has it below itself, or nothing happens above it
        if above is not None:
            parent = self.full_name(above) if place.full else self.names[above]
        rehung = self.moved(row)
        if not rehung and plain_path(parent) in self._called(before):
            return None
        column = before.column or ("parent" if self.has_parents else "display_name")
        cells = [self._cell(column, text, row) for text in (before.parent, parent)]
        no = self.cause(row)
        return Move(no, row, column, cells[0], cells[1] or None, above, rehung)

    def _called(self, place: Entry) -> Iterator[Path]:
        """Give what a parent is called before the merges: as it is written, and in full."""
        yield plain_path(place.parent)
        for each in place.above if place.full else ():
            yield plain_path(self._before.full_name(each))

    def _cell(self, column: str, parent: str, row: int) -> str:
        if column == "parent":
            return parent
        name = self.own_name(row)
        return f"{parent}{COLON}{name}" if parent else name

    def cause(self, row: int) -> int:
        """Give the group whose merge moves a row: its own, its parent's, or one above."""
        line = self.line(row)
        for each in line:
            above = self.above(each)
            if above is not None and self.moved(each) and above in self.group_of:
                return self.group_of[above]
            if self.group_of.get(each) in self.picked:
                return self.group_of[each]
        return next(self.group_of[each] for each in line if each in self.group_of)

    def path(self, row: int) -> Path:
        """Give the own name for comparing."""
        return plain_path(self.own_name(row))
