"""One system claims a file, or the error says what was seen and how to choose."""

from __future__ import annotations

import pytest

from custclean.systems import SYSTEMS, Layout, System
from custclean.systems._recognition import Claim, claims, match, winners

QBOA = "quickbooks-accountant"
TITLE = "Customer Contact List"


def _won(
    header: str, *titles: str, system: str | None = None, kind: str | None = None
) -> list[str]:
    found = winners(claims(SYSTEMS, header.split(","), titles, system, kind))
    return [f"{claim.system}:{claim.kind}" for claim in found]


@pytest.mark.parametrize(
    ("header", "claimed"),
    [
        ("Company ID,Display name,Client number", f"{QBOA}:customers"),
        ("Lead accountant,DISPLAY  NAME,x,company id", f"{QBOA}:customers"),
        ("ID da empresa,Nome de exibição,Número do cliente", f"{QBOA}:customers"),
        ("ID azienda,Nome visualizzato", f"{QBOA}:customers"),
        ("ID de l'entreprise,Nom d'affichage,Numéro de client", f"{QBOA}:customers"),
        ("Company ID,Display name,Client number,Error", f"{QBOA}:error_log"),
        ("ID da empresa,Nome de exibição,Número do cliente,Linha,Erro", f"{QBOA}:error_log"),
        ("Company ID,Client number,Reason", f"{QBOA}:error_log"),
        ("Customer full name,Phone numbers,Email,Full name", "quickbooks-online:customers"),
        (
            "Customer,Phone Numbers,Email,Full Name,Billing Address,Shipping Address",
            "quickbooks-online:customers",
        ),
        ("Vendor,Company,Phone numbers,Email,Track 1099", "quickbooks-online:vendors"),
        (
            ",Transaction date,Transaction type,Num,Name,Description,Split,Amount,Balance",
            "quickbooks-online:transactions",
        ),
        ("Title,First Name,Last Name,E-mail Address,Business Phone", "outlook:contacts"),
        ("Anrede,Vorname,Nachname,E-Mail-Adresse,Telefon geschäftlich", "outlook:contacts"),
        ("Nome,Cognome,Indirizzo E-mail,Categorie", "outlook:contacts"),
        ("Number,Name,E-mail", "generic:register"),
        ("Kundennummer,Name", "generic:register"),
        ("Numero cliente,Nominativo,E-mail", "generic:register"),
        ("Navn,Kundenr.", "generic:register"),
        ("Name,Email", None),
        ("a,b,c", None),
    ],
)
def test_a_header_is_claimed_by_one_system_or_by_none(
    header: str, claimed: str | None
) -> None:
    assert _won(header) == ([claimed] if claimed else [])


def test_a_register_or_a_report_with_a_column_more_is_asked() -> None:
    found = _won("Number,Customer,Email")
    assert found == ["generic:register", "quickbooks-online:customers"]


def test_of_equals_a_program_is_preferred_to_any_table() -> None:
    assert _won("Number,Customer,Email,Balance") == ["quickbooks-online:customers"]


def test_languages_may_be_mixed_in_one_header() -> None:
    claim = match(
        QBOA,
        SYSTEMS[QBOA].layouts[0],
        ["Nome de exibição", "Company ID", "Estado", "Telefone"],
        [],
    )
    assert claim.language == "pt"
    assert dict(claim.columns) == {"display_name": 0, "company_id": 1, "region": 2, "phone": 3}


def test_a_word_of_two_meanings_means_what_its_language_says() -> None:
    layout = SYSTEMS[QBOA].layouts[0]
    spanish = match(
        QBOA, layout, ["ID de empresa", "Nombre para mostrar", "Ciudad", "Estado"], []
    )
    assert (spanish.language, spanish.columns["active"]) == ("es", 3)


def test_a_second_column_of_a_field_is_told() -> None:
    layout = SYSTEMS[QBOA].layouts[0]
    claim = match(QBOA, layout, ["Company ID", "Display name", "Email", "E-mail"], [])
    assert (claim.columns["email"], claim.doubles) == (2, (3,))


def _layout(kind: str = "customers", *titles: str) -> Layout:
    names = {"display_name": {"en": ("Who",)}, "email": {"en": ("Mail",)}}
    return Layout(kind=kind, headings=names, required=("display_name",), titles=titles)


def _two(first: Layout, second: Layout) -> dict[str, System]:
    return {"one": System("one", "One", (first,)), "two": System("two", "Two", (second,))}


def _claims(systems: dict[str, System], *titles: str) -> list[Claim]:
    return winners(claims(systems, ["Who", "Mail"], titles))


def test_two_systems_of_one_header_both_claim_it() -> None:
    found = _claims(_two(_layout(), _layout()))
    assert [claim.system for claim in found] == ["one", "two"]


def test_the_title_above_decides() -> None:
    found = _claims(_two(_layout(), _layout("customers", "My  List")), "Some firm", "my list")
    assert [claim.system for claim in found] == ["two"]


def test_a_list_is_only_a_list_when_asked() -> None:
    assert _won("Name,Email", system="generic", kind="vendors") == ["generic:vendors"]
    assert len(_won("Name,Email", system="generic")) > 1
    assert _won("Number,Name", system="generic") == ["generic:register"]


def test_what_is_missing_is_named_by_its_heading() -> None:
    claim = match(QBOA, SYSTEMS[QBOA].layouts[0], ["Display name"], [])
    assert claim.missing == ("company_id",)
    assert claim.lacking() == "“Company ID”"
