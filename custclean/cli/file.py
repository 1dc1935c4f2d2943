"""What `custclean read` says of one file: all there is to know.

On a terminal the values of a few rows are shown: who asks for a file wants to see it. What
goes to a machine (`--json`) holds counts, headings and names of files, never a value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from custclean.cli.console import MARGIN, hang, say_line, table, terminal, visible, wrapped
from custclean.cli.proposal import field_said
from custclean.cli.talk import as_options, with_colon
from custclean.labels import kind_said
from custclean.systems import title_of
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Console

    from custclean.stages.read import Export
    from custclean.tables import RejectedLine

__all__ = ["facts", "say_export"]

OURS = ("record_id", "system", "kind", "source_file")
ROWS = 5
WIDTH = 28  # letters of a value that are shown
REJECTED = 80  # letters of a row that is not in the table
TEXT = "text"  # the format of which every letter is counted
GAP = 2  # blanks between the columns of a table
TELLING = (  # the fields by which a person knows who a row is, these first
    "display_name", "parent", "email", "phone", "city", "customer_number", "given_name",
    "family_name", "company", "mobile", "postcode", "street", "country", "tax_id",
)  # fmt: skip
NAMES = {  # of the languages, each in its own
    "en": "English", "it": "italiano", "pt": "português", "fr": "français",
    "es": "español", "da": "dansk", "de": "Deutsch",
}  # fmt: skip
MANY = 8  # lines of a kind that are listed


def facts(export: Export) -> dict[str, Any]:
    """Give what is known of a file, for machines."""
    report = export.report
    return {
        "file": report.file,
        "format": report.format,
        "part": report.part,
        "system": report.system,
        "kind": report.kind,
        "language": report.language,
        "encoding": report.encoding,
        "uncertain": report.uncertain,
        "delimiter": report.delimiter,
        "header_row": report.header_row,
        "rows_read": report.rows_read,
        "rows": len(export),
        "notes": len(report.notes),
        "repaired": len(report.repairs),
        "rejected": len(report.rejected),
        "flagged": len(report.flags),
        "misread": sum(report.misread.values()),
        "fields": dict(report.headings),
        "beside": export.extra.columns[1:],
        "lost": sum(abs(n) for n in report.lost().values()),
    }


def say_export(export: Export) -> None:
    """Say what a file is, how it was read, and what became of each part of it."""
    console = terminal()
    report = export.report
    name = "/".join(filter(None, (report.file, report.part)))
    rows = _rows(export)
    title = title_of(export.system)
    kind = kind_said(export.kind)
    wrapped(console, f"{name}: {title}, {kind}, {rows}", "bold")
    say_line(console, "")
    for told, lines in _account(export):
        for place, line in enumerate(lines):
            hang(console, f"{'' if place else told:>{MARGIN - 2}}  ", line)
    say_line(console, "")
    _preview(console, export)
    _fields(console, export)


def _rows(export: Export) -> str:
    if refused := len(export.report.rejected):
        both = {"shown": len(export), "all": len(export) + refused}
        return tr("{shown:,} of {all:,} rows", **both)
    return trn("{n:,} row", "{n:,} rows", len(export))


def _account(export: Export) -> list[tuple[str, Sequence[str]]]:
    report = export.report
    said = [
        (tr("read as"), [_read_as(export)]),
        (tr("why"), list(report.evidence)),
        (tr("no rows"), [with_colon(_line(each.line), each.text) for each in report.notes]),
        (tr("repaired"), [with_colon(_line(e.line, e.rows), e.what) for e in report.repairs]),
        (tr("rejected"), [_rejected(each) for each in report.rejected]),
        (
            tr("look at"),
            [
                with_colon(_line(e.line, e.rows), e.what) if e.line else e.what
                for e in report.flags
            ],
        ),
        (tr("to know"), [*map(as_options, report.ambiguous)]),
        (tr("account"), [_lost(report.lost(), report.format)]),
    ]
    return [(label, _first(lines)) for label, lines in said]


def _rejected(one: RejectedLine) -> str:
    """Say where a row stands that is not in the table, why, and how it begins."""
    why = with_colon(one.reason, _cut(one.text, REJECTED)) if one.text else one.reason
    return with_colon(_line(one.line), why)


def _lost(lost: Mapping[str, int], form: str) -> str:
    if not lost and form != TEXT:  # of these the records are counted, not the letters
        return tr("no record is lost: each is in rows, notes or rejects")
    if not lost:
        return tr("nothing is lost: all of the file is in rows, notes or rejects")
    return tr("lost: {what}", what=", ".join(f"{n} × {key}" for key, n in lost.items()))


def _read_as(export: Export) -> str:
    report = export.report
    encoding = report.encoding
    if report.uncertain:
        encoding = tr("{encoding} (a guess)", encoding=encoding)
    where = tr("headings in line {n}", n=report.header_row)
    told = [report.format, encoding, where if report.header_row else tr("no headings")]
    if report.delimiter:
        mark = tr("tab") if report.delimiter == "\t" else f"'{report.delimiter}'"
        told.insert(2, tr("delimiter {mark}", mark=mark))
    if report.language and report.header_row:
        known = NAMES.get(report.language, report.language)
        told.append(tr("in {language}", language=known))
    return ", ".join(told)


def _line(line: int, rows: int = 1) -> str:
    if rows > 1:
        return tr("line {n} and {more} more", n=line, more=rows - 1)
    return tr("line {n}", n=line)


def _first(lines: Sequence[str]) -> list[str]:
    rest = len(lines) - MANY
    return [*lines[:MANY], *([tr("and {n} more", n=rest)] if rest > 0 else [])]


def _preview(console: Console, export: Export) -> None:
    """Show the first rows, as many columns as there is room for, and name the others."""
    head = export.table.drop(*OURS, strict=False).head(ROWS)
    columns = {
        column.name: [column.name, *(_cut(visible(cell or "")) for cell in column)]
        for column in head.iter_columns()
        if column.null_count() < len(head)
    }
    if not columns:
        return
    shown = _fitting({name: max(map(cell_len, columns[name])) for name in columns}, console)
    rows = zip(*(columns[name][1:] for name in shown))
    table(console, tr("First rows"), shown, rows)
    if len(export) > ROWS:
        say_line(console, tr("and {n} more", n=len(export) - ROWS))
    if rest := [name for name in columns if name not in shown]:
        wrapped(console, tr("no room for: {what}", what=", ".join(rest)))
    say_line(console, "")


def _fitting(widths: Mapping[str, int], console: Console) -> list[str]:
    """Choose the columns for which there is room, first those that tell most who it is."""
    first = [name for name in TELLING if name in widths]
    room, chosen = console.width + GAP, set()
    for name in dict.fromkeys([*first, *widths]):  # a narrow one may fit behind a wide one
        if widths[name] + GAP <= room:
            chosen.add(name)
            room -= widths[name] + GAP
    return [name for name in widths if name in chosen]


def _cut(text: str, width: int = WIDTH) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _fields(console: Console, export: Export) -> None:
    headings = export.report.headings
    rows = [(heading, field_said(field)) for field, heading in headings.items()]
    rows += [
        (heading, tr("kept beside"))
        for heading in export.extra.columns[1:]
        if heading not in headings.values()
    ]
    table(console, tr("Columns"), (tr("heading"), tr("field")), rows)
