from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.errors import CustcleanError, InputError, SettingsError
from custclean.model import Decision, Verdict
from custclean.stages.link import always, find_duplicates, link

if TYPE_CHECKING:
    import random

Clients = Callable[..., pl.DataFrame]
ANN = {
    "display_name": "Ann Wexcombe",
    "email": "ann.wexcombe@mail.example",
    "phone": "+12025550199",
    "street": "7 Mill Lane",
    "postcode": "20001",
    "city": "Riverton",
}
ANN_AGAIN = ANN | {"display_name": "Wexcombe, Ann", "email": "ANN.WEXCOMBE@mail.example"}


def weight_of(table: pl.DataFrame, one: str = "c00", other: str = "c01") -> float:
    return find_duplicates(table).explain(one, other).probability


def groups(table: pl.DataFrame) -> set[frozenset[str]]:
    """Give the groups of more than one record."""
    clusters = find_duplicates(table).clusters()
    found = clusters.group_by("cluster_id").agg("record_id")["record_id"].to_list()
    return {frozenset(each) for each in found if len(each) > 1}


def test_a_client_written_down_twice_is_found(clients: Clients) -> None:
    assert groups(clients(ANN, ANN_AGAIN)) == {frozenset({"c00", "c01"})}


def test_unremarkable_clients_are_left_alone(clients: Clients) -> None:
    assert groups(clients(others=60)) == set()


@pytest.mark.parametrize(
    "change",
    [
        {"display_name": "Ann Wexcmobe"},
        {"display_name": "ANN WEXCOMBE 001"},
        {"display_name": "A. Wexcombe"},
        {"street": "19 Hill Street", "postcode": "30303", "city": "Elsewhere"},
        {"email": "", "phone": "(202) 555-0199"},
    ],
    ids=["typo", "conversion suffix", "initial", "moved", "no e-mail, phone in another form"],
)
def test_usual_faults_do_not_hide_a_client(clients: Clients, change: dict[str, str]) -> None:
    assert groups(clients(ANN, ANN | change)) == {frozenset({"c00", "c01"})}


@pytest.mark.parametrize(
    "other",
    [
        {"display_name": "Bert Wexcombe", "email": "bert.wexcombe@mail.example"},
        {"display_name": "Ann Wexcombe", "email": "ann.wexcombe2@mail.example"}
        | {"phone": "+12025550111", "street": "3 Oak Way", "postcode": "97201", "city": "Elm"},
    ],
    ids=["household", "namesake"],
)
def test_look_alikes_are_not_joined(clients: Clients, other: dict[str, str]) -> None:
    assert groups(clients(ANN, ANN | other)) == set()


def test_an_owners_firms_are_different_clients(clients: Clients) -> None:
    owner = ANN | {"given_name": "Ann", "family_name": "Wexcombe"}
    names = "Blueharbour Bakery Ltd", "Quillstone Metal Ltd", "Tarnwater Design Ltd"
    firms = [owner | {"display_name": name, "company": name} for name in names]
    assert groups(clients(*firms)) == set()


def test_another_legal_form_is_another_client_and_a_missing_one_is_not(
    clients: Clients,
) -> None:
    firm = {"company": "Klitrose Byg ApS", "display_name": "Klitrose Byg ApS"} | {
        "email": "post@klitrosebyg.example",
        "phone": "+4537001234",
    }

    def named(name: str) -> pl.DataFrame:
        return clients(firm, firm | {"company": name, "display_name": name})

    bare, other = weight_of(named("Klitrose Byg")), weight_of(named("Klitrose Byg A/S"))
    holding = weight_of(named("Klitrose Byg Holding ApS"))
    assert bare > 0.95
    assert other < 0.5
    assert holding < 0.5


def test_a_bookkeepers_address_says_little_and_ones_own_says_much(clients: Clients) -> None:
    rows = [
        {
            "display_name": f"Firm{n} Quill{chr(97 + n)}stone Ltd",
            "email": "books@tally.example",
        }
        for n in range(12)
    ]
    pair = {"display_name": "Ann Wexcombe"}, {"display_name": "Bertram Solhverv"}
    shared = clients(*({**each, "email": "books@tally.example"} for each in pair), *rows)
    own = clients(*({**each, "email": "ann@tally.example"} for each in pair), *rows)

    def email_share(table: pl.DataFrame) -> float:
        shares = find_duplicates(table).explain("c00", "c01").shares
        return next(share.weight for share in shares if share.field == "email")

    assert groups(clients(*rows)) == set()
    assert email_share(own) > email_share(shared) + 2


