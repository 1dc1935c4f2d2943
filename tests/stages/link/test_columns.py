from __future__ import annotations

import datetime as dt
import random
from functools import partial
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.errors import InputError
from custclean.model import fields_of
from custclean.stages.link.columns import KINDS, PARTS, assumed, kinds_of

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 60
_LISTS = {
    "given": "Anna John Maria Peter Lars Giulia Pedro Claire Jürgen Carmen Thomas Emma",
    "family": "Smith Rossi Silva Durand Müller Garcia Nielsen Brown Moretti Weber Hill Okafor",
    "way": "Main St|Park Avenue|Oak Road|High Street|Via Roma|Rua Augusta|Rue de Lyon|Testvej",
    "city": "London|Milano|Lisboa|Paris|Berlin|Aarhus|Madrid|Leeds|Horsens|Braga|Springfield",
    "firm": "Oak|Nordic|Blue River|Delta|Sunrise|Atlas|Kestrel|Harbor|Cedar|Lumen|Orbit",
    "trade": "Roofing|Bakery|Consulting|Foods|Motors|Design|Plumbing|Books|Textiles",
    "form": "LLC|Ltd|ApS|S.r.l.|GmbH|Lda|SARL|Inc.",
    "thing": "Amber Ale|Blue Moon Rising|Night Train|Golden Hour|Red Wheelbarrow|Old Harvest",
    "words": "met at fair|prefers mail|call after noon|asked for a discount on the next order",
    "job": "nurse|teacher|driver|cook|farmer",
}


def _some(kind: str, n: int) -> str:
    dice = random.Random(f"{kind} {n % 53}")  # some rows are one entity twice
    pick = {
        name: partial(dice.choice, text.split("|") if "|" in text else text.split())
        for name, text in _LISTS.items()
    }
    year, month, day = dice.randint(1940, 1999), dice.randint(1, 12), dice.randint(1, 28)
    number = dice.randint(10_000, 99_999)
    made: dict[str, Callable[[], str]] = {
        "given": pick["given"],
        "family": pick["family"],
        "person": lambda: f"{pick['given']()} {pick['family']()}",
        "firm": lambda: f"{pick['firm']()} {pick['trade']()} {pick['form']()}",
        "trade": lambda: f"{pick['firm']()} {pick['trade']()} {pick['city']()}",
        "email": lambda: f"{pick['given']().lower()}{number}@mail.example",
        "site": lambda: f"www.{pick['firm']().lower().replace(' ', '')}{number}.example",
        "phone": lambda: f"+1 202 555 {number % 10_000:04d}",
        "slashes": lambda: f"310/{number % 1000:03d}-{number % 10_000:04d}",
        "bare": lambda: f"202555{number % 10_000:04d}",
        "street": lambda: f"{number % 900 + 1} {pick['way']()}",
        "behind": lambda: f"{pick['way']()} {number % 90 + 1}",
        "full": lambda: f"{number % 900 + 1} {pick['way']()}, {number} {pick['city']()}",
        "city": pick["city"],
        "state": lambda: dice.choice("CA NY TX FL IL OH WA".split()),
        "land": lambda: dice.choice("Denmark Germany France Italy Spain Portugal".split()),
        "lander": lambda: dice.choice("Bayern Hessen Sachsen Berlin Hamburg".split()),
        "postcode": lambda: f"{number}",
        "ukcode": lambda: f"SW{number % 20 + 1} {number % 9 + 1}AB",
        "date": lambda: f"{year}-{month:02d}-{day:02d}",
        "recent": lambda: f"2024-{month:02d}-{day:02d} {day:02d}:{month:02d}:10",
        "year": lambda: f"{year}",
        "month": lambda: f"{n % 12 + 1}",
        "day": lambda: f"{n % 28 + 1}",
        "serial": lambda: f"{1000 + n * 7}",
        "uuid": lambda: f"{n:08x}-1b2c-4d3e-8f90-{n * 977:012x}",
        "code": lambda: f"K{number}",
        "ean": lambda: f"57900000{number}",
        "ssn": lambda: f"123-{number % 90 + 10}-{number % 10_000:04d}",
        "vat": lambda: f"IT{number}{number + 1:06d}",
        "money": lambda: f"{number / 7:.2f}",
        "count": lambda: f"{number % 40}",
        "yes": lambda: "yes" if number % 2 else "no",
        "active": lambda: "active" if number % 2 else "inactive",
        "gender": lambda: "male" if number % 2 else "female",
        "salutation": lambda: dice.choice(["Mr", "Mrs", "Dr"]),
        "suffix": lambda: dice.choice(["Jr", "Sr", "III"]),
        "job": pick["job"],
        "thing": lambda: f"{pick['firm']()} {pick['thing']()}",
        "words": lambda: f"{pick['words']()} {pick['words']()} {pick['words']()}",
        "initial": lambda: f"{pick['given']()[0]}.",
        "house": lambda: f"{number % 200 + 1}",
        "geo": lambda: f"{number / 1000:.5f}",
        "flat": lambda: f"Apt {number % 30}",
        "fixed": lambda: "same",
        "nothing": str,
    }
    return made[kind]()


