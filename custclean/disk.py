"""Folders and files for their owner alone: people are in them."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

__all__ = ["OWN_FILE", "make_folder", "sync_folder"]

OWN_FOLDER, OWN_FILE = 0o700, 0o600


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
