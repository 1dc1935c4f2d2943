"""Who gets no number for now, and why: the first reason that holds, in this order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from custclean.model import Fate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from custclean.project.rounds import Failure
    from custclean.project.state import State
    from custclean.stages.link import Matches
    from custclean.stages.merge import Merged

__all__ = ["blocked"]


def blocked(
    table: pl.DataFrame,
    state: State,
    merged: Merged,
    questions: tuple[pl.DataFrame, pl.DataFrame],
    failed: Mapping[str, Failure],
    links: Matches | None,
) -> dict[str, str]:
    """Give record id and reason code; `questions`: the open pairs and the open proposals."""
    pairs, proposals = questions
    away = merged.crosswalk.filter(pl.col("record_id") != pl.col("survivor_id"))
    no_id = pl.col("company_id").str.strip_chars().replace("", None).is_null()
    reasons: tuple[tuple[str, Iterable[str]], ...] = (
        (Fate.SET_ASIDE, state.set_aside),
        (Fate.MERGE_APPROVED, away["record_id"]),
        (Fate.BY_HAND, state.by_hand),
        (Fate.LEFT_OUT, state.left_out),
        ("contradiction", state.torn()),
        ("pick_changed", sorted(state.unpicked)),
        *_refused(merged),
        ("undecided_pair", [*pairs["left_id"], *pairs["right_id"]]),
        ("undecided_proposal", proposals["record_id"]),
        ("number_taken", _taken(failed, state)),
        ("no_company_id", table.filter(no_id)["record_id"]),
        ("register_unsure", _unsure(table, links, state)),
    )
    found: dict[str, str] = {}
    for reason, records in reasons:
        found = {**dict.fromkeys(records, str(reason)), **found}
    present = set(table["record_id"])
    return {record: why for record, why in sorted(found.items()) if record in present}


def _refused(merged: Merged) -> list[tuple[str, list[str]]]:
    """Give the groups that cannot be merged; two with separate books stay two clients."""
    return [
        (row["reason"], row["records"])
        for row in merged.conflicts.iter_rows(named=True)
        if row["reason"] != "two_subscriptions"
    ]


def _taken(failed: Mapping[str, Failure], state: State) -> list[str]:
    """Numbers that somebody hidden holds, and about which nothing was decided since."""
    return [
        record
        for record, failure in failed.items()
        if failure.code == "number_taken"
        and record in state.numbers
        and state.numbers[record].value["number"] == failure.number
        and state.numbers[record].seq < failure.seq
    ]


def _unsure(table: pl.DataFrame, links: Matches | None, state: State) -> set[str]:
    """Clients without a number, with a likely but not certain line that nobody else has."""
    if links is None:
        return set()
    sure = links.accepted()
    rest = links.to_review()
    rest = rest.join(sure.select("left_id"), on="left_id", how="anti")
    rest = rest.join(sure.select("right_id"), on="right_id", how="anti")
    numbered = table.filter(pl.col("customer_number").is_not_null())["record_id"]
    return set(rest["left_id"]) - set(numbered) - set(state.numbers)
