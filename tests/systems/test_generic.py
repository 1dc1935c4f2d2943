"""Any table: a register by itself, other lists when the caller says what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from custclean.stages.read import read
from custclean.systems import SYSTEMS
from custclean.systems._recognition import match

SAMPLES = Path(__file__).parents[2] / "data" / "samples" / "generic"
LANGUAGES = ("da", "de", "en", "es", "fr", "it", "pt")
LAYOUTS = {layout.kind: layout for layout in SYSTEMS["generic"].layouts}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_register_of_each_language_is_read_whole(language: str) -> None:
    export = read(SAMPLES / f"register_{language}.csv")
    assert (export.system, export.kind) == ("generic", "register")
    assert export.report.language == language
    assert export.report.ambiguous == ()


@pytest.mark.parametrize("field", sorted(set(LAYOUTS["register"].headings) - {"ean"}))
def test_a_heading_of_each_language_is_known(field: str) -> None:
    assert set(LAYOUTS["register"].headings[field]) == set(LANGUAGES)


def test_two_columns_of_one_heading_are_both_taken() -> None:
    table = read(SAMPLES / "register_es.csv").table
    assert table["phone"].to_list() == ["950 001234; 600 004321", "920 005566"]


def test_the_second_line_of_an_address_goes_on_with_the_first() -> None:
    table = read(SAMPLES / "register_da.csv").table
    assert table["street"].to_list() == ["Strandvejen 14\nc/o Værftet", "Bøgevænget 7"]


@pytest.mark.parametrize("kind", ["customers", "vendors", "employees", "contacts"])
def test_a_list_is_read_as_what_the_caller_says(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Nominativo;Cellulare\nAnna Esempio;399 0001122\n", encoding="utf-8")
    export = read(path, system="generic", kind=kind)
    assert (export.kind, export.table["mobile"][0]) == (kind, "399 0001122")


def test_items_are_read_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Varenr.,Varenavn,Salgspris\n007,Spade,49.50\n", encoding="utf-8")
    row = read(path, system="generic", kind="items").table.row(0, named=True)
    assert (row["sku"], row["name"], row["price"]) == ("007", "Spade", "49.50")


def test_transactions_are_read_when_asked_for_and_totals_are_notes(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Fecha,Cliente,Importe\n1/2/2026,Ana,10\n,Saldo,\n", encoding="utf-8")
    export = read(path, system="generic", kind="transactions")
    assert export.table["amount"].to_list() == ["10"]
    assert [note.line for note in export.report.notes] == [3]


def test_languages_may_be_mixed() -> None:
    claim = match("generic", LAYOUTS["register"], ["Kundenr.", "Name", "PLZ", "CAP"], ())
    assert dict(claim.columns) == {"customer_number": 0, "display_name": 1, "postcode": 2}
    assert claim.doubles == (3,)
