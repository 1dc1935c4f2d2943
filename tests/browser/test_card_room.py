"""The review card where records have many fields: what one presses stays in sight."""

from __future__ import annotations

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
from custclean.labels import labels
from custclean.model import FIELDS

schema = {name: pl.String for name in FIELDS["customers"]}
table = pl.DataFrame([
    {**dict.fromkeys(schema),
     **{name: f"{label} of {who}" for name, label in labels().items()},
     "record_id": who, "source_file": "clients.csv", "source_row": str(at),
     "display_name": f"Example {who}", "company_id": f"10{at}"}
    for at, who in enumerate("abcdefghijk", 2)
], schema=schema)
links = ["ab", "cd", "ef", "fg", "hi", "ij", "jk"]
pairs = pl.DataFrame(
    [(left, right, 9.0 - at, 0.99 - at / 50) for at, (left, right) in enumerate(links)],
    schema=["left_id", "right_id", "weight", "probability"], orient="row")
"""
OPEN = """
from people import *
session = cc.ReviewSession(table, pairs, cc.DecisionLog("job", who="ann"))
"""
# The names of what one presses that is not wholly in the room that the notebook has.
OUTSIDE = """() => {
  const room = document.querySelector(".jp-WindowedPanel-outer").getBoundingClientRect();
  const pressed = document.querySelectorAll(".cc-head, .cc-foot .cc-button, .cc-note");
  return pressed.length < 8 ? ["nothing"] : [...pressed].filter((one) => {
    const {top, bottom, height} = one.getBoundingClientRect();
    return height && (top < room.top || bottom > room.bottom);
  }).map((one) => one.dataset.do ?? one.className);
}"""
ROWS = """() => {
  const {top, bottom} = document.querySelector(".cc-main").getBoundingClientRect();
  const head = document.querySelector(".cc-table thead").getBoundingClientRect();
  return [...document.querySelectorAll(".cc-row")].filter((row) => {
    const box = row.getBoundingClientRect();
    return box.top >= Math.max(top, head.bottom) - 1 && box.bottom <= bottom + 1;
  }).map((row) => row.querySelector("th").lastChild.textContent);
}"""


@pytest.fixture(scope="module", params=[800, 1000])
def page(request: pytest.FixtureRequest, browser: Browser, lab: Lab) -> Iterator[LabPage]:
    name, cells = f"room{request.param}/job.ipynb", [OPEN, "cc.show(session)"]
    with notebook_page(browser, lab, name, cells, people=SETUP) as tab:
        tab.tab.set_viewport_size({"width": 1280, "height": request.param})
        tab.run_all()
        tab.tab.locator(".cc-table").wait_for()
        tab.tab.locator(".cc").scroll_into_view_if_needed()
        tab.tab.locator(".cc-place").click()
        yield tab
        assert tab.external == []
        assert tab.errors == []


def test_buttons_are_in_sight_whatever_a_card_holds(page: LabPage) -> None:
    for _ in range(4):
        page.tab.wait_for_function(f"() => ({OUTSIDE})().length === 0")
        press(page, "j")


@pytest.mark.parametrize("keys", ["w", "h", "f", "i", "l", "Escape", "n k Escape", "n k w h"])
def test_buttons_are_in_sight_whatever_is_open(page: LabPage, keys: str) -> None:
    press(page, keys)
    page.tab.wait_for_function(f"() => ({OUTSIDE})().length === 0")
    if not {"w", "h"} & set(keys):  # then one reads something else
        page.tab.wait_for_function(f"() => ({ROWS})().length > 0")
    if keys.startswith("n"):
        press(page, "u")
        page.tab.locator(".cc-live").get_by_text("Taken back").wait_for()
    press(page, "ArrowRight")
    for key in keys.split()[-2:]:
        if key in "whil":
            press(page, key)
    if keys == "f":
        press(page, "Escape")


def test_the_page_keys_turn_the_table_and_the_next_card_begins_at_its_top(
    page: LabPage,
) -> None:
    press(page, "k k k k")
    rows = page.tab.evaluate(ROWS)
    assert rows[0] == "Name"
    assert "Last activity" not in rows
    press(page, "PageDown PageDown PageDown PageDown")
    page.tab.wait_for_function(f"() => ({ROWS})().includes('Last activity')")
    assert page.tab.locator(".cc-table thead th").nth(1).is_visible()
    press(page, "j")
    page.tab.wait_for_function(f"() => ({ROWS})()[0] === 'Name'")


def test_a_value_that_is_kept_comes_into_sight(page: LabPage) -> None:
    press(page, "0 9")
    kept = page.tab.locator("td.cc-kept")
    kept.wait_for()
    label = kept.locator("xpath=../th").evaluate("th => th.lastChild.textContent")
    page.tab.wait_for_function(f"label => ({ROWS})().includes(label)", arg=label)
    press(page, "Escape")
    kept.wait_for(state="detached")


def test_what_is_of_each_record_is_no_difference(page: LabPage) -> None:
    row = page.tab.locator(".cc-row").filter(has_text="Company id")
    assert row.get_attribute("class") == "cc-row cc-own"
    assert row.locator("del, ins").count() == 0
    assert "Company id" not in page.tab.locator(".cc-reason").inner_text()


def test_one_button_leads_back_from_a_search(page: LabPage) -> None:
    back = page.tab.locator("[data-do=all]")
    assert back.is_hidden()
    search(page, "Example e", "1 of 4 fit")
    press(page, "Escape")
    back.click()
    back.wait_for(state="hidden")
    page.tab.locator(".cc-place").get_by_text("of 4").wait_for()
    assert page.tab.evaluate("document.activeElement.closest('.cc') !== null")


@pytest.mark.parametrize("keys", ["ArrowRight s Enter", "1 Enter"])
def test_enter_right_after_a_choice_saves_it(page: LabPage, keys: str) -> None:
    press(page, f"j k k k k {keys}")  # whoever comes to a card has nothing chosen there
    page.tab.locator(".cc-counts").get_by_text("1 decided, 3 left").wait_for()
    page.tab.locator(".cc-save").get_by_text("Saved").wait_for()
    picked = page.kernel_eval("[d.key for d in session._log.current if d.verdict == 'pick']")
    assert picked == ("[('b',)]" if "s" in keys else "[('a',)]")
    press(page, "u")
    page.tab.locator(".cc-counts").get_by_text("0 decided, 4 left").wait_for()


def test_whoever_goes_on_was_not_about_to_leave(page: LabPage) -> None:
    for key in ("ArrowRight", "1", "PageDown"):
        press(page, "Escape")
        page.tab.get_by_role("alert").get_by_text("Press Esc once more").wait_for()
        press(page, key)
        page.tab.get_by_role("alert").wait_for(state="hidden")
        press(page, "Escape" if key == "1" else "PageUp")
        page.tab.locator("td.cc-kept").wait_for(state="detached")
