"""What holds for each kind of value: the promises of `clean` and `key`."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import time
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import custclean.text
from custclean.text import (
    company,
    country,
    ean,
    email,
    person,
    phone,
    postcode,
    street,
    tax_id,
    website,
)

if TYPE_CHECKING:
    from types import ModuleType

KINDS = (company, country, ean, email, person, phone, postcode, street, tax_id, website)
WITH_COUNTRY = (phone, postcode, tax_id)
LANDS = (None, "DK", "IT", "BR", "FR", "ES", "DE", "US", "GB", "PT", "NL", "CA", "zz", "")
JUNK = (
    *(
        "",
        " ",
        "\t\n",
        "\x00",
        "-",
        "?",
        "???",
        "@",
        "@@",
        "a@",
        "@b.c",
        "+",
        "00",
        "()",
        "[(1)]",
    ),
    *("\u00a0", "\u200b", "\ufeff", "\u202eabc", "\ud800", "e\u0301", "\u0301", "İ", "ß", "ﬁ"),
    *("日本語", "مثال", "Ω", "🙂", "٣٤٥", "²", "Ã", "Ã¸", "ÃƒÂ¸", "x" * 10_001, "9" * 500),
    *(
        "001",
        "a001",
        "a001001",
        "a 001 001",
        ", ,",
        ",a",
        "a,",
        "a,b,c",
        "a,a,jr",
        "jr, sr, ii",
    ),
    *(
        "+1",
        "+0",
        "+999999999",
        "+4512345678;ext=1",
        "tel:+4533123456",
        "#REF!",
        "=1+1",
        "NULL",
    ),
    *(
        "http://",
        "https:///x.example",
        "a..b",
        ".example",
        "x.example.",
        "mailto:mailto:a@b.cc",
    ),
    *(
        "1.23E+05",
        "123.0",
        "0000",
        "DK",
        "DK-",
        "IT IT",
        "C/",
        "& Co",
        "ME",
        " - ME",
        "S.p.A.",
    ),
)


def _calls(kind: ModuleType, value: str) -> list[tuple[str | None, object]]:
    if kind in WITH_COUNTRY:
        return [(kind.clean(value, land), land) for land in LANDS]
    return [(kind.clean(value), ...)]


def _holds(kind: ModuleType, value: str) -> None:
    for once, land in _calls(kind, value):
        if once is None:
            continue
        again = kind.clean(once) if land is ... else kind.clean(once, land)
        assert again == once, (kind.__name__, value, land)
        assert once
        assert once == once.strip()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("value", JUNK, ids=range(len(JUNK)))
def test_junk_is_none_or_clean_and_never_an_error(kind: ModuleType, value: str) -> None:
    _holds(kind, value)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_cleaning_twice_is_cleaning_once(kind: ModuleType) -> None:
    @settings(deadline=None)  # the machine may be busy
    @given(st.text(max_size=30) | st.text("aA1 .,-+()@/&?'Ãø¸SrlJme0:\n", max_size=24))
    @example("ANN EXAMPLE, JR001")
    def holds(value: str) -> None:
        _holds(kind, value)

    holds()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_keys_keep_rows_and_nulls_and_are_never_blank(kind: ModuleType) -> None:
    values = [None, *(value for value in JUNK if value != "\ud800"), None]
    table = pl.DataFrame({"name": values}, schema={"name": pl.String})
    keys = table.select(kind.key(pl.col("name")))
    assert keys.columns == ["name"]
    found = keys["name"]
    assert found.dtype == pl.String
    assert found.len() == len(values)
    assert found[0] is None
    assert found[-1] is None
    assert all(key and key == key.strip() for key in found.to_list() if key is not None)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_key_depends_on_its_own_value_only(kind: ModuleType) -> None:
    values = [*(value for value in JUNK if value != "\ud800"), "Ann Example", "1050", "a@b.cc"]
    table = pl.DataFrame({"v": values})
    whole = table.select(kind.key(pl.col("v")))["v"].to_list()
    backwards = table.reverse().select(kind.key(pl.col("v")))["v"].to_list()
    assert whole == backwards[::-1]


@pytest.mark.parametrize(
    "name", [each.name for each in pkgutil.iter_modules(custclean.text.__path__)]
)
def test_the_examples_in_the_docstrings_hold(name: str) -> None:
    module = importlib.import_module(f"custclean.text.{name}")
    result = doctest.testmod(module)
    assert result.attempted, f"{name} shows no example"
    assert not result.failed


@pytest.mark.timing
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_hundred_thousand_keys_take_less_than_a_second_of_work(kind: ModuleType) -> None:
    values = [
        "Søren Exämple & Søn A.p.S., Testvej 7, 2. tv",
        "ann+x@example.com",
        "+4533123456",
    ]
    table = pl.DataFrame({"v": (values * 33_334)[:100_000]})
    best = []
    for _ in range(3):
        start = time.process_time()
        table.select(kind.key(pl.col("v")))
        best.append(time.process_time() - start)
    assert min(best) < 1.0
