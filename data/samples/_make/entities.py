"""The invented people and firms behind the files: each is one client, or none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from _make.lands import LANDS, Land, Phone, fold, slug

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

OWN_DOMAIN = "fjordside.example"
FREEMAIL = ("freemail.example", "postbox.example", "mail.example.net", "webmail.example.com")
ENDINGS = (".example", ".example.com", ".example.org", ".example.net")
LEADS = (
    "Ida Kvistgren",
    "Jonas Hedelyst",
    "Priya Marwell",
    "Tobias Engholt",
    "Carla Montrese",
)
PLANS = (
    "QuickBooks Online Simple Start",
    "QuickBooks Online Essentials",
    "QuickBooks Online Plus",
    "QuickBooks Online Advanced",
    "QuickBooks Ledger",
)


@dataclass(frozen=True, slots=True)
class Person:
    """A given and a family name."""

    given: str
    family: str

    @property
    def name(self) -> str:
        """The name in the usual order."""
        return f"{self.given} {self.family}"


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody lives or works."""

    street: str
    city: str
    region: str
    postcode: str


@dataclass(frozen=True, slots=True)
class Entity:
    """One real (invented) client, former client or sender: the truth's unit."""

    key: str
    land: str
    person: Person | None
    stem: str = ""  # a firm's name without its legal form; "" for a person
    form: str = ""
    email: str = ""
    phone: Phone | None = None
    address: Address | None = None
    tax: str = ""
    client_type: str = ""
    lead: str = ""
    subscription: str = ""
    tags: tuple[str, ...] = ()

    @property
    def firm(self) -> bool:
        """Whether it is a firm."""
        return bool(self.stem)

    @property
    def name(self) -> str:
        """The name as a careful person writes it."""
        if self.stem:
            return f"{self.stem} {self.form}".strip()
        return self.person.name if self.person else ""

    @property
    def words(self) -> Land:
        """Its country's words."""
        return LANDS[self.land]


