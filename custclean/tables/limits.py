"""How large a table may be: small files that would become giants are refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custclean.errors import InputError
from custclean.tables.archive import MAX_CELLS
from custclean.words import tr

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["MAX_COLUMNS", "check_columns", "check_parts", "check_spread"]

MAX_COLUMNS = 16_384  # as many as Excel has: whatever has more is no list of anything
MAX_PARTS = 1_000  # sections or lists of one file
# A cell takes 16 bytes, filled or not. A file with one filled cell in a hundred is no list
# of anything, so its table may have as many cells as four times the bytes of the file.
CELLS_A_BYTE = 4


def check_columns(path: Path, columns: int, line: int | None = None) -> None:
    """Raise an error where a table is wider than any list."""
    if columns > MAX_COLUMNS:
        msg = tr("the header has more than {n} columns", n=MAX_COLUMNS)
        raise InputError(msg, file=path, line=line)


def check_parts(path: Path, parts: int) -> None:
    """Raise an error where a file has more tables than any export."""
    if parts > MAX_PARTS:
        raise InputError(tr("the file has more than {n} parts", n=MAX_PARTS), file=path)


def check_spread(path: Path, cells: int, size: int) -> None:
    """Raise an error where a file of this many bytes would become far too many cells."""
    most = max(MAX_CELLS, CELLS_A_BYTE * size)
    if cells > most:
        msg = tr(
            "the table would have more than {n} cells, nearly all empty or the same", n=most
        )
        raise InputError(msg, file=path, value=cells)
