from __future__ import annotations

import polars as pl
import pytest

from custclean.text import country


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("DK", "Danmark|Denmark|Danimarca|Dinamarca|Danemark|Dänemark|dk|DNK"),
        ("IT", "Italien|Italy|Italia|Itália|Italie|IT|ita"),
        ("BR", "Brasil|Brazil|Brasile|Brésil|Brasilien|br"),
        ("FR", "Frankrig|France|Francia|França|Frankreich"),
        ("ES", "Spanien|Spain|Spagna|España|Espanha|Espagne|Espana"),
        ("DE", "Tyskland|Germany|Germania|Alemanha|Alemania|Allemagne|Deutschland"),
        (
            "US",
            "USA|U.S.A.|United States|Stati Uniti|Estados Unidos|États-Unis|Etats Unis|EUA",
        ),
        ("GB", "UK|U.K.|United Kingdom|Regno Unito|Reino Unido|Royaume-Uni|England|Scotland"),
        ("NL", "Holland|Netherlands|The Netherlands|Paesi Bassi|Países Baixos|Pays-Bas"),
        ("PT", "Portugal|Portogallo|PORTUGAL"),
    ],
)
def test_a_country_is_known_in_seven_languages(code: str, names: str) -> None:
    assert {name: country.clean(name) for name in names.split("|")} == dict.fromkeys(
        names.split("|"), code
    )


def test_the_key_agrees_with_the_clean_form() -> None:
    names = ["Danmark", "uk", "Stati Uniti", "Atlantis", None]
    table = pl.DataFrame({"v": names})
    found = table.select(country.key(pl.col("v")))["v"].to_list()
    assert found == ["DK", "GB", "US", "atlantis", None]


def test_no_name_stands_for_two_countries() -> None:
    codes = country._codes()
    assert len(codes) > 1_000
    for code in ("DK", "IT", "BR", "FR", "ES", "DE", "US", "GB", "AT", "NO", "SE"):
        assert codes[code.lower()] == code


def test_a_country_unknown_here_is_none() -> None:
    assert country.clean("Atlantis") is None
    assert country.clean("") is None
