"""Whether a column of subscriptions says that a client is on a plan."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.text.plan import on_plan

NO_PLAN = (
    "None|NONE| none |No|n/a|N/A|n.a.|-|--|–|—|0|false|Free|Free?|No plan|(none)|Nenhuma"
    "|Nenhum|Não|Aucun|Aucune|Ninguno|Ninguna|Nessuno|Nessuna|Ingen|Intet|Nej|Keine|Kein|Keins|Nein"
    "|No subscription|Intet abonnement|Sin suscripción"
).split("|")


@pytest.mark.parametrize("value", NO_PLAN)
def test_a_word_for_none_is_no_plan_in_each_language(value: str) -> None:
    assert on_plan(value) is False


@pytest.mark.parametrize("value", [None, "", " ", "\u00a0", "?"])
def test_an_empty_cell_does_not_say(value: str | None) -> None:
    assert on_plan(value) is None


@pytest.mark.parametrize(
    "value", ["Plus", "QuickBooks Online Essentials", "Simple Start", "Nonesuch", "Yes"]
)
def test_anything_else_is_a_plan(value: str) -> None:
    assert on_plan(value) is True


@pytest.mark.parametrize("value", NO_PLAN)
def test_letters_in_two_parts_say_the_same(value: str) -> None:
    assert on_plan(unicodedata.normalize("NFD", value)) is False


@given(st.text())
def test_blanks_around_and_capitals_change_nothing(value: str) -> None:
    assert on_plan(f" {value.casefold()}\t") == on_plan(value)
