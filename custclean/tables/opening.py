"""From a path to bytes, and what kind of file the bytes are; content decides, not the name."""

from __future__ import annotations

import hashlib
import re
import stat
from pathlib import Path

from custclean.errors import InputError
from custclean.words import tr

__all__ = [
    "NoListError",
    "absent",
    "file_bytes",
    "is_empty",
    "path_of",
    "refuse_other_formats",
    "sha256_of",
]

PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
NOTHING = b"\xef\xbb\xbf\xff\xfe \t\r\n"
CHUNK = 1 << 20
ADDRESS = re.compile("[a-z][a-z0-9+.-]+:/", re.IGNORECASE)  # one letter is a drive


class NoListError(InputError):
    """The file is of a kind that holds no list."""


def path_of(path: Path | str) -> Path:
    """Take what a person calls a file as a path; nothing and a web address are none."""
    name = str(path)
    if not name.strip():
        raise InputError(tr("no file is named"), expected=tr("a file"))
    if ADDRESS.match(name) and not Path(path).exists():
        raise InputError(tr("this is a web address: download the file first"), value=name)
    return Path(path)


def absent(path: Path) -> InputError:
    """Say where a file was looked for."""
    folder = path.parent
    if folder == Path():
        return InputError(tr("there is no such file"), file=path)
    if folder.is_dir():
        return InputError(tr("there is no such file in {folder}", folder=folder), file=path)
    return InputError(tr("there is no folder {folder}", folder=folder), file=path)


def file_bytes(path: Path) -> bytes:
    """Give the bytes of a regular file; anything else is one clear error."""
    try:
        mode = path.stat().st_mode  # before opening: a FIFO would wait for ever
        if stat.S_ISDIR(mode):
            raise InputError(tr("this is a folder"), file=path, expected=tr("a file"))
        if not stat.S_ISREG(mode):
            msg = tr("this is a pipe or a device")
            raise InputError(msg, file=path, expected=tr("a file"))
        data = path.read_bytes()
    except FileNotFoundError:
        raise absent(path) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise InputError(tr("cannot be opened: {why}", why=why), file=path) from None
    if is_empty(data):
        raise InputError(tr("the file is empty"), file=path)
    return data


def is_empty(data: bytes) -> bool:
    """Say whether bytes are nothing but blanks, line ends and byte order marks."""
    return not data[:CHUNK].strip(NOTHING) and not data.strip(NOTHING)


def refuse_other_formats(path: Path, data: bytes) -> None:
    """Raise an error that names the format where it is one that is not read here."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    msg = None
    if start.startswith((b"<!doctype html", b"<html", b"<body")):
        msg = tr("this is a web page without a table")
    elif start.startswith(b"<?xml"):
        msg = tr("this is XML; export it as .xlsx or CSV")
    elif data.startswith(b"%PDF"):
        msg = tr("this is a PDF; export the list as .xlsx or CSV")
    elif data.startswith(b"SQLite format 3\0"):
        msg = tr("this is a database; export the list as .xlsx or CSV")
    elif data.startswith(PICTURES):
        msg = tr("this is a picture")
    if msg:
        raise NoListError(msg, file=path, expected=tr("a list of customers"))


def sha256_of(path: Path | str) -> str:
    """Give the SHA-256 of a file as hex, read in pieces."""
    digest = hashlib.sha256()
    with Path(path).open("rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()
