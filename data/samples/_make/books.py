"""The firm's own QuickBooks company: its customers, its vendors and what it booked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from _make.rows import other_style

if TYPE_CHECKING:
    from _make.entities import Entity
    from _make.strangers import Stranger
    from _make.world import World

FIRST_DAY = date(2026, 1, 2)
LAST_DAY = date(2026, 11, 13)
RECEIVABLE, PAYABLE = "Accounts Receivable (A/R)", "Accounts Payable (A/P)"
BANK, CARD = "Checking 1000", "Business Card 2100"
JOBS = ("Payroll 2026", "Annual report 2025", "Start-up help", "VAT return")
IN_BOTH = (" (V)", "-V", ".", " (vendor)")
# A customer's bookings and a vendor's: type, account, sign, how often.
SOLD = (
    ("Invoice", RECEIVABLE, 1, 8),
    ("Payment", BANK, 1, 7),
    ("Sales Receipt", BANK, 1, 1),
    ("Credit Memo", RECEIVABLE, -1, 1),
)
BOUGHT = (
    ("Bill", PAYABLE, 1, 6),
    ("Bill Payment (Check)", BANK, -1, 4),
    ("Bill Payment (Credit Card)", CARD, -1, 1),
    ("Expense", CARD, 1, 5),
    ("Check", BANK, -1, 2),
    ("Vendor Credit", PAYABLE, -1, 1),
    ("Credit Card Credit", CARD, -1, 1),
    ("Purchase Order", PAYABLE, 1, 1),
)


@dataclass(slots=True)
class Party:
    """A customer or vendor of the firm's own company."""

    name: str
    entity: str  # a client's or a stranger's key; "" for somebody in no other file
    who: Entity
    full_name: str = ""
    balance: str = "0.00"
    note: str = ""
    line: int = 0


@dataclass(slots=True)
class Booking:
    """One line of the transaction list."""

    account: str
    day: date
    kind: str
    number: str
    name: str
    text: str
    cents: int


@dataclass(slots=True)
class Books:
    """All of it."""

    customers: list[Party] = field(default_factory=list)
    vendors: list[Party] = field(default_factory=list)
    bookings: list[Booking] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    def name(self, wanted: str, other: str) -> str:
        """Give a name nobody has yet: one name space for customers and vendors."""
        name = wanted if wanted.casefold() not in self.taken else f"{wanted} ({other})"
        count = 2
        while name.casefold() in self.taken:
            name, count = f"{wanted} ({other} {count})", count + 1
        self.taken.add(name.casefold())
        return name


def keep_books(world: World) -> Books:
    """Make the lists and the bookings of a set."""
    books = Books()
    vendors = _vendors(world)
    for party in vendors:
        party.name = books.name(party.name, "V")
    books.vendors = vendors
    books.customers = _customers(world, books)
    for parties in (books.customers, books.vendors):
        parties.sort(key=lambda p: p.name.casefold())
    _book(world, books)
    return books


