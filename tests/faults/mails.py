"""Faults of mail: a mailbox (mbox), and one message (eml)."""

from __future__ import annotations

import base64
import random
from functools import partial
from typing import TYPE_CHECKING

from tests.faults.cases import Impossible
from tests.faults.catalogue import Catalogue, Family
from tests.faults.delimited import VALUES
from tests.faults.listings import ENDS, Entry, Listing, Text, people, set_to

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FAMILIES"]

FAULTS = Catalogue(("value", "head", "body", "box", "file"))
PEOPLE = ("From", "To", "Cc", "Bcc", "Reply-To", "Sender")
ORDER = (
    "Date", *(name for person in PEOPLE for name in (person, f"{person}.address")), "Subject",
    "Message-ID", "In-Reply-To", "References", "Auto-Submitted", "List-Id", "List-Unsubscribe",
    "Precedence", "X-Auto-Response-Suppress", "Return-Path", "X-Gmail-Labels", "Attachments",
    "Body",
)  # fmt: skip
ALWAYS = ("Date", "From", "From.address", "To", "To.address", "Subject", "Body")
PLAIN = {"Content-Type": "text/plain; charset=utf-8", "Content-Transfer-Encoding": "8bit"}


def word(text: str) -> str:
    """Write a text of a head as an encoded word, where it must be one."""
    if text.isascii():
        return text
    return f"=?utf-8?B?{base64.b64encode(text.encode()).decode()}?="


class Mail(Entry):
    """A message, as its fields and its body until it is written."""

    fields: dict[str, str]
    body: list[Text]
    begin: list[Text]

    def write(self) -> None:
        """Put the lines of the message together."""
        fields = "\n".join(f"{name}: {value}" for name, value in self.fields.items())
        head = fields.split("\n")  # a folded one has several lines
        self.text = [*self.begin, *head, "", *self.body]


def mail(form: str, person: dict[str, str]) -> Mail:
    """Write a mail of a person."""
    entry = Mail([])
    address, name = person["E-mail"], person["Name"]
    entry.begin = [f"From {address} Thu Mar  5 10:00:00 2026"] if form == "mbox" else []
    entry.fields = {
        "From": f"{word(name)} <{address}>",
        "To": "office@example.com",
        "Date": "Thu, 5 Mar 2026 10:00:00 +0100",
        "Subject": word(f"Order of {name}"),
        **PLAIN,
    }
    entry.body = [f"Dear office, I live in {person['City']}.", "Bye"]
    entry.cells = {
        "Date": "2026-03-05T10:00:00+01:00",
        "From": f"{name} <{address}>",
        "From.address": address,
        "To": "office@example.com",
        "To.address": "office@example.com",
        "Subject": f"Order of {name}",
        "Body": "\n".join(map(str, entry.body)),
    }
    if form == "mbox":
        entry.body.append("")  # a blank line stands before the next one
    entry.write()
    return entry


def box(form: str) -> Listing:
    """Give a clean mailbox, or one message."""
    rows = people(12)[: 12 if form == "mbox" else 1]
    entries: list[Entry] = [mail(form, person) for person in rows]
    return Listing(form, entries, random.Random(1), ORDER, ALWAYS, ends=("\n",))


FAMILIES = [Family(form, partial(box, form), FAULTS) for form in ("mbox", "eml")]


def message(case: Listing) -> Mail:
    """Give a message that no fault has yet; of one message alone, that one."""
    entry = case.row() if case.form == "mbox" else case.entries[0]
    assert isinstance(entry, Mail)
    return entry


def head(case: Listing, change: dict[str, str | None], **cells: str) -> Mail:
    """Change fields of a head (None: it is gone), and what is seen of them."""
    entry = message(case)
    if not set(change) <= set(entry.fields) | {"X", "List-Id"} or entry.kind != "row":
        msg = "another fault has the field"
        raise Impossible(msg)
    for name, value in change.items():
        entry.fields.pop(name, None)
        if value is not None:
            entry.fields[name] = value
    entry.cells |= cells
    entry.cells = {name: value for name, value in entry.cells.items() if value}
    entry.write()
    return entry


