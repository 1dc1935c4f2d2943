"""Values that were read in the wrong encoding somewhere on their way: "SÃ¸ren" for "Søren".

A program took the bytes of UTF-8 for Windows-1252 (or the encoding of DOS or of an old Mac),
or took DOS for Windows, and saved what it saw. Such a value can be told from a right one and
turned back, for bytes of UTF-8 are no text of anything else. It is offered as a fix, never
made in silence, and only what nobody would write is called misread: "IRMÃ»" may be a sister.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

__all__ = ["count", "mend", "mended", "misread"]

TIMES = 4  # a value can be misread again and again; five times nobody has seen
PIECE = 1 << 19  # bytes searched at once
# Letters and marks that stand in lists of customers, besides those of Latin-1.
USUAL = {chr(n) for n in range(0xA0, 0x100)} | set(
    "–—‘’‚“”„†•…‰‹›€™−\u200b\ufeffŒœŠšŽžŸĄąĆćČčĎďĘęĚěĞğİıŁłŃńŇňŐőŘřŚśŞşŤťŮůŰűŹźŻżĂăŢţ"
)
# What can follow a word that ends in a capital: "IRMÃ»" in Portuguese, "„BLÅ“" in a quotation.
CLOSING = set("’”“‘»›™®©ªº–—…•\xa0\xad·²³¹")
AFTER_A = set("»·\xa0\xad")  # of these, what can follow "Â", where "Âº" and "Â®" are no words
JOINING = set("–—…")  # what can stand between two such words: "MANHÃ–TARDE"
WINDOWS = "cp1252"


def _taken_for(encoding: str) -> dict[int, str]:
    """Map bytes to what the encoding makes of them; where it has nothing, to itself."""
    both = ((n, bytes([n]).decode(encoding, "replace")) for n in range(0x80, 0x100))
    return {n: chr(n) if letter == "\ufffd" else letter for n, letter in both}


SEEN_AS = {name: _taken_for(name) for name in (WINDOWS, "cp850", "mac-roman")}
# By the same bytes, Latin-1 gives control characters where Windows has marks.
BYTES = {
    name: {letter: n for n, letter in table.items()}
    | ({chr(n): n for n in range(0x80, 0xA0)} if name == WINDOWS else {})
    for name, table in SEEN_AS.items()
}


def _class(name: str, first: int, last: int) -> str:
    letters = [letter for letter, n in BYTES[name].items() if first <= n <= last]
    return "[" + "".join(map(re.escape, sorted(letters))) + "]"


def _sequence(name: str) -> str:
    """Give the pattern of one letter of UTF-8 as the encoding shows its bytes.

    Of DOS and Mac only the Latin letters and usual marks: more is not seen.
    """
    tail = _class(name, 0x80, 0xBF)
    leads = [(0xC2, 0xC3), (0xE2, 0xE2)]
    if name == WINDOWS:
        leads = [(0xC2, 0xDF), (0xE2, 0xEF), (0xF0, 0xF4)]
    return "|".join(_class(name, *lead) + tail * n for n, lead in enumerate(leads, 1))


RUNS = {name: re.compile(f"(?:{_sequence(name)})+") for name in SEEN_AS}
# DOS taken for Windows ("S›ren", "M\x81ller") and the other way round ("M³ller", "K÷ln"):
# only a mark inside a word with a capital at its start is sure to be a letter.
SWAPPED = {"›": "ø", "†": "å", "‡": "ç", "\x81": "ü", "³": "ü", "÷": "ö"}
SWAP = re.compile(r"\b([A-ZÆØÅÄÖÜ][a-zæøåäöü]*)([›†‡\x81³÷])(?=[a-zæøåäöü]{2})")
TELLING = f"{'|'.join(_sequence(name) for name in SEEN_AS)}|[A-Za-z][›†‡\x81³÷][a-z]"

HALF = "â€"  # of "”": the last of its bytes is no letter of Windows, and programs drop it

LEAD = 0xC2  # the least byte that begins a letter of several
MARKS = np.array(sorted({int.from_bytes(mark.encode()[:2], "big") for mark in SWAPPED}))


def misread(data: bytes) -> bool:
    """Say whether UTF-8 bytes may hold misread values; False is certain."""
    if data.isascii():
        return False
    return any(
        pl.Series([piece]).cast(pl.String, strict=False).str.contains(TELLING).any()
        for piece in _pieces(data)
        if _may_be(np.frombuffer(piece, np.uint8))
    )


def _may_be(piece: NDArray[np.uint8]) -> bool:
    """Say whether two letters beyond ASCII stand side by side, or a mark for a letter."""
    leads = np.flatnonzero(piece >= LEAD)
    before = piece[np.maximum(leads - 1, 0)]
    if ((before >= 0x80) & (leads > 0)).any():
        return True
    pairs = piece[leads].astype(np.uint16) << 8 | piece[np.minimum(leads + 1, len(piece) - 1)]
    return bool(np.isin(pairs, MARKS).any())


def _pieces(data: bytes) -> Iterator[bytes]:
    place = 0
    while place < len(data):
        end = data.find(b"\n", place + PIECE) + 1 or len(data)
        yield data[place:end]
        place = end


def count(frame: pl.DataFrame) -> dict[str, int]:
    """Count the cells that are misread for sure, of each column that has any."""
    counts = {}
    for column in frame.select(pl.col(pl.String)):
        fixes = _fixes(column)
        if fixes:
            counts[column.name] = int(column.is_in(list(fixes)).sum())
    return counts


def mended(frame: pl.DataFrame) -> pl.DataFrame:
    """Give the table with each misread value as it was meant."""
    columns = (column.name for column in frame.select(pl.col(pl.String)))
    fixes = {name: _fixes(frame[name]) for name in columns}
    return frame.with_columns(
        pl.col(name).replace(list(fix), list(fix.values()))
        for name, fix in fixes.items()
        if fix
    )


def _fixes(column: pl.Series) -> dict[str, str]:
    """Give each misread value of the column and what it was meant to be."""
    telling = column.filter(column.str.contains(TELLING)).unique().to_list()
    return {value: fix for value in telling if (fix := mend(value)) is not None}


def mend(value: str) -> str | None:
    """Give the value as it was meant; None where it is not misread for sure.

    >>> mend("SÃ¸ren’s CafÃ©"), mend("SÃO JOÃO")
    ('Søren’s Café', None)
    """
    meant = value
    for _ in range(TIMES):
        before, meant = meant, _step(meant)
        if meant == before:
            return None if meant == value else meant.replace(HALF, "”")
    return None


def _step(value: str) -> str:
    """Undo one misreading."""
    if value.isascii():
        return value
    for name, runs in RUNS.items():
        if any(_sure(name, run) for run in runs.finditer(value)):
            return runs.sub(partial(_mended_run, name), value)
    return SWAP.sub(lambda match: match[1] + SWAPPED[match[2]], value)


def _mended_run(name: str, run: re.Match[str]) -> str:
    return _meant(name, run[0]) or run[0]


def _meant(name: str, shown: str) -> str | None:
    """Turn marks back into the letters of UTF-8 that they were, if those are usual ones."""
    try:
        letters = bytes(BYTES[name][mark] for mark in shown).decode()
    except UnicodeDecodeError:
        return None
    foreign = name == WINDOWS and (len(letters) > 1 or letters > "\uffff")
    fits = str.isprintable if foreign else USUAL.__contains__
    # Control characters are among them where a value was misread more than once.
    good = (fits(x) or x in USUAL or (foreign and "\x80" <= x <= "\x9f") for x in letters)
    return letters if all(good) else None


def _sure(name: str, run: re.Match[str]) -> bool:
    """Say whether nobody would have written these marks where they stand."""
    letters = _meant(name, run[0])
    if letters is None or len(letters) > 1 or len(run[0]) > 2:
        return letters is not None
    before = run.string[max(0, run.start() - 3) : run.start()]
    after = run.string[run.end() : run.end() + 1]
    lead, mark = run[0][0], run[0][1]
    if name != WINDOWS:
        return before[-1:].isalnum() or after.isalnum()
    if before[-1:].islower() or (lead == "Â" and mark not in AFTER_A):
        return True
    if mark == "\xa0":
        return before[-1:].isdigit() if lead == "Â" else before[-1:] in ("", " ")
    if before[-1:].isupper() and mark in JOINING:
        return after.isupper() and not (len(before) == 3 and before.isalpha())
    return mark not in CLOSING or after.isalpha()
