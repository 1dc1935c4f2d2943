"""A merged table of any columns: a row per client, and nothing lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.errors import InputError
from custclean.stages.link import find_duplicates
from custclean.stages.merge import Merged, merge
from custclean.stages.merge.any_table import merged_table
from custclean.stages.merge.wishes import Wishes

ANN = {"no": 7, "name": "Ann Gray", "email": "ann@gray.example", "phone": None,
       "born": dt.date(1980, 1, 2), "spent": 1.5, "vip": True}  # fmt: skip
AGAIN = {"no": 3, "name": "Gray, Ann", "email": "ann@gray.example", "phone": "0113 496 0001",
         "born": None, "spent": None, "vip": None}  # fmt: skip
BEN = {"no": 4, "name": "Ben Hill", "email": "ben@hill.example", "phone": "0113 496 0002",
       "born": None, "spent": 2.0, "vip": False}  # fmt: skip
TABLE = pl.DataFrame([ANN, AGAIN, BEN])


def merged(frame: Any = TABLE, **asked: Any) -> Merged:
    return merge(frame, find_duplicates(frame, id="no"), **asked)


def test_the_most_complete_record_survives_and_is_filled_from_the_others() -> None:
    found = merged()
    assert found.golden.rows(named=True) == [ANN | {"phone": AGAIN["phone"]}, BEN]
    assert found.golden.schema == TABLE.schema
    assert found.crosswalk.rows() == [(7, 3, 7), (3, 3, 7), (4, 4, 4)]


def test_what_differs_elsewhere_is_told() -> None:
    assert merged().lost_values.rows() == [(3, "name", 3, "Gray, Ann")]
    assert (3, "phone", "0113 496 0001", 3, "survivor") in merged().provenance.rows()


def test_pandas_in_gives_pandas_out() -> None:
    found = merged(TABLE.to_pandas())
    assert isinstance(found.golden, pd.DataFrame)
    assert found.golden["no"].tolist() == [7, 4]
    assert found.unmerge(3)["no"].tolist() == [7, 3]
    assert repr(found) == "Merged(3 records -> 2, 1 merged away, 0 refused)"
    assert "<table" in found._repr_html_()


@pytest.mark.parametrize(
    "index",
    [
        pd.Index(["b", "a", "c"], name="key"),
        pd.period_range("2020", periods=3, freq="Y"),
        pd.date_range("2020", periods=3),
        pd.CategoricalIndex(["b", "a", "c"]),
    ],
)
def test_the_index_of_pandas_is_the_id_of_what_comes_out(index: pd.Index[Any]) -> None:
    frame = TABLE.to_pandas().set_axis(index)
    found = merge(frame, find_duplicates(frame))
    assert found.golden.index.tolist() == [index[0], index[2]]
    assert found.golden.index.name == index.name
    assert found.unmerge(found.crosswalk["cluster_id"][0]).index.tolist() == index[:2].tolist()
    assert (
        found.golden.join(found.crosswalk.set_index("record_id"))["survivor_id"].notna().all()
    )


@pytest.mark.parametrize("index", [pd.interval_range(0, 3), pd.Index(["a", "a", "b"])])
def test_an_index_that_cannot_be_used_gives_way_to_row_numbers(index: pd.Index[Any]) -> None:
    frame = TABLE.to_pandas().set_axis(index)
    matches = find_duplicates(frame)
    assert "the ids are row numbers" in matches.notes[0]
    found = merge(frame, matches)
    assert found.golden.index.tolist() == [0, 2]
    assert found.unmerge(0).index.tolist() == [0, 1]


def test_rules_and_picks_choose_another_value() -> None:
    found = merged(picks={(3, "name"): 3})
    assert found.golden.select("no", "name").row(0) == (7, "Gray, Ann")
    assert found.lost_values.rows() == [(3, "name", 7, "Ann Gray")]
    assert (3, "name", "Gray, Ann", 3, "pick") in found.provenance.rows()
    assert merged(rules={"name": "longest"}).golden["name"][0] == "Gray, Ann"
    assert merged(picks={3: 3}).golden["no"].to_list() == [3, 4]
    joined = merged(rules={"name": "join"})
    assert joined.golden["name"][0] == "Ann Gray; Gray, Ann"
    assert joined.lost_values.is_empty()


def test_different_tax_numbers_are_not_merged() -> None:
    table = TABLE.with_columns(vat=pl.Series(["DK13585628", "DK25313763", None]))
    parts = merged_table(
        table, table["no"], pl.Series([3, 3, 4]), tax_ids=["vat"], wishes=Wishes()
    )
    assert parts["golden"].equals(table)
    assert parts["conflicts"].rows() == [(3, "different_tax_id", "vat", [7, 3])]


@pytest.mark.parametrize(
    ("picks", "said"),
    [
        ({"3": 7}, "no such cluster: '3'; expected a cluster_id"),
        ({(3, "name", 7): 7}, "no such cluster"),
        ({(3, "nosuch"): 7}, "no such column: 'nosuch'; expected name, email"),
        ({(3, "no"): 7}, "no such column: 'no'"),
        ({3: 4}, "not in the cluster: '4'; expected a record_id"),
        ({(3, "email"): "7"}, "not in the cluster: '7'"),
        ({(3, "phone"): 7}, "phone: the picked cell is blank: '7'"),
    ],
)
def test_a_pick_that_fits_nothing_is_an_error(picks: Any, said: str) -> None:
    with pytest.raises(InputError, match=said):
        merged(picks=picks)


@pytest.mark.parametrize("cluster", ["x", "3", None, 9])
def test_a_cluster_that_is_not_there_cannot_be_unmerged(cluster: object) -> None:
    with pytest.raises(InputError, match="no such cluster"):
        merged().unmerge(cluster)


def test_what_was_picked_of_is_taken_out_with_its_pick() -> None:
    picks = {3: 3, (3, "name"): 7, (3, "email"): "both"}
    assert merged(picks=picks).without(3).golden.equals(TABLE)
    for record in (3, 7):
        found = merged(picks=picks).without(record_id=record)
        assert found.golden.equals(TABLE)
        assert found.without().golden.equals(TABLE)
    table = pl.concat([TABLE, pl.DataFrame([AGAIN | {"no": 5}], schema=TABLE.schema)])
    out = merged(table, picks={3: 3, (3, "name"): 7}).without(record_id=3)
    assert out.golden["name"].to_list() == ["Ann Gray", "Gray, Ann", "Ben Hill"]


def test_a_vat_number_and_a_personal_number_are_not_the_same_number_twice() -> None:
    """One record has the firm's number, the other the owner's: nothing contradicts."""
    table = pl.DataFrame({"vat": ["DK13585628", None], "other": [None, "DK25313763"]})
    ids, one = pl.Series([0, 1]), pl.Series([0, 0])
    parts = merged_table(table, ids, one, tax_ids=["vat", "other"], wishes=Wishes())
    assert parts["conflicts"].is_empty()


def test_another_table_than_was_compared_is_an_error() -> None:
    found = find_duplicates(TABLE)
    for other in (TABLE.reverse(), TABLE.head(2), TABLE.drop("name")):
        with pytest.raises(InputError, match="not the records"):
            merge(other, found)


def test_a_column_named_like_the_ids_is_merged_as_any_other() -> None:
    frame = TABLE.to_pandas().set_axis(pd.Index(["a", "b", "c"], name="name"))
    for table in (frame, TABLE.rename({"name": ""})):
        told = merge(table, find_duplicates(table)).lost_values
        assert "Gray, Ann" in list(told["value"])


ODD: dict[str, Any] = {
    "list": pl.Series([["a"], ["b"], None]),
    "struct": pl.Series([{"a": 1}, {"a": 2}, None]),
    "duration": pl.Series([dt.timedelta(1), dt.timedelta(2), None]),
    "bytes": pl.Series([b"a", b"\xff", None]),
    "object": pl.Series([{1}, {2}, None], dtype=pl.Object),
    "date": pl.Series([dt.date(2020, 1, 2), dt.date(2021, 1, 2), None]),
}


def test_a_column_that_is_no_text_is_merged_though_it_is_not_compared() -> None:
    assert merged(TABLE.with_columns(**ODD)).golden.columns == [*TABLE.columns, *ODD]


@pytest.mark.parametrize("kind", ODD)
def test_a_column_of_any_type_is_merged_and_joined_as_text(kind: str) -> None:
    table = TABLE.with_columns(ODD[kind].alias("odd"))
    clusters = pl.Series([3, 3, 4])
    parts = merged_table(table, table["no"], clusters, id_column="no", wishes=Wishes())
    assert parts["golden"]["odd"].dtype == table["odd"].dtype
    assert parts["golden"]["odd"].to_list() == [*table["odd"].to_list()[:1], None]
    assert "odd" in parts["lost_values"]["field"].to_list()
    rules = {"odd": "join"}
    joined = merged_table(table, table["no"], clusters, wishes=Wishes(rules=rules))
    assert len(joined["golden"]["odd"][0].split("; ")) == 2
    assert "odd" not in joined["lost_values"]["field"].to_list()


def test_who_is_alone_keeps_the_cluster_that_was_known() -> None:
    known = pl.DataFrame({"record_id": [7, 4], "cluster_id": ["A", "B"]})
    found = merge(TABLE, find_duplicates(TABLE, id="no", known=known))
    assert found.crosswalk.rows() == [(7, "A", 7), (3, "A", 7), (4, "B", 4)]
    assert found.unmerge("B")["no"].to_list() == [4]
    table = TABLE.with_columns(vat=pl.Series(["DK13585628", "DK25313763", None]))
    clusters, vats = pl.Series(["A", "A", "B"]), ["vat"]
    parts = merged_table(table, table["no"], clusters, tax_ids=vats, wishes=Wishes())
    assert parts["crosswalk"]["cluster_id"].to_list() == ["7", "3", "B"]


def test_a_table_with_other_ids_is_another_table() -> None:
    other = TABLE.with_columns(pl.col("no") + 100)
    with pytest.raises(InputError, match="not the records"):
        merge(other, find_duplicates(TABLE, id="no"))
    frame = TABLE.to_pandas()
    with pytest.raises(InputError, match="not the records"):
        merge(frame.set_axis([7, 3, 4]), find_duplicates(frame))


CELLS: dict[str, tuple[pl.DataType, st.SearchStrategy[Any]]] = {
    "text": (pl.String(), st.sampled_from(["", "a", "b", "a; b", " a", "A"])),
    "int": (pl.Int64(), st.sampled_from([0, 5, -5, 50])),
    "date": (pl.Date(), st.dates(dt.date(2020, 1, 1), dt.date(2020, 1, 3))),
    "list": (pl.List(pl.String), st.lists(st.sampled_from(["a", "a; b"]), max_size=2)),
    "key": (pl.String(), st.sampled_from(["one", "two"])),  # the column of ids, or any other
}
LINES = st.lists(
    st.tuples(*(cell | st.none() for _, cell in CELLS.values()), st.integers(0, 3)), max_size=8
)


@settings(max_examples=40)
@given(
    rows=LINES,
    rules=st.dictionaries(
        st.sampled_from([*CELLS][:4]),
        st.sampled_from(["survivor", "longest", "commonest", "join"]),
    ),
    named=st.sampled_from(["key", None]),
    shift=st.integers(-3, 9),
)
def test_every_value_is_in_the_merged_row_or_among_the_lost(
    rows: Any, rules: Any, named: str | None, shift: int
) -> None:
    schema = {name: dtype for name, (dtype, _) in CELLS.items()}
    whole = pl.DataFrame(rows, schema | {"of": pl.Int64()}, orient="row")
    keys = [f"k{abs(n - shift)}{n}" for n in range(whole.height)]  # in no order of rows
    ids = pl.Series("key", keys, dtype=pl.String)
    table = whole.drop("of").with_columns(ids if named else [])
    first = ids.gather(whole.select(pl.int_range(pl.len()).min().over("of")).to_series())
    parts = merged_table(table, ids, first, id_column=named, wishes=Wishes(rules=rules))
    golden, crosswalk = parts["golden"], parts["crosswalk"]
    kept = crosswalk.filter(pl.col("record_id") == pl.col("survivor_id"))["record_id"]
    assert kept.sort().equals(crosswalk["survivor_id"].unique().sort())
    left = dict(zip(kept, golden.rows(named=True), strict=True))
    assert named is None or golden["key"].equals(kept)
    lost = {(record, name): value for _, name, record, value in parts["lost_values"].rows()}
    for (record, _, survivor), row in zip(crosswalk.rows(), table.rows(named=True)):
        for name, value in row.items():
            if name != named and said(value):
                told = {said(left[survivor][name]), lost.get((record, name), "")}
                assert set(said(value).split("; ")) <= set("; ".join(told).split("; "))


def said(value: object) -> str:
    return "" if value is None else str(value).strip()
