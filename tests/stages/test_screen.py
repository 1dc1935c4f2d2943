from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.errors import InputError
from custclean.stages.read import read
from custclean.stages.screen import Policy, Screening, screen
from custclean.stages.screen_rules import RULES
from custclean.stages.screen_vetoes import VETOES
from tests.ending import must_end

if TYPE_CHECKING:
    from pathlib import Path

    Row = dict[str, str | None]


def _table(*rows: Row) -> pl.DataFrame:
    numbered = [{"record_id": f"r{n}", **row} for n, row in enumerate(rows, 1)]
    names = dict.fromkeys(name for row in numbered for name in row)
    return pl.DataFrame(
        [[row.get(name) for name in names] for row in numbered],
        schema=dict.fromkeys(names, pl.String),
        orient="row",
    )


def _booked(*rows: tuple[str, str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"type": pl.String, "name": pl.String}, orient="row")


VENDOR: Row = {"display_name": "Example Paper Ltd", "email": "sales@paper.example"}
VENDORS = _table(VENDOR)
BILLS = _booked(("Bill", "Example Paper Ltd"), ("Bill Payment (Check)", "Example Paper Ltd"))
OTHERS: tuple[Row, ...] = ({"display_name": "Ann Example", "email": "ann@customer.example"},)


def _first(screening: Screening) -> Row:
    return screening.classes.row(0, named=True)


def _proposed(screening: Screening) -> bool:
    return "r1" in screening.proposed["record_id"].to_list()


def test_a_vendor_with_only_vendor_transactions_is_proposed() -> None:
    found = screen(_table(VENDOR, *OTHERS), vendors=VENDORS, transactions=BILLS)
    assert _proposed(found)
    assert _first(found)["class"] == "vendor"
    assert _first(found)["reasons"] == (
        "only vendor transactions; in the vendor list; an address of several people"
    )
    assert found.customers["record_id"].to_list() == ["r2"]


def test_the_vendor_list_alone_is_never_enough() -> None:
    found = screen(_table(VENDOR), vendors=VENDORS)
    assert not _proposed(found)
    assert _first(found)["class"] == "unsure"


@pytest.mark.parametrize(
    "kind", ["Invoice", "Payment", "Sales Receipt", "Credit Memo", "Refund"]
)
def test_one_transaction_of_a_customer_decides(kind: str) -> None:
    bookings = pl.concat([BILLS, _booked((kind, "EXAMPLE PAPER LIMITED"))])
    found = screen(_table(VENDOR), vendors=VENDORS, transactions=bookings)
    assert not _proposed(found)
    assert _first(found)["class"] == "customer"
    assert "invoices" in str(_first(found)["vetoes"])


def test_a_sub_customer_s_invoice_counts_for_the_one_above() -> None:
    bookings = pl.concat([BILLS, _booked(("Invoice", "Example Paper Ltd:Shop"))])
    found = screen(_table(VENDOR), vendors=VENDORS, transactions=bookings)
    assert not _proposed(found)


def test_the_suffix_that_keeps_names_apart_is_seen_through() -> None:
    vendors = _table({**VENDOR, "display_name": "Example Paper Ltd (vendor)"})
    bookings = _booked(("Bill", "Example Paper Ltd (vendor)"))
    assert _proposed(screen(_table(VENDOR), vendors=vendors, transactions=bookings))


def test_a_vendor_known_by_its_mailbox_only_is_found() -> None:
    vendors = _table({"display_name": "Paper & Co", "email": "Sales@Paper.example"})
    bookings = _booked(("Bill", "Paper & Co"))
    assert _proposed(screen(_table(VENDOR), vendors=vendors, transactions=bookings))


def test_a_mailbox_of_several_clients_tells_nothing() -> None:
    clients = _table(VENDOR, {"display_name": "Another Ltd", "email": VENDOR["email"]})
    vendors = _table({"display_name": "Paper & Co", "email": VENDOR["email"]})
    found = screen(clients, vendors=vendors, transactions=_booked(("Bill", "Paper & Co")))
    assert found.proposed.is_empty()


def test_a_namesake_of_a_vendor_is_a_customer() -> None:
    namesake: Row = {**VENDOR, "email": "ann@otherpaper.example"}
    found = screen(_table(namesake), vendors=VENDORS, transactions=BILLS)
    assert _first(found)["class"] == "customer"


