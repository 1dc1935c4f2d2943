"""Texts that are not all UTF-8: what their lines are, and each line read as what it is."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TYPE_CHECKING

from custclean.tables.encodings.lines import PIECE, Runs, count_ends
from custclean.tables.raw import Flag
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Survey", "convert", "survey"]

CUTS = (b"\n", b"\r", b",", b" ")  # where a piece may end, best first
WORDS = 20_000  # distinct words that are judged, from all over the file
# What ends a word is below 0x40, so never the second byte of a Japanese letter.
RUN = re.compile(rb'([\x80-\xff][^\x00-\x20,;"]{0,80}+)[^\x00-\x20,;"]*+')
BEFORE = re.compile(rb'[^\x00-\x20,;"\x80-\xff]*\Z')


@dataclass(slots=True)
class Survey:
    """What the lines beyond ASCII are: how many are UTF-8, and words of the others."""

    valid: int = 0
    invalid: int = 0
    words: dict[bytes, None] = field(default_factory=dict)


def survey(data: bytes) -> Survey:
    """Look at the lines beyond ASCII."""
    found = Survey()
    room = max(20, WORDS * PIECE // len(data))  # words a piece, so that all parts have a say
    for piece in _pieces(data):
        lines = [line for line in piece.splitlines() if not line.isascii()]
        invalid = (
            [] if _reads(piece, "utf-8") else [x for x in lines if not _reads(x, "utf-8")]
        )
        found.valid += len(lines) - len(invalid)
        found.invalid += len(invalid)
        words = islice(chain.from_iterable(map(_words, invalid)), 3 * room)
        found.words.update(islice(dict.fromkeys(words).items(), room))
    return found


def _reads(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _words(line: bytes) -> Iterator[bytes]:
    """Give what stands between blanks, delimiters and quotes and is beyond ASCII."""
    for run in RUN.finditer(line):
        before = BEFORE.search(line, max(0, run.start() - 20), run.start())
        yield (before[0] if before else b"") + run[1]


def _pieces(data: bytes) -> Iterator[bytes]:
    """Cut at the ends of lines, or of cells where a line is very long."""
    place = 0
    while place < len(data):
        end = len(data)
        if end - place > PIECE:
            cuts = (data.rfind(mark, place, place + PIECE) + 1 for mark in CUTS)
            end = next(filter(None, cuts), place + PIECE)
            end += data[end - 1 : end + 1] == b"\r\n"
        yield data[place:end]
        place = end


def convert(data: bytes, names: tuple[str, ...]) -> tuple[bytes, tuple[Flag, ...]]:
    """Read in the first encoding; a line that it cannot read in the next, and flag it."""
    out, number, odd = io.BytesIO(), 1, Runs()
    for piece in _pieces(data):
        try:
            out.write(piece if piece.isascii() else piece.decode(names[0]).encode())
            number += count_ends(piece)
            continue
        except UnicodeDecodeError:
            pass
        for line in piece.splitlines(keepends=True):
            text, used = _first(line, names)
            out.write(text.encode())
            if used != names[0]:
                odd.add(number, used)
            number += line.endswith((b"\n", b"\r"))
    what = {
        name: tr("read as {encoding}, unlike the lines around it", encoding=name)
        for _, _, name in odd.found
    }
    return out.getvalue(), tuple(Flag(line, what[name], n) for line, n, name in odd.found)


def _first(line: bytes, names: tuple[str, ...]) -> tuple[str, str]:
    for name in names:
        try:
            return line.decode(name), name
        except UnicodeDecodeError:
            continue
    return line.decode("latin-1"), "latin-1"  # it reads any byte, so nothing is lost
