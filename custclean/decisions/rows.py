"""A decision as a row of the log, and the checksums that chain the rows."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from json.encoder import encode_basestring_ascii as _quoted
from typing import TYPE_CHECKING

from custclean.errors import LogDamagedError, SchemaError
from custclean.model import Decision, Verdict
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = ["content_of", "damaged", "decisions_of", "fields_of", "link", "remedy"]

_VERDICTS = {verdict.value: verdict for verdict in Verdict}


def fields_of(decision: Decision, tool: str) -> tuple[str, ...]:
    """Give what stands in the row, between its number and its checksums."""
    return (
        f"[{', '.join(map(_quoted, decision.key))}]",
        decision.verdict.value,
        _written(decision.seen),
        _written(decision.value),
        decision.note,
        decision.who,
        decision.when,
        tool,
    )


def _written(table: Mapping[str, str]) -> str:
    r"""Give texts by name as JSON, sorted: what json gives, in a third of its time.

    >>> _written({"b": "Ærø", "a%": '"'})
    '{"a%": "\\"", "b": "\\u00c6r\\u00f8"}'
    """
    names, form = _form(tuple(table))
    return form % tuple([_quoted(table[name]) for name in names])


@lru_cache  # the names are those of a table's columns, again and again
def _form(names: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    inside = [f"{_quoted(name).replace('%', '%%')}: %s" for name in sorted(names)]
    return tuple(sorted(names)), f"{{{', '.join(inside)}}}"


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
