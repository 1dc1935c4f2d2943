"""Merge the groups of any table: a row per client, each cell from a record, none lost."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import polars as pl

from custclean.errors import ConflictError
from custclean.stages.merge.cells import Cells, texts_of
from custclean.stages.merge.choose import holds
from custclean.stages.merge.hard import different_tax_ids
from custclean.stages.merge.lasting import Known
from custclean.stages.merge.order import in_order, members_of
from custclean.stages.merge.outcome import Outcome
from custclean.stages.merge.picks import Picks, refuse_unfit
from custclean.stages.merge.rules import Asked
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Collection

    from custclean.stages.merge.wishes import Wishes

__all__ = ["merged_table"]

DEFAULT_RULES = {"survivor": ("most_complete",)}


def merged_table(
    frame: pl.DataFrame,
    ids: pl.Series,
    clusters: pl.Series,
    wishes: Wishes,
    *,
    id_column: str | None = None,
    tax_ids: Collection[str] = (),
) -> dict[str, pl.DataFrame]:
    """Merge the rows of each cluster; give all parts of the result.

    `ids` and `clusters` are those of the rows; `id_column`, if one holds the ids, stays the
    survivor's. Whom the rules leave equal, of them the one with the smallest id survives;
    each of its blank cells is filled from the next that has one. All that is elsewhere and
    differs is among the lost values.
    """
    columns = [name for name in frame.columns if name != id_column]
    texts = texts_of(frame.select(columns), strip=True)
    asked = Asked.of(wishes.rules, frame.columns, DEFAULT_RULES)
    members = members_of(ids, clusters)
    if wishes.picks:
        refuse_unfit(wishes.picks, ids.to_list(), clusters.to_list(), texts.to_dict())
    picks = Picks.of(wishes.picks, members, {})
    bookings = wishes.bookings(frame, ids)
    facts = wishes.facts(frame, asked, texts, bookings)
    ordered = in_order(members, facts, asked.survivor, picks.survivor)
    found = different_tax_ids(frame, members, tax_ids)
    merged = ordered.filter(~pl.col("no").is_in(list(found)))
    cells = Cells(merged, texts, facts, alike=False, picks=picks.fields)
    for name in columns:
        cells.by_rule(name, asked.fields.get(name, "survivor"))
    groups: dict[int, Any] = dict(
        merged.group_by("no", maintain_order=True).agg("row").iter_rows()
    )
    known = Known.of(wishes.known, ids, clusters)
    told = members.sort("no", "row")
    outcome = Outcome(
        frame, ids, clusters, told, groups, found, cells, known, bookings=bookings
    )
    _check(outcome)
    return outcome.parts()


def _check(outcome: Outcome) -> None:
    """Count that every value of a merged record is in the row that is left, or is told."""
    place = {row: n for n, row in enumerate(outcome.left)}
    lost = Counter((each.column, each.row) for each in outcome.cells.lost)
    after = texts_of(outcome.golden.select(outcome.cells.texts.columns), strip=True)
    for texts in outcome.cells.texts:
        name, mine, golden = texts.name, texts.to_list(), after[texts.name].to_list()
        for rows in outcome.groups.values():
            kept = golden[place[rows[0]]] or ""
            for row in rows:
                if mine[row] and not holds(kept, mine[row]):
                    lost[name, row] -= 1
    if any(lost.values()):
        raise ConflictError(tr("records were lost in a merge; nothing was written"))
