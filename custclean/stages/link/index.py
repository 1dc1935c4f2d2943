"""Which pairs are worth comparing: several short keys, each with its count.

A key is one to three normalised parts; two records that share it become a candidate
pair. Which keys are tried follows from the columns present. A block that is too big is
cut by rule: neighbours in the order of names; what that leaves out is counted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from custclean.folding import skeleton
from custclean.stages.link.features import Features

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from custclean.stages.link.features import Hashes, Rows

__all__ = ["Blocked", "block"]

BLOCK = 40  # the most records of one block that are all compared with one another
NEIGHBOURS = 8  # in a bigger block each is compared with so many next to it
MANY = 20_000  # from so many records on only the nearest and the rarest are tried
ALL_PAIRS = 60_000  # so few pairs are compared without any key

# the parts of each key; "email_*" stands for every value of that kind
_RULES: tuple[tuple[str, ...], ...] = (
    ("tax_id_*",),
    ("exact_*",),
    ("email_*",),
    ("phone_*",),
    ("website_*",),
    ("text_*",),
    ("local",),
    ("any_*",),
    ("sound", "given1"),
    ("sound", "postcode"),
    ("family_head", "postcode"),
    ("family_head", "city"),
    ("given", "postcode"),
    ("given", "family_head"),
    ("given3", "family"),
    ("given", "city", "family1"),
    ("road", "house", "postcode"),
    ("road", "house", "city"),
    ("road4", "house", "family1"),
    ("road", "house"),
    ("stem4", "city"),
    ("stem4", "postcode"),
    ("label4", "postcode"),
    ("label4", "city"),
    ("date_*",),
    ("date_*", "given1"),
    ("date_*", "family1"),
    ("year", "given", "family1"),
    ("year", "family", "given1"),
    ("date_day", "family_head"),
    ("date_day", "given3"),
)


@dataclass(frozen=True)
class Blocked:
    """Candidate pairs as two arrays of row numbers, left smaller, and the count per rule."""

    left: Rows
    right: Rows
    report: pl.DataFrame


@dataclass
class _Counts:
    """What each rule found, gathered while blocking."""

    rows: list[dict[str, object]] = field(default_factory=list)
    found: list[NDArray[np.int64]] = field(default_factory=list)

    def add(self, rule: str, packed: NDArray[np.int64], sizes: NDArray[np.int64]) -> None:
        big = sizes[sizes > BLOCK]
        full = int((big * (big - 1) // 2).sum())
        self.found.append(np.unique(packed))
        self.rows.append(
            {
                "rule": rule,
                "blocks": int((sizes > 1).sum()),
                "largest": int(sizes.max(initial=0)),
                "candidates": len(self.found[-1]),
                "oversized": len(big),
                "left_out": max(0, full - int((big * NEIGHBOURS).sum())),
            }
        )


def block(features: Features, side: NDArray[np.bool_] | None = None) -> Blocked:
    """Find the candidate pairs; with `side`, only pairs of a False and a True record."""
    parts = _parts(features)
    rank = _rank(parts)
    counts = _Counts()
    n = parts.rows
    if n * (n - 1) // 2 <= ALL_PAIRS:
        left, right = np.triu_indices(n, 1)
        counts.add("all pairs", _pack(left, right, n, side), np.array([0]))
    else:
        for rule, rows, keys in _keys(parts):
            left, right, sizes = _expand(rows, keys, rank)
            counts.add(rule, _pack(left, right, n, side), sizes)
        for rule, left, right in _neighbours(rank):
            counts.add(rule, _pack(left, right, n, side), np.array([0]))
    return _union(counts, n)


def _pack(
    left: Rows, right: Rows, n: int, side: NDArray[np.bool_] | None
) -> NDArray[np.int64]:
    keep = left != right if side is None else side[left] != side[right]
    low, high = np.minimum(left, right)[keep], np.maximum(left, right)[keep]
    packed: NDArray[np.int64] = low.astype(np.int64) * n + high
    return packed


def _union(counts: _Counts, n: int) -> Blocked:
    """Put the rules' pairs together; a pair counts as new for the first that found it."""
    packed, first = np.unique(
        np.concatenate([np.zeros(0, np.int64), *counts.found]), return_index=True
    )
    ends = np.cumsum([len(each) for each in counts.found])
    new = np.bincount(np.searchsorted(ends, first, side="right"), minlength=len(counts.found))
    schema = {"rule": pl.String} | dict.fromkeys(
        ["blocks", "largest", "candidates", "oversized", "left_out"], pl.Int64
    )
    report = pl.DataFrame(counts.rows, schema=schema).with_columns(
        pl.Series("new", new[: len(counts.rows)], dtype=pl.Int64)
    )
    report = report.filter((pl.col("blocks") > 0) | (pl.col("candidates") > 0))
    return Blocked(packed // max(n, 1), packed % max(n, 1), report)


def _parts(features: Features) -> Features:
    """Add what only keys need: starts of words, sounds, the parts of a date."""
    derived: list[pl.Expr] = []
    if features.has("family"):
        derived.append(skeleton(pl.col("family")).alias("sound"))
    names = [name for name in ("label", "person", "stem_sorted") if features.has(name)]
    derived += [pl.col(name).alias(f"any_{n}") for n, name in enumerate(names)]
    return Features(features.table.with_columns(derived), features.raw, features.kinds)


def _rank(parts: Features) -> NDArray[np.int64]:
    """Give each row its place in the order of names, backwards spellings apart."""
    names = [name for name in ("any_0", "any_1", "family", "given", "road") if parts.has(name)]
    if not names:
        return np.arange(parts.rows, dtype=np.int64)
    order = parts.table.select(pl.coalesce(names).alias("name")).with_row_index("row")
    order = order.sort("name", "row")
    rank = np.empty(parts.rows, dtype=np.int64)
    rank[order["row"].to_numpy()] = np.arange(parts.rows)
    return rank


def _keys(parts: Features) -> Iterator[tuple[str, Rows, Hashes]]:
    """Give every rule that the columns allow: its name, rows and their keys."""
    for rule in _RULES:
        options = [_columns(parts, part) for part in rule]
        if not all(options):
            continue
        chosen = [[name, *(each[0] for each in options[1:])] for name in options[0]]
        hashes = [parts.mixed(*names) for names in chosen]
        rows = np.concatenate([np.flatnonzero(h) for h in hashes])
        yield (
            " + ".join(rule).replace("_*", ""),
            rows,
            np.concatenate([h[h != 0] for h in hashes]),
        )
    if words := _words(parts):
        yield words


def _columns(parts: Features, part: str) -> tuple[str, ...]:
    if part.endswith("_*"):
        return parts.several(part.removesuffix("_*"))
    return (part,) if parts.has(part) else ()


def _words(parts: Features) -> tuple[str, Rows, Hashes] | None:
    """Give the rare words of names and texts; a common word says nothing."""
    names = [n for n in ("label", "person", *parts.several("text")) if parts.has(n)]
    if not names:
        return None
    words = pl.concat_list(pl.col(name).str.split(" ").fill_null([]) for name in names)
    table = parts.table.select(words.list.unique(maintain_order=True).alias("word"))
    table = table.with_row_index("row").explode("word").drop_nulls()
    table = table.filter(pl.col("word").str.len_chars() > 2)
    rare = pl.len().over("word").is_between(2, 8 if parts.rows > MANY else BLOCK // 2)
    table = table.filter(rare).select("row", pl.col("word").hash(seed=1))
    return "rare word", table["row"].cast(pl.Int64).to_numpy(), table["word"].to_numpy()


def _expand(
    rows: Rows, keys: Hashes, rank: NDArray[np.int64]
) -> tuple[Rows, Rows, NDArray[np.int64]]:
    """Give the pairs that share a key, and the size of each block."""
    order = np.lexsort((rank[rows], keys))
    rows, keys = rows[order], keys[order]
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else order
    sizes = np.diff(np.r_[starts, len(keys)])
    reach = np.where(sizes > BLOCK, NEIGHBOURS, sizes - 1)
    last = np.repeat(starts + sizes - 1, sizes)
    reach = np.minimum(np.repeat(reach, sizes), last - np.arange(len(rows)))
    left = np.repeat(np.arange(len(rows)), reach)
    step = np.arange(len(left)) - np.repeat(np.cumsum(reach) - reach, reach) + 1
    return rows[left], rows[left + step], sizes


def _neighbours(rank: NDArray[np.int64]) -> Iterator[tuple[str, Rows, Rows]]:
    """Pair each record with the next ones in the alphabet: finds typos at a word's end."""
    order = np.argsort(rank)
    for step in (1,) if len(rank) > MANY else (1, 2, 3):
        yield f"neighbour {step}", order[:-step], order[step:]
