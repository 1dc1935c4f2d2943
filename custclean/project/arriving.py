"""A file that a person drops: into the inbox whole or not at all, nothing written over.

The name comes from a browser, so it is taken for a name only: it never becomes a path.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from custclean.disk import OWN_FILE, make_folder, sync_folder, unfinished
from custclean.errors import InputError
from custclean.tables.opening import sha256_of
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Arrived", "Arriving", "add_again", "file_name"]

LONGEST = (
    120  # bytes of a name in UTF-8: with what a copy or a download adds it stays under 255
)
NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
OF_WINDOWS = re.compile(r"(?i)^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$")
HIDDEN = ". ~$"  # what the inbox leaves alone begins so


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of a dropped file: `name` in the inbox, and which file it is equal to.

    `added`: it is a file of its own now. Otherwise the inbox holds the very same under `like`.
    """

    name: str
    added: bool
    like: str = ""


class Arriving:
    """A file on its way into the inbox, piece by piece, until `finish`; or until `drop`."""

    def __init__(self, inbox: Path, name: str) -> None:
        self._inbox = make_folder(inbox)
        self.name, self.size = file_name(name), 0
        self._sha = hashlib.sha256()
        handle, self._place = unfinished(self._inbox)
        self._file = os.fdopen(handle, "wb")

    def add(self, piece: bytes) -> None:
        """Take the next piece; one that cannot be kept ends it all."""
        try:
            self._file.write(piece)
        except OSError as error:
            self.drop()
            raise _not_written(self.name, error) from None
        self._sha.update(piece)
        self.size += len(piece)

    def finish(self) -> Arrived:
        """Put the file into the inbox, unless it is there already, whatever it is called."""
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            if not self.size:
                raise InputError(tr("the file is empty"), file=self.name)
            like = _equal(self._inbox, self._sha.hexdigest())
            if like:
                return Arrived(like, added=False, like=like)
            self._place.chmod(OWN_FILE)
            return Arrived(_placed(self._place, self._inbox, self.name), added=True)
        except OSError as error:
            raise _not_written(self.name, error) from None
        finally:
            self.drop()

    def drop(self) -> None:
        """Leave nothing behind."""
        with suppress(OSError):  # what could not be written is to go anyhow
            self._file.close()
        self._place.unlink(missing_ok=True)


def add_again(inbox: Path, like: str, name: str) -> Arrived:
    """Add a file that is equal to one of the inbox: a fresh download that shows no change."""
    source = inbox / file_name(like)
    if not source.is_file():
        raise InputError(tr("there is no such file"), file=source)
    handle, place = unfinished(inbox)
    try:
        with os.fdopen(handle, "wb") as file, source.open("rb") as known:
            shutil.copyfileobj(known, file)
            file.flush()
            os.fsync(file.fileno())
        return Arrived(_placed(Path(place), inbox, file_name(name)), added=True, like=like)
    except OSError as error:
        raise _not_written(name, error) from None
    finally:
        Path(place).unlink(missing_ok=True)


def file_name(given: str) -> str:
    r"""Give a name that is a file's on every system, and nothing but a name.

    >>> file_name("../../etc/passwd"), file_name(r"C:\\exports\\con.csv"), file_name("")
    ('passwd', '_con.csv', 'file')
    """
    last = re.split(r"[/\\]", given)[-1]
    text = unicodedata.normalize("NFC", last.encode("utf-8", "replace").decode())
    shown = "".join(
        each for each in text if unicodedata.category(each) not in {"Cc", "Cf", "Co", "Cs"}
    )
    clean = NOT_IN_NAMES.sub("_", " ".join(shown.split())).lstrip(HIDDEN).rstrip(". ")
    stem, dot, suffix = clean.rpartition(".")
    if not dot or len(suffix) > 10 or not stem:
        stem, dot, suffix = clean, "", ""
    stem = _cut(stem, LONGEST - len(f"{dot}{suffix}".encode())).rstrip(". ")
    if OF_WINDOWS.match(stem.partition(".")[0].strip()):
        stem = f"_{stem}"
    return f"{stem or 'file'}{dot}{suffix}"


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")


def _equal(inbox: Path, sha: str) -> str:
    """Name the file of the inbox that has this very content."""
    files = sorted(path for path in inbox.iterdir() if path.is_file())
    seen = (path for path in files if not path.name.startswith((".", "~$")))
    return next((path.name for path in seen if sha256_of(path) == sha), "")


def _placed(place: Path, inbox: Path, name: str) -> str:
    """Give a finished file the first name of its kind that is free, never another's."""
    for free in _names(inbox, name):
        try:
            os.link(place, inbox / free)  # fails where somebody was quicker
        except FileExistsError:
            continue
        except OSError:  # a drive that knows no links
            if (inbox / free).exists():
                continue
            place.replace(inbox / free)
        sync_folder(inbox)
        return free
    raise AssertionError  # the names have no end


def _names(inbox: Path, name: str) -> Iterator[str]:
    """Count a name on as browsers do; some systems take `List.csv` for `list.csv`."""
    taken = {each.name.casefold() for each in inbox.iterdir()}
    path, number = Path(name), 1
    while True:
        free = name if number == 1 else f"{path.stem} ({number}){path.suffix}"
        if free.casefold() not in taken:
            yield free
        number += 1


def _not_written(name: str, error: OSError) -> InputError:
    why = error.strerror or type(error).__name__
    return InputError(tr("cannot be put into the inbox: {why}", why=why), file=name)
