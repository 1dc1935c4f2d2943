"""What custclean compares by, for another tool: python normalised.py data.csv out.parquet.

Names without titles and legal forms, streets taken apart, national phone numbers ...: under
each name the number that equal values share, under name_text its letters where there are any.
"""

from __future__ import annotations

import sys

import numpy as np
import polars as pl

from custclean.stages.link.features import features_of
from custclean.stages.link.given import given


def normalised(table: pl.DataFrame) -> pl.DataFrame:
    """Give every column that custclean makes of a table; null where it has nothing."""
    one = given(table, "record_id", None)
    columns = features_of(one.table, one.kinds, (one.ids,)).columns
    numbers, rows = pl.DataFrame(columns.hashes), np.arange(columns.rows)
    numbers = numbers.select(pl.when(pl.all() != 0).then(pl.all()))
    texts = [
        pl.Series(f"{name}_text", columns.spelt[name].texts(rows)).cast(pl.String)
        for name in numbers.columns
        if name in columns.spelt
    ]
    spelt = numbers.with_columns(texts).select(
        pl.when(pl.col(text.name.removesuffix("_text")).is_not_null()).then(text.name)
        for text in texts
    )
    return pl.concat([one.ids.to_frame("record_id"), numbers, spelt], how="horizontal")


if __name__ == "__main__":
    normalised(pl.read_csv(sys.argv[1], infer_schema=False)).write_parquet(sys.argv[2])
