"""Cells that hold several things are taken apart, and nothing of them is invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.tables.joined import emails, full_name, parent_and_child, phones


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
    ("cell", "joined"),
    [
        ("ann@example.com", "ann@example.com"),
        (" Ann <ann@example.com> ", " Ann <ann@example.com> "),
        ("a@x.example,b@y.example", "a@x.example; b@y.example"),
        ("a@x.example; b@y.example;", "a@x.example; b@y.example"),
        ("a@x.example\nb@y.example", "a@x.example; b@y.example"),
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


def test_a_child_is_told_from_its_parents() -> None:
    assert parent_and_child("A:B:C") == {"display_name": "C", "parent": "A:B"}
    assert parent_and_child("A:") == {"display_name": "A:"}
    assert parent_and_child("A") == {"display_name": "A"}


@given(st.text(), st.sampled_from([emails, full_name, parent_and_child]))
def test_no_letter_of_a_cell_is_lost_or_added(cell, split) -> None:  # type: ignore[no-untyped-def]
    parts = "".join(split(cell).values())
    assert sorted(filter(str.isalnum, parts)) == sorted(filter(str.isalnum, cell))


@given(st.text())
def test_phones_never_fail_and_invent_nothing(cell: str) -> None:
    assert set("".join(phones(cell).values())) <= set(cell) | set("; ")
