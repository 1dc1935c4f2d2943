"""The file under the log: one SQLite table that only grows, chained by checksums."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from custclean.decisions.files import (
    connect,
    create,
    explained,
    keep_promises,
    transaction,
)
from custclean.decisions.holder import hold, let_go
from custclean.decisions.migration import MARK, SCHEMA, migrate, refuse_newer, schema_of
from custclean.decisions.rows import content_of, damaged, decisions_of, fields_of, link
from custclean.disk import sweep
from custclean.errors import DecisionError, SchemaError
from custclean.model import Decision
from custclean.words import tr

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path


__all__ = ["Store", "enter", "lay_out"]

# `content` is the checksum of the row, `chain` that of the content and the chain so far:
# the text of a row can one day be blanked while the chain still holds. `head` repeats the
# end, because a chain does not miss its own last rows.
_TABLES = """
CREATE TABLE decision (
    seq INTEGER PRIMARY KEY, key TEXT NOT NULL, verdict TEXT NOT NULL, seen TEXT NOT NULL,
    value TEXT NOT NULL, note TEXT NOT NULL, who TEXT NOT NULL, "when" TEXT NOT NULL,
    tool TEXT NOT NULL, content TEXT NOT NULL, chain TEXT NOT NULL
) STRICT;
CREATE TABLE head (seq INTEGER NOT NULL, chain TEXT NOT NULL) STRICT;
INSERT INTO head VALUES (0, '');
CREATE TRIGGER decision_is_never_changed BEFORE UPDATE ON decision
    BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END;
CREATE TRIGGER decision_is_never_removed BEFORE DELETE ON decision
    BEGIN SELECT RAISE(ABORT, 'decisions are never removed'); END;
"""
_MARKS = f"PRAGMA application_id = {MARK}; PRAGMA user_version = {SCHEMA};"
_INSERT = "INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_MOVE_HEAD = "UPDATE head SET seq = ?, chain = ?"


class Store:
    """One open log file: rows read and checked, rows added; no meaning.

    `rows` holds every decision of the file as far as it was read. Without a file, in a
    folder that cannot be written, it is empty and stays so. `who` is told to others who
    wait while we write.
    """

    def __init__(self, path: Path, tool: str, timeout: float, who: str = "") -> None:
        self.path = path
        self.rows: list[Decision] = []
        self._tool = tool
        self._who = who
        self._chain = ""
        self._version = -1
        if not path.exists():
            create(path, lay_out)
        refuse_newer(path)
        self.writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
        self._db = connect(path, timeout, writable=self.writable) if path.exists() else None
        try:
            self._open()
        except BaseException:
            self.close()
            raise

    def _open(self) -> None:
        if self._db is None:
            return
        with explained(self.path):
            schema = schema_of(self._db, self.path)
            if self.writable:
                keep_promises(self._db, self.path)
            if schema != SCHEMA:
                self._migrate(schema)
        if self.writable:
            sweep(self.path.parent)
        self.refresh()

    def _migrate(self, schema: int) -> None:
        if not self.writable:
            msg = tr("written by an older custclean, and cannot be brought up to date here")
            raise SchemaError(
                msg, file=self.path, value=schema, expected=tr("free space and write access")
            )
        migrate(cast("sqlite3.Connection", self._db), self.path, self._read_on)

    def refresh(self) -> None:
        """Read what others have added since; every new row is checked."""
        if self._db is None or self._db.in_transaction:
            return  # under our own lock nobody else adds
        with explained(self.path):
            version = self._db.execute("PRAGMA data_version").fetchone()[0]
            if version != self._version:
                with transaction(self._db, "DEFERRED"):  # rows and head of one moment
                    self._read_on()
                self._version = version

    @contextmanager
    def adding(self) -> Iterator[Callable[[Decision], Decision]]:
        """Hold the log, with `rows` up to date, and give what adds one decision to it.

        On leaving, all that was added is on disk; after an error nothing of it is kept.
        """
        if self._db is None or not self.writable:
            msg = tr("the decision log cannot be written: file or folder is read-only")
            raise DecisionError(msg, file=self.path)
        known = (len(self.rows), self._chain)
        try:
            with explained(self.path), self._held(self._db):
                self._read_on()
                yield self._insert
                self._db.execute(_MOVE_HEAD, (len(self.rows), self._chain))
        except BaseException:
            del self.rows[known[0] :]
            self._chain = known[1]
            self._version = -1  # an interrupt may have come after the commit: look again
            raise

    @contextmanager
    def _held(self, db: sqlite3.Connection) -> Iterator[None]:
        """Lock the log, with a note for those who wait until it is free again."""
        noted = False
        try:
            with transaction(db, "IMMEDIATE"):
                noted = True
                hold(self.path, self._who)
                yield
        finally:
            if noted:
                let_go(self.path, self._who)

    def close(self) -> None:
        """Let go of the file."""
        if self._db is not None:
            self._db.close()
            self._db = None
        self.writable = False

    def _insert(self, decision: Decision) -> Decision:
        db = cast("sqlite3.Connection", self._db)
        seq = len(self.rows) + 1
        fields = fields_of(decision, self._tool)
        content = content_of(seq, fields)
        chain = link(self._chain, content)
        db.execute(_INSERT, (seq, *fields, content, chain))
        kept = Decision(
            decision.key, decision.verdict, decision.seen, decision.value, decision.note,
            decision.who, decision.when, seq,
        )  # fmt: skip  # replace() takes three times as long
        self.rows.append(kept)
        self._chain = chain
        return kept

    def _read_on(self) -> None:
        """Take over the rows after those known, if every checksum up to the head holds."""
        db = cast("sqlite3.Connection", self._db)
        schema_of(db, self.path)  # a newer version may have migrated it since we opened it
        chain, seq = self._chain, len(self.rows)
        raw: list[Sequence[str]] = []
        sql = "SELECT * FROM decision WHERE seq > ? ORDER BY seq"
        for found, *fields, content, chained in db.execute(sql, (seq,)):
            seq += 1
            chain = link(chain, content)
            if (found, content, chained) != (seq, content_of(seq, fields), chain):
                raise damaged(self.path, seq)
            raw.append(fields)
        if (seq, chain) != _head(db):
            raise damaged(self.path, seq + 1)
        self.rows.extend(tuple(decisions_of(raw, len(self.rows) + 1, self.path)))
        self._chain = chain


def lay_out(db: sqlite3.Connection) -> None:
    """Make an empty log."""
    db.executescript(f"BEGIN; {_TABLES} {_MARKS} COMMIT;")


def enter(db: sqlite3.Connection, rows: Sequence[Sequence[int | str]]) -> None:
    """Add rows as they are: number, fields, its checksum and that of the chain."""
    db.executemany(_INSERT, rows)
    db.execute(_MOVE_HEAD, (rows[-1][0], rows[-1][-1]))


def _head(db: sqlite3.Connection) -> tuple[int, str] | None:
    rows = db.execute("SELECT seq, chain FROM head").fetchall()
    return rows[0] if len(rows) == 1 else None