def test_every_record_is_in_one_cluster_named_after_its_smallest(clients: Clients) -> None:
    table = clients(ANN, ANN_AGAIN)
    clusters = find_duplicates(table).clusters()
    assert sorted(clusters["record_id"]) == sorted(table["record_id"])
    smallest = clusters.group_by("cluster_id").agg(pl.col("record_id").min())
    assert (smallest["cluster_id"] == smallest["record_id"]).all()


@pytest.mark.slow
@given(st.randoms(use_true_random=False))
@settings(max_examples=8, deadline=None)
def test_order_of_rows_and_columns_and_other_columns_do_not_matter(
    shuffle: random.Random,
) -> None:
    rows = [
        {"id": n, "name": name, "email": mail, "city": f"Town{n % 4}"}
        for n, (name, mail) in enumerate(
            [(f"Ann{n} Wex{chr(97 + n % 26)}combe", f"ann{n}@mail.example") for n in range(30)]
            + [("Wexxcombe, Ann7", "ann7@mail.example"), ("ANN9 WEXJCOMBE", None)]
        )
    ]
    table = pl.DataFrame(rows)
    names = list(table.columns)
    shuffle.shuffle(names)
    mixed = table.sample(fraction=1.0, shuffle=True, seed=shuffle.randrange(1000)).select(
        names
    )
    mixed = mixed.with_columns(balance=pl.lit("12,50"))
    columns = {"name": "name", "email": "email", "city": "city"}
    one = find_duplicates(table, id="id", columns=columns)
    other = find_duplicates(mixed, id="id", columns=columns)
    assert one.pairs.equals(other.pairs)
    assert one.clusters().equals(other.clusters())


def test_the_same_twice_gives_the_same(clients: Clients) -> None:
    table = clients(ANN, ANN_AGAIN)
    one, other = find_duplicates(table), find_duplicates(table)
    assert one.pairs.equals(other.pairs)
    assert one.model == other.model


def test_a_score_is_the_same_from_either_side(clients: Clients) -> None:
    found = find_duplicates(clients(ANN, ANN_AGAIN))
    for one, other in [("c00", "c01"), ("c00", "x003"), ("x001", "x015")]:
        there, back = found.explain(one, other), found.explain(other, one)
        assert there.weight == pytest.approx(back.weight, abs=1e-9)


def test_columns_may_have_any_name_if_their_kind_is_said_or_seen(clients: Clients) -> None:
    table = clients(ANN, ANN_AGAIN).select("display_name", "email", "phone", "city")
    renamed = table.rename({"display_name": "a", "email": "b", "phone": "c", "city": "d"})
    kinds = {"a": "name", "b": "email", "c": "phone", "d": "city"}
    seen = find_duplicates(table.rename({"display_name": "Navn", "city": "By"}))
    said = find_duplicates(renamed, columns=kinds)
    assert said.accepted().select("left_id", "right_id").rows() == [(0, 1)]
    assert seen.accepted().select("left_id", "right_id").rows() == [(0, 1)]


@pytest.mark.parametrize("index", [[7, 7, 8], ["a", None, "c"], ["a", 1, 2]])
def test_an_index_that_tells_no_rows_apart_is_left_and_noted(index: list[object]) -> None:
    table = pd.DataFrame({"name": ["Ann Gray", "Ann Gray", "Ben Hill"]}, index=index)
    found = find_duplicates(table)
    assert found.clusters()["record_id"].tolist() == [0, 1, 2]
    assert [note for note in found.notes if "row numbers" in note]
    assert link(table, table).notes == link(table, found).notes == found.notes


@pytest.mark.parametrize(
    "index", [pd.Index([7, 3, 8], dtype="int32"), pd.Index(["b", "a", "c"]), pd.RangeIndex(3)]
)
def test_an_index_gives_ids_of_its_own_kind(index: pd.Index[Any]) -> None:
    table = pd.DataFrame({"name": ["Ann Gray", "Ann Gray", "Ben Hill"]}, index=index)
    found = find_duplicates(table)
    assert found.clusters()["record_id"].dtype == index.dtype
    assert found.notes == ()


