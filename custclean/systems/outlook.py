"""Outlook's exports as CSV: contacts (classic, new, Gmail's style), calendar, tasks, mail.

Contacts: the English headings as many public readers know them; those of the other languages
are what Exchange's own import of contacts and Roundcube's take for this file. Where the two
differ both are aliases; Spanish and Portuguese files have English headings in between.
Roundcube's German list has region and country swapped: `Region geschäftlich` is the region.

Calendar: en, de, fr, it and pt as public readers and writers of the file name them; tasks: en,
it; mail: en and de (four columns). All other headings of these three, so all Danish and
Spanish ones but Danish `Emne`, `Startdato`, `Starttidspunkt` and `Beskrivelse`, are natural
terms of the product, unconfirmed: read if they occur.

A colleague in Exchange has a path (`/o=.../cn=...`, type EX) where others have an e-mail; it
is none and stays beside the table, as do `Sensitivity` and `Private`, which have no field.
Dates are as the computer of the export writes them, 3/4/2024 may be either: day and time are
joined, never turned.
"""

from __future__ import annotations

from custclean.systems import Headings, Layout, System
from custclean.tables.joined import emails, nothing

# fmt: off
PERSON: Headings = {
    "title": {"en": ("Title",), "it": ("Titolo",), "pt": ("Tratamento", "Título"),
        "fr": ("Titre",), "es": ("Título",), "da": ("Titel",), "de": ("Anrede",)},
    "given_name": {"en": ("First Name",), "it": ("Nome",), "pt": ("Primeiro nome",),
        "fr": ("Prénom",), "es": ("Nombre",), "da": ("Fornavn",), "de": ("Vorname",)},
    "middle_name": {"en": ("Middle Name",), "it": ("Secondo nome",),
        "pt": ("Segundo nome", "Nome do meio"), "fr": ("Deuxième prénom",),
        "es": ("Segundo nombre",), "da": ("Mellemnavn",), "de": ("Weitere Vornamen",)},
    "family_name": {"en": ("Last Name",), "it": ("Cognome",),
        "pt": ("Sobrenome", "Último nome"), "fr": ("Nom",), "es": ("Apellidos",),
        "da": ("Efternavn",), "de": ("Nachname",)},
    "suffix": {"en": ("Suffix",), "it": ("Titolo straniero", "Suffisso"), "pt": ("Sufixo",),
        "fr": ("Suffixe",), "es": ("Sufijo",), "da": ("Suffiks",), "de": ("Suffix",)},
    "company": {"en": ("Company",), "it": ("Società",), "pt": ("Empresa",),
        "fr": ("Société",), "es": ("Organización", "Compañía"), "da": ("Firma",),
        "de": ("Firma",)},
    "email": {"en": ("E-mail Address", "Email Address", "E-mail 1 Address"),
        "it": ("Indirizzo posta elettronica", "Indirizzo di posta elettronica",
            "Indirizzo E-mail"),
        "pt": ("Endereço de email", "Endereço de E-mail"),
        "fr": ("Adresse de messagerie", "Adresse de courrier"),
        "es": ("Dirección de correo electrónico",), "da": ("E-mail-adresse",),
        "de": ("E-Mail-Adresse", "E-Mail: Adresse")},
    "email.2": {"en": ("E-mail 2 Address", "Email 2 Address"),
        "it": ("Indirizzo posta elettronica 2", "Indirizzo E-mail 2"),
        "pt": ("Endereço de email 2", "Endereço de E-mail 2"),
        "fr": ("Adresse de messagerie 2", "Adresse de courrier 2"),
        "es": ("Dirección de correo electrónico 2", "Dirección del correo electrónico 2"),
        "da": ("E-mail 2-adresse",), "de": ("E-Mail 2: Adresse",)},
    "email.3": {"en": ("E-mail 3 Address", "Email 3 Address"),
        "it": ("Indirizzo posta elettronica 3", "Indirizzo E-mail 3"),
        "pt": ("Endereço de email 3", "Endereço de E-mail 3"),
        "fr": ("Adresse de messagerie 3", "Adresse de courrier 3"),
        "es": ("Dirección del correo electrónico 3", "Dirección de correo electrónico 3"),
        "da": ("E-mail 3-adresse",), "de": ("E-Mail 3: Adresse",)},
}
PHONES: Headings = {
    "phone": {"en": ("Business Phone",),
        "it": ("Ufficio", "Telefono di Lavoro", "Telefono (uff.)"),
        "pt": ("Telefone comercial", "Fone comercial"), "fr": ("Téléphone (bureau)",),
        "es": ("Teléfono del trabajo",), "da": ("Telefon (arbejde)",),
        "de": ("Telefon geschäftlich",)},
    "phone.2": {"en": ("Business Phone 2",), "it": ("Ufficio 2", "Telefono di Lavoro 2"),
        "pt": ("Telefone comercial 2", "Fone comercial 2"), "fr": ("Téléphone 2 (bureau)",),
        "es": ("Teléfono del trabajo 2",), "da": ("Telefon 2 (arbejde)",),
        "de": ("Telefon geschäftlich 2",)},
    "phone.primary": {"en": ("Primary Phone",), "it": ("Telefono principale",),
        "pt": ("Telefone principal", "Fone Primario"), "fr": ("Téléphone principal",),
        "es": ("Teléfono principal",), "da": ("Primær telefon",), "de": ("Haupttelefon",)},
    "phone.company": {"en": ("Company Main Phone",), "it": ("Telefono principale società",),
        "pt": ("Telefone principal da empresa",), "fr": ("Téléphone société",),
        "es": ("Número de centralita de la organización",),
        "da": ("Primær telefon (firma)",), "de": ("Telefon Firma",)},
    "phone.home": {"en": ("Home Phone",),
        "it": ("Abitazione", "Telefono abitazione", "Telefono di casa"),
        "pt": ("Telefone residencial", "Fone de casa"), "fr": ("Téléphone (domicile)",),
        "es": ("Particular", "Teléfono particular"), "da": ("Telefon (privat)",),
        "de": ("Telefon privat", "Telefon (privat)")},
    "phone.home2": {"en": ("Home Phone 2",), "it": ("Abitazione 2", "Telefono di casa 2"),
        "pt": ("Telefone residencial 2", "Fone de casa 2"), "fr": ("Téléphone 2 (domicile)",),
        "es": ("Particular 2", "Teléfono particular 2"), "da": ("Telefon 2 (privat)",),
        "de": ("Telefon privat 2",)},
    "phone.other": {"en": ("Other Phone",), "it": ("Altro telefono",),
        "pt": ("Outro telefone", "Outro Fone"), "fr": ("Téléphone (autre)",),
        "es": ("Otro teléfono",), "da": ("Anden telefon",), "de": ("Weiteres Telefon",)},
    "phone.car": {"en": ("Car Phone",), "it": ("Telefono auto", "Telefono dell'Auto"),
        "pt": ("Telefone do carro", "Fone do carro"), "fr": ("Téléphone (voiture)",),
        "es": ("Teléfono del coche",), "da": ("Biltelefon",), "de": ("Autotelefon",)},
    "mobile": {"en": ("Mobile Phone",), "it": ("Cellulare", "Telefono Mobile"),
        "pt": ("Telefone celular", "Celular"), "fr": ("Tél. mobile", "Téléphone mobile"),
        "es": ("Móvil", "Teléfono móvil"), "da": ("Mobiltelefon",), "de": ("Mobiltelefon",)},
    "mobile.2": {"en": ("Mobile Phone 2",), "de": ("Mobiltelefon 2",)},
    "fax": {"en": ("Business Fax",), "it": ("Fax (uff.)", "Fax di Lavoro"),
        "pt": ("Fax comercial",), "fr": ("Télécopie (bureau)",), "es": ("Fax del trabajo",),
        "da": ("Fax (arbejde)",), "de": ("Fax geschäftlich",)},
    "fax.home": {"en": ("Home Fax",), "it": ("Fax (ab.)", "Fax di casa"),
        "pt": ("Fax residencial", "Fax de casa"), "fr": ("Télécopie (domicile)",),
        "es": ("Fax particular",), "da": ("Fax (privat)",), "de": ("Fax privat",)},
    "fax.other": {"en": ("Other Fax",), "it": ("Altro fax", "Fax Altro"),
        "pt": ("Outro fax",), "fr": ("Télécopie (autre)",), "es": ("Otro fax",),
        "da": ("Anden fax",), "de": ("Weiteres Fax",)},
}
WORK: Headings = {
    "street": {"en": ("Business Street",), "it": ("Via (uff.)", "Indirizzo di lavoro"),
        "pt": ("Rua do endereço comercial", "Rua comercial"), "fr": ("Rue (bureau)",),
        "es": ("Calle del trabajo",), "da": ("Gade (arbejde)", "Gade (firma)"),
        "de": ("Straße geschäftlich",)},
    "street/2": {"en": ("Business Street 2",), "it": ("Via (uff.) 2",),
        "pt": ("Rua do endereço comercial 2",), "fr": ("Rue (bureau) 2",),
        "es": ("Calle del trabajo 2",), "da": ("Gade 2 (firma)", "Gade 2 (arbejde)"),
        "de": ("Straße geschäftlich 2",)},
    "street/3": {"en": ("Business Street 3",), "it": ("Via (uff.) 3",),
        "pt": ("Rua do endereço comercial 3",), "fr": ("Rue (bureau) 3",),
        "es": ("Calle del trabajo 3",), "da": ("Gade 3 (firma)", "Gade 3 (arbejde)"),
        "de": ("Straße geschäftlich 3",)},
    "city": {"en": ("Business City",), "it": ("Città (uff.)", "Città di lavoro"),
        "pt": ("Cidade do endereço comercial", "Cidade comercial"), "fr": ("Ville (bureau)",),
        "es": ("Ciudad de trabajo", "Ciudad del trabajo"), "da": ("By (arbejde)",),
        "de": ("Ort geschäftlich",)},
    "region": {"en": ("Business State",),
        "it": ("Provincia (uff.)", "Provincia di lavoro"),
        "pt": ("Estado comercial", "Estado do endereço comercial"),
        "fr": ("Dép/Région (bureau)",),
        "es": ("Provincia o estado de trabajo", "Provincia o estado del trabajo"),
        "da": ("Område (arbejde)",),
        "de": ("Region geschäftlich", "Bundesland/Kanton geschäftlich")},
    "postcode": {"en": ("Business Postal Code",), "it": ("CAP (uff.)", "CAP di lavoro"),
        "pt": ("CEP do endereço comercial", "Código postal comercial"),
        "fr": ("Code postal (bureau)",), "es": ("Código postal del trabajo",),
        "da": ("Postnummer (arbejde)",), "de": ("Postleitzahl geschäftlich",)},
    "country": {"en": ("Business Country/Region", "Business Country"),
        "it": ("Paese (uff.)", "Nazione/Regione di lavoro"),
        "pt": ("País/Região da Empresa", "Região/País comercial", "País/Região comercial"),
        "fr": ("Pays/Région (bureau)", "Pays (bureau)"), "es": ("País o región del trabajo",),
        "da": ("Land/område (arbejde)",),
        "de": ("Land/Region geschäftlich", "Land geschäftlich")},
}
HOME: Headings = {
    "street.home/1": {"en": ("Home Street",), "it": ("Via (ab.)", "Indirizzo di casa"),
        "pt": ("Endereço residencial", "Rua de casa"), "fr": ("Rue (domicile)",),
        "es": ("Calle del domicilio",), "da": ("Gade (privat)",), "de": ("Straße privat",)},
    "street.home/2": {"en": ("Home Street 2",), "it": ("Via (ab.) 2",),
        "pt": ("Endereço residencial 2",), "fr": ("Rue (domicile) 2",),
        "es": ("Calle del domicilio 2",), "da": ("Gade 2 (privat)",),
        "de": ("Straße privat 2",)},
    "street.home/3": {"en": ("Home Street 3",), "it": ("Via (ab.) 3",),
        "pt": ("Endereço residencial 3",), "fr": ("Rue (domicile) 3",),
        "es": ("Calle del domicilio 3",), "da": ("Gade 3 (privat)",),
        "de": ("Straße privat 3",)},
    "city.home": {"en": ("Home City",), "it": ("Città (ab.)", "Città di residenza"),
        "pt": ("Cidade do endereço residencial", "Cidade de casa"),
        "fr": ("Ville (domicile)",), "es": ("Ciudad del domicilio",), "da": ("By (privat)",),
        "de": ("Ort privat",)},
    "region.home": {"en": ("Home State",), "it": ("Provincia (ab.)", "Provincia di residenza"),
        "pt": ("Estado", "Estado de casa"), "fr": ("Dép/Région (domicile)",),
        "es": ("Provincia o estado del domicilio",), "da": ("Område (privat)",),
        "de": ("Bundesland/Kanton privat", "Region privat")},
    "postcode.home": {"en": ("Home Postal Code",), "it": ("CAP (ab.)", "CAP di casa"),
        "pt": ("CEP do endereço residencial", "Código Postal de casa"),
        "fr": ("Code postal (domicile)",), "es": ("Código postal del domicilio",),
        "da": ("Postnummer (privat)",), "de": ("Postleitzahl privat",)},
    "country.home": {"en": ("Home Country/Region", "Home Country"),
        "it": ("Paese (ab.)", "Nazione/Regione di casa"),
        "pt": ("País/Região de Residência", "Região/País de casa"),
        "fr": ("Pays/Région (domicile)", "Pays (domicile)"),
        "es": ("País o región del domicilio",), "da": ("Land/område (privat)",),
        "de": ("Land/Region privat", "Land privat")},
}
OTHER: Headings = {
    "street.other/1": {"en": ("Other Street",), "it": ("Altra via", "Via Altro"),
        "pt": ("Outro endereço", "Outra Rua"), "fr": ("Rue (autre)",), "es": ("Otra calle",),
        "da": ("Anden gade",), "de": ("Weitere Straße",)},
    "street.other/2": {"en": ("Other Street 2",), "it": ("Altra via 2",),
        "pt": ("Outro endereço 2",), "fr": ("Rue (autre) 2",), "es": ("Otra calle 2",),
        "da": ("Anden gade 2",), "de": ("Weitere Straße 2",)},
    "street.other/3": {"en": ("Other Street 3",), "it": ("Altra via 3",),
        "pt": ("Outro endereço 3",), "fr": ("Rue (autre) 3",), "es": ("Otra calle 3",),
        "da": ("Anden gade 3",), "de": ("Weitere Straße 3",)},
    "city.other": {"en": ("Other City",), "it": ("Altra città", "Città Altro"),
        "pt": ("Cidade", "Outra cidade"), "fr": ("Ville (autre)",), "es": ("Otra ciudad",),
        "da": ("Anden by",), "de": ("Weiterer Ort",)},
    "region.other": {"en": ("Other State",), "it": ("Altra provincia", "Stato Altro"),
        "pt": ("Outro Estado",), "fr": ("Dép/Région (autre)",),
        "es": ("Otra provincia o estado",), "da": ("Andet område",),
        "de": ("Weiteres/r Bundesland/Kanton", "Weitere Region")},
    "postcode.other": {"en": ("Other Postal Code",), "it": ("Altro CAP", "CAP Postale Altro"),
        "pt": ("CEP", "Outro Código Postal"), "fr": ("Code postal (autre)",),
        "es": ("Otro código postal",), "da": ("Andet postnummer",),
        "de": ("Weitere Postleitzahl",)},
    "country.other": {"en": ("Other Country/Region", "Other Country"),
        "it": ("Altro paese", "Nazione/Regione Altro"), "pt": ("Outro País/Região",),
        "fr": ("Pays/Région (autre)",), "es": ("Otro país o región",),
        "da": ("Andet land/område",), "de": ("Weiteres/e Land/Region", "Weiteres Land")},
}
REST: Headings = {
    "website": {"en": ("Web Page",), "it": ("Pagina Web",),
        "pt": ("Página da Web", "Página Web"), "fr": ("Page Web",), "es": ("Página web",),
        "da": ("Webside",), "de": ("Webseite",)},
    "website.own": {"en": ("Personal Web Page",)},
    # elsewhere a person's number with the state, which is no business of ours
    "tax_id": {"it": ("Cod. Fisc./P. IVA",), "da": ("Se-nr.",)},
    "categories": {"en": ("Categories",), "it": ("Categorie",), "pt": ("Categorias",),
        "fr": ("Catégories",), "es": ("Categorías",), "da": ("Kategorier",),
        "de": ("Kategorien",)},
    # fills no field; known so that Portuguese `Particular` is no Spanish phone at home
    "private": {"en": ("Private",), "it": ("Privato",), "pt": ("Particular",),
        "fr": ("Privé",), "es": ("Privado",), "da": ("Privat",), "de": ("Privat",)},
    "notes": {"en": ("Notes",), "it": ("Note",), "pt": ("Anotações", "Notas"),
        "fr": ("Notes",), "es": ("Notas",), "da": ("Notater",), "de": ("Notizen",)},
}
SUBJECT = {"en": ("Subject",), "it": ("Oggetto",), "pt": ("Assunto",), "fr": ("Objet",),
    "es": ("Asunto",), "da": ("Emne",), "de": ("Betreff",)}
