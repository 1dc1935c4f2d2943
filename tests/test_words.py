"""Every sentence is in the catalogue's template."""

from __future__ import annotations

from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import custclean
from custclean.words import language, tr, trn

ROOT = Path(custclean.__file__).parent


def test_the_template_holds_every_sentence_of_the_source() -> None:
    found = {
        message
        for *_, message, _, _ in extract_from_dir(ROOT, keywords={"tr": None, "trn": (1, 2)})
    }
    with (ROOT / "words" / "custclean.pot").open("rb") as file:
        template = {message.id for message in read_po(file) if message.id}
    assert {str(each) for each in found} == {str(each) for each in template}, "run: make words"


def test_a_language_without_a_catalogue_speaks_english() -> None:
    with language("xx"):
        assert tr("{n} of {total} read", n=1, total=2) == "1 of 2 read"


def test_one_and_many_differ() -> None:
    assert trn("{n} client", "{n} clients", 1) == "1 client"
    assert trn("{n} client", "{n} clients", 0) == "0 clients"
