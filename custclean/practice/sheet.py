"""A CSV file kept byte for byte: each cell as it was written, quotes and all."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from custclean.errors import InputError
from custclean.words import tr

if TYPE_CHECKING:
    from pathlib import Path

DELIMITERS = (",", ";")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is written: encoding, byte order mark, delimiter, line end."""

    encoding: str = "utf-8"
    bom: bool = True
    delimiter: str = ","
    newline: str = "\r\n"


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row as they stand in the file, and what ended the row."""

    cells: tuple[str, ...]
    end: str

    def value(self, column: int | None) -> str:
        """Give a cell's text without its quotes; "" where the row has no such cell."""
        if column is None or column >= len(self.cells):
            return ""
        raw = self.cells[column]
        return raw[1:-1].replace('""', '"') if raw.startswith('"') else raw

    def values(self) -> tuple[str, ...]:
        """Give the text of all cells."""
        return tuple(self.value(at) for at in range(len(self.cells)))

    def with_value(self, column: int, value: str, delimiter: str) -> Row:
        """Give the row with one cell replaced; the others keep their bytes."""
        if self.value(column) == value and column < len(self.cells):
            return self
        cells = [*self.cells, *[""] * (column + 1 - len(self.cells))]
        cells[column] = written(value, delimiter, quoted=cells[column].startswith('"'))
        return Row(tuple(cells), self.end)


def written(value: str, delimiter: str, *, quoted: bool = False) -> str:
    """Write a value as a cell, in quotes where CSV needs them or where asked.

    >>> written('Rose "and" Son; Ltd', ";")
    '"Rose ""and"" Son; Ltd"'
    """
    if quoted or any(c in value for c in ('"', "\r", "\n", delimiter)):
        return '"' + value.replace('"', '""') + '"'
    return value


def decoded(data: bytes) -> tuple[str, Layout]:
    """Read bytes as UTF-8 (with or without mark) or cp1252; InputError if neither."""
    bom = data.startswith(_BOM)
    if b"\0" not in data:  # UTF-16, or no text at all
        for encoding in ("utf-8",) if bom else ("utf-8", "cp1252"):
            with suppress(UnicodeDecodeError):
                text = data[len(_BOM) * bom :].decode(encoding)
                return text, Layout(encoding, bom)
    raise InputError(tr("this is no text in UTF-8 or Windows-1252"))


def rows_of(text: str, layout: Layout) -> tuple[tuple[Row, ...], Layout]:
    """Cut a CSV text into rows; joined again they are the text.

    The layout comes back with the delimiter and line end of the first row. InputError, with
    its line, where a quoted cell does not end.
    """
    delimiter = _delimiter_of(text)
    cell = re.compile(
        rf'("[^"]*+(?:""[^"]*+)*+"|(?:[^"\r\n{delimiter}][^\r\n{delimiter}]*+)?+)'
        rf"({delimiter}|\r\n|\r|\n|\Z)"
    )
    rows: list[Row] = []
    cells: list[str] = []
    at = 0
    while at < len(text) or cells:
        found = cell.match(text, at)
        if found is None:
            line = text.count("\n", 0, at) + 1
            raise InputError(tr("a quoted cell does not end where it should"), line=line)
        cells.append(found[1])
        at = found.end()
        if found[2] != delimiter:
            rows.append(Row(tuple(cells), found[2]))
            cells = []
    newline = rows[0].end if rows else ""
    return tuple(rows), replace(layout, delimiter=delimiter, newline=newline or layout.newline)


def _delimiter_of(text: str) -> str:
    """Tell which delimiter the first row has more of, outside its quotes; "," if neither."""
    first = re.match(r'(?:[^"\r\n]+|"[^"]*")*+', text)
    bare = re.sub(r'"[^"]*"', "", first[0] if first else "")
    return max(DELIMITERS, key=bare.count)


def joined(rows: list[Row], layout: Layout) -> bytes:
    """Write rows as a file; UTF-8 with mark where the file's own encoding lacks a letter."""
    last = len(rows) - 1
    text = "".join(
        layout.delimiter.join(row.cells) + (row.end or (layout.newline if at != last else ""))
        for at, row in enumerate(rows)
    )
    try:
        body, bom = text.encode(layout.encoding), layout.bom
    except UnicodeEncodeError:
        body, bom = text.encode("utf-8"), True
    return (_BOM if bom else b"") + body


def put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    new = path.with_name(f".{path.name}.new")
    try:
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        new.unlink(missing_ok=True)
        why = error.strerror or type(error).__name__
        raise InputError(tr("cannot be written: {why}", why=why), file=path) from None
