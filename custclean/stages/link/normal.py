"""The keys by which values are compared: those of `custclean.text`, taken apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import polars as pl

from custclean.folding import fold, skeleton
from custclean.model import SEVERAL
from custclean.text import company, country, email, person, phone, postcode, street, tax_id
from custclean.text import website as site

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PLACES", "SEVERAL", "SIMPLE", "Key"]

Key = Callable[[pl.Expr], pl.Expr]

_ROLE = r"^(info|mail|post|office|admin|kontakt|contact\w*|contat\w*|hello|hej|sales|salg)$"
# "Example Ltd-1", "Ann Example 2": the second of its name, often the first once more
_COPY = r"(\p{L}\.?)(?:\s*-\s*|\s+)(\d)$"
_AND = r" (?:y|e|i) "  # what "&" is called where it is one letter
_YEAR_FIRST = r"^\s*(\d{4})\D?(\d{2})\D?(\d{2})"
_YEAR_LAST = r"^\s*(\d{1,2})\D(\d{1,2})\D(\d{4})"
# words that set one firm of an owner apart from the other, though the rest is equal
_APART = r"\b(holding|property|invest|trust)\b"


def text_of(expr: pl.Expr) -> pl.Expr:
    """Give any column as text, blank as missing."""
    text = expr.cast(pl.String).str.strip_chars()
    return pl.when(text != "").then(text)


def _squashed(expr: pl.Expr) -> pl.Expr:
    return fold(expr).str.replace_all(" ", "", literal=True)


def _date(expr: pl.Expr) -> pl.Expr:
    """Give yyyymmdd; whether days or months come first is seen in the whole column."""
    first = expr.str.extract(_YEAR_LAST, 1).str.zfill(2)
    second = expr.str.extract(_YEAR_LAST, 2).str.zfill(2)
    year = expr.str.extract(_YEAR_LAST, 3)
    months_first = (second.max() > "12") & (first.max() <= "12")
    turned = pl.when(months_first).then(first + second).otherwise(second + first)
    parts = [expr.str.extract(_YEAR_FIRST, n) for n in (1, 2, 3)]
    return pl.coalesce(pl.concat_str(parts), year + turned, _squashed(expr))


def _number(expr: pl.Expr) -> pl.Expr:
    return _squashed(expr.str.replace(r"[.,]0+$", ""))


SIMPLE: Mapping[str, Key] = {
    "date": _date,
    "number": _number,
    "text": fold,
    "category": fold,
    "exact": _squashed,
}
PLACES: Mapping[str, Key] = {
    "city": fold,
    "region": fold,
    "country": country.key,
    "postcode": postcode.key,
}
MANY: Mapping[str, Key] = {
    "email": email.key,
    "phone": phone.key,
    "tax_id": tax_id.key,
    "website": site.key,
}


def road_and_house(expr: pl.Expr) -> list[pl.Expr]:
    """Split a street line into its words and its number."""
    words = street.key(expr)
    road = words.str.replace_all(r"\b\d{1,5}[a-z]?\b", "").str.replace_all(r" +", " ")
    return [road.str.strip_chars().alias("road"), street.number(expr).alias("house")]


def postcode_in(expr: pl.Expr) -> pl.Expr:
    """Find a postcode in an address that stands in one field."""
    return postcode.key(expr.str.extract(r"\b(\d{4,5}(?:-\d{3})?)\b(?:\D*)$"))


def firm_parts(name: str, prefix: str) -> pl.Expr:
    """Take a firm's name apart: its stem, legal form and telling words."""
    expr = pl.col(name).str.replace(_COPY, "$1")
    return pl.struct(
        company.key(expr).str.replace_all(_AND, " ").alias(f"{prefix}stem"),
        company.form(expr).alias(f"{prefix}form"),
        company.entity(expr).alias(f"{prefix}entity"),
        pl.col(name).str.extract(_COPY, 2).alias(f"{prefix}copy"),
    ).alias(prefix)


def full_name(given: pl.Expr, family: pl.Expr) -> pl.Expr:
    """Put the parts of a person's name together."""
    return person.key(pl.concat_str(given, family, separator=" ", ignore_nulls=True))


def person_key(name: str) -> pl.Expr:
    """Fold a person's name that stands in one field, "Last, First" turned."""
    return person.key(pl.col(name).str.replace(_COPY, "$1"))


