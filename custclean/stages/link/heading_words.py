"""The words of headings in seven languages: for each sense, and for each sort of address."""

from __future__ import annotations

__all__ = ["PLACES", "SENSES"]

# fmt: off
# sense: its phrases. Of senses that a heading holds the first of this table comes first;
# of phrases that overlap the longest counts: "postal code" is no "code".
SENSES: dict[str, str] = {
    "email": "email|e mail|mail|mails|emails|email address|e mail address|emailaddress"
    "|mail address|mailadresse|emailadresse|e mailadresse|correo|correo electronico|correo e"
    "|posta elettronica|indirizzo email|indirizzo e mail|indirizzo di posta elettronica"
    "|endereco de email|endereco de e mail|courriel|mel|adresse email|adresse mail"
    "|adresse e mail|adresse electronique|electronic mail|eml|elektronische post|pec",
    "website": "website|web site|web|url|urls|homepage|home page|web page|webpage|web address"
    "|hjemmeside|webside|webseite|internetseite|internet|internetadresse|sito|sito web"
    "|sito internet|sitio|sitio web|site web|site internet|pagina web|site|www|link|domain"
    "|domaine|dominio|linkedin|facebook|instagram|twitter",
    "postcode": "postcode|post code|postal code|postalcode|postcodes|zip|zip code|zipcode"
    "|zip postcode|zip postal code|postal|cap|cep|plz|postnr|post nr|postnummer|postleitzahl"
    "|code postal|codigo postal|codice postale|codice avviamento postale|c a p|c p|cp"
    "|cod postal|cod post|pcode|pc|pin code|pincode",
    "phone": "phone|phones|phone no|phone number|phone num|phonenumber|telephone number|ph"
    "|tel|tel no|tel nr|tele|telephone|telephone no|telephones|telefono|telefon|telefone"
    "|telefoni|telefonnummer|telefonnr|telefon nr|numero di telefono|numero de telefono"
    "|numero de telefone|numero de telephone|recapito telefonico|teléfono|tfno|tlfno|fone|tlf"
    "|tlf nr|tlfnr|telf|mobile|mobile no|mobile number|mobile phone|mobil|mobilnr|mobilnummer"
    "|mobiltelefon|cell|cell phone|cellphone|cellulare|cel|celular|movil|telemovel|handy"
    "|handynummer|portable|gsm|festnetz|landline|fastnet|fisso|fixe|fijo|fixo|fax|fax no"
    "|fax number|telefax|faxnummer|whatsapp|pager|contact number|contact no|contact phone"
    "|daytime phone|hotline",
    "cluster": "cluster|cluster id|entity id|entity|ent id|match id|matching id|group id"
    "|label id|true id|gold id|unique id|duplicate of|duplicate|dupe|dedup|match key",
    "flag": "is|has|flag|active|active status|active flag|inactive|enabled|disabled|verified"
    "|valid|opt in|opt out|optin|optout|subscribed|unsubscribed|consent|gdpr|deleted|barred"
    "|blocked|archived|newsletter|aktiv|inaktiv|spaerret|sparret|spærret|gesperrt|geloscht"
    "|gelöscht|attivo|inattivo|bloccato|ativo|inativo|bloqueado|activo|inactivo|actif|inactif"
    "|bloque|bloqué|slettet|marketing|do not call|do not mail|vip|taxable|tax exempt"
    "|attachments",
    "status": "status|account status|customer status|stage|lifecycle|priority|prioritet"
    "|priorita|priorität|priorite|prioridad|prioridade|statut|stadie|phase|importance",
    "count": "number of|no of|count|counts|qty|quantity|quantità|quantidade|cantidad|quantité"
    "|antal|anzahl|menge|visits|orders|points|punti|puntos|pontos|employees"
    "|number of employees|headcount|ansatte|mitarbeiter|dipendenti|empleados|funcionarios"
    "|effectif|score|rating|rank|ranking|votes|reviews|stars|percent|pct|ratio|share|stock"
    "|lager|attempts|capacity|beds|seats|duration|laufzeit",
    "money": "balance|balance total|open balance|opening balance|saldo|saldo totale"
    "|saldo iniziale|solde|guthaben|amount|beloeb|beløb|belob|betrag|importo|importe|montant"
    "|valor|revenue|turnover|sales|umsatz|omsaetning|omsætning|fatturato|facturacion"
    "|chiffre daffaires|ca ht|income|salary|wage|cost|costs|price|prices|preis|pris|prezzo"
    "|prix|precio|preco|preço|total|gesamt|credit|credit limit|kreditlimit|kreditmaksimum"
    "|debit|discount|rabat|rabatt|sconto|descuento|desconto|remise|budget|spend|ltv"
    "|lifetime value|fee|paid|due|currency|valuta|moeda|moneda|divisa|devise|wahrung|währung"
    "|payment|payment terms|payment method|terms|betalingsbetingelser|betaling"
    "|zahlungsbedingungen|zahlungsziel|zahlung|pagamento|termini di pagamento|pago"
    "|condiciones de pago|conditions de paiement|paiement|vat zone|momszone|vat rate|tax rate"
    "|vat code|tax code|sales tax code|mva kode|iva codice|iban bic|bic|swift|bank|banca"
    "|banco|banque",
    "when": "created|created at|created on|date created|create date|creation date|updated"
    "|updated at|date updated|modified|last modified|last modified date|date modified|changed"
    "|last updated|last update|last activity|last login|last seen|last visit|last order"
    "|last purchase|last contact|last contacted|first order|first purchase|timestamp|ts|time"
    "|datetime|date added|added|inserted|imported|import date|export date|registered at"
    "|registration date|signup|signup date|sign up|joined|join date|member since"
    "|customer since|since|expires|expiry|expiration|expiry date|expiration date|valid from"
    "|valid to|valid until|start date|end date|order date|invoice date|due date|oprettet"
    "|oprettet den|aendret|ændret|opdateret|sidst aendret|senest opdateret|erstellt"
    "|erstellt am|erstelldatum|geandert|geändert|geandert am|anderungsdatum|änderungsdatum"
    "|aktualisiert|angelegt|angelegt am|anlagedatum|letzte anderung|letzte änderung|creato"
    "|creato il|data creazione|data di creazione|modificato|data modifica|data di modifica"
    "|ultima modifica|ultimo aggiornamento|aggiornato|criado|criado em|data de criacao"
    "|data criacao|atualizado|data de atualizacao|ultima atualizacao|data de cadastro"
    "|data cadastro|creado|fecha de creacao|fecha de creacion|fecha creacion|fecha de alta"
    "|fecha alta|actualizado|fecha de actualizacion|ultima actualizacion|cree|cree le|créé"
    "|créé le|date de creation|date creation|date de modification|modifie|modifie le"
    "|mis a jour|mise a jour|derniere modification|year added|released|release date|published"
    "|publication date|reminder",
    "note": "note|notes|noter|notat|note interne|comment|comments|kommentar|kommentare"
    "|kommentarer|bemaerkning|bemaerkninger|bemærkning|bemærkninger|bemerkung|bemerkungen"
    "|notiz|notizen|anmerkung|anmerkungen|commento|commenti|annotazioni|osservazioni"
    "|observacoes|observações|observacao|obs|comentario|comentarios|comentário|observaciones"
    "|notas|nota|commentaire|commentaires|remarque|remarques|remark|remarks|description"
    "|descriptions|beskrivelse|beschreibung|descrizione|descricao|descrição|descripcion|memo"
    "|message|body|text|bio|biography|details|instructions|directions|history|summary"
    "|abstract|subject|attachment|about|info|information|sonstiges|diverse|copyright",
    "hours": "opening hours|hours|business hours|abningstider|åbningstider|offnungszeiten"
    "|öffnungszeiten|orari|orario|horario|horarios|horaires|timezone|time zone|tz|schedule",
    "bookkeeping": "contract|contract no|contract number|vertrag|kontrakt|contratto|contrato"
    "|contrat|source|source file|source id|source system|data source|lead source|kilde|quelle"
    "|fonte|fuente|file|filename|file name|datei|fil|fichier|archivo|arquivo|sheet|hash"
    "|row hash|md5|sha|checksum|row|row no|row number|line|line no|line number|import"
    "|import id|batch|batch id|version|revision|etag|index|idx|unnamed|photo|image|picture"
    "|foto|bild|logo|avatar|icon|token|password|passwort|pin|path|folder|system|language"
    "|languages|sprache|sprog|lingua|idioma|lengua|langue|locale|lang|created by|updated by"
    "|modified by|changed by|assigned|assigned to|account manager|account owner|sales rep"
    "|sales person|salesperson|rep|lead accountant|ansvarlig|ansvarlig revisor|saelger|sælger"
    "|vertreter|betreuer|leitender buchhalter|commercialista principale|contador principal"
    "|comptable principal|commerciale|vendedor|vendeur|commercial|record owner|owner id"
    "|ownerid|record type|salesforce id|subscription|assinatura|abbonamento|suscripcion"
    "|abonnement|plan|campaign|utm|ip|ip address|mac|user agent|device|browser|sensitivity"
    "|mileage",
    "tax_id": "vat|vat no|vat number|vat id|vat reg no|vat registration"
    "|vat registration number|tax|tax id|tax no|tax number|taxid|tax code no"
    "|tax registration number|tax identification number|tin|ein|fein|abn|acn"
    "|company registration number|company reg no|registration no|registration number"
    "|corporate identification number|cvr|cvr nr|cvr nummer|cvrnr|se nr|p nummer|piva|p iva"
    "|partita iva|codice fiscale|cod fiscale|cf|siren|siret|numero siren|numero siret"
    "|numero de tva|numero tva|n tva|no tva|tva|tva intracommunautaire|numero fiscal|nif|cif"
    "|nie|dni|rut|rfc|cuit|nif cif|cif nif|cpf|cnpj|cpf cnpj|cnpj cpf|nipc|contribuinte"
    "|numero de contribuinte|inscricao estadual|ust|ust id|ust idnr|ust id nr|ustid|ustidnr"
    "|ust nr|umsatzsteuer id|umsatzsteuer identifikationsnummer|steuernummer|steuer nr"
    "|steuernr|steuer id|uid|uid nummer|handelsregister|handelsregisternummer|hrb|ssn|sin"
    "|social security|social security number|soc sec id|soc sec no|soc sec|social security no"
    "|cpr|cpr nr|cpr nummer|cprnr|personnummer|nino|national insurance number"
    "|national insurance no|national id|numero de seguridad social|numero de securite sociale"
    "|sozialversicherungsnummer|nhs number|nhs no|codigo fiscal|code fiscal|company number"
    "|org nr|orgnr|organisationsnummer|moms nr|momsnr|momsnummer|kvk|u st id nr|u st id|u st",
    "code": "ean|ean no|ean nr|ean nummer|ean number|ean code|gln|gln no|gln nummer|gtin|upc"
    "|isbn|issn|doi|duns|duns number|duns no|lei|orcid|iban|bank account|bank account no"
    "|bank account number|kontonummer|numero conto|numero de cuenta|passport|passport no"
    "|passport number|licence no|license no|license number|licence number|driver license"
    "|drivers license|licence plate|license plate|plate|npi|npi number|medicare"
    "|medicare number|policy no|policy number|vin|asin|mpn|modelno|model no|model number"
    "|barcode|codice sdi|codice destinatario|sdi|leitweg id",
    "house": "house no|house number|house nr|houseno|housenumber|street no|street number"
    "|street nr|streetno|streetnumber|building number|building no|husnr|husnummer|hus nr"
    "|hausnummer|hausnr|haus nr|hnr|numero civico|n civico|civico|numero de porta"
    "|numero de rua|numero de calle|numero exterior|numero de voie|numero de la voie"
    "|n de voie|house|civic number|street num|house num",
    "birthplace": "birth place|birthplace|place of birth|birth city|city of birth|pob"
    "|fodested|fødested|geburtsort|luogo di nascita|lugar de nacimiento|lieu de naissance"
    "|local de nascimento|naturalidade|birth town|birth county|birth country|country of birth"
    "|birth parish",
    "year": "birth year|year of birth|birthyear|yearofbirth|yob|by|byear|birth yr|born year"
    "|fodselsar|fødselsår|geburtsjahr|anno di nascita|anno nascita|ano de nascimento"
    "|ano nascimento|ano de nacimiento|año de nacimiento|annee de naissance|annee naissance"
    "|année de naissance|year|yr|anno|año|annee|jahr|year founded|founded year"
    "|established year|year established",
    "month": "birth month|month of birth|birthmonth|mob|bm|bmonth|born month|fodselsmaned"
    "|fødselsmåned|geburtsmonat|mese di nascita|mes de nascimento|mes de nacimiento"
    "|mois de naissance|month|mese|mes|mois|monat|maned|måned",
    "date": "date of birth|dob|d o b|dateofbirth|birthday|birth day|birth date|birthdate"
    "|birth|bdate|bday|born|born on|day of birth|fodselsdag|fødselsdag|fodselsdato"
    "|fødselsdato|fodt|født|geburtsdatum|geburtstag|geb datum|geboren|geboren am|geb"
    "|data di nascita|data nascita|nato il|nascita|data de nascimento|data nascimento"
    "|nascimento|nasc|date de naissance|date naissance|ne le|naissance|fecha de nacimiento"
    "|fecha nacimiento|f nacimiento|nacimiento",
    "other_date": "date of death|death date|died|dod|founded|established|date founded"
    "|incorporated|date of incorporation|incorporation date|foundation date|stiftet|gegrundet"
    "|gegründet|grundungsdatum|data di fondazione|fondata|date de fondation"
    "|fecha de fundacion|anniversary|wedding date|baptism|baptism date|marriage date",
    "day": "birth day|birthday|day of birth|bd|bday|fodselsdag|geburtstag|giorno di nascita"
    "|giorno nascita|dia de nascimento|dia de nacimiento|jour de naissance|day|giorno|dia"
    "|jour|tag|dag",
    "age": "age|alder|alter|eta|età|edad|idade",
    "gender": "gender|sex|kon|køn|geschlecht|sesso|genere|sexo|genero|género|sexe|genre sexe",
    "suffix": "suffix|sufx|name sufx|name suffix|generation|suffisso|sufixo|sufijo|suffixe"
    "|suffiks|namenszusatz",
    "salutation": "salutation|prefix|name prefix|honorific|courtesy title|anrede|civilite"
    "|civilité|tratamento|tratamiento|titolo di cortesia|tiltale|mr ms|mr mrs|mr mrs ms"
    "|herr frau|sig sig ra|hr fr|sr sra|m mme",
    "title": "title|titolo|titulo|título|titre|titel",
    "maiden": "maiden name|maiden|birth name|nee|née|geburtsname|fodenavn|pigenavn"
    "|nom de jeune fille|nom de naissance|nome da solteira|nome de solteira|cognome da nubile"
    "|apellido de soltera|former name|previous name|alias|aka|nickname|nick name"
    "|preferred name|known as|kaldenavn|spitzname|rufname|soprannome|apelido de familia|apodo"
    "|surnom",
    "relative": "father|father name|fathers name|mother|mother name|mothers name"
    "|mother maiden name|mothers maiden name|spouse|spouse name|partner|husband|wife"
    "|next of kin|emergency contact|emergency contact name|parent|parent name|guardian"
    "|children|child|aegtefaelle|ehepartner|coniuge|conjuge|cônjuge|conyuge|cónyuge|conjoint"
    "|referred by|referrer|assistant|assistants name|secretary",
    "middle": "middle name|midl name|mid name|middle|middle names|middlename|mname|m name"
    "|middle initial|mi|m i|second name|additional name|initials|initial|initialer|initialen"
    "|iniziali|iniciais|iniciales|initiales|iniziale secondo nome|inicial do meio|mellemnavn"
    "|mellembogstav|zweiter vorname|zweitname|mittelinitiale|secondo nome|segundo nome"
    "|nome do meio|nome meio|segundo nombre|deuxieme prenom|autres prenoms",
    "given_name": "first name|given name|given names|fname|f name|forename|forenames|first"
    "|given|firstname|givenname|christian name|fornavn|fornavne|vorname|vornamen|nome proprio"
    "|nome di battesimo|primo nome|primeiro nome|nombre de pila|primer nombre|nombres|prenom"
    "|prénom|prenoms",
    "family_name": "last name|family name|lname|l name|surname|sur name|surnames|lastname"
    "|familyname|last|family|efternavn|nachname|familienname|zuname|cognome|cognomi|sobrenome"
    "|ultimo nome|apelido|apelidos|apellido|apellidos|primer apellido|segundo apellido"
    "|apellido paterno|apellido materno|nom de famille|nom famille|patronyme",
    "segment": "job title|job|occupation|profession|position|role|function|stilling|beruf"
    "|professione|profissao|profissão|profesion|metier|métier|fonction|cargo|ruolo|department"
    "|afdeling|abteilung|reparto|departement service|nationality|nationalitet|nationalitat"
    "|staatsangehorigkeit|nazionalita|nacionalidad|nacionalidade|nationalite|marital status"
    "|civil status|religion|race|ethnicity|education|type|types|kind|class|category"
    "|categories|kategori|kategorie|categoria|categoría|categorie|catégorie|group|gruppe"
    "|gruppo|grupo|groupe|segment|sector|industry|branche|branch|settore|secteur|setor|tags"
    "|tag|tier|level|customer type|customer group|client type|kundetype|kundegruppe|kundentyp"
    "|kundengruppe|kundenart|tipo cliente|tipo di cliente|tipo de cliente|type de client"
    "|klienttype|mandantentyp|tipo|typ|art|cuisine|cuisines|cucina|kokken|genre|style|program"
    "|program name|programme|length of day|division|channel|brand|colour|color|size|breed"
    "|species",
    "group_id": "account id|company id|org id|organisation id|organization id|household id"
    "|family id|employer id|store id|store number|location id|site id|siteid|house id"
    "|vendor id|id azienda|id empresa|id da empresa|id de la empresa|id de lentreprise"
    "|id entreprise|unternehmens id|firmen id|virksomheds id",
    "id": "id|ids|rec id|record id|row id|recid|recordid|record no|record number|key|nr|no"
    "|num|number|nummer|numero|número|n|code|kode|codice|codigo|código|customer id"
    "|customer no|customer nr|customer number|customer code|cust id|cust no|custid|client id"
    "|client no|client number|client code|account no|account number|acct no|acct|account code"
    "|user id|userid|person id|patient id|contact id|internal number|reference|ref|ref no"
    "|external id|uuid|guid|oid|objectid|pk|kundennr|kundennummer|kunden nr|kundenr"
    "|kundenummer|kunde nr|kunde id|klientnummer|klientnr|mandantennr|mandantennummer|mandant"
    "|debitor|debitor nr|debitornr|debitorennummer|kreditornr|kreditor|kreditorennummer"
    "|lfd nr|lobenr|lfdnr|numero cliente|n cliente|codice cliente|cod cliente|id cliente"
    "|numero do cliente|codigo do cliente|codigo cliente|numero de cliente|codigo de cliente"
    "|numero client|numero de client|n client|code client|id client|matricola|matricula"
    "|matricule|member no|member number|member id|membership no|membership number|medlemsnr"
    "|medlemsnummer|mitgliedsnummer|mitgliedsnr|numero socio|numero tessera|numero de socio"
    "|numero dadherent|loyalty card|card no|card number|sku|item no|item number|artikelnummer"
    "|varenummer|product id|username|user name|login|handle|benutzername|brugernavn"
    "|nome utente|usuario|utilisateur|employee id|employee no|employee number|student id"
    "|vendor no|supplier no|siteid",
    "line2": "address line 2|line 2|street 2|address 2|addr 2|address extra"
    "|additional address|unit|apt|apartment|suite|flat|floor|etage|piso|planta|andar|room"
    "|building|building name|bygning|gebaude|edificio|batiment|complemento|complement"
    "|complement adresse|complement dadresse|adresszusatz|zusatz|adressezusatz|co navn|presso"
    "|po box|postboks|postfach|casella postale|box|house name|mail stop|attn line",
    "region": "state|state province|province state|province|county state|stato provincia"
    "|provincia|prov|regione|region|estado|uf|bundesland|kanton|canton|lander"
    "|comunidad autonoma|departement|distrito|omrade|område|landsdel|state code|state name"
    "|region code|region name|province code|territory",
    "county": "county|counties|kommune|municipality code|concelho|parish|amt|landkreis|kreis"
    "|comarca|arrondissement|freguesia",
    "country": "country|country region|country code|country name|countries|land|lande"
    "|landekode|landerkode|landercode|landername|paese|nazione|pais|país|pays|nation|cntry"
    "|stato|staat|codice paese|codice nazione|land omrade|isocode",
    "city": "city|city name|town|town city|city town|by|bynavn|ort|ortschaft|wohnort|stadt"
    "|citta|città|comune|cidade|municipio|município|ciudad|poblacion|población|localidad"
    "|localidade|localita|località|ville|commune|locality|municipality|post town|posttown"
    "|postort|cty|villes",
    "district": "suburb|district|neighborhood|neighbourhood|borough|bairro|barrio|colonia"
    "|quartiere|quartier|frazione|stadtteil|ortsteil|bydel|village|hamlet|ward|area|zone",
    "address": "address|addr|adr|full address|complete address|mailing address|postal address"
    "|anschrift|adresse complete|indirizzo completo|direccion completa|endereco completo"
    "|vollstandige adresse|location|physical address|residence|address lines|bill to"
    "|bill from|faktureres til|fatturare a|cobrar de|facturar a|facturer a|rechnung an"
    "|ship to|ship from",
    "street": "street|street name|street address|streetname|street line|road|address line"
    "|street type|address street|street suffix|adresse|adresse rue|gadenavn|vejnavn|gade|vej"
    "|strasse|straße|str|strassenname|straße hausnummer|strasse nr|via|via e numero|indirizzo"
    "|rua|logradouro|endereco|endereço|morada|rue|voie|calle|direccion|dirección|domicilio"
    "|domicile|domicílio|domizil|avenue",
    "relation": "parent company|parent organisation|parent organization|agency|agenzia"
    "|agencia|agence|agentur|sponsor|owner company|head office|holding|group company"
    "|moderselskab|muttergesellschaft",
    "company": "company|company name|companyname|firm|firm name|firma|firmanavn|firmenname"
    "|business|business name|organisation|organization|organisation name|organization name"
    "|org|org name|employer|employer name|azienda|nome azienda|ditta|ragione sociale|societa"
    "|società|impresa|denominazione sociale|empresa|nome da empresa|nombre de la empresa"
    "|nombre empresa|razao social|razão social|nome fantasia|denominacao social|societe"
    "|société|entreprise|raison sociale|nom entreprise|nom de lentreprise|nom de la societe"
    "|virksomhed|virksomhedsnavn|unternehmen|unternehmensname|betrieb|razon social"
    "|razón social|nombre comercial|denominacion social|legal name|trade name|trading name"
    "|corporate name|account name|legal entity|institution|enterprise|dba|selskab"
    "|selskabsnavn",
    "contact": "contact|contact name|contact person|primary contact|secondary contact"
    "|main contact|kontakt|kontaktperson|kontaktnavn|kontaktname|ansprechpartner"
    "|ansprechperson|referente|nome contatto|persona di contatto|contatto|contato"
    "|pessoa de contato|pessoa de contacto|nome do contato|contacto|persona de contacto"
    "|nombre de contacto|personne de contact|nom du contact|nom contact|interlocuteur|att"
    "|attn|attention|c o|care of|zu handen|zhd|z hd|director|executive director"
    "|managing director|manager|principal|president|ceo|chief executive|owner|owner name"
    "|proprietor|ejer|inhaber|geschaftsfuhrer|titolare|proprietario|dueno|gerant"
    "|representative|legal representative|agent|responsible",
    "maker": "author|authors|author name|authors name|artist|artist name|singer|band|composer"
    "|writer|editor|editors|manufacturer|maker|vendor brand|publisher|brewery|brewery name"
    "|brew factory name|producer|supplier brand|hersteller|produttore|fabricante|fabricant"
    "|autore|autori|autor|autores|auteur|auteurs|forfatter|album|album name|venue|journal"
    "|booktitle|book title|series|conference|label|actors|actor|cast|starring|venue name",
    "thing": "song|song name|song title|track|track name|track title|product|product name"
    "|product title|productname|item|item name|article|beer|beer name|wine|movie|movie title"
    "|movie name|film|game|book|book name|paper|paper title|publication|prodotto|producto"
    "|produto|produit|produkt|vare|artikel|recipe|dish|model|model name",
    "party": "customer|customer name|client|client name|kunde|kundenavn|kundenname"
    "|kunden name|klient|klientnavn|mandantenname|cliente|nome cliente|nome do cliente"
    "|nombre del cliente|nombre cliente|nom du client|nom client|account|acct name|party"
    "|vendor|vendor name|supplier|supplier name|leverandor|leverandør|lieferant"
    "|lieferantenname|fornitore|fornecedor|proveedor|fournisseur|patient|patient name|member"
    "|member name|student|student name|employee|employee name|donor|donor name|payee|payer"
    "|debtor|creditor|guest|tenant|beneficiary|applicant|deltager|medlem|mitglied",
    "name": "name|names|full name|fullname|display name|displayname|complete name|navn"
    "|fulde navn|vist navn|nome|nome completo|nominativo|nome visualizzato|nome de exibicao"
    "|denominazione|nom|nom complet|nom daffichage|denomination|nombre|nombre completo"
    "|nombre para mostrar|denominacion|denominacao|anzeigename|vollstandiger name"
    "|vollständiger name|bezeichnung|benaevnelse|facility|store|shop|restaurant|hotel|school"
    "|hospital|organisation display|site name|person|individual|subscriber",
    "geo": "latitude|longitude|lat|lon|lng|long|latitudine|longitudine|latitud|longitud"
    "|laengengrad|breitengrad|bredegrad|langdegrad|coordinates|geo|easting|northing|x coord"
    "|y coord|abv|ibu|height|weight",
}
# an address of one sort is preferred to one of another: the first that is there
PLACES: dict[str, str] = {
    "": "main|primary|current|residential|postal|mailing|hoved|haupt|principal|principale"
    "|resident|visiting",
    "billing": "billing|bill|invoice|invoicing|faktura|fakturerings|faktureres|fakturering"
    "|rechnungs|rechnung|fatturazione|fatturare|fattura|facturation|facturacion|facturar"
    "|facturer|facture|factura|fiscal|fiscale|cobranca|cobrança|cobrar|fatura|faturacao"
    "|faturamento|legal|registered|legale|headquarters|hq|statutory",
    "business": "business|work|office|arbejde|kontor|geschaftlich"
    "|geschäftlich|arbeit|buro|lavoro|ufficio|trabajo|oficina|trabalho|escritorio|travail"
    "|bureau|bus|erhverv|dienstlich",
    "home": "home|private|privat|hjem|casa|domicile|personal|personale"
    "|particular|prive|residencial|heim",
    "shipping": "shipping|ship|shipto|delivery|deliver|levering|leverings|lev|liefer|lieferung"
    "|lieferungs|versand|spedizione|consegna|entrega|envio|livraison|expedition|consignee"
    "|destinazione|warehouse|operativa",
    "other": "other|alternate|alternative|alt|secondary|former|previous|old|prior|past"
    "|vacation|temporary|summer|tidligere|fruhere|precedente|anterior|ancien|ancienne|anden"
    "|andet|altro|altra|otro|otra|outro|outra|autre|andere|sonstige",
}
# fmt: on
