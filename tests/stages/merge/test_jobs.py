"""Sub-customers and jobs: re-hung below who stays, or in the way."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.stages.merge import Merged, merge
from tests.stages.merge.clients import clients, groups, named, refusals

LETTERS = "abcdefghij"


def full_names(merged: Merged) -> dict[str, str]:
    rows = merged.golden.select("record_id", "parent", "display_name").iter_rows()
    return {record: f"{parent}:{name}" if parent else name for record, parent, name in rows}


def test_a_job_of_who_goes_hangs_below_who_stays() -> None:
    merged = merge(named(a="Ann", b="Anne", c="Anne:Roof"), groups("ab"), picks={"a": "a"})
    assert full_names(merged) == {"a": "Ann", "c": "Ann:Roof"}
    effect = merged.effects.filter(pl.col("what") == "child_rehung").row(0)
    assert effect == ("a", "child_rehung", "c", "parent", "Anne", "Ann")
    told = merged.provenance.filter(pl.col("field") == "parent").rows()
    assert told == [("c", "parent", "Anne", "c", "was"), ("c", "parent", "Ann", "a", "rehung")]
    assert "1 below others moved" in repr(merged)


def test_what_is_below_a_job_moves_along() -> None:
    table = named(a="Ann", b="Anne", c="Anne:Roof", d="Anne:Roof:Tiles")
    merged = merge(table, groups("ab"), picks={"a": "a"})
    assert full_names(merged) == {"a": "Ann", "c": "Ann:Roof", "d": "Ann:Roof:Tiles"}
    whats = merged.effects.select("record_id", "what").rows()
    assert ("d", "child_renamed") in whats
    assert ("c", "child_rehung") in whats


def test_a_name_with_a_colon_is_rehung_as_it_is_written() -> None:
    rows = clients(
        *(
            {"record_id": record, "display_name": name}
            for record, name in zip("abc", ("Ann", "Anne", "Anne:Roof"))
        )
    )
    merged = merge(rows, groups("ab"), picks={"a": "a"})
    assert merged.golden["display_name"].to_list() == ["Ann", "Ann:Roof"]


def test_a_colon_below_nobody_is_part_of_a_name() -> None:
    rows = clients(
        {"record_id": "a", "display_name": "Re: Ann", "city": "Oldtown"},
        {"record_id": "b", "display_name": "Anne"},
    )
    assert refusals(merge(rows, groups("ab"))) == {}


def test_a_parent_told_by_its_own_name_only_is_found() -> None:
    table = named(a="Top:Ann", b="Top:Anne", c="Anne:Roof", t="Top")
    merged = merge(table, groups("ab"), picks={"a": "a"})
    assert merged.golden.filter(pl.col("record_id") == "c")["parent"].to_list() == ["Ann"]


@pytest.mark.parametrize(
    ("table", "grouped", "reason"),
    [
        (named(a="Ann", b="Ann:Roof"), "ab", "parent_with_descendant"),
        (named(a="Ann", b="Ann:Roof", c="Ann:Roof:Tiles"), "ac", "parent_with_descendant"),
        (named(a="Ann", b="Ben:Ann", c="Ben"), "ab", "job_with_customer"),
        (named(a="Ben:X", b="Ben:Y:X", c="Ben", d="Ben:Y"), "ab", "different_level"),
        (named(a="Ben:X", b="Cy:X", c="Ben", d="Cy"), "ab", "different_parent"),
        (named(a="Ann", b="Anne", c="Ann:Roof", d="Anne:ROOF "), "ab", "same_name_below"),
        (named(a="Ann", b="Anne", c="Anne", d="Anne:Roof"), "ab", "parent_unclear"),
    ],
)
def test_what_is_in_the_way_is_told(table: pl.DataFrame, grouped: str, reason: str) -> None:
    merged = merge(table, groups(grouped), picks={"a": "a"})
    assert refusals(merged) == {"a": reason}
    assert merged.golden.equals(table)


def test_jobs_of_parents_that_become_one_can_become_one() -> None:
    table = named(a="Ann", b="Anne", c="Ann:Roof", d="Anne:Roof")
    merged = merge(table, groups("ab", "cd"), picks={"a": "a", "c": "d"})
    assert refusals(merged) == {}
    assert full_names(merged) == {"a": "Ann", "d": "Ann:Roof"}


def test_parents_stay_two_where_their_jobs_cannot_become_one() -> None:
    table = named(a="Ann", b="Anne", c="Ann:Roof", d="Anne:Roof")
    merged = merge(table, groups("ab", "cd"), picks={"a": "a"})  # of c and d nobody chose
    assert refusals(merged) == {"a": "same_name_below", "c": "survivor_tie"}
    assert merged.golden.equals(table)


def test_a_person_says_below_whom_records_of_two_levels_belong() -> None:
    table = named(a="Ann", b="Ben:Ann", c="Ben", d="Ann:Roof")
    merged = merge(table, groups("ab"), picks={"a": "a", ("a", "parent"): "b"})
    assert full_names(merged) == {"a": "Ben:Ann", "c": "Ben", "d": "Ben:Ann:Roof"}
    merged = merge(table, groups("ab"), picks={"a": "b", ("a", "parent"): "a"})
    assert full_names(merged) == {"b": "Ann", "c": "Ben", "d": "Ann:Roof"}


def test_nobody_is_put_below_itself() -> None:
    table = named(a="Ann", b="Cy:Ann", c="Cy", d="Ann:Cy")
    picks = {"a": "a", "c": "c", ("a", "parent"): "b", ("c", "parent"): "d"}
    merged = merge(table, groups("ab", "cd"), picks=picks)
    assert set(refusals(merged).values()) == {"parent_with_descendant"}


def test_a_list_that_is_a_circle_itself_is_merged_as_far_as_it_goes() -> None:
    table = named(a="Ann:Ben", b="Ben:Ann", c="Cy", d="Dee")
    merged = merge(table, groups("cd"), picks={"c": "c"})
    assert full_names(merged) == {"a": "Ann:Ben", "b": "Ben:Ann", "c": "Cy"}


def test_two_lists_hold_different_jobs_of_one_name() -> None:
    table = named(a="Ann", b="Anne", c="Anne:Roof").with_columns(
        kind=pl.Series(["customers", "customers", "vendors"])
    )
    assert full_names(merge(table, groups("ab"), picks={"a": "a"}))["c"] == "Anne:Roof"


def test_a_full_name_that_desktop_does_not_take_is_in_the_way() -> None:
    long = "x" * 41
    table = named(a="A" * 41, b="B", c="B:" + ":".join([long] * 1), d=f"B:{long}:{long}",
                  e=f"B:{long}:{long}:{long}", f=f"B:{long}:{long}:{long}:{long}")  # fmt: skip
    desktop = table.with_columns(system=pl.lit("quickbooks-desktop"))
    assert refusals(merge(desktop, groups("ab"), picks={"a": "a"})) == {}
    longer = desktop.with_columns(pl.col("display_name").replace({"A" * 41: "A" * 46}))
    assert refusals(merge(longer, groups("ab"), picks={"a": "a"})) == {
        "a": "full_name_too_long"
    }


def test_a_sixth_level_is_too_many_for_desktop() -> None:
    table = named(a="Ann", b="T:Ann", t="T", c="Ann:1", d="Ann:1:2", e="Ann:1:2:3",
                  f="Ann:1:2:3:4")  # fmt: skip
    desktop = table.with_columns(system=pl.lit("quickbooks-desktop"))
    picks = {"a": "a", ("a", "parent"): "b"}
    assert refusals(merge(desktop, groups("ab"), picks=picks)) == {"a": "too_many_levels"}
    assert refusals(merge(table, groups("ab"), picks=picks)) == {}


SITES = [("g", "Grand", None), ("s", "Site", "Grand"), ("n", "Name", "Site"),
         ("l", "Leaf", "Site:Name"), ("x", "Ann", None), ("y", "Anne", None)]  # fmt: skip


def sites() -> pl.DataFrame:
    """Give parents that are written in part: `Site` for what in full is `Grand:Site`."""
    names = ("record_id", "display_name", "parent")
    return clients(*(dict(zip(names, row)) for row in SITES))


@pytest.mark.parametrize("grouped", ["x", "xy", "gx"])
def test_a_parent_that_is_written_in_part_has_no_other_name_for_that(grouped: str) -> None:
    merged = merge(sites(), groups(grouped), picks={grouped[0]: grouped[0]})
    assert refusals(merged) == {}
    left = sites().filter(~pl.col("record_id").is_in(list(grouped[1:])))
    assert merged.golden.equals(left)
    assert not merged.effects["what"].str.starts_with("child").any()


def test_a_parent_that_is_written_in_part_is_renamed_with_those_above() -> None:
    merged = merge(sites(), groups("gx"), picks={"g": "x"})
    children = merged.effects.filter(pl.col("what").str.starts_with("child"))
    assert children.select("record_id", "before", "after").rows() == [
        ("s", "Grand", "Ann"), ("l", "Site:Name", "Ann:Site:Name")
    ]  # fmt: skip


@st.composite
def trees(draw: st.DrawFn) -> tuple[pl.DataFrame, pl.DataFrame, dict]:
    count = draw(st.integers(2, 9))
    names: list[str] = []
    for n in range(count):
        above = draw(st.sampled_from(["", *names]))
        name = draw(st.sampled_from(["X", "Y", f"n{n}"]))
        names.append(f"{above}:{name}" if above else name)
    ids = LETTERS[:count]
    cluster = [draw(st.sampled_from(ids[: n + 1])) for n in range(count)]
    grouped = pl.DataFrame({"record_id": list(ids), "cluster_id": cluster})
    picks = {each: draw(st.sampled_from(ids)) for each in set(cluster)}
    return named(**dict(zip(ids, names))), grouped, picks


@settings(max_examples=40)
@given(trees())
def test_after_any_merges_every_parent_is_there_and_nobody_is_below_two(drawn: tuple) -> None:
    table, grouped, picks = drawn
    merged = merge(table, grouped, picks=picks)
    before = {f"{p}:{n}" if p else n for p, n in table.select("parent", "display_name").rows()}
    after = list(full_names(merged).values())
    assert {name.count(":") for name in after} <= {name.count(":") for name in before}
    for name in after:
        above = name.rpartition(":")[0]
        assert not above or above in after
    again = merge(merged.golden, groups("ab").clear())
    assert again.golden.equals(merged.golden)
    assert merged.unmerge().equals(table)
