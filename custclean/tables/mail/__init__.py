"""Mail: a mailbox (mbox) or a single message (.eml), one row a message.

mbox by RFC 4155 and its dialects: `From ` lines as Thunderbird, Gmail and mutt write them,
`>From ` taken back (mboxo, mboxrd), `Content-Length` believed where a message begins behind
it (mboxcl). Columns:

- Date (ISO 8601 with offset; one that is none stays as it was, with a flag), Subject
- From, To, Cc, Bcc, Reply-To, Sender as "Name <address>" joined with "; ", and their bare
  addresses in From.address and so on
- Message-ID, In-Reply-To, References, and what automatic senders add: Auto-Submitted, List-Id,
  List-Unsubscribe, Precedence, X-Auto-Response-Suppress, Return-Path; X-Gmail-Labels
- Attachments (names and sizes; what they hold is not read), Body (the text, cut to 10,000
  characters; of HTML what it shows)

All other fields of the heads are not in the table; the evidence names them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from custclean.errors import InputError
from custclean.model import SEVERAL
from custclean.tables.mail.body import MAX_TEXT, body_of
from custclean.tables.mail.headers import HEADER, addresses, date, head_of, words
from custclean.tables.raw import Flag, Part, RejectedLine
from custclean.tables.sparse import Remarks, cut, table_of
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from custclean.tables.mail.body import Body
    from custclean.tables.raw import Asked

__all__ = ["NAME", "is_it", "parts"]

NAME = "mail"
PEOPLE = ("From", "To", "Cc", "Bcc", "Reply-To", "Sender")
TEXTS = (
    "Subject", "Message-ID", "In-Reply-To", "References", "Auto-Submitted", "List-Id",
    "List-Unsubscribe", "Precedence", "X-Auto-Response-Suppress", "Return-Path",
    "X-Gmail-Labels",
)  # fmt: skip
COLUMNS = (
    "Date", *(name for person in PEOPLE for name in (person, f"{person}.address")), *TEXTS,
    "Attachments", "Body",
)  # fmt: skip
ALWAYS = ("Date", "From", "From.address", "To", "To.address", "Subject", "Body")
# By these a file is told to be a mail, and a message to be one.
TELLING = frozenset(
    "from to subject date received message-id return-path mime-version".split()
)
KNOWN = frozenset(
    name.lower()
    for name in (*COLUMNS, "Content-Type", "Content-Transfer-Encoding", "MIME-Version")
)
NEEDED = 2
HEAD = 100_000  # bytes looked at
# A line that begins a message has a time and a year, or nothing, and a head behind it.
BETWEEN = re.compile(
    rb"From (?:-?[ \t]*|(?=[^\r\n]{0,500}\d\d:\d\d)(?=[^\r\n]{0,500}\d{4})[^\r\n]*)\r?\n"
    rb"(?=>?From |[!-9;-~]{1,100}[ \t]*:)"
)
QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
LENGTH = re.compile(rb"(?im)^Content-Length[ \t]*:[ \t]*(\d{1,12})[ \t]*\r?$")
HEAD_END = re.compile(rb"\n\r?\n")
BLANK = re.compile(rb"[\r\n]*+")
NAMED = 40  # other fields that the evidence names


def is_it(data: bytes) -> bool:
    """Say whether the bytes begin with a message: no table has lines `Subject: ...`."""
    head = _bare(data[:HEAD])
    if BETWEEN.match(head):
        return True
    names = set()
    place = 0
    while match := HEADER.match(head, place):
        names.add(match[1].decode("latin-1").lower())
        place = match.end()
    return len(names & TELLING) >= NEEDED


def parts(path: Path, data: bytes, asked: Asked) -> list[Part]:  # noqa: ARG001  # the seam
    """Read each message; one that is broken is rejected by itself."""
    return [_Mails(_bare(data)).part(path)]


def _bare(data: bytes) -> bytes:
    """Give the bytes without a mark before them, with line feeds."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    return data if b"\n" in data[:HEAD] else data.replace(b"\r", b"\n")


class _Message(NamedTuple):
    line: int
    data: bytes
    from_mbox: bool


