"""QuickBooks Online: the contact lists, transactions, items and import files of one company.

Where the headings are from:

- Customer and Vendor Contact List, Transaction List (reports), Customers page export: public
  parsers of these files, in English; the older Customer Contact List is from memory.
- customer import: https://quickbooks.intuit.com/learn-support/en-sg/getting-started/which-contact-fields-are-imported-from-excel/01/381288
- products and services: Intuit's help on the fields of their import, and public code that
  fills Intuit's own template.

Unconfirmed are the Employee Contact List, of which no file was seen, and every heading and
title that is not English: the product's natural terms, read if they occur. A report may be
customised, so that columns come and go: whatever has no field is kept beside the table.

What anybody writes, a plain "Customer", "Kunde" or "Date", claims a file only with a heading
that is QuickBooks' own beside it, or under the report's title. Its import templates hold
nothing but such words: they are told by being whole. `hired`, `balance_date` and `resale`
tell a file and fill no field.
"""

from __future__ import annotations

from custclean.systems import Headings, Layout, System
from custclean.tables.joined import (
    active_or_not,
    category_and_name,
    emails,
    full_name,
    nothing,
    parent_and_child,
    phones,
)

# fmt: off
CONTACT: Headings = {
    "phone": {"en": ("Phone numbers", "Phone", "Phone number", "Phone numbers list"),
        "it": ("Numeri di telefono", "Telefono", "Numero di telefono"),
        "pt": ("Números de telefone", "Telefone", "Número de telefone"),
        "fr": ("Numéros de téléphone", "Téléphone", "Numéro de téléphone"),
        "es": ("Números de teléfono", "Teléfono", "Número de teléfono"),
        "da": ("Telefonnumre", "Telefon", "Telefonnummer"),
        "de": ("Telefonnummern", "Telefon", "Telefonnummer")},
    "mobile": {"en": ("Mobile", "Mobile number"), "it": ("Cellulare",),
        "pt": ("Celular", "Telemóvel"), "fr": ("Mobile", "Cellulaire", "Téléphone mobile"),
        "es": ("Móvil", "Celular", "Teléfono móvil"), "da": ("Mobil", "Mobiltelefon"),
        "de": ("Mobil", "Mobiltelefon", "Handy")},
    "fax": {"en": ("Fax", "Fax number"), "it": ("Fax",), "pt": ("Fax",),
        "fr": ("Télécopieur", "Télécopie", "Fax"), "es": ("Fax",), "da": ("Fax",),
        "de": ("Fax",)},
    "email": {"en": ("Email", "E-mail", "Emails", "Email address"),
        "it": ("E-mail", "Email", "Indirizzo e-mail"),
        "pt": ("E-mail", "Email", "Endereço de e-mail"),
        "fr": ("Courriel", "E-mail", "Adresse courriel", "Adresse e-mail"),
        "es": ("Correo electrónico", "Correo", "Dirección de correo electrónico"),
        "da": ("E-mail", "Mail", "E-mailadresse", "Mailadresse"),
        "de": ("E-Mail", "E-Mail-Adresse")},
    "given_name": {"en": ("First name",), "it": ("Nome di battesimo",),
        "pt": ("Primeiro nome", "Nome próprio"), "fr": ("Prénom",),
        "es": ("Nombre de pila", "Primer nombre"), "da": ("Fornavn",), "de": ("Vorname",)},
    "middle_name": {"en": ("Middle name",), "it": ("Secondo nome",), "pt": ("Nome do meio",),
        "fr": ("Deuxième prénom",), "es": ("Segundo nombre",), "da": ("Mellemnavn",),
        "de": ("Zweiter Vorname",)},
    "family_name": {"en": ("Last name",), "it": ("Cognome",), "pt": ("Sobrenome", "Apelido"),
        "fr": ("Nom de famille",), "es": ("Apellidos", "Apellido"), "da": ("Efternavn",),
        "de": ("Nachname",)},
    "contact_name": {"en": ("Full name",), "it": ("Nome completo",), "pt": ("Nome completo",),
        "fr": ("Nom complet",), "es": ("Nombre completo",), "da": ("Fulde navn",),
        "de": ("Vollständiger Name",)},
    "contact_name.2": {"en": ("Contact", "Contact name"), "it": ("Contatto", "Nome contatto"),
        "pt": ("Contato", "Nome do contato"),
        "fr": ("Contact", "Nom du contact", "Personne-ressource"),
        "es": ("Contacto", "Nombre de contacto"), "da": ("Kontakt", "Kontaktperson"),
        "de": ("Kontakt", "Ansprechpartner")},
    "company": {"en": ("Company", "Company name"),
        "it": ("Azienda", "Nome azienda", "Società", "Ragione sociale"),
        "pt": ("Empresa", "Nome da empresa"),
        "fr": ("Société", "Entreprise", "Nom de la société", "Nom de l'entreprise"),
        "es": ("Empresa", "Nombre de la empresa"), "da": ("Firma", "Virksomhed", "Firmanavn"),
        "de": ("Firma", "Unternehmen", "Firmenname")},
    "title": {"en": ("Title",), "it": ("Titolo",), "pt": ("Título", "Tratamento"),
        "fr": ("Titre", "Civilité"), "es": ("Título", "Tratamiento"), "da": ("Titel",),
        "de": ("Titel", "Anrede")},
    "suffix": {"en": ("Suffix",), "it": ("Suffisso",), "pt": ("Sufixo",), "fr": ("Suffixe",),
        "es": ("Sufijo",), "da": ("Suffiks",), "de": ("Namenszusatz", "Suffix")},
    "website": {"en": ("Website", "Web site"), "it": ("Sito web",), "pt": ("Site", "Website"),
        "fr": ("Site Web", "Site internet"), "es": ("Sitio web", "Página web"),
        "da": ("Websted", "Hjemmeside", "Website"), "de": ("Website", "Webseite")},
    "street": {
        "en": ("Bill address", "Billing address", "Address", "Billing street",
            "Street address", "Street"),
        "it": ("Indirizzo di fatturazione", "Indirizzo", "Via"),
        "pt": ("Endereço de cobrança", "Endereço de faturamento", "Endereço", "Rua"),
        "fr": ("Adresse de facturation", "Adresse", "Rue", "Adresse municipale"),
        "es": ("Dirección de facturación", "Dirección", "Calle", "Dirección postal"),
        "da": ("Faktureringsadresse", "Fakturaadresse", "Adresse", "Gade", "Vej"),
        "de": ("Rechnungsadresse", "Adresse", "Anschrift", "Straße")},
    "city": {"en": ("Billing city", "City", "Town", "City/Town", "Town/City"),
        "it": ("Città", "Comune"), "pt": ("Cidade",), "fr": ("Ville",),
        "es": ("Ciudad", "Localidad"), "da": ("By",), "de": ("Ort", "Stadt")},
    "region": {
        "en": ("Billing state", "Billing province", "Billing county", "State", "Province",
            "County", "Province/State", "State/Province", "State/Territory"),
        "it": ("Provincia", "Regione"), "pt": ("Estado", "Distrito", "Região"),
        "fr": ("Province", "Région", "Province/État"),
        "es": ("Provincia", "Estado", "Estado/Provincia"), "da": ("Region",),
        "de": ("Bundesland", "Kanton", "Region")},
    "postcode": {
        "en": ("Billing ZIP", "Billing postal code", "Billing postcode", "ZIP", "ZIP code",
            "Postcode", "Postal code", "Postal code/ZIP", "ZIP/Postal code"),
        "it": ("CAP", "Codice postale"), "pt": ("CEP", "Código postal"),
        "fr": ("Code postal",), "es": ("Código postal",), "da": ("Postnummer", "Postnr."),
        "de": ("Postleitzahl", "PLZ")},
    "country": {"en": ("Billing country", "Country"), "it": ("Paese", "Nazione"),
        "pt": ("País",), "fr": ("Pays",), "es": ("País",), "da": ("Land",), "de": ("Land",)},
    "tax_id": {
        "en": ("Tax ID", "Tax number", "VAT registration number", "VAT reg. no.", "ABN"),
        "it": ("Partita IVA", "Codice fiscale"), "pt": ("CNPJ", "CPF/CNPJ", "NIF"),
        "fr": ("Numéro de TVA", "Numéro fiscal"),
        "es": ("NIF", "CIF", "RFC", "Identificación fiscal"),
        "da": ("CVR-nummer", "CVR-nr.", "CVR"), "de": ("Steuernummer", "USt-IdNr.")},
    "balance": {"en": ("Open balance", "Balance"), "it": ("Saldo aperto",),
        "pt": ("Saldo em aberto",), "fr": ("Solde ouvert", "Solde impayé"),
        "es": ("Saldo abierto", "Saldo pendiente"), "da": ("Åben saldo", "Udestående saldo"),
        "de": ("Offener Saldo",)},
    "balance.2": {"it": ("Saldo",), "pt": ("Saldo",), "fr": ("Solde",), "es": ("Saldo",),
        "da": ("Saldo",), "de": ("Saldo",)},
    "terms": {"en": ("Terms",), "it": ("Termini", "Condizioni di pagamento"),
        "pt": ("Termos", "Condições de pagamento"),
        "fr": ("Modalités", "Conditions de paiement"),
        "es": ("Términos", "Condiciones de pago"), "da": ("Betalingsbetingelser", "Vilkår"),
        "de": ("Zahlungsbedingungen", "Bedingungen")},
    "currency": {"en": ("Currency",), "it": ("Valuta",), "pt": ("Moeda",), "fr": ("Devise",),
        "es": ("Moneda", "Divisa"), "da": ("Valuta",), "de": ("Währung",)},
    "customer_type": {"en": ("Customer type",), "it": ("Tipo di cliente", "Tipo cliente"),
        "pt": ("Tipo de cliente",), "fr": ("Type de client",), "es": ("Tipo de cliente",),
        "da": ("Kundetype",), "de": ("Kundentyp",)},
    "notes": {"en": ("Notes", "Note"), "it": ("Note",), "pt": ("Observações", "Notas"),
        "fr": ("Notes", "Remarques"), "es": ("Notas", "Observaciones"),
        "da": ("Noter", "Bemærkninger"), "de": ("Notizen", "Bemerkungen")},
    "created": {"en": ("Created on", "Created", "Create date"),
        "it": ("Creato il", "Data di creazione"), "pt": ("Criado em", "Data de criação"),
        "fr": ("Créé le", "Date de création"), "es": ("Creado el", "Fecha de creación"),
        "da": ("Oprettet", "Oprettet den"), "de": ("Erstellt am", "Erstellt")},
}
SPLITS = {"phone": phones, "email": emails, "contact_name": full_name}
IMPORT_SPLITS = {"phone": phones, "email": emails, "balance_date": nothing, "resale": nothing}
TEMPLATE = 10  # columns of its 15 or 16 that make an import template
NAME = {"en": ("Name",), "it": ("Nome",), "pt": ("Nome",), "fr": ("Nom",), "es": ("Nombre",),
    "da": ("Navn",), "de": ("Name",)}
