"""Distinct words, and what is worked out once for each of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from custclean.stages.link.hashing import Hashes, Rows, hash_values

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Bools", "Ids", "Vocabulary", "standing"]

Ids = NDArray[np.int32]
Bools = NDArray[np.bool_]

_LETTER = np.uint64(0x5851F42D4C957F2D)
# takes so many bytes from behind a letter
_BACK = np.array([pow(int(_LETTER), -size, 2**64) for size in range(5)], dtype=np.uint64)
_LONGEST = 4_096  # letters of a text, from which on they count no more
_POWERS: Hashes = np.full(_LONGEST, _LETTER, dtype=np.uint64)
_POWERS[0] = 1
_POWERS = np.cumprod(_POWERS, dtype=np.uint64)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The distinct words of many texts, and what is known of each."""

    spelt: pl.Series

    def __len__(self) -> int:
        return len(self.spelt)

    def known(self, words: Mapping[str, int]) -> Ids:
        """Give the number that each word has in a table; 0 for all others."""
        found = self.spelt.replace_strict(
            list(words), list(words.values()), default=0, return_dtype=pl.Int32
        )
        return found.to_numpy()

    def marked(self, condition: pl.Expr) -> Bools:
        """Tell which words fulfil a condition on the column `w`."""
        found = self.spelt.to_frame("w").select(condition.alias("m"))["m"]
        return found.fill_null(value=False).to_numpy()

    @cached_property
    def hashes(self) -> Hashes:
        """Hash each word."""
        return hash_values(self.spelt)

    @cached_property
    def texts(self) -> list[str]:
        """Give the words as a list."""
        return self.spelt.to_list()

    @cached_property
    def starts(self) -> NDArray[np.uint8]:
        """Give the first byte of each word."""
        data, starts, _ = self.bytes
        return data[starts]

    @cached_property
    def heads(self) -> Hashes:
        """Hash the first three letters of each word."""
        return hash_values(self.spelt.str.head(3))

    @cached_property
    def sizes(self) -> Rows:
        """Count the letters of each word."""
        return self.spelt.str.len_chars().to_numpy().astype(np.int64)

    @cached_property
    def numeric(self) -> Bools:
        """Tell which words hold a digit."""
        return self.marked(pl.col("w").str.contains(r"\d"))

    @cached_property
    def bare(self) -> Bools:
        """Tell which words have no vowel."""
        return self.marked(~pl.col("w").str.contains(r"[aeiouy\d]"))

    def first_letters(self, count: int) -> Hashes:
        """Give the first bytes of each word as a number, in the order of the alphabet."""
        data, starts, sizes = self.bytes
        result = np.zeros(len(starts), dtype=np.uint64)
        for place in range(count):
            there = sizes > place
            letter = np.where(there, data[np.where(there, starts + place, 0)], 0)
            result = (result << np.uint64(8)) | letter.astype(np.uint64)
        return result

    @cached_property
    def bytes(self) -> tuple[NDArray[np.uint8], Rows, Rows]:
        """Give all words as bytes, each with a blank behind: data, starts, sizes."""
        sizes = self.spelt.str.len_bytes().to_numpy().astype(np.int64)
        data = (" ".join(self.texts) + " ").encode()
        return np.frombuffer(data, dtype=np.uint8), np.cumsum(sizes + 1) - sizes - 1, sizes

    @cached_property
    def letters(self) -> Hashes:
        """Hash the letters of each word so that words can be put behind one another."""
        data, starts, sizes = self.bytes
        if not len(starts):
            return np.zeros(0, np.uint64)
        behind = np.repeat(starts + sizes, sizes + 1) - np.arange(len(data)) - 1
        behind[starts + sizes] = 0
        worth = (data.astype(np.uint64) + np.uint64(1)) * standing(behind)
        worth[starts + sizes] = 0
        return np.add.reduceat(worth, starts)

    def with_gaps(self, least: int) -> tuple[Rows, Hashes]:
        """Hash the letters of each word as it is and, of long ones, with any one left out.

        Gives the words, by number and in their order, and the hashes, which are those of
        `letters`. `least` letters make a word long; one with a digit is left as it is.
        """
        data, starts, sizes = self.bytes
        long = (self.sizes >= least) & ~self.numeric
        behind = np.repeat(starts + sizes, sizes + 1) - np.arange(len(data)) - 1
        blank = behind < 0
        worth = (data.astype(np.uint64) + np.uint64(1)) * standing(np.maximum(behind, 0))
        worth[blank] = 0
        total = np.append(np.uint64(0), np.cumsum(worth))
        # a letter may be several bytes; at the blank behind a word nothing is left out
        first = np.flatnonzero((data & 0xC0) != 0x80)
        stops = np.append(first[1:], len(data))
        number = np.repeat(np.arange(len(sizes)), sizes + 1)[first]
        kept = blank[first] | long[number]
        first, stops, number = first[kept], stops[kept], number[kept]
        before = total[first] - total[starts[number]]
        moved = before - before * _BACK[np.where(blank[first], 0, stops - first)]
        return number, self.letters[number] - (total[stops] - total[first]) - moved


def standing(behind: Rows) -> Hashes:
    """Give what a letter counts where it stands, with so many letters behind it."""
    return _POWERS[np.minimum(behind, _LONGEST - 1)]
