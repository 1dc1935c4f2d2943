"""XML by expat, with all that makes XML dangerous refused: no DTD, so no entities.

Neither a bomb of entities nor one that fetches a file can be written without a DTD.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers import expat  # nothing else of `xml` is used: this is the safe door to it

from custclean.errors import InputError
from custclean.tables.encodings.charsets import read_as
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["parse"]

DECLARED = re.compile(rb"""(\xef\xbb\xbf)?<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]+)""")


def parse(
    data: bytes,
    start: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
    *,
    prefixes: bool = False,
) -> None:
    """Call `start`, `end` and `text` as the elements go by; `prefixes` keeps theirs."""
    parser, data = _parser(data)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = start if prefixes else _without_prefix(start)
    if end is not None:
        parser.EndElementHandler = end if prefixes else lambda name: end(_local(name))
    parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)  # noqa: FBT003  # expat takes nothing by name
    except (expat.ExpatError, ValueError, LookupError) as error:  # its encoding, too
        msg = tr("its XML is broken: {why}", why=str(error))
        raise InputError(msg, line=getattr(error, "lineno", None)) from None


def _parser(data: bytes) -> tuple[expat.XMLParserType, bytes]:
    """Give a parser and what it can read: of several bytes expat knows only UTF."""
    named = DECLARED.match(data)
    if named is None:
        return expat.ParserCreate(), data
    text, held = read_as(data, "utf-8" if named[1] else named[2].decode("ascii"))
    if not held:  # expat says what is wrong
        return expat.ParserCreate(), data
    return expat.ParserCreate("utf-8"), text.encode("utf-8")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _without_prefix(
    start: Callable[[str, Mapping[str, str]], None],
) -> Callable[[str, Mapping[str, str]], None]:
    return lambda name, found: start(_local(name), found)


def _refuse(*_: object) -> None:
    raise InputError(tr("the file declares XML entities"))
