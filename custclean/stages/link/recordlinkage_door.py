"""The way to recordlinkage: its vectors, classifiers and annotation files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from custclean.errors import SettingsError
from custclean.stages.link.levels import FIELDS
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd
    from numpy.typing import NDArray

    from custclean.stages.link.score import Scored
    from custclean.stages.link.scoring import Evidence

    Floats = NDArray[np.float64]

__all__ = ["judged", "vectors", "write_annotations"]

_CERTAIN = 20.0  # log2 odds of what a classifier is sure of


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


def judged(scored: Scored, classifier: Any, decided: Mapping[tuple[int, int], str]) -> Scored:
    """Put a classifier's word in place of the model's.

    One that needs no labels is fitted to the candidates, one that does to what people said;
    one that is fitted already is taken as it is.
    """
    binary = _takes_only_binary(classifier)

    def judge(found: Evidence) -> Floats:
        return _log_odds(classifier, _rows(found, binary=binary))

    if len(scored.found) and not _is_fitted(classifier, _rows(scored.found, binary=binary)):
        _fit(classifier, scored, decided, binary=binary)
    return replace(scored, weight=judge(scored.found), judge=judge)


def _rows(found: Evidence, *, binary: bool) -> pd.DataFrame:
    """Give vectors of pairs that are known by number alone."""
    number = pl.Series(np.arange(len(found)))
    return vectors(number, number, found, binary=binary)[1]


def _takes_only_binary(classifier: Any) -> bool:
    from recordlinkage.classifiers import FellegiSunter

    kernel = getattr(classifier, "kernel", None)
    return isinstance(classifier, FellegiSunter) and getattr(kernel, "binarize", None) is None


def _is_fitted(classifier: Any, rows: pd.DataFrame) -> bool:
    from sklearn.exceptions import NotFittedError

    try:
        classifier.predict(rows.head(1))
    except (NotFittedError, AttributeError):  # its own kernels lack what fitting gives them
        return False
    return True


def _fit(
    classifier: Any, scored: Scored, decided: Mapping[tuple[int, int], str], *, binary: bool
) -> None:
    import recordlinkage

    if isinstance(classifier, (recordlinkage.ECMClassifier, recordlinkage.KMeansClassifier)):
        classifier.fit(_rows(scored.found, binary=binary))
        return
    if set(decided.values()) != {"same", "different"}:
        raise SettingsError(
            tr("a classifier that learns from labels has none"),
            value=type(classifier).__name__,
            expected=tr("a fitted one, or decisions of both kinds"),
        )
    pairs = np.array(sorted(decided), dtype=np.int64)
    rows = _rows(scored.look(*pairs.T), binary=binary)
    same = np.array([decided[low, high] == "same" for low, high in pairs.tolist()])
    classifier.fit(rows, rows.index[same])


def _log_odds(classifier: Any, rows: pd.DataFrame) -> Floats:
    """Give log2 odds of each pair; one that gives no probabilities is sure."""
    import pandas as pd

    if not len(rows):
        return np.zeros(0)
    try:
        chance = np.asarray(classifier.prob(rows), dtype=np.float64)
    except (AttributeError, NotImplementedError):
        found = classifier.predict(rows)
        index = isinstance(found, pd.Index)  # as recordlinkage's options may have it
        chance = np.asarray(rows.index.isin(found) if index else found, dtype=np.float64)
    with np.errstate(divide="ignore"):
        odds = np.log2(chance) - np.log2(1 - chance)
    result: Floats = np.clip(odds, -_CERTAIN, _CERTAIN)
    return result


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


def _shown(table: pl.DataFrame, ids: pl.Series) -> pd.DataFrame:
    """Give the records that pairs name, all as text, by id."""
    some = table.filter(pl.col("record_id").is_in(ids.implode()))
    texts = some.with_columns(pl.all().exclude("record_id").cast(pl.String))
    return texts.to_pandas().set_index("record_id")
