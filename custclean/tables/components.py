"""What vCard and iCalendar share: lines that are folded, components that nest.

RFC 6350 and RFC 5545, section 3; vCard 2.1 and vCalendar 1.0 by the versit papers (soft line
breaks, a fold that keeps its blank). All work is done on bytes, because a fold may cut a
character in two and each value may have a character set of its own. Neither `vobject` nor
`icalendar` is used: the one refuses a whole file for one bad line, the other drops in silence
what has no END; neither says on which line a record stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from custclean.tables.content import Heads, Property, property_of, usual_property
from custclean.tables.encodings.charsets import read_as
from custclean.tables.encodings.decoding import decode
from custclean.tables.raw import Note
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from custclean.tables.content import Head

__all__ = ["Component", "Content", "parse", "starts_with"]

EDGE = re.compile(rb"(BEGIN|END)[ \t]*:[ \t]*([\w.-]++)[ \t]*", re.IGNORECASE)
OLD = re.compile(rb"VERSION:(?:2\.1|1\.0)\s*", re.IGNORECASE)
UNENDED = re.compile(rb"(?:[\w-]++\.)?[\w-]++;")  # a name and parameters, but no colon yet
DEEPEST = 16  # components in one another; what goes deeper stands beside
TEXTS = frozenset("NOTE DESCRIPTION COMMENT SUMMARY LOCATION ADR LABEL".split())
FOLDED = range(70, 81)  # bytes of a line that a writer cut because it was too long
WIDE = (b"\xff\xfe", b"\xfe\xff")


@dataclass(slots=True)
class Component:
    """What stands from a BEGIN to its END, and what was wrong with it."""

    kind: str
    line: int
    content: Content
    last: int = 0
    numbers: list[int] = field(default_factory=list)  # lines that its properties begin on
    inside: list[Component] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    names_file: bool = False  # a property has a size

    @property
    def properties(self) -> list[Property]:
        """Give what stands in it; read each time, for a file has millions of them."""
        return self.content.read(self.numbers)

    def first(self, name: str) -> str:
        """Give the first value of a name, "" where there is none."""
        return next((each.value for each in self.properties if each.name == name), "")


class Content:
    """The components of a file, in order, and the lines that stand outside of all."""

    def __init__(self, path: Path, data: bytes, encoding: str | None) -> None:
        decoded = decode(path, data, encoding)
        if encoding or decoded.encoding.startswith("utf-16"):
            data = decoded.text.encode("utf-8")
        self.fallback = decoded.encoding
        data = data.rstrip(b"\x00\x1a").replace(b"\x00", b"")
        self.lines = data.removeprefix(b"\xef\xbb\xbf").splitlines()
        self.known = Heads()
        self.heads = self.known.of_all(self.lines)
        self.unusual: dict[int, Property] = {}  # line -> what begins on it
        self.facts = decoded.facts
        self.evidence = decoded.evidence
        self.flags = [flag for flag in decoded.flags if self._is_plain(flag.line)]
        self.components: list[Component] = []
        self.notes: list[Note] = []

    def read(self, numbers: Sequence[int]) -> list[Property]:
        """Give the properties that begin on these lines."""
        lines, heads, fallback = self.lines, self.heads, self.fallback
        found = []
        for number in numbers:
            head, unusual = heads[number - 1], self.unusual.get(number)
            if unusual is not None:
                found.append(unusual)
            elif head is not None:
                found.append(usual_property(lines[number - 1], head, fallback))
        return found

    def _is_plain(self, line: int) -> bool:
        """Say whether a line names no character set and no fold cuts its letters in two."""
        found = self.lines[line - 1 : line + 1]
        folded = any(text[:1] in (b" ", b"\t") for text in found)
        return not folded and not any(b"CHARSET" in text.upper() for text in found[:1])

    def text(self, first: int, last: int) -> str:
        """Give lines of the file as they stand."""
        return read_as(b"\n".join(self.lines[first - 1 : last]), None, self.fallback)[0]

    def count(self, kind: str) -> int:
        """Count the lines that begin a component of a kind, wherever they stand."""
        edges = (EDGE.fullmatch(line) for line in self.lines if line[:1] in (b"B", b"b"))
        return sum(edge is not None and edge[2].upper() == kind.encode() for edge in edges)


def starts_with(data: bytes, *kinds: str) -> bool:
    """Say whether the first line that is not blank begins a component of these kinds."""
    head = data[:1000]
    if head.startswith(WIDE) or b"\x00" in head[:4]:
        head = head.replace(b"\x00", b"")
    head = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    edge = EDGE.match(head)
    return (
        edge is not None
        and edge[1].upper() == b"BEGIN"
        and (
            edge[2].decode("latin-1").upper() in kinds
            and head[edge.end() : edge.end() + 1] in (b"\r", b"\n", b"")
        )
    )


def parse(path: Path, data: bytes, encoding: str | None, ranks: Mapping[str, int]) -> Content:
    """Take a file apart; a component ends all open ones but those of a lower rank.

    What has no rank nests wherever it stands.
    """
    content = Content(path, data, encoding)
    builder = _Builder(content, ranks)
    _take_all(content, builder)
    builder.end_all(len(content.lines))
    return content


def _take_all(content: Content, builder: _Builder) -> None:
    """Put folded lines together, also those that lack the mark of a fold.

    Nearly all lines are a usual property with a line behind it that has a head, too: these
    need no second look.
    """
    line, old = NO_LINE, False
    following = [*content.heads[1:], None]
    lines = zip(content.lines, content.heads, following, strict=False)
    for number, (text, head, after) in enumerate(lines, 1):
        if head is None or not head.usual or line.soft:
            if not text.strip() and not line.soft:
                continue
            if line.joins(text, number, old, head):
                continue
            old = OLD.fullmatch(text) is not None or (old and text[:8].upper() != b"BEGIN:VC")
        if line is not NO_LINE:
            builder.take(line)
        if head is not None and head.usual and after is not None:
            builder.take_usual(number, text, head)
            line = NO_LINE
        else:
            line = _Line(number, number, [text], head, len(text))
    if line is not NO_LINE:
        builder.take(line)


@dataclass(slots=True)
class _Line:
    """A line with those that continue it."""

    number: int
    last: int  # the line of the file on which it ends
    pieces: list[bytes]
    head: Head | None  # of the first piece
    width: int = 0  # of the last piece
    mended: bool = False

    @property
    def soft(self) -> bool:
        """Say whether a soft line break of quoted-printable stands at the end."""
        return (
            self.head is not None
            and self.head.quoted
            and self.pieces[-1].rstrip(b" \t").endswith(b"=")
        )

    def joins(self, text: bytes, number: int, old: bool, head: Head | None) -> bool:  # noqa: FBT001  # one caller
        """Take in a line that continues this one; False where it is a line of its own."""
        if EDGE.fullmatch(self.pieces[0]) or EDGE.fullmatch(text):
            return False
        if self.head is None:
            return self._joins_head(text, number, old)
        if self.soft:
            self.pieces[-1] = self.pieces[-1].rstrip(b" \t")[:-1]
        elif text[:1] in (b" ", b"\t"):
            text = text if old else text[1:]
        elif head is not None:
            return False
        elif self.head.packed:
            pass
        elif self.head.name in TEXTS or self.width in FOLDED:
            # a line break that nobody escaped, or a line cut because it was long
            self.mended = True
            self.pieces.append(b"" if self.width in FOLDED else b"\n")
        else:
            return False
        self._add(text, number)
        return True

    def _joins_head(self, text: bytes, number: int, old: bool) -> bool:  # noqa: FBT001  # as above
        """Take in what continues a line that was folded before its colon."""
        if text[:1] not in (b" ", b"\t") or not UNENDED.match(self.pieces[0]):
            return False
        self._add(text if old else text[1:], number)
        return True

    def _add(self, text: bytes, number: int) -> None:
        self.width = len(text)
        self.pieces.append(text)
        self.last = number


NO_LINE = _Line(0, 0, [b""], None)


class _Builder:
    """Puts lines into components."""

    def __init__(self, content: Content, ranks: Mapping[str, int]) -> None:
        self.content, self.ranks = content, ranks
        self.open: list[Component] = []
        self.seen = 0  # the last line of the file that was taken

    def take_usual(self, number: int, text: bytes, head: Head) -> None:
        """Take the next line, a usual property that no other line continues."""
        if self.open:
            self.open[-1].numbers.append(number)
            self.seen = number
        else:
            self.take(_Line(number, number, [text], head))

    def take(self, line: _Line) -> None:
        """Take the next line with those that continue it."""
        text, head = line.pieces[0], line.head
        edge = None if head is not None and head.usual else EDGE.fullmatch(text)
        if line.number < line.last:  # `count` knows no folded edge either
            text = b"".join(line.pieces)
            edge, head = None, self.content.known.of(text)
        if edge is None:
            self._property(line, text, head)
        else:
            kind = edge[2].decode("latin-1").upper()
            if edge[1].upper() == b"BEGIN":
                self._begin(kind, line.number)
            else:
                self._end(kind, line)
        self.seen = line.last

    def end_all(self, last: int) -> None:
        """End what is still open where the file ends."""
        self.seen = last
        while self.open:
            self._close(tr("the file ends before its END; the last value may be cut"))

    def _begin(self, kind: str, line: int) -> None:
        rank = self.ranks.get(kind)
        agent = bool(self.open) and self.open[-1].kind == kind and _awaits_agent(self.open[-1])
        while rank is not None and not agent and self.open and self._last_rank(rank) >= rank:
            self._close(tr("it has no END; all before the next BEGIN was taken"))
        if len(self.open) >= DEEPEST:
            self._close(tr("too many components stand in one another"))
        component = Component(kind, line, self.content)
        (self.open[-1].inside if self.open else self.content.components).append(component)
        self.open.append(component)

    def _last_rank(self, default: int) -> int:
        return self.ranks.get(self.open[-1].kind, default)

    def _end(self, kind: str, line: _Line) -> None:
        if not any(each.kind == kind for each in self.open):
            self._outside(line)
            return
        while self.open[-1].kind != kind:
            self._close(tr("it has no END; all before the next BEGIN was taken"))
        self.seen = line.last
        self._close()

    def _close(self, fault: str | None = None) -> None:
        component = self.open.pop()
        component.last = self.seen
        if fault is not None:
            component.faults.append(fault)

    def _property(self, line: _Line, text: bytes, head: Head | None) -> None:
        if not self.open:
            self._outside(line)
            return
        component = self.open[-1]
        if head is None:
            self._outside(line)
            component.faults.append(tr("a line in it is no property; it is in the notes"))
            return
        found, faults = property_of(text, head, self.content.fallback)
        self.content.unusual[line.number] = found
        component.numbers.append(line.number)
        component.names_file = component.names_file or found.size is not None
        component.faults += faults
        if line.mended:
            component.faults.append(tr("lines that were broken without a mark were joined"))

    def _outside(self, line: _Line) -> None:
        text = self.content.text(line.number, line.last)
        self.content.notes.append(Note(line.number, text))


def _awaits_agent(component: Component) -> bool:
    """Say whether the last line of a card promised a card inside it (vCard 2.1 and 3.0)."""
    last = component.content.read(component.numbers[-1:])
    return bool(last) and last[0].name == "AGENT" and not last[0].value.strip()
