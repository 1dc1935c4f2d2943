"""Every sentence is in the template, and in the catalogue of each language."""

from __future__ import annotations

import ast
import importlib.util
import io
import string
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import custclean
from custclean import words
from custclean.words import (
    LANGUAGES,
    language,
    mark,
    numeral,
    set_language,
    speaks,
    spoken,
    tr,
    trn,
)

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


@cache
def sentences() -> list[Any]:
    """Look through the whole source, once."""
    return list(tool().sentences())


def _texts(text: object) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (str(text or ""),)


def _wanted(message: object) -> set[str | None]:
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
    assert {str(each) for each in sentences()} == template, "run: make words"


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalogue_has_every_sentence_and_no_other(code: str) -> None:
    held = {str(message.id) for message in catalogue(code) if message.id}
    assert {str(each) for each in sentences()} == held, "run: make words"


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
    write_mo(compiled, tool().updated(code, sentences()))
    path = tool().catalogue_of(code).with_suffix(".mo")
    assert compiled.getvalue() == path.read_bytes(), "run: make words"


@cache
def _said() -> list[tuple[str, ast.Call, bool]]:
    """Give each call of tr, trn and mark, its place, and whether it stands in an f-string."""
    said = []
    for path in sorted(ROOT.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        inside = {
            id(call)
            for node in ast.walk(tree)
            if isinstance(node, ast.JoinedStr)
            for call in ast.walk(node)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                place = f"{path.relative_to(ROOT)}:{node.lineno}"
                if node.func.id in {"tr", "trn", "mark"} and path.parent.name != "words":
                    said.append((place, node, id(node) in inside))
    return said


def test_no_sentence_stands_in_an_f_string_where_nobody_would_find_it() -> None:
    assert [place for place, _, hidden in _said() if hidden] == []


def test_every_sentence_is_written_out_where_it_is_said_or_marked() -> None:
    wrong = [
        place
        for place, call, _ in _said()
        for text in call.args[: 2 if getattr(call.func, "id", "") == "trn" else 1]
        if not isinstance(text, ast.Constant)
    ]
    assert wrong == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_reason_of_the_screen_holds_no_mark_that_joins_reasons(code: str) -> None:
    """The picture of the proposals takes "a: b; c" apart."""
    rules = (ROOT / "stages/screen_rules.py", ROOT / "stages/screen_vetoes.py")
    texts = "".join(path.read_text("utf-8") for path in rules)
    told = {message.id: str(message.string) for message in catalogue(code) if message.id}
    reasons = [text for key, text in told.items() if f'"{key}"' in texts]
    assert len(reasons) > 15
    assert [text for text in reasons if ": " in text or "; " in text] == []


@pytest.mark.parametrize(
    ("code", "many", "half", "most"),
    [
        ("en", "1,940", "-0.5", "85%"),
        ("it", "1.940", "-0,5", "85%"),
        ("pt", "1.940", "-0,5", "85%"),
        ("es", "1.940", "-0,5", "85\N{NO-BREAK SPACE}%"),
        ("da", "1.940", "-0,5", "85\N{NO-BREAK SPACE}%"),
        ("de", "1.940", "-0,5", "85\N{NO-BREAK SPACE}%"),
        ("fr", "1\N{NO-BREAK SPACE}940", "-0,5", "85\N{NO-BREAK SPACE}%"),
    ],
)
def test_numbers_are_written_as_the_language_does(
    code: str, many: str, half: str, most: str
) -> None:
    with language(code):
        assert (numeral(1940), numeral(-0.5, ".1f"), numeral(0.85, ".0%")) == (
            many,
            half,
            most,
        )
        assert many in trn("{n:,} record in all", "{n:,} records in all", 1940)


def test_a_number_without_a_form_and_a_text_stay_as_they_are() -> None:
    with language("de"):
        told = tr("{file}: {n} rows, {name:>9}", file="a.csv", n=1940, name="1,5 %")
    assert told == "a.csv: 1940 rows,     1,5 %"


def test_what_is_marked_is_said_in_the_language_of_who_reads_it() -> None:
    marked = mark("the file is empty")
    with language("it"):
        assert spoken(marked) == tr("the file is empty") != marked


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
    assert speaks() == "de"
