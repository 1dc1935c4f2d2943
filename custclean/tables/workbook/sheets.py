"""From the cells of a sheet to a part of a file, whatever kind of workbook holds it.

What people hide in a sheet is in the table and said: they filter rows away and forget it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from custclean.errors import InputError
from custclean.tables.header import is_blank
from custclean.tables.limits import check_columns
from custclean.tables.raw import Flag, column_names, part_of
from custclean.tables.record import Record
from custclean.tables.sections import sections
from custclean.tables.shape import shape_of
from custclean.tables.workbook.numberformats import cell_text
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from custclean.tables.limits import Budget
    from custclean.tables.raw import Asked, Note, Part
    from custclean.tables.shape import Piece, Shape

__all__ = ["Facts", "Grid", "Place", "Sheet", "a1", "cannot_read", "parts_of", "records_of"]

EXACT, EXACT_DIGITS = 2**53, 15  # up to which a number cell holds each whole number
MAX_ROWS = 16_777_216  # as many as LibreOffice can have
Place = tuple[int, int]  # row and column of a cell, from 1


@dataclass(slots=True)
class Facts:
    """What of a sheet stands beside its values."""

    texts: dict[Place, str] = field(default_factory=dict)  # cells seen otherwise than stored
    unknown: list[Place] = field(default_factory=list)  # formulas without stored result
    inexact: list[Place] = field(default_factory=list)  # numbers too long for a number cell
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[Place, Place]] = field(default_factory=list)  # first cell, last cell


@dataclass(slots=True)
class Sheet:
    """A sheet as its format's reader found it: its rows, each with its number."""

    name: str
    rows: Iterable[tuple[int, Sequence[object]]]
    facts: Facts = field(default_factory=Facts)
    hidden: bool = False
    notes: Sequence[Note] = ()  # what stands around the table
    evidence: Sequence[str] = ()  # how its text was read
    read_as: Mapping[str, object] = field(default_factory=dict)  # more for the report


