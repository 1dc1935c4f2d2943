"""Decisions as JSON lines: for an audit, and to carry them into another log."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from custclean.decisions.entry import is_moment
from custclean.errors import DecisionError, InputError, SchemaError
from custclean.model import Decision, Verdict
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["SCHEMA", "line_of", "read_jsonl", "write_jsonl"]

SCHEMA = 1


def write_jsonl(path: Path, decisions: Iterable[Decision]) -> None:
    """Write one decision a line; the file is whole or as it was before."""
    from custclean.tables.writing import write_atomic  # noqa: PLC0415  # polars takes a while

    lines = "".join(f"{line_of(decision)}\n" for decision in decisions)
    # half a character, which older logs took, becomes what JSON writes for it
    data = lines.encode(errors="backslashreplace")
    try:
        path.parent.stat()  # a folder that is not there is a slip: none is made
        write_atomic(path, data)
    except OSError as error:
        msg = tr("cannot be written: {why}", why=error.strerror)
        raise DecisionError(
            msg, file=path, expected=tr("free space and write access")
        ) from None


def read_jsonl(path: Path, *, for_log: bool = False) -> tuple[Decision, ...]:
    """Read decisions that `DecisionLog.export` or a person wrote, in their order.

    `for_log` refuses the line of which a log would refuse the time.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise InputError(
            tr("cannot be read as decisions: {why}", why=error), file=path
        ) from None
    lines = text.split("\n")  # not splitlines: a value may hold U+2028
    return tuple(
        _decision(line, path, number, _OF_LOG if for_log else _CHECKS)
        for number, line in enumerate(lines, 1)
        if line.strip()
    )


def line_of(decision: Decision, **more: str) -> str:
    """Give a decision as a line of JSON, with what others may want to read `more`."""
    return json.dumps(
        {
            **more,
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


def _decision(
    line: str, path: Path, number: int, checks: Mapping[str, Callable[[Any], bool]]
) -> Decision:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise InputError(tr("not a decision"), file=path, line=number, expected="JSON")
    schema = given.get("schema", SCHEMA)
    if not isinstance(schema, int) or schema > SCHEMA:
        msg = tr("written for a newer custclean")
        expected = f"schema <= {SCHEMA}"
        raise SchemaError(msg, file=path, line=number, value=schema, expected=expected)
    wrong = [name for name, good in checks.items() if name in given and not good(given[name])]
    missing = [name for name in ("key", "verdict") if name not in given]
    if wrong or missing:
        name = (missing + wrong)[0]
        msg = tr("not a decision: {name} is missing or wrong", name=name)
        raise InputError(
            msg,
            file=path,
            line=number,
            column=name,
            value=given.get(name),
            expected=_EXPECTED.get(name),
        )
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
    "when": _is_text,  # labels of other tools name times in many ways; a log refuses them
    "seq": lambda value: type(value) is int and value >= 0,
}
_OF_LOG = {
    **_CHECKS,
    "when": lambda value: _is_text(value) and (not value or is_moment(value)),
}
_EXPECTED = {"when": "ISO 8601"}
