"""Street lines taken apart: the road, the number of the house, and the flat in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, auto
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from custclean.stages.link.hashing import hash_values
from custclean.stages.link.normal.hashed import Hashed, Spelt
from custclean.stages.link.words import Words
from custclean.text import street

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from custclean.stages.link.hashing import Rows
    from custclean.stages.link.vocabulary import Bools

__all__ = ["add_streets"]

_ORDINALS = dict(
    zip(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
        ).split(),
        (f"{n}th" for n in range(1, 13)),
    )
)
_COMPOUND = r"^\d+[a-z]+$|(?:strasse|strade|str|platz|plads|pl|vej|gade|allee)$"
_IN_FLATS = {"apt", "kl"}  # the number of the flat stands behind
_FLOORS = {"fl"}  # the number of the floor stands on either side
_GROUND = {"stth", "sttv", "stmf"}


_NOT = np.zeros(1, dtype=bool)


class _Kind(IntEnum):
    """What a word of a street line may be, whatever stands beside it."""

    WORD = 0
    NUMBER = auto()
    ORDINAL = auto()
    LETTER = auto()
    COMPASS = auto()  # a letter that may be a direction
    FLAT = auto()
    FLOOR = auto()
    SIDE = auto()
    GROUND = auto()
    BOX = auto()


def add_streets(columns: Hashed, lines: pl.Series) -> None:
    """Add road, house and unit of each line."""
    words = _words(lines)
    parts = _Parts.of(words)
    road = words.keep(parts.road)
    columns.add("road", road.any_order())
    columns.add("house", words.keep(parts.house).in_order())
    # the second floor is floor 2
    bare = words.spelt.str.replace(r"^(\d+)th$", "$1")
    columns.add("unit", words.keep(parts.unit).any_order(hash_values(bare)))
    starts = hash_values(road.spelt.str.head(4))
    columns.add("road4", np.append(starts, np.uint64(0))[_longest(road)])
    columns.spelt["road"] = Spelt.of(road)


def _words(lines: pl.Series) -> Words:
    """Take lines apart into words, each in the one spelling that stands for it."""
    cut = lines
    if (odd := lines.str.contains(street.MAY_BE_CUT).fill_null(value=False).arg_true()).len():
        some = lines.gather(odd)
        for short, whole in street.CUT:
            some = some.str.replace_all(short, whole)
        cut = lines.scatter(odd, some)
    words = Words.of(cut).respelt(_apart, _COMPOUND).phrased(_phrases())
    first = np.append(words.known(dict.fromkeys(street.INITIAL, 1)) > 0, False)[words.at(0)]
    return words.put("st", 0, first & (words.counts > 1)).respelt(_spelt)


def _apart(words: pl.Series) -> pl.Series:
    """Take words apart that are two: "testvej", "12b", "2tv"."""
    for joined, split in street.JOINED:
        words = words.str.replace(joined, split)
    words = words.str.replace(r"^(\d+)([a-z]|tv|mf)$", "$1 $2")
    return words.str.replace(r"^(\d+)(?:st|nd|rd|th)$", "${1}th")


@cache
def _phrases() -> dict[str, str]:
    """Give one word for each spelling of several words."""
    spellings = street.spellings()
    table = {old: new for old, new in spellings.items() if " " in old}
    table |= {new: new for new in spellings.values() if " " in new}
    return {old: new.replace(" ", "") for old, new in table.items()}


@cache
def _spellings() -> dict[str, str]:
    """Map each word of a street line to the one that stands for it."""
    lost = dict.fromkeys(street.DROP.split("|"), "")
    words = {old: new.replace(" ", "") for old, new in street.spellings().items()}
    # "n" of "numero", which the first table may give, is lost with the second
    table = {word: lost.get(new, new) for word, new in words.items()} | lost | _ORDINALS
    return {word: new for word, new in table.items() if " " not in word}


def _spelt(words: pl.Series) -> pl.Series:
    table = _spellings()
    return words.replace_strict(list(table), list(table.values()), default=words)


@cache
def _known() -> dict[str, int]:
    kinds = {
        _Kind.FLAT: _IN_FLATS, _Kind.FLOOR: _FLOORS, _Kind.GROUND: _GROUND, _Kind.BOX: {"po"},
        _Kind.SIDE: set(street.SIDES), _Kind.COMPASS: {"s", "w"},
    }  # fmt: skip
    return {word: int(kind) for kind, words in kinds.items() for word in words}


def _kinds(words: Words) -> NDArray[np.int8]:
    """Give the kind of each word of each line."""
    kinds = words.known(_known()).astype(np.int8)
    kinds[words.marked(pl.col("w").str.contains(r"^\d{1,5}$"))] = _Kind.NUMBER
    kinds[words.marked(pl.col("w").str.contains(r"^\d+th$"))] = _Kind.ORDINAL
    kinds[(words.every.sizes == 1) & (kinds == _Kind.WORD)] = _Kind.LETTER
    return kinds[words.ids]


@dataclass(frozen=True)
class _Parts:
    """Which words of the lines belong to the road, to the house, to the flat."""

    road: Bools
    house: Bools
    unit: Bools

    @classmethod
    def of(cls, words: Words) -> _Parts:
        """Tell by kind, and by what stands beside: "Flat 5c, 10 Mill Road", "7, 2. tv"."""
        kinds, line = _kinds(words), _Line.of(words)
        number, ordinal = kinds == _Kind.NUMBER, kinds == _Kind.ORDINAL
        letter = (kinds == _Kind.LETTER) | (kinds == _Kind.COMPASS)
        flat = _flats(line, kinds, number, letter)
        house = line.first(number & ~line.behind(flat))
        house |= line.first(number) & ~line.having(house)
        flat &= ~line.before(house)
        word = line.before(kinds == _Kind.WORD)
        # "12 S Mill Street", but "12 a Mill Street"
        letter &= line.behind(number | flat) & ~((kinds == _Kind.COMPASS) & word)
        side = (kinds == _Kind.SIDE) & line.behind(number | letter | flat) & ~word
        house |= letter & line.behind(house)
        unit = number | letter | side | (kinds == _Kind.GROUND)
        unit = (unit | (ordinal & line.before(flat))) & ~house
        road = ~(house | unit | flat)
        # a post box is the road where there is no other
        if (box := kinds == _Kind.BOX).any():
            road &= ~(box & line.having(road & ~box))
        return cls(road, house, unit)


def _flats(line: _Line, kinds: NDArray[np.int8], number: Bools, letter: Bools) -> Bools:
    """Mark the words that say "here is the number of a flat", if there is one."""
    flat, floor = kinds == _Kind.FLAT, kinds == _Kind.FLOOR
    counted = (number & ~line.first(number)) | (kinds == _Kind.ORDINAL)
    result: Bools = (flat | floor) & line.before(number | letter)
    result |= flat & line.before(kinds == _Kind.SIDE)
    result |= floor & line.behind(counted)
    return result


@dataclass(frozen=True)
class _Line:
    """Which words stand beside one another."""

    together: Bools  # each word but the first, and the one before it
    text: Rows

    @classmethod
    def of(cls, words: Words) -> _Line:
        return cls(words.text[1:] == words.text[:-1], words.text)

    def behind(self, marked: Bools) -> Bools:
        """Mark the words right behind a marked one."""
        return np.concatenate([_NOT[: len(marked)], marked[:-1] & self.together])

    def before(self, marked: Bools) -> Bools:
        """Mark the words right before a marked one."""
        return np.concatenate([marked[1:] & self.together, _NOT[: len(marked)]])

    def first(self, marked: Bools) -> Bools:
        """Mark only the first of the marked words of each text."""
        result = np.zeros(len(marked), dtype=bool)
        where = np.flatnonzero(marked)
        text = self.text[where]
        result[where[np.append(True, text[1:] != text[:-1])[: len(where)]]] = True
        return result

    def having(self, marked: Bools) -> Bools:
        """Mark all words of the texts that have a marked one."""
        result = np.zeros(int(self.text[-1]) + 1 if len(self.text) else 0, dtype=bool)
        result[self.text[marked]] = True
        found: Bools = result[self.text]
        return found


def _longest(words: Words) -> np.ndarray:
    """Give the longest word of each text; -1 for none."""
    sizes = words.spelt.str.len_bytes().to_numpy().astype(np.int64)[words.ids]
    result = np.full(len(words), -1, dtype=np.int64)
    there = np.flatnonzero(words.counts)
    if len(there):
        # longest first, then the smallest hash: the order of words does not matter
        low = (words.hashes[words.ids] >> np.uint64(32)).astype(np.int64)
        worth = (np.minimum(sizes, 1000) << 32) | low
        best = np.maximum.reduceat(worth, words.ends[:-1][there])
        top = np.flatnonzero(worth == np.repeat(best, words.counts[there]))
        result[words.text[top]] = words.ids[top]
    return result
