"""iCalendar (RFC 5545) and vCalendar 1.0: events, to-dos and journals, one row each.

Each kind is a part of its own ("VEVENT", "VTODO", "VJOURNAL"). Its first column is headed by
the line that begins it, `BEGIN:VEVENT`, so that no other table looks like it. Columns: UID,
DTSTART, DTEND, DUE, COMPLETED, TZID (the zone as written), SUMMARY, DESCRIPTION, LOCATION,
STATUS, CATEGORIES, ORGANIZER and ATTENDEE (addresses), ORGANIZER.CN and ATTENDEE.CN (names),
RRULE (as text, not expanded), and every other property under its own name; several values
of one are joined with "; ".

A date is ISO text, `2026-03-05` or `2026-03-05T10:00:00+01:00`, with the offset of its zone
where that is known. A date that is none stays as it was, with a flag. Alarms, zones, free/busy
lists and the calendar's own properties are notes.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from custclean.errors import InputError
from custclean.model import SEVERAL
from custclean.tables.components import parse, starts_with
from custclean.tables.content import plain, split
from custclean.tables.raw import Flag, Note, Part, RejectedLine, Repair
from custclean.tables.sparse import Remarks, cut, table_of
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from custclean.tables.components import Component, Content
    from custclean.tables.content import Property
    from custclean.tables.raw import Asked

__all__ = ["NAME", "is_it", "parts"]

NAME = "ics"
KINDS = ("VEVENT", "VTODO", "VJOURNAL")
RANKS = {"VCALENDAR": 0, **dict.fromkeys((*KINDS, "VTIMEZONE", "VFREEBUSY"), 1)}
ORDER = (
    "UID", "DTSTART", "DTEND", "DURATION", "DUE", "COMPLETED", "PERCENT-COMPLETE", "TZID",
    "SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "CATEGORIES", "ORGANIZER", "ORGANIZER.CN",
    "ATTENDEE", "ATTENDEE.CN", "RRULE",
)  # fmt: skip
DATES = frozenset(
    "DTSTART DTEND DUE COMPLETED CREATED LAST-MODIFIED DTSTAMP RECURRENCE-ID DCREATED".split()
)
PEOPLE = ("ORGANIZER", "ATTENDEE")
LISTS = ("CATEGORIES", "RESOURCES")
DAY = re.compile(r"\d{4}-?\d\d-?\d\d", re.ASCII)
MOMENT = re.compile(DAY.pattern + r"T\d\d:?\d\d:?\d\dZ?", re.ASCII)
MAILTO = re.compile(r"(?i)\Amailto:")
ISO = re.compile(r"\d{4}-\d\d-\d\d")
# Outlook writes the names of Windows; these by the list of the Unicode CLDR (windowsZones).
WINDOWS = {
    "GMT Standard Time": "Europe/London",
    "Greenwich Standard Time": "Atlantic/Reykjavik",
    "W. Europe Standard Time": "Europe/Berlin",
    "Romance Standard Time": "Europe/Paris",
    "Central Europe Standard Time": "Europe/Budapest",
    "Central European Standard Time": "Europe/Warsaw",
    "GTB Standard Time": "Europe/Bucharest",
    "FLE Standard Time": "Europe/Kiev",
    "E. South America Standard Time": "America/Sao_Paulo",
    "Central Brazilian Standard Time": "America/Cuiaba",
    "SA Eastern Standard Time": "America/Cayenne",
    "SA Pacific Standard Time": "America/Bogota",
    "Argentina Standard Time": "America/Buenos_Aires",
    "Central Standard Time (Mexico)": "America/Mexico_City",
    "Atlantic Standard Time": "America/Halifax",
    "Newfoundland Standard Time": "America/St_Johns",
    "Eastern Standard Time": "America/New_York",
    "US Eastern Standard Time": "America/Indianapolis",
    "Central Standard Time": "America/Chicago",
    "Canada Central Standard Time": "America/Regina",
    "Mountain Standard Time": "America/Denver",
    "US Mountain Standard Time": "America/Phoenix",
    "Pacific Standard Time": "America/Los_Angeles",
    "Alaskan Standard Time": "America/Anchorage",
    "Hawaiian Standard Time": "Pacific/Honolulu",
    "South Africa Standard Time": "Africa/Johannesburg",
    "AUS Eastern Standard Time": "Australia/Sydney",
    "New Zealand Standard Time": "Pacific/Auckland",
}


def is_it(data: bytes) -> bool:
    """Say whether the bytes begin with a calendar, or with what one holds."""
    return starts_with(data, *RANKS)


def parts(path: Path, data: bytes, asked: Asked) -> list[Part]:
    """Read each kind of component that the file holds as a table."""
    content = parse(path, data, asked.encoding, RANKS)
    found: defaultdict[str, list[Component]] = defaultdict(list)
    notes = list(content.notes)
    for component in content.components:
        notes += _taken(component, content, found)
    notes.sort()
    if not any(found[kind] for kind in KINDS):
        msg = tr("the calendar holds no event, to-do or journal")
        raise InputError(msg, file=path)
    return [_part(kind, found[kind], content, notes) for kind in KINDS if found[kind]]


def _taken(
    component: Component, content: Content, found: defaultdict[str, list[Component]]
) -> Iterator[Note]:
    """Put the records of a component with their kind; give the rest of it as notes."""
    if component.kind in KINDS:
        found[component.kind].append(component)
        inside = component.inside
    elif component.kind == "VCALENDAR":
        own = [f"{each.name}: {plain(each.value)}" for each in component.properties]
        own += component.faults
        if own:
            yield Note(component.line, cut("\n".join(own)))
        for inner in component.inside:
            yield from _taken(inner, content, found)
        inside = []
    else:
        inside = [component]
    for inner in inside:
        yield Note(inner.line, cut(content.text(inner.line, inner.last)))


def _part(kind: str, components: list[Component], content: Content, notes: list[Note]) -> Part:
    records = _Records(kind, components, content)
    begin = f"BEGIN:{kind}"
    # All of ORDER in each: of parts that look alike the one with more rows is taken.
    frame, lines = table_of(records.records(), (begin, *ORDER), (begin, *ORDER))
    return Part(
        kind,
        tuple(frame.columns),
        frame,
        lines,
        header_row=0,
        notes=tuple(notes),
        repairs=records.repairs.told(Repair),
        rejected=tuple(records.rejected),
        flags=tuple(sorted((*content.flags, *records.flags.told(Flag)))),
        evidence=content.evidence,
        records=content.count(kind),
        facts=content.facts,
    )


class _Records:
    """The components of one kind, and what is to be said of them."""

    def __init__(self, kind: str, components: list[Component], content: Content) -> None:
        self.kind, self.components, self.content = kind, components, content
        self.repairs, self.flags = Remarks(), Remarks()
        self.rejected: list[RejectedLine] = []

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Give line and values of each that holds any."""
        row = 0
        for component in self.components:
            if not component.numbers:
                text = self.content.text(component.line, component.last)
                why = tr("there is nothing in it")
                self.rejected.append(RejectedLine(component.line, cut(text), why))
                continue
            values = {f"BEGIN:{self.kind}": self.kind, **_values(component)}
            for fault in component.faults:
                self.repairs.add(row, component.line, fault)
            for flag in _flags(component, values):
                self.flags.add(row, component.line, flag)
            yield component.line, values
            row += 1


