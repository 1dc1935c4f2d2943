"""Slips of the keys, on many texts at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from benchmarks.customers.draw import any_of, by_share, chance

if TYPE_CHECKING:
    from benchmarks.customers.draw import Bools

BESIDE = {  # on the keyboard
    "a": "sqz", "b": "vnh", "c": "xvd", "d": "sfe", "e": "wrd", "f": "dgr", "g": "fht",
    "h": "gjy", "i": "uok", "j": "hku", "k": "jli", "l": "kop", "m": "nkj", "n": "bmh",
    "o": "ipl", "p": "olø", "q": "wa1", "r": "etf", "s": "adw", "t": "ryg", "u": "yij",
    "v": "cbf", "w": "qes", "x": "zcs", "y": "tuh", "z": "xas",
}  # fmt: skip
ALIKE = {"i": "yej", "e": "aié", "a": "eo", "o": "au", "c": "ks", "s": "zc", "y": "i",
         "k": "c", "d": "t", "t": "d", "b": "p", "v": "w",
         "w": "v", "z": "s", "f": "v"}  # fmt: skip
KEYS = {"replace": 0.3, "delete": 0.28, "insert": 0.14, "double": 0.08, "transpose": 0.2}


def _other(rng: np.random.Generator, letter: pl.Series) -> pl.Series:
    """Give a letter that is hit, or heard, instead of another."""
    low = letter.str.to_lowercase()
    some = {key: (ALIKE.get(key, "") + near)[:6] for key, near in BESIDE.items()}
    turn = rng.integers(0, 6, len(letter))
    chosen = low.clone()
    for at in range(6):
        table = {key: near[at % len(near)] for key, near in some.items()}
        new = low.replace(list(table), list(table.values()))
        mask = pl.Series(turn == at)
        chosen = pl.select(pl.when(mask).then(new).otherwise(chosen)).to_series()
    digit = any_of(rng, list("0123456789"), len(letter))
    capital = pl.lit(letter).str.contains(r"\p{Lu}")
    return pl.select(
        pl.when(pl.lit(letter).str.contains(r"\d")).then(digit)
        .when(capital).then(pl.lit(chosen).str.to_uppercase())
        .otherwise(chosen)
    ).to_series()  # fmt: skip


def typed(rng: np.random.Generator, texts: pl.Series) -> pl.Series:
    """Let the keys slip once in each text, seldom at its first letter."""
    size = len(texts)
    length = texts.str.len_chars().fill_null(0).to_numpy().astype(np.int64)
    first = np.where(chance(rng, 0.06, size), 0, 1)
    room = np.maximum(length - first - 1, 1)
    at = first + (rng.random(size) * room).astype(np.int64)
    kind = by_share(rng, KEYS, size)
    here, after = (pl.Series(at + step) for step in (0, 1))
    letter, follower = (texts.str.slice(place, 1) for place in (here, after))
    head = pl.select(pl.lit(texts).str.slice(0, pl.lit(here))).to_series()
    tail = texts.str.slice(after)
    wrong = _other(rng, letter)
    swapped = follower + letter + texts.str.slice(pl.Series(at + 2))
    news = [
        wrong + tail,
        tail,
        letter + wrong.str.to_lowercase() + tail,
        letter + letter + tail,
        swapped,
    ]
    new = pl.select(
        pl.coalesce(
            pl.when(pl.Series(kind == n)).then(head + text) for n, text in enumerate(news)
        )
    ).to_series()
    keep = pl.Series(_short(length))
    return pl.select(pl.when(keep).then(texts).otherwise(new)).to_series()


def _short(length: np.ndarray) -> Bools:
    return length < 3


def misdialled(rng: np.random.Generator, lines: pl.Series) -> pl.Series:
    """Let one digit of each number be another, or two change places."""
    size = len(lines)
    length = lines.str.len_chars().to_numpy().astype(np.int64)
    at = (rng.random(size) * np.maximum(length - 1, 1)).astype(np.int64)
    here, after, rest = (pl.Series(at + step) for step in (0, 1, 2))
    digit, follower = lines.str.slice(here, 1), lines.str.slice(after, 1)
    shift = pl.Series(rng.integers(1, 10, size))
    wrong = ((digit.cast(pl.Int64) + shift) % 10).cast(pl.String)
    turned = pl.Series(chance(rng, 0.4, size)) & (digit != follower)
    head = pl.lit(lines).str.slice(0, pl.lit(here))
    return pl.select(
        pl.when(turned).then(head + follower + digit + lines.str.slice(rest))
        .otherwise(head + wrong + lines.str.slice(after))
    ).to_series()  # fmt: skip
