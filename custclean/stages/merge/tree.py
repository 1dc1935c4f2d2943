"""Who is entered below whom: sub-customers and jobs, `Parent:Child`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import polars as pl

__all__ = ["COLON", "Entry", "Path", "Tree", "plain_path"]

COLON = ":"
Path = tuple[str, ...]


def plain_path(text: str) -> Path:
    """Give a full name as QuickBooks compares it: without regard to case and blanks.

    >>> plain_path("Abernathy & Cole : Harbor  Site")
    ('abernathy & cole', 'harbor site')
    """
    return tuple(" ".join(part.split()).casefold() for part in text.split(COLON))


@dataclass(frozen=True)
class Entry:
    """One record's place: its own name, and the text that names who is above it.

    `column`: where that text stands: in `parent`, or before the colon of `display_name`.
    `above`: the rows that may be the parent; none where the list does not hold it.
    `full`: whether the text is the parent's full name, or only its own.
    """

    name: str
    parent: str = ""
    column: str = ""
    above: tuple[int, ...] = ()
    full: bool = True


@dataclass(frozen=True)
class Tree:
    """The records that stand below others, and those above them; by row of the table."""

    entries: Mapping[int, Entry]

    @classmethod
    def of(cls, texts: pl.DataFrame) -> Tree:
        """Read the places of a list; records below nobody have no entry of their own."""
        names, parents = (
            texts[name].fill_null("").to_list()
            if name in texts.columns
            else [""] * texts.height
            for name in ("display_name", "parent")
        )
        if not any(parents) and not any(COLON in name for name in names):
            return cls({})
        lists = _lists(texts)
        index = _index(lists, names, parents)
        entries = {
            row: entry
            for row, (name, parent) in enumerate(zip(names, parents))
            if (parent or COLON in name)
            and (entry := _entry(row, name, parent, lists[row], index))
        }
        return cls(entries)

    def __bool__(self) -> bool:
        return bool(self.entries)

    @cached_property
    def below(self) -> Mapping[int, tuple[int, ...]]:
        """Give the rows that stand right below each row, or may."""
        found: dict[int, list[int]] = {}
        for row, entry in self.entries.items():
            for above in entry.above:
                found.setdefault(above, []).append(row)
        return {above: tuple(rows) for above, rows in found.items()}

    def ancestors(self, row: int) -> Iterator[int]:
        """Give every row that stands above one, or may."""
        seen = {row}
        waiting = [row]
        while waiting:
            entry = self.entries.get(waiting.pop())
            for above in entry.above if entry else ():
                if above not in seen:
                    seen.add(above)
                    waiting.append(above)
                    yield above

    def level(self, row: int) -> int:
        """Count the levels above a row; 0: a customer of its own."""
        found, seen = 0, {row}
        while entry := self.entries.get(row):
            if not entry.above:
                return found + 1 + entry.parent.count(COLON)
            found, row = found + 1, entry.above[0]
            if row in seen:
                break
            seen.add(row)
        return found


Which = tuple[str | None, ...]  # system and kind
Index = dict[tuple[Which, Path], list[int]]


def _lists(texts: pl.DataFrame) -> list[Which]:
    """Say which list each row is of: names are told apart within one list only."""
    columns = [texts[name].to_list() for name in ("system", "kind") if name in texts.columns]
    return list(zip(*columns)) if columns else [()] * texts.height


def _index(lists: Sequence[Which], names: Sequence[str], parents: Sequence[str]) -> Index:
    """Find rows by their full name; one level of it is found by the own name too."""
    index: Index = {}
    for row, (which, name, parent) in enumerate(zip(lists, names, parents)):
        if name.strip():
            path = plain_path(f"{parent}{COLON}{name}" if parent else name)
            index.setdefault((which, path), []).append(row)
            if parent:
                index.setdefault((which, ("", *plain_path(name))), []).append(row)
    return index


def _entry(row: int, name: str, parent: str, which: Which, index: Index) -> Entry | None:
    column = "parent"
    if not parent:
        column, (parent, _, name) = "display_name", name.rpartition(COLON)
    path = plain_path(parent)
    found = index.get((which, path), ())
    full = bool(found)
    if not full and column == "parent":
        found = index.get((which, ("", *path)), ())
    above = tuple(each for each in found if each != row)
    if column == "display_name" and not above:
        return None  # a colon in a name like any other
    return Entry(name, parent, column, above, full)