def in_order(expr: pl.Expr) -> pl.Expr:
    """Sort the words, so that their order does not matter."""
    return expr.str.split(" ").list.sort().list.join(" ")


def person_parts(whole: pl.Expr) -> list[pl.Expr]:
    """Take a folded name in reading order apart."""
    words = whole.str.split(" ")
    count = words.list.len()
    middle = pl.when(count > 2).then(words.list.slice(1, count - 2))
    given = pl.when(count > 1).then(words.list.first())
    return [
        given.alias("given"),
        words.list.last().alias("family"),
        middle.list.join(" ").alias("middle"),
        middle.list.first().alias("middle_start"),
        middle.list.last().alias("middle_end"),
        in_order(whole).alias("person"),
    ]


def formal(given: pl.Series) -> pl.Series:
    """Write short given names out; there are few of them, so each is done once."""
    each = given.drop_nulls().unique()
    written = each.to_frame("given").select(person.formal(pl.col("given")))["given"]
    return given.replace_strict(each, written, default=None).alias("nick")


def details(names: list[str]) -> list[pl.Expr]:
    """Derive what keys and comparisons ask for from the columns that are there."""
    made = {
        "given": [*_starts("given", 1, 3), *_ends("given", 4)],
        "family": [*_starts("family", 1), *_ends("family", 4)],
        "middle": _starts("middle", 1),
        "person": _ends("person", 3),
        "label": _starts("label", 1, 4),
        "road": _starts("road", 4),
        "stem": [*_stem_details(pl.col("stem")), *_starts("stem", 1, 4)],
        "entity": [pl.col("entity").str.extract(_APART).alias("apart")],
        "email_0": _email_details(pl.col("email_0")),
        "phone_0": _ends("phone_0", 3),
        "tax_id_0": _ends("tax_id_0", 3),
        "date_0": _date_details(pl.col("date_0")),
    }
    return [expr for name, exprs in made.items() if name in names for expr in exprs]


def _starts(name: str, *sizes: int) -> list[pl.Expr]:
    return [pl.col(name).str.head(size).alias(f"{name}{size}") for size in sizes]


def _ends(name: str, size: int) -> list[pl.Expr]:
    """Give both ends of a value: one slip of the keys leaves one of them as it was."""
    value = pl.col(name)
    return [
        value.str.head(size).alias(f"{name}_head"),
        value.str.tail(size).alias(f"{name}_tail"),
    ]


def _stem_details(stem: pl.Expr) -> list[pl.Expr]:
    words = stem.str.split(" ")
    initials = words.list.eval(pl.element().str.head(1)).list.join("")
    bones = skeleton(stem).str.replace_all(" ", "", literal=True)
    digits = stem.str.extract_all(r"\d+").list.join(" ")
    return [
        in_order(stem).alias("stem_sorted"),
        stem.str.replace_all(" ", "").alias("stem_joined"),
        digits.alias("stem_digits"),
        pl.when(bones.str.len_chars() > 5).then(bones).alias("stem_bones"),
        words.list.first().alias("stem_first"),
        words.list.last().alias("stem_last"),
        in_order(stem).str.head(1).alias("stem_sorted1"),
        pl.when(words.list.len() > 2).then(initials).alias("acronym"),
    ]


def _email_details(address: pl.Expr) -> list[pl.Expr]:
    local = address.str.extract(r"^([^@]+)@")
    return [
        pl.when((local.str.len_chars() > 4) & ~local.str.contains(_ROLE))
        .then(local.str.replace_all(r"[._-]", ""))
        .alias("local"),
        address.str.head(1).alias("email1"),
        address.str.extract(r"@(.+)$").alias("domain"),
        _squashed(address.str.extract(r"@([^.]{5,})\.")).alias("domain_name"),
        local.str.extract_all(r"\d").list.join("").alias("email_digits"),
    ]


def _date_details(date: pl.Expr) -> list[pl.Expr]:
    year, month, day = date.str.slice(0, 4), date.str.slice(4, 2), date.str.slice(6, 2)
    return [
        year.alias("year"),
        pl.concat_str(year, day, month).alias("date_turned"),
        pl.concat_str(month, day).alias("date_day"),
        pl.concat_str(year, month).alias("date_month"),
    ]
