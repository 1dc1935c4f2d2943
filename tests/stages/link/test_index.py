from __future__ import annotations

import polars as pl
import pytest

from custclean.stages.link import keys
from custclean.stages.link.features import features_of
from custclean.stages.link.index import block

NAMES = [f"{a}{b}{c}o" for a in "BDFKM" for b in "aeiou" for c in "lnr"]
KINDS = {"name": "name", "email": "email", "city": "city"}


def table(rows: int, *, city: str = "Riverton") -> pl.DataFrame:
    """Give people of one town and no two names alike."""
    letters = [chr(97 + n % 26) + chr(97 + n // 26 % 26) for n in range(rows)]
    return pl.DataFrame(
        {
            "name": [f"F{each}xo W{each[::-1]}ombe" for each in letters],
            "email": [f"{each}{n}@mail.example" for n, each in enumerate(letters)],
            "city": [city] * rows,
        }
    )


def candidates(frame: pl.DataFrame) -> set[tuple[str, str]]:
    features = features_of(frame, KINDS)
    found = block(features)
    emails = frame["email"]
    one, other = emails.gather(found.left), emails.gather(found.right)
    return {(min(a, b), max(a, b)) for a, b in zip(one, other)}


def test_few_records_are_all_compared() -> None:
    assert len(candidates(table(40))) == 40 * 39 // 2


def test_many_records_are_not_all_compared_but_twins_are() -> None:
    frame = table(600)
    twin = frame[17].with_columns(email=pl.lit("other@mail.example"))
    found = candidates(pl.concat([frame, twin]))
    assert tuple(sorted(["other@mail.example", frame["email"][17]])) in found
    assert len(found) < 600 * 599 // 4


@pytest.mark.parametrize("slip", ["Quellworm", "Quellbvorn", "Qeullvorn", "Xuellvorn"])
def test_a_slip_in_the_one_rare_word_does_not_hide_a_firm(slip: str) -> None:
    others = [f"{one} {other} Central Services" for one in NAMES for other in NAMES]
    names = pl.DataFrame({"name": ["Central Quellvorn", f"{slip} Services", *others]})
    features = features_of(names, {"name": "company"})
    found = block(features)
    assert (0, 1) in set(zip(found.left.tolist(), found.right.tolist()))


def test_an_acronym_meets_the_name_that_it_is_short_for() -> None:
    others = [f"{one} {other}" for one in NAMES for other in NAMES]
    names = pl.DataFrame({"name": ["Tarn Golden Barn Gallery Ltd", "TGBG Ltd", *others]})
    found = block(features_of(names, {"name": "company"}))
    assert (0, 1) in set(zip(found.left.tolist(), found.right.tolist()))


@pytest.mark.usefixtures("_big_blocks_are_cut")
def test_an_oversized_block_is_cut_to_neighbours_and_reported() -> None:
    frame = table(600).with_columns(email=pl.lit("books@tally.example"))
    features = features_of(frame, KINDS)
    report = block(features).report.filter(pl.col("rule") == "email")
    assert report["oversized"].to_list() == [1]
    assert report["largest"].to_list() == [600]
    assert report["left_out"][0] > 0
    assert report["candidates"][0] <= 600 * 8


@pytest.fixture
def _big_blocks_are_cut() -> None:
    assert keys.BLOCK < 600


def test_each_pair_is_new_for_one_rule_only() -> None:
    features = features_of(table(600), KINDS)
    found = block(features)
    assert found.report["new"].sum() == len(found.left)
    assert (found.left < found.right).all()


def test_columns_that_no_record_fills_together_are_no_trouble() -> None:
    frame = table(600).with_row_index()
    apart = frame.select(
        name=pl.when(pl.col("index") < 300).then("name"),
        born=pl.when(pl.col("index") >= 300).then(pl.lit("1970-01-02")),
    )
    features = features_of(apart, {"name": "name", "born": "date"})
    assert block(features).left.dtype.kind == "i"


@pytest.mark.parametrize("seed", [1, 2])
def test_which_copies_are_neighbours_does_not_depend_on_where_they_stand(seed: int) -> None:
    names = [f"{first} Ravnkilde" for first in ("Asta", "Bodil", "Carlo")]
    table = pl.DataFrame({"id": range(600), "name": [names[n % 3] for n in range(600)]})

    def pairs(frame: pl.DataFrame) -> set[tuple[int, int]]:
        ids = frame["id"]
        found = block(features_of(frame.select("name"), {"name": "name"}, (ids,)))
        ends = zip(ids.gather(found.left), ids.gather(found.right))
        return {(min(pair), max(pair)) for pair in ends}

    assert pairs(table) == pairs(table.sample(fraction=1.0, shuffle=True, seed=seed))
