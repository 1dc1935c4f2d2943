"""Events, to-dos and journals become rows of their own parts; the rest are notes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.errors import InputError
from custclean.tables import ics
from custclean.tables.ics import iso
from custclean.tables.raw import Asked, Part
from tests.ending import must_end

EVENT = "BEGIN:VEVENT\r\n{}\r\nEND:VEVENT\r\n"


def _parts(text: str) -> list[Part]:
    data = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{text}END:VCALENDAR\r\n".encode()
    return ics.parts(Path("x.ics"), data, Asked())


def _row(lines: str) -> dict[str, str]:
    (part,) = _parts(EVENT.format(lines))
    (row,) = part.frame.to_dicts()
    return {name: value for name, value in row.items() if value is not None}


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("DTSTART:20260305T100000Z", "2026-03-05T10:00:00+00:00"),
        ("DTSTART:20260305T100000", "2026-03-05T10:00:00"),
        ("DTSTART;VALUE=DATE:20260305", "2026-03-05"),
        ("DTSTART;TZID=Europe/Rome:20260705T100000", "2026-07-05T10:00:00+02:00"),
        ("DTSTART;TZID=Eastern Standard Time:20260105T100000", "2026-01-05T10:00:00-05:00"),
        ("DTSTART;TZID=/mozilla.org/x/Europe/Rome:20260105T1000", "20260105T1000"),
        (
            "DTSTART;TZID=/mozilla.org/x/Europe/Rome:20260105T100000",
            "2026-01-05T10:00:00+01:00",
        ),
        ("DTSTART;TZID=../../etc/passwd:20260105T100000", "2026-01-05T10:00:00"),
        ("DTSTART:20261332", "20261332"),
    ],
)
def test_a_moment_is_written_with_the_offset_of_its_zone(line: str, written: str) -> None:
    assert _row(line)["DTSTART"] == written


def test_the_zone_is_kept_as_it_was_written() -> None:
    row = _row("DTSTART;TZID=My Zone:20260305T100000\r\nDTEND;TZID=My Zone:20260305T110000")
    assert row["TZID"] == "My Zone"


def test_a_date_that_is_none_is_flagged() -> None:
    (part,) = _parts(EVENT.format("DTSTART:soon"))
    assert [flag.what for flag in part.flags] == ["DTSTART is no date; it stays as it was"]


@given(st.text(), st.text())
def test_no_text_is_too_odd_for_a_moment(value: str, zone: str) -> None:
    assert isinstance(iso(value, zone), str)


def test_people_are_their_addresses_and_their_names() -> None:
    row = _row('ATTENDEE;CN="A, B":MAILTO:a@example.com\r\nATTENDEE:mailto:c@example.com')
    assert (row["ATTENDEE"], row["ATTENDEE.CN"]) == ("a@example.com; c@example.com", "A, B")


def test_a_line_may_be_folded_among_its_parameters() -> None:
    row = _row(
        "ATTENDEE;ROLE=REQ-PARTICIPANT;RSVP=\r\n TRUE;CN=Ann:mai\r\n lto:ann@example.com"
    )
    assert (row["ATTENDEE"], row["ATTENDEE.CN"]) == ("ann@example.com", "Ann")


def test_each_kind_is_a_part_with_the_same_columns() -> None:
    todo = "BEGIN:VTODO\r\nSUMMARY:t\r\nEND:VTODO\r\n"
    parts = _parts(EVENT.format("SUMMARY:e") + todo)
    assert [part.name for part in parts] == ["VEVENT", "VTODO"]
    assert [part.header[0] for part in parts] == ["BEGIN:VEVENT", "BEGIN:VTODO"]
    assert parts[0].header[1:] == parts[1].header[1:]


def test_alarms_zones_and_what_the_calendar_says_of_itself_are_notes() -> None:
    zone = "BEGIN:VTIMEZONE\r\nTZID:x\r\nEND:VTIMEZONE\r\n"
    (part,) = _parts(zone + EVENT.format("SUMMARY:e\r\nBEGIN:VALARM\r\nEND:VALARM"))
    assert [(note.line, note.text.split("\n")[0]) for note in part.notes] == [
        (1, "VERSION: 2.0"),
        (3, "BEGIN:VTIMEZONE"),
        (8, "BEGIN:VALARM"),
    ]


def test_an_event_without_its_end_is_taken_and_told() -> None:
    (part,) = _parts("BEGIN:VEVENT\r\nSUMMARY:a\r\n" + EVENT.format("SUMMARY:b"))
    assert part.frame["SUMMARY"].to_list() == ["a", "b"]
    assert [repair.line for repair in part.repairs] == [3]


def test_an_alarm_without_its_end_costs_no_event() -> None:
    alarm = "BEGIN:VALARM\r\nTRIGGER:x\r\nEND:VEVENT\r\n"
    (part,) = _parts("BEGIN:VEVENT\r\nSUMMARY:a\r\n" + alarm + EVENT.format("SUMMARY:b"))
    assert part.frame["SUMMARY"].to_list() == ["a", "b"]


def test_an_event_that_holds_nothing_is_rejected_by_itself() -> None:
    (part,) = _parts(EVENT.format("") + EVENT.format("SUMMARY:b"))
    assert [line.line for line in part.rejected] == [3]
    assert part.records == 2


def test_a_calendar_without_records_is_refused() -> None:
    with pytest.raises(InputError, match="no event"):
        _parts("BEGIN:VTIMEZONE\r\nEND:VTIMEZONE\r\n")


def test_the_count_of_each_kind_is_that_of_rows_and_rejects_whatever_is_damaged(
    samples: Path,
) -> None:
    dice = random.Random(5)
    for path in sorted((samples / "icalendar").iterdir()):
        for _ in range(60):
            data = bytearray(path.read_bytes())
            for _ in range(dice.randint(1, 5)):
                data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
            try:
                parts = ics.parts(path, bytes(data[: dice.randrange(20, len(data))]), Asked())
            except InputError:
                continue
            for part in parts:
                assert part.records == len(part.frame) + len(part.rejected)


@pytest.mark.parametrize(
    "piece",
    ["BEGIN:VEVENT\n", "BEGIN:VALARM\n", "BEGIN:VALARM\nEND:VALARM\n", "END:X\n", "\n a",
     "A:1\n", "BEGIN:VCALENDAR\n", "ATTENDEE:a\n", "DTSTART:1\n", ';A="'],
)  # fmt: skip
def test_256_kb_of_anything_take_no_time(piece: str) -> None:
    with must_end():
        _parts("BEGIN:VEVENT\nUID:1\n" + piece * (256_000 // len(piece)))


def test_a_zone_of_its_own_in_each_event_takes_no_time() -> None:
    with must_end():
        _parts(
            "".join(EVENT.format(f"DTSTART;TZID=a/{n}:20260305T100000") for n in range(900))
        )
