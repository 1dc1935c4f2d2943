"""What `custclean read` says: of one file all there is to know, of several a line for each.

On a terminal the values of a few rows are shown: who asks for a file wants to see it. What
goes to a machine (`--json`) holds counts, headings and names of files, never a value.
"""

from __future__ import annotations

import re
import shlex
import sys
import textwrap
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from custclean.labels import kind_said, label
from custclean.stages.read_company import which_company
from custclean.systems import title_of
from custclean.systems._fields import base_of
from custclean.words import numeral, tr, trn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from custclean.stages.mapping import ColumnMapping
    from custclean.stages.read import Export
    from custclean.stages.read_many import Exports, Refused

__all__ = ["as_options", "facts", "facts_of_all", "say_all", "say_export", "say_proposal"]

OURS = ("record_id", "system", "kind", "source_file")
ROWS = 5
WIDTH = 28  # letters of a value that are shown
PIPED = 160  # columns where nobody says how wide it is
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
    """Give what is known of several files, for machines: no value, so no reasons."""
    names = ("file", "part", "system", "kind", "rows", "rejected", "uncertain")
    return {
        "tables": [{name: facts(each)[name] for name in names} for each in found],
        "refused": [
            {"file": each.file, "part": each.part, "state": each.state}
            for each in found.refused
        ],
        "companies": {name: list(files) for name, files in found.companies.items()},
    }


def say_export(export: Export) -> None:
    """Say what a file is, how it was read, and what became of each part of it."""
    console = _console()
    report = export.report
    name = "/".join(filter(None, (report.file, report.part)))
    rows = trn("{n:,} row", "{n:,} rows", len(export))
    title = title_of(export.system)
    kind = kind_said(export.kind)
    _say(console, f"{name}: {title}, {kind}, {rows}", style="bold")
    _say(console, "")
    for told, lines in _account(export):
        for place, line in enumerate(lines):
            _hang(console, f"{'' if place else told:>{MARGIN - 2}}  ", line)
    _say(console, "")
    _preview(console, export)
    _fields(console, export)


def _hang(console: Console, start: str, line: str) -> None:
    """Say a line, on a terminal broken so that what goes on stands below its beginning."""
    room = max(MARGIN, console.width - MARGIN) if console.is_terminal else sys.maxsize
    for piece in textwrap.wrap(_shown(line), room, break_on_hyphens=False) or [""]:
        _say(console, start + piece)
        start = " " * MARGIN


def _account(export: Export) -> list[tuple[str, Sequence[str]]]:
    report = export.report
    said = [
        (tr("read as"), [_read_as(export)]),
        (tr("why"), list(report.evidence)),
        (tr("no rows"), [f"{_line(each.line)}: {each.text}" for each in report.notes]),
        (tr("repaired"), [f"{_line(e.line, e.rows)}: {e.what}" for e in report.repairs]),
        (tr("rejected"), [f"{_line(each.line)}: {each.reason}" for each in report.rejected]),
        (
            tr("look at"),
            [f"{_line(e.line, e.rows)}: {e.what}" if e.line else e.what for e in report.flags],
        ),
        (tr("to know"), [*map(as_options, report.ambiguous)]),
        (tr("account"), [_lost(report.lost())]),
    ]
    return [(label, _first(lines)) for label, lines in said]


def _lost(lost: Mapping[str, int]) -> str:
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
    """Show as many columns of the first rows as there is room for."""
    head = export.table.drop(*OURS, strict=False).head(ROWS)
    shown, room = [], console.width
    for column in head.iter_columns():
        cells = [column.name, *(_cut(_shown(cell or "")) for cell in column)]
        width = max(map(len, cells)) + 1
        if column.null_count() < len(head) and width <= room:
            shown.append(cells)
            room -= width
    if not shown:
        return
    table = _table(console, tr("First rows"), *(cells[0] for cells in shown))
    for row in zip(*(cells[1:] for cells in shown)):
        table.add_row(*map(Text, row))
    console.print(table)
    _say(console, "")


def _cut(text: str) -> str:
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"


def _fields(console: Console, export: Export) -> None:
    table = _table(console, tr("Columns"), tr("heading"), tr("field"))
    for field, heading in export.report.headings.items():
        table.add_row(Text(_shown(heading)), _field(field))
    for heading in export.extra.columns[1:]:
        if heading not in export.report.headings.values():
            table.add_row(Text(_shown(heading)), tr("kept beside"))
    console.print(table)


