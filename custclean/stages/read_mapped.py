"""A table whose columns a person has named: read as a list of no program in particular."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, count
from typing import TYPE_CHECKING

from custclean.errors import InputError
from custclean.systems import SYSTEMS, plain_heading
from custclean.systems._fields import JOINED, base_of, canonical_fields
from custclean.systems._recognition import Claim
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from custclean.systems import Layout
    from custclean.tables import RawTable

__all__ = ["KINDS", "SYSTEM", "claim_of", "fields_for", "layout_of"]

SYSTEM = "generic"
OURS = frozenset({"record_id", "system", "kind", "source_file", "source_row"})
LAYOUTS: Mapping[str, Layout] = {
    layout.kind: layout for layout in SYSTEMS[SYSTEM].layouts if layout.only_when_asked
}
KINDS = (*LAYOUTS, "register")


def layout_of(kind: str) -> Layout:
    """Give the layout by which a list of this kind is read."""
    found = next((each for each in SYSTEMS[SYSTEM].layouts if each.kind == kind), None)
    if found is None:
        raise InputError(tr("no such kind of file"), value=kind, expected=", ".join(KINDS))
    return found


def fields_for(kind: str) -> tuple[str, ...]:
    """Name the fields that a column of such a list can be."""
    known = [name for name in canonical_fields(kind) if name not in OURS]
    split = [name for name in layout_of(kind).headings if base_of(name) not in known]
    return (*known, *dict.fromkeys(map(base_of, split)))


def claim_of(raw: RawTable, columns: Mapping[str, str], kind: str) -> Claim:
    """Read the header as a person said: heading -> field; "" keeps a column beside."""
    layout = layout_of(kind)
    places = {name: _place(raw, heading) for heading, name in _numbered(raw, columns, kind)}
    own = {name: {"own": (raw.header[place],)} for name, place in places.items()}
    layout = replace(layout, headings=own, required=(), only_when_asked=False)
    return Claim(SYSTEM, layout, places, (), "", (), titled=False)


def _numbered(
    raw: RawTable, columns: Mapping[str, str], kind: str
) -> Iterator[tuple[str, str]]:
    """Give heading and field; the second column of a field that has several is `email.2`."""
    known, taken = fields_for(kind), set[str]()
    for heading, name in columns.items():
        if not name:
            continue
        if base_of(name) not in known:
            msg = tr("no such field")
            raise InputError(msg, file=raw.path, value=name, expected=", ".join(known))
        if name in taken and name not in JOINED:
            msg = tr("two columns are said to be one field")
            raise InputError(msg, file=raw.path, column=heading, value=name)
        further = (f"{name}.{n}" for n in count(2))
        free = next(each for each in chain([name], further) if each not in taken)
        taken.add(free)
        yield heading, free


def _place(raw: RawTable, heading: str) -> int:
    """Find a column by its name in the frame, else by its heading however it is written."""
    if heading in raw.frame.columns:
        return raw.frame.columns.index(heading)
    wanted = plain_heading(heading)
    for place, found in enumerate(raw.header):
        if plain_heading(found) == wanted:
            return place
    raise InputError(
        tr("the file has no column {heading}", heading=heading),
        file=raw.path,
        line=raw.report.header_row,
        expected=tr("one of {names}", names=", ".join(raw.frame.columns)),
    )