def _customers(world: World, books: Books) -> list[Party]:
    rng, roles = world.rng, world.roles
    never = {*roles["never-invoiced client"], *roles["namesake of a vendor"][::2]}
    must = [*roles["customer-vendor"], *roles["refund-only vendor"]]
    must += [*roles["shares its name with an ignored contact"]]
    must += [e.key for e in world.entities.values() if e.email.startswith("noreply")]
    rest = [k for k in world.entities if k not in never and k not in must]
    keys = must + rng.sample(rest, max(0, world.plan.customers - len(must)))
    parties = [_customer(world, books, key) for key in keys]
    several = [k for k in roles["has several lines"] if k in set(rest)][
        : world.plan.customers // 25
    ]
    for key in several:
        for row in [r for r in world.rows_of(key) if r.faults][:1]:
            name = books.name(row.display, world.entities[key].land)
            parties.append(
                Party(name, key, world.entities[key], row.contact, note="second line")
            )
    parties += _sub_customers(world, books, parties)
    letters = [s for s in world.strangers if s.kind in {"newsletter", "no_reply", "ignored"}]
    parties += [
        Party(books.name(s.name, "contact"), s.key, s.who, note=s.kind)
        for s in letters[: world.plan.customers // 20]
    ]
    return parties


def _customer(world: World, books: Books, key: str) -> Party:
    rng, one = world.rng, world.entities[key]
    town = one.address.city if one.address else one.land
    name = books.name(one.name, town)
    if rng.random() < 0.02:
        name = name.replace(" ", rng.choice(("\u00a0", "  ")), 1)
    party = Party(name, key, one, one.person.name if one.person else "")
    if rng.random() < 0.35:
        party.balance = f"{rng.randrange(120, 9000):,}.{rng.choice(('00', '50', '25'))}"
    return party


def _sub_customers(world: World, books: Books, parties: list[Party]) -> list[Party]:
    """Give some customers a job, and some owners' customers a company beneath."""
    rng, found = world.rng, list[Party]()
    plain = [p for p in parties if not p.note and "\u00a0" not in p.name]
    for count, parent in enumerate(rng.sample(plain, world.plan.sub_customers)):
        job = JOBS[count % len(JOBS)]
        name = books.name(f"{parent.name}:{job}", "job")
        found.append(Party(name, parent.entity, parent.who, note="sub-customer"))
    return found


def _vendors(world: World) -> list[Party]:
    rng, plan, roles = world.rng, world.plan, world.roles
    listed = [
        s
        for s in world.strangers
        if s.kind in {"vendor", "institution"} and s.evidence != "none"
    ]
    parties = [_listed_vendor(s) for s in listed]
    for role in ("customer-vendor", "refund-only vendor"):
        for count, key in enumerate(roles[role]):
            one = world.entities[key]
            parties.append(Party(one.name + IN_BOTH[count % 4], key, one, note=role))
    parties += [_namesake(world, key) for key in roles["namesake of a vendor"]]
    others = world.vendors[: plan.vendor_lines - len(parties)]
    parties += [Party(other.name, "", other.who) for other in others]
    for party in parties:
        if rng.random() < 0.5 and party.who.person:
            party.full_name = party.who.person.name
    return parties


def _listed_vendor(one: Stranger) -> Party:
    name = one.name if one.clue == "same name" else f"{one.who.stem} - invoices"
    return Party(name, one.key, one.who, note=one.clue)


def _namesake(world: World, key: str) -> Party:
    """Give a vendor who is called like a client but lives elsewhere."""
    one, maker = world.entities[key], world.maker
    local = "post" if one.firm else "hello"
    town = one.address.city if one.address else ""
    other = replace(
        one,
        email=maker.email(local, maker.domain(f"{one.name} {town} 2")),
        phone=maker.phone(one.words),
        address=maker.address(one.words, not_in=town),
        tax="",
    )
    return Party(one.name, "", other, note=f"namesake of {key}")


def _book(world: World, books: Books) -> None:
    """Book until the wanted number of lines is reached; every party at least twice."""
    rng, plan = world.rng, world.plan
    refunded = set(world.roles["refund-only vendor"])
    letters = {s.key for s in world.strangers}
    sellers = [p for p in books.customers if p.entity not in letters]
    buyers = [p for p in books.vendors if p.note != "refund-only vendor"]
    for party in books.vendors:
        if party.entity in refunded:
            books.bookings.append(_booking(world, party, ("Check", BANK, -1, 1)))
    paid_back = [p for p in sellers if p.entity in refunded and p.note != "sub-customer"]
    for count, party in enumerate(paid_back):
        what = (("Refund", BANK, -1, 1), ("Credit Memo", RECEIVABLE, -1, 1))[count % 2]
        books.bookings.append(_booking(world, party, what))
    for party in sellers:
        books.bookings += [_booking(world, party, SOLD[n]) for n in (0, 1)]
    for party in buyers:
        books.bookings += [_booking(world, party, _draw(world, BOUGHT)) for _ in range(2)]
    while len(books.bookings) < plan.transactions:
        sold = rng.random() < 0.75
        party = rng.choice(sellers if sold else buyers)
        books.bookings.append(_booking(world, party, _draw(world, SOLD if sold else BOUGHT)))
    books.bookings.sort(key=lambda b: (b.account, b.day, b.number, b.name))


def _draw(
    world: World, table: tuple[tuple[str, str, int, int], ...]
) -> tuple[str, str, int, int]:
    return world.rng.choices(table, [how_often for *_, how_often in table])[0]


def _booking(world: World, party: Party, what: tuple[str, str, int, int]) -> Booking:
    rng = world.rng
    kind, account, sign, _ = what
    day = FIRST_DAY + timedelta(days=rng.randrange((LAST_DAY - FIRST_DAY).days))
    number = "" if kind in {"Payment", "Expense"} else str(rng.randrange(1000, 9999))
    text = rng.choice(("", "Bookkeeping", "Advice", "Payroll", "Office", "Software, yearly"))
    name = party.name + (" (deleted)" if rng.random() < 0.001 and not party.entity else "")
    return Booking(account, day, kind, number, name, text, sign * rng.randrange(2500, 480000))


def phone_cell(world: World, one: Entity) -> str:
    """Write the cell as the report does, with labels."""
    rng = world.rng
    if one.phone is None:
        return ""
    first = other_style(one.phone, rng)
    if rng.random() < 0.06:
        return first
    label = rng.choice(("Phone:", "Phone:", "Phone:", "Mobile:"))
    cell = label + first
    if rng.random() < 0.2:
        more = world.maker.phone(one.words)
        cell += f" {'Mobile:' if label == 'Phone:' else 'Fax:'}{other_style(more, rng)}"
    return cell


def address_cell(world: World, one: Entity) -> str:
    """Write the address on several lines of one cell, or flat."""
    if one.address is None:
        return ""
    place = one.address
    lines = (place.street, f"{place.postcode} {place.city}", one.words.country[0])
    return (" " if world.rng.random() < 0.3 else "\n").join(lines)
