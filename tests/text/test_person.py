from __future__ import annotations

import polars as pl
import pytest

from custclean.text import person


def _of(function: object, *values: str) -> list[str | None]:
    assert callable(function)
    return pl.DataFrame({"v": values}).select(function(pl.col("v")))["v"].to_list()


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("EXAMPLE, ANN001", "Ann Example"),
        ("Example, John, Jr.", "John Example Jr"),
        ("JOSÉ DA SILVA-EXEMPLO", "José da Silva-Exemplo"),
        ("O'BRIEN, PAT", "Pat O'Brien"),
        ("MCEXAMPLE, ANN", "Ann McExample"),
        ("SÃ¸ren  Eksempel", "Søren Eksempel"),
        ("Ann van der Example", "Ann van der Example"),
        ("JP", "JP"),
        ("McDonald", "McDonald"),
    ],
)
def test_a_name_is_put_in_reading_order(raw: str, clean: str) -> None:
    assert person.clean(raw) == clean


def test_what_has_no_letter_is_no_name() -> None:
    assert person.clean("123") is None
    assert person.clean(" ,- ") is None


@pytest.mark.parametrize(
    "spellings",
    [
        ("Ann Example", "Example, Ann", "ANN EXAMPLE", "ann  example", "Ann Example001",
         "Ann Example 002", "Example, Ann001", "Ann Example (2)", "Ann Example (deleted)",
         "Dr. Ann Example", "Mrs Ann Example", "Ann Example, CPA", "Ann Example DUPLICATE",
         "Ann Example-1", "Ann Example 2", "Ann Example."),
        ("Søren Møller", "Soren Moller", "Soeren Moeller", "SÃ¸ren MÃ¸ller", "Møller, Søren"),
        ("Åse Kjær", "Aase Kjær", "Ase Kjaer"),
        ("José Núñez", "Jose Nunez", "JOSE\u0301 NUN\u0303EZ", "Sr. José Núñez"),
        ("Jürgen Weiß", "Juergen Weiss", "Herr Jürgen Weiss"),
        ("Anna D'Esempio", "Anna D’Esempio", "Sig.ra Anna D'Esempio"),
        ("John Example Jr", "John Example, Jr.", "Example, John, Jr"),
        ("Jens-Peter Eksempel", "Jens Peter Eksempel"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_share_a_key(spellings: tuple[str, ...]) -> None:
    keys = _of(person.key, *spellings)
    assert len(set(keys)) == 1
    assert keys[0] is not None


def test_different_names_have_different_keys() -> None:
    names = ("Ann Example", "Anna Example", "Sue Example", "Su Example", "Joe Blue", "Jo Blue",
             "John Example Jr", "John Example Sr", "John Example")  # fmt: skip
    assert len(set(_of(person.key, *names))) == len(names)


def test_a_title_alone_with_a_surname_stays() -> None:
    assert _of(person.key, "Mr Example") == ["mr example"]


def test_lost_accents_share_their_consonants() -> None:
    found = _of(
        person.skeleton_key,
        "S?ren M?ller",
        "Søren Møller",
        "Sren Mller",
        "S\ufffdren M\ufffdller",
    )
    assert set(found) == {"srn mllr"}


def test_short_names_are_written_out_in_the_first_name_only() -> None:
    found = _of(person.formal, "Bob Example", "Example, Bobby", "Robert Example", "Ann Bob")
    assert found == ["robert example", "robert example", "robert example", "ann bob"]


def test_no_short_name_stands_for_another_short_name() -> None:
    table = person.formal_names()
    assert not set(table) & set(table.values())
    assert len(table) > 300