def test_a_father_and_his_namesake_at_home_are_not_joined_without_doubt(
    clients: Clients,
) -> None:
    home = {"street": "7 Mill Lane", "postcode": "20001", "city": "Riverton"}
    father, son, elder = (
        {"display_name": f"Max Wexcombe{which}"} | home for which in ("", " Jr.", " Sr.")
    )
    open_, closed = weight_of(clients(father, son)), weight_of(clients(elder, son))
    assert closed < 0.1 < open_ < 0.5 < 0.9 < weight_of(clients(son, son))
    reached = {"phone": "+12025550199", "tax_id": "DK13585628"}
    assert weight_of(clients(father | reached, son | reached)) > 0.9


def test_pandas_in_gives_pandas_out_with_the_index_as_id(clients: Clients) -> None:
    table = clients(ANN, ANN_AGAIN).select("display_name", "email", "phone").to_pandas()
    table.index = pd.Index(range(500, 500 + len(table)))
    found = find_duplicates(table)
    assert isinstance(found.pairs, pd.DataFrame)
    assert list(found.accepted()[["left_id", "right_id"]].iloc[0]) == [500, 501]
    assert found.clusters()["record_id"].dtype == "int64"


def test_the_result_of_a_stage_is_taken_as_it_is(clients: Clients) -> None:
    stage = SimpleNamespace(table=clients(ANN, ANN_AGAIN))
    assert find_duplicates(stage).accepted().height == 1


def test_ids_keep_their_type(clients: Clients) -> None:
    table = clients(ANN, ANN_AGAIN).select("display_name", "email")
    table = table.with_columns(key=pl.int_range(pl.len(), dtype=pl.Int32))
    found = find_duplicates(table, id="key")
    assert found.pairs["left_id"].dtype == pl.Int32
    assert found.clusters()["cluster_id"].dtype == pl.Int32


def said(verdict: Verdict, one: str = "c00", other: str = "c01") -> Decision:
    return Decision((one, other), verdict)


def test_what_a_person_called_different_is_never_joined(clients: Clients) -> None:
    third = ANN | {"phone": "202 555 0199"}
    table = clients(ANN, ANN_AGAIN, third)
    found = find_duplicates(table, decisions=[said(Verdict.DIFFERENT)])
    cluster = dict(found.clusters().rows())
    assert cluster["c00"] != cluster["c01"]
    assert "decision" in found.conflicts["reason"].to_list()


def test_what_a_person_called_the_same_is_joined(clients: Clients) -> None:
    found = find_duplicates(clients(ANN), decisions=[said(Verdict.SAME, "c00", "x005")])
    cluster = dict(found.clusters().rows())
    assert cluster["x005"] == cluster["c00"] == "c00"


@pytest.mark.parametrize("turn", [0, 1, 2])
def test_what_people_contradict_themselves_about_is_joined_by_nothing_they_said(
    clients: Clients, turn: int
) -> None:
    words = [
        said(Verdict.SAME, "c00", "c01"),
        said(Verdict.SAME, "c01", "x005"),
        said(Verdict.DIFFERENT, "c00", "x005"),
        said(Verdict.SAME, "x001", "x002"),
    ]
    words = words[turn:] + words[:turn]  # no order is better than another
    found = find_duplicates(clients(ANN, ANN_AGAIN), decisions=words)
    cluster = dict(found.clusters().rows())
    assert len({cluster[record] for record in ("c00", "c01", "x005")}) == 3
    assert cluster["x001"] == cluster["x002"]
    assert found.conflicts.rows() == [
        ("c00", "c01", "decision"), ("c00", "x005", "decision"), ("c01", "x005", "decision")
    ]  # fmt: skip
    (note,) = found.notes
    assert note.startswith("1 group is called one client and two: it is not joined")
    healed = found.learn([said(Verdict.SAME, "c00", "x005")])
    cluster = dict(healed.clusters().rows())
    assert cluster["c00"] == cluster["c01"] == cluster["x005"]
    assert healed.conflicts.is_empty()
    assert healed.notes == ()


