"""Who is proposed as no customer, and what a person says to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from custclean.decisions import DecisionLog, changed_since
from custclean.errors import InputError, UndoRefusedError
from custclean.model import FIELDS, Decision, Verdict
from custclean.stages.set_aside import keep, set_aside, set_aside_table

if TYPE_CHECKING:
    from pathlib import Path

TABLE = pl.DataFrame(
    [{"record_id": f"r{i}", "email": f"r{i}@example.com"} for i in range(5)],
    schema=dict.fromkeys(FIELDS["customers"], pl.String),
)
CLASSES = pl.DataFrame(
    {
        "record_id": ["r0", "r1", "r2", "r3", "r4"],
        "class": ["customer", "vendor", "automatic", "vendor", "staff"],
        "score": [0.0, 0.6, 0.9, 0.99, 0.6],
        "reasons": ["", "bills only", "no-reply", "in the vendor list", "own domain"],
        "vetoes": ["", "", "", "open balance", ""],
    }
)


def test_proposals_come_surest_first_and_those_with_a_veto_last() -> None:
    proposed = set_aside_table(CLASSES, TABLE)
    assert proposed["record_id"].to_list() == ["r2", "r1", "r4", "r3"]
    assert proposed["email"].to_list()[0] == "r2@example.com"
    assert proposed.columns[-4:] == ["class", "score", "reasons", "vetoes"]


def test_the_order_of_rows_does_not_matter() -> None:
    one = set_aside_table(CLASSES, TABLE)
    assert set_aside_table(CLASSES.reverse(), TABLE.reverse()).equals(one)


def test_what_a_person_says_is_saved_with_what_was_seen(tmp_path: Path) -> None:
    with DecisionLog(tmp_path, who="ann") as log:
        set_aside(log, TABLE, ["r1", "r2"], note="bills")
        keep(log, TABLE, "r2")
        assert [(d.key[0], d.verdict, d.note) for d in log.current] == [
            ("r1", Verdict.SET_ASIDE, "bills"),
            ("r2", Verdict.KEEP, ""),
        ]
        changed = {"r1": {"email": "other@example.com"}}
        assert changed_since(log.current[0], changed) == ("email",)


def test_an_unknown_record_stops_all_of_them(tmp_path: Path) -> None:
    with DecisionLog(tmp_path, who="ann") as log:
        with pytest.raises(InputError, match="r9"):
            set_aside(log, TABLE, ["r1", "r9"])
        assert log.history == ()


def test_who_was_removed_in_the_target_system_cannot_be_kept_here(tmp_path: Path) -> None:
    with DecisionLog(tmp_path, who="ann") as log:
        set_aside(log, TABLE, ["r1", "r2"])
        log.append(Decision(("r1",), Verdict.DONE, value={"order": "R0001"}))
        with pytest.raises(UndoRefusedError, match="carried out"):
            keep(log, TABLE, ["r2", "r1"])
        assert len(log.history) == 3
        set_aside(log, TABLE, "r1", note="said again")
        keep(log, TABLE, "r2")
