"""The two doors: duplicates within one table, and partners between two."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from custclean.errors import CustcleanError, InputError, SettingsError
from custclean.frames import like, to_polars
from custclean.stages.link.columns import assumed, kinds_of
from custclean.stages.link.features import Features, features_of
from custclean.stages.link.matches import Matches
from custclean.stages.link.outcome import outcome
from custclean.stages.link.said import decided_pairs, known_clusters, together
from custclean.stages.link.score import score
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from custclean.model import Decision

    Bools = NDArray[np.bool_]

__all__ = ["find_duplicates", "link"]

THRESHOLD = (
    0.5  # probabilities are calibrated: from here a pair is likelier one client than two
)
_GENERIC = ("text", "category", "number", "exact")


def find_duplicates(
    frame: object,
    *,
    id: str | None = None,  # noqa: A002  # the public contract
    columns: Mapping[str, str] | None = None,
    threshold: float | None = None,
    known: object = None,
    decisions: Iterable[Decision] | None = None,
    engine: str = "local",
) -> Matches:
    """Find the records of one table that are one client.

    `id` names the column of ids (default: `record_id` of a canonical table, else pandas'
    index or the row number), `columns` maps columns to kinds of value (default: seen from
    names and content), `threshold` is the probability from which pairs are joined,
    `known` a frame record_id, cluster_id of clusters that stay together and keep their
    ids, `decisions` what people said about pairs, which beats the model.
    """
    _check(engine, threshold)
    table = to_polars(frame)
    name, ids = _ids(frame, table, id)
    kinds = kinds_of(table, columns, name)
    features = features_of(table, kinds)
    scored = score(features, None)
    decided = decided_pairs(ids, ids, 0, decisions)
    old = known_clusters(ids, known)
    decided = together(old) | decided
    limit = THRESHOLD if threshold is None else threshold
    found = outcome(scored, decided, limit, one_to_one=False)
    return Matches(
        limit,
        linked=False,
        _scored=scored,
        _ids=(ids, ids),
        _shape=partial(like, given=frame),
        _rows=found.rows,
        _weight=found.weight,
        _probability=found.probability,
        _decided=decided,
        _lost=found.lost,
        _known=old,
        _assumed=partial(assumed, table, kinds),
        _one_to_one=False,
    )


def link(  # noqa: PLR0913  # the public contract
    left: object,
    right: object,
    *,
    id: str | None = None,  # noqa: A002  # the public contract
    columns: Mapping[str, str] | None = None,
    threshold: float | None = None,
    one_to_one: bool = True,
    decisions: Iterable[Decision] | None = None,
    engine: str = "local",
) -> Matches:
    """Find the records of two tables that are one client.

    With `one_to_one` a record has one partner at most: several that fit equally well
    make each other unsure. The other arguments are those of `find_duplicates`.
    """
    _check(engine, threshold)
    limit = THRESHOLD if threshold is None else threshold
    one, other = to_polars(left), to_polars(right)
    (name, ids), (other_name, other_ids) = _ids(left, one, id), _ids(right, other, id)
    features, side = _both(one, other, columns, (name, other_name))
    scored = score(features, side)
    decided = decided_pairs(ids, other_ids, len(ids), decisions)
    found = outcome(scored, decided, limit, one_to_one=one_to_one)
    return Matches(
        limit,
        linked=True,
        _scored=scored,
        _ids=(ids, other_ids),
        _shape=partial(like, given=left),
        _rows=found.rows,
        _weight=found.weight,
        _probability=found.probability,
        _decided=decided,
        _lost=found.lost,
        _known={},
        _assumed=partial(_both_assumed, one, other, features.kinds),
        _one_to_one=one_to_one,
    )


def _check(engine: str, threshold: float | None) -> None:
    if engine != "local":
        raise CustcleanError(tr("no such engine"), value=engine, expected="local")
    if threshold is not None and not 0 <= threshold <= 1:
        raise SettingsError(
            tr("a threshold is a probability"), value=threshold, expected="0 ... 1"
        )


def _ids(given: object, table: pl.DataFrame, name: str | None) -> tuple[str | None, pl.Series]:
    """Give the name of the id column, if there is one, and the ids, each once."""
    if name is None and {"record_id", "display_name"} <= set(table.columns):
        name = "record_id"
    if name is None:
        return None, _positions(given, table)
    if name not in table.columns:
        raise InputError(
            tr("there is no such column"), column=name, expected=", ".join(table.columns)
        )
    ids = table[name]
    if ids.null_count():
        raise InputError(tr("a record has no id"), column=name, line=ids.is_null().arg_max())
    hashes = np.sort(ids.hash(seed=1).to_numpy())
    if (hashes[1:] == hashes[:-1]).any() and ids.n_unique() < len(ids):
        raise InputError(
            tr("an id stands twice"), column=name, value=ids.filter(ids.is_duplicated())[0]
        )
    return name, ids


def _positions(given: object, table: pl.DataFrame) -> pl.Series:
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(given, pandas.DataFrame):
        index = given.index
        if index.is_unique and index.nlevels == 1 and not index.hasnans:
            return pl.Series(pl.from_pandas(index))
    return pl.Series(range(table.height), dtype=pl.Int64)


def _both(
    one: pl.DataFrame,
    other: pl.DataFrame,
    columns: Mapping[str, str] | None,
    names: tuple[str | None, str | None],
) -> tuple[Features, Bools]:
    """Put the normalised values of two tables under one another."""
    kinds = []
    for table, name in ((one, names[0]), (other, names[1])):
        mine = columns and {c: kind for c, kind in columns.items() if c in table.columns}
        kinds.append(kinds_of(table, mine, name))
    # what is only "some text" says something about the same column of the other table alone
    shared = [
        {c: k for c, k in mine.items() if k not in _GENERIC or c in its}
        for mine, its in (kinds, kinds[::-1])
    ]
    first, second = one.select(list(shared[0])), other.select(list(shared[1]))
    raw = pl.concat([first, second], how="diagonal_relaxed")
    side = np.arange(raw.height) >= first.height
    return features_of(raw, shared[1] | shared[0]), side


def _both_assumed(
    one: pl.DataFrame, other: pl.DataFrame, kinds: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    """Say why each column of two tables has its kind; what is in both is said of the left."""
    mine, its = (
        {c: k for c, k in kinds.items() if c in each.columns} for each in (one, other)
    )
    told = {column: (column, kind, why) for column, kind, why in assumed(other, its)}
    told |= {column: (column, kind, why) for column, kind, why in assumed(one, mine)}
    return [told[column] for column in kinds]
