"""QuickBooks' headings are known in seven languages, and no other system claims them."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from custclean.systems import SYSTEMS, plain_heading
from custclean.systems._recognition import claims, winners

if TYPE_CHECKING:
    from custclean.systems import Layout

LANGUAGES = ("da", "de", "en", "es", "fr", "it", "pt")
QUICKBOOKS = ("quickbooks-accountant", "quickbooks-desktop", "quickbooks-online")
LAYOUTS = [
    pytest.param(name, layout, language, id=f"{name}-{place}-{layout.kind}-{language}")
    for name in QUICKBOOKS
    for place, layout in enumerate(SYSTEMS[name].layouts)
    if "section" not in layout.headings  # IIF: its keywords are English everywhere
    for language in LANGUAGES
]


def _header(layout: Layout, language: str) -> list[str]:
    """Give the first spelling of each field of a layout."""
    found = (each[language][0] for each in layout.headings.values() if language in each)
    return list(dict.fromkeys(found))


def _won(header: list[str]) -> list[tuple[str, str]]:
    return [(claim.system, claim.kind) for claim in winners(claims(SYSTEMS, header, ()))]


@pytest.mark.parametrize(("name", "layout", "language"), LAYOUTS)
def test_a_file_of_each_language_is_claimed_by_its_system_alone(
    name: str, layout: Layout, language: str
) -> None:
    assert _won(_header(layout, language)) == [(name, layout.kind)]


@pytest.mark.parametrize(("name", "layout", "language"), LAYOUTS)
def test_the_order_of_the_columns_does_not_matter(
    name: str, layout: Layout, language: str
) -> None:
    header = _header(layout, language)
    random.Random(language).shuffle(header)
    assert _won(header) == [(name, layout.kind)]


@pytest.mark.parametrize(("name", "layout", "language"), LAYOUTS)
def test_the_language_of_the_headings_is_told(
    name: str, layout: Layout, language: str
) -> None:
    found = claims(SYSTEMS, _header(layout, language), (), name, layout.kind)
    best = max(found, key=lambda claim: len(claim.columns))
    assert best.language == language


@pytest.mark.parametrize(("name", "layout", "language"), LAYOUTS)
def test_a_column_that_neither_is_required_nor_tells_the_file_may_be_missing(
    name: str, layout: Layout, language: str
) -> None:
    required = {field for need in layout.required for field in need.split("|")}
    header = _header(layout, language)
    telling = frozenset().union(*layout.own_spellings)
    optional = {
        languages[language][0]
        for field, languages in layout.headings.items()
        if field not in required and language in languages
        if plain_heading(languages[language][0]) not in telling
    }
    claimed = [_won([each for each in header if each != gone]) for gone in optional]
    assert claimed == [[(name, layout.kind)]] * len(optional)
