"""QuickBooks Online Accountant: the client list, the client-number upload, its error log.

Confirmed by the help pages are the three headings in English and Portuguese, the limits
and that an error report comes back. Everything marked `unconfirmed` is a likely spelling:
read if it occurs, never written and never required.
"""

from __future__ import annotations

from custclean.systems import Headings, Layout, System, UploadFormat
from custclean.tables.joined import emails, full_name

THREE: Headings = {
    "company_id": {
        "en": ("Company ID",),
        "pt": ("ID da empresa",),
        # unconfirmed:
        "es": ("ID de la empresa", "ID de empresa"),
        "fr": ("ID de l'entreprise", "ID d'entreprise"),
        "it": ("ID azienda", "ID dell'azienda", "ID società"),
        "da": ("Virksomheds-id", "Virksomheds-ID", "Firma-id"),
        "de": ("Unternehmens-ID", "Firmen-ID"),
    },
    "display_name": {
        "en": ("Display name",),
        "pt": ("Nome de exibição",),
        # unconfirmed:
        "es": ("Nombre para mostrar", "Nombre a mostrar"),
        "fr": ("Nom d'affichage", "Nom d'affichage du client"),
        "it": ("Nome visualizzato", "Nome da visualizzare"),
        "da": ("Vist navn", "Visningsnavn"),
        "de": ("Anzeigename",),
    },
    "customer_number": {
        "en": ("Client number",),
        "pt": ("Número do cliente",),
        # unconfirmed:
        "es": ("Número de cliente",),
        "fr": ("Numéro de client", "Numéro du client"),
        "it": ("Numero cliente", "Numero del cliente"),
        "da": ("Klientnummer", "Kundenummer"),
        "de": ("Mandantennummer", "Kundennummer"),
    },
}
# fmt: off
OTHERS: Headings = {  # unconfirmed, all of them
    "customer_type": {"en": ("Client type",), "pt": ("Tipo de cliente",),
        "es": ("Tipo de cliente",), "fr": ("Type de client",),
        "it": ("Tipo di cliente", "Tipo cliente"), "da": ("Klienttype", "Kundetype"),
        "de": ("Mandantentyp", "Kundentyp")},
    "lead_accountant": {"en": ("Lead accountant",),
        "pt": ("Contador principal", "Contador responsável"), "es": ("Contador principal",),
        "fr": ("Comptable principal",),
        "it": ("Commercialista principale", "Contabile principale"),
        "da": ("Ansvarlig revisor", "Ledende revisor"),
        "de": ("Leitender Buchhalter", "Zuständiger Buchhalter")},
    "contact_name": {"en": ("Contact name", "Primary contact", "Full name"),
        "pt": ("Nome do contato",), "es": ("Nombre de contacto", "Nombre del contacto"),
        "fr": ("Nom du contact",), "it": ("Nome contatto", "Nome del contatto"),
        "da": ("Kontaktnavn", "Kontaktperson"), "de": ("Kontaktname", "Ansprechpartner")},
    "given_name": {"en": ("First name", "Given name"), "pt": ("Primeiro nome",),
        "es": ("Nombre", "Nombre de pila"), "fr": ("Prénom",), "it": ("Nome",),
        "da": ("Fornavn",), "de": ("Vorname",)},
    "family_name": {"en": ("Last name", "Family name"), "pt": ("Sobrenome",),
        "es": ("Apellidos", "Apellido"), "fr": ("Nom", "Nom de famille"), "it": ("Cognome",),
        "da": ("Efternavn",), "de": ("Nachname",)},
    "company": {"en": ("Company name", "Company"), "pt": ("Nome da empresa", "Empresa"),
        "es": ("Nombre de la empresa", "Empresa"),
        "fr": ("Nom de l'entreprise", "Entreprise", "Société"),
        "it": ("Nome azienda", "Azienda", "Società"),
        "da": ("Firmanavn", "Firma", "Virksomhed"),
        "de": ("Firmenname", "Firma", "Unternehmen")},
    "email": {"en": ("Email", "E-mail", "Email address"),
        "pt": ("E-mail", "Endereço de e-mail"), "es": ("Correo electrónico",),
        "fr": ("Courriel", "Adresse e-mail"), "it": ("E-mail", "Indirizzo e-mail"),
        "da": ("E-mail", "Mailadresse"), "de": ("E-Mail", "E-Mail-Adresse")},
    "phone": {"en": ("Phone", "Phone number"), "pt": ("Telefone",), "es": ("Teléfono",),
        "fr": ("Téléphone",), "it": ("Telefono",), "da": ("Telefon",), "de": ("Telefon",)},
    "mobile": {"en": ("Mobile",), "pt": ("Celular",), "es": ("Móvil",),
        "fr": ("Mobile", "Cellulaire"), "it": ("Cellulare",), "da": ("Mobil",),
        "de": ("Mobil",)},
    "street": {"en": ("Street", "Street address", "Address"), "pt": ("Rua", "Endereço"),
        "es": ("Calle", "Dirección"), "fr": ("Rue", "Adresse"), "it": ("Via", "Indirizzo"),
        "da": ("Gade", "Adresse"), "de": ("Straße", "Anschrift")},
    "city": {"en": ("City",), "pt": ("Cidade",), "es": ("Ciudad",), "fr": ("Ville",),
        "it": ("Città",), "da": ("By",), "de": ("Ort", "Stadt")},
    "region": {"en": ("Region", "State", "Province", "County"), "pt": ("Estado", "Região"),
        "es": ("Provincia", "Región"), "fr": ("Région", "Province"),
        "it": ("Regione", "Provincia"), "da": ("Region",), "de": ("Bundesland", "Region")},
    "postcode": {"en": ("Postal code", "ZIP", "ZIP code", "Postcode"),
        "pt": ("Código postal", "CEP"), "es": ("Código postal",), "fr": ("Code postal",),
        "it": ("Codice postale", "CAP"), "da": ("Postnummer",), "de": ("Postleitzahl", "PLZ")},
    "country": {"en": ("Country",), "pt": ("País",), "es": ("País",), "fr": ("Pays",),
        "it": ("Paese", "Nazione"), "da": ("Land",), "de": ("Land",)},
    "tax_id": {"en": ("Tax ID", "Tax number", "VAT number"),
        "pt": ("CPF/CNPJ", "CNPJ/CPF", "CNPJ", "CPF", "NIF", "ID fiscal",
            "Identificação fiscal"), "es": ("NIF", "Identificación fiscal", "ID fiscal"),
        "fr": ("Numéro fiscal", "Identifiant fiscal"), "it": ("Partita IVA", "Codice fiscale"),
        "da": ("CVR-nummer", "CVR"), "de": ("Steuernummer", "USt-IdNr.")},
    "subscription": {"en": ("Subscription", "QuickBooks subscription", "Plan"),
        "pt": ("Assinatura",), "es": ("Suscripción",), "fr": ("Abonnement",),
        "it": ("Abbonamento",), "da": ("Abonnement",), "de": ("Abonnement", "Abo")},
    "active": {"en": ("Status", "Active"), "pt": ("Status", "Situação"), "es": ("Estado",),
        "fr": ("Statut", "État"), "it": ("Stato",), "da": ("Status",), "de": ("Status",)},
    "created": {"en": ("Created", "Created on", "Date created"),
        "pt": ("Criado", "Criado em", "Data de criação"),
        "es": ("Creado", "Fecha de creación"), "fr": ("Créé", "Créé le", "Date de création"),
        "it": ("Creato", "Creato il", "Data di creazione"), "da": ("Oprettet",),
        "de": ("Erstellt", "Erstellt am")},
}
# unconfirmed: the columns of an error log are not documented
MESSAGE = {
    "en": ("Error", "Errors", "Error message", "Message", "Reason", "Error description"),
    "pt": ("Erro", "Erros", "Mensagem de erro", "Mensagem", "Motivo"),
    "es": ("Error", "Mensaje de error", "Mensaje", "Motivo"),
    "fr": ("Erreur", "Message d'erreur", "Motif"),
    "it": ("Errore", "Messaggio di errore", "Messaggio", "Motivo"),
    "da": ("Fejl", "Fejlmeddelelse", "Besked", "Årsag"),
    "de": ("Fehler", "Fehlermeldung", "Meldung", "Grund")}
# fmt: on

SYSTEM = System(
    name="quickbooks-accountant",
    title="QuickBooks Online Accountant",
    layouts=(
        Layout(
            kind="customers",
            headings={**THREE, **OTHERS},
            required=("company_id", "display_name"),
            native_id="company_id",
            splits={"contact_name": full_name, "email": emails},
        ),
        Layout(
            kind="error_log",
            headings={**THREE, "notes": MESSAGE},
            required=("company_id", "notes"),
            identifying=("company_id", "display_name", "customer_number", "notes"),
        ),
    ),
    limits={"customer_number": 100},
    upload=UploadFormat(
        headings={
            "en": ("Company ID", "Display name", "Client number"),
            "pt": ("ID da empresa", "Nome de exibição", "Número do cliente"),
        },
        max_rows=1_000,
        max_bytes=100_000,
        number_max=100,
    ),
)
