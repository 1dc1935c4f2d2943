"""Who survives and which value is kept, by rules that are data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from custclean.errors import InputError
from custclean.stages.link import find_duplicates
from custclean.stages.merge import merge
from tests.stages.merge.clients import ANN, clients, group, refusals, survivor

if TYPE_CHECKING:
    from collections.abc import Sequence

TWIN = {**ANN, "record_id": "b", "company_id": "2"}
BOTH = group("a", "b")


def who(
    *rules: str, one: dict | None = None, other: dict | None = None, **more: object
) -> str:
    """Tell who survives of two records that differ in nothing else; "" where it is asked."""
    rows = clients({**ANN, **(one or {})}, {**TWIN, **(other or {})})
    merged = merge(rows, BOTH, rules={"survivor": rules}, **more)  # type: ignore[arg-type]
    return "" if refusals(merged) else survivor(merged, "a")


@pytest.mark.parametrize(
    ("one", "other", "stays"),
    [
        ({"last_activity": "2025-01-31"}, {"last_activity": "2025-02-01"}, "b"),
        ({"last_activity": "31/12/2024"}, {"last_activity": "01/02/2024"}, "a"),
        ({"created": "May 1, 2020"}, {"created": "1. april 2021"}, "b"),
        ({"created": "2025-01-31"}, {"last_activity": "2024-01-01"}, "a"),
        ({"last_activity": "2025-01-31"}, {"last_activity": "last week"}, ""),
        ({"last_activity": "2025-01-31"}, {}, ""),
        ({"last_activity": "03/04/2025"}, {"last_activity": "04/03/2025"}, ""),
        ({"last_activity": "2025-01-31 08:00"}, {"last_activity": "2025-01-31 09:00"}, "b"),
    ],
)
def test_the_newest_survives_and_what_is_no_date_says_nothing(
    one: dict, other: dict, stays: str
) -> None:
    assert who("newest", one=one, other=other) == stays


def test_who_has_most_transactions_survives() -> None:
    assert who("most_transactions", transactions={"a": 1, "b": 3}) == "b"
    assert who("most_transactions", transactions={"a": 2, "b": 2}) == ""


def test_transactions_are_counted_by_name() -> None:
    booked = pl.DataFrame({"name": ["ANN EXAMPLE", "Beth Example", "beth example"]})
    found = who(
        "most_transactions", other={"display_name": "Beth Example"}, transactions=booked
    )
    assert found == "b"


def test_transactions_of_two_of_one_name_say_nothing_of_either() -> None:
    booked = pl.DataFrame({"name": [*["Ann Example"] * 3, "Ann Ltd"]})
    assert who("most_transactions", other={"company": "Ann Ltd"}, transactions=booked) == ""


def test_the_first_of_the_sources_survives_and_one_not_named_comes_last() -> None:
    crm, shop = {"source_file": "crm.csv"}, {"source_file": "shop.csv"}
    order = ["shop.csv", "crm.csv"]
    assert who("source_order", one=crm, other=shop, sources=order) == "b"
    assert who("source_order", one=crm, other={"system": "x"}, sources=order) == "a"
    by_column = {"customer_type": ["gold", "silver"]}
    gold = {"customer_type": "gold"}
    assert who("source_order", other=gold, sources=by_column) == "b"


def test_a_source_that_nobody_named_comes_after_all_that_are() -> None:
    order = {"source_file": ["one.csv", "two.csv"], "system": ["crm"]}
    last = {"source_file": "two.csv", "system": "x"}
    for named in (last, {**last, "system": None}):
        assert who("source_order", one=named, sources=order) == "a"
        assert who("source_order", other=named, sources=order) == "b"


def test_the_next_rule_parts_whom_the_first_leaves_equal() -> None:
    newer = {"last_activity": "2025-02-01"}
    older = {"last_activity": "2025-01-01", "city": "Oldtown"}
    assert who("most_complete", "newest", one=newer, other=older) == "b"
    assert who("newest", "most_complete", one=newer, other=older) == "a"
    assert who("most_complete", "newest", one=newer, other={**older, "city": None}) == "a"


def test_who_is_on_a_plan_is_never_merged_away() -> None:
    paying, complete = {"subscription": "Plus"}, {"city": "Oldtown"}
    rows = clients({**ANN, **paying}, {**TWIN, **complete})
    merged = merge(rows, BOTH, rules={"survivor": "most_complete"})
    assert refusals(merged) == {"a": "subscription_would_go"}
    assert refusals(merge(rows, BOTH, picks={"a": "b"})) == {"a": "subscription_would_go"}


@pytest.mark.parametrize("rule", ["most_transactions", "source_order"])
def test_a_rule_that_lacks_what_it_goes_by_is_an_error(rule: str) -> None:
    with pytest.raises(InputError, match=rule):
        who(rule)


@pytest.mark.parametrize("none", [{}, [], {"source_file": []}])
def test_sources_that_name_nobody_are_as_if_not_given(
    none: list[str] | dict[str, list[str]],
) -> None:
    with pytest.raises(InputError, match="the rule source_order needs sources="):
        who("source_order", sources=none)
    with pytest.raises(InputError, match="the rule source_order needs sources="):
        rows_of_any(["source_order"], sources=none)


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"survivor": ["oldest"]}, "unknown rule: 'oldest'; expected subscription, most"),
        ({"survivor": "longest"}, "unknown rule: 'longest'"),
        ({"emial": "join"}, "no such column: 'emial'"),
        ({"email": "newest:when"}, "no such column: 'when'"),
        ({"email": "longest:city"}, "unknown rule"),
        ({"email": ["join"]}, "unknown rule"),
    ],
)
def test_a_rule_that_is_none_is_named(rules: dict, said: str) -> None:
    with pytest.raises(InputError, match=said):
        merge(clients(ANN, TWIN), BOTH, rules=rules)


STREETS = ("Old Road 1", "New Road 22", "Old Road 1")
DAYS = ("2025-01-01", "2025-03-01", "2025-02-01")
FILES = ("crm.csv", "shop.csv", "crm.csv")


@pytest.mark.parametrize(
    ("rule", "kept", "why"),
    [
        ("survivor", "Old Road 1", "survivor"),
        ("longest", "New Road 22", "longest"),
        ("commonest", "Old Road 1", "commonest"),
        ("most_frequent", "Old Road 1", "most_frequent"),
        ("newest", "New Road 22", "newest"),
        ("newest:created", "Old Road 1", "newest:created"),
        ("source_order", "New Road 22", "source_order"),
        ("join", "Old Road 1; New Road 22", "join"),
    ],
)
def test_a_field_keeps_the_value_its_rule_prefers(rule: str, kept: str, why: str) -> None:
    rows = clients(
        *(
            {"record_id": each, "display_name": "Ann", "street": street, "source_file": file,
             "last_activity": day, "created": f"202{5 - n}", "notes": "x" * (3 - n)}
            for n, (each, street, day, file) in enumerate(zip("abc", STREETS, DAYS, FILES))
        )
    )  # fmt: skip
    rows = rows.with_columns(created=pl.Series(["2025-01-01", "2024-01-01", "2023-01-01"]))
    merged = merge(
        rows, group("a", "b", "c"), rules={"street": rule}, picks={"a": "a"},
        sources=["shop.csv", "crm.csv"],
    )  # fmt: skip
    assert merged.golden["street"].to_list() == [kept]
    told = merged.provenance.filter(pl.col("field") == "street").row(0, named=True)
    assert (told["value"], told["rule"]) == (kept, why)


@pytest.mark.parametrize("rule", ["longest", "commonest", "newest"])
def test_a_tie_in_a_field_falls_to_the_survivors_order_and_says_so(rule: str) -> None:
    rows = clients({**ANN, "street": "Old Road 1"}, {**TWIN, "street": "New Road 2"})
    merged = merge(rows, BOTH, rules={"street": rule}, picks={"a": "b"})
    assert merged.golden["street"].to_list() == ["New Road 2"]
    told = merged.provenance.filter(pl.col("field") == "street")["rule"].to_list()
    assert told == [f"{rule}+survivor"]


@pytest.mark.parametrize("both", ["both", "join"])
def test_a_pick_of_both_keeps_both(both: str) -> None:
    rows = clients({**ANN, "street": "Old Road 1"}, {**TWIN, "street": "New Road 2"})
    merged = merge(rows, BOTH, picks={"a": "b", ("a", "street"): both})
    assert merged.golden["street"].to_list() == ["New Road 2; Old Road 1"]
    assert merged.lost_values.filter(pl.col("field") == "street").is_empty()


def test_a_pick_of_who_is_not_in_the_group_answers_nothing() -> None:
    merged = merge(clients(ANN, TWIN), BOTH, picks={"a": "c", "z": "a"})
    assert refusals(merged) == {"a": "survivor_tie"}


def test_a_pick_of_a_blank_cell_leaves_it_to_the_rule() -> None:
    rows = clients({**ANN, "street": "Old Road 1", "city": "Oldtown"}, TWIN)
    merged = merge(rows, BOTH, picks={("a", "street"): "b"})
    told = merged.provenance.filter(pl.col("field") == "street").row(0, named=True)
    assert (told["record_id"], told["rule"]) == ("a", "survivor")


def test_two_mailboxes_that_differ_in_a_dot_are_two() -> None:
    rows = clients({**ANN, "email": "ann.b@x.example"}, {**TWIN, "email": "annb@x.example"})
    golden = merge(rows, BOTH, picks={"a": "a"}).golden
    assert golden["email"].to_list() == ["ann.b@x.example; annb@x.example"]


@pytest.mark.parametrize("other", ["+44 161 4960096", "0161.496.0096", "4401614960096"])
def test_two_spellings_of_one_phone_are_joined_as_one(other: str) -> None:
    rows = clients({**ANN, "phone": "(0161) 4960096"}, {**TWIN, "phone": other})
    golden = merge(rows, BOTH, picks={"a": "a"}).golden
    assert golden["phone"].to_list() == ["(0161) 4960096"]


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("notes", "1/12/2024", "11/2/2024"),
        ("notes", "10.00", "1000"),
        ("notes", "rebate -5", "rebate 5"),
        ("notes", "1.5 m of hedge", "15 m of hedge"),
        ("notes", "no..5", "no.5"),
        ("notes", "see foo.bar.example", "see foobar.example"),
        ("notes", "(0161) 4960096", "+44 161 4960096"),
        ("street", "Old Road 1 2", "Old Road 12"),
        ("website", "foo-bar.dk", "foo.bar.dk"),
        ("website", "www.foo.bar.dk", "www.foobar.dk"),
        ("website", "foo bar", "foobar"),
        ("phone", "555-01", "55-501"),
        ("fax", "00", "000"),
    ],
)
@pytest.mark.parametrize("rule", ["survivor", "join"])
def test_two_values_are_not_two_spellings(rule: str, field: str, one: str, other: str) -> None:
    rows = clients({**ANN, field: one}, {**TWIN, field: other})
    merged = merge(rows, BOTH, picks={"a": "a"}, rules={field: rule})
    lost = merged.lost_values.filter(pl.col("field") == field)["value"].to_list()
    kept = merged.golden[field].to_list()
    assert (kept, lost) == (([f"{one}; {other}"], []) if rule == "join" else ([one], [other]))


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("company", "Anna S.r.l.", "ANNA Srl"),
        ("company", "Anna S. r. l.", "Anna S.r.l."),
        ("street", "St. John Rd. 1", "st john  Rd 1"),
        ("website", "WWW.Foo.DK", "www.foo.dk"),
        ("mobile", "(0161) 4960096", "+44 161 4960096"),
    ],
)
def test_two_spellings_of_a_value_are_one(field: str, one: str, other: str) -> None:
    rows = clients({**ANN, field: one}, {**TWIN, field: other})
    merged = merge(rows, BOTH, picks={"a": "a"}, rules={field: "join"})
    assert merged.golden[field].to_list() == [one]
    assert merged.lost_values.filter(pl.col("field") == field).is_empty()
    told = merged.provenance.filter(pl.col("field") == field).select("value", "rule").rows()
    assert told == [(one, "join"), (other, "spelling")]


def rows_of_any(survivors: Sequence[str], **more: object) -> list:
    table = pl.DataFrame(
        {
            "no": [7, 3],
            "name": ["Ann Gray", "Ann Gray"],
            "email": ["ann@gray.example"] * 2,
            "updated": ["2025-01-02", "2025-01-03"],
            "from": ["web", "crm"],
        }
    )
    matches = find_duplicates(table, id="no")
    merged = merge(table, matches, rules={"survivor": survivors}, **more)  # type: ignore[arg-type]
    return list(merged.golden["no"])


def test_the_rules_hold_for_any_table_and_name_its_columns() -> None:
    assert rows_of_any(["most_complete"]) == [3]  # of equals the smallest id
    assert rows_of_any(["newest:updated"]) == [3]
    assert rows_of_any(["source_order"], sources={"from": ["web", "crm"]}) == [7]
    assert rows_of_any(["most_transactions"], transactions={7: 2, 3: 1}) == [7]
