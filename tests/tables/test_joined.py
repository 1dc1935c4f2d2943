"""Cells that hold several things are taken apart, and nothing of them is invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.tables.joined import (
    active_or_not,
    address_lines,
    category_and_name,
    emails,
    full_name,
    inverted,
    parent_and_child,
    phones,
)


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("(555) 010-1234", {"phone": "(555) 010-1234"}),
        (
            "Phone:(555) 010-1234 Mobile:(555) 010-9999 Fax: (555) 010-1111",
            {"phone": "(555) 010-1234", "mobile": "(555) 010-9999", "fax": "(555) 010-1111"},
        ),
        (
            "(555) 010-1234 Mobile:(555) 010-9999",
            {"phone": "(555) 010-1234", "mobile": "(555) 010-9999"},
        ),
        (
            "Phone:(555) 010-1234 Other:(555) 010-1235",
            {"phone": "(555) 010-1234; (555) 010-1235"},
        ),
        (
            "Telefono: 010 555, Cellulare: 333 555\nFax:",
            {"phone": "010 555", "mobile": "333 555"},
        ),
        ("Mobile:", {}),
        ("", {"phone": ""}),
    ],
)
def test_labelled_phones_are_told_apart(cell: str, parts: dict[str, str]) -> None:
    assert phones(cell) == parts


@pytest.mark.parametrize(
    ("cell", "field"),
    [
        ("Telefono cellulare: 399 0000001", "mobile"),
        ("Cell. 399 0000001", "mobile"),
        ("Telemóvel:+351 900 000 001", "mobile"),
        ("Cel.: (11) 90000-0001", "mobile"),
        ("Téléphone mobile : 06 39 98 00 01", "mobile"),
        ("Móvil:600 000 001", "mobile"),
        ("Mobil: 37 00 00 01", "mobile"),
        ("Handy: 0171 3920001", "mobile"),
        ("Mobile phone 2:(555) 010-9999", "mobile"),
        ("Télécopieur:01 99 00 00 01", "fax"),
        ("Home Fax: (555) 010-1111", "fax"),
        ("Tel./Fax: (555) 010-1111", "phone"),
        ("Phone+Fax: (555) 010-1111", "phone"),
        ("Fax/Phone: (555) 010-1111", "phone"),
        ("Tel. 020 7946 0001", "phone"),
        ("Tlf.: 37 00 00 01", "phone"),
        ("Büro: 030 23125001", "phone"),
        ("Otro: 910 000 001", "phone"),
    ],
)
def test_labels_of_seven_languages_are_known(cell: str, field: str) -> None:
    found = phones(cell)
    assert list(found) == [field]
    assert found[field][0] in "+(0123456789"


@pytest.mark.parametrize(
    ("cell", "joined"),
    [
        ("(555) 010-1234, (555) 010-9999", "(555) 010-1234; (555) 010-9999"),
        ("0161 496 0001 ::: 0161 496 0002", "0161 496 0001; 0161 496 0002"),
        ("37 00 00 02 / 37 00 00 01", "37 00 00 02; 37 00 00 01"),
        ("37 00 00 02\n37 00 00 01", "37 00 00 02; 37 00 00 01"),
    ],
)
def test_phones_without_labels_are_joined_in_their_order(cell: str, joined: str) -> None:
    assert phones(cell) == {"phone": joined}


def test_a_word_or_a_stroke_before_a_label_is_no_number() -> None:
    assert phones("Ann mobile: (555) 010-9999") == {"mobile": "(555) 010-9999"}
    both = {"phone": "(555) 010-1234", "fax": "(555) 010-1111"}
    assert phones("Phone:(555) 010-1234 / Fax:(555) 010-1111") == both


@pytest.mark.parametrize(
    "cell", ["(555) 010-1234, ext. 5", "0161 496 0001/02", "555 0101 Office 12", "a ::: b"]
)
def test_what_may_be_one_phone_is_left_whole(cell: str) -> None:
    assert phones(cell) == {"phone": cell}


@pytest.mark.parametrize(
    ("cell", "joined"),
    [
        ("ann@example.com", "ann@example.com"),
        (" Ann <ann@example.com> ", " Ann <ann@example.com> "),
        ("a@x.example,b@y.example", "a@x.example; b@y.example"),
        ("a@x.example; b@y.example;", "a@x.example; b@y.example"),
        ("a@x.example\nb@y.example", "a@x.example; b@y.example"),
        ("a@x.example b@y.example", "a@x.example; b@y.example"),
        ("a@x.example ::: b@y.example", "a@x.example; b@y.example"),
        ("B Y <b@y.example>, A X <a@x.example>", "B Y <b@y.example>; A X <a@x.example>"),
        ("X, Ann <a@x.example>; b@y.example", "X, Ann <a@x.example>; b@y.example"),
        ('"X, Ann" <a@x.example>, b@y.example', '"X, Ann" <a@x.example>; b@y.example'),
    ],
)
def test_several_addresses_are_joined_in_their_order(cell: str, joined: str) -> None:
    assert emails(cell) == {"email": joined}


@pytest.mark.parametrize(
    ("cell", "given_name", "family"),
    [
        ("Ann Example", "Ann", "Example"),
        ("Example, Ann", "Ann", "Example"),
        ("Ann Q. Example", "Ann Q.", "Example"),
        ("Ann van der Example", "Ann", "van der Example"),
        ("Ana de la Muestra", "Ana", "de la Muestra"),
        ("van Example", "van", "Example"),
        ("Example", None, "Example"),
        ("Example,", None, "Example,"),
    ],
)
def test_a_whole_name_is_split(cell: str, given_name: str | None, family: str) -> None:
    parts = full_name(cell)
    assert (parts.get("given_name"), parts["family_name"]) == (given_name, family)


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("Mr. Ann Example Jr.", ("Mr.", "Ann", "Example", "Jr.")),
        ("Example, Dr. Ann, PhD", ("Dr.", "Ann", "Example", "PhD")),
        ("Ann Example, MD", (None, "Ann", "Example", "MD")),
        ("Sig.ra Anna Esempio", ("Sig.ra", "Anna", "Esempio", None)),
        ("Herr Dr. Jörg Beispiel", ("Herr Dr.", "Jörg", "Beispiel", None)),
        ("Ann Example (deleted)", (None, "Ann", "Example", None)),
        ("Dr. Example", ("Dr.", None, "Example", None)),
        ("Ann Jr", (None, "Ann", "Jr", None)),
    ],
)
def test_title_and_suffix_are_no_names(cell: str, parts: tuple[str | None, ...]) -> None:
    found = full_name(cell)
    names = ("title", "given_name", "family_name", "suffix")
    assert tuple(found.get(name) for name in names) == parts


def test_a_child_is_told_from_its_parents() -> None:
    assert parent_and_child("A:B:C") == {"display_name": "C", "parent": "A:B"}
    assert parent_and_child("A:") == {"display_name": "A:"}
    assert parent_and_child("A") == {"display_name": "A"}


def test_an_item_is_told_from_its_category() -> None:
    assert category_and_name("A:B:C") == {"category": "A:B", "name": "C"}
    assert category_and_name("A") == {"name": "A"}


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        (
            "Ann Example\n4 Test St\nSampleton, NY 12345-6789",
            ("Ann Example\n4 Test St", "Sampleton", "NY", "12345-6789", None),
        ),
        ("4 Test St\nSampleton, ON K1A 0B1\nCanada",
         ("4 Test St", "Sampleton", "ON", "K1A 0B1", "Canada")),
    ],
)  # fmt: skip
def test_the_town_of_an_american_address_is_told(
    cell: str, parts: tuple[str | None, ...]
) -> None:
    found = address_lines(cell)
    fields = ("street", "city", "region", "postcode", "country")
    assert tuple(map(found.get, fields)) == parts


@pytest.mark.parametrize(
    "cell",
    [
        "Testvej 7\n8000 Aarhus C",
        "4 Test St\nSampleton NY",
        "4 Test St, NY 12345, USA",
        "",
        "USA",
    ],
)
def test_an_address_of_doubtful_form_stays_whole(cell: str) -> None:
    assert address_lines(cell) == {"street": cell}


@pytest.mark.parametrize(
    ("hidden", "active"), [("Y", "N"), ("n", "Y"), ("Sí", "N"), ("Não", "Y"), ("nej", "Y")]
)
def test_who_is_hidden_is_not_active(hidden: str, active: str) -> None:
    assert inverted(hidden) == {"active": active}


def test_an_unknown_word_says_nothing_of_who_is_active() -> None:
    assert inverted("perhaps") == {}


@given(
    st.text(),
    st.sampled_from([address_lines, category_and_name, emails, full_name, parent_and_child]),
)
def test_no_letter_of_a_cell_is_lost_or_added(cell, split) -> None:  # type: ignore[no-untyped-def]
    parts = "".join(split(cell).values())
    assert sorted(filter(str.isalnum, parts)) == sorted(filter(str.isalnum, cell))


@given(st.text())
def test_phones_never_fail_and_invent_nothing(cell: str) -> None:
    assert set("".join(phones(cell).values())) <= set(cell) | set("; ")


@given(st.lists(st.text("0123456789 ()+-", min_size=8), min_size=1))
def test_no_digit_of_phones_without_labels_is_lost(numbers: list[str]) -> None:
    cell = ", ".join(numbers)
    joined = "".join(phones(cell).values())
    assert list(filter(str.isdigit, joined)) == list(filter(str.isdigit, cell))


@pytest.mark.parametrize("path", ["/o=ExchangeLabs/ou=A B (X)/cn=ann", "/O=FIRM/CN=ANN"])
def test_a_path_of_exchange_is_no_email(path: str) -> None:
    assert emails(path) == emails(f" {path}; ") == {}
    assert emails(f"ann@x.example; {path}")["email"].strip() == "ann@x.example"
    assert emails("/other=ann@x.example") == {"email": "/other=ann@x.example"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Active|Y|Yes|Attivo|Ativo|Actif|Activo|Aktiv|SÌ|1", "Y"),
        (
            "Not-active|Inactive|N|No|Non attivo|Inattivo|Inativo|Não ativo|Inactif|Non actif",
            "N",
        ),
        ("Inactivo|No activo|Inaktiv|Ikke aktiv|Ikke-aktiv|Nicht aktiv|hidden|0", "N"),
    ],
)
def test_active_and_inactive_are_told_in_every_language(words: str, told: str) -> None:
    for word in words.split("|"):
        assert active_or_not(f" {word}") == {"active": told}, word


@pytest.mark.parametrize("word", ["On hold", "not known", "Non", "Noactive", "ikke"])
def test_another_word_for_a_state_stays(word: str) -> None:
    told = {"Non": "N"}.get(word, word)
    assert active_or_not(word) == {"active": told}
