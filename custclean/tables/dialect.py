"""Which delimiter a text has: the one that cuts most lines into the same number of cells."""

from __future__ import annotations

import csv
import io
import itertools
import math
from typing import TYPE_CHECKING

from custclean.tables.records import usual_width

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["DELIMITERS", "find_delimiter"]

DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 400  # records looked at, and characters
SAMPLE_TEXT = 1_000_000


def find_delimiter(text: str, looks_like: Callable[[Sequence[str]], float]) -> str:
    """Give the delimiter; a row of known headings counts for more than even columns."""
    text = text[:SAMPLE_TEXT]
    scores = {mark: _score(text, mark, looks_like) for mark in DELIMITERS}
    return max(DELIMITERS, key=lambda mark: scores[mark])  # of equals the first


def _score(
    text: str, mark: str, looks_like: Callable[[Sequence[str]], float]
) -> tuple[float, float]:
    rows = _sample(text, mark)
    width = usual_width([len(row) for row in rows])
    if width == 1:
        return 0.0, 0.0
    share = sum(len(row) == width for row in rows) / len(rows)
    return max(map(looks_like, rows)), share**2 * math.log2(width)


def _sample(text: str, mark: str) -> list[list[str]]:
    previous = csv.field_size_limit()
    lines = io.StringIO(text, newline="")
    try:
        reader = csv.reader(lines, delimiter=mark)
        return [row for row in itertools.islice(reader, SAMPLE) if row]
    except csv.Error:  # a stray quote ran on beyond the limit of a field
        lines = io.StringIO(text, newline="")
        return [line.split(mark) for line in itertools.islice(lines, SAMPLE) if line.strip()]
    finally:
        csv.field_size_limit(previous)
