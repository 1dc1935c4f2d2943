"""What holds for every page: whole, self-contained, and the same tags whatever the values."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import polars as pl
import pytest

from custclean.report.checks import Check
from custclean.report.checks import page as checks_page
from custclean.report.summary import Story, summary
from custclean.stages.work_pages import merge_page, remove_page

if TYPE_CHECKING:
    from collections.abc import Callable

HOSTILE = (
    "</td></tr></table><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></title><!--",
    "email: x<b>",
    "\x00\u202e\ud800&#60;",
)
VOID = {"meta", "img"}


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(" ".join([tag, *(name for name, _ in attrs)]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        self.seen.append("comment")


def _tags(text: str) -> list[str]:
    parser = _Tags()
    parser.feed(text)
    parser.close()
    assert parser.open == []
    return parser.seen


def _merge(value: str) -> str:
    names = "order keep_id keep_name gone_id gone_name obstacle type_by_hand lost note".split()
    return merge_page(pl.DataFrame({name: [value] for name in names}))


def _remove(value: str) -> str:
    names = "order company_id display_name why checklist".split()
    return remove_page(
        pl.DataFrame({name: [value] for name in names} | {"action": ["delete"]})
    )


def _checks(value: str) -> str:
    return checks_page([Check(value, "stop", value), Check(value, "ok", value)])


def _summary(value: str) -> str:
    story = Story(
        title=value,
        happened=[value],
        next_steps=[value],
        counts=[(value, 1)],
        files=pl.DataFrame({"file": [value], "what": [value]}).with_columns(
            rows=1, rejected=0, repaired=0
        ),
        balance=[value],
        uploads=pl.DataFrame({"file": [value], "rows": [1], "bytes": [2]}),
        left_out=pl.DataFrame({"reason": [value], "records": [1]}),
        language=value,
    )
    return summary(story)


PAGES = [_merge, _remove, _checks, _summary]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("draw", PAGES)
def test_a_value_cannot_change_the_tags_of_a_page(
    draw: Callable[[str], str], value: str
) -> None:
    # polars holds no lone surrogates: they cannot come from a file, only from a caller
    text = value.encode("utf-8", "replace").decode()
    assert _tags(draw(text)) == _tags(draw("tame"))


@pytest.mark.parametrize("draw", PAGES)
def test_a_page_fetches_nothing_and_runs_nothing(draw: Callable[[str], str]) -> None:
    text = draw("tame")
    assert not re.search(r"https?:|url\(|@import|<script|<link|<iframe| on\w+=", text)
    assert text.encode("utf-8").decode("utf-8") == text
