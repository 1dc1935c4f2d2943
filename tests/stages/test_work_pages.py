"""Work orders on paper: exact, complete, harmless."""

from __future__ import annotations

from html import unescape

import polars as pl
import pytest

from custclean.stages.work_pages import merge_page, remove_page

MERGE = "order keep_id keep_name gone_id gone_name obstacle type_by_hand lost note".split()
REMOVE = "order company_id display_name action why checklist".split()


def _frame(names: list[str], *rows: tuple[str | None, ...]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


PAIRS = _frame(
    MERGE,
    ("M0001", "9130000000000017", "Example  & Søn ApS", "9130000000000893", "<Example> 001",
     "same name", "street: Example Road 1\nBack house\nphone: +1 555 010 0123",
     "given_name: Ann", "look twice"),
    ("M0002", "9130000000000018", "Example, Ann", "9130000000000894", "Ann Example",
     None, None, None, None),
)  # fmt: skip


def test_both_ids_and_exact_names_of_each_pair_are_on_the_page() -> None:
    text = unescape(merge_page(PAIRS))
    for row in PAIRS.select("keep_id", "keep_name", "gone_id", "gone_name").rows():
        assert all(value in text for value in row)


def test_names_cannot_become_tags() -> None:
    assert "<Example>" not in merge_page(PAIRS)


def test_what_is_typed_by_hand_has_a_box_each_and_keeps_its_lines() -> None:
    text = merge_page(PAIRS)
    assert "☐</span> Street: Example Road 1\nBack house</li>" in text
    assert "☐</span> Phone: +1 555 010 0123</li>" in text
    assert "<li>Given name: Ann</li>" in text
    assert text.count("☐") == 2 + 2 * 2


def test_obstacles_and_notes_are_said() -> None:
    text = merge_page(PAIRS)
    assert "Obstacle: same name" in text
    assert "look twice" in text


def test_the_page_says_that_a_merge_is_for_ever() -> None:
    assert "cannot be undone" in merge_page(PAIRS)


def test_a_plan_without_lost_values_is_enough() -> None:
    assert "M0002" in merge_page(PAIRS.drop("lost", "note"))


def test_nothing_to_merge_is_said() -> None:
    assert "0 pairs to merge." in merge_page(PAIRS.clear())


@pytest.fixture
def removals() -> pl.DataFrame:
    return _frame(
        REMOVE,
        ("R0001", "913001", "No-reply Example", "make_inactive", "automatic", "ask\nlook"),
        ("R0002", "913002", "Vendor Example", "delete", "a vendor", "ask"),
        ("R0003", "913003", "Bank Example", "leave", "an institution", None),
        ("R0004", "913004", "Odd Example", "archive", "other", ""),
        ("R0005", "913005", "Second Example", "make_inactive", "automatic", "ask\nlook"),
    )


def test_every_removal_stands_under_its_action_with_a_box(removals: pl.DataFrame) -> None:
    text = remove_page(removals)
    assert all(value in text for value in removals["company_id"])
    assert text.count("<td>☐</td>") == 3 * 5  # inactive, deleted or left: a box each
    inactive, delete = text.index("Make inactive (2)"), text.index("Delete (1)")
    assert inactive < text.index("Second Example") < delete < text.index("Vendor Example")


def test_an_action_that_nobody_foresaw_is_not_lost(removals: pl.DataFrame) -> None:
    assert "archive (1)" in remove_page(removals)


def test_a_checklist_that_all_share_is_printed_once(removals: pl.DataFrame) -> None:
    assert remove_page(removals).count("<li>look</li>") == 1


def test_the_page_says_what_each_action_means_for_billing(removals: pl.DataFrame) -> None:
    text = remove_page(removals)
    assert "goes on being billed" in text
    assert "main administrator" in text


def test_nothing_to_remove_is_said(removals: pl.DataFrame) -> None:
    text = remove_page(removals.clear())
    assert "0 clients were decided" in text
    assert "<table" not in text


def test_the_language_of_the_page_is_declared(removals: pl.DataFrame) -> None:
    assert '<html lang="da">' in remove_page(removals, language="da")
    assert '<html lang="da">' in merge_page(PAIRS, language="da")
