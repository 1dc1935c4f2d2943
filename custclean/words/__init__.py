"""Every sentence that a person reads goes through here: one catalogue, English as the key.

A translation is a gettext catalogue `locale/<language>/LC_MESSAGES/custclean.mo`;
`make words` writes the template `custclean.pot` from the source.
"""

from __future__ import annotations

import gettext
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["language", "tr", "trn"]

_LANGUAGE: ContextVar[str] = ContextVar("custclean_language", default="en")


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    folder = Path(__file__).parent / "locale"
    return gettext.translation("custclean", folder, languages=[code], fallback=True)


@contextmanager
def language(code: str) -> Iterator[None]:
    """Say everything inside in this language, as far as its catalogue goes."""
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
    text = _catalogue(_LANGUAGE.get()).gettext(message)
    return text.format(**values) if values else text


def trn(one: str, many: str, n: int, /, **values: object) -> str:
    """Give the sentence for one or for many; {n} is the number.

    >>> trn("{n} client", "{n} clients", 1), trn("{n} client", "{n} clients", 2)
    ('1 client', '2 clients')
    """
    return _catalogue(_LANGUAGE.get()).ngettext(one, many, n).format(n=n, **values)
