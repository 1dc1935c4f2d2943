"""The samples are read as the golden files say; UPDATE_GOLDEN=1 writes them anew."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

import pytest

from custclean.stages.read import Export, read
from custclean.systems import SYSTEMS
from custclean.systems._recognition import claims, winners
from custclean.tables import read_table

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
GOLDEN = Path(__file__).parent / "golden"
READ = {".csv", ".xlsx", ".iif", ".vcf", ".ics", ".mbox", ".eml"}
FILES = sorted(
    path.relative_to(SAMPLES).as_posix()
    for path in SAMPLES.glob("*/*.*")
    if path.suffix in READ
)


@cache
def _export(name: str) -> Export:
    return read(SAMPLES / name)


def _seen(export: Export) -> dict[str, object]:
    report = export.report
    return {
        "system": export.system,
        "kind": export.kind,
        "language": report.language,
        "encoding": report.encoding,
        "uncertain": report.uncertain,
        "bom": report.bom,
        "delimiter": report.delimiter,
        "line_end": report.line_end,
        "header_row": report.header_row,
        "rows": report.rows_read,
        "rejected": [[line.line, line.reason] for line in report.rejected],
        "repairs": [[repair.line, repair.what] for repair in report.repairs],
        "notes": [[note.line, note.text] for note in report.notes],
        "ambiguous": list(report.ambiguous),
        "headings": dict(report.headings),
        "beside": export.extra.columns[1:],
        "filled": {
            column.name: len(column) - column.null_count()
            for column in export.table.iter_columns()
            if column.null_count() < len(column)
        },
        "first": [
            {name: value for name, value in row.items() if value is not None}
            for row in export.table.head(3).to_dicts()
        ],
    }


def test_there_are_samples_of_every_kind() -> None:
    assert len(FILES) >= 14


@pytest.mark.parametrize("name", FILES)
def test_a_sample_is_read_as_before(name: str) -> None:
    seen = _seen(_export(name))
    golden = GOLDEN / (name.replace("/", "_").rpartition(".")[0] + ".json")
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        text = json.dumps(seen, ensure_ascii=False, indent=1)
        golden.write_text(text + "\n", encoding="utf-8")
    assert seen == json.loads(golden.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", FILES)
def test_no_letter_of_a_sample_is_lost(name: str) -> None:
    assert read_table(SAMPLES / name).lost() == {}


@pytest.mark.parametrize("name", FILES)
def test_a_sample_is_claimed_by_no_other_system(name: str) -> None:
    export = _export(name)
    raw = read_table(SAMPLES / name, header_row=export.report.header_row)
    (claim,) = winners(claims(SYSTEMS, raw.header, ()))
    assert (claim.system, claim.kind) == (export.system, export.kind)
