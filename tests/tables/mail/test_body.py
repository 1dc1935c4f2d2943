"""The text of a mail is taken from its parts; what hangs on it is named, not read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.tables.mail.body import MAX_TEXT, Body, body_of, text_of_html
from custclean.tables.mail.headers import head_of
from tests.ending import must_end


def _body(message: str | bytes) -> Body:
    data = message.encode() if isinstance(message, str) else message
    fields, start = head_of(data)
    return body_of(fields, data[start:])


MIXED = "Content-Type: multipart/mixed; boundary=x\n\nbefore\n{}\n--x--\nbehind\n"


def test_plain_text_is_preferred_to_html() -> None:
    html = "--x\nContent-Type: text/html\n\n<p>two"
    assert _body(MIXED.format(f"--x\n\none\n{html}")).text == "one"
    assert _body(MIXED.format(html)).text == "two"


@pytest.mark.parametrize(
    ("head", "raw"),
    [
        ("charset=utf-8\nContent-Transfer-Encoding: 8bit", "Sø".encode()),
        ("charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable", b"S=\r\n=F8"),
        ("charset=utf-8\nContent-Transfer-Encoding: BASE64", b"U8O4\n"),
        ("charset=utf-8\nContent-Transfer-Encoding: base64", b"U8O4xxx=x"[:4]),
    ],
)
def test_a_text_is_decoded_as_its_head_says(head: str, raw: bytes) -> None:
    assert _body(f"Content-Type: text/plain; {head}\n\n".encode() + raw).text == "Sø"


def test_what_hangs_on_a_mail_is_named_with_its_size() -> None:
    part = (
        "--x\nContent-Type: image/png; name=p.png\nContent-Transfer-Encoding: base64\n\n"
        "AAAA\nAAA=\n--x\nContent-Disposition: attachment; filename=a.txt\n\nhello"
    )
    assert _body(MIXED.format(part)).attachments == ["p.png (5 bytes)", "a.txt (5 bytes)"]


def test_a_mail_in_a_mail_hangs_on_it() -> None:
    body = _body(MIXED.format("--x\nContent-Type: message/rfc822\n\nSubject: a\n\nsecret"))
    assert (body.text, body.attachments) == ("", ["message/rfc822 (18 bytes)"])


def test_a_last_part_without_its_end_is_read() -> None:
    message = "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nhello"
    assert _body(message).text == "hello"


def test_a_multipart_without_parts_is_read_as_it_stands() -> None:
    assert _body("Content-Type: multipart/mixed; boundary=x\n\nhello").text == "hello"


def test_a_boundary_counts_only_as_a_whole_line() -> None:
    assert _body(MIXED.format("--x\n\na --x\n--xy\nb")).text == "a --x\n--xy\nb"


def test_a_long_text_is_cut_and_told() -> None:
    body = _body("\n" + "x" * 20_000)
    assert (len(body.text), body.is_cut) == (MAX_TEXT, True)


def test_parts_in_parts_have_a_limit_that_is_told() -> None:
    message = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(20)
    )
    assert _body(message + "\ndeep").too_deep


def test_a_set_that_does_not_hold_is_told() -> None:
    assert _body("Content-Type: text/plain; charset=us-ascii\n\nSø").damaged


def test_html_is_what_it_shows() -> None:
    page = (
        "<!DOCTYPE html><head><title>t</title></head><!-- a > b --><p title='a>b'>A<b>B</b> C"
        "<br/>&lt;D&gt;\n E</p><script>if (a < b) {}</script><table><tr><td>F</table>1 < 2"
    )
    assert text_of_html(page) == "AB C\n<D> E\nF\n1 < 2"


@given(st.text())
def test_no_page_is_too_odd(page: str) -> None:
    assert "\n\n" not in text_of_html(page)


@pytest.mark.parametrize(
    "piece",
    [
        "<a ",
        "<!--",
        "<a b='",
        "<script>",
        "<style></",
        "&",
        "&#",
        "<a/",
        "<",
        "</",
        " ",
        "<p>",
    ],
)
def test_256_kb_of_any_page_take_no_time(piece: str) -> None:
    with must_end():
        text_of_html(piece * (256_000 // len(piece)))


@pytest.mark.parametrize(
    "piece", ["--x\n", "--x\n\n", "--x\nContent-Type: multipart/mixed; boundary=x\n\n", "--x"]
)
def test_256_kb_of_parts_take_no_time(piece: str) -> None:
    with must_end():
        _body(MIXED.format(piece * (256_000 // len(piece))))
