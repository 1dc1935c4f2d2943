"""Messages become rows, whichever program wrote the mailbox; no table is taken for mail."""

from __future__ import annotations

import csv
import io
import random
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.errors import InputError
from custclean.tables import mail
from custclean.tables.raw import Asked, Part
from tests.ending import must_end

HEAD = "From: Ann <ann@example.com>\nDate: Thu, 5 Mar 2026 10:00:00 +0100\n"
BEGIN = "From ann@example.com Thu Mar  5 10:00:00 2026\n"


def _read(text: str | bytes) -> Part:
    data = text.encode() if isinstance(text, str) else text
    (part,) = mail.parts(Path("x.mbox"), data, Asked())
    return part


def _bodies(text: str) -> list[str | None]:
    return _read(text).frame["Body"].to_list()


@pytest.mark.parametrize(
    "begin",
    [
        BEGIN,
        "From - Thu Mar  5 10:00:00 2026\n",
        "From \n",
        "From 1712345@xxx Thu Mar 05 10:00:00 +0000 2026\r\n",
        "From MAILER-DAEMON Thu Mar  5 10:00 2026\n",
    ],
)
def test_a_message_begins_as_any_program_writes_it(begin: str) -> None:
    data = f"{begin}{HEAD}\none\n\n{begin}{HEAD}\ntwo\n"
    assert mail.is_it(data.encode())
    assert _bodies(data) == ["one", "two"]


def test_a_line_of_a_body_begins_no_message() -> None:
    body = "From now on\nNote: nothing\n\nFrom 10:00 until late 2026\nno field"
    assert _bodies(f"{BEGIN}{HEAD}\n{body}\n") == [body]


def test_a_from_that_was_quoted_is_taken_back_once() -> None:
    assert _bodies(f"{BEGIN}{HEAD}\n>From a\n>>From b\n> From c\n") == [
        "From a\n>From b\n> From c"
    ]


def test_a_length_is_believed_where_a_message_begins_behind_it() -> None:
    body = f"forwarded:\n\n{BEGIN}Subject: x\n\ny\n"
    message = f"{BEGIN}{HEAD}Content-Length: {len(body)}\n\n{body}"
    assert len(_read(f"{message}\n{BEGIN}{HEAD}\ntwo\n").frame) == 2
    assert len(_read(message.replace(": ", ": 1", 9)).frame) == 2


def test_a_single_message_needs_no_from_line() -> None:
    data = f"{HEAD}Subject: =?utf-8?q?S=C3=B8?=\n\nHi\n>From here\n"
    assert mail.is_it(data.encode())
    part = _read(data)
    assert part.frame.select("Subject", "Body").rows() == [("Sø", "Hi\n>From here")]


def test_people_stand_with_their_names_and_with_bare_addresses() -> None:
    part = _read(f'{HEAD}To: "B, B" <b@example.com>, c@example.com\nTo: d@example.com\n\n')
    assert part.frame.select("To", "To.address").rows() == [
        (
            "B, B <b@example.com>; c@example.com; d@example.com",
            "b@example.com; c@example.com; d@example.com",
        )
    ]


def test_a_date_that_is_none_stays_and_is_flagged() -> None:
    part = _read("From: a@example.com\nDate: soon\n\nx")
    assert part.frame["Date"].to_list() == ["soon"]
    assert [flag.line for flag in part.flags] == [1]


def test_what_is_no_mail_is_rejected_by_itself() -> None:
    part = _read(f"{BEGIN}X: 1\n\nx\n{BEGIN}{HEAD}\ny\n")
    assert [line.line for line in part.rejected] == [1]
    assert part.lines.to_list() == [5]


def test_nothing_is_no_mail() -> None:
    with pytest.raises(InputError, match="no mail"):
        _read("\n")


def test_fields_without_a_column_are_named() -> None:
    (sentence,) = _read(f"{HEAD}Received: x\nX-Spam: y\n\n").evidence
    assert sentence.endswith(": received, x-spam")


def test_the_marks_of_automatic_senders_are_kept() -> None:
    part = _read(f"{HEAD}Precedence: bulk\nAuto-Submitted: auto-replied\nList-Id: <l>\n\n")
    row = part.frame.to_dicts()[0]
    assert [row[name] for name in ("Precedence", "Auto-Submitted", "List-Id")] == [
        "bulk",
        "auto-replied",
        "<l>",
    ]


CELL = st.text() | st.sampled_from(
    ["From", "To", "Date", "Subject", "From:", "Date: 10:00", "From a 10:00 2026", "Received"]
)


@given(
    st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=6),
    st.sampled_from(",;\t|"),
)
def test_no_table_is_taken_for_mail(rows: list[list[str]], mark: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=mark).writerows([["Name", "From", "Date"], *rows])
    assert not mail.is_it(text.getvalue().encode("utf-8", "replace"))


def test_nothing_but_our_error_leaves_a_damaged_mailbox(samples: Path) -> None:
    dice = random.Random(7)
    for path in sorted((samples / "mail").iterdir()):
        for _ in range(60):
            data = bytearray(path.read_bytes())
            for _ in range(dice.randint(1, 5)):
                data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
            try:
                part = _read(bytes(data[: dice.randrange(len(data))]))
            except InputError:
                continue
            assert part.records == len(part.frame) + len(part.rejected)


@pytest.mark.parametrize(
    "piece", ["From ", BEGIN, "From \nA:b\n", "a:\n", "\n\t", "=?utf-7?q?+AGE-?=", ">From \n"]
)
def test_256_kb_of_anything_take_no_time(piece: str) -> None:
    with must_end():
        _read(f"{BEGIN}{HEAD}\n" + piece * (256_000 // len(piece)))
        _read(f"{HEAD}Subject: " + piece * (256_000 // len(piece)))


@pytest.mark.timing
def test_ten_thousand_messages_take_seconds() -> None:
    message = f"{BEGIN}{HEAD}To: b@example.com\nSubject: x\n\n" + "A line of text.\n" * 100
    start = time.process_time()
    assert len(_read(message * 10_000).frame) == 10_000
    assert time.process_time() - start < 10


def test_a_nul_byte_is_taken_out_and_told() -> None:
    part = _read(f"{BEGIN}{HEAD}\nAnn\0Bo\n\n{BEGIN}{HEAD}\ntwo\n")
    assert part.frame["Body"].to_list() == ["AnnBo", "two"]
    assert [(flag.line, flag.what) for flag in part.flags] == [(1, "a NUL byte was taken out")]
