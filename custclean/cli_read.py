"""What `custclean read` says: of one file all there is to know, of several a line for each.

On a terminal the values of a few rows are shown: who asks for a file wants to see it. What
goes to a machine (`--json`) holds counts, headings and names of files, never a value.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
import textwrap
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from custclean.labels import kind_said, label
from custclean.stages.read_company import which_company
from custclean.stages.read_many import files_in
from custclean.stages.read_told import settings_file
from custclean.systems import table_said, title_of
from custclean.systems._fields import base_of
from custclean.words import numeral, tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from custclean.stages.mapping import ColumnMapping
    from custclean.stages.read import Export
    from custclean.stages.read_many import Exports, Refused
    from custclean.tables import RejectedLine

__all__ = [
    "as_options",
    "facts",
    "facts_of_all",
    "say_accepted",
    "say_all",
    "say_export",
    "say_proposal",
]

OURS = ("record_id", "system", "kind", "source_file")
ROWS = 5
WIDTH = 28  # letters of a value that are shown
REJECTED = 80  # letters of a row that is not in the table
PIPED = 160  # columns where nobody says how wide it is
TEXT = "text"  # the format of which every letter is counted
COLUMNS = "COLUMNS"  # the variable by which a shell says how wide it is
GAP = 2  # blanks between the columns of a table
TELLING = (  # the fields by which a person knows who a row is, these first
    "display_name", "parent", "email", "phone", "city", "customer_number", "given_name",
    "family_name", "company", "mobile", "postcode", "street", "country", "tax_id",
)  # fmt: skip
MARGIN = 14  # letters before what is said of a file
NAMES = {  # of the languages, each in its own
    "en": "English", "it": "italiano", "pt": "português", "fr": "français",
    "es": "español", "da": "dansk", "de": "Deutsch",
}  # fmt: skip
MANY = 8  # lines of a kind that are listed
HIDDEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
ARGUMENT = re.compile(  # as the sentences name it that a notebook shows, too
    r"\b(part|system|kind|encoding|delimiter|header_row|mend)=(?:True\b|(?=[\s,;:.]|$))"
)
SHOWN = {"\t": "→", "\n": "⏎", "\r": ""}


def as_options(sentence: str) -> str:
    """Name the arguments of a call in a sentence as this command does.

    >>> as_options("mend=True mends it, header_row= says where; a=b")
    '--mend mends it, --header-row says where; a=b'
    """
    return ARGUMENT.sub(lambda found: f"--{found[1].replace('_', '-')}", sentence)


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


def facts_of_all(found: Exports) -> dict[str, Any]:
    """Give what is known of several files, for machines: no value."""
    names = ("file", "part", "system", "kind", "rows", "rejected", "uncertain")
    return {
        "tables": [{name: facts(each)[name] for name in names} for each in found],
        "refused": [
            {
                "file": each.file,
                "part": each.part,
                "state": each.state,
                "reason": each.message or each.reason,
            }
            for each in found.refused
        ],
        "companies": {name: list(files) for name, files in found.companies.items()},
    }


def say_export(export: Export) -> None:
    """Say what a file is, how it was read, and what became of each part of it."""
    console = _console()
    report = export.report
    name = "/".join(filter(None, (report.file, report.part)))
    rows = _rows(export)
    title = title_of(export.system)
    kind = kind_said(export.kind)
    _wrapped(console, f"{name}: {title}, {kind}, {rows}", "bold")
    _say(console, "")
    for told, lines in _account(export):
        for place, line in enumerate(lines):
            _hang(console, f"{'' if place else told:>{MARGIN - 2}}  ", line)
    _say(console, "")
    _preview(console, export)
    _fields(console, export)


def _rows(export: Export) -> str:
    if refused := len(export.report.rejected):
        both = {"shown": len(export), "all": len(export) + refused}
        return tr("{shown:,} of {all:,} rows", **both)
    return trn("{n:,} row", "{n:,} rows", len(export))


def _hang(console: Console, start: str, line: str) -> None:
    """Say a line, on a terminal broken so that what goes on stands below its beginning."""
    room = max(MARGIN, _room(console) - MARGIN)
    for piece in textwrap.wrap(_shown(line), room, break_on_hyphens=False) or [""]:
        _say(console, start + piece)
        start = " " * MARGIN


def _account(export: Export) -> list[tuple[str, Sequence[str]]]:
    report = export.report
    said = [
        (tr("read as"), [_read_as(export)]),
        (tr("why"), list(report.evidence)),
        (tr("no rows"), [_of(_line(each.line), each.text) for each in report.notes]),
        (tr("repaired"), [_of(_line(e.line, e.rows), e.what) for e in report.repairs]),
        (tr("rejected"), [_rejected(each) for each in report.rejected]),
        (
            tr("look at"),
            [_of(_line(e.line, e.rows), e.what) if e.line else e.what for e in report.flags],
        ),
        (tr("to know"), [*map(as_options, report.ambiguous)]),
        (tr("account"), [_lost(report.lost(), report.format)]),
    ]
    return [(label, _first(lines)) for label, lines in said]


def _rejected(one: RejectedLine) -> str:
    """Say where a row stands that is not in the table, why, and how it begins."""
    why = _of(one.reason, _cut(one.text, REJECTED)) if one.text else one.reason
    return _of(_line(one.line), why)


def _of(what: str, told: str) -> str:
    """Join with a colon, as the language writes it."""
    return tr("{name}: {what}", name=what, what=told)


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


def _wrapped(console: Console, line: str, style: str = "") -> None:
    """Say a line, on a terminal broken between words; a path stays whole, to be pasted."""
    pieces = textwrap.wrap(
        _shown(line), _room(console), break_long_words=False, break_on_hyphens=False
    )
    for piece in pieces:
        _say(console, piece, style)


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
        column.name: [column.name, *(_cut(_shown(cell or "")) for cell in column)]
        for column in head.iter_columns()
        if column.null_count() < len(head)
    }
    if not columns:
        return
    shown = _fitting({name: max(map(cell_len, columns[name])) for name in columns}, console)
    rows = zip(*(columns[name][1:] for name in shown))
    _table(console, tr("First rows"), shown, rows)
    if len(export) > ROWS:
        _say(console, tr("and {n} more", n=len(export) - ROWS))
    if rest := [name for name in columns if name not in shown]:
        _wrapped(console, tr("no room for: {what}", what=", ".join(rest)))
    _say(console, "")


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
    rows = [(heading, _field(field)) for field, heading in headings.items()]
    rows += [
        (heading, tr("kept beside"))
        for heading in export.extra.columns[1:]
        if heading not in headings.values()
    ]
    _table(console, tr("Columns"), (tr("heading"), tr("field")), rows)


def say_proposal(mapping: ColumnMapping, path: Path, how: Mapping[str, Any]) -> None:
    """Say what the columns of a table that nobody knows could be, and how to accept it.

    `how` holds the options with which it was read, by their names in a call.
    """
    console = _console()
    title = tr("No system knows it. As {kind} it could be:", kind=kind_said(mapping.kind))
    rows = [
        (heading, _field(field), mapping.why[heading])
        for heading, field in mapping.columns.items()
    ]
    rows += [(heading, tr("kept beside"), "") for heading in mapping.beside]
    _table(console, title, (tr("heading"), tr("field"), tr("why")), rows)
    target = shlex.quote(str(how.get("settings") or settings_file(path)))
    again = _command(path, {name: how[name] for name in how if name != "settings"})
    _wrapped(
        console,
        tr("To accept it: custclean read {path} --accept {file}", path=again, file=target),
    )
    _wrapped(console, tr("To correct it, in a notebook: custclean.map_columns(path)"))


def say_accepted(path: Path, saved: Path | None) -> None:
    """Say where a mapping was saved, and whether it is found there by itself."""
    console = _console()
    if saved is None:
        _wrapped(console, tr("It is known already: nothing was saved."))
        return
    _wrapped(
        console, tr("Saved in {file}: files with these headings are read so.", file=saved)
    )
    if saved.absolute() != settings_file(path).absolute():
        _wrapped(
            console,
            tr("It is used where you say --settings {file}", file=shlex.quote(str(saved))),
        )


def _command(path: Path, options: Mapping[str, Any]) -> str:
    """Write a file and options as a shell takes them."""
    given = [
        (f"--{name.replace('_', '-')}", value)
        for name, value in options.items()
        if value not in (None, "")
    ]
    words = [
        word for name, value in given for word in ([name] if value is True else [name, value])
    ]
    return " ".join(shlex.quote(str(word)) for word in (path, *words))


def say_all(found: Exports, where: Sequence[str] = ()) -> None:
    """Say in a line for each table what it is, the sum of each kind, and what to look at."""
    console = _console()
    rows = []
    sums: Counter[str] = Counter()
    look = []
    for each in found:
        name = "/".join(filter(None, (each.report.file, each.report.part)))
        what = table_said(each.system, each.kind)
        rows.append((name, what, numeral(len(each))))
        sums[each.kind] += len(each)
        look.append((name, _to_know(each)))
    _table(console, "", (tr("file"), tr("what it is"), tr("rows")), rows, right=2)
    _say(console, "")
    if len(found) > 1:
        total = ", ".join(f"{kind_said(kind)} {numeral(n)}" for kind, n in sums.items())
        told = tr("rows")
        _hang(console, f"{told:>{MARGIN - 2}}  ", total)
        _say(console, "")
    look += [(each.name, _refused(each)) for each in found.refused]
    _look_at(console, [(name, why) for name, why in look if why])
    _propose(console, found, where)
    if len(found.companies) > 1:
        _wrapped(console, which_company(found.companies))


def _look_at(console: Console, lines: Sequence[tuple[str, str]]) -> None:
    """Say of which tables there is more to know, and what is no table."""
    if not lines:
        return
    _table(console, "", (tr("file"), tr("to know")), lines)
    _say(console, "")


def _propose(console: Console, found: Exports, where: Sequence[str]) -> None:
    """Say how the first table that nobody knows can be read."""
    none = [each for each in found.refused if each.state == "unknown"]
    unknown = min(none, key=lambda each: bool(each.part), default=None)  # a whole file first
    if unknown is None:
        return
    path = next((each for each in files_in(where) if each.name == unknown.file), unknown.file)
    how = _command(Path(path), {"part": unknown.part})
    _wrapped(console, tr("custclean read {file} proposes a mapping", file=how))


def _refused(one: Refused) -> str:
    if one.state == "unknown":
        return tr("not known")
    why = as_options(one.reason).removeprefix(one.file).lstrip(":, ")
    state = tr("left out") if one.state == "left_out" else tr("cannot be read")
    return _of(state, why)


def _to_know(export: Export) -> str:
    report = export.report
    told = [] if len(export) else [tr("no row stands below the headings")]
    if report.rejected:
        told.append(trn("{n:,} rejected", "{n:,} rejected", len(report.rejected)))
    if report.repairs:
        told.append(trn("{n:,} repaired", "{n:,} repaired", len(report.repairs)))
    if report.uncertain:
        told.append(tr("the encoding {encoding} is a guess", encoding=report.encoding))
    if report.misread:
        cells = sum(report.misread.values())
        told.append(trn("{n:,} misread cell", "{n:,} misread cells", cells))
    if report.damaged:
        told.append(trn("{n:,} damaged value", "{n:,} damaged values", report.damaged))
    rows = sum(each.rows for each in report.flags if each.line)
    if rows:
        told.append(trn("{n:,} row to look at", "{n:,} rows to look at", rows))
    beside = sum(not each.line for each in report.flags)
    if beside:
        told.append(
            trn("{n:,} file beside it not read", "{n:,} files beside it not read", beside)
        )
    return ", ".join(told)


def _field(field: str) -> str:
    """Name a field as settings and tables do, and as people do."""
    said = next((each for each in map(label, (field, base_of(field))) if each != field), field)
    return field if said in {field, base_of(field)} else f"{field} ({said})"


def _table(
    console: Console,
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    right: int | None = None,
) -> None:
    """Show a table; no word of it is broken that is shorter than three fifths of a line.

    The title stands above, whole: in the table it would be as narrow as that is.
    """
    if title:
        _say(console, title, style="italic")
    table = Table(box=None, pad_edge=False)
    shown = [[_shown(cell) for cell in row] for row in rows]
    for place, column in enumerate(zip(headings, *shown, strict=True)):
        words = [word for cell in column for word in cell.split()]
        widest = min(max(map(cell_len, words), default=0), console.width * 3 // 5)
        side: Literal["left", "right"] = "right" if place == right else "left"
        table.add_column(column[0], overflow="fold", min_width=widest, justify=side)
    for row in shown:
        table.add_row(*map(Text, row))
    console.print(table)


def _console() -> Console:
    """Give the terminal; for a pipe plain text, as wide as it needs."""
    wide = None if sys.stdout.isatty() or COLUMNS in os.environ else PIPED
    return Console(width=wide, highlight=False, markup=False, emoji=False)


def _room(console: Console) -> int:
    """Give the letters of a line: without end where nobody says how wide it is."""
    return console.width if console.is_terminal or COLUMNS in os.environ else sys.maxsize


def _say(console: Console, line: str, style: str = "") -> None:
    console.print(Text(_shown(line), style=style), soft_wrap=True)


def _shown(text: str) -> str:
    """Make visible what could steer a terminal or turn the reading direction."""
    return HIDDEN.sub(lambda found: SHOWN.get(found[0], "·"), text)
