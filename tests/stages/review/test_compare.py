"""Two values side by side: equal, equal after cleaning, different or missing."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.labels import labels
from custclean.model import FIELDS
from custclean.stages.review.compare import compared, differences, marked, visible


def mark(field: str, left: str | None, right: str | None) -> str:
    table = pl.DataFrame({field: [left, right]}, schema={field: pl.String})
    keys = compared(table)
    sides = [(column[0], column[1]) for name, column in keys.items() if name.startswith(field)]
    return marked(left, right, sides)


@pytest.mark.parametrize(
    ("field", "left", "right", "expected"),
    [
        ("email", "ann@example.com", "ann@example.com", "same"),
        ("email", "Ann@Example.com ", "ann@example.com", "clean"),
        ("email", "a@example.com; b@example.com", "b@example.com; A@example.com", "clean"),
        ("email", "a@example.com", "a@example.com; b@example.com", "differ"),
        ("phone", "020 7946 0018", "+44 20 7946 0018", "clean"),
        ("phone", "020 7946 0018", "020 7946 0019", "differ"),
        ("display_name", "Example, Ann", "Ann Example", "clean"),
        ("display_name", "Example Srl", "EXAMPLE S.R.L.", "clean"),
        ("display_name", "Example ApS", "Example A/S", "differ"),
        ("company", "Example ApS", "Example A/S", "differ"),
        ("city", "São Bento", "Sao Bento", "clean"),
        ("balance", "10.00", "1000", "differ"),
        ("customer_number", "00123", "123", "differ"),
        ("customer_number", " 00123", "00123", "clean"),
        ("tax_id", None, "DK12345678", "missing"),
        ("tax_id", "  ", "DK12345678", "missing"),
        ("email", "nothing", "nobody", "differ"),
    ],
)
def test_how_two_values_compare(
    field: str, left: str | None, right: str | None, expected: str
) -> None:
    assert mark(field, left, right) == expected
    assert mark(field, right, left) == expected


def test_every_field_of_a_card_is_canonical_and_in_its_order() -> None:
    shown = list(labels())
    assert set(shown) <= set(FIELDS["customers"])
    assert len(set(labels().values())) == len(shown)


@given(st.text(max_size=30), st.text(max_size=30))
def test_the_pieces_are_the_values_and_the_shared_ones_agree(left: str, right: str) -> None:
    one, other = differences(left, right)
    assert "".join(text for text, _ in one) == left
    assert "".join(text for text, _ in other) == right
    shared = [
        [text.casefold() for text, differs in side if not differs] for side in (one, other)
    ]
    assert "".join(shared[0]) == "".join(shared[1])
    if left == right:
        assert not any(differs for _, differs in one)


def test_case_is_no_difference_worth_showing() -> None:
    assert differences("ANN", "Ann") == ((("ANN", False),), (("Ann", False),))


def test_an_accent_stays_with_its_letter() -> None:
    assert differences("Jose\u0301", "Jose") == (
        (("Jos", False), ("e\u0301", True)),
        (("Jos", False), ("e", True)),
    )


def test_what_shares_little_is_different_as_a_whole() -> None:
    assert differences("Ann", "Bob Example") == ((("Ann", True),), (("Bob Example", True),))


@pytest.mark.parametrize(
    ("left", "right", "one", "other"),
    [
        ("0171/3920033", "0171/3920073", "0171/39200[33]", "0171/39200[73]"),
        ("Søholt A/S", "Søhlot A/S", "Søh[ol]t A/S", "Søh[lo]t A/S"),
        ("Rosengade 145", "Bøgegade 189", "[Rosen]gade 1[45]", "[Bøge]gade 1[89]"),
        ("Hessen", "Schleswig-Holstein", "[Hesse]n", "[Schleswig-Holstei]n"),
        ("37017821", "37 01 78 21", "37[]01[]78[]21", "37[ ]01[ ]78[ ]21"),
        ("ann@example.com", "anne@example.org", "ann[]@example.[com]", "ann[e]@example.[org]"),
        (
            "Grossi Ann Verdi",
            "Moretti Ann Bianchi",
            "[Gross]i Ann [Verdi]",
            "[Morett]i Ann [Bianchi]",
        ),
    ],
)
def test_single_letters_that_agree_by_chance_are_part_of_what_differs(
    left: str, right: str, one: str, other: str
) -> None:
    sides = [
        "".join(f"[{text}]" if differs else text for text, differs in side)
        for side in differences(left, right)
    ]
    assert sides == [one, other]


def test_very_long_values_are_not_compared_letter_by_letter() -> None:
    one, other = differences("a" * 100_000, "b" * 100_000)
    assert (len(one), one[0][1], other[0][1]) == (1, True, True)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "a[U+202E]b"),
        ("a\u00a0b c", "a\u00a0b c"),
        ("a\x00b", "a[U+0000]b"),
        ("two\nlines", "two\nlines"),
        ("日本 مرحبا", "日本 مرحبا"),
    ],
)
def test_what_cannot_be_seen_is_made_readable(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_blank_that_differs_is_made_readable() -> None:
    assert visible(" \u00a0", differs=True) == "␣␣"
