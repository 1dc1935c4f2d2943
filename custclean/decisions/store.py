"""The file under the log: one SQLite table that only grows, chained by checksums."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from custclean.decisions.lines import sync_folder
from custclean.errors import DecisionError, LogBusyError, LogDamagedError, SchemaError
from custclean.model import Decision, Verdict
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["SCHEMA", "Store"]

SCHEMA = 1
MARK = (
    0x63636C67  # "cclg": sqlite's application_id, so that no other database is taken for ours
)

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
_VERDICTS = {verdict.value: verdict for verdict in Verdict}
_INSERT = "INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


class Store:
    """One open log file: rows read and checked, rows added; no meaning.

    `rows` holds every decision of the file as far as it was read, `keys` what they are
    about, and perhaps more. Without a file, in a folder that cannot be written, both are
    empty and stay so.
    """

    def __init__(self, path: Path, tool: str, timeout: float) -> None:
        self.path = path
        self.rows: list[Decision] = []
        self.keys: set[tuple[str, ...]] = set()
        self._tool = tool
        self._chain = ""
        self._version = -1
        if not path.exists():
            _create(path)
        self.writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
        self._db = _connect(path, timeout, writable=self.writable) if path.exists() else None
        try:
            self._open()
        except BaseException:
            self.close()
            raise

    def _open(self) -> None:
        if self._db is None:
            return
        with _explained(self.path):
            _check_kind(self._db, self.path)
            if self.writable:
                _check_promises(self._db, self.path)
        self.refresh()

    def refresh(self) -> None:
        """Read what others have added since; every new row is checked."""
        if self._db is None:
            return
        with _explained(self.path):
            version = self._db.execute("PRAGMA data_version").fetchone()[0]
            if version != self._version:
                with _transaction(self._db, "DEFERRED"):  # rows and head of one moment
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
            with _explained(self.path), _transaction(self._db, "IMMEDIATE"):
                self._read_on()
                yield self._insert
        except BaseException:
            del self.rows[known[0] :]
            self._chain = known[1]
            self._version = -1  # an interrupt may have come after the commit: look again
            raise

    def close(self) -> None:
        """Let go of the file."""
        if self._db is not None:
            self._db.close()
            self._db = None
        self.writable = False

    def _insert(self, decision: Decision) -> Decision:
        db = cast("sqlite3.Connection", self._db)
        seq = len(self.rows) + 1
        fields = _fields(decision, self._tool)
        content = _content(seq, fields)
        chain = _link(self._chain, content)
        db.execute(_INSERT, (seq, *fields, content, chain))
        db.execute("UPDATE head SET seq = ?, chain = ?", (seq, chain))
        kept = replace(decision, seq=seq)
        self.rows.append(kept)
        self.keys.add(kept.key)
        self._chain = chain
        return kept

    def _read_on(self) -> None:
        """Take over the rows after those known, if every checksum up to the head holds."""
        db = cast("sqlite3.Connection", self._db)
        chain, seq = self._chain, len(self.rows)
        raw: list[Sequence[str]] = []
        sql = "SELECT * FROM decision WHERE seq > ? ORDER BY seq"
        for found, *fields, content, chained in db.execute(sql, (seq,)):
            seq += 1
            chain = _link(chain, content)
            if (found, content, chained) != (seq, _content(seq, fields), chain):
                raise _damaged(self.path, seq)
            raw.append(fields)
        if (seq, chain) != _head(db):
            raise _damaged(self.path, seq + 1)
        fresh = tuple(_decisions(raw, len(self.rows) + 1, self.path))
        self.rows.extend(fresh)
        self.keys.update(decision.key for decision in fresh)
        self._chain = chain


def _create(path: Path) -> None:
    """Put a whole empty log there or nothing; a folder of ours is for its owner only."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError:
        if path.parent.is_dir():
            return  # read-only: nothing is written elsewhere
        msg = tr("the decision log cannot be made here")
        raise DecisionError(msg, file=path, expected=tr("a folder")) from None
    try:
        os.close(handle)
        Path(name).chmod(0o600)  # under any umask
        with _explained(path):
            db = sqlite3.connect(name)
            db.executescript(_TABLES + _MARKS)
            db.close()
        _place(Path(name), path)
        sync_folder(path.parent)
    finally:
        Path(name).unlink(missing_ok=True)


