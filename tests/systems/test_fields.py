"""Columns become fields: joined, continued, told by a label; the rest stays beside."""

from __future__ import annotations

import polars as pl

from custclean.systems import Layout
from custclean.systems._fields import Fields, into_fields
from custclean.tables.joined import phones


def _fields(kind: str, splits: bool = False, **columns: list[str | None]) -> Fields:
    names = {name.replace("__", ".").replace("_at_", "@"): name for name in columns}
    layout = Layout(
        kind=kind,
        headings={name: {"en": (name,)} for name in names},
        required=(),
        splits={"phone": phones} if splits else {},
    )
    frame = pl.DataFrame(
        {name: pl.Series(values, dtype=pl.String) for name, values in columns.items()}
    )
    places = {name: place for place, name in enumerate(names)}
    return into_fields(frame, layout, places)


def _day_and_time(**columns: list[str | None]) -> Fields:
    headings = {"when.start/1": {"en": ("Day",)}, "when.start/2": {"en": ("Time",)}}
    layout = Layout(kind="activities", headings=headings, required=())
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    return into_fields(frame, layout, {"when.start/1": 0, "when.start/2": 1})


def test_a_day_and_a_time_are_one_value_and_not_turned() -> None:
    fields = _day_and_time(day=["3/4/2026", "5/4/2026", None], time=["9:30", None, None])
    assert fields.columns["when"].to_list() == ["3/4/2026 9:30", "5/4/2026", None]


def test_the_columns_of_a_value_stay_beside_where_it_needed_both() -> None:
    assert _day_and_time(day=["3/4/2026"], time=["9:30"]).beside == (0, 1)
    assert _day_and_time(day=["3/4/2026"], time=[None]).beside == ()


def test_those_who_took_part_are_joined() -> None:
    fields = _fields("activities", who=["Ann", None], who__required=["Bob;Cid", "Ann"])
    assert fields.columns["who"].to_list() == ["Ann; Bob;Cid", "Ann"]


def test_a_label_in_a_column_of_its_own_says_what_a_number_is() -> None:
    fields = _fields(
        "contacts",
        splits=True,
        phone__1_at_label=["Mobile", None, "Fax"],
        phone__1=["1", "2", None],
    )
    assert fields.columns["mobile"].to_list() == ["1", None, None]
    assert fields.columns["phone"].to_list() == [None, "2", None]
    assert 0 in fields.beside


def test_a_split_of_a_field_is_that_of_all_its_columns() -> None:
    fields = _fields("contacts", splits=True, phone=["Fax:1"], phone__2=["Mobile:2"])
    assert {name: column.to_list() for name, column in fields.columns.items()} == {
        "fax": ["1"],
        "mobile": ["2"],
    }
