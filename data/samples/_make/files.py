"""Bytes of the six files, shaped as the systems give them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from itertools import groupby
from typing import TYPE_CHECKING

import xlsxwriter

from _make.books import address_cell, phone_cell
from _make.outlook import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from _make.books import Books, Party
    from _make.hidden import Hidden
    from _make.outlook import Contact
    from _make.register import Line
    from _make.rows import Row
    from _make.world import World

FIRM = "Fjordside Accounting ApS"
STAMP = " Monday, November 16, 2026 09:12 AM GMT+01:00"
ENGLISH = (
    "Display name,Company ID,Client number,Client type,Lead accountant,Contact name,Email,"
    "Phone,Street,City,Region,Postal code,Country,Tax ID,Subscription,Status,Created"
).split(",")
PORTUGUESE = (
    "Nome de exibição,ID da empresa,Número do cliente,Tipo de cliente,Contador principal,"
    "Nome do contato,E-mail,Telefone,Rua,Cidade,Estado,CEP,País,CNPJ,Assinatura,Status,"
    "Criado em"
).split(",")
YEAR_0 = (1980, 1, 1, 0, 0, 0)


class Lines:
    """Collects CSV records and knows on which line each one starts."""

    def __init__(self, delimiter: str = ",", *, quote_all: bool = False) -> None:
        self._text = io.StringIO()
        style = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
        self._writer = csv.writer(self._text, delimiter=delimiter, quoting=style)
        self._line = 1

    def add(self, cells: Sequence[str]) -> int:
        """Write a record; give the line it starts on."""
        start = self._line
        self._writer.writerow(cells)
        self._line += 1 + sum(cell.count("\n") for cell in cells)
        return start

    def blank(self) -> None:
        """Write an empty line."""
        self._text.write("\r\n")
        self._line += 1

    def encode(self, encoding: str) -> bytes:
        """Give the file's bytes."""
        return self._text.getvalue().encode(encoding)


def cells(row: Row, status: str = "Active") -> list[str]:
    """Give a client's cells in the order of the headings."""
    return [
        row.display,
        row.company_id,
        row.number,
        row.client_type,
        row.lead,
        row.contact,
        row.email,
        row.phone,
        row.street,
        row.city,
        row.region,
        row.postcode,
        row.country,
        row.tax,
        row.subscription,
        status,
        row.created,
    ]


def client_list(rows: Iterable[Row], headings: Sequence[str] = ENGLISH) -> bytes:
    """Write the client list; the Portuguese one in cp1252 with semicolons."""
    english = headings is ENGLISH
    lines = Lines("," if english else ";")
    lines.add(headings)
    for row in rows:
        lines.add(cells(row, "Active" if english else "Ativo"))
    return lines.encode("utf-8-sig" if english else "cp1252")


