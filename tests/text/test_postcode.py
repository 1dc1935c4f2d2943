from __future__ import annotations

import polars as pl
import pytest

from custclean.text import postcode


@pytest.mark.parametrize(
    ("raw", "country", "clean"),
    [
        ("DK-1050", "DK", "1050"),
        ("1050", "dk", "1050"),
        ("2134", "US", "02134"),
        ("02134-1234", "US", "02134-1234"),
        ("021341234", "US", "02134-1234"),
        ("I-00100", "IT", "00100"),
        ("100", "IT", None),
        ("01310100", "BR", "01310-100"),
        ("1310-100", "BR", "01310-100"),
        ("1000205", "PT", "1000-205"),
        ("sw1a1aa", "GB", "SW1A 1AA"),
        ("1050", "GB", None),
        ("k1a0b1", "CA", "K1A 0B1"),
        ("1012AB", "NL", "1012 AB"),
        ("105", "DK", None),
        ("anything 1", None, "ANYTHING 1"),
        ("anything 1", "JP", "ANYTHING 1"),
        ("-", None, None),
    ],
)
def test_a_code_takes_its_country_s_shape(
    raw: str, country: str | None, clean: str | None
) -> None:
    assert postcode.clean(raw, country) == clean


@pytest.mark.parametrize(
    "spellings",
    [
        ("1050", "DK-1050", " DK 1050"),
        ("02134", "2134", "02134-1234"),
        ("01310-100", "01310100", "1310100", "01.310-100"),
        ("SW1A 1AA", "sw1a1aa"),
    ],
)
def test_spellings_of_one_code_share_a_key(spellings: tuple[str, ...]) -> None:
    table = pl.DataFrame({"v": spellings})
    assert table.select(postcode.key(pl.col("v")))["v"].n_unique() == 1