def body(case: Listing, lines: list[Text], seen: str, **fields: str) -> Mail:
    """Change the body, and the fields that say how it is written."""
    entry = message(case)
    entry.fields |= {name.replace("_", "-"): value for name, value in fields.items()}
    entry.body = [*lines, ""] if case.form == "mbox" else lines
    entry.cells = {**entry.cells, "Body": seen}
    entry.cells = {name: value for name, value in entry.cells.items() if value}
    entry.write()
    return entry


# -- values of heads ----------------------------------------------------------------------


def _subject(text: str) -> Callable[[Listing], object]:
    coded = f"=?utf-8?B?{base64.b64encode(text.encode()).decode()}?="
    return lambda case: head(case, {"Subject": coded}, Subject=text)


for _name, _text in VALUES.items():
    FAULTS.add(f"value_{_name}", "value", _subject(_text), "Subject", paired=False)


def _head(name: str, group: str, change: dict[str, str | None], **cells: str) -> None:
    FAULTS.add(name, "head", lambda case: head(case, change, **cells), group)


_head("no_subject", "Subject", {"Subject": None}, Subject="")
_head("no_date", "Date", {"Date": None}, Date="")
_head("no_sender", "From", {"From": None}, **{"From": "", "From.address": ""})
_head("words_in_quoted_printable", "Subject", {"Subject": "=?iso-8859-1?Q?S=F8ren_&_=C5se?="},
      Subject="Søren & Åse")  # fmt: skip
_head("words_in_shift_jis", "Subject", {"Subject": "=?shift_jis?B?jKmWew==?="}, Subject="見本")
_head("words_in_two_pieces", "Subject", {"Subject": "=?utf-8?Q?S=C3?=\n =?utf-8?Q?=B8ren?="},
      Subject="Søren")  # fmt: skip
_head("folded_field", "Subject", {"Subject": "Order\n\tof Ann"}, Subject="Order\tof Ann")
_head("bare_address", "From", {"From": "ann@example.com"},
      **{"From": "ann@example.com", "From.address": "ann@example.com"})  # fmt: skip
ANN = {"From": "Example, Ann <ann@example.com>", "From.address": "ann@example.com"}
_head("comma_in_a_name", "From", {"From": '"Example, Ann" <ann@example.com>'}, **ANN)
_head("bracket_not_closed", "From", {"From": '"Example, Ann" <ann@example.com'}, **ANN)
_head("many_addresses", "To", {"To": "a@example.com, Bo <b@example.com>;c@example.com"},
      **{"To": "a@example.com; Bo <b@example.com>; c@example.com",
         "To.address": "a@example.com; b@example.com; c@example.com"})  # fmt: skip
_head("date_with_a_comment", "Date", {"Date": "Thu, 5 Mar 2026 10:00:00 -0000 (UTC)"},
      Date="2026-03-05T10:00:00+00:00")  # fmt: skip
_head("automatic_sender", "list", {"List-Id": "<news.example.com>"},
      **{"List-Id": "<news.example.com>"})  # fmt: skip
_head("unknown_field", "unknown", {"X": "whatever"})


@FAULTS.fault("head", "Date")
def date_that_is_none(case: Listing) -> None:
    head(case, {"Date": "next Thursday"}, Date="next Thursday").flagged = True


# -- bodies -------------------------------------------------------------------------------


def _body(name: str, lines: list[Text], seen: str, **fields: str) -> None:
    FAULTS.add(name, "body", lambda case: body(case, lines, seen, **fields), "body")


CODED = "Content_Transfer_Encoding"
_body(
    "quoted_printable",
    ["S=C3=B8rens =", "=C3=A6g"],
    "Sørens æg",
    **{CODED: "quoted-printable"},
)
_body("base64", [base64.b64encode("Sørens æg".encode()).decode()], "Sørens æg",
      **{CODED: "base64"})  # fmt: skip
