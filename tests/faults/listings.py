"""A file of records that each name their own values, on its way to bytes: cards, JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tests.faults.cases import Expected, Impossible, customers

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

__all__ = ["ENDS", "Entry", "Listing", "Text", "people", "set_to"]

Text = str | bytes  # bytes: in no encoding but their own
ENDS = {"lf": ("\n",), "crlf": ("\r\n",), "cr": ("\r",), "mixed": ("\r\n", "\n", "\n")}


@dataclass(eq=False)
class Entry:
    """One record: its lines in the file, and what should be read of it."""

    text: list[Text]
    cells: dict[str, str] = field(default_factory=dict)
    kind: Literal["header", "row", "note", "rejected", "nothing"] = "row"
    part: str = ""
    repaired: bool = False
    flagged: bool = False
    says: str | None = None  # as note or reject, where not all its lines
    flags: list[int] = field(default_factory=list)  # lines down: flagged by themselves
    inner: list[tuple[int, Entry]] = field(default_factory=list)  # lines down: more of it
    taken: bool = False  # a fault has it

    def told(self) -> str:
        """Give its text as a list of notes or rejects has it."""
        if self.says is not None:
            return self.says
        return "\n".join(one if isinstance(one, str) else one.decode() for one in self.text)


@dataclass
class Listing:
    """The records of a file, what stands around them, and how it is written."""

    form: str
    entries: list[Entry]
    rng: random.Random
    order: tuple[str, ...] = ()  # headings that come first
    always: tuple[str, ...] = ()  # of them, those that are there without values
    head: list[Text] = field(default_factory=list)
    foot: list[Text] = field(default_factory=list)
    around: list[tuple[str, int, str]] = field(default_factory=list)  # note: part, line, text
    ends: tuple[str, ...] = ("\r\n",)
    end_at_end: bool = True
    encoding: str = "utf-8"
    mark: str = ""
    cut: int = 0  # bytes that are missing at the end
    refused: str = ""
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)  # first headings of each
    prepared: Callable[[str], str] | None = None  # how lines are written

    @property
    def rows(self) -> list[Entry]:
        """Give the entries that are rows."""
        return [each for each in self.entries if each.kind == "row"]

    def row(self) -> Entry:
        """Give a row in the middle that no fault has yet."""
        free = [each for each in self.rows[2:-2] if not each.taken]
        if not free:
            msg = "there is no record to spare"
            raise Impossible(msg)
        found = self.rng.choice(free)
        found.taken = True
        return found

    def last(self) -> Entry:
        """Give the last row."""
        if self.rows[-1].taken:
            msg = "there is no record to spare"
            raise Impossible(msg)
        self.rows[-1].taken = True
        return self.rows[-1]

    def insert(self, entry: Entry) -> None:
        """Put an entry between two in the middle."""
        entry.taken = True
        self.entries.insert(self.entries.index(self.row()), entry)

    def lines(self) -> list[Text]:
        """Give all lines of the file."""
        inside = [line for each in self.entries for line in each.text]
        return [*self.head, *inside, *self.foot]

    def data(self) -> bytes:
        """Write the file."""
        written = [self.mark.encode(self.encoding)]
        lines = self.lines()
        for n, line in enumerate(lines):
            last = n == len(lines) - 1
            end = "" if last and not self.end_at_end else self.ends[n % len(self.ends)]
            if isinstance(line, bytes) and self.encoding.startswith("utf-16"):
                msg = "a file of two bytes a letter holds no other bytes"
                raise Impossible(msg)
            try:
                whole = line if isinstance(line, bytes) else line.encode(self.encoding)
            except UnicodeEncodeError as error:
                msg = "the encoding lacks a letter"
                raise Impossible(msg) from error
            written += [whole, end.encode(self.encoding)]
        data = b"".join(written)
        return data[: len(data) - self.cut]

    def tables(self) -> dict[str, Expected] | str:
        """Say what should be read."""
        if self.refused:
            return self.refused
        names = self.parts or {"": ()}
        found = {name: self._expected(name) for name in names}
        filled = {name: want for name, want in found.items() if want.rows or want.rejected}
        best = max(filled, key=lambda name: len(filled[name].rows))
        return {best: filled[best], **filled}

    def _placed(self) -> Iterator[tuple[int, Entry]]:
        number = 1 + len(self.head)
        for entry in self.entries:
            yield number, entry
            yield from ((number + down, each) for down, each in entry.inner)
            number += len(entry.text) + sum(str(line).count("\n") for line in entry.text)

    def _expected(self, part: str) -> Expected:
        notes = [(line, text) for name, line, text in self.around if name in (part, "*")]
        heads = [n for n, each in self._placed() if (each.kind, each.part) == ("header", part)]
        found = Expected([], (*heads, 0)[0], notes=notes)
        cells: list[dict[str, str]] = []
        for number, entry in self._placed():
            if entry.kind == "note":  # of all parts
                found.notes.append((number, entry.told()))
            elif entry.kind == "rejected" and entry.part == part:
                found.rejected.append((number, entry.told()))
            elif entry.kind == "row" and entry.part == part:
                found.lines.append(number)
                cells.append(entry.cells)
                found.repaired.update({number} if entry.repaired else ())
                found.flagged.update({number} if entry.flagged else ())
            found.flagged.update(number + down for down in entry.flags)
        found.header.extend(self._header(part, cells))
        found.rows.extend([row.get(name, "") for name in found.header] for row in cells)
        found.notes.sort()
        return found

    def _header(self, part: str, cells: list[dict[str, str]]) -> list[str]:
        before = self.parts.get(part, ())
        names = dict.fromkeys([*before, *self.always])
        names |= dict.fromkeys(name for row in cells for name in row)
        first = [*before, *(name for name in self.order if name in names)]
        return [*first, *(name for name in names if name not in first)]


def people(rows: int = 12) -> list[dict[str, str]]:
    """Give invented people, their values by name."""
    case = customers(rows)
    return [dict(zip(case.names, line.cells, strict=True)) for line in case.rows]


def set_to(**what: object) -> Callable[[Listing], None]:
    """Give a fault that is how the file is written."""
    return lambda case: vars(case).update(what)
