"""Parquet, the format of data tools: typed columns become text as a person would write it.

What the file says that it becomes (parquet_heads.py) is held to the limits before any of it
is unpacked. Rows have no
lines here, so they are counted from 1.
"""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import polars as pl

from custclean.errors import InputError
from custclean.tables.limits import Unpacking, check_columns, check_spread
from custclean.tables.parquet.heads import read_heads
from custclean.tables.raw import Flag, Part, column_names
from custclean.tables.sparse import Remarks
from custclean.tables.workbook.numberformats import cell_text
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from polars.datatypes import DataTypeClass

    from custclean.tables.parquet.heads import Heads
    from custclean.tables.raw import Asked

__all__ = ["NAME", "is_it", "parts"]

NAME = "parquet"
MARK, ENCRYPTED = b"PAR1", b"PARE"
PAGE = b"\x15"  # how the first page begins
SEVERAL = "; "
ROWS_AT_A_TIME = 256
WHOLE = 2.0**63  # whole floats below it are written as whole numbers
MAX_NESTED = 32
DAMAGED = (  # what the readers raise, documented or not, for bytes that are no whole file
    pl.exceptions.PolarsError,
    pl.exceptions.PanicException,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


def is_it(data: bytes) -> bool:
    """Say whether the file is marked as Parquet; one cut off has the mark in front only."""
    if data.startswith(ENCRYPTED):
        return data.endswith(ENCRYPTED)
    return data.startswith(MARK) and (data.endswith(MARK) or data[4:5] == PAGE)


def parts(path: Path, data: bytes, asked: Asked) -> list[Part]:  # noqa: ARG001  # nothing to ask
    """Give the table as text; a list of plain values is joined, what is nested is JSON."""
    if data.startswith(ENCRYPTED):
        raise InputError(tr("the file is encrypted; save it without a password"), file=path)
    try:
        heads = read_heads(data)
        _check(path, data, heads)
        frame = pl.read_parquet(io.BytesIO(data), hive_partitioning=False)
        return [_part(path, frame, len(data), heads.rows)]
    except DAMAGED as error:
        msg = tr("the file is damaged, or a kind of Parquet that is not read here")
        expected = tr("the whole file as downloaded, or CSV")
        raise InputError(msg, file=path, expected=expected) from error


def _check(path: Path, data: bytes, heads: Heads) -> None:
    """Refuse a file that would become far larger than it is, before it does."""
    check_columns(path, heads.columns)
    schema = pl.read_parquet_schema(io.BytesIO(data))
    wide = sum(_width(kind) for kind in schema.values())
    check_spread(path, max(heads.rows * max(1, wide), heads.values), len(data))
    Unpacking(path, len(data)).take(heads.rows * heads.fixed)
    budget = Unpacking(path, len(data))
    budget.take(heads.unpacked)
    if heads.grows:
        for size in _sizes(data):
            budget.take(size)


def _sizes(data: bytes) -> Iterator[int]:
    """Give how many bytes each few rows take, unpacked one after the other."""
    import pyarrow as pa  # noqa: PLC0415  # 0.1 s and 20 MB, only for files that may be bombs
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        for batch in pq.ParquetFile(pa.BufferReader(data)).iter_batches(ROWS_AT_A_TIME):
            yield batch.nbytes
    except pa.ArrowException as error:
        raise ValueError(str(error)) from error


def _width(kind: pl.DataType | DataTypeClass, depth: int = 0) -> int:
    """Count the cells that a row of this type takes even where it is empty."""
    if depth > MAX_NESTED:
        raise ValueError(depth)
    if isinstance(kind, pl.Array):
        return max(1, kind.size) * _width(kind.inner, depth + 1)
    if isinstance(kind, pl.List):
        return _width(kind.inner, depth + 1)
    if isinstance(kind, pl.Struct):
        return sum(_width(field.dtype, depth + 1) for field in kind.fields) or 1
    return 1


def _part(path: Path, frame: pl.DataFrame, size: int, records: int) -> Part:
    if frame.height != records:
        raise ValueError(records)
    budget = Unpacking(path, size)
    flags: list[Flag] = []
    columns = {}
    for name, column in zip(column_names(frame.columns), frame.iter_columns()):
        text, odd = _as_text(column)
        budget.take(int(text.str.len_bytes().cast(pl.UInt64).sum()))
        flags += _odd(column.name, odd)
        columns[name] = text.set(text == "", None).alias(name)
    lines = pl.Series("line", range(1, frame.height + 1), pl.UInt32)
    return Part(
        "",
        tuple(frame.columns),
        pl.DataFrame(columns),
        lines,
        header_row=0,
        flags=tuple(flags),
        records=records,
    )


def _odd(name: str, odd: pl.Series | None) -> tuple[Flag, ...]:
    """Name the rows of a column that hold bytes which are no text."""
    found = Remarks()
    if odd is not None:
        what = tr("column {heading} holds bytes that are no text; shown as hexadecimal digits",
                  heading=name)  # fmt: skip
        for row in odd.arg_true():
            found.add(row, row + 1, what)
    return found.told(Flag)


def _as_text(column: pl.Series) -> tuple[pl.Series, pl.Series | None]:
    """Write a column as text, and say of which rows the bytes were none."""
    kind = column.dtype
    if kind == pl.Binary:
        cells = [None if value is None else _plain(value) for value in column]
        text = pl.Series(column.name, cells, pl.String)
        # Bytes that are text are as many after as before; their hexadecimal digits are not.
        odd = (text.str.len_bytes() != column.bin.size()).fill_null(value=False)
        return text, odd
    if kind.is_nested():
        cells = [_nested(value) for value in column.to_list()]
        return pl.Series(column.name, cells, pl.String), None
    if kind.is_float():
        return _float(column), None
    if kind == pl.Duration:
        return column.dt.to_string("iso"), None
    if kind in (pl.Datetime, pl.Time):
        return _moment(column), None
    text = column.cast(pl.String)
    return text.str.to_uppercase() if kind == pl.Boolean else text, None


def _moment(column: pl.Series) -> pl.Series:
    """Write a date and time as in a workbook: no fraction of nought, and no midnight."""
    text = column.dt.to_string("iso").str.replace(r"(\.\d*?)0+($|[+-])", "$1$2")
    return text.str.replace(r"\.($|[+-])", "$1").str.replace(r" 00:00:00$", "")


def _float(column: pl.Series) -> pl.Series:
    """Write whole numbers without a point; the others in the fewest digits that tell them."""
    text = column.cast(pl.String)
    whole = ((column == column.floor()) & (column.abs() < WHOLE)).fill_null(value=False)
    number = column.cast(pl.Float64).zip_with(whole, pl.Series([None], dtype=pl.Float64))
    return number.cast(pl.Int64).cast(pl.String).zip_with(whole, text)


def _nested(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, list) and not any(isinstance(each, list | dict) for each in value):
        return SEVERAL.join(_plain(each) for each in value if each is not None)
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return value.hex()
    return cell_text(value)
