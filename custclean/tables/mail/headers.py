"""The head of a mail: its fields, encoded words, addresses and date (RFC 5322, 2047, 2231).

Read here and not by the standard library: `email.utils.getaddresses` ends in a RecursionError
on 30,000 brackets and returns nothing at all where it counts the addresses otherwise, and a
parser of headers by `policy.default` takes milliseconds a mail. Everything here is linear and
never raises.
"""

from __future__ import annotations

import binascii
import datetime as dt
import re
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from custclean.tables.encodings.charsets import read_as

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["HEADER", "addresses", "date", "head_of", "params", "unpacked", "words"]

HEADER = re.compile(rb"([!-9;-~]++)[ \t]*+:([^\n]*+(?:\n[ \t][^\n]*+)*+)(?:\n|\Z)")
BLANK = re.compile(rb"\r?\n?")
WORD = re.compile(r"=\?([^?*\s]{1,60})(?:\*[\w-]*+)?\?([bBqQ])\?([^?]*+)\?=")
TOKEN = re.compile(
    r"""(?P<text>"(?:[^"\\]++|\\.)*+"?|=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*+\?=)|\((?P<comment>(?:[^()\\]++|\\.)*+)\)?"""
    r"""|<(?P<address>[^<>]*+)>?|(?P<mark>[,;:])|(?P<other>[^",;:<(=]++|=)""",
    re.DOTALL,
)
PARAM = re.compile(r""";\s*+([\w*.-]++)\s*+=\s*+("(?:[^"\\]++|\\.)*+"|[^;\s]*+)""", re.DOTALL)
MAX_DATE = 100  # characters; no date is longer


def head_of(message: bytes) -> tuple[dict[str, list[str]], int]:
    """Give the fields of a head by their name in small letters, and where the body begins."""
    fields: dict[str, list[str]] = {}
    place = 0
    while match := HEADER.match(message, place):
        value = match[2].replace(b"\r", b"").replace(b"\n", b"").strip()
        name = match[1].decode("latin-1").lower()
        fields.setdefault(name, []).append(read_as(value, None)[0])
        place = match.end()
    blank = BLANK.match(message, place)
    return fields, blank.end() if blank else place


def words(text: str) -> str:
    """Decode the encoded words of a field; a blank between two of them is none.

    >>> words("=?utf-8?q?S=C3=B8ren?= =?utf-8?b?IEV4?= (x)")
    'Søren Ex (x)'
    """
    if "=?" not in text:
        return text
    found: list[str] = []
    charset, held, place = "", list[bytes](), 0
    for match in WORD.finditer(text):
        between = text[place : match.start()]
        gap = between if between.strip() or not held else ""
        if gap or charset.lower() != match[1].lower():
            found += [read_as(b"".join(held), charset or None)[0], gap]
            charset, held = match[1], []
        held.append(_word(match[2], match[3]))
        place = match.end()
    return "".join([*found, read_as(b"".join(held), charset or None)[0], text[place:]])


def _word(kind: str, text: str) -> bytes:
    data = text.encode("utf-8", "surrogatepass")
    if kind in "bB":
        return unpacked(data)
    return binascii.a2b_qp(data, header=True)


def unpacked(data: bytes) -> bytes:
    """Decode base64 as far as it goes; what is cut off or damaged costs its own letters."""
    data = re.sub(rb"[^A-Za-z0-9+/]+", b"", data)
    data = data[:-1] if len(data) % 4 == 1 else data
    return binascii.a2b_base64(data + b"=" * (-len(data) % 4))


def addresses(text: str) -> list[tuple[str, str]]:
    """Give name and address of each person in a field; a group is its members, or its name.

    >>> addresses('"Example, Ann" <ann@example.com>, bob@example.com (Bob); c@example.com')
    [('Example, Ann', 'ann@example.com'), ('Bob', 'bob@example.com'), ('', 'c@example.com')]
    """
    found: list[tuple[str, str]] = []
    name: list[str] = []
    comment = address = group = ""
    for match in TOKEN.finditer(text):
        mark = match["mark"]
        if mark == ":" and ";" in text:
            name, group = [], "".join(name)
        elif mark in (",", ";"):
            empty = mark == ";" and not "".join((*name, address)).strip()
            found.append(_person(group if empty else "".join(name), comment, address))
            name, comment, address = [], "", ""
        elif match["address"] is not None:
            address = match["address"]
        elif match["comment"] is not None:
            comment = match["comment"]
        else:
            name.append(match[0])
    found.append(_person("".join(name), comment, address))
    return [person for person in found if any(person)]


def _person(name: str, comment: str, address: str) -> tuple[str, str]:
    name = name.strip()
    if not address and "@" in name and " " not in name:
        name, address = comment, name
    if len(name) > 1 and name.startswith('"') and name.endswith('"'):
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    return words(name.strip()), address.strip()


@lru_cache(maxsize=1_000)  # a date is written, and asked for whether it is one
def date(text: str) -> str | None:
    """Write the date of a mail by ISO 8601 with its offset; None where it is no date.

    >>> date("Thu, 5 Mar 2026 10:00:00 +0100 (CET)")
    '2026-03-05T10:00:00+01:00'
    """
    if len(text) > MAX_DATE:
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):  # all seen in a fuzz of it
        return None
    # "-0000" is UTC of a clock that does not know where it stands
    return moment.replace(tzinfo=moment.tzinfo or dt.UTC).isoformat()


def params(text: str) -> tuple[str, Mapping[str, str]]:
    """Take a field such as Content-Type apart: its value in small letters, its parameters.

    >>> params("text/plain; charset=utf-8; name*0*=utf-8''s%C3%B8; name*1=n.txt")
    ('text/plain', {'charset': 'utf-8', 'name': 'søn.txt'})
    """
    if ";" not in text:
        return text.strip().lower(), {}
    pieces: dict[str, dict[int, tuple[bytes, bool]]] = {}
    for match in PARAM.finditer(text):
        value = match[2]
        if value.startswith('"'):
            value = re.sub(r"\\(.)", r"\1", value[1:-1])
        name, _, rest = match[1].lower().partition("*")
        number = rest.rstrip("*")
        coded = match[1].endswith("*")
        raw = unquote_to_bytes(value) if coded else value.encode("utf-8", "surrogatepass")
        place = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0
        pieces.setdefault(name, {}).setdefault(place, (raw, coded))
    found = {name: _joined(several) for name, several in pieces.items()}
    return text.partition(";")[0].strip().lower(), found


def _joined(pieces: Mapping[int, tuple[bytes, bool]]) -> str:
    raw = b"".join(piece for _, (piece, _) in sorted(pieces.items()))
    charset = None
    if pieces[min(pieces)][1] and raw.count(b"'") >= 2:
        name, _, raw = raw.split(b"'", 2)
        charset = name.decode("latin-1") or None
    return words(read_as(raw, charset)[0])
