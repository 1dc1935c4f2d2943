"""One system claims a file, or the error says what was seen and how to choose."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.systems import SYSTEMS, Layout, System, known_headings, plain_heading
from custclean.systems._fields import into_fields
from custclean.systems._recognition import Claim, claims, match, winners
from custclean.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        ("Nome,Cognome,Indirizzo E-mail,Città (ab.)", "outlook:contacts"),
        ("Number,Name,E-mail", "generic:register"),
        ("Kundennummer,Name", "generic:register"),
        ("Numero cliente,Nominativo,E-mail", "generic:register"),
        ("Navn,Kundenr.", "generic:register"),
        ("Name,Email", "generic:customers"),
        ("id,name,email", "generic:customers"),
        ("Nome,Cognome,Indirizzo E-mail,Categorie", "generic:customers"),
        ("Nr.,Navn,Adresse,Postnr.,By", "generic:customers"),
        ("Kunde,Tlf,Mail,Noter,Sidst set", "generic:customers"),
        ("Display number,Client,Customer,Phone,Email,Balance", "generic:customers"),
        ("Cliente,Dirección,Teléfono,Correo electrónico,Saldo", "generic:customers"),
        ("Kunde,Noter", None),
        ("id,name", None),
        ("Name,Email,Salary", None),
        ("Name,Telefon,Ort,Rechnungsbetrag", None),
        ("Name,Email,x", None),
        ("a,b,c", None),
    ],
)
def test_a_header_is_claimed_by_one_system_or_by_none(
    header: str, claimed: str | None
) -> None:
    assert _won(header) == ([claimed] if claimed else [])


def test_any_table_or_a_program_that_explains_fewer_columns_is_asked() -> None:
    names = {"display_name": {"en": ("Who",)}, "phone": {"en": ("Call",)}}
    program = Layout(kind="customers", headings=names, required=("display_name",))
    more = {**_layout().headings, "city": {"en": ("Town",)}}
    table = replace(_layout(), headings=more, last_resort=True)
    found = winners(claims(_two(table, program), ["Who", "Mail", "Town", "Call"], ()))
    assert [claim.system for claim in found] == ["one", "two"]


def test_headings_that_only_together_tell_a_file_are_both_its_marks() -> None:
    layout = replace(_layout(), own=("Who + Mail", "Elsewhere"))
    claim = match("one", layout, ["x", "MAIL", "Who"], ())
    assert (claim.marks, claim.missing) == ((1, 2), ())
    assert (
        match("one", layout, ["Who", "x"], ()).lacking()
        == "“Who + Mail” / “Elsewhere” / “Mail”"
    )


def test_of_equals_a_program_is_preferred_to_any_table() -> None:
    assert _won("Number,Customer,Email,Open balance") == ["quickbooks-online:customers"]


@pytest.mark.parametrize(
    "header",
    [
        "id,Type,Source,Amount,Fee,Net,Currency,Created (UTC),Description,Customer,Email",
        "Customer,Name 1,Street,City,Postal Code,Country,Telephone 1,Email",
        "Supplier,Address,Phone,Email",
        "Denominazione,Indirizzo,Città,Telefono,Email,Cliente,Fornitore",
        "Employee,Email,Phone,Department",
        "Date,Payee,Account number,Transaction type,Payment reference,Amount",
        "Transaction ID,Date,Time,Type,Name,Category,Amount,Currency,Address",
        "Buchungsdatum,Typ,Zahlungsempfänger,Verwendungszweck,Betrag,Saldo",
        "Dato,Type,Modtager,Tekst,Beløb,Saldo",
        "First Name,Last Name,Organization Name,Notes",
        "Nr.,Name,Gruppe,Geburtstag",
        "Data,Tipo,Nome,Descrição,Valor,Saldo",
    ],
)
def test_payments_bank_statements_and_everyday_lists_are_of_no_program(header: str) -> None:
    assert _won(header) == []


def test_who_names_the_system_needs_no_heading_of_its_own() -> None:
    assert _won("Customer,Email", system="quickbooks-online") == [
        "quickbooks-online:customers"
    ]
    assert _won("Customer,Email", TITLE) == ["quickbooks-online:customers"]
    own = {"quickbooks-online": {"display_name": ("Customer",)}}
    found = claims(SYSTEMS, ["Customer", "Email"], (), kind="customers", aliases=own)
    assert [claim.system for claim in winners(found)] == ["quickbooks-online"]


def test_an_error_names_headings_of_its_own_that_are_missing() -> None:
    claim = match(
        "quickbooks-online", SYSTEMS["quickbooks-online"].layouts[0], ["Customer"], ()
    )
    assert "“Customer full name” / " in claim.lacking()


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


def test_a_heading_that_a_program_asks_for_and_only_it_knows_beats_any_table() -> None:
    header = "Nr.,Kundenr.,Navn,Momszone,Fax,Oprettet,Aktiv,Region"
    assert _won(header) == ["e-conomic:customers"]


def test_of_two_programs_the_one_that_explains_all_and_more_stands() -> None:
    names = {"display_name": {"en": ("Who",)}, "phone": {"en": ("Call",)}}
    more = Layout(kind="customers", headings=names, required=("display_name",))
    systems = _two(_layout(), replace(more, headings={**_layout().headings, **names}))
    found = winners(claims(systems, ["Who", "Mail", "Call"], ()))
    assert [claim.system for claim in found] == ["two"]


def test_two_programs_that_each_know_a_column_more_are_asked_about() -> None:
    names = {"display_name": {"en": ("Who",)}, "phone": {"en": ("Call",)}}
    other = Layout(kind="customers", headings=names, required=("display_name",))
    found = winners(claims(_two(_layout(), other), ["Who", "Mail", "Call"], ()))
    assert [claim.system for claim in found] == ["one", "two"]


def test_a_heading_that_stands_twice_is_the_next_column_of_its_field() -> None:
    layout = SYSTEMS["generic"].layouts[0]
    claim = match("generic", layout, ["No", "Name", "Tel", "Phone", "Phone 2", "Phone"], ())
    assert (claim.columns["phone"], claim.columns["phone.2"]) == (2, 4)
    assert claim.doubles == (3, 5)
    claim = match("generic", layout, ["No", "Name", "Phone", "Phone"], ())
    assert (claim.columns["phone"], claim.columns["phone.2"], claim.doubles) == (2, 3, ())


def test_a_spelling_of_a_persons_own_claims_a_file() -> None:
    header = ["Debitor", "Navn", "Momszone"]
    assert winners(claims(SYSTEMS, header, ())) == []
    own = {"e-conomic": {"customer_number": ("DEBITOR",)}}
    (claim,) = winners(claims(SYSTEMS, header, (), aliases=own))
    assert (claim.system, claim.columns["customer_number"]) == ("e-conomic", 0)
    assert claim.language == "da"


def test_a_spelling_of_a_persons_own_counts_before_what_is_known() -> None:
    layout = SYSTEMS["generic"].layouts[0]
    own = {"generic": {"company": ("Name",), "ean": ("GLN",)}}
    claim = match("generic", layout, ["No", "Firm", "Name", "GLN"], (), own)
    assert dict(claim.columns) == {"company": 2, "ean": 3, "customer_number": 0}
    assert claim.doubles == (1,)


def test_an_own_spelling_may_fill_a_field_that_the_layout_has_no_heading_for() -> None:
    layout = SYSTEMS["outlook"].layouts[0]
    own = {"outlook": {"customer_number": ("User 1",), "sku": ("User 2",)}}
    claim = match("outlook", layout, ["First Name", "User 1", "User 2"], (), own)
    assert dict(claim.columns) == {"customer_number": 1, "given_name": 0}
    frame = pl.DataFrame({"First Name": ["Ann"], "User 1": ["7"], "User 2": ["x"]})
    fields = into_fields(frame, claim.layout, claim.columns)
    assert fields.columns["customer_number"].to_list() == ["7"]


def test_what_is_missing_is_named_by_its_heading() -> None:
    claim = match(QBOA, SYSTEMS[QBOA].layouts[0], ["Display name"], [])
    assert claim.missing == ("company_id",)
    assert claim.lacking() == "“Company ID”"


@cache
def _headers() -> list[tuple[str, ...]]:
    """Give the headings of every sample that is told by them alone."""
    folder = Path(__file__).parents[2] / "data" / "samples"
    small = [path for path in sorted(folder.glob("*/*.csv")) if path.stat().st_size < 50_000]
    return sorted({read_table(path, looks_like=_known).header for path in small})


def _known(cells: Sequence[str]) -> float:
    hits = len({plain_heading(cell) for cell in cells} & known_headings())
    return hits if hits > 1 else 0


@pytest.mark.slow
@given(st.data())
def test_the_order_of_the_columns_does_not_change_the_claim(data: st.DataObject) -> None:
    header = data.draw(st.sampled_from(_headers()))
    shuffled = data.draw(st.permutations(header))
    assert _told(shuffled) == _told(header) != []


@pytest.mark.slow
@given(st.data())
def test_a_column_that_is_not_asked_for_can_be_left_out(data: st.DataObject) -> None:
    header = data.draw(st.sampled_from(_headers()))
    (claim,) = winners(claims(SYSTEMS, header, ()))
    optional = sorted(set(range(len(header))) - claim.asked_for())
    gone = data.draw(st.sets(st.sampled_from(optional))) if optional else set()
    left = [heading for place, heading in enumerate(header) if place not in gone]
    assert _told(left) == [(claim.system, claim.kind)]


def _told(header: Sequence[str]) -> list[tuple[str, str]]:
    return [(claim.system, claim.kind) for claim in winners(claims(SYSTEMS, header, ()))]