def test_a_rule_does_not_join_whom_people_contradict_themselves_about(
    clients: Clients,
) -> None:
    table = clients(ANN | {"tax_id": "DK12345674"}, ANN_AGAIN | {"tax_id": "DK12345674"})
    words = [
        said(Verdict.SAME, "c00", "x005"),
        said(Verdict.SAME, "c01", "x005"),
        said(Verdict.DIFFERENT, "c00", "c01"),
    ]
    cluster = dict(
        find_duplicates(table, decisions=words, rules=always("tax_id")).clusters().rows()
    )
    assert [cluster[record] for record in ("c00", "c01", "x005")] == ["c00", "c01", "x005"]


def test_who_was_known_as_one_stays_so_though_people_contradict_themselves(
    clients: Clients,
) -> None:
    known = pl.DataFrame({"record_id": ["c00", "x005"], "cluster_id": ["old", "old"]})
    words = [
        said(Verdict.SAME, "c00", "c01"),
        said(Verdict.SAME, "c00", "x005"),
        said(Verdict.DIFFERENT, "c01", "x005"),
    ]
    found = find_duplicates(clients(ANN, ANN_AGAIN), known=known, decisions=words)
    cluster = dict(found.clusters().rows())
    assert cluster["c00"] == cluster["x005"] == "old"
    assert cluster["c01"] != "old"


def test_what_was_decided_is_not_asked_again_and_the_last_word_counts(
    clients: Clients,
) -> None:
    table = clients(ANN, ANN_AGAIN)
    asked = find_duplicates(table).to_review()
    assert asked.select("left_id", "right_id").rows() == [("c00", "c01")]
    decisions = [said(Verdict.DIFFERENT), said(Verdict.SAME)]
    decided = find_duplicates(table, decisions=decisions)
    assert decided.to_review().is_empty()
    assert decided.pairs.filter(pl.col("decided") == "same")["probability"].to_list() == [1.0]


def test_a_decision_about_a_record_that_is_gone_does_no_harm(clients: Clients) -> None:
    table = clients(ANN, ANN_AGAIN)
    gone = [said(Verdict.SAME, "c00", "gone"), Decision(("c00",), Verdict.SET_ASIDE)]
    assert find_duplicates(table, decisions=gone).pairs.equals(find_duplicates(table).pairs)


def test_known_clusters_stay_together_and_keep_their_ids(clients: Clients) -> None:
    known = pl.DataFrame({"record_id": ["c00", "x002"], "cluster_id": ["old", "old"]})
    found = find_duplicates(clients(ANN, ANN_AGAIN), known=known)
    cluster = dict(found.clusters().rows())
    assert cluster["c00"] == cluster["x002"] == cluster["c01"] == "old"
    assert cluster["x003"] == "x003"


def test_a_higher_threshold_joins_less(clients: Clients) -> None:
    found = find_duplicates(clients(ANN, ANN_AGAIN))
    assert found.clusters(1.0)["cluster_id"].n_unique() == 42
    assert found.clusters()["cluster_id"].n_unique() == 41


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_very_few_records_are_no_trouble(clients: Clients, rows: int) -> None:
    found = find_duplicates(clients(ANN, ANN_AGAIN, others=0).head(rows))
    assert found.clusters().height == rows
    assert "records" in repr(found)


def test_a_table_without_a_usable_column_has_no_pairs() -> None:
    found = find_duplicates(pl.DataFrame({"a": [None, None, None]}))
    assert found.pairs.is_empty()
    assert found.clusters().height == 3


def test_it_shows_itself_without_letting_names_act(clients: Clients) -> None:
    evil = ANN | {"display_name": "<script>x</script> Wexcombe", "record_id": "<b>"}
    found = find_duplicates(clients(evil, ANN_AGAIN))
    shown = found._repr_html_()
    assert "<script" not in shown
    assert "<b>" not in shown
    assert repr(found).startswith("Matches(42 records, ")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"engine": "spark"}, CustcleanError),
        ({"threshold": 1.5}, SettingsError),
        ({"id": "nowhere"}, InputError),
        ({"id": "city"}, InputError),
        ({"id": "tax_id"}, InputError),
        ({"columns": {"nowhere": "name"}}, InputError),
        ({"columns": {"city": "colour"}}, InputError),
        ({"known": pl.DataFrame({"a": [1]})}, InputError),
    ],
)
def test_what_cannot_be_meant_is_refused(
    clients: Clients, arguments: dict, error: type[CustcleanError]
) -> None:
    with pytest.raises(error):
        find_duplicates(clients(ANN, ANN_AGAIN), **arguments)


