"""A damaged log: what stands before the damage becomes a log of its own."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from custclean.decisions.files import create, transaction
from custclean.decisions.rows import content_of, damaged, link
from custclean.decisions.store import enter, lay_out
from custclean.disk import HALF, UNFINISHED, make_folder
from custclean.errors import DecisionError
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["salvage"]

Row = tuple[int | str, ...]


def salvage(broken: Path, new: Path) -> int:
    """Write the rows whose checksums hold into a new log, as they are; says how many.

    The broken file is only read. What comes behind the first damage is not taken, even
    where it can be read: without what was before it, nobody can say that it is true.
    """
    if not broken.is_file():
        raise DecisionError(tr("there is no decision log"), file=broken)
    if new.exists():
        raise _taken(new)
    try:
        make_folder(new.parent)
        rows = _whole(broken, new)
    except OSError as error:
        msg = tr("the decision log cannot be used: {why}", why=error)
        raise DecisionError(
            msg, file=broken, expected=tr("free space and write access")
        ) from None
    if not rows:
        raise damaged(broken, 1)
    if not create(new, partial(_fill, rows=rows)):
        raise _taken(new)  # it came while we were reading
    return len(rows)


def _taken(new: Path) -> DecisionError:
    return DecisionError(tr("there is a decision log already"), file=new)


def _whole(broken: Path, new: Path) -> list[Row]:
    """Read a copy: there SQLite may take back what a kill has left half done."""
    with tempfile.TemporaryDirectory(dir=new.parent, prefix=UNFINISHED, suffix=HALF) as place:
        for side in ("", "-journal"):
            path = broken.with_name(f"{broken.name}{side}")
            if path.exists():
                shutil.copyfile(path, Path(place, path.name))
        with closing(sqlite3.connect(Path(place, broken.name))) as db:
            return list(_verified(db))


def _verified(db: sqlite3.Connection) -> Iterator[Row]:
    chain, seq = "", 0
    with suppress(sqlite3.Error):  # the damage; what came before it has been given
        for row in db.execute("SELECT * FROM decision ORDER BY seq"):
            number, *fields, content, chained = row
            seq += 1
            chain = link(chain, content)
            if (number, content, chained) != (seq, content_of(seq, fields), chain):
                return
            yield row


def _fill(db: sqlite3.Connection, rows: Sequence[Row]) -> None:
    lay_out(db)
    with transaction(db, "IMMEDIATE"):
        enter(db, rows)
