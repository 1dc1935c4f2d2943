"""The list for the mail program: its own cells again, one category more, read back as such."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import polars as pl
import pytest

from custclean.errors import InputError
from custclean.stages.ignore_list import marked_file
from custclean.stages.ignore_match import match_contacts
from custclean.stages.read import read
from custclean.stages.screen import screen
from custclean.tables.cells import escape

if TYPE_CHECKING:
    from pathlib import Path

CSVS = [
    "outlook/contacts_classic_en.csv",
    "outlook/contacts_classic_da.csv",
    "outlook/contacts_classic_de.csv",
    "outlook/contacts_gmail.csv",
    "outlook/contacts_web.csv",
    "google_contacts/contacts_new.csv",
    "google_contacts/contacts_old.csv",
]
CARDS = ["vcard/outlook_21.vcf", "vcard/apple_30.vcf", "vcard/rfc_40.vcf"]


def rows_of(data: bytes, encoding: str) -> list[list[str]]:
    text = data.decode(encoding).removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("name", [*CSVS, *CARDS])
def test_who_is_marked_is_read_back_as_one_to_be_ignored(
    name: str, samples: Path, tmp_path: Path
) -> None:
    path = samples / name
    contacts = read(path)
    ids = contacts.table["record_id"].to_list()
    made = tmp_path / path.name
    made.write_bytes(marked_file(contacts, path, ids[:2]))
    again = read(made)
    table = again.table.filter(again.table["record_id"].is_in(ids[:2]))  # a card may hold one
    assert table["record_id"].to_list() == ids[:2]
    assert table["categories"].str.contains("QB Ignore").all()
    alike = ["record_id", "email", "phone", "given_name", "company", "street", "notes"]
    assert table.select(alike).equals(contacts.table.select(alike)[:2])
    classes = screen(table, contacts=table).classes
    assert set(classes["class"]) == {"ignored"}


@pytest.mark.parametrize("name", CSVS)
def test_nothing_but_the_category_differs_from_the_file(name: str, samples: Path) -> None:
    path = samples / name
    contacts = read(path)
    encoding = contacts.report.encoding
    before = rows_of(path.read_bytes(), encoding)
    after = rows_of(marked_file(contacts, path, contacts.table["record_id"]), encoding)
    assert len(after) == len(before)
    heading = contacts.report.headings.get("categories", "Categories")
    place = after[0].index(heading)
    for n, (one, other) in enumerate(zip(before, after, strict=True)):
        cells = [*one, *[""] * (len(other) - len(one))]
        assert [*cells[:place], *cells[place + 1 :]] == [*other[:place], *other[place + 1 :]]
        assert other[place].startswith(cells[place])
        assert n == 0 or other[place].count("QB Ignore") == 1


def test_categories_that_were_there_stay(samples: Path, tmp_path: Path) -> None:
    for name, between in [("outlook/contacts_classic_en.csv", ";"),
                          ("google_contacts/contacts_new.csv", " ::: ")]:  # fmt: skip
        path = samples / name
        contacts = read(path)
        first = contacts.table["record_id"][0]
        text = marked_file(contacts, path, [first]).decode(contacts.report.encoding)
        assert f"{between}QB Ignore" in text
        assert "Clients" in text


def test_a_card_inside_a_card_stays_whole(tmp_path: Path) -> None:
    path = tmp_path / "cards.vcf"
    inner = "AGENT:\r\nBEGIN:VCARD\r\nVERSION:2.1\r\nN:In;Side\r\nEND:VCARD\r\n"
    one = f"BEGIN:VCARD\r\nVERSION:2.1\r\nN:Out;Side\r\n{inner}END:VCARD\r\n"
    path.write_text(one + one.replace("Out", "Else"), encoding="utf-8", newline="")
    contacts = read(path)
    outer = contacts.table.filter(contacts.table["family_name"] == "Else")["record_id"]
    marked = marked_file(contacts, path, outer).decode()
    assert marked == one.replace("Out", "Else").replace(
        "END:VCARD\r\nEND:VCARD", "END:VCARD\r\nCATEGORIES:QB Ignore\r\nEND:VCARD"
    )


def test_a_workbook_is_no_file_of_a_mail_program(samples: Path, tmp_path: Path) -> None:
    register = read(samples / "small" / "register.xlsx")
    with pytest.raises(InputError, match="mail program"):
        marked_file(register, samples / "small" / "register.xlsx", [])


def test_a_contact_is_who_has_its_mailbox_or_name_and_a_customer_too_is_said(
    samples: Path,
) -> None:
    contacts = read(samples / "outlook" / "contacts_classic_en.csv").table
    aside, other = contacts[:2], contacts[1:3].with_columns(record_id="email")
    found = match_contacts(contacts, aside, [contacts[:0], other])
    one, two, three = (found[each] for each in contacts["record_id"][:3])
    assert (one.clients, one.shared) == ((contacts["record_id"][0],), False)
    assert two.clients == (contacts["record_id"][1],)
    assert not two.shared  # in the books under the name of who was set aside: the same one
    assert (three.clients, three.shared) == ((), True)


@pytest.mark.parametrize(
    ("place", "name", "mail", "shared"),
    [
        ("listed", "Acme Fencing", "info@acme.example", True),
        ("listed", "Old Newsletter", "info@acme.example", True),
        ("books", "Acme Fencing", "info@acme.example", True),
        ("books", "Old Newsletter", "sales@acme.example", True),
        ("books", "Old Newsletter", None, True),
        ("books", "Old Newsletter", "info@acme.example", False),
    ],
)
def test_a_customer_who_shares_a_mailbox_or_a_name_is_a_customer_still(
    place: str, name: str, mail: str | None, shared: bool
) -> None:
    """Who is in the list has an id of its own; who is in the books only, name and mailbox."""

    def people(record: str, name: str, mail: str | None) -> pl.DataFrame:
        row = {"record_id": record, "display_name": name, "email": mail}
        return pl.DataFrame([row], schema=dict.fromkeys(row, pl.String))

    aside = people("c1", "Old Newsletter", "info@acme.example")
    contact = people("p1", name, mail)
    customer = people("c2", name, mail)
    lists = [customer] if place == "listed" else [customer[:0], customer]
    found = match_contacts(contact, aside, lists)
    assert found["p1"].shared == shared


def test_names_stay_even_where_a_spreadsheet_would_run_them(
    tmp_path: Path,
) -> None:
    path = tmp_path / "c.csv"
    path.write_text(
        "First Name,Last Name,E-mail Address,E-mail Type,E-mail Display Name,Categories\r\n"
        "=1+1,Bo,b@example.com,SMTP,b,\r\n",
        encoding="utf-8",
        newline="",
    )
    contacts = read(path)
    text = marked_file(contacts, path, contacts.table["record_id"]).decode()
    assert '"=1+1"' in text  # a file for a program: nobody's name gets an apostrophe
    assert escape("=1+1") not in text
