"""Outlook: contacts, calendar, tasks and mail, each told by headings of seven languages."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from custclean.stages.read import Export, read

SAMPLES = Path(__file__).parents[2] / "data" / "samples" / "outlook"
LANGUAGES = ("da", "de", "en", "es", "fr", "it", "pt")


@cache
def _export(name: str) -> Export:
    return read(SAMPLES / f"{name}.csv")


def _row(name: str, row: int) -> dict[str, str]:
    return {k: v for k, v in _export(name).table.row(row, named=True).items() if v is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_contacts_of_each_language_fill_the_same_fields(language: str) -> None:
    export = _export(f"contacts_classic_{language}")
    assert (export.kind, export.report.language) == ("contacts", language)
    filled = {c.name for c in export.table.iter_columns() if c.null_count() < len(export)}
    needed = "title given_name middle_name family_name company email phone mobile street city"
    assert set(f"{needed} postcode country categories notes".split()) <= filled


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lines_of_a_street_are_put_together_in_their_order(language: str) -> None:
    assert _row(f"contacts_classic_{language}", 0)["street"].count("\n") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_second_address_and_a_phone_at_home_are_taken(language: str) -> None:
    person = _row(f"contacts_classic_{language}", 1)
    assert person["email"].count("; ") == 1
    assert {"phone", "street", "city", "postcode", "country"} <= set(person)


@pytest.mark.parametrize("language", LANGUAGES)
def test_whom_to_ignore_is_found_in_every_language(language: str) -> None:
    assert "QB Ignore" in _export(f"contacts_classic_{language}").table["categories"].to_list()


@pytest.mark.parametrize(
    ("language", "sensitivity", "private"),
    [("en", "Sensitivity", "Private"), ("da", "Følsomhed", "Privat"),
     ("pt", "Sensibilidade", "Particular")],
)  # fmt: skip
def test_what_is_private_stays_beside(language: str, sensitivity: str, private: str) -> None:
    extra = _export(f"contacts_classic_{language}").extra
    assert len(extra[sensitivity].unique()) == 2
    assert len(extra[private].unique()) == 2


def test_a_contact_with_no_name_but_a_firm_is_read() -> None:
    council = _row("contacts_classic_en", 4)
    assert council["company"] == "Pembleton Parish Council"
    assert (council["street"], council["city"]) == ("The Reading Room", "Pembleton")


def test_the_second_french_titre_is_said_and_kept() -> None:
    export = _export("contacts_classic_fr")
    assert export.table["title"].to_list()[:2] == ["Mme", "M."]
    assert export.extra["Titre (2)"].to_list()[0] == "Gérante"
    assert "Titre" in export.report.ambiguous[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_appointment_has_day_and_time_and_all_who_come(language: str) -> None:
    meeting, deadline = (_row(f"calendar_{language}", row) for row in (0, 1))
    assert meeting["kind"] == "appointment"
    assert meeting["when"].count(" ") == (2 if language == "en" else 1)
    assert meeting["who"].startswith("Ida Kvistgren; ")
    assert {"subject", "body"} <= set(meeting)
    assert "who" not in deadline


def test_the_second_french_debut_is_the_time() -> None:
    assert _row("calendar_fr", 0)["when"] == "04/03/2026 09:30:00"


@pytest.mark.parametrize("language", ["en", "it"])
def test_a_task_is_due_when_it_is_due_else_when_it_starts(language: str) -> None:
    export = _export(f"tasks_{language}")
    assert export.table["kind"].to_list() == ["todo"] * 3
    days = {"en": ["4/30/2026", "3/1/2026"], "it": ["30/04/2026", "01/03/2026"]}[language]
    assert [export.table["when"][row] for row in (0, 2)] == days
    assert export.table["status"].null_count() == 0


def test_a_task_names_contact_and_company() -> None:
    assert _row("tasks_en", 0)["who"] == "Marisol Vantreight; Vantreight Orchards LLC"


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_message_has_addresses_and_no_date(language: str) -> None:
    message = _row(f"messages_{language}", 0)
    assert message["kind"] == "mail"
    assert message["who"].endswith("; ida@fjordside.example")
    assert "\r\n\r\n" in message["body"]
    assert "when" not in message


def test_the_path_of_exchange_is_kept_as_it_stands() -> None:
    assert _row("messages_en", 1)["who"].startswith("/O=FJORDSIDE/")


def test_a_path_of_exchange_is_no_email_and_stays_beside(tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    ex = "/o=ExchangeLabs/ou=Administrative Group (FYDI)/cn=Recipients/cn=1f-ann"
    path.write_text(
        "First Name,Last Name,E-mail Address,E-mail Type,E-mail 2 Address\n"
        f"Ann,Example,{ex},EX,ann@x.example\nBob,Example,{ex},EX,\n"
        "Cid,Example,cid@x.example,SMTP,\n",
        encoding="utf-8",
    )
    export = read(path)
    assert export.table["email"].to_list() == ["ann@x.example", None, "cid@x.example"]
    assert export.extra["E-mail Address"].to_list() == [ex, ex, "cid@x.example"]
    (flag,) = export.report.flags
    assert (flag.line, flag.rows) == (2, 2)
    assert "Exchange" in flag.what
