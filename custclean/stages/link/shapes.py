"""Shapes of values: e-mails, phones, streets, names ... and how many values have them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from custclean.folding import plain, squeeze
from custclean.stages.link.gazetteer import (
    CITIES,
    FAMILY_NAMES,
    GIVEN_NAMES,
    REGION_CODES,
    REGIONS,
)
from custclean.text import company, country, person, street

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["measured"]

_COUNTRIES = 150  # distinct values of a column that may hold countries
# on values in small ASCII letters: patterns that know all of Unicode are slow to build
_DAY, _MONTH, _YEAR = (
    "(?:0?[1-9]|[12][0-9]|3[01])",
    "(?:0?[1-9]|1[0-2])",
    "(?:1[5-9]|20)[0-9]{2}",
)
_NAMED = "[a-z]{3,10}[.]?"
_TIME = "(?:[t ][0-9]{1,2}[:.][0-9]{2}.*|z)?"
_ENDS = "com|org|net|edu|gov|info|biz|io|eu|uk|us|it|pt|br|fr|es|dk|de|at|ch|example"
_VATS = "at|be|bg|cy|cz|de|dk|ee|el|es|fi|fr|gb|hr|hu|ie|it|lt|lu|lv|mt|nl|pl|pt|ro|se|si|sk"
_MONEY = "[$€£]|r[$]|kr[.]?|eur|usd|gbp|dkk|brl|chf"
_JOINED_WAY = "[a-z]{2}(?:strasse|strade|str|platz|plads|vej|gade|allee|weg)(?: |$)|^[cr] "
_LETTER = r"[a-z\x{80}-\x{10ffff}]"
_PATTERNS: Mapping[str, str] = {
    "email": "[^ @]@[^ @]+[.][a-z0-9]",
    "website": (
        "^(?:https?:/{1,2}|www[.])[^ ]+$"
        f"|^[a-z0-9_-]+(?:[.][a-z0-9_-]+)*[.](?:{_ENDS})(?:/[^ ]*)?$"
    ),
    "date": (
        f"^(?:{_YEAR}[-/.]{_MONTH}[-/.]{_DAY}|{_DAY}[-/.]{_DAY}[-/.](?:[0-9]{{2}}){{1,2}}"
        f"|{_DAY}[-/. ]{_NAMED}[-/. ,]{{1,2}}(?:[0-9]{{2}}){{1,2}}"
        f"|{_NAMED} {_DAY},? [0-9]{{4}}"
        f"|{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])){_TIME}$"
    ),
    # a time of day that is not midnight
    "timed": (
        "[0-9][t ](?:0?[1-9]|1[0-9]|2[0-3])[:.][0-9]{2}"
        "|[0-9][t ][0-9]{1,2}[:.](?:0[1-9]|[1-5][0-9])"
    ),
    "old": "(?:^|[^0-9])(?:1[5-9][0-9]{2}|200[0-4])(?:[^0-9]|[0-9]{4}$|$)",
    "integer": "^[-+]?[0-9]+(?:[.]0+)?$",
    "number": (
        "^[-+]?(?:[0-9]+(?:[.,][0-9]+)?|[0-9]{1,3}(?:[,.' ][0-9]{3})+(?:[.,][0-9]+)?)"
        "(?:e[-+]?[0-9]+)?%?$"
    ),
    "year": "^(?:1[5-9][0-9]{2}|20[0-3][0-9])(?:[.]0)?$",
    "month": (
        "^(?:(?:0?[1-9]|1[0-2])(?:[.]0)?|(?:jan|feb|fev|mar|apr|abr|avr|mai|maj|may|mag|jun|giu"
        "|jui|jul|lug|aug|ago|aou|sep|set|oct|okt|ott|out|nov|dec|dez|dic|gen|ene)[a-z]*[.]?)$"
    ),
    "day": "^(?:0?[1-9]|[12][0-9]|3[01])(?:[.]0)?$",
    "phone": (
        "^(?:[a-z. ]{2,12}: ?)?[+(]{0,2}[0-9][0-9 ()./–;,-]{4,40}[0-9][)]?"
        "(?: ?(?:x|ext[.]?|int[.]?|#) ?[0-9]{1,6})?$"
    ),
    # marks that numbers of another sort do not have
    "dialled": "^[+]|^[(]?0[0-9]|[0-9)] *[-(/ ] *[(]?[0-9]|[0-9][.][0-9]+[.][0-9]",
    "nanp": "^1?[2-9][0-9]{2}[2-9][0-9]{6}(?:[.]0)?$",
    "money": (
        f"^[-(]?(?:{_MONEY}) ?-?[0-9][0-9.,' ]*[)]?$|^[-(]?[0-9][0-9.,' ]* ?(?:{_MONEY})[)]?$"
        "|^-?[0-9]{1,3}(?:[.,][0-9]{3})+[.,][0-9]{2}$"
    ),
    "geo": "^-?[0-9]{1,3}[.,][0-9]{4,}$",
    "ukzip": "^[a-z]{1,2}[0-9][a-z0-9]? ?[0-9][a-z]{2}$|^[a-z][0-9][a-z] ?[0-9][a-z][0-9]$",
    "zip": (
        "^(?:[0-9]{4}-[0-9]{3}|[0-9]{5}-[0-9]{3,4}|[0-9]{4} ?[a-z]{2}|[a-z]{1,3}- ?[0-9]{4,5}"
        "|[0-9]{3} [0-9]{2})$"
    ),
    "digits5": "^[0-9]{4,5}(?:[.]0)?$",
    "tax": (
        "^(?:[0-9]{3}-[0-9]{2}-[0-9]{4}|[0-9]{2}-[0-9]{7}"
        "|[a-z]{6}[0-9]{2}[a-z][0-9]{2}[a-z][0-9]{3}[a-z]"
        "|[0-9]{2}[.][0-9]{3}[.][0-9]{3}/[0-9]{4}-[0-9]{2}|[0-9]{3}[.][0-9]{3}[.][0-9]{3}-[0-9]{2}"
        "|[xyz]?[0-9]{7,8}-?[a-z]|[a-hjnp-suvw]-?[0-9]{7}[0-9a-j]"
        f"|(?:{_VATS})[ -]?[a-z]?[0-9][0-9 .]{{6,12}}(?:b[0-9]{{2}})?)$"
    ),
    "hash": (
        "^[{]?[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}[}]?$"
        "|^[0-9a-f]{20,}$"
    ),
    "code": "^[^ @]*[0-9][^ @]*$",
    "bool": (
        "^(?:yes|no|true|false|y|n|t|f|0|1|x|on|off|ja|nej|nein|j|si|s|oui|o|non|sim|nao|verdadero"
        "|falso|vero|vrai|faux|wahr|falsch|sand|falsk|[01][.]0)$"
    ),
    "gender": (
        "^(?:m|f|male|female|man|woman|mand|kvinde|mannlich|weiblich|w|d|divers|maschio|femmina"
        "|uomo|donna|homme|femme|masculin[oe]?|feminin[oa]?|femenino|hombre|mujer|homem|mulher|h"
        "|k|mann|frau|other|unknown|u|x|unspecified)$"
    ),
    "status": (
        "^(?:(?:in)?active|open|closed|pending|new|won|lost|lead|prospect|customer|enabled"
        "|disabled|archived|deleted|blocked|(?:in)?a[ct]+iv[oae]?|(?:in)?aktiv|spaerret|gesperrt"
        "|bloccato|bloque?ad[oa]|cerrad[oa]|abiert[oa]|aperto|chiuso|ferme|ouvert|offen"
        "|geschlossen|valid|invalid|ok|draft|approved|rejected|done|verified|unverified"
        "|confirmed)$"
    ),
    "digit": "[0-9]",
    "worded": f"^[^0-9@]*{_LETTER}[^0-9@]*$",
    "lettered": _LETTER,
    "numbered": (
        f"^[0-9]{{1,6}}[a-z]?(?:[-/][0-9]+[a-z]?)?,? .*{_LETTER}{{2}}"
        f"|{_LETTER}{{3}}[.]?,? (?:n[^a-z0-9]* ?)?[0-9]{{1,5}} ?[a-z]?(?:[ ,/-].*)?$"
    ),
    "full": (
        "[a-z].*[,\n].*[^a-z0-9]"
        "(?:[0-9]{4,5}(?:-[0-9]{3,4})?|[a-z]{1,2}[0-9][a-z0-9]? ?[0-9][a-z]{2})"
        "(?:[^a-z0-9][^0-9]*)?$"
    ),
    "house": (
        "^(?:n[^a-z0-9]* ?)?[0-9]{1,5}(?:[.]0)? ?(?:[-/+] ?[0-9]{0,5})? ?[a-z]{0,2}"
        "(?:,? .{1,12})?$|^s/?n$"
    ),
}


def measured(values: pl.DataFrame) -> pl.DataFrame:
    """Give for each `place` the share of its values that are of each shape.

    `values` holds the distinct values `v` of a place, and how often each was seen, `n`.
    """
    letters = _ascii(values["v"])
    spelt = values.select("place", "n", p=letters).with_columns(
        f=squeeze(pl.col("p").str.replace_all("['?\ufffd]", "")).fill_null("")
    )
    shapes = {name: pl.col("p").str.contains(pattern) for name, pattern in _PATTERNS.items()}
    shapes |= {name: pl.col("f").is_in(_words(name)) for name in _WHOLE}
    found = spelt.select(
        "place",
        "n",
        "f",
        **shapes,
        digits=pl.col("p").str.count_matches("[0-9]", literal=False),
        words=pl.col("p").str.count_matches(" +") + 1,
        length=pl.col("p").str.len_chars(),
        formed=pl.col("f").str.contains(_forms()),
        joined=pl.col("f").str.contains(_JOINED_WAY),
        country=_countries(spelt),
    )
    parts = [_any_word(spelt["f"], _words(name)).alias(name) for name in _INSIDE]
    found = found.with_columns(parts).with_columns(
        phone=pl.col("phone") & pl.col("digits").is_between(6, 40) & ~pl.col("date"),
        address=pl.col("numbered") & pl.col("lettered"),
        way=pl.col("way") | pl.col("joined"),
        firm=pl.col("entity") | pl.col("formed"),
        one=pl.col("words") == 1,
    )
    found = found.with_columns(dialled=pl.col("phone") & pl.col("dialled"))
    names = [name for name in found.columns if name not in ("place", "n", "f")]
    weight = pl.col("n") / pl.col("n").sum()
    return found.group_by("place").agg((pl.col(name) * weight).sum() for name in names)


def _ascii(values: pl.Series) -> pl.Series:
    """Give small letters without accents; most values have none to begin with."""
    small = values.str.to_lowercase()
    odd = (small.str.len_bytes() != small.str.len_chars()).arg_true()
    if odd.is_empty():
        return small
    return small.scatter(odd, values.gather(odd).to_frame("v").select(plain(pl.col("v")))["v"])


_WHOLE = ("given", "family", "city", "region", "title", "suffix")
_INSIDE = ("someone", "way", "entity")


@cache
def _words(name: str) -> list[str]:
    """List the words that tell a kind, in small letters without accents."""
    nicknames = person.formal_names()
    given = GIVEN_NAMES | nicknames.keys() | set(nicknames.values())
    ways = {way for text in street.WAYS.values() for way in text.split("|")}
    # two letters are too few: "al", "st", "le"
    long = {way for way in _ascii(pl.Series(sorted(ways))) if len(way) > 2}
    lists: Mapping[str, Collection[str]] = {
        "given": given,
        "someone": given,
        "family": FAMILY_NAMES,
        "city": CITIES,
        "region": REGIONS | REGION_CODES,
        "title": person.TITLE.split("|"),
        "suffix": [*person.GENERATION.split("|"), *person.DEGREE.split("|"), "v"],
        "way": long | {"st", "rd", "av", "dr", "vej", "gade"},
        "entity": company.entities(),
    }
    return sorted(lists[name])


@cache
def _forms() -> str:
    """Find the legal form that ends a name."""
    return f"[a-z0-9] (?:{'|'.join(company.spellings())})$"


def _any_word(texts: pl.Series, words: list[str]) -> pl.Series:
    """Tell which texts hold one of some words."""
    apart = texts.str.split(" ")
    flat = apart.explode(empty_as_null=True).is_in(words)
    rows = np.repeat(np.arange(len(texts)), apart.list.len().clip(1).to_numpy())
    found = np.zeros(len(texts), dtype=bool)
    found[rows[flat.fill_null(value=False).to_numpy()]] = True
    return pl.Series(found)


def _countries(spelt: pl.DataFrame) -> pl.Series:
    """Tell the names of countries, in columns of few values: each look is dear."""
    few = pl.len().over("place") <= _COUNTRIES
    asked = (
        spelt.select(few & pl.col("p").str.contains("^[^0-9]{2,40}$")).to_series().arg_true()
    )
    code = spelt["p"].gather(asked).to_frame("p").select(country.key(pl.col("p")))["p"]
    known = code.str.contains("^[A-Z]{2}$").fill_null(value=False)
    return pl.Series([False]).new_from_index(0, len(spelt)).scatter(asked, known)
