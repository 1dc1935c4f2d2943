"""The words of an answer: what a question offers, and all that is understood as one."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from custclean.model import Verdict
from custclean.words import LANGUAGES, language, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PAIR", "RECORD", "offered", "understood"]

PAIR, RECORD = "pair", "record"  # two that may be one client; one that may be no customer
_ENDS = " \t\r\n\u00a0.,;:!\"'"  # what is typed around a word and says nothing

_YES = "y yes j ja o oui s si sim"
_NO = "n no nej nein non nao"
_UNSURE = (
    "unsure|not sure|don't know|dont know|do not know|unknown|maybe|perhaps|?|??"
    "|incerto|incerta|non so|forse|dubbio|inseguro|duvida|nao sei|talvez|incertain|incertaine"
    "|je ne sais pas|peut-etre|pas sur|dudoso|no se|no lo se|quiza|quizas|tal vez|usikker"
    "|ved ikke|det ved jeg ikke|maske|tvivl|unsicher|weiss nicht|vielleicht|unklar"
)
# Without accents and in small letters, as `_plain` makes them; the languages' own words for
# the choices are added from the catalogue.
_TYPED: Mapping[str, Mapping[Verdict, str]] = {
    PAIR: {
        Verdict.SAME: (
            "same|the same|same client|the same client|identical|match"
            "|stesso|stessa|lo stesso|stesso cliente|identico|uguale|mesmo|o mesmo|igual"
            "|mesmo cliente|meme|le meme|meme client|identique|mismo|el mismo|mismo cliente"
            "|samme|den samme|samme kunde|samme klient|ens|identisk|gleich|derselbe|dasselbe"
            "|gleicher kunde|derselbe mandant|identisch"
        ),
        Verdict.DIFFERENT: (
            "different|distinct|two clients|not the same|diverso|diversi|differenti"
            "|differente|distinti|diferente|diferentes|distinto|distintos|outro|otro"
            "|differents|distincts|pas le meme|forskellig|forskellige|to kunder|anden"
            "|verschieden|verschiedene|anders|unterschiedlich|zwei kunden|zwei mandanten"
        ),
        Verdict.UNSURE: _UNSURE,
    },
    RECORD: {
        Verdict.KEEP: (
            "keep|customer|a customer|client|a client|tenere|tieni|mantenere|cliente"
            "|un cliente|manter|um cliente|garder|conserver|un client|mantener|conservar"
            "|behold|kunde|klient|behalten|ein kunde|mandant"
        ),
        Verdict.SET_ASIDE: (
            "no customer|not a customer|no client|not a client|set aside|remove"
            "|nessun cliente|non cliente|non e un cliente|nao cliente|nao e cliente"
            "|pas client|pas un client|non client|pas de client|no cliente|no es cliente"
            "|ikke kunde|ikke en kunde|ingen kunde|ikke klient|kein kunde|kein mandant"
        ),
        Verdict.UNSURE: _UNSURE,
    },
}
_SHORT = {
    PAIR: {Verdict.SAME: _YES, Verdict.DIFFERENT: _NO},
    RECORD: {Verdict.KEEP: _YES, Verdict.SET_ASIDE: _NO},
}


def offered(kind: str) -> dict[Verdict, str]:
    """Give the choices of a kind of question in the reader's language."""
    if kind == PAIR:
        return {
            Verdict.SAME: tr("same"),
            Verdict.DIFFERENT: tr("different"),
            Verdict.UNSURE: tr("unsure"),
        }
    return {
        Verdict.KEEP: tr("customer"),
        Verdict.SET_ASIDE: tr("no customer"),
        Verdict.UNSURE: tr("unsure"),
    }


def understood(kind: str, text: str) -> Verdict | None:
    """Read an answer in any of the languages, in any case; None if it is none.

    >>> understood(PAIR, " JA "), understood(RECORD, "Pas un client.")
    (<Verdict.SAME: 'same'>, <Verdict.SET_ASIDE: 'set_aside'>)
    """
    return _known(kind).get(_plain(text))


@cache
def _known(kind: str) -> dict[str, Verdict]:
    words = {
        word: verdict for verdict, text in _TYPED[kind].items() for word in text.split("|")
    }
    words |= {word: verdict for verdict, text in _SHORT[kind].items() for word in text.split()}
    for code in LANGUAGES:  # what a sheet offers is understood, however it is translated
        with language(code):
            words |= {_plain(word): verdict for verdict, word in offered(kind).items()}
    return words


def _plain(text: str) -> str:
    """Take away case, accents, blanks and the signs around a word."""
    apart = unicodedata.normalize("NFKD", text.replace("\u2019", "'"))
    letters = "".join(char for char in apart if not unicodedata.combining(char))
    return " ".join(letters.casefold().strip(_ENDS).split())
