"""Lines and tables on a terminal, broken between words; for a pipe plain text, unbroken."""

from __future__ import annotations

import os
import re
import sys
import textwrap
from typing import TYPE_CHECKING, Literal

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["MARGIN", "hang", "say_line", "table", "terminal", "visible", "wrapped"]

PIPED = 160  # columns where nobody says how wide it is
COLUMNS = "COLUMNS"  # the variable by which a shell says how wide it is
MARGIN = 14  # letters before what is said of a file
HIDDEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
SHOWN = {"\t": "→", "\n": "⏎", "\r": ""}


def terminal() -> Console:
    """Give the terminal; for a pipe plain text, as wide as it needs."""
    wide = None if sys.stdout.isatty() or COLUMNS in os.environ else PIPED
    return Console(width=wide, highlight=False, markup=False, emoji=False)


def say_line(console: Console, line: str, style: str = "") -> None:
    """Say a line, on a terminal broken where it ends."""
    console.print(Text(visible(line), style=style), soft_wrap=True)


def wrapped(console: Console, line: str, style: str = "") -> None:
    """Say a line, on a terminal broken between words; a path stays whole, to be pasted."""
    pieces = textwrap.wrap(
        visible(line), _room(console), break_long_words=False, break_on_hyphens=False
    )
    for piece in pieces:
        say_line(console, piece, style)


def hang(console: Console, start: str, line: str) -> None:
    """Say a line, on a terminal broken so that what goes on stands below its beginning."""
    wide = max(MARGIN, _room(console) - MARGIN)
    for piece in textwrap.wrap(visible(line), wide, break_on_hyphens=False) or [""]:
        say_line(console, start + piece)
        start = " " * MARGIN


def table(
    console: Console,
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    right: int | None = None,
) -> None:
    """Show a table; no word of it is broken that is shorter than three fifths of a line.

    The title stands above, whole: in the table it would be as narrow as that is.
    """
    if title:
        say_line(console, title, style="italic")
    drawn = Table(box=None, pad_edge=False)
    shown = [[visible(cell) for cell in row] for row in rows]
    for place, column in enumerate(zip(headings, *shown, strict=True)):
        words = [word for cell in column for word in cell.split()]
        widest = min(max(map(cell_len, words), default=0), console.width * 3 // 5)
        side: Literal["left", "right"] = "right" if place == right else "left"
        drawn.add_column(column[0], overflow="fold", min_width=widest, justify=side)
    for row in shown:
        drawn.add_row(*map(Text, row))
    console.print(drawn)


def _room(console: Console) -> int:
    """Give the letters of a line: without end where nobody says how wide it is."""
    return console.width if console.is_terminal or COLUMNS in os.environ else sys.maxsize


def visible(text: str) -> str:
    """Make visible what could steer a terminal or turn the reading direction."""
    return HIDDEN.sub(lambda found: SHOWN.get(found[0], "·"), text)
