"""Where somebody is: street, number, flat, postcode, town, region and country."""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl

from custclean.folding import fold
from custclean.stages.link.hashing import hash_values
from custclean.stages.link.normal.hashed import Hashed, Spelt, by_distinct
from custclean.stages.link.words import Words
from custclean.text import country, postcode, street

__all__ = ["add_places", "postcode_in"]

_KEYS = {"city": fold, "region": fold, "country": country.key, "postcode": postcode.key}
_ORDINALS = dict(
    zip(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
        ).split(),
        (f"{n}th" for n in range(1, 13)),
    )
)
_COMPOUND = r"^\d+[a-z]+$|(?:strasse|strade|str|platz|plads|pl|vej|gade|allee)$"
_FLAT = "flat"  # what stands for every word that says "here comes the number of a flat"


def add_places(
    columns: Hashed, streets: pl.Series | None, places: dict[str, pl.Series]
) -> None:
    """Add the parts of addresses; `places` holds the other columns by kind."""
    if streets is not None:
        _add_streets(columns, streets)
    for kind, values in places.items():
        keys, place = by_distinct(values, _KEYS[kind])
        columns.add(kind, hash_values(keys)[place])
        columns.spelt[kind] = Spelt.of(keys, place)


def postcode_in(addresses: pl.Series) -> pl.Series:
    """Find a postcode in an address that stands in one field."""
    return addresses.str.extract(r"\b(\d{4,5}(?:-\d{3,4})?)\b(?:\D*)$")


@cache
def _spellings() -> dict[str, str]:
    """Map each word of a street line to the one that stands for it; flats all to one."""
    units = set(street.UNITS) - {"n", "north", "bis"}
    words = street.spellings()
    flats = {word: _FLAT for word in [*words, *units] if words.get(word, word) in units}
    lost = dict.fromkeys(street.DROP.split("|"), "") | {"n": ""}
    # "n" of "numero", which the first table may give, is lost with the second
    table = {word: lost.get(new, new) for word, new in words.items()} | lost | flats
    table |= _ORDINALS
    return {word: new for word, new in table.items() if " " not in word}


def _apart(words: pl.Series) -> pl.Series:
    """Take words apart that are two: "testvej", "12b"."""
    for joined, split in street.JOINED:
        words = words.str.replace(joined, split)
    words = words.str.replace(r"^(\d+)([a-z])$", "$1 $2")
    return words.str.replace(r"^(\d+)(?:st|nd|rd|th)$", "${1}th")


def _spelt(words: pl.Series) -> pl.Series:
    """Give each word of a street line in the one spelling that stands for it."""
    table = _spellings()
    return words.replace_strict(list(table), list(table.values()), default=words)


def _add_streets(columns: Hashed, streets: pl.Series) -> None:
    cut = streets
    for short, whole in street.CUT:  # only the dot tells that a word was cut
        if (odd := streets.str.contains(short).fill_null(value=False).arg_true()).len():
            cut = cut.scatter(odd, cut.gather(odd).str.replace_all(short, whole))
    words = Words.of(cut).respelt(_apart, _COMPOUND).respelt(_spelt)
    number = words.marked(pl.col("w").str.contains(r"^\d{1,5}$"))[words.ids]
    letter = words.marked(pl.col("w").str.contains(r"^[a-z]$"))[words.ids]
    flat = words.marked(pl.col("w") == _FLAT)[words.ids]
    # "12 b": the letter belongs to the number
    behind = np.concatenate([[False], number[:-1] & (words.text[1:] == words.text[:-1])])
    letter &= behind
    first = _first(words, number)
    with_letter = np.concatenate([first[:-1] & letter[1:], [False]]) if len(first) else first
    of_house = first | np.concatenate([[False], with_letter[:-1]])
    rest = (number | letter | _behind(words, flat)) & ~of_house & ~flat
    road = words.keep(~(number | letter | flat | rest))
    house = words.keep(of_house)
    columns.add("road", road.any_order())
    columns.add("house", house.in_order())
    columns.add("unit", words.keep(rest).any_order())
    starts = hash_values(road.spelt.str.head(4))
    columns.add("road4", np.append(starts, np.uint64(0))[_longest(road)])
    columns.spelt["road"] = Spelt.of(road)


def _first(words: Words, marked: np.ndarray) -> np.ndarray:
    """Mark only the first of the marked words of each text."""
    result = np.zeros(len(marked), dtype=bool)
    where = np.flatnonzero(marked)
    new = np.ones(len(where), dtype=bool)
    new[1:] = words.text[where[1:]] != words.text[where[:-1]]
    result[where[new]] = True
    return result


def _behind(words: Words, marked: np.ndarray) -> np.ndarray:
    """Mark the words that stand right behind a marked one."""
    result = np.zeros(len(marked), dtype=bool)
    result[1:] = marked[:-1] & (words.text[1:] == words.text[:-1])
    return result


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
