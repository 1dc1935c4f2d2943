"""Text that fits a number of columns; what could command a terminal is made harmless."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from custclean.stages.review.compare import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Line", "bare", "cut", "harmless", "joined", "line", "wrapped"]

Line = tuple[tuple[int, Text], ...]
"""What stands in one line of the screen: texts, each with the column where it begins.

Terminals do not agree how wide some letters are: what begins at a column of its own stays
in line whatever stands before it.
"""

_CONSOLE = Console(width=80, markup=False, emoji=False, highlight=False)
LOST = "�"


def bare(text: str) -> str:
    r"""Take away what a terminal would obey; the last guard before it.

    >>> bare("a\x1b[2Jb")
    'a�[2Jb'
    """
    return "".join(LOST if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text)


def harmless(text: str) -> str:
    r"""Make what one cannot see readable, as a card does; an accent needs a letter.

    >>> harmless("a\x1b[2Jb"), harmless("\u0301a")
    ('a[U+001B][2Jb', '◌́a')
    """
    shown = visible(text.replace("\r\n", "\n")).replace("\n", "⏎\n")
    return f"◌{shown}" if shown and unicodedata.combining(shown[0]) else shown


def line(*parts: str | Text, style: str = "") -> Line:
    """Give one line of the screen."""
    text = Text(style=style)
    for part in parts:
        text.append(harmless(part).replace("\n", " ") if isinstance(part, str) else part)
    return ((0, text),)


def joined(parts: Iterable[str]) -> str:
    """Put sentences side by side that there are."""
    return " · ".join(part for part in parts if part)


def wrapped(text: str | Text, width: int, most: int | None = None) -> list[Text]:
    """Break text between its words into lines; of more than `most` the rest is cut off."""
    given = Text(harmless(text)) if isinstance(text, str) else text
    lines = list(given.wrap(_CONSOLE, max(1, width), overflow="fold"))
    if most is None or len(lines) <= most:
        return lines
    kept = lines[:most]
    kept[-1] = Text(set_cell_size(kept[-1].plain, min(width - 1, kept[-1].cell_len)) + "…")
    return kept


def cut(text: str, width: int) -> str:
    """Cut text to so many columns, with a sign where something is gone.

    >>> cut("日本語", 5), cut("Ann", 5)
    ('日本…', 'Ann')
    """
    told = harmless(text).replace("\n", " ")
    if cell_len(told) <= width:
        return told
    return set_cell_size(told, max(0, width - 1)).rstrip() + "…" if width > 0 else ""
