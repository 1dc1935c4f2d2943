"""Faults of vCard 2.1, 3.0 and 4.0 and of iCalendar."""

from __future__ import annotations

import quopri
import random
from functools import partial
from typing import TYPE_CHECKING

from tests.faults.catalogue import Catalogue, Family
from tests.faults.delimited import VALUES
from tests.faults.listings import ENDS, Entry, Listing, Text, people, set_to

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FAMILIES"]

FAULTS = Catalogue(("value", "record", "lines", "file"))
CARDS = "vcard21 vcard30 vcard40"
NEW = "vcard30 vcard40"
EVERY = f"{CARDS} ics"
PLACES = "pobox extended street city region postcode country".split()
ORDER = (
    "VERSION", "FN", "N.family", "N.given", "N.additional", "N.prefix", "N.suffix", "NICKNAME",
    "ORG", "ORG.unit", "TITLE", "ROLE", "EMAIL", "TEL", "TEL.work", "TEL.cell", "TEL.home",
    "TEL.fax", "TEL.pager", *(f"ADR.{place}" for place in PLACES),
    *(f"ADR.{place}.home" for place in PLACES), "ADR.other", "URL", "CATEGORIES", "NOTE",
    "BDAY", "UID", "REV",
)  # fmt: skip
EVENT = (
    "UID", "DTSTART", "DTEND", "DURATION", "DUE", "COMPLETED", "PERCENT-COMPLETE", "TZID",
    "SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "CATEGORIES", "ORGANIZER", "ORGANIZER.CN",
    "ATTENDEE", "ATTENDEE.CN", "RRULE",
)  # fmt: skip
VERSIONS = {"vcard21": "2.1", "vcard30": "3.0", "vcard40": "4.0"}


def escaped(text: str, form: str) -> str:
    """Write a value; vCard 2.1 knows no escape but that of its own mark."""
    if form == "vcard21":
        return text.replace(";", "\\;")
    for mark in "\\;,":
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\n", "\\n")


def card(form: str, person: dict[str, str]) -> Entry:
    """Write a person as a card."""
    first, last = person["Name"].split(" ")
    work = {"vcard21": "WORK", "vcard30": "TYPE=WORK", "vcard40": "TYPE=work"}[form]
    text: list[Text] = [
        "BEGIN:VCARD",
        f"VERSION:{VERSIONS[form]}",
        f"N:{last};{first};;;",
        f"FN:{person['Name']}",
        f"EMAIL:{person['E-mail']}",
        f"TEL;{work}:{person['Phone']}",
        f"ADR;{work}:;;High Street 1;{person['City']};;;",
        f"UID:{person['Number']}",
        "END:VCARD",
    ]
    cells = {
        "VERSION": VERSIONS[form],
        "N.family": last,
        "N.given": first,
        "FN": person["Name"],
        "EMAIL": person["E-mail"],
        "TEL.work": person["Phone"],
        "ADR.street": "High Street 1",
        "ADR.city": person["City"],
        "UID": person["Number"],
    }
    return Entry(text, {name: value for name, value in cells.items() if value})


def cards(form: str) -> Listing:
    """Give a clean file of cards."""
    entries = [card(form, person) for person in people()]
    return Listing(form, entries, random.Random(1), ORDER, ORDER[:7])


def event(person: dict[str, str]) -> Entry:
    """Write a meeting with a person."""
    day = person["Joined"]
    text: list[Text] = [
        "BEGIN:VEVENT",
        f"UID:{person['Number']}",
        f"DTSTART;VALUE=DATE:{day.replace('-', '')}",
        f"SUMMARY:{person['Name']}",
        f"ATTENDEE;CN={person['Name']}:mailto:{person['E-mail']}",
        f"LOCATION:{person['City']}",
        "END:VEVENT",
    ]
    cells = {
        "BEGIN:VEVENT": "VEVENT",
        "UID": person["Number"],
        "DTSTART": day,
        "SUMMARY": person["Name"],
        "ATTENDEE": person["E-mail"],
        "ATTENDEE.CN": person["Name"],
        "LOCATION": person["City"],
    }
    return Entry(text, cells, part="VEVENT")


