from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.errors import CustcleanError, InputError, SettingsError
from custclean.model import Decision, Verdict
from custclean.stages.link import (
    Matches,
    Rule,
    always,
    classify,
    find_duplicates,
    link,
    never,
    worth,
)

from .conftest import canonical, somebody

Clients = Callable[..., pl.DataFrame]
ANN = {
    "display_name": "Ann Wexcombe",
    "email": "ann.wexcombe@mail.example",
    "phone": "+12025550199",
    "street": "7 Mill Lane",
    "postcode": "20001",
    "city": "Riverton",
}
ONE, OTHER = ANN | {"tax_id": "IT00743110157"}, ANN | {"tax_id": "IT00488410010"}
ZOE = {"display_name": "Zoe Quillstone", "customer_number": "77"}
ZED = {"display_name": "Wholly Other", "customer_number": "77"}
APART = pl.col("left.currency") != pl.col("right.currency")


def cluster(found: Matches) -> dict[Any, Any]:
    return dict(found.clusters().rows())


def reasons(found: Matches) -> list[tuple[Any, ...]]:
    return list(found.conflicts.rows())


def test_who_differs_in_what_must_not_is_two_clients(clients: Clients) -> None:
    table = clients(ONE, OTHER)
    assert cluster(find_duplicates(table))["c01"] == "c00"
    found = find_duplicates(table, rules=never("tax_id"))
    assert cluster(found)["c01"] == "c01"
    assert reasons(found) == [("c00", "c01", "rule")]
    pair = found.pairs.row(0, named=True)
    assert (pair["decided"], pair["probability"]) == ("never", 0.0)
    assert found.to_review().is_empty()


def test_rules_join_no_more_than_a_group_may_have(clients: Clients) -> None:
    names = "Zoe Quillstone", "Wholly Other", "Nobody Else", "Some Body"
    table = clients(*({"display_name": name, "customer_number": "77"} for name in names))
    found = find_duplicates(table, rules=always("customer_number"), max_size=2)
    assert found.clusters()["cluster_id"].unique_counts().max() == 2
    assert set(found.conflicts["reason"]) == {"too_large"}
    assert found.notes == ()


def test_people_may_join_more_and_then_it_is_said(clients: Clients) -> None:
    names = "Zoe Quillstone", "Wholly Other", "Nobody Else", "Some Body"
    table = clients(*({"display_name": name} for name in names)).with_columns(
        pl.col("record_id").str.replace("c00", "Zoe Quillstone")
    )
    said = [
        Decision(("c01", other), Verdict.SAME) for other in ("Zoe Quillstone", "c02", "c03")
    ]
    found = find_duplicates(table, decisions=said, max_size=3)
    assert found.clusters()["cluster_id"].unique_counts().max() == 4
    note = "1 group has more than 3 records, as people said or as it was known: "
    assert found.notes == (f"{note}Zoe Quillstone (4)",)
    drawn = found._repr_html_()
    assert f"{note}••" in drawn
    assert "Quillstone" not in drawn
    assert find_duplicates(table, decisions=said, max_size=4).notes == ()


def test_a_third_record_does_not_join_whom_a_rule_keeps_apart(clients: Clients) -> None:
    found = find_duplicates(clients(ONE, OTHER, ANN), rules=never("tax_id"))
    groups = cluster(found)
    assert groups["c00"] != groups["c01"]
    assert groups["c02"] in (groups["c00"], groups["c01"])
    assert [why for *_, why in reasons(found)] == ["rule", "rule"]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from([None, "IT00743110157", "IT00488410010"]), max_size=7))
def test_no_group_holds_two_whom_a_rule_keeps_apart(numbers: list[str | None]) -> None:
    rows: list[Any] = [ANN | {"tax_id": number} for number in numbers]
    table = canonical([*rows, *map(somebody, range(30))])
    found = find_duplicates(table, rules=never("tax_id"))
    groups = table.select("record_id", "tax_id").join(found.clusters(), on="record_id")
    held = groups.drop_nulls().group_by("cluster_id").agg(pl.col("tax_id").n_unique())
    assert held["tax_id"].max() in (None, 1)


def test_people_beat_rules(clients: Clients) -> None:
    same = [Decision(("c00", "c01"), Verdict.SAME)]
    found = find_duplicates(clients(ONE, OTHER), rules=never("tax_id"), decisions=same)
    assert cluster(found)["c01"] == "c00"
    assert "rule" not in found.explain("c00", "c01").sentence
    apart = [Decision(("c00", "c01"), Verdict.DIFFERENT)]
    found = find_duplicates(
        clients(ZOE, ZED), rules=always("customer_number"), decisions=apart
    )
    assert cluster(found)["c01"] == "c01"


