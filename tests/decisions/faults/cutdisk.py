"""The disks that a power cut can leave, from the notes of what was asked of the system.

What was synced is there, what was only written is there, or not, or torn; a new name is there
for sure once the folder was synced.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = ["SYNCED", "Event", "after_every_cut"]

SECTOR = 512  # what a disk writes whole or not at all
SYNCED = "synced"
NO_CALL = frozenset({"elsewhere", "acknowledged"})
Event = tuple[str, str, int, bytes]  # what, file, place or number, bytes or another name


@dataclass
class _File:
    """One name: what is surely on the disk, and what may have come after it."""

    sure: bytes | None  # None: the name itself is not there
    maybe: list[Event] = field(default_factory=list)
    instead: _File | None = None  # what the name stands for, should its new sense be lost

    def called(self, before: _File) -> _File:
        """Give the same content under a name that may yet be lost."""
        return _File(self.sure or b"", list(self.maybe), before)

    def settled(self) -> bytes | None:
        """Give what is there for whoever reads it before the cut."""
        return _with(*self._named(removed=True))

    def with_its_name(self) -> _File:
        """Give what is there once the folder is synced: names are there or gone for sure."""
        sure, maybe = self._named(removed=True)
        return _File(sure, list(maybe))

    def drawn(self, chance: Random, likely: float) -> bytes | None:
        """Give what may be there after the cut; `likely` is how much of it had arrived."""
        if self.instead is not None and chance.random() >= likely:
            return self.instead.drawn(chance, likely)
        sure, events = self._named(removed=chance.random() < likely)
        return _with(sure, [event for event in _pieces(events) if chance.random() < likely])

    def _named(self, *, removed: bool) -> tuple[bytes | None, Sequence[Event]]:
        """Give what the name stands for, where a removal may not have reached the folder."""
        places = [i for i, event in enumerate(self.maybe) if event[0] == "delete"]
        if not places:
            return self.sure, self.maybe
        if removed:
            return None, self.maybe[places[-1] + 1 :]
        return self.sure, self.maybe[: places[0]]


def _pieces(events: Sequence[Event]) -> Iterator[Event]:
    for what, name, place, data in events:
        if what != "write":
            yield what, name, place, data
            continue
        for start in range(0, len(data), SECTOR):
            yield what, name, place + start, data[start : start + SECTOR]


def _with(sure: bytes | None, events: Sequence[Event]) -> bytes | None:
    content = None if sure is None else bytearray(sure)
    for what, _name, place, data in events:
        content = bytearray() if content is None else content
        if what == "truncate":
            del content[place:]
        elif what == "write":
            content.extend(b"\0" * (place + len(data) - len(content)))
            content[place : place + len(data)] = data
    return None if content is None else bytes(content)


def after_every_cut(
    before: Mapping[str, bytes],
    events: Sequence[Event],
    folder: Path,
    *,
    seed: int,
    times: int = 1,
) -> Iterator[int]:
    """Lay into the folder each disk that a cut can leave; give how much was done by then."""
    chance = Random(seed)
    folder.mkdir()
    for cut in sorted([*range(len(events) + 1)] * times):
        for disk in _after_cut(before, events[:cut], chance):
            for old in folder.iterdir():
                old.unlink()
            for name, data in disk.items():
                (folder / name).write_bytes(data)
            yield cut


def _after_cut(
    before: Mapping[str, bytes], events: Sequence[Event], chance: Random
) -> Iterator[dict[str, bytes]]:
    """Give disks that a power cut after these events can leave behind."""
    files = {name: _File(data) for name, data in before.items()}
    for event in events:
        _happen(files, event)
    for likely in (0.0, 0.5, 0.9, 1.0):
        drawn = {name: file.drawn(chance, likely) for name, file in files.items()}
        yield {name: data for name, data in drawn.items() if data is not None}


def _happen(files: dict[str, _File], event: Event) -> None:
    what, name, number, other = event
    if what in NO_CALL:
        return
    if what == "folder":
        files.update({each: file.with_its_name() for each, file in files.items()})
        return
    file = files.setdefault(name, _File(None))
    if what in {"link", "rename"}:
        source = files.setdefault(other.decode(), _File(None))
        files[name] = source.called(file)
        if what == "rename":
            source.maybe.append(("delete", other.decode(), 0, b""))
        return
    file.maybe.append(event)
    if what == SYNCED:
        files[name] = _File(file.settled(), instead=file.instead)
    elif what == "delete" and number:
        files[name] = _File(file.settled())
