"""What the screen knows of each client: keys, and whom the other lists hold by them.

Names and addresses are compared by their keys only. Two parties of one name whose
addresses are both known and differ are two: a namesake is no evidence.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from custclean.frames import to_polars
from custclean.model import SEVERAL, fields_of
from custclean.text import booking, company, email, mailbox, person, stranger

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "Book",
    "Bookings",
    "Client",
    "Name",
    "Party",
    "clients_of",
    "letters_of",
    "parties_of",
]

Name = tuple[str, str]  # the key, and a firm's legal form ("" where there is none)
_SUFFIX = r"(\S)\s*\([^()]*\)\s*$"  # "Example (vendor)": two parties cannot share a name there
_ADDRESS_SPLIT = r"[;,]\s*"
_UNSUBSCRIBE = (
    r"(?i)unsubscribe|afmeld|abmelden|abbestellen|désabonn|desinscri|désinscri|darse de baja"
    r"|cancelar (?:la )?suscripci|disiscriv|annulla l.iscrizione|descadastr"
    r"|cancelar (?:a )?inscri"
)
_FEW = 2  # one such mail may be a forwarded one


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in a list: the names it goes by and its mailboxes."""

    names: frozenset[Name]
    mails: frozenset[str]
    row: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Client:
    """A row of the client list."""

    record_id: str
    party: Party
    boxes: tuple[str | None, ...]  # the kind of each of its addresses, see text.mailbox
    domains: frozenset[str]
    words: str | None  # the kind of its name, see text.stranger

    def has(self, *fields: str) -> bool:
        """Say whether one of the fields holds something."""
        return any((self.party.row.get(field) or "").strip() for field in fields)


def _with_columns(table: object, kind: str) -> pl.DataFrame:
    """Give the table as text, with every column of its kind."""
    frame = to_polars(table)
    missing = [name for name in fields_of(kind) if name not in frame.columns]
    frame = frame.with_columns(pl.lit(None, pl.String).alias(name) for name in missing)
    return frame.with_columns(pl.col(fields_of(kind)).cast(pl.String))


def _spellings(frame: pl.DataFrame) -> pl.DataFrame:
    """List the names each row goes by: row, key, form."""
    single = pl.concat_str(
        pl.col("given_name", "middle_name", "family_name"), separator=" ", ignore_nulls=True
    ).replace({"": None})
    called = pl.coalesce("display_name", "company", single)
    # "Parent:Child" is booked under both names
    names = pl.concat_list(
        called.str.split(":"), pl.col("company").fill_null("").str.split(":")
    )
    long = frame.select(pl.int_range(pl.len()).alias("row"), names.alias("name")).explode(
        "name"
    )
    bare = long.with_columns(pl.col("name").str.replace(_SUFFIX, "$1"))
    name = pl.col("name")
    both = (
        pl.concat([long, bare])
        .unique()
        .with_columns(form=company.form(name), entity=company.entity(name))
    )
    # "Last, First" is turned for people only: a firm's comma stands before its form
    firm = pl.col("form").is_not_null() | pl.col("entity").is_not_null()
    keyed = both.select(
        "row",
        key=pl.when(firm).then(company.key(name)).otherwise(person.key(name)),
        form=pl.col("form").fill_null(""),
    )
    return keyed.drop_nulls().unique()


def _addresses(frame: pl.DataFrame) -> pl.DataFrame:
    """List the mailboxes of each row: row, mail, kind, domain."""
    parts = pl.col("email").str.replace_all(_ADDRESS_SPLIT, SEVERAL).str.split(SEVERAL)
    long = frame.select(pl.int_range(pl.len()).alias("row"), parts.alias("raw")).explode("raw")
    keyed = long.select("row", mail=email.key(pl.col("raw"))).drop_nulls().unique()
    return keyed.sort("row", "mail").with_columns(
        kind=mailbox.kind(pl.col("mail")), domain=mailbox.domain(pl.col("mail"))
    )


def parties_of(table: object | None, kind: str = "customers") -> tuple[Party, ...]:
    """Give everybody in a list of people and firms; an absent list holds nobody."""
    if table is None or to_polars(table).is_empty():
        return ()
    frame = _with_columns(table, kind)
    names: list[set[Name]] = [set() for _ in range(frame.height)]
    for row, key, form in _spellings(frame).iter_rows():
        names[row].add((key, form))
    mails: list[set[str]] = [set() for _ in range(frame.height)]
    for row, mail, *_ in _addresses(frame).iter_rows():
        mails[row].add(mail)
    return tuple(
        Party(frozenset(called), frozenset(boxes), row)
        for called, boxes, row in zip(names, mails, frame.iter_rows(named=True), strict=True)
    )


