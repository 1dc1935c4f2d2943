"""What would be on the disk had the power gone at any moment: SQLite's own calls, recorded.

Between SQLite and the system a layer of ours notes every write, sync and removal. From the
notes come the disks that a power cut can leave: what was synced is there, what was only
written is there, or not, or torn.
"""

from __future__ import annotations

import _sqlite3
import ctypes
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from random import Random

__all__ = ["Event", "after_cut", "recording"]

SECTOR = 512  # what a disk writes whole or not at all
SYNCED, CREATED = "synced", 0x4
Event = tuple[str, str, int, bytes]  # what, file, place or number, bytes


class _Methods(ctypes.Structure):
    """sqlite3_io_methods."""

    _fields_ = (("version", ctypes.c_int), ("call", ctypes.c_void_p * 18))
    CLOSE, READ, WRITE, TRUNCATE, SYNC = range(5)


class _Layer(ctypes.Structure):
    """sqlite3_vfs."""

    _fields_ = (
        ("version", ctypes.c_int),
        ("size_of_file", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        ("call", ctypes.c_void_p * 16),
    )
    OPEN, DELETE = range(2)


_int, _long, _at = ctypes.c_int, ctypes.c_int64, ctypes.c_void_p
_OPEN = ctypes.CFUNCTYPE(_int, _at, _at, _at, _int, _at)
_DELETE = ctypes.CFUNCTYPE(_int, _at, ctypes.c_char_p, _int)
_WRITE = ctypes.CFUNCTYPE(_int, _at, _at, _int, _long)
_TRUNCATE = ctypes.CFUNCTYPE(_int, _at, _long)
_SYNC = ctypes.CFUNCTYPE(_int, _at, _int)


class _Recorder:
    """The layer: it notes what it is asked, and has the system's own layer do it."""

    def __init__(self, own: Any, events: list[Event]) -> None:
        self._own, self._events = own, events
        self._names: dict[int, str] = {}
        self._methods: dict[int, _Methods] = {}
        self._kept: list[Any] = []  # functions that C calls must not be collected
        self.layer = _Layer.from_buffer_copy(own)
        self.layer.name = b"recorder"
        self.layer.call[_Layer.OPEN] = self._function(_OPEN, self._open)
        self.layer.call[_Layer.DELETE] = self._function(_DELETE, self._delete)

    def _function(self, kind: Any, function: Any) -> int:
        self._kept.append(kind(function))
        return int(ctypes.cast(self._kept[-1], _at).value or 0)

    def _open(self, layer: int, name: int, file: int, flags: int, out: int) -> int:
        wanted = ctypes.string_at(name).decode() if name else ""
        new = bool(wanted) and not Path(wanted).exists()
        code = _OPEN(self._own.call[_Layer.OPEN])(
            ctypes.addressof(self._own), name, file, flags, out
        )
        if code == 0 and wanted:
            self._names[file] = Path(wanted).name
            if new and flags & CREATED:
                self._events.append(("create", Path(wanted).name, 0, b""))
            methods = ctypes.cast(file, ctypes.POINTER(_at))
            methods[0] = self._wrapped(int(methods[0] or 0))
        return int(code)

    def _delete(self, layer: int, name: bytes, sync: int) -> int:
        self._events.append(("delete", Path(name.decode()).name, sync, b""))
        own = _DELETE(self._own.call[_Layer.DELETE])
        return int(own(ctypes.addressof(self._own), name, sync))

    def _wrapped(self, address: int) -> int:
        """Give the methods of a file with ours among them."""
        if address not in self._methods:
            own = _Methods.from_address(address)
            mine = _Methods.from_buffer_copy(own)
            write = _WRITE(own.call[_Methods.WRITE])
            truncate = _TRUNCATE(own.call[_Methods.TRUNCATE])
            sync = _SYNC(own.call[_Methods.SYNC])

            def on_write(file: int, data: int, size: int, place: int) -> int:
                text = ctypes.string_at(data, size)
                self._events.append(("write", self._names[file], place, text))
                return int(write(file, data, size, place))

            def on_truncate(file: int, size: int) -> int:
                self._events.append(("truncate", self._names[file], size, b""))
                return int(truncate(file, size))

            def on_sync(file: int, flags: int) -> int:
                code = int(sync(file, flags))
                self._events.append((SYNCED, self._names[file], 0, b""))
                return code

            mine.call[_Methods.WRITE] = self._function(_WRITE, on_write)
            mine.call[_Methods.TRUNCATE] = self._function(_TRUNCATE, on_truncate)
            mine.call[_Methods.SYNC] = self._function(_SYNC, on_sync)
            self._methods[address] = mine
        return ctypes.addressof(self._methods[address])


@contextmanager
def recording() -> Iterator[list[Event]]:
    """Note what SQLite asks of the system, in every file that is opened meanwhile."""
    library = ctypes.CDLL(_sqlite3.__file__)  # that very SQLite which Python uses
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Layer)
    own = library.sqlite3_vfs_find(None)
    events: list[Event] = []
    recorder = _Recorder(own.contents, events)
    library.sqlite3_vfs_register(ctypes.byref(recorder.layer), 1)
    try:
        yield events
    finally:
        library.sqlite3_vfs_unregister(ctypes.byref(recorder.layer))
        library.sqlite3_vfs_register(own, 1)


@dataclass
class _File:
    """One name: what is surely on the disk, and what may have come after it."""

    sure: bytes | None  # None: the name itself is not there
    maybe: list[Event] = field(default_factory=list)

    def settled(self) -> bytes | None:
        """Give what is there for whoever reads it before the cut."""
        return _with(*self._named(removed=True))

    def drawn(self, chance: Random, likely: float) -> bytes | None:
        """Give what may be there after the cut; `likely` is how much of it had arrived."""
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


def after_cut(
    before: Mapping[str, bytes], events: Sequence[Event], chance: Random
) -> Iterator[dict[str, bytes]]:
    """Give disks that a power cut after these events can leave behind."""
    files = {name: _File(data) for name, data in before.items()}
    for event in events:
        what, name, number, _ = event
        file = files.setdefault(name, _File(None))
        file.maybe.append(event)
        if what == SYNCED or (what == "delete" and number):
            files[name] = _File(file.settled())
    for likely in (0.0, 0.5, 0.9, 1.0):
        drawn = {name: file.drawn(chance, likely) for name, file in files.items()}
        yield {name: data for name, data in drawn.items() if data is not None}