def _column(kind: str, rows: int = ROWS) -> list[str]:
    return [_some(kind, n) for n in range(rows)]


def _table(**columns: str) -> pl.DataFrame:
    return pl.DataFrame({name: _column(kind) for name, kind in columns.items()})


def _kinds(columns: dict[str, str]) -> dict[str, str]:
    return kinds_of(_table(**columns), None, None)


@pytest.mark.parametrize(
    ("heading", "content", "kind"),
    [
        *((h, "email", "email") for h in ("E-mail", "Email Address", "Correo electrónico",
          "Posta elettronica", "Courriel", "Mailadresse", "E-Mail-Adresse", "Contact email")),
        *((h, "phone", "phone") for h in ("Phone", "Telefono", "Téléfono", "Mobil", "Tlf.",
          "Cellulare", "Telemóvel", "Handy", "Celular", "Portable", "Fax", "phone1",
          "T\ufffdl\ufffdphone", "Telfono", "work_phone", "Contact", "Telefonnr.")),
        *((h, "slashes", "phone") for h in ("phone", "Tel")),
        *((h, "site", "website") for h in ("Website", "URL", "Hjemmeside", "Sito web", "Site",
          "Página web", "Webseite")),
        *((h, "postcode", "postcode") for h in ("PLZ", "Code postal", "CAP", "CEP", "Zip",
          "Postnr.", "Código postal", "Rechnungs-PLZ", "CAP fatturazione", "billing_zip",
          "Code postal livraison", "ZIPCode", "postcode_fake", "C.P.", "Postleitzahl")),
        *((h, "ukcode", "postcode") for h in ("Postcode", "Post code", "postcode_fake")),
        *((h, "firm", "company") for h in ("Company", "Ragione sociale", "Virksomhed", "Firma",
          "Raison sociale", "Razón social", "Empresa", "Organisation", "companyName")),
        *((h, "given", "given_name") for h in ("Vorname", "firstName", "FName", "Fornavn",
          "Prénom", "Primeiro nome", "Nombre de pila", "Nome proprio", "fname_c1")),
        *((h, "family", "family_name") for h in ("Apellidos", "Cognome", "Sobrenome",
          "Surname", "Nom de famille", "Efternavn", "Nachname", "lname_c1", "LName")),
        *((h, "person", "name") for h in ("Full name", "Navn", "Nome", "Nom", "Nombre",
          "Kunde", "Cliente", "Display name", "cust_name", "Contact person", "Kontaktperson")),
        *((h, "trade", "name") for h in ("Site name", "Name", "Restaurant", "Customer")),
        *((h, "street", "street") for h in ("Straße", "Street", "Via", "Rua", "Calle", "Rue",
          "Stra\ufffde", "billingStreet1", "Indirizzo", "Endereço de cobrança", "Vej",
          "Dirección fiscal", "Fakturaadresse", "Strasse und Nr", "Street address")),
        *((h, "street", "address") for h in ("Address", "Anschrift", "address_1")),
        *((h, "full", "address") for h in ("Address", "Adresse", "Location", "Indirizzo")),
        *((h, "city", "city") for h in ("City", "By", "Ort", "Città", "Cidade", "Ciudad",
          "Ville", "Town", "Ship-to City", "Leveringsby", "Comune", "suburb", "Location")),
        *((h, "state", "region") for h in ("State", "Provincia", "Estado", "UF", "Land")),
        *((h, "lander", "region") for h in ("Land", "Bundesland")),
        *((h, "land", "country") for h in ("Land", "Country", "Paese", "País", "Pays", "Stato",
          "State", "country_code")),
        *((h, "date", "date") for h in ("date_of_birth", "DOB", "Geburtsdatum", "Birthday",
          "Data di nascita", "Fødselsdato", "Fecha de nacimiento", "Date de naissance",
          "Data de nascimento", "Founded")),
        *((h, "ssn", "tax_id") for h in ("soc_sec_id", "SSN", "Social security number")),
        *((h, "vat", "tax_id") for h in ("Partita IVA", "VAT no.", "USt-IdNr.", "CVR", "NIF",
          "Numéro de TVA", "CNPJ", "P.IVA", "SIREN")),
        *((h, "ean", "exact") for h in ("EAN", "GLN", "EAN-nummer")),
        *((h, "code", "exact") for h in ("Member no.", "Medlemsnr", "Kundennr", "Codice")),
        *((h, "gender", "category") for h in ("Gender", "Køn", "Geschlecht", "Sesso", "Sexe")),
        *((h, "job", "category") for h in ("Job title", "Occupation", "Type", "Cuisine",
          "Program Name", "Tipo", "Kategorie")),
        *((h, "geo", "number") for h in ("lat", "Longitude")),
        *((h, "year", "year") for h in ("Birth year", "by", "Geburtsjahr", "Fødselsår", "YOB",
          "Anno di nascita")),
    ],
)  # fmt: skip
def test_heading_and_content_that_agree_are_believed(
    heading: str, content: str, kind: str
) -> None:
    assert _kinds({heading: content}) == {heading: kind}


