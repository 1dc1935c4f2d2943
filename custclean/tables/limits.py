"""How large a table may be: small files that would become giants are refused by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from custclean.errors import InputError
from custclean.words import tr

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "MAX_CELLS",
    "MAX_COLUMNS",
    "MAX_RATIO",
    "MAX_STREAM",
    "STREAM_RATIO_FROM",
    "Budget",
    "Unpacking",
    "check_columns",
    "check_parts",
    "check_spread",
]

MAX_COLUMNS = 16_384  # as many as Excel has: whatever has more is no list of anything
MAX_PARTS = 1_000  # sections or lists of one file
MAX_CELLS = 2_000_000  # of the rectangles that sheets span: so much memory they take
MAX_TEXT = 200_000_000  # bytes of all texts: one long text can be in every cell
TEXT_FROM = 30_000_000  # below this many they do no harm, however small the file
MAX_RATIO = 200  # times its size that a file may unpack to
COPIES_FROM = 200_000  # cells that any file may say to repeat; above it goes by its bytes
# A cell takes 16 bytes, filled or not. A file with one filled cell in a hundred is no list
# of anything, so its table may have as many cells as four times the bytes of the file.
CELLS_A_BYTE = 4
MAX_STREAM = 1_000_000_000  # bytes that a packed file may unpack to
STREAM_RATIO_FROM = (
    10_000_000  # below this no ratio is too high: columns of one value pack well
)


@dataclass(slots=True)
class Unpacking:
    """How much a file may still unpack to; what is packed inside it counts for it."""

    path: Path
    packed: int
    most: int = MAX_STREAM
    ratio_from: int = STREAM_RATIO_FROM
    taken: int = 0
    member: str | None = None  # what is unpacked just now

    def take(self, count: int) -> None:
        """Count what was unpacked; more than is left is an error that names the limit."""
        self.taken += count
        if self.taken > self.most:
            raise self.error(tr("the file unpacks to more than {n:,} bytes", n=self.most))
        if self.taken > self.ratio_from and self.taken > MAX_RATIO * self.packed:
            msg = tr("the file unpacks to more than {n:,} times its size", n=MAX_RATIO)
            raise self.error(msg)

    def error(self, message: str, expected: str | None = None) -> InputError:
        """Give an error that names what is unpacked."""
        return InputError(message, file=self.path, value=self.member, expected=expected)


class Budget:
    """What is left of the cells and the text that a file of `size` bytes may hold."""

    def __init__(self, path: Path, size: int) -> None:
        self.path = path
        self.cells = MAX_CELLS
        self.copies = max(COPIES_FROM, CELLS_A_BYTE * size)
        self.text = self.most = max(TEXT_FROM, min(MAX_TEXT, MAX_RATIO * size))

    def take(self, cells: int = 0, text: int = 0, copies: int = 0) -> None:
        """Use some of it, before it is made; an error where nothing is left.

        `copies` are cells that the file holds once and says to repeat.
        """
        self.cells -= cells
        self.text -= text
        self.copies -= copies
        if self.copies < 0:
            msg = tr("the sheets repeat far too many cells")
            raise InputError(msg, file=self.path)
        if self.cells < 0:
            msg = tr("the sheets have more than {n:,} cells", n=MAX_CELLS)
            raise InputError(msg, file=self.path)
        if self.text < 0:
            msg = tr("the texts of the cells together are longer than {n:,}", n=self.most)
            raise InputError(msg, file=self.path)


def check_columns(path: Path, columns: int, line: int | None = None) -> None:
    """Raise an error where a table is wider than any list."""
    if columns > MAX_COLUMNS:
        msg = tr("the header has more than {n:,} columns", n=MAX_COLUMNS)
        raise InputError(msg, file=path, line=line)


def check_parts(path: Path, parts: int) -> None:
    """Raise an error where a file has more tables than any export."""
    if parts > MAX_PARTS:
        raise InputError(tr("the file has more than {n:,} parts", n=MAX_PARTS), file=path)


def check_spread(path: Path, cells: int, size: int) -> None:
    """Raise an error where a file of this many bytes would become far too many cells."""
    most = max(MAX_CELLS, CELLS_A_BYTE * size)
    if cells > most:
        msg = tr(
            "the table would have more than {n:,} cells, nearly all empty or the same", n=most
        )
        raise InputError(msg, file=path, value=cells)
