"""How two raw values compare: letter by letter, after cleaning, or not at all."""

from __future__ import annotations

import difflib
import unicodedata
from typing import TYPE_CHECKING

import polars as pl

from custclean.folding import fold
from custclean.model import SEVERAL
from custclean.text import (
    company,
    country,
    email,
    person,
    phone,
    postcode,
    street,
    tax_id,
    website,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

__all__ = ["OF_THE_RECORD", "compared", "differences", "differing", "marked", "visible"]

OF_THE_RECORD = frozenset({"company_id", "created", "last_activity"})
"""Canonical fields that differ between records of one client too: it says nothing."""

Part = tuple[str, bool]  # a piece of a value, and whether the other value lacks it
Cut = tuple[bool, int, int, int, int]  # whether it differs, from and to in both values
LONGEST = 400  # longer values are not compared letter by letter: it takes quadratic time
CHANCE = 2  # letters shared between two differences that may be shared by chance
ALIKE = 0.4  # below, so little is shared that showing it would only flicker


def _firm(expr: pl.Expr) -> pl.Expr:
    """Two legal forms are two firms: the form counts, its spelling does not."""
    return pl.concat_str(company.key(expr), company.form(expr).fill_null(""), separator=" ")


# Fields that are not here (numbers, dates, balances) agree only letter by letter.
_KEYS: Mapping[str, tuple[Callable[[pl.Expr], pl.Expr], ...]] = {
    "display_name": (_firm, person.key),
    "company": (_firm,),
    "given_name": (person.key,),
    "middle_name": (person.key,),
    "family_name": (person.key,),
    "email": (email.key,),
    "phone": (phone.key,),
    "mobile": (phone.key,),
    "fax": (phone.key,),
    "website": (website.key,),
    "street": (street.key,),
    "postcode": (postcode.key,),
    "country": (country.key,),
    "tax_id": (tax_id.key,),
    **dict.fromkeys(
        "title suffix city region parent customer_type lead_accountant subscription"
        " notes".split(),
        (fold,),
    ),
}
_IN_PARTS = frozenset({"email", "phone", "mobile", "fax"})


def compared(table: pl.DataFrame) -> dict[str, tuple[str | None, ...]]:
    """Give each field's keys, one a row of the table: equal keys agree after cleaning.

    A field with two keys (a name may be a firm's or a person's) stands there as
    `name`, `name 2`.
    """
    keyed = _keys(table)
    return {name: tuple(keyed.get_column(name).to_list()) for name in keyed.columns}


def _keys(table: pl.DataFrame) -> pl.DataFrame:
    expressions = {
        f"{field} {number}": _keyed(field, key)
        for field, keys in _KEYS.items()
        if field in table.columns
        for number, key in enumerate(keys)
    }
    return table.select(**expressions)


def differing(
    table: pl.DataFrame, places: tuple[Sequence[int], Sequence[int]]
) -> Iterator[tuple[str, list[bool]]]:
    """Say of each field in which of the pairs of rows it differs, even after cleaning."""
    keys = _keys(table)
    one, other = places
    for field in table.columns:
        values = table[field].cast(pl.String).str.replace_all(r"\s+", " ").str.strip_chars()
        left, right = values[one], values[other]
        both = (left != "") & (right != "")
        differs = both & (left != right)
        for name in (f"{field} 0", f"{field} 1"):
            if name in keys.columns:
                differs &= ~(keys[name][one] == keys[name][other]).fill_null(value=False)
        yield field, differs.fill_null(value=False).to_list()


def _keyed(field: str, key: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
    text = pl.col(field).cast(pl.String)  # a column without any value has no type
    if field not in _IN_PARTS:
        return key(text)
    parts = text.str.split(SEVERAL.strip())
    whole = parts.list.eval(key(pl.element()).drop_nulls().unique().sort()).list.join(SEVERAL)
    return whole.replace({"": None})


def marked(
    left: str | None,
    right: str | None,
    keys: Sequence[tuple[str | None, str | None]],
) -> str:
    """Say same, clean, differ or missing; `keys` are the keys of the two, side by side."""
    if not (left or "").strip() or not (right or "").strip():
        return "missing"
    if left == right:
        return "same"
    if (left or "").split() == (right or "").split():
        return "clean"
    return "clean" if any(one and one == other for one, other in keys) else "differ"


def differences(left: str, right: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Cut both values into pieces that they share, whatever the case, and that they do not.

    Where only one has something, the other has an empty piece.

    >>> differences("Ann", "Anne")
    ((('Ann', False), ('', True)), (('Ann', False), ('e', True)))
    """
    one, other = _letters(left), _letters(right)
    if max(len(one), len(other)) > LONGEST:
        return ((left, left != right),), ((right, left != right),)
    matcher = difflib.SequenceMatcher(None, _folded(one), _folded(other), autojunk=False)
    if matcher.ratio() < ALIKE:
        return ((left, True),), ((right, True),)
    cuts = _calm([(tag != "equal", a, b, c, d) for tag, a, b, c, d in matcher.get_opcodes()])
    return (
        tuple(("".join(one[a:b]), differs) for differs, a, b, _, _ in cuts),
        tuple(("".join(other[c:d]), differs) for differs, _, _, c, d in cuts),
    )


def _calm(cuts: Sequence[Cut]) -> list[Cut]:
    """Join differences around a letter or two that agree by chance: no more than differ."""
    calm = list(cuts)
    at = 1
    while at < len(calm) - 1:
        before, (differs, a, b, _, _), after = calm[at - 1 : at + 2]
        if not differs and b - a <= min(CHANCE, *map(_length, (before, after))):
            calm[at - 1 : at + 2] = [(True, before[1], after[2], before[3], after[4])]
            at = max(1, at - 2)  # the longer one may take in what came before
        else:
            at += 1
    return calm


def _length(cut: Cut) -> int:
    return max(cut[2] - cut[1], cut[4] - cut[3])


def _letters(text: str) -> list[str]:
    """Cut between what people see as letters: an accent stays with its base."""
    letters: list[str] = []
    for char in text:
        if letters and unicodedata.combining(char):
            letters[-1] += char
        else:
            letters.append(char)
    return letters


def _folded(letters: list[str]) -> list[str]:
    return [letter.casefold() for letter in letters]


def visible(text: str, *, differs: bool = False) -> str:
    """Make what one cannot see readable: marks of direction, controls; blanks that differ.

    >>> visible("a\u200bb"), visible(" ", differs=True)
    ('a[U+200B]b', '␣')
    """
    return "".join(_seen(char, differs=differs) for char in text)


def _seen(char: str, *, differs: bool) -> str:
    kind = unicodedata.category(char)
    if kind in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"} and char != "\n":
        return f"[U+{ord(char):04X}]"
    return "␣" if differs and kind == "Zs" else char