def register(lines: Iterable[Line]) -> bytes:
    """Write the register as a workbook; not packed, as no two zlibs pack alike."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": dt.datetime(2026, 11, 16, tzinfo=dt.UTC)})
    sheet = book.add_worksheet("Numbers")
    text = book.add_format({"num_format": "@"})
    for column, heading in enumerate(("Number", "Name", "E-mail")):
        sheet.write_string(0, column, heading)
    for at, line in enumerate(lines, start=1):
        if line.numeric:
            sheet.write_number(at, 0, int(line.number))
        else:
            sheet.write_string(at, 0, line.number, text)
        sheet.write_string(at, 1, line.name)
        if line.email:
            sheet.write_string(at, 2, line.email)
    book.close()
    return _stored(out.getvalue())


def _stored(packed: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, YEAR_0)
            info.create_system = 3  # else it tells Windows from Unix
            new.writestr(info, old.read(name))
    return out.getvalue()


def _report(title: str, width: int, delimiter: str = ",") -> Lines:
    lines = Lines(delimiter)
    lines.add([FIRM, *[""] * (width - 1)])
    lines.add([title, *[""] * (width - 1)])
    lines.blank()
    return lines


def _stamp(lines: Lines, width: int) -> None:
    lines.blank()
    lines.blank()
    lines.add([STAMP, *[""] * (width - 1)])


def customer_list(world: World, books: Books) -> bytes:
    """Write the Customer Contact List, with two columns more, as customised reports have."""
    heads = "Customer full name,Phone numbers,Email,Full name,Bill address,Ship address"
    headings = [*heads.split(","), "Open balance", "Created on"]
    lines = _report("Customer Contact List", len(headings))
    lines.add(headings)
    for party in books.customers:
        bill = address_cell(world, party.who)
        day = f"{world.rng.randrange(1, 13):02}/{world.rng.randrange(1, 29):02}"
        party.line = lines.add(
            [
                party.name,
                phone_cell(world, party.who),
                _emails(world, party),
                party.full_name,
                bill,
                bill if world.rng.random() < 0.3 else "",
                party.balance,
                f"{day}/{world.rng.randrange(2015, 2026)}",
            ]
        )
    _stamp(lines, len(headings))
    return lines.encode("utf-8-sig")


def _emails(world: World, party: Party) -> str:
    email = party.who.email
    if email and party.entity.startswith("E") and world.rng.random() < 0.08:
        return f"{email}, {world.maker.email('cc', email.partition('@')[2])}"
    return email


def vendor_list(world: World, books: Books) -> bytes:
    """Write the Vendor Contact List of a machine that knows cp1252 and semicolons."""
    heads = "Vendor;Company;Phone numbers;Email;Full name;Billing address;Account #;Tax ID"
    headings = [*heads.split(";"), "Track 1099"]
    lines = _report("Vendor Contact List", len(headings), ";")
    lines.add(headings)
    for party in books.vendors:
        account = str(world.rng.randrange(10000, 99999)) if world.rng.random() < 0.4 else ""
        party.line = lines.add(
            [
                party.name,
                party.who.name if party.who.firm else "",
                phone_cell(world, party.who),
                party.who.email,
                party.full_name,
                address_cell(world, party.who),
                account,
                party.who.tax if world.rng.random() < 0.5 else "",
                "Yes"
                if party.who.land == "us" and party.note != "refund-only vendor"
                else "No",
            ]
        )
    _stamp(lines, len(headings))
    return lines.encode("cp1252")


def transaction_list(books: Books) -> bytes:
    """Write the Transaction List: a section an account, with totals."""
    heads = ",Transaction date,Transaction type,Num,Name,Description,Split,Amount,Balance"
    headings = heads.split(",")
    lines = Lines()
    for title in (FIRM, "Transaction List by Account", "January 1 - November 15, 2026"):
        lines.add([title, *[""] * 8])
    lines.blank()
    lines.add(headings)
    for account, bookings in groupby(books.bookings, key=lambda b: b.account):
        lines.add([account, *[""] * 8])
        balance = 0
        for b in bookings:
            balance += b.cents
            day = b.day.strftime("%m/%d/%Y")
            amounts = (_money(b.cents), _money(balance))
            lines.add(["", day, b.kind, b.number, b.name, b.text, "-Split-", *amounts])
        lines.add([f"Total for {account}", *[""] * 6, _money(balance), ""])
    _stamp(lines, len(headings))
    return lines.encode("utf-8-sig")


def _money(cents: int) -> str:
    return f"{cents / 100:,.2f}"


def outlook(contacts: Iterable[Contact]) -> bytes:
    """Write the contacts as the classic Outlook does: 92 columns, all quoted."""
    lines = Lines(quote_all=True)
    lines.add(HEADINGS)
    for contact in contacts:
        contact.line = lines.add([contact.cells.get(h, "") for h in HEADINGS])
    return lines.encode("cp1252")


def hidden_json(hidden: Hidden) -> bytes:
    """Write what the practice target knows and downloads hide."""
    inactive = [dict(zip(ENGLISH, cells(row, "Inactive"))) for row in hidden.inactive]
    told = {"schema": 1, "inactive": inactive, "scheduled": hidden.scheduled}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
