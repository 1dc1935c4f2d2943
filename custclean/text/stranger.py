"""Names that no customer has, and customers that are no person.

>>> import polars as pl
>>> pl.select(kind(pl.lit("Walk-in customers"))).item()
'generic'
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources

import polars as pl

from custclean.folding import fold

__all__ = ["KINDS", "kind"]

KINDS = ("generic", "discarded", "institution")  # the first that fits counts
_SHAPES = {
    "word": r"\b(?:{})\b",
    "start": r"\b(?:{})",
    "end": r"(?:{})\b",
    "whole": r"^(?:{})$",
}


@cache
def _pattern(kind: str) -> str:
    """Join the table's words of a kind into one pattern over folded names."""
    path = resources.files("custclean.text").joinpath("data/non_customers.csv")
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    words = [
        (row["match"], word)
        for row in rows
        if row["kind"] == kind
        for word in row["words"].split("|")
    ]
    frame = pl.DataFrame(words, schema=["match", "word"], orient="row")
    folded = frame.select("match", fold(pl.col("word"))).unique().sort("match", "word")
    return "|".join(
        _SHAPES[match].format("|".join(re.escape(word) for _, word in group.iter_rows()))
        for (match,), group in folded.group_by("match", maintain_order=True)
    ).replace(r"\ ", " ")


def kind(expr: pl.Expr) -> pl.Expr:
    """Give `institution`, `generic` or `discarded` for a name; null for any other.

    A word in a name proves nothing: firms are called "Riverbank" and people "Banks".
    """
    words = fold(expr.str.replace_all(r"[&+]", " and "))
    return pl.coalesce(
        pl.when(words.str.contains(_pattern(each))).then(_all_of(expr, each)) for each in KINDS
    )


def _all_of(expr: pl.Expr, word: str) -> pl.Expr:
    return expr.str.replace(r"(?s)^.*$", word)  # not a literal: the column keeps its name
