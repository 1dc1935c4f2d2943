"""The first characters of a file, whatever it is encoded in: enough to know a format by."""

from __future__ import annotations

import codecs

__all__ = ["first_text"]

LOOKED_AT = 8_192  # bytes
WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def first_text(data: bytes) -> str:
    r"""Give the beginning without byte order mark and blanks; letters beyond ASCII may be off.

    >>> first_text(b"\xff\xfe \x00!\x00C\x00"), first_text(b"\xef\xbb\xbf\n{}")
    ('!C', '{}')
    """
    start = data[:LOOKED_AT]
    wide = WIDE.get(start[:2])
    if wide is None and b"\x00" in start[:2]:  # UTF-16 without its mark
        wide = "utf-16-be" if start[:1] == b"\x00" else "utf-16-le"
    text = start.decode(wide or "utf-8", "replace")
    return text.lstrip("\ufeff \t\r\n")
