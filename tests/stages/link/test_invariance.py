"""The same answer, whatever does not matter: order, threads, the kind of frame, headings."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.model import Decision, Verdict
from custclean.stages.link import Matches, always, find_duplicates, link, never

from .conftest import LAST, canonical, somebody

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = {
    "display_name": "name",
    "email": "email",
    "phone": "phone",
    "street": "street",
    "postcode": "postcode",
    "city": "city",
}


def everybody() -> pl.DataFrame:
    """Give people, some written down twice, or alike, with a rule's worth of numbers."""
    rows = []
    for number in range(60):
        row = somebody(number % 45)
        row |= {"record_id": f"r{(number * 37) % 60:02d}", "tax_id": f"DK1234560{number % 4}"}
        if number >= 45:
            row["display_name"] = f"{row['family_name']}, {row['given_name']}"
        row["customer_number"] = str(number % 29)
        rows.append(row)
    rows += [{"record_id": f"t{n}", "display_name": f"Tie {LAST[0]}"} for n in range(5)]
    return canonical(rows)


TABLE = everybody()
DECISIONS = [
    Decision(("r01", "r02"), Verdict.SAME),
    Decision(("r02", "r03"), Verdict.SAME),
    Decision(("r01", "r03"), Verdict.DIFFERENT),
    Decision(("t0", "t3"), Verdict.DIFFERENT),
]
KNOWN = pl.DataFrame({"record_id": ["t1", "t2", "r05"], "cluster_id": ["k", "k", "k"]})
ASKED: list[dict[str, Any]] = [
    {},
    {"rules": [never("tax_id"), always("customer_number")]},
    {"decisions": DECISIONS, "known": KNOWN, "max_size": 3},
    {"decisions": DECISIONS, "rules": [always("tax_id"), never("customer_number")]},
]


def told(found: Matches) -> list[list[tuple[Any, ...]]]:
    """Give all that a person gets."""
    frames = [found.pairs, found.conflicts]
    if not found.linked:
        frames.append(found.clusters())
    return [frame.rows() for frame in frames]


@pytest.mark.parametrize("asked", ASKED, ids=["bare", "rules", "people", "contradictions"])
@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_order_of_rows_does_not_matter(asked: dict[str, Any], seed: int) -> None:
    mixed = TABLE.sample(fraction=1.0, shuffle=True, seed=seed)
    assert told(find_duplicates(mixed, **asked)) == told(find_duplicates(TABLE, **asked))


@pytest.mark.parametrize("partners", ["one_to_one", "many_to_one", "any"])
@settings(max_examples=2, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_order_of_rows_does_not_matter_to_links(partners: str, seed: int) -> None:
    one, other = TABLE.head(50), TABLE.tail(40)
    mixed = [each.sample(fraction=1.0, shuffle=True, seed=seed) for each in (one, other)]
    rules = always("customer_number")
    first = link(one, other, partners=partners, rules=rules)
    assert told(link(*mixed, partners=partners, rules=rules)) == told(first)


def test_groups_count_the_same_in_any_order() -> None:
    one, other = TABLE.head(50), TABLE.tail(40)
    first = link(find_duplicates(one), find_duplicates(other))
    turned = link(find_duplicates(one.reverse()), find_duplicates(other.reverse()))
    assert told(first) == told(turned)


def test_pandas_and_polars_give_the_same() -> None:
    for asked in ASKED[:2]:
        found = find_duplicates(TABLE.to_pandas(), **asked)
        assert isinstance(found.conflicts, pd.DataFrame)
        for one, other in zip(
            (found.pairs, found.clusters()),
            (
                find_duplicates(TABLE, **asked).pairs,
                find_duplicates(TABLE, **asked).clusters(),
            ),
        ):
            assert pl.from_pandas(one).equals(other, null_equal=True)


def test_headings_do_not_matter_if_the_kinds_are_given() -> None:
    plain = TABLE.select("record_id", *COLUMNS)
    letters = dict(zip(COLUMNS, "abcdef"))
    named = find_duplicates(plain, id="record_id", columns=COLUMNS)
    kinds = {letters[name]: kind for name, kind in COLUMNS.items()}
    renamed = find_duplicates(plain.rename(letters), id="record_id", columns=kinds)
    assert told(named) == told(renamed)


@pytest.mark.parametrize(
    "headings",
    [
        ["Customer name", "E-mail", "Telephone", "Street address", "Zip", "Town"],
        ["Navn", "E-mail", "Telefon", "Adresse", "Postnr", "By"],
        ["Cliente", "Correo", "Teléfono", "Calle", "Código postal", "Ciudad"],
        ["Nome cliente", "Email", "Telefono", "Via", "CAP", "Città"],
    ],
)
def test_other_headings_of_the_same_meaning_give_the_same(headings: list[str]) -> None:
    plain = TABLE.select("record_id", *COLUMNS)
    named = find_duplicates(plain, id="record_id", columns=COLUMNS)
    renamed = plain.rename(dict(zip(COLUMNS, headings)))
    found = find_duplicates(renamed, id="record_id")
    assert found.clusters().equals(named.clusters())


@pytest.mark.slow
def test_the_number_of_threads_does_not_matter(tmp_path: Path) -> None:
    # so many that work is cut into parts, and pairs are looked at in steps
    rows = [somebody(n % 4000) | {"record_id": f"{n}", "tax_id": str(n)} for n in range(6000)]
    canonical(rows).write_parquet(tmp_path / "people.parquet")
    code = (
        "import sys, polars as pl\n"
        "from custclean.stages.link import find_duplicates, never\n"
        "table = pl.read_parquet(sys.argv[1])\n"
        "found = find_duplicates(table, rules=never('tax_id'))\n"
        "print(found.pairs.hash_rows(seed=1).to_list(), found.clusters().rows())\n"
        "print(found.conflicts.rows(), found.model)"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / "people.parquet")],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"POLARS_MAX_THREADS": threads},
        ).stdout
        for threads in ("1", "2")
    ]
    assert told[0] == told[1]
    assert "rule" in told[0]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 64), st.integers(0, 64))
