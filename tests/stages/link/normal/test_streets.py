from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.stages.link.normal.hashed import Hashed
from custclean.stages.link.normal.streets import add_streets


def streets(*lines: str | None) -> Hashed:
    found = Hashed(len(lines))
    add_streets(found, pl.Series(lines, dtype=pl.String))
    return found


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
        ("Calle Mayor 7", "C/ Mayor 7"),
        ("Rua Direita 7", "R. Direita 7"),
        ("Piazza Roma 7", "P.za Roma 7"),
        ("Corso Roma 7", "C.so Roma 7"),
        ("Viale Roma 7", "V.le Roma, 7"),
        ("Via San Giovanni 7", "Via S. Giovanni 7"),
        ("Calle Santa Ana 7", "C/ Sta. Ana nº 7"),
        ("Saint Mary Road 7", "St. Mary Rd 7"),
        ("7 rue du Général Foch", "7 rue du Gal. Foch"),
        ("Camino Real 7", "Cno. Real, 7"),
        ("12 South Mill Street", "12 S Mill St"),
        ("12 West Mill Street", "12 W. Mill St"),
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
        ("12 S Mill Street", "12 Mill Street"),
        ("Piazza della Scala 7", "Piazza della Sala Nuova 7"),
        ("PO Box 7", "Mill Street 7"),
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
        ("Flat 5C, 12 Mill Street", "12 Mill Street, Flat 5 C", True),
        ("Unit 3, 12a Mill Street", "12A Mill Street", True),
        ("Flat 12, 5 Mill Street", "12 Mill Street", False),
        ("12 S Mill Street", "12 South Mill Street", True),
        ("Piazza della Scala 7", "Piazza della Scala", False),
        ("PO Box 7", "PO Box 8", False),
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
        ("Testvej 7 stth", "Testvej 7 st. th", True),
        ("Testvej 7, stuen til højre", "Testvej 7 st. th", True),
        ("Testvej 7, 2. tv", "TESTVEJ 7, 2TV", True),
        ("Testvej 7, 2. sal tv", "Testvej 7, 2. tv", True),
        ("Testvej 7, 2. til venstre", "Testvej 7, 2. tv.", True),
        ("Testvej 7, 2. tv", "Testvej 7, 2. th", False),
        ("Testvej 7, 2. tv", "Testvej 7, 3. tv", False),
        ("Testvej 7, st. tv", "Testvej 7", False),
        ("Calle Mayor, 7, 2º Dcha", "Calle Mayor 7 2 derecha", True),
        ("Calle Mayor, 7, 8º D", "Calle Mayor 7, 8-D", True),
        ("Calle Mayor 7 bajo", "Calle Mayor, 7, planta baja", True),
        ("Teststr. 7, EG", "Teststraße 7 Erdgeschoss", True),
        ("Teststr. 7, 2. OG", "Teststraße 7, 2. Etage", True),
        ("12 Mill Street, 2nd Floor", "12 Mill Street, Floor 2", True),
        ("12 Mill Street, second floor", "12 Mill St Fl 2", True),
        ("Flat 5C, 12 Mill Street", "12 Mill Street, Flat 5 C", True),
        ("7 rue Foch, Bât. C", "7 rue Foch, bâtiment C", True),
        ("Rua da Paz, 7 - Apto 101 Bloco E", "Rua da Paz 7 bl. E apto 101", True),
        ("PO Box 7", "Postfach 7", True),
        ("PO Box 7", "P.O. Box 7", True),
    ],
)
def test_a_flat_is_one_whatever_it_is_called(one: str, other: str, alike: bool) -> None:
    assert same("unit", one, other) == alike
    assert same("road", one, other)


@pytest.mark.parametrize(
    "line",
    ["Rue Ste Anne 7", "12 Centro Street", "12 Derecha Way", "Hans og Grethes Vej 7",
     "Via Roma 1, CP 7"],
)  # fmt: skip
def test_a_word_that_could_say_flat_stays_in_the_name_of_a_road(line: str) -> None:
    word = line.split(" ")[1]
    assert not same("road", line, line.replace(f"{word} ", ""))


def test_a_post_box_beside_a_road_does_not_make_it_another() -> None:
    assert same("road", "Via Roma 1, CP 7", "Via Roma 1")
    assert same("house", "Via Roma 1, CP 7", "Via Roma 1")


@given(st.lists(st.one_of(st.none(), st.text("7 b.,stSflat", max_size=12)), max_size=6))
@settings(max_examples=40)
def test_a_line_is_read_alike_whatever_stands_above_and_below(lines: list[str | None]) -> None:
    whole = streets(*lines, "Mill 7 st").hashes
    for row, line in enumerate(lines):
        alone = streets(line, "Mill 7 st").hashes
        for part in ("road", "house", "unit"):
            found = [int(each[part][n]) if part in each else 0
                     for each, n in ((whole, row), (alone, 0))]  # fmt: skip
            assert found[0] == found[1]


def test_the_longest_word_of_a_street_stands_for_it_wherever_it_is() -> None:
    found = streets("Ravnkilde Mill Road 7", "7 Mill Road Ravnkilde", "Bo Road").hashes[
        "road4"
    ]
    assert found[0] == found[1] != found[2]
