from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.folding import tidy
from custclean.model import FIELDS, Issue
from custclean.stages.standardise import CLEANERS, standardise


def _one(region: str | None = None, **values: str | None) -> dict[str, str | None]:
    table = pl.DataFrame({"record_id": ["r1"], **{k: [v] for k, v in values.items()}})
    row = standardise(table, region=region).table.row(0, named=True)
    return {name: row[name] for name in values}


def test_every_field_has_its_own_clean_form() -> None:
    assert _one(
        "GB",
        display_name="  Example  Ltd001 ",
        family_name="O'BRIEN",
        email="Ann@Example.COM",
        phone="020 7946 0018",
        street="5 Test Road\nFlat 2",
        postcode="sw1a1aa",
        country="England",
        website="WWW.Example.com",
    ) == {
        "display_name": "Example Ltd",
        "family_name": "O'Brien",
        "email": "ann@example.com",
        "phone": "+442079460018",
        "street": "5 Test Road, Flat 2",
        "postcode": "SW1A 1AA",
        "country": "GB",
        "website": "www.example.com",
    }


def test_the_country_of_the_row_beats_the_region() -> None:
    table = pl.DataFrame(
        {
            "record_id": ["a", "b", "c"],
            "country": ["Danmark", "Italia", None],
            "phone": ["33 12 34 56", "0471 123456", "020 7946 0018"],
            "tax_id": ["12345674", "00743110157", None],
        }
    )
    found = standardise(table, region="gb")
    assert found.table["phone"].to_list() == ["+4533123456", "+390471123456", "+442079460018"]
    assert found.table["tax_id"].to_list() == ["12345674", "00743110157", None]
    assert found.issues == ()


def test_several_values_of_a_cell_are_cleaned_one_by_one_and_kept_in_order() -> None:
    table = pl.DataFrame({"record_id": ["a"], "email": ["B@example.com; junk; a@Example.com"]})
    found = standardise(table)
    assert found.table["email"].to_list() == ["b@example.com; a@example.com"]
    assert [issue.value for issue in found.issues] == ["junk"]


def test_a_value_without_a_clean_form_is_null_and_named() -> None:
    table = pl.DataFrame(
        {"record_id": ["a", "b"], "email": ["nobody", None], "city": [" ", "X"]}
    )
    found = standardise(table)
    assert found.issues == (Issue("a", "email", "nobody", "no e-mail address"),)
    assert found.table.rows() == [("a", None, None), ("b", None, "X")]
    assert found.counts == {"email": 1}


def test_a_number_without_plus_needs_a_country() -> None:
    (issue,) = standardise(pl.DataFrame({"record_id": ["a"], "phone": ["33 12 34 56"]})).issues
    assert "needs the country" in issue.message
    (issue,) = standardise(
        pl.DataFrame({"record_id": ["a"], "phone": ["12"]}), region="DK"
    ).issues
    assert "DK" in issue.message


def test_issues_come_in_the_order_of_the_rows() -> None:
    table = pl.DataFrame(
        {"record_id": ["a", "b"], "email": ["x", "y"], "phone": ["x", "y"], "ean": ["x", None]}
    )
    assert [(i.record_id, i.field) for i in standardise(table, region="DK").issues] == [
        ("a", "email"), ("a", "phone"), ("a", "ean"), ("b", "email"), ("b", "phone"),
    ]  # fmt: skip


def test_what_is_not_a_value_for_people_stays_as_it_is() -> None:
    row = {
        "record_id": " r ",
        "company_id": " 007 ",
        "customer_number": "00 1",
        "balance": "1,00 ",
    }
    table = pl.DataFrame({name: [value] for name, value in row.items()})
    assert standardise(table).table.row(0, named=True) == row


def test_pandas_and_results_of_stages_go_in_too() -> None:
    @dataclass(frozen=True)
    class Result:
        table: pl.DataFrame

    given_frame = pd.DataFrame({"record_id": ["a"], "phone": [33123456]})
    assert standardise(given_frame, region="DK").table["phone"].to_list() == ["+4533123456"]
    polars = pl.DataFrame({"record_id": ["a"], "email": ["A@example.com"]})
    assert standardise(Result(polars)).table["email"].to_list() == ["a@example.com"]


def test_the_argument_is_not_changed() -> None:
    table = pl.DataFrame({"record_id": ["a"], "email": ["A@Example.com"]})
    standardise(table)
    assert table["email"].to_list() == ["A@Example.com"]


def test_every_cleaner_is_of_a_field_that_exists() -> None:
    assert set(CLEANERS) <= set(FIELDS["customers"])


def test_it_says_how_many_and_shows_them_masked() -> None:
    table = pl.DataFrame({"record_id": ["a"], "email": ["<script>alert(1)</script>"]})
    found = standardise(table)
    assert repr(found) == "<Standardised: 1 records; no clean form: 1 email>"
    assert "alert(1)" not in found._repr_html_()
    assert repr(standardise(table.clear())) == "<Standardised: 0 records; no clean form: none>"


FIELDS_HERE = (
    "display_name",
    "email",
    "phone",
    "postcode",
    "tax_id",
    "country",
    "street",
    "city",
)
values = st.one_of(
    st.none(), st.text(max_size=12), st.sampled_from(["DK", "1050", "a@b.cc; c"])
)
rows = st.lists(st.tuples(*[values] * len(FIELDS_HERE)), min_size=1, max_size=4)


@pytest.mark.parametrize("region", [None, "DK"])
def test_standardising_twice_is_standardising_once(region: str | None) -> None:
    @settings(deadline=None)
    @given(rows)
    def holds(cells: list[tuple[str | None, ...]]) -> None:
        table = pl.DataFrame(cells, schema=dict.fromkeys(FIELDS_HERE, pl.String), orient="row")
        once = standardise(table, region=region)
        again = standardise(once.table, region=region)
        assert again.table.equals(once.table)
        assert again.issues == ()
        assert once.table.shape == table.shape
        lost = {(i.record_id, i.field) for i in once.issues}
        for row, texts in enumerate(cells):
            for field, text in zip(FIELDS_HERE, texts, strict=True):
                if tidy(text or "").strip("; ") and once.table[field][row] is None:
                    assert (str(row), field) in lost

    holds()


def test_the_order_of_rows_changes_nothing_but_the_order() -> None:
    table = pl.DataFrame(
        {
            "record_id": ["a", "b", "c"],
            "email": ["A@x.example", "junk", None],
            "phone": ["1", "", "2"],
        }
    )
    there, back = standardise(table), standardise(table.reverse())
    assert there.table.equals(back.table.reverse())
    assert sorted(there.issues) == sorted(back.issues)
