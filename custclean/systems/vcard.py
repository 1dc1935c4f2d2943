"""vCard, the card of address books; the columns are those of `tables.vcard`.

vCard 2.1 (Outlook), 3.0 (Apple, Google, Outlook.com) and 4.0 (RFC 6350). `N.family` is a
heading of no other program: it is made from the card, not written by anybody.
"""

from __future__ import annotations

from custclean.systems import Layout, System
from custclean.tables.joined import emails

HEADINGS = {
    "display_name": "FN",
    "family_name": "N.family",
    "given_name": "N.given",
    "middle_name": "N.additional",
    "title": "N.prefix",
    "suffix": "N.suffix",
    "company": "ORG",
    "email": "EMAIL",
    "phone": "TEL",
    "phone.work": "TEL.work",
    "phone.home": "TEL.home",
    "mobile": "TEL.cell",
    "fax": "TEL.fax",
    "website": "URL",
    "street/1": "ADR.pobox",
    "street/2": "ADR.extended",
    "street/3": "ADR.street",
    "city": "ADR.city",
    "region": "ADR.region",
    "postcode": "ADR.postcode",
    "country": "ADR.country",
    "street.home/1": "ADR.pobox.home",
    "street.home/2": "ADR.extended.home",
    "street.home/3": "ADR.street.home",
    "city.home": "ADR.city.home",
    "region.home": "ADR.region.home",
    "postcode.home": "ADR.postcode.home",
    "country.home": "ADR.country.home",
    "categories": "CATEGORIES",
    "notes": "NOTE",
}

SYSTEM = System(
    name="vcard",
    title="vCard",
    layouts=(
        Layout(
            kind="contacts",
            headings={name: {"en": (heading,)} for name, heading in HEADINGS.items()},
            required=("family_name", "given_name"),
            splits={"email": emails},
        ),
    ),
)