def test_another_legal_form_is_another_firm() -> None:
    vendors = _table({"display_name": "Example Paper GmbH"})
    bookings = _booked(("Bill", "Example Paper GmbH"))
    client: Row = {"display_name": "Example Paper Ltd"}
    assert not _proposed(screen(_table(client), vendors=vendors, transactions=bookings))


@pytest.mark.parametrize(
    ("mail", "name"),
    [
        ("no-reply@firma.example", "automatic"),
        ("svar-ikke@firma.example", "automatic"),
        ("newsletter@firma.example", "newsletter"),
        ("ann@mailinator.com", "automatic"),
    ],
)
def test_who_has_only_an_automatic_sender_is_proposed(mail: str, name: str) -> None:
    found = screen(_table({"display_name": "Firma", "email": mail}))
    assert _proposed(found)
    assert _first(found)["class"] == name


@pytest.mark.parametrize(
    "more", [{"email": "no-reply@firma.example; ann@firma.example"}, {"phone": "33123456"}]
)
def test_who_can_be_reached_otherwise_is_not(more: Row) -> None:
    row: Row = {"display_name": "Firma", "email": "no-reply@firma.example"}
    assert not _proposed(screen(_table({**row, **more})))


def test_an_address_of_several_people_is_only_a_mark() -> None:
    found = screen(_table({"display_name": "Firma", "email": "info@firma.example"}))
    assert _first(found)["class"] == "customer"
    assert _first(found)["reasons"] == "an address of several people"


@pytest.mark.parametrize("mail", ["ida@own.example", "ida@mail.own.example"])
def test_who_has_an_address_of_the_own_firm_is_staff(mail: str) -> None:
    row: Row = {"display_name": "Ida Example", "email": mail}
    found = screen(_table(row), own_domains=["@Own.example"])
    assert _proposed(found)
    assert _first(found)["class"] == "staff"
    assert not _proposed(
        screen(_table({**row, "email": "ida@notown.example"}), own_domains=["own.example"])
    )


def test_a_public_mail_service_is_nobody_s_own_domain() -> None:
    rows: tuple[Row, ...] = (
        {"display_name": "Ida Example", "email": "ida.example@gmail.com"},
        {"display_name": "Ann Example", "email": "ann@gmail.com"},
    )
    assert screen(_table(*rows), own_domains=["gmail.com"]).proposed.is_empty()
    found = screen(_table(*rows), own_domains=["Ida.Example+x@gmail.com"])
    assert found.proposed["record_id"].to_list() == ["r1"]


def test_employees_are_staff() -> None:
    row: Row = {"display_name": "Example, Ida"}
    assert _proposed(screen(_table(row), employees=_table({"display_name": "Ida Example"})))


def test_who_is_called_like_a_lead_accountant_is_only_doubted() -> None:
    rows: tuple[Row, ...] = (
        {"display_name": "Ida Example"},
        {"display_name": "Ann Example", "lead_accountant": "Ida Example"},
    )
    found = screen(_table(*rows))
    assert _first(found)["class"] == "unsure"
    assert found.proposed.is_empty()


def _contact(category: str, **row: str | None) -> pl.DataFrame:
    return _table(
        {"given_name": "Bo", "family_name": "Example", "categories": category, **row}
    )


def test_qb_ignore_decides_by_mailbox_or_by_name() -> None:
    row: Row = {"display_name": "Bo Example", "email": "bo@home.example"}
    contacts = _contact("Family;QB Ignore", email="BO@home.example", given_name="B")
    assert _first(screen(_table(row), contacts=contacts))["class"] == "ignored"
    assert _proposed(screen(_table(row), contacts=_contact("QB Ignore")))
    assert _proposed(screen(_table(row), contacts=_contact("Personal")))
    assert not _proposed(screen(_table(row), contacts=_contact("Clients")))


def test_qb_ignore_on_somebody_else_of_that_name_says_nothing() -> None:
    row: Row = {"display_name": "Bo Example", "email": "bo@work.example"}
    contacts = _contact("QB Ignore", email="bo@home.example")
    assert _first(screen(_table(row), contacts=contacts))["class"] == "customer"