def _flags(component: Component, values: dict[str, str]) -> Iterator[str]:
    if component.names_file:
        yield tr("a file in it is named by its size, not kept")
    for name in sorted(DATES & values.keys()):
        if not ISO.match(values[name]):
            yield tr("{name} is no date; it stays as it was", name=name)


def _values(component: Component) -> dict[str, str]:
    """Give the cells of a component by column."""
    cells: defaultdict[str, list[str]] = defaultdict(list)
    for each in component.properties:
        for name, value in _cells(each):
            if value.strip():
                cells[name].append(value)
    cells["TZID"] = list(dict.fromkeys(cells["TZID"]))
    return {name: SEVERAL.join(values) for name, values in cells.items() if values}


def _cells(each: Property) -> Iterable[tuple[str, str]]:
    """Give the columns that a property fills."""
    if each.name in DATES:
        zone = "".join(each.params.get("TZID", ())[:1])
        return [(each.name, iso(each.value, zone)), ("TZID", zone)]
    if each.name in LISTS:
        return [(each.name, value.strip()) for value in split(each.value, ",")]
    if each.name in PEOPLE:
        address = MAILTO.sub("", plain(each.value).strip())
        names = "".join(each.params.get("CN", ())[:1])
        return [(each.name, address), (f"{each.name}.CN", names)]
    return [(each.name, plain(each.value))]


@lru_cache(maxsize=10_000)  # the same days and hours come again and again
def iso(value: str, zone: str = "") -> str:
    """Write a moment of iCalendar by ISO 8601; what is none stays as it is.

    >>> iso("20260305"), iso("20260305T100000", "Romance Standard Time"), iso("soon")
    ('2026-03-05', '2026-03-05T10:00:00+01:00', 'soon')
    """
    text = value.strip()
    try:
        if DAY.fullmatch(text):
            return dt.date.fromisoformat(text).isoformat()
        if MOMENT.fullmatch(text):
            moment = dt.datetime.fromisoformat(text)
            return moment.replace(tzinfo=moment.tzinfo or _zone(zone)).isoformat()
    except (ValueError, OverflowError):
        pass
    return value


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


@lru_cache(maxsize=1_000)  # the names are from files
def _zone(name: str) -> ZoneInfo | None:
    """Find a zone by its name, that of Windows, or the end of "/mozilla.org/x/Europe/Rome"."""
    parts = WINDOWS.get(name, name).split("/")
    for start in range(max(0, len(parts) - 3), len(parts)):
        known = "/".join(parts[start:])
        if known in _zones():  # never used as a path before
            return ZoneInfo(known)
    return None
