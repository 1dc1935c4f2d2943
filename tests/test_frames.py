"""The door for frames."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pytest

from custclean.errors import InputError
from custclean.frames import like, to_polars


def test_polars_passes_through_untouched() -> None:
    frame = pl.DataFrame({"a": [1]})
    assert to_polars(frame) is frame


def test_a_lazy_frame_is_collected() -> None:
    assert to_polars(pl.LazyFrame({"a": [1]})).equals(pl.DataFrame({"a": [1]}))


def test_whole_floats_of_pandas_are_written_without_a_point() -> None:
    frame = pd.DataFrame({"id": [1.0, None, 3.0], "x": [0.5, 1.0, None]})
    result = to_polars(frame)
    assert result["id"].to_list() == [1, None, 3]
    assert result["x"].to_list() == [0.5, 1.0, None]


def test_two_columns_of_one_name_are_an_error_that_names_them() -> None:
    frame = pd.DataFrame([[1, 2]], columns=["a", "a"])
    with pytest.raises(InputError, match="a"):
        to_polars(frame)


def test_text_of_pandas_stays_text() -> None:
    frame = pd.DataFrame({"id": ["007", None]})
    assert to_polars(frame)["id"].to_list() == ["007", None]


def test_the_kind_that_went_in_comes_out() -> None:
    result = pl.DataFrame({"a": [1]})
    assert isinstance(like(result, pd.DataFrame()), pd.DataFrame)
    assert like(result, pl.DataFrame()) is result


def test_what_is_no_table_is_named() -> None:
    with pytest.raises(InputError, match="list"):
        to_polars([1, 2])
