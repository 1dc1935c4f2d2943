"""The contacts of the mail program: who of them is no customer, and whom it shall ignore."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from custclean.errors import InputError
from custclean.stages.ignore_list import MARKED, IgnoreList, marked_file, plain_file
from custclean.stages.ignore_match import Match, match_contacts
from custclean.stages.screen import screen
from custclean.stages.set_aside_desk import SetAsideSession
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from custclean.decisions import DecisionLog
    from custclean.project.inbox import Inbox, Received
    from custclean.project.state import State
    from custclean.settings import Settings

__all__ = ["contacts_desk", "ignore_list"]

LISTED = dict.fromkeys(("record_id", "display_name", "email", "class", "reasons"), pl.String)
NAMES = ("given_name", "middle_name", "family_name")
SURE = 0.95  # of a contact whom a person set aside as a client


def contacts_desk(
    inbox: Inbox, state: State, settings: Settings, log: DecisionLog
) -> SetAsideSession:
    """Give the contacts of the mail program as a desk; who is a customer too is held back."""
    contacts = _contacts(inbox).export
    screening = screen(
        contacts,
        vendors=inbox.reference("vendors"),
        employees=inbox.reference("employees"),
        transactions=inbox.reference("transactions"),
        customers=pl.concat(_customers(inbox, state)),
        contacts=contacts,
        own_domains=settings.screen.own_domains,
    )
    found = match_contacts(contacts.table, _aside(inbox, state), _customers(inbox, state))
    classes = _told(screening.classes, found)
    return SetAsideSession(contacts, classes, log, today=inbox.aliases.today)


def ignore_list(
    inbox: Inbox, state: State, settings: Settings, log: DecisionLog, classes: pl.DataFrame
) -> IgnoreList:
    """List the contacts that the mail program shall ignore: those set aside, as clients too.

    A contact of a client who was set aside is marked by itself only where no customer has
    its name or mailbox. `classes` are the clients' own.
    """
    clients = _aside(inbox, state)
    listed = _named(clients).join(
        classes.select("record_id", "class", "reasons"), on="record_id", how="left"
    )
    nobody = pl.DataFrame(schema=LISTED)
    if "contacts" not in inbox.references:
        everybody = listed.select(list(LISTED))
        return IgnoreList(everybody, nobody, nobody, nobody, ".csv", plain_file(clients))
    received = _contacts(inbox)
    desk = contacts_desk(inbox, state, settings, log)
    table = received.export.table
    found = match_contacts(table, clients, _customers(inbox, state))
    parts = _parts(desk, table, found)
    reached = {client for match in found.values() for client in match.clients}
    return IgnoreList(
        marked=_of(desk, parts["marked"]),
        already=_of(desk, parts["already"]),
        shared=_of(desk, parts["shared"]),
        missing=listed.filter(~pl.col("record_id").is_in(list(reached))).select(list(LISTED)),
        suffix=".vcf" if received.export.report.format == "vcard" else ".csv",
        data=marked_file(received.export, received.path, parts["marked"]),
    )


def _contacts(inbox: Inbox) -> Received:
    received = inbox.references.get("contacts")
    if received is None:
        raise InputError(
            tr("there are no contacts of a mail program in the inbox"),
            expected=tr("an export of Outlook, of Google Contacts, or vCards"),
        )
    return received


def _aside(inbox: Inbox, state: State) -> pl.DataFrame:
    """Give the clients who were set aside, those too who have left the list since."""
    ever = pl.concat([one.export.table for one in reversed(inbox.downloads)])
    once = ever.unique("record_id", keep="first", maintain_order=True)
    return once.filter(pl.col("record_id").is_in(list(state.set_aside))).sort("record_id")


def _customers(inbox: Inbox, state: State) -> list[pl.DataFrame]:
    """Give those who are customers: in the newest list and not set aside, or in the books."""
    newest = inbox.downloads[-1].export.table
    ours = newest.filter(~pl.col("record_id").is_in(list(state.set_aside)))
    books = inbox.reference("customers")
    return [ours] if books is None else [ours, books.table]


def _told(classes: pl.DataFrame, found: Mapping[str, Match]) -> pl.DataFrame:
    """Add what the clients say of the contacts: set aside as a client, or a customer too."""
    aside, shared = (
        tr("set aside in the client list"),
        tr("a customer has the name or address"),
    )
    rows = []
    for record, kind, score, reasons, vetoes in classes.iter_rows():
        match = found.get(record, Match())
        if match.clients:
            kind = "ignored" if kind in {"customer", "unsure"} else kind  # noqa: PLW2901
            score = max(score, SURE)  # noqa: PLW2901
            reasons = "; ".join(filter(None, (aside, reasons)))  # noqa: PLW2901
        if match.shared:
            vetoes = "; ".join(filter(None, (vetoes, shared)))  # noqa: PLW2901
        rows.append((record, kind, score, reasons, vetoes))
    return pl.DataFrame(rows, schema=classes.schema, orient="row")


def _parts(
    desk: SetAsideSession, contacts: pl.DataFrame, found: Mapping[str, Match]
) -> dict[str, list[str]]:
    """Put each contact that is to be ignored into one list."""
    parts: dict[str, list[str]] = {"marked": [], "already": [], "shared": []}
    for record, categories in contacts.select("record_id", "categories").iter_rows():
        said, match = desk.row(record).state, found.get(record, Match())
        if said != "set_aside" and (said == "keep" or not match.clients):
            continue
        if MARKED.search(categories or ""):
            parts["already"].append(record)
        elif match.shared and said != "set_aside":
            parts["shared"].append(record)
        else:
            parts["marked"].append(record)
    return parts


def _of(desk: SetAsideSession, records: Iterable[str]) -> pl.DataFrame:
    rows = [
        (row.record_id, row.name, row.email, row.kind, "; ".join(row.reasons))
        for row in map(desk.row, records)
    ]
    return pl.DataFrame(rows, schema=LISTED, orient="row")


def _named(clients: pl.DataFrame) -> pl.DataFrame:
    person = pl.concat_str(NAMES, separator=" ", ignore_nulls=True).replace("", None)
    return clients.with_columns(display_name=pl.coalesce("display_name", person, "company"))
