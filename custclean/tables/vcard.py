"""vCard 2.1, 3.0 and 4.0, one row a card (RFC 6350, RFC 2426 and the versit paper).

Columns, by their property; several values of one are joined with "; ", the preferred first
where PREF says so:

- VERSION, FN, BDAY, UID, REV, TITLE, NOTE, URL ... as in the card, escapes taken out
- N.family, N.given, N.additional, N.prefix, N.suffix
- ORG, ORG.unit (the departments)
- EMAIL
- TEL (without a place), TEL.work, TEL.home, TEL.cell, TEL.fax, TEL.pager
- ADR.pobox, .extended, .street, .city, .region, .postcode, .country of the first address that
  is not private, the same with .home behind of the first private one, ADR.other: all further
- X-ABLABEL: the labels that Apple gives, as "EMAIL: School"
- every other property under its own name; pictures and sounds only by type and size

A card that stands in another (AGENT) is a row of its own. Of parameters only the kind of a
number or address, PREF and CHARSET have a meaning here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

from custclean.errors import InputError
from custclean.model import SEVERAL
from custclean.tables.components import parse, starts_with
from custclean.tables.content import plain, split
from custclean.tables.raw import Flag, Note, Part, RejectedLine, Repair
from custclean.tables.sparse import Remarks, cut, table_of
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from custclean.tables.components import Component, Content
    from custclean.tables.content import Property
    from custclean.tables.raw import Asked

    Cells = defaultdict[str, list[str]]  # by column

__all__ = ["NAME", "is_it", "parts"]

NAME = "vcard"
NAMES = tuple(f"N.{part}" for part in "family given additional prefix suffix".split())
PLACES = tuple("pobox extended street city region postcode country".split())
PHONES = {  # the first that is said of a number counts
    "FAX": "TEL.fax", "CELL": "TEL.cell", "PAGER": "TEL.pager",
    "HOME": "TEL.home", "WORK": "TEL.work",
}  # fmt: skip
ADDRESS = tuple(f"ADR.{place}" for place in PLACES)
HOME = tuple(f"{name}.home" for name in ADDRESS)
ALWAYS = ("VERSION", "FN", *NAMES)
ORDER = (
    *ALWAYS, "NICKNAME", "ORG", "ORG.unit", "TITLE", "ROLE", "EMAIL",
    "TEL", "TEL.work", "TEL.cell", "TEL.home", "TEL.fax", "TEL.pager",
    *ADDRESS, *HOME, "ADR.other", "URL", "CATEGORIES", "NOTE", "BDAY", "UID", "REV",
)  # fmt: skip
LABEL = "X-ABLABEL"
LONE = re.compile(r"\\(?![;,:])")  # a backslash before no mark


def is_it(data: bytes) -> bool:
    """Say whether the bytes begin with a card."""
    return starts_with(data, "VCARD")


def parts(path: Path, data: bytes, asked: Asked) -> list[Part]:
    """Read every card; one that holds nothing is rejected by itself."""
    content = parse(path, data, asked.encoding, {"VCARD": 0})
    return [_Cards(content).part(path)]


class _Cards:
    """The cards of a file, and what is to be said of them."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.repairs, self.flags = Remarks(), Remarks()
        self.rejected: list[RejectedLine] = []
        self.notes: list[Note] = list(content.notes)

    def part(self, path: Path) -> Part:
        """Make the table."""
        frame, lines = table_of(self._records(), ORDER, ALWAYS)
        if not len(frame) and not self.rejected:
            raise InputError(tr("the file holds no card"), file=path)
        return Part(
            "",
            tuple(frame.columns),
            frame,
            lines,
            header_row=0,
            notes=tuple(sorted(self.notes)),
            repairs=self.repairs.told(Repair),
            rejected=tuple(sorted(self.rejected)),
            flags=tuple(sorted((*self.content.flags, *self.flags.told(Flag)))),
            evidence=self.content.evidence,
            records=self.content.count("VCARD"),
            facts=self.content.facts,
        )

    def _records(self) -> Iterator[tuple[int, dict[str, str]]]:
        row = 0
        for card in self._cards():
            values = _values(card)
            if set(values) <= {"VERSION"}:
                self._reject(card)
                continue
            for fault in card.faults:
                self.repairs.add(row, card.line, fault)
            if card.names_file:
                what = tr("a picture, sound or key is named by its size, not kept")
                self.flags.add(row, card.line, what)
            yield card.line, values
            row += 1

    def _cards(self) -> Iterator[Component]:
        """Give each card, and behind it those that stood inside it."""
        waiting = self.content.components[::-1]
        while waiting:
            component = waiting.pop()
            if component.kind == "VCARD":
                yield component
                waiting += component.inside[::-1]
            else:
                text = self.content.text(component.line, component.last)
                self.notes.append(Note(component.line, cut(text)))

    def _reject(self, card: Component) -> None:
        text = self.content.text(card.line, card.last)
        self.rejected.append(RejectedLine(card.line, cut(text), tr("the card is empty")))


