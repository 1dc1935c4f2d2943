"""Google Contacts: its CSV export, the form of 2024 and the one before it.

The English headings are those that many public readers and writers of both forms have. One
reader also takes `E-mail 1 - Valor` and the like: the Spanish and Portuguese headings here
are unconfirmed, of other languages none were found. E-mails, phones, addresses and websites
are numbered as high as the fullest contact needs; what is above `MOST` stays beside the
table. Several values of one label share a cell with ` ::: `, and `* ` marks the label that
counts first: `* Work`, `* myContacts`. Of addresses the first is taken.
"""

from __future__ import annotations

from functools import partial

from custclean.model import SEVERAL
from custclean.systems import Headings, Layout, System
from custclean.tables.joined import FIELD_OF, emails

MOST = 20
NUMBERS = range(1, MOST + 1)
BETWEEN = " ::: "
SINGLE = ("street", "city", "region", "postcode", "country", "website")


def number(cell: str) -> dict[str, str]:
    """Tell by its label what a number is; several of one label are joined.

    >>> number("* Mobile: +1 212 555 0101 ::: +1 212 555 0102")
    {'mobile': '+1 212 555 0101; +1 212 555 0102'}
    >>> number("Work Fax: +1 212 555 0103"), number("+1 212 555 0104")
    ({'fax': '+1 212 555 0103'}, {'phone': '+1 212 555 0104'})
    """
    start, between, others = cell.partition(BETWEEN)
    label, _, value = start.rpartition(": ")
    found = [FIELD_OF.get(word, "phone") for word in label.casefold().split()]
    field = next((each for each in found if each != "phone"), "phone")
    return {field: f"{value}{between}{others}".replace(BETWEEN, SEVERAL)}


def labels(cell: str) -> dict[str, str]:
    """Join the labels of a contact, without the mark.

    >>> labels("Clients ::: * myContacts")
    {'categories': 'Clients; myContacts'}
    """
    names = [name.strip().removeprefix("* ") for name in cell.split(":::")]
    return {"categories": SEVERAL.join(filter(None, names))}


def first(field: str, cell: str) -> dict[str, str]:
    """Give the first of several values of a field that holds one.

    >>> first("city", "Springfield ::: Example Town")
    {'city': 'Springfield'}
    """
    return {field: cell.partition(BETWEEN)[0]}


def _numbered(field: str, **spelled: tuple[str, ...]) -> Headings:
    """Give the headings of a numbered column: "Phone 1 - Value", "Phone 2 - Value" ..."""
    return {
        field.replace("#", str(n)): {
            language: tuple(text.replace("#", str(n)) for text in texts)
            for language, texts in spelled.items()
        }
        for n in NUMBERS
    }


HEADINGS: Headings = {
    "display_name": {"en": ("Name",)},
    "display_name.file": {"en": ("File As",)},
    "title": {"en": ("Name Prefix",)},
    "given_name": {"en": ("First Name", "Given Name"), "es": ("Nombre",), "pt": ("Nome",)},
    "middle_name": {"en": ("Middle Name", "Additional Name"), "es": ("Segundo nombre",)},
    "family_name": {
        "en": ("Last Name", "Family Name"),
        "es": ("Apellidos", "Apellido"),
        "pt": ("Sobrenome",),
    },
    "suffix": {"en": ("Name Suffix",)},
    "company": {"en": ("Organization Name", "Organization 1 - Name")},
    "notes": {"en": ("Notes",), "es": ("Notas",), "pt": ("Notas",)},
    "categories": {
        "en": ("Labels", "Group Membership"),
        "es": ("Etiquetas",),
        "pt": ("Marcadores",),
    },
    **_numbered(
        "email.#",
        en=("E-mail # - Value", "Email # - Value"),
        es=("E-mail # - Valor", "Correo electrónico # - Valor"),
        pt=("E-mail # - Valor",),
    ),
    **_numbered(
        "phone.#",
        en=("Phone # - Value",),
        es=("Teléfono # - Valor",),
        pt=("Telefone # - Valor",),
    ),
    **_numbered(
        "phone.#@label",
        en=("Phone # - Label", "Phone # - Type"),
        es=("Teléfono # - Etiqueta", "Teléfono # - Tipo"),
        pt=("Telefone # - Marcador", "Telefone # - Tipo"),
    ),
    **_numbered("street.#/1", en=("Address # - Street",)),
    **_numbered("street.#/2", en=("Address # - Extended Address",)),
    **_numbered("city.#", en=("Address # - City",)),
    **_numbered("region.#", en=("Address # - Region",)),
    **_numbered("postcode.#", en=("Address # - Postal Code",)),
    **_numbered("country.#", en=("Address # - Country",)),
    **_numbered("website.#", en=("Website # - Value",)),
}

SYSTEM = System(
    name="google-contacts",
    title="Google Contacts",
    layouts=(
        Layout(
            kind="contacts",
            headings=HEADINGS,
            # headings of Google alone: the names of people stand in any list
            required=(
                "given_name",
                "family_name",
                "email.1|phone.1|street.1/1|display_name.file",
            ),
            splits={
                "email": emails,
                "phone": number,
                "categories": labels,
                **{field: partial(first, field) for field in SINGLE},
            },
            between={"categories": BETWEEN},
        ),
    ),
)