class Grid:
    """Rows of text that are being made, held to what is left of the budget."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.rows: list[tuple[int, Sequence[object]]] = []
        self.width = 0

    def put(self, cells: list[str], column: int, text: str, count: int = 1) -> None:
        """Put a text into a row, from a column (1 is the first) on, `count` times."""
        if column + count > self.budget.cells:
            self.budget.take(cells=column + count)
        self.budget.take(text=count * len(text), copies=count - 1)
        cells += [""] * (column - 1 - len(cells)) + [text] * count

    def add(self, number: int, cells: list[str], count: int = 1) -> None:
        """Add a filled row, `count` times one below the other."""
        wider = max(self.width, len(cells))  # all rows are made as wide as the widest
        before, after = self.width * len(self.rows), wider * (len(self.rows) + count)
        self.budget.take(cells=after - before, text=(count - 1) * sum(map(len, cells)))
        self.budget.take(copies=(count - 1) * len(cells))
        if number + count > MAX_ROWS:
            msg = tr("the sheet has more than {n:,} rows", n=MAX_ROWS)
            raise InputError(msg, file=self.budget.path)
        self.width = wider
        self.rows += [(number + step, cells) for step in range(count)]


def cannot_read(path: Path, error: BaseException) -> InputError:
    """Give the error for a workbook that its reader gives up."""
    return InputError(tr("the workbook cannot be read: {why}", why=str(error)), file=path)


def a1(place: Place) -> str:
    """Name a cell as a spreadsheet does.

    >>> a1((7, 2)), a1((1, 28))
    ('B7', 'AB1')
    """
    row, column = place
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def parts_of(path: Path, sheets: Iterable[Sheet], asked: Asked) -> list[Part]:
    """Give a part for each sheet that holds anything."""
    found = [(sheet, records) for sheet in sheets if (records := records_of(sheet))]
    if not found:
        raise InputError(tr("the workbook is empty"), file=path)
    check_columns(path, max(len(records[0].cells) for _, records in found))
    try:
        return [
            part
            for sheet, records in found
            for part in _tables(sheet, records, asked, alone=len(found) == 1)
        ]
    except InputError as error:
        raise InputError(error.message, file=path, line=error.line) from None


def records_of(sheet: Sheet) -> list[Record]:
    """Give the filled rows of a sheet with the number each has in it, all of one width."""
    changed: dict[int, dict[int, str]] = {}
    for (row, column), text in sheet.facts.texts.items():
        changed.setdefault(row, {})[column] = text
    records = []
    for number, values in sheet.rows:
        cells = [cell if type(cell) is str else cell_text(cell) for cell in values]
        if max(map(len, cells), default=0) > EXACT_DIGITS:
            sheet.facts.inexact += _inexact(number, values)
        for column, text in changed.get(number, {}).items():
            if column <= len(cells):
                cells[column - 1] = text
        if not is_blank(cells):
            records.append(Record(number, cells))
    width = max((_used(record.cells) for record in records), default=0)
    return [_of_width(record, width) for record in records]


def _inexact(row: int, values: Sequence[object]) -> Iterator[Place]:
    """Name the cells with whole numbers of which the last digits are not what was entered."""
    for column, value in enumerate(values, 1):
        if isinstance(value, float) and value.is_integer() and abs(value) > EXACT:
            yield row, column


def _with_gaps(records: Sequence[Record]) -> Iterator[Record]:
    """Put an empty record where rows are left out: what stands below it may be a remark."""
    last = 0
    for record in records:
        if record.line > last + 1 and last:
            yield Record(last + 1, [""])
        yield record
        last = record.line


def _of_width(record: Record, width: int) -> Record:
    cells = record.cells
    if len(cells) == width:
        return record
    return Record(record.line, cells[:width] + [""] * (width - len(cells)))


def _used(cells: list[str]) -> int:
    """Count the cells up to the last that is filled: format alone widens a sheet."""
    width = len(cells)
    while not cells[width - 1]:
        width -= 1
    return width


def _tables(
    sheet: Sheet, records: list[Record], asked: Asked, *, alone: bool
) -> Iterator[Part]:
    """Give a part for each table of a sheet; the first has the name of the sheet."""
    evidence = [*sheet.evidence]
    must = alone or asked.part == sheet.name
    if (
        asked.header_row
        and not must
        and all(each.line != asked.header_row for each in records)
    ):
        row = asked.header_row
        evidence.append(tr("row {n} is empty here: the header was looked for", n=row))
        asked = replace(asked, header_row=None)
    tables = sections(list(_with_gaps(records)), asked)
    for n, table in enumerate(tables, 1):
        part = _part(sheet, table, asked, evidence)
        if n == 1:  # what stands around the table stands around the first
            yield replace(part, notes=tuple(sorted([*sheet.notes, *part.notes])))
        else:
            yield replace(part, name=f"{sheet.name}/{n}")


def _part(
    sheet: Sheet, pieces: Sequence[Piece], asked: Asked, evidence: Sequence[str]
) -> Part:
    shape = shape_of(pieces, asked.looks_like, "\t", asked.header_row)
    records = sum(isinstance(each, Record) and not is_blank(each.cells) for each in pieces)
    evidence = [*evidence]
    if sheet.hidden:
        evidence.append(tr("the sheet {name} is hidden; it was read", name=sheet.name))
    evidence += _hidden_columns(sheet.facts, shape)
    evidence += _outside(sheet.facts, shape)
    part = part_of(
        sheet.name,
        shape.header,
        shape.rows,
        shape.lines,
        header_row=shape.header_row,
        notes=tuple(sorted(shape.notes)),
        repairs=tuple(shape.repairs),
        rejected=tuple(shape.rejected),
        flags=tuple(sorted(_flags(sheet.facts, shape))),
        evidence=tuple(evidence),
        hidden=sheet.hidden,
        facts={**sheet.read_as, "inexact": _inexact_columns(sheet.facts, shape)},
    )
    return replace(part, records=records - len(shape.notes) - shape.header_rows)


def _inexact_columns(facts: Facts, shape: Shape) -> dict[str, tuple[int, ...]]:
    """Give the rows by column in which a number has lost its last digits."""
    names, rows = column_names(shape.header), set(shape.lines)
    found: dict[str, list[int]] = {}
    for row, column in facts.inexact:
        if row in rows:
            found.setdefault(names[column - 1], []).append(row)
    return {name: tuple(lines) for name, lines in found.items()}


def _hidden_columns(facts: Facts, shape: Shape) -> Iterator[str]:
    hidden = [
        heading.strip() or a1((shape.header_row, place))
        for place, heading in enumerate(shape.header, 1)
        if place in facts.hidden_columns
    ]
    if hidden:
        yield tr("hidden columns were read: {names}", names=", ".join(hidden))


def _outside(facts: Facts, shape: Shape) -> Iterator[str]:
    """Name formulas without result that no row holds: a row of nothing else is empty."""
    for first, last in _down(facts.unknown):
        if not _rows_within(shape, first, last)[1]:
            yield _no_result(first, last)


def _flags(facts: Facts, shape: Shape) -> Iterator[Flag]:
    """Say of the rows of the table what a person should know."""
    for line, rows in _runs(line for line in shape.lines if line in facts.hidden_rows):
        yield Flag(line, tr("the row is hidden in the sheet"), rows)
    for first, last in _down(facts.unknown):
        line, rows = _rows_within(shape, first, last)
        if rows:
            yield Flag(line, _no_result(first, last), rows)
    for first, last in _down(facts.inexact):
        line, rows = _rows_within(shape, first, last)
        if rows:
            what = tr("a number of more digits than a cell can hold: the last ones are not"
                      " what was entered")  # fmt: skip
            yield Flag(line, what, rows)
    for first, last in facts.merged:
        line, rows = _rows_within(shape, first, last)
        if rows and last[0] > first[0] > shape.header_row:
            cells = f"{a1(first)}:{a1(last)}"
            what = tr("{cells} is one merged cell: its value is in the first row", cells=cells)
            yield Flag(line, what, rows)


def _rows_within(shape: Shape, first: Place, last: Place) -> tuple[int, int]:
    """Give the first line of the table that a range of cells touches, and how many."""
    begin = bisect_left(shape.lines, first[0])
    rows = bisect_right(shape.lines, last[0]) - begin
    return (shape.lines[begin] if rows else 0), rows


def _no_result(first: Place, last: Place) -> str:
    if first == last:
        return tr("the formula in {cell} has no stored result: it is empty", cell=a1(first))
    cells = f"{a1(first)}:{a1(last)}"
    return tr("the formulas in {cells} have no stored result: they are empty", cells=cells)


def _down(places: Iterable[Place]) -> Iterator[tuple[Place, Place]]:
    """Put cells that stand below one another together: the first, and the last."""
    columns: dict[int, list[int]] = {}
    for row, column in places:
        columns.setdefault(column, []).append(row)
    for column, rows in columns.items():
        for row, count in _runs(sorted(rows)):
            yield (row, column), (row + count - 1, column)


def _runs(lines: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Put lines that follow one another together: the first, and how many."""
    first, count = 0, 0
    for line in lines:
        if count and line == first + count:
            count += 1
            continue
        if count:
            yield first, count
        first, count = line, 1
    if count:
        yield first, count
