"""iCalendar (RFC 5545): appointments, to-dos and notes; the columns are those of `tables.ics`.

The line that begins a component heads its first column, so that its kind can be told.
"""

from __future__ import annotations

from custclean.systems import Layout, System

SHARED = {
    "who": "ORGANIZER",
    "who.invited": "ATTENDEE",
    "subject": "SUMMARY",
    "body": "DESCRIPTION",
    "status": "STATUS",
}


def _layout(begin: str, kind: str, *when: str) -> Layout:
    moments = {f"when.{number}": heading for number, heading in enumerate(when, 1)}
    headings = {"kind": begin, **moments, **SHARED}
    return Layout(
        kind="activities",
        headings={name: {"en": (heading,)} for name, heading in headings.items()},
        required=("kind",),
        identifying=("when", "who", "subject", "body"),
        values={"kind": kind},
    )


SYSTEM = System(
    name="icalendar",
    title="iCalendar",
    layouts=(
        _layout("BEGIN:VEVENT", "appointment", "DTSTART"),
        _layout("BEGIN:VTODO", "todo", "DUE", "DTSTART", "COMPLETED"),
        _layout("BEGIN:VJOURNAL", "note", "DTSTART"),
    ),
)
