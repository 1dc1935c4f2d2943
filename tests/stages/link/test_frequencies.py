from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.stages.link.features import Features, features_of
from custclean.stages.link.frequencies import Frequencies, _holders, common_levels
from custclean.stages.link.levels import FIELDS
from custclean.stages.link.scoring import evidence

Row = Mapping[str, str | None]
TALLY = "books@tally.example"
NAMES = [f"{a}{b} Wex" for a in ("Asta", "Bodil", "Carlo", "Elmer") for b in "bcdfghjklm"]


def read(*rows: Row) -> Features:
    names = sorted({name for row in rows for name in row})
    frame = pl.DataFrame(list(map(dict, rows)), schema=dict.fromkeys(names, pl.String))
    return features_of(frame, {name: name for name in names})


def chance(
    features: Features,
    name: str,
    pair: tuple[int, int] = (0, 1),
    *,
    side: list[bool] | None = None,
    clients: list[int] | None = None,
) -> float:
    """Give the chance that two strangers share what this pair does, all being equal."""
    seen = Frequencies(
        features,
        None if side is None else np.array(side),
        None if clients is None else np.array(clients, dtype=np.uint64),
    )
    left, right = (np.array([row]) for row in pair)
    return float(seen.chance(name, "equal", left, right)[0])


def test_an_address_of_many_names_says_less_than_ones_own() -> None:
    rows: list[Row] = [{"name": name, "email": TALLY} for name in NAMES]
    own: list[Row] = [{"name": "Ann Berg", "email": "ann@berg.example"}] * 2
    found = read(*own, *rows)
    assert chance(found, "email", (2, 3)) > 10 * chance(found, "email", (0, 1))


def test_one_client_written_down_often_holds_an_address_once() -> None:
    ann: Row = {"name": "Ann Berg", "email": "ann@berg.example"}
    rows: list[Row] = [{"name": name, "email": None} for name in NAMES]
    often, twice = read(*[ann] * 6, *rows[6:]), read(*[ann] * 2, *rows[2:])
    assert chance(often, "email") == pytest.approx(chance(twice, "email"), rel=0.1)


def test_who_is_known_to_be_one_client_holds_a_value_once() -> None:
    found = read(*({"name": name, "email": TALLY} for name in NAMES))
    each = chance(found, "email", clients=[*range(1, 41)])
    one = chance(found, "email", clients=[*[1] * 39, 40])
    assert each > 10 * one


def test_the_larger_the_table_the_rarer_its_values() -> None:
    pair: list[Row] = [{"name": "Ann Berg", "email": "ann@berg.example"}] * 2
    rows: list[Row] = [{"name": name, "email": None} for name in NAMES]
    assert chance(read(*pair, *rows), "email") < chance(read(*pair, *rows[:9]), "email")


def test_a_name_of_common_words_says_less_than_one_of_rare_words() -> None:
    # nobody else is called either
    pairs: list[Row] = [{"name": name} for name in ("Asta Wex", "Quillo Starn") for _ in "12"]
    rows: list[Row] = [{"name": f"Asta {name[:6]}"} for name in NAMES]
    found = read(*pairs, *rows, *({"name": name} for name in NAMES))
    assert chance(found, "person", (0, 1)) > chance(found, "person", (2, 3))


def test_a_rare_legal_form_in_common_makes_a_firms_name_rarer() -> None:
    firms = ["Mill Byg SpA"] * 2 + ["Tarn Byg ApS"] * 2 + ["Wold Byg"] * 2
    rows: list[Row] = [{"company": f"{name[:5]} Byg ApS"} for name in NAMES]
    found = read(*({"company": firm} for firm in firms), *rows)
    rare, usual, none = (chance(found, "company", (n, n + 1)) for n in (0, 2, 4))
    assert rare < usual / 5
    assert usual > none / 2


def test_a_firm_copied_often_makes_its_legal_form_no_commoner() -> None:
    pair: list[Row] = [{"company": "Golden Barn SpA"}] * 2
    rows: list[Row] = [{"company": f"{name[:5]} Byg ApS"} for name in NAMES]
    few, many = (read(*pair, *rows, *[{"company": "Tarn Wold SpA"}] * n) for n in (3, 200))
    assert chance(many, "company") < 2 * chance(few, "company")


