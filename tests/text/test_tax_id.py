from __future__ import annotations

import polars as pl
import pytest
from stdnum.br import cnpj
from stdnum.dk import cvr
from stdnum.it import iva

from custclean.text import tax_id

DANISH = "12345674"


@pytest.mark.parametrize(
    ("raw", "country", "clean"),
    [
        ("12 34 56 74", "DK", DANISH),
        ("CVR-nr. 12345674", "DK", DANISH),
        ("DK 12345674", "DK", "DK12345674"),
        ("DK12345674", None, "DK12345674"),
        ("DK12345674", "IT", "DK12345674"),
        ("12345678", "DK", None),
        ("12345678", None, "12345678"),
        ("12345678", "JP", "12345678"),
        ("P.IVA 0074 3110157", "IT", "00743110157"),
        ("16.727.230/0001-97", "BR", "16727230000197"),
        ("12-3456789", "US", "123456789"),
        ("FR 83 404833048", "FR", "FR83404833048"),
        ("404833048", "FR", "404833048"),
        ("n/a", "DK", None),
        ("-", None, None),
    ],
)
def test_a_number_is_kept_where_its_country_takes_it(
    raw: str, country: str | None, clean: str | None
) -> None:
    assert tax_id.clean(raw, country) == clean


def test_the_numbers_of_these_tests_are_what_the_countries_count_as_valid() -> None:
    assert cvr.is_valid(DANISH)
    assert iva.is_valid("00743110157")
    assert cnpj.is_valid("16727230000197")


@pytest.mark.parametrize(
    "spellings",
    [
        ("12345674", "DK12345674", "DK-12 34 56 74", "CVR 12345674", "CVR-nr.: 12345674"),
        ("00743110157", "IT00743110157", "P.IVA 00743110157", "it 007 431 101 57"),
        ("404833048", "FR83404833048", "FR 83 404 833 048", "SIREN 404833048"),
        ("16.727.230/0001-97", "16727230000197", "CNPJ: 16727230000197"),
        ("B-12345678", "ESB12345678", "NIF B12345678"),
    ],
)
def test_spellings_of_one_number_share_a_key(spellings: tuple[str, ...]) -> None:
    table = pl.DataFrame({"v": spellings})
    keys = table.select(tax_id.key(pl.col("v")))["v"]
    assert keys.n_unique() == 1
    assert keys.null_count() == 0


def test_what_was_typed_to_get_past_a_form_has_no_key() -> None:
    table = pl.DataFrame({"v": ["00000000", "11111111", "n/a", "123456789", "none", "12"]})
    assert table.select(tax_id.key(pl.col("v")))["v"].null_count() == table.height
