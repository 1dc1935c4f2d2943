from __future__ import annotations

import polars as pl
import pytest

from custclean.stages.link.normal.hashed import Hashed
from custclean.stages.link.normal.places import add_places, postcode_in

ODD = ["\0", "😀 7", "x" * 10_000, "שדרות 7", "", "'", "7", "7 7 7", "a\nb"]
BY_WORD = pytest.mark.xfail(
    strict=True, reason="custclean.text.street.key joins these, the reading by words does not"
)


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


def same(part: str, one: str, other: str) -> bool:
    """Tell whether two lines share a part, which may be missing in both."""
    found = streets(one, other).hashes.get(part)
    return found is None or bool(found[0] == found[1])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 Mill Street", "Mill St. 12"),
        ("5 Mill Avenue", "5 Mill Ave"),
        ("5 Mill Road", "5 mill rd"),
        ("Testvej 7", "Test Vej 7"),
        ("Testvej 7", "Testv. 7"),
        ("Testgade 7", "Testg. 7"),
        ("Nørre Allé 7", "Norre Alle 7"),
        ("Teststraße 7", "Teststr. 7"),
        ("Teststrasse 7", "Test Straße 7"),
        ("Testplatz 7", "Test Platz 7"),
        ("Via Roma 7", "via di Roma n. 7"),
        ("Piazza Roma 7", "Pza Roma nº 7"),
        ("Rua da Paz 7", "Rua Paz 7"),
        ("Avenida da Paz 7", "Av. Paz, 7"),
        ("Calle Mayor 7", "Cl. Mayor nº 7"),
        ("Plaza Mayor 7", "Pl. Mayor 7"),
        ("7 avenue de la Paix", "7 av. Paix"),
        ("7 boulevard Foch", "7 bd Foch"),
        ("5 First Ave", "5 1st Avenue"),
        ("5 Twelfth St", "5 12th Street"),
        pytest.param("Calle Mayor 7", "C/ Mayor 7", marks=BY_WORD),
        pytest.param("Rua Direita 7", "R. Direita 7", marks=BY_WORD),
        pytest.param("Piazza Roma 7", "P.za Roma 7", marks=BY_WORD),
    ],
)
def test_a_street_is_one_in_all_its_spellings(one: str, other: str) -> None:
    assert same("road", one, other)
    assert same("house", one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mill Street 7", "Hill Street 7"),
        ("5 1st Ave", "5 2nd Ave"),
        ("Via Roma 7", "Corso Roma 7"),
    ],
)
def test_another_street_is_another(one: str, other: str) -> None:
    assert not same("road", one, other)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("12B Mill Street", "Mill Street 12 b", True),
        ("12B Mill Street", "12C Mill Street", False),
        ("12B Mill Street", "12 Mill Street", False),
        ("12 Mill Street", "13 Mill Street", False),
        ("12 Mill Street, Apt 3", "12 Mill Street, Apt 4", True),
    ],
)
def test_a_house_is_its_number_and_its_letter(one: str, other: str, alike: bool) -> None:
    assert same("house", one, other) == alike


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("12 Mill Street, Apt 3", "12 Mill Street Flat 3", True),
        ("12 Mill Street, Unit 3", "12 Mill Street Suite 3", True),
        ("Testvej 7, lejl. 3", "Testvej 7, lejlighed 3", True),
        ("Via Roma 7 int. 3", "Via Roma 7 interno 3", True),
        ("Calle Mayor 7 piso 3", "Calle Mayor 7 pta 3", True),
        ("Teststr. 7, Whg. 3", "Teststr. 7 Wohnung 3", True),
        ("12 Mill Street, Apt 3", "12 Mill Street, Apt 4", False),
        ("12 Mill Street, Apt 3", "12 Mill Street", False),
        pytest.param("Testvej 7 stth", "Testvej 7 st. th", True, marks=BY_WORD),
        pytest.param("PO Box 7", "Postfach 7", True, marks=BY_WORD),
        pytest.param("PO Box 7", "P.O. Box 7", True, marks=BY_WORD),
    ],
)
def test_a_flat_is_one_whatever_it_is_called(one: str, other: str, alike: bool) -> None:
    assert same("unit", one, other) == alike
    assert same("road", one, other)


def test_the_longest_word_of_a_street_stands_for_it_wherever_it_is() -> None:
    found = streets("Ravnkilde Mill Road 7", "7 Mill Road Ravnkilde", "Bo Road").hashes[
        "road4"
    ]
    assert found[0] == found[1] != found[2]


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("city", "Århus", "AARHUS"),
        ("city", "São Paulo", "Sao Paulo"),
        ("postcode", "DK-1050", "1050"),
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
