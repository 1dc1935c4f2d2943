"""The encoding is found, or said to be a guess; never guessed in silence."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.errors import InputError
from custclean.tables.encodings.decoding import decode, to_utf8

FILE = Path("list.csv")
TEXT = "Navn,By\r\nÅse Øst – “Ærø”,Jyväskylä\r\n"


@pytest.mark.parametrize(
    ("encoding", "found", "bom"),
    [("utf-8", "utf-8", False), ("utf-8-sig", "utf-8", True), ("cp1252", "cp1252", False),
     ("utf-16", "utf-16-le", True), ("utf-32", "utf-32-le", True),
     ("utf-16-le", "utf-16-le", False), ("utf-16-be", "utf-16-be", False)],
)  # fmt: skip
def test_what_was_written_is_read(encoding: str, found: str, bom: bool) -> None:
    decoded = decode(FILE, TEXT.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.bom) == (TEXT, found, bom)
    assert decoded.uncertain is False


@pytest.mark.parametrize(
    "data",
    ["Müller".encode() + b",Caf\xe9", b"Name\nJO\xc7O\n", "Ивановы, Москва".encode("cp1251")],
)  # fmt: skip
def test_a_doubtful_reading_is_declared(data: bytes) -> None:
    assert decode(FILE, data).uncertain is True


def test_bytes_that_windows_1252_has_not_speak_for_the_encoding_of_dos() -> None:
    decoded = decode(FILE, b"a,b\nM\x81ller,x\n")
    assert (decoded.text, decoded.encoding) == ("a,b\nMüller,x\n", "cp850")


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


def test_a_clean_file_is_handed_on_as_it_is() -> None:
    data = TEXT.encode()
    assert to_utf8(FILE, data).data is data


def test_the_mark_of_a_given_encoding_is_obeyed() -> None:
    data = "\ufeffNavn".encode("utf-16-be")
    assert decode(FILE, data, "utf-16").text == "Navn"


def test_japanese_utf_16_without_a_mark_is_known_by_its_line_ends() -> None:
    text = "名前,市\n山田太郎,東京都\n鈴木花子,大阪市\n"
    assert decode(FILE, text.encode("utf-16-le")).text == text


def test_a_line_in_another_encoding_is_read_by_itself_and_flagged() -> None:
    data = "Søren\nÅse\nBjørn\n".encode() + "Jørgen\nKåre\n".encode("cp1252") + "Ærø".encode()
    found = to_utf8(FILE, data)
    assert found.data.decode() == "Søren\nÅse\nBjørn\nJørgen\nKåre\nÆrø"
    assert [(flag.line, flag.rows) for flag in found.flags] == [(4, 2)]
    assert (found.encoding, found.uncertain) == ("utf-8", True)


def test_an_odd_line_far_into_a_long_file_is_found_by_its_number() -> None:
    lines = [b"S\xc3\xb8ren,a"] * 100_000
    lines[70_000] = b"J\xf8rgen,b"
    found = to_utf8(FILE, b"\r\n".join(lines))
    assert [flag.line for flag in found.flags] == [70_001]
    assert "Jørgen".encode() in found.data


def test_words_at_the_end_of_a_long_file_have_a_say() -> None:
    text = "Name\n" + "Ann\n" * 300_000 + "Søren Ærø\nJürgen\n"
    assert decode(FILE, text.encode("cp850")).text == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_is_cut_into_pieces_loses_nothing(end: str) -> None:
    text = end.join(["Søren Kjær,Ærøskøbing,“a”"] * 50_000)
    assert decode(FILE, text.encode("cp1252")).text == text


def test_a_file_that_is_one_long_line_is_cut_between_letters() -> None:
    text = "株式会社さくら" * 60_000
    assert decode(FILE, text.encode("cp932")).text == text


def test_nul_bytes_are_taken_out_and_their_lines_flagged() -> None:
    found = to_utf8(FILE, b"Name,Mail\nB\0b,x\n\0c,y\nd,z\n")
    assert found.data == b"Name,Mail\nBb,x\nc,y\nd,z\n"
    assert [(flag.line, flag.rows) for flag in found.flags] == [(2, 2)]


@pytest.mark.parametrize("tail", [b"\0" * 500, b"\x1a", b"\x1a" + b"\0" * 126])
def test_marks_for_the_end_of_the_file_are_taken_out_and_flagged_once(tail: bytes) -> None:
    found = to_utf8(FILE, b"Name\nAnn\n" + tail)
    assert found.data == b"Name\nAnn\n"
    assert [flag.line for flag in found.flags] == [3]


@pytest.mark.parametrize(
    "data",
    [b"\0" * 10, b"a\0" * 3 + b"b" * 100 + b"\0c", bytes(range(256)) * 4, b"\xff\xfe\0\xd8"],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        to_utf8(FILE, data)


@given(st.binary(max_size=300), st.sampled_from([None, "cp850", "utf-16", "utf-8", "cp932"]))
def test_whatever_the_bytes_the_result_is_text_or_our_own_error(
    data: bytes, encoding: str | None
) -> None:
    try:
        found = to_utf8(FILE, data, encoding)
    except InputError:
        return
    assert "\0" not in found.data.decode()


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_valid_utf_8_is_never_changed(text: str) -> None:
    found = to_utf8(FILE, text.encode())
    assert found.data.decode() == text.lstrip("\ufeff")


@pytest.mark.timing
def test_a_clean_file_costs_almost_nothing() -> None:
    row = (
        "1001,Søren Kjær,Østergade 5,8000,Århus C,a@b.example," + "x" * 60 + "\r\n"
    ).encode()
    data = row * (150_000_000 // len(row))
    start = time.perf_counter()
    assert to_utf8(FILE, data).data is data
    assert time.perf_counter() - start < 0.3


def test_a_clean_file_is_checked_without_a_copy() -> None:
    data = TEXT.encode() * 500_000
    tracemalloc.start()
    to_utf8(FILE, data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000
