"""The list of contacts to be ignored, as the mail program takes it back: "QB Ignore" on each.

What stands in the file is what was exported, cell by cell; only the categories have one more.
QuickBooks leaves a contact of this category out of its sync, and so does Customer Manager.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from custclean import html
from custclean.errors import InputError
from custclean.systems import SYSTEMS
from custclean.tables import read_table
from custclean.tables.writing import csv_bytes, write_atomic
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from custclean.stages.read_export import Export

__all__ = ["MARKED", "IgnoreList", "marked_file", "plain_file"]

MARK = "QB Ignore"
MARKED = re.compile(rf"(?i)(?:^|[;,:])\s*{MARK}\s*(?:$|[;,:])")  # in a cell of categories
PLAIN = ("First Name", "Last Name", "Company", "E-mail Address", "Categories")  # of Outlook
BEGIN, END = re.compile(rb"(?i)^\s*BEGIN:VCARD\s*$"), re.compile(rb"(?i)^\s*END:VCARD\s*$")


@dataclass(frozen=True, slots=True)
class IgnoreList:
    """Whom the mail program's contacts are to be ignored for; each who is set aside, once.

    `marked`: in the file, with the category. `already`: had it before. `shared`: not in the
    file, since a customer has the name or the mailbox too; set the contact itself aside to
    mark it. `missing`: clients of whom there is no contact. All: record_id, display_name,
    email, class, reasons.
    """

    marked: pl.DataFrame
    already: pl.DataFrame
    shared: pl.DataFrame
    missing: pl.DataFrame
    suffix: str  # of the file: .csv or .vcf
    data: bytes = field(repr=False)

    def __len__(self) -> int:
        return self.marked.height

    def __repr__(self) -> str:
        return (
            f"IgnoreList({self.marked.height} to mark, {self.already.height} marked already,"
            f" {self.shared.height} shared with a customer,"
            f" {self.missing.height} without a contact)"
        )

    def _repr_html_(self) -> str:
        return html.table(self.marked, title=self.said(), plain=("class", "reasons"))

    def said(self) -> str:
        """Say in one line what the list holds, and what not."""
        told = [
            trn("{n:,} contact to mark", "{n:,} contacts to mark", self.marked.height),
            trn("{n:,} is marked already", "{n:,} are marked already", self.already.height),
            trn(
                "{n:,} is left out: a customer has the name or address too",
                "{n:,} are left out: a customer has the name or address too",
                self.shared.height,
            ),
            trn("{n:,} has no contact", "{n:,} have no contact", self.missing.height),
        ]
        return " · ".join(told)

    def write(self, path: Path | str) -> Path:
        """Write the file to be imported into the mail program; whole or not at all."""
        path = Path(path)
        if path.suffix.lower() != self.suffix:
            raise InputError(
                tr("this list is a file of another kind"), file=path, expected=self.suffix
            )
        return write_atomic(path, self.data)


def marked_file(contacts: Export, path: Path, record_ids: Collection[str]) -> bytes:
    """Give the rows of these contacts as their file has them, the category added to each.

    `path` is the file that `contacts` was read from.
    """
    chosen = contacts.table.filter(pl.col("record_id").is_in(list(record_ids)))
    lines = {int(line) for line in chosen["source_row"]}
    if contacts.report.format == "vcard":
        return _cards(path.read_bytes(), contacts.report.encoding, lines)
    if contacts.report.format == "text":
        return _rows(contacts, path, lines)
    raise InputError(
        tr("contacts can be marked in a file of the mail program alone"),
        file=path,
        expected="CSV, vCard",
    )


def plain_file(clients: pl.DataFrame) -> bytes:
    """Give names and addresses in Outlook's form, for who has no export of the contacts."""
    names = ("given_name", "family_name", "display_name", "email")
    rows = [
        (given or "", family or "", "" if given or family else called or "", mail or "", MARK)
        for given, family, called, mail in clients.select(names).iter_rows()
    ]
    return csv_bytes(PLAIN, rows, bom=True, quote="all")


def _rows(contacts: Export, path: Path, lines: Collection[int]) -> bytes:
    report = contacts.report
    raw = read_table(
        path,
        encoding=report.encoding,
        delimiter=report.delimiter,
        header_row=report.header_row,
    )
    header, place = _category_column(contacts, raw.header)
    between = _between(contacts)
    rows = [
        _with_mark([*cells, *[""] * (len(header) - len(cells))], place, between)
        for line, cells in zip(raw.lines.to_list(), raw.rows, strict=True)
        if line in lines
    ]
    return _encoded(header, rows, contacts)


def _with_mark(cells: list[str], place: int, between: str) -> list[str]:
    if not MARKED.search(cells[place]):
        cells[place] = between.join(filter(None, [cells[place], MARK]))
    return cells


def _category_column(contacts: Export, header: Sequence[str]) -> tuple[list[str], int]:
    """Find the column of the categories; where there is none it is added at the end."""
    given = contacts.report.headings.get("categories")
    if given is not None:
        return list(header), list(header).index(given)
    known = _layout_headings(contacts)
    spelled = known.get(contacts.report.language) or known.get("en") or ("Categories",)
    return [*header, spelled[0]], len(header)


def _layout_headings(contacts: Export) -> dict[str, tuple[str, ...]]:
    system = SYSTEMS.get(contacts.system)
    layouts = system.layouts if system else ()
    found = (
        each.headings.get("categories", {}) for each in layouts if each.kind == "contacts"
    )
    return dict(next(found, {}))


def _between(contacts: Export) -> str:
    """Say what stands between several categories in a cell of this system."""
    system = SYSTEMS.get(contacts.system)
    layouts = system.layouts if system else ()
    return next((each.between["categories"] for each in layouts if each.between), ";")


def _encoded(header: Sequence[str], rows: Sequence[Sequence[str]], contacts: Export) -> bytes:
    report = contacts.report
    form = {"delimiter": report.delimiter, "line_end": report.line_end or "\r\n"}
    try:
        return csv_bytes(
            header, rows, encoding=report.encoding, bom=report.bom, quote="all", **form
        )
    except UnicodeEncodeError:  # the file mixed its encodings: one that holds all letters
        return csv_bytes(header, rows, bom=True, quote="all", **form)


def _cards(data: bytes, encoding: str, lines: Collection[int]) -> bytes:
    """Give these cards byte by byte, each with one more line."""
    wide = encoding.startswith("utf-16")
    told = (data.decode(encoding).encode() if wide else data).splitlines(keepends=True)
    found: list[bytes] = []
    for line in sorted(lines):
        card = _card(told, line - 1)
        end = b"\r\n" if card[-1].endswith(b"\r\n") or card[0].endswith(b"\r\n") else b"\n"
        last = card.pop().strip()
        found += [*card, b"CATEGORIES:" + MARK.encode() + end, last + end]
    return b"".join(found)


def _card(lines: Sequence[bytes], start: int) -> list[bytes]:
    """Give the lines of a card; another may stand inside it."""
    depth, card = 0, []
    for line in lines[start:]:
        card.append(line)
        depth += bool(BEGIN.match(line)) - bool(END.match(line))
        if depth == 0:
            break
    return card
