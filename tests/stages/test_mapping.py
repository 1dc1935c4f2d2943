"""A proposal for a table that nobody knows: by headings, by values, each field once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.errors import InputError
from custclean.stages.mapping import ColumnMapping, propose_mapping
from custclean.stages.read import read
from custclean.stages.read_mapped import fields_for
from custclean.tables import read_table
from custclean.tables.raw import RawTable, TableReport, part_of
from custclean.tables.writing import csv_bytes
from custclean.text import tax_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAILS = ["ann@x.example", "bob@y.example", "cleo@z.example"]
PHONES = ["020 7946 0001", "020 7946 0002", "+44 20 7946 0003"]
STREETS = ["12 High Street", "7 Mill Lane", "1 Quay"]
TOWNS = ["York", "Bath", "York"]
CODES = ["YO1 1AA", "BA1 2BB", "YO1 1AA"]


def table(columns: Mapping[str, Sequence[str]]) -> RawTable:
    rows = list(zip(*columns.values(), strict=True))
    part = part_of("", list(columns), rows, range(2, len(rows) + 2))
    report = TableReport(file="list.csv", format="text", sha256="")
    return RawTable(Path("list.csv"), part.header, part.frame, part.lines, report)


def proposed(columns: Mapping[str, Sequence[str]], **how: str) -> ColumnMapping:
    return propose_mapping(table(columns), kind=how.get("kind"))


def test_headings_of_any_system_and_language_are_known() -> None:
    found = proposed(
        {"Kundenummer": ["1"], "Firmanavn": ["A"], "Postnr": ["8000"], "By": ["Aarhus"]}
    )
    assert found.columns == {
        "Kundenummer": "customer_number",
        "Firmanavn": "company",
        "Postnr": "postcode",
        "By": "city",
    }
    assert found.why["By"] == "heading known (da)"


def test_a_word_of_two_languages_is_that_of_the_file() -> None:
    pt = {"Nome": ["Ann"], "Telefone": ["x"], "Cidade": ["Lisboa"], "Estado": ["SP"]}
    assert propose_mapping(table(pt)).columns["Estado"] == "region"


def test_values_tell_where_headings_do_not() -> None:
    found = proposed({"a": MAILS, "b": PHONES, "c": STREETS, "d": TOWNS, "e": CODES})
    assert found.columns == {
        "a": "email", "b": "phone", "c": "street", "d": "city", "e": "postcode",
    }  # fmt: skip
    assert found.why["a"] == "100 % look like e-mail addresses"
    assert not found.sure


@pytest.mark.parametrize("heading", ["Spærret", "Gesperrt", "Barred", "HIDDEN", "Inactive"])
def test_who_is_barred_is_not_active(tmp_path: Path, heading: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(csv_bytes(["Whoever", heading], [["Ann", "Yes"], ["Bob", "No"]]))
    found = propose_mapping(path)
    assert found.columns[heading] == "active.barred"
    export = read(path, columns=found.columns)
    assert export.table["active"].to_list() == ["N", "Y"]
    assert export.extra[heading].to_list() == ["Yes", "No"]


@pytest.mark.parametrize("heading", ["Not active", "Ikke aktiv", "Inactve"])
def test_a_heading_like_active_is_not_guessed(heading: str) -> None:
    assert proposed({"Kunde": ["A", "B"], heading: ["x", "y"]}).beside == (heading,)


def test_a_misspelt_heading_is_known() -> None:
    assert proposed(
        {"Telefone": PHONES, "Emial": MAILS, "Compny name": ["x"] * 3}
    ).columns == {
        "Telefone": "phone", "Emial": "email", "Compny name": "company",
    }  # fmt: skip


def test_a_second_column_of_mails_is_the_second_mail() -> None:
    found = proposed({"E-mail": MAILS, "private": MAILS})
    assert found.columns == {"E-mail": "email", "private": "email.2"}


def test_the_second_mail_is_second_wherever_it_stands() -> None:
    found = proposed({"E-mail 2": MAILS, "E-mail": MAILS})
    assert found.columns == {"E-mail 2": "email.2", "E-mail": "email"}


@pytest.mark.parametrize("rows", [1, 2])
def test_a_word_of_another_language_that_its_values_contradict_is_another_word(
    rows: int,
) -> None:
    columns = {"Name": ["Ann", "Bob"], "City": ["York", "Bath"], "Site": ["Town Hall", "Mill"]}
    found = proposed({name: values[:rows] for name, values in columns.items()})
    assert found.beside == ("Site",)
    assert proposed({**columns, "Site": ["a.example", "b.example"]}).beside == ()


def test_who_sells_to_us_is_no_customer() -> None:
    found = proposed({"Supplier": ["Ink Ltd"], "VAT number": ["1"], "Phone": ["1"]})
    assert (found.kind, found.columns["Supplier"]) == ("vendors", "display_name")


def test_a_phone_in_pairs_of_digits_is_no_date() -> None:
    found = proposed({"Kunde": ["A", "B"], "Tlf": ["37 00 00 11", "22 11 11 11"]})
    assert found.why["Tlf"] == "heading known (da); 100 % look like phone numbers"


def test_any_other_field_is_given_once() -> None:
    found = proposed({"City": TOWNS, "Town": TOWNS})
    assert found.columns == {"City": "city"}
    assert found.beside == ("Town",)


def test_a_heading_that_its_values_contradict_is_doubted() -> None:
    found = proposed({"E-mail": ["yes", "no", "no"], "Name": ["Ann", "Bob", "Cleo"]})
    assert "do not look like it" in found.why["E-mail"]
    assert not found.sure


def test_what_has_prices_is_items_and_what_has_amounts_transactions() -> None:
    items = proposed({"Item": ["Pen"], "SKU": ["1"], "Price": ["2.00"], "Cost": ["1.00"]})
    assert items.kind == "items"
    money = proposed(
        {
            "Transaction date": ["2026-01-02"],
            "Transaction type": ["Bill"],
            "Amount": ["1.00"],
        }
    )
    assert money.kind == "transactions"


def test_a_list_of_numbers_of_ones_own_is_no_list_of_postcodes() -> None:
    assert proposed({"a": [str(n) for n in range(1000, 1100)]}).columns == {}


def test_tax_numbers_are_told_by_their_check_digits() -> None:
    numbers = [str(n) for n in range(10_000_000, 10_000_100)]
    valid = [number for number in numbers if tax_id.clean(number, "DK")]
    assert len(valid) > 3
    assert proposed({"a": valid}).columns == {"a": "tax_id"}
    assert proposed({"a": numbers}).columns == {}


def test_the_proposal_reads_the_file(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    rows = zip(["Ann", "Bob", "Cleo"], MAILS, PHONES)
    path.write_bytes(csv_bytes(["Whoever", "Write to", "Call"], rows))
    found = propose_mapping(path)
    export = read(path, columns={**found.columns, "Whoever": "display_name"}, kind=found.kind)
    assert export.table["email"].to_list() == MAILS
    assert export.table["display_name"].to_list() == ["Ann", "Bob", "Cleo"]


def test_a_table_without_rows_is_told_by_its_headings(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"Name,Email,Anything\r\n")
    assert propose_mapping(read_table(path)).columns == {
        "Name": "display_name", "Email": "email",
    }  # fmt: skip


def test_a_kind_that_no_list_has_is_refused() -> None:
    with pytest.raises(InputError, match="no such kind"):
        proposed({"a": ["x"]}, kind="activities")


def test_what_a_notebook_saves_holds_no_value() -> None:
    found = proposed({"a": MAILS, "b": PHONES})
    assert repr(found) == "ColumnMapping(customers: 2 columns are fields, 0 beside, not sure)"
    assert "x.example" not in found._repr_html_()


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.text(max_size=30), min_size=1, max_size=6, unique=True),
    st.lists(st.lists(st.text(max_size=30), min_size=6, max_size=6), max_size=6),
)
def test_any_table_gets_fields_that_there_are_each_once(
    headings: list[str], rows: list[list[str]]
) -> None:
    columns = {name: [row[n] for row in rows] for n, name in enumerate(headings)}
    found = propose_mapping(table(columns))
    names = list(found.columns.values())
    assert len({*names}) == len(names)
    assert {name.split(".")[0].split("/")[0] for name in names} <= set(fields_for(found.kind))
    assert len(names) + len(found.beside) == len(columns)
