"""Tables of no program in particular: a firm's own register of numbers, or any list.

A register is a number and a name; it claims a file only where no program does. So does a list
of customers: a name and a way to reach somebody, under headings that are nearly all known. A
list of vendors, employees, contacts, items or transactions is read when the caller says what
it is (`system="generic", kind="vendors"`). The headings are words that people write; a person
may add their own.
"""

from __future__ import annotations

from custclean.systems import Headings, Layout, System
from custclean.tables.joined import emails, full_name, inverted, phones
from custclean.words import mark

# fmt: off
NUMBER = {
    "en": ("Number", "No", "No.", "Client number", "Client no", "Client no.", "Client ID",
           "Customer number", "Customer no", "Customer no.", "Customer ID", "Internal number"),
    "it": ("Numero", "Numero cliente", "N. cliente", "Codice cliente", "Codice", "ID cliente"),
    "pt": ("Número", "Número do cliente", "Código do cliente", "Código", "N.º de cliente"),
    "fr": ("Numéro", "Numéro client", "Numéro de client", "N° client", "N° de client",
           "Code client"),
    "es": ("Número", "Número de cliente", "N.º de cliente", "Nº cliente", "Código de cliente"),
    "da": ("Nummer", "Kundenummer", "Kundenr.", "Kundenr", "Klientnummer", "Klientnr."),
    "de": ("Nummer", "Kundennummer", "Kundennr.", "Kunden-Nr.", "Mandantennummer",
           "Mandantennr.", "Mandant"),
}
NAME = {
    "en": ("Name", "Client", "Client name", "Customer", "Customer name", "Full name"),
    "it": ("Nome", "Nominativo", "Cliente", "Nome cliente", "Denominazione",
           "Nome completo"),
    "pt": ("Nome", "Cliente", "Nome do cliente", "Nome completo"),
    "fr": ("Nom", "Client", "Nom du client", "Nom complet"),
    "es": ("Nombre", "Cliente", "Nombre del cliente", "Nombre completo"),
    "da": ("Navn", "Kunde", "Kundenavn", "Klient", "Klientnavn", "Fulde navn"),
    "de": ("Name", "Kunde", "Kundenname", "Mandantenname", "Vollständiger Name"),
}
PERSON: Headings = {
    "company": {"en": ("Company", "Company name", "Firm", "Business name", "Organisation",
                       "Organization"),
        "it": ("Azienda", "Società", "Ragione sociale", "Ditta"),
        "pt": ("Empresa", "Razão social", "Nome da empresa"),
        "fr": ("Société", "Entreprise", "Raison sociale"),
        "es": ("Empresa", "Razón social", "Nombre de la empresa"),
        "da": ("Firma", "Virksomhed", "Firmanavn"),
        "de": ("Firma", "Unternehmen", "Firmenname")},
    "title": {"en": ("Title", "Salutation"), "it": ("Titolo",), "pt": ("Tratamento",),
        "fr": ("Civilité",), "es": ("Tratamiento",), "da": ("Titel",), "de": ("Anrede",)},
    "given_name": {"en": ("First name", "Given name", "Forename"), "it": ("Nome proprio",),
        "pt": ("Primeiro nome",), "fr": ("Prénom",), "es": ("Nombre de pila",),
        "da": ("Fornavn",), "de": ("Vorname",)},
    "middle_name": {"en": ("Middle name",), "it": ("Secondo nome",), "pt": ("Nome do meio",),
        "fr": ("Deuxième prénom",), "es": ("Segundo nombre",), "da": ("Mellemnavn",),
        "de": ("Zweiter Vorname",)},
    "family_name": {"en": ("Last name", "Family name", "Surname"), "it": ("Cognome",),
        "pt": ("Sobrenome", "Apelido"), "fr": ("Nom de famille",),
        "es": ("Apellidos", "Apellido"), "da": ("Efternavn",),
        "de": ("Nachname", "Familienname")},
    "contact_name": {"en": ("Contact", "Contact person", "Contact name"),
        "it": ("Referente", "Persona di contatto"), "pt": ("Contato", "Pessoa de contato"),
        "fr": ("Contact", "Personne de contact"), "es": ("Contacto", "Persona de contacto"),
        "da": ("Kontakt", "Kontaktperson"), "de": ("Kontakt", "Ansprechpartner")},
}
REACH: Headings = {
    "email": {"en": ("E-mail", "Email", "Mail", "E-mail address", "Email address", "E-mails"),
        "it": ("E-mail", "Posta elettronica", "Indirizzo e-mail", "Indirizzo email"),
        "pt": ("E-mail", "Endereço de e-mail"),
        "fr": ("E-mail", "Courriel", "Adresse e-mail", "Mél"),
        "es": ("Correo", "Correo electrónico", "E-mail"),
        "da": ("E-mail", "Mail", "E-mailadresse", "Mailadresse"),
        "de": ("E-Mail", "E-Mail-Adresse", "Mail", "Mailadresse")},
    "email.2": {"en": ("E-mail 2", "Email 2", "Second e-mail"), "it": ("E-mail 2",),
        "pt": ("E-mail 2",), "fr": ("E-mail 2", "Courriel 2"),
        "es": ("Correo 2", "Correo electrónico 2"), "da": ("E-mail 2",), "de": ("E-Mail 2",)},
    "phone": {"en": ("Phone", "Telephone", "Phone number", "Tel", "Tel.", "Phones"),
        "it": ("Telefono", "Tel", "Tel."), "pt": ("Telefone", "Fone", "Tel."),
        "fr": ("Téléphone", "Tél.", "Tél"), "es": ("Teléfono", "Tel.", "Tfno."),
        "da": ("Telefon", "Tlf.", "Tlf", "Telefonnummer"),
        "de": ("Telefon", "Telefonnummer", "Tel.", "Festnetz")},
    "phone.2": {"en": ("Phone 2", "Telephone 2", "Other phone"), "it": ("Telefono 2",),
        "pt": ("Telefone 2",), "fr": ("Téléphone 2",), "es": ("Teléfono 2",),
        "da": ("Telefon 2",), "de": ("Telefon 2",)},
    "mobile": {"en": ("Mobile", "Mobile phone", "Cell", "Cell phone"),
        "it": ("Cellulare", "Mobile"), "pt": ("Celular", "Telemóvel"),
        "fr": ("Portable", "Mobile", "Tél. portable"), "es": ("Móvil", "Celular"),
        "da": ("Mobil", "Mobiltelefon", "Mobilnummer"),
        "de": ("Mobil", "Handy", "Mobiltelefon")},
    "fax": {"en": ("Fax", "Fax number"), "it": ("Fax",), "pt": ("Fax",),
        "fr": ("Fax", "Télécopie"), "es": ("Fax",), "da": ("Fax",), "de": ("Fax", "Telefax")},
    "website": {"en": ("Website", "Web site", "Web page", "URL", "Homepage"),
        "it": ("Sito web", "Sito"), "pt": ("Site", "Página web"),
        "fr": ("Site web", "Site internet"), "es": ("Sitio web", "Página web"),
        "da": ("Hjemmeside", "Webside"), "de": ("Webseite", "Internet", "Homepage")},
}
ADDRESS: Headings = {
    "street": {"en": ("Street", "Address", "Street address", "Address 1", "Address line 1"),
        "it": ("Via", "Indirizzo"), "pt": ("Rua", "Endereço", "Morada", "Logradouro"),
        "fr": ("Rue", "Adresse", "Adresse 1"), "es": ("Calle", "Dirección", "Domicilio"),
        "da": ("Gade", "Vej", "Adresse", "Adresse 1"),
        "de": ("Straße", "Strasse", "Adresse", "Anschrift")},
    "street/2": {"en": ("Address 2", "Address line 2", "Street 2"), "it": ("Indirizzo 2",),
        "pt": ("Complemento", "Endereço 2"), "fr": ("Adresse 2", "Complément d'adresse"),
        "es": ("Dirección 2",), "da": ("Adresse 2",), "de": ("Adresszusatz", "Adresse 2")},
    "city": {"en": ("City", "Town"), "it": ("Città", "Comune", "Località"),
        "pt": ("Cidade", "Município", "Localidade"), "fr": ("Ville", "Commune"),
        "es": ("Ciudad", "Población", "Localidad"), "da": ("By", "Bynavn"),
        "de": ("Ort", "Stadt")},
    "region": {"en": ("State", "Province", "County", "Region", "State/Province"),
        "it": ("Provincia", "Regione", "Prov."), "pt": ("Estado", "UF", "Distrito"),
        "fr": ("Région", "Département", "Province"),
        "es": ("Provincia", "Región", "Comunidad autónoma"), "da": ("Region", "Område"),
        "de": ("Bundesland", "Kanton", "Region")},
    "postcode": {"en": ("Postcode", "Postal code", "ZIP", "ZIP code", "Zip/Postcode"),
        "it": ("CAP", "Codice postale"), "pt": ("CEP", "Código postal"),
        "fr": ("Code postal", "CP"), "es": ("Código postal", "CP", "C.P."),
        "da": ("Postnummer", "Postnr.", "Postnr"), "de": ("Postleitzahl", "PLZ")},
    "country": {"en": ("Country", "Country/Region"), "it": ("Paese", "Nazione", "Stato"),
        "pt": ("País",), "fr": ("Pays",), "es": ("País",), "da": ("Land",), "de": ("Land",)},
}
BUSINESS: Headings = {
    "tax_id": {"en": ("Tax ID", "VAT number", "VAT", "VAT no.", "EIN", "Tax number"),
        "it": ("Partita IVA", "P.IVA", "P. IVA", "Codice fiscale"),
        "pt": ("CNPJ", "CPF/CNPJ", "CNPJ/CPF", "CPF", "NIF"),
        "fr": ("Numéro de TVA", "N° TVA", "SIREN", "SIRET"), "es": ("NIF", "CIF", "NIF/CIF"),
        "da": ("CVR", "CVR-nummer", "CVR-nr.", "CVR-nr", "SE-nr."),
        "de": ("USt-IdNr.", "USt-ID", "Steuernummer", "UID")},
    "ean": {"en": ("EAN", "EAN no.", "EAN number"), "da": ("EAN", "EAN-nr.", "EAN-nummer")},
    "customer_type": {"en": ("Customer type", "Client type"),
        "it": ("Tipo cliente", "Tipo di cliente"), "pt": ("Tipo de cliente",),
        "fr": ("Type de client",), "es": ("Tipo de cliente",),
        "da": ("Kundetype", "Klienttype"), "de": ("Kundentyp", "Kundenart", "Mandantentyp")},
    "balance": {"en": ("Balance",), "it": ("Saldo",), "pt": ("Saldo",), "fr": ("Solde",),
        "es": ("Saldo",), "da": ("Saldo",), "de": ("Saldo",)},
    "terms": {"en": ("Terms", "Payment terms"),
        "it": ("Termini di pagamento", "Condizioni di pagamento"),
        "pt": ("Condições de pagamento", "Prazo de pagamento"),
        "fr": ("Conditions de paiement", "Modalités de paiement"),
        "es": ("Condiciones de pago",), "da": ("Betalingsbetingelser",),
        "de": ("Zahlungsbedingungen", "Zahlungsziel")},
    "currency": {"en": ("Currency",), "it": ("Valuta",), "pt": ("Moeda",), "fr": ("Devise",),
        "es": ("Moneda", "Divisa"), "da": ("Valuta",), "de": ("Währung",)},
    "active": {"en": ("Active", "Active status"), "it": ("Attivo",), "pt": ("Ativo",),
        "fr": ("Actif",), "es": ("Activo",), "da": ("Aktiv",), "de": ("Aktiv",)},
    "active.barred": {"en": ("Barred", "Blocked", "Inactive"), "it": ("Bloccato", "Inattivo"),
        "pt": ("Bloqueado", "Inativo"), "fr": ("Bloqué", "Inactif"),
        "es": ("Bloqueado", "Inactivo"), "da": ("Spærret", "Inaktiv"),
        "de": ("Gesperrt", "Inaktiv")},
    "categories": {"en": ("Category", "Categories", "Tags", "Group"), "it": ("Categoria",),
        "pt": ("Categoria",), "fr": ("Catégorie",), "es": ("Categoría",),
        "da": ("Kategori", "Gruppe"), "de": ("Kategorie", "Gruppe")},
    "notes": {"en": ("Notes", "Note", "Remarks", "Comment", "Comments"), "it": ("Note",),
        "pt": ("Notas", "Observações"), "fr": ("Notes", "Remarques", "Commentaires"),
        "es": ("Notas", "Observaciones"), "da": ("Noter", "Bemærkninger"),
        "de": ("Notizen", "Bemerkungen", "Bemerkung")},
    "created": {"en": ("Created", "Created on", "Date created", "Created at"),
        "it": ("Creato il", "Data di creazione"), "pt": ("Criado em", "Data de criação"),
        "fr": ("Créé le", "Date de création"), "es": ("Creado", "Fecha de creación"),
        "da": ("Oprettet", "Oprettelsesdato"), "de": ("Erstellt", "Erstellt am")},
}
HEADINGS: Headings = {
    "customer_number": NUMBER, "display_name": NAME, **REACH, **PERSON, **ADDRESS, **BUSINESS,
}
ITEM: Headings = {
    "name": {"en": ("Name", "Item", "Product", "Product/Service"), "it": ("Nome", "Articolo"),
        "pt": ("Nome", "Produto"), "fr": ("Nom", "Article", "Produit"),
        "es": ("Nombre", "Artículo", "Producto"), "da": ("Navn", "Vare", "Varenavn"),
        "de": ("Name", "Artikel", "Produkt")},
    "sku": {"en": ("SKU", "Item no.", "Item number"), "it": ("Codice", "Codice articolo"),
        "pt": ("Código", "SKU"), "fr": ("Référence", "Code article"),
        "es": ("Referencia", "Código"), "da": ("Varenr.", "Varenummer"),
        "de": ("Artikelnummer", "Artikelnr.")},
    "item_type": {"en": ("Type",), "it": ("Tipo",), "pt": ("Tipo",), "fr": ("Type",),
        "es": ("Tipo",), "da": ("Type",), "de": ("Typ", "Art")},
    "category": {"en": ("Category", "Group"), "it": ("Categoria",), "pt": ("Categoria",),
        "fr": ("Catégorie",), "es": ("Categoría",), "da": ("Kategori", "Varegruppe"),
        "de": ("Kategorie", "Warengruppe")},
    "description": {"en": ("Description",), "it": ("Descrizione",), "pt": ("Descrição",),
        "fr": ("Description",), "es": ("Descripción",), "da": ("Beskrivelse",),
        "de": ("Beschreibung",)},
    "price": {"en": ("Price", "Sales price", "Rate"), "it": ("Prezzo",), "pt": ("Preço",),
        "fr": ("Prix",), "es": ("Precio",), "da": ("Pris", "Salgspris"), "de": ("Preis",)},
    "cost": {"en": ("Cost", "Purchase cost"), "it": ("Costo",), "pt": ("Custo",),
        "fr": ("Coût",), "es": ("Coste", "Costo"), "da": ("Kostpris",),
        "de": ("Einkaufspreis",)},
    "quantity": {"en": ("Quantity", "Qty"), "it": ("Quantità",), "pt": ("Quantidade",),
        "fr": ("Quantité",), "es": ("Cantidad",), "da": ("Antal",), "de": ("Menge",)},
}
TRANSACTION: Headings = {
    "date": {"en": ("Date", "Transaction date"), "it": ("Data",), "pt": ("Data",),
        "fr": ("Date",), "es": ("Fecha",), "da": ("Dato", "Bogføringsdato"),
        "de": ("Datum", "Buchungsdatum")},
    "type": {"en": ("Type", "Transaction type"), "it": ("Tipo",), "pt": ("Tipo",),
        "fr": ("Type",), "es": ("Tipo",), "da": ("Type",), "de": ("Typ", "Belegart")},
    "number": {"en": ("Number", "No.", "Num", "Reference"), "it": ("Numero",),
        "pt": ("Número",), "fr": ("Numéro", "N°"), "es": ("Número",),
        "da": ("Nummer", "Bilag", "Bilagsnr."), "de": ("Nummer", "Belegnummer")},
    "name": NAME,
    "amount": {"en": ("Amount", "Total"), "it": ("Importo",), "pt": ("Valor", "Montante"),
        "fr": ("Montant",), "es": ("Importe", "Monto"), "da": ("Beløb",), "de": ("Betrag",)},
    "balance": BUSINESS["balance"],
}
AGAINST = (  # in a heading that is not known: these rows are no customers
    "supplier", "vendor", "fornitor", "fornecedor", "fournisseur", "proveedor", "leverandør",
    "lieferant", "employee", "hire", "salary", "pay rate", "dipendente", "funcionári",
    "employé", "salarié", "empleado", "medarbejder", "mitarbeiter", "sku", "price", "amount",
    "invoice", "prezzo", "importo", "fattura", "preço", "fatura", "prix", "montant", "facture",
    "precio", "importe", "factura", "pris", "beløb", "faktura", "preis", "betrag", "rechnung",
)
# fmt: on
SPLITS = {
    "email": emails,
    "phone": phones,
    "contact_name": full_name,
    "active.barred": inverted,
}
OWN_NAME = "display_name|company|family_name|given_name"
ANY_NAME = f"{OWN_NAME}|email"
A_WAY = "email|phone|mobile|street|city|postcode"
BARE = {"en": ("ID",), "da": ("Nr.", "Nr"), "de": ("Nr.", "Nr")}  # of what, the rest tells
WITH_BARE: Headings = {
    **HEADINGS,
    "customer_number": {each: (*NUMBER[each], *BARE.get(each, ())) for each in NUMBER},
}

SYSTEM = System(
    name="generic",
    title=mark("Any table"),
    layouts=(
        Layout(
            kind="register",
            headings=HEADINGS,
            required=("customer_number", "display_name|company"),
            identifying=("customer_number", "display_name", "company", "email"),
            splits=SPLITS,
            last_resort=True,
        ),
        *(
            Layout(
                kind=kind,
                headings=HEADINGS,
                required=(ANY_NAME,),
                splits=SPLITS,
                only_when_asked=True,
            )
            for kind in ("customers", "vendors", "employees", "contacts")
        ),
        Layout(
            kind="customers",
            headings=WITH_BARE,
            required=(OWN_NAME, A_WAY),
            splits=SPLITS,
            last_resort=True,
            by_headings=True,
            against=AGAINST,
        ),
        Layout(
            kind="items",
            headings=ITEM,
            required=("name|sku",),
            identifying=("name", "sku"),
            only_when_asked=True,
        ),
        Layout(
            kind="transactions",
            headings=TRANSACTION,
            required=("date", "amount"),
            needs=("date", "amount"),
            identifying=("date", "type", "number", "name", "amount"),
            only_when_asked=True,
        ),
    ),
)
