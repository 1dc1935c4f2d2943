"""e-conomic: the customer list; a barred customer is not active."""

from __future__ import annotations

from pathlib import Path

import pytest

from custclean.errors import UnknownFileError
from custclean.stages.read import read
from custclean.systems import SYSTEMS
from custclean.systems._recognition import claims, winners
from custclean.tables import read_table
from custclean.tables.writing import csv_bytes

SAMPLES = Path(__file__).parents[2] / "data" / "samples" / "economic"


def test_a_barred_customer_is_not_active_and_the_cell_is_kept() -> None:
    export = read(SAMPLES / "customers_da.csv")
    assert export.table["active"].to_list() == ["Y", "Y", "Y", "N", None]
    assert export.extra["Spærret"].to_list() == ["Nej", "Nej", "Nej", "Ja", None]


def test_addresses_between_blanks_are_several() -> None:
    email = read(SAMPLES / "customers_da.csv").table["email"][0]
    assert email == "birgitte@aerenskjold.example; bogholderi@aerenskjold.example"


def test_amounts_and_numbers_are_as_found() -> None:
    table = read(SAMPLES / "customers_da.csv").table
    assert table["balance"].to_list()[:3] == ["12.345,50", "0,00", "-250,00"]
    assert table["customer_number"][3] == "000103"


def test_both_languages_fill_the_same_fields() -> None:
    danish, english = (read(SAMPLES / f"customers_{lang}.csv") for lang in ("da", "en"))
    assert (danish.report.language, english.report.language) == ("da", "en")
    drop = ("source_file", "source_row", "vat_zone")
    assert danish.table.drop(drop).equals(english.table.drop(drop))


def test_a_list_without_numbers_is_not_called_a_damaged_one(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name,Group,City,Momszone,x,y\nAnn,1,Leeds,a,b,c\n", encoding="utf-8")
    with pytest.raises(UnknownFileError, match=r"e-conomic, customers lacks “No\.”"):
        read(path)


def test_its_list_without_its_mark_may_be_its_own(tmp_path: Path) -> None:
    table = read_table(SAMPLES / "customers_da.csv").frame.drop("Momszone")
    path = tmp_path / "list.csv"
    path.write_bytes(csv_bytes(table.columns, table.rows()))
    with pytest.raises(UnknownFileError, match="e-conomic, customers lacks “VAT zone”"):
        read(path)
    assert read(path, system="e-conomic").system == "e-conomic"
    few = ["Nr.", "Navn", "Adresse", "Postnr.", "By", "CVR-nr.", "E-mail", "Kundegruppe"]
    path.write_bytes(csv_bytes(few, table.select(few).rows()))
    export = read(path)
    assert (export.system, export.kind) == ("generic", "customers")
    assert "it may be from e-conomic: system= e-conomic reads it so" in export.report.ambiguous


def test_number_and_name_alone_are_not_its_list_unless_it_is_said() -> None:
    assert winners(claims(SYSTEMS, ["Nr.", "Navn"], ())) == []
    (claim,) = winners(claims(SYSTEMS, ["Nr.", "Navn"], (), system="e-conomic"))
    assert claim.system == "e-conomic"
