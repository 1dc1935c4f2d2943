"""A decision as a row of the log, and the checksums that chain the rows."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from custclean.errors import LogDamagedError, SchemaError
from custclean.model import Decision, Verdict
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

__all__ = ["content_of", "damaged", "decisions_of", "fields_of", "link", "remedy"]

_written = json.JSONEncoder(sort_keys=True).encode
_VERDICTS = {verdict.value: verdict for verdict in Verdict}


def fields_of(decision: Decision, tool: str) -> tuple[str, ...]:
    """Give what stands in the row, between its number and its checksums."""
    return (
        _written(decision.key),
        decision.verdict.value,
        _written(dict(decision.seen)),
        _written(dict(decision.value)),
        decision.note,
        decision.who,
        decision.when,
        tool,
    )


def content_of(seq: int, fields: Sequence[str]) -> str:
    """Give the checksum of one row."""
    try:
        text = "".join(
            [f"{len(field)}:{field}" for field in (str(seq), *fields)]
        )  # not ambiguous
    except TypeError:
        return ""  # a number where text was: equals no checksum
    return hashlib.sha256(text.encode()).hexdigest()


def link(chain: str, content: str) -> str:
    """Give the checksum of all rows up to this one."""
    return hashlib.sha256(f"{chain}{content}".encode()).hexdigest()


def decisions_of(raw: Sequence[Sequence[str]], first: int, path: Path) -> Iterator[Decision]:
    """Give the decisions of rows whose checksums hold; `first` is the number of the first."""
    # one call for all: it is quicker, and equal names of fields become one string
    parsed = json.loads("[" + ",".join([f"[{f[0]},{f[2]},{f[3]}]" for f in raw]) + "]")
    for seq, (fields, (key, seen, value)) in enumerate(zip(raw, parsed, strict=True), first):
        _key, verdict, _seen, _value, note, who, when, _tool = fields
        if verdict not in _VERDICTS:
            msg = tr("decision {seq} has a verdict that this version does not know", seq=seq)
            raise SchemaError(msg, file=path, value=verdict)
        yield Decision(tuple(key), _VERDICTS[verdict], seen, value, note, who, when, seq)


def damaged(path: Path, seq: int) -> LogDamagedError:
    """Say at which decision the checksums stop to hold."""
    msg = tr("the decision log is damaged at decision {seq}", seq=seq)
    return LogDamagedError(msg, file=path, value=seq, expected=remedy())


def remedy() -> str:
    """Say what helps when a log is damaged."""
    return tr("a copy from your backup, or what `DecisionLog.salvage` can still read")
