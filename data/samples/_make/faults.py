"""What goes wrong when somebody types a client in a second time."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from _make.lands import LANDS, Phone, fold

if TYPE_CHECKING:
    from _make.entities import Entity, Maker


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


NameFault = Callable[[str, "Entity", random.Random], str]


def typo(name: str, _one: Entity, rng: random.Random) -> str:
    """Swap, drop, double or mistype a letter inside a long word."""
    words = name.split(" ")
    long = [i for i, w in enumerate(words) if len(w) >= 5 and w.isalpha()]
    if not long:
        return name
    at = rng.choice(long)
    word, spot = words[at], rng.randrange(1, len(words[at]) - 2)
    kind = rng.randrange(4)
    words[at] = (
        word[:spot] + word[spot + 1] + word[spot] + word[spot + 2 :],
        word[:spot] + word[spot + 1 :],
        word[:spot] + word[spot] + word[spot:],
        word[:spot] + rng.choice("aeinrst") + word[spot + 1 :],
    )[kind]
    return " ".join(words)


def swapped(name: str, one: Entity, _rng: random.Random) -> str:
    """Put the family name first."""
    return f"{one.person.family} {one.person.given}" if one.person else name


def last_first(name: str, one: Entity, _rng: random.Random) -> str:
    """Put the family name first, with a comma."""
    return f"{one.person.family}, {one.person.given}" if one.person else name


def form_variant(name: str, one: Entity, rng: random.Random) -> str:
    """Write the legal form another way."""
    others = one.words.forms.get(one.form, ())
    return f"{one.stem} {rng.choice(others)}" if others else name


def form_missing(_name: str, one: Entity, _rng: random.Random) -> str:
    """Leave the legal form out."""
    return one.stem


def accents_lost(name: str, _one: Entity, rng: random.Random) -> str:
    """Take the accents off; a Danish letter as two letters or as one."""
    if rng.random() < 0.5:
        name = name.translate(str.maketrans("øØåÅ", "oOaA"))
    return fold(name)


def accents_question(name: str, _one: Entity, _rng: random.Random) -> str:
    """Write a question mark for every letter an old system did not know."""
    return "".join(c if ord(c) < 128 else "?" for c in name)


def suffix(name: str, _one: Entity, rng: random.Random) -> str:
    """Put the number behind that conversions leave."""
    return name + rng.choice((" 001", " 002", " 2", " (2)", "-1"))


def dot(name: str, _one: Entity, _rng: random.Random) -> str:
    """Put a dot behind, to get past the check for equal names."""
    return name + "."


def joint(name: str, one: Entity, _rng: random.Random) -> str:
    """Write `&` as a word."""
    return name.replace(" & ", f" {one.words.joint} ")


def upper(name: str, _one: Entity, _rng: random.Random) -> str:
    """Write everything large."""
    return name.upper()


def nickname(name: str, one: Entity, _rng: random.Random) -> str:
    """Call the person by the short name."""
    if one.person is None:
        return name
    first, _, rest = one.person.given.partition(" ")
    return f"{one.words.nicknames.get(first, first)} {rest} {one.person.family}".replace(
        "  ", " "
    )


def initial(name: str, one: Entity, _rng: random.Random) -> str:
    """Write the second given name as a letter, or leave it out."""
    if one.person is None or " " not in one.person.given:
        return name
    first, second = one.person.given.split(" ")
    return f"{first} {second[0]}. {one.person.family}"


ANY_NAME: dict[str, NameFault] = {
    "typo": typo,
    "accents lost": accents_lost,
    "accents as ?": accents_question,
    "number behind": suffix,
    "trailing dot": dot,
    "capitals": upper,
}
FIRM_NAME: dict[str, NameFault] = {
    "legal form in another spelling": form_variant,
    "legal form missing": form_missing,
    "& as a word": joint,
} | ANY_NAME
PERSON_NAME: dict[str, NameFault] = {
    "names swapped": swapped,
    "Last, First": last_first,
    "nickname": nickname,
    "second name as initial": initial,
} | ANY_NAME

# Faults that few names can have are drawn more often where they can be.
OFTEN = {
    "nickname": 4,
    "second name as initial": 4,
    "& as a word": 5,
    "accents as ?": 2,
    "accents lost": 2,
    "typo": 2,
}


def _name(row: Row, one: Entity, rng: random.Random) -> list[str]:
    """Spoil the display name until it differs; the contact follows a person's name."""
    pool = FIRM_NAME if one.firm else PERSON_NAME
    made = {what: fault(row.display, one, rng) for what, fault in pool.items()}
    possible = [what for what, name in made.items() if name != row.display]
    what = rng.choices(possible, [OFTEN.get(what, 1) for what in possible])[0]
    spoilt, done = made[what], [what]
    if rng.random() < 0.3:
        more = rng.choice(("typo", "accents lost", "number behind", "capitals"))
        again = ANY_NAME[more](spoilt, one, rng)
        if more != what and again != spoilt:
            spoilt, done = again, [*done, more]
    row.display = spoilt
    return done


