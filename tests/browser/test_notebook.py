"""The guided notebook in a real JupyterLab, run as an analyst runs it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.test_notebook import leaks

if TYPE_CHECKING:
    from tests.browser.lab import Lab, LabPage

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "01_clean_a_client_list.ipynb"

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_it_runs_through_the_menu_to_its_end_and_nothing_leaves_the_machine(
    lab: Lab, page: LabPage
) -> None:
    folder = lab.folder / "guided"
    folder.mkdir()
    shutil.copy(NOTEBOOK, folder)
    page.open_notebook(f"guided/{NOTEBOOK.name}")
    page.start_all()
    page.wait_idle(300)
    assert page.kernel_eval("len(then) == len(verified) + listed.height + len(gone)") == "True"
    assert page.kernel_eval("bool(proof.not_done.height)") == "False"

    # A cell out of sight is not drawn and its height only guessed, so one has to aim again.
    drawn = page.tab.wait_for_function("""() => {
      const place = document.querySelector(".cc-place");
      place.scrollIntoView();
      return place.innerText && place.closest(".cc").innerText;
    }""").json_value()
    assert "Same client" in drawn or "All one client" in drawn
    assert page.external == []
    assert page.errors == []

    page.tab.locator(".jp-Cell").first.click()
    page.save()
    saved = json.loads((folder / NOTEBOOK.name).read_text(encoding="utf-8"))
    assert "widgets" not in saved["metadata"]
    assert leaks(saved) == set()
