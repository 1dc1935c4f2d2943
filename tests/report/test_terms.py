"""Codes said to people."""

from __future__ import annotations

from custclean.project.ends import FATE_OF
from custclean.report.terms import _words, said
from custclean.stages.number import SOURCES


def test_every_source_of_a_number_and_every_reason_of_an_end_has_words() -> None:
    assert sorted({*SOURCES, *FATE_OF} - set(_words())) == []


def test_no_two_codes_are_said_alike() -> None:
    assert len(set(_words().values())) == len(_words())


def test_a_code_that_nobody_knows_can_still_be_read() -> None:
    assert said("some_new_reason") == "some new reason"
    assert said("merges") == "merges"
