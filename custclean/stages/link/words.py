"""Texts as sequences of distinct words, so that each word is understood once.

A million names hold some ten thousand different words. What it takes to fold a word, to
know a legal form or a kind of street, is done for those; what is left to do for every text
is to look its words up.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from custclean.folding import fold
from custclean.stages.link.hashing import Hashes, Rows, hash_pieces, hash_values, mix, numbered
from custclean.stages.link.lines import Lines
from custclean.stages.link.spread import parts, spread
from custclean.stages.link.vocabulary import Vocabulary, standing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from custclean.stages.link.vocabulary import Bools, Ids

__all__ = ["Words"]

_TEXTS = 50_000  # texts taken apart at once: their bytes stay in the processor's cache
_FOLLOWS = np.uint64(0x2545F4914F6CDD1D)  # odd; what the place of a word is worth


_FOLDS = r"[^a-z0-9]|aa|[aou]e."  # only such words are folded into others


def _table() -> bytes:
    """Map each byte: letters and digits to lower case, line feeds stay, the rest is blank.

    Apostrophes and the `?` of lost accents stay too: folding a word takes them away.
    """
    table = bytearray(b" " * 128 + bytes(range(128, 256)))
    for code in (*range(48, 58), *range(65, 91), *range(97, 123), 39, 63, 10):
        table[code] = ord(chr(code).lower())
    return bytes(table)


_TABLE = _table()
# signs of more than one byte that stand between words, as people type them; and quotes
_SIGNS = {sign.encode(): b" " for sign in "\u00a0–—«»“”„·•"}
_SIGNS |= {sign.encode(): b"'" for sign in "’‘´`ʼ"}


@dataclass(frozen=True)
class _Cut:
    """Some texts taken apart: their words by number, and where each word is first seen."""

    lines: Lines
    ids: Ids
    ends: Rows
    hashes: Hashes
    starts: Rows
    stops: Rows

    def words(self, numbers: Rows) -> list[str]:
        return self.lines.texts(self.starts[numbers], self.stops[numbers])


def _cut(texts: pl.Series) -> _Cut:
    lines = Lines.of(texts).replaced(_SIGNS).mapped(_TABLE)
    within = lines.data > 32
    edges = np.flatnonzero(within[1:] != within[:-1]) + 1
    if within[0]:
        edges = np.concatenate([[0], edges])
    starts, stops = edges[0::2], edges[1::2]
    hashes = hash_pieces(lines.data, starts, stops - starts)
    ids, seen = numbered(hashes)
    ends = np.searchsorted(starts, lines.stops)
    return _Cut(lines, ids, ends, hashes[seen], starts[seen], stops[seen])


@dataclass(frozen=True, eq=False)
class Words:
    """Text `t` is the words `ids[ends[t]:ends[t + 1]]` of a vocabulary."""

    every: Vocabulary
    ids: Ids
    ends: Rows

    @classmethod
    def of(cls, texts: pl.Series) -> Words:
        """Take texts apart into folded words; null and blank texts have none."""
        cuts = spread(lambda part: _cut(texts[part]), parts(len(texts), _TEXTS))
        hashes = np.concatenate([np.zeros(0, np.uint64), *(cut.hashes for cut in cuts)])
        numbers, seen = numbered(hashes)
        firsts = np.cumsum([0, *(len(cut.hashes) for cut in cuts)])
        spelt = np.empty(len(seen), dtype=object)
        for first, cut in zip(firsts.tolist(), cuts):
            mine = np.flatnonzero((seen >= first) & (seen < first + len(cut.hashes)))
            spelt[mine] = cut.words(seen[mine] - first)
        ids, ends = [np.zeros(0, np.int32)], [np.zeros(1, np.int64)]
        for first, cut in zip(firsts.tolist(), cuts):
            ids.append(numbers[first : first + len(cut.hashes)][cut.ids])
            ends.append(cut.ends + ends[-1][-1])
        words = pl.Series(spelt, dtype=pl.String)
        raw = cls(Vocabulary(words), np.concatenate(ids), np.concatenate(ends))
        return raw.respelt(
            lambda some: some.to_frame("w").select(fold(pl.col("w")))["w"], _FOLDS
        )

    def __len__(self) -> int:
        return len(self.ends) - 1

    def lean(self) -> Words:
        """Give the same without what was worked out on the way, to be kept for long."""
        few = len(self.ids) < np.iinfo(np.int32).max
        return Words(self.every, self.ids, self.ends.astype(np.int32) if few else self.ends)

    @property
    def spelt(self) -> pl.Series:
        """Give the distinct words."""
        return self.every.spelt

    @property
    def hashes(self) -> Hashes:
        """Hash each distinct word."""
        return self.every.hashes

    def known(self, words: Mapping[str, int]) -> Ids:
        """Give the number that each distinct word has in a table; 0 for all others."""
        return self.every.known(words)

    def marked(self, condition: pl.Expr) -> Bools:
        """Tell which distinct words fulfil a condition on the column `w`."""
        return self.every.marked(condition)

    def respelt(self, how: Callable[[pl.Series], pl.Series], only: str = "") -> Words:
        """Put the words of another text in the place of each distinct word; null drops it.

        `only` is a pattern: other words are left as they are.
        """
        rows = self.spelt.str.contains(only).arg_true() if only else None
        if rows is not None and rows.is_empty():
            return self
        old = self.spelt if rows is None else self.spelt.gather(rows)
        new = how(old).fill_null("")
        texts = new if rows is None else self.spelt.scatter(rows, new)
        if rows is None and new.equals(old):
            return self
        sizes = np.ones(len(texts), dtype=np.int64)
        some = slice(None) if rows is None else rows.to_numpy()
        sizes[some] = np.where(new == "", 0, new.str.count_matches(" ", literal=True) + 1)
        flat = texts.filter(pl.Series(sizes > 0)) if (sizes == 0).any() else texts
        if (sizes > 1).any():
            flat = flat.str.split(" ").explode()
        place, seen = numbered(hash_values(flat))
        return self._placed(flat.gather(seen), place, sizes)

    def _placed(self, spelt: pl.Series, place: Ids, sizes: Rows) -> Words:
        """Put so many words, one after the other in `place`, for each distinct word."""
        if sizes.max(initial=0) < 2:
            only = np.full(len(sizes), -1, dtype=np.int32)
            only[sizes > 0] = place
            ids = only[self.ids]
            return Words(Vocabulary(spelt), ids, self.ends).keep(ids >= 0)
        first = np.cumsum(sizes) - sizes
        many = sizes[self.ids]
        stops = np.cumsum(many)
        within = np.arange(stops[-1] if len(stops) else 0) - np.repeat(stops - many, many)
        ids = place[np.repeat(first[self.ids], many) + within].astype(np.int32)
        return Words(Vocabulary(spelt), ids, np.concatenate([[0], stops])[self.ends])

    @cached_property
    def text(self) -> NDArray[np.int64]:
        """Give the text that each word stands in."""
        return np.repeat(np.arange(len(self)), np.diff(self.ends))

    @cached_property
    def counts(self) -> Rows:
        """Count the words of each text."""
        return np.diff(self.ends)

    def keep(self, words: Bools) -> Words:
        """Leave words out; `words` says which stay, of all that there are."""
        if words.all():
            return self
        stay = np.concatenate([[0], np.cumsum(words)])
        return Words(self.every, self.ids[words], stay[self.ends])

    def without(self, place: int, texts: Bools) -> Words:
        """Take the first (0) or last (-1) word away from some of the texts."""
        stay = np.ones(len(self.ids), dtype=bool)
        some = np.flatnonzero(texts & (self.counts > 0))
        stay[self.ends[some] if place == 0 else self.ends[some + 1] - 1] = False
        return self.keep(stay)

    def put(self, word: str, place: int, texts: Bools) -> Words:
        """Put a word in the place of the first (0) or last (-1) one of some of the texts."""
        some = np.flatnonzero(texts & (self.counts > 0))
        if not len(some):
            return self
        whole, number = self._with([word])
        ids = self.ids.copy()
        ids[self.ends[some] if place == 0 else self.ends[some + 1] - 1] = number[0]
        return Words(whole.every, ids, self.ends)

    @property
    def inside(self) -> Bools:
        """Tell which words are neither the first nor the last of their text."""
        result = np.ones(len(self.ids), dtype=bool)
        there = self.counts > 0
        result[self.ends[:-1][there]] = False
        result[self.ends[1:][there] - 1] = False
        return result

    def take(self, texts: Rows | slice) -> Words:
        """Keep some of the texts, in the order asked; -1 is a text without words."""
        if isinstance(texts, slice):
            ends = self.ends[texts.start : texts.stop + 1]
            return Words(self.every, self.ids[ends[0] : ends[-1]], ends - ends[0])
        size = np.where(texts < 0, 0, self.ends[texts + 1] - self.ends[texts])
        stops = np.cumsum(size)
        within = np.arange(stops[-1] if len(stops) else 0) - np.repeat(stops - size, size)
        ids = self.ids[np.repeat(self.ends[texts], size) + within]
        return Words(self.every, ids, np.concatenate([[0], stops]))

    def alone(self) -> Words:
        """Give the same texts with a vocabulary of no other words."""
        used, ids = np.unique(self.ids, return_inverse=True)
        return Words(Vocabulary(self.spelt.gather(used)), ids.astype(np.int32), self.ends)

    def only(self, ids: Ids) -> Words:
        """Give texts of one word each, or none where it is -1."""
        there = ids >= 0
        return Words(self.every, ids[there], np.concatenate([[0], np.cumsum(there)]))

    def above(self, other: Words) -> Words:
        """Put other texts below these."""
        place, seen = numbered(np.concatenate([self.hashes, other.hashes]))
        spelt = pl.concat([self.spelt, other.spelt]).gather(seen)
        ids = np.concatenate([self.ids, other.ids + np.int32(len(self.spelt))])
        return Words(
            Vocabulary(spelt),
            place[ids],
            np.concatenate([self.ends, other.ends[1:] + len(self.ids)]),
        )

    def phrased(self, table: Mapping[str, str]) -> Words:
        """Put one word, or none, in the place of each phrase of a table; the longest first."""
        phrases = sorted(
            (tuple(phrase.split(" ")) for phrase in table), key=lambda p: (-len(p), p)
        )
        index = {word: n for n, word in enumerate(sorted({w for p in phrases for w in p}), 1)}
        longest = max(map(len, phrases))
        code = np.concatenate([self.known(index)[self.ids], np.zeros(longest, np.int32)])
        starts = np.flatnonzero((code[:-1] > 0) & (code[1:] > 0))
        whole, ids = self._with([table[" ".join(phrase)] for phrase in phrases])
        stay, new = np.ones(len(self.ids), dtype=bool), self.ids.copy()
        for phrase, word in zip(phrases, ids):
            at = starts
            for place, part in enumerate(phrase):
                at = at[code[at + place] == index[part]]
            at = at[self.text[at] == self.text[np.minimum(at + len(phrase) - 1, len(new) - 1)]]
            new[at] = word
            gone = table[" ".join(phrase)] == ""
            for place in range(len(phrase)):
                code[at + place] = 0
                stay[at + place] &= place == 0 and not gone
        return Words(whole.every, new, self.ends).keep(stay)

    def spelt_out(self) -> Words:
        """Join letters that stand alone one behind the other: "s r l" is "srl"."""
        alone = self.marked(pl.col("w").str.contains(r"^[a-z]$"))[self.ids]
        if not alone.any():
            return self
        before = np.concatenate([[False], alone[:-1] & (self.text[1:] == self.text[:-1])])
        heads = np.flatnonzero(alone & ~before)
        sizes = np.diff(np.append(np.flatnonzero(alone).searchsorted(heads), alone.sum()))
        heads, sizes = heads[(sizes > 1) & (sizes < 8)], sizes[(sizes > 1) & (sizes < 8)]
        code = np.zeros(len(heads), dtype=np.uint64)
        stay = np.ones(len(alone), dtype=bool)
        for place in range(int(sizes.max(initial=0))):
            there = np.flatnonzero(sizes > place)
            letter = self.every.starts[self.ids[heads[there] + place]].astype(np.uint64)
            code[there] |= letter << np.uint64(8 * place)
            stay[heads[there] + place] &= place == 0
        distinct, which = np.unique(code, return_inverse=True)
        words = [int(c).to_bytes(8, "little").rstrip(b"\0").decode() for c in distinct]
        whole, ids = self._with(words)
        new = self.ids.copy()
        new[heads] = ids[which]
        return Words(whole.every, new, self.ends).keep(stay)

    def _with(self, words: list[str]) -> tuple[Words, Ids]:
        """Add distinct words; also gives the numbers of those asked for."""
        new = pl.Series(sorted(set(words)), dtype=pl.String)
        extra = new.filter(~new.is_in(self.spelt.implode()))
        whole = Words(Vocabulary(pl.concat([self.spelt, extra])), self.ids, self.ends)
        number = dict.fromkeys(words, 0)
        places = whole.known({word: n for n, word in enumerate(number, 1)})
        there = np.flatnonzero(places)
        number = dict(zip((list(number)[n - 1] for n in places[there]), there.tolist()))
        return whole, np.array([number[word] for word in words], dtype=np.int32)

    def at(self, place: int) -> Ids:
        """Give the word at a place of each text, from its end if negative; -1 for none."""
        if not len(self.ids):
            return np.full(len(self), -1, dtype=np.int32)
        where = self.ends[:-1] + place if place >= 0 else self.ends[1:] + place
        there = self.counts > (place if place >= 0 else -place - 1)
        return np.where(there, self.ids[np.where(there, where, 0)], np.int32(-1))

    def hash_at(self, ids: Ids) -> Hashes:
        """Give the hashes of words; 0 for the -1 of a missing one."""
        return np.concatenate([self.hashes, [np.uint64(0)]])[ids]

    def any_order(self, values: Hashes | None = None) -> Hashes:
        """Hash each text, whatever the order of its words; `values`: one per distinct word."""
        return self._summed(mix(self.hashes if values is None else values)[self.ids])

    def in_order(self, values: Hashes | None = None) -> Hashes:
        """Hash each text, word after word; `values`: one per distinct word."""
        place = np.arange(len(self.ids)) - np.repeat(self.ends[:-1], self.counts)
        hashes = (self.hashes if values is None else values)[self.ids]
        return self._summed(mix(hashes ^ (place.astype(np.uint64) * _FOLLOWS)))

    def joined(self) -> Hashes:
        """Hash the letters of each text, wherever its blanks stand."""
        letters, sizes = self.every.letters, self.every.bytes[2]
        ends = np.cumsum(sizes[self.ids])
        total = np.concatenate([[0], ends])[self.ends[1:]]
        behind = np.repeat(total, self.counts) - ends
        worth: Hashes = letters[self.ids] * standing(behind)
        return self._summed(worth)

    def initials(self) -> Hashes:
        """Hash the first letters of the words of each text, as `joined` does."""
        first = np.concatenate([self.every.starts, [0]]).astype(np.uint64)[self.ids]
        place = np.arange(len(self.ids)) - np.repeat(self.ends[1:] - 1, self.counts)
        worth: Hashes = (first + np.uint64(1)) * standing(-place)
        return self._summed(worth)

    @cached_property
    def letters(self) -> Rows:
        """Count the bytes of each text, without blanks."""
        ends = np.concatenate([[0], np.cumsum(self.every.bytes[2][self.ids])])
        return np.diff(ends[self.ends])

    def _summed(self, worth: Hashes) -> Hashes:
        """Add up what the words of each text are worth; 0 for a text without any."""
        counts = self.counts
        result = np.zeros(len(self), dtype=np.uint64)
        there = np.flatnonzero(counts)
        if len(there):
            result[there] = mix(np.add.reduceat(worth, self.ends[:-1][there])) | np.uint64(1)
        return result

    def texts(self, wanted: Rows) -> list[bytes]:
        """Spell some of the texts out."""
        some = self.take(wanted)
        data, starts, sizes = self.every.bytes
        size = sizes[some.ids] + 1
        stops = np.cumsum(size)
        at = np.arange(stops[-1] if len(stops) else 0) + np.repeat(
            starts[some.ids] - stops + size, size
        )
        letters = data[at]
        last = some.ends[1:][some.counts > 0] - 1
        letters[stops[last] - 1] = 10
        whole: bytes = letters.tobytes()
        found = whole.split(b"\n")
        if len(found) == len(wanted) + 1:
            return found[:-1]
        spelt = iter(found)
        return [next(spelt) if there else b"" for there in (some.counts > 0).tolist()]
