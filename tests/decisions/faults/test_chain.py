"""Merge chains: whatever is said, taken back and said again, no record gets lost."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.decisions import DecisionLog
from custclean.model import fields_of
from custclean.project.state import group_frame, read_state
from custclean.stages.merge import merge

if TYPE_CHECKING:
    from pathlib import Path

    from custclean.stages.merge import Merged

NAMES = "abcde"
SCHEMA = dict.fromkeys(fields_of("customers"), pl.String)
TABLE = pl.DataFrame(
    [
        {
            "record_id": name,
            "display_name": f"Client {name}",
            "subscription": "None",
            "notes": f"only {name} says so",
            **dict.fromkeys(("email", "phone", "city", "street")[:place], "x"),  # no ties
        }
        for place, name in enumerate(NAMES)
    ],
    schema=SCHEMA,
)


def merged_by(log: DecisionLog) -> Merged:
    state = read_state(log.current, {row["record_id"]: row for row in TABLE.to_dicts()})
    return merge(TABLE, group_frame(state, NAMES))


def clients(merged: Merged) -> dict[str, str]:
    """Say for each record who stands for it, and check that nobody and nothing is lost."""
    crosswalk = dict(merged.crosswalk.select("record_id", "survivor_id").rows())
    assert sorted(crosswalk) == list(NAMES)
    assert set(crosswalk.values()) == set(merged.golden["record_id"])
    kept = " ".join(filter(None, merged.golden["notes"])) + " ".join(
        merged.lost_values["value"]
    )
    assert all(f"only {name} says so" in kept for name in NAMES)
    return crosswalk


@pytest.mark.fault(16)
def test_a_chain_keeps_its_first_record_and_each_link_can_be_taken_back(
    tmp_path: Path,
) -> None:
    with DecisionLog(tmp_path, who="ann") as log:
        log.decide("a", "b", "same")
        second = log.decide("b", "c", "same")
        whole = clients(merged_by(log))
        assert len({whole[name] for name in "abc"}) == 1
        undo = log.undo(second.seq)
        cut = clients(merged_by(log))
        assert cut["a"] == cut["b"] != cut["c"] == "c"
        log.undo(undo.seq)
        assert clients(merged_by(log)) == whole
        log.undo(1)
        assert clients(merged_by(log))["a"] == "a"
        assert len(log.history) == 5, "each undo is an entry, nothing is taken out"


@pytest.mark.fault(16)
@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.booleans())))
def test_no_record_is_lost_by_any_chain_of_merges_and_undos(
    acts: list[tuple[str, str, bool]],
) -> None:
    with tempfile.TemporaryDirectory() as folder, DecisionLog(folder, who="ann") as log:
        for left, right, back in acts:
            if back and log.current:
                log.undo(log.current[len(log.current) // 2].seq)
            elif left != right:
                log.decide(left, right, "same")
        clients(merged_by(log))
        while log.current:
            log.undo(log.current[0].seq)
        assert clients(merged_by(log)) == {name: name for name in NAMES}
