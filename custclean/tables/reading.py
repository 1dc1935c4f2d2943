"""The low-level door: any table file to a `RawTable`, nothing lost, nothing silent."""

from __future__ import annotations

import hashlib
from collections.abc import Callable  # noqa: TC003  # fields of a tuple, at run time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from custclean.errors import InputError
from custclean.tables import delimited, ics, iif, jsonlines, mail, markup, parquet, vcard
from custclean.tables.encodings import misread
from custclean.tables.opening import (
    NoListError,
    file_bytes,
    is_empty,
    path_of,
    refuse_other_formats,
)
from custclean.tables.packed import unpack
from custclean.tables.raw import Asked, Flag, Part, RawTable, TableReport
from custclean.tables.workbook import ods, sheetxml, xls, xlsx
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["best_part", "read_table", "read_tables"]


class Format(NamedTuple):
    """A format of files: the bytes say whether they are it; its tables are read as text."""

    name: str
    is_it: Callable[[bytes], bool]
    parts: Callable[[Path, bytes, Asked], list[Part]]


FORMATS = tuple(  # the first that claims the bytes reads them
    Format(module.NAME, module.is_it, module.parts)
    for module in (xlsx, ods, xls, sheetxml, markup, parquet, iif, vcard, ics, jsonlines, mail)
)
TEXT = Format(delimited.NAME, delimited.is_it, delimited.parts)


def read_table(path: Path | str, **given: Any) -> RawTable:
    """Read one table of any file as text; what is not given is found out.

    `given` are the fields of `Asked`: encoding, delimiter, quote, escape, header_row, part,
    looks_like. Of several tables it is the one whose headings are known best, of equals the
    one with most rows; the report names the others.
    """
    asked = Asked.of(given)
    return best_part(read_tables(path, asked), asked)


def read_tables(path: Path | str, asked: Asked) -> list[RawTable]:
    """Read every table of a file: sheets, sections, files in an archive."""
    path = path_of(path)
    data = file_bytes(path)
    with ThreadPoolExecutor(1) as beside:
        digest = beside.submit(lambda: hashlib.sha256(data).hexdigest())
        found = _unpacked(path, data, asked)
    names = [part.name for _, part in found]
    return [_table(path, digest.result(), form, part, names, asked) for form, part in found]


def best_part(tables: Sequence[RawTable], asked: Asked) -> RawTable:
    """Choose a table: the one that was asked for, else the best known, else the longest."""
    wanted = asked.part
    if wanted is None:
        return max(tables, key=lambda table: (asked.looks_like(table.header), len(table)))
    if isinstance(wanted, int):
        found = list(tables[wanted - 1 : wanted]) if wanted > 0 else []
    else:
        found = [table for table in tables if table.report.part == wanted]
    if not found:
        names = ", ".join(filter(None, (table.report.part for table in tables)))
        msg = tr("the file has no such part")
        raise InputError(
            msg,
            file=tables[0].path,
            value=wanted,
            expected=names or tr("none: it is one table"),
        )
    return found[0]


def _unpacked(path: Path, data: bytes, asked: Asked) -> list[tuple[str, Part]]:
    """Give the parts of a file with their formats; those of an archive by their files."""
    members = unpack(path, data)
    if members is None:
        return _parts(path, data, asked)
    found: list[tuple[str, Part]] = []
    unread: list[Flag] = []
    no_list = None
    for name, content in members:
        try:
            inside = _member(path, name, content, asked)
        except NoListError as error:
            no_list = no_list or error
            unread.append(Flag(0, error.message))
            continue
        for form, part in inside:
            several = f"{name}/{part.name}" if part.name else name
            found.append((form, part.named(several if len(members) > 1 else part.name)))
    if not found:
        raise no_list or InputError(tr("the file is empty"), file=path)
    return [(form, replace(part, flags=(*part.flags, *unread))) for form, part in found]


def _member(path: Path, name: str, content: bytes, asked: Asked) -> list[tuple[str, Part]]:
    """Give the parts of a file in an archive; an error names it."""
    try:
        if is_empty(content):
            raise NoListError(tr("the file is empty"), file=path)
        return _parts(path, content, asked)
    except InputError as error:
        if name:
            error.message = tr("{name}: {what}", name=name, what=error.message)
        raise


def _parts(path: Path, data: bytes, asked: Asked) -> list[tuple[str, Part]]:
    form = next((each for each in FORMATS if each.is_it(data)), None)
    if form is None:
        refuse_other_formats(path, data)
        form = TEXT
    return [(form.name, part) for part in form.parts(path, data, asked)]


def _table(
    path: Path, digest: str, form: str, part: Part, names: Sequence[str], asked: Asked
) -> RawTable:
    facts: Mapping[str, Any] = {"account": _count(part), **part.facts}
    frame, evidence = part.frame, part.evidence
    if asked.mend and facts.get("misread"):
        frame = misread.mended(frame)
        cells = sum(facts["misread"].values())
        mended = trn("{n} misread cell was mended", "{n} misread cells were mended", cells)
        facts, evidence = {**facts, "misread": {}}, (*evidence, mended)
    report = TableReport(
        file=path.name,
        format=form,
        sha256=digest,
        header_row=part.header_row,
        part=part.name,
        other_parts=tuple(name for name in names if name != part.name),
        evidence=evidence,
        notes=part.notes,
        repairs=part.repairs,
        rejected=part.rejected,
        flags=part.flags,
        rows_read=frame.height,
        **facts,
    )
    return RawTable(path, part.header, frame, part.lines, report)


def _count(part: Part) -> Callable[[], Mapping[str, int]]:
    """Hold the records that the format counts against those that are in a list."""
    held = len(part.frame) + len(part.rejected)

    def account() -> Mapping[str, int]:
        if part.records is None or part.records == held:
            return {}
        return {"records": part.records - held}

    return account
