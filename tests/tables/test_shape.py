"""Records become header, rows, notes, repairs and rejects."""

from __future__ import annotations

import polars as pl

from custclean.tables.record import Record
from custclean.tables.shape import Rows, Shape, shape_of

HEADER = ["Name", "Mail", "City"]


def shape(*rows: list[str]) -> Shape:
    return shape_of([Record(n, cells) for n, cells in enumerate(rows, 1)], lambda _: 0.0, ",")


def test_titles_above_rows_without_a_header_are_notes() -> None:
    found = shape(["Clients"], ["", "March"], *[["Ann", "a@b.example", "Leeds"]] * 3)
    assert (found.header_row, len(found.rows)) == (0, 3)
    assert [(note.line, note.text) for note in found.notes] == [(1, "Clients"), (2, ",March")]


def test_a_long_row_does_not_give_the_table_the_column_that_all_leave_empty() -> None:
    rows = [["Ann", "a@b.example", "Leeds", ""]] * 3
    found = shape(HEADER, *rows, ["Bo", "b@b.example", "Hull", "", "more"])
    assert found.header == HEADER
    assert [line.line for line in found.rejected] == [5]


def test_a_mended_row_may_have_empty_cells_too_many_like_its_neighbours() -> None:
    row = Record(3, ['"Bo', "b", "Hull", ""], '"Bo,b,Hull,', "a stray quote", mended=True)
    others = [Record(1, HEADER), Record(2, ["Ann", "a@b.example", "Leeds", ""])]
    found = shape_of([*others, row], lambda _: 0.0, ",")
    assert (found.rows[-1], found.rejected) == (['"Bo', "b", "Hull"], [])
    assert [repair.line for repair in found.repairs] == [2, 3, 3]


def test_clean_rows_wider_than_the_header_are_rejected_where_they_hold_more() -> None:
    wide = pl.DataFrame([["Bo", "Cy"], ["b", "c"], ["Hull", "Bath"], ["more", None]])
    few = [Record(n, ["Ann", "a@b.example", "Leeds"]) for n in range(4, 7)]
    block = Rows(wide, pl.Series([2, 3], dtype=pl.UInt32))
    found = shape_of([Record(1, HEADER), block, *few], lambda _: 0.0, ",")
    assert [(line.line, line.text) for line in found.rejected] == [(2, "Bo,b,Hull,more")]
    assert found.frame().lines.to_list() == [3, 4, 5, 6]


def test_the_foot_of_a_page_is_nobody() -> None:
    ann, bo = ["Ann", "a@b.example", "Leeds"], ["Bo", "b@b.example", "Hull"]
    found = shape(HEADER, ann, ["Page 1 of 2"], HEADER, bo, ["Page"], ann)
    assert [row[0] for row in found.frame().frame.rows()] == ["Ann", "Bo", "Page", "Ann"]
    assert [note.line for note in found.notes] == [3, 4]
