"""Tax ids of valid form with their check digits, each given out once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from benchmarks.customers.draw import any_of, digits, each_once

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.customers.draw import Ints

ODD = dict(
    zip(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20,
         11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23],
    )
)  # fmt: skip
EVEN = {sign: int(sign, 36) - (10 if sign.isalpha() else 0) for sign in ODD}
COMMUNES = "H501 F205 F839 L219 G273 D969 A944 D612 A662 C351 L781 L736 F158 G224 B157".split()


def _weighted(number: Ints, width: int, weights: Sequence[int]) -> Ints:
    """Add up the digits of a number by their weights, the first digit first."""
    tens = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    return ((number[:, None] // tens % 10) * np.array(weights)).sum(axis=1)


def _luhn(number: Ints, width: int) -> Ints:
    """Give the digit that Luhn adds."""
    tens = 10 ** np.arange(width, dtype=np.int64)  # the last digit first
    figures = number[:, None] // tens % 10
    doubled = figures[:, ::2] * 2
    total = (doubled // 10 + doubled % 10).sum(axis=1) + figures[:, 1::2].sum(axis=1)
    return -total % 10


def _eleven(number: Ints, width: int, weights: Sequence[int]) -> Ints:
    rest = _weighted(number, width, weights) % 11
    return np.where(rest < 2, 0, 11 - rest)


def _danish(rng: np.random.Generator, size: int) -> pl.Series:
    number = each_once(rng, 1_000_000, 9_999_999, size + size // 5 + 50)
    check = -_weighted(number, 7, [2, 7, 6, 5, 4, 3, 2]) % 11
    return digits((number * 10 + check)[check < 10][:size], 8)


def _italian(rng: np.random.Generator, size: int) -> pl.Series:
    number = each_once(rng, 10_000, 9_999_999, size) * 1000 + rng.integers(1, 101, size)
    return digits(number * 10 + _luhn(number, 10), 11)


def _brazilian(rng: np.random.Generator, size: int) -> pl.Series:
    base = each_once(rng, 1_000_000, 59_999_999, size) * 10_000 + 1
    one = base * 10 + _eleven(base, 12, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2])
    two = one * 10 + _eleven(one, 13, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2])
    text = digits(two, 14)
    parts = [text.str.slice(at, 3 if at in (2, 5) else 4) for at in (2, 5, 8)]
    return (
        text.str.slice(0, 2) + "." + parts[0] + "." + parts[1] + "/" + parts[2] + "-"
        + text.str.slice(12)
    )  # fmt: skip


def _spanish(rng: np.random.Generator, size: int) -> pl.Series:
    number = each_once(rng, 100_000, 5_299_999, size)
    return any_of(rng, ["B", "B", "B", "A"], size) + digits(number * 10 + _luhn(number, 7), 8)


def _french(rng: np.random.Generator, size: int) -> pl.Series:
    number = each_once(rng, 30_000_000, 89_999_999, size)
    siren = number * 10 + _luhn(number, 8)
    return "FR" + digits((12 + 3 * (siren % 97)) % 97, 2) + digits(siren, 9)


def _german(rng: np.random.Generator, size: int) -> pl.Series:
    number = each_once(rng, 10_000_000, 35_000_000, size)
    product = np.full(size, 10)
    for at in range(7, -1, -1):
        rest = (number // 10**at % 10 + product) % 10
        product = np.where(rest == 0, 10, rest) * 2 % 11
    check = (11 - product) % 10
    return "DE" + digits(number * 10 + check, 9)


def _british(rng: np.random.Generator, size: int) -> pl.Series:
    number = each_once(rng, 1_000_000, 9_999_999, size)
    check = 97 - _weighted(number, 7, [8, 7, 6, 5, 4, 3, 2]) % 97
    return "GB" + digits(number * 100 + check, 9)


def _american(rng: np.random.Generator, size: int) -> pl.Series:
    text = digits(each_once(rng, 200_000_000, 489_999_999, size), 9)
    return text.str.slice(0, 2) + "-" + text.str.slice(2)


OF_FIRMS = {
    "da_DK": _danish, "it_IT": _italian, "pt_BR": _brazilian, "es_ES": _spanish,
    "fr_FR": _french, "de_DE": _german, "en_GB": _british, "en_US": _american,
}  # fmt: skip


def of_firms(rng: np.random.Generator, locale: str, size: int) -> pl.Series:
    """Draw tax ids of firms."""
    return OF_FIRMS[locale](rng, size)


def of_people(rng: np.random.Generator, locale: str, people: pl.DataFrame) -> pl.Series:
    """Draw tax ids of people, where a customer list holds them."""
    size = people.height
    if locale == "pt_BR":
        base = each_once(rng, 10_000_000, 999_999_999, size)
        one = base * 10 + _eleven(base, 9, range(10, 1, -1))
        text = digits(one * 10 + _eleven(one, 10, range(11, 1, -1)), 11)
        cut = [text.str.slice(at, 3) for at in (0, 3, 6)]
        return cut[0] + "." + cut[1] + "." + cut[2] + "-" + text.str.slice(9)
    if locale == "es_ES":
        number = each_once(rng, 1_000_000, 79_999_999, size)
        return digits(number, 8) + pl.Series(list("TRWAGMYFPDXBNJZSQVHLCKE")).gather(
            number % 23
        )
    if locale == "it_IT":
        return _fiscal(rng, people)
    return pl.Series([None], dtype=pl.String).new_from_index(0, size)


def _fiscal(rng: np.random.Generator, people: pl.DataFrame) -> pl.Series:
    """Give the Italian code: three letters of either name, birth, place, check letter."""
    size = people.height
    letters = people.select(_three("family"), _three("given"))
    day = rng.integers(1, 29, size) + np.where(people["man"].to_numpy(), 0, 40)
    text = (
        letters["family"] + letters["given"] + digits(rng.integers(35, 100, size), 2)
        + any_of(rng, list("ABCDEHLMPRST"), size) + digits(day, 2)
        + any_of(rng, COMMUNES, size)
    )  # fmt: skip
    total = sum(
        text.str.slice(at, 1).replace_strict(EVEN if at % 2 else ODD, return_dtype=pl.Int64)
        for at in range(15)
    )
    return text + pl.Series(list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")).gather(total % 26)


def _three(column: str) -> pl.Expr:
    plain = (
        pl.col(column).str.normalize("NFKD").str.to_uppercase().str.replace_all("[^A-Z]", "")
    )
    consonants = plain.str.replace_all("[AEIOU]", "")
    vowels = plain.str.replace_all("[^AEIOU]", "")
    return (consonants + vowels + "XXX").str.slice(0, 3)