def _values(card: Component) -> dict[str, str]:
    """Give the cells of a card by column."""
    cells: Cells = defaultdict(list)
    properties = _kept(card.properties)
    for each in sorted(properties, key=attrgetter("rank")):
        fill = SPECIAL.get(each.name)
        if fill is None:
            cells[each.name].append(plain(each.value))
        else:
            fill(each, cells)
    cells["AGENT"] += [plain(each.first("FN")) for each in card.inside if each.kind == "VCARD"]
    cells[LABEL] = _labels(properties)
    joined = {name: _joined(name, values) for name, values in cells.items()}
    return {name: text for name, text in joined.items() if text and not text.isspace()}


def _joined(name: str, values: list[str]) -> str:
    if len(values) == 1:
        return values[0]
    return ("\n" if name == "NOTE" else SEVERAL).join(filter(str.strip, values))


def _kept(properties: list[Property]) -> list[Property]:
    r"""Keep the backslashes of 2.1, which escape its marks alone: `C:\new` is a path there."""
    versions = [each.value.strip() for each in properties if each.name == "VERSION"]
    if versions != ["2.1"]:
        return properties
    return [
        each._replace(value=LONE.sub(r"\\\\", each.value)) if "\\" in each.value else each
        for each in properties
    ]


def _list(each: Property, cells: Cells) -> None:
    cells[each.name] += split(each.value, ",")


def _name(each: Property, cells: Cells) -> None:
    values = split(each.value)
    _put(cells, NAMES, values)
    cells[NAMES[-1]] += values[len(NAMES) :]


def _company(each: Property, cells: Cells) -> None:
    company, *units = split(each.value)
    cells["ORG"].append(company)
    cells["ORG.unit"] += units


def _phone(each: Property, cells: Cells) -> None:
    cells[_kind(each.params.get("TYPE", ()))].append(_bare(each, "tel:"))


@lru_cache(maxsize=1_000)  # the kinds are from files
def _kind(kinds: tuple[str, ...]) -> str:
    return next((PHONES[kind] for kind in PHONES if kind in kinds), "TEL")


def _email(each: Property, cells: Cells) -> None:
    cells["EMAIL"].append(_bare(each, "mailto:"))


def _address(each: Property, cells: Cells) -> None:
    columns = HOME if "HOME" in each.params.get("TYPE", ()) else ADDRESS
    values = split(each.value)
    if not cells.keys().isdisjoint(columns):
        values = [", ".join(value.strip() for value in values if value.strip())]
        cells["ADR.other"] += values
        return
    _put(cells, columns, values)
    cells["ADR.other"] += values[len(columns) :]


def _put(cells: Cells, columns: Sequence[str], values: Sequence[str]) -> None:
    for column, value in zip(columns, values, strict=False):
        cells[column].append(value)


def _label(_: Property, __: Cells) -> None:
    """Leave it to `_labels`, which knows what else is labelled."""


SPECIAL: Mapping[str, Callable[[Property, Cells], None]] = {  # by property, what it fills
    "N": _name,
    "ORG": _company,
    "TEL": _phone,
    "EMAIL": _email,
    "ADR": _address,
    "CATEGORIES": _list,
    "NICKNAME": _list,
    LABEL: _label,
}


def _bare(each: Property, scheme: str) -> str:
    """Give a value without the scheme of the link that it is in vCard 4.0."""
    value = plain(each.value).strip()
    return value[len(scheme) :] if value.casefold().startswith(scheme) else value


def _labels(properties: Sequence[Property]) -> list[str]:
    """Say of each labelled property which it is: item1.EMAIL and item1.X-ABLabel."""
    labels = [each for each in properties if each.name == LABEL]
    if not labels:
        return []
    names = {each.group: each.name for each in reversed(properties) if each.name != LABEL}
    return [
        f"{names.get(each.group, '')}: {_bare_label(plain(each.value))}" for each in labels
    ]


def _bare_label(text: str) -> str:
    return text.removeprefix("_$!<").removesuffix(">!$_")
