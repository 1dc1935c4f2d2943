"""What follows from what was said about pairs: who is one client, who cannot be."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Closure"]


class Closure:
    """Groups of records called the same, and groups kept apart."""

    def __init__(self) -> None:
        self._root: dict[str, str] = {}
        self._members: dict[str, set[str]] = {}
        self._apart: dict[str, set[str]] = defaultdict(set)  # groups by group, both ways
        self._torn: set[str] = set()  # groups in which two were called different

    def join(self, one: str, other: str) -> set[str]:
        """Take two for one client; gives all records for whom something may be new."""
        large, small = self._group(one), self._group(other)
        if large == small:
            return {one, other}
        if len(self._members[large]) < len(self._members[small]):
            large, small = small, large
        gone = self._members.pop(small)
        for record in gone:
            self._root[record] = large
        self._members[large] |= gone
        for third in self._apart.pop(small, set()):
            self._apart[third].discard(small)
            self._keep_apart(large, third)
        if small in self._torn:
            self._torn.remove(small)
            self._torn.add(large)
        return self._about(large)

    def part(self, one: str, other: str) -> set[str]:
        """Take two for two clients; gives all records for whom something may be new."""
        left, right = self._group(one), self._group(other)
        self._keep_apart(left, right)
        return self._members[left] | self._members[right]

    def same(self, one: str, other: str) -> bool:
        """Tell whether two are one client."""
        root = self._root.get(one)
        return root is not None and root == self._root.get(other)

    def apart(self, one: str, other: str) -> bool:
        """Tell whether two cannot be one client."""
        left, right = self._root.get(one), self._root.get(other)
        return left is not None and right is not None and right in self._apart.get(left, ())

    def torn(self, one: str, other: str) -> bool:
        """Tell whether two are in one group that contradicts itself."""
        return self.same(one, other) and self._root[one] in self._torn

    def clients(self, records: Iterable[str]) -> int:
        """Count how many clients these records are."""
        return len(set(map(self.client, records)))

    def client(self, record: str) -> str:
        """Name a record's group: equal names are one client."""
        return self._root.get(record, record)

    def members(self, record: str) -> frozenset[str]:
        """Give all records that are one client with this one, itself included."""
        return frozenset(self._members.get(self.client(record), {record}))

    def copied(self) -> Closure:
        """Give a copy, to try out what would follow."""
        copy = Closure()
        copy._root = self._root.copy()
        copy._members = {root: set(found) for root, found in self._members.items()}
        copy._apart.update({root: set(found) for root, found in self._apart.items()})
        copy._torn = set(self._torn)
        return copy

    def forget(self, records: Iterable[str]) -> tuple[set[str], set[str]]:
        """Take the groups of these records apart; what still holds has to be said anew.

        Gives who was in them, and those with all for whom something may be new.
        """
        lost, about = set[str](), set[str]()
        for root in {self._root[record] for record in records if record in self._root}:
            about |= self._about(root)
            for other in self._apart.pop(root, set()):
                self._apart[other].discard(root)
            self._torn.discard(root)
            lost |= self._members.pop(root)
        for record in lost:
            del self._root[record]
        return lost, about

    def _group(self, record: str) -> str:
        if record not in self._root:
            self._root[record] = record
            self._members[record] = {record}
        return self._root[record]

    def _keep_apart(self, left: str, right: str) -> None:
        if left == right:
            self._torn.add(left)
            return
        self._apart[left].add(right)
        self._apart[right].add(left)

    def _about(self, root: str) -> set[str]:
        """Give a group and all that is kept apart from it."""
        found = set(self._members[root])
        for other in self._apart.get(root, ()):
            found |= self._members[other]
        return found
