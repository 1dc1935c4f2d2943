"""A whole job on the review card by keyboard alone, as wide as a small laptop shows it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.browser.lab import notebook_page, press, search

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.browser.lab import Lab, LabPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SETUP = """
import polars as pl
import custclean as cc
from custclean.model import FIELDS

schema = {name: pl.String for name in FIELDS["customers"]}
names = [*"abcdefghijklmn", *(f"n{i:02}" for i in range(20))]
table = pl.DataFrame([
    {**dict.fromkeys(schema), "record_id": name, "source_file": "clients.csv", "city": "Roma",
     "display_name": f"{'Client' if len(name) == 1 else 'Number'} {name}",
     "email": f"{name}@example.com"}
    for name in names
], schema=schema)
links = ["ab", "cd", "ef", "gh", "ij", "jk", "lm", "mn", *zip(names[14::2], names[15::2])]
pairs = pl.DataFrame(
    [(left, right, 9.0 - at, 0.99 - at / 50) for at, (left, right) in enumerate(links)],
    schema=["left_id", "right_id", "weight", "probability"], orient="row")
"""
OPEN = """
from people import *
log = cc.DecisionLog("job", who="ann")
session = cc.ReviewSession(table, pairs, log)
def said():
    return {"".join(d.key): d.verdict.value for d in log.current}
