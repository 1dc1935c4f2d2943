"""Keys made of the words of names and texts: a rare word, as it is or but for a slip."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from custclean.stages.link.keys import MANY
from custclean.stages.link.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custclean.stages.link.features import Features, Hashes, Rows

__all__ = ["RARE", "SLIP", "rare_in", "rules_of_words", "spelt_words", "word_keys"]

RARE, SLIP = "rare word", "rare word but for a slip"
_RARE, _RARE_OF_FEW = 8, 20  # a word that more records hold says little
_LONG = 5  # letters of a word from which on one of them may be a slip


def rules_of_words(rows: int) -> tuple[str, ...]:
    """Name the rules that are tried with so many records."""
    return (RARE, SLIP) if rows <= MANY else (RARE,)


def rare_in(rows: int) -> int:
    """Give how many of so many records may hold a word for it to be a key."""
    return _RARE_OF_FEW if rows <= MANY else _RARE


def spelt_words(features: Features) -> Iterator[tuple[Words, Rows | None]]:
    """Give the names and texts whose words are keys, and where each row's stands in them."""
    names = ["stem", "given", "family", *features.several("text")]
    for spelt in (features.columns.spelt[name] for name in names if features.has(name)):
        if isinstance(spelt.words, Words):
            yield spelt.words, spelt.place


def word_keys(words: Words, rule: str) -> tuple[Rows, Hashes]:
    """Give every key of each text: the texts, by number, and the keys.

    But for a slip, keys are each word as it is and with any one letter left out: two words
    that are one slip apart have one of these in common.
    """
    if rule == RARE:
        long = words.marked(pl.col("w").str.len_bytes() > 2)[words.ids]
        return words.text[long], words.hashes[words.ids[long]]
    word, keys = words.every.with_gaps(_LONG)
    counts = np.bincount(word, minlength=len(words.every))
    starts, size = np.cumsum(counts) - counts, counts[words.ids]
    within = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
    return np.repeat(words.text, size), keys[np.repeat(starts[words.ids], size) + within]
