"""Which encoding the letters of a text speak for, and how clearly.

Bytes that are no UTF-8 are read in each encoding that customer lists of our seven languages
come in, and each reading is judged as a reader would: "Müller" is a name, "M³ller" is not.
A letter of these languages in its usual place speaks for an encoding; a mark or a capital
inside a word, a control character or a drawing sign speaks against it. The weights are
rough logarithms of how often a letter stands in such lists; they were set by hand and are
measured in `tests/tables/test_guessing.py`. Latin-1 is no candidate: all of its letters have
the same bytes in Windows-1252, which puts marks where Latin-1 has control characters.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["Guess", "guess"]

# What is known before a letter is read: most lists come from Windows, few from an old Mac.
CANDIDATES = {"cp1252": 2.0, "cp850": 0.0, "cp932": 0.0, "mac-roman": -3.0}
CLEAR = 5.0  # a margin below this is a guess: one letter that could be another
FITS = 0.5  # points a word; below this no candidate reads like any of the languages
ODD = 0.1  # the share of words that read like none of them; above this it is another language

WEIGHTS = {
    letter: weight
    for letters, weight in (
        ("éüøä", 3.0),
        ("öåæáíóãçàèñ", 2.5),
        ("êúôâßòùìõëïîû", 1.5),
        ("œ", 0.0),
        ("ÿšž", -1.0),
        ("ýðþı", -2.0),
    )
    for letter in letters
}
# Where letters that other encodings confuse stand: "São", "Conceições", "Straße", "François".
VOWELS = "aeiouyáàâãäåæéèêëíìîïóòôõöøúùûü"
UNUSUAL = re.compile(
    rf"ã(?![oesin]|\b)|ão(?!s?\b|z)|õ(?!e[sm]?\b)|ç(?![aouáàâãóôõúå]|\b)|ñ(?![{VOWELS}])"
    rf"|(?<![{VOWELS}])ß|ß[cryø]|(?<![{VOWELS}])[ïë]|(?<=[aou])ö|ö(?=[aou])"
    r"|[äöüåæø](?=[áàâãíìîóòôõúùûñç])|[áàâãíìîóòôõúùûñ](?=[äöüåæø])"
    r"|[æøå]\w*[áãìíñòõùú]|[áãìíñòõùú]\w*[æøå]"
)
APOSTROPHE = re.compile(r"(?:^|[^\w])\w{1,5}’\w|\w’[st]\b", re.IGNORECASE)
QUOTED = re.compile("“\\w[^“”]*”|‘\\w[^‘’]*’|„\\w[^„“”]*[“”]|«[^«»]*»")
OPENING, CLOSING = "“‘«¿¡„‚‹", "”’»›…™®©ªº“‘"
NUMERIC, ALONE = "€£§°²³½¼¾ºª±×", "–—•·…€£§©®«»°"
INVISIBLE = "\xa0\xad"
DRAWN = re.compile("[\u0080-\u009f\u2500-\u25ff\ue000-\uf8ff\ufffd]")
WIDE = re.compile("[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff9f]+")
SMALL_KANA = re.compile("[\uff61-\uff9f]+")


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding, the next best, and how far apart they are."""

    encoding: str
    runner_up: str
    margin: float
    certain: bool


def guess(words: Collection[bytes]) -> Guess:
    """Give the encoding that these words with bytes beyond ASCII read best in."""
    readings = {name: [_read(word, name) for word in words] for name in CANDIDATES}
    judged = {name: [_points(text) for text in texts] for name, texts in readings.items()}
    points = {name: CANDIDATES[name] + sum(judged[name]) for name in CANDIDATES}
    best, *others = sorted(points, key=points.__getitem__, reverse=True)
    rival = next((name for name in others if readings[name] != readings[best]), others[0])
    margin = points[best] - points[rival]
    odd = sum(word < 0 for word in judged[best])
    fits = sum(judged[best]) >= FITS * len(words) and odd <= ODD * len(words)
    return Guess(best, rival, margin, certain=fits and margin >= CLEAR)


