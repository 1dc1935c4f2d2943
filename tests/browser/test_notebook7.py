"""The widgets in Notebook 7: the same keys, the same guard, nothing leaves the machine.

Notebook 7 looks for its keys on the way down to what has the focus, before a widget that
listens as usual hears of them; JupyterLab on the way up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.lab import open_page, running_lab
from tests.browser.test_review_card import OPEN, SETUP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.browser.lab import LabPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PANEL = """
import shutil
project = custclean.Project.init("small", region="DK", who="ann")
for name in ("client_list.csv", "vendor_contact_list.csv"):
    shutil.copyfile(custclean.samples() / "small" / name, f"small/inbox/{name}")
shown = {"card": session, "panel": project, "desk": project.set_aside_desk()}
"""
SHOW = "custclean.widgets.show(shown[globals().get('which', 'card')])"
OURS = "m x z c v d d r".split()  # JupyterLab's keys that are none of the widgets'


@pytest.fixture(scope="module")
def notebook7(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabPage]:
    """Give a notebook in Notebook 7 that has run."""
    home = tmp_path_factory.mktemp("notebook7") / "home"
    with running_lab(home, notebook7=True) as server, open_page(browser, server) as page:
        (server.folder / "people.py").write_text(SETUP, encoding="utf-8")
        page.open_notebook(server.write("review.ipynb", [OPEN, PANEL, SHOW]))
        page.errors.clear()  # what Notebook itself complains of when it starts
        page.run_all()
        yield page
        assert page.external == []
        assert page.errors == []


def test_keys_decide_and_none_reaches_the_notebook(notebook7: LabPage) -> None:
    page = notebook7
    page.tab.locator(".cc-table").wait_for()
    page.tab.locator(".cc-place").click()
    for key in [*OURS, "y", "n", "?", "u"]:
        page.tab.keyboard.press(key)
    page.tab.get_by_text("2 decided, 8 left").wait_for()
    page.tab.get_by_text("Saved", exact=True).wait_for()
    assert page.kernel_eval("said()") == "[(0, 'same'), (1, 'different')]"
    assert page.cell_types() == ["code"] * 3
    page.save()
    saved = (page.lab.folder / page.path).read_text(encoding="utf-8")
    assert "anary Srl" not in saved


@pytest.mark.parametrize("which", ["panel", "desk"])
def test_keys_on_a_button_of_the_others_reach_no_notebook_either(
    notebook7: LabPage, which: str
) -> None:
    page = notebook7
    page.kernel_eval(f"globals().update(which={which!r})")
    page.tab.locator(".jp-Cell").last.click()
    page.tab.evaluate("() => window.jupyterapp.commands.execute('notebook:run-cell')")
    button = page.tab.locator(".jp-OutputArea button").first
    button.wait_for()
    button.focus()
    for key in OURS:
        page.tab.keyboard.press(key)
    assert page.cell_types() == ["code"] * 3
    assert button.is_visible()
