"""What was read of a case, held against what should be: every value, every list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custclean.errors import CustcleanError
from custclean.tables.raw import Asked
from custclean.tables.reading import best_part, read_tables
from tests.ending import must_end

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from custclean.tables.raw import Flag, RawTable, Repair
    from tests.faults.cases import Case, Expected
    from tests.faults.catalogue import File

__all__ = ["differences", "differences_of_file"]


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
    ]:
        if found != right:
            yield f"{what}: {found} is not {right}"[:600]
    yield from _of_table(raw, want)
    said = (*case.said, "utf-8") if case.data().isascii() else case.said
    if raw.encoding not in said:
        yield f"encoding: {raw.encoding} is not {said}"


def _of_table(raw: RawTable, want: Expected) -> Iterator[str]:
    for what, found, right in [
        ("header", list(raw.header), want.header),
        ("header row", raw.report.header_row, want.header_row),
        ("lines", list(raw.lines), want.lines),
        ("notes", [(note.line, note.text) for note in raw.notes], want.notes),
        ("rejected", [(each.line, each.text) for each in raw.rejected], want.rejected),
        ("repaired", _lines(raw, raw.repairs), want.repaired),
        ("flagged", _lines(raw, raw.report.flags), want.flagged),
        ("lost", dict(raw.lost()), {}),
    ]:
        if found != right:
            yield f"{what}: {found} is not {right}"[:600]
    rows = list(raw.rows)
    for line, row, right_row in zip(want.lines, rows, want.rows):
        if row != right_row:
            yield f"row at {line}: {row} is not {right_row}"
    if len(rows) != len(want.rows):
        yield f"{len(rows)} rows are not {len(want.rows)}"


def _lines(raw: RawTable, remarks: Sequence[Repair | Flag]) -> set[int]:
    """Give the line of each row spoken of; a remark may be of several that follow."""
    lines, found = list(raw.lines), set()
    for each in remarks:
        found.add(each.line)
        if each.rows > 1:
            start = lines.index(each.line)
            found.update(lines[start : start + each.rows])
    return found


def differences_of_file(case: File, path: Path) -> list[str]:
    """Read a file of any format, given nothing but it; say what is not as it should be."""
    want = case.tables()
    path.write_bytes(case.data())
    try:
        with must_end():
            tables = read_tables(path, Asked())
    except CustcleanError as error:
        fine = (
            isinstance(want, str) and re.search(want, str(error)) and error.file == path.name
        )
        return [] if fine else [f"refused: {error}"]
    if isinstance(want, str):
        return [f"not refused: {want}"]
    found = {table.report.part: table for table in tables}
    best = best_part(tables, Asked()).report.part
    if [best, *sorted(found)] != [next(iter(want)), *sorted(want)]:
        return [f"parts: {list(found)}, best {best!r}, are not {list(want)}"]
    return [f"{name} {what}" for name in want for what in _of_table(found[name], want[name])]