@pytest.mark.parametrize(
    ("heading", "content"),
    [
        ("rec_id", "serial"), ("customer no", "serial"), ("Kundennr", "serial"),
        ("Nr", "serial"),
        ("uuid", "uuid"), ("guid", "uuid"), ("x", "uuid"), ("#", "serial"), ("ID", "serial"),
        ("Unnamed: 0", "serial"), ("cluster", "count"), ("cluster_id", "code"),
        ("Notes", "words"), ("Bemerkungen", "words"), ("description", "words"),
        ("Commenti", "words"), ("Observações", "words"), ("created", "recent"),
        ("last modified", "recent"), ("Oprettet", "date"), ("updated_at", "recent"),
        ("Erstellt am", "date"), ("source", "job"), ("file", "code"), ("row hash", "uuid"),
        ("Balance", "money"), ("Saldo", "money"), ("Umsatz", "money"), ("revenue", "count"),
        ("Number of employees", "count"), ("active", "yes"), ("Is company", "yes"),
        ("has_email", "yes"), ("Status", "active"), ("Estado", "active"), ("State", "active"),
        ("Language", "state"), ("Currency", "state"), ("Opening hours", "words"),
        ("Title", "salutation"), ("Anrede", "salutation"), ("Mr./Ms./...", "salutation"),
        ("created_by", "person"), ("Account manager", "person"), ("City", "fixed"),
        ("Notes", "nothing"), ("City", "nothing"), ("x", "recent"), ("x", "yes"),
        ("Photo URL", "site"), ("Attachments", "yes"), ("Company", "yes"),
    ],
)  # fmt: skip
def test_what_is_not_about_identity_is_left_out(heading: str, content: str) -> None:
    assert _kinds({heading: content}) == {}