def clients_of(table: object) -> tuple[Client, ...]:
    """Give every row of the client list with what its own cells say."""
    frame = _with_columns(table, "customers")
    boxes: defaultdict[int, list[str | None]] = defaultdict(list)
    domains: defaultdict[int, set[str]] = defaultdict(set)
    for row, _, kind, domain in _addresses(frame).iter_rows():
        boxes[row].append(kind)
        domains[row].add(domain)
    called = pl.coalesce("display_name", "company")
    words = frame.select(words=stranger.kind(called))["words"].to_list()
    return tuple(
        Client(
            party.row["record_id"] or "",
            party,
            tuple(boxes[row]),
            frozenset(domains[row]),
            words[row],
        )
        for row, party in enumerate(parties_of(frame))
    )


def letters_of(mail: object | None) -> frozenset[str]:
    """Find the mailboxes nearly all of whose mails offer to unsubscribe."""
    if mail is None:
        return frozenset()
    frame = _with_columns(mail, "activities").filter(
        pl.col("kind").fill_null("mail") == "mail"
    )
    who = pl.col("who").str.replace_all(_ADDRESS_SPLIT, SEVERAL).str.split(SEVERAL)
    offers = pl.col("body").str.contains(_UNSUBSCRIBE).fill_null(value=False)
    sent = frame.select(who=who, offers=offers).explode("who")
    boxes = sent.select("offers", mail=email.key(pl.col("who"))).drop_nulls()
    counted = boxes.group_by("mail").agg(pl.len().alias("n"), pl.col("offers").sum())
    steady = (pl.col("offers") >= _FEW) & (pl.col("offers") >= 0.8 * pl.col("n"))
    return frozenset(counted.filter(steady)["mail"])


def compatible(one: str, other: str) -> bool:
    """Say whether two legal forms can be one firm's: equal, or one of them left out."""
    return one == other or not one or not other


class Book:
    """A list that is asked who of it is a given client."""

    def __init__(self, parties: Iterable[Party]) -> None:
        # rows that would tell the same are held once: ten thousand "Cash" cost as one
        self._by_name: defaultdict[str, dict[object, tuple[str, Party]]] = defaultdict(dict)
        self._by_mail: defaultdict[str, dict[object, Party]] = defaultdict(dict)
        for party in parties:
            told = (party.names, party.mails, party.row["balance"])
            for key, form in sorted(party.names):
                self._by_name[key].setdefault((form, *told), (form, party))
            for mail in party.mails:
                self._by_mail[mail].setdefault(told, party)

    def named(self, party: Party) -> list[Party]:
        """Give all who share a name, whatever else they have."""
        return [
            other
            for key, form in sorted(party.names)
            for theirs, other in self._by_name.get(key, {}).values()
            if compatible(form, theirs)
        ]

    def namesakes(self, party: Party) -> list[Party]:
        """Give those who share a name but certainly no mailbox: others of that name."""
        return [each for each in self.named(party) if _differ(party, each)]

    def same(self, party: Party, *, alone: bool) -> list[Party]:
        """Give those who are this party: by name and nothing against it, or by mailbox.

        `alone`: no other client has the mailbox, so that it need not be a bookkeeper's.
        """
        found = [each for each in self.named(party) if not _differ(party, each)]
        if alone:
            found += [
                each
                for mail in sorted(party.mails)
                for each in self._by_mail.get(mail, {}).values()
            ]
        return found


def _differ(one: Party, other: Party) -> bool:
    return bool(one.mails) and bool(other.mails) and not one.mails & other.mails


class Bookings:
    """Which sides (`customer`, `vendor`) the transactions of a name have."""

    def __init__(self, transactions: object | None) -> None:
        self._sides: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        if transactions is None:
            return
        frame = _with_columns(transactions, "transactions")
        named = (
            frame.select(
                pl.col("name").alias("display_name"), side=booking.side(pl.col("type"))
            )
            .drop_nulls()
            .unique()
        )
        listed = _with_columns(named, "customers")
        sides = named["side"].to_list()
        for row, key, form in _spellings(listed).sort("row", "key", "form").iter_rows():
            self._sides[key].append((form, sides[row]))

    def sides(self, names: Iterable[Name]) -> frozenset[str]:
        """Give the sides on which any of the names stands."""
        return frozenset(
            side
            for key, form in names
            for theirs, side in self._sides.get(key, ())
            if compatible(form, theirs)
        )
