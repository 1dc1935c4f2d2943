"""The low-level door: any table file to a `RawTable`, nothing lost, nothing silent."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from custclean.errors import InputError
from custclean.tables import delimited, workbook
from custclean.tables.opening import file_bytes, refuse_other_formats
from custclean.tables.raw import Asked, Part, RawTable, TableReport
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["read_parts", "read_table"]

FORMATS: tuple[Any, ...] = (workbook,)  # each with NAME, is_it and parts; the first that claims
MAX_COLUMNS = 16_384  # as many as Excel has: whatever has more is no list of anything


def read_table(path: Path | str, **given: Any) -> RawTable:
    """Read one table of any file as text; what is not given is found out.

    `given` are the fields of `Asked`: encoding, delimiter, quote, escape, header_row, part,
    looks_like.
    """
    asked = Asked(**given)
    return read_parts(path, asked)


def read_parts(path: Path | str, asked: Asked) -> RawTable:
    path = Path(path)
    data = file_bytes(path)
    form = next((each for each in FORMATS if each.is_it(data)), None)
    if form is None:
        refuse_other_formats(path, data)
        form = delimited
    with ThreadPoolExecutor(1) as beside:
        sha = beside.submit(lambda: hashlib.sha256(data).hexdigest())
        parts = form.parts(path, data, asked)
    part = _chosen(path, parts, asked)
    others = tuple(each.name for each in parts if each is not part)
    return _table(path, form.NAME, sha.result(), part, others)


def _chosen(path: Path, parts: list[Part], asked: Asked) -> Part:
    wanted = asked.part
    if isinstance(wanted, int):
        found = parts[wanted - 1 : wanted] if wanted > 0 else []
    elif wanted is not None:
        found = [part for part in parts if part.name == wanted]
    else:
        best = max(parts, key=lambda part: (asked.looks_like(part.header), len(part.frame)))
        found = [best]
    if not found:
        names = ", ".join(part.name for part in parts)
        raise InputError(tr("no such part"), file=path, value=wanted, expected=names)
    return found[0]


def _table(
    path: Path, form: str, sha: str, part: Part, others: tuple[str, ...]
) -> RawTable:
    if len(part.header) > MAX_COLUMNS:
        msg = tr("the header has more than {n} columns", n=MAX_COLUMNS)
        raise InputError(msg, file=path, line=part.header_row)
    facts: Mapping[str, Any] = part.facts
    report = TableReport(
        file=path.name,
        format=form,
        sha256=sha,
        header_row=part.header_row,
        part=part.name,
        other_parts=others,
        evidence=part.evidence,
        notes=part.notes,
        repairs=part.repairs,
        rejected=part.rejected,
        flags=part.flags,
        rows_read=part.frame.height,
        **facts,
    )
    return RawTable(path, part.header, part.frame, part.lines, report)
