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

from collections import defaultdict
from itertools import repeat
from typing import TYPE_CHECKING

from custclean.errors import InputError
from custclean.model import SEVERAL
from custclean.tables.components import parse, starts_with
from custclean.tables.content import plain, split
from custclean.tables.raw import Flag, Note, Part, RejectedLine, Repair
from custclean.tables.sparse import Remarks, cut, table_of
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from custclean.tables.components import Component, Content
    from custclean.tables.content import Property
    from custclean.tables.raw import Asked

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
LISTS = ("CATEGORIES", "NICKNAME")
LABEL = "X-ABLABEL"


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
            flags=self.flags.told(Flag),
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
            if any(each.size is not None for each in card.properties):
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
    cells: defaultdict[str, list[str]] = defaultdict(list)
    for each in sorted(card.properties, key=_preference):
        for name, value in _cells(each, cells):
            cells[name].append(value)
    agents = [inner.first("FN") for inner in card.inside if inner.kind == "VCARD"]
    cells["AGENT"] += map(plain, agents)
    cells[LABEL] = _labels(card.properties)
    return {
        name: ("\n" if name == "NOTE" else SEVERAL).join(filter(str.strip, values))
        for name, values in cells.items()
        if any(map(str.strip, values))
    }


def _preference(each: Property) -> int:
    """Order by PREF; of equals, or without it, the order of the card stays."""
    if "PREF" in each.params.get("TYPE", ()):
        return 1
    rank = "".join(each.params.get("PREF", ()))
    return int(rank) if rank.isascii() and rank.isdigit() and len(rank) < 4 else 101


def _cells(each: Property, taken: Container[str]) -> Iterable[tuple[str, str]]:
    """Give the columns that a property fills; `taken` are those filled before."""
    if each.name == "ADR":
        return _address(each, taken)
    if each.name in LISTS:
        return [(each.name, value) for value in split(each.value, ",")]
    special = SPECIAL.get(each.name)
    return [(each.name, plain(each.value))] if special is None else special(each)


def _name(each: Property) -> Iterable[tuple[str, str]]:
    *known, last = NAMES
    values = split(each.value)
    return zip((*known, *repeat(last, len(values))), values)


def _company(each: Property) -> Iterable[tuple[str, str]]:
    company, *units = split(each.value)
    return [("ORG", company), *(("ORG.unit", unit) for unit in units)]


def _phone(each: Property) -> Iterable[tuple[str, str]]:
    kinds = [PHONES[kind] for kind in PHONES if kind in each.params.get("TYPE", ())]
    return [((*kinds, "TEL")[0], _bare(each, "tel:"))]


def _email(each: Property) -> Iterable[tuple[str, str]]:
    return [("EMAIL", _bare(each, "mailto:"))]


def _labelled(each: Property) -> Iterable[tuple[str, str]]:  # noqa: ARG001  # see `_labels`
    return []


SPECIAL: Mapping[str, Callable[[Property], Iterable[tuple[str, str]]]] = {
    "N": _name,
    "ORG": _company,
    "TEL": _phone,
    "EMAIL": _email,
    LABEL: _labelled,
}


def _address(each: Property, taken: Container[str]) -> list[tuple[str, str]]:
    columns = HOME if "HOME" in each.params.get("TYPE", ()) else ADDRESS
    values = split(each.value)
    if any(name in taken for name in columns):
        whole = ", ".join(value.strip() for value in values if value.strip())
        return [("ADR.other", whole)]
    rest = [("ADR.other", value) for value in values[len(columns) :]]
    return [*zip(columns, values), *rest]


def _bare(each: Property, scheme: str) -> str:
    """Give a value without the scheme of the link that it is in vCard 4.0."""
    value = plain(each.value).strip()
    return value[len(scheme) :] if value.casefold().startswith(scheme) else value


def _labels(properties: Sequence[Property]) -> list[str]:
    """Say of each labelled property which it is: item1.EMAIL and item1.X-ABLabel."""
    names = {each.group: each.name for each in reversed(properties) if each.name != LABEL}
    return [
        f"{names.get(each.group, '')}: {_bare_label(plain(each.value))}"
        for each in properties
        if each.name == LABEL
    ]


def _bare_label(text: str) -> str:
    return text.removeprefix("_$!<").removesuffix(">!$_")
