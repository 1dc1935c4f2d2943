"""The builders of pages and tables: escaping, masking, structure."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from custclean import html
from custclean.words import language

if TYPE_CHECKING:
    from collections.abc import Iterator

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</td></tr></table>",
    "]]><!--",
    "&lt;b&gt;",
    "\x00\x1b[31m\x7f",
    "\u202egnp.exe",
    "' onmouseover='x",
    "javascript:alert(1)",
    "</style><style>*{display:none}",
)
ANYTHING = st.one_of(st.none(), st.text(), st.sampled_from(HOSTILE))


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[tuple[str, ...]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, *(name for name, _ in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.seen.append(("/" + tag,))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.seen.append(("!--",))


def _read(text: str) -> _Tags:
    parser = _Tags()
    parser.feed(text)
    parser.close()
    return parser


@pytest.fixture(autouse=True)
def _masked_again() -> Iterator[None]:
    yield
    html.reveal(on=False)


@given(
    st.lists(st.tuples(ANYTHING, ANYTHING), min_size=1, max_size=4), st.text(), st.booleans()
)
@example([(HOSTILE[0], HOSTILE[1])], HOSTILE[2], True)
@example([(HOSTILE[5], HOSTILE[6])], HOSTILE[3], False)
def test_the_tags_of_a_table_depend_on_its_shape_only(
    values: list[tuple[str | None, str | None]], title: str, shown: bool
) -> None:
    schema = {"display_name": pl.String, "record_id": pl.String}
    frame = pl.DataFrame(values, schema=schema, orient="row")
    tame = pl.DataFrame([("a", "b")] * len(values), schema=schema, orient="row")
    html.reveal(on=shown)
    drawn = html.table(frame, title=title or "t")
    assert _read(drawn).seen == _read(html.table(tame, title="t")).seen


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_value_cannot_change_the_tags_of_any_builder(hostile: str) -> None:
    def build(text: str) -> str:
        parts = [
            html.paragraph(text),
            html.facts([(text, text)]),
            html.bullets([text, text], form="ticks"),
            html.figure(b"<svg/>", caption=text),
            html.grid([text], [[text], [None]], title=text, right=[0]),
        ]
        return html.page(text, html.section(text, *parts), language="en")

    assert _read(build(hostile)).seen == _read(build("tame")).seen


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Cn"])))
def test_what_is_escaped_is_read_as_it_was(text: str) -> None:
    assert _read(f"<p>{html.escape(text)}</p>").text == text


def test_marks_that_turn_the_reading_direction_are_seen() -> None:
    assert html.escape("a\u202eb") == "a[U+202E]b"


def test_what_utf8_cannot_hold_does_not_reach_a_page() -> None:
    assert html.page("\ud800", html.paragraph("\udfff"), language="en").encode("utf-8")


@given(st.text(st.characters(exclude_characters="@"), min_size=1))
def test_a_mask_holds_dots_only(text: str) -> None:
    assert set(html.mask(text)) <= {"•"}
    assert len(html.mask(text)) in {0, 2, 5, 9}


@given(st.text(), st.text())
def test_equal_lengths_give_equal_masks(one: str, other: str) -> None:
    one, other = (re.sub(r"[@\s]", "x", text) for text in (one, other))
    size = min(len(one), len(other))
    assert html.mask(one[:size]) == html.mask(other[:size])


def test_a_mask_of_an_email_keeps_the_at_sign() -> None:
    assert html.mask("ann.example@mail.example.com") == "•••••@•••••••••"


def test_customers_values_are_masked_until_revealed() -> None:
    frame = pl.DataFrame(
        {
            "record_id": ["qboa:clients:91300001", "someone@example.com", "Ann Example"],
            "display_name": ["Canary One", "Canary Two", None],
            "reasons": [["Canary Three"], [], ["Canary Four"]],
            "weight": [1.5, 12_345.678, -3.0],
            "line": ["7", "8", "9"],
        }
    )
    masked = html.table(frame)
    assert "Canary" not in masked
    assert "someone" not in masked
    assert "Ann" not in masked
    assert "qboa:clients:91300001" in masked
    assert ">1.5<" in masked
    assert "<td>7</td>" in masked
    html.reveal()
    assert html.revealed()
    shown = html.table(frame)
    assert all(f"Canary {n}" in shown for n in ("One", "Two", "Three", "Four"))
    html.reveal(on=False)
    assert html.table(frame) == masked


@pytest.mark.parametrize("name", ["Ann", "Ann 2", "+15550100123", "ann1@example.com"])
def test_an_id_that_may_be_a_customers_value_is_masked(name: str) -> None:
    assert set(html.id_shown(name)) <= {"•", "@"}


@pytest.mark.parametrize("code", ["17", "K-0042", "qboa:customers:9130351", "x:y:#00ff-2"])
def test_an_id_is_shown(code: str) -> None:
    assert html.id_shown(code) == code


def test_plain_columns_are_shown() -> None:
    frame = pl.DataFrame({"why": ["a vendor"], "name": ["Canary"]})
    drawn = html.table(frame, plain=("why",))
    assert "a vendor" in drawn
    assert "Canary" not in drawn


def test_a_table_shows_the_first_rows_and_says_how_many_there_are() -> None:
    drawn = html.table(pl.DataFrame({"rows": range(1_940)}))
    assert drawn.count("<tr>") == 1 + 20
    assert "20 of 1,940 rows" in drawn


def test_a_very_long_value_is_cut_for_the_screen() -> None:
    drawn = html.table(pl.DataFrame({"name": ["x" * 10_001]}), plain=("name",))
    assert "x" * 199 + "…" in drawn
    assert "x" * 200 not in drawn


@pytest.mark.parametrize("frame", [pl.DataFrame(), pl.DataFrame(schema={"name": pl.String})])
def test_an_empty_frame_is_drawn_too(frame: pl.DataFrame) -> None:
    assert "0 of 0 rows" in html.table(frame)


def test_a_page_fetches_nothing() -> None:
    text = html.page("Title", html.figure(b"\x89PNG....", caption="c"), language="pt-BR")
    assert not re.search(r"https?:|//|url\(|@import|<script|<link", text)
    assert "default-src 'none'" in text
    assert text.startswith('<!DOCTYPE html>\n<html lang="pt-BR">')


def test_a_page_repeats_the_heading_of_a_table_on_each_printed_sheet() -> None:
    assert "thead{display:table-header-group}" in html.page("t", "", language="en")


def test_the_kind_of_picture_is_taken_from_its_bytes() -> None:
    assert "data:image/png;" in html.figure(b"\x89PNG\r\n", caption="c")
    assert "data:image/svg+xml;" in html.figure(b"<svg/>", caption="c")


def test_two_facts_with_the_same_label_are_both_shown() -> None:
    assert html.facts([("pairs", 1_940), ("pairs", 2)]).count("<dt>pairs</dt>") == 2


def test_numbers_are_written_in_the_readers_language() -> None:
    with language("da"):
        assert "<dd>1.940</dd>" in html.facts([("par", 1_940)])
