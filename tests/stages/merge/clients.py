"""Small client lists, and groups of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from custclean.model import fields_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custclean.stages.merge import Merged

ANN = {"record_id": "a", "company_id": "1", "display_name": "Ann Example",
       "email": "ann@example.com", "subscription": "None"}  # fmt: skip
ANNE = {"record_id": "b", "company_id": "2", "display_name": "Anne Example",
        "email": "anne@example.org", "phone": "202-555-0101", "city": "Springfield",
        "subscription": "None"}  # fmt: skip


def clients(*rows: Mapping[str, str | None]) -> pl.DataFrame:
    schema = dict.fromkeys(fields_of("customers"), pl.String)
    return pl.DataFrame([{**dict.fromkeys(schema), **row} for row in rows], schema=schema)


def named(**names: str) -> pl.DataFrame:
    """Make a list of names by record id; `Parent:Child` stands below its parent."""
    rows = []
    for record, full in names.items():
        parent, _, name = full.rpartition(":")
        rows.append({"record_id": record, "display_name": name, "parent": parent or None})
    return clients(*rows)


def group(*ids: str, cluster: str | None = None) -> pl.DataFrame:
    return pl.DataFrame(
        {"record_id": list(ids), "cluster_id": [cluster or min(ids)] * len(ids)}
    )


def groups(*each: str) -> pl.DataFrame:
    """Make groups of records with ids of one letter: "ab", "cd"."""
    return pl.concat([group(*ids) for ids in each])


def survivor(merged: Merged, record: str) -> str:
    row = merged.crosswalk.filter(pl.col("record_id") == record)
    return str(row["survivor_id"][0])


def refusals(merged: Merged) -> dict[str, str]:
    """Give the reason of each group that was not merged."""
    return dict(merged.conflicts.select("cluster_id", "reason").iter_rows())
