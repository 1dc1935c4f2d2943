"""Names of firms taken apart: stem, legal form, and what tells firms of one owner apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from custclean.folding import skeleton
from custclean.stages.link.hashing import Hashes, hash_values
from custclean.stages.link.normal.hashed import placed
from custclean.text import company

if TYPE_CHECKING:
    from custclean.stages.link.vocabulary import Bools, Ids
    from custclean.stages.link.words import Words

__all__ = ["Firms"]

_FORM = "form:"  # in front of a word that was a legal form of several words


@cache
def _forms() -> tuple[dict[str, int], dict[str, str], list[str]]:
    """Give the number of each spelling, the phrases among them, and the forms by number."""
    names = list(company.FORMS)
    spelt = company.spellings() | {_FORM + name: name for name in names}
    spelt |= {spelling.replace(" ", ""): name for spelling, name in company.spellings().items()
              if all(len(word) == 1 for word in spelling.split(" "))}  # fmt: skip
    phrases = {
        words: _FORM + name for words, name in company.spellings().items()
        if " " in words and any(len(word) > 1 for word in words.split(" "))
    }  # fmt: skip
    phrases |= {words: new for words, new in company.SHORT.items() if " " in words}
    phrases |= dict.fromkeys((c for c in company.CLOSED.split("|") if len(c) > 3), "")
    numbers = {word: 1 + names.index(name) for word, name in spelt.items() if " " not in word}
    return numbers, phrases, names


@dataclass(frozen=True)
class Firms:
    """The parts of each name, read as a firm's."""

    hashes: dict[str, Hashes]
    stem: Words
    telling: Bools  # a legal form, or a word that only firms have

    @classmethod
    def read(cls, words: Words) -> Firms:
        """Take names apart; what is no firm's name has a stem and nothing else."""
        numbers, phrases, _ = _forms()
        words = words.phrased(phrases).spelt_out().phrased(phrases)
        words, copy = _copies(words)
        words = _closing(words, words.known(numbers))
        words, form = _without_form(words, words.known(numbers))
        words = words.respelt(_short)
        bits = words.known(_bits())
        entity = _any_of(words, bits)
        hashes: dict[str, Hashes] = {
            "form": form.astype(np.uint8),
            "entity": entity.astype(np.uint16),
            "copy": copy,
        }
        return cls(hashes | _stem(words), words, (form != 0) | (entity != 0))


@cache
def _kinds() -> list[str]:
    return list(company.ENTITY)


@cache
def _bits() -> dict[str, int]:
    return {word: 1 << _kinds().index(kind) for word, kind in company.entities().items()}


def _any_of(words: Words, bits: Ids) -> Hashes:
    """Put the kinds of words that occur in each name together, a bit each."""
    result = np.zeros(len(words), dtype=np.uint64)
    each = bits[words.ids]
    where = np.flatnonzero(each)
    np.bitwise_or.at(result, words.text[where], each[where].astype(np.uint64))
    return result


def _copies(words: Words) -> tuple[Words, Hashes]:
    """Take away the "2" of a name that stands twice; "001" is left by a conversion."""
    digit = words.marked(pl.col("w").str.contains(r"^\d$"))
    converted = words.marked(pl.col("w").str.contains(r"^0\d\d$"))
    last = words.at(-1)
    copy = np.where(
        np.append(digit, False)[last] & (words.counts > 1), words.hash_at(last), np.uint64(0)
    )
    gone = np.append(digit | converted, False)[last]
    return words.without(-1, gone & (words.counts > 1)), copy


def _closing(words: Words, numbers: Ids) -> Words:
    """Take the "i.L." of a German firm that closes from behind its legal form."""
    closing = np.append(words.marked(pl.col("w") == "il"), False)
    formed = np.append(numbers > 0, False)
    return words.without(-1, closing[words.at(-1)] & formed[words.at(-2)])


def _without_form(words: Words, numbers: Ids) -> tuple[Words, Hashes]:
    """Take legal forms from the end, else from the front; give the one that stood last."""
    form = np.zeros(len(words), dtype=np.uint64)
    known = np.append(numbers, 0)
    for _ in range(3):
        found = known[words.at(-1)].astype(np.uint64)
        found[words.counts < 2] = 0
        if not found.any():
            break
        form = np.where(form == 0, found, form)
        words = words.without(-1, found != 0)
    names = _forms()[2]
    front = np.append(
        np.isin(numbers, [1 + names.index(name) for name in company.IN_FRONT]), False
    )
    front[:-1] &= ~words.marked(pl.col("w") == "as")  # the English word, a club of Rome
    first = words.at(0)
    found = np.where(front[first] & (words.counts > 1) & (form == 0), known[first], 0)
    form = np.where(form == 0, found.astype(np.uint64), form)
    return words.without(0, found != 0), form


def _short(spelt: pl.Series) -> pl.Series:
    """Write short words out and drop "and" in every language."""
    short = company.SHORT | {"y": "", "e": ""}
    table = {word: new for word, new in short.items() if " " not in word}
    return spelt.replace_strict(list(table), list(table.values()), default=spelt)


def _bits_of(words: Words) -> Hashes:
    """Set one of 64 bits for each word: names that share none share no word."""
    bits = np.uint64(1) << (words.hashes >> np.uint64(58))
    result = np.zeros(len(words), dtype=np.uint64)
    there = np.flatnonzero(words.counts)
    if len(there):
        result[there] = np.bitwise_or.reduceat(bits[words.ids], words.ends[:-1][there])
    return result


def _stem(words: Words) -> dict[str, Hashes]:
    """Give what two spellings of one stem may have in common."""
    digits = words.marked(pl.col("w").str.contains(r"^\d+$"))
    bones = words.spelt.to_frame("w").select(skeleton(pl.col("w")).alias("w"))["w"]
    sizes = np.concatenate(
        [[0], np.cumsum(bones.str.len_bytes().fill_null(0).to_numpy()[words.ids])]
    )
    bare = bones.fill_null(words.spelt)  # a word without consonants is its own
    heads = words.spelt.str.head(4)
    long = np.diff(sizes[words.ends]) > 5
    first = words.at(0)
    return {
        "stem": words.in_order(),
        "stem_sorted": words.any_order(),
        "stem_joined": words.joined(),
        "stem_digits": words.keep(digits[words.ids]).any_order(),
        "stem_bones": np.where(long, words.in_order(hash_values(bare)), np.uint64(0)),
        "stem_bits": _bits_of(words),
        "stem1": placed(words.every.starts, first),
        "stem4": placed(hash_values(heads), first),
        "acronym": np.where(words.counts > 2, words.initials(), np.uint64(0)),
    }