def _phone(row: Row, one: Entity, rng: random.Random) -> list[str]:
    if one.phone is None:
        return []
    styles = [s for s in one.words.styles if one.phone.write(s) != row.phone]
    row.phone = one.phone.write(rng.choice(styles))
    return ["phone in another form"]


def _street(row: Row, one: Entity) -> list[str]:
    before = row.street
    for long, short in one.words.short:
        row.street = row.street.replace(long, short)
    return ["street shortened"] if row.street != before else []


LOSSES = {
    "email": "e-mail missing",
    "phone": "phone missing",
    "street": "address missing",
    "moved": "moved",
    "new email": "another e-mail",
    "two emails": "two e-mails in one cell",
    "email typo": "e-mail mistyped",
}


def _lose(row: Row, maker: Maker, rng: random.Random) -> list[str]:
    """Lose or change one way to reach the client; at least two others stay."""
    have = [n for n in ("email", "phone", "street") if getattr(row, n)]
    if len(have) < 2:
        return []
    what = rng.choice((*LOSSES, "email", "phone", "moved"))
    if what in {"new email", "two emails", "email typo"} and row.email:
        row.email = _other_email(row.email, what, maker)
    elif what == "email" and row.email:
        row.email = ""
    elif what == "phone" and row.phone:
        row.phone = ""
    elif what == "street" and row.street:
        row.street = row.city = row.region = row.postcode = ""
    elif what == "moved" and row.street:
        new = maker.address(LANDS[row.land])
        row.street, row.city, row.postcode = new.street, new.city, new.postcode
        row.region = new.region if row.region else ""
    else:
        return []
    return [LOSSES[what]]


def _other_email(email: str, what: str, maker: Maker) -> str:
    """Give another address of the same client, or a mistyped one."""
    local, _, domain = email.partition("@")
    if what == "email typo":
        spot = maker.rng.randrange(1, len(local))
        return f"{local[:spot]}{local[spot - 1]}{local[spot:]}@{domain}"
    more = maker.email(f"{local}.{maker.rng.choice(('ny', 'office', 'privat'))}", domain)
    return f"{email}, {more}" if what == "two emails" else more


def _contact(row: Row, one: Entity, rng: random.Random) -> list[str]:
    """Leave the contact out, or spell it another way too."""
    if not row.contact or rng.random() < 0.5:
        return []
    if rng.random() < 0.5:
        row.contact = ""
        return ["contact missing"]
    how = rng.choice((typo, nickname, initial, last_first, accents_lost))
    before, row.contact = row.contact, how(row.contact, one, rng)
    return ["contact in another spelling"] if row.contact != before else []


def spoil(one: Entity, maker: Maker) -> Row:
    """Give a second line for an entity, with faults; a careful person can still tell."""
    rng = maker.rng
    row = row_of(one, rng)
    faults = _name(row, one, rng)
    if rng.random() < 0.5:
        faults += _phone(row, one, rng)
    if rng.random() < 0.4:
        faults += _street(row, one)
    if rng.random() < 0.55:
        faults += _lose(row, maker, rng)
    faults += _contact(row, one, rng)
    if rng.random() < 0.15 and row.email:
        row.email, faults = row.email.upper(), [*faults, "e-mail in capitals"]
    if rng.random() < 0.4:
        row.tax = ""
    row.subscription = rng.choices(("None", "", one.subscription), (70, 22, 8))[0]
    row.lead = row.lead if rng.random() < 0.5 else ""
    row.client_type = row.client_type if rng.random() < 0.7 else ""
    row.faults = tuple(faults)
    return row


def person_only(one: Entity, maker: Maker) -> Row:
    """Give a second line for a firm under its owner's name, same e-mail and house."""
    row = row_of(one, maker.rng)
    row.display, row.tax, row.client_type = row.contact, "", ""
    row.subscription, row.faults = "None", ("person instead of firm",)
    return row


def other_style(phone: Phone, rng: random.Random) -> str:
    """Write a phone in any of its country's forms."""
    return phone.write(rng.choice(LANDS[phone.land].styles))