def test_an_institution_needs_a_second_sign() -> None:
    row: Row = {"display_name": "Example Savings Bank"}
    assert _first(screen(_table(row)))["class"] == "unsure"
    found = screen(_table(row), vendors=_table(row))
    assert _proposed(found)
    assert _first(found)["class"] == "institution"


def test_mails_that_offer_to_unsubscribe_are_letters() -> None:
    row: Row = {"display_name": "Example Paper", "email": "hello@paper.example"}
    body = "Click here to unsubscribe"
    mail = pl.DataFrame(
        {"who": ["hello@paper.example; ida@own.example"] * 3, "body": [body] * 3}
    )
    found = screen(_table(row), mail=mail)
    assert _first(found)["class"] == "newsletter"
    assert _proposed(found)
    assert not _proposed(screen(_table(row), mail=mail.head(1)))
    some = mail.with_columns(body=pl.Series([body, "Dear Ida", None]))
    assert not _proposed(screen(_table(row), mail=some))


AUTOMATIC: Row = {"display_name": "Firma Ltd", "email": "no-reply@firma.example"}


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ({"subscription": "QuickBooks Online Plus"}, "subscription"),
        ({"balance": "1,250.00"}, "balance"),
        ({"display_name": "Cash"}, "collective"),
    ],
)
def test_a_veto_keeps_the_record_and_says_why(row: Row, word: str) -> None:
    found = screen(_table({**AUTOMATIC, **row}))
    assert not _proposed(found)
    assert word in str(_first(found)["vetoes"])


@pytest.mark.parametrize("plan", ["None", "Nenhuma", "", "-", None, "keine"])
def test_no_subscription_is_no_veto(plan: str | None) -> None:
    assert _proposed(screen(_table({**AUTOMATIC, "subscription": plan, "balance": "0.00"})))


def test_who_has_others_below_is_kept() -> None:
    below: Row = {"display_name": "Shop", "parent": "FIRMA LTD"}
    assert not _proposed(screen(_table(AUTOMATIC, below)))
    assert not _proposed(
        screen(_table(AUTOMATIC), customers=_table({"display_name": "Firma Ltd:Shop"}))
    )


def test_an_open_balance_in_the_own_books_keeps_the_record() -> None:
    books = _table({"display_name": "Firma Ltd", "balance": "12.50"})
    assert not _proposed(screen(_table(AUTOMATIC), customers=books))


def test_a_customer_of_the_same_name_keeps_both() -> None:
    other: Row = {"display_name": "Firma Limited", "email": "ann@elsewhere.example"}
    found = screen(_table(AUTOMATIC, other))
    assert found.proposed.is_empty()
    assert "same name" in str(_first(found)["vetoes"])
    assert not _proposed(screen(_table(AUTOMATIC), customers=_table(other)))


def test_somebody_s_work_on_a_client_speaks_for_it() -> None:
    known: Row = {"customer_type": "Business", "lead_accountant": "Ida Example"}
    found = screen(_table({**AUTOMATIC, **known}))
    assert _first(found)["class"] == "unsure"
    assert str(_first(found)["reasons"]).endswith("has a client type; has a lead accountant")
    assert not _proposed(screen(_table({**AUTOMATIC, "customer_number": "00012"})))


def test_the_policy_moves_the_border() -> None:
    assert not _proposed(screen(_table(AUTOMATIC), policy=Policy(threshold=0.9)))
    found = screen(_table(VENDOR), vendors=VENDORS, policy=Policy(threshold=0.4))
    assert _proposed(found)


def test_nothing_known_nobody_proposed() -> None:
    found = screen(_table(*OTHERS))
    assert found.proposed.is_empty()
    assert _first(found) == {
        "record_id": "r1", "class": "customer", "score": 0.0, "reasons": "", "vetoes": "",
    }  # fmt: skip


def test_the_list_s_own_columns_and_values_stay() -> None:
    table = _table({**AUTOMATIC, "display_name": "  Firma  Ltd ", "own": "x"}, *OTHERS)
    found = screen(table)
    both = pl.concat([found.customers, found.proposed]).sort("record_id")
    assert both.equals(table)