CALENDAR: Headings = {
    # French has one heading twice: the second is the time
    "when.start/1": {"en": ("Start Date",), "it": ("Data di inizio", "Data inizio"),
        "pt": ("Data de início",), "fr": ("Début", "Date de début"),
        "es": ("Fecha de comienzo", "Fecha de inicio"), "da": ("Startdato",),
        "de": ("Beginnt am",)},
    "when.start/2": {"en": ("Start Time",), "it": ("Ora di inizio", "Ora inizio"),
        "pt": ("Hora de início",), "fr": ("Heure de début",),
        "es": ("Comienzo", "Hora de inicio", "Hora de comienzo"),
        "da": ("Starttidspunkt", "Startklokkeslæt"), "de": ("Beginnt um",)},
    "who": {"en": ("Meeting Organizer",),
        "it": ("Organizzatore riunione", "Organizzatore della riunione"),
        "pt": ("Organizador da reunião",),
        "fr": ("Organisateur d'une réunion", "Organisateur de la réunion"),
        "es": ("Organizador de la reunión",), "da": ("Mødearrangør", "Mødeindkalder"),
        "de": ("Besprechungsplanung", "Besprechungsorganisator")},
    "who.required": {"en": ("Required Attendees",),
        "it": ("Partecipanti necessari", "Partecipanti obbligatori"),
        "pt": ("Participantes necessários", "Participantes obrigatórios"),
        "fr": ("Participants obligatoires",),
        "es": ("Asistentes necesarios", "Asistentes obligatorios"),
        "da": ("Nødvendige deltagere", "Påkrævede deltagere"),
        "de": ("Erforderliche Teilnehmer",)},
    "who.optional": {"en": ("Optional Attendees",), "it": ("Partecipanti facoltativi",),
        "pt": ("Participantes opcionais",), "fr": ("Participants facultatifs",),
        "es": ("Asistentes opcionales",), "da": ("Valgfrie deltagere",),
        "de": ("Optionale Teilnehmer",)},
    "subject": SUBJECT,
    "body": {"en": ("Description",), "it": ("Descrizione",), "pt": ("Descrição",),
        "fr": ("Description",), "es": ("Descripción",), "da": ("Beskrivelse",),
        "de": ("Beschreibung",)},
}
TASKS: Headings = {
    "when": {"en": ("Due Date",), "it": ("Scadenza",),
        "pt": ("Data de conclusão", "Data de vencimento"),
        "fr": ("Échéance", "Date d'échéance"), "es": ("Fecha de vencimiento", "Vencimiento"),
        "da": ("Forfaldsdato",), "de": ("Fällig am", "Fälligkeitsdatum")},
    "when.start": CALENDAR["when.start/1"],
    "who": {"en": ("Contacts",), "it": ("Contatti",), "pt": ("Contatos",),
        "fr": ("Contacts",), "es": ("Contactos",), "da": ("Kontakter", "Kontaktpersoner"),
        "de": ("Kontakte",)},
    "who.company": {"en": ("Companies",), "it": ("Società",), "pt": ("Empresas",),
        "fr": ("Sociétés",), "es": ("Organizaciones", "Compañías"), "da": ("Firmaer",),
        "de": ("Firmen",)},
    "subject": SUBJECT,
    "status": {"en": ("Status",), "it": ("Stato",), "pt": ("Status",),
        "fr": ("État", "Statut"), "es": ("Estado",), "da": ("Status",), "de": ("Status",)},
    "body": {**REST["notes"], "it": ("Note", "Notes")},
}
MAIL: Headings = {
    "who": {"en": ("From: (Address)",), "it": ("Da: (Indirizzo)",), "pt": ("De: (Endereço)",),
        "fr": ("De: (Adresse)", "De : (Adresse)"), "es": ("De: (Dirección)",),
        "da": ("Fra: (Adresse)",), "de": ("Von: (Adresse)",)},
    "who.to": {"en": ("To: (Address)",), "it": ("A: (Indirizzo)",),
        "pt": ("Para: (Endereço)",), "fr": ("À: (Adresse)", "À : (Adresse)"),
        "es": ("Para: (Dirección)",), "da": ("Til: (Adresse)",), "de": ("An: (Adresse)",)},
    "who.copy": {"en": ("CC: (Address)",), "it": ("Cc: (Indirizzo)",),
        "pt": ("Cc: (Endereço)",), "fr": ("Cc: (Adresse)", "Cc : (Adresse)"),
        "es": ("CC: (Dirección)",), "da": ("Cc: (Adresse)",), "de": ("CC: (Adresse)",)},
    "who.blind": {"en": ("BCC: (Address)",), "it": ("Ccn: (Indirizzo)",),
        "pt": ("Cco: (Endereço)",), "fr": ("Cci: (Adresse)", "Cci : (Adresse)"),
        "es": ("CCO: (Dirección)",), "da": ("Bcc: (Adresse)",), "de": ("BCC: (Adresse)",)},
    "subject": SUBJECT,
    "body": {"en": ("Body",), "it": ("Corpo", "Testo"), "pt": ("Corpo",), "fr": ("Corps",),
        "es": ("Cuerpo",), "da": ("Brødtekst", "Tekst"), "de": ("Text", "Nachrichtentext")},
}
SEVERAL_EMAILS = {name: texts for name, texts in PERSON.items() if name.startswith("email.")}
SEVERAL_PHONES = {name: texts for name, texts in PHONES.items() if name != "mobile"}
MEETING = {name: texts for name, texts in CALENDAR.items() if name.startswith("who")}
# What is of Outlook alone. First columns that fill no field, then those of three addresses
# and many phones; `EVERYDAY` are the words among them that anybody writes.
CONTACT_OWN = (
    "E-mail Type", "E-mail Display Name", "Internet Free Busy", "Directory Server",
    "Tipo posta elettronica", "Nome visualizzato posta elettronica", "Disponibilità Internet",
    "Tipo de email", "Nome para exibição do email", "Disponibilidade da Internet",
    "Type de messagerie", "Nom complet de l'adresse de messagerie", "Disponibilité Internet",
    "Nombre de pantalla de correo electrónico", "Servidor de directorio",
    "E-mail-type", "E-mail-vist navn", "Ledig/optaget via internettet",
    "E-Mail-Typ", "E-Mail: Angezeigter Name", "Internet-Frei/Gebucht",
)
EVERYDAY = {"Home Phone", "Other Phone", "Primary Phone", "Ufficio", "Abitazione",
    "Telefono principale", "Telefono abitazione", "Telefone comercial",
    "Telefone principal", "Telefone residencial", "Téléphone principal", "Particular",
    "Teléfono particular", "Teléfono principal", "Otro teléfono", "Anden telefon",
    "Telefon privat", "Haupttelefon", "Estado", "Cidade", "CEP", "Altro telefono",
    "Outro telefone"}
