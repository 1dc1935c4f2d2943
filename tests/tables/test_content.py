"""Parameters, escapes and packed values of one line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from custclean.tables.content import Heads, Property, plain, property_of, split
from tests.ending import must_end


def _read(line: str) -> Property:
    text = line.encode()
    head = Heads().of(text)
    assert head is not None
    return property_of(text, head, "cp1252")[0]


def test_parameters_are_read_with_and_without_their_names() -> None:
    tel = _read('item1.TEL;HOME;type=fax,"x y";BASE;X-A="p;q:r":1')
    assert (tel.group, tel.name, tel.value) == ("ITEM1", "TEL", "1")
    assert tel.params == {"TYPE": ("HOME", "FAX", "X Y", "BASE"), "X-A": ("p;q:r",)}


def test_a_quote_that_is_not_closed_costs_no_value() -> None:
    ann = _read('ATTENDEE;CN="Ann:mailto:ann@example.com')
    assert (ann.params, ann.value) == ({"CN": ("Ann",)}, "mailto:ann@example.com")


def test_a_head_whose_quote_is_still_open_is_read_anew() -> None:
    heads = Heads().of_all([b'TEL;A="x:1', b'TEL;A="x:y":2'])
    assert [dict(head.params) for head in heads if head] == [{"A": ("x",)}, {"A": ("x:y",)}]


def test_a_text_in_base64_is_read() -> None:
    assert _read("NOTE;ENCODING=b:U8O4cmVu").value == "Søren"


@given(st.lists(st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"]))))
def test_what_is_escaped_comes_back(values: list[str]) -> None:
    escaped = (
        value.replace("\\", "\\\\").replace(";", "\\;").replace("\n", "\\n")
        for value in (values or [""])
    )
    assert split(";".join(escaped)) == (values or [""])


def test_a_backslash_that_escapes_nothing_stays() -> None:
    assert plain(r"C:\temp\\x") == r"C:\temp\x"


def test_a_line_of_nothing_but_parameters_takes_time_by_its_length() -> None:
    with must_end():
        _read('TEL;A="' + ';"' * 150_000 + ":1")
