"""Records that name their own values become a table of bounded width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custclean.tables import sparse
from custclean.tables.raw import Flag
from custclean.tables.sparse import MORE, Remarks, cut, table_of

if TYPE_CHECKING:
    import pytest


def test_known_columns_come_first_and_others_as_they_came() -> None:
    records = [(1, {"x": "1", "b": "2"}), (4, {"a": "3", "y": "4"})]
    frame, lines = table_of(records, ("a", "b", "c"), ("a",))
    assert frame.columns == ["a", "b", "x", "y"]
    assert frame.rows() == [(None, "2", "1", None), ("3", None, None, "4")]
    assert lines.to_list() == [1, 4]


def test_no_record_gives_an_empty_table_with_its_columns() -> None:
    frame, lines = table_of([], ("a",), ("a", "b"))
    assert (frame.columns, frame.height, len(lines)) == (["a", "b"], 0, 0)


def test_columns_of_later_records_are_null_in_earlier_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sparse, "CHUNK", 2)
    frame, _ = table_of([(n, {f"c{n}": "x"}) for n in range(5)], (), ())
    assert [sum(cell is not None for cell in row) for row in frame.rows()] == [1] * 5


def test_values_that_find_no_column_more_are_kept_in_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sparse, "MOST", 2)
    frame, _ = table_of([(1, {"a": "1", "b": "2", "c": "3", "d": "4"})], (), ())
    assert frame.to_dicts() == [{"a": "1", "b": "2", MORE: "c: 3\nd: 4"}]


def test_rows_that_follow_one_another_are_one_remark() -> None:
    remarks = Remarks()
    for row in (0, 1, 1, 2, 5):
        remarks.add(row, row * 10, "odd")
    assert remarks.told(Flag) == (Flag(0, "odd", 3), Flag(50, "odd", 1))


def test_a_text_that_is_cut_says_so() -> None:
    assert cut("x" * 5000).endswith("x…")
