"""Every sentence is in the template, and in the catalogue of each language."""

from __future__ import annotations

import importlib.util
import io
import string
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import custclean
from custclean import words
from custclean.words import LANGUAGES, language, set_language, tr, trn

if TYPE_CHECKING:
    from types import ModuleType

    from babel.messages.catalog import Catalog

ROOT = Path(custclean.__file__).parent
OTHERS = [code for code in LANGUAGES if code != "en"]


@cache
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("words_tool", ROOT.parent / "tools/words.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["words_tool"] = module
    spec.loader.exec_module(module)
    return module


def _texts(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (text,)


def _wanted(message: str | tuple[str, ...]) -> set[str | None]:
    return {name for text in _texts(message) for name in names(text)}


@cache
def catalogue(code: str) -> Catalog:
    with tool().catalogue_of(code).open("rb") as file:
        return read_po(file, code)


def names(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_the_template_holds_every_sentence_of_the_source() -> None:
    with (ROOT / "words" / "custclean.pot").open("rb") as file:
        template = {str(message.id) for message in read_po(file) if message.id}
    assert {str(each) for each in tool().sentences()} == template, "run: make words"


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalogue_has_every_sentence_and_no_other(code: str) -> None:
    held = {str(message.id) for message in catalogue(code) if message.id}
    assert {str(each) for each in tool().sentences()} == held, "run: make words"


@pytest.mark.parametrize("code", OTHERS)
def test_every_sentence_is_translated(code: str) -> None:
    strings = {message.id: message.string for message in catalogue(code) if message.id}
    missing = [
        each
        for each, text in strings.items()
        if not all(text if isinstance(text, tuple) else (text,))
    ]
    assert missing == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_names_the_same_values(code: str) -> None:
    wrong = [
        (message.id, text)
        for message in catalogue(code)
        for text in filter(None, _texts(message.string))
        # "one client" may say its number in words
        if not _wanted(message.id) - {"n"} <= names(text) <= _wanted(message.id)
    ]
    assert wrong == []


@pytest.mark.parametrize("code", OTHERS)
def test_what_is_compiled_is_what_was_translated(code: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, tool().updated(code, tool().sentences()))
    path = tool().catalogue_of(code).with_suffix(".mo")
    assert compiled.getvalue() == path.read_bytes(), "run: make words"


def test_a_language_without_a_catalogue_speaks_english() -> None:
    with language("xx"):
        assert tr("{n} of {total} read", n=1, total=2) == "1 of 2 read"


def test_one_and_many_differ() -> None:
    assert trn("{n} client", "{n} clients", 1) == "1 client"
    assert trn("{n} client", "{n} clients", 0) == "0 clients"


def test_the_language_that_is_set_is_spoken_until_another_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(words, "_DEFAULT", ["en"])
    set_language("de")
    assert tr("the file is empty") != "the file is empty"
    with language("en"):
        assert tr("the file is empty") == "the file is empty"
    with pytest.raises(ValueError, match="xx"):
        set_language("xx")
