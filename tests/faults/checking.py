"""What was read of a case, held against what should be: every value, every list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custclean.errors import CustcleanError
from custclean.tables.raw import Asked
from custclean.tables.reading import best_part, read_tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from custclean.tables.raw import RawTable
    from tests.faults.cases import Case

__all__ = ["differences"]


def differences(case: Case, folder: Path) -> list[str]:
    """Read a case, given nothing but the file; say what is not as it should be."""
    path = folder / "list.csv"
    path.write_bytes(case.data())
    try:
        tables = read_tables(path, Asked())
    except CustcleanError as error:
        return [f"refused: {error}"]
    return list(_differences(case, best_part(tables, Asked()), len(tables)))


def _differences(case: Case, raw: RawTable, tables: int) -> Iterator[str]:
    want, report = case.expected(), raw.report
    for what, found, right in [
        ("tables", tables, 1 + bool(case.other)),
        ("delimiter", report.delimiter, case.delimiter),
        ("header", list(raw.header), want.header),
        ("header row", report.header_row, want.header_row),
        ("lines", list(raw.lines), want.lines),
        ("notes", [(note.line, note.text) for note in raw.notes], want.notes),
        ("rejected", [(each.line, each.text) for each in raw.rejected], want.rejected),
        ("repaired", _repaired(raw), want.repaired),
        ("flagged", {flag.line for flag in report.flags}, want.flagged),
        ("lost", dict(raw.lost()), {}),
    ]:
        if found != right:
            yield f"{what}: {found} is not {right}"[:600]
    said = (*case.said, "utf-8") if case.data().isascii() else case.said
    if raw.encoding not in said:
        yield f"encoding: {raw.encoding} is not {said}"
    rows = list(raw.rows)
    for line, row, right_row in zip(want.lines, rows, want.rows):
        if row != right_row:
            yield f"row at {line}: {row} is not {right_row}"
    if len(rows) != len(want.rows):
        yield f"{len(rows)} rows are not {len(want.rows)}"


def _repaired(raw: RawTable) -> set[int]:
    """Give the line of each repaired row; a repair may be of several that follow."""
    lines, found = list(raw.lines), set()
    for repair in raw.repairs:
        found.add(repair.line)
        if repair.rows > 1:
            start = lines.index(repair.line)
            found.update(lines[start : start + repair.rows])
    return found
