"""One way to fold spellings together and to tidy text, shared by the kinds of value.

`fold` is for comparing only: it loses accents, case and punctuation. `tidy` is for what
people read: it mends spaces and characters that were decoded twice, nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["fold", "plain", "settle", "skeleton", "squeeze", "swap", "tidy", "unmarked"]

# letters that Unicode does not take apart, the way people type them on a plain keyboard
_OWN = {
    "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ß": "ss", "ẞ": "SS",
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th",
    "ı": "i", "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T", "ŋ": "n", "Ŋ": "N",
    "’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "\u00ad": "", "\u200b": "", "\ufeff": "",
}  # fmt: skip
_RANGES = (
    range(0xA0, 0x250),  # Latin-1, Latin Extended
    range(0x1E00, 0x1F00),  # Latin Extended Additional
    range(0xFB00, 0xFB07),  # ligatures
    range(0xFF10, 0xFF5B),  # full width
)
_MARKS = range(0x300, 0x370)  # accents that stand as characters of their own
# what follows the doubled "Ã" but may also stand there by right: quotes, dashes, blanks
_HONEST = frozenset("\u00a0‘’“”–—")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_PASSES = 20  # each pass of a cleaner shortens; nothing real needs more than three
_CLOSING = (
    r"deleted|inactive|duplicate|dupe?|copy|slettet|inaktiv|kopi|eliminato|inattivo|copia"
    r"|exclu[ií]do|inativo|eliminado|inactivo|supprim[eé]|inactif|gel[oö]scht|\d{1,2}|v|c"
)
_MARKED = rf"(?i)\s*(?:[(\[](?:{_CLOSING})[)\]]|\b(?:duplicate|dupe)\b)[\s.]*$"
# "Bob Example001" is left by a conversion, "Bob Example-1" typed to get past a name in use
_CONVERTED = r"(\p{L}\.?)(?:\s*-?0\d\d|\s?-[1-9])$"


def _doubled() -> dict[str, str]:
    """Pair a letter's two bytes, read as cp1252, with the letter they meant."""
    found: dict[str, str] = {}
    for letter in map(chr, range(0xC0, 0x180)):
        try:
            wrong = letter.encode().decode("cp1252")
        except UnicodeDecodeError:
            continue
        if wrong[1] not in _HONEST:
            found[wrong] = letter
    return found


_DOUBLED = _doubled()
_DOUBLED_RE = re.compile("|".join(map(re.escape, _DOUBLED)))


@cache
def _letters() -> dict[str, str]:
    table: dict[str, str] = {}
    for code in chain(*_RANGES):
        base = "".join(
            c for c in unicodedata.normalize("NFKD", chr(code)) if not unicodedata.combining(c)
        )
        if base.isascii() and base.isalnum():
            table[chr(code)] = base
    table |= _OWN
    marks = dict.fromkeys(map(chr, _MARKS), "")
    doubled = {wrong: table.get(right, right) for wrong, right in _DOUBLED.items()}
    return doubled | table | marks  # the first that fits wins: two letters before one


def plain(expr: pl.Expr) -> pl.Expr:
    """Lower-case ASCII letters for every Latin letter; punctuation stays."""
    table = _letters()
    folded = expr.str.replace_many(list(table), list(table.values()), leftmost=True)
    return folded.str.to_lowercase()


def _or_null(expr: pl.Expr) -> pl.Expr:
    return expr.replace({"": None})  # when/then would work the whole expression out twice


def squeeze(expr: pl.Expr) -> pl.Expr:
    """Letters and digits, one blank between words; null where nothing is left."""
    words = expr.str.replace_all(r"[^\p{L}\p{N} ]+", " ").str.replace_all(" {2,}", " ")
    return _or_null(words.str.strip_chars())


def fold(expr: pl.Expr) -> pl.Expr:
    """Fold spellings of one word together: case, accents, `aa` for `å`, `oe` for `ø`.

    An apostrophe and the `?` of a lost accent vanish, other punctuation is a blank.
    For comparing only; null where nothing is left.
    """
    base = plain(expr).str.replace_all(r"['?\u{FFFD}]", "")
    # a final "oe" or "ue" is no umlaut: Joe, Zoe, Sue, Blue
    base = base.str.replace_all(r"([aou])e(\p{L})", "$1$2")
    return squeeze(base.str.replace_all("aa+", "a"))


def skeleton(expr: pl.Expr) -> pl.Expr:
    """Give the consonants of a folded key: equal for `S?ren`, `Sren` and `Søren`."""
    words = expr.str.replace_all(r"[aeiouy]", "").str.replace_all(r" {2,}", " ")
    return _or_null(words.str.strip_chars())


def unmarked(expr: pl.Expr) -> pl.Expr:
    """Take away what programs and people hang on a name: `001`, `(deleted)`, `(2)`, `dupe`."""
    bare = expr.str.strip_chars().str.replace(_MARKED, "").str.replace(_CONVERTED, "$1")
    return pl.coalesce(_or_null(bare), expr)


def settle(step: Callable[[str], str], value: str) -> str:
    """Apply a step until it changes nothing more, so that cleaning twice is cleaning once.

    >>> settle(lambda text: text.replace("aa", "a"), "aaaa")
    'a'
    """
    for _ in range(_PASSES):
        after = step(value)
        if after == value:
            break
        value = after
    return value


def _tidied(value: str) -> str:
    text = value
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
        text = _DOUBLED_RE.sub(lambda found: _DOUBLED[found.group()], text)
    return _SPACES.sub(" ", text).strip()


def tidy(value: str) -> str:
    r"""Mend blanks, invisible characters and letters that were decoded twice.

    >>> tidy(" SÃ¸ren\u00a0  Example\n")
    'Søren Example'
    """
    return settle(_tidied, value)


def swap(expr: pl.Expr, words: Mapping[str, str]) -> pl.Expr:
    """Replace whole words of folded text (several words may stand for one; `""` drops)."""
    # each blank twice, so that two neighbours both have a blank of their own to match
    padded = expr.str.replace_all(" ", "  ", literal=True).str.replace("^", " ") + pl.lit(" ")
    table = {
        f" {old} ".replace(" ", "  ")[1:-1]: f" {words[old]} "
        for old in sorted(words, key=len, reverse=True)
    }
    swapped = padded.str.replace_many(list(table), list(table.values()), leftmost=True)
    return _or_null(swapped.str.replace_all(" {2,}", " ").str.strip_chars())