"""
CELLS = [OPEN, "cc.show(session)", "'the last cell'"]
# Looks at every frame that is painted where the focus is, and whether one sees it.
WATCH = """() => {
  window.watched = {frames: 0, lost: []};
  const {lost} = window.watched;
  const look = () => {
    const focused = document.activeElement, style = getComputedStyle(focused);
    const seen = focused.checkVisibility() && style.outlineStyle !== "none"
      && parseFloat(style.outlineWidth) > 0;
    if (!focused.closest(".cc") || !seen) lost.push(focused.outerHTML.slice(0, 200));
    window.watched.frames += 1;
    window.watched.next = requestAnimationFrame(look);
  };
  look();
}"""
END_WATCH = "() => { cancelAnimationFrame(window.watched.next); return window.watched; }"
FOCUSED = """() => {
  const focused = document.activeElement, label = focused.labels?.[0];
  return focused.getAttribute("aria-label") ?? (label ?? focused).textContent;
}"""
# Nothing else lies over what has the focus, and it is not scrolled away.
IN_SIGHT = """() => {
  const {left, top, width, height} = document.activeElement.getBoundingClientRect();
  const there = document.elementFromPoint(left + width / 2, top + height / 2);
  return there !== null && document.activeElement.contains(there);
}"""


@pytest.fixture
def page(browser: Browser, lab: Lab) -> Iterator[LabPage]:
    """Give a notebook that has run, the focus where JupyterLab puts it."""
    with notebook_page(browser, lab, "hands/job.ipynb", CELLS, people=SETUP) as tab:
        tab.run_all()
        yield tab
        assert tab.external == []
        assert tab.errors == []


def tab_to(page: LabPage, name: str) -> None:
    """Press Tab until something that is called so has the focus, and see it."""
    for _ in range(60):
        press(page, "Tab")
        if str(page.tab.evaluate(FOCUSED)).startswith(name):
            page.tab.wait_for_function(IN_SIGHT)
            return
    pytest.fail(f"no Tab leads to {name}")


def settled(page: LabPage, counts: str) -> None:
    page.tab.wait_for_function(
        """counts => document.querySelector(".cc-save").textContent === "Saved"
          && document.querySelector(".cc-counts").textContent === counts""",
        arg=counts,
    )


def at(page: LabPage, place: str, name: str) -> None:
    """Wait until the card shows a question, and who is in it."""
    page.tab.locator(".cc-place").get_by_text(place, exact=True).wait_for()
    page.tab.locator(".cc-table").get_by_text(name, exact=True).first.wait_for()


def test_a_whole_job_is_done_by_keyboard_alone_and_the_focus_is_always_seen(
    page: LabPage,
) -> None:
    press(page, "ArrowUp")  # from the last cell to that of the card
    tab_to(page, "Review of possible duplicates")
    page.tab.evaluate(WATCH)

    decide_pairs(page)
    divide_and_merge_groups(page)
    accept_many(page)
    take_back_an_old_one(page)

    assert page.is_dirty()
    page.save()
    watched = page.tab.evaluate(END_WATCH)
    assert watched["lost"] == []
    assert watched["frames"] > 100
    leave(page)

    numbers = [f"n{i:02}n{i + 1:02}" for i in range(0, 20, 2)]
    assert ast.literal_eval(page.kernel_eval("said()")) == {
        "ab": "same", "b": "pick", "ef": "unsure", "gh": "different",
        "ij": "same", "jk": "different", "lm": "same", "mn": "same",
        **dict.fromkeys(numbers, "same"),
    }  # fmt: skip
    noted = page.kernel_eval("[d.key for d in log.current if d.note == 'jkyn?']")
    assert ast.literal_eval(noted) == [("a", "b"), ("b",)]
    assert page.cell_types() == ["code"] * 3


def decide_pairs(page: LabPage) -> None:
    at(page, "Pair 1 of 16", "Client a")
    press(page, "1 1")
    page.tab.locator("td.cc-kept").get_by_text("b@example.com").wait_for()
    press(page, "o")
    page.tab.keyboard.type("jkyn?")
    press(page, "Enter Enter")
    at(page, "Pair 2 of 16", "Client c")
    press(page, "n ? y")
    settled(page, "4 decided (1 unsure), 12 left")
    press(page, "u")
    at(page, "Pair 4 of 16", "Client g")
    settled(page, "3 decided (1 unsure), 13 left")
    press(page, "h")
    page.tab.locator(".cc-help").wait_for()
    tab_to(page, "the same client; of a group: all of them")
    press(page, "h")
    page.tab.locator(".cc-help").wait_for(state="detached")
    press(page, "n")


def divide_and_merge_groups(page: LabPage) -> None:
    at(page, "Group of 3, 5 of 16", "Client i")
    press(page, "ArrowRight ArrowRight e")
    page.tab.locator(".cc-part-of").first.wait_for()
    press(page, "Escape")
    page.tab.locator(".cc-part-of").first.wait_for(state="detached")
    press(page, "e")
    page.tab.locator(".cc-part-of").first.wait_for()
    tab_to(page, "Apply")
    press(page, "Enter")
    at(page, "Group of 3, 6 of 16", "Client l")
    press(page, "y")
    settled(page, "6 decided (1 unsure), 10 left")


def accept_many(page: LabPage) -> None:
    search(page, "number", "10 of 16 fit")
    press(page, "Escape a")
    page.tab.locator(".cc-bulk").wait_for()
    tab_to(page, "Wrong ones that you tolerate")
    press(page, "End")
    page.tab.get_by_text("Sample for at most 10.0% wrong: 8").wait_for()
    tab_to(page, "Show the sample")
    press(page, "Enter")
    page.tab.locator(".cc-place").get_by_text("Pair 1 of 8").wait_for()
    for number in range(8):
        press(page, "y")
        settled(page, f"{number + 1} decided, {7 - number} left")
    page.tab.get_by_text("Measured precision 100.0%").wait_for()
    tab_to(page, "Accept 2")
    press(page, "Enter")
    page.tab.get_by_text("one undo takes all of it back").wait_for()
    assert page.kernel_eval("len(said())") == "19"
    press(page, "u")
    page.tab.locator(".cc-live").get_by_text("Taken back").wait_for()
    assert page.kernel_eval("len(said())") == "17"
    press(page, "U")
    page.tab.locator(".cc-live").get_by_text("Given back").wait_for()


def take_back_an_old_one(page: LabPage) -> None:
    press(page, "i")
    page.tab.locator(".cc-entry").first.wait_for()
    name = "Take back: different clients Client c"
    tab_to(page, name)
    press(page, "Enter")
    page.tab.get_by_role("button", name=name).wait_for(state="detached")
    press(page, "Escape f")
    page.tab.locator(".cc-filter").wait_for()
    tab_to(page, "Show all")
    press(page, "Enter")
    settled(page, "15 decided (1 unsure), 1 left")


def leave(page: LabPage) -> None:
    focused = "document.activeElement.className"
    press(page, "Escape")
    assert page.tab.evaluate("document.activeElement.closest('.cc') !== null")
    press(page, "Escape")
    page.tab.get_by_role("alert").get_by_text("Press Esc once more").wait_for()
    assert page.tab.evaluate("document.activeElement.closest('.cc') !== null")
    press(page, "Escape")
    assert "jp-Cell" in page.tab.evaluate(focused)
    press(page, "ArrowDown")
    assert (
        page.tab.evaluate("window.jupyterapp.shell.currentWidget.content.activeCellIndex") == 2
    )
