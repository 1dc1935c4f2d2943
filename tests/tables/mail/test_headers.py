"""The fields of a head: encoded words, addresses, dates; odd ones are kept, none raises."""

from __future__ import annotations

from email.header import Header

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.tables.mail.headers import addresses, date, head_of, params, unpacked, words
from tests.ending import must_end

TEXT = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)


def test_a_folded_field_is_one_value_and_a_second_one_is_kept() -> None:
    fields, start = head_of(b"To: a,\r\n\tb\r\nTO: c\r\n\r\nbody")
    assert fields == {"to": ["a,\tb", "c"]}
    assert start == len(b"To: a,\r\n\tb\r\nTO: c\r\n\r\n")


def test_a_head_ends_where_no_field_stands() -> None:
    assert head_of(b"To: a\nno field\n") == ({"to": ["a"]}, 6)


def test_raw_letters_of_either_set_are_read() -> None:
    assert head_of("To: S\u00f8".encode("cp1252"))[0] == {"to": ["Sø"]}
    assert head_of("To: S\u00f8".encode())[0] == {"to": ["Sø"]}


@given(TEXT, st.sampled_from(["utf-8", "gb18030"]))
def test_what_the_standard_library_encodes_is_read_again(text: str, charset: str) -> None:
    assert words(Header(text, charset).encode(linesep="")) == text


def test_a_letter_may_be_cut_in_two_between_words() -> None:
    assert words("=?utf-8?q?S=C3?= =?UTF-8?q?=B8?= =?utf-8*da?b?eA==?= y") == "Søx y"


def test_blanks_beside_words_stay_and_between_them_go() -> None:
    assert words("a =?utf-8?q?b?=  =?latin1?q?c?= d") == "a bc d"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ann@example.com", [("", "ann@example.com")]),
        ("Ann <ann@example.com>", [("Ann", "ann@example.com")]),
        ('"Ex, \\"A\\"" <a@example.com>', [('Ex, "A"', "a@example.com")]),
        ("a@example.com (Ann)", [("Ann", "a@example.com")]),
        ("=?utf-8?Q?Ex,_A?= <a@example.com>", [("Ex, A", "a@example.com")]),
        ("a@example.com; b@example.com", [("", "a@example.com"), ("", "b@example.com")]),
        ("Team: a@x.example, B <b@x.example>;", [("", "a@x.example"), ("B", "b@x.example")]),
        ("undisclosed-recipients:;", [("undisclosed-recipients", "")]),
        ("Re: Ann <a@example.com>", [("Re: Ann", "a@example.com")]),
        ("just a name", [("just a name", "")]),
        ("<>", []),
        ("", []),
    ],
)  # fmt: skip
def test_addresses_are_told_apart(text: str, found: list[tuple[str, str]]) -> None:
    assert addresses(text) == found


@given(st.text())
def test_no_field_is_too_odd(text: str) -> None:
    addresses(text)
    words(text)
    params(text)
    date(text)


@given(st.text('",;)>\\ ab', max_size=60))
def test_no_letter_of_a_person_is_lost(text: str) -> None:
    kept = "".join(part for person in addresses(text) for part in person)
    assert [x for x in kept if x in "ab"] == [x for x in text if x in "ab"]


@pytest.mark.parametrize(
    "piece", ["(", ",", "<", "a:", '"', "@", "=?utf-8?q?", "=?a?q?a?= ", ";a=b"]
)
def test_256_kb_of_anything_take_no_time(piece: str) -> None:
    text = piece * (256_000 // len(piece))
    with must_end():
        addresses(text)
        words(text)
        params(text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Thu, 5 Mar 2026 10:00:00 +0100", "2026-03-05T10:00:00+01:00"),
        ("5 Mar 2026 10:00:00 -0000", "2026-03-05T10:00:00+00:00"),
        ("Thu, 05 Mar 2026 10:00 GMT", "2026-03-05T10:00:00+00:00"),
        ("soon", None),
        ("", None),
        ("5 Mar 99999999 10:00:00 +9999", None),
        ("1 " * 5000, None),
    ],
)
def test_a_date_is_written_with_its_offset_or_is_none(text: str, written: str | None) -> None:
    assert date(text) == written


def test_parameters_may_come_in_pieces_and_in_a_set_of_their_own() -> None:
    kind, found = params('A/B; x*1=b; x*0*=iso-8859-1\'da\'%F8; y="a\\"; z=1"; =; z')
    assert (kind, found) == ("a/b", {"x": "øb", "y": 'a"; z=1'})


@given(st.binary())
def test_damaged_base64_is_read_as_far_as_it_goes(data: bytes) -> None:
    assert isinstance(unpacked(data), bytes)
