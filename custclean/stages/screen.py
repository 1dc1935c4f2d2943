"""Propose who is no customer, with reasons, and say what forbids it. Nothing is removed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from custclean.errors import InputError
from custclean.frames import canonical
from custclean.stages.screen_facts import (
    Book,
    Bookings,
    clients_of,
    letters_of,
    parties_of,
)
from custclean.stages.screen_rules import RULES, Case, Policy, World
from custclean.stages.screen_vetoes import VETOES
from custclean.text import email, mailbox
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from custclean.stages.screen_facts import Client, Party
    from custclean.stages.screen_rules import Evidence

__all__ = ["Policy", "Screening", "screen"]

CLASSES = {
    "record_id": pl.String,
    "class": pl.String,
    "score": pl.Float64,
    "reasons": pl.String,
    "vetoes": pl.String,
}
KEPT = frozenset(["customer", "unsure"])
_IGNORE = frozenset(["qb ignore"])
_PRIVATE = frozenset(
    "private personal privat privé privado privato personlig persönlich personnel personale"
    " pessoal particular".split()
)


@dataclass(frozen=True, slots=True)
class Screening:
    """Every record of the list, in `customers` or in `proposed`, its columns unchanged.

    `classes`: record_id, class (customer, unsure, vendor, staff, automatic, newsletter,
    institution, ignored), score, reasons and vetoes (joined with "; "), in the order of
    the list. Proposed is who scores enough and has no veto; a person decides.
    """

    customers: pl.DataFrame
    proposed: pl.DataFrame
    classes: pl.DataFrame

    @property
    def counts(self) -> dict[str, int]:
        """Give how many records of each class there are."""
        return dict(sorted(Counter(self.classes["class"].to_list()).items()))

    def __repr__(self) -> str:
        found = ", ".join(f"{n} {name}" for name, n in self.counts.items())
        return (
            f"<Screening: {self.classes.height} records, {self.proposed.height} proposed"
            f" as no customers; {found or 'none'}>"
        )

    def _repr_html_(self) -> str:
        from custclean import html  # noqa: PLC0415  # only notebooks ask for it

        ids = self.proposed.select("record_id").unique(maintain_order=True)
        listed = self.classes.join(ids, on="record_id", how="semi")
        return html.table(listed, title=repr(self)[1:-1], plain=("class", "reasons", "vetoes"))


def screen(  # noqa: PLR0913  # each list that may know something has its own name
    table: object,
    *,
    vendors: object | None = None,
    employees: object | None = None,
    transactions: object | None = None,
    mail: object | None = None,
    customers: object | None = None,
    contacts: object | None = None,
    own_domains: Iterable[str] = (),
    policy: Policy | None = None,
) -> Screening:
    """Judge every record of the raw client list by what the other lists know of it.

    `vendors`, `employees`, `transactions` and `customers` come from the firm's own books,
    `contacts` from its address book (categories say whom to ignore), `mail` holds
    activities. `own_domains` are the firm's own e-mail domains or, where it uses a public
    mail service, its whole addresses. Each may be missing.
    """
    frame = canonical(table, "record_id", "display_name")
    if "record_id" not in frame.columns:
        raise InputError(tr("the list has no column {name}", name="record_id"))
    clients = clients_of(frame)
    people = parties_of(contacts, "contacts")
    world = _world(
        clients,
        customers=parties_of(customers),
        vendors=parties_of(vendors, "vendors"),
        employees=parties_of(employees, "employees"),
        ignored=[each for each in people if _marked(each, _IGNORE)],
        private=[each for each in people if _marked(each, _PRIVATE)],
        bookings=Bookings(transactions),
        own_domains=_own(own_domains),
        letters=letters_of(mail),
    )
    rules = policy or Policy()
    judged = [_judge(client, world, rules) for client in clients]
    aside = pl.Series([name not in KEPT and not vetoes for name, _, _, vetoes in judged],
                      dtype=pl.Boolean)  # fmt: skip
    rows = [
        (client.record_id, name, score, "; ".join(reasons), "; ".join(vetoes))
        for client, (name, score, reasons, vetoes) in zip(clients, judged, strict=True)
    ]
    classes = pl.DataFrame(rows, schema=CLASSES, orient="row")
    result = Screening(frame.filter(~aside), frame.filter(aside), classes)
    # nothing may get lost between the two lists
    assert result.customers.height + result.proposed.height == frame.height  # noqa: S101
    return result


def _own(given: Iterable[str]) -> frozenset[str]:
    """Give the own domains and addresses; a public mail service is nobody's own."""
    names = sorted({each.strip().lower().removeprefix("@") for each in given} - {""})
    table = pl.DataFrame({"name": names}, schema={"name": pl.String})
    domain = pl.when(~mailbox.free("x@" + pl.col("name"))).then("name")
    kept = table.select(pl.coalesce(email.key(pl.col("name")), domain))
    return frozenset(kept["name"].drop_nulls())


