"""QuickBooks Desktop: which of its files a table is, and what its cells become."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from custclean.stages.read import read
from custclean.systems import SYSTEMS
from custclean.systems._recognition import claims, winners

if TYPE_CHECKING:
    from pathlib import Path

    from custclean.stages.read import Export

DESKTOP = "quickbooks-desktop"


def _won(header: str) -> list[str]:
    found = winners(claims(SYSTEMS, header.split(","), ()))
    return [f"{claim.system}:{claim.kind}" for claim in found]


def _iif(folder: Path, *lines: str) -> Export:
    path = folder / "lists.iif"
    text = "".join(line.replace(" | ", "\t") + "\r\n" for line in lines)
    path.write_text(text, encoding="cp1252", newline="")
    return read(path)


def _csv(folder: Path, text: str) -> Export:
    path = folder / "list.csv"
    path.write_text(text, encoding="cp1252")
    return read(path)


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (",Active Status,Customer,Balance,Company,Main Phone,Bill to 1", "customers"),
        (",Active Status,Vendor,Balance,Company,Bill from 1", "vendors"),
        (",Active Status,Type,Item,Description,Account,Cost,Price", "items"),
        ("Job or Customer Name,Company Name,Phone,Email,Billing Address 1", "customers"),
        ("!CUST,NAME,REFNUM,BADDR1,PHONE1,HIDDEN", "customers"),
        ("!VEND,NAME,ADDR1,VTYPE,TAXID", "vendors"),
        ("!EMP,NAME,ADDR1,CITY,STATE,ZIP,FIRSTNAME,LASTNAME", "employees"),
        ("!OTHERNAME,NAME,BADDR1,EMAIL", "contacts"),
        ("!INVITEM,NAME,INVITEMTYPE,DESC,PRICE,COST", "items"),
        ("!CUST,NAME", "customers"),
    ],
)
def test_each_file_is_told_by_its_headings(header: str, kind: str) -> None:
    assert _won(header) == [f"{DESKTOP}:{kind}"]


def test_a_section_of_another_list_is_nobodys() -> None:
    assert _won("!ACCNT,NAME,ACCNTTYPE,DESC,HIDDEN") == []


def test_who_is_hidden_is_not_active_and_the_cell_stays_beside(tmp_path: Path) -> None:
    export = _iif(
        tmp_path, "!CUST | NAME | HIDDEN", "CUST | Ann | Y", "CUST | Bob | N", "CUST | Carl | "
    )
    assert export.table["active"].to_list() == ["N", "Y", None]
    assert export.extra["HIDDEN"].to_list() == ["Y", "N", None]


def test_a_job_has_its_customer_as_parent(tmp_path: Path) -> None:
    export = _iif(tmp_path, "!CUST | NAME | EMAIL", "CUST | Firm:Shop:Roof | ")
    assert export.table["display_name"].to_list() == ["Roof"]
    assert export.table["parent"].to_list() == ["Firm:Shop"]


def test_the_lines_of_an_address_are_one_street_in_their_order(tmp_path: Path) -> None:
    export = _iif(
        tmp_path,
        "!CUST | BADDR2 | NAME | BADDR1 | BADDR3",
        "CUST | Unit 4 | Firm | Testvej 7 | 8000 Aarhus C",
    )
    assert export.table["street"].to_list() == ["Testvej 7\nUnit 4\n8000 Aarhus C"]
    assert export.table["city"].to_list() == [None]


def test_a_name_above_an_address_is_no_street(tmp_path: Path) -> None:
    export = _iif(
        tmp_path,
        "!CUST | NAME | COMPANYNAME | BADDR1 | BADDR2 | BADDR3",
        "CUST | Ann | Firm  Ltd | FIRM LTD | 7 Test St | Sampleton, NY 12345",
        "CUST | Bob |  | Care of Ann | 8 Test St | Sampleton",
    )
    assert export.table["street"].to_list() == [
        "7 Test St",
        "Care of Ann\n8 Test St\nSampleton",
    ]
    assert export.table["postcode"].to_list() == ["12345", None]
    assert export.extra["BADDR1"].to_list() == ["FIRM LTD", "Care of Ann"]


def test_the_shipping_address_counts_where_there_is_no_other(tmp_path: Path) -> None:
    export = _iif(
        tmp_path,
        "!CUST | NAME | BADDR1 | SADDR1 | SADDR2",
        "CUST | Ann |  | 1 Dock Rd | Sampleton, NY 12345",
        "CUST | Bob | 8 Test St | 1 Dock Rd | Sampleton, NY 12345",
    )
    assert export.table["street"].to_list() == ["1 Dock Rd", "8 Test St"]
    assert export.table["city"].to_list() == ["Sampleton", None]


def test_the_address_of_an_employee_is_whole(tmp_path: Path) -> None:
    export = _iif(
        tmp_path,
        "!EMP | NAME | ADDR1 | ADDR2 | CITY | STATE | ZIP",
        "EMP | Ann Example | Ann Example | 7 Test St | Sampleton | NY | 01234",
    )
    row = export.table.select("street", "city", "region", "postcode").row(0)
    assert row == ("7 Test St", "Sampleton", "NY", "01234")


def test_a_number_of_the_list_is_no_id(tmp_path: Path) -> None:
    before = _iif(tmp_path, "!CUST | NAME | REFNUM", "CUST | Ann | 1", "CUST | Bob | 2")
    after = _iif(tmp_path, "!CUST | NAME | REFNUM", "CUST | Bob | 1", "CUST | Ann | 7")
    assert set(before.table["record_id"]) == set(after.table["record_id"])
    assert after.extra["REFNUM"].to_list() == ["1", "7"]


def test_an_empty_first_column_does_no_harm(tmp_path: Path) -> None:
    export = _csv(
        tmp_path,
        ",Active Status,Customer,Balance,Main Phone,Main Email\n"
        ',Active,Peña Café,"1,500.00",787.555.0130,a@x.example; b@x.example\n'
        ",Not-active,Ann Example,0.00,,\n",
    )
    row = export.table.select("display_name", "balance", "active", "email").row(0)
    assert row == ("Peña Café", "1,500.00", "Y", "a@x.example; b@x.example")
    assert len(export) == 2


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Active Status,Customer,Main Phone", "Active,Not-active"),
        ("Stato attivo,Cliente,Telefono principale", "Attivo,Non attivo"),
        ("Aktiv status,Kunde,Hovedtelefon", "Aktiv,Ikke aktiv"),
        ("Statut actif,Fournisseur,Téléphone principal", "Actif,Inactif"),
        ("Active Status,Item,Price", "Active,Not-active"),
    ],
)
def test_who_is_active_is_told_in_two_words_and_the_cell_stays_beside(
    tmp_path: Path, header: str, cells: str
) -> None:
    yes, no = cells.split(",")
    export = _csv(tmp_path, f"{header}\n{yes},Ann,1\n{no},Bob,2\nOn hold,Cid,3\n")
    assert export.table["active"].to_list() == ["Y", "N", "On hold"]
    assert export.extra[header.split(",", maxsplit=1)[0]].to_list() == [yes, no, "On hold"]


def test_a_section_is_one_kind_of_record() -> None:
    kinds = {
        layout.headings["section"]["en"][0]: layout.kind
        for layout in SYSTEMS[DESKTOP].layouts
        if "section" in layout.headings
    }
    assert kinds == {
        "!CUST": "customers",
        "!VEND": "vendors",
        "!EMP": "employees",
        "!OTHERNAME": "contacts",
        "!INVITEM": "items",
    }
