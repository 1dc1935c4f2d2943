"""The encoding is found, or said to be a guess; never guessed in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from custclean.errors import InputError
from custclean.tables.decoding import decode

FILE = Path("list.csv")
TEXT = "Navn,By\r\nÅse Øst – “Ærø”,Jyväskylä\r\n"


@pytest.mark.parametrize(
    ("encoding", "found", "bom"),
    [("utf-8", "utf-8", False), ("utf-8-sig", "utf-8", True), ("cp1252", "cp1252", False),
     ("utf-16", "utf-16-le", True)],
)  # fmt: skip
def test_what_was_written_is_read(encoding: str, found: str, bom: bool) -> None:
    decoded = decode(FILE, TEXT.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.bom) == (TEXT, found, bom)
    assert decoded.uncertain is False


@pytest.mark.parametrize(
    "data",
    ["Müller,Köln,Günther,Søren".encode("cp850").replace(b"\x81", b"\x84"),
     "Müller".encode() + b",Caf\xe9"],
)  # fmt: skip
def test_a_doubtful_reading_is_declared(data: bytes) -> None:
    assert decode(FILE, data).uncertain is True


def test_bytes_that_neither_encoding_has_are_refused_with_their_line() -> None:
    with pytest.raises(InputError, match="UTF-8") as caught:
        decode(FILE, b"a,b\nM\x81ller,x\n")
    assert (caught.value.line, caught.value.file) == (2, "list.csv")


def test_a_given_encoding_is_obeyed_and_never_a_guess() -> None:
    decoded = decode(FILE, "Müller".encode("cp850"), "cp850")
    assert (decoded.text, decoded.encoding, decoded.uncertain) == ("Müller", "cp850", False)


@pytest.mark.parametrize("encoding", ["no-such", "rot13", "hex", "idna", "undefined"])
def test_an_encoding_that_is_none_for_text_is_refused(encoding: str) -> None:
    with pytest.raises(InputError):
        decode(FILE, "Müller..x".encode(), encoding)


def test_half_characters_are_refused() -> None:
    with pytest.raises(InputError, match="unicode_escape"):
        decode(FILE, rb"a,\ud800", "unicode_escape")


def test_a_text_that_is_not_in_the_given_encoding_is_refused() -> None:
    with pytest.raises(InputError, match="ascii") as caught:
        decode(FILE, b"a\nb\n\xff", "ascii")
    assert caught.value.line == 3


@pytest.mark.parametrize(
    ("text", "end"),
    [("a", "\n"), ("a\nb\r\nc\n", "\n"), ("a\r\nb\r\nc\n", "\r\n"), ("a\rb\r", "\r")],
)
def test_the_line_end_is_that_of_most_lines(text: str, end: str) -> None:
    assert decode(FILE, text.encode()).line_end == end


def test_a_stray_control_character_is_kept() -> None:
    text = "Name,Mail\n" + "Ann,a@b.example\n" * 30 + "B\x07b,c@d.example\n"
    assert decode(FILE, text.encode()).text == text


def test_a_second_byte_order_mark_is_no_part_of_a_heading() -> None:
    assert decode(FILE, "\ufeff\ufeffNavn".encode()).text == "Navn"
