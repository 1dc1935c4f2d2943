from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from custclean.stages.link.normal.hashed import Spelt
from custclean.stages.link.overlap import Overlap, overlap
from custclean.stages.link.words import Words

NAMES = "quillstone quillstnoe mill bakery bakry heating international inter roma 7 8".split()
names = st.lists(st.sampled_from(NAMES), max_size=5)


def compared(one: str, other: str, *, initials: bool = False) -> Overlap:
    """Compare two names; each of their words is held by one name in 1,024."""
    words = Words.of(pl.Series([one, other]))
    worth = np.full(len(words.spelt), -10.0)
    rows = np.arange(2)
    return overlap(Spelt(words), rows[:1], rows[1:], worth, initials=initials)


def counts(one: str, other: str, *, initials: bool = False) -> tuple[int, int, int, int]:
    """Count words shared, misspelt, and left over on either side."""
    found = compared(one, other, initials=initials)
    shared, slips, left, right = found.shared, found.slips, found.left, found.right
    return int(shared[0]), int(slips[0]), int(left[0]), int(right[0])


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("Mill Bakery", "Mill Bakery", (2, 0, 0, 0)),
        ("Mill Bakery", "Bakery Mill", (2, 0, 0, 0)),
        ("Mill Bakery", "Mill", (1, 0, 1, 0)),
        ("Alpha Beta", "Gamma Delta", (0, 0, 2, 2)),
        ("Mill", "", (0, 0, 1, 0)),
        ("", "", (0, 0, 0, 0)),
    ],
)
def test_words_are_shared_or_left_over(
    one: str, other: str, found: tuple[int, int, int, int]
) -> None:
    assert counts(one, other) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Quillstone", "Quillstnoe"),
        ("Solhverv", "Solhvrev"),
        ("Esempio", "Essempio"),
        ("Müller", "Mller"),
        ("Inter", "International"),
    ],
)
def test_a_word_misspelt_or_cut_short_is_a_slip(one: str, other: str) -> None:
    assert counts(f"Mill {one}", f"{other} Mill") == (1, 1, 0, 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Cat", "Bat"), ("Firm1", "Firm2"), ("Jan", "Ann"), ("Roma", "Lima"), ("10", "101")],
)
def test_short_words_and_numbers_are_never_misspelt(one: str, other: str) -> None:
    assert counts(one, other) == (0, 0, 1, 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mt Mill", "Mount Mill"),
        ("Htg Mill", "Heating Mill"),
    ],
)
def test_consonants_are_the_word_they_are_of(one: str, other: str) -> None:
    assert counts(one, other) == (1, 1, 0, 0)


def test_a_letter_is_a_word_only_where_initials_count() -> None:
    assert counts("A Mill", "Anna Mill") == (1, 0, 1, 1)
    assert counts("A Mill", "Anna Mill", initials=True) == (1, 1, 0, 0)


def test_a_word_that_stands_twice_on_one_side_is_shared_once() -> None:
    assert counts("Mill Mill", "Mill") == (1, 0, 1, 0)


def test_what_is_shared_is_worth_its_words_and_a_slip_is_worth_less() -> None:
    shared = compared("Quillstone Mill", "Mill Quillstone").worth[0]
    slip = compared("Quillstone Mill", "Mill Quillstnoe").worth[0]
    nothing = compared("Quillstone", "Roma").worth[0]
    assert shared == -20
    assert shared < slip < nothing == 0


def test_each_pair_is_compared_by_itself() -> None:
    words = Words.of(pl.Series(["Mill Bakery", "Bakery", "Roma", None]))
    left, right = np.array([0, 0, 3, 1]), np.array([1, 2, 0, 1])
    assert overlap(Spelt(words), left, right).shared.tolist() == [1, 0, 0, 1]


def test_rows_find_their_text_at_its_place() -> None:
    spelt = Spelt(Words.of(pl.Series(["Mill", "Roma"])), np.array([1, -1, 0, 1]))
    found = overlap(spelt, np.array([0, 0, 1]), np.array([3, 2, 0]))
    assert found.shared.tolist() == [1, 0, 0]


def test_no_pairs_and_no_texts_are_nothing() -> None:
    rows = np.zeros(0, np.int64)
    for texts in ([], ["Mill"]):
        words = Words.of(pl.Series(texts, dtype=pl.String))
        assert len(overlap(Spelt(words), rows, rows).shared) == 0


@given(names, names)
@settings(max_examples=60)
def test_words_are_counted_the_same_from_either_side(one: list[str], other: list[str]) -> None:
    there = counts(" ".join(one), " ".join(other))
    shared, slips, left, right = counts(" ".join(other), " ".join(one))
    assert there == (shared, slips, right, left)
    assert min(there) >= 0


@given(names, names)
@settings(max_examples=60)
def test_equal_words_are_worth_the_same_from_either_side(
    one: list[str], other: list[str]
) -> None:
    assume(len(set(one)) == len(one) and len(set(other)) == len(other))
    there, back = (compared(" ".join(a), " ".join(b)) for a, b in ((one, other), (other, one)))
    assume(there.slips[0] == 0)
    assert there.worth[0] == back.worth[0]
    assert there.rarest[0] == back.rarest[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mill Mill", "Mill"),
        ("Quillstone", "Quillston"),
        ("Quillstone", "Quillstnoe"),
    ],
)
def test_words_are_worth_the_same_from_either_side(one: str, other: str) -> None:
    assert compared(one, other).worth[0] == compared(other, one).worth[0]
