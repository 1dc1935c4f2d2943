"""Decisions as JSON lines: for an audit, and to carry them into another log."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from custclean.errors import InputError, SchemaError
from custclean.model import Decision, Verdict
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["SCHEMA", "read_jsonl", "write_jsonl"]

SCHEMA = 1


def write_jsonl(path: Path, decisions: Iterable[Decision]) -> None:
    """Write one decision a line; the file is whole or as it was before."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # made 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{_line(decision)}\n" for decision in decisions)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Put the folder's own list of names on disk, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return  # Windows: renaming is as durable as it gets
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_jsonl(path: Path) -> tuple[Decision, ...]:
    """Read decisions that `DecisionLog.export` or a person wrote, in their order."""
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            tr("cannot be read as decisions: {why}", why=error), file=path
        ) from None
    lines = text.split("\n")  # not splitlines: a value may hold U+2028
    return tuple(
        _decision(line, path, number) for number, line in enumerate(lines, 1) if line.strip()
    )


def _line(decision: Decision) -> str:
    return json.dumps(
        {
            "schema": SCHEMA,
            "seq": decision.seq,
            "key": decision.key,
            "verdict": decision.verdict,
            "seen": dict(decision.seen),
            "value": dict(decision.value),
            "note": decision.note,
            "who": decision.who,
            "when": decision.when,
        },
        ensure_ascii=False,
    )


def _decision(line: str, path: Path, number: int) -> Decision:
    try:
        given = json.loads(line)
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise InputError(tr("not a decision"), file=path, line=number, expected="JSON")
    schema = given.get("schema", SCHEMA)
    if not isinstance(schema, int) or schema > SCHEMA:
        msg = tr("written for a newer custclean")
        expected = f"schema <= {SCHEMA}"
        raise SchemaError(msg, file=path, line=number, value=schema, expected=expected)
    wrong = [name for name, good in _CHECKS.items() if name in given and not good(given[name])]
    missing = [name for name in ("key", "verdict") if name not in given]
    if wrong or missing:
        name = (missing + wrong)[0]
        msg = tr("not a decision: {name} is missing or wrong", name=name)
        raise InputError(msg, file=path, line=number, column=name, value=given.get(name))
    return Decision(
        key=tuple(given["key"]),
        verdict=Verdict(given["verdict"]),
        **{name: given[name] for name in _OPTIONAL if name in given},
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_text, value))


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_text, value.values()))


_OPTIONAL = ("seen", "value", "note", "who", "when", "seq")
_CHECKS: Mapping[str, Callable[[Any], bool]] = {
    "key": _is_texts,
    "verdict": lambda value: value in list(Verdict),
    "seen": _is_table,
    "value": _is_table,
    "note": _is_text,
    "who": _is_text,
    "when": _is_text,
    "seq": lambda value: type(value) is int and value >= 0,
}
