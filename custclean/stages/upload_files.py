"""The bytes of an upload: rows into files that keep the target's limits, and back."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from io import StringIO
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

import polars as pl

from custclean.errors import InputError, SettingsError
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

__all__ = [
    "Parcel",
    "frame_of",
    "line_of",
    "lines_in",
    "loaded_frame",
    "pack",
    "parcel_of",
    "read_round",
    "round_files",
]

Cells: TypeAlias = tuple[str, str, str]  # company id, display name, client number

ROWS = {
    "record_id": pl.String,
    "company_id": pl.String,
    "display_name": pl.String,
    "number": pl.String,
    "file": pl.String,
    "line": pl.Int64,
}
EXAMPLE = "quickbooks-accountant-001.csv"
_QUOTED = re.compile(r'[",\r\n]')
_BREAK = re.compile(r"\r\n|\r|\n")
_NAME = re.compile(r"(?P<target>[a-z0-9-]+)-(?P<number>[0-9]{3,})\.csv")


@dataclass(frozen=True, slots=True)
class Parcel:
    """One file of an upload: its name, its bytes, its rows and the line of each."""

    name: str
    data: bytes
    headings: Cells
    rows: tuple[Cells, ...]
    lines: tuple[int, ...]


def line_of(cells: Iterable[str]) -> bytes:
    r"""Write one row as RFC 4180 has it, quoted only where it must be.

    >>> line_of(["7", 'Ann "A", Example', ""])
    b'7,"Ann ""A"", Example",\r\n'
    """
    quoted = [
        '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell for cell in cells
    ]
    return (",".join(quoted) + "\r\n").encode("utf-8")


def lines_in(cells: Iterable[str]) -> int:
    """Count the lines of the file that a row takes: values may hold line breaks."""
    return 1 + sum(len(_BREAK.findall(cell)) for cell in cells)


def pack(
    rows: Sequence[Cells],
    headings: Cells,
    *,
    max_rows: int,
    max_bytes: int,
) -> tuple[list[list[int]], list[int]]:
    """Split rows, their order kept, into files; give the places, and the rows too large."""
    head = len(line_of(headings))
    if max_rows < 1 or max_bytes <= head:
        raise SettingsError(
            tr("nothing fits into an upload file of this size"),
            value=max_rows if max_rows < 1 else max_bytes,
            expected=tr("at least 1 row and {n} bytes", n=head + 1),
        )
    files: list[list[int]] = []
    too_large: list[int] = []
    size = 0
    for place, row in enumerate(rows):
        length = len(line_of(row))
        if head + length > max_bytes:
            too_large.append(place)
            continue
        if not files or len(files[-1]) == max_rows or size + length > max_bytes:
            files.append([])
            size = head
        files[-1].append(place)
        size += length
    return files, too_large


def parcel_of(name: str, headings: Cells, rows: Sequence[Cells]) -> Parcel:
    """Write one file: UTF-8 without a mark, commas, CRLF."""
    data = b"".join([line_of(headings), *map(line_of, rows)])
    return _parcel(name, data, headings, rows)


def _parcel(name: str, data: bytes, headings: Cells, rows: Sequence[Cells]) -> Parcel:
    starts = accumulate(map(lines_in, rows), initial=1 + lines_in(headings))
    return Parcel(name, data, headings, tuple(rows), tuple(starts)[:-1])


def round_files(folder: Path, target: str | None = None) -> list[tuple[str, Path]]:
    """Name the upload files in a folder, in their order, each with its target."""
    found = []
    for path in folder.iterdir():
        name = _NAME.fullmatch(path.name)
        if name and path.is_file() and target in (None, name["target"]):
            found.append((name["target"], int(name["number"]), path))
    return [(to, path) for to, _, path in sorted(found)]


def read_round(place: Path) -> tuple[str, list[tuple[Path, Parcel]]]:
    """Read back what was written into a folder, or one file of it: target and files."""
    if not place.exists():
        raise InputError(tr("there is no such file or folder"), file=place)
    among = round_files(place if place.is_dir() else place.parent)
    found = [each for each in among if place.is_dir() or each[1].name == place.name]
    targets = sorted({target for target, _ in found})
    if len(targets) != 1:
        problem = (
            tr("the folder holds uploads for several systems")
            if targets
            else tr("there are no upload files here")
        )
        raise InputError(problem, file=place, expected=tr("files like {name}", name=EXAMPLE))
    return targets[0], [(path, _read(path)) for _, path in found]


def _read(path: Path) -> Parcel:
    try:
        data = path.read_bytes()
        table = [_three(row) for row in csv.reader(StringIO(data.decode("utf-8"), newline=""))]
        return _parcel(path.name, data, table[0], table[1:])
    except (OSError, csv.Error, ValueError, IndexError):
        raise InputError(
            tr("this is no upload file as custclean wrote it"),
            file=path,
            expected=tr("three columns, UTF-8, commas"),
        ) from None


def _three(cells: Sequence[str]) -> Cells:
    one, two, three = cells
    return one, two, three


def frame_of(parcels: Iterable[Parcel], record_ids: Iterable[str]) -> pl.DataFrame:
    """Give the rows of the files as a table: whose, what, in which file, on which line."""
    ids = iter(record_ids)
    flat = [
        (next(ids), *row, parcel.name, line)
        for parcel in parcels
        for row, line in zip(parcel.rows, parcel.lines, strict=True)
    ]
    return pl.DataFrame(flat, schema=ROWS, orient="row")


def loaded_frame(target: str, parcels: Sequence[Parcel]) -> pl.DataFrame:
    """Give the same from files alone: a record's id is made of target and company id."""
    ids = [f"{target}:customers:{row[0]}" for parcel in parcels for row in parcel.rows]
    return frame_of(parcels, ids)
