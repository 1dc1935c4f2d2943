"""A declared character set is believed as far as it holds, and nothing is ever raised."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from custclean.tables.encodings.charsets import read_as


@given(st.text(), st.sampled_from(["utf-8", "utf-16", "gb18030"]))
def test_what_was_written_in_a_set_is_read_in_it(text: str, charset: str) -> None:
    assert read_as(text.encode(charset, "replace"), charset) == (
        text.encode(charset, "replace").decode(charset),
        True,
    )


@given(st.binary(), st.none() | st.text(), st.sampled_from(["cp1252", "utf-8", "no such"]))
def test_no_bytes_and_no_name_are_an_error(
    data: bytes, charset: str | None, fallback: str
) -> None:
    assert isinstance(read_as(data, charset, fallback)[0], str)


def test_latin_1_means_what_windows_writes_by_that_name() -> None:
    assert read_as(b"it\x92s \x80 5", "iso-8859-1") == ("it’s € 5", True)


def test_a_set_that_does_not_hold_is_told() -> None:
    assert read_as("Søren".encode(), "us-ascii") == ("Søren", False)


def test_codecs_that_are_no_character_sets_are_unknown() -> None:
    assert read_as(b"a\\u0041-abc", "unicode_escape") == ("a\\u0041-abc", False)
    assert read_as(b"a-abc", "punycode") == ("a-abc", False)
