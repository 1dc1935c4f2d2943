"""What axe-core says of each widget in each state, in a light, a dark and a sharp theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.lab import notebook_page, press
from tests.browser.test_review_desk import SETUP
from tests.browser.themes import THEMES, violations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.browser.lab import Lab, LabPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OTHERS = """
from pathlib import Path
from people import *

Path("strange.csv").write_text("Whoever;Write to;Box\\nAnn;ann@example.com;7\\nBob;;8\\n")
project = cc.Project.init("job", who="ann")
ids = ["9130000000000017", "9130000000000025", "9130000000000033"]
lines = [f"{own},{name}," for own, name in zip(ids, ["Ann Lee", "Ann Leigh", "Bo Hall"])]
header = "Company ID,Display name,Client number"
(project.folder / "inbox" / "list.csv").write_text("\\n".join([header, *lines]) + "\\n")
records = [f"quickbooks-accountant:customers:{own}" for own in ids]
project.decisions.decide(records[0], records[1], cc.Verdict.SAME)
project.set_aside([records[2]])
project.pick(records[0])
strange = project.folder / "inbox" / "strange.csv"

kinds = ["institution", "vendor", "vendor"] * 2
reasons = dict(score=pl.lit(0.9), reasons=pl.lit("bills only"), vetoes=pl.lit(""))
classes = table.select("record_id", **reasons).head(8)
classes = classes.with_columns(pl.Series("class", [*kinds, "vendor", "vendor"]))
"""
OPEN = """
from others import *
def fresh(folder):
    return cc.ReviewSession(table, few, cc.DecisionLog(folder, who="ann"), explain=explain)
def aside():
    log = cc.DecisionLog("d", who="ann")
    return cc.stages.set_aside_desk.SetAsideSession(table, classes, log)
makes = {
    "card": lambda: cc.show(fresh("c")),
    "plain": lambda: cc.show(fresh("p"), ui="ipywidgets"),
    "desk": lambda: cc.show(aside()),
    "panel": lambda: cc.show(project),
    "form": lambda: cc.map_columns("strange.csv"),
}
"""
SHOW = "shown = makes[globals().get('which', 'card')]()\nshown"
PART = ".jp-OutputArea-output:has(.jupyter-widgets, .cc, .cd)"


@pytest.fixture(scope="module")
def tab(browser: Browser, lab: Lab) -> Iterator[LabPage]:
    """Give a notebook whose last cell shows one widget or another."""
    modules = {"people": SETUP, "others": OTHERS}
    with notebook_page(browser, lab, "axe/axe.ipynb", [OPEN, SHOW], **modules) as page:
        page.run_all()
        yield page
        assert page.external == []
        assert page.errors == []


def show(page: LabPage, which: str) -> None:
    page.kernel_eval(f"globals().update(which={which!r})")
    page.tab.locator(".jp-Cell").last.click()
    page.tab.evaluate("() => window.jupyterapp.commands.execute('notebook:run-cell')")
    page.wait_idle()


def see(page: LabPage, text: str) -> None:
    page.tab.locator(PART).get_by_text(text).first.wait_for()


def looked_at(page: LabPage, state: str) -> list[str]:
    """Ask axe about what is shown now, in all themes."""
    return [
        f"{state}, {theme}: {each}"
        for theme in THEMES
        for each in violations(page, theme, PART)
    ]


def button(page: LabPage, name: str) -> None:
    page.tab.locator(PART).get_by_role("button", name=name, exact=True).click()


def test_the_review_card_is_sound_in_every_state(tab: LabPage) -> None:
    page, found = tab, []
    show(page, "card")
    page.tab.locator(".cc-place").click()
    press(page, "w 1")
    page.tab.locator("td.cc-kept").wait_for()
    page.tab.locator(".cc-waterfall").wait_for()
    if page.tab.locator(".cc-side").is_hidden():
        press(page, "l")
    see(page, "Client a · Client b")
    found += looked_at(page, "a pair, a chosen value, why, the list")
    press(page, "Escape")
    page.tab.locator("td.cc-kept").wait_for(state="detached")
    press(page, "Enter")
    page.tab.get_by_role("alert").get_by_text("Nothing is chosen").wait_for()
    found += looked_at(page, "an alert")
    press(page, "j e")
    page.tab.locator(".cc-part-of").first.wait_for()
    found += looked_at(page, "a divided group and its graph")
    press(page, "Escape n y n")
    see(page, "Every pair is decided.")
    found += looked_at(page, "everything decided")
    for key, panel in {
        "i": ".cc-entry",
        "h": ".cc-help",
        "/": ".cc-filter",
        "a": ".cc-bulk",
    }.items():
        press(page, key)
        page.tab.locator(panel).first.wait_for()
        found += looked_at(page, panel)
        page.tab.locator(".cc-place").click()
    assert found == []


def test_the_set_aside_desk_is_sound_while_it_asks_and_when_it_complains(tab: LabPage) -> None:
    page, found = tab, []
    show(page, "desk")
    page.tab.get_by_label("Tick: Client b").check()
    see(page, "1 ticked")
    button(page, "Set all aside…")
    see(page, "Set 7 records aside?")
    found += looked_at(page, "it asks before many are set aside")
    button(page, "Cancel")
    page.tab.locator(".cd-asked").wait_for(state="hidden")
    button(page, "Set aside")
    see(page, "Saved: 1 set aside.")
    page.kernel_eval("setattr(shown.session, 'decide', lambda *_: shown.session.log.undo(77))")
    page.tab.get_by_label("Tick: Client c").check()
    button(page, "Set aside")
    page.tab.locator(".cd-alert").wait_for()
    page.tab.get_by_label("Show", exact=True).select_option("all")
    see(page, "set aside by")
    found += looked_at(page, "it complains, all records shown")
    assert found == []


def test_the_setup_panel_is_sound_with_its_work_orders(tab: LabPage) -> None:
    page, found = tab, []
    page.kernel_eval("strange.write_text('A;B\\n1;2\\n')")
    show(page, "panel")
    page.kernel_eval("shown.wait(60)")
    see(page, "Say what its columns are")
    found += looked_at(page, "a file that nobody knows")
    page.kernel_eval("strange.unlink()")
    button(page, "Run")
    see(page, "2 work orders are open")
    page.kernel_eval("shown.wait(60)")
    see(page, "Done.")
    page.tab.get_by_label("Work orders", exact=True).select_option(index=1)
    found += looked_at(page, "after a run")
    assert found == []


def test_the_mapping_form_and_its_preview_are_sound(tab: LabPage) -> None:
    page, found = tab, []
    show(page, "form")
    page.tab.get_by_label("Box", exact=True).select_option(value="E-mail (email)")
    button(page, "Preview")
    page.tab.locator(f"{PART} table").wait_for()
    found += looked_at(page, "with its preview")
    assert found == []


def test_the_plain_card_is_sound_with_each_of_its_parts_open(tab: LabPage) -> None:
    page, found = tab, []
    show(page, "plain")
    see(page, "Carla")
    button(page, "Different")
    see(page, "Group of 3, 2 of 3")
    for title in ["Why", "Filter", "History", "In bulk"]:
        page.tab.locator(PART).get_by_text(title, exact=True).first.click()
        page.tab.locator(".jupyter-widget-Collapse-open").wait_for()
        found += looked_at(page, title)
    assert found == []
