"""CleanManager: the customer file that it imports, "CleanManager format".

The English headings and what a column may hold are those of its help,
https://support.cleanmanager.com/en/set-up-customer-data-for-file-import, which was read up to
`EAN no.`; `CI no.` is the CVR number of Denmark. Unconfirmed are all Danish and German
headings and the columns behind `EAN no.`: read if they occur, never required.

The help asks for number and name alone; such a file is like any firm's register, so it is
CleanManager's only where the caller says so. `Debtor no.` beside the customer's number tells
the file (as does `CI no.`, which nobody else writes); it fills no field.
"""

from __future__ import annotations

from custclean.systems import Headings, Layout, System
from custclean.tables.joined import emails, full_name, nothing

HEADINGS: Headings = {
    "customer_number": {
        "en": ("Customer no.", "Customer no", "Customer number"),
        "da": ("Kundenr.", "Kundenr", "Kundenummer"),
        "de": ("Kundennr.", "Kunden-Nr.", "Kundennummer"),
    },
    "debtor_number": {
        "en": ("Debtor no. (Billing)", "Debtor no."),
        "da": ("Debitornr.", "Debitornr. (fakturering)", "Debitornr"),
        "de": ("Debitorennr.", "Debitorennr. (Abrechnung)", "Debitor-Nr."),
    },
    "display_name": {
        "en": ("Customer name",),
        "da": ("Kundenavn", "Kundens navn"),
        "de": ("Kundenname", "Name des Kunden"),
    },
    "street": {"en": ("Address",), "da": ("Adresse",), "de": ("Adresse", "Anschrift")},
    "postcode": {
        "en": ("ZIP code", "Postcode"),
        "da": ("Postnr.", "Postnr", "Postnummer"),
        "de": ("PLZ", "Postleitzahl"),
    },
    "city": {"en": ("City",), "da": ("By",), "de": ("Ort", "Stadt")},
    "country": {"en": ("Country",), "da": ("Land",), "de": ("Land",)},
    "tax_id": {
        "en": ("CI no.", "CI no", "CVR no."),
        "da": ("CVR-nr.", "CVR nr.", "CVR-nr", "CVR"),
        "de": ("CVR-Nr.", "HR-Nr.", "Handelsregisternr."),
    },
    "ean": {
        "en": ("EAN no.", "EAN no"),
        "da": ("EAN-nr.", "EAN nr.", "EAN-nr"),
        "de": ("EAN-Nr.", "EAN Nr."),
    },
    "contact_name": {
        "en": ("Contact person",),
        "da": ("Kontaktperson",),
        "de": ("Kontaktperson", "Ansprechpartner"),
    },
    "email": {"en": ("E-mail", "Email"), "da": ("E-mail",), "de": ("E-Mail",)},
    "phone": {"en": ("Phone", "Telephone"), "da": ("Telefon", "Tlf."), "de": ("Telefon",)},
    "mobile": {"en": ("Mobile",), "da": ("Mobil",), "de": ("Mobil",)},
}
FILE = Layout(
    kind="customers",
    headings=HEADINGS,
    required=("customer_number", "display_name"),
    own=(
        *(text for texts in HEADINGS["debtor_number"].values() for text in texts),
        "CI no.",
        "CI no",
    ),
    native_id="customer_number",
    splits={"debtor_number": nothing, "contact_name": full_name, "email": emails},
)

SYSTEM = System(
    name="cleanmanager",
    title="CleanManager",
    layouts=(FILE,),
    limits={
        "customer_number": 10,
        "display_name": 100,
        "street": 100,
        "postcode": 10,
        "city": 30,
        "country": 2,
        "tax_id": 8,
        "ean": 13,
    },
)