def test_in_copies_of_one_record_what_all_hold_is_compared() -> None:
    ann = {"Name": "Ann Gray", "Email": "ann@gray.example", "City": "Leeds"}
    table = pl.DataFrame([ann | {"Customer": f"K{n:03d}"} for n in range(30)])
    expected = {"Name": "name", "Email": "email", "City": "city"}
    assert kinds_of(table, None, "Customer") == expected


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("email", "email"), ("phone", "phone"), ("slashes", "phone"), ("bare", "phone"),
        ("site", "website"), ("date", "date"), ("ukcode", "postcode"), ("land", "country"),
        ("street", "street"), ("behind", "street"), ("full", "address"), ("city", "city"),
        ("state", "region"), ("given", "given_name"), ("family", "family_name"),
        ("person", "name"), ("firm", "company"), ("trade", "name"), ("ssn", "tax_id"),
        ("vat", "tax_id"), ("code", "exact"), ("job", "category"), ("gender", "category"),
        ("geo", "number"), ("count", "number"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("heading", ["column_1", "A", "Unnamed: 3", "", "x1", "Feld 7"])
def test_values_decide_where_the_heading_says_nothing(
    heading: str, content: str, kind: str
) -> None:
    if heading.startswith("Unnamed"):
        heading = "field_3"
    assert _kinds({heading: content}) == {heading: kind}


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        # a birth date in three columns, by heading or beside one another
        ({"by": "year", "bm": "month", "bd": "day"}, ["year", "month", "day"]),
        ({"a": "year", "b": "month", "c": "day"}, ["year", "month", "day"]),
        (
            {"Birth year": "year", "Birth month": "month", "Birth day": "day"},
            ["year", "month", "day"],
        ),
        ({"Month": "month", "Name": "person"}, ["ignore", "name"]),
        # names
        ({"Name": "family", "Vorname": "given"}, ["family_name", "given_name"]),
        ({"Nome": "given", "Cognome": "family"}, ["given_name", "family_name"]),
        ({"Nombre": "given", "Apellidos": "family"}, ["given_name", "family_name"]),
        ({"Nom": "family", "Prénom": "given"}, ["family_name", "given_name"]),
        (
            {"Full name": "person", "First": "given", "Last": "family"},
            ["name", "given_name", "family_name"],
        ),
        ({"Name 1": "firm", "Name 2": "trade"}, ["name", "text"]),
        ({"Name": "firm", "Contact person": "person"}, ["name", "text"]),
        ({"Company": "firm", "Contact person": "person"}, ["company", "name"]),
        ({"Company": "firm", "c/o": "person", "Name": "person"}, ["company", "text", "name"]),
        (
            {"Site name": "trade", "Agency": "firm", "Executive Director": "person"},
            ["name", "text", "text"],
        ),
        ({"First name": "given", "Maiden name": "family"}, ["given_name", "text"]),
        ({"Last": "family", "Suffix": "suffix"}, ["family_name", "family_name"]),
        ({"a": "given", "b": "family"}, ["given_name", "family_name"]),
        ({"a": "person", "b": "firm"}, ["name", "company"]),
        # things
        ({"Title": "thing", "Authors": "person", "Venue": "job"}, ["name", "text", "text"]),
        ({"Beer_Name": "thing", "Brew_Factory_Name": "trade"}, ["name", "text"]),
        ({"Song_Name": "thing", "Artist_Name": "person"}, ["name", "text"]),
        ({"Title": "job", "First name": "given"}, ["category", "given_name"]),
        # addresses
        (
            {"billing_street": "street", "billing_city": "city", "shipping_street": "street",
             "shipping_city": "city", "shipping_zip": "postcode"},
            ["street", "city", "ignore", "ignore", "ignore"],
        ),
        (
            {"Adresse": "behind", "By": "city", "Leveringsadresse": "behind",
             "Leveringsby": "city"},
            ["street", "city", "ignore", "ignore"],
        ),
        ({"Lieferadresse": "behind", "Liefer-PLZ": "postcode"}, ["street", "postcode"]),
        (
            {"Ship-to": "street", "Bill-to": "street", "Name": "firm"},
            ["ignore", "address", "name"],
        ),
        (
            {"Home Street": "street", "Business Street": "street", "Business City": "city"},
            ["ignore", "street", "city"],
        ),
        ({"address_1": "street", "address_2": "flat"}, ["address", "text"]),
        ({"Adresse": "behind", "Adresse 2": "flat"}, ["street", "text"]),
        ({"Strasse": "behind", "Hausnr": "house"}, ["street", "street"]),
        ({"street_number": "house", "address_1": "street"}, ["street", "street"]),
        ({"City": "city", "suburb": "city"}, ["city", "text"]),
        ({"City": "city", "birth_place": "city"}, ["city", "text"]),
        ({"State": "state", "County": "city"}, ["region", "ignore"]),
        ({"a": "postcode", "b": "city", "c": "street"}, ["postcode", "city", "street"]),
        ({"phone1": "phone", "phone2": "slashes"}, ["phone", "phone"]),
        ({"Endereço": "street", "Número": "house"}, ["street", "ignore"]),
        ({"Calle": "city", "Número": "house"}, ["street", "street"]),
        # codes
        ({"AccountId": "code", "LastName": "family"}, ["ignore", "family_name"]),
        ({"AccountId": "code", "Name": "firm"}, ["exact", "name"]),
        ({"a": "serial", "b": "postcode", "c": "city"}, ["ignore", "postcode", "city"]),
        ({"ethnic_code": "job", "Name": "person"}, ["category", "name"]),
        ({"Company ID": "serial", "Company": "firm"}, ["ignore", "company"]),
        ({"Email": "yes", "Phone": "phone"}, ["ignore", "phone"]),
    ],
)  # fmt: skip
def test_columns_are_understood_beside_one_another(
    columns: dict[str, str], expected: list[str]
) -> None:
    found = _kinds(columns)
    assert [found.get(name, "ignore") for name in columns] == expected


