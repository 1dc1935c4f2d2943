"""Readers of tables side by side, each given nothing but the file, as a fair user has it.

An answer is header, rows and the lines that the reader said it could not read. Typed values
are turned back to text where nothing is lost by it (`same`): 1.5 is 1.50, but 7 is not 007.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import warnings
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import clevercsv
import duckdb
import pandas as pd
import polars as pl

import custclean as cc

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

__all__ = ["READERS", "Answer", "same"]


@dataclass(frozen=True)
class Answer:
    """What a reader gave: None is an empty value; `told` are the rows it named as left out."""

    header: list[str]
    rows: list[Sequence[Any]]
    told: int = 0
    plain: bool = False  # the reader knows no headings: the header is its first row


def custclean(path: Path) -> Answer:
    raw = cc.read_table(path)
    return Answer(list(raw.header), list(raw.rows), len(raw.rejected))


def _of_pandas(frame: pd.DataFrame, told: int = 0) -> Answer:
    plain = frame.astype(object).where(frame.notna(), None)
    return Answer([str(name) for name in frame.columns], plain.to_numpy().tolist(), told)


def pandas(path: Path) -> Answer:
    return _of_pandas(pd.read_csv(path))


def pandas_careful(path: Path) -> Answer:
    """Sniff, keep text, and warn of bad lines instead of refusing the file."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        frame = pd.read_csv(path, sep=None, engine="python", dtype=str, keep_default_na=False,
                            on_bad_lines="warn")  # fmt: skip
    said = "".join(str(each.message) for each in caught)
    return _of_pandas(frame.reset_index(drop=True), said.count("Skipping line"))


def polars(path: Path) -> Answer:
    frame = pl.read_csv(path)
    return Answer(frame.columns, frame.rows())


def polars_careful(path: Path) -> Answer:
    frame = pl.read_csv(
        path, infer_schema=False, ignore_errors=True, truncate_ragged_lines=True
    )
    return Answer(frame.columns, frame.rows())


def duck(path: Path) -> Answer:
    with duckdb.connect() as base:
        found = base.read_csv(str(path))
        return Answer(found.columns, found.fetchall())


def duck_careful(path: Path) -> Answer:
    with duckdb.connect() as base:
        found = base.sql(
            "from read_csv(?, all_varchar = true, ignore_errors = true, store_rejects = true)",
            params=[str(path)],
        )
        columns, rows = found.columns, found.fetchall()
        told = base.sql("select count(distinct line) from reject_errors").fetchall()
        return Answer(columns, rows, told[0][0])


def clever(path: Path) -> Answer:
    rows = clevercsv.read_table(str(path))
    return Answer(rows[0], rows[1:], plain=True)


READERS: dict[str, Callable[[Path], Answer]] = {
    "custclean": custclean,
    "pandas": pandas,
    "pandas, sniffing, as text": pandas_careful,
    "polars": polars,
    "polars, as text, ignoring errors": polars_careful,
    "DuckDB": duck,
    "DuckDB, as text, storing rejects": duck_careful,
    "CleverCSV": clever,
}


def same(value: Any, text: str) -> bool:
    """Say whether a value is what the text says, nothing lost."""
    if value is None:
        return text == ""
    if isinstance(value, str):
        return value == text
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat().replace("T", " ") == text
    if isinstance(value, bool):
        return str(value) == text
    with contextlib.suppress(InvalidOperation):
        whole = text.lstrip("-").split(".")[0]
        zeros = len(whole) > 1 and whole.startswith("0")
        return not zeros and Decimal(text) == Decimal(str(value)) and not text.startswith("+")
    return False
