"""What speaks for and against a record being a customer: one small function a rule.

A rule gives `Evidence` or None; to add one is to add a function to `RULES`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from custclean.stages.screen_facts import Book, Bookings, Client, Party

__all__ = ["RULES", "Case", "Evidence", "Policy", "World"]


@dataclass(frozen=True, slots=True)
class Policy:
    """How much each piece of evidence weighs, between 0 and 1, and where a proposal begins.

    What speaks against a customer adds up as 1 - (1 - a)(1 - b)...; what speaks for one
    takes its share away again. `unsure` is where a person is told, without a proposal.
    """

    threshold: float = 0.6
    unsure: float = 0.3
    ignored: float = 0.95  # a person marked it "QB Ignore"
    private: float = 0.7  # a person marked it private
    bookings: float = 0.7  # only vendor-type transactions
    vendor: float = 0.45  # in the vendor list: a refund alone puts a customer there
    staff: float = 0.8
    lead: float = 0.5  # called like a lead accountant of other clients
    automatic: float = 0.8  # nobody reads its only address
    reachable: float = 0.45  # the same, but there is another way to reach it
    letters: float = 0.7  # its mails offer to unsubscribe
    institution: float = 0.45
    discarded: float = 0.45
    role: float = 0.05  # usual for firms: a mark, no more
    client_type: float = 0.3  # for a customer
    lead_assigned: float = 0.3  # for a customer
    numbered: float = 0.5  # for a customer: somebody gave it a client number


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for a class (`customer` is one), how strongly, in words."""

    says: str
    weight: float
    reason: str


@dataclass(frozen=True, slots=True)
class World:
    """All that is known beside the one client; books are empty where no list was given."""

    clients: Book
    customers: Book
    vendors: Book
    employees: Book
    ignored: Book
    private: Book
    bookings: Bookings
    own_domains: frozenset[str]  # and whole addresses
    held: Mapping[str, int]  # how many clients have a mailbox
    leads: Book
    parents: Book
    letters: frozenset[str]  # mailboxes whose mails offer to unsubscribe


_DEAD = frozenset(["automatic", "newsletter", "disposable"])


@dataclass(frozen=True, slots=True)
class Case:
    """A client and who it is in the firm's own books; worked out once for all rules."""

    client: Client
    alone: bool  # nobody else has its mailboxes
    customers: tuple[Party, ...]
    vendors: tuple[Party, ...]
    booked: bool  # transactions of the customer's side carry one of its names

    @classmethod
    def of(cls, client: Client, world: World) -> Case:
        """Look a client up in the books."""
        party = client.party
        alone = bool(party.mails) and all(world.held.get(mail, 0) <= 1 for mail in party.mails)
        customers = tuple(world.customers.same(party, alone=alone))
        names = party.names.union(*(each.names for each in customers))
        sides = world.bookings.sides(names)
        vendors = tuple(world.vendors.same(party, alone=alone))
        return cls(client, alone, customers, vendors, "customer" in sides)

    def in_book(self, book: Book) -> bool:
        """Say whether a book holds this client."""
        return bool(book.same(self.client.party, alone=self.alone))


def _only_vendor(case: Case, world: World, policy: Policy) -> Evidence | None:
    others = {
        key for each in world.vendors.namesakes(case.client.party) for key, _ in each.names
    }
    names = {name for name in case.client.party.names if name[0] not in others}
    for party in case.vendors:
        names |= party.names
    if "vendor" not in world.bookings.sides(names) or case.booked:
        return None
    return Evidence("vendor", policy.bookings, tr("only vendor transactions"))


def _listed_vendor(case: Case, _world: World, policy: Policy) -> Evidence | None:
    if not case.vendors:
        return None
    return Evidence("vendor", policy.vendor, tr("in the vendor list"))


def _staff(case: Case, world: World, policy: Policy) -> Evidence | None:
    domains = case.client.domains
    own = any(d == o or d.endswith(f".{o}") for d in domains for o in world.own_domains)
    if own or case.client.party.mails & world.own_domains:
        return Evidence("staff", policy.staff, tr("an address of the own firm"))
    if case.in_book(world.employees):
        return Evidence("staff", policy.staff, tr("in the list of employees"))
    return None


def _lead(case: Case, world: World, policy: Policy) -> Evidence | None:
    if not world.leads.named(case.client.party):
        return None
    return Evidence("staff", policy.lead, tr("called like a lead accountant"))


def _ignored(case: Case, world: World, policy: Policy) -> Evidence | None:
    if case.in_book(world.ignored):
        return Evidence("ignored", policy.ignored, tr("marked QB Ignore in Outlook"))
    if case.in_book(world.private):
        return Evidence("ignored", policy.private, tr("marked private in Outlook"))
    return None


def _automatic(case: Case, _world: World, policy: Policy) -> Evidence | None:
    if not case.client.boxes or not _DEAD.issuperset(case.client.boxes):
        return None
    reachable = case.client.has("phone", "mobile", "fax", "tax_id")
    weight = policy.reachable if reachable else policy.automatic
    if "newsletter" in case.client.boxes:
        return Evidence("newsletter", weight, tr("its only address sends newsletters"))
    if "disposable" in case.client.boxes:
        return Evidence("automatic", weight, tr("its only address is a throw-away"))
    return Evidence("automatic", weight, tr("its only address is an automatic sender"))


def _letters(case: Case, world: World, policy: Policy) -> Evidence | None:
    if not case.client.party.mails or not case.client.party.mails <= world.letters:
        return None
    return Evidence("newsletter", policy.letters, tr("its mails offer to unsubscribe"))


def _institution(case: Case, _world: World, policy: Policy) -> Evidence | None:
    if case.client.words != "institution":
        return None
    return Evidence("institution", policy.institution, tr("named like a bank or an authority"))


def _discarded(case: Case, _world: World, policy: Policy) -> Evidence | None:
    if case.client.words != "discarded":
        return None
    return Evidence("ignored", policy.discarded, tr("named like a test or a discarded row"))


def _role(case: Case, _world: World, policy: Policy) -> Evidence | None:
    if "role" not in case.client.boxes:
        return None
    return Evidence("vendor", policy.role, tr("an address of several people"))


def _type(case: Case, _world: World, policy: Policy) -> Evidence | None:
    if not case.client.has("customer_type"):
        return None
    return Evidence("customer", policy.client_type, tr("has a client type"))


def _lead_assigned(case: Case, _world: World, policy: Policy) -> Evidence | None:
    if not case.client.has("lead_accountant"):
        return None
    return Evidence("customer", policy.lead_assigned, tr("has a lead accountant"))


def _numbered(case: Case, _world: World, policy: Policy) -> Evidence | None:
    if not case.client.has("customer_number"):
        return None
    return Evidence("customer", policy.numbered, tr("has a client number"))


RULES: tuple[Callable[[Case, World, Policy], Evidence | None], ...] = (
    _ignored,
    _only_vendor,
    _listed_vendor,
    _staff,
    _lead,
    _automatic,
    _letters,
    _institution,
    _discarded,
    _role,
    _type,
    _lead_assigned,
    _numbered,
)
