"""Cards, calendars and mails give tables that exactly their own system claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from custclean.systems import SYSTEMS
from custclean.systems._recognition import claims
from custclean.tables import ics, mail, vcard
from custclean.tables.raw import Asked

if TYPE_CHECKING:
    from pathlib import Path

FORMATS: tuple[Any, ...] = (ics, mail, vcard)
FILES = [
    ("icalendar/events.ics", ics, ["appointment", "todo"]),
    ("icalendar/notes.ics", ics, ["note"]),
    ("icalendar/todos.ics", ics, ["todo"]),
    ("mail/inbox.mbox", mail, ["mail"]),
    ("mail/reply.eml", mail, ["mail"]),
    ("vcard/apple_30.vcf", vcard, [None]),
    ("vcard/outlook_21.vcf", vcard, [None]),
    ("vcard/rfc_40.vcf", vcard, [None]),
]


@pytest.mark.parametrize(("name", "form", "kinds"), FILES)
def test_a_part_is_claimed_by_its_own_system(
    samples: Path, name: str, form: Any, kinds: list[str | None]
) -> None:
    path = samples / name
    parts = form.parts(path, path.read_bytes(), Asked())
    found = [
        [claim for claim in claims(SYSTEMS, part.header, ()) if not claim.missing]
        for part in parts
    ]
    assert {each.system for every in found for each in every} == {path.parent.name}
    assert [[each.layout.values.get("kind") for each in every] for every in found] == [
        [kind] for kind in kinds
    ]


@pytest.mark.parametrize(("name", "form", "kinds"), FILES)
def test_a_file_is_told_by_its_own_format_alone(
    samples: Path, name: str, form: Any, kinds: list[str | None]
) -> None:
    data = (samples / name).read_bytes()
    assert [each for each in FORMATS if each.is_it(data)] == [form]
