"""Headings that anybody writes above a list of their own, in seven languages.

None of them, and no handful of them, says which program a file is from.
"""

from __future__ import annotations

ORDINARY = {
    "en": "Name|Full name|First name|Middle name|Last name|Title|Salutation|Company"
    "|Company name|Organisation|Contact|Contact name|Contact person|Customer"
    "|Customer name|Client|Supplier|Vendor|Employee|Email|E-mail|Email address"
    "|E-mail address|Phone|Phone number|Telephone|Mobile|Mobile phone|Home phone|Fax"
    "|Website|Address|Street|Street address|City|Town|State|County|Province|Region|Zip"
    "|ZIP code|Postcode|Postal code|Country|Billing address|Shipping address|Tax ID"
    "|VAT number|EAN|Notes|Note|Comments|Balance|Opening balance|Amount|Total|Currency"
    "|Terms|Payment terms|Credit limit|Category|Categories|Group|Tags|Labels"
    "|Customer type|Type|Status|Active|Inactive|Private|Priority|Subject|Description|Body"
    "|Location|Start date|Start time|End date|End time|Due date|Date|Created|Birthday"
    "|Department|Job title|Hire date|Item|Product|SKU|Price|Cost|Quantity|Account|Error"
    "|Message|Reason",
    "it": "Nome|Nome completo|Cognome|Titolo|Azienda|Società|Ragione sociale|Nome azienda"
    "|Contatto|Referente|Cliente|Nome cliente|Fornitore|Dipendente|E-mail|Email"
    "|Indirizzo e-mail|Telefono|Numero di telefono|Cellulare|Fax|Sito web|Indirizzo|Via"
    "|Città|Provincia|Regione|CAP|Paese|Nazione|Indirizzo di fatturazione|Partita IVA"
    "|Codice fiscale|Note|Saldo|Saldo iniziale|Importo|Totale|Valuta"
    "|Condizioni di pagamento|Categoria|Categorie|Gruppo|Tipo|Tipo cliente|Stato|Attivo"
    "|Inattivo|Privato|Priorità|Oggetto|Descrizione|Testo|Luogo|Data inizio|Ora inizio"
    "|Data fine|Scadenza|Data|Creato il|Compleanno|Reparto|Data di assunzione|Articolo"
    "|Prodotto|Prezzo|Costo|Quantità|Conto|Errore|Motivo",
    "pt": "Nome|Nome completo|Primeiro nome|Sobrenome|Título|Tratamento|Empresa"
    "|Nome da empresa|Contato|Cliente|Nome do cliente|Fornecedor|Funcionário|E-mail|Email"
    "|Endereço de e-mail|Telefone|Telefone comercial|Celular|Fax|Site|Endereço|Rua|Cidade"
    "|Estado|Região|CEP|Código postal|País|Endereço de cobrança|CNPJ|CPF|CPF/CNPJ|NIF"
    "|Notas|Observações|Saldo|Saldo inicial|Valor|Total|Moeda|Condições de pagamento"
    "|Categoria|Categorias|Grupo|Tipo|Tipo de cliente|Status|Situação|Ativo|Inativo"
    "|Particular|Prioridade|Assunto|Descrição|Corpo|Local|Data de início|Hora de início"
    "|Data de vencimento|Data|Criado em|Aniversário|Departamento|Data de admissão|Item"
    "|Produto|Preço|Custo|Quantidade|Conta|Erro|Motivo",
    "fr": "Nom|Nom complet|Prénom|Nom de famille|Titre|Civilité|Société|Entreprise"
    "|Raison sociale|Contact|Client|Nom du client|Fournisseur|Employé|Salarié|Courriel"
    "|E-mail|Adresse e-mail|Téléphone|Téléphone mobile|Mobile|Portable|Fax|Télécopie"
    "|Site Web|Adresse|Rue|Ville|Province|Région|Code postal|Pays|Adresse de facturation"
    "|Adresse de livraison|Numéro de TVA|SIRET|Notes|Remarques|Solde|Solde initial"
    "|Montant|Total|Devise|Conditions de paiement|Catégorie|Catégories|Groupe|Type"
    "|Type de client|Statut|État|Actif|Inactif|Privé|Priorité|Objet|Description|Corps"
    "|Lieu|Date de début|Heure de début|Échéance|Date|Créé le|Anniversaire|Service"
    "|Date d'embauche|Article|Produit|Prix|Coût|Quantité|Compte|Erreur|Motif",
    "es": "Nombre|Nombre completo|Apellidos|Apellido|Título|Tratamiento|Empresa"
    "|Razón social|Nombre de la empresa|Organización|Contacto|Cliente|Nombre del cliente"
    "|Proveedor|Empleado|Correo electrónico|Correo|Dirección de correo electrónico"
    "|Teléfono|Teléfono particular|Móvil|Celular|Fax|Sitio web|Página web|Dirección|Calle"
    "|Ciudad|Localidad|Provincia|Estado|Código postal|País|Dirección de facturación|NIF"
    "|CIF|RFC|Notas|Observaciones|Saldo|Saldo inicial|Saldo pendiente|Importe|Total"
    "|Moneda|Condiciones de pago|Categoría|Categorías|Grupo|Tipo|Tipo de cliente|Estado"
    "|Activo|Inactivo|Privado|Prioridad|Asunto|Descripción|Cuerpo|Lugar|Fecha de inicio"
    "|Hora de inicio|Fecha de vencimiento|Vencimiento|Fecha|Creado el|Cumpleaños"
    "|Departamento|Fecha de contratación|Artículo|Producto|Precio|Costo|Cantidad|Cuenta"
    "|Error|Motivo",
    "da": "Navn|Fulde navn|Fornavn|Mellemnavn|Efternavn|Titel|Firma|Firmanavn|Virksomhed"
    "|Kontakt|Kontaktperson|Kunde|Kundenavn|Leverandør|Medarbejder|E-mail|Mail"
    "|E-mailadresse|E-mail-adresse|Telefon|Telefonnummer|Tlf.|Mobil|Mobiltelefon|Fax"
    "|Hjemmeside|Adresse|Gade|Vej|By|Region|Postnr.|Postnummer|Land|Faktureringsadresse"
    "|CVR|CVR-nr.|CVR-nummer|SE-nr.|EAN|EAN-nr.|Noter|Bemærkninger|Saldo|Startsaldo|Beløb"
    "|Total|Valuta|Betalingsbetingelser|Kreditmaksimum|Kategori|Kategorier|Gruppe"
    "|Kundegruppe|Kundetype|Type|Status|Aktiv|Inaktiv|Spærret|Privat|Prioritet|Emne"
    "|Beskrivelse|Tekst|Sted|Startdato|Starttidspunkt|Slutdato|Forfaldsdato|Dato|Oprettet"
    "|Fødselsdag|Afdeling|Ansættelsesdato|Vare|Produkt|Pris|Kostpris|Antal|Konto|Fejl"
    "|Årsag",
    "de": "Name|Vollständiger Name|Vorname|Nachname|Titel|Anrede|Firma|Firmenname"
    "|Unternehmen|Kontakt|Ansprechpartner|Kontaktperson|Kunde|Kundenname|Lieferant"
    "|Mitarbeiter|E-Mail|E-Mail-Adresse|Telefon|Telefonnummer|Telefon privat|Mobil"
    "|Mobiltelefon|Handy|Fax|Telefax|Webseite|Website|Adresse|Anschrift|Straße|Ort|Stadt"
    "|Bundesland|PLZ|Postleitzahl|Land|Rechnungsadresse|Steuernummer|USt-IdNr.|EAN"
    "|Notizen|Bemerkungen|Saldo|Anfangssaldo|Betrag|Summe|Währung|Zahlungsbedingungen"
    "|Kategorie|Kategorien|Gruppe|Kundengruppe|Kundentyp|Typ|Status|Aktiv|Inaktiv"
    "|Gesperrt|Privat|Priorität|Betreff|Beschreibung|Text|Beginnt am|Fällig am|Datum"
    "|Erstellt|Geburtstag|Abteilung|Einstellungsdatum|Eintrittsdatum|Artikel|Produkt"
    "|Preis|Kosten|Menge|Konto|Fehler|Grund",
}
NUMBERS = {
    "en": "Number|No.|Customer number|Customer no.|Client number|Customer ID|Account number",
    "it": "Numero|Numero cliente|Codice cliente|Codice",
    "pt": "Número|Número do cliente|Código do cliente|Código",
    "fr": "Numéro|Numéro client|Numéro de client|Code client",
    "es": "Número|Número de cliente|Código de cliente",
    "da": "Nr.|Nummer|Kundenr.|Kundenummer",
    "de": "Nr.|Nummer|Kundennummer|Kundennr.|Kunden-Nr.",
}