CALENDAR_OWN = (
    "Reminder on/off", "Meeting Resources", "Show time as",
    "Promemoria attivato/disattivato", "Risorse riunione", "Mostra orario come",
    "Lembrete ativado/desativado", "Recursos da reunião", "Mostrar horário como",
    "Rappel actif/inactif", "Ressources de la réunion", "Afficher la disponibilité",
    "Recordatorio activado/desactivado", "Recursos de la reunión", "Mostrar hora como",
    "Påmindelse til/fra", "Møderessourcer", "Vis tidspunkt som",
    "Erinnerung Ein/Aus", "Besprechungsressourcen", "Zeitspanne zeigen als",
)
TASKS_OWN = (  # of no other language but English and Italian was a file seen
    "Reminder On/Off", "% Complete", "Total Work", "Actual Work", "Schedule+ Priority",
    "Promemoria attivato/disattivato", "% completamento", "Lavoro stimato",
    "Lavoro effettivo", "Priorità Schedule+",
    "Lembrete ativado/desativado", "% concluída", "Trabalho total", "Trabalho real",
    "Rappel actif/inactif", "% achevé", "Travail total", "Travail réel",
    "Recordatorio activado/desactivado", "% completado", "Trabajo total", "Trabajo real",
    "Påmindelse til/fra", "% fuldført", "Samlet arbejde", "Faktisk arbejde",
    "Erinnerung Ein/Aus", "% erledigt", "Gesamtaufwand", "Ist-Aufwand",
)


