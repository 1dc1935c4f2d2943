"""A log of an older schema becomes one of today's: after a copy, in one transaction."""

from __future__ import annotations

import os
import struct
from contextlib import suppress
from typing import TYPE_CHECKING

from custclean.decisions.files import place, transaction
from custclean.disk import sync_folder, unfinished
from custclean.errors import DecisionError, LogDamagedError, SchemaError
from custclean.words import tr

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

__all__ = ["MARK", "SCHEMA", "migrate", "refuse_newer", "schema_of"]

SCHEMA = 1
MARK = (
    0x63636C67  # "cclg": sqlite's application_id, so that no other database is taken for ours
)
_IN_HEADER = struct.Struct(">60xi4xi")  # of SQLite's file: user_version, application_id
# From each older schema the statements that make the next one of it. Rows keep their text:
# the checksums must hold before and after, and are looked at before anything is kept.
STEPS: Mapping[int, tuple[str, ...]] = {}


def schema_of(db: sqlite3.Connection, path: Path) -> int:
    """Give the schema of a log, today's or one that `migrate` can bring there."""
    mark = db.execute("PRAGMA application_id").fetchone()[0]
    schema: int = db.execute("PRAGMA user_version").fetchone()[0]
    if mark != MARK:
        raise LogDamagedError(tr("this is no decision log of custclean"), file=path)
    _refuse_newer(schema, path)
    if any(step not in STEPS for step in range(schema, SCHEMA)):
        raise LogDamagedError(tr("this is no decision log of custclean"), file=path)
    return schema


def refuse_newer(path: Path) -> None:
    """Stop at a newer log before SQLite opens it: to read one may be to tidy up beside it.

    Where a journal lies beside it only SQLite knows what the log says.
    """
    if path.with_name(f"{path.name}-journal").exists():
        return
    with suppress(OSError, struct.error), path.open("rb") as file:
        schema, mark = _IN_HEADER.unpack(file.read(_IN_HEADER.size))
        if mark == MARK:
            _refuse_newer(schema, path)


def _refuse_newer(schema: int, path: Path) -> None:
    if schema > SCHEMA:
        msg = tr("written for a newer custclean")
        raise SchemaError(msg, file=path, value=schema, expected=f"schema <= {SCHEMA}")


def migrate(db: sqlite3.Connection, path: Path, check: Callable[[], None]) -> None:
    """Bring a log to today's schema, if `check` can then read it; else it stays as it was.

    The log as it was is kept beside it, as `decisions.sqlite.schema0` for a log of schema 0.
    """
    with transaction(db, "IMMEDIATE"):
        schema = schema_of(db, path)  # under the lock: another program may have done it
        if schema == SCHEMA:
            return
        _keep_copy(db.serialize(), path.with_name(f"{path.name}.schema{schema}"))
        for step in range(schema, SCHEMA):
            for statement in STEPS[step]:
                db.execute(statement)
        db.execute(f"PRAGMA user_version = {SCHEMA}")
        check()


def _keep_copy(data: bytes, path: Path) -> None:
    """Keep the bytes on disk under this name, or one like it: no copy replaces another."""
    try:
        for free in _names(path):
            if not free.exists():
                _write(data, free)
            if free.read_bytes() == data:
                return
    except OSError as error:
        msg = tr("the decision log cannot be used: {why}", why=error)
        raise DecisionError(
            msg, file=path, expected=tr("free space and write access")
        ) from None


def _names(path: Path) -> Iterator[Path]:
    yield path
    number = 2
    while True:
        yield path.with_name(f"{path.name}-{number}")
        number += 1


def _write(data: bytes, path: Path) -> None:
    handle, new = unfinished(path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.chmod(0o600)  # whatever the umask took away
        place(new, path)
        sync_folder(path.parent)
    finally:
        new.unlink(missing_ok=True)
