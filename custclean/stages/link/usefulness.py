"""In which order to ask: first the pairs whose answers settle and teach most.

An answer is worth the doubt that it ends. It counts more if many doubtful pairs are alike in
every field, for one teaches something about all of them, and if it settles others too: the
pairs between the same two sure groups have one answer. Once a pair is asked, the next of its
kind and the next between its groups are worth less, so that kinds take turns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from custclean.stages.link.cluster import connected
from custclean.stages.link.hashing import mix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custclean.stages.link.features import Hashes

__all__ = ["most_useful_first"]

_SURE = 0.99  # from this probability two records count as one group here
_ALIKE = 0.25  # the power of how much doubt the pairs alike hold together
_SETTLED = 0.5  # the power of how many pairs one answer settles


def most_useful_first(
    pairs: pl.DataFrame, asked: pl.Expr, content: Hashes, fields: Sequence[str]
) -> pl.DataFrame:
    """Give the pairs that are to be asked, most useful first.

    `pairs` holds rows (_low, _high), probability, the ids and a level per field, and those
    too that are decided; `content` is what each row holds, as a number.
    """
    one, other = _groups(pairs, len(content))
    low, high = pairs["_low"].to_numpy(), pairs["_high"].to_numpy()
    within = one == other  # the groups hang on this pair: it stands for itself
    pairs = pairs.with_columns(
        _one=np.where(within, low, np.minimum(one, other)),
        _other=np.where(within, high, np.maximum(one, other)),
        _content=mix(content[low] + content[high]),
        _kind=pl.concat_str(
            [pl.lit(""), *(pl.col(name).fill_null("") for name in fields)], separator=" "
        ),
        _doubt=_doubt(pl.col("probability")),
    ).filter(asked)
    ties = ["_content", "left_id", "right_id"]
    groups = ["_one", "_other"]
    pairs = pairs.with_columns(
        _worth=pl.col("_doubt") * pl.len().over(groups).cast(pl.Float64) ** _SETTLED
    ).sort("_worth", *ties, descending=[True, False, False, False])
    place = pl.int_range(1, pl.len() + 1)
    pairs = pairs.with_columns(
        _worth=pl.col("_worth")
        * pl.col("_doubt").sum().over("_kind") ** _ALIKE
        / (place.over("_kind") * place.over(groups))
    ).sort("_worth", "probability", *ties, descending=[True, True, False, False, False])
    return pairs.drop("_one", "_other", "_content", "_kind", "_doubt", "_worth")


def _groups(pairs: pl.DataFrame, rows: int) -> tuple[pl.Series, pl.Series]:
    """Give the sure groups that each pair lies between, by a number."""
    sure = pairs.filter((pl.col("probability") >= _SURE) & ~pl.col("_lost"))
    label = connected(rows, sure["_low"].to_numpy(), sure["_high"].to_numpy())
    return label[pairs["_low"].to_numpy()], label[pairs["_high"].to_numpy()]


def _doubt(chance: pl.Expr) -> pl.Expr:
    """Give the entropy of an answer in bits; a little above 0 where it is clear."""
    chance = chance.clip(1e-12, 1 - 1e-12)
    return -chance * chance.log(2) - (1 - chance) * (1 - chance).log(2)