def test_a_rule_may_name_the_level(clients: Clients) -> None:
    table = clients(
        ANN | {"display_name": "Ann Wexcombe Jr"}, ANN | {"display_name": "Ann Wexcombe Sr"}
    )
    found = find_duplicates(table, rules=[never("person", "generation")], threshold=0.0)
    assert ("c00", "c01", "rule") in reasons(found)


def test_a_rule_about_a_column_compares_it_as_it_stands(clients: Clients) -> None:
    table = clients(ANN | {"customer_group": "retail"}, ANN | {"customer_group": "Whole sale"})
    assert cluster(find_duplicates(table))["c01"] == "c00"
    kept = find_duplicates(table, rules=never("customer_group"))
    assert cluster(kept)["c01"] == "c01"
    same = clients(ANN | {"customer_group": "retail"}, ANN | {"customer_group": " Retail"})
    assert cluster(find_duplicates(same, rules=never("customer_group")))["c01"] == "c00"


def test_a_column_that_alone_has_its_kind_is_compared_like_the_field() -> None:
    rows = [{"name": f"Ann{n} Wexcombe", "born": f"19{50 + n}-03-07"} for n in range(30)]
    rows += [{"name": "Ann7 Wexcombe", "born": "07.03.1957"}]
    rows += [{"name": "Ann8 Wexcombe", "born": "1999-11-30"}]
    columns = {"name": "name", "born": "date"}
    found = find_duplicates(pl.DataFrame(rows), columns=columns, rules=never("born"))
    decided = {pair[:2]: pair[2] for pair in
               found.pairs.select("left_id", "right_id", "decided").rows()}  # fmt: skip
    assert decided[7, 30] is None
    assert decided[8, 31] == "never"


@pytest.mark.parametrize("turned", [False, True])
def test_a_condition_of_ones_own_is_asked_from_both_sides(
    clients: Clients, turned: bool
) -> None:
    rows = [ANN | {"currency": "DKK", "balance": "5"}, ANN | {"currency": "EUR"}]
    table = clients(*(rows[::-1] if turned else rows))
    one_sided = (pl.col("left.balance") == "5") & (pl.col("right.currency") == "EUR")
    for condition in (APART, one_sided):
        assert cluster(find_duplicates(table, rules=never(condition)))["c01"] == "c01"
    assert cluster(find_duplicates(table))["c01"] == "c00"


def test_an_equal_value_makes_one_client_of_what_nothing_else_joins(clients: Clients) -> None:
    table = clients(ZOE, ZED, others=400)  # so many that not all pairs are compared
    assert cluster(find_duplicates(table))["c01"] == "c01"
    found = find_duplicates(table, rules=always("customer_number"))
    assert cluster(found)["c01"] == "c00"
    assert found.accepted()["decided"].to_list() == ["always"]
    assert "one client (customer_number" in found.explain("c00", "c01").sentence


@pytest.mark.parametrize(
    "rule",
    [
        always("person"),
        always("email", "equal", "same_domain"),
        always(pl.col("left.family_name") == pl.col("right.family_name")),
    ],
)
def test_a_rule_is_asked_of_hopeless_candidates_too(
    clients: Clients, monkeypatch: pytest.MonkeyPatch, rule: Rule
) -> None:
    zoe = {"display_name": "Zoe Quillstone", "given_name": "Zoe", "family_name": "Quillstone"}
    one = zoe | {"email": "zq@mail.example", "phone": "+12025550764", "city": "Riverton"}
    other = zoe | {"email": "info@mail.example", "phone": "+12025559871", "city": "Elsewhere"}
    ids = {"tax_id": "IT00743110157"}, {"tax_id": "IT00488410010"}
    table = clients(one | ids[0], other | ids[1], others=400)  # not all pairs are candidates
    monkeypatch.setattr(classify, "_FITTED", 50)  # so many candidates that most are dropped
    monkeypatch.setattr(worth, "_HOPELESS", 60.0)
    assert find_duplicates(table).pairs.is_empty()
    assert cluster(find_duplicates(table, rules=rule))["c01"] == "c00"


def test_a_value_that_very_many_share_is_a_placeholder(clients: Clients) -> None:
    rows = [somebody(n) | {"customer_number": "0", "record_id": f"c{n}"} for n in range(60)]
    found = find_duplicates(clients(*rows, others=0), rules=always("customer_number"))
    assert found.accepted().is_empty()
    assert "more than 50 records" in found.notes[0]


def test_never_beats_always_whatever_stands_first(clients: Clients) -> None:
    rules = always("email"), never("tax_id")
    for order in (rules, rules[::-1]):
        found = find_duplicates(clients(ONE, OTHER), rules=list(order))
        assert cluster(found)["c01"] == "c01"
    assert cluster(find_duplicates(clients(ANN, ANN), rules=rules))["c01"] == "c00"


