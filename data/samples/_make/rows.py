"""A line of the client list before it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from _make.lands import LANDS, Phone

if TYPE_CHECKING:
    import random

    from _make.entities import Entity


@dataclass(slots=True)
class Row:
    """One line of the client list before it is written, with its truth."""

    entity: str
    land: str
    display: str
    contact: str = ""
    email: str = ""
    phone: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    tax: str = ""
    client_type: str = ""
    lead: str = ""
    subscription: str = ""
    number: str = ""
    company_id: str = ""
    created: str = ""
    kind: str = "client"
    evidence: str = ""
    faults: tuple[str, ...] = ()
    line: int = 0


def row_of(one: Entity, rng: random.Random) -> Row:
    """Write an entity down as a careful person does."""
    place = one.address
    return Row(
        entity=one.key,
        land=one.land,
        display=one.name,
        contact=one.person.name if one.person else "",
        email=one.email,
        phone=one.phone.write(rng.choice(one.words.styles[:4])) if one.phone else "",
        street=place.street if place else "",
        city=place.city if place else "",
        region=place.region if place and rng.random() < 0.7 else "",
        postcode=place.postcode if place else "",
        country=rng.choices(one.words.country, (8, *[1] * (len(one.words.country) - 1)))[0],
        tax=_tax(one.tax, one.land, rng),
        client_type=one.client_type,
        lead=one.lead,
        subscription=one.subscription,
    )


def _tax(tax: str, land: str, rng: random.Random) -> str:
    if not tax or land != "da":
        return tax
    return rng.choice((tax, f"DK{tax}", f"DK {tax[:2]} {tax[2:4]} {tax[4:6]} {tax[6:]}"))


def other_style(phone: Phone, rng: random.Random) -> str:
    """Write a phone in any of its country's forms."""
    return phone.write(rng.choice(LANDS[phone.land].styles))
