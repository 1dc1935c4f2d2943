"""Tables of no program in particular: a firm's own register of numbers, or any list.

A register is a number and a name; it claims a file only where no program does. A list of
customers, vendors, employees or contacts is read by the same headings when the caller says
what it is (`system="generic", kind="customers"`).
"""

from __future__ import annotations

from custclean.systems import Headings, Layout, System
from custclean.tables.joined import emails

NUMBER = {
    "en": ("Number", "No", "No.", "Client number", "Client no", "Client no.", "Client ID",
           "Customer number", "Customer no", "Customer no.", "Internal number"),
    "it": ("Numero", "Numero cliente", "N. cliente", "Codice cliente", "Codice"),
    "pt": ("Número", "Número do cliente", "Código do cliente", "Código"),
    "fr": ("Numéro", "Numéro client", "Numéro de client", "N° client", "Code client"),
    "es": ("Número", "Número de cliente", "N.º de cliente", "Código de cliente"),
    "da": ("Nummer", "Kundenummer", "Kundenr.", "Kundenr", "Klientnummer", "Klientnr."),
    "de": ("Nummer", "Kundennummer", "Kundennr.", "Kunden-Nr.", "Mandantennummer", "Mandant"),
}  # fmt: skip
NAME = {
    "en": ("Name", "Client", "Client name", "Customer", "Customer name"),
    "it": ("Nome", "Nominativo", "Cliente", "Nome cliente", "Denominazione"),
    "pt": ("Nome", "Cliente", "Nome do cliente"),
    "fr": ("Nom", "Client", "Nom du client"),
    "es": ("Nombre", "Cliente", "Nombre del cliente"),
    "da": ("Navn", "Kunde", "Kundenavn", "Klient", "Klientnavn"),
    "de": ("Name", "Kunde", "Kundenname", "Mandantenname"),
}
EMAIL = {
    "en": ("E-mail", "Email", "Mail", "E-mail address", "Email address"),
    "it": ("E-mail", "Posta elettronica", "Indirizzo e-mail"),
    "pt": ("E-mail", "Endereço de e-mail"),
    "fr": ("E-mail", "Courriel", "Adresse e-mail"),
    "es": ("Correo", "Correo electrónico", "E-mail"),
    "da": ("E-mail", "Mail", "E-mailadresse"),
    "de": ("E-Mail", "E-Mail-Adresse", "Mail"),
}
OTHERS: Headings = {
    "company": {
        "en": ("Company", "Company name", "Firm"),
        "it": ("Azienda", "Società", "Ragione sociale"),
        "pt": ("Empresa", "Razão social"),
        "fr": ("Société", "Entreprise", "Raison sociale"),
        "es": ("Empresa", "Razón social"),
        "da": ("Firma", "Virksomhed", "Firmanavn"),
        "de": ("Firma", "Unternehmen", "Firmenname"),
    },
    "given_name": {
        "en": ("First name", "Given name", "Forename"),
        "pt": ("Primeiro nome",),
        "fr": ("Prénom",),
        "da": ("Fornavn",),
        "de": ("Vorname",),
    },
    "family_name": {
        "en": ("Last name", "Family name", "Surname"),
        "it": ("Cognome",),
        "pt": ("Sobrenome", "Apelido"),
        "fr": ("Nom de famille",),
        "es": ("Apellidos", "Apellido"),
        "da": ("Efternavn",),
        "de": ("Nachname", "Familienname"),
    },
    "phone": {
        "en": ("Phone", "Telephone", "Phone number", "Tel", "Tel."),
        "it": ("Telefono",),
        "pt": ("Telefone",),
        "fr": ("Téléphone",),
        "es": ("Teléfono",),
        "da": ("Telefon", "Tlf.", "Tlf"),
        "de": ("Telefon", "Telefonnummer"),
    },
    "mobile": {
        "en": ("Mobile", "Mobile phone", "Cell"),
        "it": ("Cellulare",),
        "pt": ("Celular", "Telemóvel"),
        "fr": ("Portable", "Mobile"),
        "es": ("Móvil",),
        "da": ("Mobil",),
        "de": ("Mobil", "Handy"),
    },
    "street": {
        "en": ("Street", "Address", "Street address"),
        "it": ("Via", "Indirizzo"),
        "pt": ("Rua", "Endereço", "Morada"),
        "fr": ("Rue", "Adresse"),
        "es": ("Calle", "Dirección"),
        "da": ("Gade", "Vej", "Adresse"),
        "de": ("Straße", "Strasse", "Adresse"),
    },
    "city": {
        "en": ("City", "Town"),
        "it": ("Città", "Comune"),
        "pt": ("Cidade",),
        "fr": ("Ville",),
        "es": ("Ciudad",),
        "da": ("By",),
        "de": ("Ort", "Stadt"),
    },
    "postcode": {
        "en": ("Postcode", "Postal code", "ZIP", "ZIP code"),
        "it": ("CAP",),
        "pt": ("CEP", "Código postal"),
        "fr": ("Code postal",),
        "es": ("Código postal",),
        "da": ("Postnummer", "Postnr.", "Postnr"),
        "de": ("Postleitzahl", "PLZ"),
    },
    "country": {
        "en": ("Country",),
        "it": ("Paese",),
        "pt": ("País",),
        "fr": ("Pays",),
        "es": ("País",),
        "da": ("Land",),
        "de": ("Land",),
    },
    "tax_id": {
        "en": ("Tax ID", "VAT number", "VAT"),
        "it": ("Partita IVA", "P.IVA"),
        "pt": ("CNPJ", "CPF/CNPJ", "NIF"),
        "fr": ("Numéro de TVA", "SIREN"),
        "es": ("NIF", "CIF"),
        "da": ("CVR", "CVR-nummer", "CVR-nr."),
        "de": ("USt-IdNr.", "Steuernummer"),
    },
    "notes": {
        "en": ("Notes", "Note", "Remarks", "Comment"),
        "it": ("Note",),
        "pt": ("Notas", "Observações"),
        "fr": ("Notes", "Remarques"),
        "es": ("Notas", "Observaciones"),
        "da": ("Noter", "Bemærkninger"),
        "de": ("Notizen", "Bemerkungen"),
    },
}
HEADINGS: Headings = {
    "customer_number": NUMBER,
    "display_name": NAME,
    "email": EMAIL,
    **OTHERS,
}
ANY_NAME = "display_name|company|family_name|given_name|email"

SYSTEM = System(
    name="generic",
    title="Any table",
    layouts=(
        Layout(
            kind="register",
            headings=HEADINGS,
            required=("customer_number", "display_name|company"),
            identifying=("customer_number", "display_name", "company", "email"),
            splits={"email": emails},
            last_resort=True,
        ),
        *(
            Layout(
                kind=kind,
                headings=HEADINGS,
                required=(ANY_NAME,),
                splits={"email": emails},
                only_when_asked=True,
            )
            for kind in ("customers", "vendors", "employees", "contacts")
        ),
    ),
)