def test_an_unknown_record_cannot_be_explained(clients: Clients) -> None:
    found = find_duplicates(clients(ANN, ANN_AGAIN))
    with pytest.raises(InputError):
        found.explain("c00", "nobody")
    with pytest.raises(InputError):
        found.explain("c00", "c00")


def test_importing_costs_no_heavy_package() -> None:
    code = (
        "import sys, custclean.stages.link\n"
        "heavy = ('pandas', 'scipy', 'recordlinkage', 'matplotlib')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(("copies", "others"), [(2, 0), (50, 0), (1000, 0), (20, 10), (50, 2)])
def test_however_often_a_record_is_copied_its_copies_are_one_client(
    clients: Clients, copies: int, others: int
) -> None:
    table = clients(*[ANN] * copies, others=others)
    assert groups(table) == {frozenset(table["record_id"].head(copies))}


@pytest.mark.parametrize("known", [{"email": "a@mail.example"}, {"phone": "0113 496 0001"}])
def test_copies_of_little_more_than_a_name_are_one_client(known: dict[str, str]) -> None:
    table = pl.DataFrame([{"no": f"A{n}", "name": "Ann Wexcombe"} | known for n in range(30)])
    assert find_duplicates(table, id="no").clusters()["cluster_id"].n_unique() == 1


def test_copies_of_a_town_are_nobody_and_those_of_a_name_alone_are_all_in_doubt() -> None:
    town = find_duplicates(pl.DataFrame({"v": ["Leeds"] * 30}), columns={"v": "city"})
    assert town.accepted().is_empty()
    name = find_duplicates(pl.DataFrame({"v": ["Ann Wexcombe"] * 30}), columns={"v": "name"})
    assert name.pairs["probability"].max() < 0.8
    assert name.to_review().height == 30 * 29 // 2


def test_copies_make_nothing_common_that_others_hold() -> None:
    shared = {"email": "books@mail.example", "phone": "0113 496 0001"}
    names = [f"{one} {other}" for one in ("Ann", "Ben", "Cleo") for other in _FAMILIES]
    rows = [
        {"name": name, "street": f"{n} Mill Lane"} | shared for n, name in enumerate(names)
    ]
    found = find_duplicates(pl.DataFrame(rows * 10))
    assert found.clusters()["cluster_id"].n_unique() == len(names)


_FAMILIES = (
    "Wexcombe Harrow Tidmarsh Okafor Lindqvist Brumaire Solhverv Castellan Duarte Pym".split()
)


@pytest.mark.parametrize("copies", [3, 60])
def test_copies_do_not_decide_how_others_are_weighed(clients: Clients, copies: int) -> None:
    few, many = (clients(*[BEN] * n, ANN, ANN_AGAIN) for n in (3, copies))
    weights = [
        find_duplicates(table).explain(f"c{n:02d}", f"c{n + 1:02d}").weight
        for table, n in ((few, 3), (many, copies))
    ]
    assert weights[0] == pytest.approx(weights[1], abs=0.2)


BEN = ANN | {
    "display_name": "Ben Okafor",
    "email": "ben.okafor@mail.example",
    "street": "1 Elm",
}


def test_people_at_firms_are_told_apart_without_first_and_last_names() -> None:
    """What colleagues share is the firm's; the same person twice is found."""
    given = "Anna Boris Carla Dario Elmer Frida Gustav Hanna Ines Jonas".split()
    family = "Wexcombe Kohlberg Dahlstrom Mossinger Starnwald Holmgaard Krageby".split()
    rows = [
        {
            "Gesellschaft": f"{family[n % 7]}{n} Bau GmbH",
            "Ansprechpartner": f"{given[(3 * n + k) % 10]} {family[(n + 2 * k) % 7]}",
            "E-Mail": f"{given[(3 * n + k) % 10]}.{n}{k}@firm{n}.example".lower(),
            "Telefon": f"0711 55{n:04}",
        }
        for n in range(40)
        for k in range(4)
    ]
    table = pl.DataFrame([*rows, *rows[:40:4]])
    found = find_duplicates(table)
    pairs = set(found.accepted().select("left_id", "right_id").rows())
    assert pairs == {(4 * n, 160 + n) for n in range(10)}
