"""One row on its way into a table, and how wide rows are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Record", "usual_width"]


class Record(NamedTuple):
    """One row of a text: where it starts, its cells, its text if it was unclear."""

    line: int
    cells: list[str]
    text: str | None = None  # only of a record that the careful way had doubts about
    fault: str = ""
    mended: bool = False  # the cells are as many as they should be in spite of the fault


def usual_width(widths: Iterable[int]) -> int:
    """Give the width that most records with more than one cell have, the larger of equals."""
    counts = Counter(width for width in widths if width > 1)
    return max(counts, key=lambda width: (counts[width], width), default=1)
