"""Every sentence that a person reads goes through here: one catalogue, English as the key.

A translation is a gettext catalogue `locale/<language>/LC_MESSAGES/custclean.po`;
`make words` writes the template `custclean.pot` from the source, brings the catalogues up to
it and compiles them.
"""

from __future__ import annotations

import gettext
import os
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NewType

from custclean.words.numerals import MARKS, Filling

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "LANGUAGES",
    "VARIABLE",
    "Marked",
    "language",
    "mark",
    "numeral",
    "set_language",
    "speaks",
    "spoken",
    "tr",
    "trn",
]

Marked = NewType("Marked", str)  # a sentence of the catalogue that is said elsewhere

LANGUAGES = ("en", "it", "pt", "fr", "es", "da", "de")  # pt as in Brazil
VARIABLE = "CUSTCLEAN_LANGUAGE"

_DEFAULT = [os.environ.get(VARIABLE, "en")]
_LANGUAGE: ContextVar[str | None] = ContextVar("custclean_language", default=None)


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    folder = Path(__file__).parent / "locale"
    return gettext.translation("custclean", folder, languages=[code], fallback=True)


def speaks() -> str:
    """Give the code of the language that is spoken here and now."""
    return _LANGUAGE.get() or _DEFAULT[0]


def _said(text: str, values: dict[str, object]) -> str:
    """Fill the {names} in; numbers with a form, as {n:,}, are written as the language does."""
    if speaks() not in MARKS:
        return text.format(**values)  # Python's own way, three times as quick
    return Filling.of(speaks()).vformat(text, (), values)


def set_language(code: str) -> None:
    """Speak this language from now on, everywhere: one of `LANGUAGES`.

    Where nothing is set it is that of the variable CUSTCLEAN_LANGUAGE, else English.
    """
    if code not in LANGUAGES:
        msg = tr("no such language: {code}; there are {known}", code=code, known=_known())
        raise ValueError(msg)
    _DEFAULT[0] = code


def _known() -> str:
    return ", ".join(LANGUAGES)


@contextmanager
def language(code: str | None) -> Iterator[None]:
    """Say everything inside in this language; None: in the one that is set."""
    token = _LANGUAGE.set(code)
    try:
        yield
    finally:
        _LANGUAGE.reset(token)


def tr(message: str, /, **values: object) -> str:
    """Give a sentence in the reader's language, its {names} filled in.

    >>> tr("{n} of {total} read", n=3, total=4)
    '3 of 4 read'
    """
    text = _catalogue(speaks()).gettext(message)
    return _said(text, values) if values else text


def trn(one: str, many: str, n: int, /, **values: object) -> str:
    """Give the sentence for one or for many; {n} is the number.

    >>> trn("{n} client", "{n} clients", 1), trn("{n} client", "{n} clients", 2)
    ('1 client', '2 clients')
    """
    return _said(_catalogue(speaks()).ngettext(one, many, n), {"n": n, **values})


def mark(message: str, /) -> Marked:
    """Put a sentence into the catalogue that is said later: a constant, by `spoken`."""
    return Marked(message)


def spoken(message: Marked, /, **values: object) -> str:
    """Give a marked sentence in the reader's language, its {names} filled in."""
    return tr(message, **values)


def numeral(value: float, form: str = ",", /) -> str:
    """Write a number as the reader's language does.

    >>> numeral(1940), numeral(0.85, ".0%")
    ('1,940', '85%')
    >>> with language("de"):
    ...     numeral(1940.5, ",.2f")
    '1.940,50'
    """
    return Filling.of(speaks()).format_field(value, form)
