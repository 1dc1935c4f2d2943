"""The truth beside the files: who is whose, who is no customer, what is wrong."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from _make.books import Books
    from _make.hidden import Hidden
    from _make.outlook import Contact
    from _make.register import Numbers
    from _make.rows import Row
    from _make.world import World

ROLE_RIGHT = {
    "customer-vendor": "a customer: it has invoices; keep",
    "refund-only vendor": "a customer: a refund put it into the vendor list; keep",
    "namesake of a vendor": "a customer: only the name is a vendor's; keep",
    "never-invoiced client": "a customer: client type, lead or plan, no bookings; keep",
    "shares its name with an ignored contact": "a customer: the e-mail is another; keep",
    "client marked QB Ignore": "a customer: a subscription speaks for it; keep",
    "two lines with a subscription each": "one client with separate books; cannot be merged",
    "placeholder for an e-mail or phone": "different clients; 'none' is no evidence",
    "row without company id": "a client; cannot be uploaded, left out with the reason",
}
GROUP_RIGHT = {
    "owner of several companies": "different clients; never merge",
    "bookkeeper address": "different clients; the address is their bookkeeper's",
    "shared switchboard": "different clients; one phone for an office house",
    "household": "different clients of one family",
    "namesake": "different people of one name",
    "namesake firm": "different firms of one name",
    "different legal form": "different clients; two legal forms, two books",
    "director's own company": "two clients: the person, and the company",
    "sole trader": "one client, entered as a firm and as a person; merge",
    "info@ client": "a customer: info@ is normal for a firm; keep",
    "automatic or own address of a client": "a customer: a subscription speaks for it; keep",
}


@dataclass(frozen=True, slots=True)
class Set:
    """All parts of a set that the truth tells of."""

    world: World
    numbers: Numbers
    books: Books
    contacts: Sequence[Contact]
    hidden: Hidden


def tell(told: Set) -> dict[str, bytes]:
    """Write the truth's files."""
    return {
        "clients.csv": _csv(_clients(told.world)),
        "non_customers.csv": _csv(_non_customers(told.world)),
        "register.csv": _csv(_register(told)),
        "customers.csv": _csv(_parties(told, vendors=False)),
        "vendors.csv": _csv(_parties(told, vendors=True)),
        "contacts.csv": _csv(_contacts(told)),
        "errors.csv": _csv(_errors(told)),
        "hard_cases.csv": _csv(_hard_cases(told)),
    }


def _csv(rows: Iterable[Mapping[str, object]]) -> bytes:
    table, text = list(rows), io.StringIO()
    if table:
        writer = csv.DictWriter(text, list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)
    return text.getvalue().encode("utf-8")


def _clients(world: World) -> Iterable[Mapping[str, object]]:
    for row in world.rows:
        yield {
            "file": "client_list.csv",
            "line": row.line,
            "company_id": row.company_id,
            "entity": row.entity,
            "class": "client" if row.kind == "client" else "non_customer",
            "faults": "; ".join(row.faults),
        }


def _non_customers(world: World) -> Iterable[Mapping[str, object]]:
    for row in [r for r in world.rows if r.kind != "client"]:
        yield {
            "line": row.line,
            "company_id": row.company_id,
            "display_name": row.display,
            "class": row.kind,
            "evidence": row.evidence,
        }


def _where(rows: Sequence[Row]) -> dict[str, str]:
    return {
        "lines": " ".join(str(r.line) for r in rows),
        "company_ids": " ".join(r.company_id for r in rows if r.company_id),
    }


def _register(told: Set) -> Iterable[Mapping[str, object]]:
    for line in told.numbers.lines:
        yield {
            "line": line.line,
            "number": line.number,
            "entity": line.entity,
            **_where(told.world.rows_of(line.entity) if line.entity else []),
            "note": line.note,
        }


def _kind(key: str) -> str:
    return {"E": "client", "N": "non_customer"}.get(key[:1], "outside")


def _parties(told: Set, *, vendors: bool) -> Iterable[Mapping[str, object]]:
    for party in told.books.vendors if vendors else told.books.customers:
        yield {
            "line": party.line,
            "name": party.name,
            "entity": party.entity,
            "class": _kind(party.entity),
            "note": party.note,
        }


def _contacts(told: Set) -> Iterable[Mapping[str, object]]:
    for contact in told.contacts:
        yield {
            "line": contact.line,
            "entity": contact.entity,
            "class": _kind(contact.entity),
            "note": contact.note,
        }


def _errors(told: Set) -> Iterable[Mapping[str, object]]:
    world, file = told.world, "client_list.csv"
    rows = list(told.numbers.errors)

    def add(row: Row, field: str, value: str, what: str, then: str) -> None:
        rows.append(
            {
                "file": file,
                "line": str(row.line),
                "field": field,
                "value": value,
                "what": what,
                "what_should_happen": then,
            }
        )

    for key in world.roles.get("row without company id", []):
        row = world.rows_of(key)[0]
        add(row, "Company ID", "", "no company id", "left out of the upload and listed")
    for number, key in told.hidden.taken:
        then = "nobody can foresee it; the error log tells; another number or by hand"
        what = "an inactive client that downloads hide holds this number"
        if key:
            add(world.rows_of(key)[0], "Client number", number, what, then)
        else:
            what = f"{what}; the pattern will reach it"
            told_line = {"file": "hidden.json", "line": "", "field": "Client number"}
            rows.append(
                told_line | {"value": number, "what": what, "what_should_happen": then}
            )
    ids = {row.company_id: row for row in world.rows if row.company_id}
    for step in told.hidden.scheduled:
        row = ids[str(step["company_id"])]
        if step["do"] == "rename":
            what = f"renamed to {step['display_name']} before the upload"
            then = "the error log tells; right after a new download"
            add(row, "Display name", row.display, what, then)
        else:
            then = "the error log tells; left out, by hand"
            add(row, "Company ID", row.company_id, "gone before the upload", then)
    return sorted(rows, key=lambda r: (r["file"], int(r["line"] or 0), r["field"], r["what"]))


def _hard_cases(told: Set) -> Iterable[Mapping[str, object]]:
    world, cases = told.world, list[tuple[str, list[str], str]]()
    for role, right in ROLE_RIGHT.items():
        cases += [(role, [key], right) for key in world.roles.get(role, [])]
    apart = {"info@ client", "automatic or own address of a client"}
    for group in [g for g in world.groups if g and g[0].tags]:
        kind = group[0].tags[0]
        keys = [one.key for one in group]
        parts = [[key] for key in keys] if kind in apart else [keys]
        cases += [(kind, part, GROUP_RIGHT[kind]) for part in parts]
    for number, (kind, keys, right) in enumerate(cases, start=1):
        rows = [row for key in keys for row in world.rows_of(key)]
        yield {
            "case": number,
            "kind": kind,
            **_where(rows),
            "entities": " ".join(keys),
            "right": right,
        }