def calendar(form: str) -> Listing:
    """Give a clean calendar."""
    own = "VERSION: 2.0\nPRODID: -//Example//EN"
    return Listing(
        form,
        [event(person) for person in people()],
        random.Random(1),
        EVENT,
        EVENT,
        head=["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN"],
        foot=["END:VCALENDAR"],
        around=[("*", 1, own)],
        parts={f"V{kind}": (f"BEGIN:V{kind}",) for kind in ("EVENT", "TODO", "JOURNAL")},
    )


FAMILIES = [
    *(Family(form, partial(cards, form), FAULTS) for form in VERSIONS),
    Family("ics", partial(calendar, "ics"), FAULTS),
]


def name_of(case: Listing) -> str:
    """Give the property and column that names a record."""
    return "SUMMARY" if case.form == "ics" else "FN"


def note_of(case: Listing) -> str:
    """Give the property and column of free text."""
    return "DESCRIPTION" if case.form == "ics" else "NOTE"


def put(entry: Entry, *lines: Text, **cells: str) -> Entry:
    """Put lines before the end of a record, and cells into it."""
    entry.text[-1:-1] = lines
    entry.cells |= cells
    return entry


def without(entry: Entry, *names: str) -> None:
    """Take lines out of a record."""
    entry.text = [
        line
        for line in entry.text
        if str(line).partition(":")[0].partition(";")[0] not in names
    ]


# -- values -------------------------------------------------------------------------------


def _value(text: str) -> Callable[[Listing], object]:
    def put_it(case: Listing) -> None:
        cells = {note_of(case): text} if text.strip() else {}
        put(case.row(), f"{note_of(case)}:{escaped(text, case.form)}", **cells)

    return put_it


for _name, _text in VALUES.items():
    FAULTS.add(f"value_{_name}", "value", _value(_text), forms=EVERY, paired=False)
FAULTS.add("value_line_break", "value", _value("Floor 2\nHigh Street 1"), forms=f"{NEW} ics",
           paired=False)  # fmt: skip


@FAULTS.fault("value", forms=EVERY)
def every_value(case: Listing) -> None:
    place = case.entries.index(case.row())
    for n, text in enumerate(VALUES.values()):
        person = people(1)[0] | {"Number": f"v{n}"}
        entry = event(person) if case.form == "ics" else card(case.form, person)
        entry.taken = True
        cells = {note_of(case): text} if text.strip() else {}
        put(entry, f"{note_of(case)}:{escaped(text, case.form)}", **cells)
        case.entries.insert(place, entry)


def _qp(text: str, charset: str) -> bytes:
    coded = quopri.encodestring(text.encode(charset)).replace(b"\n", b"=0D=0A")
    return b"NOTE;CHARSET=%s;ENCODING=QUOTED-PRINTABLE:%s" % (charset.encode(), coded)


def _quoted(text: str, charset: str) -> Callable[[Listing], object]:
    def put_it(case: Listing) -> None:
        put(case.row(), _qp(text, charset).decode(), NOTE=text)

    return put_it


FAULTS.add("quoted_printable_utf8", "value", _quoted("Sørens æg", "utf-8"), forms="vcard21")
FAULTS.add(
    "quoted_printable_cp1252", "value", _quoted("Sørens æg", "windows-1252"), forms="vcard21"
)
FAULTS.add("quoted_printable_shift_jis", "value", _quoted("見本太郎", "shift_jis"),
           forms="vcard21")  # fmt: skip


@FAULTS.fault("value", forms="vcard21")
def soft_breaks(case: Listing) -> None:
    lines = ("NOTE;CHARSET=UTF-8;QUOTED-PRINTABLE:S=C3=B8rens =", "=C3=A6g og=", " =0D=0Amere")
    put(case.row(), *lines, NOTE="Sørens æg og \nmere")


@FAULTS.fault("value", forms="vcard21")
def soft_break_before_a_blank_line(case: Listing) -> None:
    put(case.row(), "NOTE;ENCODING=QUOTED-PRINTABLE:Ann=", "", "TITLE:Boss", NOTE="Ann",
        TITLE="Boss")  # fmt: skip


