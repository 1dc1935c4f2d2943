"""The two doors: duplicates within one table, and partners between two."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from custclean.errors import CustcleanError, SettingsError
from custclean.stages.link.assign import PARTNERS
from custclean.stages.link.columns import assumed
from custclean.stages.link.features import features_of
from custclean.stages.link.given import features_of_both, given
from custclean.stages.link.known import Known, known_clusters
from custclean.stages.link.labels import decisions_of
from custclean.stages.link.matches import Matches
from custclean.stages.link.outcome import outcome
from custclean.stages.link.partners import units_of
from custclean.stages.link.recordlinkage_door import judged
from custclean.stages.link.result import Result
from custclean.stages.link.ruled import ruled
from custclean.stages.link.rules import rules_of
from custclean.stages.link.said import said_of
from custclean.stages.link.score import score
from custclean.stages.link.stored import stored_model, unknown_to
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import polars as pl

    from custclean.stages.link.assign import Single
    from custclean.stages.link.given import Given
    from custclean.stages.link.rules import Rule

__all__ = ["find_duplicates", "link"]

THRESHOLD = (
    0.5  # probabilities are calibrated: from here a pair is likelier one client than two
)


def find_duplicates(  # noqa: PLR0913  # the public contract
    frame: object,
    *,
    id: str | None = None,  # noqa: A002  # the public contract
    columns: Mapping[str, str] | None = None,
    threshold: float | None = None,
    known: object = None,
    decisions: object = None,
    rules: Rule | Sequence[Rule] | None = None,
    model: Path | str | Mapping[str, Any] | None = None,
    classifier: Any = None,
    max_size: int | None = None,
    engine: str = "local",
) -> Matches:
    """Find the records of one table that are one client.

    `id` names the column of ids (default: `record_id` of a canonical table, else pandas'
    index or the row number), `columns` maps columns to kinds of value (default: seen from
    names and content): name (of a person or a firm), given_name, family_name, company, email,
    phone, website, address (in one field), street, city, region, postcode, country, tax_id,
    date, number, text, category, exact (a code) or ignore.

    `threshold` is the probability from which pairs are joined, `known` a frame record_id,
    cluster_id of records that are not compared with one another again: their clusters stay
    together and keep their ids. `decisions` are what people said of pairs (as in
    `Matches.learn`), which beats the `rules` (`never`, `always`), which beat the model.
    Who is called one client and, over any chain, two is not joined: see `.conflicts`.

    `model` is one that was saved, or `Matches.model`: then nothing is learned. `classifier`
    is one of recordlinkage, whose word replaces the model's. No group grows beyond
    `max_size`, whatever the model or rules say: its weakest pairs give way, and are listed
    among the conflicts. Only what people said and `known` clusters may be larger: then
    `notes` names them.
    """
    _check(engine, threshold, max_size)
    one = given(frame, id, columns)
    features = features_of(one.table, one.kinds, (one.ids,))
    law = ruled(rules_of(rules), features, [one.table])
    old, stored = known_clusters(one.ids, known), stored_model(model)
    ids, decided = (one.ids, one.ids), decisions_of(decisions)
    scored = score(
        features, stored=stored, known=old, always=law.joined if law.rules else None
    )
    said = said_of(ids, scored, decided)
    if classifier is not None:
        scored = judged(scored, classifier, said.labels)
    limit = THRESHOLD if threshold is None else threshold
    found = outcome(scored, law, said.pairs, limit)
    return Matches(
        Result(limit, scored, ids, found, said, law, old, most=max_size),
        one.shape,
        one.table,
        partial(assumed, one.table, one.kinds),
        (*one.notes, *law.notes, *unknown_to(stored, scored.model)),
        one.name,
    )


def link(  # noqa: PLR0913  # the public contract
    left: object,
    right: object,
    *,
    id: str | None = None,  # noqa: A002  # the public contract
    columns: Mapping[str, str] | None = None,
    threshold: float | None = None,
    one_to_one: bool = True,
    partners: str | None = None,
    decisions: object = None,
    rules: Rule | Sequence[Rule] | None = None,
    model: Path | str | Mapping[str, Any] | None = None,
    classifier: Any = None,
    engine: str = "local",
) -> Matches:
    """Find the records of two tables that are one client.

    With `one_to_one` a record has one partner at most: several that fit equally well
    make each other unsure. `partners` says more: "one_to_one", "many_to_one" (several left
    records may have one right partner), "one_to_many" or "any". Either table may be the
    `Matches` of its duplicates: then a group counts as one record, and `id` and `columns`
    are those of the other table alone. Where both tables use the same ids, a pair of the
    decision log may be either of two: `notes` counts those that nobody can tell apart. The
    other arguments are those of `find_duplicates`.
    """
    _check(engine, threshold, None)
    _refuse_unused(left, right, id=id, columns=columns)
    limit = THRESHOLD if threshold is None else threshold
    one, other = _side(left, id, columns), _side(right, id, columns)
    units = units_of(one, other, _single(partners, one_to_one=one_to_one))
    features, side = features_of_both(one, other)
    law = ruled(rules_of(rules), features, [one.table, other.table], side)
    stored = stored_model(model)
    ids, decided = (one.ids, other.ids), decisions_of(decisions)
    scored = score(features, side, stored=stored, always=law.joined if law.rules else None)
    said = said_of(ids, scored, decided)
    if classifier is not None:
        scored = judged(scored, classifier, said.labels)
    found = outcome(scored, law, said.pairs, limit, units)
    none = Known(features.rows, {})
    noted = (*dict.fromkeys(one.notes + other.notes), *law.notes)
    return Matches(
        Result(limit, scored, ids, found, said, law, none, units),
        one.shape,
        one.table,
        partial(_both_assumed, one.table, other.table, features.kinds),
        (*noted, *unknown_to(stored, scored.model)),
        one.name,
    )


def _check(engine: str, threshold: float | None, most: int | None) -> None:
    if engine != "local":
        raise CustcleanError(tr("no such engine"), value=engine, expected="local")
    if threshold is not None and not (_number(threshold) and 0 <= threshold <= 1):
        raise SettingsError(
            tr("a threshold is a probability"), value=threshold, expected="0 ... 1"
        )
    if most is not None and not (_number(most) and most >= 1):
        raise SettingsError(
            tr("a group has one record at least"), value=most, expected="1 ..."
        )


def _refuse_unused(left: object, right: object, **given: object) -> None:
    """Refuse what would say of a table that is settled what its columns are."""
    unused = [name for name, value in given.items() if value is not None]
    if unused and isinstance(left, Matches) and isinstance(right, Matches):
        raise SettingsError(
            tr("both tables have their ids and columns from find_duplicates already"),
            value=", ".join(f"{name}=" for name in unused),
        )


def _number(given: object) -> bool:
    return isinstance(given, (int, float)) and not isinstance(given, bool)


def _side(frame: object, name: str | None, columns: Mapping[str, str] | None) -> Given:
    if isinstance(frame, Matches):
        return frame.deduplicated()
    return given(frame, name, columns, part=True)


def _single(partners: str | None, *, one_to_one: bool) -> Single:
    """Say which side has one partner at most."""
    wanted = partners or ("one_to_one" if one_to_one else "any")
    if wanted not in PARTNERS:
        raise SettingsError(
            tr("no such way to pair"), value=wanted, expected=", ".join(PARTNERS)
        )
    return PARTNERS[wanted]


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
