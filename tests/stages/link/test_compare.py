from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.stages.link.compare import compare
from custclean.stages.link.explain import codes_of
from custclean.stages.link.features import features_of
from custclean.stages.link.levels import FIELDS, words_for

KINDS = {
    "name": "name", "company": "company", "given": "given_name", "family": "family_name",
    "email": "email", "phone": "phone", "street": "street", "postcode": "postcode",
    "city": "city", "tax": "tax_id", "born": "date",
}  # fmt: skip
Row = dict[str, str]


def levels(one: Row, other: Row) -> dict[str, str | None]:
    """Give the level of each field; None where it cannot be compared."""
    rows = [dict.fromkeys(KINDS) | one, dict.fromkeys(KINDS) | other]
    table = pl.DataFrame(rows, schema=dict.fromkeys(KINDS, pl.String))
    features = features_of(table, KINDS)
    found = compare(features, np.array([0]), np.array([1]))
    back = compare(features, np.array([1]), np.array([0]))
    assert {n: int(v[0]) for n, v in found.items()} == {n: int(v[0]) for n, v in back.items()}
    return {name: codes_of(name)[level[0]] for name, level in found.items()}


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Ann Wexcombe", "ANN WEXCOMBE", "equal"),
        ("Ann Wexcombe", "Wexcombe, Ann", "equal"),
        ("Ann Wexcombe", "Wexcombe Ann", "variant"),
        ("Søren Åkjær", "Soeren Aakjaer", "equal"),
        ("Ann Wexcombe", "A. Wexcombe", "variant"),
        ("Robert Wexcombe", "Bob Wexcombe", "variant"),
        ("Alexandre Wexcombe", "Alex Wexcombe", "variant"),
        ("Ann Mary Wexcombe", "Ann Wexcombe", "variant"),
        ("Ann Mary Wexcombe", "Ann M. Wexcombe", "variant"),
        ("Carmen Lozoya Izaguirre", "Carmen Lozoya", "variant"),
        ("Annika Wexcombe", "Annika Wexcmobe", "similar"),
        ("Annika Wexcombe", "Annkia Wexcombe", "similar"),
        ("Benito Lozoya Izaguirre", "Lozoya Izaguirre Beniot", "similar"),
        ("Annika da Corbo Lozoya", "da Corbo Lozoya Annika", "variant"),
        ("Annika Mary Wexcombe", "Annika Jane Wexcombe", "other_middle"),
        ("Annika Wexcombe", "Bertram Wexcombe", "same_family"),
        ("Annika Wexcombe", "Annika Solhverv", "same_given"),
        ("Max Wexcombe", "Max Wexcombe Jr", "one_generation"),
        ("Wexcombe, Max", "Max Wexcombe père", "one_generation"),
        ("Wexcombe, Max d.y.", "Max Wexcombe", "one_generation"),
        ("Max Wexcombe Sr", "Max Wexcombe fils", "generation"),
        ("Max Wexcombe junior", "Wexcombe, Max, Jr.", "equal"),
        ("Max Wexcombe", "Mia Wexcombe", "same_family"),
        ("Claudio Wexcombe", "Claudia Wexcombe", "same_family"),
        ("Wexcombe Claudio", "Claudia Wexcombe", "different"),
        ("Leo Wexcombe", "Lea Wexcombe", "same_family"),
        ("Anna Wexcombe", "Anne Wexcombe", "similar"),
        ("Wexcombe, Jens den yngre", "Jens Wexcombe den yngre", "equal"),
        ("Wexcombe, Jean, pere", "Jean Wexcombe père", "equal"),
        ("Annika Wexcombe", "Bertram Solhverv", "different"),
    ],
)
def test_names_of_people(one: str, other: str, level: str) -> None:
    assert levels({"name": one}, {"name": other})["person"] == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Klitrose Byg ApS", "KLITROSE BYG A.P.S.", "equal"),
        ("Klitrose Byg ApS", "Klitrose Byg", "equal"),
        ("Wolf & Sohn GmbH", "Wolf und Sohn GmbH", "equal"),
        ("Sol y Mar S.L.", "Sol & Mar SL", "equal"),
        ("Klitrose Byg ApS-1", "Klitrose Byg ApS", "equal"),
        ("Wolf & Sohn GmbH", "Wolf & Sohn II GmbH", "other_form"),
        ("Wolf & Sohn II GmbH", "Wolf & Sohn III GmbH", "different"),
        ("Wolf & Sohn II GmbH", "Wolf und Sohn II", "equal"),
        ("Klitrose Byg ApS", "Kiltrose Byg ApS", "similar"),
        ("Bréchard & Échallier SARL", "Br?chard & ?challier SARL", "similar"),
        ("Klitrose Byg ApS", "Klitrose Byg Nord ApS", "partial"),
        ("Klitrose Byg ApS", "Klitrose Byg A/S", "other_form"),
        ("Klitrose Byg ApS", "Klitrose Byg Holding ApS", "other_form"),
        ("Klitrose Ejendomme ApS", "Klitrose Holding ApS", "other_form"),
        ("Studio 54 Srl", "Studio 55 Srl", "different"),
        ("Klitrose Byg ApS", "Tidevand Transport ApS", "different"),
    ],
)
def test_names_of_firms(one: str, other: str, level: str) -> None:
    assert levels({"company": one}, {"company": other})["company"] == level


def test_a_firm_in_the_label_meets_the_firm_in_its_field() -> None:
    found = levels({"name": "Klitrose Byg"}, {"name": "x", "company": "Klitrose Byg ApS"})
    assert found["company"] == "equal"
    assert found["person"] is None


