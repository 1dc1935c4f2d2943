"""The one door for frames: pandas and polars go in, the kind that went in comes out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import polars as pl

from custclean.errors import InputError
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["canonical", "like", "rows_where", "to_polars", "with_columns"]


def _is_pandas(frame: object) -> bool:
    pandas = sys.modules.get("pandas")  # who passes a pandas frame has imported it
    return pandas is not None and isinstance(frame, pandas.DataFrame)


def _refuse_duplicate_columns(names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(tr("columns appear twice: {names}", names=", ".join(twice)))


def _from_pandas(frame: Any) -> pl.DataFrame:
    import pyarrow as pa  # noqa: PLC0415  # 0.1 s, only for callers with pandas

    _refuse_duplicate_columns([str(name) for name in frame.columns])
    frame = frame.rename(columns=str)
    whole = {
        name: frame[name].astype("Int64")
        for name in frame.columns
        if frame[name].dtype.kind == "f"
        and frame[name].notna().any()
        and (frame[name].dropna() % 1 == 0).all()
    }  # pandas turns ids with a gap into floats: 7.0 was 7
    table = pa.Table.from_pandas(frame.assign(**whole), preserve_index=False)
    result = pl.from_arrow(table)
    assert isinstance(result, pl.DataFrame)  # noqa: S101  # a table gives a frame
    return result


def to_polars(frame: object) -> pl.DataFrame:
    """Take a polars or pandas frame, or anything with `.table`, as a polars frame.

    Column names become text; whole floats of pandas become integers (an id column
    with a gap was read as float). Two columns of one name are an error.
    """
    if isinstance(frame, pl.DataFrame):
        return frame
    if isinstance(frame, pl.LazyFrame):
        return frame.collect()
    if _is_pandas(frame):
        return _from_pandas(frame)
    table = getattr(frame, "table", None)
    if isinstance(table, pl.DataFrame):
        return table
    raise InputError(
        tr("this is no table"),
        value=type(frame).__name__,
        expected=tr("a pandas or polars frame, or the result of a stage"),
    )


def canonical(table: object, *needed: str) -> pl.DataFrame:
    """Take a canonical table (as `read` gives it) as polars; it must have these columns."""
    frame = to_polars(table)
    missing = [name for name in needed if name not in frame.columns]
    if missing:
        raise InputError(
            tr("the table lacks {names}", names=", ".join(missing)),
            value=", ".join(frame.columns),
            expected=tr("a canonical table, as custclean.read gives it"),
        )
    return frame


def like(result: pl.DataFrame, given: object, index: pl.Series | None = None) -> Any:
    """Give a result back as the kind of frame that was given; only pandas has an index."""
    if not _is_pandas(given):
        return result
    frame = result.to_pandas()
    if index is None:
        return frame
    return frame.set_axis(index.to_pandas().rename(index.name or None))


def rows_where(frame: Any, wanted: pl.Series) -> Any:
    """Give some rows of a polars or pandas frame, these with their index."""
    return frame[wanted.to_numpy()] if _is_pandas(frame) else frame.filter(wanted)


def with_columns(frame: Any, columns: Mapping[str, Sequence[str | None]]) -> Any:
    """Give a frame with further columns of text, of the same kind, its index kept."""
    if _is_pandas(frame):
        return frame.assign(**columns)
    new = [pl.Series(name, values, dtype=pl.String) for name, values in columns.items()]
    return to_polars(frame).with_columns(new)
