"""Outlook contacts as CSV: classic, new and Outlook.com, six languages and mixtures of them.

The headings of other languages are those that Roundcube reads; Danish ones are not known.
Region and country of the German file are swapped there: `Region geschäftlich` is the region.
"""

from __future__ import annotations

from custclean.systems import Headings, Layout, System

HEADINGS: Headings = {
    "title": {"en": ("Title",), "de": ("Anrede",), "fr": ("Titre",), "es": ("Título",)},
    "given_name": {
        "en": ("First Name",),
        "de": ("Vorname",),
        "fr": ("Prénom",),
        "es": ("Nombre",),
        "it": ("Nome",),
        "pt": ("Primeiro nome",),
    },
    "middle_name": {
        "en": ("Middle Name",),
        "de": ("Weitere Vornamen",),
        "fr": ("Deuxième prénom",),
        "es": ("Segundo nombre",),
        "it": ("Secondo Nome",),
        "pt": ("Nome do meio",),
    },
    "family_name": {
        "en": ("Last Name",),
        "de": ("Nachname",),
        "fr": ("Nom",),
        "es": ("Apellidos",),
        "it": ("Cognome",),
        "pt": ("Último nome", "Sobrenome"),
    },
    "suffix": {"en": ("Suffix",), "de": ("Suffix",), "fr": ("Suffixe",), "es": ("Sufijo",)},
    "company": {
        "en": ("Company",),
        "de": ("Firma",),
        "fr": ("Société",),
        "es": ("Organización",),
        "it": ("Società",),
        "pt": ("Empresa",),
    },
    "email": {
        "en": ("E-mail Address", "Email Address", "E-mail 1 Address"),
        "de": ("E-Mail-Adresse", "E-Mail: Adresse"),
        "fr": ("Adresse de messagerie",),
        "es": ("Dirección de correo electrónico",),
        "it": ("Indirizzo E-mail", "Indirizzo di posta elettronica"),
        "pt": ("Endereço de E-mail",),
    },
    "email.2": {
        "en": ("E-mail 2 Address",),
        "de": ("E-Mail 2: Adresse",),
        "fr": ("Adresse de messagerie 2",),
        "es": ("Dirección de correo electrónico 2",),
        "it": ("Indirizzo E-mail 2",),
        "pt": ("Endereço de E-mail 2",),
    },
    "email.3": {
        "en": ("E-mail 3 Address",),
        "de": ("E-Mail 3: Adresse",),
        "fr": ("Adresse de messagerie 3",),
        "es": ("Dirección de correo electrónico 3",),
        "it": ("Indirizzo E-mail 3",),
        "pt": ("Endereço de E-mail 3",),
    },
    "phone": {
        "en": ("Business Phone",),
        "de": ("Telefon geschäftlich",),
        "fr": ("Téléphone (bureau)",),
        "es": ("Teléfono del trabajo",),
        "it": ("Telefono di Lavoro", "Telefono (uff.)"),
        "pt": ("Fone comercial", "Telefone comercial"),
    },
    "phone.2": {"en": ("Business Phone 2",), "de": ("Telefon geschäftlich 2",)},
    "phone.primary": {"en": ("Primary Phone",), "de": ("Haupttelefon",)},
    "phone.company": {"en": ("Company Main Phone",), "de": ("Telefon Firma",)},
    "phone.home": {
        "en": ("Home Phone",),
        "de": ("Telefon privat", "Telefon (privat)"),
        "fr": ("Téléphone (domicile)",),
        "es": ("Teléfono particular",),
        "it": ("Abitazione", "Telefono abitazione"),
        "pt": ("Telefone residencial",),
    },
    "phone.home2": {"en": ("Home Phone 2",), "de": ("Telefon privat 2",)},
    "phone.other": {"en": ("Other Phone",), "de": ("Weiteres Telefon",)},
    "mobile": {
        "en": ("Mobile Phone",),
        "de": ("Mobiltelefon",),
        "fr": ("Tél. mobile",),
        "es": ("Móvil", "Teléfono móvil"),
        "it": ("Telefono Mobile", "Cellulare"),
        "pt": ("Celular", "Telefone celular"),
    },
    "fax": {
        "en": ("Business Fax",),
        "de": ("Fax geschäftlich",),
        "fr": ("Télécopie (bureau)",),
    },
    "fax.home": {"en": ("Home Fax",), "de": ("Fax privat",)},
    "website": {"en": ("Web Page", "Personal Web Page"), "de": ("Webseite",)},
    "street": {
        "en": ("Business Street",),
        "de": ("Straße geschäftlich",),
        "fr": ("Rue (bureau)",),
        "es": ("Calle del trabajo",),
        "it": ("Indirizzo di lavoro", "Via (uff.)"),
        "pt": ("Rua comercial", "Rua do endereço comercial"),
    },
    "city": {
        "en": ("Business City",),
        "de": ("Ort geschäftlich",),
        "fr": ("Ville (bureau)",),
        "es": ("Ciudad del trabajo",),
        "it": ("Città di lavoro", "Città (uff.)"),
        "pt": ("Cidade comercial", "Cidade do endereço comercial"),
    },
    "region": {
        "en": ("Business State",),
        "de": ("Region geschäftlich",),
        "fr": ("Dép/Région (bureau)",),
        "es": ("Provincia o estado del trabajo", "Provincia o estado de trabajo"),
        "it": ("Provincia di lavoro",),
        "pt": ("Estado comercial",),
    },
    "postcode": {
        "en": ("Business Postal Code",),
        "de": ("Postleitzahl geschäftlich",),
        "fr": ("Code postal (bureau)",),
        "es": ("Código postal del trabajo",),
        "it": ("CAP di lavoro", "CAP (uff.)"),
        "pt": ("Código postal comercial",),
    },
    "country": {
        "en": ("Business Country/Region", "Business Country"),
        "de": ("Land geschäftlich", "Land/Region geschäftlich"),
        "fr": ("Pays (bureau)", "Pays/Région (bureau)"),
        "es": ("País o región del trabajo",),
        "it": ("Nazione/Regione di lavoro", "Paese (uff.)"),
        "pt": ("Região/País comercial", "País/Região comercial"),
    },
    "street.home": {"en": ("Home Street",), "de": ("Straße privat",)},
    "city.home": {"en": ("Home City",), "de": ("Ort privat",)},
    "region.home": {"en": ("Home State",), "de": ("Region privat",)},
    "postcode.home": {"en": ("Home Postal Code",), "de": ("Postleitzahl privat",)},
    "country.home": {
        "en": ("Home Country/Region", "Home Country"),
        "de": ("Land/Region privat", "Land privat"),
    },
    "categories": {
        "en": ("Categories",),
        "de": ("Kategorien",),
        "fr": ("Catégories",),
        "es": ("Categorías",),
        "it": ("Categorie",),
        "pt": ("Categorias",),
    },
    "notes": {
        "en": ("Notes",),
        "de": ("Notizen",),
        "fr": ("Notes",),
        "es": ("Notas",),
        "it": ("Note",),
        "pt": ("Notas", "Anotações"),
    },
}

SYSTEM = System(
    name="outlook",
    title="Outlook",
    layouts=(
        Layout(
            kind="contacts",
            headings=HEADINGS,
            # a heading of Outlook alone: other programs say just "Email" and "Phone"
            required=("email", "given_name", "family_name", "phone|street|categories|email.2"),
            identifying=("company", "given_name", "middle_name", "family_name", "email"),
        ),
    ),
)