def test_a_person_and_a_firm_with_a_contact_are_told_apart() -> None:
    firm = {"name": "Klitrose Byg ApS", "given": "Ann", "family": "Wexcombe"}
    found = levels({"name": "Ann Wexcombe"}, firm)
    assert (found["company"], found["person"]) == ("one_sided", "equal")


def test_what_two_share_because_they_work_together_says_nothing() -> None:
    firm = {
        "company": "Klitrose Byg ApS",
        "phone": "+4520304050",
        "street": "Birkevej 9",
        "city": "Vejle",
    }
    ann = firm | {
        "name": "Ann Wex",
        "given": "Ann",
        "family": "Wex",
        "email": "ann@klit.example",
    }
    bo = firm | {
        "name": "Bo Starn",
        "given": "Bo",
        "family": "Starn",
        "email": "bo@klit.example",
    }
    found = levels(ann, bo)
    assert found["person"] == "different"
    assert {found[name] for name in ("company", "phone", "place", "email")} == {None}
    again = levels(ann, ann | {"email": "ann.wex@klit.example"})
    assert again["phone"] == again["place"] == again["company"] == "equal"


def test_who_writes_from_the_firms_own_domain_may_be_the_firm() -> None:
    mail = {"email": "ann@klitrosebyg.example"}
    firm = {"name": "Klitrose Byg ApS", "given": "Ann", "family": "Wexcombe"} | mail
    person = {"name": "Ann Wexcombe", "given": "Ann", "family": "Wexcombe"} | mail
    assert levels(person, firm)["company"] == "similar"


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("ann@mail.example", "ANN+shop@mail.example", "equal"),
        ("a@mail.example; ann@mail.example", "ann@mail.example", "equal"),
        ("ann.wexcombe@mail.example", "ann.wexcmobe@mail.example", "similar"),
        ("ann.wexcombe@mail.example", "ann.wexcombe@post.example", "similar"),
        ("ann.wexcombe@mail.example", "ann.wexcombe2@mail.example", "same_domain"),
        ("ann@mail.example", "bert@post.example", "different"),
    ],
)
def test_e_mails(one: str, other: str, level: str) -> None:
    assert levels({"email": one}, {"email": other})["email"] == level


def test_an_address_made_of_an_equal_name_says_nothing_at_another_provider() -> None:
    ann = {"name": "Ann Wexcombe"}
    one = ann | {"email": "ann.wexcombe@mail.example"}
    other = ann | {"email": "ann.wexcombe@post.example"}
    assert levels(one, other)["email"] is None


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("+45 37 00 12 34", "37001234", "equal"),
        ("(202) 555-0101; (202) 555-0102", "+1 202 555 0102", "equal"),
        ("+45 37 00 12 34", "+45 37 00 12 43", "similar"),
        ("+45 37 00 12 34", "+45 39 99 12 55", "different"),
    ],
)
def test_phones(one: str, other: str, level: str) -> None:
    assert levels({"phone": one}, {"phone": other})["phone"] == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (("Mill Street 7", "8000", "Århus"), ("Mill St. 7", "8000", "Aarhus"), "equal"),
        (("Mill Street 7", "8000", ""), ("Mill Street 7", "", "Riverton"), "equal"),
        (("Millerton Street 7", "8000", ""), ("Milerton Street 7", "8000", ""), "similar"),
        (("Mill Street 7", "8000", ""), ("Mill Street 99", "8000", ""), "same_street"),
        (("Mill Street 7", "8000", ""), ("Oak Way 1", "8000", ""), "same_postcode"),
        (("Mill Street 7", "8000", "X-by"), ("Oak Way 1", "8200", "X-by"), "same_city"),
        (("Mill Street 7", "8000", "Elm"), ("Oak Way 1", "5000", "Ash"), "different"),
    ],
)
def test_places(one: tuple[str, ...], other: tuple[str, ...], level: str) -> None:
    names = ("street", "postcode", "city")
    assert levels(dict(zip(names, one)), dict(zip(names, other)))["place"] == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("1980-03-07", "07/03/1980", "equal"),
        ("1980-03-07", "1980-07-03", "similar"),
        ("1980-03-07", "1981-03-07", "similar"),
        ("1980-03-07", "1999-03-07", "partial"),
        ("1980-03-07", "1955-11-28", "different"),
    ],
)
def test_dates(one: str, other: str, level: str) -> None:
    assert levels({"born": one}, {"born": other})["date"] == level


def test_tax_numbers_with_and_without_their_country_are_equal() -> None:
    assert levels({"tax": "DK12345674"}, {"tax": "12 34 56 74"})["tax_id"] == "equal"
    assert levels({"tax": "DK12345674"}, {"tax": "DK12345764"})["tax_id"] == "similar"
    assert levels({"tax": "DK12345674"}, {"tax": "DK98765432"})["tax_id"] == "different"


@pytest.mark.slow
@given(st.lists(st.text(max_size=12), min_size=22, max_size=22))
@settings(max_examples=25, deadline=None)
def test_no_text_breaks_a_comparison_and_none_has_a_preferred_side(texts: list[str]) -> None:
    one, other = dict(zip(KINDS, texts[:11])), dict(zip(KINDS, texts[11:]))
    for name, code in levels(one, other).items():
        assert code is None or FIELDS[name].place(code)


def test_every_level_has_words() -> None:
    for field in FIELDS.values():
        for level in field.levels:
            assert words_for(field.name, level.code)


def test_the_shares_of_every_kind_of_pair_add_up() -> None:
    for field in FIELDS.values():
        for kind in ("match", "household", "books"):
            total = sum(getattr(level, kind) for level in field.levels)
            assert total == pytest.approx(1, abs=0.001), (field.name, kind)
