"""Bytes with a character set that somebody declared: trusted as far as it holds.

vCards name one for each value (`CHARSET=`), mails for each part and encoded word. A name is
taken from the file, so only codecs of text are allowed: Python's others (`punycode`,
`unicode_escape`) are slow on long input or change what a value says.
"""

from __future__ import annotations

import codecs
import re

__all__ = ["read_as"]

TEXT = re.compile(
    r"(?:utf-?(?:8|16|32)|ascii|iso(?:8859|2022)|cp\d|koi8|gb|big5|euc|shift|mac|tis|hz|johab)"
    r"[\w-]*"
)
WIDER = {"iso8859-1": "cp1252", "gb2312": "gb18030"}  # what writers mean by these names


def read_as(data: bytes, charset: str | None, fallback: str = "cp1252") -> tuple[str, bool]:
    r"""Give the text, and whether the declared charset held; without one, UTF-8 is tried.

    >>> read_as(b"S\xf8ren", "windows-1252"), read_as(b"S\xc3\xb8ren", "x-no-such")
    (('Søren', True), ('Søren', False))
    """
    if charset is None and data.isascii():
        return data.decode("ascii"), True
    declared = _codec(charset) if charset else ()
    for name in (*declared, "utf-8", fallback):
        try:
            return data.decode(name), charset is None or name in declared
        except (UnicodeError, LookupError):
            continue
    return data.decode("latin-1"), charset is None


def _codec(charset: str) -> tuple[str, ...]:
    """Name the codecs to try for a declared name, the wider first; none if it is unknown."""
    try:
        name = codecs.lookup(charset[:40].strip(" \"'")).name
    except (LookupError, ValueError):
        return ()
    if not TEXT.fullmatch(name):
        return ()
    return (WIDER[name], name) if name in WIDER else (name,)