def _texts(*fields: Headings) -> tuple[str, ...]:
    """Give every spelling of these fields."""
    found = (text for each in fields for texts in each.values() for t in texts.values()
        for text in t)
    return tuple(text for text in found if text not in EVERYDAY)


# fmt: on
ACTIVITY = ("when", "who", "subject", "body")

SYSTEM = System(
    name="outlook",
    title="Outlook",
    layouts=(
        Layout(
            kind="contacts",
            headings={**PERSON, **PHONES, **WORK, **HOME, **OTHER, **REST},
            required=("email", "given_name", "family_name"),
            own=(*CONTACT_OWN, *_texts(SEVERAL_EMAILS, SEVERAL_PHONES, WORK, HOME, OTHER)),
            identifying=("company", "given_name", "middle_name", "family_name", "email"),
            splits={"private": nothing, "email": emails},
            between={"categories": ";"},
        ),
        Layout(
            kind="activities",
            headings=CALENDAR,
            required=("subject", "when.start/1", "when.start/2"),
            own=(*CALENDAR_OWN, *_texts(MEETING)),
            identifying=ACTIVITY,
            values={"kind": "appointment"},
        ),
        Layout(
            kind="activities",
            headings=TASKS,
            required=("subject", "when", "status"),
            own=TASKS_OWN,
            identifying=ACTIVITY,
            values={"kind": "todo"},
        ),
        Layout(
            kind="activities",
            headings=MAIL,
            required=("subject", "body", "who|who.to"),
            identifying=ACTIVITY,
            values={"kind": "mail"},
        ),
    ),
)
