"""Second lines for one client: another hand, other faults, the same client still."""

from __future__ import annotations

from typing import TYPE_CHECKING

from _make.faults import (
    ANY_NAME,
    FIRM_NAME,
    PERSON_NAME,
    accents_lost,
    initial,
    last_first,
    nickname,
    typo,
)
from _make.lands import LANDS
from _make.rows import Row, row_of

if TYPE_CHECKING:
    import random

    from _make.entities import Entity, Maker

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
