"""The widgets in Notebook 7: the same keys, the same guard, nothing leaves the machine.

Notebook 7 looks for its keys on the way down to what has the focus, before a widget that
listens as usual hears of them; JupyterLab on the way up.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.browser.lab import open_page, running_lab
from tests.browser.test_axe import PART
from tests.browser.test_by_keyboard import tab_to
from tests.browser.test_review_card import OPEN, RESTART, SETUP, VALUES
from tests.browser.themes import THEMES, violations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.browser.lab import LabPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OTHERS = """
import shutil
import custclean
project = custclean.Project.init("small", region="DK", who="ann")
for name in ("client_list.csv", "vendor_contact_list.csv"):
    shutil.copyfile(custclean.samples() / "small" / name, f"small/inbox/{name}")
desk = project.set_aside_desk()
"""
PANEL = """
which = globals().get("which", "card")
if which != "card":
    from others import desk, project
"""
SHOW = """
panel = custclean.widgets.show({"card": session}.get(which) or globals()[which])
panel
"""
OURS = "m x z c v d d r".split()  # JupyterLab's keys that are none of the widgets'


@pytest.fixture(scope="module")
def notebook7(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabPage]:
    """Give a notebook in Notebook 7 that has run."""
    home = tmp_path_factory.mktemp("notebook7") / "home"
    with running_lab(home, notebook7=True) as server, open_page(browser, server) as page:
        (server.folder / "people.py").write_text(SETUP, encoding="utf-8")
        (server.folder / "others.py").write_text(OTHERS, encoding="utf-8")
        page.open_notebook(server.write("review.ipynb", [OPEN, PANEL, SHOW]))
        page.errors.clear()  # what Notebook itself complains of when it starts
        page.run_all()
        yield page
        assert page.external == []
        assert page.errors == []


def show(page: LabPage, which: str, folder: str = "0") -> None:
    """Run all cells, so that the last one shows a widget, with a log of its own."""
    page.kernel_eval(f"globals().update(which={which!r}, folder={folder!r})")
    page.run_all()


def goes_on(page: LabPage, place: str, counts: str) -> None:
    """Wait until the card stands at a place, and everything is saved."""
    page.tab.locator(".cc-table").wait_for()
    page.tab.locator(".cc-place").get_by_text(place, exact=True).wait_for()
    page.tab.locator(".cc-counts").get_by_text(counts, exact=True).wait_for()
    page.tab.get_by_text("Saved", exact=True).wait_for()


def saved(page: LabPage) -> str:
    """Save, and give what is in the file."""
    page.save()
    return (page.lab.folder / page.path).read_text(encoding="utf-8")


def test_keys_decide_and_none_reaches_the_notebook(notebook7: LabPage) -> None:
    page = notebook7
    page.tab.locator(".cc-table").wait_for()
    tab_to(page, "Review of possible duplicates")  # from the cell, as one does without a mouse
    for key in [*OURS, "y", "n", "?", "u"]:
        page.tab.keyboard.press(key)
    goes_on(page, "Pair 3 of 10", "2 decided, 8 left")
    assert page.kernel_eval("said()") == "[(0, 'same'), (1, 'different')]"
    assert page.cell_types() == ["code"] * 3
    text = saved(page).lower()
    assert "reviewcard(10 pairs, 0 decided)" in text
    values = ast.literal_eval(page.kernel_eval(VALUES))
    assert len(values) > 50
    assert [value for value in values if value.lower() in text] == []


def test_a_reload_and_a_new_kernel_go_on_at_the_right_pair(notebook7: LabPage) -> None:
    page = notebook7
    show(page, "card", "again")
    page.tab.locator(".cc-table").wait_for()
    page.tab.locator(".cc-place").click()
    for key in "yjn":
        page.tab.keyboard.press(key)
    goes_on(page, "Pair 4 of 10", "2 decided, 8 left")
    page.save()
    page.reload()
    page.errors.clear()  # of Notebook itself, as above
    goes_on(page, "Pair 4 of 10", "2 decided, 8 left")
    page.tab.locator(".cc-place").click()
    page.tab.keyboard.press("u")
    goes_on(page, "Pair 3 of 10", "1 decided, 9 left")
    page.tab.evaluate(RESTART)
    show(page, "card", "again")
    goes_on(page, "Pair 3 of 10", "1 decided, 9 left")  # where the last step was
    page.tab.locator(".cc-place").click()
    page.tab.keyboard.press("n")
    goes_on(page, "Pair 4 of 10", "2 decided, 8 left")
    assert page.kernel_eval("said()") == "[(0, 'same'), (2, 'different')]"


@pytest.mark.parametrize("which", ["project", "desk"])
def test_keys_on_a_button_of_the_others_reach_no_notebook_either(
    notebook7: LabPage, which: str
) -> None:
    page = notebook7
    show(page, which)
    button = page.tab.locator(".jp-OutputArea button").first
    button.wait_for()
    button.focus()
    for key in OURS:
        page.tab.keyboard.press(key)
    assert page.cell_types() == ["code"] * 3
    assert button.is_visible()
    if which == "desk":
        page.tab.locator(".cd-table").get_by_text("Skattestyrelsen", exact=True).wait_for()
    assert "Skattestyrelsen" not in saved(page)


@pytest.mark.parametrize("which", ["card", "project", "desk"])
def test_axe_finds_nothing_in_any_theme(notebook7: LabPage, which: str) -> None:
    page = notebook7
    show(page, which)
    page.tab.locator(".cc-table, .cc-drop, .cd-table").wait_for()
    if which == "project":
        page.kernel_eval("panel.wait(60)")
    assert [each for theme in THEMES for each in violations(page, theme, PART)] == []
