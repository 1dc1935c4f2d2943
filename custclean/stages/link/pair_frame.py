"""Pairs in one form, from whatever form they are given in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from custclean.errors import InputError
from custclean.frames import to_polars
from custclean.model import Pair
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ENDS", "ordered", "pairs_in", "smaller_first"]

ENDS = ("left_id", "right_id")


def pairs_in(given: object) -> pl.DataFrame:
    """Give distinct pairs, the smaller id first; ids become text.

    `given`: a frame of pairs (left_id, right_id), a frame of groups (record_id and
    cluster_id or entity), or pairs.
    """
    if isinstance(given, (list, tuple, set, frozenset)):
        return ordered(_from_values(given)).unique()
    frame = to_polars(given)
    if set(ENDS) <= set(frame.columns):
        return ordered(frame.select(ENDS)).unique()
    entity = next((name for name in ("cluster_id", "entity") if name in frame.columns), None)
    if entity is None or "record_id" not in frame.columns:
        raise InputError(
            tr("neither pairs nor groups"),
            value=", ".join(frame.columns),
            expected="left_id, right_id / record_id, cluster_id",
        )
    members = frame.select(pl.col("record_id"), pl.col(entity).alias("group")).drop_nulls()
    both = members.join(members, on="group", suffix="_other")
    both = both.filter(pl.col("record_id") != pl.col("record_id_other"))
    return ordered(both.select(left_id="record_id", right_id="record_id_other")).unique()


def _from_values(given: Iterable[object]) -> pl.DataFrame:
    ends = [
        (each.left, each.right) if isinstance(each, Pair) else tuple(each)  # type: ignore[arg-type]
        for each in given
    ]
    data = {"left_id": [str(a) for a, _ in ends], "right_id": [str(b) for _, b in ends]}
    return pl.DataFrame(data, schema={"left_id": pl.String, "right_id": pl.String})


def ordered(frame: pl.DataFrame) -> pl.DataFrame:
    """Put the smaller id of each pair first, as text; the other columns stay."""
    return smaller_first(frame.with_columns(pl.col(ENDS).cast(pl.String)))


def smaller_first(frame: pl.DataFrame) -> pl.DataFrame:
    """Put the smaller id of each pair left; the other columns stay."""
    left, right = pl.col("left_id"), pl.col("right_id")
    return frame.with_columns(
        left_id=pl.min_horizontal(left, right), right_id=pl.max_horizontal(left, right)
    )