def _world(
    clients: Sequence[Client],
    *,
    customers: Sequence[Party],
    bookings: Bookings,
    own_domains: frozenset[str],
    letters: frozenset[str],
    **lists: Sequence[Party],
) -> World:
    """Put the lists into books, and what the client list itself says of others."""
    own = [client.party for client in clients]
    leads = {each.row["lead_accountant"] for each in own} - {None}
    above = {each.row["parent"] for each in (*own, *customers)} - {None}
    above |= {
        name.rpartition(":")[0]
        for each in (*own, *customers)
        if ":" in (name := each.row["display_name"] or "")
    }
    return World(
        clients=Book(own),
        customers=Book(customers),
        bookings=bookings,
        own_domains=own_domains,
        letters=letters,
        held=Counter(mail for each in own for mail in each.mails),
        leads=Book(_called(leads)),
        parents=Book(_called(above)),
        **{name: Book(parties) for name, parties in lists.items()},
    )


def _called(names: Iterable[str | None]) -> tuple[Party, ...]:
    """Make parties of which only the name is known."""
    known = sorted(name for name in names if name and name.strip())
    return parties_of(
        pl.DataFrame({"display_name": known}, schema={"display_name": pl.String})
    )


def _marked(party: Party, words: frozenset[str]) -> bool:
    given = re.split(r"[;,]", party.row["categories"] or "")
    return any(each.strip().casefold() in words for each in given)


def _judge(
    client: Client, world: World, policy: Policy
) -> tuple[str, float, tuple[str, ...], tuple[str, ...]]:
    """Give class, score, reasons (the strongest against it first) and vetoes."""
    case = Case.of(client, world)
    found = [each for rule in RULES if (each := rule(case, world, policy)) is not None]
    against = [each for each in found if each.says != "customer"]
    speaking = [each for each in found if each.says == "customer"]
    score = round((1 - _left(against)) * _left(speaking), 3)
    vetoes = [said for veto in VETOES if (said := veto(case, world)) is not None]
    against.sort(key=lambda each: -each.weight)  # stable: equals in the order of the rules
    reasons = tuple(each.reason for each in (*against, *speaking))
    return (
        _class(score, against, policy, is_booked=case.booked),
        score,
        reasons,
        tuple(vetoes),
    )


def _left(evidence: Iterable[Evidence]) -> float:
    """Give what independent pieces of evidence leave of a doubt."""
    left = 1.0
    for each in evidence:
        left *= 1 - each.weight
    return left


def _class(
    score: float, against: Sequence[Evidence], policy: Policy, *, is_booked: bool
) -> str:
    if is_booked or score < policy.unsure:
        return "customer"
    if score < policy.threshold:
        return "unsure"
    weights: Mapping[str, float] = {
        each.says: 1 - _left(e for e in against if e.says == each.says) for each in against
    }
    name = max(weights, key=lambda each: weights[each])
    # a bank is a vendor too: the narrower word says more
    return "institution" if name == "vendor" and "institution" in weights else name
