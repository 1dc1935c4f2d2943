"""CleanManager: the customer file, told by what only it has."""

from __future__ import annotations

from pathlib import Path

import pytest

from custclean.stages.read import read
from custclean.systems import SYSTEMS
from custclean.systems._recognition import claims, winners

SAMPLES = Path(__file__).parents[2] / "data" / "samples" / "cleanmanager"


@pytest.mark.parametrize("language", ["da", "de", "en"])
def test_each_language_gives_the_same_customers(language: str) -> None:
    export = read(SAMPLES / f"customers_{language}.csv")
    english = read(SAMPLES / "customers_en.csv")
    drop = ("source_file", "source_row")
    assert export.report.language == language
    assert export.table.drop(drop).equals(english.table.drop(drop))


def test_the_number_is_the_id_and_keeps_its_zeros() -> None:
    table = read(SAMPLES / "customers_en.csv").table
    assert table["customer_number"].to_list() == ["100", "101", "A7", "0102", "103"]
    assert table["record_id"][3] == "cleanmanager:customers:0102"


def test_the_debtor_number_stays_beside() -> None:
    extra = read(SAMPLES / "customers_da.csv").extra
    assert extra["Debitornr."].to_list() == ["123456789", None, "200100", "200101", None]


def test_its_list_without_debtors_may_be_its_own(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    data = (SAMPLES / "customers_da.csv").read_bytes()
    path.write_bytes(data.replace(b"Debitornr.", b"Andet"))
    told = read(path).report.ambiguous
    assert "it may be from CleanManager: system= cleanmanager reads it so" in told


def test_number_and_name_alone_are_any_register_unless_it_is_said() -> None:
    header = ["Customer no.", "Customer name"]
    (claim,) = winners(claims(SYSTEMS, header, ()))
    assert claim.system == "generic"
    (claim,) = winners(claims(SYSTEMS, header, (), system="cleanmanager"))
    assert claim.kind == "customers"
