"""Google Contacts: both forms of its export; labels tell numbers apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from custclean.stages.read import read
from custclean.systems import SYSTEMS
from custclean.systems._recognition import claims, winners
from custclean.systems.google_contacts import MOST, labels, number

SAMPLES = Path(__file__).parents[2] / "data" / "samples" / "google_contacts"


@pytest.mark.parametrize(
    ("cell", "field"),
    [
        ("* Mobile: 1", "mobile"),
        ("Celular: 1", "mobile"),
        ("Work Fax: 1", "fax"),
        ("* Home: 1", "phone"),
        ("Ferienhaus: oben: 1", "phone"),
        ("1", "phone"),
    ],
)
def test_a_label_says_what_a_number_is(cell: str, field: str) -> None:
    assert number(cell) == {field: "1"}


def test_several_values_of_one_label_are_joined_in_order() -> None:
    assert number("Mobile: 1 ::: 2 ::: 3") == {"mobile": "1; 2; 3"}
    assert number("1 ::: 2") == {"phone": "1; 2"}


def test_labels_lose_their_mark_and_keep_their_order() -> None:
    assert labels("* starred ::: Clients ::: * myContacts") == {
        "categories": "starred; Clients; myContacts"
    }


def test_of_several_addresses_one_is_taken_whole() -> None:
    table = read(SAMPLES / "contacts_new.csv").table
    assert table["street"].to_list()[-1] == "1 First Street"
    assert table["city"].to_list()[-1] == "Springfield"
    second = table.row(1, named=True)
    assert (second["street"], second["city"]) == ("Bøgevænget 7", "Rønde")


def test_all_e_mails_are_taken() -> None:
    table = read(SAMPLES / "contacts_new.csv").table
    expected = "harriet@ockelthorpe.example; hj@example.org; harriet.o@example.net"
    assert table["email"][0] == expected


def test_what_a_field_does_not_hold_stays_beside() -> None:
    extra = read(SAMPLES / "contacts_new.csv").extra
    assert "2 Second Street" in extra["Address 1 - Street"].to_list()[-1]
    assert extra["Phone 1 - Label"].to_list()[3] == "Ferienhaus: oben"


@pytest.mark.parametrize(
    "header",
    [
        ["First Name", "Last Name", "Phone 1 - Value"],
        [
            "Given Name",
            "Family Name",
            "Group Membership",
            f"E-mail {MOST} - Value",
            "E-mail 1 - Value",
        ],
        ["Nombre", "Apellidos", "Correo electrónico 1 - Valor"],
    ],
)
def test_few_of_its_headings_are_enough(header: list[str]) -> None:
    (claim,) = winners(claims(SYSTEMS, header, ()))
    assert claim.system == "google-contacts"
    assert len(claim.columns) == len(header)
