"""Write `out/`: files whole or absent, the same bytes for the same inputs and decisions."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import polars as pl

from custclean.project.steps import next_steps
from custclean.project.story import problems, seen, tell
from custclean.report.errors import errors_csv, errors_xlsx
from custclean.report.preflight import page, preflight
from custclean.report.summary import summary
from custclean.settings import SCHEMA
from custclean.tables.cells import escape
from custclean.tables.writing import csv_bytes, sha256_of, write_atomic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from custclean.project.run import Run
    from custclean.settings import Settings
    from custclean.stages.error_log import Rejected
    from custclean.stages.upload import Upload

__all__ = ["write_out"]

MANIFEST_SCHEMA = 1


def write_out(
    folder: Path,
    run: Run,
    settings: Settings,
    rejected: Mapping[str, Rejected],
    uploads: Mapping[int, Upload],
) -> None:
    """Write work orders, reports and the manifest; remove what an earlier run left there.

    The upload files are there already (they are made again from the log first). The
    manifest is written last: without it the folder is not finished.
    """
    out = folder / "out"
    reports = out / "reports"
    written = [*run.work.write(out / "work")]
    written += [file.path for one in uploads.values() for file in one.files]
    for name, data in _reports(run, settings, rejected, uploads).items():
        written.append(write_atomic(reports / name, data))
    _sweep(out, {*written, out / "manifest.json"})
    manifest = json.dumps(_manifest(out, run, written), indent=1, ensure_ascii=False)
    write_atomic(out / "manifest.json", f"{manifest}\n".encode())


def _reports(
    run: Run,
    settings: Settings,
    rejected: Mapping[str, Rejected],
    uploads: Mapping[int, Upload],
) -> dict[str, bytes]:
    wrong = problems(run, rejected)
    checks = preflight(seen(run.inbox), target=settings.target)
    story = tell(run, next_steps(run), uploads, settings.language)
    gone = run.merged.crosswalk.filter(pl.col("record_id") != pl.col("survivor_id"))
    result = {
        "summary.html": summary(story).encode(),
        "preflight.html": page(checks, language=settings.language).encode(),
        "errors.xlsx": errors_xlsx(wrong),
        "errors.csv": errors_csv(wrong),
        "clients.csv": _csv(run.balance.fates),
        "pairs.csv": _csv(run.queue.select("left_id", "right_id")),
        "proposals.csv": _csv(run.proposed),
        "set_aside.csv": _csv(_set_aside(run)),
        "merges.csv": _csv(gone),
        "lost_values.csv": _csv(run.merged.lost_values),
        "provenance.csv": _csv(run.merged.provenance),
        "crosswalk.csv": _csv(run.merged.crosswalk),
    }
    if run.verification is not None:
        for name in ("done", "not_done", "left", "unexpected"):
            result[f"verified_{name}.csv"] = _csv(getattr(run.verification, name))
    return result


def _set_aside(run: Run) -> pl.DataFrame:
    aside = list(run.state.set_aside)
    return run.evidence.screening.classes.filter(pl.col("record_id").is_in(aside))


def _csv(frame: pl.DataFrame) -> bytes:
    """Give a review file: every cell safe to open in a spreadsheet."""
    text = frame.select(pl.all().cast(pl.String).fill_null(""))
    rows = [[escape(cell) for cell in row] for row in text.iter_rows()]
    return csv_bytes(frame.columns, rows, bom=True, quote="all")


def _sweep(out: Path, keep: set[Path]) -> None:
    for path in sorted(out.rglob("*"), reverse=True):
        if path.is_file() and path not in keep:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def _manifest(out: Path, run: Run, written: Sequence[Path]) -> dict[str, Any]:
    parts = {file.path: "download" for file in run.inbox.downloads}
    parts |= {file.path: "error_log" for file in run.inbox.error_logs}
    return {
        "schema": MANIFEST_SCHEMA,
        "custclean": version("custclean"),
        "settings_schema": SCHEMA,
        "inputs": [
            {
                "file": file.path.name,
                "sha256": file.sha256,
                "system": file.export.system,
                "kind": file.export.kind,
                "part": parts.get(file.path, "reference"),
                "rows": file.export.report.rows_read,
                "rejected": len(file.export.report.rejected),
            }
            for file in run.inbox.files
        ],
        "outputs": [
            {"file": path.relative_to(out).as_posix(), "sha256": sha256_of(path)}
            for path in sorted(written)
        ],
        "balance": dict(run.balance.counts),
    }
