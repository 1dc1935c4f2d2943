from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from custclean.stages.link.normal.persons import Persons
from custclean.stages.link.words import Words


def persons(*names: str | None) -> Persons:
    return Persons.read(Words.of(pl.Series(names, dtype=pl.String)))


def parts(name: str) -> tuple[str, str, str]:
    """Give the given, middle and family name."""
    found = persons(name).spelt
    given, middle, family = (
        found[part].texts(np.arange(1))[0].decode() for part in ("given", "middle", "family")
    )
    return given, middle, family


def agree(part: str, one: str, other: str) -> bool:
    first, second = persons(one, other).hashes[part].tolist()
    return bool(first == second != 0)


@pytest.mark.parametrize(
    "name",
    [
        "Mr Bob Example",
        "Dr. Bob Example",
        "Hr. Bob Example",
        "Herr Dr. Bob Example",
        "Sig. Bob Example",
        "Dott. Bob Example",
        "Sr. Bob Example",
        "Dom Bob Example",
        "Monsieur Bob Example",
        "Bob Example CPA",
        "Bob Example, MBA, PhD",
        "Dott.ssa Bob Example",
        "Sig.ra Bob Example",
        "Dipl.-Ing. Bob Example",
        "Arch. Bob Example",
        "Mag. Dr. Bob Example",
        "Bob Example, C.P.A.",
        "Bob Example, Ph.D.",
    ],
)
def test_titles_and_degrees_are_taken_away(name: str) -> None:
    assert parts(name) == ("bob", "", "example")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Dr Example", ("dr", "", "example")),
        ("Bob Cpa", ("bob", "", "cpa")),
        ("Mr", ("", "", "mr")),
    ],
)
def test_of_two_words_none_is_a_title(name: str, found: tuple[str, str, str]) -> None:
    assert parts(name) == found


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Bob Example Jr.", 1),
        ("Bob Example Junior", 1),
        ("Bob Example II", 1),
        ("João Exemplo Filho", 1),
        ("Bob Example Sr", 2),
        ("Bob Example Jnr", 1),
        ("Bob Example Snr.", 2),
        ("Bob Example III", 3),
        ("João Exemplo Neto", 3),
        ("Bob Example", 0),
        ("Jr", 0),
        ("João Exemplo Júnior", 1),
        ("João Exemplo Sobrinho", 5),
        ("João Neto", 0),  # a family name
        ("Jean Exemple fils", 1),
        ("Jean Exemple père", 2),
        ("Juan Ejemplo hijo", 1),
        ("Gianni Esempio figlio", 1),
        ("Jens Eksempel d.y.", 1),
        ("Jens Eksempel d. æ.", 2),
        ("Jens Eksempel den ældre", 2),
        ("D. Y. Kim", 0),
        ("Kim D Y", 0),
    ],
)
def test_a_generation_is_kept_apart(name: str, found: int) -> None:
    assert persons(name).hashes["generation"].tolist() == [found]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Juan de la Cruz", ("juan", "", "cruz")),
        ("Ludwig von Berg", ("ludwig", "", "berg")),
        ("Jan van der Berg", ("jan", "", "berg")),
        ("Ana dos Santos", ("ana", "", "santos")),
        ("Luca della Valle", ("luca", "", "valle")),
        ("Anne du Pont", ("anne", "", "pont")),
        ("Erik af Klint", ("erik", "", "klint")),
        ("De Berg", ("de", "", "berg")),
    ],
)
def test_particles_are_lost_between_other_words(
    name: str, found: tuple[str, str, str]
) -> None:
    assert parts(name) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Juan de la Cruz", "de la Cruz Juan"),
        ("Ana dos Santos Silva", "dos Santos Silva Ana"),
        ("Ludwig von der Berg", "von der Berg Ludwig"),
    ],
)
def test_particles_are_lost_in_front_of_a_name_turned_round(one: str, other: str) -> None:
    assert agree("person", one, other)


def test_an_initial_in_front_is_no_particle() -> None:
    assert parts("E. Maria Berg") == ("e", "maria", "berg")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Bob", ("", "", "bob")),
        ("Bob M. Example", ("bob", "m", "example")),
        ("Ana Maria Lopes Silva", ("ana", "maria lopes", "silva")),
        ("Bob Example 2", ("bob", "", "example")),
        ("Bob Example 001", ("bob", "", "example")),
    ],
)
def test_a_name_is_given_middle_and_family(name: str, found: tuple[str, str, str]) -> None:
    assert parts(name) == found


@pytest.mark.parametrize(
    ("part", "one", "other"),
    [
        ("person", "Ann Berg", "Berg Ann"),
        ("person_joined", "Ann Marie Berg", "Annmarie Berg"),
        ("nick", "Bob Berg", "Robert Berg"),
        ("sound", "Bo Sørensen", "Bo S?rensen"),
        ("given1", "A. Berg", "Anna Berg"),
        ("given3", "Annika Berg", "Anna Berg"),
        ("family_tail", "Ann Hansen", "Ann Jansen"),
        ("middle_initial", "Ann M. Berg", "Bo M Vest"),
    ],
)
def test_spellings_of_one_name_share_a_part(part: str, one: str, other: str) -> None:
    assert agree(part, one, other)


@pytest.mark.parametrize(
    ("part", "one", "other"),
    [
        ("person", "Ann Berg", "Anna Berg"),
        ("given", "Berg", "Berg"),
        ("initial", "Anna Berg", "Anna Berg"),
        ("middle", "Ann Berg", "Bo Berg"),
        ("family_digits", "Ann Berg1", "Ann Berg2"),
    ],
)
def test_what_is_missing_or_differs_is_not_shared(part: str, one: str, other: str) -> None:
    assert not agree(part, one, other)


@pytest.mark.parametrize(
    "names",
    [
        [],
        [None],
        [None, None],
        ["Ann"],
        ["\0", "😀 Ann", "x" * 10_000, "שלום עולם", "Mr Dr", "'"],
    ],
)
def test_nothing_is_too_odd_to_be_read(names: list[str | None]) -> None:
    assert {len(of) for of in persons(*names).hashes.values()} == {len(names)}
