"""What a file holds before anybody says what it means: the values that `tables` hands on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import polars as pl

__all__ = ["Note", "RawTable", "RejectedLine", "Repair", "column_names"]


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """A line that is no row: a title above the header, a time stamp or total below."""

    line: int
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Repair:
    """A row that is in the table although its line was not as it should be, and why."""

    line: int
    what: str


@dataclass(frozen=True, slots=True, order=True)
class RejectedLine:
    """A row that is not in the table: the line it starts on, its text, the reason."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, eq=False)
class RawTable:
    """A table as the file holds it: all text, nothing stripped, nothing renamed.

    `header` is as found, with its duplicates and blanks; the columns of `frame` are the
    same made unique. In `frame` an empty cell and a missing one are both null; `rows`
    gives them as "". `lines` names the line of the file on which each row starts.
    """

    path: Path
    header: tuple[str, ...]
    frame: pl.DataFrame = field(repr=False)
    lines: tuple[int, ...] = field(repr=False)
    notes: tuple[Note, ...] = ()
    repairs: tuple[Repair, ...] = ()
    rejected: tuple[RejectedLine, ...] = ()
    encoding: str = "utf-8"
    uncertain: bool = False  # the encoding is a guess
    delimiter: str = ","
    bom: bool = False
    line_end: str = "\n"
    header_row: int = 1  # the line the header stands on
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()  # filled ones that this table is not from
    sha256: str = ""
    text: str = field(default="", repr=False)  # the file, decoded: what must be accounted for

    @property
    def rows(self) -> Iterator[list[str]]:
        """Give the rows one by one, an empty cell as ""."""
        for row in self.frame.iter_rows():
            yield [cell or "" for cell in row]

    def lost(self) -> dict[str, int]:
        """Count letters and digits of the file that are in no list; negative: too many."""
        held: Counter[str] = Counter()
        for texts in self._held():
            held.update("".join(texts))
        wanted = Counter(self.text)
        return {
            letter: wanted[letter] - held[letter]
            for letter in sorted(wanted.keys() | held.keys())
            if letter.isalnum() and wanted[letter] != held[letter]
        }

    def conserved(self) -> bool:
        """Say whether each letter and digit is in header, rows, notes or rejects."""
        return not self.lost()

    def _held(self) -> Iterator[Iterable[str]]:
        yield self.header
        for column in self.frame.iter_columns():
            yield column.drop_nulls().to_list()
        yield (note.text for note in self.notes)
        yield (line.text for line in self.rejected)

    def __len__(self) -> int:
        return self.frame.height


def column_names(header: Sequence[str]) -> list[str]:
    """Make headings unique: a blank one is named by its place, a second one is counted.

    >>> column_names(["Name", "", "Name"])
    ['Name', 'column 2', 'Name (2)']
    """
    names: dict[str, None] = {}
    taken = set(header)
    for place, heading in enumerate(header, 1):
        base = heading if heading.strip() else f"column {place}"
        name, count = base, 1
        while name in names or (name != heading and name in taken):
            count += 1
            name = f"{base} ({count})"
        names[name] = None
    return list(names)
