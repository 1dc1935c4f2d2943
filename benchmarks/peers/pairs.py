"""How well clusters hold the pairs of the truth, counted without making a pair."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Pairs", "quality"]


class Pairs(NamedTuple):
    """Of the pairs found how many are right, of the right ones how many are found."""

    precision: float
    recall: float
    f1: float

    def __str__(self) -> str:
        return f"{self.precision:.4f} / {self.recall:.4f} / {self.f1:.4f}"


def quality(clusters: Path, truth: Path) -> Pairs:
    """Hold clusters.csv against truth.csv: each a record_id and a group, in this order."""
    found, known = (_groups(path, name) for path, name in ((clusters, "f"), (truth, "t")))
    both = known.join(found, on="record_id", how="left", maintain_order="none")
    alone = pl.concat_str(pl.lit("\0"), pl.col("record_id"))  # a record that nobody named
    both = both.with_columns(pl.col("f").fill_null(alone).hash(), pl.col("t").hash())
    agreed, claimed, right = (_count(both, by) for by in (["f", "t"], ["f"], ["t"]))
    return Pairs(
        agreed / claimed if claimed else 1.0,
        agreed / right if right else 1.0,
        2 * agreed / (claimed + right) if claimed + right else 1.0,
    )


def _groups(path: Path, name: str) -> pl.DataFrame:
    table = pl.read_csv(path, infer_schema=False)
    return table.select(pl.col("record_id"), pl.nth(1).alias(name))


def _count(table: pl.DataFrame, by: list[str]) -> int:
    size = table.group_by(by).len().get_column("len").cast(pl.Int64)
    return int((size * (size - 1) // 2).sum())
