from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from custclean.stages.link.normal.hashed import Hashed
from custclean.stages.link.normal.names import add_names

Texts = list[str | None]
ODD: Texts = ["\0", "😀 Ann", "x" * 10_000, "שלום עולם", "", ",", "Jr, Jr", "(", None]
OTHERS = ["Asta Ravnkilde", "Hugo Solhverv", "Karin Vestmark", "Jonas Berg", "Fiona Lund"]


def names(
    label: Texts = [],  # noqa: B006
    firm: Texts = [],  # noqa: B006
    given: Texts = [],  # noqa: B006
    family: Texts = [],  # noqa: B006
) -> Hashed:
    rows = max(map(len, (label, firm, given, family)))
    found = Hashed(rows)
    columns = [
        pl.Series(texts or [None] * rows, dtype=pl.String)
        for texts in (label, firm, given, family)
    ]
    add_names(found, *columns)
    return found


def spelt(found: Hashed, part: str, row: int = 0) -> str:
    text = found.spelt[part].texts(np.array([row]))[0]
    return text if isinstance(text, str) else text.decode()


def held(found: Hashed, part: str) -> list[bool]:
    values = found.hashes.get(part, np.zeros(found.rows, dtype=np.uint64))
    return list(map(bool, values))


def same(found: Hashed, part: str) -> bool:
    first, second = found.hashes[part][:2].tolist()
    return bool(first == second != 0)


def test_a_small_firm_of_brazil_says_so_in_capitals_only() -> None:
    found = names(firm=["Padaria Berg ME", "Padaria Berg - EPP", "Call Me", "Padaria Berg"])
    form = found.hashes["form"]
    assert form[0] == form[1] != 0
    assert form[2] == form[3] == 0
    assert [spelt(found, "stem", row) for row in range(3)] == [
        "padaria berg",
        "padaria berg",
        "call me",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann Berg", "Berg, Ann"),
        ("Ann Berg", "BERG, ANN"),
        ("Ann Berg", "Ann Berg (deleted)"),
        ("Ann Berg", "Ann Berg dupe"),
        ("Ann Berg", "Ann Berg 001"),
        ("Ann Berg", "Dr. Ann Berg, CPA"),
        ("Søren Ærø", "Soeren Aero"),
        ("Ann Berg", "Ann Berg001"),
        ("Ann Berg", "Berg, Ann001"),
    ],
)
def test_a_label_is_read_as_the_person_it_names(one: str, other: str) -> None:
    found = names([one, other, *OTHERS])
    assert same(found, "person")
    assert held(found, "stem")[:2] == [False, False]


def test_last_first_and_jr_is_a_persons_name_with_a_generation() -> None:
    found = names(["Berg, Ann, Jr.", "Ann Berg", *OTHERS])
    assert same(found, "person")
    assert held(found, "generation")[:2] == [True, False]


@pytest.mark.parametrize(
    "label", ["Berg Byg ApS", "Berg S.r.l.", "Berg Holding", "Berg & Co. KG", "Berg Ltda"]
)
def test_a_label_with_a_form_is_a_firm_and_no_person(label: str) -> None:
    found = names([label, *OTHERS])
    assert held(found, "stem")[:2] == [True, False]
    assert held(found, "person")[:2] == [False, True]


def test_a_list_of_firms_has_no_people() -> None:
    firms: Texts = ["Tarn Byg ApS", "Klit Srl", "Mill Roofing Ltd", "Blue Harbour Bakery"]
    found = names(firms)
    assert held(found, "stem") == [True] * 4
    assert held(found, "person") == [False] * 4


def test_a_list_of_things_has_no_people() -> None:
    found = names(
        ["The Blue Harbour Grill", "Cafe 21", "School of Mines", "Bar & Grill on 5th"]
    )
    assert held(found, "person") == [False] * 4


def test_given_and_family_name_beat_the_label() -> None:
    found = names(["Mill Roofing"], given=["Ann"], family=["Berg"])
    assert (spelt(found, "given"), spelt(found, "family")) == ("ann", "berg")
    assert spelt(found, "stem") == "mill roofing"


def test_a_label_that_is_the_contacts_name_is_no_firm() -> None:
    found = names(["Berg, Ann", "Ann Breg"], given=["Ann", "Ann"], family=["Berg", "Berg"])
    assert held(found, "stem") == [False, False]
    assert held(found, "label") == [True, True]


def test_a_firm_in_its_own_column_is_one_without_any_form() -> None:
    found = names(["Ann Berg"], ["Quillstone"])
    assert (spelt(found, "stem"), spelt(found, "family")) == ("quillstone", "berg")


def test_jr_counts_where_only_the_label_has_it() -> None:
    found = names(["Bob Berg Jr.", "Bob Berg"], given=["Bob", "Bob"], family=["Berg", "Berg"])
    assert held(found, "generation") == [True, False]


def test_somebody_at_a_firm_is_a_contact() -> None:
    found = names(
        ["Ann Berg", "Mill ApS", "Bo Vest"],
        ["Mill ApS", "Mill ApS", None],
        ["Ann", "Ann", "Bo"],
        ["Berg", "Berg", "Vest"],
    )
    assert held(found, "contact") == [True, False, False]


def test_the_label_is_the_same_for_a_firm_shown_or_not() -> None:
    found = names(["Mill Roofing ApS", None], ["Mill Roofing", "Roofing Mill A/S"])
    assert same(found, "label")


def test_the_label_is_spelt_as_it_is_read() -> None:
    found = names(["Berg, Ann", "Mill ApS"], given=["Ann", None], family=["Berg", None])
    assert spelt(found, "label", 0) == "berg ann"
    assert spelt(found, "label", 1) == "mill"


def test_order_of_rows_does_not_matter() -> None:
    labels: Texts = ["Ann Berg", "Berg, Ann", "Mill ApS", None, "Bob (deleted)", *OTHERS]
    one, other = names(labels), names(labels[::-1])
    assert one.hashes.keys() == other.hashes.keys()
    for name, values in one.hashes.items():
        assert values.tolist() == other.hashes[name][::-1].tolist()


@pytest.mark.parametrize("texts", [[], [None], [None, None], ["Ann"], ["Ann Berg"], ODD])
def test_nothing_is_too_odd_to_be_read(texts: Texts) -> None:
    for found in (
        names(texts),
        names(firm=texts),
        names(given=texts, family=texts),
        names(texts, texts, texts, texts),
        names(texts, texts[::-1], texts[::-1], texts),
    ):
        assert all(len(of) == len(texts) for of in found.hashes.values())
