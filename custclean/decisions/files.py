"""The file of the log: made whole or not at all, opened, and what SQLite says explained."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from custclean.decisions.holder import holder_of
from custclean.decisions.rows import remedy
from custclean.disk import OWN_FILE, alone_in, make_folder, sync_folder, unfinished
from custclean.errors import DecisionError, LogBusyError, LogDamagedError
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = [
    "connect",
    "create",
    "explained",
    "keep_promises",
    "place",
    "transaction",
]


READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


def create(path: Path, fill: Callable[[sqlite3.Connection], object]) -> bool:
    """Put a whole log there or nothing; say whether it is this one that is there now.

    It is not either where nothing can be written. A folder of ours is for its owner only.
    What a kill leaves of a log that is not whole has another name; `sweep` removes it one day.
    """
    try:
        make_folder(path.parent)
        handle, new = unfinished(path.parent)
    except OSError as error:
        if path.parent.is_dir() and error.errno in READ_ONLY:
            return False  # nothing is written elsewhere
        raise _cannot_be_made(path) from None
    try:
        os.close(handle)
        new.chmod(OWN_FILE)  # under any umask
        with explained(path), closing(sqlite3.connect(new, isolation_level=None)) as db:
            keep_promises(db, path)
            fill(db)
        placed = place(new, path)
        sync_folder(path.parent)
    except OSError:
        raise _cannot_be_made(path) from None
    finally:
        new.unlink(missing_ok=True)
    return placed


def _cannot_be_made(path: Path) -> DecisionError:
    folder = path.parent.is_dir()
    needed = tr("free space and write access") if folder else tr("a folder")
    return DecisionError(
        tr("the decision log cannot be made here"), file=path, expected=needed
    )


def place(new: Path, path: Path) -> bool:
    """Give a finished file its name, unless something came there meanwhile; say whether.

    Of two machines on one drive that knows neither links nor locks, both may.
    """
    try:
        path.hardlink_to(new)  # unlike a rename, never replaces a log that came meanwhile
    except FileExistsError:
        return False
    except OSError:  # a drive without links: whoever else comes here waits for us
        with alone_in(path.parent):
            if path.exists():
                return False
            new.rename(path)
    return True


def connect(path: Path, timeout: float, *, writable: bool) -> sqlite3.Connection:
    """Open a log that is there."""
    uri = f"{path.resolve().as_uri()}?mode={'rw' if writable else 'ro'}"
    with explained(path):
        return sqlite3.connect(
            uri, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False
        )


def keep_promises(db: sqlite3.Connection, path: Path) -> None:
    """Hold on only to a file that keeps a decision through a power cut, on any drive."""
    mode = db.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
    db.execute("PRAGMA synchronous = EXTRA")
    level = db.execute("PRAGMA synchronous").fetchone()[0]
    if (mode, level) != ("delete", 3):
        msg = tr("the decision log cannot be kept safely on this drive")
        raise DecisionError(msg, file=path, value=f"{mode} {level}", expected="delete 3")


@contextmanager
def transaction(db: sqlite3.Connection, kind: str) -> Iterator[None]:
    """Do all that is inside, or nothing."""
    db.execute(f"BEGIN {kind}")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Say in our words what SQLite says."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise _busy(path) from error
        if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}:
            msg = tr("the decision log is damaged: {why}", why=error)
            raise LogDamagedError(msg, file=path, expected=remedy()) from error
        msg = tr("the decision log cannot be used: {why}", why=error)
        raise DecisionError(
            msg, file=path, expected=tr("free space and write access")
        ) from error


def _busy(path: Path) -> LogBusyError:
    holder = holder_of(path)
    if holder:
        msg = tr("{who} holds the decision log; try again in a moment", who=holder)
    else:
        msg = tr("somebody else holds the decision log; try again in a moment")
    return LogBusyError(msg, file=path)
