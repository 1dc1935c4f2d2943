"""Names of people.

>>> clean("EXAMPLE, ANN001")
'Ann Example'
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources

import polars as pl

from custclean.folding import fold, settle, skeleton, tidy, unmarked

__all__ = [
    "DEGREE", "GENERATION", "PARTICLES", "TITLE", "clean", "family_first", "formal",
    "formal_names", "key", "skeleton_key",
]  # fmt: skip

GENERATION = (
    "jr|sr|jnr|snr|ii|iii|iv|junior|júnior|senior|filho|neto|sobrinho|fils|père|hijo|figlio"
)
_HUNG = (
    rf"{GENERATION}|pere|den yngre|den (?:æ|ae|a|ä)ldre|(?-i:d\. ?[yæ])"  # "D.Y." are initials
)
_COMMA = rf"(?i)^([^,]+),\s*([^,]+?)(?:[,\s]+({_HUNG})\.?)?$"
_BEFORE_GENERATION = rf"(?i),\s*({_HUNG})\.?\s*$"
DEGREE = "cpa|c p a|phd|ph d|mba|esq|acca|aca|fcca|md|cga|ea"
TITLE = (
    "sig ra|dott ssa|mr|mrs|ms|mx|miss|sir|dr|dra|prof|profa|sig|signor|signora|dott|dottssa"
    "|ing|avv|geom|rag|sr|sra|srta|dom|dona|mme|mlle|monsieur|madame|herr|frau|hr|fru|frk"
    "|dipl ing|don|dna|arch|arq|lic|eng|mag|rev"
)
PARTICLES = frozenset(
    "da das de del dei della der den di do dos du e i la le les lo los van von y af zu"
    " zur".split()
)
_CAPITAL = re.compile(r"(?:^|(?<=[-'’.\s]))\w")
_SCOT = re.compile(r"\bMc(\w)")
_CONVERSION = re.compile(r"(?<=[^\W\d_])\s*-?0\d\d$")


def _recased(word: str, *, first: bool) -> str:
    if not first and word.lower() in PARTICLES:
        return word.lower()
    if word.upper() in ("II", "III", "IV"):
        return word.upper()
    capital = _CAPITAL.sub(lambda found: found.group().upper(), word.lower())
    return _SCOT.sub(lambda found: "Mc" + found.group(1).upper(), capital)


def _step(value: str) -> str:
    text = _CONVERSION.sub("", tidy(value)).strip(" ,;")
    text = re.sub(_COMMA, _turned, re.sub(_BEFORE_GENERATION, r" \1", text))
    letters = [c for c in text if c.isalpha()]
    # initials alone ("JP") are not shouting
    if len(letters) > 3 and (text.isupper() or text.islower()):
        words = text.split(" ")
        text = " ".join(_recased(word, first=n == 0) for n, word in enumerate(words))
    return tidy(text)


def _turned(found: re.Match[str]) -> str:
    family, given, generation = found.groups()
    if given.lower().replace(".", "") in DEGREE.split("|"):
        return f"{family} {given}"
    return " ".join(part for part in (given, family, generation) if part)


def clean(value: str) -> str | None:
    """Give a name in reading order, shouting and the `001` of conversions mended."""
    text = settle(_step, value)
    return text if any(c.isalpha() for c in text) else None


def family_first(expr: pl.Expr) -> pl.Expr:
    """Turn "Last, First" into "First Last"; other names stay."""
    joined = expr.str.replace(_BEFORE_GENERATION, " $1")
    joined = joined.str.replace(rf"(?i),\s*(?:{DEGREE.replace(' ', '. ?')})\.?\s*$", "")
    return joined.str.replace(_COMMA, "$2 $1 $3")


def key(expr: pl.Expr) -> pl.Expr:
    """Give the folded name, titles and degrees away, "Last, First" turned."""
    words = fold(family_first(unmarked(expr))).str.replace(r"(\p{L}) \d{1,2}$", "$1")
    bare = words.str.replace(rf"^(?:(?:{TITLE}) )+(\S+ \S)", "$1")
    return bare.str.replace(rf"^(\S+ \S.*?)(?: (?:{DEGREE}))+$", "$1")


def skeleton_key(expr: pl.Expr) -> pl.Expr:
    """Give the consonants of the key, for names that lost their accents."""
    return skeleton(key(expr))


@cache
def formal_names() -> dict[str, str]:
    """Map each folded short name to the one it is short for."""
    path = resources.files("custclean.text").joinpath("data/nicknames.csv")
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if not line.startswith("#")]
    return {row["nickname"]: row["name"] for row in csv.DictReader(rows)}


def formal(expr: pl.Expr) -> pl.Expr:
    """Give the key with a short first name written out: `Bob` and `Bobby` are `robert`.

    Only evidence: two people may be called so.
    """
    words = key(expr)
    first = words.str.extract(r"^(\S+)").replace(formal_names())
    return pl.concat_str(first, words.str.extract(r"^\S+(.*)$"))
