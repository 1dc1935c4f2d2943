"""Folds and components, whatever the writer did wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from custclean.tables.components import Component, Content, parse, starts_with

RANKS = {"BOX": 0, "CARD": 1}


def _parsed(text: str | bytes) -> Content:
    data = text if isinstance(text, bytes) else text.encode()
    return parse(Path("x.vcf"), data, None, RANKS)


def _card(lines: str | bytes) -> Component:
    data = lines if isinstance(lines, bytes) else lines.encode()
    (component,) = _parsed(b"BEGIN:CARD\r\n" + data + b"\r\nEND:CARD\r\n").components
    return component


def _value(lines: str | bytes) -> str:
    (found,) = _card(lines).properties
    return found.value


def test_a_fold_costs_its_line_end_and_one_blank() -> None:
    assert _value("NOTE:a b\r\n c\r\n\td\r\n  e") == "a bcd e"


def test_a_fold_of_version_2_1_keeps_its_blank() -> None:
    assert _card("VERSION:2.1\r\nNOTE:a\r\n b").first("NOTE") == "a b"


def test_a_fold_may_cut_a_letter_in_two() -> None:
    assert _value(b"FN:S\xc3\r\n \xb8ren") == "Søren"


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_every_line_end_ends_a_line(end: str) -> None:
    content = _parsed(f"BEGIN:CARD{end}FN:a{end}  b{end}END:CARD{end}")
    assert content.components[0].first("FN") == "a b"


def test_a_soft_line_break_joins_lines_as_they_are() -> None:
    assert _value("FN;ENCODING=QUOTED-PRINTABLE:S=C3=B8=\r\nren=\r\n: x") == "Søren: x"


def test_a_soft_line_break_does_not_swallow_the_end() -> None:
    content = _parsed("BEGIN:CARD\r\nFN;QUOTED-PRINTABLE:a=\r\nEND:CARD\r\n")
    assert content.components[0].faults == []


def test_each_value_may_have_a_character_set_of_its_own() -> None:
    card = _card(
        b"A;CHARSET=windows-1252:\xf8\r\nB;CHARSET=cp850:\x9b\r\nC:\xc3\xb8\r\nD:\xf8"
    )
    assert [each.value for each in card.properties] == ["ø", "ø", "ø", "ø"]


def test_a_character_set_that_does_not_hold_is_a_fault() -> None:
    card = _card("FN;CHARSET=x-nobody:Søren")
    assert (card.first("FN"), len(card.faults)) == ("Søren", 1)


def test_a_note_with_a_line_break_of_its_own_is_joined_and_told() -> None:
    card = _card("NOTE:one\r\ntwo")
    assert (card.first("NOTE"), len(card.faults)) == ("one\ntwo", 1)


def test_a_long_line_that_was_cut_without_a_mark_is_joined_without_one() -> None:
    card = _card("URL:https://example.com/" + "x" * 51 + "\r\ny")
    assert card.first("URL").endswith("xy")


def test_a_line_that_is_no_property_is_a_note_and_costs_no_other() -> None:
    content = _parsed("BEGIN:CARD\r\nUID:1\r\nno property\r\nFN:a\r\nEND:CARD\r\n")
    assert [note.text for note in content.notes] == ["no property"]
    assert (content.components[0].first("UID"), content.components[0].first("FN")) == (
        "1",
        "a",
    )


def test_a_picture_is_named_by_its_size() -> None:
    (photo,) = _card("PHOTO;JPEG;ENCODING=BASE64:\r\n AAAA\r\nAAAA\r\n\r\n").properties
    assert (photo.value, photo.size) == ("jpeg, 6 bytes", 6)


def test_a_begin_ends_what_lacks_its_end() -> None:
    content = _parsed("BEGIN:CARD\nFN:a\nBEGIN:CARD\nFN:b\nEND:CARD\n")
    assert [each.first("FN") for each in content.components] == ["a", "b"]
    assert [len(each.faults) for each in content.components] == [1, 0]


def test_the_end_of_the_file_ends_what_is_open() -> None:
    (card,) = _parsed("BEGIN:CARD\nFN:a").components
    assert (card.first("FN"), card.last, len(card.faults)) == ("a", 2, 1)


def test_what_stands_outside_is_a_note() -> None:
    content = _parsed("hello\nBEGIN:CARD\nFN:a\nEND:CARD\nEND:CARD\n")
    assert [(note.line, note.text) for note in content.notes] == [
        (1, "hello"),
        (5, "END:CARD"),
    ]


def test_utf_16_is_read() -> None:
    content = _parsed("\ufeffBEGIN:CARD\r\nFN:Søren\r\nEND:CARD\r\n".encode("utf-16-le"))
    assert content.components[0].first("FN") == "Søren"


def test_the_beginning_is_told_in_any_encoding() -> None:
    assert starts_with(b"\xef\xbb\xbf\r\nbegin:card\r\n", "CARD")
    assert starts_with("\ufeffBEGIN:CARD\r\n".encode("utf-16-be"), "CARD")
    assert not starts_with(b"BEGIN:CARDS\r\n", "CARD")
    assert not starts_with(b"BEGIN:CARD,Name\r\n", "CARD")
    assert not starts_with(b"Name\r\nBEGIN:CARD\r\n", "CARD")
