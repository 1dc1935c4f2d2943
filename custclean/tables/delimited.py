"""Delimited text (being rewritten)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from custclean.errors import InputError
from custclean.tables.decoding import decode
from custclean.tables.dialect import find_delimiter
from custclean.tables.raw import Asked, Part, part_of
from custclean.tables.records import parse
from custclean.tables.shape import shape_of
from custclean.words import tr

if TYPE_CHECKING:
    from pathlib import Path

NAME = "text"


def is_it(data: bytes) -> bool:
    return True


def parts(path: Path, data: bytes, asked: Asked) -> list[Part]:
    decoded = decode(path, data, asked.encoding)
    mark = (
        find_delimiter(decoded.text, asked.looks_like)
        if asked.delimiter is None
        else asked.delimiter
    )
    if len(mark) != 1 or mark in '"\r\n':
        raise InputError(tr("this cannot be a delimiter"), file=path, value=mark)
    try:
        shape = shape_of(parse(decoded.text, mark), asked.looks_like, mark, asked.header_row)
    except InputError as error:
        raise InputError(error.message, file=path, line=error.line) from None

    def lost() -> dict[str, int]:
        held = Counter("".join(shape.header))
        for row in shape.rows:
            held.update("".join(row))
        held.update("".join(note.text for note in shape.notes))
        held.update("".join(line.text for line in shape.rejected))
        wanted = Counter(decoded.text)
        return {
            x: wanted[x] - held[x]
            for x in sorted(wanted.keys() | held.keys())
            if x.isalnum() and wanted[x] != held[x]
        }

    facts = {
        "encoding": decoded.encoding,
        "uncertain": decoded.uncertain,
        "bom": decoded.bom,
        "line_end": decoded.line_end,
        "delimiter": mark,
        "account": lost,
    }
    part = part_of(
        "",
        shape.header,
        shape.rows,
        shape.lines,
        header_row=shape.header_row,
        notes=tuple(shape.notes),
        repairs=tuple(shape.repairs),
        rejected=tuple(shape.rejected),
        facts=facts,
    )
    return [part]
