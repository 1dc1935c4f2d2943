from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from custclean.stages.link import evaluate, find_duplicates, link
from custclean.stages.read import read
from custclean.stages.standardise import standardise

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def truth(folder: Path, name: str, table: pl.DataFrame) -> pl.DataFrame:
    """Give record_id and entity of a sample file's rows."""
    lines = pl.read_csv(folder / "truth" / f"{name}.csv", infer_schema=False)
    if "file" in lines.columns:
        lines = lines.filter(pl.col("file") == "client_list.csv")
    rows = table.select("record_id", line=pl.col("source_row").cast(pl.String))
    return rows.join(lines.select("line", "entity"), on="line").drop("line")


@pytest.mark.parametrize("raw", [False, True], ids=["standardised", "as downloaded"])
def test_duplicates_of_the_sample_are_found(samples: Path, raw: bool) -> None:
    folder = samples / "main"
    export = read(folder / "client_list.csv")
    table = export.table if raw else standardise(export).table
    quality = evaluate(find_duplicates(table), truth(folder, "clients", export.table))
    assert quality.precision >= 0.98
    assert quality.recall >= 0.95


def test_register_lines_find_their_clients(samples: Path) -> None:
    folder = samples / "main"
    clients, register = read(folder / "client_list.csv"), read(folder / "register.xlsx")
    found = link(standardise(clients).table, standardise(register).table).accepted()
    entity = dict(truth(folder, "clients", clients.table).rows())
    line = {k: v for k, v in truth(folder, "register", register.table).rows() if v}
    right = [entity[a] == line.get(b) for a, b in found.select("left_id", "right_id").rows()]
    possible = set(line.values()) & set(entity.values())
    wanted = sum(each in possible for each in line.values())
    assert sum(right) / len(right) >= 0.99
    assert sum(right) / wanted >= 0.95