# the last of each is also in any other program's list
CUSTOMER = {"en": ("Customer full name", "Customer"),
    "it": ("Nome completo cliente", "Nome completo del cliente", "Cliente"),
    "pt": ("Nome completo do cliente", "Cliente"), "fr": ("Nom complet du client", "Client"),
    "es": ("Nombre completo del cliente", "Cliente"), "da": ("Kundens fulde navn", "Kunde"),
    "de": ("Vollständiger Kundenname", "Vollständiger Name des Kunden", "Kunde")}
VENDOR = {"en": ("Vendor", "Vendor full name", "Supplier", "Supplier full name"),
    "it": ("Fornitore", "Nome completo fornitore"),
    "pt": ("Fornecedor", "Nome completo do fornecedor"),
    "fr": ("Fournisseur", "Nom complet du fournisseur"),
    "es": ("Proveedor", "Nombre completo del proveedor"),
    "da": ("Leverandør", "Leverandørens fulde navn"),
    "de": ("Lieferant", "Kreditor", "Vollständiger Lieferantenname")}
ACCOUNT = {"en": ("Account #", "Account no.", "Account number"),
    "it": ("N. conto", "Numero conto", "N. account"), "pt": ("Nº da conta", "Número da conta"),
    "fr": ("N° de compte", "No de compte", "Numéro de compte"),
    "es": ("N.º de cuenta", "Número de cuenta"), "da": ("Kontonr.", "Kontonummer"),
    "de": ("Kontonr.", "Kontonummer", "Konto-Nr.")}
