"""What the heading of a column says, in seven languages: senses, the likeliest first.

A sense is finer than a kind of value: `contact` and `thing` are both names of a sort, `flag`
and `note` are both of no use. Which kind comes of it is decided beside the values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import polars as pl
from rapidfuzz import fuzz, process

from custclean.folding import plain
from custclean.stages.link.heading_words import PLACES, SENSES

__all__ = ["Heading", "read_headings"]

_STOP = frozenset(
    "de di da do dos das del della dell dello dei des du d l la le el il lo of the for til per"
    " para pour and und og et y e in en em zu zur zum s".split()
)
_GLUED = 2  # the fewest letters of a word that is written onto another
_NEAR = 88  # of 100: a misspelt word, not another one
_CAMEL = re.compile(
    r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])"
)
_LOST = re.compile(r"(?<=\w)[?\ufffd]+(?=\w)|[\ufffd]")


@dataclass(frozen=True, slots=True)
class Heading:
    """What one heading says: senses, whose address it is, and which of several."""

    senses: tuple[str, ...]
    place: str = ""
    number: int = 1


def read_headings(names: list[str]) -> list[Heading]:
    """Say what each of some headings tells; a heading nobody knows has no senses.

    >>> read_headings(["Rechnungs-PLZ"])[0]
    Heading(senses=('postcode',), place='billing', number=1)
    """
    return [_heading(words) for words in map(_words, _plain(names))]


def _plain(texts: list[str]) -> list[str]:
    """Spell texts in small letters without accents, words that are joined apart."""
    apart = [_CAMEL.sub(" ", text.replace("#", " nr ")) for text in texts]
    return (
        pl.Series(apart, dtype=pl.String)
        .to_frame("t")
        .select(plain(pl.col("t")))["t"]
        .to_list()
    )


@cache
def _phrases() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Map each phrase, as words, to its senses."""
    pairs = [(sense, each) for sense, text in SENSES.items() for each in text.split("|")]
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for (sense, _), phrase in zip(pairs, _plain([each for _, each in pairs])):
        words = tuple(phrase.split())
        short = tuple(word for word in words if word not in _STOP)
        # "l name" is not "name": of a phrase at least two words must stay
        for key in {words, short if len(short) > 1 else words}:
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), sense)))
    return found


@cache
def _places() -> dict[str, str]:
    pairs = [(place, each) for place, text in PLACES.items() for each in text.split("|")]
    words = _plain([each for _, each in pairs])
    return {word: place for (place, _), word in zip(pairs, words)}


@cache
def _vocabulary() -> frozenset[str]:
    return frozenset(word for phrase in _phrases() for word in phrase) | _places().keys()


@cache
def _long_words() -> list[str]:
    return sorted(word for word in _vocabulary() if len(word) > 3)


def _words(heading: str) -> list[str]:
    """Give the words of a heading: mended, and taken apart where two are one."""
    words = re.findall(r"\w+", _LOST.sub("_", heading.replace("_", " ")))
    return [word for each in words for word in _known(each)]


@cache
def _known(word: str) -> tuple[str, ...]:
    """Give the words of the vocabulary that a word is made of, or meant as."""
    if word in _vocabulary() or word in _STOP or len(word) < 4 or word.isdigit():
        return (word,)
    if "_" in word:  # a letter was lost there
        letters = re.compile(word.replace("_", r"\w{0,2}"))
        return (next(filter(letters.fullmatch, _long_words()), word),)
    for cut in range(len(word) - _GLUED, 2, -1):
        first, last = word[:cut], word[cut:]
        if first in _vocabulary() and last in _vocabulary():
            return (first, last)
    near = process.extractOne(word, _long_words(), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return (near[0],) if near and len(word) > 4 else (word,)


def _heading(words: list[str]) -> Heading:
    numbers = [int(word) for word in words if word.isdigit() and len(word) == 1]
    text = [word for word in words if not word.isdigit()]
    found = [_places()[word] for word in text if word in _places()]
    place = next((each for each in PLACES if each in found and each), "")
    second = 2 if any(word in ("second", "secondary", "alt", "zweite") for word in text) else 1
    return Heading(_senses(text), place, numbers[-1] if numbers else second)


def _senses(words: list[str]) -> tuple[str, ...]:
    """Give the senses of the longest phrases, in the order of the table."""
    spans: dict[tuple[int, int], tuple[str, ...]] = {}
    kept = [n for n, word in enumerate(words) if word not in _STOP]
    for places in (list(range(len(words))), kept):
        for start in range(len(places)):
            for end in range(start + 1, min(start + 5, len(places)) + 1):
                chosen = places[start:end]
                senses = _phrases().get(tuple(words[n] for n in chosen))
                if senses:
                    spans[chosen[0], chosen[-1]] = senses
    whole = [
        span
        for span in spans
        if not any(o != span and o[0] <= span[0] and span[1] <= o[1] for o in spans)
    ]
    said = {sense for span in whole for sense in spans[span]}
    return tuple(sense for sense in SENSES if sense in said)
