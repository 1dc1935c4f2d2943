"""Put a run into plain values for the reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from custclean.labels import label
from custclean.model import Fate, Issue, Verdict
from custclean.project.states import VERIFIED
from custclean.report.errors import no_errors
from custclean.report.preflight import Seen
from custclean.report.summary import Story
from custclean.report.terms import fates_counted
from custclean.systems import table_said
from custclean.words import numeral, tr, trn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from custclean.project.inbox import Inbox
    from custclean.project.run import Run
    from custclean.stages.error_log import Rejected
    from custclean.stages.upload import Upload

__all__ = ["problems", "seen", "tell"]

Row = dict[str, str | int | None]
NUMBER = "customer_number"


def seen(inbox: Inbox) -> list[Seen]:
    """Give the newest list and the reference files as the pre-flight page wants them."""
    files = [inbox.downloads[-1], *inbox.references.values()]
    return [
        Seen(
            file.name,
            file.export.system,
            file.export.kind,
            file.export.table,
            tuple(note.text for note in file.export.report.notes),
        )
        for file in files
    ]


def tell(
    run: Run, steps: Sequence[str], uploads: Mapping[int, Upload], language: str
) -> Story:
    """Tell a run as the summary shows it."""
    newest = run.inbox.downloads[-1].name
    counts = run.balance.counts
    return Story(
        title=tr("Client list: what happened"),
        happened=[
            trn(
                "{n:,} row of {file} was read, screened and linked.",
                "{n:,} rows of {file} were read, screened and linked.",
                run.balance.rows,
                file=newest,
            ),
            *_doubts(run.inbox),
        ],
        next_steps=steps,
        counts=[
            (tr("clients in the list"), run.balance.rows),
            (tr("pairs to decide"), run.queue.height),
            (tr("proposals to decide"), run.proposed.height),
            (tr("open work orders"), len(run.work)),
            (tr("verified or unchanged"), counts[Fate.UNCHANGED]),
        ],
        files=_files(run),
        fates=pl.DataFrame({"fate": list(counts), "records": list(counts.values())}),
        balance=[f"{numeral(run.balance.rows)} = " + " + ".join(fates_counted(counts))],
        classes=run.evidence.screening.proposed.select("record_id").join(
            run.evidence.screening.classes, on="record_id"
        ),
        pairs=_pairs(run),
        numbers=[(code, n) for code, n in run.numbered.counts.items() if n],
        uploads=_uploads(uploads),
        left_out=_left_out(run),
        work=[
            (tr("merges"), run.work.merge.height),
            (tr("removals"), run.work.remove.height),
            (tr("below others, to be moved first"), _rehung(run)),
            (
                tr("ticked as done, not seen in a download yet"),
                sum(key in run.state.done for key in run.work.keys.values()),
            ),
            (tr("verified in a fresh download"), run.orders.counts[VERIFIED]),
            (tr("by hand"), run.work.by_hand.height),
        ],
        verification=_verified(run),
        unexpected=_unexpected(run),
        carried=_carried(run),
        language=language,
    )


def _rehung(run: Run) -> int:
    return run.work.by_hand.filter(pl.col("reason") == "child_rehung").height


def _doubts(inbox: Inbox) -> list[str]:
    """Say what of the inbox is not read, or could be meant otherwise."""
    doubts = [
        tr("{file}: {doubt}", file=file.name, doubt=doubt)
        for file in inbox.files
        for doubt in file.export.report.ambiguous
    ]
    others = [
        tr("{file} is left out: it is of another company", file=file.name)
        for file in inbox.left_out
    ]
    return [*dict.fromkeys(doubts), *others]


def _files(run: Run) -> pl.DataFrame:
    rows = [
        (
            file.name,
            table_said(file.export.system, file.export.kind),
            file.export.report.rows_read,
            len(file.export.report.rejected),
            len(file.export.report.repairs),
        )
        for file in run.inbox.files
    ]
    names = ["file", "what", "rows", "rejected", "repaired"]
    return pl.DataFrame(rows, schema=names, orient="row")


def _pairs(run: Run) -> pl.DataFrame:
    waits = run.queue.select("left_id", "right_id", open=pl.lit(value=True))
    together, groups = Verdict.SAME.value, run.state.groups
    found: pl.DataFrame = run.evidence.matches.to_review()
    pairs = found.select("left_id", "right_id", "weight")
    verdicts = [
        together if groups.get(left, left) == groups.get(right, right) else Verdict.DIFFERENT
        for left, right in pairs.select("left_id", "right_id").iter_rows()
    ]
    return (
        pairs.with_columns(verdict=pl.Series(verdicts, dtype=pl.String))
        .join(waits, on=["left_id", "right_id"], how="left")
        .with_columns(verdict=pl.when(pl.col("open").is_null()).then(pl.col("verdict")))
        .select("weight", "verdict")
    )


def _uploads(uploads: Mapping[int, Upload]) -> pl.DataFrame:
    rows = [
        (f"round-{index}/{file.path.name}", file.rows, file.bytes)
        for index, one in sorted(uploads.items())
        for file in one.files
    ]
    schema = {"file": pl.String, "rows": pl.Int64, "bytes": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _left_out(run: Run) -> pl.DataFrame:
    reasons = run.balance.fates.filter(pl.col("reason") != "")
    return reasons.group_by("reason").agg(records=pl.len()).sort("reason")


def _verified(run: Run) -> list[tuple[str, int]]:
    found = run.verification
    if found is None:
        return []
    return [
        (tr("done"), found.done.height),
        (tr("not done"), found.not_done.height),
        (tr("not typed by hand"), found.left.height),
        (tr("changed by somebody else"), found.unexpected.height),
    ]


def _unexpected(run: Run) -> list[tuple[str, int]]:
    """Count by field what was changed unexpectedly since the download before."""
    if run.verification is None:
        return []
    fields = run.verification.unexpected["field"].value_counts().sort("field")
    return [(label(field.removeprefix("extra: ")), n) for field, n in fields.iter_rows()]


def _carried(run: Run) -> list[tuple[str, int]]:
    if len(run.inbox.downloads) == 1:
        return []
    found = run.carried
    return [
        (tr("decisions that hold on this download"), found.held),
        (tr("of these on records with another id now"), found.moved),
        (tr("asked again: what was seen has changed"), len(found.changed)),
        (tr("without their record: it is not in the list any more"), found.orphans.height),
    ]


def problems(run: Run, rejected: Mapping[str, Rejected]) -> pl.DataFrame:
    """Collect every value that needs a person, with file, line and suggestion."""
    rows = [
        *_refused_lines(run),
        *_issues(run),
        *_changes(run),
        *_orphans(run),
        *_refused_rows(run, rejected),
    ]
    return pl.DataFrame(rows, schema=no_errors().schema, orient="row")


def _refused_lines(run: Run) -> list[Row]:
    return [
        _row(file.name, line.line, "", "", line.text, line.reason, "", "error")
        for file in run.inbox.files
        for line in file.export.report.rejected
    ]


def _issues(run: Run) -> list[Row]:
    asked = {left.record_id for left in run.left_out if left.reason == "asked"}
    places = _places(run)

    def severity(issue: Issue) -> str:
        return "error" if (issue.field, issue.record_id in asked) == (NUMBER, True) else "note"

    return [
        _row(
            *places.get(issue.record_id, ("", "")),
            issue.record_id,
            issue.field,
            issue.value,
            issue.message,
            tr("project.give(record_id, number)") if severity(issue) == "error" else "",
            severity(issue),
        )
        for issue in run.issues
    ]


def _places(run: Run) -> dict[str, tuple[str, str]]:
    """Name for each record its file and line."""
    table = run.evidence.clients.table
    return {
        record: (file, line)
        for record, file, line in table.select(
            "record_id", "source_file", "source_row"
        ).iter_rows()
    }


def _changes(run: Run) -> list[Row]:
    """Give what was seen when deciding and is different now; it is asked again."""
    places = _places(run)
    missing = tr("(nothing)")
    lost = tr("(in no file that was kept)")
    return [
        _row(
            *places.get(row["record_id"], ("", "")),
            row["record_id"],
            row["field"],
            f"{(row['before'] or missing) if row['seen_in'] else lost} → "
            f"{row['now'] or missing}",
            tr("changed since it was decided"),
            tr("decide again: it is among what waits for you"),
            "warning",
        )
        for row in run.changed.table.iter_rows(named=True)
    ]


def _orphans(run: Run) -> list[Row]:
    return [
        _row(
            row["last_seen"], "", row["missing"], "record", "",
            tr("a decision has lost its record: it is not in the list any more"),
            tr("perhaps it is now: {ids}", ids=row["perhaps"]) if row["perhaps"] else "",
            "note",
        )
        for row in run.orphans.iter_rows(named=True)
    ]  # fmt: skip


def _refused_rows(run: Run, rejected: Mapping[str, Rejected]) -> list[Row]:
    """Give the refused rows; an error until one was accepted, or decided otherwise."""
    waiting = set(run.open_failures())
    return [
        _row(
            name, row["line"], row["record_id"], row["field"], row["number"], row["message"],
            row["suggestion"], "error" if row["record_id"] in waiting else "note",
        )
        for name, log in sorted(rejected.items())
        for row in log.rows.iter_rows(named=True)
    ]  # fmt: skip


def _row(*values: object) -> Row:
    names = no_errors().columns
    return dict(zip(names, ("" if value is None else str(value) for value in values)))