@FAULTS.fault("value", forms="vcard21")
def declared_shift_jis(case: Listing) -> None:
    put(case.row(), b"NOTE;CHARSET=SHIFT_JIS:" + "見本".encode("cp932"), NOTE="見本")


@FAULTS.fault("value", forms="vcard21")
def declared_wrongly(case: Listing) -> None:
    entry = put(case.row(), b"NOTE;CHARSET=UTF-8:S\xf8ren", NOTE="Søren")
    entry.repaired = True


# -- records ------------------------------------------------------------------------------


@FAULTS.fault("record", forms=EVERY)
def no_end(case: Listing) -> None:
    entry = case.row()
    entry.text.pop()
    entry.repaired = True


@FAULTS.fault("record", "cut", forms=CARDS)
def no_end_at_the_end(case: Listing) -> None:
    entry = case.last()
    entry.text.pop()
    entry.repaired = True


@FAULTS.fault("record", forms=EVERY)
def no_begin(case: Listing) -> None:
    """Put lines outside of all: each is a note."""
    entry = case.row()
    kind = "VEVENT" if case.form == "ics" else "VCARD"
    place = case.entries.index(entry)
    lines: list[Text] = [f"{name_of(case)}:Ann Example", f"END:{kind}"]
    if case.form == "ics":  # it is the calendar's own
        lines = lines[1:]
    notes = [Entry([line], kind="note", taken=True) for line in lines]
    case.entries[place:place] = notes


@FAULTS.fault("record", forms=CARDS)
def no_formatted_name(case: Listing) -> None:
    entry = case.row()
    without(entry, "FN")
    del entry.cells["FN"]


@FAULTS.fault("record", forms=CARDS)
def no_name_at_all(case: Listing) -> None:
    entry = case.row()
    without(entry, "FN", "N")
    for name in ("FN", "N.family", "N.given"):
        del entry.cells[name]


@FAULTS.fault("record", forms=CARDS)
def no_version(case: Listing) -> None:
    entry = case.row()
    without(entry, "VERSION")
    del entry.cells["VERSION"]


@FAULTS.fault("record", forms=CARDS)
def only_a_version(case: Listing) -> None:
    case.insert(Entry(["BEGIN:VCARD", "VERSION:3.0", "END:VCARD"], kind="rejected"))


@FAULTS.fault("record", forms=EVERY)
def nothing_inside(case: Listing) -> None:
    kind = "VEVENT" if case.form == "ics" else "VCARD"
    part = kind if case.form == "ics" else ""
    case.insert(Entry([f"BEGIN:{kind}", f"END:{kind}"], kind="rejected", part=part))


@FAULTS.fault("record", forms="vcard21 vcard30")
def card_in_a_card(case: Listing) -> None:
    entry = case.row()
    inner = card(case.form, {**people(1)[0], "Name": "Holly Inside"})
    down = len(entry.text)
    put(entry, "AGENT:", *inner.text, AGENT="Holly Inside")
    entry.inner.append((down, Entry([], inner.cells)))


@FAULTS.fault("record", forms=EVERY)
def same_uid_twice(case: Listing) -> None:
    entry = case.row()
    twin = Entry([*entry.text], {**entry.cells}, part=entry.part, taken=True)
    case.entries.insert(case.entries.index(entry), twin)


@FAULTS.fault("record", forms=EVERY)
def unknown_property(case: Listing) -> None:
    put(case.row(), "X-SHOE-SIZE;X-Odd=1:43", "X-Shoe-Size:44", **{"X-SHOE-SIZE": "43; 44"})


@FAULTS.fault("record", forms=CARDS)
def labelled_property(case: Listing) -> None:
    entry = case.row()
    lines = ("item1.EMAIL:b@example.com", "item1.X-ABLabel:_$!<School>!$_")
    both = f"{entry.cells['EMAIL']}; b@example.com"
    put(entry, *lines, EMAIL=both, **{"X-ABLABEL": "EMAIL: School"})