EMPLOYEE = {"en": ("Employee", "Employee name", "Employee full name"),
    "it": ("Dipendente", "Nome dipendente"),
    "pt": ("Funcionário", "Nome do funcionário", "Colaborador"),
    "fr": ("Employé", "Nom de l'employé", "Salarié"),
    "es": ("Empleado", "Nombre del empleado"), "da": ("Medarbejder", "Medarbejderens navn"),
    "de": ("Mitarbeiter", "Name des Mitarbeiters")}
HIRED = {"en": ("Hire date", "Date hired", "Pay method", "Pay rate"),
    "it": ("Data di assunzione", "Data assunzione"),
    "pt": ("Data de contratação", "Data de admissão"), "fr": ("Date d'embauche",),
    "es": ("Fecha de contratación",), "da": ("Ansættelsesdato", "Ansat den"),
    "de": ("Einstellungsdatum", "Eintrittsdatum")}
ACTIVE = {"en": ("Status", "Active"), "it": ("Stato", "Attivo"),
    "pt": ("Status", "Situação", "Ativo"), "fr": ("Statut", "Actif"), "es": ("Activo",),
    "da": ("Status", "Aktiv"), "de": ("Status", "Aktiv")}
OPENING_BALANCE = {"en": ("Opening balance",), "it": ("Saldo iniziale", "Saldo di apertura"),
    "pt": ("Saldo inicial", "Saldo de abertura"), "fr": ("Solde d'ouverture", "Solde initial"),
    "es": ("Saldo inicial", "Saldo de apertura"), "da": ("Startsaldo", "Åbningssaldo"),
    "de": ("Anfangssaldo", "Eröffnungssaldo")}
