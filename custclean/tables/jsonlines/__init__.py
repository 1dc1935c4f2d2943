"""JSON lines, and the other ways in which a list of records is put into JSON.

One object a line; an array of objects; objects one after another; an object that holds such
arrays, as the answers of web services do. A value is kept as it is written: `1.10` stays
`1.10`, an id of 20 digits keeps each of them; `true` is TRUE as in a workbook. Objects and
lists in a record become columns of their own, `Address.City`, `Phone.1.Number`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from custclean.errors import InputError
from custclean.tables.encodings.decoding import decode
from custclean.tables.encodings.peek import first_text
from custclean.tables.jsonlines.rows import Found, Rows, too_deep
from custclean.tables.limits import check_parts
from custclean.tables.raw import Note
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from custclean.tables.raw import Asked, Part

__all__ = ["NAME", "is_it", "parts"]

NAME = "jsonl"
FIRST = re.compile(r'\{\s*+["}]|\[\s*+\{')
LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
GAP = re.compile(r"[\s,]*+")  # between two objects; a comma too many does no harm
KEY = re.compile(r'\s*+,?\s*+(?=")')
COLON = re.compile(r"\s*+:\s*+")
CLOSE = re.compile(r"\s*+\}")
RECORDS = re.compile(r"\[\s*+\{")
LISTS_AT = 3  # objects deep: {"QueryResponse": {"Customer": [...]}}
MAX_BROKEN = 100  # objects of an array that are looked past: each may cost the whole file


class _BrokenError(ValueError):
    """There is no value here, and why."""


class _Decoder:
    """Python's decoder, keeping the spelling of numbers and both of two equal keys."""

    def __init__(self) -> None:
        self.odd = False  # the last value held NaN or Infinity, which JSON does not know
        self._json = json.JSONDecoder(
            object_pairs_hook=tuple,
            parse_int=str,
            parse_float=str,
            parse_constant=self._constant,
            strict=False,  # a tab inside a text is no reason to lose a customer
        )

    def _constant(self, name: str) -> str:
        self.odd = True
        return name

    def at(self, text: str, place: int) -> tuple[Any, int]:
        """Give the value that begins here and where it ends."""
        self.odd = False
        try:
            return self._json.raw_decode(text, place)
        except json.JSONDecodeError as error:
            raise _BrokenError(tr("not valid JSON: {why}", why=error.msg)) from None
        except RecursionError:
            raise _BrokenError(too_deep()) from None


@dataclass(frozen=True, slots=True)
class _Member:
    """A key of an object that is the whole file, and where its value stands."""

    name: str
    start: int  # of the key
    value: int
    end: int
    is_list: bool


def is_it(data: bytes) -> bool:
    """Say whether the file begins with an object, or with an array of objects."""
    return FIRST.match(first_text(data)) is not None


def parts(path: Path, data: bytes, asked: Asked) -> list[Part]:
    """Give the records as one table; a table a list where an object holds several."""
    decoded = decode(path, data, asked.encoding)
    text = decoded.text
    members = _members(text)
    lists = [member for member in members if member.is_list]
    check_parts(path, len(lists))
    tables, notes = [Rows(path, text, len(data), each.name) for each in lists], []
    for table, member in zip(tables, lists):
        table.fill(_stream(text, member.value + 1, "]"))
    if not tables or _is_record(members, tables, asked):
        tables = [Rows(path, text, len(data), "")]
        tables[0].fill(_found(text))
    else:
        notes = [_note(text, member) for member in members if not member.is_list]
    if not any(table.lines for table in tables):
        raise _no_record(path, tables)
    return [table.part(tuple(notes), decoded) for table in tables]


def _no_record(path: Path, tables: list[Rows]) -> InputError:
    faults = sorted(fault for table in tables for fault in table.rejected)
    if not faults:
        return InputError(tr("the file holds no record"), file=path)
    msg = tr("no record could be read: {why}", why=faults[0].reason)
    expected = tr("a JSON object a line")
    return InputError(msg, file=path, line=faults[0].line, expected=expected)


def _is_record(members: list[_Member], tables: list[Rows], asked: Asked) -> bool:
    """Say whether an object is one record with lists in it, not a file of lists."""
    own = asked.looks_like([member.name for member in members])
    return own > max(asked.looks_like(table.header) for table in tables)


