"""Folders and files for their owner alone: people are in them."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "HALF",
    "OWN_FILE",
    "UNFINISHED",
    "alone_in",
    "make_folder",
    "sweep",
    "sync_folder",
    "unfinished",
]

OWN_FOLDER, OWN_FILE = 0o700, 0o600
UNFINISHED, HALF = ".custclean-", ".tmp"  # so begins and ends what nobody else makes
ABANDONED = 86_400.0  # seconds; whoever still works on something has touched it since


def make_folder(folder: Path | str) -> Path:
    """Make a folder, and those above it that are missing, for its owner alone; they last."""
    folder = Path(folder)
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        with suppress(FileExistsError):
            each.mkdir(mode=OWN_FOLDER)
            each.chmod(OWN_FOLDER)  # whatever the umask takes away or leaves
            with suppress(OSError):  # some shares cannot; the folder is there all the same
                sync_folder(each.parent)
    return folder


def sync_folder(folder: Path) -> None:
    """Put the folder's own list of names on disk, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return  # Windows: renaming is as durable as it gets
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def unfinished(folder: Path) -> tuple[int, Path]:
    """Begin a file that gets its name when it is whole; gives its handle and its place."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=UNFINISHED, suffix=HALF)
    return handle, Path(name)


def sweep(folder: Path) -> None:
    """Remove what killed programs left unfinished; what is young may be in work."""
    for left in folder.glob(f"{UNFINISHED}*{HALF}*"):  # with the journal of half a log
        with suppress(OSError):
            if time.time() - left.lstat().st_mtime < ABANDONED:
                continue
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left)
            else:
                left.unlink()


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Let one program at a time into the block, where the system can lock a folder.

    The lock leaves no file behind and ends with the program, however that ends.
    """
    if sys.platform == "win32":  # which neither locks a folder nor renames onto a file
        yield
        return
    import fcntl  # noqa: PLC0415  # Windows has none

    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # some shares cannot
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
