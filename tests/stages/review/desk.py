"""A small table, a queue and a session for the tests of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from custclean.model import FIELDS
from custclean.stages.review import ReviewSession

if TYPE_CHECKING:
    from custclean.decisions import DecisionLog

SCHEMA = dict.fromkeys(FIELDS["customers"], pl.String)


def table(names: str = "abcdefgh", **changed: dict[str, str]) -> pl.DataFrame:
    """Give a record for each letter; `b={"email": ...}` changes one."""
    rows = [
        {
            "record_id": name,
            "source_file": "clients.csv",
            "source_row": str(line),
            "display_name": f"Client {name}",
            "email": f"{name}@example.com",
            "phone": "+45 37 00 12 34",
            **changed.get(name, {}),
        }
        for line, name in enumerate(names, 2)
    ]
    return pl.DataFrame(rows, schema=SCHEMA)


def queue(*pairs: str, chance: float = 0.9) -> pl.DataFrame:
    """Give a queue of pairs as "ab"; "ab70" is one with a probability of its own."""
    return pl.DataFrame(
        {
            "left_id": [pair[0] for pair in pairs],
            "right_id": [pair[1] for pair in pairs],
            "weight": [5.0 - i for i in range(len(pairs))],
            "probability": [float(f"0.{pair[2:]}") if pair[2:] else chance for pair in pairs],
        },
        schema_overrides={"left_id": pl.String, "right_id": pl.String},
    )


def session(log: DecisionLog, *pairs: str, **given: Any) -> ReviewSession:
    """Give a session over such a queue."""
    changed = given.pop("changed", {})
    return ReviewSession(table(**changed), queue(*pairs), log, **given)