def test_pandas_goes_in_and_an_empty_list_too() -> None:
    assert _proposed(screen(pd.DataFrame([{"record_id": "r1", **AUTOMATIC}])))
    empty = screen(_table(AUTOMATIC).clear())
    assert (empty.customers.height, empty.proposed.height, empty.classes.height) == (0, 0, 0)
    assert repr(empty) == "<Screening: 0 records, 0 proposed as no customers; none>"


def test_a_list_without_ids_is_refused() -> None:
    with pytest.raises(InputError, match="record_id"):
        screen(pl.DataFrame({"display_name": ["x"]}))


def test_what_is_shown_hides_values() -> None:
    found = screen(_table(AUTOMATIC))
    assert repr(found) == "<Screening: 1 records, 1 proposed as no customers; 1 automatic>"
    assert "firma.example" not in found._repr_html_()


def test_every_rule_and_veto_has_a_name_of_its_own() -> None:
    assert len({rule.__name__ for rule in (*RULES, *VETOES)}) == len(RULES) + len(VETOES)


@pytest.mark.slow
def test_thousands_of_one_name_take_no_longer_than_others() -> None:
    many: list[Row] = [
        {"display_name": "Cash", "email": "no-reply@x.example"} for _ in range(5_000)
    ]
    with must_end():
        assert screen(_table(*many), customers=_table(*many)).proposed.is_empty()


names = st.sampled_from(["Ann Example", "Example, Ann", "Example Paper Ltd", "Cash", "", None])
mails = st.sampled_from(
    ["no-reply@x.example", "ann@y.example", "sales@paper.example", "?", None]
)
rows = st.lists(st.tuples(names, mails, st.sampled_from(["None", "Plan", None])), max_size=6)


@pytest.mark.slow
@settings(deadline=None, max_examples=20)
@given(rows, st.randoms(use_true_random=False))
def test_every_record_is_in_one_list_whatever_the_order(
    cells: list[tuple[str | None, ...]], random: object
) -> None:
    keys = ("display_name", "email", "subscription")
    table = _table(*[dict(zip(keys, each, strict=True)) for each in cells])
    if not cells:
        return
    found = screen(table, vendors=VENDORS, transactions=BILLS)
    ids = [*found.customers["record_id"], *found.proposed["record_id"]]
    assert sorted(ids) == sorted(table["record_id"])
    assert found.classes["record_id"].to_list() == table["record_id"].to_list()
    proposed = found.classes.filter(
        pl.col("record_id").is_in(found.proposed["record_id"].to_list())
    )
    assert (proposed["vetoes"] == "").all()
    assert not set(proposed["class"]) & {"customer", "unsure"}
    order = list(range(table.height))
    random.shuffle(order)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    again = screen(table[order], vendors=VENDORS, transactions=BILLS.reverse())
    assert again.classes.sort("record_id").equals(found.classes.sort("record_id"))


def _sample(folder: Path) -> tuple[Screening, pl.DataFrame, pl.DataFrame]:
    found = screen(
        read(folder / "client_list.csv"),
        vendors=read(folder / "vendor_contact_list.csv"),
        customers=read(folder / "customer_contact_list.csv"),
        transactions=read(folder / "transaction_list.csv"),
        contacts=read(folder / "outlook_contacts.csv"),
        own_domains=["fjordside.example"],
    )
    truth = pl.read_csv(folder / "truth" / "non_customers.csv", infer_schema=False)
    hard = pl.read_csv(folder / "truth" / "hard_cases.csv", infer_schema=False)
    return found, truth, hard


@pytest.mark.slow
def test_on_the_sample_proposals_are_right_and_nearly_complete(samples: Path) -> None:
    found, truth, _ = _sample(samples / "main")
    proposed, wanted = set(found.proposed["source_row"]), set(truth["line"])
    assert len(proposed & wanted) >= 0.98 * len(proposed)
    assert len(proposed & wanted) >= 0.90 * len(wanted)


@pytest.mark.slow
def test_on_the_sample_no_hard_case_is_proposed(samples: Path) -> None:
    found, _, hard = _sample(samples / "main")
    cases = hard.filter(pl.col("right").str.starts_with("a customer"))
    lines = {line for text in cases["lines"] for line in text.split()}
    assert len(lines) > 40
    assert not lines & set(found.proposed["source_row"])
