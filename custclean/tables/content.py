"""One line of a vCard or calendar: its name, parameters and value, in any character set.

RFC 6350 section 3 and RFC 5545 section 3; the older forms by the versit papers: quoted-
printable, `CHARSET=`, parameters without a name.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from custclean.tables.encodings.charsets import read_as
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PROPERTY", "Property", "plain", "property_of", "split"]

PROPERTY = re.compile(
    rb"""(?!https?:)(?:([\w-]++)\.)?([\w-]++)((?:;(?:"[^"]*+"|[^":])*+)?|;[^:]*+):""",
    re.IGNORECASE,
)
PARAMETER = re.compile(rb""";\s*([\w-]*)\s*(=?)((?:"[^"]*+"|[^";])*+|[^;]*+)""")
ENCODINGS = {"QUOTED-PRINTABLE", "BASE64", "B", "7BIT", "8BIT"}
DATA_URI = re.compile(rb"data:([\w.+/-]*)[^,:]{0,200},")
BINARY = {"PHOTO", "LOGO", "SOUND", "KEY", "ATTACH", "X-MS-CARDPICTURE"}
ESCAPED = re.compile(r"\\([nN,;:\\])")


class Property(NamedTuple):
    """One value with its name; `value` is decoded, its escapes still in it."""

    name: str  # capitals
    value: str
    params: Mapping[str, tuple[str, ...]]  # name in capitals -> values
    group: str = ""
    size: int | None = None  # bytes of a picture, sound or file, which `value` only names


def property_of(text: bytes, fallback: str) -> tuple[Property, list[str]] | None:
    """Read a line and say what was wrong with it; None where it is no property."""
    head = PROPERTY.match(text)
    if head is None:
        return None
    group, name = (part.decode("latin-1").upper() for part in (head[1] or b"", head[2]))
    params = _params(head[3])
    value = text[head.end() :]
    packed = {"B", "BASE64"} & set(params.get("ENCODING", ()))
    if packed or (name in BINARY and DATA_URI.match(value)):
        return _packed(name, value, params, group), []
    if "QUOTED-PRINTABLE" in params.get("ENCODING", ()):
        value = quopri.decodestring(value).replace(b"\r\n", b"\n")
    charset = next(iter(params.get("CHARSET", ())), None)
    read, held = read_as(value, charset, fallback)
    faults = (
        []
        if held
        else [tr("the value is not in the character set {name} that it names", name=charset)]
    )
    return Property(name, read, params, group), faults


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


def _packed(
    name: str, value: bytes, params: Mapping[str, tuple[str, ...]], group: str
) -> Property:
    """Name a picture, sound or key by type and size; a text in base64 is read."""
    uri = DATA_URI.match(value)
    kind = uri[1].decode("latin-1") if uri else ", ".join(params.get("TYPE", ()))
    raw = b"".join(value[uri.end() if uri else 0 :].split())
    if name not in BINARY:
        try:
            text = binascii.a2b_base64(raw + b"=" * (-len(raw) % 4)).decode("utf-8")
            return Property(name, text, params, group)
        except (binascii.Error, UnicodeDecodeError):
            pass
    size = len(raw.rstrip(b"=")) * 3 // 4
    return Property(name, f"{kind.lower() or 'base64'}, {size} bytes", params, group, size)


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
    found, start = [], 0
    for match in re.finditer(rf"\\.|{mark}", value, re.DOTALL):
        if match[0] == mark:
            found.append(plain(value[start : match.start()]))
            start = match.end()
    return [*found, plain(value[start:])]
