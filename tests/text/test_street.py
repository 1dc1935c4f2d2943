from __future__ import annotations

import polars as pl
import pytest

from custclean.text import street


def _of(function: object, *values: str) -> list[str | None]:
    assert callable(function)
    return pl.DataFrame({"v": values}).select(function(pl.col("v")))["v"].to_list()


@pytest.mark.parametrize(
    "spellings",
    [
        ("Testvej 7, 2. tv", "Testvej 7 2 t.v.", "TESTVEJ 7, 2.TV", "Test Vej 7, 2. tv"),
        ("Testgade 4, st. th", "Testgade 4 st.th.", "Testgade 4, stuen th"),
        ("Teststraße 12 a", "Teststr. 12A", "Test Str. 12a", "Teststrasse 12 A"),
        ("12 Test Street Apt 5", "12 Test St. #5", "12 TEST ST, Unit 5"),
        ("Via Prova, 5", "via Prova 5", "VIA PROVA N. 5", "Via Prova nº 5"),
        ("Viale della Prova 5", "V.le Prova, 5", "viale Prova 5"),
        ("Av. da Prova nº 10, 2º", "Avenida da Prova, 10 2", "Avda. Prova 10, 2º"),
        ("C/ Prueba 5", "Calle Prueba, 5", "Calle de la Prueba 5"),
        ("12 rue de l'Essai", "12, Rue l'Essai"),
        ("Piazza Prova 1", "P.zza Prova 1", "P.za Prova, 1"),
        ("P.O. Box 12", "PO Box 12", "Postboks 12"),
        ("Testg. 7", "Testgade 7", "TESTGADE 7"),
        ("Prøvev. 7", "Prøvevej 7", "Proevevej 7"),
        ("Testallee 3", "Testal. 3", "Test-Allee 3"),
        ("Testplatz 1", "Testpl. 1", "Test-Platz 1"),
        ("R. da Prova, 7", "Rua da Prova 7"),
        ("5 Test Road\nFlat 2", "5 Test Rd, Flat 2", "5 Test Rd Apartment 2"),
    ],
)
def test_spellings_of_one_address_share_a_key(spellings: tuple[str, ...]) -> None:
    keys = _of(street.key, *spellings)
    assert len(set(keys)) == 1
    assert keys[0] is not None


def test_neighbours_have_different_keys() -> None:
    addresses = ("Testvej 7", "Testvej 7 A", "Testvej 17", "Testgade 7",
                 "Testvej 7, 2. tv", "Testvej 7, 2. th", "Testvej 7, 3. tv", "12 Test Street",
                 "12 Test Avenue")  # fmt: skip
    assert len(set(_of(street.key, *addresses))) == len(addresses)


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("Testvej 7 A, 2. tv", "7a"),
        ("12 Test St", "12"),
        ("Via Prova", None),
        ("Rua X, 5", "5"),
    ],
)
def test_the_house_number_is_found(address: str, number: str | None) -> None:
    assert _of(street.number, address) == [number]


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Testvej  7\n2. tv", "Testvej 7, 2. tv"),
        ("Testvej 7,\r\n, 2. tv,", "Testvej 7, 2. tv"),
        ("12 Test St ,Apt 5", "12 Test St, Apt 5"),
    ],
)
def test_lines_become_one(raw: str, clean: str) -> None:
    assert street.clean(raw) == clean


def test_signs_alone_are_no_address() -> None:
    assert street.clean(" ,\n- ") is None
