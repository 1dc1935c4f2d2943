"""What is written for a system is read back as a file of that system, value by value."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from custclean.stages.read import read
from custclean.stages.upload import upload
from custclean.systems import SYSTEMS
from custclean.tables import read_table
from custclean.tables.writing import csv_bytes

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
SENT = ("company_id", "display_name", "customer_number")
WRITTEN = [
    pytest.param(name, language, id=f"{name}-{language}")
    for name, system in SYSTEMS.items()
    if system.upload
    for language in system.upload.headings
]


@pytest.mark.parametrize(("name", "language"), WRITTEN)
def test_an_upload_is_read_back(name: str, language: str, tmp_path: Path) -> None:
    sample = f"{name.replace('-', '_')}/client_list_{language}.csv"
    export = read(SAMPLES / sample)
    numbers = [f"N-{n}" for n in range(len(export))]
    table = export.table.with_columns(customer_number=pl.Series(numbers))
    sent = upload(table, target=name, folder=tmp_path, like=export)
    back = read(sent.files[0].path)
    assert (back.system, back.kind, back.report.language) == (name, "customers", language)
    assert back.table.select(SENT).rows() == table.select(SENT).rows()


@pytest.mark.parametrize(
    "path", sorted(SAMPLES.glob("*/*.csv")), ids=lambda path: f"{path.parent.name}-{path.name}"
)
def test_a_list_written_anew_without_its_furniture_is_read_as_the_same(
    path: Path, tmp_path: Path
) -> None:
    export = read(path)
    raw = read_table(path, header_row=export.report.header_row)
    again = tmp_path / path.name
    again.write_bytes(csv_bytes(raw.header, raw.rows))
    back = read(again, system=export.system, kind=export.kind)
    assert back.table.drop("source_row").equals(export.table.drop("source_row"))
    assert back.extra.equals(export.extra)
