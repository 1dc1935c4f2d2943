"""The setup panel in a real JupyterLab: files dropped, keys kept, nothing leaks."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from custclean.demo import INPUTS
from tests.browser.lab import notebook_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.browser.lab import Lab, LabPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OPEN = """
import custclean as cc
project = cc.Project("job", who="ann")
def inbox():
    return sorted(path.name for path in (project.folder / "inbox").iterdir())
"""
SHOW = "panel = cc.show(project)\npanel"
LIST = "Display name,Company ID,Client number,Email\n"
# what a person does who drops files on the panel; playwright itself can only choose them
DROP = """([names, text, size]) => {
  const data = new DataTransfer();
  const piece = text.repeat(Math.ceil(size / text.length));
  for (const name of names) data.items.add(new File([piece], name));
  const panel = document.querySelector(".custclean-panel");
  const how = {dataTransfer: data, bubbles: true, cancelable: true};
  const over = new DragEvent("dragover", how);
  panel.dispatchEvent(over);
  panel.dispatchEvent(new DragEvent("drop", how));
  return over.defaultPrevented;
}"""


@pytest.fixture(scope="module")
def tab(browser: Browser, lab: Lab, samples: Path) -> Iterator[LabPage]:
    """Give a notebook with the panel as its last output, one for all tests."""
    folder = lab.folder / "panel" / "job"
    (folder / "inbox").mkdir(parents=True)
    (folder / "custclean.toml").write_text('# mine\nregion = "DK"\n', encoding="utf-8")
    for name in INPUTS:
        shutil.copyfile(samples / "small" / name, folder / "inbox" / name)
    with notebook_page(browser, lab, "panel/panel.ipynb", [OPEN, SHOW]) as page:
        page.run_all()
        yield page


@pytest.fixture
def page(tab: LabPage) -> Iterator[LabPage]:
    """Give the panel, at rest."""
    tab.tab.locator(".cc-drop").wait_for()
    tab.kernel_eval("panel.wait(60)")
    yield tab
    assert tab.external == []
    assert tab.errors == []


def button(page: LabPage, name: str) -> None:
    page.tab.locator(".custclean-panel").get_by_role("button", name=name, exact=True).focus()
    page.tab.keyboard.press("Enter")


def focused(page: LabPage) -> str:
    return str(page.tab.evaluate("() => document.activeElement.textContent"))


def test_dropped_files_are_in_the_inbox_whole_whatever_they_are_called(page: LabPage) -> None:
    big = 3_000_000  # three messages
    assert page.tab.evaluate(DROP, [["../../up.csv"], "not a list\n", big])
    page.tab.get_by_text("up.csv is in the inbox.").wait_for()
    assert page.tab.evaluate(DROP, [["CON.csv", "up.csv"], "not a list\n", big])
    page.tab.get_by_text("The inbox has the very same file already: up.csv.").last.wait_for()
    page.kernel_eval("panel.wait(60)")
    assert "CON.csv" not in page.kernel_eval("inbox()")
    size = "(project.folder / 'inbox' / 'up.csv').stat().st_size"
    assert int(page.kernel_eval(size)) >= big
    again = page.tab.get_by_role("button", name="It is a fresh download: add it all the same")
    again.first.focus()
    page.tab.keyboard.press("Enter")
    page.tab.get_by_text("_CON.csv is in the inbox.").wait_for()
    assert focused(page) == "Add files…"
    kernel = "[p.unlink() for p in (project.folder / 'inbox').glob('*[pN].csv')]"
    page.kernel_eval(kernel)


def test_the_job_is_run_and_the_threshold_moved_by_keyboard_alone(page: LabPage) -> None:
    button(page, "Run")
    page.tab.get_by_text("60 clients: ").wait_for()
    page.kernel_eval("panel.wait(60)")
    page.tab.get_by_text("Done.").wait_for()
    assert focused(page) == "Run"  # it was switched off meanwhile, and has the focus again
    slider = page.tab.get_by_role("slider", name="Threshold")
    slider.focus()
    for _ in range(5):
        page.tab.keyboard.press("ArrowRight")
    page.tab.get_by_text("0.55 (chosen)").wait_for()
    assert page.kernel_eval("panel._threshold.slider.value") == "0.55"
    button(page, "Use this threshold")
    page.tab.get_by_text("0.55 (in use)").wait_for()
    toml = page.kernel_eval("(project.folder / 'custclean.toml').read_text()")
    assert "# mine" in toml
    assert "threshold = 0.55" in toml
    page.kernel_eval("panel.wait(60)")
    button(page, "The model's own")
    page.tab.get_by_text("0.5 (in use)").wait_for()


def test_keys_of_jupyterlab_do_not_take_the_panel_away(page: LabPage) -> None:
    page.tab.get_by_role("button", name="Add files…").focus()
    for key in "m b a x z d d r i 0 Escape".split():
        page.tab.keyboard.press(key)
    assert page.cell_types() == ["code"] * 2
    assert page.tab.locator(".cc-drop").is_visible()
    page.save()
    assert not page.is_dirty()


def test_a_reload_shows_the_truth_and_the_desk_opens_below_without_a_name_saved(
    lab: Lab, page: LabPage
) -> None:
    page.save()
    page.reload()
    page.tab.locator(".cc-drop").wait_for()
    page.tab.get_by_text("QuickBooks Online Accountant: customers, 60 rows").wait_for()
    button(page, "Set aside")
    page.tab.locator(".cd-table").get_by_text("Skattestyrelsen", exact=True).wait_for()
    page.kernel_eval("panel.wait(60)")
    page.tab.locator(".cd .cd-input").first.focus()
    page.save()
    saved = (lab.folder / page.path).read_text(encoding="utf-8")
    assert "SetupPanel('job')" in saved
    assert "Skattestyrelsen" not in saved
    notebook = json.loads(saved)
    assert "widgets" not in notebook["metadata"]
    state = "[str(w.get_state()) for w in __import__('ipywidgets').Widget.widgets.values()]"
    assert "Skattestyrelsen" not in page.kernel_eval(state)
