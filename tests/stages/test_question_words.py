"""Answers as people type them, in seven languages."""

from __future__ import annotations

from collections import Counter

import pytest

from custclean.model import Verdict
from custclean.stages.question_words import (
    _SHORT,
    _TYPED,
    PAIR,
    RECORD,
    _plain,
    offered,
    understood,
)
from custclean.words import LANGUAGES, language

SAME, DIFFERENT, UNSURE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE
KEEP, ASIDE = Verdict.KEEP, Verdict.SET_ASIDE


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("kind", [PAIR, RECORD])
def test_what_a_sheet_offers_is_understood(code: str, kind: str) -> None:
    with language(code):
        choices = offered(kind)
    for verdict, word in choices.items():
        assert understood(kind, word) is verdict
        assert understood(kind, f"  {word.upper()}. ") is verdict
        assert "," not in word, "a list in a cell is parted by commas"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("y", SAME), ("N", DIFFERENT), ("Sì", SAME), ("sí", SAME), ("JA", SAME), ("oui", SAME),
        ("não", DIFFERENT), ("nej", DIFFERENT), ("nein!", DIFFERENT), ("non", DIFFERENT),
        ("måske", UNSURE), ("weiß nicht", UNSURE), ("Peut-être", UNSURE), ("?", UNSURE),
        ("don’t know", UNSURE), ("lo stesso", SAME), ("même client", SAME), ("ens", SAME),
    ],
)  # fmt: skip
def test_words_of_pairs(text: str, verdict: Verdict) -> None:
    assert understood(PAIR, text) is verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("y", KEEP), ("no", ASIDE), ("Pas un client", ASIDE), ("Kunde", KEEP),
     ("ikke kunde", ASIDE), ("kein Kunde", ASIDE), ("não é cliente", ASIDE)],
)  # fmt: skip
def test_words_of_records(text: str, verdict: Verdict) -> None:
    assert understood(RECORD, text) is verdict


@pytest.mark.parametrize("text", ["", "perhaps so", "x", "same/different", "yes no", "1"])
def test_what_is_no_answer_is_none(text: str) -> None:
    assert understood(PAIR, text) is None


@pytest.mark.parametrize("kind", [PAIR, RECORD])
def test_no_word_has_two_meanings(kind: str) -> None:
    meant = {(_plain(w), v) for v, text in _TYPED[kind].items() for w in text.split("|")}
    meant |= {(_plain(w), v) for v, text in _SHORT[kind].items() for w in text.split()}
    for code in LANGUAGES:
        with language(code):
            meant |= {(_plain(word), verdict) for verdict, word in offered(kind).items()}
    twice = [word for word, n in Counter(word for word, _ in meant).items() if n > 1]
    assert twice == []
    assert all(
        word == _plain(word) for text in _TYPED[kind].values() for word in text.split("|")
    )