@FAULTS.fault("record", forms=CARDS)
def preferred_address(case: Listing) -> None:
    entry = case.row()
    mark = {"vcard21": "PREF", "vcard30": "TYPE=PREF", "vcard40": "PREF=1"}[case.form]
    both = f"b@example.com; {entry.cells['EMAIL']}"
    put(entry, f"EMAIL;{mark}:b@example.com", EMAIL=both)


@FAULTS.fault("record", forms=CARDS)
def picture(case: Listing) -> None:
    coded = {"vcard21": "ENCODING=BASE64;JPEG", "vcard30": "ENCODING=b;TYPE=JPEG"}
    line = f"PHOTO;{coded.get(case.form, '')}:/9j/4AAQ"
    if case.form == "vcard40":
        line = "PHOTO:data:image/jpeg;base64,/9j/4AAQ"
    entry = put(case.row(), line, " SkZJRgAB", "", PHOTO="image/jpeg, 12 bytes"
                if case.form == "vcard40" else "jpeg, 12 bytes")  # fmt: skip
    entry.flagged = True


@FAULTS.fault("record", forms=EVERY)
def line_that_is_no_property(case: Listing) -> None:
    entry = case.row()
    down = len(entry.text) - 1
    put(entry, "UID:9", "what is this") if "UID" not in entry.cells else None
    entry.text[1:1] = ["what is this"]
    entry.inner.append((1, Entry(["what is this"], kind="note")))
    entry.repaired = down > 0


@FAULTS.fault("record", forms=EVERY)
def line_break_that_nobody_escaped(case: Listing) -> None:
    name = note_of(case)
    entry = put(
        case.row(), f"{name}:Floor 2", "High Street 1", **{name: "Floor 2\nHigh Street 1"}
    )
    entry.repaired = True


@FAULTS.fault("record", forms=EVERY)
def nul_in_a_value(case: Listing) -> None:
    entry, name = case.row(), note_of(case)
    entry.flags.append(len(entry.text) - 1)
    put(entry, f"{name}:Ann\0Example", **{name: "AnnExample"})


# -- lines --------------------------------------------------------------------------------


def _folded(blank: bytes, size: int) -> Callable[[Listing], object]:
    """Fold each long line of a record, also in the middle of a letter."""

    def fold(case: Listing) -> None:
        entry, name = case.row(), note_of(case)
        long = "Ærøskøbing, Ålborg og Øster Ågade, " * 4 + "Udine"
        text = f"{name}:{escaped(long, case.form)}".encode()
        pieces = [text[n : n + size] for n in range(0, len(text), size)]
        old = case.form == "vcard21"
        lines = [pieces[0], *((b"" if old else blank) + piece for piece in pieces[1:])]
        put(entry, *lines, **{name: long})

    return fold


FAULTS.add("folded", "lines", _folded(b" ", 75), "fold", f"{NEW} ics")
FAULTS.add("folded_by_tabs", "lines", _folded(b"\t", 75), "fold", f"{NEW} ics")
FAULTS.add("folded_short", "lines", _folded(b" ", 14), "fold", f"{NEW} ics")


@FAULTS.fault("lines", forms="vcard21")
def folded_before_a_blank(case: Listing) -> None:
    put(case.row(), "NOTE:High Street", " 1, Udine", NOTE="High Street 1, Udine")


def _rewritten(case: Listing, change: Callable[[str], str]) -> None:
    """Change each line of the records, and of the notes in them."""
    inner = [each for entry in case.entries for _, each in entry.inner]
    for entry in [*case.entries, *inner]:
        entry.text = [change(line) if isinstance(line, str) else line for line in entry.text]


@FAULTS.fault("lines", forms=EVERY)
def small_letters(case: Listing) -> None:
    names = {"BEGIN": "begin", "FN:": "fn:", "SUMMARY": "Summary"}

    def change(line: str) -> str:
        found = next((name for name in names if line.startswith(name)), "")
        return names.get(found, "") + line.removeprefix(found)

    _rewritten(case, change)


