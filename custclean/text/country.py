"""Names and codes of countries, in seven languages.

>>> clean("Danmark"), clean("U.S.A."), clean("UK"), clean("Atlantis") is None
('DK', 'US', 'GB', True)
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

import polars as pl

from custclean.folding import fold

__all__ = ["clean", "key", "named"]

# what people write beside the official names
_ALIASES = {
    "GB": "uk|great britain|england|scotland|wales|northern ireland|inghilterra|inglaterra"
    "|angleterre|skotland|schottland|storbritannien|gran bretagna|grossbritannien"
    "|gran bretaña|gbr|grã bretanha|grande bretagne|u k",
    "US": "usa|u s a|u s|america|united states of america|stati uniti d'america|eua|e u a"
    "|estados unidos da américa|estados unidos de américa|eeuu|ee uu|états unis d'amérique"
    "|amerikas forenede stater|vereinigte staaten von amerika",
    "NL": "holland|the netherlands|olanda|hollande|holanda",
    "DK": "dnk|kongeriget danmark|dan",
    "DE": "deu|ger|brd|bundesrepublik deutschland|repubblica federale tedesca",
    "IT": "ita|repubblica italiana",
    "FR": "fra|republique française",
    "ES": "esp|reino de españa",
    "PT": "prt|por|república portuguesa",
    "BR": "bra|república federativa do brasil",
    "IE": "irl|republic of ireland|eire|éire",
    "CH": "che|sui|schweiz suisse svizzera",
    "AT": "aut",
    "BE": "bel",
    "SE": "swe",
    "NO": "nor",
    "FI": "fin",
    "CA": "can",
    "AU": "aus",
    "CZ": "czech republic|repubblica ceca|republica checa|république tchèque|tjekkiet",
    "CN": "prc|people's republic of china",
    "KR": "korea|corea",
    "RU": "russian federation",
    "TR": "turkey|turchia|turquia|turquie|türkiye|tyrkiet",
    "AE": "uae|u a e",
}


@cache
def _listed() -> tuple[dict[str, str], ...]:
    """Read the table: of each country its code and its name in each language."""
    path = resources.files("custclean.text").joinpath("data/countries.csv")
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(csv.DictReader(line for line in lines if not line.startswith("#")))


def named(code: str, language: str) -> str:
    """Name a country in a language; one that is not listed is its own code.

    >>> named("DK", "it"), named("DK", "xx"), named("XX", "it")
    ('Danimarca', 'Denmark', 'XX')
    """
    found = next((row for row in _listed() if row["code"] == code), {"en": code})
    return found.get(language, found["en"])


@cache
def _codes() -> dict[str, str]:
    """Map each folded name, code and alias to the two-letter code."""
    names: list[tuple[str, str]] = []
    for code, *spelled in (row.values() for row in _listed()):
        names += [(name, code) for name in spelled]
    codes = sorted({code for _, code in names})
    names += [(alias, code) for code, text in _ALIASES.items() for alias in text.split("|")]
    names += [(code, code) for code in codes]  # last: a code is nothing else
    words = pl.DataFrame(names, schema=["name", "code"], orient="row")
    folded = words.select(fold(pl.col("name")), "code").drop_nulls()
    return dict(folded.iter_rows())


def clean(value: str) -> str | None:
    """Give the two-letter code; None where it names no country known here."""
    folded = pl.select(fold(pl.lit(value)))  # the very folding of the table
    return _codes().get(folded.item() or "")


def key(expr: pl.Expr) -> pl.Expr:
    """Give the two-letter code, or the folded words where it names no country."""
    words = fold(expr)
    return words.replace(_codes())
