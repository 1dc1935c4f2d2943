"""The summary: what happened and what to do next come first, and nothing is left out."""

from __future__ import annotations

import polars as pl

from custclean import html
from custclean.report.summary import Story, summary

FULL = Story(
    title="Summary of <clients>",
    happened=["1,940 clients were read."],
    next_steps=["Decide 40 pairs.", "Do the merges."],
    counts=[("clients", 1_940)],
    files=pl.DataFrame(
        {
            "file": ["list.csv"],
            "what": ["clients"],
            "rows": [1940],
            "rejected": [2],
            "repaired": [3],
        }
    ),
    fates=pl.DataFrame({"fate": ["uploaded", "elsewhere"], "records": [1_900, 40]}),
    balance=["1,940 = 1,900 + 40"],
    classes=pl.DataFrame({"class": ["vendor"], "reasons": ["on the vendor list"]}),
    pairs=pl.DataFrame({"weight": [3.0, 9.0], "verdict": [None, "same"]}),
    threshold=5.0,
    numbers=[("register", 1_300)],
    uploads=pl.DataFrame({"file": ["one.csv"], "rows": [1_000], "bytes": [52_133]}),
    left_out=pl.DataFrame({"reason": ["no_company_id"], "records": [6]}),
    work=[("merges", 120)],
    verification=[("done", 240)],
    language="en",
)


def test_what_happened_and_what_to_do_next_come_first() -> None:
    text = summary(FULL)
    places = [
        text.index(words) for words in ("were read", "must do next", "Do the merges", "<img")
    ]
    assert places == sorted(places)


def test_every_part_of_the_story_is_on_the_page() -> None:
    text = summary(FULL)
    wanted = ["1,900", "elsewhere", "1,940 = 1,900 + 40", "list.csv", "from the register"]
    wanted += ["1,300", "one.csv", "52,133", "has no company id", "merges", "120", "240"]
    assert [said for said in wanted if said not in text] == []
    assert text.count("<img") == 3
    assert "Summary of &lt;clients&gt;" in text


def test_the_records_of_all_fates_are_added_up() -> None:
    assert '<td>together</td><td class="n">1,940</td>' in summary(FULL)


def test_an_empty_story_is_a_page_that_says_nothing_is_to_do() -> None:
    text = summary(Story(title="Summary"))
    assert "Nothing: every record is where it should be." in text
    assert "<img" not in text
    assert "<table" not in text


def test_the_same_story_gives_the_same_bytes() -> None:
    assert summary(FULL) == summary(FULL)


def test_what_is_revealed_on_the_screen_changes_no_file() -> None:
    before = summary(FULL)
    html.reveal()
    try:
        assert summary(FULL) == before
    finally:
        html.reveal(on=False)
