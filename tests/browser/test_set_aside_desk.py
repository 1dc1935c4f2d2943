"""The set-aside desk in a real JupyterLab, by keyboard: nothing is lost, nothing leaks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.browser.lab import notebook_page, press

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.browser.lab import Lab, LabPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SETUP = """
import polars as pl
from custclean.decisions import DecisionLog
from custclean.model import FIELDS
from custclean.stages.set_aside_desk import SetAsideSession

rows = [
    {"record_id": f"r{i:02}", "display_name": f"Canary {i:02}<img src=x onerror=harmed=1>",
     "email": f"c{i}@{'paper' if i % 3 else 'bank'}canary.example",
     "balance": "12.00" if i == 4 else ""}
    for i in range(25)
]
table = pl.DataFrame(rows, schema=dict.fromkeys(FIELDS["customers"], pl.String))
kinds = ["institution" if i % 3 == 0 else "vendor" for i in range(25)]
classes = table.select("record_id", score=pl.lit(0.9), reasons=pl.lit("bills only"),
                       vetoes=pl.lit("")).with_columns(pl.Series("class", kinds))
"""
OPEN = """
from people import *
folder = globals().get("folder", "0")  # a test sets it, so that each has a log of its own
log = DecisionLog(folder, who="ann")
session = SetAsideSession(table, classes, log)
import custclean as cc
"""
SHOW = "cc.show(session)"


@pytest.fixture(scope="module")
def tab(browser: Browser, lab: Lab) -> Iterator[LabPage]:
    """Give a notebook with the desk as its last output."""
    with notebook_page(browser, lab, "desk/desk.ipynb", [OPEN, SHOW], people=SETUP) as page:
        yield page


@pytest.fixture
def page(tab: LabPage, request: pytest.FixtureRequest) -> Iterator[LabPage]:
    """Give the desk over 24 records that nobody has decided, the focus on its first field."""
    tab.kernel_eval(f"globals().update(folder={request.node.name!r})")
    tab.run_all()
    tab.tab.locator(".cd-table").wait_for()
    tab.tab.get_by_label("Show", exact=True).focus()
    yield tab
    assert tab.external == []
    assert tab.errors == []


def said(page: LabPage, text: str) -> None:
    """Wait until the desk says so."""
    page.tab.locator(".cd-said").get_by_text(text, exact=True).wait_for()


def focused(page: LabPage) -> str:
    """Say what has the focus, as a screen reader would call it."""
    script = """() => { const e = document.activeElement;
      return e.getAttribute("aria-label") ?? e.labels?.[0]?.textContent ?? e.textContent; }"""
    return str(page.tab.evaluate(script))


def counts(page: LabPage) -> str:
    return page.tab.locator(".cd-counts").inner_text()


def test_records_are_ticked_decided_and_taken_back_by_keyboard_alone(page: LabPage) -> None:
    order = ["Show", "Group by", "Search", "Groups", "Set aside", "Is a customer",
             "Note (kept with the decision)", "Set all aside…", "Keep all…", "Undo", "Records",
             "Tick the whole page"]  # fmt: skip
    for name in order:
        assert focused(page) == name
        press(page, "Tab")
    assert focused(page).startswith("Tick: Canary 00")
    press(page, "Space ArrowDown ArrowDown Space")
    page.tab.get_by_text("2 ticked").wait_for()
    page.tab.get_by_role("button", name="Set aside", exact=True).focus()
    press(page, "Enter")
    said(page, "Saved: 2 set aside.")
    assert focused(page) == "Set aside"  # it has no ticks now, and keeps the focus
    assert counts(page).startswith("22 wait · 2 set aside")
    kernel = page.kernel_eval("[(d.key[0], d.verdict.value) for d in log.current]")
    assert kernel == "[('r00', 'set_aside'), ('r02', 'set_aside')]"
    press(page, "Enter")
    said(page, "Tick records first.")
    page.tab.get_by_role("button", name="Undo", exact=True).focus()
    press(page, "Enter")
    said(page, "Taken back: 2 decisions.")
    assert page.kernel_eval("log.current") == "()"


def test_a_group_is_shown_first_then_set_aside_whole_and_taken_back(page: LabPage) -> None:
    page.tab.get_by_role("listbox", name="Groups").focus()
    press(page, "ArrowDown")
    page.tab.locator(".cd-place").get_by_text("records 1 to 15 of 15").wait_for()
    assert focused(page) == "Groups"
    page.tab.get_by_label("Show", exact=True).select_option("all")
    page.tab.get_by_role("option", name="vendor").click()
    page.tab.get_by_role("button", name="Set all aside…").focus()
    press(page, "Enter")
    page.tab.get_by_text("Set 15 records aside?").wait_for()
    assert focused(page) == "Set 15 records aside?"
    out = page.tab.get_by_role("list", name="Stays out, to be decided by name")
    assert out.inner_text().endswith("has an open balance")
    press(page, "Escape")
    page.tab.get_by_text("Set 15 records aside?").wait_for(state="hidden")
    assert focused(page) == "Set all aside…"
    press(page, "Enter")
    page.tab.get_by_text("Set 15 records aside?").wait_for()
    press(page, "Tab Tab Tab Enter")
    said(page, "Saved: 15 set aside.")
    assert page.kernel_eval("len(log.current)") == "15"
    assert page.kernel_eval("len({d.value['step'] for d in log.current})") == "1"
    page.tab.get_by_role("button", name="Undo", exact=True).click()
    said(page, "Taken back: 15 decisions.")


def test_what_was_refused_is_said_until_the_next_decision_and_the_note_stays(
    page: LabPage,
) -> None:
    page.kernel_eval("setattr(session, 'decide', lambda *_: log.undo(77))")
    note, alert = page.tab.locator(".cd-note"), page.tab.locator(".cd-alert")
    page.tab.get_by_label("Tick: Canary 00").check()
    note.fill("why")
    button = page.tab.get_by_role("button", name="Set aside", exact=True)
    button.click()
    alert.wait_for()
    told = alert.inner_text()
    page.tab.get_by_label("Show", exact=True).select_option("all")
    page.tab.locator(".cd-place").get_by_text("of 25").wait_for()
    assert alert.inner_text() == told
    assert note.input_value() == "why"
    page.kernel_eval("delattr(session, 'decide')")
    page.tab.get_by_label("Tick: Canary 00").check()
    button.dblclick()
    said(page, "Saved: 1 set aside.")
    assert not alert.is_visible()
    assert note.input_value() == ""
    assert page.kernel_eval("[d.note for d in log.current]") == "['why']"
    page.tab.get_by_role("button", name="Undo", exact=True).dblclick()
    said(page, "Taken back: 1 decision.")


def test_a_reload_keeps_what_is_looked_at_and_ticked(page: LabPage) -> None:
    page.tab.get_by_label("Group by").select_option("domain")
    page.tab.get_by_role("option", name="papercanary").click()
    page.tab.locator(".cd-place").get_by_text(
        "of 15"
    ).wait_for()  # else the ticks are of before
    page.tab.get_by_label("Tick the whole page").check()
    page.tab.get_by_text("15 ticked").wait_for()
    page.save()
    page.reload()
    page.tab.get_by_text("15 ticked").wait_for()
    assert page.tab.get_by_label("Group by").input_value() == "domain"
    chosen = page.tab.get_by_role("option", selected=True, name="papercanary")
    assert chosen.inner_text().startswith("papercanary.example")


def test_keys_of_jupyterlab_neither_fire_nor_break_and_typing_only_searches(
    page: LabPage,
) -> None:
    page.tab.get_by_role("button", name="Undo", exact=True).focus()
    press(page, "m b a x z c v d d l o r i i 0 0 Escape Shift+Enter")
    page.tab.get_by_role("searchbox", name="Search").focus()
    page.tab.keyboard.type("canary 07 dd mbx")
    page.tab.get_by_text("Nobody is here.").wait_for()
    press(page, "Control+a Backspace")
    page.tab.keyboard.type("canary 07")
    page.tab.locator(".cd-place").get_by_text("of 1").wait_for()
    assert focused(page) == "Search"
    assert page.cell_types() == ["code"] * 2
    assert page.kernel_eval("log.history") == "()"
    assert page.is_dirty()
    page.save()
    assert not page.is_dirty()


def test_no_value_is_in_the_saved_notebook_and_none_becomes_html(
    lab: Lab, page: LabPage
) -> None:
    page.tab.get_by_role("button", name="Set all aside…").click()
    page.tab.get_by_text("Set 24 records aside?").wait_for()
    assert "onerror" in page.tab.locator(".cd-table").inner_text()
    assert page.tab.evaluate("() => window.harmed ?? 0") == 0
    assert page.tab.locator(".cd img").count() == 0
    page.save()
    notebook = json.loads((lab.folder / page.path).read_text(encoding="utf-8"))
    outputs = json.dumps([cell["outputs"] for cell in notebook["cells"]])
    assert "SetAsideDesk(25 records, 24 wait, 0 decided)" in outputs
    assert "anary" not in outputs + json.dumps(notebook["metadata"])
    state = "[str(w.get_state()) for w in __import__('ipywidgets').Widget.widgets.values()]"
    assert "anary" not in page.kernel_eval(state)