def _note(text: str, member: _Member) -> Note:
    return Note(1 + _ends(text, 0, member.start), text[member.start : member.end])


def _ends(text: str, start: int, end: int) -> int:
    """Count the line ends between two places, be they CRLF, LF or CR."""
    return text.count("\n", start, end) or text.count("\r", start, end)


def _members(text: str) -> list[_Member]:
    """Give the members of the object that is the whole file; none where it is no such."""
    start = _gap(text, 0)
    if not text.startswith("{", start):
        return []
    try:
        members, end = _inside(_Decoder(), text, start + 1, "")
    except _BrokenError:
        return []
    return members if _gap(text, end) == len(text) else []


def _inside(
    decoder: _Decoder, text: str, place: int, outer: str, depth: int = 1
) -> tuple[list[_Member], int]:
    found: list[_Member] = []
    while not (close := CLOSE.match(text, place)):
        key = KEY.match(text, place)
        if key is None:
            raise _BrokenError
        name, place = decoder.at(text, key.end())
        colon = COLON.match(text, place)
        if colon is None:
            raise _BrokenError
        value, name = colon.end(), f"{outer}.{name}" if outer else name
        if text.startswith("{", value) and depth < LISTS_AT:
            inner, place = _inside(decoder, text, value + 1, name, depth + 1)
            found += inner
            continue
        _, place = decoder.at(text, value)
        is_list = RECORDS.match(text, value) is not None
        found.append(_Member(name, key.end(), value, place, is_list))
    return found, close.end()


def _found(text: str) -> Iterator[Found]:
    """Give the values of the file, by the way in which its first one stands in it."""
    place = _gap(text, 0)
    if text.startswith("[", place):
        return _array(text, place + 1)
    try:
        _, end = _Decoder().at(text, place)
    except _BrokenError:
        return _lines(text)
    return _stream(text, place) if _ends(text, place, end) else _lines(text)


def _lines(text: str) -> Iterator[Found]:
    """Give the value of each line; a line that is broken costs itself alone."""
    decoder = _Decoder()
    for number, match in enumerate(LINE.finditer(text), 1):
        start, stop = match.span(1)
        line = match[1].strip()
        if not line:
            continue
        try:
            value, end = decoder.at(line, 0)
        except _BrokenError as error:
            yield Found(number, start, stop, reason=str(error))
            continue
        rest = line[end:].strip()
        why = "" if rest in ("", ",") else tr("more stands behind the object")
        yield Found(number, start, stop, value, why, odd=decoder.odd, comma=bool(rest))


def _array(text: str, place: int) -> Iterator[Found]:
    end = yield from _stream(text, place, "]")
    rest = _gap(text, end + 1)
    if rest < len(text):
        why = tr("more stands behind the list")
        yield Found(1 + _ends(text, 0, rest), rest, len(text), reason=why)


def _stream(text: str, place: int, close: str = "") -> Generator[Found, None, int]:
    """Give values that stand one after another up to the bracket that closes their list.

    Behind a broken one the next is looked for where a line begins as its own did; of a list
    in one line the rest is rejected with it.
    """
    decoder, broken, number, counted = _Decoder(), 0, 1, 0
    while (place := _gap(text, place)) < len(text):
        number, counted = number + _ends(text, counted, place), place
        if close and text.startswith(close, place):
            return place
        try:
            value, end = decoder.at(text, place)
            yield Found(number, place, end, value, odd=decoder.odd)
        except _BrokenError as error:
            broken += 1
            end = _next(text, place) if broken < MAX_BROKEN else len(text)
            yield Found(number, place, end, reason=str(error))
            if end == len(text):
                return end
        place = end
    if close:
        why = tr("the list is not closed: the file may be cut off")
        yield Found(number + _ends(text, counted, place), place, place, reason=why)
    return place


def _next(text: str, place: int) -> int:
    """Find the next line that begins like the one that begins here; else the end."""
    start = 1 + max(text.rfind("\n", 0, place), text.rfind("\r", 0, place))
    indent = text[start:place]
    if indent.strip():
        return len(text)
    found = re.compile(rf"[\r\n]{indent}\{{").search(text, place)
    return found.start() + 1 if found else len(text)


def _gap(text: str, place: int) -> int:
    """Give where the next value begins."""
    gap = GAP.match(text, place)
    return gap.end() if gap else place