def test_a_middle_name_comes_after_the_first_name() -> None:
    found = _kinds({"Middle name": "initial", "First name": "given", "Last name": "family"})
    assert list(found) == ["First name", "Middle name", "Last name"]


@pytest.mark.parametrize(
    ("values", "heading", "kind"),
    [
        ([1940 + n % 60 for n in range(ROWS)], "Birth year", "year"),
        ([10_000 + n * 331 % 700 for n in range(ROWS)], "zip", "postcode"),
        ([2_025_550_100 + n for n in range(ROWS)], "Phone", "phone"),
        ([2_025_550_100.0 + n for n in range(ROWS)], "Phone", "phone"),
        ([dt.date(1950 + n % 50, 1, 2) for n in range(ROWS)], "x", "date"),
        ([dt.datetime(2024, 1, 2, 3, n % 60, tzinfo=dt.UTC) for n in range(ROWS)], "x", None),
        (
            [dt.datetime(2024, 1, 2, 3, n % 60, tzinfo=dt.UTC) for n in range(ROWS)],
            "created",
            None,
        ),
        ([n % 2 == 0 for n in range(ROWS)], "active", None),
        ([["a", "b"] for _ in range(ROWS)], "tags", None),
        ([None] * ROWS, "Name", None),
        (list(range(ROWS)), "index", None),
    ],
)
def test_typed_columns_are_read_as_their_text(
    values: list[object], heading: str, kind: str | None
) -> None:
    found = kinds_of(pl.DataFrame({heading: values}, strict=False), None, None)
    assert found == ({heading: kind} if kind else {})


@pytest.mark.parametrize(
    ("heading", "kind"),
    [("E-mail", "email"), ("City", "city"), ("Name", "name"), ("Zip", "postcode")],
)
def test_of_a_few_values_the_heading_is_believed(heading: str, kind: str) -> None:
    assert kinds_of(pl.DataFrame({heading: ["one thing"]}), None, None) == {heading: kind}