def say_proposal(mapping: ColumnMapping, path: Path) -> None:
    """Say what the columns of a table that nobody knows could be, and how to accept it."""
    console = _console()
    title = tr("No system knows it. As {kind} it could be:", kind=kind_said(mapping.kind))
    table = _table(console, title, tr("heading"), tr("field"), tr("why"))
    for heading, field in mapping.columns.items():
        table.add_row(Text(_shown(heading)), _field(field), mapping.why[heading])
    for heading in mapping.beside:
        table.add_row(Text(_shown(heading)), tr("kept beside"), "")
    console.print(table)
    _say(console, tr("To accept it: custclean read {path} --accept custclean.toml", path=path))
    _say(console, tr("To correct it, in a notebook: custclean.map_columns(path)"))


def say_all(found: Exports, where: Sequence[str] = ()) -> None:
    """Say in a line for each table what it is, the sum of each kind, and what to look at."""
    console = _console()
    table = _table(console, "", tr("file"), tr("what it is"), tr("rows"))
    table.columns[2].justify = "right"
    sums: Counter[str] = Counter()
    look = []
    for each in found:
        name = "/".join(filter(None, (each.report.file, each.report.part)))
        what = f"{title_of(each.system)}: {kind_said(each.kind)}"
        table.add_row(Text(_shown(name)), what, numeral(len(each)))
        sums[each.kind] += len(each)
        look.append((name, _to_know(each)))
    console.print(table)
    _say(console, "")
    if len(found) > 1:
        rows = tr("rows")
        total = ", ".join(f"{kind_said(kind)} {numeral(n)}" for kind, n in sums.items())
        _hang(console, f"{rows:>{MARGIN - 2}}  ", total)
        _say(console, "")
    look += [(each.name, _refused(each)) for each in found.refused]
    _look_at(console, [(name, why) for name, why in look if why])
    _propose(console, found, where)
    if len(found.companies) > 1:
        _say(console, which_company(found.companies))


def _look_at(console: Console, lines: Sequence[tuple[str, str]]) -> None:
    """Say of which tables there is more to know, and what is no table."""
    if not lines:
        return
    table = _table(console, "", tr("file"), tr("to know"))
    for name, why in lines:
        table.add_row(Text(_shown(name)), Text(_shown(why)))
    console.print(table)
    _say(console, "")


def _propose(console: Console, found: Exports, where: Sequence[str]) -> None:
    """Say how the first table that nobody knows can be read."""
    none = [each for each in found.refused if each.state == "unknown"]
    unknown = min(none, key=lambda each: bool(each.part), default=None)  # a whole file first
    if unknown is None:
        return
    inside = [Path(each) / unknown.file for each in where if Path(each).is_dir()]
    given = [Path(each) for each in where if Path(each).name == unknown.file]
    path = next((each for each in (*inside, *given) if each.exists()), Path(unknown.file))
    words = [str(path), *(["--part", unknown.part] if unknown.part else [])]
    how = " ".join(map(shlex.quote, words))
    _say(console, tr("custclean read {file} proposes a mapping", file=how))


def _refused(one: Refused) -> str:
    if one.state == "unknown":
        return tr("not known")
    why = as_options(one.reason).removeprefix(f"{one.file}: ")
    state = tr("left out") if one.state == "left_out" else tr("cannot be read")
    return f"{state}: {why}"


def _to_know(export: Export) -> str:
    report = export.report
    told = []
    if report.rejected:
        told.append(trn("{n:,} rejected", "{n:,} rejected", len(report.rejected)))
    if report.repairs:
        told.append(trn("{n:,} repaired", "{n:,} repaired", len(report.repairs)))
    if report.uncertain:
        told.append(tr("the encoding {encoding} is a guess", encoding=report.encoding))
    if report.misread:
        cells = sum(report.misread.values())
        told.append(trn("{n:,} misread cell", "{n:,} misread cells", cells))
    if report.flags:
        rows = sum(each.rows for each in report.flags)
        told.append(trn("{n:,} row to look at", "{n:,} rows to look at", rows))
    return ", ".join(told)


def _field(field: str) -> str:
    """Name a field as settings and tables do, and as people do."""
    said = label(base_of(field))
    return field if said == base_of(field) else f"{field} ({said})"


def _table(console: Console, title: str, *headings: str) -> Table:
    """Say the title above, whole: in the table it would be as narrow as that is."""
    if title:
        _say(console, title, style="italic")
    table = Table(box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _console() -> Console:
    """Give the terminal; for a pipe plain text, as wide as it needs."""
    wide = None if sys.stdout.isatty() else PIPED
    return Console(width=wide, highlight=False, markup=False, emoji=False)


def _say(console: Console, line: str, style: str = "") -> None:
    console.print(Text(_shown(line), style=style), soft_wrap=True)


def _shown(text: str) -> str:
    """Make visible what could steer a terminal or turn the reading direction."""
    return HIDDEN.sub(lambda found: SHOWN.get(found[0], "·"), text)
