"""Those who are no customers: vendors, newsletters, automatic senders, staff, friends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from _make.entities import LEADS, OWN_DOMAIN, Entity, Maker, Person
from _make.lands import LANDS, slug
from _make.rows import Row, row_of

if TYPE_CHECKING:
    from _make.plan import Plan

AUTOMATIC = {
    "da": ("svar-ikke", "noreply"),
    "gb": ("noreply", "no-reply"),
    "us": ("donotreply", "do-not-reply"),
    "de": ("keine-antwort", "nicht-antworten"),
    "fr": ("nepasrepondre", "ne-pas-repondre"),
    "es": ("no-responder", "noresponder"),
    "it": ("nonrispondere", "non-rispondere"),
    "pt": ("nao-responda", "naoresponda"),
}
LETTERS = {
    "da": ("nyhedsbrev", "newsletter"),
    "gb": ("newsletter", "newsletters"),
    "us": ("newsletter", "newsletter"),
    "de": ("newsletter", "rundbrief"),
    "fr": ("newsletter", "infolettre"),
    "es": ("boletin", "newsletter"),
    "it": ("newsletter", "notiziario"),
    "pt": ("boletim", "newsletter"),
}
SALES = {
    "da": "faktura",
    "gb": "accounts",
    "us": "billing",
    "de": "rechnung",
    "fr": "facturation",
    "es": "facturas",
    "it": "fatture",
    "pt": "cobranca",
}
INSTITUTIONS = (
    ("da", "Skattestyrelsen"),
    ("gb", "HM Revenue & Customs"),
    ("de", "Finanzamt Flensburg"),
    ("fr", "URSSAF"),
    ("es", "Agencia Tributaria"),
    ("it", "Agenzia delle Entrate"),
    ("pt", "Receita Federal"),
    ("us", "Internal Revenue Service"),
    ("da", "Morildbanken"),
    ("gb", "Harbourlight Bank"),
    ("es", "Banco Rompeolas"),
    ("de", "Sparkasse Nebelhorn"),
)


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody in the files who is no customer."""

    who: Entity
    name: str
    kind: str  # vendor | newsletter | no_reply | staff | ignored | institution
    evidence: str
    listed: bool = True  # whether it stands in the client list
    clue: str = ""  # how the vendor list names it: same name, or same e-mail only

    @property
    def key(self) -> str:
        """Its key in the truth."""
        return self.who.key.replace("E", "N")


def row_of_stranger(one: Stranger, maker: Maker) -> Row:
    """Write a stranger down as a synchronised contact: little but name and e-mail."""
    row = row_of(one.who, maker.rng)
    row.entity, row.display, row.kind, row.evidence = one.key, one.name, one.kind, one.evidence
    row.client_type = row.lead = ""
    row.subscription = maker.rng.choice(("None", "None", ""))
    row.tax = ""
    if maker.rng.random() < 0.6:
        row.street = row.city = row.region = row.postcode = ""
    if one.kind in {"newsletter", "no_reply"}:
        row.contact = row.phone = row.street = row.city = row.region = row.postcode = ""
    return row


def _vendor(maker: Maker, *, listed: bool, clue: str = "same name") -> Stranger:
    who = maker.company()
    local = SALES[who.land]
    who = replace(who, email=maker.email(local, maker.domain(who.stem)))
    evidence = "vendor list, only vendor transactions"
    return Stranger(who, who.name, "vendor", evidence, listed=listed, clue=clue)


def _automatic(maker: Maker, kind: str, number: int) -> Stranger:
    land_code = list(LANDS)[number % len(LANDS)]
    who = maker.company(LANDS[land_code])
    locals_ = (AUTOMATIC if kind == "no_reply" else LETTERS)[land_code]
    local = locals_[number // len(LANDS) % 2]
    email = maker.email(local, maker.domain(who.stem))
    name = maker.rng.choice((who.stem, email, f"{who.stem} {local}"))
    return Stranger(replace(who, email=email, person=None), name, kind, "automatic local part")


def _staff(maker: Maker, name: str) -> Stranger:
    given, _, family = name.partition(" ")
    who = Person(given, family) if family else maker.person(LANDS["da"])
    email = maker.email(slug(who.given.split()[0]), OWN_DOMAIN)
    base = replace(maker.private(LANDS["da"], who), email=email)
    return Stranger(base, who.name, "staff", "own domain, no client type")


def _ignored(maker: Maker) -> Stranger:
    who = maker.private()
    return Stranger(who, who.name, "ignored", "Outlook category QB Ignore, same e-mail")


def _institution(maker: Maker, number: int) -> Stranger:
    code, name = INSTITUTIONS[number % len(INSTITUTIONS)]
    email = maker.email("kontakt" if code == "da" else "contact", f"{slug(name)}.example")
    base = maker.company(LANDS[code])
    who = replace(base, stem=name, form="", tax="", email=email, person=None)
    evidence = "institution by name, vendor list, only vendor transactions"
    return Stranger(who, name, "institution", evidence, clue="same name")


def _unknown(maker: Maker, number: int) -> Stranger:
    if number % 2:
        who = maker.private()
        return Stranger(who, who.name, "ignored", "none")
    who = maker.company()
    return Stranger(who, who.name, "vendor", "none")


def listed_strangers(maker: Maker, plan: Plan) -> list[Stranger]:
    """Draw the strangers of the client list."""
    hidden = plan.unknown
    staff = [*LEADS, *[""] * plan.staff][: plan.staff]
    clues = ("same name", "same name", "same e-mail")
    return [
        *(
            _vendor(maker, listed=True, clue=clues[n % 3])
            for n in range(plan.vendors - (hidden + 1) // 2)
        ),
        *(_automatic(maker, "newsletter", n) for n in range(plan.newsletters)),
        *(_automatic(maker, "no_reply", n) for n in range(plan.no_reply)),
        *(_staff(maker, name) for name in staff),
        *(_ignored(maker) for _ in range(plan.ignored - hidden // 2)),
        *(_institution(maker, n) for n in range(plan.institutions)),
        *(_unknown(maker, n) for n in range(hidden)),
    ]


def other_vendors(maker: Maker, count: int) -> list[Stranger]:
    """Draw vendors that never reached the client list."""
    return [_vendor(maker, listed=False) for _ in range(count)]
