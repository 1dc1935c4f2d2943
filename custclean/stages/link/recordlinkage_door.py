"""The way to recordlinkage: its classifiers and measures work on what we compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from custclean.stages.link.levels import FIELDS

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from custclean.stages.link.scoring import Evidence

__all__ = ["vectors"]


def vectors(
    left: pl.Series, right: pl.Series, found: Evidence, *, binary: bool
) -> tuple[pd.MultiIndex, pd.DataFrame]:
    """Give the candidate pairs as recordlinkage wants them: an index and agreement vectors.

    1 is equal, 0 is different or not comparable, levels between lie between; `binary`
    rounds, for the classifiers that take nothing else.
    """
    import pandas as pd

    index = pd.MultiIndex.from_arrays(
        [left.to_numpy(), right.to_numpy()], names=["left_id", "right_id"]
    )
    columns = {}
    for name, level in found.levels.items():
        size = len(FIELDS[name].levels)
        scale = np.concatenate([[0.0], np.linspace(1, 0, size)])
        columns[name] = np.round(scale)[level].astype(int) if binary else scale[level]
    return index, pd.DataFrame(columns, index=index)