def _place(new: Path, path: Path) -> None:
    try:
        path.hardlink_to(new)  # unlike a rename, never replaces a log that came meanwhile
    except FileExistsError:
        return
    except OSError:  # a drive without links
        if not path.exists():
            new.rename(path)


def _connect(path: Path, timeout: float, *, writable: bool) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?mode={'rw' if writable else 'ro'}"
    with _explained(path):
        return sqlite3.connect(
            uri, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False
        )


def _check_kind(db: sqlite3.Connection, path: Path) -> None:
    mark = db.execute("PRAGMA application_id").fetchone()[0]
    schema = db.execute("PRAGMA user_version").fetchone()[0]
    if mark != MARK:
        raise LogDamagedError(tr("this is no decision log of custclean"), file=path)
    if schema > SCHEMA:
        msg = tr("written for a newer custclean")
        raise SchemaError(msg, file=path, value=schema, expected=f"schema <= {SCHEMA}")
    if schema != SCHEMA:
        raise LogDamagedError(tr("this is no decision log of custclean"), file=path)


def _check_promises(db: sqlite3.Connection, path: Path) -> None:
    """Hold on only to a file that keeps a decision through a power cut, on any drive."""
    mode = db.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
    db.execute("PRAGMA synchronous = EXTRA")
    level = db.execute("PRAGMA synchronous").fetchone()[0]
    if (mode, level) != ("delete", 3):
        msg = tr("the decision log cannot be kept safely on this drive")
        raise DecisionError(msg, file=path, value=f"{mode} {level}", expected="delete 3")


@contextmanager
def _transaction(db: sqlite3.Connection, kind: str) -> Iterator[None]:
    db.execute(f"BEGIN {kind}")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Say in our words what SQLite says."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            msg = tr("somebody else holds the decision log; try again in a moment")
            raise LogBusyError(msg, file=path) from error
        if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}:
            msg = tr("the decision log is damaged: {why}", why=error)
            raise LogDamagedError(msg, file=path) from error
        msg = tr("the decision log cannot be used: {why}", why=error)
        raise DecisionError(
            msg, file=path, expected=tr("free space and write access")
        ) from error


def _damaged(path: Path, seq: int) -> LogDamagedError:
    msg = tr(
        "the decision log is damaged at decision {seq}; put back a copy from your backup",
        seq=seq,
    )
    return LogDamagedError(msg, file=path, value=seq)


def _head(db: sqlite3.Connection) -> tuple[int, str] | None:
    rows = db.execute("SELECT seq, chain FROM head").fetchall()
    return rows[0] if len(rows) == 1 else None


def _fields(decision: Decision, tool: str) -> tuple[str, ...]:
    return (
        json.dumps(decision.key),
        decision.verdict.value,
        json.dumps(dict(decision.seen), sort_keys=True),
        json.dumps(dict(decision.value), sort_keys=True),
        decision.note,
        decision.who,
        decision.when,
        tool,
    )


def _content(seq: int, fields: Sequence[str]) -> str:
    if not all(isinstance(field, str) for field in fields):
        return ""  # a damaged type: equals no checksum
    text = "".join([f"{len(field)}:{field}" for field in (str(seq), *fields)])  # no ambiguity
    return hashlib.sha256(text.encode()).hexdigest()


def _link(chain: str, content: str) -> str:
    return hashlib.sha256(f"{chain}{content}".encode()).hexdigest()


def _decisions(raw: Sequence[Sequence[str]], first: int, path: Path) -> Iterator[Decision]:
    # one call for all: it is quicker, and equal names of fields become one string
    parsed = json.loads("[" + ",".join([f"[{f[0]},{f[2]},{f[3]}]" for f in raw]) + "]")
    for seq, (fields, (key, seen, value)) in enumerate(zip(raw, parsed, strict=True), first):
        _key, verdict, _seen, _value, note, who, when, _tool = fields
        if verdict not in _VERDICTS:
            msg = tr("decision {seq} has a verdict that this version does not know", seq=seq)
            raise SchemaError(msg, file=path, value=verdict)
        yield Decision(tuple(key), _VERDICTS[verdict], seen, value, note, who, when, seq)
