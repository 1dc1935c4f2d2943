"""Values of all other kinds: tax numbers, dates, websites, texts, codes."""

from __future__ import annotations

import numpy as np
import polars as pl

from custclean.folding import fold
from custclean.stages.link.hashing import Hashes, hash_values
from custclean.stages.link.normal.hashed import Hashed, Spelt, by_distinct
from custclean.stages.link.words import Words
from custclean.text import tax_id, website

__all__ = ["add_text", "add_value"]

_FIRST_DAY = 1_000_000  # days from a day before all others, so that 0 is none
_YEAR_FIRST = r"^\s*(\d{4})\D?(\d{2})\D?(\d{2})"
_YEAR_LAST = r"^\s*(\d{1,2})\D(\d{1,2})\D(\d{4})"


def _squashed(expr: pl.Expr) -> pl.Expr:
    return fold(expr).str.replace_all(" ", "", literal=True)


def _number(expr: pl.Expr) -> pl.Expr:
    return _squashed(expr.str.replace(r"[.,]0+$", ""))


def _date(expr: pl.Expr) -> pl.Expr:
    """Give yyyymmdd; whether days or months come first is seen in the whole column."""
    first = expr.str.extract(_YEAR_LAST, 1).str.zfill(2)
    second = expr.str.extract(_YEAR_LAST, 2).str.zfill(2)
    year = expr.str.extract(_YEAR_LAST, 3)
    months_first = (second.max() > "12") & (first.max() <= "12")
    turned = pl.when(months_first).then(first + second).otherwise(second + first)
    cut = [expr.str.extract(_YEAR_FIRST, n) for n in (1, 2, 3)]
    return pl.coalesce(pl.concat_str(cut), year + turned, _squashed(expr))


_KEYS = {
    "tax_id": tax_id.key,
    "website": website.key,
    "date": _date,
    "number": _number,
    "category": fold,
    "exact": _squashed,
}
_PARTS = {
    "tax_id": {"head": pl.col("k").str.head(3), "tail": pl.col("k").str.tail(3)},
    "date": {
        "turned": pl.concat_str(
            pl.col("k").str.slice(0, 4),
            pl.col("k").str.slice(6, 2),
            pl.col("k").str.slice(4, 2),
        ),
        "year": pl.col("k").str.slice(0, 4),
        "day": pl.col("k").str.slice(4, 4),
        "month": pl.col("k").str.slice(0, 6),
    },
}


def add_value(columns: Hashed, kind: str, number: int, values: pl.Series) -> None:
    """Add one column of a kind; of the first one also its parts."""
    keys, place = by_distinct(values, _KEYS[kind])
    name = f"{kind}_{number}"
    columns.add(name, hash_values(keys)[place])
    columns.spelt[name] = Spelt.of(keys, place)
    if number == 0:
        frame = keys.alias("k").to_frame()
        for part, expr in _PARTS.get(kind, {}).items():
            columns.add(f"{kind}_{part}", _hashed(frame, expr)[place])
        if kind == "date":
            days = keys.str.to_date("%Y%m%d", strict=False).dt.epoch("d") + _FIRST_DAY
            columns.add("date_number", days.fill_null(0).to_numpy().astype(np.uint32)[place])


def _hashed(frame: pl.DataFrame, expr: pl.Expr) -> Hashes:
    return hash_values(frame.select(expr.replace({"": None}).alias("p"))["p"])


def add_text(columns: Hashed, number: int, values: pl.Series) -> None:
    """Add one column of free text: its words, in their order."""
    words = Words.of(values)
    columns.add(f"text_{number}", words.in_order())
    columns.spelt[f"text_{number}"] = Spelt.of(words)
