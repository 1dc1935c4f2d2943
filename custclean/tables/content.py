"""One line of a vCard or calendar: its name, parameters and value, in any character set.

RFC 6350 section 3 and RFC 5545 section 3; the older forms by the versit papers: quoted-
printable, `CHARSET=`, parameters without a name.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from custclean.tables.encodings.charsets import read_as
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Head", "Heads", "Property", "plain", "property_of", "split", "usual_property"]

PROPERTY = re.compile(
    rb"""(?!https?:)(?:([\w-]++)\.)?([\w-]++)((?:;(?:"[^"]*+"|[^":])*+)?|;[^:]*+):""",
    re.IGNORECASE,
)
PARAMETER = re.compile(rb""";\s*([\w-]*)\s*(=?)((?:"[^"]*+"|[^";])*+(?=;|\Z)|[^;]*+)""")
LAST = 101  # behind the last rank that PREF can give
KNOWN = 1_000  # heads that are remembered
ENCODINGS = {"QUOTED-PRINTABLE", "BASE64", "B", "7BIT", "8BIT"}
DATA_URI = re.compile(rb"data:([\w.+/-]*)[^,:]{0,200},")
BINARY = {"PHOTO", "LOGO", "SOUND", "KEY", "ATTACH", "X-MS-CARDPICTURE"}
STRUCTURE = {"BEGIN", "END", "VERSION"}  # what they say holds for other lines
ESCAPED = re.compile(r"\\([nN,;:\\])")


@dataclass(frozen=True, eq=False, slots=True)
class Head:
    """What stands before a value: the same in line after line, so it is read once."""

    name: str  # capitals
    params: Mapping[str, tuple[str, ...]]  # name in capitals -> values
    group: str
    rank: int  # 1 is the preferred of several
    size: int  # bytes, with the colon
    quoted: bool  # its value may go on in the next line
    packed: bool  # likewise
    usual: bool  # its value is a line of text, and no more than that


class Property(NamedTuple):
    """One value with its name; `value` is decoded, its escapes still in it."""

    name: str  # capitals
    value: str
    params: Mapping[str, tuple[str, ...]]  # name in capitals -> values
    group: str = ""
    rank: int = LAST  # 1 is the preferred of several
    size: int | None = None  # bytes of a picture, sound or file, which `value` only names


class Heads:
    """The heads of the lines of a file."""

    def __init__(self) -> None:
        self.known: dict[bytes, Head] = {}

    def of(self, text: bytes) -> Head | None:
        """Give the head of a line; None where it is no property."""
        return self.of_all([text])[0]

    def of_all(self, lines: list[bytes]) -> list[Head | None]:
        """Give the heads of many lines."""
        known = self.known.get
        return [known(text[: text.find(b":") + 1]) or self._new(text) for text in lines]

    def _new(self, text: bytes) -> Head | None:
        match = PROPERTY.match(text)
        if match is None:
            return None
        head, start = _head(match), text[: text.find(b":") + 1]
        # with all its quotes closed the start says all: what follows cannot change it
        if head.size == len(start) and start.count(b'"') % 2 == 0 and len(self.known) < KNOWN:
            self.known[start] = head
        return head


def _head(match: re.Match[bytes]) -> Head:
    group, name = (part.decode("latin-1").upper() for part in (match[1] or b"", match[2]))
    params, raw = _params(match[3]), match[3].upper()
    quoted = b"QUOTED-PRINTABLE" in raw
    packed = b"BASE64" in raw or b"ENCODING=B" in raw
    told = quoted or packed or not params.keys().isdisjoint(("ENCODING", "CHARSET"))
    usual = not told and name not in BINARY and name not in STRUCTURE
    return Head(name, params, group, _rank(params), match.end(), quoted, packed, usual)


def _rank(params: Mapping[str, tuple[str, ...]]) -> int:
    """Give the place by PREF (RFC 6350, 5.3, and TYPE=PREF before it)."""
    if "PREF" in params.get("TYPE", ()):
        return 1
    rank = "".join(params.get("PREF", ()))
    return int(rank) if rank.isascii() and rank.isdigit() and len(rank) < 4 else LAST


def property_of(text: bytes, head: Head, fallback: str) -> tuple[Property, list[str]]:
    """Read a line with this head, and say what was wrong with it."""
    if head.usual:
        return usual_property(text, head, fallback), []
    params, value = head.params, text[head.size :]
    packed = {"B", "BASE64"} & set(params.get("ENCODING", ()))
    if packed or (head.name in BINARY and DATA_URI.match(value)):
        return _packed(head, value), []
    if "QUOTED-PRINTABLE" in params.get("ENCODING", ()):
        value = quopri.decodestring(value).replace(b"\r\n", b"\n")
    charset = next(iter(params.get("CHARSET", ())), None)
    read, held = read_as(value, charset, fallback)
    faults = (
        []
        if held
        else [tr("the value is not in the character set {name} that it names", name=charset)]
    )
    return Property(head.name, read, params, head.group, head.rank), faults


def usual_property(text: bytes, head: Head, fallback: str) -> Property:
    """Read a line whose head is usual."""
    value = read_as(text[head.size :], None, fallback)[0]
    return Property(head.name, value, head.params, head.group, head.rank)


def _params(text: bytes) -> dict[str, tuple[str, ...]]:
    """Read `;TYPE=a,b;C="d"` and the older `;HOME;BASE64`; values of TYPE in capitals."""
    params: defaultdict[str, list[str]] = defaultdict(list)
    for match in PARAMETER.finditer(text):
        name, bare, value = match[1].decode("latin-1").upper(), not match[2], match[3]
        if bare:
            value = match[1] + value
            name = "ENCODING" if value.decode("latin-1").upper() in ENCODINGS else "TYPE"
        read = read_as(value, None)[0].strip().strip('"')
        values = read.upper().split(",") if name in ("TYPE", "ENCODING") else [read]
        params[name] += (each.strip('" ') for each in values)
    return {name: tuple(values) for name, values in params.items()}


def _packed(head: Head, value: bytes) -> Property:
    """Name a picture, sound or key by type and size; a text in base64 is read."""
    name, params, group, rank = head.name, head.params, head.group, head.rank
    uri = DATA_URI.match(value)
    kind = uri[1].decode("latin-1") if uri else ", ".join(params.get("TYPE", ()))
    raw = b"".join(value[uri.end() if uri else 0 :].split())
    if name not in BINARY:
        try:
            text = binascii.a2b_base64(raw + b"=" * (-len(raw) % 4)).decode("utf-8")
            return Property(name, text, params, group, rank)
        except (binascii.Error, UnicodeDecodeError):
            pass
    size = len(raw.rstrip(b"=")) * 3 // 4
    shown = f"{kind.lower() or 'base64'}, {size} bytes"
    return Property(name, shown, params, group, rank, size)


def plain(value: str) -> str:
    r"""Take the escapes out of a value.

    >>> plain(r"a\, b\nc")
    'a, b\nc'
    """
    if "\\" not in value:
        return value
    return ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def split(value: str, mark: str = ";") -> list[str]:
    r"""Split a value at marks that are not escaped, and take the escapes out.

    >>> split(r"Example;Ann\;B;")
    ['Example', 'Ann;B', '']
    """
    if "\\" not in value:
        return value.split(mark)
    found, start = [], 0
    for match in re.finditer(rf"\\.|{mark}", value, re.DOTALL):
        if match[0] == mark:
            found.append(plain(value[start : match.start()]))
            start = match.end()
    return [*found, plain(value[start:])]
