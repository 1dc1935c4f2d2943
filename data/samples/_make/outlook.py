"""The Outlook contacts of the firm: clients, friends, senders, and who is to be ignored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from _make.rows import other_style

if TYPE_CHECKING:
    from _make.entities import Entity
    from _make.world import World

HEADINGS = tuple(  # the 92 of the classic program, in its order
    (
        "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,"
        "Business Street,Business Street 2,Business Street 3,Business City,Business State,"
        "Business Postal Code,Business Country/Region,Home Street,Home Street 2,"
        "Home Street 3,Home City,Home State,Home Postal Code,Home Country/Region,"
        "Other Street,Other Street 2,Other Street 3,Other City,Other State,"
        "Other Postal Code,Other Country/Region,Assistant's Phone,Business Fax,"
        "Business Phone,Business Phone 2,Callback,Car Phone,Company Main Phone,Home Fax,"
        "Home Phone,Home Phone 2,ISDN,Mobile Phone,Other Fax,Other Phone,Pager,"
        "Primary Phone,Radio Phone,TTY/TDD Phone,Telex,Account,Anniversary,Assistant's Name,"
        "Billing Information,Birthday,Business Address PO Box,Categories,Children,"
        "Directory Server,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,"
        "E-mail 2 Type,E-mail 2 Display Name,E-mail 3 Address,E-mail 3 Type,"
        "E-mail 3 Display Name,Gender,Government ID Number,Hobby,Home Address PO Box,"
        "Initials,Internet Free Busy,Keywords,Language,Location,Manager's Name,Mileage,"
        "Notes,Office Location,Organizational ID Number,Other Address PO Box,Priority,"
        "Private,Profession,Referred By,Sensitivity,Spouse,User 1,User 2,User 3,User 4,"
        "Web Page"
    ).split(",")
)
IGNORE = ("QB Ignore", "Family;QB Ignore", "QB Ignore;Personal", "Friends;QB Ignore")


@dataclass(slots=True)
class Contact:
    """One line of the contacts."""

    cells: dict[str, str]
    entity: str  # a client's or a stranger's key; "" for somebody in no other file
    note: str = ""
    line: int = 0


def contacts(world: World) -> list[Contact]:
    """Draw the contacts, in the order of the address book: by name."""
    rng, plan = world.rng, world.plan
    found = [
        _contact(world, s.who, s.key, IGNORE[n % 4], note="ignored")
        for n, s in enumerate(x for x in world.strangers if x.evidence.startswith("Outlook"))
    ]
    found += [
        _contact(world, s.who, s.key, note=s.kind)
        for s in world.strangers
        if s.kind in {"staff", "newsletter"} or (s.kind == "vendor" and s.evidence != "none")
    ][: plan.contacts // 6]
    for key in world.roles["shares its name with an ignored contact"]:
        found.append(_name_only(world, world.entities[key], key))
    found += [_veto(world, key) for key in _vetoed(world)]
    clients = [k for k in world.entities if world.entities[k].email]
    wanted = (plan.contacts - len(found)) * 3 // 4
    keys = rng.sample([k for k in clients if k not in {c.entity for c in found}], wanted)
    found += [
        _contact(world, world.entities[k], k, rng.choice(("", "", "Clients"))) for k in keys
    ]
    while len(found) < plan.contacts:  # people of no other file
        private = rng.random() < 0.5
        one = world.maker.private() if private else world.maker.company()
        category = rng.choice(IGNORE) if private else rng.choice(("", "Suppliers"))
        found.append(_contact(world, one, "", category, note="in no other file"))
    found.sort(key=lambda c: (c.cells["Last Name"].casefold(), c.cells["Company"].casefold()))
    return found


def _vetoed(world: World) -> list[str]:
    """Choose clients somebody marked by mistake; a subscription speaks for them."""
    chosen = [
        k
        for k in world.singles()
        if world.entities[k].email
        and world.entities[k].subscription.startswith("Quick")
        and world.rows_of(k)[0].number  # the others may be renamed or removed
    ]
    world.roles["client marked QB Ignore"] = chosen[-2:]
    return chosen[-2:]


def _veto(world: World, key: str) -> Contact:
    return _contact(
        world, world.entities[key], key, "QB Ignore", note="a client marked by mistake"
    )


def _name_only(world: World, one: Entity, key: str) -> Contact:
    contact = _contact(world, one, "", "QB Ignore", note=f"shares its name with {key}")
    who = one.person or world.maker.person(one.words)
    contact.cells["E-mail Address"] = world.maker.private_email(who)
    contact.cells["Business Phone"] = contact.cells["Mobile Phone"] = ""
    for cell in ("Street", "City", "State", "Postal Code"):
        contact.cells[f"Business {cell}"] = ""
    return contact


def _contact(
    world: World, one: Entity, key: str, category: str = "", *, note: str = ""
) -> Contact:
    rng = world.rng
    given, _, middle = (one.person.given if one.person else "").partition(" ")
    place, phone = one.address, one.phone
    business = place if place and rng.random() < 0.6 else None
    private = "QB Ignore" in category and rng.random() < 0.3
    cells = {
        "First Name": given,
        "Middle Name": middle,
        "Last Name": one.person.family if one.person else "",
        "Company": one.name if one.firm else "",
        "Job Title": rng.choice(("", "Director", "Owner", "Bookkeeper")) if one.firm else "",
        "Business Street": business.street if business else "",
        "Business City": business.city if business else "",
        "Business State": business.region if business else "",
        "Business Postal Code": business.postcode if business else "",
        "Business Country/Region": one.words.country[0] if business else "",
        "Business Phone": other_style(phone, rng) if phone and one.firm else "",
        "Mobile Phone": other_style(phone, rng) if phone and not one.firm else "",
        "Categories": category,
        "E-mail Address": one.email,
        "E-mail Type": "SMTP" if one.email else "",
        "E-mail Display Name": f"{one.name} ({one.email})" if one.email else "",
        "Gender": "Unspecified",
        "Priority": "Normal",
        "Private": "True" if private else "False",
        "Sensitivity": "Private" if private else "Normal",
    }
    return Contact(cells, key, note)
