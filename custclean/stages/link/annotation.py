"""Annotation files of recordlinkage: pairs to label go out, decisions come back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from custclean.errors import InputError
from custclean.model import Decision, Verdict
from custclean.words import tr

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["read_annotations", "write_annotations"]


def write_annotations(
    path: Path | str, pairs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame
) -> None:
    """Write pairs (left_id, right_id) for recordlinkage's annotator.

    The frames hold what the annotator shows; their column `record_id` the ids.
    """
    import pandas as pd
    from recordlinkage import write_annotation_file

    index = pd.MultiIndex.from_arrays(
        [pairs["left_id"].to_list(), pairs["right_id"].to_list()], names=[0, 1]
    )
    write_annotation_file(
        path,
        index,
        _shown(left, pairs["left_id"]),
        _shown(right, pairs["right_id"]),
        dataset_a_name="left",
        dataset_b_name="right",
    )


def read_annotations(path: Path | str, *, who: str = "") -> list[Decision]:
    """Read the labels of an annotation file of recordlinkage as decisions.

    A link is "same", a distinct pair "different"; what was not labelled is left out.
    """
    from recordlinkage import read_annotation_file

    try:
        found = read_annotation_file(path)
        labels = ((found.links, Verdict.SAME), (found.distinct, Verdict.DIFFERENT))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(tr("this is no annotation file"), file=Path(path)) from error
    return [
        Decision((str(one), str(other)), verdict, who=who)
        for pairs, verdict in labels
        for one, other in (() if pairs is None else pairs)
    ]


def _shown(table: pl.DataFrame, ids: pl.Series) -> pd.DataFrame:
    """Give the records that pairs name, all as text, by id."""
    some = table.filter(pl.col("record_id").is_in(ids.implode()))
    texts = some.with_columns(pl.all().exclude("record_id").cast(pl.String))
    return texts.to_pandas().set_index("record_id")
