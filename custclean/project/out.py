"""Write `out/`: files whole or absent, the same bytes for the same inputs and decisions."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import polars as pl

from custclean.project.past import with_those_gone
from custclean.project.run import verify_run
from custclean.project.steps import next_steps
from custclean.project.story import problems, seen, tell
from custclean.report.errors import errors_csv, errors_xlsx
from custclean.report.preflight import page, preflight
from custclean.report.summary import summary
from custclean.settings import SCHEMA
from custclean.tables.cells import escape
from custclean.tables.packed import is_archive
from custclean.tables.writing import csv_bytes, sha256_of, write_atomic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from custclean.project.inbox import Inbox, Received
    from custclean.project.run import Run
    from custclean.settings import Settings
    from custclean.stages.error_log import Rejected
    from custclean.stages.upload import Upload

__all__ = ["MANIFEST", "QUESTIONS", "write_out"]

MANIFEST_SCHEMA = 1
HEAD = 1 << 10  # bytes that tell an archive
MANIFEST = "manifest.json"
QUESTIONS = "questions"  # sheets for people to fill in: not made by a run, not removed by it


def write_out(
    folder: Path,
    run: Run,
    settings: Settings,
    rejected: Mapping[str, Rejected],
    uploads: Mapping[int, Upload],
) -> None:
    """Write work orders, reports and the manifest; remove what an earlier run left there.

    The upload files are there already (they are made again from the log first). The
    manifest goes first and is written last: without it the folder is not finished.
    """
    out = folder / "out"
    (out / MANIFEST).unlink(missing_ok=True)
    reports = out / "reports"
    written = [*run.work.write(out / "work")]
    written += [file.path for one in uploads.values() for file in one.files]
    for name, data in _reports(run, settings, rejected, uploads).items():
        written.append(write_atomic(reports / name, data))
    _sweep(out, {*written, out / MANIFEST})
    manifest = json.dumps(_manifest(out, run, written), indent=1, ensure_ascii=False)
    write_atomic(out / MANIFEST, f"{manifest}\n".encode())


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
        "pairs.csv": _csv(_pairs(run)),
        "proposals.csv": _csv(run.proposed),
        "set_aside.csv": _csv(_set_aside(run)),
        "merges.csv": _csv(gone),
        "effects.csv": _csv(run.merged.effects),
        "totals.csv": _csv(run.merged.totals),
        "lost_values.csv": _csv(run.merged.lost_values),
        "provenance.csv": _csv(run.merged.provenance),
        "crosswalk.csv": _csv(with_those_gone(run.merged.crosswalk, run.orders.shown)),
        "work_orders.csv": _csv(_anywhere(run.states)),
        "changed.csv": _csv(_anywhere(run.changed.table)),
        "orphans.csv": _csv(_anywhere(run.orphans)),
    }
    if run.verification is not None:
        result["unexpected.csv"] = _csv(run.verification.unexpected)
        since_first = verify_run(run, settings)
        for name in ("done", "not_done", "left", "unexpected"):
            result[f"verified_{name}.csv"] = _csv(getattr(since_first, name))
    return result


def _pairs(run: Run) -> pl.DataFrame:
    names = run.evidence.clients.table.select("record_id", "display_name")
    left = names.rename({"record_id": "left_id", "display_name": "left_name"})
    right = names.rename({"record_id": "right_id", "display_name": "right_name"})
    return (
        run.queue.select("left_id", "right_id", pl.col("probability").round(4))
        .join(left, on="left_id", how="left")
        .join(right, on="right_id", how="left")
        .sort("left_id", "right_id")
    )


def _set_aside(run: Run) -> pl.DataFrame:
    aside = list(run.state.set_aside)
    return run.evidence.screening.classes.filter(pl.col("record_id").is_in(aside))


def _anywhere(frame: pl.DataFrame) -> pl.DataFrame:
    """Leave out what tells one log from another that holds the same decisions."""
    kept = frame.drop(
        "seq", "who", "when", "approved_by", "approved_at", "done_by", "done_at", strict=False
    )
    return kept.sort(kept.columns)


def _csv(frame: pl.DataFrame) -> bytes:
    """Give a review file: every cell safe to open in a spreadsheet."""
    text = frame.select(pl.all().cast(pl.String).fill_null(""))
    rows = [[escape(cell) for cell in row] for row in text.iter_rows()]
    return csv_bytes(frame.columns, rows, bom=True, quote="all")


def _sweep(out: Path, keep: set[Path]) -> None:
    for path in sorted(out.rglob("*"), reverse=True):
        if path.is_relative_to(out / QUESTIONS):
            continue  # people may have filled them in
        if path.is_file() and path not in keep:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def _manifest(out: Path, run: Run, written: Sequence[Path]) -> dict[str, Any]:
    return {
        "schema": MANIFEST_SCHEMA,
        "custclean": version("custclean"),
        "settings_schema": SCHEMA,
        "inputs": [
            _input(file, run.inbox) for file in (*run.inbox.files, *run.inbox.left_out)
        ],
        "outputs": [
            {"file": path.relative_to(out).as_posix(), "sha256": sha256_of(path)}
            for path in sorted(written)
        ],
        "balance": dict(run.balance.counts),
    }


def _input(file: Received, inbox: Inbox) -> dict[str, Any]:
    """Say what a file is and how it was read: enough for `recount` to read it by itself."""
    report = file.export.report
    parts = {one.key: "download" for one in inbox.downloads}
    parts |= {one.key: "error_log" for one in inbox.error_logs}
    parts |= {one.key: "left_out" for one in inbox.left_out}
    newest = file.key == inbox.downloads[-1].key
    return {
        "file": file.path.name,
        "table": file.name,
        "sha256": file.sha256,
        "system": file.export.system,
        "kind": file.export.kind,
        "part": parts.get(file.key, "reference"),
        "rows": report.rows_read,
        "rejected": len(report.rejected),
        "encoding": report.encoding,
        "delimiter": report.delimiter,
        "header_row": report.header_row,
        "id_heading": report.headings.get("company_id"),
        "notes": [note.line for note in report.notes],  # lines that are no rows
        "recounted": newest and _is_one_text(file),
    }


def _is_one_text(file: Received) -> bool:
    """Tell whether the csv module can read it: no workbook, no archive, a single table."""
    report = file.export.report
    with file.path.open("rb") as opened:
        packed = is_archive(opened.read(HEAD))
    return report.delimiter != "" and not report.other_parts and not packed