def _read(word: bytes, encoding: str) -> str:
    return word.decode(encoding, "replace")


@cache
def _kind(letter: str) -> str:
    """Tell capital (U), small (l), digit (d), other letter (o), anything else (-) apart."""
    if letter.isupper():
        return "U"
    if letter.islower() and letter not in "ªº":
        return "l"
    if letter.isdigit() and letter.isascii():
        return "d"
    return "o" if letter.isalpha() and letter not in "ªº" else "-"


def _points(text: str) -> float:
    """Say how much a word reads like one of the languages."""
    if WIDE.search(text):
        return _wide_points(text)
    framed = f" {text} "
    total = 2.0 * len(QUOTED.findall(text)) - 2.5 * len(UNUSUAL.findall(text.lower()))
    for place, letter in enumerate(text, 1):
        if letter.isascii():
            continue
        before, after = framed[place - 1], framed[place + 1]
        if _kind(letter) in "Ul":
            total += _letter_points(letter, before, after)
        elif letter == "’" and _kind(before) in "Ul" and _kind(after) in "Ul":
            total += 1.0 if APOSTROPHE.search(text) else -5.0
        else:
            total += _mark_points(letter, before, after)
    return total


def _letter_points(letter: str, before: str, after: str) -> float:
    """Judge a letter by how usual it is and by the case of those beside it."""
    points = WEIGHTS.get(letter.lower(), -2.0)
    kinds = _kind(before) + _kind(after)
    if letter.isupper():
        points -= 6.0 * (kinds[0] == "l") + 2.0 * (kinds == "Ul")
    else:
        points -= 5.0 * (kinds[1] == "U") + 3.0 * (kinds[0] == "U" and kinds[1] in "-d")
    # Two such letters side by side are rare, but in "ção" and where a letter is doubled.
    if not before.isascii() and kinds[0] in "Ul" and before not in ("ç", "Ç", letter):
        points -= 3.0
    return points - 2.0 * kinds.count("d")


def _mark_points(mark: str, before: str, after: str) -> float:
    """Judge a mark by where it stands."""
    if DRAWN.match(mark):
        return -6.0
    kinds = _kind(before) + _kind(after)
    if not set(kinds) & set("Ulo"):
        usual = mark in INVISIBLE or mark in ALONE or mark in NUMERIC or mark in OPENING
        return 0.5 if usual or mark in CLOSING else -1.0
    if kinds[0] in "Ulo" and kinds[1] in "Ulo":
        return -0.5 if mark in INVISIBLE else -5.0
    if mark in INVISIBLE or mark in (OPENING if kinds[1] in "Ulo" else CLOSING):
        return 0.5
    return 0.5 if mark in NUMERIC and (before in "mnNMaA" or after in "EMm") else -3.0


def _wide_points(text: str) -> float:
    """Judge Japanese: kana and usual characters in runs, not one amid Latin letters."""
    total = 0.0
    for run in WIDE.finditer(text):
        beside = text[run.start() - 1 : run.start()] + text[run.end() : run.end() + 1]
        amid = any(letter.isalpha() for letter in beside)
        total -= 3.0 * amid * (len(run[0]) < 3) + 2.0 * (len(run[0]) == 1)
        total += sum(map(_wide_letter_points, run[0]))
        total -= sum(3.0 for kana in SMALL_KANA.findall(run[0]) if len(kana) < 3)
    rest = WIDE.sub(" ", text)
    return total + (_points(rest) if not rest.isascii() else 0.0)


@cache
def _wide_letter_points(letter: str) -> float:
    if "\u3041" <= letter <= "\u30ff":
        return 2.0
    if unicodedata.east_asian_width(letter) == "H":
        return 0.5
    if letter < "\u4e00" or letter > "\u9fff":
        return 0.5
    usual = letter.encode("cp932", "replace") < b"\x98\x73"  # JIS level 1: 2,965 characters
    return 1.0 if usual else -2.0