class Maker:
    """Draws entities, and sees to it that nothing is equal that was not meant to be."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self._names: set[str] = set()
        self._emails: set[str] = set()
        self._phones: set[str] = set()
        self._streets: set[str] = set()
        self._count = 0

    def key(self) -> str:
        """Give the next entity its key."""
        self._count += 1
        return f"E{self._count:04}"

    def land(self) -> Land:
        """Draw a country, by weight."""
        lands = list(LANDS.values())
        return self.rng.choices(lands, [land.weight for land in lands])[0]

    def person(self, land: Land, *, family: str = "", avoid: Sequence[str] = ()) -> Person:
        """Draw a person nobody is called like yet."""
        while True:
            names = self.rng.choice((land.men, land.women))
            given = self.rng.choice(names)
            if self.rng.random() < 0.25:  # a second given name keeps names apart
                given = f"{given} {self.rng.choice(names)}"
            who = Person(given, family or self._family(land))
            alike = any(given[:2] == other[:2] for other in avoid)
            second = given.split()
            if not alike and len(set(second)) == len(second) and self._new(who.name):
                return who

    def _family(self, land: Land) -> str:
        """Draw a family name; some have two, as in life."""
        first = self.rng.choice(land.family)
        if " " in first or self.rng.random() < 0.6:
            return first
        second = self.rng.choice(land.family)
        joint = "-" if land.code in {"gb", "us", "de", "fr"} else " "
        return first if " " in second or first == second else f"{first}{joint}{second}"

    def stem(self, land: Land, who: Person | None = None) -> str:
        """Draw a firm's name nobody has yet, without its legal form."""
        while True:
            work = self.rng.choice(land.activities)
            family = who.family if who else self.rng.choice(land.family)
            other = self.rng.choice(land.family)
            coined = self.rng.choice(land.coined)
            stem = self.rng.choice(
                (
                    f"{coined} {work}",
                    f"{family} {work}",
                    f"{family} & {other}",
                    f"{coined} {other}",
                    f"{coined} & {self.rng.choice(land.coined)} {work}",
                    f"{work} {coined}",
                )
            )
            words = [w for w in stem.split() if w != "&"]
            if len(set(words)) == len(words) and self._new(stem):
                return stem

    def _new(self, name: str) -> bool:
        folded = " ".join(sorted(fold(name).lower().split()))
        if folded in self._names:
            return False
        self._names.add(folded)
        return True

    def phone(self, land: Land) -> Phone:
        """Draw a phone nobody has yet."""
        while True:
            phone = land.phone(self.rng)
            if phone.digits not in self._phones:
                self._phones.add(phone.digits)
                return phone

    def email(self, local: str, domain: str) -> str:
        """Give an address nobody has yet."""
        address, count = f"{local}@{domain}", 1
        while address in self._emails:
            count += 1
            address = f"{local}{count}@{domain}"
        self._emails.add(address)
        return address

    def private_email(self, who: Person) -> str:
        """Give a person's own address."""
        given, family = slug(who.given.split()[0]), slug(who.family)
        local = self.rng.choice(
            (f"{given}.{family}", f"{given}{family}", f"{given[0]}.{family}")
        )
        return self.email(local, self.rng.choice(FREEMAIL))

    def domain(self, stem: str) -> str:
        """Give a firm its domain."""
        return slug(stem) + self.rng.choice(ENDINGS)

    def address(self, land: Land, *, not_in: str = "") -> Address:
        """Draw a house nobody lives in yet."""
        places = [c for c in land.cities if c[0] != not_in]
        while True:
            city, postcode, region = self.rng.choice(places)
            mask, word = self.rng.choice(land.streets), self.rng.choice(land.street_words)
            street = mask.format(w=word, n=self.rng.randrange(1, 190))
            street = street[0].upper() + street[1:]
            if f"{street} {city}" not in self._streets:
                self._streets.add(f"{street} {city}")
                return Address(street, city, region, postcode)

    def books(self) -> dict[str, str]:
        """Draw what an accountant notes on a client: lead, subscription."""
        plan = self.rng.choices((self.rng.choice(PLANS), "None", ""), (60, 25, 15))[0]
        lead = (
            self.rng.choice(LEADS) if plan in {"None", ""} or self.rng.random() < 0.8 else ""
        )
        return {"lead": lead, "subscription": plan}

    def private(self, land: Land | None = None, who: Person | None = None) -> Entity:
        """Draw a person who is a client."""
        land = land or self.land()
        who = who or self.person(land)
        return Entity(
            self.key(),
            land.code,
            who,
            email=self.private_email(who),
            phone=self.phone(land),
            address=self.address(land),
            client_type="Individual",
            **self.books(),
        )

    def company(
        self, land: Land | None = None, *, who: Person | None = None, stem: str = ""
    ) -> Entity:
        """Draw a firm that is a client, with the person one asks for."""
        land = land or self.land()
        who = who or self.person(land)
        stem = stem or self.stem(land, who)
        given = slug(who.given.split()[0])
        local = self.rng.choice(
            (given, "info", f"{given}.{slug(who.family)}", "kontor", "mail")
        )
        return Entity(
            self.key(),
            land.code,
            who,
            stem=stem,
            form=self.rng.choice(list(land.forms)),
            email=self.email(local, self.domain(stem)),
            phone=self.phone(land),
            address=self.address(land),
            tax=land.tax(self.rng) if self.rng.random() < 0.6 else "",
            client_type="Business",
            **self.books(),
        )

    def thin(self, one: Entity) -> Entity:
        """Leave out what a real file lacks; two ways to reach the client stay."""
        losable = ["phone", "address", "email"]
        lost = {
            n: None if n in {"phone", "address"} else "" for n in self.rng.sample(losable, 1)
        }
        changes = lost if self.rng.random() < 0.45 else {}
        if one.firm and self.rng.random() < 0.3:
            changes = changes | {"person": None}
        return replace(one, **changes)  # type: ignore[arg-type]  # names and types fit by hand
