from __future__ import annotations

from itertools import combinations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.stages.link.normal.firms import Firms, _forms, _kinds
from custclean.stages.link.words import Words


def firms(*names: str | None) -> Firms:
    return Firms.read(Words.of(pl.Series(names, dtype=pl.String)))


def stem(name: str) -> str:
    return firms(name).stem.texts(np.arange(1))[0].decode()


def form(name: str) -> str:
    return ["", *_forms()[2]][int(firms(name).hashes["form"][0])]


def kinds(name: str) -> list[str]:
    bits = int(firms(name).hashes["entity"][0])
    return [kind for place, kind in enumerate(_kinds()) if bits >> place & 1]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Example ApS", "aps"),
        ("Example A/S", "as"),
        ("Example Anpartsselskab", "aps"),
        ("Example Srl", "srl"),
        ("Example S.r.l.", "srl"),
        ("Example S. r. l.", "srl"),
        ("Example S.p.A.", "spa"),
        ("Example Società a responsabilità limitata", "srl"),
        ("Example S.r.l. semplificata", "srls"),
        ("Example GmbH", "gmbh"),
        ("Example GmbH & Co. KG", "gmbhcokg"),
        ("Example Gesellschaft mit beschränkter Haftung", "gmbh"),
        ("Example UG (haftungsbeschränkt)", "ug"),
        ("Example e.K.", "ek"),
        ("Example SARL", "sarl"),
        ("Example Société à responsabilité limitée", "sarl"),
        ("Example S.L.U.", "slu"),
        ("Example Sociedad Limitada", "sl"),
        ("Example Lda.", "lda"),
        ("Example Sociedade Anónima", "sa"),
        ("Example Ltda ME", "ltda"),
        ("Example Ltd", "ltd"),
        ("Example Co Ltd", "ltd"),
        ("Example L.L.C.", "llc"),
        ("Example Limited Liability Company", "llc"),
        ("Example, Inc.", "inc"),
        ("SARL Example", "sarl"),
        ("I/S Example", "is"),
    ],
)
def test_a_legal_form_is_known_and_no_part_of_the_stem(name: str, found: str) -> None:
    assert (form(name), stem(name)) == (found, "example")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Example Soc. Coop. a r.l.", "scarl"),
        ("Example S.r.l. in liquidazione", "srl"),
        ("Example ApS under konkurs", "aps"),
        ("Example GmbH i.L.", "gmbh"),
        ("Example UG (haftungsbeschränkt) i. L.", "ug"),
    ],
)
def test_a_legal_form_is_known_behind_and_before_other_words(name: str, found: str) -> None:
    assert form(name) == found


@pytest.mark.parametrize(
    "name", ["Srl", "GmbH", "AS Roma", "As Example", "Example", "Limited Edition"]
)
def test_an_only_word_and_an_english_one_are_no_form(name: str) -> None:
    assert (form(name), stem(name)) == ("", name.lower())


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Example Holding ApS", ["holding"]),
        ("Example Ejendomme A/S", ["property"]),
        ("Example Immobiliare Srl", ["property"]),
        ("Example Inmobiliaria SL", ["property"]),
        ("Example Imobiliária Lda", ["property"]),
        ("Example Immobilien GmbH", ["property"]),
        ("Immobilière Example SARL", ["property"]),
        ("Example Property Ltd", ["property"]),
        ("Example Handel Holding", ["holding", "trade"]),
        ("Example Bakery", []),
    ],
)
def test_what_tells_firms_of_one_owner_apart_is_one_in_all_languages(
    name: str, found: list[str]
) -> None:
    assert kinds(name) == found


@pytest.mark.parametrize(
    "name",
    [f"Mill {word} Sons" for word in "& and og und et y e".split()],
)
def test_and_is_lost_in_every_language(name: str) -> None:
    assert stem(name) == "mill sons"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Mill Bros", "mill brothers"),
        ("Mill Intl", "mill international"),
        ("Flli Rossi", "fratelli rossi"),
        ("Gebr. Müller", "gebruder muller"),
        ("Hnos. Ruiz", "hermanos ruiz"),
        ("J.B. Hunt", "jb hunt"),
        ("F.lli Rossi", "fratelli rossi"),
        ("Brdr. Hansen", "brodrene hansen"),
        ("Ets. Mill", "etablissements mill"),
        ("Mill Natl. Assn.", "mill national association"),
        ("1st Mill", "first mill"),
        ("Four Mills", "4 mills"),
    ],
)
def test_short_words_are_written_out(name: str, found: str) -> None:
    assert stem(name) == found


def test_a_number_is_one_in_words_and_in_digits() -> None:
    digits = firms("4 Mills", "Four Mills", "Five Mills", "Mills").hashes["stem_digits"]
    assert digits[0] == digits[1] != digits[2]
    assert digits[3] == 0


def test_the_digit_of_a_name_that_stands_twice_is_kept_apart() -> None:
    found = firms("Mill 2", "Mill", "Mill 3", "7", "Mill 001").hashes
    assert (found["copy"] != 0).tolist() == [True, False, True, False, False]
    assert len(set(found["stem"][[0, 1, 2, 4]].tolist())) == 1


def test_spellings_of_one_stem_share_what_they_have_in_common() -> None:
    found = firms("Mill Harbour Roofing", "Roofing Mill Harbour", "MillHarbour Roofing").hashes
    assert found["stem_sorted"][0] == found["stem_sorted"][1] != found["stem_sorted"][2]
    assert found["stem_joined"][0] == found["stem_joined"][2] != found["stem_joined"][1]
    assert found["stem4"][0] != found["stem4"][1]


def test_lost_accents_leave_the_bones_alike() -> None:
    found = firms("Sørensen Smørrebrød", "S?rensen Sm?rrebr?d").hashes
    assert found["stem"][0] != found["stem"][1]
    assert found["stem_bones"][0] == found["stem_bones"][1] != 0


def test_an_acronym_is_the_stem_of_a_firm_called_so() -> None:
    found = firms("Blue Harbour Roofing Ltd", "BHR Ltd", "B.H.R. Ltd").hashes
    assert found["acronym"][0] == found["stem_joined"][1] == found["stem_joined"][2]


def test_firms_with_another_last_digit_are_not_joined_alike() -> None:
    found = firms(*(f"Mill{n}" for n in range(10))).hashes["stem_joined"]
    assert len(set(found.tolist())) == 10


@pytest.mark.parametrize(
    "names",
    [
        [],
        [None],
        [None, None],
        ["Ann"],
        ["\0", "😀 Ltd", "x" * 10_000 + " ApS", "שלום Srl", "'"],
    ],
)
def test_nothing_is_too_odd_to_be_read(names: list[str | None]) -> None:
    found = firms(*names)
    assert {len(of) for of in found.hashes.values()} == {len(names)}


@given(st.lists(st.text("abæ ", max_size=9), min_size=2, max_size=6))
@settings(max_examples=40)
def test_names_that_share_a_word_share_a_bit(names: list[str]) -> None:
    found = firms(*names)
    bits = found.hashes["stem_bits"].tolist()
    words = [set(text.split()) for text in found.stem.texts(np.arange(len(names)))]
    assert [bit != 0 for bit in bits] == [bool(each) for each in words]
    for one, other in combinations(range(len(names)), 2):
        assert bits[one] & bits[other] or not words[one] & words[other]