WIDE = {
    "Kundennr": "serial", "Navn": "person", "c2": "firm", "E-mail": "email", "c4": "phone",
    "c5": "street", "By": "city", "Postnr": "postcode", "Leveringsby": "city", "c9": "land",
    "c10": "date", "c11": "job", "Saldo": "money", "c13": "count", "c14": "words",
}  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_neither_order_of_rows_nor_of_columns_matters(dice: random.Random) -> None:
    table = _table(**WIDE)
    names = list(table.columns)
    dice.shuffle(names)
    order = list(range(table.height))
    dice.shuffle(order)
    assert kinds_of(table[order].select(names), None, None) == kinds_of(table, None, None)


def test_rows_of_a_large_table_may_come_in_any_order() -> None:
    table = pl.DataFrame({name: _column(kind, 3_000) for name, kind in WIDE.items()})
    found = kinds_of(table, None, None)
    assert found == kinds_of(table.reverse(), None, None)
    assert found == kinds_of(table.sample(fraction=1, shuffle=True, seed=1), None, None)


def test_kinds_come_in_a_fixed_order_then_as_in_the_frame() -> None:
    found = _kinds({"City": "city", "Phone 9": "phone", "Name": "firm", "A phone": "phone"})
    assert list(found) == ["Name", "Phone 9", "A phone", "City"]


def test_bookkeeping_of_a_canonical_table_is_not_compared() -> None:
    table = pl.DataFrame(schema=dict.fromkeys(fields_of("customers"), pl.String))
    found = kinds_of(table, None, "record_id")
    assert {"display_name", "company", "email", "phone", "mobile", "tax_id"} <= set(found)
    assert not {"record_id", "balance", "notes", "created", "customer_number"} & set(found)


def test_what_the_caller_leaves_out_is_not_compared() -> None:
    table = pl.DataFrame({"a": ["x"], "b": ["y"], "c": ["z"], "d": ["1950"]})
    given = {"a": "name", "b": "ignore", "d": "year"}
    assert kinds_of(table, given, None) == {"a": "name", "d": "year"}


def test_the_caller_may_name_any_kind_but_no_other() -> None:
    table = pl.DataFrame({"a": ["x"]})
    for kind in set(KINDS + PARTS) - {"ignore"}:
        assert kinds_of(table, {"a": kind}, None) == {"a": kind}
    with pytest.raises(InputError, match="no such kind of value"):
        kinds_of(table, {"a": "colour"}, None)
    with pytest.raises(InputError, match="there is no such column"):
        kinds_of(table, {"b": "name"}, None)


def test_it_is_said_why_a_column_has_its_kind() -> None:
    table = _table(**{"E-mail": "email", "Address": "trade", "x": "phone", "Nr": "serial"})
    kinds = kinds_of(table, None, None) | {"Nr": "exact"}
    assert set(assumed(table, kinds)) == {
        ("E-mail", "email", "heading and content"),
        ("Address", "address", "heading"),
        ("x", "phone", "content"),
        ("Nr", "exact", "told"),
    }


def test_an_empty_table_has_no_kinds() -> None:
    assert kinds_of(pl.DataFrame(), None, None) == {}
    assert kinds_of(pl.DataFrame(schema={"Name": pl.String}), None, None) == {}


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["Mill Byg ApS", "Tarn Auto GmbH", "Anna Wex", "Boris Kohl"], "given_name"),
        (["Mill Byg ApS", "Tarn Auto GmbH", "Hill Foods Ltd", "Kohl Travel SpA"], "text"),
    ],
)
def test_a_contact_is_a_person_where_private_clients_are_their_own(
    names: list[str], kind: str
) -> None:
    table = pl.DataFrame(
        {
            "Nome de exibição": [f"{name} {n}" for n in "abcde" for name in names],
            "Nome do contato": [
                f"{name} {n}" for n in "abcde"
                for name in ("Carla Dahl", "Dario Moss", "Anna Wex", "Boris Kohl")
            ],
        }
    )  # fmt: skip
    assert kinds_of(table, None, None)["Nome do contato"] == kind