@FAULTS.fault("lines", forms=EVERY)
def blanks_behind_the_edges(case: Listing) -> None:
    _rewritten(case, lambda line: f"{line} " if line[:4] in ("BEGI", "END:") else line)


@FAULTS.fault("lines", forms=EVERY)
def blank_lines_between(case: Listing) -> None:
    for entry in [*case.entries]:
        case.entries.insert(case.entries.index(entry), Entry([""], kind="nothing"))


@FAULTS.fault("lines", forms=CARDS)
def blank_lines_inside(case: Listing) -> None:
    entry = case.row()
    entry.text[3:3] = ["", ""]
    entry.inner = [(down + 2 if down > 2 else down, each) for down, each in entry.inner]


@FAULTS.fault("lines", forms=CARDS)
def other_version(case: Listing) -> None:
    entry = case.row()
    if "VERSION" in entry.cells:
        entry.text[1], entry.cells["VERSION"] = "VERSION:9.9", "9.9"


# -- calendars ----------------------------------------------------------------------------


@FAULTS.fault("record", forms="ics")
def to_do(case: Listing) -> None:
    cells = {"BEGIN:VTODO": "VTODO", "UID": "t", "DUE": "2026-03-05", "SUMMARY": "Call Ann"}
    text: list[Text] = [
        "BEGIN:VTODO",
        "UID:t",
        "DUE:20260305",
        "SUMMARY:Call Ann",
        "END:VTODO",
    ]
    case.insert(Entry(text, cells, part="VTODO"))


@FAULTS.fault("record", forms="ics")
def alarm(case: Listing) -> None:
    entry = case.row()
    down = len(entry.text) - 1
    lines = ("BEGIN:VALARM", "TRIGGER:-PT15M", "END:VALARM")
    put(entry, *lines)
    entry.inner.append((down, Entry(list(lines), kind="note")))


@FAULTS.fault("record", forms="ics")
def zone(case: Listing) -> None:
    text: list[Text] = ["BEGIN:VTIMEZONE", "TZID:Example Time", "END:VTIMEZONE"]
    case.insert(Entry(text, kind="note"))


@FAULTS.fault("record", forms="ics")
def date_that_is_none(case: Listing) -> None:
    entry = case.row()
    entry.text[2], entry.cells["DTSTART"] = "DTSTART:soon", "soon"
    entry.flagged = True


@FAULTS.fault("record", forms="ics")
def second_calendar(case: Listing) -> None:
    entry = case.row()
    place = case.entries.index(entry)
    edge: list[Text] = ["END:VCALENDAR", "BEGIN:VCALENDAR"]
    case.entries.insert(place, Entry(edge, kind="nothing", taken=True))


@FAULTS.fault("value", "encoding", forms=EVERY)
def one_line_of_cp1252(case: Listing) -> None:
    entry, name = case.row(), note_of(case)
    entry.flags.append(len(entry.text) - 1)
    put(entry, f"{name}:Søren Müller, Århus".encode("cp1252"), **{name: "Søren Müller, Århus"})


# -- the file -----------------------------------------------------------------------------

for _name, _ends in ENDS.items():
    if _name != "crlf":
        FAULTS.add(f"ends_{_name}", "file", set_to(ends=_ends), "ends")
FAULTS.add("utf8_bom", "file", set_to(mark="\ufeff"), "encoding")
FAULTS.add("utf16_bom", "file", set_to(mark="\ufeff", encoding="utf-16-le"), "encoding")
FAULTS.add("cp1252", "file", set_to(encoding="cp1252"), "encoding")
FAULTS.add("no_end_of_the_last_line", "file", set_to(end_at_end=False), "cut")


@FAULTS.fault("file", "cut", forms=CARDS)
def cut_off(case: Listing) -> None:
    """Cut the file in the last record: what is there of it is read."""
    entry = case.last()
    entry.text[-2:] = ["UID:00"]
    entry.cells["UID"], entry.repaired, case.end_at_end = "00", True, False


FAULTS.clash("the letters that are cut in two are of UTF-8",
             "folded cp1252", "folded_by_tabs cp1252", "folded_short cp1252")  # fmt: skip