def test_contradicting_rules_are_listed(clients: Clients) -> None:
    # one number binds all three, two tax ids part them
    rows = [each | {"customer_number": "77"} for each in (ONE, ZED, OTHER)]
    found = find_duplicates(clients(*rows), rules=[always("customer_number"), never("tax_id")])
    groups = cluster(found)
    assert groups["c00"] != groups["c02"]
    assert "rule" in found.conflicts["reason"].to_list()


def test_two_tables_obey_rules_too(clients: Clients) -> None:
    other = clients(OTHER, others=0).with_columns(record_id=pl.lit("r00"))
    table = clients(ONE)
    assert link(table, other).accepted().height == 1
    found = link(table, other, rules=never("tax_id"))
    assert found.accepted().is_empty()
    assert reasons(found) == [("c00", "r00", "rule")]
    numbered = clients(ZED, others=0)
    joined = link(clients(ZOE), numbered, rules=always("customer_number"))
    assert joined.accepted().select("left_id", "right_id").rows() == [("c00", "c00")]


def test_what_a_rule_joins_takes_the_one_partner(clients: Clients) -> None:
    left = clients(ANN, ZOE)
    right = clients(ANN | {"customer_number": "77"}, others=0)
    assert link(left, right).accepted()["left_id"].to_list() == ["c00"]
    found = link(left, right, rules=always("customer_number"))
    assert found.accepted()["left_id"].to_list() == ["c01"]


def test_a_rule_about_a_field_that_nobody_has_says_nothing() -> None:
    table = pl.DataFrame({"name": ["Ann Wexcombe", "Ann Wexcombe", "Bo Quill"]})
    found = find_duplicates(table, columns={"name": "name"}, rules=never("tax_id"))
    assert found.pairs.equals(find_duplicates(table, columns={"name": "name"}).pairs)


@pytest.mark.parametrize(
    ("rule", "error"),
    [
        (lambda: never("nowhere"), InputError),
        (lambda: never(pl.col("currency") == "EUR"), InputError),
        (lambda: never(pl.col("left.nowhere") == "EUR"), InputError),
        (lambda: never("tax_id", "colour"), SettingsError),
        (lambda: never("customer_group", "similar"), SettingsError),
        (lambda: always(APART, "equal"), SettingsError),
        (lambda: "tax_id", SettingsError),
    ],
)
def test_what_is_no_rule_is_refused(
    clients: Clients, rule: Callable[[], Rule], error: type[CustcleanError]
) -> None:
    with pytest.raises(error):
        find_duplicates(clients(ANN), rules=rule())


@pytest.mark.parametrize("what", ["country", "region", "category", "number"])
def test_what_strangers_share_makes_nobody_one_client(clients: Clients, what: str) -> None:
    with pytest.raises(SettingsError, match=r"nobody one client.*tax_id.*column of codes"):
        find_duplicates(clients(ANN), rules=always(what))
    find_duplicates(clients(ANN), rules=never(what))


def test_a_column_of_numbers_may_hold_codes() -> None:
    rows = [{"name": f"Ann{n} Wexcombe", "nr": n, "land": "DK"} for n in range(30)]
    table = pl.DataFrame([*rows, {"name": "Wholly Other", "nr": 7, "land": "SE"}])
    columns = {"name": "name", "nr": "number", "land": "country"}
    found = find_duplicates(table, columns=columns, rules=always("nr"))
    assert cluster(found)[30] == 7
    with pytest.raises(SettingsError, match="land"):
        find_duplicates(table, columns=columns, rules=always("land"))
    table, columns = table.rename({"nr": "number"}), {"name": "name", "number": "exact"}
    assert cluster(find_duplicates(table, columns=columns, rules=always("number")))[30] == 7


@pytest.mark.parametrize("what", [5, "", None])
def test_a_rule_is_about_something(what: Any) -> None:
    with pytest.raises(SettingsError, match="nothing that a rule can be about"):
        never(what)


def test_an_expression_is_true_or_false_and_its_errors_hold_no_values(
    clients: Clients,
) -> None:
    table = clients(ONE, OTHER)
    both = pl.col("left.city") + pl.col("right.city")
    with pytest.raises(SettingsError, match="true or false"):
        find_duplicates(table, rules=never(both))
    with pytest.raises(SettingsError) as raised:
        find_duplicates(table, rules=never(pl.col("left.city").cast(pl.Int64) > 0))
    assert "Riverton" not in str(raised.value)


def test_a_rule_about_what_nobody_has_is_noted(clients: Clients) -> None:
    found = find_duplicates(clients(ANN, ANN), rules=never("tax_id"))
    assert any("tax_id" in note for note in found.notes)
