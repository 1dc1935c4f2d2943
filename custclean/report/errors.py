"""The error report: each value that needs a person, as a workbook or CSV with safe cells."""

from __future__ import annotations

import polars as pl

from custclean import html
from custclean.tables import cells, writing
from custclean.words import tr

__all__ = ["COLUMNS", "errors_csv", "errors_xlsx", "no_errors"]

COLUMNS = ("file", "line", "record", "field", "value", "wrong", "suggestion", "severity")
SEVERITIES = ("error", "warning", "note")


def no_errors() -> pl.DataFrame:
    """Give an error report without rows: file, line, record, field, value, wrong, ..."""
    return pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String))


def _header() -> list[str]:
    return [
        tr("file"),
        tr("line"),
        tr("record"),
        tr("field"),
        tr("value"),
        tr("what is wrong"),
        tr("suggestion"),
        tr("severity"),
    ]


def _severity_words() -> dict[str, str]:
    return {"error": tr("error"), "warning": tr("warning"), "note": tr("note")}


def _redacted(row: dict[str, str]) -> dict[str, str]:
    """Hide the value, also where a sentence quotes it."""
    value, hidden = row["value"], html.mask(row["value"])
    if value.strip():
        quoted = {name: row[name].replace(value, hidden) for name in ("wrong", "suggestion")}
        row = row | quoted
    return row | {"value": hidden, "record": html.id_shown(row["record"])}


def _rows(frame: pl.DataFrame, *, redact: bool) -> list[list[str]]:
    """Give the report's rows, the gravest first, then by file and line."""
    filled = frame.select(
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(pl.String).alias(name)
        for name in COLUMNS
    ).fill_null("")
    grave = pl.col("severity").replace_strict(
        {name: n for n, name in enumerate(SEVERITIES)}, default=len(SEVERITIES)
    )
    line = pl.col("line").cast(pl.Int64, strict=False)
    ordered = filled.sort([grave, pl.col("file"), line, *map(pl.col, COLUMNS)])
    words = _severity_words()
    rows = [row | {"severity": words.get(row["severity"], row["severity"])}
            for row in ordered.iter_rows(named=True)]  # fmt: skip
    return [[*(_redacted(row) if redact else row).values()] for row in rows]


def errors_csv(frame: pl.DataFrame, *, redact: bool = False) -> bytes:
    """Give the report as CSV that Excel opens rightly: every field quoted, no formula runs.

    `frame` has the columns COLUMNS (a missing one is empty; severity: error, warning,
    note). `redact` masks the values, for a report that goes to somebody else.
    """
    rows = [[cells.escape(cell) for cell in row] for row in _rows(frame, redact=redact)]
    return writing.csv_bytes(_header(), rows, bom=True, quote="all")


def errors_xlsx(frame: pl.DataFrame, *, redact: bool = False) -> bytes:
    """Give the report as a workbook: every cell is text, so none can be a formula.

    `frame` and `redact` as for `errors_csv`.
    """
    return writing.xlsx_bytes({tr("Errors"): (_header(), _rows(frame, redact=redact))})
