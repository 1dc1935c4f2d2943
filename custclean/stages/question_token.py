"""What stands in the hidden column of a question sheet: which question a row is.

The ids, who was asked, and the fingerprints of what was shown, with a checksum: a row that
was sorted, copied into another file or sent back a year later is still the same question.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from custclean.errors import InputError, SchemaError
from custclean.stages.question_words import PAIR, RECORD
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Token"]

VERSION = 1
_FORM = re.compile(r"cq([1-9][0-9]{0,3}) ([0-9a-f]{16}) (.*)", re.DOTALL)
_MOST = 32_000  # characters; a cell of Excel holds few more


@dataclass(frozen=True, slots=True)
class Token:
    """A question: one record id or a pair's two, what was seen, who was asked."""

    key: tuple[str, ...]
    seen: Mapping[str, str]
    whom: str = ""

    @property
    def kind(self) -> str:
        """Say what is asked: about two records, or about one."""
        return PAIR if len(self.key) == 2 else RECORD

    def __str__(self) -> str:
        parts = [list(self.key), dict(self.seen), self.whom]
        # without "_", which workbooks use to write what XML cannot hold
        text = json.dumps(parts, separators=(",", ":"), sort_keys=True)
        text = text.replace("_", "\\u005f")
        if len(text) > _MOST:
            raise InputError(tr("the id is too long for a question sheet"), value=self.key[0])
        return f"cq{VERSION} {_check(str(VERSION), text)} {text}"

    @classmethod
    def read(cls, text: str) -> Token | None:
        """Take a token from its text; None where it is damaged."""
        found = _FORM.fullmatch(text.strip())
        if found is None or found[2] != _check(found[1], found[3]):
            return None
        if int(found[1]) != VERSION:
            msg = tr("written for a newer custclean")
            raise SchemaError(msg, value=f"cq{found[1]}", expected=f"cq{VERSION}")
        try:
            return cls._of(json.loads(found[3]))
        except (ValueError, RecursionError):
            return None

    @classmethod
    def _of(cls, parts: Any) -> Token | None:
        """Take what was in it; whoever can make a checksum may still have made nonsense."""
        match parts:
            case [[*key], dict(seen), str(whom)] if key and len(key) <= 2:
                texts = all(isinstance(each, str) for each in [*key, *seen, *seen.values()])
                fine = texts and sorted(set(key)) == key  # two ids, the smaller first
                return cls(tuple(key), seen, whom) if fine else None
            case _:
                return None


def _check(version: str, text: str) -> str:
    return hashlib.sha256(f"{version} {text}".encode()).hexdigest()[:16]
