"""The card of plain widgets in a real JupyterLab: it needs no script of ours, and no keys."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.browser.lab import notebook_page
from tests.browser.test_review_desk import OPEN, SETUP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.browser.lab import Lab, LabPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SHOW = 'card = cc.show(session, ui="ipywidgets")\ncard'
SHOWN = "'Carla' in card.children[2].value"
CLEAR = "() => window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')"


@pytest.fixture(scope="module")
def tab(browser: Browser, lab: Lab) -> Iterator[LabPage]:
    """Give a notebook with the card as its last output."""
    with notebook_page(browser, lab, "plain/plain.ipynb", [OPEN, SHOW], people=SETUP) as page:
        yield page


@pytest.fixture
def page(tab: LabPage, request: pytest.FixtureRequest) -> Iterator[LabPage]:
    """Give the card with a log of its own."""
    tab.kernel_eval(f"globals().update(folder={request.node.name!r})")
    tab.run_all()
    until(tab, SHOWN, "True")
    yield tab
    assert tab.external == []
    assert tab.errors == []


def see(page: LabPage, text: str) -> None:
    page.tab.get_by_text(text).first.wait_for()


def until(page: LabPage, expression: str, value: str) -> None:
    """Wait until the kernel holds something."""
    for _ in range(100):
        if page.kernel_eval(expression) == value:
            return
        page.tab.wait_for_timeout(100)
    pytest.fail(f"never {value}: {expression}")


def press(page: LabPage, name: str) -> None:
    page.tab.get_by_role("button", name=name, exact=True).click()


def test_a_pair_and_a_group_are_decided_with_buttons_and_lists(page: LabPage) -> None:
    press(page, "Different")
    see(page, "1 decided, 2 left")
    see(page, "Group of 3, 2 of 3")
    page.tab.get_by_role("button", name="3: Client e").click()
    press(page, "On its own")
    see(page, "Client B")
    page.tab.get_by_label("this record stays").select_option(label="2: Client d")
    see(page, "● this record stays")
    press(page, "Apply")
    see(page, "2 decided, 1 left")
    assert page.kernel_eval("said()") == (
        "[('ab', 'different'), ('cd', 'same'), ('de', 'different'), ('d', 'pick')]"
    )


def test_a_double_click_decides_once_and_the_focus_stays(page: LabPage) -> None:
    page.tab.get_by_role("button", name="Unsure", exact=True).dblclick()
    see(page, "1 decided (1 unsure), 2 left")
    page.tab.wait_for_function(
        "() => document.activeElement.textContent === 'Unsure'"
        " && document.activeElement.offsetParent !== null"
    )
    assert page.kernel_eval("said()") == "[('ab', 'unsure')]"
    page.tab.wait_for_timeout(700)
    page.tab.keyboard.press("Enter")  # by keyboard alone
    see(page, "2 decided (2 unsure), 1 left")


def test_what_was_decided_is_found_in_the_history_and_taken_back(page: LabPage) -> None:
    press(page, "Same client")
    see(page, "1 decided, 2 left")
    page.tab.get_by_text("History", exact=True).first.click()
    steps = page.tab.locator(".widget-select select")
    steps.locator("option").first.wait_for(state="attached")
    steps.select_option(index=0)
    press(page, "Take back")
    see(page, "0 decided, 3 left")
    assert page.kernel_eval("said()") == "[]"


def test_the_clients_are_in_the_state_only_while_a_browser_shows_them(page: LabPage) -> None:
    until(page, SHOWN, "True")
    page.save()
    saved = json.loads((page.lab.folder / page.path).read_text(encoding="utf-8"))
    assert "widgets" not in saved["metadata"]
    assert "Carla" not in json.dumps(saved["cells"][1]["outputs"])
    page.tab.evaluate(CLEAR)
    until(page, SHOWN, "False")
    page.run_all()  # another card, which the browser shows
    until(page, SHOWN, "True")