IMPORTED: Headings = {  # https://quickbooks.intuit.com: one column for the whole name
    "display_name": {"en": ("Name", "Full name", "Full name (name)")}
    | {language: names for language, names in NAME.items() if language != "en"},
    **{
        name: CONTACT[name]
        for name in (
            "company email phone mobile fax website street city region postcode country"
            " currency"
        ).split()
    },
    "balance": OPENING_BALANCE,
    "balance_date": {"en": ("Date", "Opening balance date"),
        "it": ("Data", "Data saldo iniziale"), "pt": ("Data", "Data do saldo inicial"),
        "fr": ("Date", "Date du solde d'ouverture"),
        "es": ("Fecha", "Fecha del saldo inicial"), "da": ("Dato", "Dato for startsaldo"),
        "de": ("Datum", "Datum des Anfangssaldos")},
}
RESALE = {"en": ("Resale number",), "it": ("Numero di rivendita",),
    "pt": ("Número de revenda",), "fr": ("Numéro de revente",), "es": ("Número de reventa",),
    "da": ("Videresalgsnummer",), "de": ("Wiederverkaufsnummer",)}
TRANSACTION: Headings = {
    "date": {"en": ("Transaction date", "Date"),
        "it": ("Data transazione", "Data della transazione", "Data"),
        "pt": ("Data da transação", "Data"),
        "fr": ("Date de l'opération", "Date de la transaction", "Date"),
        "es": ("Fecha de la transacción", "Fecha de transacción", "Fecha"),
        "da": ("Transaktionsdato", "Dato"),
        "de": ("Transaktionsdatum", "Buchungsdatum", "Datum")},
    "type": {"en": ("Transaction type", "Type"),
        "it": ("Tipo di transazione", "Tipo transazione", "Tipo"),
        "pt": ("Tipo de transação", "Tipo"),
        "fr": ("Type d'opération", "Type de transaction", "Type"),
        "es": ("Tipo de transacción", "Tipo"), "da": ("Transaktionstype", "Type"),
        "de": ("Transaktionstyp", "Transaktionsart", "Typ")},
    "number": {"en": ("Num", "No.", "Number"), "it": ("N.", "Num.", "Numero"),
        "pt": ("N.º", "Núm.", "Número"), "fr": ("N°", "Num.", "Numéro"),
        "es": ("N.º", "Núm.", "Número"), "da": ("Nr.", "Nummer"), "de": ("Nr.", "Nummer")},
    "name": {"en": ("Name", "Customer", "Payee", "Vendor", "Supplier"),
        "it": ("Nome", "Cliente", "Beneficiario", "Fornitore"),
        "pt": ("Nome", "Cliente", "Favorecido", "Fornecedor"),
        "fr": ("Nom", "Client", "Bénéficiaire", "Fournisseur"),
        "es": ("Nombre", "Cliente", "Beneficiario", "Proveedor"),
        "da": ("Navn", "Kunde", "Modtager", "Leverandør"),
        "de": ("Name", "Kunde", "Zahlungsempfänger", "Lieferant")},
    "amount": {"en": ("Amount",), "it": ("Importo",), "pt": ("Valor", "Quantia"),
        "fr": ("Montant",), "es": ("Importe", "Monto"), "da": ("Beløb",), "de": ("Betrag",)},
    "balance": {"en": ("Balance",), "it": ("Saldo",), "pt": ("Saldo",), "fr": ("Solde",),
        "es": ("Saldo",), "da": ("Saldo",), "de": ("Saldo",)},
}
ITEM: Headings = {
    "name": {"en": ("Product/Service name", "Product/Service", "Product/Service full name"),
        "it": ("Nome prodotto/servizio", "Prodotto/servizio"),
        "pt": ("Nome do produto/serviço", "Produto/serviço"),
        "fr": ("Nom du produit/service", "Produit/service"),
        "es": ("Nombre del producto/servicio", "Producto/servicio"),
        "da": ("Navn på produkt/tjeneste", "Produkt/tjeneste", "Produkt/ydelse"),
        "de": ("Produkt-/Dienstleistungsname", "Produkt/Dienstleistung")},
    "name.2": NAME,
    "sku": {"en": ("SKU",), "it": ("SKU", "Codice articolo"), "pt": ("SKU",),
        "fr": ("SKU", "UGS"), "es": ("SKU",), "da": ("SKU", "Varenummer"),
        "de": ("SKU", "Artikelnummer")},
    "item_type": {"en": ("Item type", "Type", "Product/Service type"),
        "it": ("Tipo di articolo", "Tipo"), "pt": ("Tipo de item", "Tipo"),
        "fr": ("Type d'article", "Type"), "es": ("Tipo de artículo", "Tipo"),
        "da": ("Varetype", "Type"), "de": ("Artikeltyp", "Typ")},
    "category": {"en": ("Category",), "it": ("Categoria",), "pt": ("Categoria",),
        "fr": ("Catégorie",), "es": ("Categoría",), "da": ("Kategori",), "de": ("Kategorie",)},
    "description": {"en": ("Sales description", "Description"),
        "it": ("Descrizione vendita", "Descrizione di vendita", "Descrizione"),
        "pt": ("Descrição de vendas", "Descrição da venda", "Descrição"),
        "fr": ("Description de vente", "Description des ventes", "Description"),
        "es": ("Descripción de venta", "Descripción de ventas", "Descripción"),
        "da": ("Salgsbeskrivelse", "Beskrivelse"),
        "de": ("Verkaufsbeschreibung", "Beschreibung")},
    "price": {"en": ("Sales price/rate", "Sales price", "Price", "Rate"),
        "it": ("Prezzo di vendita/tariffa", "Prezzo di vendita", "Prezzo"),
        "pt": ("Preço de venda/taxa", "Preço de venda", "Preço"),
        "fr": ("Prix de vente/taux", "Prix de vente", "Prix"),
        "es": ("Precio de venta/tarifa", "Precio de venta", "Precio"),
        "da": ("Salgspris/sats", "Salgspris", "Pris"),
        "de": ("Verkaufspreis/Satz", "Verkaufspreis", "Preis")},
    "cost": {"en": ("Purchase cost", "Cost"), "it": ("Costo di acquisto", "Costo"),
        "pt": ("Custo de compra", "Custo"), "fr": ("Coût d'achat", "Coût"),
        "es": ("Costo de compra", "Coste de compra", "Costo", "Coste"),
        "da": ("Købspris", "Kostpris"), "de": ("Einkaufspreis", "Kosten")},
    "quantity": {"en": ("Quantity on hand", "Qty on hand", "Quantity"),
        "it": ("Quantità disponibile", "Quantità"),
        "pt": ("Quantidade disponível", "Quantidade"),
        "fr": ("Quantité en stock", "Quantité disponible", "Quantité"),
        "es": ("Cantidad disponible", "Cantidad"), "da": ("Antal på lager", "Antal"),
        "de": ("Vorrätige Menge", "Bestand", "Menge")},
    "as_of": {"en": ("Quantity as-of date", "Quantity as of date", "As-of date", "As of date"),
        "it": ("Quantità alla data", "Alla data"), "pt": ("Quantidade na data", "Na data"),
        "fr": ("Quantité en date du", "En date du"),
        "es": ("Cantidad a la fecha", "A la fecha"), "da": ("Antal pr. dato", "Pr. dato"),
        "de": ("Menge zum Datum", "Stichtag")},
    "income_account": {"en": ("Income account",), "it": ("Conto ricavi", "Conto dei ricavi"),
        "pt": ("Conta de receita", "Conta de receitas"),
        "fr": ("Compte de revenus", "Compte de produits"), "es": ("Cuenta de ingresos",),
        "da": ("Indtægtskonto",), "de": ("Erlöskonto", "Ertragskonto")},
    "expense_account": {"en": ("Expense account", "COGS account"),
        "it": ("Conto spese", "Conto costi"), "pt": ("Conta de despesa", "Conta de despesas"),
        "fr": ("Compte de dépenses", "Compte de charges"), "es": ("Cuenta de gastos",),
        "da": ("Udgiftskonto", "Omkostningskonto"), "de": ("Aufwandskonto",)},
    "asset_account": {"en": ("Inventory asset account", "Inventory asset"),
        "it": ("Conto attività di magazzino", "Conto magazzino"),
        "pt": ("Conta de ativos de estoque", "Conta de estoque"),
        "fr": ("Compte d'actif de stock", "Compte de stock"),
        "es": ("Cuenta de activos de inventario", "Cuenta de inventario"),
        "da": ("Lageraktivkonto", "Lagerkonto"),
        "de": ("Bestandskonto", "Lagerbestandskonto")},
    "active": ACTIVE,
}
# fmt: on
# Headings that other programs do not write.
REPORT = tuple(texts[0] for texts in CONTACT["phone"].values())
CUSTOMERS = (
    *(text for texts in CUSTOMER.values() for text in texts[:-1]),
    *(texts[0] for texts in CONTACT["balance"].values()),
    "Bill address", "Province/State", "Postal code/ZIP", "Attachments",
    *REPORT,
)  # fmt: skip
VENDORS = (
    *(texts[-1] for texts in VENDOR.values()), "Vendor full name",
    "Track 1099", "1099 tracking", *REPORT,
)  # fmt: skip
TRANSACTIONS = (
    "Num", "Split", "Posting", "Posting (Y/N)", "Memo/Description",
    *(
        f"{TRANSACTION['date'][language][0]} + {TRANSACTION['type'][language][0]} + {number}"
        for language, numbers in TRANSACTION["number"].items()
        for number in numbers
    ),
)  # fmt: skip
ITEMS = (
    *(text for texts in ITEM["name"].values() for text in texts),
    *(text for texts in ITEM["income_account"].values() for text in texts),
    *(
        texts[0]
        for field in ("price", "as_of", "asset_account")
        for texts in ITEM[field].values()
    ),
)
# No two customers, vendors or employees share a name; a sub-customer's is told by its parent.
IDENTIFYING = ("parent", "display_name")

