"""Groups of different clients that look alike: what no matching may merge."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from _make.entities import OWN_DOMAIN, PLANS, Entity, Maker
from _make.lands import slug

if TYPE_CHECKING:
    import random

    from _make.plan import Plan

Group = list[Entity]
BOOKKEEPER = "bogholder@tallene.example"


def _tag(members: Group, tag: str) -> Group:
    return [replace(m, tags=(*m.tags, tag)) for m in members]


def owner(maker: Maker, size: int) -> Group:
    """Several companies of one owner: one person, phone and e-mail; often one house."""
    rng = maker.rng
    first = maker.company()
    group, kin = [first], list(first.words.kin)
    while len(group) < size:
        stem = f"{first.stem} {kin.pop(0)}" if kin and rng.random() < 0.5 else ""
        more = maker.company(first.words, who=first.person, stem=stem)
        place = first.address if rng.random() < 0.6 else more.address
        tax = more.tax or (first.words.tax(rng) if rng.random() < 0.5 else "")
        more = replace(more, email=first.email, phone=first.phone, address=place, tax=tax)
        group.append(more)
    return _tag(group, "owner of several companies")


def bookkeeper(maker: Maker, size: int) -> Group:
    """Clients that all gave their bookkeeper's address."""
    group = [replace(maker.company(), email=BOOKKEEPER) for _ in range(size)]
    return _tag(group, "bookkeeper address")


def switchboard(maker: Maker) -> Group:
    """Firms of one office house: one phone, each its own rest."""
    first = maker.company()
    group = [first, *(maker.company(first.words) for _ in range(maker.rng.randrange(3, 6)))]
    return _tag([replace(m, phone=first.phone) for m in group], "shared switchboard")


def household(maker: Maker, *, one_mailbox: bool) -> Group:
    """Two or three of one family: one name, house and phone, other given names."""
    first = maker.private()
    group, given = [first], [first.person.given] if first.person else []
    for _ in range(maker.rng.choice((1, 1, 2))):
        family = first.person.family if first.person else ""
        who = maker.person(first.words, family=family, avoid=given)
        given.append(who.given)
        more = replace(maker.private(first.words, who), phone=first.phone)
        email = first.email if one_mailbox else more.email
        group.append(replace(more, address=first.address, email=email))
    return _tag(group, "household")


def namesakes(maker: Maker) -> Group:
    """Two people of one name in two towns, nothing else shared."""
    first = maker.private()
    more = maker.private(first.words, first.person)
    town = first.address.city if first.address else ""
    more = replace(more, address=maker.address(first.words, not_in=town))
    return _tag([first, more], "namesake")


def namesake_firms(maker: Maker) -> Group:
    """Two firms of one name in two towns, with other people and other tax ids."""
    first = maker.company()
    stem = first.stem
    town = first.address.city if first.address else ""
    more = replace(
        maker.company(first.words, stem=stem),
        form=first.form,
        address=maker.address(first.words, not_in=town),
    )
    taxed = [replace(m, tax=m.tax or m.words.tax(maker.rng)) for m in (first, more)]
    return _tag(taxed, "namesake firm")


def twins(maker: Maker) -> Group:
    """One name in two legal forms, at one address with one phone: two books."""
    first = maker.company()
    forms = first.words.twins
    more = maker.company(first.words, who=first.person, stem=first.stem)
    email = first.email if maker.rng.random() < 0.5 else more.email
    more = replace(more, address=first.address, phone=first.phone, email=email, form=forms[1])
    pair = [replace(first, form=forms[0]), more]
    return _tag(
        [replace(m, tax=m.tax or m.words.tax(maker.rng)) for m in pair], "different legal form"
    )


def director(maker: Maker) -> Group:
    """Give a person who is a client, and the company of that person, another client."""
    company = maker.company()
    own = maker.private(company.words, company.person)
    if maker.rng.random() < 0.5:
        own = replace(own, phone=company.phone)
    plan = maker.rng.choice(PLANS[:3])
    return _tag([company, replace(own, subscription=plan)], "director's own company")


def sole_trader(maker: Maker) -> Group:
    """Give a firm named after its owner, who will be entered again as a person."""
    land = maker.land()
    who = maker.person(land)
    stem = f"{who.family} {maker.rng.choice(land.activities)}"
    return _tag([maker.company(land, who=who, stem=stem)], "sole trader")


def odd_addresses(maker: Maker, count: int) -> Group:
    """Clients whose address looks automatic, or is on the firm's own domain."""
    found = []
    for number in range(count):
        one = maker.company()
        local = ("nyhedsbrev", "noreply", "bogholderi")[number % 3]
        domain = OWN_DOMAIN if local == "bogholderi" else maker.domain(one.stem)
        plan = maker.rng.choice(PLANS)
        found.append(replace(one, email=maker.email(local, domain), subscription=plan))
    return _tag(found, "automatic or own address of a client")


def info_clients(maker: Maker, count: int) -> Group:
    """Clients one reaches under info@ only."""
    found = []
    for _ in range(count):
        one = maker.company()
        email = maker.email("info", f"{slug(one.name)}.example")
        found.append(replace(one, email=email, person=None, phone=None))
    return _tag(found, "info@ client")


def all_groups(maker: Maker, plan: Plan) -> list[Group]:
    """Draw every group of a set."""
    rng: random.Random = maker.rng
    sizes = [2, 2, 3, 2, 3, 4, 2, 3, 6, 2, 5, 2]
    return [
        *(owner(maker, sizes[n % len(sizes)]) for n in range(plan.owners)),
        bookkeeper(maker, plan.bookkeeper),
        *(switchboard(maker) for _ in range(plan.switchboards)),
        *(household(maker, one_mailbox=n % 5 == 0) for n in range(plan.households)),
        *(namesakes(maker) for _ in range(plan.namesakes)),
        *(namesake_firms(maker) for _ in range(plan.namesake_firms)),
        *(twins(maker) for _ in range(plan.twins)),
        *(director(maker) for _ in range(plan.directors)),
        *(sole_trader(maker) for _ in range(plan.person_only)),
        odd_addresses(maker, plan.odd_addresses),
        info_clients(maker, plan.info),
        [maker.thin(maker.private()) for _ in range(rng.randrange(1, 3))],
    ]
