"""XML by expat, with all that makes XML dangerous refused: no DTD, so no entities.

Neither a bomb of entities nor one that fetches a file can be written without a DTD.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat  # nothing else of `xml` is used: this is the safe door to it

from custclean.errors import InputError
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["parse"]


def parse(
    data: bytes,
    start: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
    *,
    prefixes: bool = False,
) -> None:
    """Call `start`, `end` and `text` as the elements go by; `prefixes` keeps theirs."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = start if prefixes else _without_prefix(start)
    if end is not None:
        parser.EndElementHandler = end if prefixes else lambda name: end(_local(name))
    parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)  # noqa: FBT003  # expat takes nothing by name
    except expat.ExpatError as error:
        msg = tr("its XML is broken: {why}", why=str(error))
        raise InputError(msg, line=error.lineno) from None


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _without_prefix(
    start: Callable[[str, Mapping[str, str]], None],
) -> Callable[[str, Mapping[str, str]], None]:
    return lambda name, found: start(_local(name), found)


def _refuse(*_: object) -> None:
    raise InputError(tr("the file declares XML entities"))
