from __future__ import annotations

import polars as pl
import pytest

from custclean.text import phone


def _keys(*values: str) -> list[str | None]:
    return pl.DataFrame({"v": values}).select(phone.key(pl.col("v")))["v"].to_list()


@pytest.mark.parametrize(
    ("raw", "region", "clean"),
    [
        ("(555) 010-1234", "US", "+15550101234"),
        ("555-010-1234 ext. 12", "US", "+15550101234;ext=12"),
        ("020 7946 0018", "GB", "+442079460018"),
        ("+44 (0)20 7946 0018", "US", "+442079460018"),
        ("0045 33 12 34 56", "US", "+4533123456"),
        ("Tel.: 33 12 34 56", "dk", "+4533123456"),
        ("0471 123456", "IT", "+390471123456"),
        ("(11) 98765-4321", "BR", "+5511987654321"),
        ("+4533123456", None, "+4533123456"),
    ],
)
def test_a_number_is_written_the_way_the_world_writes_it(
    raw: str, region: str | None, clean: str
) -> None:
    assert phone.clean(raw, region) == clean


@pytest.mark.parametrize(
    ("raw", "region"),
    [
        ("call me", "GB"),
        ("020 7946 0018", None),
        ("12", "DK"),
        ("123-4567", "US"),  # without its area it reaches nobody
        ("0471 123456", "US"),  # no number there begins with 0
        ("33 12 34 56", "no such country"),
    ],
)
def test_what_cannot_be_dialled_is_none(raw: str, region: str | None) -> None:
    assert phone.clean(raw, region) is None


@pytest.mark.parametrize(
    "spellings",
    [
        ("(555) 010-1234", "+1 555 010 1234", "1-555-010-1234 x12", "Phone:(555) 010-1234"),
        ("33 12 34 56", "+45 33123456", "0045 33 12 34 56", "(+45) 33.12.34.56"),
        ("020 7946 0018", "+44 (0)20 7946 0018", "+44 20 79460018", "442079460018"),
        ("0471 123456", "+39 0471 123456", "0039 0471/123456"),
        ("(11) 98765-4321", "+55 11 98765 4321", "5511987654321", "011 98765-4321"),
        ("01 99 00 12 34", "+33 1 99 00 12 34", "0033 (0)1 99001234"),
        ("612 34 56 78", "+34 612345678"),
        ("030/1234567", "+49 30 1234567"),
    ],
)
def test_spellings_of_one_number_share_a_key(spellings: tuple[str, ...]) -> None:
    keys = _keys(*spellings)
    assert len(set(keys)) == 1
    assert keys[0] is not None


def test_different_numbers_have_different_keys() -> None:
    assert len(set(_keys("33 12 34 56", "33 12 34 57", "555 010 1234", "555 010 1235"))) == 4


def test_numbers_typed_to_get_past_a_form_have_no_key() -> None:
    assert set(_keys("00000000", "11111111", "12345678", "1234567890", "n/a", "12")) == {None}


def test_of_several_numbers_the_first_is_the_key() -> None:
    assert _keys("33 12 34 56; 44 12 34 56") == ["33123456"]
