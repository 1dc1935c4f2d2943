"""e-conomic: the list of customers as a CSV file, Danish with semicolons and decimal commas.

No page with the heading line of its export was found: every heading is unconfirmed, taken
from the words of the program (`Kundegruppe` customer group, `Momszone` VAT zone,
`Betalingsbetingelser` terms of payment, `Spærret` barred), of the import from C5
(http://wiki2.e-conomic.dk/c5/kunderexp00033.kom) and of the REST fields. What a field may
hold is the REST documentation's. A barred customer is one that is not active: the cell stays
beside the table, `active` is its opposite. An e-mail cell separates addresses with blanks.
"""

from __future__ import annotations

from custclean.systems import Headings, Layout, System
from custclean.tables.joined import emails, full_name, inverted

HEADINGS: Headings = {
    "customer_number": {
        "en": ("No.", "Number", "Customer no.", "Customer number"),
        "da": ("Nr.", "Nr", "Nummer", "Kundenr.", "Kundenr", "Kundenummer"),
        "de": ("Nr.", "Nummer", "Kundennr.", "Kundennummer"),
    },
    "display_name": {"en": ("Name",), "da": ("Navn",), "de": ("Name",)},
    "customer_group": {
        "en": ("Customer group",),
        "da": ("Kundegruppe",),
        "de": ("Kundengruppe",),
    },
    # any club's list has groups
    "customer_group.2": {"en": ("Group",), "da": ("Gruppe",), "de": ("Gruppe",)},
    "vat_zone": {"en": ("VAT zone",), "da": ("Momszone",), "de": ("MwSt.-Zone",)},
    "terms": {
        "en": ("Payment terms", "Terms of payment"),
        "da": ("Betalingsbetingelser", "Betalingsbetingelse", "Betalingsbet."),
        "de": ("Zahlungsbedingungen",),
    },
    "currency": {"en": ("Currency",), "da": ("Valuta",), "de": ("Währung",)},
    "street/1": {
        "en": ("Address", "Address 1"),
        "da": ("Adresse", "Adresse1", "Adresse 1"),
        "de": ("Adresse", "Adresse 1"),
    },
    "street/2": {
        "en": ("Address 2",),
        "da": ("Adresse2", "Adresse 2"),
        "de": ("Adresse 2",),
    },
    "postcode": {
        "en": ("Postal code", "Postcode", "ZIP code"),
        "da": ("Postnr.", "Postnr", "Postnummer", "Post"),
        "de": ("PLZ", "Postleitzahl"),
    },
    "city": {"en": ("City",), "da": ("By",), "de": ("Ort", "Stadt")},
    "country": {"en": ("Country",), "da": ("Land",), "de": ("Land",)},
    "tax_id": {
        "en": ("Corporate identification number", "Company reg. no.", "CVR no."),
        "da": ("CVR-nr.", "CVR-nr", "CVR nr.", "CVR", "CVR-nummer"),
        "de": ("CVR-Nr.", "Handelsregisternummer"),
    },
    "tax_id.vat": {
        "en": ("VAT number", "VAT no."),
        "da": ("Momsnr.", "Momsnummer", "SE-nr."),
        "de": ("USt-IdNr.",),
    },
    "ean": {
        "en": ("EAN", "EAN no.", "EAN number"),
        "da": ("EAN-nr.", "EAN-nr", "EAN nr.", "EAN-nummer"),
        "de": ("EAN", "EAN-Nr."),
    },
    "contact_name": {
        "en": ("Attention", "Contact person"),
        "da": ("Att.", "Kontaktperson"),
        "de": ("Ansprechpartner", "Kontaktperson"),
    },
    "email": {"en": ("E-mail", "Email"), "da": ("E-mail", "Email"), "de": ("E-Mail",)},
    "phone": {
        "en": ("Telephone and fax number", "Telephone", "Phone"),
        "da": ("Telefon/fax", "Telefon og fax", "Telefon", "Tlf."),
        "de": ("Telefon/Fax", "Telefon"),
    },
    "mobile": {
        "en": ("Mobile phone", "Mobile"),
        "da": ("Mobiltelefon", "Mobil"),
        "de": ("Mobiltelefon", "Mobil"),
    },
    "website": {
        "en": ("Website",),
        "da": ("Hjemmeside", "Webside", "Website"),
        "de": ("Website", "Webseite"),
    },
    "balance": {"en": ("Balance",), "da": ("Saldo",), "de": ("Saldo",)},
    "active": {"en": ("Barred",), "da": ("Spærret",), "de": ("Gesperrt",)},
    "notes": {
        "en": ("Notes",),
        "da": ("Noter", "Notat", "Bemærkninger"),
        "de": ("Notizen", "Bemerkungen"),
    },
}
EXPORT = Layout(
    kind="customers",
    headings=HEADINGS,
    required=("customer_number", "display_name"),
    # groups, terms and a mark of who is barred stand in the list of any Danish program
    own=(
        *(text for texts in HEADINGS["vat_zone"].values() for text in texts),
        "Corporate identification number",
        "Telephone and fax number",
        "Telefon og fax",
    ),
    native_id="customer_number",
    splits={"active": inverted, "contact_name": full_name, "email": emails},
)

SYSTEM = System(
    name="e-conomic",
    title="e-conomic",
    layouts=(EXPORT,),
    limits={
        "customer_number": 9,
        "display_name": 255,
        "street": 510,
        "postcode": 30,
        "city": 50,
        "country": 50,
        "tax_id": 40,
        "ean": 13,
        "email": 255,
        "phone": 255,
        "mobile": 50,
        "website": 255,
        "currency": 3,
    },
)
