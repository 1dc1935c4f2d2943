"""Names of people taken apart: given and family name, what stands between, and titles away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from custclean.folding import skeleton
from custclean.stages.link.hashing import Hashes, hash_values
from custclean.stages.link.normal.hashed import placed
from custclean.text import person

if TYPE_CHECKING:
    from custclean.stages.link.vocabulary import Bools, Ids
    from custclean.stages.link.words import Words

__all__ = ["Persons"]

# titles and degrees that dots or hyphens take apart
_SPLIT = {
    "dott ssa": "dottssa", "sig ra": "signora", "dipl ing": "ing", "c p a": "cpa",
    "ph d": "phd", "m d": "md", "den yngre": "junior", "den aldre": "senior",
}  # fmt: skip
# what tells father from son behind a name: 1 is the younger, 2 the elder
_GENERATIONS = {
    "jr": 1, "jnr": 1, "junior": 1, "ii": 1, "sr": 2, "snr": 2, "senior": 2, "iii": 3, "iv": 4,
}  # fmt: skip
# and what may be a family name too, so that two other words must be there
_KINSHIP = {
    "filho": 1, "fils": 1, "hijo": 1, "figlio": 1, "pere": 2, "neto": 3, "sobrinho": 5,
}  # fmt: skip
_DANISH = {"y": 1, "ae": 2}  # behind a "d": "den yngre", "den ældre"


@dataclass(frozen=True)
class Persons:
    """The parts of each name, read as a person's; the letters of some of them."""

    hashes: dict[str, Hashes]
    spelt: dict[str, Words]

    @classmethod
    def read(cls, words: Words) -> Persons:
        """Take names in reading order apart."""
        words = words.phrased(_SPLIT)
        words = _without(words, 0, set(person.TITLE.split("|")))
        words = _without(words, -1, set(person.DEGREE.split("|")))
        digits = words.marked(pl.col("w").str.contains(r"^(\d{1,2}|0\d\d)$"))
        words = words.without(-1, _marked(words, -1, digits, 2))
        words, generation = _generation(words)
        words = _without_particles(words)
        given = np.where(words.counts > 1, words.at(0), np.int32(-1))
        family = words.at(-1)
        middle = words.keep(words.inside)
        hashes = {
            "person": words.any_order(),
            "person_joined": words.joined(),
            "generation": generation,
            "middle": middle.in_order(),
            "middle_start": middle.hash_at(middle.at(0)),
            "middle_end": middle.hash_at(middle.at(-1)),
            "middle1": _first(middle, middle.at(0)),
            "middle_initial": _initial(middle, middle.at(0)),
            "nick": _part(words, given, pl.col("w").replace(person.formal_names())),
            "initial": _initial(words, given),
            "sound": _part(words, family, skeleton(pl.col("w"))),
        }
        hashes["given3"] = _part(words, given, pl.col("w").str.head(3))
        endings = _endings(words)
        held = np.bincount(words.ids, minlength=len(words.every)).astype(np.uint32)
        for name, ids in (("given", given), ("family", family)):
            column = pl.col("w")
            hashes |= {
                name: words.hash_at(ids),
                f"{name}1": _first(words, ids),
                f"{name}_head": _part(words, ids, column.str.head(4)),
                f"{name}_tail": _part(words, ids, column.str.tail(4)),
                f"{name}_held": placed(held, ids),
                f"{name}_ending": placed(endings, ids),
                f"{name}_digits": _part(words, ids, column.str.extract(r"(\d.*)$")),
            }
        spelt = {
            "person": words,
            "given": words.only(given),
            "family": words.only(family),
            "middle": middle,
        }
        return cls(hashes, spelt)


def _part(words: Words, ids: Ids, of: pl.Expr) -> Hashes:
    """Hash something that follows from one word of each name."""
    found = hash_values(words.spelt.to_frame("w").select(of.alias("p"))["p"].cast(pl.String))
    return placed(found, ids)


def _first(words: Words, ids: Ids) -> Hashes:
    """Give the first letter of one word of each name."""
    return placed(words.every.starts, ids)


def _endings(words: Words) -> Hashes:
    """Tell words that end in "o" (1) or "a" (2), as names of men and women do: Leo, Lea."""
    data, starts, sizes = words.every.bytes
    last = np.where(sizes > 2, data[starts + np.maximum(sizes, 1) - 1], 0)
    return np.select(
        [last == ord("o"), last == ord("a")], [np.uint8(1), np.uint8(2)], np.uint8(0)
    )


def _initial(words: Words, ids: Ids) -> Hashes:
    """Give the word where it is a single letter."""
    return placed(np.where(words.every.sizes == 1, words.every.starts, np.uint8(0)), ids)


def _marked(words: Words, place: int, marked: Bools, least: int) -> Bools:
    """Tell which names have one of some words at a place, and enough others."""
    found: Bools = np.append(marked, False)[words.at(place)] & (words.counts >= least)
    return found


def _without(words: Words, place: int, those: set[str]) -> Words:
    """Take titles from the front or degrees from the end, as long as two words stay."""
    marked = words.known(dict.fromkeys(those, 1)) > 0
    for _ in range(2):
        words = words.without(place, _marked(words, place, marked, 3))
    return words


def _generation(words: Words) -> tuple[Words, Hashes]:
    """Take "Jr" or "Sr" from the end, and say which it was."""
    found = np.zeros(len(words), dtype=np.uint8)
    for table, least in ((_GENERATIONS, 2), (_KINSHIP, 3)):
        known = np.append(words.known(table), 0)
        found += np.where(words.counts >= least, known[words.at(-1)], 0).astype(np.uint8)
    d, letter = (np.append(words.known(each), 0) for each in ({"d": 1}, _DANISH))
    danish = d[words.at(-2)] * letter[words.at(-1)] * (words.counts > 3)
    words = words.without(-1, danish > 0)
    return words.without(-1, found + danish > 0), found + danish.astype(np.uint8)


def _without_particles(words: Words) -> Words:
    """Drop "de", "von" ... between other words, and in front of a double name turned round."""
    marked = words.known(dict.fromkeys(person.PARTICLES, 1)) > 0
    words = words.keep(~(marked[words.ids] & words.inside))
    long = marked & (words.every.sizes > 1)  # "E" and "Y" are initials there
    return words.without(0, _marked(words, 0, long, 3))