class _Mails:
    """The messages of a file, and what is to be said of them."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.flags = Remarks()
        self.rejected: list[RejectedLine] = []
        self.others: dict[str, None] = {}  # fields of heads that have no column
        self.count = 0

    def part(self, path: Path) -> Part:
        """Make the table."""
        frame, lines = table_of(self._records(), COLUMNS, ALWAYS)
        if not self.count:
            raise InputError(tr("the file holds no mail"), file=path)
        return Part(
            "",
            tuple(frame.columns),
            frame,
            lines,
            header_row=0,
            rejected=tuple(self.rejected),
            flags=self.flags.told(Flag),
            evidence=self._evidence(),
            records=self.count,
        )

    def _evidence(self) -> tuple[str, ...]:
        names = sorted(self.others)
        if not names:
            return ()
        shown = ", ".join(names[:NAMED]) + (", …" if len(names) > NAMED else "")
        return (tr("fields of the heads that are not in the table: {names}", names=shown),)

    def _records(self) -> Iterator[tuple[int, dict[str, str]]]:
        row = 0
        for held in _messages(self.data):
            self.count += 1
            message = held._replace(data=held.data.replace(b"\x00", b""))
            fields, start = head_of(message.data)
            if not fields.keys() & TELLING:
                text = message.data[:HEAD].decode("latin-1")
                why = tr("this is no mail: it has neither sender, subject nor date")
                self.rejected.append(RejectedLine(message.line, cut(text), why))
                continue
            data = message.data[start:]
            if message.from_mbox and b">From " in data:
                data = QUOTED.sub(rb"\1", data)
            body = body_of(fields, data)
            values = _values(fields, body)
            if len(message.data) < len(held.data):
                self.flags.add(row, message.line, tr("a NUL byte was taken out"))
            for what in _flags(fields, body):
                self.flags.add(row, message.line, what)
            yield message.line, values
            row += 1
            if len(self.others) < HEAD:
                self.others |= dict.fromkeys(fields.keys() - KNOWN)


def _messages(data: bytes) -> Iterator[_Message]:
    """Cut a mailbox into its messages; a file without `From ` lines is one message."""
    begin = BETWEEN.match(data)
    if begin is None:
        if data.strip():
            yield _Message(1, data, from_mbox=False)
        return
    line, place = 1, 0
    while begin is not None:
        line += data.count(b"\n", place, begin.start())
        place = begin.start()
        after = _next(data, begin.end())
        end = after.start() if after else len(data)
        yield _Message(line, data[begin.end() : end], from_mbox=True)
        begin = after


def _next(data: bytes, start: int) -> re.Match[bytes] | None:
    """Find the line that begins the next message, beyond the length that this one names."""
    found = _search(data, start)
    stop = found.start() if found else len(data)
    head = HEAD_END.search(data, start, min(stop, start + HEAD))
    length = LENGTH.search(data, start, head.start()) if head else None
    if head is None or length is None:
        return found
    blank = BLANK.match(data, min(len(data), head.end() + int(length[1])))
    behind = BETWEEN.match(data, blank.end()) if blank else None
    return behind or found


def _search(data: bytes, start: int) -> re.Match[bytes] | None:
    place = start - 1
    while (place := data.find(b"\nFrom ", place)) >= 0:
        if found := BETWEEN.match(data, place + 1):
            return found
        place += 1
    return None


def _values(fields: dict[str, list[str]], body: Body) -> dict[str, str]:
    values = {"Body": body.text, "Attachments": SEVERAL.join(body.attachments)}
    for name in PEOPLE:
        people = addresses(", ".join(fields[name.lower()])) if name.lower() in fields else []
        values[name] = SEVERAL.join(_person(*person) for person in people)
        values[f"{name}.address"] = SEVERAL.join(address for _, address in people if address)
    for name in TEXTS:
        values[name] = SEVERAL.join(map(words, fields.get(name.lower(), ())))
    dates = fields.get("date", [""])
    values["Date"] = date(dates[0]) or dates[0]
    return {name: value for name, value in values.items() if value}


def _person(name: str, address: str) -> str:
    return f"{name} <{address}>" if name and address else name or address


def _flags(fields: dict[str, list[str]], body: Body) -> Iterator[str]:
    if "date" in fields and date(fields["date"][0]) is None:
        yield tr("the date cannot be read; it stays as it was")
    if body.is_cut:
        yield tr("the body was cut to {n:,} characters", n=MAX_TEXT)
    if body.too_deep:
        yield tr("parts in parts were not read: there are too many")
    if body.damaged:
        yield tr("the body is not in the character set that it names")
