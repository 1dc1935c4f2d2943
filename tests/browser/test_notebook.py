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

    page.tab.get_by_role("button", name="Same client").scroll_into_view_if_needed()
    assert page.external == []
    assert page.errors == []

    page.tab.locator(".jp-Cell").first.click()
    page.save()
    saved = json.loads((folder / NOTEBOOK.name).read_text(encoding="utf-8"))
    assert "widgets" not in saved["metadata"]
    assert leaks(saved) == set()