_body(
    "cp1252", ["Sørens".encode("cp1252")], "Sørens", Content_Type="text/plain; charset=cp1252"
)
_body(
    "shift_jis",
    ["見本".encode("cp932")],
    "見本",
    Content_Type='text/plain; charset="Shift_JIS"',
)
_body("html", ["<html><style>p {}</style><p>Dear&nbsp;Ann,<br>bye</p>"], "Dear Ann,\nbye",
      Content_Type="text/html; charset=utf-8")  # fmt: skip
_body("no_body", [], "")
_body("from_in_the_text", ["Hello", "From now on: ask"], "Hello\nFrom now on: ask")
PARTS: list[Text] = [
    "--=b", "Content-Type: text/plain; charset=utf-8", "", "Søren", "--=b",
    'Content-Type: image/png; name="a.png"', "Content-Transfer-Encoding: base64",
    'Content-Disposition: attachment; filename="a.png"', "", "iVBORw0KGgo=", "--=b--",
]  # fmt: skip


@FAULTS.fault("body", "body")
def several_parts(case: Listing) -> None:
    entry = body(case, PARTS, "Søren", Content_Type='multipart/mixed; boundary="=b"')
    entry.cells["Attachments"] = "a.png (8 bytes)"


@FAULTS.fault("body", "body")
def last_boundary_missing(case: Listing) -> None:
    entry = body(case, PARTS[:-1], "Søren", Content_Type='multipart/mixed; boundary="=b"')
    entry.cells["Attachments"] = "a.png (8 bytes)"


@FAULTS.fault("body", "body")
def set_declared_wrongly(case: Listing) -> None:
    body(case, [b"S\xf8ren"], "Søren").flagged = True


@FAULTS.fault("body", "body")
def body_without_an_end(case: Listing) -> None:
    seen = f"{'x' * 9_999}…"
    body(case, ["x" * 12_000], seen).flagged = True


# -- the box ------------------------------------------------------------------------------


def boxed(case: Listing) -> Mail:
    """Give a message of a box."""
    if case.form != "mbox":
        msg = "there is no box"
        raise Impossible(msg)
    return message(case)


@FAULTS.fault("box", "body", forms="mbox")
def quoted_from(case: Listing) -> None:
    body(case, [">From here", ">>From there"], "From here\n>From there")


@FAULTS.fault("box", forms="mbox")
def no_blank_line_before_the_next(case: Listing) -> None:
    entry = boxed(case)
    entry.body = entry.body[:-1]
    entry.write()


@FAULTS.fault("box", forms="mbox")
def sender_of_thunderbird(case: Listing) -> None:
    entry = boxed(case)
    entry.begin = ["From - Thu Mar  5 10:00:00 2026"]
    entry.write()


@FAULTS.fault("box", forms="mbox")
def no_mail(case: Listing) -> None:
    begin = "From ann@example.com Thu Mar  5 10:00:00 2026"
    text: list[Text] = [begin, "X-Status: RO", "", "nothing", ""]
    says = "X-Status: RO\n\nnothing\n\n"
    case.insert(Entry(text, kind="rejected", says=says))


@FAULTS.fault("box", forms="mbox")
def same_message_twice(case: Listing) -> None:
    entry = boxed(case)
    twin = Entry([*entry.text], {**entry.cells}, flagged=entry.flagged, taken=True)
    case.entries.insert(case.entries.index(entry), twin)


@FAULTS.fault("body", "body")
def nul(case: Listing) -> None:
    body(case, ["Ann\0Bo"], "AnnBo").flagged = True


for _name, _ends in ENDS.items():
    if _name != "lf":
        FAULTS.add(f"ends_{_name}", "file", set_to(ends=_ends), "ends")
FAULTS.clash("a reject keeps the line ends of the file", "no_mail ends_crlf",
             "no_mail ends_mixed")  # fmt: skip
FAULTS.add("utf8_bom", "file", set_to(mark="\ufeff"), "encoding")
FAULTS.add("no_end_of_the_last_line", "file", set_to(end_at_end=False), "cut")
