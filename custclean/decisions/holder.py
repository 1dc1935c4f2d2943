"""Who holds the log: a note beside it while somebody writes, for the one who must wait.

SQLite says that the file is locked, not by whom. The note only makes that message better:
it locks nothing, nothing else reads it, and where it cannot be written it is left out.
"""

from __future__ import annotations

import json
import os
import platform
from contextlib import suppress
from typing import TYPE_CHECKING

from custclean.words import tr

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["hold", "holder_of", "let_go"]

LONGEST = 40  # characters of a name in a message
SIZE = 2_000  # bytes; a note is shorter
# Whatever lies under the name of the note, a link or a pipe: it is neither followed nor
# waited for.
_SAFE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _SAFE


def hold(path: Path, who: str) -> None:
    """Write down who holds the log; called with the log locked."""
    with suppress(OSError):
        handle = os.open(_note(path), _WRITE, 0o600)
        try:
            _note(path).chmod(0o600)  # whatever the umask took away
            text = _text(who)
            if os.write(handle, text) < len(text):
                _note(path).unlink()
        except OSError:  # no room for a note: half of one would stay
            _note(path).unlink()
        finally:
            os.close(handle)


def let_go(path: Path, who: str) -> None:
    """Take our own note away; that of another who came meanwhile stays."""
    with suppress(OSError):
        if _read(path) == _text(who):
            _note(path).unlink()


def holder_of(path: Path) -> str:
    """Give person, machine and process that hold the log; empty where nobody said so."""
    try:
        note = json.loads(_read(path))
        who, host, process = (str(note[name])[:LONGEST] for name in ("who", "host", "process"))
    except (OSError, ValueError, TypeError, KeyError):
        return ""
    return tr(
        "{who} ({host}, process {process})",
        who=who or tr("somebody else"),
        host=host,
        process=process,
    )


def _note(path: Path) -> Path:
    return path.with_name(f"{path.name}-holder")


def _text(who: str) -> bytes:
    note = {"who": who[:LONGEST], "host": platform.node(), "process": str(os.getpid())}
    return json.dumps(note).encode()


def _read(path: Path) -> bytes:
    handle = os.open(_note(path), os.O_RDONLY | _SAFE)
    try:
        return os.read(handle, SIZE)
    finally:
        os.close(handle)
