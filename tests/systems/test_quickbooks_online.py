"""QuickBooks Online: which of its files a table is, and what its cells become."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from custclean.stages.read import read
from custclean.systems import SYSTEMS
from custclean.systems._recognition import claims, winners

if TYPE_CHECKING:
    from pathlib import Path

    from custclean.stages.read import Export

ONLINE = "quickbooks-online"
TEMPLATE = "Name,Company,Email,Phone,Mobile,Street,City,ZIP,Country"


def _won(header: str) -> list[str]:
    found = winners(claims(SYSTEMS, header.split(","), ()))
    return [f"{claim.system}:{claim.kind}" for claim in found]


def _read(folder: Path, text: str) -> Export:
    path = folder / "export.csv"
    path.write_text(text, encoding="utf-8")
    return read(path)


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Customer full name,Phone numbers,Email,Full name,Bill address", "customers"),
        ("Customer,Phone Numbers,Email,Full Name,Billing Address", "customers"),
        ("Customer,Street Address,City,State,Country,Zip,Phone,Open Balance", "customers"),
        ("Customer,Street Address,Town/City,County,Postcode,Open Balance", "customers"),
        ("Customer,Street Address,City,Province/State,Postal code/ZIP", "customers"),
        (f"{TEMPLATE},Opening Balance,Date", "customers"),
        ("Full Name,Email,Phone,Street,Opening Balance,Resale Number", "customers"),
        (f"{TEMPLATE},Opening Balance,Tax ID", "vendors"),
        ("Supplier,Company,Phone numbers,Email", "vendors"),
        ("Employee,Phone numbers,Email,Address", "employees"),
        ("Name,Phone numbers,Hire date,Pay rate", "employees"),
        ("Product/Service,Type,Description,Price,Cost,Qty on hand", "items"),
        ("Name,SKU,Type,Sales Description,Sales Price/Rate,Income Account", "items"),
    ],
)
def test_each_file_is_told_by_its_headings(header: str, kind: str) -> None:
    assert _won(header) == [f"{ONLINE}:{kind}"]


@pytest.mark.parametrize(
    "header",
    [
        "Kundennr.,Kunde,E-Mail,Telefon",
        "Numero cliente,Cliente,E-mail,Telefono",
        "Kundenr.,Kunde,Kontaktperson,Telefon",
        "Número,Cliente,Teléfono,Dirección",
    ],
)
def test_a_plain_word_for_customer_makes_no_file_of_quickbooks(header: str) -> None:
    assert not any(claim.startswith(ONLINE) for claim in _won(header))


def test_a_template_with_a_column_of_another_program_is_none() -> None:
    assert _won(f"{TEMPLATE},Opening Balance,Birthday") == []
    assert _won("Name,Email,Phone,Street,Opening Balance") == ["generic:customers"]


def test_the_titles_of_a_report_are_known_in_seven_languages() -> None:
    titles = [layout.titles for layout in SYSTEMS[ONLINE].layouts if layout.titles]
    assert len(titles) == 5
    assert all(len(each) >= 7 for each in titles)


def test_sections_and_totals_are_no_transactions(tmp_path: Path) -> None:
    export = _read(
        tmp_path,
        "Transaction List by Customer\n\n"
        ",Transaction date,Transaction type,Num,Name,Amount\n"
        "Ann Example,,,,,\n"
        ",01/07/2026,Invoice,1,Ann Example,10.00\n"
        ",02/07/2026,Payment,,Ann Example,-4.00\n"
        "Total for Ann Example,,,,,$6.00\n",
    )
    assert export.table["amount"].to_list() == ["10.00", "-4.00"]
    texts = [note.text for note in export.report.notes]
    assert texts == [
        "Transaction List by Customer",
        "Ann Example",
        "Total for Ann Example,,,,,$6.00",
    ]


def test_names_stay_as_found(tmp_path: Path) -> None:
    names = ["Ann\u00a0 Example", "Old Firm (deleted)", "Example, Ann"]
    rows = "".join(f'"{name}",(555) 010-1234,\n' for name in names)
    export = _read(tmp_path, f"Customer full name,Phone numbers,Email\n{rows}")
    assert export.table["display_name"].to_list() == names


def test_an_address_keeps_its_lines(tmp_path: Path) -> None:
    export = _read(
        tmp_path, 'Customer full name,Bill address\nA,"7 Test St\nTown, NY 12345"\n'
    )
    assert export.table["street"].to_list() == ["7 Test St\nTown, NY 12345"]


def test_the_date_of_an_opening_balance_is_not_when_the_customer_was_made(
    tmp_path: Path,
) -> None:
    export = _read(
        tmp_path,
        "Name,Email,Opening Balance,Date,Resale Number\n"
        "Ann Example,a@x.example,5.00,01/02/2026,\n",
    )
    assert export.table["created"].to_list() == [None]
    assert export.extra["Date"].to_list() == ["01/02/2026"]


def test_an_item_is_told_from_its_category(tmp_path: Path) -> None:
    export = _read(
        tmp_path, "Product/Service,Type,Price\nGarden:Hose,Service,5\nSpade,Service,7\n"
    )
    assert export.table["name"].to_list() == ["Hose", "Spade"]
    assert export.table["category"].to_list() == ["Garden", None]


def test_a_person_is_taken_from_one_place_only(tmp_path: Path) -> None:
    export = _read(
        tmp_path,
        "Customer,Phone numbers,First name,Last name,Full name\n"
        "Firm,(555) 010-1234,,Smith,Bob Jones\n"
        "Shop,(555) 010-1235,,,Bob Jones\n",
    )
    assert export.table["family_name"].to_list() == ["Smith", "Jones"]
    assert export.table["given_name"].to_list() == [None, "Bob"]


def test_an_id_outlives_a_sibling_of_the_same_name_and_a_column_more(tmp_path: Path) -> None:
    head = "Customer full name,Phone numbers,Email"
    both = _read(tmp_path, f"{head}\nNorth:Shop,555-0101,\nSouth:Shop,555-0102,a@x.example\n")
    alone = _read(
        tmp_path, f"{head},Company\nSouth:Shop,555-0102,a@example.com,South Trading Ltd\n"
    )
    assert alone.table["record_id"][0] == both.table["record_id"][1]
