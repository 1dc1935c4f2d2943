"""What `custclean read` says of several files: a line a table, sums, what to look at."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from custclean.cli.console import MARGIN, hang, say_line, table, terminal, wrapped
from custclean.cli.file import facts
from custclean.cli.proposal import as_command
from custclean.cli.talk import as_options, with_colon
from custclean.labels import kind_said
from custclean.stages.read_company import which_company
from custclean.stages.read_many import files_in
from custclean.systems import table_said
from custclean.words import numeral, tr, trn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from custclean.stages.read import Export
    from custclean.stages.read_many import Exports, Refused

__all__ = ["facts_of_all", "say_all"]


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


def say_all(found: Exports, where: Sequence[str] = ()) -> None:
    """Say in a line for each table what it is, the sum of each kind, and what to look at."""
    console = terminal()
    rows = []
    sums: Counter[str] = Counter()
    look = []
    for each in found:
        name = "/".join(filter(None, (each.report.file, each.report.part)))
        what = table_said(each.system, each.kind)
        rows.append((name, what, numeral(len(each))))
        sums[each.kind] += len(each)
        look.append((name, _to_know(each)))
    table(console, "", (tr("file"), tr("what it is"), tr("rows")), rows, right=2)
    say_line(console, "")
    if len(found) > 1:
        total = ", ".join(f"{kind_said(kind)} {numeral(n)}" for kind, n in sums.items())
        told = tr("rows")
        hang(console, f"{told:>{MARGIN - 2}}  ", total)
        say_line(console, "")
    look += [(each.name, _refused(each)) for each in found.refused]
    _look_at(console, [(name, why) for name, why in look if why])
    _propose(console, found, where)
    if len(found.companies) > 1:
        wrapped(console, which_company(found.companies))


def _look_at(console: Console, lines: Sequence[tuple[str, str]]) -> None:
    """Say of which tables there is more to know, and what is no table."""
    if not lines:
        return
    table(console, "", (tr("file"), tr("to know")), lines)
    say_line(console, "")


def _propose(console: Console, found: Exports, where: Sequence[str]) -> None:
    """Say how the first table that nobody knows can be read."""
    none = [each for each in found.refused if each.state == "unknown"]
    unknown = min(none, key=lambda each: bool(each.part), default=None)  # a whole file first
    if unknown is None:
        return
    path = next((each for each in files_in(where) if each.name == unknown.file), unknown.file)
    how = as_command(Path(path), {"part": unknown.part})
    wrapped(console, tr("custclean read {file} proposes a mapping", file=how))


def _refused(one: Refused) -> str:
    if one.state == "unknown":
        return tr("not known")
    why = as_options(one.reason).removeprefix(one.file).lstrip(":, ")
    state = tr("left out") if one.state == "left_out" else tr("cannot be read")
    return with_colon(state, why)


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
