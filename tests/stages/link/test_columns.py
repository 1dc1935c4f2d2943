from __future__ import annotations

import polars as pl
import pytest

from custclean.model import fields_of
from custclean.stages.link.columns import KINDS, kinds_of


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("E-mail", "email"),
        ("Correo electrónico", "email"),
        ("Telefono", "phone"),
        ("Mobil", "phone"),
        ("PLZ", "postcode"),
        ("Code postal", "postcode"),
        ("Ragione sociale", "company"),
        ("Virksomhed", "company"),
        ("Vorname", "given_name"),
        ("firstName", "given_name"),
        ("Apellidos", "family_name"),
        ("date_of_birth", "date"),
        ("soc_sec_id", "tax_id"),
        ("Partita IVA", "tax_id"),
        ("Cidade", "city"),
        ("Straße", "street"),
        ("Display name", "name"),
        ("Nome", "name"),
    ],
)
def test_headings_of_seven_languages_are_known(heading: str, kind: str) -> None:
    table = pl.DataFrame({heading: ["one thing", "another"]})
    assert kinds_of(table, None, None) == {heading: kind}


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["ann@mail.example", "bert@mail.example"], "email"),
        (["+1 202 555 0101", "(202) 555-0102"], "phone"),
        (["1980-01-02", "1975-12-31"], "date"),
        (["www.one.example", "https://two.example/x"], "website"),
        (["17", "4", "8.5"], "number"),
        (["yes", "no"] * 20, "category"),
        (["some words here", "and other words"], "text"),
    ],
)
def test_a_heading_that_says_nothing_leaves_it_to_the_values(
    values: list[str], kind: str
) -> None:
    assert kinds_of(pl.DataFrame({"x1": values}), None, None) == {"x1": kind}


def test_bookkeeping_of_a_canonical_table_is_not_compared() -> None:
    table = pl.DataFrame(schema=dict.fromkeys(fields_of("customers"), pl.String))
    found = kinds_of(table, None, "record_id")
    assert {"display_name", "company", "email", "phone", "mobile", "tax_id"} <= set(found)
    assert not {"record_id", "balance", "notes", "created", "customer_number"} & set(found)


def test_what_the_caller_leaves_out_is_not_compared() -> None:
    table = pl.DataFrame({"a": ["x"], "b": ["y"], "c": ["z"]})
    assert kinds_of(table, {"a": "name", "b": "ignore"}, None) == {"a": "name"}


def test_kinds_come_in_a_fixed_order() -> None:
    table = pl.DataFrame({"City": ["x"], "Name": ["y"], "E-mail": ["z"]})
    found = list(kinds_of(table, None, None).values())
    assert found == sorted(found, key=KINDS.index) == ["name", "email", "city"]