def test_a_value_once_on_either_side_is_as_rare_as_one_twice_in_a_table() -> None:
    one: Row = {"name": "Ann Berg", "email": "ann@berg.example"}
    rows: list[Row] = [{"name": name, "email": None} for name in NAMES]
    sides = read(one, *rows[:39], one, *rows[:39])
    linked = chance(sides, "email", (0, 40), side=[True] * 40 + [False] * 40)
    assert linked == pytest.approx(chance(read(one, one, *rows[:38]), "email"))


def test_that_the_country_is_the_same_never_says_much() -> None:
    countries = ["DK"] * 2 + ["IT"] * 38
    found = read(*({"name": n, "country": c} for n, c in zip(NAMES, countries)))
    assert chance(found, "country") > 0.5


people = st.sampled_from(
    ["Ann Berg", "Berg, Ann", "Anna Berg", "Bo Vest", "Bo", "Ann B. Berg"]
)
firms = st.sampled_from(
    ["Mill ApS", "Mill", "Mlil Byg", "Mill Byg Srl", "Byg Mill Roma", "Tarn"]
)
rows = st.fixed_dictionaries(
    {
        "name": st.one_of(st.none(), people),
        "company": st.one_of(st.none(), firms),
        "email": st.sampled_from([None, "ann@berg.example", "bo@berg.example"]),
        "phone": st.sampled_from([None, "20304050", "+4520304050", "77889900"]),
        "city": st.sampled_from([None, "Roma", "Aarhus"]),
    }
)


@given(st.lists(rows, min_size=2, max_size=8))
@settings(max_examples=20)
def test_a_chance_is_a_share_and_never_less_than_was_foretold(table: list[Row]) -> None:
    found = read(*table)
    seen = Frequencies(found, None)
    left, right = np.triu_indices(len(table), 1)
    compared = evidence(found, seen, left, right)
    for name, levels in compared.levels.items():
        for number, code in common_levels(name):
            some = np.flatnonzero(levels == number)
            chances = compared.chances[name][some]
            assert ((chances > 0) & (chances <= 1)).all()
            if name in ("company", "person"):
                least = seen.by_words(name, code, left[some], right[some])
                assert (chances >= least * (1 - 1e-9)).all()


@pytest.mark.parametrize("name", ["email", "phone", "city"])
def test_chances_are_the_same_from_either_side(name: str) -> None:
    row: Row = {"name": "Ann", "email": TALLY, "phone": "20304050", "city": "Roma"}
    found = read(row, {**row, "name": "Bo"}, {**row, "name": "Carlo"})
    field = "place" if name == "city" else name
    code = "same_city" if name == "city" else "equal"
    seen, one, other = Frequencies(found, None), np.array([0]), np.array([1])
    assert seen.chance(field, code, one, other) == seen.chance(field, code, other, one)


def test_common_levels_are_those_of_shared_values() -> None:
    for name, field in FIELDS.items():
        assert all(field.place(code) == number for number, code in common_levels(name))
        assert "different" not in [code for _, code in common_levels(name)]


@pytest.mark.parametrize("rows", [1, 2])
def test_a_tiny_table_has_chances_too(rows: int) -> None:
    found = read(*[{"name": "Ann Berg", "email": "ann@berg.example"}] * rows)
    assert 0 < chance(found, "email", (0, rows - 1)) <= 1


def test_no_pairs_have_no_chances() -> None:
    none = np.zeros(0, dtype=np.int64)
    seen = Frequencies(read({"name": "Ann Berg"}), None)
    assert len(seen.chance("person", "equal", none, none)) == 0


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 3)), max_size=25))
@settings(max_examples=60)
def test_holders_are_counted_as_one_would_by_hand(held: list[tuple[int, int]]) -> None:
    values, who = (np.array([pair[n] for pair in held], dtype=np.uint64) for n in (0, 1))
    by_value = defaultdict(list)
    for value, holder in held:
        by_value[value].append(holder)
    counts = {
        value: len(set(holders)) if len(holders) > 2 else 1
        for value, holders in by_value.items()
    } | {0: 0}
    rows = np.arange(len(held))
    assert _holders(values, rows, who).tolist() == [counts[value] for value, _ in held]
    places = [len(by_value[value]) if value else 0 for value, _ in held]
    assert _holders(values, rows, None).tolist() == places
