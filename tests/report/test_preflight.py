"""What is looked at before one starts."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from custclean.model import fields_of
from custclean.report.preflight import Check, Seen, preflight

TODAY = date(2026, 11, 21)
QBOA = "quickbooks-accountant"


def _clients(rows: int = 60, **columns: list[str | None]) -> pl.DataFrame:
    base: dict[str, list[str | None]] = {
        "company_id": [f"91303512345{n:05d}" for n in range(1, rows + 1)],
        "display_name": [f"{chr(65 + n % 26)} Example {n}" for n in range(rows)],
        "active": ["Active" if n % 9 else "Inactive" for n in range(rows)],
        "customer_type": ["Business" if n % 2 else "Personal" for n in range(rows)],
        "customer_number": [f"{n:05d}" for n in range(rows)],
    }
    return pl.DataFrame(base | columns).select(
        pl.col(name) if name in base | columns else pl.lit(None, pl.String).alias(name)
        for name in fields_of("customers")
    )


def _checks(table: pl.DataFrame, *notes: str) -> dict[str, Check]:
    found = preflight([Seen("list.csv", QBOA, "customers", table, notes)], today=TODAY)
    return {check.name: check for check in found}


def test_a_good_list_is_fine_throughout() -> None:
    assert {check.state for check in _checks(_clients()).values()} == {"ok"}


def test_without_a_client_list_one_cannot_start() -> None:
    assert [check.state for check in preflight([])] == ["stop"]


def test_a_list_without_rows_stops() -> None:
    assert _checks(_clients(0))["Client list"].state == "stop"


def test_two_client_lists_are_warned_of() -> None:
    seen = [Seen(name, QBOA, "customers", _clients()) for name in ("b.csv", "a.csv")]
    first = preflight(seen)[0]
    assert first.state == "warn"
    assert "a.csv, b.csv" in first.sentence


@pytest.mark.parametrize(("rows", "state"), [(2_000, "ok"), (2_001, "warn")])
def test_more_clients_than_a_firm_takes_are_warned_of(rows: int, state: str) -> None:
    assert _checks(_clients(rows))["Size"].state == state


def test_over_the_limit_a_plan_is_offered_and_no_procedure_claimed() -> None:
    sentence = _checks(_clients(2_310))["Size"].sentence
    assert "310 more than the 2,000" in sentence
    assert "Make a plan" in sentence
    assert "not documented" in sentence


@pytest.mark.parametrize("column", ["customer_type", "lead_accountant"])
def test_one_value_in_every_row_looks_filtered(column: str) -> None:
    table = _clients().with_columns(pl.lit("One").alias(column))
    assert _checks(table)["Filters"].state == "warn"


def test_one_value_in_some_rows_is_no_filter() -> None:
    some: list[str | None] = ["One"] * 59
    assert _checks(_clients(lead_accountant=[*some, None]))["Filters"].state == "ok"


def test_names_of_a_part_of_the_alphabet_look_filtered() -> None:
    names: list[str | None] = [f"{chr(65 + n % 6)} Example" for n in range(60)]
    check = _checks(_clients(display_name=names))["Filters"]
    assert check.state == "warn"
    assert "A to F" in check.sentence


def test_exactly_one_page_of_rows_looks_cut() -> None:
    assert "100 rows" in _checks(_clients(100))["Filters"].sentence


def test_a_short_list_says_nothing_about_filters() -> None:
    assert "Filters" not in _checks(_clients(12))


@pytest.mark.parametrize("active", [["Active"] * 60, [None] * 60])
def test_a_list_without_inactive_clients_is_warned_of(active: list[str | None]) -> None:
    assert _checks(_clients(active=active))["Inactive clients"].state == "warn"


@pytest.mark.parametrize("damaged", ["9.13035E+15", "9,13035E+15", "9e15"])
def test_ids_with_an_exponent_stop(damaged: str) -> None:
    ids: list[str | None] = [f"91303512345{n:05d}" for n in range(59)]
    assert _checks(_clients(company_id=[*ids, damaged]))["Company ids"].state == "stop"


def test_ids_rounded_to_fifteen_digits_stop() -> None:
    ids: list[str | None] = [f"9130351234500{n:02d}0" for n in range(60)]
    check = _checks(_clients(company_id=ids))["Company ids"]
    assert check.state == "stop"
    assert "60 company ids" in check.sentence


def test_ids_that_end_in_zero_by_chance_are_fine() -> None:
    assert _checks(_clients())["Company ids"].state == "ok"


def test_missing_ids_are_counted() -> None:
    ids: list[str | None] = [f"91303512345{n:05d}" for n in range(1, 58)]
    check = _checks(_clients(company_id=[*ids, None, " ", ""]))["Company ids"]
    assert (check.state, check.sentence[:9]) == ("warn", "3 clients")


@pytest.mark.parametrize(
    ("number", "state"),
    [("123.0", "warn"), ("1.23E+05", "warn"), ("00123", "ok"), ("K-1.5", "ok"), ("E5", "ok")],
)
def test_numbers_that_excel_has_damaged_are_warned_of(number: str, state: str) -> None:
    numbers: list[str | None] = [number, *[None] * 59]
    assert _checks(_clients(customer_number=numbers))["Client numbers"].state == state


@pytest.mark.parametrize(
    ("note", "state"),
    [
        ('" Friday, November 20, 2026 01:46 PM GMT-05:00"', "ok"),
        ("Friday, October 30, 2026 01:46 PM GMT-05:00", "warn"),
        ("Gerado em 2 de novembro de 2026", "warn"),
        ("2026-12-24", "warn"),
    ],
)
def test_an_old_or_a_future_download_is_warned_of(note: str, state: str) -> None:
    assert _checks(_clients(), "Some title", note)["Age of list.csv"].state == state


def test_a_list_that_says_no_day_is_told_so() -> None:
    check = _checks(_clients(), "no date 01/02/2026")["Age of list.csv"]
    assert (check.state, "does not say when" in check.sentence) == ("ok", True)


def test_without_today_no_age_is_judged() -> None:
    seen = Seen("list.csv", QBOA, "customers", _clients(), ("October 30, 2020",))
    assert not [c for c in preflight([seen]) if c.name.startswith("Age")]


def _report(file: str, kind: str, *titles: str) -> Seen:
    stamp = "Friday, November 20, 2026 01:46 PM GMT-05:00"
    return Seen(file, "quickbooks-online", kind, _clients(), (*titles, stamp))


def _company(*reports: Seen) -> str | None:
    found = {check.name: check.state for check in preflight(reports)}
    return found.get("Company of the reports")


def test_reports_of_one_company_are_fine_whatever_the_order_of_their_titles() -> None:
    one = _report("c.csv", "customers", "Fjord  Example ApS", "Customer Contact List")
    two = _report("v.csv", "vendors", "Vendor Contact List", "FJORD EXAMPLE ApS")
    assert _company(one, two) == "ok"


def test_reports_of_different_companies_stop() -> None:
    one = _report("c.csv", "customers", "Fjord Example ApS", "Customer Contact List")
    two = _report("v.csv", "vendors", "Other Example ApS", "Vendor Contact List")
    assert _company(one, two) == "stop"


def test_two_reports_of_one_kind_must_share_more_than_their_name() -> None:
    one = _report("a.csv", "customers", "Fjord Example ApS", "Customer Contact List")
    two = _report("b.csv", "customers", "Other Example ApS", "Customer Contact List")
    assert _company(one, two) == "stop"
    assert _company(one, one) == "ok"


def test_one_report_alone_says_nothing_about_the_company() -> None:
    assert _company(_report("a.csv", "customers", "Fjord Example ApS", "List")) is None


def test_the_order_of_the_files_does_not_matter() -> None:
    seen = [
        Seen("list.csv", QBOA, "customers", _clients()),
        _report("v.csv", "vendors", "Other Example ApS", "Vendor Contact List"),
        _report("c.csv", "customers", "Fjord Example ApS", "Customer Contact List"),
    ]
    assert preflight(seen, today=TODAY) == preflight(seen[::-1], today=TODAY)
