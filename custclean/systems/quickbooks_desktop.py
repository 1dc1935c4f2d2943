"""QuickBooks Desktop: list exports to Excel and CSV, the import from Excel, IIF lists.

Where the headings are from:

- IIF: http://support.quickbooks.intuit.com/support/Pages/InProductHelp/Core/QB2K8/ContentPackage/Core/IIF/iif_reference_customer.html
  and the headers that public code reads and writes; its keywords are English everywhere.
- Customer, vendor and item list: public parsers of these exports, in English. The first
  column is empty, and every list has the column `Active Status` (`Active`, `Not-active`),
  which fills `active` as Y or N and stays beside the table.
- import from Excel: http://employee.rpromise.com/allowed-fields/2, a copy of Intuit's list.

Unconfirmed is every heading that is not English: natural terms, read if they occur.

`REFNUM` is no id here: what it is after a file was rebuilt, nobody says. `NOTE` is
believed to be the account number and is kept beside the table, as is `HIDDEN`, from which
`active` is turned round: hidden Y is active N. The lines of an address are put together,
without the record's own name; only the last line of an American one is taken apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from custclean.systems import Headings, Layout, System
from custclean.tables.joined import (
    active_or_not,
    address_lines,
    emails,
    full_name,
    inverted,
    nothing,
    parent_and_child,
    phones,
)

LINES = range(1, 6)


def _lines(field: str, languages: Mapping[str, tuple[str, ...]]) -> Headings:
    """Give the headings of the five lines of an address: "Bill to 1", "Bill to 2" ..."""
    return {
        f"{field}/{line}": {
            language: tuple(f"{text} {line}" for text in texts)
            for language, texts in languages.items()
        }
        for line in LINES
    }


def _keywords(**words: str) -> Headings:
    """Give the headings of an IIF section; `x_2` is a second column of x."""
    return {name.replace("_2", ".2"): {"en": (word,)} for name, word in words.items()}


def _keyword_lines(field: str, prefix: str) -> Headings:
    return {f"{field}/{line}": {"en": (f"{prefix}{line}",)} for line in LINES}


Split = Callable[[str], Mapping[str, str]]
SPLITS: dict[str, Split] = {
    "street": address_lines,
    "display_name": parent_and_child,
    "email": emails,
    "contact_name": full_name,
    "active": active_or_not,
}
IIF_SPLITS = {**SPLITS, "active": inverted, "section": nothing}

# fmt: off
STATUS = {"en": ("Active Status",), "it": ("Stato attivo", "Stato di attività"),
    "pt": ("Status ativo", "Status de atividade"), "fr": ("Statut actif", "État actif"),
    "es": ("Estado activo", "Estado de actividad"), "da": ("Aktiv status",),
    "de": ("Aktivstatus", "Aktiv-Status")}
PEOPLE: Headings = {
    "active": STATUS,
    "balance": {"en": ("Balance",), "it": ("Saldo",), "pt": ("Saldo",), "fr": ("Solde",),
        "es": ("Saldo",), "da": ("Saldo",), "de": ("Saldo",)},
    "company": {"en": ("Company",), "it": ("Azienda", "Società"), "pt": ("Empresa",),
        "fr": ("Société", "Entreprise"), "es": ("Empresa",), "da": ("Firma", "Virksomhed"),
        "de": ("Firma", "Unternehmen")},
    "title": {"en": ("Mr./Ms./...", "Salutation"), "it": ("Sig./Sig.ra/...", "Titolo"),
        "pt": ("Sr./Sra./...", "Tratamento"), "fr": ("M./Mme/...", "Civilité"),
        "es": ("Sr./Sra./...", "Tratamiento"), "da": ("Hr./Fr./...", "Titel"),
        "de": ("Herr/Frau/...", "Anrede")},
    "given_name": {"en": ("First Name",), "it": ("Nome",), "pt": ("Primeiro nome", "Nome"),
        "fr": ("Prénom",), "es": ("Nombre",), "da": ("Fornavn",), "de": ("Vorname",)},
    "middle_name": {"en": ("M.I.",), "it": ("Iniziale secondo nome",),
        "pt": ("Inicial do meio",), "fr": ("Initiale",), "es": ("Inicial",),
        "da": ("Mellembogstav",), "de": ("Mittelinitiale",)},
    "family_name": {"en": ("Last Name",), "it": ("Cognome",), "pt": ("Sobrenome",),
        "fr": ("Nom", "Nom de famille"), "es": ("Apellido", "Apellidos"), "da": ("Efternavn",),
        "de": ("Nachname",)},
    "contact_name": {"en": ("Primary Contact",), "it": ("Contatto principale",),
        "pt": ("Contato principal",), "fr": ("Contact principal",),
        "es": ("Contacto principal",), "da": ("Primær kontakt",), "de": ("Hauptkontakt",)},
    "phone": {"en": ("Main Phone",), "it": ("Telefono principale",),
        "pt": ("Telefone principal",), "fr": ("Téléphone principal",),
        "es": ("Teléfono principal",), "da": ("Hovedtelefon",), "de": ("Haupttelefon",)},
    "phone.2": {"en": ("Alt. Phone",), "it": ("Telefono alternativo",),
        "pt": ("Telefone alternativo",), "fr": ("Autre téléphone",),
        "es": ("Teléfono alternativo",), "da": ("Alternativ telefon",),
        "de": ("Alternatives Telefon",)},
    "mobile": {"en": ("Mobile",), "it": ("Cellulare",), "pt": ("Celular",),
        "fr": ("Mobile", "Cellulaire"), "es": ("Móvil", "Celular"), "da": ("Mobil",),
        "de": ("Mobil",)},
    "fax": {"en": ("Fax",), "it": ("Fax",), "pt": ("Fax",), "fr": ("Télécopieur", "Fax"),
        "es": ("Fax",), "da": ("Fax",), "de": ("Fax",)},
    "email": {"en": ("Main Email",), "it": ("E-mail principale", "Email principale"),
        "pt": ("E-mail principal",), "fr": ("Courriel principal", "E-mail principal"),
        "es": ("Correo electrónico principal", "Correo principal"),
        "da": ("Primær e-mail", "Hovedmail"), "de": ("Haupt-E-Mail",)},
    "website": {"en": ("Website",), "it": ("Sito web",), "pt": ("Site",), "fr": ("Site Web",),
        "es": ("Sitio web",), "da": ("Websted",), "de": ("Website",)},
    "terms": {"en": ("Terms",), "it": ("Termini",), "pt": ("Termos",), "fr": ("Modalités",),
        "es": ("Términos",), "da": ("Betalingsbetingelser",), "de": ("Zahlungsbedingungen",)},
    "customer_number": {"en": ("Account No.",), "it": ("N. conto",), "pt": ("Nº da conta",),
        "fr": ("N° de compte", "No de compte"), "es": ("N.º de cuenta",), "da": ("Kontonr.",),
        "de": ("Kontonr.", "Konto-Nr.")},
    "currency": {"en": ("Currency",), "it": ("Valuta",), "pt": ("Moeda",), "fr": ("Devise",),
        "es": ("Moneda",), "da": ("Valuta",), "de": ("Währung",)},
    "notes": {"en": ("Note", "Notes"), "it": ("Nota", "Note"), "pt": ("Observação", "Notas"),
        "fr": ("Note", "Notes"), "es": ("Nota", "Notas"), "da": ("Note", "Noter"),
        "de": ("Notiz", "Notizen")},
}
BILL_TO = {"en": ("Bill to",), "it": ("Fatturare a",), "pt": ("Cobrar de", "Faturar para"),
    "fr": ("Facturer à",), "es": ("Facturar a",), "da": ("Faktureres til",),
    "de": ("Rechnung an",)}
SHIP_TO = {"en": ("Ship to",), "it": ("Spedire a",), "pt": ("Enviar para",),
    "fr": ("Expédier à",), "es": ("Enviar a",), "da": ("Leveres til",),
    "de": ("Lieferung an",)}
BILL_FROM = {"en": ("Bill from",), "it": ("Fatturato da",), "pt": ("Faturado por",),
    "fr": ("Facturé par",), "es": ("Facturado por",), "da": ("Faktureret af",),
    "de": ("Rechnung von",)}
SHIP_FROM = {"en": ("Ship from",), "it": ("Spedito da",), "pt": ("Enviado por",),
    "fr": ("Expédié par",), "es": ("Enviado por",), "da": ("Leveret af",),
    "de": ("Lieferung von",)}
CUSTOMERS: Headings = {
    "display_name": {"en": ("Customer",), "it": ("Cliente",), "pt": ("Cliente",),
        "fr": ("Client",), "es": ("Cliente",), "da": ("Kunde",), "de": ("Kunde",)},
    "customer_type": {"en": ("Customer Type",), "it": ("Tipo di cliente",),
        "pt": ("Tipo de cliente",), "fr": ("Type de client",), "es": ("Tipo de cliente",),
        "da": ("Kundetype",), "de": ("Kundentyp",)},
    **PEOPLE,
    **_lines("street.bill", BILL_TO),
    **_lines("street.ship", SHIP_TO),
}
VENDORS: Headings = {
    "display_name": {"en": ("Vendor",), "it": ("Fornitore",), "pt": ("Fornecedor",),
        "fr": ("Fournisseur",), "es": ("Proveedor",), "da": ("Leverandør",),
        "de": ("Lieferant",)},
    "customer_type": {"en": ("Vendor Type",), "it": ("Tipo di fornitore",),
        "pt": ("Tipo de fornecedor",), "fr": ("Type de fournisseur",),
        "es": ("Tipo de proveedor",), "da": ("Leverandørtype",), "de": ("Lieferantentyp",)},
    "tax_id": {"en": ("Tax ID",), "it": ("Partita IVA",), "pt": ("CNPJ",),
        "fr": ("Numéro fiscal",), "es": ("NIF",), "da": ("CVR-nummer",),
        "de": ("Steuernummer",)},
    **PEOPLE,
    **_lines("street.bill", BILL_FROM),
    **_lines("street.ship", SHIP_FROM),
}
ITEMS: Headings = {
    "active": STATUS,
    "name": {"en": ("Item",), "it": ("Articolo",), "pt": ("Item",), "fr": ("Article",),
        "es": ("Artículo",), "da": ("Vare",), "de": ("Artikel",)},
    "item_type": {"en": ("Type",), "it": ("Tipo",), "pt": ("Tipo",), "fr": ("Type",),
        "es": ("Tipo",), "da": ("Type",), "de": ("Typ",)},
    "description": {"en": ("Description",), "it": ("Descrizione",), "pt": ("Descrição",),
        "fr": ("Description",), "es": ("Descripción",), "da": ("Beskrivelse",),
        "de": ("Beschreibung",)},
    "income_account": {"en": ("Account",), "it": ("Conto",), "pt": ("Conta",),
        "fr": ("Compte",), "es": ("Cuenta",), "da": ("Konto",), "de": ("Konto",)},
    "expense_account": {"en": ("COGS Account",), "it": ("Conto costo del venduto",),
        "pt": ("Conta CMV",), "fr": ("Compte CMV",), "es": ("Cuenta de costo de ventas",),
        "da": ("Vareforbrugskonto",), "de": ("Wareneinsatzkonto",)},
    "asset_account": {"en": ("Asset Account",), "it": ("Conto attività",),
        "pt": ("Conta de ativo",), "fr": ("Compte d'actif",), "es": ("Cuenta de activo",),
        "da": ("Aktivkonto",), "de": ("Bestandskonto",)},
    "quantity": {"en": ("Quantity On Hand",), "it": ("Quantità disponibile",),
        "pt": ("Quantidade disponível",), "fr": ("Quantité en stock",),
        "es": ("Cantidad disponible",), "da": ("Antal på lager",), "de": ("Bestand",)},
    "cost": {"en": ("Cost",), "it": ("Costo",), "pt": ("Custo",), "fr": ("Coût",),
        "es": ("Costo",), "da": ("Kostpris",), "de": ("Kosten",)},
    "price": {"en": ("Price",), "it": ("Prezzo",), "pt": ("Preço",), "fr": ("Prix",),
        "es": ("Precio",), "da": ("Pris",), "de": ("Preis",)},
}
IMPORT: Headings = {
    "display_name": {"en": ("Job or Customer Name", "Job or Customer Name (required)"),
        "it": ("Nome commessa o cliente",), "pt": ("Nome do projeto ou cliente",),
        "fr": ("Nom du projet ou du client",), "es": ("Nombre del proyecto o cliente",),
        "da": ("Projekt- eller kundenavn",), "de": ("Projekt- oder Kundenname",)},
    "company": {"en": ("Company Name",), "it": ("Nome azienda",), "pt": ("Nome da empresa",),
        "fr": ("Nom de la société",), "es": ("Nombre de la empresa",), "da": ("Firmanavn",),
        "de": ("Firmenname",)},
    **{name: PEOPLE[name] for name in ("title", "given_name")},
    "middle_name": {
        "en": ("Middle Initial",),
        **{name: texts for name, texts in PEOPLE["middle_name"].items() if name != "en"},
    },
    "family_name": PEOPLE["family_name"],
    "contact_name": {"en": ("Contact",), "it": ("Contatto",), "pt": ("Contato",),
        "fr": ("Contact",), "es": ("Contacto",), "da": ("Kontakt",), "de": ("Kontakt",)},
    "phone": {"en": ("Phone",), "it": ("Telefono",), "pt": ("Telefone",), "fr": ("Téléphone",),
        "es": ("Teléfono",), "da": ("Telefon",), "de": ("Telefon",)},
    "phone.2": {
        "en": ("Alternate Phone",),
        **{name: texts for name, texts in PEOPLE["phone.2"].items() if name != "en"},
    },
    "fax": PEOPLE["fax"],
    "email": {"en": ("Email",), "it": ("E-mail",), "pt": ("E-mail",), "fr": ("Courriel",),
        "es": ("Correo electrónico",), "da": ("E-mail",), "de": ("E-Mail",)},
    **_lines(
        "street.bill",
        {"en": ("Billing Address",), "it": ("Indirizzo di fatturazione",),
            "pt": ("Endereço de cobrança",), "fr": ("Adresse de facturation",),
            "es": ("Dirección de facturación",), "da": ("Faktureringsadresse",),
            "de": ("Rechnungsadresse",)},
    ),
    **_lines(
        "street.ship",
        {"en": ("Shipping Address",), "it": ("Indirizzo di spedizione",),
            "pt": ("Endereço de entrega",), "fr": ("Adresse de livraison",),
            "es": ("Dirección de envío",), "da": ("Leveringsadresse",),
            "de": ("Lieferadresse",)},
    ),
    "customer_type": CUSTOMERS["customer_type"],
    "terms": PEOPLE["terms"],
    "customer_number": {"en": ("Account Number",), "it": ("Numero conto",),
        "pt": ("Número da conta",), "fr": ("Numéro de compte",), "es": ("Número de cuenta",),
        "da": ("Kontonummer",), "de": ("Kontonummer",)},
    "balance": {"en": ("Opening Balance",), "it": ("Saldo iniziale",),
        "pt": ("Saldo inicial",), "fr": ("Solde d'ouverture",), "es": ("Saldo inicial",),
        "da": ("Startsaldo",), "de": ("Anfangssaldo",)},
    "active": {"en": ("Is Inactive",), "it": ("Inattivo", "È inattivo"),
        "pt": ("Inativo", "Está inativo"), "fr": ("Inactif", "Est inactif"),
        "es": ("Inactivo", "Está inactivo"), "da": ("Inaktiv", "Er inaktiv"),
        "de": ("Inaktiv", "Ist inaktiv")},
    "notes": PEOPLE["notes"],
}
# fmt: on
IIF_PEOPLE = _keywords(
    display_name="NAME",
    company="COMPANYNAME",
    title="SALUTATION",
    given_name="FIRSTNAME",
    middle_name="MIDINIT",
    family_name="LASTNAME",
    contact_name="CONT1",
    email="EMAIL",
    phone="PHONE1",
    phone_2="PHONE2",
    mobile="MOBILENUM",
    fax="FAXNUM",
    terms="TERMS",
    tax_id="TAXID",
    currency="NAMECURRENCY",
    active="HIDDEN",
    notes="NOTEPAD",
)
BILLED = {**_keyword_lines("street.bill", "BADDR"), **_keyword_lines("street.ship", "SADDR")}
IDENTIFYING = ("parent", "display_name")  # no two of a list share it
LIST = Layout(
    kind="customers",
    identifying=IDENTIFYING,
    headings=CUSTOMERS,
    required=("active", "display_name"),
    splits=SPLITS,
)


def _section(keyword: str, kind: str, headings: Headings) -> Layout:
    """Give a list of people in an IIF: the columns that all have, and these."""
    return Layout(
        kind=kind,
        identifying=IDENTIFYING,
        headings={**_keywords(section=keyword), **IIF_PEOPLE, **headings},
        required=("section", "display_name"),
        splits=IIF_SPLITS,
    )


SYSTEM = System(
    name="quickbooks-desktop",
    title="QuickBooks Desktop",
    furniture=frozenset({"HDR", "CUSTNAMEDICT", "ENDCUSTNAMEDICT"}),  # of an IIF
    layouts=(
        LIST,
        replace(LIST, kind="vendors", headings=VENDORS),
        replace(
            LIST,
            headings=IMPORT,
            required=("display_name", "phone|email|street.bill/1"),
            splits={**SPLITS, "phone": phones, "active": inverted},
        ),
        _section("!CUST", "customers", {**_keywords(customer_type="CTYPE"), **BILLED}),
        _section(
            "!VEND",
            "vendors",
            {**_keywords(customer_type="VTYPE"), **_keyword_lines("street.bill", "ADDR")},
        ),
        _section(
            "!EMP",
            "employees",
            {
                **_keyword_lines("street.home", "ADDR"),
                "city.home": {"en": ("CITY",)},
                "region.home": {"en": ("STATE",)},
                "postcode.home": {"en": ("ZIP", "POST")},
            },
        ),
        _section("!OTHERNAME", "contacts", BILLED),
        Layout(
            kind="items",
            headings=ITEMS,
            required=("active", "name", "item_type|price|cost"),
            identifying=("name",),
            splits={"active": active_or_not},
        ),
        Layout(
            kind="items",
            headings=_keywords(
                section="!INVITEM",
                name="NAME",
                item_type="INVITEMTYPE",
                description="DESC",
                income_account="ACCNT",
                asset_account="ASSETACCNT",
                expense_account="COGSACCNT",
                quantity="QNTY",
                price="PRICE",
                cost="COST",
                active="HIDDEN",
            ),
            required=("section", "name"),
            identifying=("name",),
            splits={"active": inverted, "section": nothing},
        ),
    ),
    limits={  # QuickBooks' SDK, as two partners print it
        "display_name": 41,
        "company": 41,
        "title": 15,
        "given_name": 25,
        "middle_name": 5,
        "family_name": 25,
        "email": 1023,
        "phone": 21,
        "fax": 21,
        "city": 31,
        "region": 21,
        "postcode": 13,
        "country": 31,
        "terms": 31,
        "customer_type": 31,
        "customer_number": 99,
        "full_name": 209,  # Parent:Child
        "levels": 5,
    },
    apart=frozenset({"customers", "vendors", "employees"}),
)