SYSTEM = System(
    name="quickbooks-online",
    title="QuickBooks Online",
    layouts=(
        Layout(
            kind="customers",
            identifying=IDENTIFYING,
            headings={"display_name": CUSTOMER, **CONTACT},
            required=("display_name", "phone|email|street"),
            own=CUSTOMERS,
            titles=(
                "Customer Contact List",
                "Elenco contatti clienti",
                "Lista de contatos de clientes",
                "Liste des contacts clients",
                "Liste des coordonnées des clients",
                "Lista de contactos de clientes",
                "Kundekontaktliste",
                "Kundenkontaktliste",
            ),
            splits={**SPLITS, "display_name": parent_and_child},
        ),
        Layout(
            kind="customers",
            identifying=IDENTIFYING,
            headings={**IMPORTED, "customer_type": CONTACT["customer_type"], "resale": RESALE},
            required=("display_name", "balance", "phone|email|street"),
            own=(*(text for texts in RESALE.values() for text in texts), "Full name (name)"),
            whole=TEMPLATE,
            splits=IMPORT_SPLITS,
        ),
        Layout(
            kind="vendors",
            identifying=IDENTIFYING,
            headings={"display_name": VENDOR, "customer_number": ACCOUNT, **CONTACT},
            required=("display_name", "phone|email|street"),
            own=VENDORS,
            titles=(
                "Vendor Contact List",
                "Supplier Contact List",
                "Elenco contatti fornitori",
                "Lista de contatos de fornecedores",
                "Liste des contacts fournisseurs",
                "Liste des coordonnées des fournisseurs",
                "Lista de contactos de proveedores",
                "Leverandørkontaktliste",
                "Lieferantenkontaktliste",
            ),
            splits=SPLITS,
        ),
        Layout(
            kind="vendors",
            identifying=IDENTIFYING,
            headings={**IMPORTED, "tax_id": CONTACT["tax_id"]},
            required=("display_name", "balance", "tax_id", "phone|email|street"),
            whole=TEMPLATE,
            splits=IMPORT_SPLITS,
        ),
        Layout(
            kind="employees",
            identifying=IDENTIFYING,
            headings={
                "display_name": EMPLOYEE,
                "display_name.2": NAME,
                "hired": HIRED,
                "active": ACTIVE,
                **CONTACT,
            },
            required=(
                "display_name|display_name.2",
                "display_name|hired",
                "phone|email|street",
            ),
            own=REPORT,
            titles=(
                "Employee Contact List",
                "Elenco contatti dipendenti",
                "Lista de contatos de funcionários",
                "Liste des contacts des employés",
                "Liste des coordonnées des employés",
                "Lista de contactos de empleados",
                "Medarbejderkontaktliste",
                "Mitarbeiterkontaktliste",
            ),
            splits={**SPLITS, "hired": nothing, "active": active_or_not},
        ),
        Layout(
            kind="transactions",
            headings=TRANSACTION,
            required=("date", "type", "name", "amount"),
            own=TRANSACTIONS,
            titles=(
                "Transaction List",
                "Transaction List by Account",
                "Transaction List by Customer",
                "Transaction List by Vendor",
                "Transaction List by Supplier",
                "Transaction Detail by Account",
                "Transaction List by Date",
                "Elenco transazioni",
                "Elenco transazioni per cliente",
                "Elenco transazioni per data",
                "Lista de transações",
                "Lista de transações por cliente",
                "Lista de transações por data",
                "Liste des opérations",
                "Liste des opérations par client",
                "Liste des opérations par date",
                "Lista de transacciones",
                "Lista de transacciones por cliente",
                "Lista de transacciones por fecha",
                "Transaktionsliste",
                "Transaktionsliste efter kunde",
                "Transaktionsliste efter dato",
                "Transaktionsliste nach Kunde",
                "Transaktionsliste nach Datum",
            ),
            needs=("date", "type"),
            identifying=("date", "type", "number", "name", "amount"),
        ),
        Layout(
            kind="items",
            headings=ITEM,
            required=(
                "name|name.2",
                "name|income_account|expense_account|asset_account",
                "price|cost|description|item_type|sku|quantity",
            ),
            own=ITEMS,
            titles=(
                "Product/Service List",
                "Products and Services",
                "Elenco prodotti/servizi",
                "Lista de produtos/serviços",
                "Liste des produits/services",
                "Lista de productos/servicios",
                "Produkt-/tjenesteliste",
                "Produkt-/Dienstleistungsliste",
            ),
            needs=("name", "name.2"),
            identifying=("category", "name", "sku"),
            splits={"name": category_and_name, "active": active_or_not},
        ),
    ),
    limits={  # Intuit's API reference for Customer and Vendor
        "display_name": 500,
        "company": 100,
        "title": 16,
        "given_name": 100,
        "middle_name": 100,
        "family_name": 100,
        "suffix": 16,
        "email": 100,
        "phone": 30,
        "mobile": 30,
        "fax": 30,
        "website": 1000,
    },
    apart=frozenset({"customers", "vendors", "employees"}),
)