def test_a_score_is_the_same_from_either_side(one: int, other: int) -> None:
    ids = TABLE["record_id"]
    if one != other:
        there = FOUND.explain(ids[one], ids[other])
        back = FOUND.explain(ids[other], ids[one])
        assert there.weight == pytest.approx(back.weight, abs=1e-9)
        assert there.sentence == back.sentence


FOUND = find_duplicates(TABLE, rules=[never("tax_id"), always("customer_number")])


@pytest.mark.parametrize("dtype", [pl.Int32, pl.UInt64, pl.String, pl.Categorical])
def test_ids_keep_their_type_everywhere(dtype: type[pl.DataType]) -> None:
    table = TABLE.with_row_index("key").with_columns(pl.col("key").cast(pl.String).cast(dtype))
    found = find_duplicates(table, id="key", rules=never("tax_id"))
    for frame in (found.pairs, found.conflicts, found.to_review(), found.accepted()):
        assert frame["left_id"].dtype == frame["right_id"].dtype == dtype
    known = found.clusters()
    assert known["record_id"].dtype == known["cluster_id"].dtype == dtype
    again = find_duplicates(table, id="key", known=known).clusters()
    assert again.equals(known)
    linked = link(found, table.tail(9), id="key")
    assert linked.pairs["right_id"].dtype == dtype


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_which_copies_count_does_not_depend_on_where_they_stand(seed: int) -> None:
    ann = {"name": "Ann Marsh", "email": "ann.marsh@mail.example", "phone": "0113 496 0500"}
    kinds = [ann, ann | {"name": "Anna Marsh"}, ann | {"name": "Ann Marsha", "email": None}]
    rows = [each for each in kinds for _ in range(50)]
    rows += [
        {"name": f"{a}{b} Wex", "email": None, "phone": f"0113 496 {n:04}"}
        for n, (a, b) in enumerate(
            (a, b) for a in ("Asta", "Bodil", "Elmer") for b in "bcdfghjklm"
        )
    ]
    table = pl.DataFrame(rows).with_row_index("no")
    found = find_duplicates(table, id="no")
    again = find_duplicates(table.sample(fraction=1.0, shuffle=True, seed=seed), id="no")
    assert again.model == found.model
    assert again.clusters().equals(found.clusters())


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_which_spelling_is_seen_first_does_not_matter(seed: int) -> None:
    """Google's two domains are one, and so is a firm with and without its legal form."""
    rows = [
        {
            "company": f"{a}{b} Wexbau{form}",
            "email": f"{a}{b}@{'googlemail' if n % 3 else 'gmail'}.com".lower(),
        }
        for a in ("Asta", "Bodil", "Elmer", "Frida", "Gustav", "Hanna")
        for b in "bcdfghjklmnprstv"
        for n, form in enumerate(("", " GmbH", " KG", "", " GmbH"))
    ]
    table = pl.DataFrame(rows).with_row_index("no")
    found = find_duplicates(table, id="no")
    again = find_duplicates(table.sample(fraction=1.0, shuffle=True, seed=seed), id="no")
    assert again.pairs.equals(found.pairs)
    assert again.model == found.model
