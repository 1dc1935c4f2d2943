"""What is asked of the system about the files of a folder, recorded.

Between SQLite and the system a layer of ours notes every write, sync and removal; so do
stand-ins for the calls by which Python itself names, removes and syncs files.
"""

from __future__ import annotations

import _sqlite3
import ctypes
import os
import signal
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

from tests.decisions.faults.cutdisk import SYNCED, Event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["Fuse", "recording"]

CREATED = 0x4


class Fuse(list[Event]):
    """Notes of which one too many kills the program that takes them."""

    def __init__(self, length: int) -> None:
        super().__init__()
        self._length = length

    def append(self, event: Event) -> None:
        """Note an event, if it is not the one too many."""
        super().append(event)
        if len(self) > self._length:
            os.kill(os.getpid(), signal.SIGKILL)


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

    def __init__(self, own: Any, folder: Path, events: list[Event]) -> None:
        self._own, self._folder, self._events = own, folder, events
        self.names: dict[int, str] = {}
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
        here = Path(wanted).parent == self._folder
        if flags & CREATED and not here:
            self._events.append(("elsewhere", wanted, 0, b""))
        if code == 0 and here:
            self.names[file] = Path(wanted).name
            if new and flags & CREATED:
                self._events.append(("create", Path(wanted).name, 0, b""))
            methods = ctypes.cast(file, ctypes.POINTER(_at))
            methods[0] = self._wrapped(int(methods[0] or 0))
        return int(code)

    def _delete(self, layer: int, name: bytes, sync: int) -> int:
        path = Path(name.decode())
        if path.parent == self._folder:
            self._events.append(("delete", path.name, sync, b""))
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
                self._events.append(("write", self.names[file], place, text))
                return int(write(file, data, size, place))

            def on_truncate(file: int, size: int) -> int:
                self._events.append(("truncate", self.names[file], size, b""))
                return int(truncate(file, size))

            def on_sync(file: int, flags: int) -> int:
                code = int(sync(file, flags))
                self._events.append((SYNCED, self.names[file], 0, b""))
                return code

            mine.call[_Methods.WRITE] = self._function(_WRITE, on_write)
            mine.call[_Methods.TRUNCATE] = self._function(_TRUNCATE, on_truncate)
            mine.call[_Methods.SYNC] = self._function(_SYNC, on_sync)
            self._methods[address] = mine
        return ctypes.addressof(self._methods[address])


class _Python:
    """Python's own calls: they are noted, with what the files held, and then done."""

    def __init__(
        self, folder: Path, events: list[Event], of_sqlite: Mapping[int, str]
    ) -> None:
        self._folder, self._events, self._of_sqlite = folder, events, of_sqlite
        self._noted: dict[str, bytes] = {}

    def fsync(self, own: Any, handle: int) -> None:
        own(handle)
        path = Path(f"/proc/self/fd/{handle}").readlink()
        if path == self._folder:
            self._events.append(("folder", "", 0, b""))
        elif path.parent == self._folder:
            self._note(path)
            self._events.append((SYNCED, path.name, 0, b""))

    def link(self, own: Any, source: Any, target: Any, **more: Any) -> None:
        own(source, target, **more)
        self._named(Path(source), Path(target), "link")

    def rename(self, own: Any, source: Any, target: Any, **more: Any) -> None:
        if Path(source).parent == self._folder:
            self._note(Path(source))
        own(source, target, **more)
        self._named(Path(source), Path(target), "rename")

    def unlink(self, own: Any, path: Any, **more: Any) -> None:
        own(path, **more)
        if Path(path).parent == self._folder:
            self._events.append(("delete", Path(path).name, 0, b""))

    def _named(self, source: Path, target: Path, what: str) -> None:
        if target.parent == self._folder:
            if what == "link":
                self._note(source)
            self._events.append((what, target.name, 0, source.name.encode()))

    def _note(self, path: Path) -> None:
        """Note what was written into a file, unless SQLite wrote it or it is noted."""
        if path.name in self._of_sqlite.values():
            return
        data = path.read_bytes()
        if self._noted.get(path.name) != data:
            self._noted[path.name] = data
            self._events.append(("truncate", path.name, 0, b""))
            self._events.append(("write", path.name, 0, data))


@contextmanager
def recording(folder: Path, events: list[Event] | None = None) -> Iterator[list[Event]]:
    """Note what is asked of the system meanwhile about the files of a folder."""
    events = [] if events is None else events
    folder = folder.resolve()
    library = ctypes.CDLL(_sqlite3.__file__)  # that very SQLite which Python uses
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Layer)
    own = library.sqlite3_vfs_find(None)
    recorder = _Recorder(own.contents, folder, events)
    python = _Python(folder, events, recorder.names)
    calls: dict[str, Callable[..., None]] = {
        "fsync": python.fsync,
        "link": python.link,
        "rename": python.rename,
        "replace": python.rename,
        "unlink": python.unlink,
    }
    library.sqlite3_vfs_register(ctypes.byref(recorder.layer), 1)
    try:
        with ExitStack() as stack:
            for name, call in calls.items():
                stand_in = partial(call, getattr(os, name))
                stack.enter_context(mock.patch.object(os, name, stand_in))
            yield events
    finally:
        library.sqlite3_vfs_unregister(ctypes.byref(recorder.layer))
        library.sqlite3_vfs_register(own, 1)
