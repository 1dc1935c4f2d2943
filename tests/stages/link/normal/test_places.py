from __future__ import annotations

import polars as pl
import pytest

from custclean.stages.link.normal.hashed import Hashed
from custclean.stages.link.normal.places import add_places, postcode_in

ODD = ["\0", "😀 7", "x" * 10_000, "שדרות 7", "", "'", "7", "7 7 7", "a\nb"]


def text(*values: str | None) -> pl.Series:
    return pl.Series(values, dtype=pl.String)


def streets(*lines: str | None) -> Hashed:
    found = Hashed(len(lines))
    add_places(found, text(*lines), {})
    return found


def place(kind: str, *values: str | None) -> list[int]:
    found = Hashed(len(values))
    add_places(found, None, {kind: text(*values)})
    return found.hashes[kind].tolist() if kind in found.hashes else [0] * len(values)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("city", "Århus", "AARHUS"),
        ("city", "São Paulo", "Sao Paulo"),
        ("postcode", "DK-1050", "1050"),
        ("postcode", "DK2100", "2100"),
        ("postcode", "D-01067", "1067"),
        ("postcode", "D 01067", "01067"),
        ("postcode", "P-1000-205", "1000 205"),
        ("postcode", "1012 AB", "1012ab"),
        ("postcode", "NL-1012 AB", "1012AB"),
        ("postcode", "2100.0", "2100"),
        ("postcode", "20001 1234", "200011234"),
        ("postcode", "00184", "184"),
        ("postcode", "20001-1234", "20001"),
        ("postcode", "SW1A 1AA", "sw1a1aa"),
        ("country", "Danmark", "DK"),
        ("country", "Deutschland", "Germania"),
        ("region", "CALIFORNIA", "California"),
    ],
)
def test_places_are_one_in_all_their_spellings(kind: str, one: str, other: str) -> None:
    first, second, missing = place(kind, one, other, None)
    assert first == second != missing == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [("E1 6AN", "1 6AN"), ("B1 1AA", "11AA"), ("S10 2TN", "102TN"), ("1012 AB", "1012 AC")],
)
def test_another_postcode_is_another(one: str, other: str) -> None:
    first, second = place("postcode", one, other)
    assert first != second


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("Mill St 12, 2134 Town", "2134"),
        ("Via Roma 1, 00184 Roma", "00184"),
        ("Rua da Paz 1, 1000-205 Lisboa", "1000-205"),
        ("12 Mill Street", None),
        (None, None),
    ],
)
def test_a_postcode_is_found_in_an_address(address: str | None, found: str | None) -> None:
    assert postcode_in(text(address)).to_list() == [found]


@pytest.mark.parametrize("lines", [[], [None], [None, None], ["Via Roma 7"], ODD])
def test_nothing_is_too_odd_to_be_read(lines: list[str | None]) -> None:
    assert all(len(of) == len(lines) for of in streets(*lines).hashes.values())
    for kind in ("city", "region", "postcode", "country"):
        assert len(place(kind, *lines)) == len(lines)
